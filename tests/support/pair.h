/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two trusts with the same luck: what holds between them holds on every pair of futures, and is
 * asked of each. It must not know which mechanism is under test. */
#ifndef HR_TESTS_SUPPORT_PAIR_H
#define HR_TESTS_SUPPORT_PAIR_H

#include "support/near.h"
#include "support/trust.h"

enum { PAIR_LANES = 256, PAIR_BATCHES = 4 };

/* What the department, the board's limits and the team would say no to, they do not. */
#define PAIR_OPEN_GATE                                                                             \
    "growth_policy = { max_joins_per_year = 100; max_capacity_use_pct = 10000.0; "                 \
    "max_onboarding_use_pct = 10000.0; min_reserves_pct = -1000.0; max_schools_below_good = "      \
    "1000; max_pupils = 1000000; approval = { green = 1.0; amber = 1.0; red = 1.0; }; };"
#define PAIR_NO_BUDGET                                                                             \
    "budget = { response = 0.0; recovery_response = 0.0; rebuild_pct = 0.0; spend_above_pct = "    \
    "0.0; };"
/* still.cfg with luck in pay, rolls and costs. */
#define PAIR_LIVELY                                                                                \
    "world_drivers = { teacher_pay = { known_pct = ( (\"2010/11\", 0.0) ); mean_pct = 2.8; "       \
    "sd_pct = 1.8; }; sector_sd_pct = 0.5; }; defaults = { school = { phase = { primary = { "      \
    "roll_sd_pct = 5.0; entry_sd_pct = 9.0; cost_sd_pct = 4.0; }; secondary = { roll_sd_pct = "    \
    "4.5; entry_sd_pct = 8.0; cost_sd_pct = 3.2; }; }; }; };"

/* Asserts what holds, and says whether the pair shows it: a relation that no pair shows is not
 * tested. */
typedef bool pair_judge(const trust *a, const trust *b, int lane);

/* Runs both over the same futures, asks the judge about each, and frees them; fails where none
 * shows the relation. */
static inline void pair_run(trust *a, trust *b, pair_judge *judge)
{
    int shown = 0;
    for (uint64_t k = 0; k < PAIR_BATCHES; k++) {
        trust_run(a, 1 + k * PAIR_LANES);
        trust_run(b, 1 + k * PAIR_LANES);
        for (int i = 0; i < PAIR_LANES; i++)
            shown += judge(a, b, i);
    }
    assert_true(shown > 0);
    trust_free(a);
    trust_free(b);
}

/* By how much more a metric is in the second. */
static inline double pair_more(const trust *a, const trust *b, hr_metric m, int year, int lane)
{
    return trust_metric(b, m, year, lane) - trust_metric(a, m, year, lane);
}

/* The same bits in everything that both have. */
static inline void pair_same(trust *a, trust *b)
{
    for (uint64_t k = 0; k < PAIR_BATCHES; k++) {
        trust_run(a, 1 + k * PAIR_LANES);
        trust_run(b, 1 + k * PAIR_LANES);
        assert_same_outcome(a, b, PAIR_LANES);
    }
    trust_free(a);
    trust_free(b);
}

/* The same bits in every metric but those left out, a list ended by HR_METRICS. */
static inline void pair_same_metrics_but(trust *a, trust *b, const hr_metric *left_out)
{
    for (uint64_t k = 0; k < PAIR_BATCHES; k++) {
        trust_run(a, 1 + k * PAIR_LANES);
        trust_run(b, 1 + k * PAIR_LANES);
        for (int m = 0; m < HR_METRICS; m++) {
            bool out = false;
            for (const hr_metric *l = left_out; *l != HR_METRICS; l++)
                out = out || (int)*l == m;
            for (int y = 0; !out && y < a->years; y++)
                for (int i = 0; i < PAIR_LANES; i++)
                    if (!hr_same_bits_or_nan(trust_metric(a, (hr_metric)m, y, i),
                                             trust_metric(b, (hr_metric)m, y, i)))
                        fail_msg("%s differs in year %d: %.17g and %.17g", HR_METRIC_ROWS[m].key, y,
                                 trust_metric(a, (hr_metric)m, y, i),
                                 trust_metric(b, (hr_metric)m, y, i));
        }
    }
    trust_free(a);
    trust_free(b);
}

#endif
