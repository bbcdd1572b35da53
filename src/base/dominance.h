/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stochastic dominance of one figure over another on the same futures, where more is better: of the
 * first order where every level is at least as likely to be reached, of the second where the mean
 * shortfall from every level is no larger (J. Hadar and W. R. Russell, "Rules for ordering
 * uncertain prospects", American Economic Review 59, 1969). What is claimed is claimed against the
 * error: dominance over a grid of levels where non-dominance is rejected at every one of them,
 * which needs no allowance for their number (R. Davidson and J.-Y. Duclos, "Testing for restricted
 * stochastic dominance", Econometric Reviews 32, 2013); that neither dominates where each is better
 * at some level, with Bonferroni's allowance. It must not know what is ranked. */
#ifndef HR_BASE_DOMINANCE_H
#define HR_BASE_DOMINANCE_H

#include "base/estimate.h"

enum { HR_LEVELS = 19 }; /* at every twentieth: their ends leave out the worst and best 5 in 100 */

#define HR_Z_LEVELS 3.023341 /* one-sided, of 2 (HR_LEVELS + 1) tests at 5 % together */

typedef enum {
    HR_DOMINATES_UNKNOWN, /* the futures cannot tell */
    HR_DOMINATES_NEITHER,
    HR_DOMINATES_FIRST,
    HR_DOMINATES_SECOND,
    HR_DOMINATES_EQUAL, /* the two are the same in every future */
    HR_DOMINATES
} hr_dominates;

/* What the futures say at a level. */
typedef struct {
    double level;
    uint64_t gained, lost; /* futures that reach it in the second alone, and in the first alone */
    hr_estimate less;      /* how far the first falls short of it, less the second: mean */
} hr_level;

typedef struct {
    uint64_t n;                      /* futures that both have */
    hr_level at[HR_LEVELS];          /* by level */
    hr_dominates by_order, by_means; /* of the first order; of the second, with the mean itself */
    int surest[2]; /* the level at which the first, the second, is most surely likelier to reach it,
                      Bonferroni's allowance made; -1: none */
} hr_dominance;

/* Fills in the judgement from n, at and the mean of the second less the first. */
void hr_dominance_judge(hr_dominance *d, hr_estimate more);

/* The share of futures below level i; levels are half way between the two figures' quantiles. */
double hr_level_share(int i);
void hr_levels_between(const hr_estimate *first, const hr_estimate *second,
                       double level[HR_LEVELS]);

/* One level of n futures: adds to gained and lost, and writes how far the first falls short of it,
 * less the second; NaN, and not counted, where one of the two has no value. */
void hr_level_count(double level, const double *first, const double *second, size_t n,
                    uint64_t *gained, uint64_t *lost, double *less);

#endif
