/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report in the middle: pages of words and tables that say what is to be said, in no format.
 * Builders fill them once; each writer renders them and knows nothing else. Memory running short is
 * remembered in the page: builders go on and writers give NULL. */
#ifndef HR_REPORT_PAGE_H
#define HR_REPORT_PAGE_H

#include <stdbool.h>

#include <jansson.h>

#include "base/arena.h"
#include "report/buffer.h"

typedef struct {
    const char *text; /* as people read it; NULL is an empty cell */
    double value;     /* the number behind it, in full */
    bool number;
} hr_cell;

typedef struct {
    const char *key;     /* of the CSV column and JSON member */
    const char *heading; /* with its unit */
    bool left;           /* set to the left, and wrapped where the page is too narrow */
    bool whole;          /* set to the left and never wrapped, as keys are */
} hr_column;

typedef struct {
    struct hr_page *page;
    const char *key, *title, *note; /* note: NULL, or a sentence under the title */
    hr_column *column;
    int columns,
        fixed;     /* fixed: first columns that are repeated when a wide table is cut into parts */
    hr_cell *cell; /* [rows][columns] */
    int rows, room;
    bool wide; /* an appendix: 110 columns instead of 100, and texts less eagerly wrapped */
} hr_table;

typedef enum {
    HR_BLOCK_TITLE,
    HR_BLOCK_HEADING,
    HR_BLOCK_WORDS, /* a paragraph */
    HR_BLOCK_ITEM,  /* one of a list: `lead` stands before the text */
    HR_BLOCK_TABLE
} hr_block_kind;

typedef struct {
    hr_block_kind kind;
    const char *text, *lead;
    const hr_table *table;
} hr_block;

typedef struct hr_page {
    hr_arena *arena;
    hr_block *block;
    int blocks, room;
    bool failed;
} hr_page;

hr_page *hr_page_new(void);    /* NULL when memory is short */
void hr_page_free(hr_page *p); /* NULL is fine */

/* A text in the page's memory, formatted from %s, %d and the like; "" when memory is short. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
const char *
hr_page_text(hr_page *p, const char *format, ...);
/* A text of a user, cleaned to one line. NULL gives "". */
const char *hr_page_clean(hr_page *p, const char *text);

/* The same, cut at 60 characters: for cells of tables and labels of figures. */
const char *hr_page_name(hr_page *p, const char *text);

/* Blocks. The text is borrowed: it lives in the page or longer. An empty one adds nothing. */
void hr_page_add(hr_page *p, hr_block_kind kind, const char *text);
void hr_page_item(hr_page *p, const char *lead, const char *text);

/* A table at the end of the page; NULL when memory is short, which every call below bears. */
hr_table *hr_page_table(hr_page *p, const char *key, const char *title, int columns);
/* The same outside the page's flow, such as what a figure is drawn from. */
hr_table *hr_table_new(hr_page *p, const char *key, const char *title, int columns);
void hr_table_column(hr_table *t, int column, const char *key, const char *heading, bool left);
void hr_table_column_whole(hr_table *t, int column); /* never wrapped */
void hr_table_row(hr_table *t);                      /* the cells below fill the last row */
void hr_table_text(hr_table *t, int column, const char *text);                 /* borrowed, clean */
void hr_table_number(hr_table *t, int column, double value, const char *text); /* text is copied */

/* The same in a row that is there already. */
void hr_table_text_at(hr_table *t, int row, int column, const char *text);
void hr_table_number_at(hr_table *t, int row, int column, double value, const char *text);

/* Writers. Text: at most 100 columns wide (110 a wide table); a row of which only the first cell is
 * filled is a heading and spans the table. Markdown: GitHub's tables. CSV: RFC 4180, one header
 * row, UTF-8, CRLF line ends, numbers in full. JSON: an array of objects by column key, numbers in
 * full, NaN null. NULL when memory was short. */
char *hr_page_as_text(const hr_page *p);
char *hr_page_as_markdown(const hr_page *p);
void hr_table_as_text(const hr_table *t, hr_buffer *b);
void hr_table_as_csv(const hr_table *t, hr_buffer *b);
json_t *hr_table_as_json(const hr_table *t);

/* One CSV field; a text that a spreadsheet would take for a formula gets an apostrophe before it.
 */
void hr_csv_text(hr_buffer *b, const char *text);
void hr_csv_number(hr_buffer *b, double value);

/* "text" on lines of at most `width` columns, the first after what stands there already, the others
 * after `indent` blanks. */
void hr_wrap_text(hr_buffer *b, const char *text, int at, int indent, int width);

#endif
