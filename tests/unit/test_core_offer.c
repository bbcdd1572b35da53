/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core offer of the centre: it steps up with what a join brings, after a lag, grows with
 * prices, supplies days and never shrinks. Figures of still.cfg: fir has a grant of 1,890,000, of
 * which the top-slice is 94,500. */
#include <stdio.h>

#include "support/near.h"
#include "support/trust.h"

enum { N = 32 };

#define FIR(more) TRUST_FIR("route = \"converter\"; stage = \"agreement\"; balance = 0; " more)
#define GOOD_FIR(wished) FIR("grade = \"good\"; wished = \"" wished "\";")
#define OFFER(more) "centre = { non_pay = 505000; offer = { base = 200000; " more " }; };"

static double offer(const trust *t, int year) { return -trust_line(t, HR_L_OFFER, year, 0); }

/* What the offer costs in each of the four years, whole pounds. */
static void costs_by_year(const char *first, const char *second, const char *third,
                          const double cost[4])
{
    trust *t = TRUST(TRUST_STILL, N, first, second, third);
    trust_run(t, 1);
    for (int y = 0; y < 4; y++)
        if (offer(t, y) != hr_nearest(cost[y]))
            fail_msg("%s costs %.17g in year %d, not %.17g", first, offer(t, y), y, cost[y]);
    trust_free(t);
}

static void test_it_steps_up_at_a_join(void **state)
{
    (void)state;
    /* Nine tenths of 94,500 from a term after January 2027: four months of the first year. */
    const double step = 0.9 * 94500;
    costs_by_year(OFFER(""), GOOD_FIR("2027-01"), NULL,
                  (const double[]){200000 + step / 3, 200000 + step, 200000 + step, 200000 + step});
    costs_by_year(OFFER("reinvest_pct = 50; lag_terms = 0;"), GOOD_FIR("2027-09"), NULL,
                  (const double[]){200000, 247250, 247250, 247250});
    /* Four terms later is four months into the year after next. */
    costs_by_year(OFFER("lag_terms = 4;"), GOOD_FIR("2027-01"), NULL,
                  (const double[]){200000, 200000 + step / 3, 200000 + step, 200000 + step});
    costs_by_year(OFFER(""), NULL, NULL, (const double[]){200000, 200000, 200000, 200000});
}

static void test_a_step_is_what_was_charged_in_the_year_of_joining(void **state)
{
    (void)state;
    /* Phased in over two years: half of it, and that for good. */
    costs_by_year(OFFER("lag_terms = 0;"), GOOD_FIR("2026-09"), "topslice.joiner_years=2",
                  (const double[]){242525, 242525, 242525, 242525});
    /* Of pooled grants the same is kept, whatever goes from school to school. */
    costs_by_year(OFFER("lag_terms = 0; reinvest_pct = 100;"), GOOD_FIR("2026-09"),
                  "topslice = { form = \"pooled\"; redistribute_by = \"spending\"; };",
                  (const double[]){294500, 294500, 294500, 294500});
    /* Services are paid in full. */
    costs_by_year("centre = { services = ( { id = \"ict\"; price_per_school = 10000; } ); };",
                  OFFER("lag_terms = 0; reinvest_pct = 100;"), GOOD_FIR("2026-09"),
                  (const double[]){304500, 304500, 304500, 304500});
}

static void test_it_never_shrinks(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, OFFER("lag_terms = 0; reinvest_pct = 100;"),
                     FIR("grade = \"requires_improvement\"; wished = \"2026-09\";"),
                     "risks = ( { id = \"leave\"; chance = 1.0; hits = \"schools_below_good\"; "
                     "school_leaves = true; until_year = \"2026/27\"; } );");
    trust_run(t, 1);
    assert_true(trust_metric(t, HR_M_LEFT, 0, 0) == 2.0); /* elm and fir */
    for (int y = 0; y < 4; y++)
        assert_true(offer(t, y) == 294500.0);
    trust_free(t);
}

static void test_it_grows_with_prices(void **state)
{
    (void)state;
    static const char prices[] = "world_drivers.prices.known_pct=10";
    costs_by_year(OFFER("lag_terms = 0; reinvest_pct = 100;"), GOOD_FIR("2026-09"), prices,
                  (const double[]){294500, 294500 * 1.1, 294500 * 1.21, 294500 * 1.331});
    /* What a joiner of the second year pays is in that year's pounds. */
    costs_by_year(OFFER("lag_terms = 0; reinvest_pct = 100;"), GOOD_FIR("2027-09"), prices,
                  (const double[]){200000, 220000 + 94500, 1.1 * 314500, 1.21 * 314500});
}

static void test_its_days(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, GOOD_FIR("2026-09"),
                     OFFER("lag_terms = 0; reinvest_pct = 100; improvement_days = 2.0; "
                           "onboarding_days = 3.0;"),
                     "candidates.fir.leader_days=0", "world_drivers.prices.known_pct=10");
    hr_batch *b = trust_open(t, 1);
    assert_near(b->supply_days[0], 158.0 + 40.0, 1e-14); /* what the first gate knows */
    assert_near(b->onboarding_supply[0], 180.0 + 60.0, 1e-14);
    for (int y = 0; y < 2; y++) {
        trust_year(b, y);
        assert_near(b->post_days[0], 30.0 + 2.0 * 29.45, 1e-14);
        assert_near(b->onboarding_supply[0], 180.0 + 3.0 * 29.45, 1e-14);
    }
    trust_free(t);
}

static void test_a_centre_with_an_offer_is_told(void **state)
{
    (void)state;
    static const char none[] = "centre = { posts = ( { id = \"team\"; remove = true; } ); };";
    trust *t = TRUST(TRUST_STILL, N, none, OFFER(""), "centre.unposted_pct_of_grant=4",
                     "capacity.onboarding_base_days=150");
    trust_run(t, 1);
    assert_true(trust_line(t, HR_L_CENTRE_NON_PAY, 0, 0) == -505000.0);
    assert_near(trust_open(t, 1)->onboarding_supply[0], 150.0, 0); /* it brings no such days */
    trust_free(t);
    trust *days = TRUST(TRUST_STILL, N, none, OFFER("onboarding_days = 1.0;"),
                        "capacity.onboarding_base_days=150");
    assert_near(trust_open(days, 1)->onboarding_supply[0], 20.0, 1e-14);
    trust_free(days);
}

static void test_schools_bear_it_at_the_start(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, OFFER("")), *plain = TRUST(TRUST_STILL, N, NULL);
    trust_run(t, 1);
    trust_run(plain, 1);
    for (int y = 0; y < 4; y++)
        assert_true(trust_metric(t, HR_M_RESERVES, y, 0) ==
                    trust_metric(plain, HR_M_RESERVES, y, 0));
    trust_free(t);
    trust_free(plain);
}

/* A joiner of May pays a third of the year and its step does not begin before September: by spring
 * both are known. */
static void test_the_budget_plans_for_the_whole_step(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, OFFER(""), GOOD_FIR("2027-05"), "capacity.leader_day_cost=0",
                     "budget.response=1");
    hr_batch *b = trust_open(t, 1);
    trust_year(b, 0);
    assert_near(b->centre_change[0], 94500.0 * 8 / 12 - 0.9 * 94500.0, 1e-12);
    /* 31,500 came this year, beside what the centre spends: 9,450 are to spare, nothing is saved.
     */
    trust_year(b, 1);
    assert_near(b->centre_change[0], 0.0, 0);
    trust_free(t);
    /* All of it and a tenth: 9,450 are lacking, which non-pay finds. */
    trust *all =
        TRUST(TRUST_STILL, N, OFFER("reinvest_pct = 110;"), GOOD_FIR("2027-05"),
              "capacity.leader_day_cost=0", "budget.response=1", "candidates.fir.join_cost=0");
    trust_run(all, 1);
    assert_within(trust_line(all, HR_L_CENTRE_NON_PAY, 1, 0), -505000.0 + 9450.0, 1.0);
    trust_free(all);
}

static void test_a_replay_tells_the_step(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, OFFER(""), GOOD_FIR("2027-09"));
    trust_run_traced(t, 1, 0);
    const int fir = trust_candidate_index(t, "fir");
    assert_int_equal(trust_events(t, HR_TE_OFFER_STEP, 0, -2), 0);
    assert_near(trust_event_value(t, HR_TE_OFFER_STEP, 1, fir), 85050.0, 1e-12);
    assert_int_equal(trust_events(t, HR_TE_OFFER_STEP, 2, -2), 0);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_steps_up_at_a_join),
        cmocka_unit_test(test_a_step_is_what_was_charged_in_the_year_of_joining),
        cmocka_unit_test(test_it_never_shrinks),
        cmocka_unit_test(test_it_grows_with_prices),
        cmocka_unit_test(test_its_days),
        cmocka_unit_test(test_a_centre_with_an_offer_is_told),
        cmocka_unit_test(test_schools_bear_it_at_the_start),
        cmocka_unit_test(test_the_budget_plans_for_the_whole_step),
        cmocka_unit_test(test_a_replay_tells_the_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
