/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables under the verdict: years, risks, joins, schools, the bridge in pounds, limits. */
#include "report/build.h"

#include <math.h>
#include <string.h>

#include "report/format.h"

/* The metrics that a board reads first; the others are in metrics.csv and results.json. */
static const hr_metric SHOWN[] = {HR_M_PUPILS,
                                  HR_M_TOPSLICE_INCOME,
                                  HR_M_RESERVES_PCT,
                                  HR_M_RESERVES,
                                  HR_M_IN_YEAR_BALANCE,
                                  HR_M_CAPACITY_USE_PCT,
                                  HR_M_CAPACITY_SUPPLY_DAYS,
                                  HR_M_CAPACITY_NEED_DAYS,
                                  HR_M_GOOD_OR_BETTER_PCT};

static hr_estimate statistic(const hr_metric_result *m, int quantile)
{
    return quantile < 0 ? m->mean : m->quantile[quantile];
}

/* One row of a metric: all its years at the coarsest detail that one of them allows. */
static void metric_row(hr_table *t, const hr_result *r, hr_metric metric, int quantile,
                       const char *label)
{
    const hr_metric_result *m = &r->metric[(int)metric * r->years];
    const char *unit = HR_METRIC_ROWS[metric].unit;
    double step = 0.0;
    for (int y = 0; y < r->years; y++) {
        const hr_estimate e = statistic(&m[y], quantile);
        if (isfinite(e.value))
            step = fmax(step, hr_format_step(e, unit));
    }
    hr_table_row(t);
    hr_table_text(t, 0, label);
    for (int y = 0; y < r->years; y++) {
        char number[HR_NUMBER_BYTES];
        const double value = statistic(&m[y], quantile).value;
        hr_format_number(value, step, unit, number);
        hr_table_number(t, 1 + y, value, number);
    }
}

void hr_build_years(hr_page *p, const hr_result *r)
{
    hr_table *t = hr_page_table(p, "by_year", "Year by year", 1 + r->years);
    if (!t)
        return;
    t->note = "Middle: half the futures are above and half below. Low and high: 10 in 100 are "
              "below and 10 "
              "in 100 above.";
    hr_table_column(t, 0, "metric", "", true);
    hr_build_year_columns(t, 1, r->start_year, r->years);
    for (size_t i = 0; i < sizeof SHOWN / sizeof SHOWN[0]; i++) {
        const hr_metric_row *row = &HR_METRIC_ROWS[SHOWN[i]];
        const bool unit_said = row->unit[0] != '%' || strchr(row->label, '%');
        const char *label = hr_page_text(p, "%s%s", row->label, unit_said ? "" : ", %");
        if (SHOWN[i] == HR_M_GOOD_OR_BETTER_PCT) {
            metric_row(t, r, SHOWN[i], -1, hr_page_text(p, "%s, mean", label));
            continue;
        }
        metric_row(t, r, SHOWN[i], 3, hr_page_text(p, "%s, middle", label));
        metric_row(t, r, SHOWN[i], 1, "  low");
        metric_row(t, r, SHOWN[i], 5, "  high");
    }
}

static void chance_cell(hr_table *t, int column, hr_estimate e)
{
    char number[HR_NUMBER_BYTES];
    hr_format_chance_short(e, number);
    hr_table_number(t, column, e.value, number);
}

/* A shortfall in the unit that the table of risks names. */
static void shortfall_cell(hr_page *p, hr_table *t, int column, hr_estimate e, const char *unit)
{
    /* a year of a warning or a change of route is no distance */
    const bool measured = strcmp(unit, "years") != 0 && strcmp(unit, "changes") != 0;
    if (isfinite(e.value) && measured)
        hr_table_number(t, column, e.value, hr_build_value(p, e, unit));
    else
        hr_table_text(t, column, "-");
}

static void risk_rows(hr_page *p, hr_table *t, const hr_result *r)
{
    for (int k = 0; k < HR_RISKS; k++) {
        const hr_risk_result *risk = &r->risk[k];
        hr_table_row(t);
        hr_table_text(t, 0, HR_RISK_ROWS[k].label);
        for (int y = 0; y < r->years; y++)
            chance_cell(t, 1 + y, risk->year[y]);
        chance_cell(t, 1 + r->years, risk->any);
        shortfall_cell(p, t, 2 + r->years, risk->shortfall, HR_RISK_ROWS[k].unit);
    }
}

void hr_build_risks(hr_page *p, const hr_result *r)
{
    hr_table *t = hr_page_table(p, "risks", "Risks: chance in 100 that it happens", 3 + r->years);
    if (!t)
        return;
    t->note = "Worst: by how much, on average, in the worst year of a future in which it happens.";
    hr_table_column(t, 0, "risk", "", true);
    hr_build_year_columns(t, 1, r->start_year, r->years);
    hr_table_column(t, 1 + r->years, "any", "some year", false);
    hr_table_column(t, 2 + r->years, "worst", "worst", false);
    risk_rows(p, t, r);
}

/* The commonest reason why a candidate is held up or lost, and its chance. */
static const char *main_obstacle(hr_page *p, const hr_candidate_result *k)
{
    double most = 0.0;
    const char *reason = "-";
    for (int i = 0; i < HR_POLICIES; i++)
        if (k->refused_for[i].value > most) {
            most = k->refused_for[i].value;
            reason = HR_POLICY_ROWS[i].reason;
        }
    const struct {
        hr_estimate p;
        const char *reason;
    } lost[] = {{k->withdrew, "it withdraws"},
                {k->lost_condition, "a condition of the join fails"}};
    for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++)
        if (lost[i].p.value > most) {
            most = lost[i].p.value;
            reason = lost[i].reason;
        }
    char number[HR_NUMBER_BYTES];
    hr_format_chance_short((hr_estimate){.value = most}, number);
    return most > 0.0 ? hr_page_text(p, "%s: %s", number, reason) : "-";
}

void hr_build_joins(hr_page *p, const hr_result *r)
{
    if (r->candidates == 0)
        return;
    hr_table *t = hr_page_table(p, "joins", "Who joins when: chance in 100", 3 + r->years);
    if (!t)
        return;
    t->note = "Main obstacle: the commonest reason, and in how many of 100 futures it stands in "
              "the way at "
              "least once.";
    hr_table_column(t, 0, "candidate", "", true);
    hr_build_year_columns(t, 1, r->start_year, r->years);
    hr_table_column(t, 1 + r->years, "joins", "joins", false);
    hr_table_column(t, 2 + r->years, "obstacle", "main obstacle", true);
    for (int k = 0; k < r->candidates; k++) {
        hr_table_row(t);
        hr_table_text(t, 0, hr_page_name(p, r->candidate[k].name));
        for (int y = 0; y < r->years; y++)
            chance_cell(t, 1 + y, r->candidate[k].by_year[y]);
        chance_cell(t, 1 + r->years, r->candidate[k].joins);
        hr_table_text(t, 2 + r->years, main_obstacle(p, &r->candidate[k]));
    }
}

static void number_cell(hr_table *t, int column, hr_estimate e, const char *unit)
{
    char number[HR_NUMBER_BYTES];
    hr_format_estimate(e, unit, number);
    hr_table_number(t, column, e.value, number);
}

static void school_row(hr_page *p, hr_table *t, const hr_result *r, const hr_school_result *school)
{
    const hr_school_year *first = &school->year[0], *last = &school->year[r->years - 1];
    hr_table_row(t);
    hr_table_text(t, 0, hr_page_name(p, school->name));
    chance_cell(t, 1, hr_estimate_chance(last->n, r->paths));
    number_cell(t, 2, first->pupils, "pupils");
    number_cell(t, 3, last->pupils, "pupils");
    number_cell(t, 4, last->reserves_pct, "%");
    chance_cell(t, 5, last->p_in_year_deficit);
    chance_cell(t, 6, last->p_deficit);
    chance_cell(t, 7, last->p_below_good);
}

void hr_build_schools(hr_page *p, const hr_result *r)
{
    hr_table *t = hr_page_table(p, "schools", "School by school", 8);
    if (!t)
        return;
    const char *first = hr_build_year(p, r->start_year);
    const char *last = hr_build_year(p, r->start_year + r->years - 1);
    t->note = "Means over the futures in which the school is in the trust; chances in 100.";
    hr_table_column(t, 0, "school", "", true);
    hr_table_column(t, 1, "in_trust", hr_page_text(p, "in the trust %s", last), false);
    hr_table_column(t, 2, "pupils_first", hr_page_text(p, "pupils %s", first), false);
    hr_table_column(t, 3, "pupils_last", hr_page_text(p, "pupils %s", last), false);
    hr_table_column(t, 4, "reserves_pct", "reserves, % of income", false);
    hr_table_column(t, 5, "in_year_deficit", "in-year deficit", false);
    hr_table_column(t, 6, "deficit", "in deficit", false);
    hr_table_column(t, 7, "below_good", "below good", false);
    for (int s = 0; s < r->schools; s++)
        school_row(p, t, r, &r->school[s]);
}

static void bridge_row(hr_table *t, const char *label, hr_estimate e)
{
    const double value[] = {e.value, e.lo, e.hi};
    hr_table_row(t);
    hr_table_text(t, 0, label);
    for (int i = 0; i < 3; i++) {
        char number[HR_NUMBER_BYTES];
        hr_format_number(value[i], hr_format_step(e, "GBP"), "GBP", number);
        hr_table_number(t, 1 + i, value[i], number);
    }
}

void hr_build_bridge(hr_page *p, const hr_result *r)
{
    hr_table *t =
        hr_page_table(p, "bridge", "From the reserves at the start to those at the end", 4);
    if (!t)
        return;
    t->note = "Means over all futures, summed over the years; 95 % interval of the mean. What "
              "moves inside the "
              "trust, the top-slice among it, adds to nothing and is left out.";
    hr_table_column(t, 0, "line", "", true);
    hr_table_column(t, 1, "value", "mean", false);
    hr_table_column(t, 2, "lo", "from", false);
    hr_table_column(t, 3, "hi", "to", false);
    bridge_row(t, "Reserves at the start", r->opening);
    for (int l = 0; l < HR_LINES; l++)
        if (HR_LINE_ROWS[l].side != HR_SIDE_TRANSFER && r->line[l].value != 0.0)
            bridge_row(t, HR_LINE_ROWS[l].label, r->line[l]);
    bridge_row(t, "Reserves at the end", r->metric[HR_M_RESERVES * r->years + r->years - 1].mean);
}

void hr_build_limits(hr_page *p, const hr_result *r)
{
    for (int i = 0; i < r->limits; i++) {
        const hr_limit_result *limit = &r->limit[i];
        const char *chances = "";
        bool unsure = false;
        for (int c = 0; c < limit->statement.clauses; c++) {
            chances =
                hr_page_text(p, "%s%s%s", chances, c ? "; " : "", hr_build_chance(p, limit->p[c]));
            unsure = unsure || limit->unsure[c];
        }
        hr_page_item(
            p, limit->holds ? "holds" : "PASSED",
            hr_page_text(p, "%s. Estimated: %s.%s", hr_page_clean(p, limit->words), chances,
                         unsure ? " The error of the simulation reaches across the limit." : ""));
    }
}
