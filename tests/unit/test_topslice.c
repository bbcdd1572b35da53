/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The top-slice moves money inside the trust: what it charges in each form, to the pound, and that
 * the trust's reserves do not depend on it while central spending is fixed and rules about one
 * holder are off. */
#include "support/near.h"
#include "support/trust.h"

enum { N = 64 };

#define JOINER                                                                                     \
    "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = 211; "             \
    "grade = \"good\"; route = \"converter\"; stage = \"agreement\"; opens_chance = 1.0; "         \
    "wished = \"+4\"; } );"

/* Rate times grant to the pound, school by school, on futures of the fixture. */
static void test_income_is_rate_times_grant(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_F, N, "years=4", "topslice.rate_pct={ all = 5.5; secondary = 4.0; }", JOINER);
    trust_run_traced(t, 1, 7);
    for (int y = 0; y < 4; y++) {
        double sum = 0.0;
        for (int s = 0; s < t->plan->schools; s++) {
            const double rate = strcmp(t->plan->school[s].id, "oak") == 0 ? 4.0 : 5.5;
            const double paid = hr_nearest(trust_posted(t, HR_L_GRANT, y, s) * rate / 100.0);
            assert_within(trust_posted(t, HR_L_TOPSLICE, y, s), -paid, 0.0);
            sum += paid;
        }
        assert_true(trust_metric(t, HR_M_TOPSLICE_INCOME, y, 7) == sum);
        assert_true(trust_posted(t, HR_L_TOPSLICE, y, -1) == sum);
    }
    trust_free(t);
}

/* With central spending fixed and the budgets of single schools and of the centre off, two
 * top-slices move balances and nothing else. */
static void same_reserves(const char *path, const char *one, const char *other, const char *more,
                          hr_metric moves)
{
    static const char off[] =
        "budget = { response = 0; recovery_response = 0; spend_above_pct = 0; };"
        "centre = { reserves = 400000; non_pay = 900000; posts = ( { id = \"ceo\"; cost = 0; } ); "
        "};";
    trust *low = TRUST(path, N, off, one, more);
    trust *high = TRUST(path, N, off, other, more);
    int differ = 0;
    for (uint64_t first = 1; first < 1024; first += N) {
        trust_run(low, first);
        trust_run(high, first);
        for (int i = 0; i < N; i++)
            for (int y = 0; y < low->years; y++) {
                assert_true(trust_metric(low, HR_M_RESERVES, y, i) ==
                            trust_metric(high, HR_M_RESERVES, y, i));
                differ += trust_metric(low, moves, y, i) != trust_metric(high, moves, y, i);
            }
    }
    assert_true(differ > 0);
    trust_free(low);
    trust_free(high);
}

static void neutral(const char *path, const char *more)
{
    same_reserves(path, "topslice.rate_pct=3", "topslice.rate_pct=8", more, HR_M_CENTRAL_RESERVES);
}

static void neutral_forms(const char *path, const char *more)
{
    same_reserves(path, "topslice.rate_pct=5.5", "topslice={ form = \"pooled\"; rate_pct = 5.5; }",
                  more, HR_M_LOWEST_SCHOOL_RESERVES_PCT);
    same_reserves(path, "topslice.rate_pct=5.5",
                  "topslice={ form = \"pooled\"; redistribute_by = \"spending\"; rate_pct = 5.5; }",
                  more, HR_M_LOWEST_SCHOOL_RESERVES_PCT);
}

static void test_reserves_do_not_depend_on_it(void **state)
{
    (void)state;
    neutral(TRUST_F, NULL);
    neutral(TRUST_F, JOINER);
}

/* Nor on services inside the trust or on pooling. */
static void test_no_transfer_changes_reserves(void **state)
{
    (void)state;
    static const char off[] =
        "budget = { response = 0; recovery_response = 0; spend_above_pct = 0; };"
        "reserves_policy = { interest_pct = 0; };";
    static const char services[] = "centre = { services = ( { id = \"ict\"; price_per_school = "
                                   "4000; price_per_pupil = 40; } ); };";
    static const char *const change[] = {services, "reserves_policy.pooling=\"deficits\"",
                                         "reserves_policy.pooling=\"full\"",
                                         "capacity.leader_day_cost=900"};
    trust *base = TRUST(TRUST_F, N, off);
    trust_run(base, 1);
    for (int k = 0; k < 4; k++) {
        trust *t = TRUST(TRUST_F, N, off, change[k]);
        trust_run(t, 1);
        for (int i = 0; i < N; i++)
            for (int y = 0; y < base->years; y++)
                assert_true(trust_metric(t, HR_M_RESERVES, y, i) ==
                            trust_metric(base, HR_M_RESERVES, y, i));
        trust_free(t);
    }
    trust_free(base);
}

static double paid(const trust *t, const char *id, int year)
{
    return -trust_posted_by(t, HR_L_TOPSLICE, year, id);
}

static void test_forms(void **state)
{
    (void)state;
    trust *pupil = TRUST(TRUST_STILL, N, "topslice.form=per_pupil",
                         "topslice.per_pupil={ all = 300; secondary = 320; }");
    trust_run_traced(pupil, 1, 0);
    assert_true(paid(pupil, "ash", 0) == 105000.0 && paid(pupil, "oak", 0) == 320000.0);
    trust_free(pupil);
    trust *flat = TRUST(TRUST_STILL, N, "topslice.form=flat",
                        "topslice.flat={ all = 90000; secondary = 300000; }");
    trust_run_traced(flat, 1, 0);
    assert_true(paid(flat, "ash", 2) == 90000.0 && paid(flat, "oak", 2) == 300000.0);
    trust_free(flat);
    trust *income = TRUST(TRUST_STILL, N, "topslice.base=recurrent_income", "topslice.rate_pct=5");
    trust_run_traced(income, 1, 0);
    assert_true(paid(income, "ash", 0) == 108500.0); /* 5 % of 2,170,000 */
    trust_free(income);
    /* A point more for a school that requires improvement, none below zero for a good one. */
    trust *grade = TRUST(TRUST_STILL, N,
                         "topslice.grade_points={ outstanding = 0.0; good = -6.0; "
                         "requires_improvement = 1.0; inadequate = 0.0; }");
    trust_run_traced(grade, 1, 0);
    assert_true(paid(grade, "elm", 0) == 113400.0 &&
                paid(grade, "ash", 0) == 0.0); /* 6 % and none of 1,890,000 */
    trust_free(grade);
}

/* Of the steps of one kind the highest that is reached counts, from its own number on; those of two
 * kinds add. 1 % of a primary's grant of 1,890,000 is 18,900. */
static void test_steps_by_size_and_need(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "schools.beech.needs_per_pupil=1400",
                     "topslice = { tiers = ( { id = \"a\"; by = \"pupils\"; from = 100; points = "
                     "2.0; }, { id = \"b\"; by = \"pupils\"; from = 1000; points = -1.0; }, "
                     "{ id = \"c\"; by = \"pupils\"; from = 350; points = 1.0; }, "
                     "{ id = \"d\"; by = \"needs_per_pupil\"; from = 1400; points = -3.0; }, "
                     "{ id = \"e\"; by = \"needs_per_pupil\"; from = 1401; points = -9.0; } ); };");
    trust_run_traced(t, 1, 0);
    for (int y = 0; y < 4; y++) {
        assert_true(paid(t, "ash", y) == 113400.0); /* 6 %: the step from 350, not that from 100 */
        assert_true(paid(t, "beech", y) == hr_nearest(0.03 * (1890000.0 + 140000.0)));
        assert_true(paid(t, "oak", y) ==
                    hr_nearest(0.04 * trust_posted_by(t, HR_L_GRANT, y, "oak")));
        assert_near(trust_state(t, HR_TS_TOPSLICE_RATE, y, trust_school_index(t, "ash"), -1), 6.0,
                    1e-12);
    }
    trust_free(t);
    /* Steps never make a charge negative. */
    trust *low = TRUST(TRUST_STILL, N,
                       "topslice = { tiers = ( { id = \"a\"; by = \"pupils\"; from = 0; points = "
                       "-6.0; } ); };");
    trust_run_traced(low, 1, 0);
    assert_true(paid(low, "ash", 0) == 0.0);
    trust_free(low);
}

/* Growth of grant lifts no school over a step by need: it is in prices of the start. A given grant
 * has a fitted need: 2,030,000 is 1,400 a pupil. */
static void test_a_step_by_need_stands_at_start_prices(void **state)
{
    (void)state;
    static const char step[] =
        "topslice = { tiers = ( { id = \"d\"; by = \"needs_per_pupil\"; from "
        "= 1399.999; points = 1.0; } ); };";
    trust *t = TRUST(TRUST_STILL, N, "world_drivers.funding_known_pct=20", step,
                     "schools.beech.grant=2030000", "schools.cedar.grant=2029000",
                     "schools.elm.needs_per_pupil=1400");
    trust_run_traced(t, 1, 0);
    for (int y = 0; y < 4; y++) {
        const char *const id[] = {"ash", "beech", "cedar", "elm"};
        const double rate[] = {5.0, 6.0, 5.0, 6.0};
        for (int s = 0; s < 4; s++)
            assert_near(trust_state(t, HR_TS_TOPSLICE_RATE, y, trust_school_index(t, id[s]), -1),
                        rate[s], 1e-12);
    }
    trust_free(t);
}

/* What pooling leaves with a school, more than its own grant would. */
static double pooled(const trust *t, const char *id, int year)
{
    return trust_posted_by(t, HR_L_GAG_POOLING, year, id);
}

/* Five per cent of 14,100,000 stay with the centre; 13,395,000 are 5,581.25 a pupil. What the last
 * school by id gives is what the others receive, to the pound. */
static void test_grants_pooled_by_pupils(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "topslice.form=pooled");
    trust *own = TRUST(TRUST_STILL, N, NULL);
    trust_run_traced(t, 1, 0);
    trust_run_traced(own, 1, 0);
    const double part = 350.0 * 13395000.0 / 2400.0, more = part - 0.95 * 1890000.0;
    for (int y = 0; y < 4; y++) {
        assert_true(pooled(t, "ash", y) == hr_nearest(part) - 1795500.0);
        assert_true(pooled(t, "oak", y) == -4.0 * pooled(t, "ash", y));
        assert_true(trust_posted(t, HR_L_GAG_POOLING, y, -1) == 0.0);
        assert_true(paid(t, "ash", y) == 94500.0);
        assert_true(trust_metric(t, HR_M_TOPSLICE_INCOME, y, 0) == 705000.0);
        assert_true(trust_metric(t, HR_M_CENTRAL_BALANCE, y, 0) ==
                    trust_metric(own, HR_M_CENTRAL_BALANCE, y, 0));
    }
    /* The spring budget knows what a school keeps of a year. */
    const int ash = trust_school_index(t, "ash");
    assert_near(trust_state(t, HR_TS_GAP, 0, ash, -1),
                trust_state(own, HR_TS_GAP, 0, ash, -1) + more, 1e-9);
    trust_free(own);
    trust_free(t);
}

/* By opening spending: each school's part of the pool is its part of all spending. */
static void test_grants_pooled_by_spending(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "topslice.form=pooled", "topslice.redistribute_by=spending",
                     "schools.ash.spending=2400000");
    trust_run_traced(t, 1, 0);
    hr_batch *b = trust_open(t, 1);
    double all = 0.0;
    for (int s = 0; s < t->plan->schools; s++)
        for (int k = 0; k < HR_N_cost; k++)
            all += hr_of(b->base, s * HR_N_cost + k, N)[0];
    for (int y = 0; y < 4; y++)
        assert_true(pooled(t, "ash", y) ==
                    hr_nearest(13395000.0 * 2400000.0 / all) - 0.95 * 1890000.0);
    trust_free(t);
}

/* A joiner shares the pool for its months, with all of its grant, while its charge is phased in. */
static void test_a_joiner_shares_the_pool(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "topslice.form=pooled", "topslice.joiner_years=2",
                     TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"agreement\"; "
                               "wished = \"2027-03\"; balance = 0;"));
    trust_run_traced(t, 1, 0);
    assert_true(paid(t, "fir", 0) == 23625.0); /* half of 2.5 % of 1,890,000 */
    const double rest = 13395000.0 + 945000.0 - 23625.0;
    assert_true(pooled(t, "fir", 0) == hr_nearest(rest * 175.0 / 2575.0) - (945000.0 - 23625.0));
    assert_true(trust_posted(t, HR_L_GAG_POOLING, 0, -1) == 0.0);
    trust_free(t);
}

/* Every kind of school, joiners, leavers and a merger: the pool adds to nothing on every path, and
 * whoever brings no grant takes nothing. */
static void test_a_pool_adds_to_nothing(void **state)
{
    (void)state;
    static const char *const by[] = {"topslice.redistribute_by=pupils",
                                     "topslice.redistribute_by=spending"};
    for (int f = 0; f < 2; f++) {
        trust *t = TRUST("tests/scenarios/odd.cfg", N, "topslice.form=pooled", by[f]);
        trust_run_traced(t, 1, 3);
        for (int y = 0; y < t->years; y++) {
            assert_true(pooled(t, "tots", y) == 0.0 && pooled(t, "through", y) != 0.0);
            for (int i = 0; i < N; i++)
                assert_true(trust_line(t, HR_L_GAG_POOLING, y, i) == 0.0);
        }
        trust_free(t);
    }
}

static void test_a_pool_changes_no_reserves(void **state)
{
    (void)state;
    neutral_forms(TRUST_F, NULL);
    neutral_forms(TRUST_F, JOINER);
}

/* The centre holds 300,000 of 16,020,000: below 2 %. A point more brings it 141,000, which is
 * enough, so that it is the usual percentage from the second year on. */
static void test_points_more_after_the_centre_missed_its_floor(void **state)
{
    (void)state;
    static const char points[] = "topslice.recovery_points=1.0";
    trust *t = TRUST(TRUST_STILL, N, "reserves_policy.centre_floor_pct=2.0", points);
    trust *none = TRUST(TRUST_STILL, N, points); /* no floor, no recovery */
    trust_run_traced(t, 1, 0);
    trust_run_traced(none, 1, 0);
    const double rate[] = {6.0, 5.0, 5.0, 5.0};
    for (int y = 0; y < 4; y++) {
        assert_near(paid(t, "ash", y), rate[y] * 18900.0, 0);
        assert_near(paid(none, "ash", y), 94500.0, 0);
        assert_int_equal(trust_events(t, HR_TE_CENTRE_RECOVERS, y, -1), y == 0);
        assert_true(trust_metric(t, HR_M_RESERVES, y, 0) ==
                    trust_metric(none, HR_M_RESERVES, y, 0));
    }
    assert_true(trust_metric(t, HR_M_CENTRAL_RESERVES, 0, 0) ==
                trust_metric(none, HR_M_CENTRAL_RESERVES, 0, 0) + 141000.0);
    assert_near(trust_event_value(t, HR_TE_CENTRE_RECOVERS, 0, -1), 1.0, 0);
    trust_free(none);
    trust_free(t);
    /* A charge that is no percentage knows no points. */
    trust *flat = TRUST(TRUST_STILL, N, "reserves_policy.centre_floor_pct=2.0", points,
                        "topslice.form=flat", "topslice.flat=90000");
    trust_run_traced(flat, 1, 0);
    assert_true(paid(flat, "ash", 0) == 90000.0);
    assert_int_equal(trust_events(flat, HR_TE_CENTRE_RECOVERS, 0, -1), 0);
    trust_free(flat);
}

/* 200,000 of 2,170,000 is below 10 %; two points less leave 237,800, which is not. A joiner was not
 * there at the last year end: it is relieved from its second year on. */
static void test_relief_of_a_school_below_the_floor(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, N, "reserves_policy.school_floor_pct=10.0", "topslice.relief_points=2.0",
              TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"agreement\"; "
                        "wished = \"2026-09\"; balance = 0;"));
    trust_run_traced(t, 1, 0);
    assert_true(paid(t, "ash", 0) == 56700.0 && paid(t, "ash", 1) == 94500.0);
    assert_true(paid(t, "fir", 0) == 94500.0 && paid(t, "fir", 1) == 56700.0);
    assert_int_equal(trust_events(t, HR_TE_SCHOOL_RELIEVED, 0, trust_school_index(t, "ash")), 1);
    assert_int_equal(trust_events(t, HR_TE_SCHOOL_RELIEVED, 1, trust_school_index(t, "ash")), 0);
    assert_int_equal(trust_events(t, HR_TE_SCHOOL_RELIEVED, 0, trust_school_index(t, "fir")), 0);
    trust_free(t);
}

static void test_a_joiner_pays_for_its_months_and_in_steps(void **state)
{
    (void)state;
    static const char joiner[] =
        TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"agreement\"; wished = "
                  "\"2027-01\"; balance = 0;");
    trust *t = TRUST(TRUST_STILL, N, joiner);
    trust_run_traced(t, 1, 0);
    assert_true(paid(t, "fir", 0) == 63000.0); /* 8/12 of 94,500 */
    assert_true(paid(t, "fir", 1) == 94500.0);
    trust_free(t);
    trust *phased = TRUST(TRUST_STILL, N, joiner, "topslice.joiner_years=3");
    trust_run_traced(phased, 1, 0);
    assert_true(paid(phased, "fir", 0) == 21000.0);
    assert_true(paid(phased, "fir", 1) == 63000.0);
    assert_true(paid(phased, "fir", 2) == 94500.0);
    assert_true(paid(phased, "ash", 0) == 94500.0);
    trust_free(phased);
    trust *flat = TRUST(TRUST_STILL, N, joiner, "topslice.form=flat",
                        "topslice.flat={ all = 90000; secondary = 300000; }");
    trust_run_traced(flat, 1, 0);
    assert_true(paid(flat, "fir", 0) == 60000.0);
    trust_free(flat);
}

static void test_services_by_price(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "centre = { services = ( { id = \"ict\"; price_per_school = 4000; "
                     "price_per_pupil = 40; outside_income = 50000; margin_pct = 10; } ); };");
    trust_run_traced(t, 1, 0);
    assert_true(trust_posted_by(t, HR_L_SERVICES, 1, "ash") == -18000.0);
    assert_true(trust_posted(t, HR_L_SERVICES, 1, -1) == 5 * 4000.0 + 2400 * 40.0);
    assert_true(trust_posted(t, HR_L_CENTRE_INCOME, 1, -1) == 5000.0);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_income_is_rate_times_grant),
        cmocka_unit_test(test_reserves_do_not_depend_on_it),
        cmocka_unit_test(test_no_transfer_changes_reserves),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_steps_by_size_and_need),
        cmocka_unit_test(test_a_step_by_need_stands_at_start_prices),
        cmocka_unit_test(test_grants_pooled_by_pupils),
        cmocka_unit_test(test_grants_pooled_by_spending),
        cmocka_unit_test(test_a_joiner_shares_the_pool),
        cmocka_unit_test(test_a_pool_adds_to_nothing),
        cmocka_unit_test(test_a_pool_changes_no_reserves),
        cmocka_unit_test(test_points_more_after_the_centre_missed_its_floor),
        cmocka_unit_test(test_relief_of_a_school_below_the_floor),
        cmocka_unit_test(test_a_joiner_pays_for_its_months_and_in_steps),
        cmocka_unit_test(test_services_by_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
