/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proper scores: how far a forecast was from what happened, and where in the forecast that fell.
 * Only + - * / and comparisons, so that a score is the same to the bit anywhere. It must not know
 * what is forecast. */
#ifndef HR_ANALYSIS_PROPER_H
#define HR_ANALYSIS_PROPER_H

#include <stddef.h>

#include "analysis/result.h"

/* The continuous ranked probability score, in the unit of the forecast; 0 is perfect, and of a
 * forecast without spread it is the absolute error. CRPS = integral of (F(x) - [x >= y])^2 dx
 * (Matheson and Winkler, Management Science 22, 1976).
 *
 * Of the futures x[0..n-1], sorted, n at least 1: exact for their step function F. It equals
 * mean |x - y| - half the mean of |x - x'| over all pairs, summed without a difference of large
 * numbers. */
double hr_crps_futures(const double *sorted, size_t n, double happened);

/* Of the seven quantiles q: 2 sum w (  [y < q] - p  )(q - y), p the level of q and w the share of
 * levels nearer to p than to another: .075 .1 .2 .25 .2 .1 .075. It is proper, being a sum of
 * quantile scores (Gneiting and Raftery, JASA 102, 2007), and assumes nothing of the tails. Of a
 * normal forecast that is right it is on average 1.7 % below the CRPS. */
double hr_crps_quantiles(const double q[HR_QUANTILES], double happened);

/* Where something fell in a forecast, as shares of it from 0 to 1: lo below it, hi not above it,
 * and value, the middle of the two or what is read between two quantiles. For futures that are
 * right, value is uniform but for ties. */
typedef struct {
    double value, lo, hi;
} hr_place;
hr_place hr_place_futures(const double *sorted, size_t n, double happened);
hr_place hr_place_quantiles(const double q[HR_QUANTILES], double happened);

/* How many of n independent trials, each with its own chance, come out: the ends of the central
 * 95 %, at most 2.5 % of the chance outside on either side. `work` is n + 1 doubles. */
typedef struct {
    int lo, hi;
} hr_hits_range;
hr_hits_range hr_hits_expected(const double *chance, int n, double *work);

/* The same ends of counts that were seen: seen[k] times k, k from 0 to n. */
hr_hits_range hr_hits_seen(const double *seen, int n);

#endif
