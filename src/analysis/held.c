/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chances, means and bands of one array against another. Means go up the fixed tree of leaves. */
#include "analysis/held.h"

#include <string.h>

#include "base/lanes.h"
#include "base/select.h"
#include "base/vmath.h"

#define NOT_A_NUMBER ((double)__builtin_nanf(""))

enum { LEVELS = 64 };

static bool counts(const uint8_t *in, uint64_t i) { return in == NULL || in[i] != 0; }

/* ---- chances ---- */

typedef struct {
    uint64_t n, first, second, both; /* futures, and how many of them have the mark */
} tally;

/* Of the futures that count, or of those that do not. */
static tally count(const uint8_t *first, const uint8_t *second, const uint8_t *in, uint64_t n,
                   bool inside)
{
    tally t = {0};
    for (uint64_t i = 0; i < n; i++) {
        if (counts(in, i) != inside)
            continue;
        t.n++;
        t.first += first[i];
        t.second += second[i];
        t.both += first[i] & second[i];
    }
    return t;
}

hr_estimate hr_held_chance(const uint8_t *second, const uint8_t *in, uint64_t n)
{
    const tally t = count(second, second, in, n, true);
    return hr_estimate_chance(t.second, t.n);
}

static hr_estimate scaled(hr_estimate e, double by)
{
    return (hr_estimate){
        .value = by * e.value, .se = by * e.se, .lo = by * e.lo, .hi = by * e.hi, .n = e.n};
}

static hr_estimate from_all(tally inside, tally outside)
{
    const uint64_t n = inside.n + outside.n;
    if (outside.n == 0)
        return (hr_estimate){.n = n};
    const hr_estimate apart = hr_estimate_apart(hr_estimate_chance(inside.first, inside.n),
                                                hr_estimate_chance(outside.first, outside.n), 0.0);
    hr_estimate more = scaled(apart, (double)outside.n / (double)n);
    more.n = n;
    return more;
}

/* The futures that count are in both estimates, and move them together. */
static double moves_together(tally inside, hr_estimate second, hr_estimate first)
{
    const double n = (double)inside.n;
    const double covariance =
        (double)inside.both / n - (double)inside.first / n * ((double)inside.second / n);
    const double spread = second.se * first.se;
    return spread > 0.0 ? covariance / (double)first.n / spread : 0.0;
}

hr_estimate hr_held_chance_more(const uint8_t *first, const uint8_t *second, const uint8_t *in,
                                uint64_t n)
{
    const tally inside = count(first, second, in, n, true);
    if (in == NULL)
        return hr_estimate_paired(inside.second - inside.both, inside.first - inside.both, n);
    const tally outside = count(first, second, in, n, false);
    if (second == first)
        return from_all(inside, outside);
    const hr_estimate p = hr_estimate_chance(inside.second, inside.n);
    const hr_estimate of_all = hr_estimate_chance(inside.first + outside.first, n);
    return hr_estimate_apart(p, of_all, inside.n > 0 ? moves_together(inside, p, of_all) : 0.0);
}

/* ---- means ---- */

typedef struct {
    const double *first, *second;
    const uint8_t *in;
    double share; /* of the first that is taken off the second */
    bool inside;
} weighing;

static double weighed(const weighing *w, uint64_t i)
{
    if (counts(w->in, i) != w->inside)
        return NOT_A_NUMBER;
    return w->second == NULL ? w->first[i] : w->second[i] - w->share * w->first[i];
}

static hr_moments moments_of(const weighing *w, uint64_t n)
{
    hr_moments level[LEVELS] = {{0}};
    double leaf[HR_LEAF];
    uint64_t leaves = 0;
    for (uint64_t at = 0; at < n; at += HR_LEAF, leaves++) {
        const size_t length = n - at < HR_LEAF ? (size_t)(n - at) : HR_LEAF;
        for (size_t i = 0; i < length; i++)
            leaf[i] = weighed(w, at + i);
        hr_moments_rise(level, leaves, hr_moments_of_leaf(leaf, length));
    }
    return hr_moments_risen(level, leaves);
}

hr_estimate hr_held_mean(const double *second, const uint8_t *in, uint64_t n)
{
    const weighing w = {.first = second, .in = in, .inside = true};
    return hr_estimate_mean(moments_of(&w, n));
}

static double square(double x) { return x * x; }

hr_estimate hr_held_mean_more(const double *first, const double *second, const uint8_t *in,
                              uint64_t n)
{
    weighing inside = {.first = first, .second = second, .in = in, .share = 1.0, .inside = true};
    const weighing outside = {.first = first, .in = in};
    const uint64_t seen = moments_of(&inside, n).n;
    const hr_moments rest = moments_of(&outside, n);
    if (rest.n == 0 || seen == 0)
        return second == first && seen > 0 ? (hr_estimate){.n = n}
                                           : hr_estimate_mean(moments_of(&inside, n));
    const double left = (double)rest.n / (double)(seen + rest.n);
    inside.share = 1.0 - left;
    const hr_moments of_these = moments_of(&inside, n);
    const double value = of_these.mean - left * rest.mean;
    const double se = hr_sqrt(square(hr_moments_se(of_these)) + square(left * hr_moments_se(rest)));
    return (hr_estimate){.value = value,
                         .se = se,
                         .lo = value - HR_Z95 * se,
                         .hi = value + HR_Z95 * se,
                         .n = seen + rest.n};
}

/* ---- bands ---- */

uint64_t hr_held_band(const double *value, uint64_t n, double from_pct, double to_pct, double *low,
                      double *high, uint8_t *in, double *work)
{
    const size_t last = hr_quantile_ranks(n, to_pct / 100.0).value;
    const size_t after = from_pct > 0.0 ? hr_quantile_ranks(n, from_pct / 100.0).value + 1 : 0;
    const size_t rank[2] = {after < last ? after : last, last};
    double end[2];
    uint64_t found = 0;
    memcpy(work, value, n * sizeof *work);
    hr_select(work, n, rank, 2, end);
    for (uint64_t i = 0; i < n; i++) {
        in[i] = value[i] >= end[0] && value[i] <= end[1];
        found += in[i];
    }
    *low = end[0];
    *high = end[1];
    return found;
}
