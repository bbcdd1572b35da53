/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stochastic dominance of one sample over another of the same size, where more is better: of the
 * first order where every quantile is at least as high, of the second where the mean of every
 * lowest share is (J. Hadar and W. R. Russell, "Rules for ordering uncertain prospects", American
 * Economic Review 59, 1969). What two samples show, and no more. It must not know what is ranked.
 */
#ifndef HR_BASE_DOMINANCE_H
#define HR_BASE_DOMINANCE_H

#include <stddef.h>

typedef enum {
    HR_DOMINATES_NEITHER,
    HR_DOMINATES_FIRST,
    HR_DOMINATES_SECOND,
    HR_DOMINATES_EQUAL
} hr_dominates; /* which of two samples; EQUAL: they are the same */

typedef struct {
    size_t n;                           /* quantiles compared */
    hr_dominates by_order, by_means;    /* of the first order; of the second */
    double first_higher, second_higher; /* shares of the quantiles at which each is higher */
    double changes; /* the share of the lowest below which the lower tail's order holds; NaN where
                       the order of quantiles never changes */
    int lower_tail; /* which is higher in the lowest quantiles that differ: 1, 2; 0: none differ */
} hr_dominance;

/* Both samples in increasing order, or quantiles at the same equally spaced shares. */
hr_dominance hr_dominance_of(const double *first, const double *second, size_t n);

#endif
