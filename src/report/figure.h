/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures: what is drawn, in no format. Each has the table it is drawn from and a text that says in
 * words what it shows. */
#ifndef HR_REPORT_FIGURE_H
#define HR_REPORT_FIGURE_H

#include "analysis/result.h"
#include "report/page.h"

typedef enum {
    HR_FIGURE_FAN,      /* bands of 50 and 80 % around the middle, a limit where there is one */
    HR_FIGURE_RISKS,    /* chances by year, a line each */
    HR_FIGURE_JOINS,    /* candidates down, years across, the chance in each cell */
    HR_FIGURE_DAYS,     /* days supplied against days needed */
    HR_FIGURE_FANS,     /* bands of 80 % around the middles of two plans on one axis */
    HR_FIGURE_BARS,     /* a bar to each side of nothing for each row, with its interval */
    HR_FIGURE_WORLDS,   /* worlds down, the chance across, a dot with its interval a strategy:
                           after the first, three columns each */
    HR_FIGURE_SETTLING, /* chances by how many futures were run, a line and a band each */
    HR_FIGURE_NONE      /* nothing to draw: title and headline say why, and there is no table */
} hr_figure_kind;

enum { HR_FIGURE_LINES = 6, HR_FIGURE_ROWS = 12, HR_FIGURE_BARS_MOST = 20 };

typedef struct {
    hr_figure_kind kind;
    const char *name;        /* of its files: "pupils" */
    const char *title;       /* what it is */
    const char *headline;    /* what it shows, in one sentence */
    const char *axis;        /* the unit at the y axis; "" where the title is the unit */
    const hr_table *table;   /* first column the year or candidate */
    const char *unit;        /* of the numbers at the axis */
    const hr_table *history; /* FAN: closed years before the start (year, value), or NULL */
    double limit;            /* a line to hold against; NaN: none */
    const char *limit_label;
    int start_year, years;
    const char *series[2];   /* FANS: names of the two */
    int aside;               /* last columns of the table that have no place at the axis */
    const char *const *mark; /* FAN, FANS: [years] a few words at a year, "" for none; or NULL;
                                SETTLING: [points] at the x axis */
    int across;              /* SETTLING: the column of the x axis */
    int lines, points;       /* SETTLING: lines that are drawn, each so many rows of the table */
} hr_figure;

/* Builds every figure of a run in the page's memory; returns how many (0 when memory was short). */
int hr_figures_build(hr_page *p, const hr_result *r, hr_figure **figures);
/* One of them: how the chances of the verdict settle. */
void hr_figure_settling(hr_page *p, const hr_result *r, hr_figure *f);

/* Room at the axis: from low to high in steps of `step`, all round numbers, around the figure's
 * numbers. */
typedef struct {
    double low, high, step;
} hr_axis;
hr_axis hr_figure_axis(const hr_figure *f);

/* charts/NAME.txt: title, headline and the table. NULL when memory is short. */
char *hr_figure_text(const hr_figure *f);

#endif
