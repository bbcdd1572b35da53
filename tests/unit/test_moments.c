/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments: right, blind to NaN, and the same bits however the leaves are grouped. */
#include "support/near.h"

#include "base/moments.h"
#include "support/luck.h"

static void leaf_of_known_values(void **state)
{
    (void)state;
    const double value[] = {1.0, NAN, 2.0, 4.0, -3.0, NAN};
    const hr_moments m = hr_moments_of_leaf(value, 6);
    assert_int_equal(m.n, 4);
    assert_near(m.mean, 1.0, 1e-15);
    assert_near(m.m2, 26.0, 1e-15);
    assert_near(hr_moments_sd(m), sqrt(26.0 / 3.0), 1e-15);
    assert_near(hr_moments_se(m), sqrt(26.0 / 3.0) / 2.0, 1e-15);
}

static void leaves_of_every_length(void **state)
{
    (void)state;
    double value[HR_LEAF];
    for (uint32_t i = 0; i < HR_LEAF; i++)
        value[i] = 1e6 + hr_test_normal(1, i);
    for (size_t n = 1; n <= HR_LEAF; n++) {
        long double sum = 0.0L, square = 0.0L;
        for (size_t i = 0; i < n; i++)
            sum += value[i];
        for (size_t i = 0; i < n; i++)
            square += (value[i] - sum / n) * (value[i] - sum / n);
        const hr_moments m = hr_moments_of_leaf(value, n);
        assert_int_equal(m.n, n);
        assert_near(m.mean, (double)(sum / n), 3e-16);
        assert_near(m.m2, (double)square, n == 1 ? 0.0 : 1e-11);
    }
}

static void nothing_defined(void **state)
{
    (void)state;
    const double value[] = {NAN, NAN};
    const hr_moments none = hr_moments_of_leaf(value, 2);
    assert_int_equal(none.n, 0);
    assert_same_bits(none.mean, 0.0);
    assert_true(isnan(hr_moments_sd(none)));
    assert_true(isnan(hr_moments_se(none)));
    const double one = 5.0;
    const hr_moments single = hr_moments_of_leaf(&one, 1);
    assert_true(isnan(hr_moments_sd(single)));
    assert_same_bits(hr_moments_merge(none, single).mean, 5.0);
    assert_same_bits(hr_moments_merge(single, none).mean, 5.0);
    hr_moments empty = {0};
    assert_int_equal(hr_moments_tree(&empty, 0).n, 0);
}

static void infinite_values_show(void **state)
{
    (void)state;
    const double value[] = {1.0, INFINITY};
    assert_true(isnan(hr_moments_of_leaf(value, 2).m2));
}

enum { LEAVES = 29 };

static void all_leaves(hr_moments leaf[LEAVES])
{
    double value[HR_LEAF];
    for (uint32_t l = 0; l < LEAVES; l++) {
        for (uint32_t i = 0; i < HR_LEAF; i++)
            value[i] = 3.0 * hr_test_normal(2, l * HR_LEAF + i) + l;
        leaf[l] = hr_moments_of_leaf(value, HR_LEAF);
    }
}

static void tree_gives_same_bits_in_any_aligned_runs(void **state)
{
    (void)state;
    hr_moments leaf[LEAVES];
    all_leaves(leaf);
    const hr_moments whole = hr_moments_tree(leaf, LEAVES);
    assert_int_equal(whole.n, LEAVES * HR_LEAF);
    for (size_t run = 2; run <= 32; run *= 2) {
        all_leaves(leaf);
        size_t runs = 0;
        hr_moments merged[LEAVES];
        for (size_t at = 0; at < LEAVES; at += run)
            merged[runs++] = hr_moments_tree(leaf + at, LEAVES - at < run ? LEAVES - at : run);
        const hr_moments m = hr_moments_tree(merged, runs);
        assert_same_bits(m.mean, whole.mean);
        assert_same_bits(m.m2, whole.m2);
        assert_int_equal(m.n, whole.n);
    }
}

/* A whole sample, whose last leaf is not full. */
static void a_sample_is_the_tree_of_its_leaves(void **state)
{
    (void)state;
    enum { VALUES = 2 * HR_LEAF + 7 };
    double value[VALUES];
    hr_moments leaf[3], room[VALUES / HR_LEAF + 1];
    for (uint32_t i = 0; i < VALUES; i++)
        value[i] = hr_test_normal(5, i);
    for (int l = 0; l < 3; l++)
        leaf[l] = hr_moments_of_leaf(value + l * HR_LEAF, l < 2 ? HR_LEAF : 7);
    const hr_moments m = hr_moments_of(value, VALUES, room), whole = hr_moments_tree(leaf, 3);
    assert_int_equal(m.n, VALUES);
    assert_same_bits(m.mean, whole.mean);
    assert_same_bits(m.m2, whole.m2);
}

static void tree_equals_one_pass(void **state)
{
    (void)state;
    hr_moments leaf[LEAVES];
    all_leaves(leaf);
    const hr_moments m = hr_moments_tree(leaf, LEAVES);
    long double sum = 0.0L, square = 0.0L;
    const long double n = LEAVES * HR_LEAF;
    for (uint32_t i = 0; i < LEAVES * HR_LEAF; i++)
        sum += 3.0 * hr_test_normal(2, i) + i / HR_LEAF;
    for (uint32_t i = 0; i < LEAVES * HR_LEAF; i++) {
        const long double d = 3.0 * hr_test_normal(2, i) + i / HR_LEAF - sum / n;
        square += d * d;
    }
    assert_near(m.mean, (double)(sum / n), 1e-14);
    assert_near(m.m2, (double)square, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaf_of_known_values),
        cmocka_unit_test(leaves_of_every_length),
        cmocka_unit_test(nothing_defined),
        cmocka_unit_test(infinite_values_show),
        cmocka_unit_test(tree_gives_same_bits_in_any_aligned_runs),
        cmocka_unit_test(a_sample_is_the_tree_of_its_leaves),
        cmocka_unit_test(tree_equals_one_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
