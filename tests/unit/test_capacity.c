/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capacity and quality: days supplied and needed, who gets them, what they cost, the self-rating,
 * new heads and joiners; chances between no support and full; stuck schools, inspections, schools
 * lent out too far. Figures of still.cfg: 30 days of the centre, 3 x 20 + 36 of leaders, 40 bought
 * at 0.8; needs 8, 8, 8, 38, 12. */
#include <stdio.h>

#include "support/near.h"
#include "support/trust.h"

enum { N = 32, WIDE = 256, BATCHES = 16, PATHS = WIDE * BATCHES };

#define NO_LEADERS                                                                                 \
    "schools = ( { id = \"ash\"; leader_days = 0; }, { id = \"beech\"; leader_days = 0; }, { id "  \
    "= \"cedar\"; leader_days = 0; },"                                                             \
    " { id = \"elm\"; leader_days = 0; }, { id = \"oak\"; leader_days = 0; } );"

static void test_supply_and_need(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, NULL);
    trust_run_traced(t, 1, 0);
    assert_near(trust_metric(t, HR_M_CAPACITY_SUPPLY_DAYS, 0, 0), 158.0, 1e-14);
    assert_near(trust_metric(t, HR_M_CAPACITY_NEED_DAYS, 0, 0), 74.0, 1e-14);
    assert_near(trust_metric(t, HR_M_CAPACITY_FREE_DAYS, 0, 0), 84.0, 1e-14);
    assert_near(trust_metric(t, HR_M_CAPACITY_USE_PCT, 0, 0), 7400.0 / 158.0, 1e-14);
    assert_near(trust_metric(t, HR_M_SCHOOL_LED_SHARE_PCT, 0, 0), 9600.0 / 158.0, 1e-14);
    /* The centre gives 30, leaders the other 44 of their 96 in equal shares, nobody is bought in.
     */
    assert_true(trust_line(t, HR_L_BOUGHT_IN, 0, 0) == 0.0);
    assert_true(trust_posted_by(t, HR_L_LEADER_DAYS, 0, "oak") ==
                hr_nearest(44.0 / 96.0 * 36.0 * 400.0));
    assert_true(trust_posted_by(t, HR_L_LEADER_DAYS, 0, "elm") == 0.0);
    assert_near(trust_state(t, HR_TS_LENT_DAYS, 0, trust_school_index(t, "ash"), -1),
                44.0 / 96.0 * 20.0, 1e-14);
    trust_free(t);
}

static double met(const trust *t, const char *id)
{
    return trust_state(t, HR_TS_MET_SHARE, 0, trust_school_index(t, id), -1);
}

static void test_the_weakest_come_first(void **state)
{
    (void)state;
    /* 68 + 32 days. Cedar, inadequate, takes 80; elm has 20 of its 38; the good ones nothing. */
    trust *t = TRUST(TRUST_STILL, N, NO_LEADERS, "schools.cedar.grade=inadequate",
                     "capacity.improvement_base_days=68");
    trust_run_traced(t, 1, 0);
    assert_near(met(t, "cedar"), 1.0, 0);
    assert_near(met(t, "elm"), 20.0 / 38.0, 1e-14);
    assert_true(met(t, "ash") == 0.0 && met(t, "oak") == 0.0);
    trust_free(t);
    /* Of one quality in order of id: 38 for elm, ash and beech 8 each, 4 of cedar's 8, none for
     * oak. */
    trust *same = TRUST(TRUST_STILL, N, NO_LEADERS, "capacity.improvement_base_days=26");
    trust_run_traced(same, 1, 0);
    assert_true(met(same, "elm") == 1.0 && met(same, "ash") == 1.0 && met(same, "beech") == 1.0);
    assert_near(met(same, "cedar"), 0.5, 1e-14);
    assert_true(met(same, "oak") == 0.0);
    trust_free(same);
}

static void test_days_are_bought_last_up_to_a_cap(void **state)
{
    (void)state;
    /* 74 needed, 50 own: 24 days' worth is 30 days at 500. */
    trust *t = TRUST(TRUST_STILL, N, NO_LEADERS, "capacity.improvement_base_days=50");
    trust_run(t, 1);
    assert_true(trust_line(t, HR_L_BOUGHT_IN, 0, 0) == -15000.0);
    trust_free(t);
    /* 10 own: the cap of 40 days binds; capacity is overloaded by 74 - 42. */
    trust *cap = TRUST(TRUST_STILL, N, NO_LEADERS, "capacity.improvement_base_days=10");
    trust_run(cap, 1);
    assert_true(trust_line(cap, HR_L_BOUGHT_IN, 0, 0) == -20000.0);
    assert_true(trust_risk(cap, HR_R_CAPACITY_OVERLOAD, 0, 0) == 1.0);
    assert_near(cap->out.depth[HR_R_CAPACITY_OVERLOAD * N], 32.0, 1e-13);
    trust_free(cap);
}

/* Days bought in that capacity counts in a year, of 158 with 32 for 40 days. */
static double to_buy(const trust *t, int year)
{
    return (trust_metric(t, HR_M_CAPACITY_SUPPLY_DAYS, year, 0) - 126.0) / 0.8;
}

static void test_recovery_cuts_advisers_down_to_what_is_protected(void **state)
{
    (void)state;
    static const struct {
        const char *capacity, *target;
        double days;
    } c[] = {{"capacity.protected_sum=0", "5", 40.0},      /* the policy is met */
             {"capacity.protected_sum=0", "20", 10.0},     /* three quarters are cut */
             {"capacity.protected_sum=15000", "20", 30.0}, /* at 500 a day */
             {"capacity.protected_sum=15000", "5", 40.0},
             {"capacity.protected_sum=30000", "20", 60.0}, /* more than could be found without */
             {"capacity.protected_sum=30000", "5", 60.0},
             {"capacity.protected_pct=2", "20", 28.2}}; /* of 705,000 */
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        char target[80];
        snprintf(target, sizeof target, "reserves_policy.target=%s", c[k].target);
        trust *t = TRUST(TRUST_STILL, N, c[k].capacity, target, "budget.recovery_bought_in=0.75");
        trust_run(t, 1);
        for (int y = 0; y < 3; y++)
            assert_near(to_buy(t, y), c[k].days, 1e-13);
        trust_free(t);
    }
}

static void test_protected_is_a_share_of_last_years_top_slice(void **state)
{
    (void)state;
    static const char fir[] =
        TRUST_FIR("grade = \"good\"; leader_days = 0; balance = 0; route = \"converter\"; "
                  "stage = \"agreement\"; wished = \"2027-01\";");
    static const double slice[] = {705000, 705000 + 63000, 705000 + 94500};
    trust *t = TRUST(TRUST_STILL, N, fir, "capacity.protected_pct=4", "capacity.protected_sum=100");
    trust_run(t, 1);
    for (int y = 0; y < 3; y++)
        assert_near(to_buy(t, y), 0.04 * slice[y] / 500.0, 1e-13);
    trust_free(t);
    /* The start knows every form of it. */
    trust *flat = TRUST(TRUST_STILL, N, "capacity.protected_pct=10", "topslice.form=per_pupil",
                        "topslice.per_pupil=200");
    trust_run(flat, 1);
    assert_near(to_buy(flat, 0), 0.1 * 480000.0 / 500.0, 1e-13);
    trust_free(flat);
}

static void test_a_replay_tells_the_cut(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "reserves_policy.target=20", "budget.recovery_bought_in=0.75",
                     "capacity.protected_sum=15000");
    trust_run_traced(t, 1, 0);
    assert_near(trust_event_value(t, HR_TE_ADVISERS_CUT, 0, -1), 30.0, 1e-14);
    assert_near(trust_state(t, HR_TS_PROTECTED, 0, -1, -1), 15000.0, 0);
    trust_free(t);
    trust *met = TRUST(TRUST_STILL, N, "budget.recovery_bought_in=0.75");
    trust_run_traced(met, 1, 0);
    assert_int_equal(trust_events(met, HR_TE_ADVISERS_CUT, 0, -2), 0);
    trust_free(met);
}

static void test_self_rating_only_lowers(void **state)
{
    (void)state;
    static const struct {
        const char *rating, *error;
        double factor;
    } c[] = {
        {"[4,4,4,4,4,4,4,4,4,4,4,4]", "0", 1.0},    {"[1,1,1,1,1,1,1,1,1,1,1,1]", "0", 0.7},
        {"[1,4,1,4,1,4,1,4,1,4,1,4]", "0", 0.85},   {"[4,4,4,4,4,4,4,4,4,4,4,4]", "0.1", 1.0},
        {"[1,1,1,1,1,1,1,1,1,1,1,1]", "-0.1", 0.7}, {"[1,4,1,4,1,4,1,4,1,4,1,4]", "-0.05", 0.8}};
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        char rating[100], error[100];
        snprintf(rating, sizeof rating, "capacity.self_rating=%s", c[k].rating);
        snprintf(error, sizeof error, "capacity.self_rating_error=%s", c[k].error);
        trust *t = TRUST(TRUST_STILL, N, rating, error, "capacity.self_rating_low=0.7");
        trust_run(t, 1);
        assert_near(trust_metric(t, HR_M_CAPACITY_SUPPLY_DAYS, 0, 0), 126.0 * c[k].factor + 32.0,
                    1e-14);
        trust_free(t);
    }
}

static void test_new_heads_need_more_and_lend_less(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "schools.ash.head_turnover=1",
                     "capacity = { new_head_days = 10; new_head_lends = 0.3; };");
    trust_run(t, 1);
    assert_near(trust_metric(t, HR_M_CAPACITY_NEED_DAYS, 0, 0), 74.0, 1e-14);
    assert_near(trust_metric(t, HR_M_CAPACITY_NEED_DAYS, 1, 0), 84.0,
                1e-14); /* the year after the head left */
    assert_near(trust_metric(t, HR_M_CAPACITY_SUPPLY_DAYS, 1, 0), 144.0, 1e-14);
    trust_free(t);
}

/* Days needed at a school are days of supply: what the way there takes is counted, head's and
 * joiner's days too, down to a fifth of a day. */
static void test_travel_takes_days(void **state)
{
    (void)state;
    static const struct {
        const char *distance, *loss;
        double need;
    } c[] = {{"schools.elm.distance_km=100", "capacity.travel_loss_pct_per_km=0", 38.0},
             {"schools.elm.distance_km=100", "capacity.travel_loss_pct_per_km=0.4", 38.0 / 0.6},
             {"schools.elm.distance_km=100", "capacity.travel_loss_pct_per_km=0.9", 38.0 / 0.2},
             {"schools.elm.distance_km=0", "capacity.travel_loss_pct_per_km=0.4", 38.0}};
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        trust *t = TRUST(TRUST_STILL, N, c[k].distance, c[k].loss, "schools.elm.head_turnover=1",
                         "capacity.new_head_days=10");
        trust_run_traced(t, 1, 0);
        const int elm = trust_school_index(t, "elm");
        assert_near(trust_state(t, HR_TS_NEED_DAYS, 0, elm, -1), c[k].need, 1e-14);
        assert_near(trust_state(t, HR_TS_NEED_DAYS, 1, elm, -1), c[k].need * 48.0 / 38.0, 1e-14);
        trust_free(t);
    }
}

/* What a good school that joins adds to days needed, by year. */
static void joiner_needs(const char *wished, const double more[4])
{
    char fir[400];
    snprintf(fir, sizeof fir,
             TRUST_FIR("grade = \"good\"; leader_days = 0; route = \"converter\"; stage = "
                       "\"agreement\"; wished = \"%s\";"),
             wished);
    trust *t = TRUST(TRUST_STILL, N, "capacity.joiner_factor=1.5", fir);
    trust_run(t, 1);
    for (int y = 0; y < 4; y++)
        assert_near(trust_metric(t, HR_M_CAPACITY_NEED_DAYS, y, 0), 74.0 + more[y], 1e-14);
    trust_free(t);
}

static void test_joiners_need_more_for_two_years(void **state)
{
    (void)state;
    joiner_needs("2026-09", (const double[]){12.0, 12.0, 8.0, 8.0});
    joiner_needs("2027-01", (const double[]){8.0, 12.0, 8.0, 8.0}); /* 8/12 of 12 at first */
}

/* Share of futures in which a school's quality and grade are so after a year. */
static double share(const char *id, bool grade, double level, const char *a, const char *b,
                    const char *c)
{
    trust *t = trust_new(TRUST_STILL, WIDE, (const char *const[]){a, b, c, NULL});
    double hits = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        hr_batch *s = trust_open(t, 1 + (uint64_t)k * WIDE);
        trust_year(s, 0);
        const double *x = trust_of(t, grade ? s->grade : s->quality, id);
        for (int i = 0; i < WIDE; i++)
            hits += x[i] == level;
    }
    trust_free(t);
    return hits / PATHS;
}

/* Chances over 4,096 futures, within five standard errors. */
#define CHANCE(p, expected)                                                                        \
    assert_within((p), (expected), 5 * sqrt((expected) * (1 - (expected)) / PATHS))
#define RISES                                                                                      \
    "capacity = { improve_full = { requires_improvement = 0.6; }; improve_none = { "               \
    "requires_improvement = 0.2; }; };"

static void test_quality_moves_between_none_and_full(void **state)
{
    (void)state;
    CHANCE(share("elm", false, 1.0, RISES, NULL, NULL), 0.6);
    CHANCE(share("elm", false, 1.0, RISES, NO_LEADERS,
                 "capacity = { improvement_base_days = 0; bought_in_days = 0; };"),
           0.2);
    CHANCE(share("elm", false, 1.0, RISES, NO_LEADERS,
                 "capacity = { improvement_base_days = 19; bought_in_days = 0; };"),
           0.4);
    CHANCE(share("elm", false, 1.0, RISES,
                 "capacity = { stuck_share = 1.0; stuck_factor = 0.35; };", NULL),
           0.21);
    CHANCE(share("elm", false, 1.0, RISES, "capacity = { stuck_share = 0.5; stuck_factor = 0.0; };",
                 NULL),
           0.3);
    static const char falls[] =
        "capacity = { decline_full = { good = 0.1; }; decline_none = { good = 0.3; }; };";
    CHANCE(share("ash", false, 2.0, falls, NULL, NULL), 0.1);
    CHANCE(share("ash", false, 2.0, falls, NO_LEADERS,
                 "capacity = { improvement_base_days = 0; bought_in_days = 0; };"),
           0.3);
}

static void test_inspections_show_it(void **state)
{
    (void)state;
    static const char all_rise[] = "capacity = { improve_full = { requires_improvement = 1.0; }; "
                                   "inspection_chance = { requires_improvement = 0.4; }; };";
    assert_true(share("elm", false, 1.0, all_rise, NULL, NULL) == 1.0);
    CHANCE(share("elm", true, 1.0, all_rise, NULL, NULL), 0.4);
    CHANCE(share("elm", true, 2.0, all_rise, NULL, NULL), 0.6);
}

/* Certain to be seen once the quiet years are over: in the first year, then in the third. */
static void test_an_inspection_is_followed_by_quiet_years(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, 32,
              "capacity = { improve_full = { requires_improvement = 0.0; }; improve_none = { "
              "requires_improvement = 0.0; }; inspection_chance = { requires_improvement = "
              "1.0; }; quiet_years = { requires_improvement = 1; }; };",
              "years=5");
    trust_run_traced(t, 1, 0);
    const int elm = trust_school_index(t, "elm");
    for (int year = 0; year < 5; year++)
        assert_int_equal(trust_events(t, HR_TE_INSPECTED, year, elm), year % 2 == 0);
    trust_free(t);
}

/* All good schools fall in the first year; the stuck among them do not rise in the second, and what
 * is inadequate rises whether stuck or not. */
static void test_schools_may_be_stuck_later(void **state)
{
    (void)state;
#define UP_AND_DOWN                                                                                \
    "capacity = { decline_full = { all = 0.0; good = 1.0; }; decline_none = { all = 0.0; good = "  \
    "1.0; }; improve_full = { all = 0.0; requires_improvement = 1.0; inadequate = 1.0; }; "        \
    "improve_none = { all = 0.0; requires_improvement = 1.0; inadequate = 1.0; }; stuck_factor = " \
    "0.0; stuck_share = 1.0; stuck_later_share = 0.3; inspection_chance = { all = 1.0; }; "        \
    "quiet_years = { all = 0; }; };"
    trust *t = TRUST(TRUST_STILL, WIDE, UP_AND_DOWN, "schools.elm.grade=inadequate", "years=2");
    double stuck = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * WIDE);
        for (int i = 0; i < WIDE; i++) {
            assert_true(trust_school(t, "ash", 0, HR_SC_BELOW_GOOD, i) == 1.0);
            stuck += trust_school(t, "ash", 1, HR_SC_BELOW_GOOD, i);
            assert_true(trust_risk(t, HR_R_ANY_SCHOOL_IN_CATEGORY, 0, i) == 0.0);
            assert_true(trust_school(t, "elm", 1, HR_SC_BELOW_GOOD, i) == 1.0);
        }
    }
    CHANCE(stuck / PATHS, 0.3);
    trust_free(t);
}

/* Not inspected before 30 months, then with the chance of a first inspection, whatever its grade.
 */
static void test_a_sponsored_joiner_has_a_first_inspection(void **state)
{
    (void)state;
    static const char fir[] = TRUST_FIR(
        "grade = \"inadequate\"; route = \"sponsored\"; stage = \"agreement\"; wished = \"+0\";");
    trust *t =
        TRUST(TRUST_STILL, WIDE, fir,
              "capacity = { improve_full = { inadequate = 1.0; }; improve_none = { inadequate "
              "= 1.0; }; inspection_chance = { inadequate = 1.0; }; first_inspection_chance "
              "= 0.6; no_inspection_years = 2.5; };",
              "years=4");
    double unseen[4] = {0.0};
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * WIDE);
        for (int year = 0; year < 4; year++)
            for (int i = 0; i < WIDE; i++)
                unseen[year] += trust_risk(t, HR_R_ANY_SCHOOL_IN_CATEGORY, year, i);
    }
    assert_true(unseen[0] == PATHS && unseen[1] == PATHS);
    CHANCE(unseen[2] / PATHS, 0.4);
    CHANCE(unseen[3] / PATHS, 0.16);
    trust_free(t);
}

static void test_a_school_lent_out_too_far_weakens(void **state)
{
    (void)state;
    /* 44 of 96 days are lent: 0.458 of them. */
    CHANCE(share("ash", false, 2.0, "capacity = { lend_limit = 0.45; lend_decline = 0.3; };", NULL,
                 NULL),
           0.3);
    assert_true(share("ash", false, 2.0, "capacity = { lend_limit = 0.46; lend_decline = 0.3; };",
                      NULL, NULL) == 0.0);
    assert_true(share("elm", false, 3.0, "capacity = { lend_limit = 0.45; lend_decline = 0.3; };",
                      NULL, NULL) == 0.0);
}

static void test_outside_schools_are_helped_to_a_share(void **state)
{
    (void)state;
    static const char fir[] =
        TRUST_FIR("grade = \"requires_improvement\"; route = \"converter\"; wished = \"+40\";");
    CHANCE(share("fir", false, 1.0, fir, RISES, "capacity.outside_support=0.5"), 0.4);
}

static void test_a_sponsored_joiner_is_left_alone_at_first(void **state)
{
    (void)state;
    static const char fir[] = TRUST_FIR(
        "grade = \"inadequate\"; route = \"sponsored\"; stage = \"agreement\"; wished = \"+0\";");
    trust *t = TRUST(TRUST_STILL, N, fir,
                     "capacity = { improve_full = { requires_improvement = 1.0; inadequate = 1.0; "
                     "}; first_inspection_chance = 1.0; no_inspection_years = 2.5; };");
    trust_run_traced(t, 1, 0);
    const int s = trust_school_index(t, "fir");
    assert_true(trust_state(t, HR_TS_QUALITY, 0, s, -1) == 2.0 &&
                trust_state(t, HR_TS_QUALITY, 1, s, -1) == 1.0);
    assert_true(trust_state(t, HR_TS_GRADE, 1, s, -1) == 3.0); /* 24 months */
    assert_true(trust_state(t, HR_TS_GRADE, 2, s, -1) == 1.0); /* 36 */
    assert_true(trust_risk(t, HR_R_ANY_SCHOOL_IN_CATEGORY, 1, 0) == 1.0 &&
                trust_risk(t, HR_R_ANY_SCHOOL_IN_CATEGORY, 2, 0) == 0.0);
    trust_free(t);
}

static void test_unknown_grades_are_drawn(void **state)
{
    (void)state;
    static const char ash[] =
        "schools = ( { id = \"ash\"; grade = \"unknown\"; unknown_grade = { outstanding = 0.2; "
        "good = 0.4; requires_improvement = 0.3; inadequate = 0.1; }; } );";
    static const double chance[4] = {0.2, 0.4, 0.3, 0.1};
    for (int q = 0; q < 4; q++)
        CHANCE(share("ash", true, q, ash, NULL, NULL), chance[q]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_supply_and_need),
        cmocka_unit_test(test_the_weakest_come_first),
        cmocka_unit_test(test_days_are_bought_last_up_to_a_cap),
        cmocka_unit_test(test_recovery_cuts_advisers_down_to_what_is_protected),
        cmocka_unit_test(test_protected_is_a_share_of_last_years_top_slice),
        cmocka_unit_test(test_a_replay_tells_the_cut),
        cmocka_unit_test(test_self_rating_only_lowers),
        cmocka_unit_test(test_new_heads_need_more_and_lend_less),
        cmocka_unit_test(test_travel_takes_days),
        cmocka_unit_test(test_joiners_need_more_for_two_years),
        cmocka_unit_test(test_quality_moves_between_none_and_full),
        cmocka_unit_test(test_inspections_show_it),
        cmocka_unit_test(test_an_inspection_is_followed_by_quiet_years),
        cmocka_unit_test(test_schools_may_be_stuck_later),
        cmocka_unit_test(test_a_sponsored_joiner_has_a_first_inspection),
        cmocka_unit_test(test_a_school_lent_out_too_far_weakens),
        cmocka_unit_test(test_outside_schools_are_helped_to_a_share),
        cmocka_unit_test(test_a_sponsored_joiner_is_left_alone_at_first),
        cmocka_unit_test(test_unknown_grades_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
