/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proper scores against closed forms and identities, places in a forecast, counts of hits. */
#include "support/near.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

#include "analysis/proper.h"
#include "support/luck.h"

enum { MANY = 20000 };
static double many[MANY];

/* CRPS of the standard normal (Gneiting and Raftery, JASA 102, 2007). */
static double normal_crps(double y)
{
    return y * (2.0 * gsl_cdf_ugaussian_P(y) - 1.0) + 2.0 * gsl_ran_ugaussian_pdf(y) -
           1.0 / sqrt(M_PI);
}

/* Of the uniform distribution from 0 to 1. */
static double uniform_crps(double y)
{
    const double in = fmin(fmax(y, 0.0), 1.0);
    return fabs(y - in) + (in * in * in + (1.0 - in) * (1.0 - in) * (1.0 - in)) / 3.0;
}

static void normal_quantiles(double q[HR_QUANTILES])
{
    for (int k = 0; k < HR_QUANTILES; k++)
        q[k] = gsl_cdf_ugaussian_Pinv(HR_QUANTILE_P[k]);
}

static void futures_have_the_closed_forms(void **state)
{
    (void)state;
    for (int i = 0; i < MANY; i++)
        many[i] = gsl_cdf_ugaussian_Pinv((i + 0.5) / MANY);
    for (double y = -4.0; y <= 4.0; y += 0.5)
        assert_within(hr_crps_futures(many, MANY, y), normal_crps(y), 2e-5);
    for (int i = 0; i < MANY; i++)
        many[i] = (i + 0.5) / MANY;
    for (double y = -1.0; y <= 2.0; y += 0.125)
        assert_within(hr_crps_futures(many, MANY, y), uniform_crps(y), 1e-8);
}

/* mean |x - y| - half the mean of |x - x'| over all pairs, itself among them */
static double by_pairs(const double *x, size_t n, double y)
{
    double apart = 0.0, pairs = 0.0;
    for (size_t i = 0; i < n; i++) {
        apart += fabs(x[i] - y);
        for (size_t j = 0; j < n; j++)
            pairs += fabs(x[i] - x[j]);
    }
    return apart / (double)n - 0.5 * pairs / (double)(n * n);
}

static void futures_are_the_pairs(void **state)
{
    (void)state;
    double x[40];
    for (size_t n = 1; n <= 40; n++)
        for (int round = 0; round < 5; round++) {
            for (size_t i = 0; i < n; i++) {
                x[i] = 1e6 + 1000.0 * hr_test_uniform((uint32_t)(100 * n + i), (uint32_t)round);
                if (round > 2)
                    x[i] = floor(x[i] / 200.0); /* ties */
            }
            qsort(x, n, sizeof *x, hr_compare_doubles);
            const double y = x[n / 2] + (round % 2 ? 0.0 : 37.0);
            assert_within(hr_crps_futures(x, n, y), by_pairs(x, n, y), 1e-7);
            assert_within(hr_crps_futures(x, n, x[0] - 5.0), by_pairs(x, n, x[0] - 5.0), 1e-7);
        }
    const double one = 7.0;
    assert_same_bits(hr_crps_futures(&one, 1, 4.0), 3.0);
    assert_same_bits(hr_crps_futures(&one, 1, 7.0), 0.0);
    assert_same_bits(hr_crps_futures(&one, 1, 9.5), 2.5);
}

static void quantiles_score_a_point_by_its_error(void **state)
{
    (void)state;
    const double q[HR_QUANTILES] = {5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0};
    assert_near(hr_crps_quantiles(q, 2.0), 3.0, 1e-14);
    assert_near(hr_crps_quantiles(q, 9.0), 4.0, 1e-14);
    assert_same_bits(hr_crps_quantiles(q, 5.0), 0.0);
}

/* As proper.h says: 1.7 % below on average where the forecast is right. */
static void quantiles_are_near_the_integral(void **state)
{
    (void)state;
    double q[HR_QUANTILES], mean = 0.0, exact = 0.0;
    normal_quantiles(q);
    for (int i = 0; i < MANY; i++) {
        const double y = gsl_cdf_ugaussian_Pinv((i + 0.5) / MANY);
        mean += hr_crps_quantiles(q, y) / MANY;
        exact += normal_crps(y) / MANY;
    }
    assert_near(exact, 1.0 / sqrt(M_PI), 1e-3);
    assert_within(mean / exact, 0.983, 0.001);
}

/* No forecast moved, widened or narrowed scores better on average than the one that is right. */
static void both_are_proper(void **state)
{
    (void)state;
    enum { TRIALS = 2000 };
    double q[HR_QUANTILES], x[400];
    normal_quantiles(q);
    for (int i = 0; i < 400; i++)
        x[i] = gsl_cdf_ugaussian_Pinv((i + 0.5) / 400);
    double best[2] = {0.0, 0.0};
    for (int wrong = 0; wrong < 5; wrong++) {
        const double move[5] = {0.0, 0.4, -0.4, 0.0, 0.0}, scale[5] = {1.0, 1.0, 1.0, 1.5, 0.6};
        double score[2] = {0.0, 0.0};
        for (int i = 0; i < TRIALS; i++) {
            /* what happens is moved and scaled against the forecast, and the score scaled back */
            const double y =
                (gsl_cdf_ugaussian_Pinv((i + 0.5) / TRIALS) - move[wrong]) / scale[wrong];
            score[0] += scale[wrong] * hr_crps_futures(x, 400, y);
            score[1] += scale[wrong] * hr_crps_quantiles(q, y);
        }
        for (int k = 0; k < 2; k++)
            if (wrong == 0)
                best[k] = score[k];
            else
                assert_true(score[k] > 1.02 * best[k]);
    }
}

static void places_of_futures(void **state)
{
    (void)state;
    const double x[5] = {1.0, 2.0, 2.0, 3.0, 10.0};
    hr_place at = hr_place_futures(x, 5, 2.0);
    assert_near(at.lo, 0.2, 1e-15);
    assert_near(at.hi, 0.6, 1e-15);
    assert_near(at.value, 0.4, 1e-15);
    at = hr_place_futures(x, 5, 0.0);
    assert_same_bits(at.hi, 0.0);
    at = hr_place_futures(x, 5, 11.0);
    assert_same_bits(at.lo, 1.0);
    at = hr_place_futures(x, 5, 2.5);
    assert_near(at.value, 0.6, 1e-15);
}

/* What comes from the forecast itself falls anywhere in it alike. */
static void places_are_uniform(void **state)
{
    (void)state;
    enum { TRIALS = 500 };
    double u[TRIALS];
    for (int i = 0; i < 999; i++)
        many[i] = gsl_cdf_ugaussian_Pinv((i + 0.5) / 999);
    for (int i = 0; i < TRIALS; i++)
        u[i] = hr_place_futures(many, 999, gsl_cdf_ugaussian_Pinv(hr_test_uniform(77, (uint32_t)i)))
                   .value;
    assert_true(hr_ks_chance(u, TRIALS) > 0.01);
}

static void places_among_quantiles(void **state)
{
    (void)state;
    const double q[HR_QUANTILES] = {10.0, 20.0, 30.0, 40.0, 40.0, 40.0, 80.0};
    assert_near(hr_place_quantiles(q, 25.0).value, 0.175, 1e-14); /* between p10 and p25 */
    assert_near(hr_place_quantiles(q, 30.0).value, 0.25, 1e-15);
    hr_place at = hr_place_quantiles(q, 40.0); /* on p50 to p90 */
    assert_near(at.lo, 0.5, 1e-15);
    assert_near(at.hi, 0.9, 1e-15);
    at = hr_place_quantiles(q, 5.0);
    assert_same_bits(at.lo, 0.0);
    assert_near(at.hi, 0.05, 1e-15);
    at = hr_place_quantiles(q, 81.0);
    assert_near(at.lo, 0.95, 1e-15);
    assert_same_bits(at.hi, 1.0);
}

/* The binomial's ends, by GSL; and with chances that differ, by counting all outcomes. */
static void hits_have_their_range(void **state)
{
    (void)state;
    double chance[700], work[701];
    for (int n = 1; n <= 700; n += n < 20 ? 1 : 97) {
        for (int i = 0; i < n; i++)
            chance[i] = 0.8;
        const hr_hits_range r = hr_hits_expected(chance, n, work);
        assert_true(gsl_cdf_binomial_P((unsigned)r.lo, 0.8, (unsigned)n) > 0.025);
        assert_true(r.lo == 0 || gsl_cdf_binomial_P((unsigned)r.lo - 1, 0.8, (unsigned)n) <= 0.025);
        assert_true(gsl_cdf_binomial_Q((unsigned)r.hi, 0.8, (unsigned)n) <= 0.025 + 1e-12);
        assert_true(r.hi == 0 || gsl_cdf_binomial_Q((unsigned)r.hi - 1, 0.8, (unsigned)n) > 0.025);
    }
    const double differ[3] = {1.0, 0.5, 0.0};
    const hr_hits_range r = hr_hits_expected(differ, 3, work);
    assert_near(work[1], 0.5, 1e-15);
    assert_near(work[2], 0.5, 1e-15);
    assert_int_equal(r.lo, 1);
    assert_int_equal(r.hi, 2);
    assert_int_equal(hr_hits_expected(differ, 0, work).hi, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(futures_have_the_closed_forms),
        cmocka_unit_test(futures_are_the_pairs),
        cmocka_unit_test(quantiles_score_a_point_by_its_error),
        cmocka_unit_test(quantiles_are_near_the_integral),
        cmocka_unit_test(both_are_proper),
        cmocka_unit_test(places_of_futures),
        cmocka_unit_test(places_are_uniform),
        cmocka_unit_test(places_among_quantiles),
        cmocka_unit_test(hits_have_their_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
