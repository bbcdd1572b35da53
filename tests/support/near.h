/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging doubles in tests: cmocka compares them as floats, so nearness is asked here. It must
 * not know the module under test. */
#ifndef HR_TESTS_SUPPORT_NEAR_H
#define HR_TESTS_SUPPORT_NEAR_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Equal, or within rtol of the larger size; a zero is near nothing but zero. */
static inline bool hr_near(double a, double b, double rtol)
{
    return a == b || fabs(a - b) <= rtol * fmax(fabs(a), fabs(b));
}

static inline bool hr_same_bits(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

/* The same bits, or not a number in both. */
static inline bool hr_same_bits_or_nan(double a, double b)
{
    return hr_same_bits(a, b) || (isnan(a) && isnan(b));
}

#define assert_near(a, b, rtol)                                                                    \
    do {                                                                                           \
        const double near_a_ = (a), near_b_ = (b);                                                 \
        if (!hr_near(near_a_, near_b_, (rtol)))                                                    \
            fail_msg("%s is %.17g, not %.17g", #a, near_a_, near_b_);                              \
    } while (0)

#define assert_within(a, b, atol)                                                                  \
    do {                                                                                           \
        const double near_a_ = (a), near_b_ = (b);                                                 \
        if (!(near_a_ == near_b_ || fabs(near_a_ - near_b_) <= (atol)))                            \
            fail_msg("%s is %.17g, not %.17g within %g", #a, near_a_, near_b_, (double)(atol));    \
    } while (0)

#define assert_same_bits(a, b)                                                                     \
    do {                                                                                           \
        const double near_a_ = (a), near_b_ = (b);                                                 \
        if (!hr_same_bits(near_a_, near_b_))                                                       \
            fail_msg("%s is %a, not %a to the bit", #a, near_a_, near_b_);                         \
    } while (0)

static inline int hr_compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov-Smirnov: the chance of a distance as large as that of u[0..n-1], which is sorted,
 * from the uniform distribution (asymptotic series with Stephens' correction of 1970). */
static inline double hr_ks_chance(double *u, size_t n)
{
    qsort(u, n, sizeof *u, hr_compare_doubles);
    double distance = 0.0;
    for (size_t i = 0; i < n; i++)
        distance =
            fmax(distance, fmax((double)(i + 1) / (double)n - u[i], u[i] - (double)i / (double)n));
    const double root = sqrt((double)n);
    const double x = distance * (root + 0.12 + 0.11 / root);
    if (x < 0.3)
        return 1.0;
    double sum = 0.0;
    for (int k = 1; k <= 100; k++)
        sum += (k % 2 == 1 ? 2.0 : -2.0) * exp(-2.0 * k * k * x * x);
    return fmin(sum, 1.0);
}

#endif
