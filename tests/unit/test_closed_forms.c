/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms: whole futures of small trusts against laws that need no simulation. Counts that are
 * binomial and Poisson, geometric waiting times, two correlated normals, Markov chains of grades
 * and of the funding regime, persistence of awards and rolls. Each is within 4.9 standard errors
 * (support/law.h). Sums, growth, losses, ruin and statistics are in test_closed_forms_money.c, a
 * trust without luck in test_spreadsheet.c.
 *
 * Of the usual list these do not apply: queues (Erlang B, M/M/c), because improvement days that
 * were not met are not carried over to the next year; simulation-based calibration, because nothing
 * is fitted while a run is made. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

#include "support/law.h"

enum { SOME = 782 * LAW_LANES }; /* 200,192 */

#define COMING_FORWARD(more)                                                                       \
    "pipeline = ( { id = \"near\"; open_month = 0; route = \"converter\"; phase = \"primary\"; "   \
    "ages = [4, 11]; roll = 210; grade = \"good\"; " more " } );"

/* ---- counts ---- */

static double joined_1(const trust *t, int i) { return trust_metric(t, HR_M_JOINED, 0, i); }
static double joined_2(const trust *t, int i)
{
    return trust_metric(t, HR_M_JOINED, 1, i) - trust_metric(t, HR_M_JOINED, 0, i);
}
static double joined_both(const trust *t, int i) { return trust_metric(t, HR_M_JOINED, 1, i); }

/* Six come forward for certain, each goes through with a chance of 0.3. */
static void test_joiners_are_binomial(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=1", LAW_ONE_SCHOOL,
                     COMING_FORWARD("slots = 6; wanted = 6; supply_a_year = 500.0; share = 1.0; "
                                    "opens_chance = 0.3;"));
    const law_futures f = law_run_one(t, SOME, joined_1);
    assert_law_mean(f, 6 * 0.3, 6 * 0.3 * 0.7);
    assert_law_variance(f, 6 * 0.3, 6 * 0.3 * 0.7);
    for (unsigned k = 0; k <= 6; k++)
        assert_law_share(law_count_equal(f, k), SOME, gsl_ran_binomial_pdf(k, 0.3, 6));
    law_free(f);
    trust_free(t);
}

/* 1.4 come forward a year; of those that go through with a chance of 0.5 a Poisson count is left,
 * independent from year to year. */
static void arrivals(const char *row, double mean)
{
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=2", LAW_ONE_SCHOOL, row);
    law_futures f[3];
    law_run(t, SOME, 3, (law_reader *const[]){joined_1, joined_2, joined_both}, f);
    for (int y = 0; y < 3; y++) {
        const double m = y < 2 ? mean : 2.0 * mean;
        assert_law_mean(f[y], m, m);
        assert_law_variance(f[y], m, m);
        for (unsigned k = 0; k < 6; k++)
            assert_law_share(law_count_equal(f[y], k), SOME, gsl_ran_poisson_pdf(k, m));
    }
    assert_law_covariance(f[0], f[1], mean, mean, 0.0);
    for (int y = 0; y < 3; y++)
        law_free(f[y]);
    trust_free(t);
}

static void test_arrivals_are_poisson(void **state)
{
    (void)state;
    arrivals(COMING_FORWARD("slots = 12; wanted = 12; supply_a_year = 4.0; share = 0.35;"), 1.4);
    arrivals(COMING_FORWARD("slots = 12; wanted = 12; supply_a_year = 4.0; share = 0.35; "
                            "opens_chance = 0.5;"),
             0.7);
}

/* Those that joined draw others: 4 (0.1 + 0.2 n) come forward where there are n schools. */
static void test_a_larger_trust_draws_more(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=2", LAW_ONE_SCHOOL,
                     COMING_FORWARD("slots = 40; wanted = 40; supply_a_year = 4.0; share = 0.1; "
                                    "share_per_school = 0.2;"));
    law_futures f[2];
    law_run(t, SOME, 2, (law_reader *const[]){joined_1, joined_2}, f);
    const double one = 4.0 * 0.3, two = 4.0 * (0.1 + 0.2 * (1.0 + one)), pull = 4.0 * 0.2;
    assert_law_mean(f[0], one, one);
    assert_law_mean(f[1], two, two + pull * pull * one);
    assert_law_covariance(f[0], f[1], one, two, pull * one);
    for (int y = 0; y < 2; y++)
        law_free(f[y]);
    trust_free(t);
}

/* ---- waiting times ---- */

/* A first year from 0, the number of years where it does not happen; a chance `p` in each. */
static void assert_geometric(law_futures f, int years, double p)
{
    double mean = 0.0, square = 0.0, left = 1.0;
    for (int k = 0; k < years; k++) {
        assert_law_share(law_count_equal(f, k), f.n, left * p);
        left *= 1.0 - p;
        mean += left; /* chance of waiting longer than k years */
        square += (2.0 * k + 1.0) * left;
    }
    assert_law_share(law_count_equal(f, years), f.n, left);
    assert_law_mean(f, mean, square - mean * mean);
}

static bool strikes(const trust *t, int y, int i)
{
    return trust_line(t, HR_L_RISK_COSTS, y, i) < 0;
}
static bool is_seen(const trust *t, int y, int i)
{
    return trust_school(t, "ash", y, HR_SC_BELOW_GOOD, i) > 0.0;
}
static bool one_is_seen(const trust *t, int y, int i) /* elm is below good from the start */
{
    return trust_metric(t, HR_M_SCHOOLS_BELOW_GOOD, y, i) > 1.0;
}
static bool in_deficit(const trust *t, int y, int i)
{
    return trust_risk(t, HR_R_IN_YEAR_DEFICIT, y, i) > 0.0;
}
static double first_strike(const trust *t, int i) { return law_first_year(t, i, strikes); }
static double first_seen(const trust *t, int i) { return law_first_year(t, i, is_seen); }
static double first_of_four(const trust *t, int i) { return law_first_year(t, i, one_is_seen); }
static double first_deficit(const trust *t, int i) { return law_first_year(t, i, in_deficit); }
static double joining_year(const trust *t, int i)
{
    const double year = trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i);
    return year < 0.0 ? t->years : year;
}

static void test_a_first_event_is_geometric(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=8", LAW_ONE_SCHOOL,
                     "risks = ( { id = \"r\"; chance = 0.15; cost = 1000; } );");
    const law_futures f = law_run_one(t, SOME, first_strike);
    assert_geometric(f, 8, 0.15);
    law_free(f);
    trust_free(t);
}

/* Every good school falls in the first year; it shows when it is inspected. */
static void test_a_first_inspection_is_geometric(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=6",
                     "capacity = { decline_full = { good = 1.0; }; decline_none = { good = 1.0; }; "
                     "inspection_chance = { good = 0.25; }; };");
    law_futures f[2];
    law_run(t, SOME, 2, (law_reader *const[]){first_seen, first_of_four}, f);
    assert_geometric(f[0], 6, 0.25);
    assert_geometric(f[1], 6, 1.0 - pow(0.75, 4.0));
    law_free(f[0]);
    law_free(f[1]);
    trust_free(t);
}

/* A surplus of 1 % of income in the mean and a deviation of 2 % that forgets the last year. */
static void test_a_first_deficit_is_geometric(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=6", LAW_ONE_SCHOOL, "schools.ash.in_year_pct=1",
                     "world_drivers.sector_sd_pct=2");
    const law_futures f = law_run_one(t, SOME, first_deficit);
    assert_geometric(f, 6, gsl_cdf_ugaussian_P(-0.5));
    law_free(f);
    trust_free(t);
}

/* The department approves with a chance of 0.6 in each year in which it is asked. */
static void test_waiting_for_approval_is_geometric(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, LAW_ONE_SCHOOL,
                     TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"application\"; "
                               "wished = \"+0\";"),
                     "growth_policy = { max_wait_years = 10; approval = { green = 0.6; amber = "
                     "0.6; red = 0.6; }; };");
    const law_futures f = law_run_one(t, SOME, joining_year);
    assert_geometric(f, t->years, 0.6);
    law_free(f);
    trust_free(t);
}

/* ---- correlation and persistence ---- */

static double both_in_deficit(const trust *t, int i)
{
    return trust_school(t, "ash", 0, HR_SC_IN_YEAR_DEFICIT, i) *
           trust_school(t, "beech", 0, HR_SC_IN_YEAR_DEFICIT, i);
}
static double both_rates_low(const trust *t, int i)
{
    return trust_line(t, HR_L_TEACHERS, 0, i) > -0.48 * LAW_INCOME &&
           trust_line(t, HR_L_PREMISES, 0, i) > -0.06 * LAW_INCOME;
}

/* That two normals with correlation rho are both below their means: 1/4 + asin(rho) / (2 pi). */
static void test_two_correlated_normals(void **state)
{
    (void)state;
    trust *settings =
        TRUST(TRUST_STILL, LAW_LANES, "years=1", LAW_NO_CENTRE,
              "schools = ( { id = \"ash\"; in_year_pct = { dist = \"normal\"; mean = 0.0; sd = "
              "2.0; }; }, { id = \"beech\"; in_year_pct = { dist = \"normal\"; mean = 0.0; sd = "
              "3.0; }; } );",
              "capacity = { improvement_base_days = 400.0; };",
              "correlations = ( { a = \"schools.ash.in_year_pct\"; b = "
              "\"schools.beech.in_year_pct\"; rho = 0.6; } );");
    law_futures f = law_run_one(settings, SOME, both_in_deficit);
    assert_law_share(law_count_equal(f, 1.0), SOME, 0.25 + asin(0.6) / (2.0 * M_PI));
    law_free(f);
    trust_free(settings);
    trust *drivers = TRUST(
        TRUST_STILL, LAW_LANES, "years=1", LAW_ONE_SCHOOL,
        "world_drivers = { teacher_pay = { known_pct = ( (\"2010/11\", 0.0) ); mean_pct = 3.0; "
        "sd_pct = 2.0; floor_pct = -50.0; }; prices = { known_pct = ( (\"2010/11\", 0.0) ); "
        "mean_pct = 2.0; sd_pct = 1.5; floor_pct = -50.0; }; };",
        "correlations = ( { a = \"teacher_pay\"; b = \"prices\"; rho = -0.5; } );");
    f = law_run_one(drivers, SOME, both_rates_low);
    assert_law_share(law_count_equal(f, 1.0), SOME, 0.25 + asin(-0.5) / (2.0 * M_PI));
    law_free(f);
    trust_free(drivers);
}

/* One step of a chain: p <- p M. */
static void chain_step(double *p, int states, const double *matrix)
{
    double next[4] = {0.0};
    for (int i = 0; i < states; i++)
        for (int j = 0; j < states; j++)
            next[j] += p[i] * matrix[i * states + j];
    memcpy(p, next, (size_t)states * sizeof *p);
}

/* Quality falls from good with 0.15 and rises from below good with 0.4; a good school is inspected
 * with a chance `seen_good`, one below good with `seen_weak`. States: quality x last grade. */
static void grades(const char *inspections, double seen_good, double seen_weak)
{
    static const double falls = 0.15, rises = 0.4;
    double matrix[16] = {0.0};
    for (int q = 0; q < 2; q++)
        for (int g = 0; g < 2; g++)
            for (int to = 0; to < 2; to++) {
                const double leaves = q ? rises : falls, moves = to == q ? 1.0 - leaves : leaves;
                const double seen = g ? seen_weak : seen_good;
                matrix[(2 * q + g) * 4 + 2 * to + to] += moves * seen;
                matrix[(2 * q + g) * 4 + 2 * to + g] += moves * (1.0 - seen);
            }
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=8", LAW_ONE_SCHOOL,
                     "capacity = { decline_full = { good = 0.15; }; decline_none = { good = 0.15; "
                     "}; improve_full = { requires_improvement = 0.4; }; improve_none = { "
                     "requires_improvement = 0.4; }; };",
                     inspections);
    double below[8] = {0.0}, p[4] = {1.0, 0.0, 0.0, 0.0};
    for (size_t first = 0; first < SOME; first += LAW_LANES) {
        trust_run(t, 1 + first);
        for (int y = 0; y < 8; y++)
            for (int i = 0; i < LAW_LANES; i++)
                below[y] += trust_school(t, "ash", y, HR_SC_BELOW_GOOD, i);
    }
    for (int y = 0; y < 8; y++) {
        chain_step(p, 4, matrix);
        assert_law_share(below[y], SOME, p[1] + p[3]);
        if (seen_good == 1.0) /* two states: what is left of the start fades by 1 - 0.15 - 0.4 */
            assert_near(p[1] + p[3], 0.15 / 0.55 * (1.0 - pow(0.45, y + 1.0)), 1e-12);
    }
    trust_free(t);
}

#define ANY_TIME "stuck_later_share = 0.0; quiet_years = { all = 0; }; "

static void test_grades_are_a_markov_chain(void **state)
{
    (void)state;
    grades("capacity = { " ANY_TIME
           "inspection_chance = { good = 1.0; requires_improvement = 1.0; }; };",
           1.0, 1.0);
    grades("capacity = { " ANY_TIME
           "inspection_chance = { good = 0.3; requires_improvement = 0.5; }; };",
           0.3, 0.5);
}

/* The other regime, drawn with a chance of 0.2 of switching in each year, shows in the growth. */
static void test_the_regime_is_a_markov_chain(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=5", LAW_ONE_SCHOOL,
                     "world_drivers = { funding_known_pct = ( (\"2010/11\", 0.0) ); "
                     "regime_switch_chance = 0.2; regime_gap_pct = 1.0; };");
    static const double matrix[4] = {0.8, 0.2, 0.2, 0.8};
    double on[5] = {0.0}, p[2] = {1.0, 0.0};
    for (size_t first = 0; first < SOME; first += LAW_LANES) {
        trust_run(t, 1 + first);
        for (int y = 1; y < 5; y++)
            for (int i = 0; i < LAW_LANES; i++)
                on[y] += trust_metric(t, HR_M_GRANT, y, i) > trust_metric(t, HR_M_GRANT, y - 1, i);
    }
    for (int y = 0; y < 5; y++) {
        chain_step(p, 2, matrix);
        if (y > 0)
            assert_law_share(on[y], SOME, p[1]);
    }
    trust_free(t);
}

static double award(const trust *t, int y, int i)
{
    const double ratio =
        trust_line(t, HR_L_TEACHERS, y, i) / trust_line(t, HR_L_TEACHERS, y - 1, i);
    return 100.0 * (ratio - 1.0);
}
static double award_1(const trust *t, int i) { return award(t, 1, i); }
static double award_2(const trust *t, int i) { return award(t, 2, i); }
static double award_4(const trust *t, int i) { return award(t, 4, i); }

/* Awards that are not known begin at their mean before the start: the variance of year t is
 * sd^2 (1 - rho^(2 (t + 1))), and k years later rho^k of it is left. */
static void test_awards_are_autoregressive(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=5", LAW_ONE_SCHOOL,
                     "world_drivers = { teacher_pay = { known_pct = ( (\"2010/11\", 0.0) ); "
                     "mean_pct = 3.0; sd_pct = 1.8; persistence = 0.6; floor_pct = -50.0; }; };");
    law_futures f[3];
    law_run(t, SOME, 3, (law_reader *const[]){award_1, award_2, award_4}, f);
    static const int year[3] = {1, 2, 4};
    double variance[3];
    for (int k = 0; k < 3; k++) {
        variance[k] = 1.8 * 1.8 * (1.0 - pow(0.6, 2.0 * (year[k] + 1)));
        assert_law_mean(f[k], 3.0, variance[k]);
        assert_law_variance(f[k], 3.0, variance[k]);
    }
    assert_law_covariance(f[0], f[1], 3.0, 3.0, 0.6 * variance[0]);
    assert_law_covariance(f[1], f[2], 3.0, 3.0, 0.36 * variance[1]);
    assert_law_covariance(f[0], f[2], 3.0, 3.0, 0.216 * variance[0]);
    for (int k = 0; k < 3; k++)
        law_free(f[k]);
    trust_free(t);
}

/* What a year made of a roll that has room: year groups and those who enter move alike. */
static double moved_1(const trust *t, int i)
{
    return trust_school(t, "ash", 0, HR_SC_PUPILS, i) / 350.0;
}
static double moved_2(const trust *t, int i)
{
    return trust_school(t, "ash", 1, HR_SC_PUPILS, i) / trust_school(t, "ash", 0, HR_SC_PUPILS, i);
}

static void test_rolls_are_autoregressive(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=2", LAW_ONE_SCHOOL,
                     "schools = ( { id = \"ash\"; pan = 200; roll_sd_pct = 5.0; roll_sd_size = "
                     "300; roll_sd_exponent = 0.5; roll_persistence = 0.6; } );");
    law_futures f[2];
    law_run(t, SOME, 2, (law_reader *const[]){moved_1, moved_2}, f);
    const double variance = 0.05 * 0.05 * 300.0 / 350.0; /* settled before the start */
    for (int k = 0; k < 2; k++) {
        assert_law_mean(f[k], 1.0, variance);
        assert_law_variance(f[k], 1.0, variance);
    }
    assert_law_covariance(f[0], f[1], 1.0, 1.0, 0.6 * variance);
    law_free(f[0]);
    law_free(f[1]);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_joiners_are_binomial),
        cmocka_unit_test(test_arrivals_are_poisson),
        cmocka_unit_test(test_a_larger_trust_draws_more),
        cmocka_unit_test(test_a_first_event_is_geometric),
        cmocka_unit_test(test_a_first_inspection_is_geometric),
        cmocka_unit_test(test_a_first_deficit_is_geometric),
        cmocka_unit_test(test_waiting_for_approval_is_geometric),
        cmocka_unit_test(test_two_correlated_normals),
        cmocka_unit_test(test_grades_are_a_markov_chain),
        cmocka_unit_test(test_the_regime_is_a_markov_chain),
        cmocka_unit_test(test_awards_are_autoregressive),
        cmocka_unit_test(test_rolls_are_autoregressive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
