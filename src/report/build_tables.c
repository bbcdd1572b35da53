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
                                  HR_M_RESERVES_MONTHS, /* where the policy is in months */
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

/* Rows of one metric: all their years at the coarsest detail that one number allows, so that what
 * is low never seems higher than what is high. */
static void metric_rows(hr_table *t, const hr_result *r, hr_metric metric, const int *quantile,
                        const char *const *label, int rows)
{
    const hr_metric_result *m = &r->metric[(int)metric * r->years];
    const char *unit = HR_METRIC_ROWS[metric].unit;
    double step = 0.0;
    for (int i = 0; i < rows * r->years; i++) {
        const hr_estimate e = statistic(&m[i % r->years], quantile[i / r->years]);
        if (isfinite(e.value))
            step = fmax(step, hr_format_step(e, unit));
    }
    for (int i = 0; i < rows; i++) {
        hr_table_row(t);
        hr_table_text(t, 0, label[i]);
        for (int y = 0; y < r->years; y++) {
            char number[HR_NUMBER_BYTES];
            const double value = statistic(&m[y], quantile[i]).value;
            hr_format_number(value, step, unit, number);
            hr_table_number(t, 1 + y, value, number);
        }
    }
}

void hr_build_years(hr_page *p, const hr_result *r)
{
    hr_table *t = hr_page_table(p, "by_year", "Year by year", 1 + r->years);
    if (!t)
        return;
    t->note = "Middle: half the futures are above and half below. Low and high: 10 in 100 are "
              "below and 10 in 100 above. Improvement days: what schools need of the time of "
              "others, and what leaders in schools, central staff and advisers can give.";
    hr_table_column(t, 0, "metric", "", true);
    hr_build_year_columns(t, 1, r->start_year, r->years);
    const bool months = r->plan->params->scenario.reserves_policy.measure == HR_measure_MONTHS;
    for (size_t i = 0; i < sizeof SHOWN / sizeof SHOWN[0]; i++) {
        if (SHOWN[i] == HR_M_RESERVES_MONTHS && !months)
            continue;
        const char *label = hr_build_metric_label(p, &HR_METRIC_ROWS[SHOWN[i]]);
        static const int quantiles[] = {3, 1, 5}, mean[] = {-1};
        const bool steps = SHOWN[i] == HR_M_GOOD_OR_BETTER_PCT; /* few values: a mean says more */
        const char *labels[] = {hr_page_text(p, "%s, %s", label, steps ? "mean" : "middle"),
                                "  low", "  high"};
        metric_rows(t, r, SHOWN[i], steps ? mean : quantiles, labels, steps ? 1 : 3);
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
    t->note = "Worst: by how much, on average, in the worst year of a future in which it happens. "
              "Onboarding: the time of central staff to take schools in. Category of concern: "
              "judged inadequate. Capital route: money for buildings starts or stops coming by "
              "formula. Early warning: our reconstruction of the signs at which the department "
              "asks questions.";
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

/* Rows stand in this order: the trust's own schools, candidates with a name, those not yet known.
 */
enum { OWN, NAMED, UNKNOWN, KINDS };

static int kind_of(const hr_result *r, int candidate)
{
    return candidate < 0 ? OWN : r->candidate[candidate].pipeline < 0 ? NAMED : UNKNOWN;
}

static void candidate_row(hr_page *p, hr_table *t, const hr_result *r, const hr_candidate_result *k)
{
    hr_table_row(t);
    hr_table_text(t, 0, hr_page_name(p, k->name));
    for (int y = 0; y < r->years; y++)
        chance_cell(t, 1 + y, k->by_year[y]);
    chance_cell(t, 1 + r->years, k->joins);
    hr_table_text(t, 2 + r->years, main_obstacle(p, k));
}

void hr_build_joins(hr_page *p, const hr_result *r)
{
    if (r->candidates == 0) {
        hr_page_add(
            p, HR_BLOCK_WORDS,
            "Who joins when: nobody can, as the scenario has no candidates and no pipeline.");
        return;
    }
    hr_table *t = hr_page_table(p, "joins", "Who joins when: chance in 100", 3 + r->years);
    if (!t)
        return;
    t->note = "Main obstacle: the commonest reason, and in how many of 100 futures it stands in "
              "the way at least once.";
    hr_table_column(t, 0, "candidate", "", true);
    hr_build_year_columns(t, 1, r->start_year, r->years);
    hr_table_column(t, 1 + r->years, "joins", "joins", false);
    hr_table_column(t, 2 + r->years, "obstacle", "main obstacle", true);
    for (int kind = NAMED; kind < KINDS; kind++)
        for (int k = 0; k < r->candidates; k++)
            if (kind_of(r, k) == kind)
                candidate_row(p, t, r, &r->candidate[k]);
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
    if (last->n == r->paths)
        hr_table_text(t, 1, "all");
    else
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
    t->note = hr_page_text(p,
                           "Of %s where no year is named. Means over the futures in which the "
                           "school is in the trust; chances in 100, all: it is there in every "
                           "future that was run.",
                           last);
    hr_table_column(t, 0, "school", "", true);
    hr_table_column(t, 1, "in_trust", hr_page_text(p, "in the trust %s", last), false);
    hr_table_column(t, 2, "pupils_first", hr_page_text(p, "pupils %s", first), false);
    hr_table_column(t, 3, "pupils_last", hr_page_text(p, "pupils %s", last), false);
    hr_table_column(t, 4, "reserves_pct", "reserves, % of income", false);
    hr_table_column(t, 5, "in_year_deficit", "in-year deficit", false);
    hr_table_column(t, 6, "deficit", "in deficit", false);
    hr_table_column(t, 7, "below_good", "below good", false);
    for (int kind = 0; kind < KINDS; kind++)
        for (int s = 0; s < r->schools; s++)
            if (kind_of(r, r->plan->school[s].candidate) == kind)
                school_row(p, t, r, &r->school[s]);
}

enum { BRIDGE_ROWS = HR_LINES + 3 };

typedef struct {
    const char *label[BRIDGE_ROWS];
    hr_estimate e[BRIDGE_ROWS];
    double shown[BRIDGE_ROWS];
    int rows;
} bridge;

static void bridge_add(bridge *b, const char *label, hr_estimate e)
{
    b->label[b->rows] = label;
    b->e[b->rows++] = e;
}

/* What the lines do not explain, were there any, is a line of its own. */
static void bridge_fill(bridge *b, const hr_result *r)
{
    const hr_estimate end = r->metric[HR_M_RESERVES * r->years + r->years - 1].mean;
    double sum = r->opening.value;
    bridge_add(b, "Reserves at the start", r->opening);
    for (int l = 0; l < HR_LINES; l++)
        if (HR_LINE_ROWS[l].side != HR_SIDE_TRANSFER && r->line[l].value != 0.0) {
            bridge_add(b, HR_LINE_ROWS[l].label, r->line[l]);
            sum += r->line[l].value;
        }
    if (fabs(end.value - sum) >= 1.0)
        bridge_add(b, "Not explained by these lines", hr_exactly(end.value - sum));
    bridge_add(b, "Reserves at the end", end);
}

static double nearest_step(double value, double step) { return step * floor(value / step + 0.5); }

/* Would a line that is moved by a step still be shown inside its own interval? */
static bool has_room(const bridge *b, int row, double move, double step)
{
    const double shown = b->shown[row] + move;
    return shown >= nearest_step(b->e[row].lo, step) && shown <= nearest_step(b->e[row].hi, step);
}

/* The line that takes a step of what rounding leaves over: of those with room for it the one that
 * is nearest to it (largest remainder); where none has room, of all. */
static int line_to_move(const bridge *b, double move, double step)
{
    int best = 0;
    bool best_room = false;
    for (int i = 1; i < b->rows - 1; i++) {
        const bool room = has_room(b, i, move, step);
        const double nearer = (b->e[i].value - b->shown[i]) - (b->e[best].value - b->shown[best]);
        if (best == 0 || (room && !best_room) || (room == best_room && nearer * move > 0.0)) {
            best = i;
            best_room = room;
        }
    }
    return best;
}

/* Every line rounded to `step` so that they make the end as it is shown. */
static void bridge_round(bridge *b, double step)
{
    const int last = b->rows - 1;
    double left = 0.0;
    for (int i = 0; i <= last; i++) {
        b->shown[i] = nearest_step(b->e[i].value, step);
        left += i < last ? -b->shown[i] : b->shown[i];
    }
    for (int n = (int)floor(fabs(left) / step + 0.5); n > 0; n--) {
        const double move = left > 0.0 ? step : -step;
        b->shown[line_to_move(b, move, step)] += move;
    }
}

static void bridge_row(hr_table *t, const bridge *b, int row, double step)
{
    const double value[] = {b->e[row].value, b->e[row].lo, b->e[row].hi};
    hr_table_row(t);
    hr_table_text(t, 0, b->label[row]);
    for (int i = 0; i < 3; i++) {
        char number[HR_NUMBER_BYTES];
        hr_format_number(i == 0 ? b->shown[row] : value[i], step, "GBP", number);
        hr_table_number(t, 1 + i, value[i], number);
    }
}

void hr_build_bridge(hr_page *p, const hr_result *r)
{
    bridge b = {.rows = 0};
    if (hr_build_own(r).value == 0.0)
        return;
    hr_table *t =
        hr_page_table(p, "bridge", "From the reserves at the start to those at the end", 4);
    if (!t)
        return;
    bridge_fill(&b, r);
    double widest = 0.0;
    for (int i = 0; i < b.rows; i++)
        widest = fmax(widest, fabs(b.e[i].value));
    const double step = widest >= 100000.0 ? 1000.0 : 1.0;
    bridge_round(&b, step);
    t->note = hr_page_text(p,
                           "Means over all futures%s, summed over the years, to the nearest %s so "
                           "that they add up; 95 %% interval of each mean. What moves inside the "
                           "trust, the top-slice among it, adds to nothing and is left out.",
                           r->plan->may_end ? " in which the trust is its own to the end" : "",
                           step > 1.0 ? "thousand pounds" : "pound");
    hr_table_column(t, 0, "line", "", true);
    hr_table_column(t, 1, "value", "mean", false);
    hr_table_column(t, 2, "lo", "from", false);
    hr_table_column(t, 3, "hi", "to", false);
    for (int i = 0; i < b.rows; i++)
        bridge_row(t, &b, i, step);
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
            p, limit->holds ? "PASSED" : "not passed",
            hr_page_text(p, "%s. Estimated: %s.%s", hr_page_clean(p, limit->words), chances,
                         unsure ? " The error of the simulation reaches across the limit." : ""));
    }
}
