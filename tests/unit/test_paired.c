/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The difference of two chances seen on the same futures: Tango's score interval against published
 * intervals, against the score test inverted by brute force, and how often it covers. */
#include "support/near.h"

#include "base/estimate.h"

/* Gained, lost, of n, and the published 95 % interval of (gained - lost) / n. */
static const struct {
    uint64_t gained, lost, n;
    double lo, hi, digits;
} PUBLISHED[] = {
    /* Airway hyper-responsiveness: M. W. Fagerland, S. Lydersen and P. Laake, "Recommended tests
     * and confidence intervals for paired binomial proportions", Statistics in Medicine 33, 2014 */
    {1, 7, 21, -0.517, -0.026, 0.0005},
    /* The same table the other way round */
    {7, 1, 21, 0.026, 0.517, 0.0005},
};

static void test_published_intervals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PUBLISHED / sizeof PUBLISHED[0]; i++) {
        const hr_estimate e =
            hr_estimate_paired(PUBLISHED[i].gained, PUBLISHED[i].lost, PUBLISHED[i].n);
        assert_within(e.lo, PUBLISHED[i].lo, PUBLISHED[i].digits);
        assert_within(e.hi, PUBLISHED[i].hi, PUBLISHED[i].digits);
    }
}

/* Where no pair differs Tango's interval is -+ z^2 / (n + z^2); where one of 44 does, as in his own
 * example of lenses, it is about as wide. */
static void test_few_differences(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {1, 10, 44, 1000, 10000, 4000000000};
    for (size_t i = 0; i < 6; i++) {
        const double n = (double)sizes[i], end = HR_Z95 * HR_Z95 / (n + HR_Z95 * HR_Z95);
        const hr_estimate e = hr_estimate_paired(0, 0, sizes[i]);
        assert_true(e.value == 0.0 && e.se == 0.0 && e.n == sizes[i]);
        assert_near(e.hi, end, 1e-9);
        assert_near(e.lo, -end, 1e-9);
    }
    assert_true(isnan(hr_estimate_paired(0, 0, 0).value));
    assert_true(isnan(hr_estimate_paired(0, 0, 0).hi));
}

/* Log likelihood of what was seen, given the difference and the chance to lose. */
static double likelihood(double lose, double d, const uint64_t seen[3])
{
    const double chance[3] = {lose + d, lose, 1.0 - 2.0 * lose - d};
    double sum = 0.0;
    for (int i = 0; i < 3; i++)
        if (seen[i] > 0)
            sum += chance[i] > 0.0 ? (double)seen[i] * log(chance[i]) : -1e300;
    return sum;
}

/* The score of a difference, with the chance to lose sought by trying. */
static double score(double d, uint64_t gained, uint64_t lost, uint64_t n)
{
    const uint64_t seen[3] = {gained, lost, n - gained - lost};
    double low = fmax(0.0, -d), high = 0.5 * (1.0 - d);
    for (int i = 0; i < 300; i++) { /* the likelihood is concave: thirds */
        const double a = low + (high - low) / 3.0, b = high - (high - low) / 3.0;
        if (likelihood(a, d, seen) < likelihood(b, d, seen))
            low = a;
        else
            high = b;
    }
    const double lose = 0.5 * (low + high), count = (double)n;
    return ((double)gained - (double)lost - count * d) / sqrt(count * (2.0 * lose + d * (1.0 - d)));
}

static void test_ends_are_where_the_score_test_turns(void **state)
{
    (void)state;
    static const uint64_t tables[][3] = {
        {12, 2, 50},  {9, 5, 50}, {0, 1, 44},  {1, 0, 44},   {40, 20, 160},    {150, 86, 1600},
        {6, 16, 161}, {3, 0, 20}, {53, 1, 54}, {30, 30, 60}, {500, 20, 10000}, {1, 0, 10000},
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        const uint64_t *t = tables[i];
        const hr_estimate e = hr_estimate_paired(t[0], t[1], t[2]);
        assert_near(e.value, ((double)t[0] - (double)t[1]) / (double)t[2], 1e-15);
        assert_true(-1.0 <= e.lo && e.lo <= e.value && e.value <= e.hi && e.hi <= 1.0);
        assert_within(score(e.lo, t[0], t[1], t[2]), HR_Z95, 1e-4);
        assert_within(score(e.hi, t[0], t[1], t[2]), -HR_Z95, 1e-4);
        const hr_estimate mirror = hr_estimate_paired(t[1], t[0], t[2]);
        assert_same_bits(mirror.lo, -e.hi);
        assert_same_bits(mirror.hi, -e.lo);
    }
    assert_same_bits(hr_estimate_paired(54, 0, 54).hi, 1.0);
    assert_same_bits(hr_estimate_paired(0, 54, 54).lo, -1.0);
}

/* The chance that the interval holds the true difference, summed over all that can be seen. */
static double coverage(double gain, double lose, int n)
{
    double covered = 0.0;
    for (int b = 0; b <= n; b++)
        for (int c = 0; b + c <= n; c++) {
            const double chance =
                exp(lgamma(n + 1.0) - lgamma(b + 1.0) - lgamma(c + 1.0) - lgamma(n - b - c + 1.0) +
                    b * log(gain) + c * log(lose) + (n - b - c) * log(1.0 - gain - lose));
            const hr_estimate e = hr_estimate_paired((uint64_t)b, (uint64_t)c, (uint64_t)n);
            covered += e.lo <= gain - lose && gain - lose <= e.hi ? chance : 0.0;
        }
    return covered;
}

static void test_it_covers_nineteen_times_in_twenty(void **state)
{
    (void)state;
    assert_within(coverage(0.10, 0.05, 100), 0.95, 0.01);
    assert_within(coverage(0.30, 0.10, 40), 0.95, 0.015);
    assert_within(coverage(0.05, 0.05, 60), 0.95, 0.02);
    assert_true(coverage(0.02, 0.001, 60) > 0.94); /* few differ: careful, not short */
}

static void test_its_error_is_that_of_paired_futures(void **state)
{
    (void)state;
    /* the mean of 1, -1 and 0 over futures */
    const hr_estimate e = hr_estimate_paired(900, 300, 10000);
    assert_near(e.se, sqrt((0.12 - 0.06 * 0.06) / 10000.0), 1e-12);
    assert_true(e.se < sqrt(2.0 * 0.5 * 0.5 / 10000.0)); /* two chances near a half, apart */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_intervals),
        cmocka_unit_test(test_few_differences),
        cmocka_unit_test(test_ends_are_where_the_score_test_turns),
        cmocka_unit_test(test_it_covers_nineteen_times_in_twenty),
        cmocka_unit_test(test_its_error_is_that_of_paired_futures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
