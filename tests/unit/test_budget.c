/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reserves, the spring budget and the early warning: interest, pooling, the policy in each measure,
 * what a gap closes in whole teachers and posts, what is given back, rebuilt or spent, and the
 * published rules. Figures of still.cfg: reserves end the first year at 1,599,996 on an income of
 * 16,020,000. */
#include <stdio.h>

#include "domain/steps.h"
#include "support/near.h"
#include "support/trust.h"

enum { N = 32 };

#define ELM(pct) "schools = ( { id = \"elm\"; in_year_pct = " pct "; } );"

static void test_interest_on_what_was_held(void **state)
{
    (void)state;
    /* 2 % of what the trust holds as a whole: 1,050,000 of its schools and 300,000 besides. */
    trust *t =
        TRUST(TRUST_STILL, N, "reserves_policy.interest_pct=2", "schools.elm.reserves=-50000");
    trust_run_traced(t, 1, 0);
    assert_true(t->out.opening[0] == 1350000.0);
    assert_true(trust_line(t, HR_L_INTEREST, 0, 0) == 27000.0);
    assert_true(trust_posted(t, HR_L_INTEREST, 0, -1) == 27000.0);
    trust_free(t);
    trust *poor =
        TRUST(TRUST_STILL, N, "reserves_policy.interest_pct=2", "schools.oak.reserves=-5000000");
    trust_run(poor, 1);
    assert_true(trust_line(poor, HR_L_INTEREST, 0, 0) == 0.0);
    trust_free(poor);
}

static void test_pooling(void **state)
{
    (void)state;
    trust *none = TRUST(TRUST_STILL, N, "schools.elm.reserves=-100000");
    trust_run_traced(none, 1, 0);
    const int elm = trust_school_index(none, "elm");
    assert_true(trust_state(none, HR_TS_CLOSING_BALANCE, 0, elm, -1) < -90000.0);
    assert_true(trust_metric(none, HR_M_SCHOOLS_IN_DEFICIT, 0, 0) == 1.0);
    const double reserves = trust_metric(none, HR_M_RESERVES, 0, 0);
    trust_free(none);
    trust *deficits = TRUST(TRUST_STILL, N, "schools.elm.reserves=-100000",
                            "reserves_policy.pooling=\"deficits\"");
    trust_run_traced(deficits, 1, 0);
    assert_true(trust_state(deficits, HR_TS_CLOSING_BALANCE, 0, elm, -1) == 0.0);
    assert_true(trust_state(deficits, HR_TS_CLOSING_BALANCE, 0, 0, -1) > 200000.0);
    assert_true(trust_metric(deficits, HR_M_RESERVES, 0, 0) == reserves);
    trust_free(deficits);
    trust *full =
        TRUST(TRUST_STILL, N, "schools.elm.reserves=-100000", "reserves_policy.pooling=\"full\"");
    trust_run_traced(full, 1, 0);
    for (int s = 0; s < full->plan->schools; s++)
        assert_true(trust_state(full, HR_TS_CLOSING_BALANCE, 0, s, -1) == 0.0);
    assert_true(trust_metric(full, HR_M_CENTRAL_RESERVES, 0, 0) == reserves);
    trust_free(full);
}

static void test_the_policy_in_each_measure(void **state)
{
    (void)state;
    static const struct {
        const char *measure, *target;
        double short_by;
    } c[] = {{"pounds", "1599996", 0.0},
             {"pounds", "1600000", 4.0},
             {"pct_of_income", "9.9", 0.0},
             {"pct_of_income", "11", 0.11 * 16020000 - 1599996},
             {"band", "11", 0.11 * 16020000 - 1599996},
             {"months", "1.19", 0.0},
             {"months", "1.5", 1.5 * 16020004 / 12 - 1599996}};
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        char measure[80], target[80];
        snprintf(measure, sizeof measure, "reserves_policy.measure=\"%s\"", c[k].measure);
        snprintf(target, sizeof target, "reserves_policy.target=%s", c[k].target);
        trust *t = TRUST(TRUST_STILL, N, "years=1", measure, target);
        trust_run(t, 1);
        if (trust_risk(t, HR_R_RESERVES_BELOW_POLICY, 0, 0) != (c[k].short_by > 0.0))
            fail_msg("%s %s", measure, target);
        if (c[k].short_by > 0.0)
            assert_near(t->out.depth[HR_R_RESERVES_BELOW_POLICY * N], c[k].short_by, 1e-9);
        trust_free(t);
    }
}

static void test_a_gap_is_closed_in_whole_posts(void **state)
{
    (void)state;
    /* 4 % of 2,170,000 is 86,800; half is 43,400. Teachers cost 61,780: 48 % of it is no whole one.
     * Staff's 81 % is one post of 25,000; the rest, 18,400, is found in supplies. */
    trust *t = TRUST(TRUST_STILL, N, ELM("-4.0"), "budget.response=0.5");
    trust_run_traced(t, 1, 0);
    const int elm = trust_school_index(t, "elm");
    assert_within(trust_state(t, HR_TS_GAP, 0, elm, -1), -86800.0, 1e-6);
    assert_within(trust_event_value(t, HR_TE_SAVING, 0, elm), 43400.0, 1e-6);
    assert_true(trust_posted(t, HR_L_TEACHERS, 1, elm) == trust_posted(t, HR_L_TEACHERS, 0, elm));
    assert_true(trust_posted(t, HR_L_SUPPORT, 1, elm) - trust_posted(t, HR_L_SUPPORT, 0, elm) ==
                25000.0);
    assert_within(trust_posted(t, HR_L_SUPPLIES, 1, elm) - trust_posted(t, HR_L_SUPPLIES, 0, elm),
                  18400.0, 1.0);
    assert_true(trust_posted(t, HR_L_RESTRUCTURING, 1, elm) == -12500.0 &&
                trust_posted(t, HR_L_RESTRUCTURING, 0, elm) == 0.0);
    trust_free(t);
}

static void test_a_large_gap_takes_whole_teachers(void **state)
{
    (void)state;
    /* All of 434,000: 48 % is 2.9 teachers of 71,700; 81 % less those two is eight posts; 90,600 is
     * left. */
    trust *t = TRUST(TRUST_STILL, N, ELM("-20.0"), "budget.response=1");
    trust_run_traced(t, 1, 0);
    const int elm = trust_school_index(t, "elm");
    assert_near(trust_state(t, HR_TS_TEACHERS, 1, elm, -1), 14.8, 1e-12);
    assert_true(trust_posted(t, HR_L_TEACHERS, 1, elm) - trust_posted(t, HR_L_TEACHERS, 0, elm) ==
                143400.0);
    assert_within(trust_posted(t, HR_L_SUPPORT, 1, elm) - trust_posted(t, HR_L_SUPPORT, 0, elm),
                  200000.0, 1.0);
    assert_within(trust_posted(t, HR_L_SUPPLIES, 1, elm) - trust_posted(t, HR_L_SUPPLIES, 0, elm),
                  90600.0, 1.0);
    assert_true(trust_posted(t, HR_L_RESTRUCTURING, 1, elm) == -171700.0);
    trust_free(t);
}

/* 43,400 to close, and no supplies that may go: half a post more than its share would stay open for
 * ever, so a second one goes, 6,600 of it back to supplies; and where no posts may go either, a
 * whole teacher. */
static void test_what_supplies_do_not_reach_is_found_in_posts_then_teachers(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, N, ELM("-4.0"), "budget = { response = 0.5; least_supplies = 1.0; };");
    trust_run_traced(t, 1, 0);
    const int elm = trust_school_index(t, "elm");
    assert_within(trust_event_value(t, HR_TE_SAVING, 0, elm), 43400.0, 1e-6);
    assert_true(trust_posted(t, HR_L_TEACHERS, 1, elm) == trust_posted(t, HR_L_TEACHERS, 0, elm));
    assert_true(trust_posted(t, HR_L_SUPPORT, 1, elm) - trust_posted(t, HR_L_SUPPORT, 0, elm) ==
                50000.0);
    assert_within(trust_posted(t, HR_L_SUPPLIES, 1, elm) - trust_posted(t, HR_L_SUPPLIES, 0, elm),
                  -6600.0, 1.0);
    trust_free(t);
    t = TRUST(TRUST_STILL, N, ELM("-4.0"),
              "budget = { response = 0.5; least_supplies = 1.0; least_support = 1.0; };");
    trust_run_traced(t, 1, 0);
    assert_true(trust_posted(t, HR_L_SUPPORT, 1, elm) == trust_posted(t, HR_L_SUPPORT, 0, elm));
    assert_near(trust_state(t, HR_TS_TEACHERS, 0, elm, -1) -
                    trust_state(t, HR_TS_TEACHERS, 1, elm, -1),
                1.0, 1e-12);
    trust_free(t);
}

static void test_a_surplus_is_given_back_while_the_policy_is_met(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, N, ELM("4.0"), "budget.response=0.5", "schools.elm.reserves=200000");
    trust_run_traced(t, 1, 0);
    const int elm = trust_school_index(t, "elm");
    assert_within(trust_event_value(t, HR_TE_SAVING, 0, elm), -43400.0, 1e-6);
    assert_true(trust_posted(t, HR_L_SUPPORT, 1, elm) - trust_posted(t, HR_L_SUPPORT, 0, elm) ==
                -25000.0);
    assert_true(trust_posted(t, HR_L_RESTRUCTURING, 1, elm) == 0.0);
    trust_free(t);
    trust *below =
        TRUST(TRUST_STILL, N, ELM("4.0"), "budget.response=0.5", "reserves_policy.target=20");
    trust_run_traced(below, 1, 0);
    assert_int_equal(trust_events(below, HR_TE_SAVING, 0, elm), 0);
    trust_free(below);
}

static void test_recovery_closes_more_and_rebuilds(void **state)
{
    (void)state;
    /* Below a policy of 20 %: 15 % of what 3,204,000 lack of 1,599,996, in proportion to income, of
     * which half and a fifth are closed. Beech has no gap of its own. */
    trust *t = TRUST(TRUST_STILL, N,
                     "budget = { response = 0.5; recovery_response = 0.2; rebuild_pct = 15; };",
                     "reserves_policy.target=20");
    trust_run_traced(t, 1, 0);
    const double due = 0.15 * (3204000.0 - 1599996.0) / 16020000.0 * 2170000.0;
    assert_near(trust_event_value(t, HR_TE_SAVING, 0, trust_school_index(t, "beech")), 0.7 * due,
                1e-9);
    trust_free(t);
}

static void test_part_of_what_is_above_target_is_spent(void **state)
{
    (void)state;
    /* 20 % of 1,599,996 less 7 % of income, next year, by each holder in proportion; of what is
     * between the target and the upper end nothing. */
    static const struct {
        const char *target, *upper;
        double spent;
    } c[] = {{"reserves_policy.target=5", "reserves_policy.upper=7", 0.2 * (1599996.0 - 1121400.0)},
             {"reserves_policy.target=7", "reserves_policy.upper=5", 0.2 * (1599996.0 - 1121400.0)},
             {"reserves_policy.target=5", "reserves_policy.upper=20", 0.0},
             {"reserves_policy.target=12", "reserves_policy.upper=5", 0.0}};
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        trust *t = TRUST(TRUST_STILL, N, "budget.spend_above_pct=20", c[k].target, c[k].upper);
        trust_run(t, 1);
        assert_true(trust_line(t, HR_L_PLANNED_USE, 0, 0) == 0.0);
        assert_within(-trust_line(t, HR_L_PLANNED_USE, 1, 0), c[k].spent, 3.0);
        trust_free(t);
    }
}

static void test_the_centre_closes_its_own_gap(void **state)
{
    (void)state;
    /* 705,000 spent, 705,000 received, 17,601 paid to lending schools: half of 17,601 is saved. */
    trust *t = TRUST(TRUST_STILL, N, "budget.response=0.5");
    trust_run(t, 1);
    assert_true(trust_metric(t, HR_M_CENTRAL_BALANCE, 0, 0) == -17601.0);
    assert_within(trust_line(t, HR_L_CENTRE_NON_PAY, 1, 0), -705000.0 + 8800.5, 0.51);
    trust_free(t);
}

static void test_the_centre_gives_back_what_it_had_found(void **state)
{
    (void)state;
    /* Half of 17,601 is found in the first spring; 141,000 more come from the second year on. */
    static const char rises[] = "topslice.rate_pct=(( \"2026/27\", 5.0 ), ( \"2027/28\", 6.0 ))";
    static const struct {
        const char *target;
        double third;
    } c[] = {{"reserves_policy.target=5", 705000.0}, /* all of it, and no more */
             {"reserves_policy.target=20", 705000.0 - 8800.5}};
    for (int k = 0; k < 2; k++) {
        trust *t = TRUST(TRUST_STILL, N, "budget.response=0.5", rises, c[k].target);
        trust_run_traced(t, 1, 0);
        assert_within(trust_line(t, HR_L_CENTRE_NON_PAY, 1, 0), -705000.0 + 8800.5, 0.51);
        assert_within(trust_line(t, HR_L_CENTRE_NON_PAY, 2, 0), -c[k].third, 0.51);
        assert_within(trust_line(t, HR_L_CENTRE_NON_PAY, 3, 0), -c[k].third, 0.51);
        assert_near(trust_event_value(t, HR_TE_SAVING, 0, -1), 8800.5, 1e-9);
        assert_int_equal(trust_events(t, HR_TE_SAVING, 1, -1), k == 0);
        trust_free(t);
    }
}

/* Posts of 720,000 on a top-slice of 705,000, and nothing else that the centre spends. */
#define TEAM(more)                                                                                 \
    "centre = { non_pay = 0; posts = ( { id = \"team\"; cost = 480000; fte = 1.5; "                \
    "onboarding_days = 100; improvement_days = 20; " more " } ); }; "                              \
    "capacity = { leader_day_cost = 0; bought_in_days = 0; }; "                                    \
    "budget = { response = 1.0; post_closing_share = 0.4; };"

static void team_by_year(const char *const change[4], const double posts[3],
                         const double restructuring[3])
{
    trust *t = TRUST(TRUST_STILL, N, change[0], change[1], change[2], change[3]);
    hr_batch *b = trust_open(t, 1);
    for (int y = 0; y < 3; y++) {
        trust_year(b, y);
        const double share = posts[y] / 720000.0;
        assert_near(b->onboarding_supply[0], 150.0 * share, 1e-12);
        assert_near(b->post_days[0], 30.0 + 30.0 * share, 1e-12);
    }
    trust_run_traced(t, 1, 0);
    for (int y = 0; y < 3; y++) {
        assert_within(trust_line(t, HR_L_POSTS, y, 0), -posts[y], 0.51);
        assert_within(trust_posted(t, HR_L_RESTRUCTURING, y, -1), -restructuring[y], 0.51);
    }
    assert_int_equal(trust_events(t, HR_TE_POSTS_CUT, 0, -1), posts[1] < posts[0]);
    trust_free(t);
}
#define CHANGES(...)                                                                               \
    (const char *const[4]) { __VA_ARGS__ }
#define POUNDS(...)                                                                                \
    (const double[3]) { __VA_ARGS__ }

static void test_recovery_may_cut_central_posts(void **state)
{
    (void)state;
    static const char may[] = "budget.least_posts=0.5", below[] = "reserves_policy.target=20";
    const double *uncut = POUNDS(720000, 720000, 720000), *none = POUNDS(0, 0, 0);
    /* The gap of 15,000, which 6,000 are paid for once. */
    team_by_year(CHANGES(TEAM(""), may, below), POUNDS(720000, 705000, 705000), POUNDS(0, 6000, 0));
    team_by_year(CHANGES(TEAM(""), "budget.least_posts=0.99", below),
                 POUNDS(720000, 712800, 712800), POUNDS(0, 2880, 0));
    team_by_year(CHANGES(TEAM(""), may, "reserves_policy.target=5"), uncut, none);
    team_by_year(CHANGES(TEAM(""), "budget.least_posts=1.0", below), uncut, none);
    team_by_year(CHANGES(TEAM("from_capital = true;"), may, below), uncut, none);
    team_by_year(CHANGES(TEAM("oversees = 10;"), may, below), uncut, none);
    /* Who improves schools stays where improvement is protected. */
    team_by_year(CHANGES(TEAM(""), may, below, "capacity.protected_sum=1"), uncut, none);
}

static void test_posts_are_filled_again(void **state)
{
    (void)state;
    /* The policy is met from the second year on, which brings 14,100 more. */
    team_by_year(CHANGES(TEAM(""), "budget.least_posts=0.5",
                         "reserves_policy.target=(( \"2026/27\", 20.0 ), ( \"2027/28\", 5.0 ))",
                         "topslice.rate_pct=(( \"2026/27\", 5.0 ), ( \"2027/28\", 5.1 ))"),
                 POUNDS(720000, 705000, 719100), POUNDS(0, 6000, 0));
}

/* The published rules on made-up years; NaN is a year that is missing. */
static void test_early_warning_rules(void **state)
{
    (void)state;
    const double none = HR_UNKNOWN;
    static const char *const word[] = {"green", "amber", "red"};
    const struct {
        double first, second, last, next, state;
    } c[] = {
        {none, none, 10.0, none, 0}, /* one year has no trend */
        {none, none, 10.0, 9.9, 0},  /* falls, but by less than a tenth */
        {none, none, 10.0, 8.9, 1},  /* by more than a tenth */
        {none, none, 10.0, 7.9, 2},  /* two points and more a year */
        {none, none, -0.1, 5.0, 2},  /* nothing left */
        {none, none, 1.0, -0.1, 2},  /* nothing left next year */
        {none, none, -0.1, none, 2}, {12.0, 11.0, 10.0, 9.5, 0}, /* slope -0.85 */
        {9.0, 10.0, 11.0, 9.0, 0},   /* a fall of 18 % but a slope of 0.1 */
        {9.0, 10.0, 10.0, 8.0, 1},   /* a fall of a fifth, slope -0.3 */
        {16.1, 14.0, 12.0, 10.0, 2}, /* slope -2.03 */
        {none, 14.0, 12.0, 10.0, 1}, /* a slope of -2 is not below -2; 10 is below nine tenths of 12
                                      */
        {5.0, none, 4.0, 3.9, 0},    /* missing years are left out and never nothing */
        {none, 5.0, 5.0, 5.0, 0},
    };
    trust *t = TRUST(TRUST_STILL, N, "warning = { slope_low_pct = -2.0; fall_pct = 10.0; };");
    hr_batch *b = trust_open(t, 1);
    double next[N];
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        hr_fill(b->past_pct, c[k].first, N);
        hr_fill(b->past_pct + N, c[k].second, N);
        hr_fill(b->past_pct + 2 * N, c[k].last, N);
        hr_fill(next, c[k].next, N);
        hr_warning_of(b, next);
        if (b->warning[5] != c[k].state)
            fail_msg("case %d is %s, not %s", (int)k, word[(int)b->warning[5]],
                     word[(int)c[k].state]);
    }
    trust_free(t);
}

/* A trust that stands still is green in every year, the last among them. */
static void test_a_steady_trust_is_green(void **state)
{
    (void)state;
    for (int years = 1; years <= 7; years++) {
        char change[20];
        snprintf(change, sizeof change, "years=%d", years);
        trust *t = TRUST(TRUST_STILL, N, change, "capacity.leader_day_cost=0");
        trust_run(t, 1);
        for (int y = 0; y < years; y++)
            assert_true(trust_metric(t, HR_M_EARLY_WARNING, y, 0) == 0.0);
        trust_free(t);
    }
}

static void test_history_before_the_start_counts(void **state)
{
    (void)state;
    static const char falls[] = /* 25 % to 10 % in a year */
        "history = ( { year = \"2024/25\"; income = 16000000; reserves = 4000000; } );";
    static const char steady[] =
        "history = ( { year = \"2024/25\"; income = 16000000; reserves = 1600000; } );";
    static const char halves[] = "history = ( { year = \"2024/25\"; income = 16000000; },"
                                 " { year = \"2023/24\"; reserves = 9000000; } );";
    static const char *const history[] = {falls, steady, halves};
    static const double state_then[] = {2.0, 0.0, 0.0};
    for (int k = 0; k < 3; k++) {
        trust *t = TRUST(TRUST_STILL, N, history[k]);
        assert_true(trust_open(t, 1)->warning[0] == state_then[k]);
        trust_free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interest_on_what_was_held),
        cmocka_unit_test(test_pooling),
        cmocka_unit_test(test_the_policy_in_each_measure),
        cmocka_unit_test(test_a_gap_is_closed_in_whole_posts),
        cmocka_unit_test(test_a_large_gap_takes_whole_teachers),
        cmocka_unit_test(test_what_supplies_do_not_reach_is_found_in_posts_then_teachers),
        cmocka_unit_test(test_a_surplus_is_given_back_while_the_policy_is_met),
        cmocka_unit_test(test_recovery_closes_more_and_rebuilds),
        cmocka_unit_test(test_part_of_what_is_above_target_is_spent),
        cmocka_unit_test(test_the_centre_closes_its_own_gap),
        cmocka_unit_test(test_the_centre_gives_back_what_it_had_found),
        cmocka_unit_test(test_recovery_may_cut_central_posts),
        cmocka_unit_test(test_posts_are_filled_again),
        cmocka_unit_test(test_early_warning_rules),
        cmocka_unit_test(test_a_steady_trust_is_green),
        cmocka_unit_test(test_history_before_the_start_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
