/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlation: factor, repair, and the product over lanes. */
#include "support/near.h"

#include "base/lanes.h"
#include "stoch/correlate.h"
#include "support/luck.h"

enum { MOST = 64 };

static double matrix[MOST * MOST], factor[MOST * MOST], work[3 * MOST * MOST];

static void assert_factor_is_of_matrix(int n, double atol)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double sum = 0.0;
            for (int k = 0; k < n; k++)
                sum += factor[i * n + k] * factor[j * n + k];
            assert_within(sum, matrix[i * n + j], atol);
            if (j > i)
                assert_same_bits(factor[i * n + j], 0.0);
        }
}

static void good_matrix_is_left_alone(void **state)
{
    (void)state;
    const double good[9] = {1.0, 0.5, 0.2, 0.5, 1.0, -0.3, 0.2, -0.3, 1.0};
    double change = -1.0;
    memcpy(matrix, good, sizeof good);
    hr_correlate_factor(matrix, 3, factor, &change, work);
    assert_same_bits(change, 0.0);
    assert_memory_equal(matrix, good, sizeof good);
    assert_factor_is_of_matrix(3, 1e-15);
}

static void impossible_matrix_is_repaired(void **state)
{
    (void)state;
    /* a goes with b, b with c, and yet a against c; d stands alone */
    const double bad[16] = {1.0, 0.9, -0.9, 0.0, 0.9, 1.0, 0.9, 0.0,
                            -0.9, 0.9, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0};
    double change = 0.0, largest = 0.0;
    memcpy(matrix, bad, sizeof bad);
    hr_correlate_factor(matrix, 4, factor, &change, work);
    for (int i = 0; i < 16; i++) {
        largest = fmax(largest, fabs(matrix[i] - bad[i]));
        assert_same_bits(matrix[i], matrix[i % 4 * 4 + i / 4]);
        assert_true(matrix[i] >= -1.0 && matrix[i] <= 1.0);
    }
    assert_same_bits(change, largest);
    assert_true(change > 0.3 && change < 0.5); /* to -+0.5 each */
    for (int i = 0; i < 4; i++) {
        assert_same_bits(matrix[i * 5], 1.0);
        assert_same_bits(factor[12 + i], i == 3 ? 1.0 : 0.0);
    }
    assert_factor_is_of_matrix(4, 1e-12);
}

static void full_correlation_is_repaired_without_notice(void **state)
{
    (void)state;
    const double full[4] = {1.0, 1.0, 1.0, 1.0};
    double change;
    memcpy(matrix, full, sizeof full);
    hr_correlate_factor(matrix, 2, factor, &change, work);
    assert_true(change > 0.0 && change < 1e-7);
    assert_factor_is_of_matrix(2, 1e-12);
}

static void large_impossible_matrix(void **state)
{
    (void)state;
    for (int i = 0; i < MOST; i++)
        for (int j = 0; j <= i; j++)
            matrix[i * MOST + j] = matrix[j * MOST + i] =
                i == j ? 1.0 : 2.0 * hr_test_uniform(9, (uint32_t)(i * MOST + j)) - 1.0;
    double change;
    hr_correlate_factor(matrix, MOST, factor, &change, work);
    assert_true(change > 0.1 && change < 2.0);
    assert_factor_is_of_matrix(MOST, 1e-10);
}

static void lanes_have_the_correlation(void **state)
{
    (void)state;
    enum { N = 64000 };
    const double good[9] = {1.0, 0.6, 0.0, 0.6, 1.0, 0.0, 0.0, 0.0, 1.0};
    double change, sum[9] = {0.0};
    memcpy(matrix, good, sizeof good);
    hr_correlate_factor(matrix, 3, factor, &change, work);
    for (uint32_t at = 0; at < N; at += HR_LANES_MAX) {
        _Alignas(HR_LANE_ALIGN) double z[3][HR_LANES_MAX], before[3][HR_LANES_MAX];
        double *const rows[3] = {z[0], z[1], z[2]};
        for (uint32_t i = 0; i < HR_LANES_MAX; i++)
            for (uint32_t k = 0; k < 3; k++)
                z[k][i] = i == 0 ? -0.0 : hr_test_normal(30 + k, at + i);
        memcpy(before, z, sizeof z);
        hr_correlate_lanes(factor, 3, rows, HR_LANES_MAX);
        assert_memory_equal(z[0], before[0], sizeof z[0]);
        assert_memory_equal(z[2], before[2], sizeof z[2]);
        for (int i = 0; i < HR_LANES_MAX; i++) {
            assert_near(z[1][i], 0.6 * before[0][i] + 0.8 * before[1][i], 1e-12);
            for (int k = 0; k < 9; k++)
                sum[k] += z[k / 3][i] * z[k % 3][i];
        }
    }
    for (int k = 0; k < 9; k++)
        assert_within(sum[k] / N, good[k], 5.0 * sqrt(2.0 / N) + 1.0 / HR_LANES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_matrix_is_left_alone),
        cmocka_unit_test(impossible_matrix_is_repaired),
        cmocka_unit_test(full_correlation_is_repaired_without_notice),
        cmocka_unit_test(large_impossible_matrix),
        cmocka_unit_test(lanes_have_the_correlation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
