/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages as plain text for a terminal, at most 100 columns wide (110 a wide table). It must not know
 * what a page says. */
#include "report/page.h"

#include <stdlib.h>
#include <string.h>

#include "report/clean.h"

enum {
    WIDTH = 100,
    WIDE_WIDTH = 110,
    GAP = 2,
    COLUMNS_MAX = 512,
    HEADING_WIDTH = 11,
    TEXT_WIDTH = 44,
    WIDE_TEXT_WIDTH = 72,
    TEXT_LEAST = 26,
    LEAD_WIDTH = 24,
    SHORT_LEAD = 5,
    NARROWEST = 7
};

static int page_width(const hr_table *t) { return t->wide ? WIDE_WIDTH : WIDTH; }
static int text_width(const hr_table *t) { return t->wide ? WIDE_TEXT_WIDTH : TEXT_WIDTH; }

/* Bytes of the next line of `text` in `width` columns: up to the last blank that fits, else by
 * force. */
static int line_bytes(const char *text, int width)
{
    int bytes = hr_text_cut(text, width < 1 ? 1 : width);
    if (bytes == 0 && text[0]) /* a character wider than the line */
        bytes = hr_text_cut(text, 2);
    if (text[bytes] == '\0' || text[bytes] == ' ')
        return bytes;
    for (int i = bytes; i > 0; i--)
        if (text[i - 1] == ' ')
            return i;
    return bytes;
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

static int without_blanks(const char *text, int bytes)
{
    while (bytes > 0 && text[bytes - 1] == ' ')
        bytes--;
    return bytes;
}

void hr_wrap_text(hr_buffer *b, const char *text, int at, int indent, int width)
{
    int room = width - at;
    while (*text) {
        const int bytes = line_bytes(text, room);
        hr_buffer_add_bytes(b, text, (size_t)without_blanks(text, bytes));
        text = skip_blanks(text + bytes);
        if (*text) {
            hr_buffer_add(b, "\n");
            hr_buffer_repeat(b, ' ', indent);
        }
        room = width - indent;
    }
    hr_buffer_add(b, "\n");
}

/* How many lines a heading or cell takes in `width` columns, and its widest line. */
static int lines_of(const char *text, int width, int *widest)
{
    int lines = 0;
    *widest = 0;
    while (*text) {
        const int bytes = line_bytes(text, width);
        char line[512];
        const int shown = without_blanks(text, bytes);
        const int kept = shown < (int)sizeof line - 1 ? shown : (int)sizeof line - 1;
        memcpy(line, text, (size_t)kept);
        line[kept] = '\0';
        const int columns = hr_text_width(line);
        if (columns > *widest)
            *widest = columns;
        lines++;
        text = skip_blanks(text + bytes);
    }
    return lines;
}

static const char *cell_text(const hr_table *t, int row, int column)
{
    const char *text =
        row < 0 ? t->column[column].heading : t->cell[row * t->columns + column].text;
    return text ? text : "";
}

/* A row of which only the first cell is filled. */
static bool spans(const hr_table *t, int row)
{
    for (int c = 1; c < t->columns; c++)
        if (cell_text(t, row, c)[0])
            return false;
    return t->columns > 1;
}

static bool wraps(const hr_column *column) { return column->left && !column->whole; }

/* Width of a column: numbers and keys never break, headings and texts do. */
static int column_width(const hr_table *t, int column)
{
    int widest = 0;
    (void)lines_of(t->column[column].heading, HEADING_WIDTH, &widest);
    for (int r = 0; r < t->rows; r++) {
        const char *text = cell_text(t, r, column);
        int width = spans(t, r) ? 0 : hr_text_width(text);
        if (wraps(&t->column[column]) && width > text_width(t))
            width = text_width(t);
        if (width > widest)
            widest = width;
    }
    return widest;
}

/* Line `line` of a text broken at `width`; NULL past its end. */
static const char *nth_line(const char *text, int width, int line, int *bytes)
{
    while (*text) {
        *bytes = line_bytes(text, width);
        if (line-- == 0) {
            const int step = *bytes;
            *bytes = without_blanks(text, step);
            return text;
        }
        text = skip_blanks(text + *bytes);
    }
    return NULL;
}

static void add_aligned(hr_buffer *b, const char *text, int bytes, int width, bool left, bool last)
{
    char line[1024];
    const int kept = bytes < (int)sizeof line - 1 ? bytes : (int)sizeof line - 1;
    memcpy(line, text, (size_t)kept);
    line[kept] = '\0';
    const int pad = width - hr_text_width(line);
    if (!left)
        hr_buffer_repeat(b, ' ', pad);
    hr_buffer_add(b, line);
    if (left && !last)
        hr_buffer_repeat(b, ' ', pad);
}

static void drop_trailing_blanks(hr_buffer *b)
{
    while (b->bytes && b->text[b->bytes - 1] == ' ')
        b->text[--b->bytes] = '\0';
}

typedef struct {
    int column[COLUMNS_MAX], width[COLUMNS_MAX], columns;
} part;

static void add_row(hr_buffer *b, const hr_table *t, const part *p, int row)
{
    if (row >= 0 && spans(t, row)) {
        hr_wrap_text(b, cell_text(t, row, 0), 0, 0, page_width(t));
        return;
    }
    int lines = 1;
    for (int i = 0; i < p->columns; i++) {
        int widest;
        const int n = lines_of(cell_text(t, row, p->column[i]), p->width[i], &widest);
        if (n > lines)
            lines = n;
    }
    for (int line = 0; line < lines; line++) {
        for (int i = 0; i < p->columns; i++) {
            const char *whole = cell_text(t, row, p->column[i]);
            int widest, bytes = 0;
            /* headings stand on the rule under them */
            const int skip = row < 0 ? lines - lines_of(whole, p->width[i], &widest) : 0;
            const char *text =
                line < skip ? NULL : nth_line(whole, p->width[i], line - skip, &bytes);
            if (i > 0)
                hr_buffer_repeat(b, ' ', GAP);
            add_aligned(b, text ? text : "", text ? bytes : 0, p->width[i],
                        t->column[p->column[i]].left, i == p->columns - 1);
        }
        drop_trailing_blanks(b);
        hr_buffer_add(b, "\n");
    }
}

static void add_part(hr_buffer *b, const hr_table *t, const part *p)
{
    add_row(b, t, p, -1);
    for (int i = 0; i < p->columns; i++) {
        if (i > 0)
            hr_buffer_repeat(b, ' ', GAP);
        hr_buffer_repeat(b, '-', p->width[i]);
    }
    hr_buffer_add(b, "\n");
    for (int r = 0; r < t->rows; r++)
        add_row(b, t, p, r);
}

/* Narrows the widest text columns until the part fits the page. */
static void fit(const hr_table *t, part *p)
{
    for (;;) {
        int total = GAP * (p->columns - 1), widest = -1;
        for (int i = 0; i < p->columns; i++) {
            total += p->width[i];
            if (wraps(&t->column[p->column[i]]) && (widest < 0 || p->width[i] > p->width[widest]))
                widest = i;
        }
        if (total <= page_width(t) || widest < 0 || p->width[widest] <= NARROWEST)
            return;
        p->width[widest]--;
    }
}

/* Widths of all columns; texts are wrapped as far as they bear it before a table is cut into parts.
 */
static void all_widths(const hr_table *t, int *width)
{
    int total = GAP * (t->columns - 1);
    for (int c = 0; c < t->columns; c++)
        total += width[c] = column_width(t, c);
    for (;;) {
        int widest = -1;
        for (int c = 0; c < t->columns; c++)
            if (wraps(&t->column[c]) && width[c] > TEXT_LEAST &&
                (widest < 0 || width[c] > width[widest]))
                widest = c;
        if (total <= page_width(t) || widest < 0)
            return;
        width[widest]--;
        total--;
    }
}

void hr_table_as_text(const hr_table *t, hr_buffer *b)
{
    int width_of[COLUMNS_MAX];
    if (t->columns > COLUMNS_MAX) {
        b->failed = true;
        return;
    }
    all_widths(t, width_of);
    hr_buffer_addf(b, "%s\n", t->title);
    if (t->note)
        hr_wrap_text(b, t->note, 0, 0, WIDTH);
    int next = t->fixed;
    do {
        part p = {.columns = 0};
        int total = 0;
        bool placed = false; /* a column that is not repeated: every part has at least one */
        for (int c = 0; c < t->columns; c++) {
            if (c >= t->fixed && c < next)
                continue;
            const int width = width_of[c];
            if (placed && !t->column[c].left && total + GAP + width > page_width(t))
                break;
            p.column[p.columns] = c;
            p.width[p.columns++] = width;
            total += (p.columns > 1 ? GAP : 0) + width;
            placed = placed || c >= t->fixed;
            next = c >= t->fixed ? c + 1 : next;
        }
        fit(t, &p);
        add_part(b, t, &p);
        if (next < t->columns)
            hr_buffer_add(b, "\n");
    } while (next < t->columns);
}

static void add_item(hr_buffer *b, const hr_block *block)
{
    const int width = hr_text_width(block->lead);
    if (width <= SHORT_LEAD) { /* a mark or a number, not a column of its own */
        hr_buffer_addf(b, "%s ", block->lead);
        hr_wrap_text(b, block->text, width + 1, width + 1, WIDTH);
        return;
    }
    const int pad = width < LEAD_WIDTH ? LEAD_WIDTH - width : 0;
    hr_buffer_addf(b, "  %s", block->lead);
    hr_buffer_repeat(b, ' ', pad + GAP);
    hr_wrap_text(b, block->text, 2 + width + pad + GAP, 2 + LEAD_WIDTH + GAP, WIDTH);
}

char *hr_page_as_text(const hr_page *p)
{
    hr_buffer b = {0};
    for (int i = 0; i < p->blocks; i++) {
        const hr_block *block = &p->block[i];
        const bool in_list =
            i > 0 && block->kind == HR_BLOCK_ITEM && p->block[i - 1].kind == HR_BLOCK_ITEM;
        const bool after_heading = i > 0 && p->block[i - 1].kind == HR_BLOCK_HEADING;
        if (i > 0 && !in_list && !after_heading)
            hr_buffer_add(&b, "\n");
        switch (block->kind) {
        case HR_BLOCK_TITLE: hr_wrap_text(&b, block->text, 0, 0, WIDTH); break;
        case HR_BLOCK_HEADING:
            hr_buffer_addf(&b, "%s\n", block->text);
            hr_buffer_repeat(&b, '=', hr_text_width(block->text));
            hr_buffer_add(&b, "\n");
            break;
        case HR_BLOCK_WORDS: hr_wrap_text(&b, block->text, 0, 0, WIDTH); break;
        case HR_BLOCK_ITEM: add_item(&b, block); break;
        case HR_BLOCK_TABLE: hr_table_as_text(block->table, &b); break;
        }
    }
    if (p->failed)
        b.failed = true;
    return hr_buffer_take(&b);
}
