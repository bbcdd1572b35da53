/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates from moments, counts and columns. It must not know what is estimated. */
#include "base/estimate.h"

#include <stdbool.h>

#include "base/lanes.h"
#include "base/select.h"
#include "base/vmath.h"

#define NOT_A_NUMBER ((double)__builtin_nanf(""))

enum { QUANTILES_AT_ONCE = HR_SELECT_MAX / 3 };

static const hr_estimate undefined = {
    .value = NOT_A_NUMBER, .se = NOT_A_NUMBER, .lo = NOT_A_NUMBER, .hi = NOT_A_NUMBER, .n = 0};

static hr_estimate normal_estimate(double value, double se, uint64_t n)
{
    return (hr_estimate){
        .value = value, .se = se, .lo = value - HR_Z95 * se, .hi = value + HR_Z95 * se, .n = n};
}

hr_estimate hr_estimate_mean(hr_moments m)
{
    return m.n == 0 ? undefined : normal_estimate(m.mean, hr_moments_se(m), m.n);
}

/* Wilson's interval of a share p of so many. */
static void wilson(double p, double count, double *lo, double *hi)
{
    const double z2_n = HR_Z95 * HR_Z95 / count;
    const double centre = (p + 0.5 * z2_n) / (1.0 + z2_n);
    const double half =
        HR_Z95 * hr_sqrt(p * (1.0 - p) / count + 0.25 * z2_n / count) / (1.0 + z2_n);
    *lo = p == 0.0 ? 0.0 : hr_max(centre - half, 0.0);
    *hi = p == 1.0 ? 1.0 : hr_min(centre + half, 1.0);
}

hr_estimate hr_estimate_chance(uint64_t hits, uint64_t n)
{
    if (n == 0)
        return undefined;
    const double p = (double)hits / (double)n;
    hr_estimate e = {.value = p, .se = hr_sqrt(p * (1.0 - p) / (double)n), .n = n};
    wilson(p, (double)n, &e.lo, &e.hi);
    return e;
}

hr_estimate hr_estimate_share(double p, double se, uint64_t n)
{
    hr_estimate e = {.value = p, .se = se, .n = n};
    wilson(p, se > 0.0 ? p * (1.0 - p) / (se * se) : (double)n, &e.lo, &e.hi);
    return e;
}

hr_estimate hr_otherwise(hr_estimate p)
{
    return (hr_estimate){
        .value = 1.0 - p.value, .se = p.se, .lo = 1.0 - p.hi, .hi = 1.0 - p.lo, .n = p.n};
}

/* Is a difference of chances d not too large for what was seen, by the score test at 5 %? `more` is
 * gained less lost, `either` their sum; q is the restricted estimate of the chance to lose. */
static bool not_too_large(double d, double more, double either, double n)
{
    const double b = (2.0 * n - more) * d - either, lost = 0.5 * (either - more);
    const double c = lost * d * (1.0 - d);
    const double root = hr_sqrt(hr_max(b * b + 8.0 * n * c, 0.0));
    const double q = b > 0.0 ? 2.0 * c / (root + b) : (root - b) / (4.0 * n);
    const double gap = n * d - more;
    return gap <= 0.0 || gap * gap <= HR_Z95 * HR_Z95 * n * (2.0 * q + d * (1.0 - d));
}

/* The largest such d, halving what is between until nothing is. */
static double largest_difference(double more, double either, double n)
{
    double low = more / n, high = 1.0;
    if (not_too_large(high, more, either, n))
        return high;
    for (;;) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high)
            return low;
        if (not_too_large(middle, more, either, n))
            low = middle;
        else
            high = middle;
    }
}

hr_estimate hr_estimate_paired(uint64_t gained, uint64_t lost, uint64_t n)
{
    if (n == 0)
        return undefined;
    const double count = (double)n, more = (double)gained - (double)lost;
    const double either = (double)gained + (double)lost;
    return (hr_estimate){.value = more / count,
                         .se = hr_sqrt(hr_max(either - more * more / count, 0.0)) / count,
                         .lo = -largest_difference(-more, either, count),
                         .hi = largest_difference(more, either, count),
                         .n = n};
}

/* Length of the sum of two distances at that correlation. */
static double put_together(double x, double y, double correlation)
{
    return hr_sqrt(hr_max(x * x + y * y - 2.0 * correlation * x * y, 0.0));
}

hr_estimate hr_estimate_apart(hr_estimate a, hr_estimate b, double correlation)
{
    if (a.n == 0 || b.n == 0)
        return undefined;
    const double d = a.value - b.value;
    return (hr_estimate){
        .value = d,
        .se = put_together(a.se, b.se, correlation),
        .lo = hr_max(d - put_together(a.value - a.lo, b.hi - b.value, correlation), -1.0),
        .hi = hr_min(d + put_together(a.hi - a.value, b.value - b.lo, correlation), 1.0),
        .n = a.n < b.n ? a.n : b.n};
}

static size_t rank_inside(double rank, size_t n)
{
    return (size_t)hr_clamp(rank, 0.0, (double)(n - 1));
}

hr_ranks hr_quantile_ranks(size_t n, double p)
{
    if (n == 0)
        return (hr_ranks){.value = 0, .lo = 0, .hi = 0};
    /* 0.07 x 10,000 is 700.0000000000001: what rounding alone moved off a whole number is put
     * back */
    const double product = (double)n * p;
    const double whole = hr_nearest(product);
    const double apart = product > whole ? product - whole : whole - product;
    const double at = apart <= 1e-12 * product ? whole : product;
    const double half = HR_Z95 * hr_sqrt(product * (1.0 - p));
    const hr_ranks r = {.value = rank_inside(hr_ceil(at) - 1.0, n),
                        .lo = rank_inside(hr_floor(at - half), n),
                        .hi = rank_inside(hr_ceil(at + half), n)};
    return (hr_ranks){.value = r.value,
                      .lo = r.lo < r.value ? r.lo : r.value,
                      .hi = r.hi > r.value ? r.hi : r.value};
}

/* Copies the defined values times `sign`; adding zero turns -0 into 0, so that equal values have
 * equal bits and their order cannot be seen. */
static size_t copy_defined(const double *value, size_t n, double sign, double *work)
{
    size_t defined = 0;
    for (size_t i = 0; i < n; i++) {
        work[defined] = sign * value[i] + 0.0;
        defined += value[i] == value[i];
    }
    return defined;
}

static void quantiles_at_once(const double *value, size_t n, const double *p, int count,
                              double *work, hr_estimate *out)
{
    const size_t defined = copy_defined(value, n, 1.0, work);
    size_t rank[HR_SELECT_MAX] = {0};
    double found[HR_SELECT_MAX];
    for (int i = 0; i < count; i++) {
        const hr_ranks r = hr_quantile_ranks(defined, p[i]);
        rank[3 * i] = r.value;
        rank[3 * i + 1] = r.lo;
        rank[3 * i + 2] = r.hi;
    }
    if (defined > 0)
        hr_select(work, defined, rank, 3 * count, found);
    for (int i = 0; i < count; i++) {
        const double *f = &found[3 * i];
        out[i] = defined == 0 ? undefined
                              : (hr_estimate){.value = f[0],
                                              .se = (f[2] - f[1]) / (2.0 * HR_Z95),
                                              .lo = f[1],
                                              .hi = f[2],
                                              .n = defined};
    }
}

void hr_quantiles(const double *value, size_t n, const double *p, int count, double *work,
                  hr_estimate *out)
{
    for (int i = 0; i < count; i += QUANTILES_AT_ONCE) {
        const int part = count - i < QUANTILES_AT_ONCE ? count - i : QUANTILES_AT_ONCE;
        quantiles_at_once(value, n, p + i, part, work, out + i);
    }
}

hr_estimate hr_expected_shortfall(const double *value, size_t n, double tail, int low_is_bad,
                                  double *work)
{
    const double sign = low_is_bad ? 1.0 : -1.0;
    const size_t defined = copy_defined(value, n, sign, work);
    if (defined == 0)
        return undefined;
    const size_t rank = hr_quantile_ranks(defined, tail).value;
    const double in_tail = (double)(rank + 1);
    double quantile;
    hr_select(work, defined, &rank, 1, &quantile);

    /* values equal to the quantile add nothing, so it does not matter which of them are in the
     * tail */
    double excess = 0.0, square = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double v = sign * value[i];
        const double below = v < quantile ? v - quantile : 0.0;
        excess += below;
        square += below * below;
    }
    const double gap = excess / in_tail; /* mean of the tail less the quantile, at most 0 */
    const double variance = hr_max(square / in_tail - gap * gap, 0.0);
    const double se =
        rank == 0 ? NOT_A_NUMBER
                  : hr_sqrt((variance + (1.0 - tail) * gap * gap) / ((double)defined * tail));
    return normal_estimate(sign * (quantile + gap), se, defined);
}
