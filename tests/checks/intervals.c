/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the 95 % intervals of a run hold the truth: two plans of one school and one year, whose
 * reserves are normal by construction, are compared with each of SEEDS seeds, and every interval is
 * held against the normal law. The expected shortfall is taken of the futures that the run kept;
 * of laws with a heavier tail, which need more of them, of numbers drawn here.
 * Fails where an interval holds the truth less often than COVERED_LEAST or more often than
 * COVERED_MOST, or where one narrower by NARROWED would have passed. It must not know how futures
 * are run or estimates made. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/comparison.h"
#include "support/luck.h"

#define PLAN "tests/scenarios/still.cfg"
#define OVERLAY "tests/scenarios/one-school.cfg"
#define COVERED_LEAST 0.935
#define COVERED_MOST 0.965
#define NARROWED 0.15
#define TAIL 0.05
#define Z_TAIL (-1.6448536269514722) /* the normal's 5 % point, */
#define DENSITY 0.10313564037537139  /* and its density there */

enum { SEEDS = 2000, PATHS = 2000, HEAVY_PATHS = 10000, STREAM = 5000 };

/* Income of the one school in pounds, and what its size makes of the variance of its own costs. */
#define INCOME 2170000.0
#define SIZE (250.0 / 350.0)

/* Opening reserves in pounds; deviations of the school's own costs and of the sector's, in % of
 * income. The two plans share their luck but weigh it unlike, so that futures are in deficit in
 * either alone. */
typedef struct {
    double reserves, own_pct, sector_pct;
} plan;
static const plan PLANS[2] = {{100000.0, 4.0, 1.0}, {90000.0, 2.0, 3.0}};

static double deviation(plan p)
{
    return INCOME / 100.0 * sqrt(p.own_pct * p.own_pct * SIZE + p.sector_pct * p.sector_pct);
}

static double chance_below_zero(plan p)
{
    return 0.5 * erfc(p.reserves / deviation(p) / sqrt(2.0));
}

enum { ROOM = 80 };

static hr_scenario *load(plan p)
{
    char number[3][ROOM];
    (void)snprintf(number[0], ROOM, "schools.ash.reserves=%.0f", p.reserves);
    (void)snprintf(number[1], ROOM, "defaults.school.phase.primary.cost_sd_pct=%.1f", p.own_pct);
    (void)snprintf(number[2], ROOM, "world_drivers.sector_sd_pct=%.1f", p.sector_pct);
    const hr_change change[] = {{HR_CHANGE_WITH, OVERLAY},
                                {HR_CHANGE_SET, number[0]},
                                {HR_CHANGE_SET, number[1]},
                                {HR_CHANGE_SET, number[2]}};
    hr_diags *diags = hr_diags_new();
    hr_scenario *s = NULL;
    if (hr_scenario_load(&s, PLAN, change, 4, diags) != HR_OK) {
        (void)fprintf(stderr, "intervals: %s\n", hr_diags_get(diags, 0)->text);
        exit(EXIT_FAILURE);
    }
    hr_diags_free(diags);
    return s;
}

/* What is estimated, its truth, and in how many seeds the interval was below it, held it, was above
 * it, and would still have held it were it narrower. */
typedef struct {
    const char *words;
    double truth;
    int below, held, above, narrow;
} interval;

enum { CHANCE, MEAN, QUANTILE, SHORTFALL, MEANS_APART, CHANCES_APART, INTERVALS };

static void ask(interval *of, hr_estimate e)
{
    of->below += e.hi < of->truth;
    of->above += e.lo > of->truth;
    of->held += e.lo <= of->truth && of->truth <= e.hi;
    const double lo = e.lo + NARROWED * (e.value - e.lo), hi = e.hi - NARROWED * (e.hi - e.value);
    of->narrow += lo <= of->truth && of->truth <= hi;
}

static void one_seed(uint64_t seed, const hr_compared compared[2], double *work, interval *of)
{
    const hr_run_options o = {.seed = seed, .paths = PATHS, .threads = 1};
    hr_diags *diags = hr_diags_new();
    hr_comparison *c = NULL;
    if (hr_compare(&c, compared, 2, &o, diags) != HR_OK)
        exit(EXIT_FAILURE);
    const hr_result *r = c->result[0];
    const hr_metric_result *reserves = &r->metric[HR_M_RESERVES];
    ask(&of[CHANCE], r->risk[HR_R_RESERVES_BELOW_ZERO].any);
    ask(&of[MEAN], reserves->mean);
    ask(&of[QUANTILE], reserves->quantile[0]);
    ask(&of[SHORTFALL],
        hr_expected_shortfall(r->column + HR_M_RESERVES * PATHS, PATHS, TAIL, 1, work));
    ask(&of[MEANS_APART], c->pair[1]->metric[HR_M_RESERVES].mean);
    ask(&of[CHANCES_APART], c->pair[1]->risk[HR_R_RESERVES_BELOW_ZERO].any);
    hr_comparison_free(c);
    hr_diags_free(diags);
}

static bool report(const interval *of)
{
    const double held = (double)of->held / SEEDS, narrow = (double)of->narrow / SEEDS;
    const bool passed = COVERED_LEAST <= held && held <= COVERED_MOST && narrow < COVERED_LEAST;
    printf("    %-46s truth %11.4f: held by %.2f %% of intervals, %.2f %% below it, %.2f %% above "
           "it; %.2f %% were they narrower%s\n",
           of->words, of->truth, 100.0 * held, 100.0 * of->below / SEEDS, 100.0 * of->above / SEEDS,
           100.0 * narrow, passed ? "" : ": FAILED");
    return passed;
}

/* Laws by the chance to be above, and the mean of what is above the 5 % point. */
static double exponential(double above) { return -log(above); }
static double lognormal(double above) { return exp(-hr_normal_quantile(above)); }
static double pareto_3(double above) { return pow(above, -1.0 / 3.0); }

static bool heavy_tail(const char *words, double (*law)(double above), double truth, double *work)
{
    interval of = {.words = words, .truth = truth};
    double *const value = work + HEAVY_PATHS;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        for (uint32_t i = 0; i < HEAVY_PATHS; i++)
            value[i] = law(hr_test_uniform(STREAM + seed, i));
        ask(&of, hr_expected_shortfall(value, HEAVY_PATHS, TAIL, 0, work));
    }
    return report(&of);
}

static bool heavy_tails(double *work)
{
    const bool e =
        heavy_tail("exponential, mean of the highest 5 %", exponential, 1.0 - log(TAIL), work);
    const bool l = heavy_tail("lognormal, deviation 1, the same", lognormal,
                              exp(0.5) * 0.5 * erfc((-Z_TAIL - 1.0) / sqrt(2.0)) / TAIL, work);
    const bool p =
        heavy_tail("Pareto, index 3, the same", pareto_3, 1.5 * pow(TAIL, -1.0 / 3.0), work);
    return e && l && p;
}

int main(void)
{
    const plan a = PLANS[0], b = PLANS[1];
    const double sd = deviation(a);
    interval of[INTERVALS] = {
        [CHANCE] = {.words = "chance of reserves below zero (Wilson)",
                    .truth = chance_below_zero(a)},
        [MEAN] = {.words = "mean reserves", .truth = a.reserves},
        [QUANTILE] = {.words = "5 % quantile of reserves", .truth = a.reserves + Z_TAIL * sd},
        [SHORTFALL] = {.words = "mean of the worst 5 % of reserves",
                       .truth = a.reserves - sd * DENSITY / TAIL},
        [MEANS_APART] = {.words = "difference of mean reserves, the same luck",
                         .truth = b.reserves - a.reserves},
        [CHANCES_APART] = {.words = "difference of chances, the same luck (Tango)",
                           .truth = chance_below_zero(b) - chance_below_zero(a)},
    };
    hr_scenario *first = load(a), *second = load(b);
    double *work = malloc(2 * HEAVY_PATHS * sizeof *work);
    if (work == NULL)
        return EXIT_FAILURE;
    const hr_compared compared[2] = {{first, NULL}, {second, "other deviations"}};
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        one_seed(seed, compared, work, of);
    bool passed = true;
    for (int i = 0; i < INTERVALS; i++)
        passed = report(&of[i]) && passed;
    printf("    %d seeds, %d futures each; below, %d numbers each\n", SEEDS, PATHS, HEAVY_PATHS);
    passed = heavy_tails(work) && passed;
    free(work);
    hr_scenario_free(first);
    hr_scenario_free(second);
    printf(passed ? "intervals: passed\n" : "intervals: FAILED\n");
    return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
