/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages as Markdown, tables as CSV and JSON. It must not know what they say. */
#include "report/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/clean.h"
#include "report/format.h"

/* What Markdown or the HTML inside it would take for more than a letter is escaped. */
static void markdown_text(hr_buffer *b, const char *text)
{
    for (const char *c = text; *c; c++) {
        if (*c == '<')
            hr_buffer_add(b, "&lt;");
        else if (*c == '&')
            hr_buffer_add(b, "&amp;");
        else if (strchr("\\`*_[]|", *c))
            hr_buffer_addf(b, "\\%c", *c);
        else
            hr_buffer_add_bytes(b, c, 1);
    }
}

static void markdown_table(hr_buffer *b, const hr_table *t)
{
    hr_buffer_addf(b, "## %s\n\n", t->title);
    if (t->note)
        hr_buffer_addf(b, "%s\n\n", t->note);
    for (int c = 0; c < t->columns; c++) {
        hr_buffer_add(b, "| ");
        markdown_text(b, t->column[c].heading);
        hr_buffer_add(b, " ");
    }
    hr_buffer_add(b, "|\n");
    for (int c = 0; c < t->columns; c++)
        hr_buffer_add(b, t->column[c].left ? "| --- " : "| ---: ");
    hr_buffer_add(b, "|\n");
    for (int r = 0; r < t->rows; r++) {
        for (int c = 0; c < t->columns; c++) {
            const char *text = t->cell[r * t->columns + c].text;
            hr_buffer_add(b, "| ");
            markdown_text(b, text ? text : "");
            hr_buffer_add(b, " ");
        }
        hr_buffer_add(b, "|\n");
    }
}

char *hr_page_as_markdown(const hr_page *p)
{
    hr_buffer b = {0};
    for (int i = 0; i < p->blocks; i++) {
        const hr_block *block = &p->block[i];
        if (i > 0)
            hr_buffer_add(&b, "\n");
        if (block->kind == HR_BLOCK_TABLE) {
            markdown_table(&b, block->table);
            continue;
        }
        hr_buffer_add(&b, block->kind == HR_BLOCK_TITLE     ? "# "
                          : block->kind == HR_BLOCK_HEADING ? "## "
                          : block->kind == HR_BLOCK_ITEM    ? "- "
                                                            : "");
        if (block->lead) {
            markdown_text(&b, block->lead);
            hr_buffer_add(&b, ": ");
        }
        markdown_text(&b, block->text);
        hr_buffer_add(&b, "\n");
    }
    if (p->failed)
        b.failed = true;
    return hr_buffer_take(&b);
}

void hr_csv_text(hr_buffer *b, const char *text)
{
    const char *guard = text[0] && strchr("=+-@\t\r", text[0]) ? "'" : "";
    if (!strpbrk(text, "\",\r\n")) {
        hr_buffer_addf(b, "%s%s", guard, text);
        return;
    }
    hr_buffer_addf(b, "\"%s", guard);
    for (const char *c = text; *c; c++)
        hr_buffer_add_bytes(b, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    hr_buffer_add(b, "\"");
}

void hr_csv_number(hr_buffer *b, double value)
{
    char number[HR_NUMBER_BYTES];
    hr_format_exact(value, number);
    hr_buffer_add(b, number);
}

void hr_table_as_csv(const hr_table *t, hr_buffer *b)
{
    for (int c = 0; c < t->columns; c++) {
        hr_buffer_add(b, c ? "," : "");
        hr_csv_text(b, t->column[c].key);
    }
    hr_buffer_add(b, "\r\n");
    for (int r = 0; r < t->rows; r++) {
        for (int c = 0; c < t->columns; c++) {
            const hr_cell *cell = &t->cell[r * t->columns + c];
            hr_buffer_add(b, c ? "," : "");
            if (cell->number)
                hr_csv_number(b, cell->value);
            else
                hr_csv_text(b, cell->text ? cell->text : "");
        }
        hr_buffer_add(b, "\r\n");
    }
}

json_t *hr_table_as_json(const hr_table *t)
{
    json_t *rows = json_array();
    for (int r = 0; rows && r < t->rows; r++) {
        json_t *row = json_object();
        for (int c = 0; c < t->columns; c++) {
            const hr_cell *cell = &t->cell[r * t->columns + c];
            json_t *value = cell->number && isfinite(cell->value) ? json_real(cell->value)
                            : cell->text && !cell->number         ? json_string(cell->text)
                                                                  : json_null();
            if (json_object_set_new(row, t->column[c].key, value) != 0) {
                json_decref(row);
                json_decref(rows);
                return NULL;
            }
        }
        if (json_array_append_new(rows, row) != 0) {
            json_decref(rows);
            return NULL;
        }
    }
    return rows;
}
