/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments of leaves and their merging. A leaf is summed in interleaved strands that are added in a
 * fixed order: the order of additions is written here and not chosen by the compiler, and yet fills
 * its vectors. It must not know what the values mean. */
#include "base/moments.h"

#include "base/lanes.h"
#include "base/vmath.h"

enum { STRANDS = 32 };

#define NOT_A_NUMBER ((double)__builtin_nanf(""))

static double strands_sum(const double s[STRANDS])
{
    double four[4] = {0};
    for (int i = 0; i < STRANDS; i += 4)
        for (int j = 0; j < 4; j++)
            four[j] += s[i + j];
    return (four[0] + four[2]) + (four[1] + four[3]);
}

/* Sum and count of the defined values. */
static double leaf_sum(const double *value, int count, double *n)
{
    double sum[STRANDS] = {0}, defined[STRANDS] = {0};
    for (int i = 0; i < count; i += STRANDS) {
        const double *v = value + i;
        const int strands = count - i < STRANDS ? count - i : STRANDS;
        /* two loops: one choice each, or gcc 12 turns both into a branch */
        HR_FOR_LANES(j, strands)
            sum[j] += hr_is_nan(v[j]) ? 0.0 : v[j];
        HR_FOR_LANES(j, strands)
            defined[j] += hr_is_nan(v[j]) ? 0.0 : 1.0;
    }
    *n = strands_sum(defined);
    return strands_sum(sum);
}

/* Sums of the deviations from `mean` and of their squares. */
static double leaf_squares(const double *value, int count, double mean, double *deviations)
{
    double sum[STRANDS] = {0}, square[STRANDS] = {0};
    for (int i = 0; i < count; i += STRANDS) {
        const double *v = value + i;
        const int strands = count - i < STRANDS ? count - i : STRANDS;
        HR_FOR_LANES(j, strands) {
            const double d = hr_is_nan(v[j]) ? 0.0 : v[j] - mean;
            sum[j] += d;
            square[j] += d * d;
        }
    }
    *deviations = strands_sum(sum);
    return strands_sum(square);
}

/* Two passes, and what rounding left of the deviations' sum corrects mean and squares (Chan,
 * Golub and LeVeque, "Algorithms for computing the sample variance", The American Statistician
 * 37, 1983). */
hr_moments hr_moments_of_leaf(const double *value, size_t count)
{
    double n;
    const double sum = leaf_sum(value, (int)count, &n);
    if (n == 0.0)
        return (hr_moments){.n = 0, .mean = 0.0, .m2 = 0.0};
    const double mean = sum / n;
    double rest;
    const double squares = leaf_squares(value, (int)count, mean, &rest);
    const double m2 = squares - rest * rest / n;
    return (hr_moments){.n = (uint64_t)n, .mean = mean + rest / n, .m2 = m2 < 0.0 ? 0.0 : m2};
}

hr_moments hr_moments_merge(hr_moments a, hr_moments b)
{
    if (a.n == 0)
        return b;
    if (b.n == 0)
        return a;
    const double n_a = (double)a.n;
    const double n_b = (double)b.n;
    const double n = n_a + n_b;
    const double apart = b.mean - a.mean;
    return (hr_moments){.n = a.n + b.n,
                        .mean = a.mean + apart * (n_b / n),
                        .m2 = a.m2 + b.m2 + apart * apart * (n_a * n_b / n)};
}

hr_moments hr_moments_tree(hr_moments *leaf, size_t count)
{
    if (count == 0)
        return (hr_moments){.n = 0, .mean = 0.0, .m2 = 0.0};
    while (count > 1) {
        const size_t pairs = count / 2;
        for (size_t i = 0; i < pairs; i++)
            leaf[i] = hr_moments_merge(leaf[2 * i], leaf[2 * i + 1]);
        if (count % 2 == 1)
            leaf[pairs] = leaf[count - 1];
        count = pairs + count % 2;
    }
    return leaf[0];
}

hr_moments hr_moments_of(const double *value, uint64_t n, hr_moments *leaf)
{
    size_t leaves = 0;
    for (uint64_t first = 0; first < n; first += HR_LEAF)
        leaf[leaves++] =
            hr_moments_of_leaf(value + first, (size_t)(n - first < HR_LEAF ? n - first : HR_LEAF));
    return hr_moments_tree(leaf, leaves);
}

/* Where the bits of a leaf's place are 1, a neighbour of the same size waits to be merged. */
void hr_moments_rise(hr_moments *level, uint64_t place, hr_moments leaf)
{
    int j = 0;
    for (; (place >> j) & 1; j++)
        leaf = hr_moments_merge(level[j], leaf);
    level[j] = leaf;
}

/* Incomplete levels are carried up. */
hr_moments hr_moments_risen(const hr_moments *level, uint64_t leaves)
{
    hr_moments m = {0};
    for (int j = 0; leaves >> j != 0; j++)
        if ((leaves >> j) & 1)
            m = hr_moments_merge(level[j], m);
    return m;
}

double hr_moments_sd(hr_moments m)
{
    return m.n < 2 ? NOT_A_NUMBER : hr_sqrt(m.m2 / (double)(m.n - 1));
}

double hr_moments_se(hr_moments m)
{
    return m.n < 2 ? NOT_A_NUMBER : hr_moments_sd(m) / hr_sqrt((double)m.n);
}
