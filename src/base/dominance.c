/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dominance over a grid of levels, judged against its error. It must not know what is ranked. */
#include "base/dominance.h"

#include "base/lanes.h"
#include "base/vmath.h"

/* How surely the second is better, in standard errors; NaN where nothing is said. Of counts by
 * McNemar's test with the correction for continuity of A. L. Edwards (Psychometrika 13, 1948). */
static double surely_reached(const hr_level *at)
{
    const double more = (double)at->gained - (double)at->lost;
    const double either = (double)at->gained + (double)at->lost;
    return more == 0.0 ? 0.0 : (more > 0.0 ? more - 1.0 : more + 1.0) / hr_sqrt(either);
}

static double surely_more(hr_estimate more) { return more.value / more.se; }

/* Dominance where every one is sure; neither where each is better at one, beyond the allowance. */
static hr_dominates which(const double *z, int count)
{
    int second = 0, first = 0;
    bool some_second = false, some_first = false;
    for (int i = 0; i < count; i++) {
        second += z[i] > HR_Z95;
        first += z[i] < -HR_Z95;
        some_second = some_second || z[i] > HR_Z_LEVELS;
        some_first = some_first || z[i] < -HR_Z_LEVELS;
    }
    return second == count             ? HR_DOMINATES_SECOND
           : first == count            ? HR_DOMINATES_FIRST
           : some_first && some_second ? HR_DOMINATES_NEITHER
                                       : HR_DOMINATES_UNKNOWN;
}

void hr_dominance_judge(hr_dominance *d, hr_estimate more)
{
    double order[HR_LEVELS], means[HR_LEVELS + 1];
    double most[2] = {HR_Z_LEVELS, HR_Z_LEVELS};
    d->surest[0] = d->surest[1] = -1;
    for (int i = 0; i < HR_LEVELS; i++) {
        order[i] = surely_reached(&d->at[i]);
        means[i] = surely_more(d->at[i].less);
        const double sure[2] = {-order[i], order[i]};
        for (int k = 0; k < 2; k++)
            if (sure[k] > most[k]) {
                most[k] = sure[k];
                d->surest[k] = i;
            }
    }
    means[HR_LEVELS] = surely_more(more);
    d->by_order = which(order, HR_LEVELS);
    d->by_means = which(means, HR_LEVELS + 1);
}

double hr_level_share(int i) { return (double)(i + 1) / (HR_LEVELS + 1); }

void hr_levels_between(const hr_estimate *first, const hr_estimate *second, double level[HR_LEVELS])
{
    for (int i = 0; i < HR_LEVELS; i++)
        level[i] = 0.5 * first[i].value + 0.5 * second[i].value;
}

void hr_level_count(double level, const double *first, const double *second, size_t n,
                    uint64_t *gained, uint64_t *lost, double *less)
{
    for (size_t i = 0; i < n; i++) {
        const double a = first[i], b = second[i];
        const bool both = !hr_is_nan(a) && !hr_is_nan(b);
        *gained += both && b >= level && a < level;
        *lost += both && a >= level && b < level;
        less[i] = both ? hr_max(level - a, 0.0) - hr_max(level - b, 0.0) : HR_UNKNOWN;
    }
}
