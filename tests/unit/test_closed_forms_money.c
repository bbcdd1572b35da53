/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms of money: whole futures of small trusts against laws that need no simulation. Sums
 * of normals, compounded growth, losses of a drawn size, ruin of a random walk, order statistics
 * and a fixed schedule of capital. Each is within 4.9 standard errors (support/law.h); what is
 * exact is asked exactly. Counts and chains are in test_closed_forms.c. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>

#include "base/estimate.h"
#include "support/law.h"

enum { SOME = 782 * LAW_LANES, MANY = 1 << 20 }; /* 200,192 and 1,048,576 */

static double reserves_5(const trust *t, int i) { return trust_metric(t, HR_M_RESERVES, 4, i); }

/* Two schools whose own noise is independent, and a shock that they share, over five years. */
static void test_a_surplus_is_a_sum_of_normals(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=5",
                     "schools = ( { id = \"cedar\"; remove = true; }, { id = \"elm\"; remove = "
                     "true; }, { id = \"oak\"; remove = true; } );",
                     LAW_NO_CENTRE,
                     "defaults = { school = { all = { cost_sd_size = 250; }; phase = { primary = { "
                     "cost_sd_pct = 4.0; }; }; }; };",
                     "world_drivers.sector_sd_pct=0.5");
    const law_futures f = law_run_one(t, SOME, reserves_5);
    const double own = LAW_INCOME * 0.04 * sqrt(250.0 / 350.0), shared = 2.0 * LAW_INCOME * 0.005;
    const double variance = 5.0 * (2.0 * own * own + shared * shared);
    assert_law_mean(f, 400000.0, variance);
    assert_law_variance(f, 400000.0, variance);
    static const double p[] = {0.01, 0.05, 0.25, 0.5, 0.95, 0.99};
    for (size_t k = 0; k < sizeof p / sizeof p[0]; k++)
        assert_law_share(law_count_below(f, 400000.0 + gsl_cdf_gaussian_Pinv(p[k], sqrt(variance))),
                         SOME, p[k]);
    law_free(f);
    trust_free(t);
}

/* Chance that n growths of a normal rate, one after another, stay below a level. */
static double grown_below(double level, int n, double mean, double sd)
{
    if (n == 1)
        return gsl_cdf_ugaussian_P((level - 1.0 - mean) / sd);
    double sum = 0.0;
    const int points = 160;
    for (int k = 0; k <= points; k++) {
        const double z = -8.0 + 16.0 * k / points;
        sum +=
            gsl_ran_ugaussian_pdf(z) * grown_below(level / (1.0 + mean + sd * z), n - 1, mean, sd);
    }
    return sum * 16.0 / points;
}

static double grant_grown(const trust *t, int i)
{
    return trust_metric(t, HR_M_GRANT, 3, i) / LAW_GRANT;
}

/* Grant a pupil after three growths of 1 % and a deviation of 2 %: rates are normal and the index
 * is their product, whose moments and chances are known, though it is not quite lognormal. */
static void test_growth_compounds(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=4", LAW_ONE_SCHOOL, "funding.guarantee_pct=-10",
                     "world_drivers = { funding_known_pct = ( (\"2010/11\", 0.0) ); "
                     "structural_gap_pct = 1.0; funding_sd_pct = 2.0; funding_persistence = 0.0; "
                     "};");
    const law_futures f = law_run_one(t, MANY, grant_grown);
    const double mean = pow(1.01, 3.0);
    const double variance = pow(1.01 * 1.01 + 0.02 * 0.02, 3.0) - mean * mean;
    assert_law_mean(f, mean, variance);
    assert_law_variance(f, mean, variance);
    static const double level[] = {0.98, 1.0, 1.03, 1.05, 1.09};
    for (size_t k = 0; k < sizeof level / sizeof level[0]; k++)
        assert_law_share(law_count_below(f, level[k]), MANY, grown_below(level[k], 3, 0.01, 0.02));
    law_free(f);
    trust_free(t);
}

static double losses(const trust *t, int i)
{
    double sum = 0.0;
    for (int y = 0; y < 4; y++)
        sum += trust_metric(t, HR_M_RISK_LOSSES, y, i);
    return sum;
}

/* Events with a chance of 0.15 a year, each of a lognormal size: the moments of a compound sum. */
static void test_losses_are_a_compound_sum(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, LAW_LANES, LAW_ONE_SCHOOL,
              "risks = ( { id = \"r\"; chance = 0.15; cost = 60000; size_log_sd = 0.5; } );");
    const law_futures f = law_run_one(t, SOME, losses);
    const double one = 0.15 * 60000.0 * exp(0.125);
    const double variance = 4.0 * (0.15 * 60000.0 * 60000.0 * exp(0.5) - one * one);
    assert_law_mean(f, 4.0 * one, variance);
    assert_law_variance(f, 4.0 * one, variance);
    assert_law_share(law_count_equal(f, 0.0), SOME, pow(0.85, 4.0));
    law_free(f);
    trust_free(t);
}

enum { HORIZON = 6, NODES = 160 };

/* Chance that a walk from `start`, a step of normal (drift, sd) a year, has been below nothing by
 * the end of each year: its density above nothing is carried from year to year on Gauss-Legendre
 * nodes. */
static void ruin(double start, double drift, double sd, double by[HORIZON])
{
    const double top = start + HORIZON * drift + 8.0 * sd * sqrt(HORIZON);
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(NODES);
    double x[NODES], w[NODES], f[NODES], next[NODES];
    for (size_t i = 0; i < NODES; i++) {
        gsl_integration_glfixed_point(0.0, top, i, &x[i], &w[i], table);
        f[i] = gsl_ran_gaussian_pdf(x[i] - start - drift, sd);
    }
    for (int y = 0; y < HORIZON; y++) {
        by[y] = 1.0;
        for (int i = 0; i < NODES; i++) {
            by[y] -= w[i] * f[i];
            next[i] = 0.0;
            for (int j = 0; j < NODES; j++)
                next[i] += w[j] * f[j] * gsl_ran_gaussian_pdf(x[i] - x[j] - drift, sd);
        }
        memcpy(f, next, sizeof f);
    }
    gsl_integration_glfixed_table_free(table);
}

static bool is_ruined(const trust *t, int y, int i)
{
    return trust_risk(t, HR_R_RESERVES_BELOW_ZERO, y, i) > 0.0;
}
static double year_of_ruin(const trust *t, int i) { return law_first_year(t, i, is_ruined); }

static void test_ruin_of_a_random_walk(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=6", LAW_ONE_SCHOOL,
                     "schools = ( { id = \"ash\"; reserves = 150000; in_year_pct = 0.5; } );",
                     "world_drivers.sector_sd_pct=4");
    const law_futures f = law_run_one(t, SOME, year_of_ruin);
    double by[HORIZON];
    ruin(150000.0, 0.005 * LAW_INCOME, 0.04 * LAW_INCOME, by);
    assert_within(
        by[0], gsl_cdf_ugaussian_P(-(150000.0 + 0.005 * LAW_INCOME) / (0.04 * LAW_INCOME)), 1e-9);
    for (int y = 0; y < HORIZON; y++)
        assert_law_share(law_count_below(f, y + 0.5), SOME, by[y]);
    law_free(f);
    trust_free(t);
}

enum { SAMPLES = 1024, SAMPLE = MANY / SAMPLES, WORST = SAMPLE / 16 };

static double opening_reserves(const trust *t, int i) { return t->out.opening[i] / 1e6; }

/* Covariance of the i-th and j-th of n uniforms in order, i <= j. */
static double ordered_covariance(double i, double j, double n)
{
    return i * (n + 1.0 - j) / ((n + 1.0) * (n + 1.0) * (n + 2.0));
}

/* Uniform opening reserves in 1,024 samples of 1,024: the quantile at 5 % is the 52nd in order, and
 * the mean of the worst sixteenth is that of the first 64. Of the intervals given with the
 * quantile, as many hold the true one as the binomial says. */
static void test_order_statistics_of_a_uniform(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, "years=1", LAW_ONE_SCHOOL,
                     "schools.ash.reserves={ dist = \"uniform\"; min = 0; max = 1000000; }");
    const law_futures f = law_run_one(t, MANY, opening_reserves);
    const law_futures quantile = law_space(SAMPLES), shortfall = law_space(SAMPLES);
    static const double p = 0.05;
    double work[SAMPLE], hold = 0.0;
    for (int s = 0; s < SAMPLES; s++) {
        hr_estimate e;
        hr_quantiles(f.x + s * SAMPLE, SAMPLE, &p, 1, work, &e);
        quantile.x[s] = e.value;
        hold += e.lo <= p && p <= e.hi;
        shortfall.x[s] = hr_expected_shortfall(f.x + s * SAMPLE, SAMPLE, 1.0 / 16.0, 1, work).value;
    }
    const double n = SAMPLE, k = ceil(n * p);
    assert_law_mean(quantile, k / (n + 1.0), ordered_covariance(k, k, n));
    assert_law_variance(quantile, k / (n + 1.0), ordered_covariance(k, k, n));
    double variance = 0.0;
    for (int i = 1; i <= WORST; i++)
        for (int j = 1; j <= WORST; j++)
            variance += ordered_covariance(fmin(i, j), fmax(i, j), n) / (1.0 * WORST * WORST);
    assert_law_mean(shortfall, (WORST + 1.0) / (2.0 * (n + 1.0)), variance);
    assert_law_variance(shortfall, (WORST + 1.0) / (2.0 * (n + 1.0)), variance);
    const hr_ranks ranks = hr_quantile_ranks(SAMPLE, p);
    assert_law_share(hold, SAMPLES,
                     gsl_cdf_binomial_P((unsigned)ranks.hi, p, SAMPLE) -
                         gsl_cdf_binomial_P((unsigned)ranks.lo, p, SAMPLE));
    law_free(f);
    law_free(quantile);
    law_free(shortfall);
    trust_free(t);
}

/* Capital by formula of a schedule that is given, and condition need that grows by wear and of
 * which 2 % is urgent each year: exact, in a geometric sum. */
static void test_capital_of_a_fixed_schedule(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, LAW_LANES, LAW_ONE_SCHOOL,
                     "estate = { formula_min_schools = 1; formula_min_pupils = 0; urgent_pct = "
                     "2.0; formula_per_pupil = { all = ( (\"2026/27\", 100), (\"2027/28\", 60), "
                     "(\"2028/29\", 0), (\"2029/30\", 140) ); }; };",
                     "schools = ( { id = \"ash\"; condition_need_per_pupil = 1500; } );");
    trust_run(t, 1);
    static const double schedule[4] = {100.0, 60.0, 0.0, 140.0};
    double need = 350.0 * 1500.0 * pow(0.98, 4.0), spent = 0.0;
    for (int y = 0; y < 4; y++) {
        assert_true(trust_metric(t, HR_M_ESTATE_FUNDING, y, 7) == 350.0 * schedule[y]);
        need += 350.0 * (200.0 - schedule[y]) * pow(0.98, 4.0 - y);
        spent += trust_metric(t, HR_M_ESTATE_FUNDING, y, 7);
    }
    assert_near(trust_metric(t, HR_M_ESTATE_NEED, 3, 7), need, 1e-12);
    assert_true(spent == 350.0 * 300.0);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_surplus_is_a_sum_of_normals),
        cmocka_unit_test(test_growth_compounds),
        cmocka_unit_test(test_losses_are_a_compound_sum),
        cmocka_unit_test(test_ruin_of_a_random_walk),
        cmocka_unit_test(test_order_statistics_of_a_uniform),
        cmocka_unit_test(test_capital_of_a_fixed_schedule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
