/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streamed quantiles against exact ones, and their independence of the split. */
#include "support/near.h"

#include "base/histogram.h"
#include "support/luck.h"

enum { N = 20000, PILOT = 4096 };

static const double probability[7] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

static void near_the_exact_quantiles(void **state)
{
    (void)state;
    static double value[N], work[N];
    static uint32_t count[HR_BINS + 2];
    for (uint32_t i = 0; i < N; i++)
        value[i] = i % 10 == 9 ? NAN : 1e7 + 1e5 * hr_test_normal(1, i);
    hr_histogram h;
    hr_histogram_begin(&h, value, PILOT, count);
    hr_histogram_add(&h, value, N);
    hr_estimate streamed[7], exact[7];
    hr_histogram_quantiles(&h, probability, 7, streamed);
    hr_quantiles(value, N, probability, 7, work, exact);
    const double bin = (h.high - h.low) / HR_BINS;
    for (int i = 0; i < 7; i++) {
        assert_int_equal(streamed[i].n, exact[i].n);
        assert_within(streamed[i].value, exact[i].value, bin);
        assert_within(streamed[i].lo, exact[i].lo, bin);
        assert_within(streamed[i].hi, exact[i].hi, bin);
        assert_within(streamed[i].se, exact[i].se, bin);
    }
}

static void any_split_gives_the_same_bits(void **state)
{
    (void)state;
    static double value[N];
    static uint32_t whole_count[HR_BINS + 2], count[3][HR_BINS + 2];
    for (uint32_t i = 0; i < N; i++)
        value[i] = hr_test_normal(2, i);
    hr_histogram whole, part[3];
    hr_histogram_begin(&whole, value, PILOT, whole_count);
    hr_histogram_add(&whole, value, N);
    const size_t cut[4] = {0, 1234, 15000, N};
    for (int p = 0; p < 3; p++) {
        hr_histogram_begin(&part[p], value, PILOT, count[p]);
        hr_histogram_add(&part[p], value + cut[p], cut[p + 1] - cut[p]);
    }
    hr_histogram_merge(&part[2], &part[0]);
    hr_histogram_merge(&part[2], &part[1]);
    hr_estimate a[7], b[7];
    hr_histogram_quantiles(&whole, probability, 7, a);
    hr_histogram_quantiles(&part[2], probability, 7, b);
    for (int i = 0; i < 7; i++) {
        assert_same_bits(a[i].value, b[i].value);
        assert_same_bits(a[i].lo, b[i].lo);
        assert_same_bits(a[i].hi, b[i].hi);
    }
    assert_same_bits(whole.least, part[2].least);
    assert_same_bits(whole.most, part[2].most);
}

static void range_from_the_pilot(void **state)
{
    (void)state;
    static uint32_t count[HR_BINS + 2];
    hr_histogram h;
    const double pilot[] = {NAN, 2.0, 6.0, INFINITY, 4.0};
    hr_histogram_begin(&h, pilot, 5, count);
    assert_same_bits(h.low, 0.0);
    assert_same_bits(h.high, 8.0);
    hr_histogram_begin(&h, pilot + 1, 1, count);
    assert_same_bits(h.low, 1.5);
    assert_same_bits(h.high, 2.5);
    hr_histogram_begin(&h, pilot, 1, count);
    assert_true(h.low < h.high);
    const double huge = 1e18;
    hr_histogram_begin(&h, &huge, 1, count);
    assert_true(h.low < huge && huge < h.high);
    hr_estimate e;
    hr_histogram_quantiles(&h, probability, 1, &e);
    assert_true(isnan(e.value) && isnan(e.lo) && isnan(e.se));
    assert_int_equal(e.n, 0);
}

static void values_outside_the_range(void **state)
{
    (void)state;
    static uint32_t count[HR_BINS + 2];
    hr_histogram h;
    const double pilot[] = {0.0, 1.0};
    hr_histogram_begin(&h, pilot, 2, count);
    const double value[] = {-1e30, h.low, 0.5, h.high, 1e30};
    hr_histogram_add(&h, value, 5);
    assert_int_equal(count[0], 1);
    assert_int_equal(count[1], 1);
    assert_int_equal(count[HR_BINS + 1], 2);
    const double p[] = {0.1, 0.5, 0.99};
    hr_estimate e[3];
    hr_histogram_quantiles(&h, p, 3, e);
    assert_true(-1e30 <= e[0].value && e[0].value <= h.low);
    assert_within(e[1].value, 0.5, 1e-3);
    assert_true(h.high <= e[2].value && e[2].value <= 1e30);

    memset(count, 0, sizeof count);
    hr_histogram_begin(&h, pilot, 2, count);
    const double infinite[] = {-INFINITY, 0.5, INFINITY};
    hr_histogram_add(&h, infinite, 3);
    hr_histogram_quantiles(&h, p, 3, e);
    assert_same_bits(e[0].value, -INFINITY);
    assert_same_bits(e[2].value, INFINITY);
}

static void a_constant_is_itself(void **state)
{
    (void)state;
    static uint32_t count[HR_BINS + 2];
    const double value[] = {3.7, 3.7, 3.7};
    hr_histogram h;
    hr_histogram_begin(&h, value, 3, count);
    hr_histogram_add(&h, value, 3);
    hr_estimate e[7];
    hr_histogram_quantiles(&h, probability, 7, e);
    for (int i = 0; i < 7; i++)
        assert_same_bits(e[i].value, 3.7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_the_exact_quantiles),
        cmocka_unit_test(any_split_gives_the_same_bits),
        cmocka_unit_test(range_from_the_pilot),
        cmocka_unit_test(values_outside_the_range),
        cmocka_unit_test(a_constant_is_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
