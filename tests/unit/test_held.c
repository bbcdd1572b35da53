/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things held against a first future by future: each estimate against its formula worked out the
 * plain way, bands against a sort, and how often intervals of some of the futures hold the truth.
 */
#include "analysis/held.h"

#include "base/lanes.h"
#include "support/luck.h"
#include "support/near.h"

enum { N = 1000 };

static uint8_t first_mark[N], second_mark[N], in[N];
static double first_value[N], second_value[N], average[N], work[N];

/* Marks and values that move together; every third future counts. */
static void make(int undefined)
{
    for (uint32_t i = 0; i < N; i++) {
        const double z = hr_test_normal(1, i), y = hr_test_normal(2, i), x = hr_test_normal(3, i);
        first_value[i] = 10.0 * z;
        second_value[i] = 10.0 * z + 2.0 * y - 3.0;
        first_mark[i] = z < -0.5;
        second_mark[i] = z + 0.4 * y < -0.2;
        average[i] = 0.7 * z + 0.7 * x;
        in[i] = i % 3 == 0;
        if (undefined && i % 7 == 0)
            (i % 2 == 0 ? first_value : second_value)[i] = NAN;
    }
}

static uint64_t count_of(const uint8_t *mark, int inside)
{
    uint64_t n = 0;
    for (int i = 0; i < N; i++)
        n += mark[i] && (inside < 0 || in[i] == inside);
    return n;
}

static void test_all_futures_are_pairs(void **state)
{
    (void)state;
    make(0);
    uint64_t gained = 0, lost = 0;
    for (int i = 0; i < N; i++) {
        gained += second_mark[i] && !first_mark[i];
        lost += first_mark[i] && !second_mark[i];
    }
    const hr_estimate pair = hr_estimate_paired(gained, lost, N);
    const hr_estimate more = hr_held_chance_more(first_mark, second_mark, NULL, N);
    assert_memory_equal(&more, &pair, sizeof pair);
    const hr_estimate p = hr_held_chance(second_mark, NULL, N);
    assert_same_bits(p.value, (double)count_of(second_mark, -1) / N);
    double sum = 0.0, square = 0.0;
    for (int i = 0; i < N; i++)
        sum += second_value[i] - first_value[i];
    for (int i = 0; i < N; i++) {
        const double off = second_value[i] - first_value[i] - sum / N;
        square += off * off;
    }
    const hr_estimate mean = hr_held_mean_more(first_value, second_value, NULL, N);
    assert_near(mean.value, sum / N, 1e-12);
    assert_near(mean.se, sqrt(square / (N - 1) / N), 1e-10);
    assert_near(mean.hi - mean.lo, 2 * HR_Z95 * mean.se, 1e-12);
}

/* p in - p all is (1 - w)(p in - p out), in value and in Newcombe's interval. */
static void test_some_of_the_same_futures(void **state)
{
    (void)state;
    make(0);
    uint64_t counted = 0;
    for (int i = 0; i < N; i++)
        counted += in[i];
    const hr_estimate p_in = hr_estimate_chance(count_of(first_mark, 1), counted);
    const hr_estimate p_out = hr_estimate_chance(count_of(first_mark, 0), N - counted);
    const hr_estimate apart = hr_estimate_apart(p_in, p_out, 0.0);
    const hr_estimate more = hr_held_chance_more(first_mark, first_mark, in, N);
    const double left = 1.0 - (double)counted / N;
    assert_near(more.value, p_in.value - (double)count_of(first_mark, -1) / N, 1e-12);
    assert_near(more.lo, left * apart.lo, 1e-12);
    assert_near(more.hi, left * apart.hi, 1e-12);
    assert_same_bits(hr_held_chance(first_mark, in, N).value, p_in.value);

    double sum[2] = {0.0}, square[2] = {0.0};
    const double n[2] = {N - (double)counted, (double)counted};
    for (int i = 0; i < N; i++)
        sum[in[i]] += first_value[i];
    for (int i = 0; i < N; i++) {
        const double off = first_value[i] - sum[in[i]] / n[in[i]];
        square[in[i]] += off * off;
    }
    const hr_estimate mean = hr_held_mean_more(first_value, first_value, in, N);
    assert_near(mean.value, sum[1] / n[1] - (sum[0] + sum[1]) / N, 1e-12);
    assert_near(mean.se, left * sqrt(square[0] / (n[0] - 1) / n[0] + square[1] / (n[1] - 1) / n[1]),
                1e-10);
}

/* Something else over some of the futures, held against the first over all. */
static void test_some_futures_of_another(void **state)
{
    (void)state;
    make(0);
    double all = 0.0, some = 0.0, counted = 0.0;
    for (int i = 0; i < N; i++) {
        all += first_value[i] / N;
        some += in[i] ? second_value[i] : 0.0;
        counted += in[i];
    }
    const hr_estimate mean = hr_held_mean_more(first_value, second_value, in, N);
    assert_near(mean.value, some / counted - all, 1e-10);
    const hr_estimate more = hr_held_chance_more(first_mark, second_mark, in, N);
    assert_near(more.value,
                (double)count_of(second_mark, 1) / counted - (double)count_of(first_mark, -1) / N,
                1e-12);
    assert_true(more.lo < more.value && more.value < more.hi);
}

static void test_what_is_not_defined_is_left_out(void **state)
{
    (void)state;
    make(1);
    double sum = 0.0, n = 0.0, in_sum = 0.0, in_n = 0.0, all = 0.0, all_n = 0.0;
    for (int i = 0; i < N; i++) {
        const double d = second_value[i] - first_value[i];
        sum += isnan(d) ? 0.0 : d;
        n += !isnan(d);
        if (isnan(first_value[i]))
            continue;
        in_sum += in[i] ? first_value[i] : 0.0;
        in_n += in[i];
        all += first_value[i];
        all_n += 1.0;
    }
    const hr_estimate pair = hr_held_mean_more(first_value, second_value, NULL, N);
    assert_int_equal(pair.n, (uint64_t)n);
    assert_near(pair.value, sum / n, 1e-11);
    const hr_estimate band = hr_held_mean_more(first_value, first_value, in, N);
    assert_near(band.value, in_sum / in_n - all / all_n, 1e-11);
    assert_int_equal(hr_held_mean(first_value, NULL, N).n, (uint64_t)all_n);
}

static void test_nothing_is_exactly_nothing(void **state)
{
    (void)state;
    make(1);
    memset(in, 1, sizeof in);
    const hr_estimate zero[] = {hr_held_mean_more(first_value, first_value, NULL, N),
                                hr_held_mean_more(first_value, first_value, in, N),
                                hr_held_chance_more(first_mark, first_mark, in, N)};
    for (size_t i = 0; i < sizeof zero / sizeof zero[0]; i++)
        assert_true(zero[i].value == 0.0 && zero[i].se == 0.0 && zero[i].lo == 0.0 &&
                    zero[i].hi == 0.0);
    const hr_estimate pair = hr_held_chance_more(first_mark, first_mark, NULL, N);
    assert_true(pair.value == 0.0 && pair.lo < 0.0 && pair.hi > 0.0); /* few futures cannot tell */
}

/* ---- bands ---- */

static void test_bands_are_those_of_a_sort(void **state)
{
    (void)state;
    static const double end[][2] = {{0, 10}, {90, 100}, {25, 50}, {0, 100}, {7, 7.5}, {33.3, 66.6}};
    static double sorted[N];
    make(0);
    memcpy(sorted, average, sizeof sorted);
    qsort(sorted, N, sizeof *sorted, hr_compare_doubles);
    for (size_t k = 0; k < sizeof end / sizeof end[0]; k++) {
        double low, high;
        const int from = (int)ceil(N * end[k][0] / 100.0 - 1e-9);
        const int to = (int)ceil(N * end[k][1] / 100.0 - 1e-9);
        const uint64_t found =
            hr_held_band(average, N, end[k][0], end[k][1], &low, &high, in, work);
        assert_int_equal(found, to - from);
        assert_same_bits(low, sorted[from]);
        assert_same_bits(high, sorted[to - 1]);
        for (int i = 0; i < N; i++)
            assert_int_equal(in[i], average[i] >= sorted[from] && average[i] <= sorted[to - 1]);
    }
}

/* Bands side by side hold every future once. */
static void test_bands_share_no_future(void **state)
{
    (void)state;
    static uint8_t times[N];
    double low, high;
    make(0);
    memset(times, 0, sizeof times);
    for (int k = 0; k < 7; k++) {
        (void)hr_held_band(average, N, 100.0 * k / 7.0, 100.0 * (k + 1) / 7.0, &low, &high, in,
                           work);
        for (int i = 0; i < N; i++)
            times[i] = (uint8_t)(times[i] + in[i]);
    }
    for (int i = 0; i < N; i++)
        assert_int_equal(times[i], 1);
}

/* Futures with equal values are in or out together: what is known holds every future. */
static void test_equal_values_are_not_told_apart(void **state)
{
    (void)state;
    double low, high;
    for (int i = 0; i < N; i++)
        average[i] = 3.5;
    assert_int_equal(hr_held_band(average, N, 90, 100, &low, &high, in, work), N);
    assert_true(low == 3.5 && high == 3.5);
    for (int i = 0; i < N; i++)
        average[i] = i % 4; /* quarters of one value each */
    assert_int_equal(hr_held_band(average, N, 90, 100, &low, &high, in, work), N / 4);
    assert_int_equal(hr_held_band(average, N, 20, 30, &low, &high, in, work), N / 2);
    assert_true(low == 0.0 && high == 1.0);
    const double one = 1.0;
    assert_int_equal(hr_held_band(&one, 1, 90, 100, &low, &high, in, work), 1);
}

/* ---- do 95 of 100 intervals hold the truth? ---- */

enum { SMALL = 200, SEEDS = 2000 };

/* Of a second thing over the half of the futures in which a third is above its middle. */
static void test_intervals_of_some_futures_cover(void **state)
{
    (void)state;
    static const double truth_first = 0.3, pull = 0.15;
    int held_chance = 0, held_band = 0, held_mean = 0;
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        static uint8_t a[SMALL], b[SMALL], half[SMALL];
        static double x[SMALL], y[SMALL];
        for (uint32_t i = 0; i < SMALL; i++) {
            const double u = hr_test_uniform(40 + seed, i), v = hr_test_uniform(9000 + seed, i);
            half[i] = i % 2 == 0;
            a[i] = u < truth_first + (half[i] ? pull : -pull);
            b[i] = a[i] || v < 0.2;
            x[i] = (half[i] ? 1.0 : -1.0) + u;
            y[i] = x[i] + v;
        }
        const hr_estimate p = hr_held_chance_more(a, b, half, SMALL);
        const double in_second = (truth_first + pull) + 0.2 * (1.0 - truth_first - pull);
        held_chance += p.lo <= in_second - truth_first && in_second - truth_first <= p.hi;
        const hr_estimate q = hr_held_chance_more(a, a, half, SMALL);
        held_band += q.lo <= pull && pull <= q.hi;
        const hr_estimate m = hr_held_mean_more(x, y, half, SMALL);
        held_mean += m.lo <= 1.5 && 1.5 <= m.hi;
    }
    assert_within((double)held_chance / SEEDS, 0.95, 0.02);
    assert_within((double)held_band / SEEDS, 0.95, 0.02);
    assert_within((double)held_mean / SEEDS, 0.95, 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_futures_are_pairs),
        cmocka_unit_test(test_some_of_the_same_futures),
        cmocka_unit_test(test_some_futures_of_another),
        cmocka_unit_test(test_what_is_not_defined_is_left_out),
        cmocka_unit_test(test_nothing_is_exactly_nothing),
        cmocka_unit_test(test_bands_are_those_of_a_sort),
        cmocka_unit_test(test_bands_share_no_future),
        cmocka_unit_test(test_equal_values_are_not_told_apart),
        cmocka_unit_test(test_intervals_of_some_futures_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
