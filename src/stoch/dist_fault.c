/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be wrong with a distribution, in one sentence for the person who wrote it. It must
 * not know where the distribution was written. */
#include <stddef.h>

#include "base/lanes.h"
#include "stoch/quantile_table.h"
#include "stoch/sampler.h"

static bool finite(double x) { return x - x == 0.0; }

static const char *normal_fault(const hr_dist *d)
{
    if (!finite(d->a) || !finite(d->b))
        return "A normal needs a mean and a standard deviation that are numbers.";
    return d->b < 0.0 ? "The standard deviation of a normal cannot be negative." : NULL;
}

static const char *lognormal_fault(const hr_dist *d)
{
    if (!finite(d->a) || !finite(d->b))
        return "A lognormal needs a median and a deviation of the logarithm that are numbers.";
    if (!(d->a > 0.0))
        return "The median of a lognormal must be above zero.";
    if (d->b < 0.0)
        return "The standard deviation of the logarithm cannot be negative.";
    return d->b > 10.0 ? "The standard deviation of the logarithm cannot be above 10: 0.1 is about "
                         "10 per cent either way."
                       : NULL;
}

static const char *uniform_fault(const hr_dist *d)
{
    if (!finite(d->a) || !finite(d->b))
        return "A uniform needs a least and a greatest value that are numbers.";
    return d->a > d->b ? "The least value of a uniform is above its greatest value." : NULL;
}

static const char *three_point_fault(const hr_dist *d)
{
    if (!finite(d->a) || !finite(d->b) || !finite(d->c))
        return "The least, the most likely and the greatest value must be numbers.";
    if (d->a > d->c)
        return "The least value is above the greatest value.";
    return d->b < d->a || d->b > d->c
               ? "The most likely value must lie between the least and the greatest value."
               : NULL;
}

static const char *beta_fault(const hr_dist *d)
{
    if (!finite(d->a) || !finite(d->b))
        return "A beta needs two shapes that are numbers.";
    return !(d->a >= 0.01 && d->b >= 0.01 && d->a <= 1e6 && d->b <= 1e6)
               ? "The shapes of a beta must lie between 0.01 and 1,000,000."
               : NULL;
}

static const char *gamma_fault(const hr_dist *d)
{
    if (!finite(d->a) || !finite(d->b))
        return "A gamma needs a shape and a scale that are numbers.";
    if (!(d->a >= 0.01 && d->a <= 1e6))
        return "The shape of a gamma must lie between 0.01 and 1,000,000.";
    return !(d->b > 0.0) ? "The scale of a gamma must be above zero." : NULL;
}

static const char *chance_fault(double chance)
{
    return !(chance >= 0.0 && chance <= 1.0) ? "A chance must lie between 0 and 1." : NULL;
}

static const char *binomial_fault(const hr_dist *d)
{
    if (!(d->a >= 0.0 && d->a <= 10000.0) || d->a != hr_floor(d->a))
        return "The number of trials must be a whole number from 0 to 10,000.";
    return chance_fault(d->b);
}

static const char *poisson_fault(const hr_dist *d)
{
    return !(d->a >= 0.0 && d->a <= 1000.0) ? "The mean of a Poisson must lie between 0 and 1,000."
                                            : NULL;
}

static const char *values_fault(const hr_dist *d)
{
    if (d->values < 1 || d->value == NULL)
        return "The distribution needs at least one value.";
    for (int i = 0; i < d->values; i++)
        if (!finite(d->value[i]))
            return "Every value of the distribution must be a number.";
    return NULL;
}

static const char *discrete_fault(const hr_dist *d)
{
    const char *fault = values_fault(d);
    if (fault != NULL)
        return fault;
    if (d->chance == NULL)
        return "Every value needs its chance.";
    double sum = 0.0;
    for (int i = 0; i < d->values; i++) {
        fault = chance_fault(d->chance[i]);
        if (fault != NULL)
            return fault;
        sum += d->chance[i];
    }
    return !(sum > 1.0 - 1e-9 && sum < 1.0 + 1e-9) ? "The chances do not add up to 1." : NULL;
}

static const char *family_fault(const hr_dist *d)
{
    switch (d->family) {
    case HR_DIST_NORMAL: return normal_fault(d);
    case HR_DIST_UNIFORM: return uniform_fault(d);
    case HR_DIST_TRIANGULAR:
    case HR_DIST_PERT: return three_point_fault(d);
    case HR_DIST_LOGNORMAL: return lognormal_fault(d);
    case HR_DIST_BETA: return beta_fault(d);
    case HR_DIST_GAMMA: return gamma_fault(d);
    case HR_DIST_BERNOULLI: return chance_fault(d->a);
    case HR_DIST_BINOMIAL: return binomial_fault(d);
    case HR_DIST_POISSON: return poisson_fault(d);
    case HR_DIST_DISCRETE: return discrete_fault(d);
    case HR_DIST_EMPIRICAL: return values_fault(d);
    }
    return "There is no such family of distributions.";
}

static bool can_be_cut(hr_dist_family family)
{
    return family == HR_DIST_NORMAL || family == HR_DIST_LOGNORMAL || family == HR_DIST_GAMMA;
}

/* Cuts, once the family's own numbers are right. */
static const char *cut_fault(const hr_dist *d)
{
    const double infinite = (double)__builtin_inff();
    if (d->low == -infinite && d->high == infinite)
        return NULL;
    /* both 0 is how a caller leaves them out who sets only what matters */
    if (!can_be_cut(d->family))
        return d->low == 0.0 && d->high == 0.0
                   ? NULL
                   : "Only a normal, lognormal or gamma can be cut at a low and a high value.";
    if (!(d->low < d->high))
        return "The low cut must be below the high cut.";
    if (d->family != HR_DIST_GAMMA && d->b == 0.0)
        return d->a < d->low || d->a > d->high
                   ? "A distribution without spread lies outside its own cuts."
                   : NULL;
    return !(hr_dist_share_kept(d) >= 1e-6)
               ? "The cuts leave less than one in a million of the distribution."
               : NULL;
}

const char *hr_dist_fault(const hr_dist *dist)
{
    const char *fault = family_fault(dist);
    return fault != NULL ? fault : cut_fault(dist);
}
