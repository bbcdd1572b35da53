/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates: a value with its error. Intervals are 95 %. Everything here is exact operations, since
 * it goes into results.json. What is undefined is NaN. It must not know what is estimated. */
#ifndef HR_BASE_ESTIMATE_H
#define HR_BASE_ESTIMATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/moments.h"

#define HR_Z95 1.959963984540054 /* two-sided 95 % point of the standard normal */

typedef struct {
    double value, se, lo, hi;
    uint64_t n; /* paths it rests on */
} hr_estimate;

/* A mean: value +- Z95 se. */
hr_estimate hr_estimate_mean(hr_moments m);

/* A chance: hits of n, se = sqrt(p (1 - p) / n), interval of Wilson (JASA 22, 1927), which stays
 * inside [0, 1] and is not empty at 0 or n hits. n = 0 gives NaN all through. */
hr_estimate hr_estimate_chance(uint64_t hits, uint64_t n);

/* A share p of n futures that each have a share of their own, such as the mean over several worlds,
 * with the error `se` of their mean: Wilson's interval of so many as would have that error (p (1 -
 * p) / se^2 of them; n where se is 0). n is at least 1. */
hr_estimate hr_estimate_share(double p, double se, uint64_t n);

/* The chance that it does not happen: 1 - p. */
hr_estimate hr_otherwise(hr_estimate p);

/* The difference of two chances that are seen on the same n futures: `gained` have it only in the
 * second, `lost` only in the first. value = (gained - lost) / n with the standard error of paired
 * futures; interval by the score (T. Tango, "Equivalence test and confidence interval for the
 * difference in proportions for the paired-sample design", Statistics in Medicine 17, 1998), which
 * is not empty where no future differs. n = 0 gives NaN all through. */
hr_estimate hr_estimate_paired(uint64_t gained, uint64_t lost, uint64_t n);

/* The difference of two chances, a less b, that are not seen on the same futures: hybrid score
 * interval, in which the distances of each from its own Wilson limits are put together as standard
 * errors are (R. G. Newcombe, "Interval estimation for the difference between independent
 * proportions: comparison of eleven methods", Statistics in Medicine 17, 1998, method 10).
 * `correlation` is that of the two estimates: 0 where they have no future in common; else as in his
 * "Improved confidence intervals for the difference between binomial proportions based on paired
 * data" of the same year. n is the smaller. NaN where one of them is. */
hr_estimate hr_estimate_apart(hr_estimate a, hr_estimate b, double correlation);

/* Ranks (from 0) of the order statistics that are the quantile p of n sorted values and the ends of
 * its 95 % interval: value rank ceil(n p) - 1 (a value that some path had), ends at n p -+ Z95
 * sqrt(n p (1 - p)) rounded outwards and kept inside 0..n-1. */
typedef struct {
    size_t value, lo, hi;
} hr_ranks;
hr_ranks hr_quantile_ranks(size_t n, double p);

/* Quantiles p[0..count-1] (increasing) of the defined ones among value[0..n-1], with their
 * intervals and se = (hi - lo) / (2 Z95). `work` is n doubles of scratch. Exact: selection, never
 * interpolation; the answer does not depend on the order of the values. */
void hr_quantiles(const double *value, size_t n, const double *p, int count, double *work,
                  hr_estimate *out);

/* Mean of the worst share `tail` of the values (expected shortfall), at the low end when
 * `low_is_bad`, with its error by the variance of the tail values and of the threshold
 * (Chen 2008: var = [var of tail + (1 - tail) (mean of tail - quantile)^2] / (n tail)). `work` as
 * above. */
hr_estimate hr_expected_shortfall(const double *value, size_t n, double tail, int low_is_bad,
                                  double *work);

#endif
