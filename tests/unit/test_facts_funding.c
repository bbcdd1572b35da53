/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about what moves a whole trust's money, with the national defaults on five schools with
 * 2,500 pupils (fixture F): how far pay, prices, energy and grant together move a year's result,
 * and how little councils' funds for growing and falling rolls bring. Ranges are the expectation's
 * own, not the model's. */
#include "support/near.h"
#include "support/trust.h"

enum { N = 256, BATCHES = 16, PATHS = N * BATCHES, YEARS = 8 };

/* Nothing of a school's own varies: not its start, pupils, costs and risks, nor its area. */
#define QUIET_SCHOOLS                                                                              \
    "defaults = { school = { all = { in_year_pct = 0.0; reserves_pct = 8.0; head_turnover = 0.0; " \
    "oversubscription_pct = 10.0; needs_drift_pct = 0.2; }; phase = { primary = { cost_sd_pct = "  \
    "0.0; roll_sd_pct = 0.0; entry_sd_pct = 0.0; }; };"                                            \
    " }; area = { all = { sd_pct = 0.0; trend_sd_pct = 0.0; }; }; };"
#define QUIET_SECONDARY                                                                            \
    "defaults = { school = { phase = { secondary = { cost_sd_pct = 0.0; roll_sd_pct = 0.0; "       \
    "entry_sd_pct = 0.0; }; }; }; };"
#define NO_RISKS                                                                                   \
    "risks = ( { id = \"competitor-opens\"; remove = true; }, { id = \"cyber-incident\"; remove "  \
    "= true; }, { id = \"employment-claim\"; remove = true; } );"
#define NO_DAYS_NO_BIDS                                                                            \
    "capacity = { bought_in_days = 0.0; }; estate = { bid_chance = 0.0; urgent_pct = 0.0; };"
#define NO_ROLL_FUNDS "funding = { growth_share = 0.0; falling_share = 0.0; };"
#define NO_ANSWER                                                                                  \
    "budget = { response = 0.0; recovery_response = 0.0; spend_above_pct = 0.0; rebuild_pct = "    \
    "0.0; };"

/* In-year balance, % of income, of every future and year, into x[year][path]. */
static void collect(trust *t, double x[][PATHS])
{
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int y = 0; y < YEARS; y++)
            for (int i = 0; i < N; i++)
                x[y][k * N + i] = 100.0 * trust_metric(t, HR_M_IN_YEAR_BALANCE, y, i) /
                                  trust_metric(t, HR_M_INCOME, y, i);
    }
}

/* Standard deviation of x, or of x less `from` where that is given. */
static double deviation(const double x[PATHS], const double *from)
{
    double sum = 0.0, square = 0.0;
    for (int i = 0; i < PATHS; i++) {
        const double at = x[i] - (from ? from[i] : 0.0);
        sum += at;
        square += at * at;
    }
    return sqrt((square - sum * sum / PATHS) / (PATHS - 1));
}

/* The common part of in-year balance, all named drivers and what is left of the sector's shock
 * together, has a deviation of 1.2 % of income (0.8 to 1.8): of one year's shock where no budget
 * answers, and of a year's result where budgets do. The first two years' awards are known. */
static void test_what_moves_all_schools_alike(void **state)
{
    (void)state;
    double(*x)[PATHS] = calloc(YEARS, sizeof *x);
    assert_non_null(x);
    trust *shock = TRUST(TRUST_F, N, "years=8", QUIET_SCHOOLS, QUIET_SECONDARY, NO_RISKS,
                         NO_DAYS_NO_BIDS, NO_ROLL_FUNDS, NO_ANSWER);
    collect(shock, x);
    for (int y = 2; y < YEARS; y++)
        assert_within(deviation(x[y], x[y - 1]), 1.2, 0.3);
    trust_free(shock);
    trust *answered = TRUST(TRUST_F, N, "years=8", QUIET_SCHOOLS, QUIET_SECONDARY, NO_RISKS,
                            NO_DAYS_NO_BIDS, NO_ROLL_FUNDS);
    collect(answered, x);
    assert_true(deviation(x[0], NULL) < 0.8); /* a first year of known awards holds less */
    for (int y = 2; y < YEARS; y++) {
        const double common = deviation(x[y], NULL);
        assert_true(common > 0.8 && common < 1.8);
    }
    trust_free(answered);
    free(x);
}

/* Roll funds are second order: a trust of five schools sees one in fewer than one year in ten,
 * and they are less than one pound in a thousand. */
static void test_roll_funds_are_small(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, N, "years=8");
    double paid = 0.0, pounds = 0.0, income = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int y = 0; y < YEARS; y++)
            for (int i = 0; i < N; i++) {
                const double x = trust_line(t, HR_L_ROLL_FUNDS, y, i);
                paid += x > 0.0;
                pounds += x;
                income += trust_metric(t, HR_M_INCOME, y, i);
            }
    }
    assert_true(paid / (PATHS * YEARS) > 0.02 && paid / (PATHS * YEARS) < 0.1);
    assert_true(pounds / income > 1e-5 && pounds / income < 1e-3);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_moves_all_schools_alike),
        cmocka_unit_test(test_roll_funds_are_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
