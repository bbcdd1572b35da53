/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a comparison: two plans on one axis, and the difference of the same futures, with
 * who joins when. It must not know how they are drawn. */
#include "report/compare.h"

#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/format.h"

static const hr_metric DIFFERENCES[] = {HR_M_RESERVES, HR_M_RESERVES_PCT, HR_M_CAPACITY_USE_PCT};
enum { DIFFERENCE_COUNT = sizeof DIFFERENCES / sizeof DIFFERENCES[0] };

static void quantile_cell(hr_table *t, int column, hr_estimate e, const char *unit)
{
    char number[HR_NUMBER_BYTES];
    hr_format_estimate(e, unit, number);
    hr_table_number(t, column, e.value, number);
}

static void year_cell(hr_table *t, int calendar_year)
{
    hr_table_row(t);
    if (t)
        hr_table_text(t, 0, hr_build_year(t->page, calendar_year));
}

/* By how many schools more join in the year, on average. */
static double more_join(const hr_comparison *c, int which, int year)
{
    const hr_difference *d = &c->pair[which]->metric[HR_M_JOINED * c->result[0]->years];
    return d[year].mean.value - (year > 0 ? d[year - 1].mean.value : 0.0);
}

/* A few words at each year in which more, or fewer, schools join; NULL where none differs. */
static const char *const *marks(hr_page *p, const hr_comparison *c, int which)
{
    const int years = c->result[0]->years;
    const char **mark = HR_TAKE(p->arena, const char *, years);
    bool some = false;
    if (!mark) {
        p->failed = true;
        return NULL;
    }
    for (int y = 0; y < years; y++) {
        const double more = more_join(c, which, y);
        const bool said = isfinite(more) && fabs(more) >= 0.05;
        mark[y] = said ? hr_page_text(p, "%s%s schools join", more > 0.0 ? "+" : "",
                                      hr_build_rounded(p, more, 0.1, NULL))
                       : "";
        some = some || said;
    }
    return some ? mark : NULL;
}

/* "reserves_pct", or "reserves_pct-3" where there are more than two scenarios. */
static const char *name_of(hr_page *p, const hr_comparison *c, int which, const char *stem)
{
    return c->scenarios == 2 ? stem : hr_page_text(p, "%s-%d", stem, which + 1);
}

/* The last column: schools that join in the year more than in the first. */
static void join_cell(hr_page *p, hr_table *t, const hr_comparison *c, int which, int year,
                      int column)
{
    const double more = more_join(c, which, year);
    if (isfinite(more))
        hr_table_number(t, column, more, hr_build_rounded(p, more, 0.1, NULL));
    else
        hr_table_text(t, column, "-");
}

static const char *axis_label(const hr_metric_row *row)
{
    if (strcmp(row->unit, "GBP") == 0)
        return "\xc2\xa3; line: the middle, band: 80 of 100 futures";
    return strcmp(row->key, row->unit) == 0 ? "line: the middle, band: 80 of 100 futures"
           : row->unit[0] == '%'            ? "%; line: the middle, band: 80 of 100 futures"
                                            : row->unit;
}

static void fans(hr_page *p, const hr_comparison *c, int which, hr_metric metric, hr_figure *f)
{
    static const int quantile[] = {1, 3, 5};
    static const char *const keys[] = {"first_p10",  "first_p50",  "first_p90",
                                       "second_p10", "second_p50", "second_p90"};
    const hr_metric_row *row = &HR_METRIC_ROWS[metric];
    const hr_result *a = c->result[0], *b = c->result[which];
    const char *names[] = {hr_compare_named(p, c, 0).column, hr_compare_named(p, c, which).column};
    hr_table *t = hr_table_new(p, row->key, row->label, 8);
    hr_table_column(t, 0, "year", "year", true);
    for (int q = 0; q < 6; q++)
        hr_table_column(t, 1 + q, keys[q],
                        q % 3 == 0   ? hr_page_text(p, "%s: 1 in 10 below", names[q / 3])
                        : q % 3 == 1 ? "middle"
                                     : "1 in 10 above",
                        false);
    hr_table_column(t, 7, "more_join", "more schools join", false);
    for (int y = 0; y < a->years; y++) {
        const int at = (int)metric * a->years + y;
        year_cell(t, a->start_year + y);
        for (int q = 0; q < 3; q++) {
            quantile_cell(t, 1 + q, a->metric[at].quantile[quantile[q]], row->unit);
            quantile_cell(t, 4 + q, b->metric[at].quantile[quantile[q]], row->unit);
        }
        join_cell(p, t, c, which, y, 7);
    }
    const hr_difference *d = &c->pair[which]->metric[(int)metric * a->years + a->years - 1];
    *f = (hr_figure){
        .kind = HR_FIGURE_FANS,
        .name = name_of(p, c, which, row->key),
        .title = row->label,
        .headline = hr_page_text(p, "In %s %s is %s %s than %s.",
                                 hr_build_year(p, a->start_year + a->years - 1), "the mean",
                                 hr_compare_more(p, d->mean, 1.0, row->unit), names[1], names[0]),
        .axis = axis_label(row),
        .table = t,
        .unit = row->unit,
        .limit = NAN,
        .limit_label = "",
        .start_year = a->start_year,
        .years = a->years,
        .series = {names[0], names[1]},
        .aside = 1,
        .mark = marks(p, c, which)};
}

static void difference_fan(hr_page *p, const hr_comparison *c, int which, hr_metric metric,
                           hr_figure *f)
{
    static const int quantile[] = {1, 2, 3, 4, 5};
    static const char *const headings[] = {"1 in 10 below", "1 in 4 below", "middle",
                                           "1 in 4 above", "1 in 10 above"};
    const hr_metric_row *row = &HR_METRIC_ROWS[metric];
    const hr_result *r = c->result[0];
    const char *names[] = {hr_compare_named(p, c, 0).behind, hr_compare_named(p, c, which).begins};
    hr_table *t = hr_table_new(p, row->key, row->label, 7);
    hr_table_column(t, 0, "year", "year", true);
    for (int q = 0; q < 5; q++)
        hr_table_column(t, 1 + q, HR_QUANTILE_KEY[quantile[q]], headings[q], false);
    hr_table_column(t, 6, "more_join", "more schools join", false);
    for (int y = 0; y < r->years; y++) {
        const hr_difference *d = &c->pair[which]->metric[(int)metric * r->years + y];
        year_cell(t, r->start_year + y);
        for (int q = 0; q < 5; q++)
            quantile_cell(t, 1 + q, d->quantile[quantile[q]], row->unit);
        join_cell(p, t, c, which, y, 6);
    }
    const hr_difference *end = &c->pair[which]->metric[(int)metric * r->years + r->years - 1];
    const bool pounds = strcmp(row->unit, "GBP") == 0;
    *f = (hr_figure){
        .kind = HR_FIGURE_FAN,
        .name = name_of(p, c, which, hr_page_text(p, "%s-difference", row->key)),
        .title = hr_page_text(p, "%s: the difference in the same futures", row->label),
        .headline = hr_page_text(
            p, "%s, less %s: in %s it is above 0 in %s of 100 futures, below in %s.",
            names[1], names[0], hr_build_year(p, r->start_year + r->years - 1),
            hr_build_rounded(p, 100.0 * end->higher.value, 1.0, NULL),
            hr_build_rounded(p, 100.0 * end->lower.value, 1.0, NULL)),
        .axis = pounds ? "\xc2\xa3" : row->unit,
        .table = t,
        .unit = row->unit,
        .limit = 0.0,
        .limit_label = "no difference",
        .start_year = r->start_year,
        .years = r->years,
        .aside = 1,
        .mark = marks(p, c, which)};
}

int hr_compare_figures(hr_page *p, const hr_comparison *c, hr_figure **figures)
{
    const int room = (c->scenarios - 1) * (HR_METRICS + DIFFERENCE_COUNT);
    hr_figure *f = HR_TAKE(p->arena, hr_figure, room);
    int count = 0;
    *figures = f;
    if (!f)
        return 0;
    for (int k = 1; k < c->scenarios; k++) {
        for (int m = 0; m < HR_METRICS; m++)
            if (HR_METRIC_ROWS[m].chart == HR_CHART_FAN)
                fans(p, c, k, (hr_metric)m, &f[count++]);
        for (int i = 0; i < DIFFERENCE_COUNT; i++)
            difference_fan(p, c, k, DIFFERENCES[i], &f[count++]);
    }
    return p->failed ? 0 : count;
}
