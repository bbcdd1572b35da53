/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every figure has: its text alternative and the room at its axis. It must not know gnuplot.
 */
#include "report/figure.h"

#include <math.h>

char *hr_figure_text(const hr_figure *f)
{
    hr_buffer b = {0};
    hr_buffer_addf(&b, "%s\n", f->title);
    hr_wrap_text(&b, f->headline, 0, 0, 100);
    if (f->table) {
        hr_buffer_add(&b, "\n");
        hr_table_as_text(f->table, &b);
    }
    if (f->history) {
        hr_buffer_add(&b, "\n");
        hr_table_as_text(f->history, &b);
    }
    return hr_buffer_take(&b);
}

static void stretch(hr_axis *a, double value)
{
    if (!isfinite(value))
        return;
    a->low = fmin(a->low, value);
    a->high = fmax(a->high, value);
}

static void stretch_by_table(hr_axis *a, const hr_table *t, int aside)
{
    for (int i = 0; t && i < t->rows * t->columns; i++)
        if (t->cell[i].number && i % t->columns < t->columns - aside)
            stretch(a, t->cell[i].value);
}

static void stretch_by_lines(hr_axis *a, const hr_figure *f)
{
    const hr_table *t = f->table;
    for (int i = 0; i < f->lines * f->points * t->columns; i++)
        if (t->cell[i].number && i % t->columns != f->across)
            stretch(a, t->cell[i].value);
}

/* 1, 2 or 5 times a power of ten, so that about five steps make `span`. */
static double round_step(double span)
{
    double power = 1e-3;
    while (power * 10.0 <= span / 5.0)
        power *= 10.0;
    const double rest = span / 5.0 / power;
    return power * (rest <= 1.0 ? 1.0 : rest <= 2.0 ? 2.0 : rest <= 5.0 ? 5.0 : 10.0);
}

hr_axis hr_figure_axis(const hr_figure *f)
{
    hr_axis a = {.low = INFINITY, .high = -INFINITY};
    if (f->kind == HR_FIGURE_SETTLING)
        stretch_by_lines(&a, f);
    else
        stretch_by_table(&a, f->table, f->aside);
    stretch_by_table(&a, f->history, 0);
    stretch(&a, f->limit);
    if (!(a.low <= a.high))
        a = (hr_axis){0};
    /* from zero, unless that would press the figure into the upper half */
    if (a.low > 0.0 && a.low < 0.5 * a.high)
        a.low = 0.0;
    if (a.high < 0.0 && a.high > 0.5 * a.low)
        a.high = 0.0;
    if (a.high - a.low < 1e-9 * fmax(1.0, fabs(a.high)))
        a.high = a.low + 1.0;
    a.step = round_step(a.high - a.low);
    a.low = a.step * floor(a.low / a.step + 1e-9);
    a.high = a.step * ceil(a.high / a.step - 1e-9);
    return a;
}
