/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of the weighing of strategies share: one world at a time (weigh.c), and over
 * all worlds (weigh_all.c). It must not know scenarios. */
#ifndef HR_ANALYSIS_WEIGHING_H
#define HR_ANALYSIS_WEIGHING_H

#include "analysis/weigh.h"
#include "base/lanes.h"

/* What is worked in. */
typedef struct {
    const hr_grid *g;
    hr_weighed *out;
    double *value, *work; /* [paths] */
    hr_moments *leaf;     /* room for hr_moments_of */
    double *sum; /* [strategies][HR_CRITERIA][paths]: over worlds; NaN where one of the trusts has
                    ended in one of the worlds */
} hr_weighing;

static inline int hr_weighing_row(const hr_weighing *w, int strategy, int world)
{
    return strategy * w->g->worlds + world;
}

/* The mean of the defined among the values of futures. */
static inline hr_estimate hr_weighing_mean(const hr_weighing *w, const double *value)
{
    return hr_estimate_mean(hr_moments_of(value, w->g->paths, w->leaf));
}

/* A difference of chances, or of means of them: no further than from never to always. */
static inline hr_estimate hr_weighing_of_chances(hr_estimate e)
{
    e.lo = hr_max(e.lo, -1.0);
    e.hi = hr_min(e.hi, 1.0);
    return e;
}

/* Shares that satisfy, criteria, differences and dominance. */
void hr_weigh_over_worlds(const hr_weighing *w);

#endif
