/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a run. It must not know how they are drawn. */
#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/figure.h"
#include "report/format.h"

enum { FIGURES = 17 };

static void cell(hr_table *t, int column, hr_estimate e, const char *unit)
{
    char number[HR_NUMBER_BYTES];
    hr_format_estimate(e, unit, number);
    hr_table_number(t, column, e.value, number);
}

static void chance_cell(hr_table *t, int column, hr_estimate e)
{
    char number[HR_NUMBER_BYTES];
    hr_format_chance_short(e, number);
    hr_table_number(t, column, 100.0 * e.value, number);
}

static void year_cell(hr_table *t, int calendar_year)
{
    hr_table_row(t);
    if (t)
        hr_table_text(t, 0, hr_build_year(t->page, calendar_year));
}

/* Quantile columns of a metric, from column `first` on: which of the seven they are. */
static void quantile_columns(hr_table *t, const hr_result *r, hr_metric metric, int row, int first,
                             const int *quantile, int count)
{
    const hr_metric_result *m = &r->metric[(int)metric * r->years + row];
    for (int q = 0; q < count; q++)
        cell(t, first + q, m->quantile[quantile[q]], HR_METRIC_ROWS[metric].unit);
}

/* The unit at the axis; the title says what it is of. Nothing where the title is the unit. */
static const char *axis_label(const hr_metric_row *row)
{
    if (strcmp(row->unit, "GBP") == 0)
        return "\xc2\xa3";
    return strcmp(row->key, row->unit) == 0 || strcmp(row->unit, "state") == 0 ? "" : row->unit;
}

static const char *nobody_left(hr_page *p, const hr_result *r)
{
    return hr_page_text(p, "In no future that was run is the trust independent in %s.",
                        hr_build_year(p, r->start_year + r->years - 1));
}

static const char *fan_headline(hr_page *p, const hr_result *r, hr_metric metric)
{
    if (hr_build_own(r).value == 0.0)
        return nobody_left(p, r);
    const hr_metric_result *m = &r->metric[(int)metric * r->years + r->years - 1];
    const char *unit = HR_METRIC_ROWS[metric].unit;
    const char *behind = strcmp(unit, "GBP") == 0 ? "" : hr_page_text(p, " %s", unit);
    const hr_estimate shown[] = {m->quantile[3], m->quantile[1], m->quantile[5]};
    const char *number[3];
    hr_build_alike(p, shown, 3, unit, number);
    return hr_page_text(
        p, "In %s the middle future has %s%s; 80 of 100 futures lie between %s and %s%s.",
        hr_build_year(p, r->start_year + r->years - 1), number[0], behind, number[1], number[2],
        behind);
}

/* The trust's own line that a fan is held against. */
static double fan_limit(const hr_params *params, hr_metric metric, const char **label)
{
    const hr_params_reserves_policy *policy = &params->scenario.reserves_policy;
    const bool in_pct =
        policy->measure == HR_measure_PCT_OF_INCOME || policy->measure == HR_measure_BAND;
    if (metric == HR_M_RESERVES_PCT && policy->measure == HR_measure_MONTHS) {
        *label = "about the reserves policy";
        return hr_build_setting(params, policy->target) / 0.12;
    }
    if (metric == HR_M_RESERVES_PCT) {
        *label = in_pct ? "reserves policy" : "5 % of income, a DfE attention point";
        return in_pct ? hr_build_setting(params, policy->target) : 5.0;
    }
    *label = metric == HR_M_CAPACITY_USE_PCT ? "all days supplied are used" : "";
    return metric == HR_M_CAPACITY_USE_PCT ? 100.0 : NAN;
}

static double history_value(const hr_params_history *h, hr_metric metric)
{
    if (metric == HR_M_PUPILS)
        return h->pupils;
    return metric == HR_M_RESERVES_PCT && h->income > 0.0 ? 100.0 * h->reserves / h->income : NAN;
}

static const hr_table *history_table(hr_page *p, const hr_params *params, hr_metric metric)
{
    const hr_span span = params->scenario.history;
    const hr_params_history *row = HR_SPAN(params, span, hr_params_history);
    hr_table *t = hr_table_new(p, "history", "Closed years", 2);
    hr_table_column(t, 0, "year", "year", true);
    hr_table_column(t, 1, "value", HR_METRIC_ROWS[metric].label, false);
    for (uint32_t i = 0; t && i < span.count; i++) {
        const double value = history_value(&row[i], metric);
        if (!isfinite(value))
            continue;
        year_cell(t, row[i].year);
        cell(t, 1, hr_exactly(value), HR_METRIC_ROWS[metric].unit);
    }
    return t && t->rows ? t : NULL;
}

/* A figure of no unit and no limit, its axis and table still to be given. */
static hr_figure figure(hr_figure_kind kind, const char *name, const char *title,
                        const char *headline)
{
    return (hr_figure){.kind = kind,
                       .name = name,
                       .title = title,
                       .headline = headline,
                       .axis = "",
                       .unit = "",
                       .limit = NAN,
                       .limit_label = ""};
}

static void fan(hr_page *p, const hr_result *r, hr_metric metric, hr_figure *f)
{
    static const int quantile[] = {1, 2, 3, 4, 5};
    static const char *const headings[] = {"1 in 10 below", "1 in 4 below", "middle",
                                           "1 in 4 above", "1 in 10 above"};
    const hr_metric_row *row = &HR_METRIC_ROWS[metric];
    hr_table *t = hr_table_new(p, row->key, row->label, 6);
    hr_table_column(t, 0, "year", "year", true);
    for (int q = 0; q < 5; q++)
        hr_table_column(t, 1 + q, HR_QUANTILE_KEY[quantile[q]], headings[q], false);
    for (int y = 0; y < r->years; y++) {
        year_cell(t, r->start_year + y);
        quantile_columns(t, r, metric, y, 1, quantile, 5);
    }
    *f = figure(HR_FIGURE_FAN, row->key, row->label, fan_headline(p, r, metric));
    f->axis = axis_label(row);
    f->table = t;
    f->unit = row->unit;
    f->history = history_table(p, r->plan->params, metric);
    f->limit = fan_limit(r->plan->params, metric, &f->limit_label);
}

/* Risks that a board asks about, most wanted first; those that never happen are left out. */
static const hr_risk WATCHED[] = {HR_R_RESERVES_BELOW_POLICY,  HR_R_CAPACITY_OVERLOAD,
                                  HR_R_IN_YEAR_DEFICIT,        HR_R_ANY_SCHOOL_DEFICIT,
                                  HR_R_ANY_SCHOOL_IN_CATEGORY, HR_R_EARLY_WARNING_RED,
                                  HR_R_ONBOARDING_OVERLOAD,    HR_R_RESERVES_BELOW_ZERO};

static int watched_risks(const hr_result *r, hr_risk *chosen)
{
    int count = 0;
    for (size_t i = 0; i < sizeof WATCHED / sizeof WATCHED[0] && count < HR_FIGURE_LINES; i++)
        if (r->risk[WATCHED[i]].any.value > 0.0)
            chosen[count++] = WATCHED[i];
    return count;
}

static void risks(hr_page *p, const hr_result *r, hr_figure *f)
{
    hr_risk chosen[HR_FIGURE_LINES];
    const int count = watched_risks(r, chosen);
    if (count == 0) {
        *f = figure(HR_FIGURE_NONE, "risks", "Risks by year",
                    "No chart is drawn: none of the risks that a board asks about happens in any "
                    "future that was run.");
        return;
    }
    hr_table *t = hr_table_new(p, "risks", "Chance in 100 that it happens in the year", 1 + count);
    hr_table_column(t, 0, "year", "year", true);
    int largest = 0;
    for (int i = 0; i < count; i++) {
        hr_table_column(t, 1 + i, HR_RISK_ROWS[chosen[i]].key, HR_RISK_ROWS[chosen[i]].label,
                        false);
        if (r->risk[chosen[i]].any.value > r->risk[chosen[largest]].any.value)
            largest = i;
    }
    for (int y = 0; y < r->years; y++) {
        year_cell(t, r->start_year + y);
        for (int i = 0; i < count; i++)
            chance_cell(t, 1 + i, r->risk[chosen[i]].year[y]);
    }
    const char *headline = hr_page_text(
        p, "The likeliest of these to happen in some year is \xe2\x80\x9c%s\xe2\x80\x9d: %s.",
        HR_RISK_ROWS[chosen[largest]].label, hr_build_chance(p, r->risk[chosen[largest]].any));
    *f = figure(HR_FIGURE_RISKS, "risks", "Risks by year", headline);
    f->axis = "futures in 100";
    f->table = t;
}

/* Candidates in order of their chance of joining, likeliest first; equal ones in order of id. */
static int likeliest(const hr_result *r, int *order, int room)
{
    int count = 0;
    for (int k = 0; k < r->candidates; k++) {
        int at = count < room ? count++ : room;
        while (at > 0 && r->candidate[order[at - 1]].joins.value < r->candidate[k].joins.value) {
            if (at < room)
                order[at] = order[at - 1];
            at--;
        }
        if (at < room)
            order[at] = k;
    }
    return count;
}

static const char *joins_headline(hr_page *p, const hr_result *r)
{
    const double middle = r->metric[HR_M_JOINED * r->years + r->years - 1].quantile[3].value;
    const char *by = hr_build_year(p, r->start_year + r->years - 1);
    bool some = false;
    for (int k = 0; k < r->candidates; k++)
        some = some || r->candidate[k].joins.value > 0.0;
    if (!some)
        return hr_page_text(p, "No candidate joins by %s in any future that was run.", by);
    if (hr_build_own(r).value == 0.0)
        return nobody_left(p, r);
    if (middle == 0.0)
        return hr_page_text(p, "In the middle future no school joins by %s.", by);
    return hr_page_text(p, "In the middle future %s school%s by %s.",
                        hr_build_value(p, hr_exactly(middle), ""),
                        middle == 1.0 ? " joins" : "s join", by);
}

static void joins(hr_page *p, const hr_result *r, hr_figure *f)
{
    int order[HR_FIGURE_ROWS];
    const int count = likeliest(r, order, HR_FIGURE_ROWS);
    if (count == 0) {
        *f = figure(
            HR_FIGURE_NONE, "joins", "Who joins when",
            "No chart is drawn: the scenario has no candidates and no pipeline, so no school "
            "can join.");
        return;
    }
    hr_table *t = hr_table_new(p, "joins", "Chance in 100 that it joins in the year", 2 + r->years);
    hr_table_column(t, 0, "candidate", "candidate", true);
    hr_build_year_columns(t, 1, r->start_year, r->years);
    hr_table_column(t, 1 + r->years, "joins", "joins", false);
    for (int i = 0; i < count; i++) {
        const hr_candidate_result *k = &r->candidate[order[i]];
        hr_table_row(t);
        hr_table_text(t, 0, hr_page_name(p, k->name));
        for (int y = 0; y < r->years; y++)
            chance_cell(t, 1 + y, k->by_year[y]);
        chance_cell(t, 1 + r->years, k->joins);
    }
    const char *left_out =
        r->candidates > count
            ? hr_page_text(p, " The %d likeliest of %d are drawn.", count, r->candidates)
            : "";
    *f = figure(HR_FIGURE_JOINS, "joins", "Who joins when",
                hr_page_text(p, "%s%s", joins_headline(p, r), left_out));
    f->axis = "futures in 100";
    f->table = t;
}

static void days(hr_page *p, const hr_result *r, hr_figure *f)
{
    static const int quantile[] = {1, 3, 5};
    static const char *const keys[] = {"supplied_p10", "supplied_p50", "supplied_p90",
                                       "needed_p10",   "needed_p50",   "needed_p90"};
    static const char *const headings[] = {"supplied: 1 in 10 below", "middle", "1 in 10 above",
                                           "needed: 1 in 10 below",   "middle", "1 in 10 above"};
    hr_table *t = hr_table_new(p, "days", "Improvement days in the year", 7);
    hr_table_column(t, 0, "year", "year", true);
    for (int q = 0; q < 6; q++)
        hr_table_column(t, 1 + q, keys[q], headings[q], false);
    for (int y = 0; y < r->years; y++) {
        year_cell(t, r->start_year + y);
        quantile_columns(t, r, HR_M_CAPACITY_SUPPLY_DAYS, y, 1, quantile, 3);
        quantile_columns(t, r, HR_M_CAPACITY_NEED_DAYS, y, 4, quantile, 3);
    }
    const hr_estimate enough = hr_otherwise(r->risk[HR_R_CAPACITY_OVERLOAD].any);
    *f = figure(HR_FIGURE_DAYS, "days", "Improvement days supplied and needed",
                hr_page_text(p, "The chance that the days supplied are enough %s is %s.",
                             r->years == 1 ? "in the year" : "in every year",
                             hr_build_chance(p, enough)));
    f->axis = "days a year; line: the middle, band: 80 of 100 futures";
    f->table = t;
    f->unit = "days";
}

int hr_figures_build(hr_page *p, const hr_result *r, hr_figure **figures)
{
    hr_figure *f = HR_TAKE(p->arena, hr_figure, FIGURES);
    int count = 0;
    *figures = f;
    if (!f)
        return 0;
    for (int m = 0; m < HR_METRICS && count < FIGURES - 4; m++)
        if (HR_METRIC_ROWS[m].chart == HR_CHART_FAN)
            fan(p, r, (hr_metric)m, &f[count++]);
    risks(p, r, &f[count++]);
    joins(p, r, &f[count++]);
    days(p, r, &f[count++]);
    hr_figure_settling(p, r, &f[count++]);
    for (int i = 0; i < count; i++) {
        f[i].start_year = r->start_year;
        f[i].years = r->years;
    }
    return p->failed ? 0 : count;
}
