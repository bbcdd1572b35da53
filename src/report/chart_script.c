/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure as a script for gnuplot. Texts go in as data and are never part of a command: gnuplot
 * runs what stands in backticks even inside a label. */
#include "report/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/build.h"
#include "report/clean.h"
#include "report/format.h"

/* No line of data can be this: cleaned texts that begin so get a blank before them. */
#define END_OF_DATA "END_OF_HEADROOM_DATA"

enum {
    HEADLINE_WIDTH = 104,
    NAME_WIDTH = 30,
    LINE_WIDTH = 36,
    WORLD_WIDTH = 22,
    STRATEGY_WIDTH = 45
};

typedef struct {
    hr_buffer *b;
    int lines;
} texts;

/* Adds one line to the block of texts; returns its number in gnuplot's $T, from 1. */
static int add_text(texts *t, const char *text, int bytes)
{
    const bool guard = bytes == 0 || strncmp(text, END_OF_DATA, strlen(END_OF_DATA)) == 0;
    hr_buffer_add(t->b, guard ? " " : "");
    hr_buffer_add_bytes(t->b, text, (size_t)bytes);
    hr_buffer_add(t->b, "\n");
    return ++t->lines;
}

static int add_whole(texts *t, const char *text) { return add_text(t, text, (int)strlen(text)); }

/* The headline on two lines. */
static void add_headline(texts *t, const char *headline)
{
    int bytes = hr_text_cut(headline, HEADLINE_WIDTH);
    if (headline[bytes])
        while (bytes > 1 && headline[bytes - 1] != ' ')
            bytes--;
    add_text(t, headline, bytes);
    add_text(t, headline + bytes, hr_text_cut(headline + bytes, HEADLINE_WIDTH));
}

/* " 12" at the end of "A primary in reach 12", which tells it from its brothers; else "". */
static const char *last_number(const char *name)
{
    const char *blank = strrchr(name, ' ');
    return blank && blank[1] && strspn(blank + 1, "0123456789") == strlen(blank + 1) ? blank : "";
}

/* A name at most so wide: what is cut off is not its last number. */
static void add_name(texts *t, const char *name, int width)
{
    const char *number = hr_text_width(name) > width ? last_number(name) : "";
    const int bytes = hr_text_cut(name, width - hr_text_width(number));
    hr_buffer cut = {0};
    hr_buffer_add_bytes(&cut, name, (size_t)bytes);
    hr_buffer_add(&cut, name[bytes] ? "\xe2\x80\xa6" : "");
    hr_buffer_add(&cut, number);
    add_whole(t, cut.failed ? "" : cut.text);
    t->b->failed = t->b->failed || cut.failed;
    hr_buffer_free(&cut);
}

/* The text without its first so many columns. */
static const char *behind(const char *text, int columns)
{
    return text + hr_text_cut(text, columns);
}

/* A name at most so wide, cut in its middle: names made of several changes differ at either end. */
static void add_ends(texts *t, const char *name, int width)
{
    const int whole = hr_text_width(name), head = width / 2, tail = width - 1 - head;
    hr_buffer cut = {0};
    if (whole > width) {
        hr_buffer_add_bytes(&cut, name, (size_t)hr_text_cut(name, head));
        hr_buffer_add(&cut, "\xe2\x80\xa6");
        hr_buffer_add(&cut, behind(name, whole - tail));
    } else {
        hr_buffer_add(&cut, name);
    }
    add_whole(t, cut.failed || !cut.text ? "" : cut.text);
    t->b->failed = t->b->failed || cut.failed;
    hr_buffer_free(&cut);
}

/* A row of the table for each row of the figure, whatever the years. */
static bool is_by_row(const hr_figure *f)
{
    return f->kind == HR_FIGURE_JOINS || f->kind == HR_FIGURE_BARS || f->kind == HR_FIGURE_WORLDS;
}

/* Labels of lines (RISKS, FANS, SETTLING), of rows (JOINS, BARS), of dots and then rows (WORLDS).
 */
static void add_labels(texts *t, const hr_figure *f)
{
    if (f->kind == HR_FIGURE_RISKS)
        for (int c = 1; c < f->table->columns; c++)
            add_whole(t, f->table->column[c].heading);
    for (int i = 0; f->kind == HR_FIGURE_FANS && i < 2; i++)
        add_whole(t, f->series[i]);
    for (int n = 0; f->kind == HR_FIGURE_SETTLING && n < f->lines; n++)
        add_name(t, f->table->cell[n * f->points * f->table->columns].text, LINE_WIDTH);
    for (int c = 1; f->kind == HR_FIGURE_WORLDS && c < f->table->columns; c += 3)
        add_ends(t, f->table->column[c].heading, STRATEGY_WIDTH);
    for (int r = 0; is_by_row(f) && r < f->table->rows; r++) {
        const char *name = f->table->cell[r * f->table->columns].text;
        if (f->kind == HR_FIGURE_WORLDS)
            add_ends(t, name, WORLD_WIDTH);
        else
            add_name(t, name, NAME_WIDTH);
    }
}

static void add_number(hr_buffer *b, double value)
{
    char number[HR_NUMBER_BYTES];
    hr_format_exact(value, number);
    hr_buffer_addf(b, " %s", number[0] ? number : "NaN");
}

/* $D: the row's number, then the row's numbers. */
static void add_rows(hr_buffer *b, const char *name, const hr_table *t, int first_year)
{
    hr_buffer_addf(b, "$%s << %s\n", name, END_OF_DATA);
    for (int r = 0; r < t->rows; r++) {
        const char *year = t->cell[r * t->columns].text;
        hr_buffer_addf(b, "%d", first_year ? (int)strtol(year, NULL, 10) - first_year : r);
        for (int c = 1; c < t->columns; c++)
            add_number(b, t->cell[r * t->columns + c].value);
        hr_buffer_add(b, "\n");
    }
    hr_buffer_addf(b, "%s\n", END_OF_DATA);
}

static void add_axis(hr_buffer *b, const hr_figure *f, hr_axis a, int first_tick)
{
    hr_buffer_add(b, "axis_low =");
    add_number(b, a.low);
    hr_buffer_add(b, "\naxis_high =");
    add_number(b, a.high);
    hr_buffer_add(b, "\naxis_step =");
    add_number(b, a.step);
    hr_buffer_addf(b, "\nfirst_tick = %d\n", first_tick);
    hr_buffer_addf(b, "has_limit = %d\nlimit =", isfinite(f->limit) ? 1 : 0);
    add_number(b, isfinite(f->limit) ? f->limit : 0.0);
    hr_buffer_addf(b, "\nhas_history = %d\n", f->history ? 1 : 0);
}

static void add_ticks(texts *t, const hr_figure *f, hr_axis a)
{
    const int ticks = (int)floor((a.high - a.low) / a.step + 0.5);
    for (int i = 0; i <= ticks; i++) {
        char number[HR_NUMBER_BYTES];
        hr_format_number(a.low + i * a.step, a.step < 1.0 ? a.step / 10.0 : 1.0,
                         strcmp(f->unit, "GBP") == 0 ? "" : f->unit, number);
        add_whole(t, number);
    }
}

static int first_year_drawn(const hr_figure *f)
{
    const int first = f->history ? (int)strtol(f->history->cell[0].text, NULL, 10) : f->start_year;
    return first < f->start_year ? first : f->start_year;
}

static void add_years(hr_buffer *b, const hr_figure *f, int first)
{
    hr_buffer_addf(b, "first_year = %d\nyears = %d\nyear_labels = \"", first - f->start_year,
                   f->years);
    for (int year = first; year < f->start_year + f->years; year++) {
        char label[8];
        hr_year_label(year, label);
        hr_buffer_addf(b, "%s%s", year > first ? " " : "", label);
    }
    hr_buffer_add(b, "\"\n");
}

static void add_body(hr_buffer *b, const char *name, bool *missing)
{
    size_t bytes;
    const char *text = hr_shipped_text(name, &bytes);
    *missing = *missing || !text;
    if (text)
        hr_buffer_add_bytes(b, text, bytes);
}

bool hr_chart_script(const hr_figure *f, hr_buffer *b)
{
    static const char *const body[HR_FIGURE_NONE] = {
        [HR_FIGURE_FAN] = "plots/fan.gp",       [HR_FIGURE_RISKS] = "plots/risks.gp",
        [HR_FIGURE_JOINS] = "plots/joins.gp",   [HR_FIGURE_DAYS] = "plots/days.gp",
        [HR_FIGURE_FANS] = "plots/fans.gp",     [HR_FIGURE_BARS] = "plots/bars.gp",
        [HR_FIGURE_WORLDS] = "plots/worlds.gp", [HR_FIGURE_SETTLING] = "plots/convergence.gp"};
    const hr_axis axis = hr_figure_axis(f);
    const bool settling = f->kind == HR_FIGURE_SETTLING;
    const bool by_year = !is_by_row(f) && !settling;
    const int marks = !f->mark ? 0 : settling ? f->points : f->years;
    texts t = {.b = b};
    bool missing = false;
    hr_buffer_add(b, "set encoding utf8\n$T << " END_OF_DATA "\n");
    add_whole(&t, f->title);
    add_headline(&t, f->headline);
    add_whole(&t, f->axis);
    add_whole(&t, f->limit_label);
    add_labels(&t, f);
    const int first_tick = t.lines + 1;
    add_ticks(&t, f, axis);
    const int first_mark = t.lines + 1;
    for (int i = 0; i < marks; i++)
        add_whole(&t, f->mark[i]);
    hr_buffer_add(b, END_OF_DATA "\n");
    add_rows(b, "D", f->table, by_year ? f->start_year : 0);
    if (f->history)
        add_rows(b, "H", f->history, f->start_year);
    else
        hr_buffer_add(b, "$H << " END_OF_DATA "\n0 NaN\n" END_OF_DATA "\n");
    add_years(b, f, first_year_drawn(f));
    hr_buffer_addf(b, "rows = %d\nlines_drawn = %d\npoints = %d\n", f->table->rows,
                   settling ? f->lines : f->table->columns - 1, f->points);
    hr_buffer_addf(b, "marks = %d\nfirst_mark = %d\n", marks, first_mark);
    add_axis(b, f, axis, first_tick);
    static const char *const terminal[] = {
        "set terminal svg size 800,450 dynamic noenhanced font \"DejaVu Sans,13\" background "
        "\"#ffffff\"\n"
        "set output \"chart.svg\"\n",
        "set terminal pngcairo size 1600,900 noenhanced font \"DejaVu Sans,13\" fontscale 2 "
        "linewidth 2 "
        "pointscale 2 background \"#ffffff\"\nset output \"chart.png\"\n"};
    for (int i = 0; i < 2; i++) {
        hr_buffer_add(b, terminal[i]);
        add_body(b, "plots/style.gp", &missing);
        add_body(b, body[f->kind], &missing);
        hr_buffer_add(b, "unset output\n");
    }
    return !missing;
}
