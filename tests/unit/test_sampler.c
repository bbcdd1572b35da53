/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samplers of all families: quantiles against GSL, moments, goodness of fit at fixed seeds, order,
 * degenerate cases and faults. */
#include "support/near.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "base/lanes.h"
#include "base/vmath.h"
#include "stoch/draws.h"
#include "stoch/sampler.h"

enum { DRAWS = 102400 };

#define WHOLE .low = -INFINITY, .high = INFINITY

static double drawn[DRAWS];

static hr_arena *arena;

static int arena_begin(void **state)
{
    (void)state;
    arena = hr_arena_new();
    return arena == NULL;
}

static int arena_end(void **state)
{
    (void)state;
    hr_arena_free(arena);
    return 0;
}

/* Fills `drawn` through the normals of a driver and compares mean and deviation with what the
 * sampler says of itself. */
static hr_sampler *sample(const hr_dist *d, uint32_t entity)
{
    assert_null(hr_dist_fault(d));
    hr_sampler *s = hr_sampler_new(arena, d);
    assert_non_null(s);
    double sum = 0.0, second = 0.0, fourth = 0.0;
    for (uint64_t at = 0; at < DRAWS; at += HR_LANES_MAX) {
        const hr_luck luck = {.seed = 7, .first_path = 1 + at, .lanes = HR_LANES_MAX};
        _Alignas(HR_LANE_ALIGN) double z[HR_LANES_MAX];
        hr_draw_normal(&luck, HR_D_ASSUMPTION, entity, 0, z);
        hr_sample_lanes(s, z, drawn + at, HR_LANES_MAX);
        hr_sample_lanes(s, z, z, HR_LANES_MAX); /* in place */
        assert_memory_equal(z, drawn + at, sizeof z);
    }
    for (int i = 0; i < DRAWS; i++)
        sum += drawn[i] / DRAWS;
    for (int i = 0; i < DRAWS; i++) {
        const double square = (drawn[i] - sum) * (drawn[i] - sum);
        second += square / DRAWS;
        fourth += square * square / DRAWS;
    }
    assert_within(hr_sampler_mean(s), sum, 5.0 * sqrt(second / DRAWS) + 1e-9 * fabs(sum));
    assert_within(hr_sampler_sd(s) * hr_sampler_sd(s), second,
                  5.0 * sqrt((fourth - second * second) / DRAWS) + 1e-9 * second);
    return s;
}

/* Distribution function of a family, cuts apart, by GSL. */
static double whole_cdf(const hr_dist *d, double x)
{
    switch (d->family) {
    case HR_DIST_NORMAL:
        return gsl_cdf_gaussian_P(x - d->a, d->b);
    case HR_DIST_UNIFORM:
        return gsl_cdf_flat_P(x, d->a, d->b);
    case HR_DIST_TRIANGULAR:
        return x < d->b ? (x - d->a) * (x - d->a) / ((d->c - d->a) * (d->b - d->a))
                        : 1.0 - (d->c - x) * (d->c - x) / ((d->c - d->a) * (d->c - d->b));
    case HR_DIST_PERT: {
        const double width = d->c - d->a;
        return gsl_cdf_beta_P((x - d->a) / width, 1.0 + 4.0 * (d->b - d->a) / width,
                              1.0 + 4.0 * (d->c - d->b) / width);
    }
    case HR_DIST_LOGNORMAL:
        return x > 0.0 ? gsl_cdf_ugaussian_P(log(x / d->a) / d->b) : 0.0;
    case HR_DIST_BETA:
        return gsl_cdf_beta_P(x, d->a, d->b);
    case HR_DIST_GAMMA:
        return x > 0.0 ? gsl_cdf_gamma_P(x, d->a, d->b) : 0.0;
    default:
        fail();
        return NAN;
    }
}

static double cdf(const hr_dist *d, double x)
{
    const double below = isinf(d->low) ? 0.0 : whole_cdf(d, d->low);
    const double upto = isinf(d->high) ? 1.0 : whole_cdf(d, d->high);
    return (whole_cdf(d, x) - below) / (upto - below);
}

static const hr_dist continuous[] = {
    {.family = HR_DIST_NORMAL, .a = 10.0, .b = 3.0, WHOLE},
    {.family = HR_DIST_NORMAL, .a = 10.0, .b = 3.0, .low = 9.0, .high = 14.0},
    {.family = HR_DIST_NORMAL, .a = 0.0, .b = 1.0, .low = 4.0, .high = INFINITY},
    {.family = HR_DIST_NORMAL, .a = 0.0, .b = 1.0, .low = -INFINITY, .high = -2.0},
    {.family = HR_DIST_UNIFORM, .a = -2.0, .b = 5.0, WHOLE},
    {.family = HR_DIST_TRIANGULAR, .a = 1.9, .b = 3.0, .c = 3.9, WHOLE},
    {.family = HR_DIST_TRIANGULAR, .a = 0.0, .b = 0.0, .c = 1.0, WHOLE},
    {.family = HR_DIST_TRIANGULAR, .a = 0.0, .b = 1.0, .c = 1.0, WHOLE},
    {.family = HR_DIST_PERT, .a = 1.0, .b = 3.0, .c = 6.0, WHOLE},
    {.family = HR_DIST_PERT, .a = -4.0, .b = -4.0, .c = 2.0, WHOLE},
    {.family = HR_DIST_LOGNORMAL, .a = 20.0, .b = 0.4, WHOLE},
    {.family = HR_DIST_LOGNORMAL, .a = 20.0, .b = 0.02, WHOLE},
    {.family = HR_DIST_LOGNORMAL, .a = 20.0, .b = 0.4, .low = 0.0, .high = 35.0},
    {.family = HR_DIST_LOGNORMAL, .a = 20.0, .b = 0.4, .low = 25.0, .high = INFINITY},
    {.family = HR_DIST_BETA, .a = 2.0, .b = 5.0, WHOLE},
    {.family = HR_DIST_BETA, .a = 0.5, .b = 0.5, WHOLE},
    {.family = HR_DIST_BETA, .a = 1.0, .b = 1.0, WHOLE},
    {.family = HR_DIST_BETA, .a = 300.0, .b = 20.0, WHOLE},
    {.family = HR_DIST_GAMMA, .a = 0.3, .b = 2.0, WHOLE},
    {.family = HR_DIST_GAMMA, .a = 1.0, .b = 2.0, WHOLE},
    {.family = HR_DIST_GAMMA, .a = 40.0, .b = 0.5, WHOLE},
    {.family = HR_DIST_GAMMA, .a = 3.0, .b = 2.0, .low = 2.0, .high = 9.0},
};

enum { CONTINUOUS = sizeof continuous / sizeof continuous[0] };

static void continuous_families_fit(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < CONTINUOUS; k++) {
        const hr_dist *d = &continuous[k];
        sample(d, k);
        for (int i = 0; i < DRAWS; i++) {
            assert_true(drawn[i] >= d->low && drawn[i] <= d->high);
            drawn[i] = cdf(d, drawn[i]);
        }
        if (!(hr_ks_chance(drawn, DRAWS) > 1e-6))
            fail_msg("distribution %u does not fit", k);
    }
}

/* The chance below a quantile is u: as a distance in z, so that the tails count; the widest is
 * of shapes below 1, whose tails lie within a millionth of their end. */
static void continuous_quantiles_are_right(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < CONTINUOUS; k++) {
        const hr_dist *d = &continuous[k];
        const hr_sampler *s = hr_sampler_new(arena, d);
        for (double z = -4.0; z <= 4.0; z += 0.0137) {
            double x;
            hr_sample_lanes(s, &z, &x, 1);
            const double back = gsl_cdf_ugaussian_Pinv(cdf(d, x));
            if (!(fabs(back - z) < 1e-3))
                fail_msg("distribution %u: %g comes back as %g", k, z, back);
        }
    }
}

static void tabled_quantiles_against_gsl(void **state)
{
    (void)state;
    const struct {
        double a, b;
    } shape[] = {{2.0, 5.0}, {2.0, 2.0}, {5.0, 1.5}, {3.2, 2.8}, {12.0, 3.0}, {30.0, 40.0}};
    for (size_t k = 0; k < sizeof shape / sizeof shape[0]; k++) {
        const hr_dist beta = {.family = HR_DIST_BETA, .a = shape[k].a, .b = shape[k].b, WHOLE};
        const hr_dist gamma = {.family = HR_DIST_GAMMA, .a = shape[k].a, .b = shape[k].b, WHOLE};
        const hr_sampler *beta_s = hr_sampler_new(arena, &beta);
        const hr_sampler *gamma_s = hr_sampler_new(arena, &gamma);
        for (double z = -3.0; z <= 3.0; z += 0.0137) {
            const double u = gsl_cdf_ugaussian_P(z);
            double x;
            hr_sample_lanes(beta_s, &z, &x, 1);
            assert_near(x, gsl_cdf_beta_Pinv(u, beta.a, beta.b), 2e-5);
            hr_sample_lanes(gamma_s, &z, &x, 1);
            assert_near(x, gsl_cdf_gamma_Pinv(u, gamma.a, gamma.b), 2e-5);
        }
    }
}

/* Chi-square of counts against chances, with cells of at least 20 expected. */
static double chi_square_chance(const double *value, const double *chance, int cells)
{
    double expected = 0.0, seen = 0.0, sum = 0.0, left = 1.0;
    int used = 0;
    for (int c = 0; c < cells; c++) {
        expected += chance[c] * DRAWS;
        left -= chance[c];
        for (int i = 0; i < DRAWS; i++)
            seen += drawn[i] == value[c];
        if (expected < 20.0 || (left * DRAWS < 20.0 && c < cells - 1))
            continue;
        sum += (seen - expected) * (seen - expected) / expected;
        used++;
        expected = seen = 0.0;
    }
    return used < 2 ? 1.0 : gsl_cdf_chisq_Q(sum, used - 1);
}

static double count_chance(const hr_dist *d, unsigned k)
{
    switch (d->family) {
    case HR_DIST_POISSON:
        return gsl_ran_poisson_pdf(k, d->a);
    case HR_DIST_BINOMIAL:
        return gsl_ran_binomial_pdf(k, d->b, (unsigned)d->a);
    default:
        return k == 0 ? 1.0 - d->a : d->a;
    }
}

static double count_cdf(const hr_dist *d, unsigned k)
{
    switch (d->family) {
    case HR_DIST_POISSON:
        return gsl_cdf_poisson_P(k, d->a);
    case HR_DIST_BINOMIAL:
        return gsl_cdf_binomial_P(k, d->b, (unsigned)d->a);
    default:
        return k == 0 ? 1.0 - d->a : 1.0;
    }
}

static const hr_dist counts[] = {
    {.family = HR_DIST_BERNOULLI, .a = 0.3, WHOLE},
    {.family = HR_DIST_BERNOULLI, .a = 0.001, WHOLE},
    {.family = HR_DIST_BINOMIAL, .a = 1.0, .b = 0.25, WHOLE},
    {.family = HR_DIST_BINOMIAL, .a = 12.0, .b = 0.4, WHOLE},
    {.family = HR_DIST_BINOMIAL, .a = 10000.0, .b = 0.002, WHOLE},
    {.family = HR_DIST_BINOMIAL, .a = 200.0, .b = 0.99, WHOLE},
    {.family = HR_DIST_POISSON, .a = 0.1, WHOLE},
    {.family = HR_DIST_POISSON, .a = 3.5, WHOLE},
    {.family = HR_DIST_POISSON, .a = 60.0, WHOLE},
};

static void counts_fit(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
        const hr_dist *d = &counts[k];
        const hr_sampler *s = sample(d, 100 + k);
        double value[256], chance[256];
        const int cells = d->family == HR_DIST_BERNOULLI ? 2
                          : d->family == HR_DIST_POISSON ? 120
                                                         : (int)fmin(d->a + 1.0, 256.0);
        for (int c = 0; c < cells; c++) {
            value[c] = c;
            chance[c] = count_chance(d, (unsigned)c);
        }
        if (!(chi_square_chance(value, chance, cells) > 1e-6))
            fail_msg("count %u does not fit", k);
        /* the quantile is the least count whose chance of it or less reaches u */
        for (double u = 0.0005; u < 1.0; u += 0.00713) {
            const double x = hr_sampler_quantile(s, u);
            assert_true(count_cdf(d, (unsigned)x) >= u - 1e-6);
            assert_true(x == 0.0 || count_cdf(d, (unsigned)x - 1) <= u + 1e-6);
        }
    }
}

static void choices_fit(void **state)
{
    (void)state;
    const double value[] = {5.0, -1.0, 3.0, 9.0, 4.0};
    const double chance[] = {0.2, 0.1, 0.4, 0.0, 0.3};
    const hr_dist d = {
        .family = HR_DIST_DISCRETE, .value = value, .chance = chance, .values = 5, WHOLE};
    const hr_sampler *s = sample(&d, 200);
    assert_true(chi_square_chance(value, chance, 3) > 1e-6);
    for (int i = 0; i < DRAWS; i++)
        assert_true(drawn[i] != 9.0);
    assert_near(hr_sampler_mean(s), 3.3, 1e-14);
    assert_same_bits(hr_sampler_quantile(s, 1e-9), -1.0);
    assert_same_bits(hr_sampler_quantile(s, 0.49), 3.0);
    assert_same_bits(hr_sampler_quantile(s, 0.51), 4.0);
    assert_same_bits(hr_sampler_quantile(s, 1.0), 5.0);
}

static void empirical_fits(void **state)
{
    (void)state;
    const double value[] = {4.0, 1.0, 2.0, 8.0, 2.0};
    const hr_dist d = {.family = HR_DIST_EMPIRICAL, .value = value, .values = 5, WHOLE};
    const hr_sampler *s = sample(&d, 201);
    const double at[] = {0.0, 0.125, 0.25, 0.375, 0.5, 0.75, 0.875, 1.0};
    const double expected[] = {1.0, 1.5, 2.0, 2.0, 2.0, 4.0, 6.0, 8.0};
    for (int i = 0; i < 8; i++)
        assert_within(hr_sampler_quantile(s, at[i]), expected[i], 1e-5);
    for (int i = 0; i < DRAWS; i++)
        assert_true(drawn[i] >= 1.0 && drawn[i] <= 8.0);
}

/* Every sampler ascends with z, and lanes are the same as one by one. */
static void assert_ascends(const hr_dist *d)
{
    enum { STEPS = 40 * HR_LANES_MAX };
    static double z[STEPS], x[STEPS];
    const hr_sampler *s = hr_sampler_new(arena, d);
    for (int i = 0; i < STEPS; i++)
        z[i] = -8.0 + 16.0 * i / (STEPS - 1);
    for (int at = 0; at < STEPS; at += HR_LANES_MAX)
        hr_sample_lanes(s, z + at, x + at, HR_LANES_MAX);
    for (int i = 1; i < STEPS; i++) {
        assert_true(isfinite(x[i]));
        assert_true(x[i] >= x[i - 1] - 1e-14 * fabs(x[i]));
    }
    for (int i = 0; i < STEPS; i += 37) {
        double one;
        hr_sample_lanes(s, &z[i], &one, 1);
        assert_same_bits(one, x[i]);
    }
}

static void all_ascend(void **state)
{
    (void)state;
    for (size_t k = 0; k < CONTINUOUS; k++)
        assert_ascends(&continuous[k]);
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++)
        assert_ascends(&counts[k]);
    const hr_dist wild[] = {{.family = HR_DIST_BETA, .a = 0.01, .b = 0.01, WHOLE},
                            {.family = HR_DIST_BETA, .a = 1e6, .b = 0.01, WHOLE},
                            {.family = HR_DIST_BETA, .a = 1e6, .b = 1e6, WHOLE},
                            {.family = HR_DIST_GAMMA, .a = 0.01, .b = 1e9, WHOLE},
                            {.family = HR_DIST_GAMMA, .a = 1e6, .b = 1.0, WHOLE},
                            {.family = HR_DIST_POISSON, .a = 1000.0, WHOLE},
                            {.family = HR_DIST_BINOMIAL, .a = 10000.0, .b = 0.5, WHOLE},
                            {.family = HR_DIST_LOGNORMAL, .a = 1.0, .b = 10.0, WHOLE}};
    for (size_t k = 0; k < sizeof wild / sizeof wild[0]; k++) {
        assert_null(hr_dist_fault(&wild[k]));
        assert_ascends(&wild[k]);
    }
}

static void the_plain_case_is_the_median(void **state)
{
    (void)state;
    const double zero = 0.0;
    double x;
    hr_sample_lanes(hr_sampler_new(arena, &continuous[0]), &zero, &x, 1);
    assert_same_bits(x, 10.0);
    hr_sample_lanes(hr_sampler_new(arena, &continuous[4]), &zero, &x, 1);
    assert_same_bits(x, 1.5);
    hr_sample_lanes(hr_sampler_new(arena, &continuous[10]), &zero, &x, 1);
    assert_same_bits(x, 20.0);
    /* of two equal chances the lower is chosen, since it reaches u = 1/2 */
    const hr_dist coin = {.family = HR_DIST_BERNOULLI, .a = 0.5, WHOLE};
    hr_sample_lanes(hr_sampler_new(arena, &coin), &zero, &x, 1);
    assert_same_bits(x, 0.0);
}

static void no_spread_is_a_constant(void **state)
{
    (void)state;
    const double seven[] = {7.0, 7.0}, one[] = {1.0};
    const hr_dist d[] = {
        {.family = HR_DIST_NORMAL, .a = 7.0, WHOLE},
        {.family = HR_DIST_NORMAL, .a = 7.0, .low = 7.0, .high = 8.0},
        {.family = HR_DIST_LOGNORMAL, .a = 7.0, WHOLE},
        {.family = HR_DIST_UNIFORM, .a = 7.0, .b = 7.0, WHOLE},
        {.family = HR_DIST_TRIANGULAR, .a = 7.0, .b = 7.0, .c = 7.0, WHOLE},
        {.family = HR_DIST_PERT, .a = 7.0, .b = 7.0, .c = 7.0, WHOLE},
        {.family = HR_DIST_BINOMIAL, .a = 7.0, .b = 1.0, WHOLE},
        {.family = HR_DIST_DISCRETE, .value = seven, .chance = one, .values = 1, WHOLE},
        {.family = HR_DIST_EMPIRICAL, .value = seven, .values = 1, WHOLE},
        {.family = HR_DIST_EMPIRICAL, .value = seven, .values = 2, WHOLE},
    };
    for (size_t k = 0; k < sizeof d / sizeof d[0]; k++) {
        assert_null(hr_dist_fault(&d[k]));
        const hr_sampler *s = hr_sampler_new(arena, &d[k]);
        for (double u = 0.0; u <= 1.0; u += 0.25)
            assert_same_bits(hr_sampler_quantile(s, u), 7.0);
        assert_same_bits(hr_sampler_mean(s), 7.0);
        assert_same_bits(hr_sampler_sd(s), 0.0);
    }
    const hr_dist zero[] = {{.family = HR_DIST_POISSON, .a = 0.0, WHOLE},
                            {.family = HR_DIST_BINOMIAL, .a = 0.0, .b = 0.5, WHOLE},
                            {.family = HR_DIST_BERNOULLI, .a = 0.0, WHOLE}};
    for (size_t k = 0; k < sizeof zero / sizeof zero[0]; k++)
        for (double u = 0.0; u <= 1.0; u += 0.25)
            assert_same_bits(hr_sampler_quantile(hr_sampler_new(arena, &zero[k]), u), 0.0);
}

static void misuse_is_named(void **state)
{
    (void)state;
    const double value[] = {1.0, NAN}, chance[] = {0.5, 0.4}, odd[] = {1.5, -0.5};
    const hr_dist d[] = {
        {.family = HR_DIST_NORMAL, .a = NAN, .b = 1.0, WHOLE},
        {.family = HR_DIST_NORMAL, .a = 0.0, .b = INFINITY, WHOLE},
        {.family = HR_DIST_NORMAL, .a = 0.0, .b = -1.0, WHOLE},
        {.family = HR_DIST_NORMAL, .a = 0.0, .b = 1.0, .low = 2.0, .high = 1.0},
        {.family = HR_DIST_NORMAL, .a = 0.0, .b = 1.0, .low = NAN, .high = 1.0},
        {.family = HR_DIST_NORMAL, .a = 0.0, .b = 1.0, .low = 9.0, .high = 10.0},
        {.family = HR_DIST_NORMAL, .a = 0.0, .b = 0.0, .low = 1.0, .high = 2.0},
        {.family = HR_DIST_UNIFORM, .a = 2.0, .b = 1.0, WHOLE},
        {.family = HR_DIST_UNIFORM, .a = NAN, .b = 1.0, WHOLE},
        {.family = HR_DIST_UNIFORM, .a = 0.0, .b = 1.0, .low = 0.5, .high = INFINITY},
        {.family = HR_DIST_TRIANGULAR, .a = 0.0, .b = 2.0, .c = 1.0, WHOLE},
        {.family = HR_DIST_TRIANGULAR, .a = 0.0, .b = NAN, .c = 1.0, WHOLE},
        {.family = HR_DIST_PERT, .a = 3.0, .b = 2.0, .c = 1.0, WHOLE},
        {.family = HR_DIST_PERT, .a = 0.0, .b = -1.0, .c = 1.0, WHOLE},
        {.family = HR_DIST_LOGNORMAL, .a = 0.0, .b = 1.0, WHOLE},
        {.family = HR_DIST_LOGNORMAL, .a = 1.0, .b = -1.0, WHOLE},
        {.family = HR_DIST_LOGNORMAL, .a = 1.0, .b = 20.0, WHOLE},
        {.family = HR_DIST_LOGNORMAL, .a = 1.0, .b = NAN, WHOLE},
        {.family = HR_DIST_LOGNORMAL, .a = 1.0, .b = 1.0, .low = -2.0, .high = -1.0},
        {.family = HR_DIST_BETA, .a = 0.0, .b = 1.0, WHOLE},
        {.family = HR_DIST_BETA, .a = NAN, .b = 1.0, WHOLE},
        {.family = HR_DIST_GAMMA, .a = -1.0, .b = 1.0, WHOLE},
        {.family = HR_DIST_GAMMA, .a = 1.0, .b = 0.0, WHOLE},
        {.family = HR_DIST_GAMMA, .a = 1.0, .b = NAN, WHOLE},
        {.family = HR_DIST_BERNOULLI, .a = 1.1, WHOLE},
        {.family = HR_DIST_BERNOULLI, .a = NAN, WHOLE},
        {.family = HR_DIST_BINOMIAL, .a = 2.5, .b = 0.5, WHOLE},
        {.family = HR_DIST_BINOMIAL, .a = 20000.0, .b = 0.5, WHOLE},
        {.family = HR_DIST_BINOMIAL, .a = 2.0, .b = -0.5, WHOLE},
        {.family = HR_DIST_POISSON, .a = -1.0, WHOLE},
        {.family = HR_DIST_POISSON, .a = 1001.0, WHOLE},
        {.family = HR_DIST_DISCRETE, .values = 0, WHOLE},
        {.family = HR_DIST_DISCRETE, .value = chance, .values = 2, WHOLE},
        {.family = HR_DIST_DISCRETE, .value = chance, .chance = chance, .values = 2, WHOLE},
        {.family = HR_DIST_DISCRETE, .value = chance, .chance = odd, .values = 2, WHOLE},
        {.family = HR_DIST_DISCRETE, .value = value, .chance = chance, .values = 2, WHOLE},
        {.family = HR_DIST_EMPIRICAL, .values = 0, WHOLE},
        {.family = HR_DIST_EMPIRICAL, .value = value, .values = 2, WHOLE},
        {.family = (hr_dist_family)99, WHOLE},
    };
    for (size_t k = 0; k < sizeof d / sizeof d[0]; k++) {
        const char *fault = hr_dist_fault(&d[k]);
        if (fault == NULL)
            fail_msg("misuse %zu is not named", k);
        assert_true(fault[strlen(fault) - 1] == '.');
    }
}

static void short_memory_gives_null(void **state)
{
    (void)state;
    const double value[] = {1.0, 2.0}, chance[] = {0.5, 0.5};
    const hr_dist d[] = {
        {.family = HR_DIST_BETA, .a = 1.0, .b = 2.0, WHOLE},
        {.family = HR_DIST_POISSON, .a = 3.0, WHOLE},
        {.family = HR_DIST_DISCRETE, .value = value, .chance = chance, .values = 2, WHOLE},
        {.family = HR_DIST_EMPIRICAL, .value = value, .values = 2, WHOLE},
    };
    for (size_t k = 0; k < sizeof d / sizeof d[0]; k++)
        for (int n = 0; n < 2; n++) {
            hr_arena_fail_after(arena, n);
            assert_null(hr_sampler_new(arena, &d[k]));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(continuous_families_fit),
        cmocka_unit_test(continuous_quantiles_are_right),
        cmocka_unit_test(tabled_quantiles_against_gsl),
        cmocka_unit_test(counts_fit),
        cmocka_unit_test(choices_fit),
        cmocka_unit_test(empirical_fits),
        cmocka_unit_test(all_ascend),
        cmocka_unit_test(the_plain_case_is_the_median),
        cmocka_unit_test(no_spread_is_a_constant),
        cmocka_unit_test(misuse_is_named),
        cmocka_unit_test(short_memory_gives_null),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
