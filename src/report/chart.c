/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawings of gnuplot checked and amended. It must not know where they are kept. */
#include "report/chart.h"

#include <string.h>

bool hr_chart_svg_whole(const char *svg, size_t bytes)
{
    while (bytes > 0 && (svg[bytes - 1] == '\n' || svg[bytes - 1] == '\r' || svg[bytes - 1] == ' '))
        bytes--;
    return bytes > 6 && memcmp(svg + bytes - 6, "</svg>", 6) == 0;
}

bool hr_chart_png_whole(const char *png, size_t bytes)
{
    static const char head[8] = {'\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n'};
    return bytes > 20 && memcmp(png, head, 8) == 0 && memcmp(png + bytes - 8, "IEND", 4) == 0;
}

static void add_escaped(hr_buffer *b, const char *text)
{
    for (; *text; text++) {
        const char *name = *text == '<'   ? "&lt;"
                           : *text == '>' ? "&gt;"
                           : *text == '&' ? "&amp;"
                           : *text == '"' ? "&quot;"
                                          : NULL;
        if (name)
            hr_buffer_add(b, name);
        else
            hr_buffer_add_bytes(b, text, 1);
    }
}

/* Copies text up to `end`, escaping the one thing that gnuplot leaves and XML forbids: ]]>. */
static void copy_until(hr_buffer *b, const char *text, const char *end)
{
    while (text < end) {
        const char *bad = strstr(text, "]]>");
        const char *stop = bad && bad < end ? bad : end;
        hr_buffer_add_bytes(b, text, (size_t)(stop - text));
        if (stop == end)
            return;
        hr_buffer_add(b, "]]&gt;");
        text = stop + 3;
    }
}

bool hr_chart_amend(const hr_figure *f, const char *svg, hr_buffer *b)
{
    const char *root = strstr(svg, "<svg");
    const char *title = root ? strstr(root, "<title>") : NULL;
    const char *desc_end = title ? strstr(title, "</desc>") : NULL;
    if (!desc_end)
        return false;
    hr_buffer_add_bytes(b, svg, (size_t)(root - svg));
    hr_buffer_addf(b, "<svg role=\"img\" aria-labelledby=\"%s-title %s-desc\"", f->name, f->name);
    copy_until(b, root + 4, title);
    hr_buffer_addf(b, "<title id=\"%s-title\">", f->name);
    add_escaped(b, f->title);
    hr_buffer_addf(b, "</title>\n<desc id=\"%s-desc\">", f->name);
    add_escaped(b, f->headline);
    copy_until(b, desc_end, svg + strlen(svg));
    return !b->failed;
}
