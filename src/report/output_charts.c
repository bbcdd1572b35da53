/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts in the output folder: gnuplot is run in a folder of its own with a fixed script name; what
 * it drew is checked, amended and digested. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "os/program.h"
#include "report/chart.h"
#include "report/output.h"

enum { SECONDS = 60, DRAWING_MOST = 32 << 20 };

static void note(hr_output *o, const char *name, const char *why)
{
    hr_diags_addf(o->diags, HR_NOTE, NULL, 0, NULL, "chart %s is not drawn: %s", name, why);
}

static char *drawn(const hr_output *o, const char *name, size_t *bytes)
{
    hr_buffer path = {0};
    const char *why;
    hr_buffer_addf(&path, "%s/charts/%s", hr_folder_work(o->folder), name);
    char *data = path.failed ? NULL : hr_file_read(path.text, DRAWING_MOST, bytes, &why);
    hr_buffer_free(&path);
    return data;
}

/* Takes chart.svg and chart.png in under the figure's name, if both are whole. */
static hr_status take_drawings(hr_output *o, const hr_figure *f)
{
    size_t svg_bytes = 0, png_bytes = 0;
    char *svg = drawn(o, "chart.svg", &svg_bytes), *png = drawn(o, "chart.png", &png_bytes);
    hr_buffer amended = {0};
    hr_status status = HR_OK;
    if (!svg || !png || !hr_chart_svg_whole(svg, svg_bytes) ||
        !hr_chart_png_whole(png, png_bytes) || !hr_chart_amend(f, svg, &amended)) {
        note(o, f->name, "gnuplot did not write it whole");
        goto out;
    }
    status = hr_output_write(o, HR_W_CHART_SVG, f->name, amended.text, amended.bytes);
    if (status == HR_OK)
        status = hr_output_write(o, HR_W_CHART_PNG, f->name, png, png_bytes);
out:
    hr_buffer_free(&amended);
    free(svg);
    free(png);
    return status;
}

/* What the figure was drawn from, and what it says in words. */
static hr_status write_beside(hr_output *o, const hr_figure *f)
{
    hr_status status = HR_OK;
    if (f->table) {
        hr_buffer csv = {0};
        hr_table_as_csv(f->table, &csv);
        status = hr_output_buffer(o, HR_W_CHART_CSV, f->name, &csv);
    }
    return status == HR_OK ? hr_output_text(o, HR_W_CHART_TXT, f->name, hr_figure_text(f)) : status;
}

static void say_why(hr_output *o, const char *name, hr_program_end end, const char *said)
{
    if (end == HR_PROGRAM_ABSENT)
        hr_diags_add(o->diags, HR_NOTE, NULL, 0, "gnuplot is not installed: no charts are drawn",
                     NULL);
    else if (end == HR_PROGRAM_TIMEOUT)
        note(o, name, "gnuplot took too long");
    else
        note(o, name, said[0] ? said : "gnuplot failed");
}

/* Draws one figure; *absent turns true when there is no gnuplot. */
static hr_status draw(hr_output *o, const hr_figure *f, bool *absent)
{
    static const char *const command[] = {"gnuplot", "-d", "chart.gp", NULL};
    hr_buffer script = {0}, folder = {0};
    char said[512];
    const char *why;
    hr_status status = HR_OK;
    const bool complete = hr_chart_script(f, &script);
    hr_buffer_addf(&folder, "%s/charts", hr_folder_work(o->folder));
    if (!complete || script.failed || folder.failed) {
        note(o, f->name, complete ? "memory is short" : "a script is missing");
        goto out;
    }
    if (!hr_folder_write(o->folder, "charts/chart.gp", script.text, script.bytes, &why)) {
        hr_diags_add(o->diags, HR_ERROR, NULL, 0, why, NULL);
        status = HR_OUTPUT;
        goto out;
    }
    const hr_program_end end = hr_program_run(command, folder.text, SECONDS, said, sizeof said);
    *absent = end == HR_PROGRAM_ABSENT;
    if (end == HR_PROGRAM_OK)
        status = take_drawings(o, f);
    else
        say_why(o, f->name, end, said);
out:
    hr_folder_remove(o->folder, "charts/chart.gp");
    hr_folder_remove(o->folder, "charts/chart.svg");
    hr_folder_remove(o->folder, "charts/chart.png");
    hr_buffer_free(&script);
    hr_buffer_free(&folder);
    return status;
}

hr_status hr_output_figures(hr_output *o, const hr_figure *figure, int figures)
{
    hr_status status = figures ? HR_OK : HR_NO_MEMORY;
    bool absent = false;
    for (int i = 0; i < figures && status == HR_OK; i++) {
        status = write_beside(o, &figure[i]);
        if (status == HR_OK && !absent && figure[i].kind != HR_FIGURE_NONE)
            status = draw(o, &figure[i], &absent);
    }
    return status;
}
