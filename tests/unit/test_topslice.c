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

/* With central spending fixed and the budgets of single schools and of the centre off, the rate
 * moves balances and nothing else. */
static void neutral(const char *path, const char *more)
{
    static const char off[] =
        "budget = { response = 0; recovery_response = 0; spend_above_pct = 0; };"
        "centre = { reserves = 400000; non_pay = 900000; posts = ( { id = \"ceo\"; cost = 0; } ); "
        "};";
    trust *low = TRUST(path, N, off, "topslice.rate_pct=3", more);
    trust *high = TRUST(path, N, off, "topslice.rate_pct=8", more);
    int differ = 0;
    for (uint64_t first = 1; first < 1024; first += N) {
        trust_run(low, first);
        trust_run(high, first);
        for (int i = 0; i < N; i++)
            for (int y = 0; y < low->years; y++) {
                assert_true(trust_metric(low, HR_M_RESERVES, y, i) ==
                            trust_metric(high, HR_M_RESERVES, y, i));
                differ += trust_metric(low, HR_M_CENTRAL_RESERVES, y, i) !=
                          trust_metric(high, HR_M_CENTRAL_RESERVES, y, i);
            }
    }
    assert_true(differ > 0);
    trust_free(low);
    trust_free(high);
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
        cmocka_unit_test(test_a_joiner_pays_for_its_months_and_in_steps),
        cmocka_unit_test(test_services_by_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
