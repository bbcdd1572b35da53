/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a comparison: chances of targets and risks, the bridge in pounds, the years. */
#include "report/compare.h"

#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/format.h"

/* ---- chances ---- */

enum { PER_PLAN = 4 }; /* columns of each scenario after the first: it, difference, from, to */

/* Not nothing, and yet it would be shown so? Then whether an interval holds it could not be seen.
 */
static bool is_hidden(double end, double step) { return end != 0.0 && fabs(end) < 0.5 * step; }

void hr_compare_cells(hr_page *p, hr_table *t, int column, hr_estimate e, double scale,
                      const char *unit)
{
    const double value[] = {e.value, e.lo, e.hi};
    double step = hr_compare_step(e, scale, unit);
    if (step > 0.1 && (is_hidden(e.lo * scale, step) || is_hidden(e.hi * scale, step)))
        step /= 10.0;
    for (int i = 0; i < 3; i++) {
        const char *sign = value[i] > 0.0 ? "+" : "";
        const char *number =
            hr_build_rounded(p, value[i] * scale, step, strcmp(unit, "GBP") == 0 ? unit : NULL);
        const bool nothing = !strpbrk(number, "123456789");
        hr_table_number(t, column + i, value[i] * scale,
                        isfinite(value[i]) ? hr_page_text(p, "%s%s", nothing ? "" : sign, number)
                                           : "-");
    }
}

static void heading_row(hr_table *t, const char *words)
{
    hr_table_row(t);
    hr_table_text(t, 0, words);
}

static void plan_columns(hr_page *p, hr_table *t, const hr_comparison *c, int first)
{
    hr_table_column(t, first, "first", hr_compare_named(p, c, 0).column, false);
    for (int k = 1; k < c->scenarios; k++) {
        const int at = first + 1 + (k - 1) * PER_PLAN;
        hr_table_column(t, at, hr_page_text(p, "plan_%d", k + 1), hr_compare_named(p, c, k).column,
                        false);
        hr_table_column(t, at + 1, hr_page_text(p, "difference_%d", k + 1), "difference", false);
        hr_table_column(t, at + 2, hr_page_text(p, "lo_%d", k + 1), "from", false);
        hr_table_column(t, at + 3, hr_page_text(p, "hi_%d", k + 1), "to", false);
    }
}

/* The place among the differences of a target of the first; -1: not asked by the other. */
static int matched(const hr_pair_result *d, int target)
{
    for (int i = 0; i < d->targets; i++)
        if (d->target[i].first == target)
            return i;
    return -1;
}

static void target_row(hr_page *p, hr_table *t, const hr_comparison *c, int target)
{
    const hr_target_result *of = &c->result[0]->target[target];
    hr_table_row(t);
    hr_table_text(t, 0,
                  hr_page_text(p, "%s%s", hr_page_name(p, of->name),
                               of->our_reading ? " (our reading)" : ""));
    hr_build_chance_cell(t, 1, of->p);
    for (int k = 1; k < c->scenarios; k++) {
        const int i = matched(c->pair[k], target), at = 2 + (k - 1) * PER_PLAN;
        if (i < 0) {
            hr_table_text(t, at, "not asked");
            continue;
        }
        hr_build_chance_cell(t, at, c->result[k]->target[c->pair[k]->target[i].second].p);
        hr_compare_cells(p, t, at + 1, c->pair[k]->target[i].p, 100.0, "%");
    }
}

/* Targets that a scenario asks and the first does not. */
static void other_targets(hr_page *p, hr_table *t, const hr_comparison *c, int which)
{
    const hr_result *r = c->result[which];
    for (int q = 0; q < r->targets; q++) {
        bool asked = false;
        for (int i = 0; i < c->pair[which]->targets; i++)
            asked = asked || c->pair[which]->target[i].second == q;
        if (asked)
            continue;
        hr_table_row(t);
        hr_table_text(t, 0, hr_page_name(p, r->target[q].name));
        hr_table_text(t, 1, "not asked");
        hr_build_chance_cell(t, 2 + (which - 1) * PER_PLAN, r->target[q].p);
    }
}

static void all_targets_row(hr_page *p, hr_table *t, const hr_comparison *c)
{
    hr_table_row(t);
    hr_table_text(t, 0, "All of its targets in one future");
    hr_build_chance_cell(t, 1, c->result[0]->targets_all);
    for (int k = 1; k < c->scenarios; k++) {
        const int at = 2 + (k - 1) * PER_PLAN;
        hr_build_chance_cell(t, at, c->result[k]->targets_all);
        if (isfinite(c->pair[k]->targets_all.value))
            hr_compare_cells(p, t, at + 1, c->pair[k]->targets_all, 100.0, "%");
    }
}

void hr_compare_chances(hr_page *p, const hr_comparison *c)
{
    hr_table *t = hr_page_table(p, "chances", "Targets and risks: chance in 100",
                                2 + (c->scenarios - 1) * PER_PLAN);
    if (!t)
        return;
    t->note = "Difference: of the same futures, with its 95 % interval (Tango's score for paired "
              "chances); each number is rounded by itself. Risks: that it happens in some year.";
    hr_table_column(t, 0, "what", "", true);
    plan_columns(p, t, c, 1);
    bool targets = false;
    for (int k = 0; k < c->scenarios; k++)
        targets = targets || c->result[k]->targets > 0;
    if (targets)
        heading_row(t, "Targets");
    for (int q = 0; q < c->result[0]->targets; q++)
        target_row(p, t, c, q);
    for (int k = 1; k < c->scenarios; k++)
        other_targets(p, t, c, k);
    if (targets)
        all_targets_row(p, t, c);
    heading_row(t, "Risks");
    for (int r = 0; r < HR_RISKS; r++) {
        hr_table_row(t);
        hr_table_text(t, 0, HR_RISK_ROWS[r].label);
        hr_build_chance_cell(t, 1, c->result[0]->risk[r].any);
        for (int k = 1; k < c->scenarios; k++) {
            hr_build_chance_cell(t, 2 + (k - 1) * PER_PLAN, c->result[k]->risk[r].any);
            hr_compare_cells(p, t, 3 + (k - 1) * PER_PLAN, c->pair[k]->risk[r].any, 100.0, "%");
        }
    }
}

/* ---- the bridge ---- */

static void pounds_row(hr_page *p, hr_table *t, const char *label, int64_t pounds, hr_estimate e)
{
    const double step = hr_compare_step(e, 1.0, "GBP");
    hr_table_row(t);
    hr_table_text(t, 0, label);
    hr_table_number(t, 1, (double)pounds, hr_build_rounded(p, (double)pounds, 1.0, "GBP"));
    hr_table_number(t, 2, e.lo, hr_build_rounded(p, e.lo, step, "GBP"));
    hr_table_number(t, 3, e.hi, hr_build_rounded(p, e.hi, step, "GBP"));
}

static void end_row(hr_page *p, hr_table *t, const char *label, int64_t pounds)
{
    hr_table_row(t);
    hr_table_text(t, 0, label);
    hr_table_number(t, 1, (double)pounds, hr_build_rounded(p, (double)pounds, 1.0, "GBP"));
}

static void one_bridge(hr_page *p, const hr_comparison *c, int which)
{
    const hr_pair_result *d = c->pair[which];
    const int years = c->result[0]->years;
    const hr_estimate more = d->metric[HR_M_RESERVES * years + years - 1].mean;
    const char *first = hr_compare_named(p, c, 0).behind;
    const char *second = hr_compare_named(p, c, which).behind;
    if (more.n == 0)
        return;
    hr_table *t = hr_page_table(
        p, "bridge", hr_page_text(p, "From reserves at the end %s to those %s", first, second), 4);
    if (!t)
        return;
    t->note =
        "Mean of the same futures, summed over the years, in pounds that add up exactly: what "
        "rounding leaves over goes to the rows with the largest remainders. 95 % interval of "
        "each mean. What moves inside the trust, the top-slice among it, adds to nothing.";
    hr_table_column(t, 0, "row", "", true);
    hr_table_column(t, 1, "pounds", "mean", false);
    hr_table_column(t, 2, "lo", "from", false);
    hr_table_column(t, 3, "hi", "to", false);
    end_row(p, t, hr_page_text(p, "Reserves at the end %s", first), d->pounds_first);
    for (int row = 0; row < HR_BRIDGES; row++)
        if (d->bridge[row].value != 0.0 || d->pounds[row] != 0)
            pounds_row(p, t, HR_BRIDGE_ROWS[row].label, d->pounds[row], d->bridge[row]);
    end_row(p, t, hr_page_text(p, "Reserves at the end %s", second), d->pounds_second);
    pounds_row(p, t, "Difference", d->pounds_second - d->pounds_first, more);
}

void hr_compare_bridge(hr_page *p, const hr_comparison *c)
{
    for (int k = 1; k < c->scenarios; k++)
        one_bridge(p, c, k);
}

/* ---- years ---- */

static const hr_metric SHOWN[] = {HR_M_PUPILS,
                                  HR_M_SCHOOLS,
                                  HR_M_TOPSLICE_INCOME,
                                  HR_M_RESERVES_PCT,
                                  HR_M_RESERVES,
                                  HR_M_IN_YEAR_BALANCE,
                                  HR_M_CENTRAL_RESERVES,
                                  HR_M_CAPACITY_USE_PCT,
                                  HR_M_CAPACITY_SUPPLY_DAYS,
                                  HR_M_CAPACITY_NEED_DAYS,
                                  HR_M_GOOD_OR_BETTER_PCT};

static void mean_row(hr_page *p, hr_table *t, const char *label, const hr_metric_result *m,
                     int years, double step, const char *unit)
{
    hr_table_row(t);
    hr_table_text(t, 0, label);
    for (int y = 0; y < years; y++)
        hr_table_number(t, 1 + y, m[y].mean.value,
                        hr_build_rounded(p, m[y].mean.value, step, unit));
}

/* Difference, and half its 95 % interval. */
static void difference_rows(hr_page *p, hr_table *t, const char *label, const hr_difference *d,
                            int years, const char *unit)
{
    double step = 0.0;
    for (int y = 0; y < years; y++)
        if (isfinite(d[y].mean.value))
            step = fmax(step, hr_compare_step(d[y].mean, 1.0, unit));
    for (int half = 0; half < 2; half++) {
        hr_table_row(t);
        hr_table_text(t, 0, half ? "    give or take" : label);
        for (int y = 0; y < years; y++) {
            const hr_estimate e = d[y].mean;
            const double value = half ? 0.5 * (e.hi - e.lo) : e.value;
            const char *number = hr_build_rounded(p, value, half ? step / 10.0 : step, unit);
            const bool more = !half && value > 0.0 && strpbrk(number, "123456789");
            hr_table_number(t, 1 + y, value, hr_page_text(p, "%s%s", more ? "+" : "", number));
        }
    }
}

static void metric_rows(hr_page *p, hr_table *t, const hr_comparison *c, hr_metric metric)
{
    const int years = c->result[0]->years, at = (int)metric * years;
    const char *unit = HR_METRIC_ROWS[metric].unit;
    double step = 0.0;
    for (int k = 0; k < c->scenarios; k++)
        for (int y = 0; y < years; y++)
            if (isfinite(c->result[k]->metric[at + y].mean.value))
                step = fmax(step, hr_format_step(c->result[k]->metric[at + y].mean, unit));
    heading_row(t, hr_build_metric_label(p, &HR_METRIC_ROWS[metric]));
    for (int k = 0; k < c->scenarios; k++) {
        const char *name = hr_compare_named(p, c, k).column;
        mean_row(p, t, hr_page_text(p, "  %s", name), &c->result[k]->metric[at], years, step, unit);
        if (k > 0)
            difference_rows(p, t, "    difference", &c->pair[k]->metric[at], years, unit);
    }
}

void hr_compare_years(hr_page *p, const hr_comparison *c)
{
    const hr_result *r = c->result[0];
    hr_table *t = hr_page_table(p, "by_year", "Year by year", 1 + r->years);
    if (!t)
        return;
    t->note = "Means over all futures, so that differences are those of the means; give or take: "
              "half the 95 % interval of the difference over the same futures.";
    hr_table_column(t, 0, "metric", "", true);
    hr_build_year_columns(t, 1, r->start_year, r->years);
    for (size_t i = 0; i < sizeof SHOWN / sizeof SHOWN[0]; i++)
        metric_rows(p, t, c, SHOWN[i]);
}
