/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Relations of the risk register: what must hold between two runs with the same luck that differ in
 * one row, on every future. The others are in test_relations.c and test_relations_growth.c;
 * docs/verification-of-the-engine.md lists them all. */
#include "support/pair.h"

#define PAIR(path, ...) TRUST((path), PAIR_LANES, __VA_ARGS__)
#define RISK(more)                                                                                 \
    "risks = ( { id = \"r\"; hits = \"each_school\"; size_log_sd = 0.6; " more " } );"

static bool by_what_it_cost(const trust *a, const trust *b, int i)
{
    double sum = 0.0;
    for (int y = 0; y < a->years; y++) {
        assert_true(trust_metric(a, HR_M_RISK_LOSSES, y, i) == 0.0);
        sum += trust_metric(b, HR_M_RISK_LOSSES, y, i);
        assert_true(pair_more(a, b, HR_M_RESERVES, y, i) == -sum);
        assert_true(pair_more(a, b, HR_M_PUPILS, y, i) == 0.0);
    }
    return sum > 0.0;
}

static void test_a_cost_risk_removed_gives_its_costs_back(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_STILL, PAIR_LIVELY),
             PAIR(TRUST_STILL, PAIR_LIVELY, RISK("chance = 0.3; cost = 20000; lasts_years = 2;")),
             by_what_it_cost);
}

static bool twice_the_losses(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++)
        assert_within(trust_metric(b, HR_M_RISK_LOSSES, y, i),
                      2.0 * trust_metric(a, HR_M_RISK_LOSSES, y, i), 1.0 * a->plan->schools);
    return trust_metric(a, HR_M_RISK_LOSSES, 0, i) > 0.0;
}

static void test_a_cost_risk_doubled_costs_double(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_F, RISK("chance = 0.3; cost = 20000;"),
                  "risks = ( { id = \"cyber-incident\"; "
                  "remove = true; }, { id = \"employment-claim\"; remove = true; } );"),
             PAIR(TRUST_F, RISK("chance = 0.3; cost = 40000;"),
                  "risks = ( { id = \"cyber-incident\"; "
                  "remove = true; }, { id = \"employment-claim\"; remove = true; } );"),
             twice_the_losses);
}

static bool no_loss_is_saved(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++)
        assert_true(pair_more(a, b, HR_M_RISK_LOSSES, y, i) >= 0.0);
    return pair_more(a, b, HR_M_RISK_LOSSES, 0, i) > 0.0;
}

/* Whoever is struck at a lower chance is struck at a higher one; never at none, always at 1. */
static void test_the_chance_of_a_risk(void **state)
{
    (void)state;
#define AT(chance)                                                                                 \
    "risks = ( { id = \"r\"; cost = 1000; hits = \"each_school\"; chance = " chance "; } );"
    pair_same(PAIR(TRUST_STILL, PAIR_LIVELY), PAIR(TRUST_STILL, PAIR_LIVELY, AT("0.0")));
    pair_run(PAIR(TRUST_STILL, AT("0.2")), PAIR(TRUST_STILL, AT("0.5")), no_loss_is_saved);
    trust *always = PAIR(TRUST_STILL, AT("1.0"));
    trust_run(always, 1);
    for (int i = 0; i < PAIR_LANES; i++)
        for (int y = 0; y < always->years; y++)
            assert_true(trust_line(always, HR_L_RISK_COSTS, y, i) == -5000.0);
    trust_free(always);
}

static void test_two_rows_that_are_certain_are_one(void **state)
{
    (void)state;
    static const hr_metric none[] = {HR_METRICS};
    pair_same_metrics_but(
        PAIR(TRUST_STILL, PAIR_LIVELY, AT("1.0")),
        PAIR(TRUST_STILL, PAIR_LIVELY,
             "risks = ( { id = \"p\"; cost = 600; hits = \"each_school\"; chance = 1.0; }, { id = "
             "\"q\"; cost = 400; hits = \"each_school\"; chance = 1.0; } );"),
        none);
}

static void test_a_mitigation_that_does_nothing_changes_nothing(void **state)
{
    (void)state;
    pair_same(PAIR(TRUST_F, RISK("chance = 0.3; cost = 20000; entry_pct = -5.0;")),
              PAIR(TRUST_F, RISK("chance = 0.3; cost = 20000; entry_pct = -5.0; mitigated = true; "
                                 "mitigated_chance = 1.0; mitigated_effect = 1.0;")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_cost_risk_removed_gives_its_costs_back),
        cmocka_unit_test(test_a_cost_risk_doubled_costs_double),
        cmocka_unit_test(test_the_chance_of_a_risk),
        cmocka_unit_test(test_two_rows_that_are_certain_are_one),
        cmocka_unit_test(test_a_mitigation_that_does_nothing_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
