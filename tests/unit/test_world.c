/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world and what moves with it: known rates and those drawn, persistence and deviation as
 * written, price levels, April awards, energy jumps, funding, correlations, and figures in the
 * prices of another year. */
#include <stdio.h>

#include "domain/steps.h"
#include "support/near.h"
#include "support/trust.h"

enum { N = 32, WIDE = 256, BATCHES = 16, PATHS = WIDE * BATCHES };

static double index_of(const hr_batch *b, hr_grows grows, int year, int lane)
{
    return b->index[((int)grows * (b->plan->years + 1) + year + 1) * b->lanes + lane];
}

static void run_years(hr_batch *b, int years)
{
    for (int y = 0; y < years; y++)
        trust_year(b, y);
}

static void test_known_rates_make_the_price_levels(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "world_drivers = { teacher_pay = { known_pct = ( (\"2026/27\", 4.0), "
                     "(\"2027/28\", 3.0), (\"2028/29\", 2.0), (\"2029/30\", 0.0) ); };"
                     " prices = { known_pct = ( (\"2026/27\", 2.0), (\"2027/28\", 5.0), "
                     "(\"2028/29\", 1.0), (\"2029/30\", 0.0) ); }; };");
    hr_batch *b = trust_open(t, 1);
    run_years(b, 4);
    assert_near(index_of(b, HR_GROWS_TEACHER_PAY, 0, 3), 1.0,
                1e-15); /* in the first year's budget already */
    assert_near(index_of(b, HR_GROWS_TEACHER_PAY, 1, 3), 1.03, 1e-15);
    assert_near(index_of(b, HR_GROWS_TEACHER_PAY, 2, 3), 1.03 * 1.02, 1e-15);
    assert_near(index_of(b, HR_GROWS_PRICES, 1, 3), 1.05, 1e-15);
    assert_near(index_of(b, HR_GROWS_PRICES, 3, 3), 1.05 * 1.01, 1e-15);
    trust_free(t);
}

static void test_an_april_award_comes_in_two_parts(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "world_drivers = { support_pay = { known_pct = ( (\"2026/27\", 0.0), "
                     "(\"2027/28\", 12.0), (\"2028/29\", 0.0), (\"2029/30\", 0.0) ); }; };");
    hr_batch *b = trust_open(t, 1);
    run_years(b, 4);
    assert_near(index_of(b, HR_GROWS_SUPPORT_PAY, 0, 0), 1.0, 1e-15);
    assert_near(index_of(b, HR_GROWS_SUPPORT_PAY, 1, 0), 1.05, 1e-15); /* five months of 12 % */
    assert_near(index_of(b, HR_GROWS_SUPPORT_PAY, 2, 0), 1.12, 1e-14); /* and the other seven */
    assert_near(index_of(b, HR_GROWS_SUPPORT_PAY, 3, 0), 1.12, 1e-14);
    trust_free(t);
}

static void test_an_energy_jump_fades(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "world_drivers = { energy_jump_chance = ( (\"2026/27\", 0.0), (\"2027/28\", "
                     "1.0), (\"2028/29\", 0.0) ); energy_jump_pct = 40.0; };");
    hr_batch *b = trust_open(t, 1);
    run_years(b, 4);
    static const double level[4] = {1.0, 1.4, 1.2, 1.0};
    for (int y = 0; y < 4; y++)
        assert_near(index_of(b, HR_GROWS_ENERGY, y, 7), level[y], 1e-14);
    trust_free(t);
}

#define OPEN_FUNDING "world_drivers = { funding_known_pct = ( (\"2010/11\", 0.0) ); };"

static void test_funding_follows_costs_the_gap_and_what_is_unfunded(void **state)
{
    (void)state;
    trust *known = TRUST(TRUST_STILL, N,
                         "world_drivers = { funding_known_pct = ( (\"2026/27\", 9.0), "
                         "(\"2027/28\", 3.0), (\"2028/29\", 1.0), (\"2029/30\", 0.0) ); };");
    hr_batch *b = trust_open(known, 1);
    run_years(b, 3);
    assert_near(index_of(b, HR_GROWS_GRANT, 0, 0), 1.0,
                0); /* the first year's grant is known in its own prices */
    assert_near(index_of(b, HR_GROWS_GRANT, 1, 0), 1.03, 1e-15);
    assert_near(index_of(b, HR_GROWS_GRANT, 2, 0), 1.03 * 1.01, 1e-15);
    trust_free(known);
    /* Teachers are 7,912,240 of the schools' 15,315,000 or so: their 4 %, less a point that is
     * unfunded, less a gap of 0.5. */
    trust *t =
        TRUST(TRUST_STILL, N, OPEN_FUNDING,
              "world_drivers = { structural_gap_pct = -0.5; unfunded_award_pct = 1.0; teacher_pay "
              "= { known_pct = ( (\"2026/27\", 0.0), (\"2027/28\", 4.0) ); }; };");
    b = trust_open(t, 1);
    run_years(b, 2);
    const double teachers = 7912240.0 / (4 * 2075500.0 + 7013000.0);
    assert_near(index_of(b, HR_GROWS_GRANT, 1, 0), 1.0 + (3.0 * teachers - 0.5) / 100.0, 1e-12);
    trust_free(t);
    /* The other regime, switched to and fro every year. */
    trust *regime = TRUST(TRUST_STILL, N, OPEN_FUNDING,
                          "world_drivers = { regime_switch_chance = 1.0; regime_gap_pct = 0.4; };");
    b = trust_open(regime, 1);
    run_years(b, 3);
    assert_near(index_of(b, HR_GROWS_GRANT, 1, 0), 1.0, 1e-15);
    assert_near(index_of(b, HR_GROWS_GRANT, 2, 0), 1.004, 1e-14);
    trust_free(regime);
}

/* Awards not known: the deviation of a year far off and the persistence as written, over 4,096
 * futures. The standard error of a deviation is 1.1 %, that of a correlation (1 - r^2) / 64; five
 * of each are allowed. */
static void test_rates_not_known_are_persistent(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, WIDE, "years=8",
              "world_drivers = { teacher_pay = { known_pct = ( (\"2010/11\", 0.0) ); mean_pct = "
              "2.8; sd_pct = 1.85; persistence = 0.5; floor_pct = -50.0; };"
              " support_pay = { known_pct = ( (\"2010/11\", 0.0) ); mean_pct = 3.0; sd_pct = 1.8; "
              "persistence = 0.5; floor_pct = -50.0; };"
              " energy = { known_pct = ( (\"2010/11\", 0.0) ); mean_pct = 0.0; sd_pct = 5.0; "
              "persistence = 0.0; floor_pct = -2.0; }; };",
              "correlations = ( { a = \"teacher_pay\"; b = \"support_pay\"; rho = 0.6; } );");
    double sum = 0, square = 0, product = 0, before = 0, first = 0, surprise = 0, both = 0, one = 0,
           other = 0, floored = 0;
    for (int k = 0; k < BATCHES; k++) {
        hr_batch *b = trust_open(t, 1 + (uint64_t)k * WIDE);
        trust_year(b, 0);
        for (int i = 0; i < WIDE; i++) {
            const double x = b->rate[HR_W_TEACHER_PAY][i] - 2.8,
                         y = b->rate[HR_W_SUPPORT_PAY][i] - 3.0;
            first += x * x;
            surprise += index_of(b, HR_GROWS_TEACHER_PAY, 0, i) - 1.0;
            one += x * x;
            other += y * y;
            both += x * y;
            assert_true(b->rate[HR_W_ENERGY][i] >= -2.0);
            floored += b->rate[HR_W_ENERGY][i] == -2.0;
        }
        for (int y = 1; y < 7; y++)
            trust_year(b, y);
        double last[WIDE];
        for (int i = 0; i < WIDE; i++)
            last[i] = b->rate[HR_W_TEACHER_PAY][i] - 2.8;
        trust_year(b, 7);
        for (int i = 0; i < WIDE; i++) {
            const double x = b->rate[HR_W_TEACHER_PAY][i] - 2.8;
            sum += x;
            square += x * x;
            before += last[i] * last[i];
            product += x * last[i];
        }
    }
    const double n = PATHS;
    assert_within(sum / n, 0.0, 5 * 1.85 / 64.0);
    assert_near(sqrt(square / n), 1.85, 0.055);
    assert_within(product / sqrt(square * before), 0.5, 5 * 0.75 / 64.0);
    assert_near(sqrt(first / n), 1.85 * sqrt(0.75), 0.055); /* a year off */
    assert_within(surprise / n, 0.0, 5 * 0.0156 / 64.0);
    assert_within(both / sqrt(one * other), 0.6, 5 * 0.64 / 64.0);
    assert_within(floored / n, 0.3446, 5 * 0.0075); /* below -0.4 deviations */
    trust_free(t);
}

/* The award of a start year that was not known is a surprise to the budget: it moves teachers'
 * cost. */
static void test_the_first_award_surprises(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "world_drivers = { teacher_pay = { known_pct = ( (\"2010/11\", 0.0) ); "
                     "mean_pct = 3.0; sd_pct = 2.0; }; };");
    trust_run_traced(t, 1, 4);
    const double level = trust_state(t, HR_TS_INDEX, 0, HR_GROWS_TEACHER_PAY, -1);
    assert_true(level != 1.0);
    assert_true(trust_posted_by(t, HR_L_TEACHERS, 0, "ash") == -hr_nearest(996240.0 * level));
    trust_free(t);
}

static void test_settings_correlate_as_written(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, WIDE,
        "schools = ( { id = \"ash\"; in_year_pct = { dist = \"normal\"; mean = 0.0; sd = 1.0; }; "
        "}, { id = \"beech\"; in_year_pct = { dist = \"normal\"; mean = 0.0; sd = 2.0; }; } );",
        "correlations = ( { a = \"schools.ash.in_year_pct\"; b = \"schools.beech.in_year_pct\"; "
        "rho = -0.7; } );");
    double xx = 0, yy = 0, xy = 0;
    for (int k = 0; k < BATCHES; k++) {
        hr_batch *b = trust_open(t, 1 + (uint64_t)k * WIDE);
        const double *x = hr_set(b, trust_plan_school(t, "ash")->par->in_year_pct);
        const double *y = hr_set(b, trust_plan_school(t, "beech")->par->in_year_pct);
        for (int i = 0; i < WIDE; i++) {
            xx += x[i] * x[i];
            yy += y[i] * y[i];
            xy += x[i] * y[i];
        }
    }
    assert_within(xy / sqrt(xx * yy), -0.7, 5 * 0.51 / 64.0);
    assert_near(sqrt(yy / PATHS), 2.0, 0.055);
    trust_free(t);
}

static void test_the_area_shock_is_shared_and_persistent(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, WIDE,
        "areas = ( { id = \"local\"; sd_pct = 2.5; persistence = 0.7; trend_sd_pct = 1.5; } );");
    double square = 0, product = 0, later = 0, trend = 0;
    for (int k = 0; k < BATCHES; k++) {
        hr_batch *b = trust_open(t, 1 + (uint64_t)k * WIDE);
        trust_year(b, 0);
        double first[WIDE];
        memcpy(first, b->area_shock, sizeof first);
        for (int i = 0; i < WIDE; i++)
            trend += b->area_trend[i] * b->area_trend[i];
        trust_year(b, 1);
        for (int i = 0; i < WIDE; i++) {
            square += first[i] * first[i];
            later += b->area_shock[i] * b->area_shock[i];
            product += first[i] * b->area_shock[i];
        }
    }
    assert_near(sqrt(square / PATHS), 0.025, 0.055); /* from the first year on */
    assert_within(product / sqrt(square * later), 0.7, 5 * 0.51 / 64.0);
    assert_near(sqrt(trend / PATHS), 1.0, 0.055);
    trust_free(t);
}

/* ---- figures ---- */

#define PRICES                                                                                     \
    "world_drivers = { prices = { known_pct = ( (\"2024/25\", 9.0), (\"2025/26\", 3.0), "          \
    "(\"2026/27\", 2.0), (\"2027/28\", 10.0), (\"2028/29\", 5.0), (\"2029/30\", 0.0) ); }; };"

static void non_pay(const char *value, double a, double b, double c, double d)
{
    char change[300];
    snprintf(change, sizeof change, "centre.non_pay=%s", value);
    trust *t = TRUST(TRUST_STILL, N, PRICES, change);
    trust_run(t, 1);
    const double want[4] = {a, b, c, d};
    for (int y = 0; y < 4; y++)
        if (fabs(trust_line(t, HR_L_CENTRE_NON_PAY, y, 9) + want[y]) > 0.51)
            fail_msg("%s is %.17g in year %d, not %.17g", value,
                     -trust_line(t, HR_L_CENTRE_NON_PAY, y, 9), y, want[y]);
    trust_free(t);
}

static void test_a_figure_moves_from_its_price_year(void **state)
{
    (void)state;
    non_pay("100000", 100000, 110000, 115500, 115500);
    non_pay("{ value = 100000; of_year = \"2024/25\"; }", 105060, 115566, 121344.3, 121344.3);
    non_pay("{ value = 115500; of_year = \"2028/29\"; }", 100000, 110000, 115500, 115500);
    non_pay("{ dist = \"uniform\"; min = 99999.9; max = 100000.1; of_year = \"2024/25\"; }", 105060,
            115566, 121344.3, 121344.3);
}

static void test_a_series_grows_after_its_last_entry(void **state)
{
    (void)state;
    non_pay("(( \"2025/26\", 100000 ))", 102000, 112200, 117810, 117810);
    non_pay("(( \"2026/27\", 100000 ), ( \"2027/28\", 200000 ))", 100000, 200000, 210000, 210000);
}

static void test_a_series_holds_until_its_next_entry(void **state)
{
    (void)state;
    non_pay("(( \"2026/27\", 100000 ), ( \"2028/29\", 200000 ))", 100000, 100000, 200000, 200000);
}

/* A rate given as one number is known in every year: also in those before the start. */
static void test_a_known_rate_given_as_a_number(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "world_drivers.prices.known_pct=4",
                     "centre.non_pay={ value = 100000; of_year = \"2025/26\"; }");
    trust_run(t, 1);
    assert_within(trust_line(t, HR_L_CENTRE_NON_PAY, 0, 0), -104000.0, 0.51);
    assert_within(trust_line(t, HR_L_CENTRE_NON_PAY, 1, 0), -108160.0, 0.51);
    trust_free(t);
}

/* Where no rate is known a figure comes to the start by the deflator, so that another mean of
 * prices moves the years ahead and not the start; without a deflator by the mean. */
static void test_a_mean_does_not_move_the_start(void **state)
{
    (void)state;
    static const struct {
        const char *prices;
        double start, next;
    } cases[] = {
        {"deflator_pct = 3.0; mean_pct = 3.0;", 100000.0 / 1.03, 100000.0},
        {"deflator_pct = 3.0; mean_pct = 8.0;", 100000.0 / 1.03, 100000.0 * 1.08 / 1.03},
        {"deflator_pct = 1.0; mean_pct = 8.0;", 100000.0 / 1.01, 100000.0 * 1.08 / 1.01},
    };
    for (int i = 0; i < 3; i++) {
        char change[200];
        snprintf(change, sizeof change,
                 "world_drivers = { prices = { known_pct = ( (\"2010/11\", 0.0) ); %s }; };",
                 cases[i].prices);
        trust *t = TRUST(TRUST_STILL, N, change,
                         "centre.non_pay={ value = 100000; of_year = \"2027/28\"; }");
        trust_run(t, 1);
        assert_within(trust_line(t, HR_L_CENTRE_NON_PAY, 0, 0), -cases[i].start, 0.51);
        assert_within(trust_line(t, HR_L_CENTRE_NON_PAY, 1, 0), -cases[i].next, 0.51);
        trust_free(t);
    }
}

static void test_yearly_settings_persist(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, WIDE,
                     "centre.non_pay={ dist = \"normal\"; mean = 700000; sd = 50000; each = "
                     "\"year\"; persistence = 0.6; }");
    double xx = 0, yy = 0, xy = 0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * WIDE);
        for (int i = 0; i < WIDE; i++) {
            const double x = -trust_line(t, HR_L_CENTRE_NON_PAY, 0, i) - 700000.0,
                         y = -trust_line(t, HR_L_CENTRE_NON_PAY, 1, i) - 700000.0;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
    }
    assert_near(sqrt(xx / PATHS), 50000.0, 0.055);
    assert_near(sqrt(yy / PATHS), 50000.0, 0.055);
    assert_within(xy / sqrt(xx * yy), 0.6, 5 * 0.64 / 64.0);
    trust_free(t);
}

/* What each year brought, added up beside the model. */
static void test_averages_are_those_of_the_years(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_BENCH, N, "years=6");
    hr_batch *b = trust_open(t, 1);
    double sum[HR_N_average][N] = {{0.0}};
    for (int y = 0; y < t->years; y++) {
        trust_year(b, y);
        for (int i = 0; i < N; i++) {
            sum[HR_average_FUNDING][i] += b->funding[i];
            sum[HR_average_TEACHER_PAY][i] += b->rate[HR_W_TEACHER_PAY][i];
            sum[HR_average_SUPPORT_PAY][i] += b->rate[HR_W_SUPPORT_PAY][i];
            sum[HR_average_PRICES][i] += b->rate[HR_W_PRICES][i];
            sum[HR_average_SECTOR][i] += 100.0 * b->sector[i];
            sum[HR_average_ENERGY][i] +=
                100.0 * index_of(b, HR_GROWS_ENERGY, y, i) / index_of(b, HR_GROWS_PRICES, y, i) -
                100.0;
        }
    }
    for (int a = 0; a < HR_N_average; a++)
        for (int i = 0; i < N && a != HR_average_AREA_DEMAND; i++)
            assert_within(b->average[a * N + i], sum[a][i] / t->years, 1e-12);
    trust_free(t);
}

/* Rates that are told make averages that need no luck; so do two areas of two trends, of which each
 * counts by the pupils there at the start, and a candidate's not. */
static void test_averages_of_what_is_known(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "world_drivers = { teacher_pay = { known_pct = ( (\"2026/27\", 4.0), "
                     "(\"2027/28\", 3.0), (\"2028/29\", 2.0), (\"2029/30\", 0.0) ); }; };"
                     "areas = ( { id = \"local\"; trend_pct = 1.0; }, { id = \"far\"; trend_pct = "
                     "-4.0; trend_sd_pct = 0.0; sd_pct = 0.0; } );" TRUST_FIR(
                         "route = \"converter\"; wished = \"+0\"; "
                         "area = \"far\";"),
                     "years=4");
    trust_run(t, 1);
    for (int i = 0; i < N; i++) {
        assert_near(t->out.average[HR_average_TEACHER_PAY * N + i], 9.0 / 4.0, 1e-14);
        assert_near(t->out.average[HR_average_AREA_DEMAND * N + i], 1.0, 1e-12);
    }
    trust_free(t);
    t = TRUST(TRUST_STILL, N,
              "areas = ( { id = \"local\"; trend_pct = 1.0; }, { id = \"far\"; trend_pct = -4.0; "
              "trend_sd_pct = 0.0; sd_pct = 0.0; } );",
              "years=4", "schools.oak.area=far");
    trust_run(t, 1);
    hr_batch *b = trust_open(t, 1);
    double all = 0.0, far = 0.0;
    for (int s = 0; s < t->plan->schools; s++) {
        const double roll = b->opening_roll[s * N];
        all += t->plan->school[s].candidate < 0 ? roll : 0.0;
        far += s == trust_school_index(t, "oak") ? roll : 0.0;
    }
    assert_true(far > 0.0 && far < all);
    assert_near(t->out.average[HR_average_AREA_DEMAND * N], 1.0 - 5.0 * far / all, 1e-12);
    trust_free(t);
}

/* Each is a driver that moves every year, of the trust or an area, by its key. */
static void test_averages_are_drivers(void **state)
{
    (void)state;
    for (int a = 0; a < HR_N_average; a++) {
        const int driver = hr_driver_find(hr_choice_word(HR_SET_average, a));
        assert_true(driver >= 0);
        const hr_driver_row *row = hr_driver_describe(driver);
        assert_int_equal(row->rhythm, HR_RHYTHM_YEAR);
        assert_true(row->scope == HR_SCOPE_TRUST || row->scope == HR_SCOPE_AREA);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_rates_make_the_price_levels),
        cmocka_unit_test(test_an_april_award_comes_in_two_parts),
        cmocka_unit_test(test_an_energy_jump_fades),
        cmocka_unit_test(test_funding_follows_costs_the_gap_and_what_is_unfunded),
        cmocka_unit_test(test_rates_not_known_are_persistent),
        cmocka_unit_test(test_the_first_award_surprises),
        cmocka_unit_test(test_settings_correlate_as_written),
        cmocka_unit_test(test_the_area_shock_is_shared_and_persistent),
        cmocka_unit_test(test_a_figure_moves_from_its_price_year),
        cmocka_unit_test(test_a_mean_does_not_move_the_start),
        cmocka_unit_test(test_a_series_grows_after_its_last_entry),
        cmocka_unit_test(test_a_series_holds_until_its_next_entry),
        cmocka_unit_test(test_a_known_rate_given_as_a_number),
        cmocka_unit_test(test_yearly_settings_persist),
        cmocka_unit_test(test_averages_are_those_of_the_years),
        cmocka_unit_test(test_averages_of_what_is_known),
        cmocka_unit_test(test_averages_are_drivers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
