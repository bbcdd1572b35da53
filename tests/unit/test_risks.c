/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The risk register: how often a row strikes and whom, what it costs while it lasts, what it does
 * to entry, grades, dates and schools that leave, and what mitigation does and costs. */
#include "support/near.h"
#include "support/trust.h"

enum { N = 256, BATCHES = 8 };

#define RISK(more) "risks = ( { id = \"r\"; " more " } );"
#define JOINER                                                                                     \
    TRUST_FIR("grade = \"good\"; balance = 0; route = \"converter\"; stage = \"agreement\"; "      \
              "wished = \"2028-01\";")

static void test_how_often_and_how_much(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, RISK("chance = 0.15; cost = 60000;"));
    double events = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++)
            for (int y = 0; y < 4; y++) {
                const double cost = -trust_line(t, HR_L_RISK_COSTS, y, i);
                assert_true(cost == 0.0 || cost == 60000.0);
                assert_true(trust_metric(t, HR_M_RISK_LOSSES, y, i) == cost);
                events += cost > 0.0;
            }
    }
    assert_within(events / (4 * N * BATCHES), 0.15, 5 * 0.004);
    trust_free(t);
}

static void test_sizes_spread_around_the_cost(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, RISK("chance = 1.0; cost = 60000; size_log_sd = 0.5;"));
    double sum = 0.0, square = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++) {
            const double x = log(-trust_line(t, HR_L_RISK_COSTS, 0, i) / 60000.0);
            sum += x;
            square += x * x;
        }
    }
    const double n = N * BATCHES; /* 2,048: errors 0.011 of the mean, 1.6 % of the deviation */
    assert_within(sum / n, 0.0, 5 * 0.011);
    assert_near(sqrt(square / n), 0.5, 5 * 0.016);
    trust_free(t);
}

static void test_it_lasts_and_does_not_strike_twice(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     RISK("chance = 1.0; cost = 1000; lasts_years = 2; from_year = \"2027/28\"; "
                          "until_year = \"2027/28\";"));
    trust_run(t, 1);
    static const double cost[4] = {0, 1000, 1000, 0};
    for (int y = 0; y < 4; y++)
        assert_true(-trust_line(t, HR_L_RISK_COSTS, y, 0) == cost[y]);
    trust_free(t);
}

static void test_whom_it_hits(void **state)
{
    (void)state;
    trust *each =
        TRUST(TRUST_STILL, 32, RISK("chance = 1.0; cost = 1000; hits = \"each_school\";"));
    trust_run_traced(each, 1, 0);
    assert_true(trust_line(each, HR_L_RISK_COSTS, 0, 0) == -5000.0);
    assert_true(trust_posted_by(each, HR_L_RISK_COSTS, 0, "oak") == -1000.0);
    assert_true(trust_posted(each, HR_L_RISK_COSTS, 0, -1) == 0.0);
    trust_free(each);
    trust *weak =
        TRUST(TRUST_STILL, 32, RISK("chance = 1.0; cost = 1000; hits = \"schools_below_good\";"));
    trust_run_traced(weak, 1, 0);
    assert_true(trust_line(weak, HR_L_RISK_COSTS, 0, 0) == -1000.0);
    assert_true(trust_posted_by(weak, HR_L_RISK_COSTS, 0, "elm") == -1000.0);
    trust_free(weak);
    trust *joiners =
        TRUST(TRUST_STILL, 32, RISK("chance = 1.0; cost = 1000; hits = \"joiners\";"), JOINER);
    trust_run(joiners, 1);
    static const double cost[4] = {0, 1000, 0, 0};
    for (int y = 0; y < 4; y++)
        assert_true(-trust_line(joiners, HR_L_RISK_COSTS, y, 0) == cost[y]);
    trust_free(joiners);
}

/* A row that names its school strikes it when it would strike it among all, and no other. */
static void test_one_named_school(void **state)
{
    (void)state;
    trust *each = TRUST(TRUST_STILL, N, RISK("chance = 0.3; cost = 1000; hits = \"each_school\";"));
    trust *named = TRUST(TRUST_STILL, N,
                         RISK("chance = 0.3; cost = 1000; hits = \"school\"; school = \"elm\";"));
    int events = 0;
    for (int i = 0; i < 16; i++) {
        trust_run_traced(each, 1, i);
        trust_run_traced(named, 1, i);
        for (int y = 0; y < 4; y++) {
            const double cost = trust_posted_by(named, HR_L_RISK_COSTS, y, "elm");
            assert_true(cost == trust_posted_by(each, HR_L_RISK_COSTS, y, "elm"));
            assert_true(cost == trust_line(named, HR_L_RISK_COSTS, y, i));
            events += cost < 0.0;
        }
    }
    assert_true(events > 8 && events < 32); /* 19 of 64 */
    trust_free(each);
    trust_free(named);
    trust *joins =
        TRUST(TRUST_STILL, 32,
              RISK("chance = 1.0; cost = 1000; hits = \"school\"; school = \"fir\";"), JOINER);
    trust_run(joins, 1);
    static const double cost[4] = {0, 1000, 1000, 1000};
    for (int y = 0; y < 4; y++)
        assert_true(-trust_line(joins, HR_L_RISK_COSTS, y, 0) == cost[y]);
    trust_free(joins);
}

/* Of 180 days for taking schools in 30 are lost, and never more than there are. */
static void test_onboarding_days(void **state)
{
    (void)state;
    trust *some = TRUST(TRUST_STILL, 32, RISK("chance = 1.0; onboarding_days = -30;"), JOINER);
    trust *none = TRUST(TRUST_STILL, 32, JOINER);
    trust *all = TRUST(TRUST_STILL, 32,
                       RISK("chance = 1.0; onboarding_days = -500; until_year = \"2026/27\";"));
    trust_run(some, 1);
    trust_run(none, 1);
    trust_run(all, 1);
    assert_true(trust_metric(none, HR_M_ONBOARDING_USE_PCT, 1, 0) > 0.0);
    assert_near(trust_metric(some, HR_M_ONBOARDING_USE_PCT, 1, 0) * 150.0,
                trust_metric(none, HR_M_ONBOARDING_USE_PCT, 1, 0) * 180.0, 1e-12);
    assert_true(hr_is_nan(trust_metric(all, HR_M_ONBOARDING_USE_PCT, 0, 0)));
    assert_true(trust_risk(all, HR_R_ONBOARDING_OVERLOAD, 0, 0) == 0.0);
    assert_true(trust_metric(all, HR_M_ONBOARDING_USE_PCT, 1, 0) == 0.0);
    trust_free(some);
    trust_free(none);
    trust_free(all);
}

static void test_income_of_the_trust_and_of_a_school(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32, RISK("chance = 1.0; income_pct = -0.5;"));
    trust_run(t, 1);
    assert_true(trust_line(t, HR_L_RISK_INCOME, 0, 0) == -80100.0); /* 0.5 % of 16,020,000 */
    trust_free(t);
    trust *weak = TRUST(TRUST_STILL, 32,
                        RISK("chance = 1.0; income_pct = -1.0; hits = \"schools_below_good\";"));
    trust_run(weak, 1);
    assert_true(trust_line(weak, HR_L_RISK_INCOME, 0, 0) == -21700.0);
    assert_true(trust_metric(weak, HR_M_RISK_LOSSES, 0, 0) == 21700.0);
    trust_free(weak);
}

static void test_entry_falls_from_the_next_census(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     RISK("chance = 1.0; entry_pct = -20.0; hits = \"each_school\"; until_year = "
                          "\"2026/27\"; lasts_years = 2;"));
    trust_run(t, 1);
    static const double pupils[4] = {350, 340, 330, 330}; /* two entries of 40 for 50 */
    for (int y = 0; y < 4; y++)
        assert_near(trust_school(t, "ash", y, HR_SC_PUPILS, 0), pupils[y], 1e-12);
    trust_free(t);
}

static void test_days_dates_and_grades(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     RISK("chance = 1.0; lent_days_pct = -50.0; improvement_days = -10; "
                          "delay_months = 4; until_year = \"2026/27\";"),
                     JOINER);
    trust_run_traced(t, 1, 0);
    assert_near(trust_metric(t, HR_M_CAPACITY_SUPPLY_DAYS, 0, 0), 20.0 + 48.0 + 32.0,
                1e-12);                                            /* 30 - 10, half of 96, bought */
    assert_true(trust_event_value(t, HR_TE_JOINED, 1, 0) == 20.0); /* month 16 and four */
    trust_free(t);
    trust *falls = TRUST(TRUST_STILL, 32,
                         RISK("chance = 1.0; quality_falls = true; hits = \"each_school\"; "
                              "until_year = \"2026/27\";"));
    hr_batch *b = trust_open(falls, 1);
    trust_year(b, 0);
    assert_true(trust_of(falls, b->quality, "ash")[0] == 2.0 &&
                trust_of(falls, b->grade, "ash")[0] == 1.0);
    assert_true(trust_of(falls, b->quality, "elm")[0] == 3.0);
    trust_free(falls);
}

/* A school that leaves takes its balance at the year end and has nothing to do with the trust from
 * then on. */
static void test_a_school_leaves_with_its_balance(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     RISK("chance = 1.0; school_leaves = true; hits = \"schools_below_good\";"),
                     "reserves_policy.interest_pct=2",
                     "risks = ( { id = \"running\"; chance = 1.0; hits = \"each_school\"; cost = "
                     "1000; lasts_years = 3; } );");
    trust_run_traced(t, 1, 0);
    const int elm = trust_school_index(t, "elm");
    assert_true(trust_metric(t, HR_M_LEFT, 0, 0) == 1.0 &&
                trust_metric(t, HR_M_SCHOOLS, 0, 0) == 4.0);
    assert_near(trust_metric(t, HR_M_PUPILS, 1, 0), 2050.0, 1e-12);
    assert_true(hr_is_nan(trust_school(t, "elm", 1, HR_SC_PUPILS, 0)));
    assert_true(trust_state(t, HR_TS_CLOSING_BALANCE, 0, elm, -1) == 0.0);
    assert_true(trust_line(t, HR_L_GRANT, 1, 0) == 14100000.0 - 1890000.0);
    assert_true(trust_line(t, HR_L_RISK_COSTS, 1, 0) == -4000.0);
    trust_free(t);
}

static void test_mitigation(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     RISK("chance = 0.4; cost = 60000; mitigated = true; mitigated_chance = 0.5; "
                          "mitigated_effect = 0.25; mitigation_cost = 2500; mitigation_days = 6;"));
    double events = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++)
            for (int y = 0; y < 4; y++) {
                const double cost = -trust_line(t, HR_L_RISK_COSTS, y, i);
                assert_true(cost == 0.0 || cost == 15000.0);
                assert_true(trust_line(t, HR_L_MITIGATION, y, i) == -2500.0);
                assert_near(trust_metric(t, HR_M_CAPACITY_SUPPLY_DAYS, y, i), 164.0, 1e-12);
                events += cost > 0.0;
            }
    }
    assert_within(events / (4 * N * BATCHES), 0.2, 5 * 0.0045);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_how_often_and_how_much),
        cmocka_unit_test(test_sizes_spread_around_the_cost),
        cmocka_unit_test(test_it_lasts_and_does_not_strike_twice),
        cmocka_unit_test(test_whom_it_hits),
        cmocka_unit_test(test_one_named_school),
        cmocka_unit_test(test_onboarding_days),
        cmocka_unit_test(test_income_of_the_trust_and_of_a_school),
        cmocka_unit_test(test_entry_falls_from_the_next_census),
        cmocka_unit_test(test_days_dates_and_grades),
        cmocka_unit_test(test_a_school_leaves_with_its_balance),
        cmocka_unit_test(test_mitigation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
