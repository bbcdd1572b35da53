/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates: formulas, exactness of selection on awkward columns, and coverage of the intervals. */
#include "support/near.h"

#include <gsl/gsl_cdf.h>

#include "base/estimate.h"
#include "base/lanes.h"
#include "support/luck.h"

static const double probability[7] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

static void mean_has_its_interval(void **state)
{
    (void)state;
    const hr_estimate e = hr_estimate_mean((hr_moments){.n = 4, .mean = 10.0, .m2 = 12.0});
    assert_int_equal(e.n, 4);
    assert_same_bits(e.value, 10.0);
    assert_near(e.se, 1.0, 1e-15);
    assert_near(e.lo, 10.0 - HR_Z95, 1e-15);
    assert_near(e.hi, 10.0 + HR_Z95, 1e-15);
    assert_true(isnan(hr_estimate_mean((hr_moments){0}).value));
    assert_true(isnan(hr_estimate_mean((hr_moments){.n = 1, .mean = 2.0}).se));
    assert_near(HR_Z95, gsl_cdf_ugaussian_Pinv(0.975), 1e-15);
}

static void chance_is_wilsons(void **state)
{
    (void)state;
    /* the interval's ends solve (p - end)^2 = z^2 end (1 - end) / n */
    for (uint64_t hits = 0; hits <= 40; hits++) {
        const hr_estimate e = hr_estimate_chance(hits, 40);
        const double p = (double)hits / 40.0;
        assert_same_bits(e.value, p);
        assert_near(e.se, sqrt(p * (1.0 - p) / 40.0), 1e-15);
        assert_within((p - e.lo) * (p - e.lo), HR_Z95 * HR_Z95 * e.lo * (1.0 - e.lo) / 40.0, 1e-14);
        assert_within((p - e.hi) * (p - e.hi), HR_Z95 * HR_Z95 * e.hi * (1.0 - e.hi) / 40.0, 1e-14);
        assert_true(0.0 <= e.lo && e.lo <= p && p <= e.hi && e.hi <= 1.0 && e.lo < e.hi);
    }
    assert_same_bits(hr_estimate_chance(0, 10).lo, 0.0);
    assert_same_bits(hr_estimate_chance(10, 10).hi, 1.0);
    assert_true(isnan(hr_estimate_chance(0, 0).value));
    assert_true(isnan(hr_estimate_chance(0, 0).hi));
}

/* R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II: method 10 of contrasts (a) to
 * (h), printed to four places. */
static void chances_apart_are_newcombes(void **state)
{
    (void)state;
    static const struct {
        uint64_t a, m, b, n;
        double lo, hi;
    } row[] = {{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},
               {6, 7, 2, 7, 0.0582, 0.8062},     {5, 56, 0, 29, -0.0381, 0.1926},
               {0, 10, 0, 20, -0.1611, 0.2775},  {0, 10, 0, 10, -0.2775, 0.2775},
               {10, 10, 0, 20, 0.6791, 1.0},     {10, 10, 0, 10, 0.6075, 1.0}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        const hr_estimate a = hr_estimate_chance(row[i].a, row[i].m);
        const hr_estimate b = hr_estimate_chance(row[i].b, row[i].n);
        const hr_estimate d = hr_estimate_apart(a, b, 0.0), back = hr_estimate_apart(b, a, 0.0);
        assert_same_bits(d.value, a.value - b.value);
        assert_within(d.lo, row[i].lo, 0.5e-4);
        assert_within(d.hi, row[i].hi, 0.5e-4);
        assert_near(d.se, sqrt(a.se * a.se + b.se * b.se), 1e-14);
        assert_within(back.lo, -d.hi, 1e-15);
        assert_within(back.hi, -d.lo, 1e-15);
    }
    assert_true(isnan(hr_estimate_apart(hr_estimate_chance(0, 0), hr_estimate_chance(1, 2), 0).lo));
}

/* Estimates that move together leave less between them; two that are one leave nothing. */
static void chances_that_move_together_are_nearer(void **state)
{
    (void)state;
    const hr_estimate a = hr_estimate_chance(40, 100), b = hr_estimate_chance(25, 100);
    double before = INFINITY;
    for (double r = 0.0; r <= 1.0; r += 0.25) {
        const hr_estimate d = hr_estimate_apart(a, b, r);
        assert_true(d.hi - d.lo < before && d.lo <= d.value && d.value <= d.hi);
        before = d.hi - d.lo;
    }
    const hr_estimate none = hr_estimate_apart(a, a, 1.0);
    assert_within(none.se, 0.0, 1e-12);
    assert_true(none.lo <= 0.0 && none.hi >= 0.0 &&
                none.hi - none.lo < hr_estimate_apart(a, a, 0.0).hi);
}

static void ranks_are_as_written(void **state)
{
    (void)state;
    assert_int_equal(hr_quantile_ranks(10000, 0.07).value, 699); /* 700.0000000000001 by rounding */
    assert_int_equal(hr_quantile_ranks(101, 0.5).value, 50);
    assert_int_equal(hr_quantile_ranks(1, 0.95).value, 0);
    assert_int_equal(hr_quantile_ranks(0, 0.5).hi, 0);
    const hr_ranks r = hr_quantile_ranks(10000, 0.05); /* 500 -+ 1.96 x 21.79 */
    assert_int_equal(r.value, 499);
    assert_int_equal(r.lo, 457);
    assert_int_equal(r.hi, 543);
    for (size_t n = 1; n < 300; n++)
        for (int i = 0; i < 7; i++) {
            const hr_ranks each = hr_quantile_ranks(n, probability[i]);
            assert_true(each.lo <= each.value && each.value <= each.hi && each.hi < n);
        }
}

/* Columns that have broken selections: smooth, tied, constant, sorted, skew, with outliers,
 * infinite. */
static double awkward(int kind, uint32_t i)
{
    const double z = hr_test_normal(20, i);
    switch (kind) {
    case 0: return z;
    case 1: return floor(3.0 * z);
    case 2: return z > 1.0 ? 1.0 : -0.0;
    case 3: return 7.0;
    case 4: return (double)i;
    case 5: return -(double)i;
    case 6: return exp(9.0 * z);
    case 7: return i % 1000 == 0 ? 1e300 : z;
    case 8: return i % 500 == 0 ? -INFINITY : i % 501 == 0 ? INFINITY : z;
    case 9: return i % 3 == 0 ? NAN : z;
    case 10: return i % 2 == 0 ? 0.0 : -0.0;
    case 11: return z * 1e-320;
    case 12: return (i % 2 == 0 ? 1.7e308 : -1.7e308) * fabs(z) / 5.0;
    default: return NAN;
    }
}

static void quantiles_are_those_of_a_sort(void **state)
{
    (void)state;
    enum { MOST = 5000 };
    static double value[MOST], sorted[MOST], work[MOST];
    const size_t length[] = {1, 2, 3, 24, 25, 100, 511, 513, MOST};
    for (int kind = 0; kind <= 13; kind++)
        for (size_t l = 0; l < sizeof length / sizeof length[0]; l++) {
            size_t defined = 0;
            for (uint32_t i = 0; i < length[l]; i++) {
                value[i] = awkward(kind, i);
                if (!isnan(value[i]))
                    sorted[defined++] = value[i] + 0.0;
            }
            qsort(sorted, defined, sizeof *sorted, hr_compare_doubles);
            hr_estimate e[7];
            hr_quantiles(value, length[l], probability, 7, work, e);
            for (int i = 0; i < 7; i++) {
                const hr_ranks r = hr_quantile_ranks(defined, probability[i]);
                assert_int_equal(e[i].n, defined);
                if (defined == 0) {
                    assert_true(isnan(e[i].value) && isnan(e[i].lo) && isnan(e[i].hi));
                    continue;
                }
                assert_same_bits(e[i].value, sorted[r.value]);
                assert_same_bits(e[i].lo, sorted[r.lo]);
                assert_same_bits(e[i].hi, sorted[r.hi]);
            }
        }
}

static void more_quantiles_than_one_selection_holds(void **state)
{
    (void)state;
    double value[1000], work[1000], p[99];
    hr_estimate e[99];
    for (int i = 0; i < 1000; i++)
        value[i] = (i * 373) % 1000 + 1; /* 1 to 1,000 in some order */
    for (int i = 0; i < 99; i++)
        p[i] = (i + 1) / 100.0;
    hr_quantiles(value, 1000, p, 99, work, e);
    for (int i = 0; i < 99; i++)
        assert_same_bits(e[i].value, 10.0 * (i + 1));
}

static void order_of_values_does_not_matter(void **state)
{
    (void)state;
    double forward[777], backward[777], work[777];
    for (uint32_t i = 0; i < 777; i++)
        forward[i] = backward[776 - i] = i % 10 == 0   ? 0.0
                                         : i % 10 == 5 ? -0.0
                                                       : hr_test_normal(3, i);
    hr_estimate a[7], b[7];
    hr_quantiles(forward, 777, probability, 7, work, a);
    hr_quantiles(backward, 777, probability, 7, work, b);
    for (int i = 0; i < 7; i++) {
        assert_same_bits(a[i].value, b[i].value);
        assert_same_bits(a[i].se, b[i].se);
    }
}

static void shortfall_of_known_values(void **state)
{
    (void)state;
    double value[21], work[21];
    for (int i = 0; i < 20; i++)
        value[i] = (i * 7) % 20 + 1; /* 1 to 20 */
    value[20] = NAN;
    const hr_estimate low = hr_expected_shortfall(value, 21, 0.25, 1, work); /* 1 to 5 */
    assert_int_equal(low.n, 20);
    assert_near(low.value, 3.0, 1e-15);
    assert_near(low.se, sqrt((2.0 + 0.75 * 4.0) / (20.0 * 0.25)), 1e-15);
    const hr_estimate high = hr_expected_shortfall(value, 21, 0.25, 0, work); /* 16 to 20 */
    assert_near(high.value, 18.0, 1e-15);
    assert_near(high.se, low.se, 1e-15);
    assert_true(isnan(hr_expected_shortfall(value + 20, 1, 0.05, 1, work).value));
    assert_true(isnan(hr_expected_shortfall(value, 2, 0.05, 1, work).se));
}

static void shortfall_with_ties_takes_only_its_share(void **state)
{
    (void)state;
    const double value[] = {0.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 9.0, 9.0, 9.0};
    double work[10];
    assert_near(hr_expected_shortfall(value, 10, 0.3, 1, work).value, 10.0 / 3.0, 1e-15);
    assert_near(hr_expected_shortfall(value, 10, 0.5, 0, work).value, 37.0 / 5.0, 1e-15);
}

/* Share of 2,000 samples of 400 whose interval holds the truth; 95 % with a band of five errors of
 * that share, and somewhat more above, since ranks are rounded outwards. */
static void intervals_cover(void **state)
{
    (void)state;
    enum { SAMPLES = 2000, N = 400 };
    int mean = 0, chance = 0, shortfall = 0, quantile[7] = {0};
    for (uint32_t s = 0; s < SAMPLES; s++) {
        double value[N], work[N];
        hr_moments leaf[2];
        uint64_t hits = 0;
        for (uint32_t i = 0; i < N; i++) {
            value[i] = hr_test_normal(100 + s, i);
            hits += value[i] < gsl_cdf_ugaussian_Pinv(0.07);
        }
        leaf[0] = hr_moments_of_leaf(value, HR_LEAF);
        leaf[1] = hr_moments_of_leaf(value + HR_LEAF, N - HR_LEAF);
        const hr_estimate m = hr_estimate_mean(hr_moments_tree(leaf, 2));
        const hr_estimate c = hr_estimate_chance(hits, N);
        const hr_estimate t = hr_expected_shortfall(value, N, 0.1, 1, work);
        mean += m.lo <= 0.0 && 0.0 <= m.hi;
        chance += c.lo <= 0.07 && 0.07 <= c.hi;
        /* minus the density at the 10 % point over 0.1 */
        const double true_shortfall = -1.7549833193248682;
        shortfall += t.lo <= true_shortfall && true_shortfall <= t.hi;
        hr_estimate q[7];
        hr_quantiles(value, N, probability, 7, work, q);
        for (int i = 0; i < 7; i++) {
            const double truth = gsl_cdf_ugaussian_Pinv(probability[i]);
            quantile[i] += q[i].lo <= truth && truth <= q[i].hi;
        }
    }
    const double band = 5.0 * sqrt(0.95 * 0.05 / SAMPLES);
    assert_within((double)mean / SAMPLES, 0.95, band);
    assert_within((double)chance / SAMPLES, 0.95, band);
    assert_within((double)shortfall / SAMPLES, 0.94, band);
    for (int i = 0; i < 7; i++)
        assert_within((double)quantile[i] / SAMPLES, 0.955, band);
}

/* Futures that are all or nothing make a chance; those that have a share of their own count for as
 * many as have their error. */
static void test_a_share_is_a_chance_of_as_many_as_have_its_error(void **state)
{
    (void)state;
    const hr_estimate chance = hr_estimate_chance(30, 400);
    hr_estimate share = hr_estimate_share(chance.value, chance.se, 400);
    assert_near(share.lo, chance.lo, 1e-12);
    assert_near(share.hi, chance.hi, 1e-12);
    share = hr_estimate_share(0.25, sqrt(0.25 * 0.75 / 1600.0), 400);
    assert_near(share.lo, hr_estimate_chance(400, 1600).lo, 1e-12);
    assert_near(share.hi, hr_estimate_chance(400, 1600).hi, 1e-12);
    assert_true(share.n == 400);
    share = hr_estimate_share(0.0, 0.0, 400);
    assert_true(share.lo == 0.0 && share.hi == hr_estimate_chance(0, 400).hi);
    share = hr_estimate_share(1.0, 0.0, 400);
    assert_true(share.hi == 1.0 && share.lo == hr_estimate_chance(400, 400).lo);
    share = hr_estimate_share(0.2, 0.0, 400); /* every future has the same share */
    assert_near(share.hi, hr_estimate_chance(80, 400).hi, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_share_is_a_chance_of_as_many_as_have_its_error),
        cmocka_unit_test(mean_has_its_interval),
        cmocka_unit_test(chance_is_wilsons),
        cmocka_unit_test(chances_apart_are_newcombes),
        cmocka_unit_test(chances_that_move_together_are_nearer),
        cmocka_unit_test(ranks_are_as_written),
        cmocka_unit_test(quantiles_are_those_of_a_sort),
        cmocka_unit_test(more_quantiles_than_one_selection_holds),
        cmocka_unit_test(order_of_values_does_not_matter),
        cmocka_unit_test(shortfall_of_known_values),
        cmocka_unit_test(shortfall_with_ties_takes_only_its_share),
        cmocka_unit_test(intervals_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
