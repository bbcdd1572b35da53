/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core's own functions against libm and GSL. */
#include "support/near.h"

#include <gsl/gsl_cdf.h>

#include "base/lanes.h"
#include "base/vmath.h"

static void exp_is_right(void **state)
{
    (void)state;
    for (double x = -700.0; x <= 700.0; x += 0.00713)
        assert_near(hr_exp(x), exp(x), 1e-15);
    for (double x = 1e-300; x < 1.0; x *= 7.3) {
        assert_near(hr_exp(x), exp(x), 1e-15);
        assert_near(hr_exp(-x), exp(-x), 1e-15);
    }
    /* where the whole part of x / log 2 changes */
    for (int k = -1009; k <= 1009; k++) {
        const double edge = (k + 0.5) * 0.69314718055994531;
        assert_near(hr_exp(edge), exp(edge), 1e-15);
        const double past = nextafter(edge, 1e9);
        assert_near(hr_exp(past), exp(past), 1e-15);
    }
    assert_same_bits(hr_exp(0.0), 1.0);
    assert_same_bits(hr_exp(-0.0), 1.0);
    assert_same_bits(hr_exp(-700.1), 0.0);
    assert_same_bits(hr_exp(-INFINITY), 0.0);
    assert_same_bits(hr_exp(701.0), INFINITY);
    assert_same_bits(hr_exp(INFINITY), INFINITY);
    assert_true(isnan(hr_exp(NAN)));
}

static void log_is_right(void **state)
{
    (void)state;
    for (double x = 1e-321; x < 1e308; x *= 1.0173)
        assert_near(hr_log(x), log(x), 1e-15);
    for (double d = 1e-16; d < 0.9; d *= 1.37) {
        assert_near(hr_log(1.0 + d), log(1.0 + d), 1e-15);
        assert_near(hr_log(1.0 - d), log(1.0 - d), 1e-15);
    }
    const double awkward[] = {0x1p-1074, 0x1p-1022, 0x1.fffffffffffffp-1023, 0x1.6a09e667f3bccp0,
                              0x1.6a09e667f3bcdp0, 0x1.6a09e667f3bcep0, 0x1.fffffffffffffp1023};
    for (size_t i = 0; i < sizeof awkward / sizeof awkward[0]; i++)
        assert_near(hr_log(awkward[i]), log(awkward[i]), 1e-15);
    assert_same_bits(hr_log(1.0), 0.0);
    assert_same_bits(hr_log(0.0), -INFINITY);
    assert_same_bits(hr_log(INFINITY), INFINITY);
    assert_true(isnan(hr_log(-1.0)));
    assert_true(isnan(hr_log(NAN)));
}

static void pow_is_right(void **state)
{
    (void)state;
    for (double x = 0.01; x < 100.0; x *= 1.31)
        for (double y = -20.0; y <= 20.0; y += 0.7)
            assert_near(hr_pow(x, y), pow(x, y), 5e-14);
    assert_same_bits(hr_pow(0.0, 0.0), 1.0);
    assert_same_bits(hr_pow(7.0, 0.0), 1.0);
    assert_same_bits(hr_pow(0.0, 2.0), 0.0);
    assert_same_bits(hr_pow(0.0, -2.0), INFINITY);
    assert_same_bits(hr_pow(1.0, 1234.5), 1.0);
}

static void lgamma_is_right(void **state)
{
    (void)state;
    for (double x = 1e-6; x < 200.0; x *= 1.0031)
        assert_within(hr_lgamma(x), lgamma(x), 1e-12);
    for (double x = 200.0; x < 1e7; x *= 1.037)
        assert_near(hr_lgamma(x), lgamma(x), 2e-15);
    assert_within(hr_lgamma(1.0), 0.0, 1e-14);
    assert_within(hr_lgamma(2.0), 0.0, 1e-14);
}

static void normal_cdf_is_right(void **state)
{
    (void)state;
    for (double z = -9.0; z <= 9.0; z += 0.00097)
        assert_within(hr_normal_cdf(z), 0.5 * erfc(-z / sqrt(2.0)), 1e-15);
    for (double z = -6.0; z < 0.0; z += 0.00097)
        assert_near(hr_normal_cdf(z), 0.5 * erfc(-z / sqrt(2.0)), 1e-9);
    assert_same_bits(hr_normal_cdf(0.0), 0.5);
    assert_same_bits(hr_normal_cdf(-0.0), 0.5);
    assert_same_bits(hr_normal_cdf(INFINITY), 1.0);
    assert_same_bits(hr_normal_cdf(-INFINITY), 0.0);
}

static void normal_quantile_is_right(void **state)
{
    (void)state;
    for (double u = 1e-30; u < 0.1; u *= 1.0037)
        assert_near(hr_normal_quantile(u), gsl_cdf_ugaussian_Pinv(u), 2e-6);
    for (int i = 1; i < 100000; i++)
        assert_within(hr_normal_quantile(i / 1e5), gsl_cdf_ugaussian_Pinv(i / 1e5), 1.2e-6);
    assert_same_bits(hr_normal_quantile(0.5), 0.0);
}

static void normal_quantile_is_odd_and_ascends(void **state)
{
    (void)state;
    double last = -INFINITY;
    for (uint32_t k = 0; k < 200000; k++) {
        const double u = (k * 21474.0 + 0.5) / 4294967296.0;
        const double z = hr_normal_quantile(u);
        assert_true(z == -hr_normal_quantile(1.0 - u));
        assert_true(z >= last - 2e-6);
        last = z;
    }
}

static void lanes_equal_scalar(void **state)
{
    (void)state;
    _Alignas(HR_LANE_ALIGN) double x[HR_LANES_MAX], y[HR_LANES_MAX], u[HR_LANES_MAX];
    _Alignas(HR_LANE_ALIGN) uint32_t word[HR_LANES_MAX];
    for (uint32_t round = 0; round < 200; round++) {
        for (int i = 0; i < HR_LANES_MAX; i++) {
            word[i] = (round * HR_LANES_MAX + (uint32_t)i) * 2654435761u;
            u[i] = (word[i] + 0.5) / 4294967296.0;
            x[i] = (u[i] - 0.5) * (round < 20 ? 1500.0 : 12.0);
        }
        hr_exp_lanes(x, y, HR_LANES_MAX);
        for (int i = 0; i < HR_LANES_MAX; i++)
            assert_same_bits(y[i], hr_exp(x[i]));
        hr_normal_cdf_lanes(x, y, HR_LANES_MAX);
        for (int i = 0; i < HR_LANES_MAX; i++)
            assert_same_bits(y[i], hr_normal_cdf(x[i]));
        hr_normal_words_lanes(word, y, HR_LANES_MAX - 3);
        for (int i = 0; i < HR_LANES_MAX - 3; i++)
            assert_same_bits(y[i], hr_normal_quantile(u[i]));
        memcpy(y, u, sizeof y); /* in place */
        hr_normal_quantile_lanes(y, y, HR_LANES_MAX);
        for (int i = 0; i < HR_LANES_MAX; i++)
            assert_same_bits(y[i], hr_normal_quantile(u[i]));
    }
}

static void words_at_the_ends_and_the_middle(void **state)
{
    (void)state;
    const uint32_t word[] = {0, 1, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001,
                             0xfffffffe, 0xffffffff};
    double z[8];
    hr_normal_words_lanes(word, z, 8);
    for (int i = 0; i < 8; i++) {
        assert_same_bits(z[i], hr_normal_quantile((word[i] + 0.5) / 4294967296.0));
        assert_same_bits(z[i], -z[7 - i]);
    }
    assert_within(z[0], -6.3379, 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_right),
        cmocka_unit_test(log_is_right),
        cmocka_unit_test(pow_is_right),
        cmocka_unit_test(lgamma_is_right),
        cmocka_unit_test(normal_cdf_is_right),
        cmocka_unit_test(normal_quantile_is_right),
        cmocka_unit_test(normal_quantile_is_odd_and_ascends),
        cmocka_unit_test(lanes_equal_scalar),
        cmocka_unit_test(words_at_the_ends_and_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
