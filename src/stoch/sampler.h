/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samplers: from a standard draw to a number of a family that a scenario can write. Every sampler
 * is monotone in the draw, so that bent, correlated and shared luck mean the same for all. Families
 * without a closed quantile (beta, PERT, gamma) use a table of quantiles built once per run with
 * exact operations; counts and choices compare u with cumulative chances. It must not know what the
 * numbers mean. */
#ifndef HR_STOCH_SAMPLER_H
#define HR_STOCH_SAMPLER_H

#include <stdbool.h>

#include "base/arena.h"

/* Families and the meaning of a, b, c. low and high cut a normal, lognormal or gamma to a range
 * (the distribution is the truncated one, not a clipped one); they are -infinity and +infinity when
 * not given. */
typedef enum {
    HR_DIST_NORMAL,     /* a mean, b sd >= 0 */
    HR_DIST_UNIFORM,    /* a min, b max */
    HR_DIST_TRIANGULAR, /* a min, b mode, c max */
    HR_DIST_PERT,       /* a min, b mode, c max: beta with shape 4 on [min, max] */
    HR_DIST_LOGNORMAL,  /* a median > 0, b sd of the logarithm */
    HR_DIST_BETA,       /* a, b > 0 shapes, on [0, 1] */
    HR_DIST_GAMMA,      /* a shape > 0, b scale > 0 */
    HR_DIST_BERNOULLI,  /* a chance of 1 */
    HR_DIST_BINOMIAL,   /* a trials (whole, at most 10,000), b chance */
    HR_DIST_POISSON,    /* a mean (at most 1,000) */
    HR_DIST_DISCRETE,   /* values with chances that add to 1 */
    HR_DIST_EMPIRICAL /* values: quantiles linear between the sorted values, least at u = 0, most at
                         1 */
} hr_dist_family;

typedef struct {
    hr_dist_family family;
    double a, b, c;
    double low, high;
    const double *value;  /* DISCRETE and EMPIRICAL */
    const double *chance; /* DISCRETE */
    int values;
} hr_dist;

typedef struct hr_sampler hr_sampler;

/* Builds a sampler in `arena`; NULL when memory is short. Parameters are taken as valid:
 * hr_dist_fault says in one sentence what is wrong with them, or NULL. */
hr_sampler *hr_sampler_new(hr_arena *arena, const hr_dist *dist);
const char *hr_dist_fault(const hr_dist *dist);

/* Mean, standard deviation and quantile of the distribution, by exact operations: for the register
 * and for tests. The quantile is what a draw at u gives. */
double hr_sampler_mean(const hr_sampler *s);
double hr_sampler_sd(const hr_sampler *s);
double hr_sampler_quantile(const hr_sampler *s, double u);

/* x[i] = quantile at the normal z[i] (lanes). x and z may be the same array. */
void hr_sample_lanes(const hr_sampler *s, const double *z, double *x, int lanes);

#endif
