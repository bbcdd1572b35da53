/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of strategies under worlds: a column a world, rows by strategy. */
#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/format.h"
#include "report/worlds.h"

static const char *year_of(hr_page *p, const hr_worlds *w)
{
    const hr_result *r = hr_worlds_result(w, 0, 0);
    return hr_build_year(p, r->start_year + r->years - 1);
}

/* A table with a column for each world after the first. */
static hr_table *by_world(hr_page *p, const hr_worlds *w, const char *key, const char *title)
{
    hr_table *t = hr_page_table(p, key, title, 1 + w->worlds);
    hr_table_column(t, 0, "what", "", true);
    for (int k = 0; k < w->worlds; k++)
        hr_table_column(t, 1 + k, hr_page_text(p, "world_%d", k), hr_worlds_name(p, w, k), false);
    return t;
}

static void heading_row(hr_table *t, const char *words)
{
    hr_table_row(t);
    hr_table_text(t, 0, words);
}

static void name_row(hr_page *p, hr_table *t, const hr_worlds *w, int strategy)
{
    hr_table_row(t);
    hr_table_text(t, 0, hr_page_text(p, "  %s", hr_worlds_named(p, w, strategy).column));
}

static void chance_cell(hr_table *t, int column, hr_estimate e)
{
    char number[HR_NUMBER_BYTES];
    hr_format_chance_short(e, number);
    hr_table_number(t, column, e.value, number);
}

/* What stands in a cell: an estimate, times `scale`, in `unit`. */
typedef struct {
    const char *words; /* over the rows */
    hr_estimate (*of)(const hr_worlds *w, int strategy, int world);
    double scale;
    const char *unit;
} block;

/* Rows of all strategies, alike in detail. */
static void number_block(hr_page *p, hr_table *t, const hr_worlds *w, const block *b)
{
    double step = 0.0;
    for (int s = 0; s < w->strategies; s++)
        for (int k = 0; k < w->worlds; k++) {
            const hr_estimate e = b->of(w, s, k);
            if (isfinite(e.value))
                step = fmax(step, hr_compare_step(e, b->scale, b->unit));
        }
    const bool pounds = strcmp(b->unit, "GBP") == 0;
    const double shown = pounds ? 1000.0 : 1.0; /* thousands */
    heading_row(t, b->words);
    for (int s = 0; s < w->strategies; s++) {
        name_row(p, t, w, s);
        for (int k = 0; k < w->worlds; k++) {
            const double value = b->scale * b->of(w, s, k).value;
            hr_table_number(t, 1 + k, value,
                            hr_build_rounded(p, value / shown, step / shown, NULL));
        }
    }
}

/* ---- regret ---- */

static hr_estimate mean_regret(const hr_worlds *w, int s, int k)
{
    return hr_weighed_cell_of(&w->weighed, s, k)->regret;
}
static hr_estimate most_regret(const hr_worlds *w, int s, int k)
{
    return hr_weighed_cell_of(&w->weighed, s, k)->regret_most;
}
static hr_estimate kept_regret(const hr_worlds *w, int s, int k)
{
    return hr_weighed_cell_of(&w->weighed, s, k)->kept_regret;
}
static hr_estimate enough_regret(const hr_worlds *w, int s, int k)
{
    return hr_weighed_cell_of(&w->weighed, s, k)->enough_regret;
}

static void regret_table(hr_page *p, const hr_worlds *w)
{
    static const block blocks[] = {
        {"Reserves at the end: \xc2\xa3"
         "000 behind the best strategy of the same future, on average",
         mean_regret, 1.0, "GBP"},
        {"The same: at least so far behind in 1 future of 20", most_regret, 1.0, "GBP"},
        {"Chance of keeping the policy in every year: points behind the best of the world",
         kept_regret, 100.0, "%"},
        {"Chance that days are enough in every year: points behind the best of the world",
         enough_regret, 100.0, "%"}};
    hr_table *t = by_world(p, w, "regret", "Regret, by world");
    if (!t)
        return;
    t->note =
        "Of each world, against the best strategy there: 0 is the best, or as good. Numbers are no "
        "finer than their error allows; results.json has the interval of each.";
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        number_block(p, t, w, &blocks[i]);
}

/* ---- chances ---- */

static hr_estimate kept(const hr_worlds *w, int s, int k)
{
    return hr_weighed_cell_of(&w->weighed, s, k)->kept;
}
static hr_estimate enough(const hr_worlds *w, int s, int k)
{
    return hr_weighed_cell_of(&w->weighed, s, k)->enough;
}
static hr_estimate both(const hr_worlds *w, int s, int k)
{
    return hr_weighed_cell_of(&w->weighed, s, k)->both;
}
static hr_estimate plan_targets(const hr_worlds *w, int s, int k)
{
    return hr_worlds_result(w, s, k)->plan_targets_all;
}
static hr_estimate all_targets(const hr_worlds *w, int s, int k)
{
    return hr_worlds_result(w, s, k)->targets_all;
}

static void chance_block(hr_page *p, hr_table *t, const hr_worlds *w, const block *b)
{
    bool defined = false;
    for (int s = 0; s < w->strategies; s++)
        defined = defined || isfinite(b->of(w, s, 0).value);
    if (!defined)
        return;
    heading_row(t, b->words);
    for (int s = 0; s < w->strategies; s++) {
        name_row(p, t, w, s);
        for (int k = 0; k < w->worlds; k++)
            chance_cell(t, 1 + k, b->of(w, s, k));
    }
}

/* "Each is within 1.0 either way (95 %)." */
static const char *within(hr_page *p, const hr_worlds *w)
{
    double half = 0.0;
    for (int s = 0; s < w->strategies; s++)
        for (int k = 0; k < w->worlds; k++) {
            const hr_estimate all[] = {kept(w, s, k), enough(w, s, k), both(w, s, k)};
            for (int i = 0; i < 3; i++)
                half = fmax(half, 50.0 * (all[i].hi - all[i].lo));
        }
    return hr_page_text(p,
                        "The widest 95 %% interval of the first three is %s either way; each world "
                        "has the same futures, so that differences between cells are surer.",
                        hr_build_rounded(p, half, 0.1, NULL));
}

static void chances_table(hr_page *p, const hr_worlds *w)
{
    static const block blocks[] = {
        {.words = "Reserves at or above the policy in every year", .of = kept},
        {.words = "Improvement days enough in every year", .of = enough},
        {.words = "Both in one future", .of = both},
        {.words = "All of the plan's targets in one future", .of = plan_targets},
        {.words = "All targets, those of our reading among them", .of = all_targets}};
    hr_table *t = by_world(p, w, "chances", "Chances in 100, by world");
    if (!t)
        return;
    t->note = within(p, w);
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        chance_block(p, t, w, &blocks[i]);
}

/* ---- means at the end ---- */

static void end_block(hr_page *p, hr_table *t, const hr_worlds *w, int metric)
{
    const hr_metric_row *row = &HR_METRIC_ROWS[HR_WORLD_METRIC[metric]];
    const bool pounds = strcmp(row->unit, "GBP") == 0;
    const double shown = pounds ? 1000.0 : 1.0;
    double step = 0.0;
    for (int s = 0; s < w->strategies; s++)
        for (int k = 0; k < w->worlds; k++) {
            const hr_estimate e = hr_worlds_end(w, s, k, metric)->mean;
            if (isfinite(e.value))
                step = fmax(step, hr_format_step(e, row->unit));
        }
    heading_row(t, pounds ? hr_page_text(p,
                                         "%s, \xc2\xa3"
                                         "000",
                                         row->label)
                          : hr_build_metric_label(p, row));
    for (int s = 0; s < w->strategies; s++) {
        name_row(p, t, w, s);
        for (int k = 0; k < w->worlds; k++) {
            const double value = hr_worlds_end(w, s, k, metric)->mean.value;
            hr_table_number(t, 1 + k, value,
                            hr_build_rounded(p, value / shown, step / shown, NULL));
        }
    }
}

static void end_table(hr_page *p, const hr_worlds *w)
{
    hr_table *t = by_world(p, w, "end", hr_page_text(p, "Means in %s, by world", year_of(p, w)));
    if (!t)
        return;
    t->note = "Over the futures of each world in which the trust is its own to the end.";
    for (int m = 0; m < HR_WORLD_METRICS; m++)
        end_block(p, t, w, m);
}

/* ---- over all worlds ---- */

static void worst_cells(hr_page *p, hr_table *t, int column, const hr_worlds *w,
                        hr_weighed_worst worst, bool pounds, bool names)
{
    const double scale = pounds ? 0.001 : 100.0;
    if (names)
        hr_table_text(
            t, column,
            worst.world < 0 || worst.regret.value == 0.0 ? "-" : hr_worlds_name(p, w, worst.world));
    else
        hr_table_number(t, column, worst.regret.value,
                        hr_build_rounded(p, scale * worst.regret.value,
                                         pounds ? 0.001 * hr_format_step(worst.regret, "GBP")
                                                : hr_compare_step(worst.regret, 100.0, "%"),
                                         NULL));
}

static void mean_row(hr_page *p, hr_table *t, const hr_worlds *w, const char *label, hr_criterion c)
{
    hr_table_row(t);
    hr_table_text(t, 0, label);
    for (int s = 0; s < w->strategies; s++) {
        const hr_estimate e = w->weighed.strategy[s].criterion[c];
        if (c <= HR_CRITERION_ENOUGH)
            chance_cell(t, 1 + s, e);
        else
            hr_table_number(
                t, 1 + s, e.value,
                c == HR_CRITERION_PUPILS
                    ? hr_build_rounded(p, e.value, hr_format_step(e, "pupils"), NULL)
                    : hr_build_rounded(p, 0.001 * e.value, 0.001 * hr_format_step(e, "GBP"), NULL));
    }
}

static void share_row(hr_table *t, const hr_worlds *w, const char *label, bool plan)
{
    hr_table_row(t);
    hr_table_text(t, 0, label);
    for (int s = 0; s < w->strategies; s++)
        chance_cell(t, 1 + s,
                    plan ? w->weighed.strategy[s].satisfied_plan
                         : w->weighed.strategy[s].satisfied);
}

static void worst_rows(hr_page *p, hr_table *t, const hr_worlds *w, const char *label, int which)
{
    for (int names = 0; names < 2; names++) {
        hr_table_row(t);
        hr_table_text(t, 0, names ? "    in the world" : label);
        for (int s = 0; s < w->strategies; s++) {
            const hr_weighed_strategy *of = &w->weighed.strategy[s];
            const hr_weighed_worst worst = which == 0   ? of->reserves
                                           : which == 1 ? of->kept
                                                        : of->enough;
            worst_cells(p, t, 1 + s, w, worst, which == 0, names != 0);
        }
    }
}

static void pareto_row(hr_table *t, const hr_worlds *w)
{
    hr_table_row(t);
    hr_table_text(t, 0, "In the Pareto set of the first four");
    for (int s = 0; s < w->strategies; s++) {
        const hr_weighed_strategy *of = &w->weighed.strategy[s];
        hr_table_text(t, 1 + s,
                      of->undominated ? of->unsure ? "yes, inside noise" : "yes"
                      : of->unsure    ? "no, inside noise"
                                      : "no");
    }
}

static void overall_table(hr_page *p, const hr_worlds *w)
{
    hr_table *t = hr_page_table(p, "all_worlds", "Over all worlds, each weighing the same",
                                1 + w->strategies);
    if (!t)
        return;
    t->note = "The world as it is counts as one. Shares and chances in 100. Targets are the plan's "
              "own, or those of our reading where it sets none.";
    hr_table_column(t, 0, "what", "", true);
    for (int s = 0; s < w->strategies; s++)
        hr_table_column(t, 1 + s, hr_page_text(p, "strategy_%d", s + 1),
                        hr_worlds_named(p, w, s).column, false);
    mean_row(p, t, w, "Policy kept in every year, mean", HR_CRITERION_KEPT);
    mean_row(p, t, w, "Days enough in every year, mean", HR_CRITERION_ENOUGH);
    mean_row(p, t, w, "Pupils at the end, mean", HR_CRITERION_PUPILS);
    mean_row(p, t, w,
             "Reserves at the end, \xc2\xa3"
             "000, mean",
             HR_CRITERION_RESERVES);
    if (w->strategies > 1)
        pareto_row(t, w);
    share_row(t, w, "Futures in which both are satisfied", false);
    share_row(t, w, "Futures in which all its targets are met too", true);
    if (w->strategies == 1)
        return;
    worst_rows(p, t, w,
               "Largest mean regret in reserves, \xc2\xa3"
               "000",
               0);
    worst_rows(p, t, w, "Largest regret in keeping the policy, points", 1);
    worst_rows(p, t, w, "Largest regret in enough days, points", 2);
}

/* ---- every target and risk ---- */

/* The target of the same id in another world; NULL where it is not asked there. */
static const hr_target_result *alike(const hr_result *r, const char *id)
{
    for (int q = 0; q < r->targets; q++)
        if (strcmp(r->target[q].id, id) == 0)
            return &r->target[q];
    return NULL;
}

static void every_risk(hr_page *p, const hr_worlds *w, int s)
{
    const hr_result *first = hr_worlds_result(w, s, 0);
    hr_table *t = by_world(p, w, hr_page_text(p, "risks_%d", s + 1),
                           hr_page_text(p, "Every target and risk, chance in 100: %s",
                                        hr_worlds_named(p, w, s).heading));
    if (!t)
        return;
    t->note = "Risks: that it happens in some year.";
    if (first->targets > 0)
        heading_row(t, "Targets");
    for (int q = 0; q < first->targets; q++) {
        const hr_target_result *of = &first->target[q];
        hr_table_row(t);
        hr_table_text(t, 0,
                      hr_page_text(p, "%s%s", hr_page_name(p, of->name),
                                   of->our_reading ? " (our reading)" : ""));
        for (int k = 0; k < w->worlds; k++) {
            const hr_target_result *there = alike(hr_worlds_result(w, s, k), of->id);
            if (there)
                chance_cell(t, 1 + k, there->p);
        }
    }
    heading_row(t, "Risks");
    for (int r = 0; r < HR_RISKS; r++) {
        hr_table_row(t);
        hr_table_text(t, 0, HR_RISK_ROWS[r].label);
        for (int k = 0; k < w->worlds; k++)
            chance_cell(t, 1 + k, hr_worlds_result(w, s, k)->risk[r].any);
    }
}

void hr_worlds_tables(hr_page *p, const hr_worlds *w)
{
    if (w->strategies > 1)
        regret_table(p, w);
    chances_table(p, w);
    end_table(p, w);
    overall_table(p, w);
    for (int s = 0; s < w->strategies; s++)
        every_risk(p, w, s);
}
