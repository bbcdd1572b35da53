/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what strategies under worlds leave. It must not know how it came to be. */
#include "analysis/worlds.h"

#include "analysis/looks.h"
#include "base/lanes.h"

const hr_metric HR_WORLD_METRIC[HR_WORLD_METRICS] = {
    HR_M_PUPILS, HR_M_TOPSLICE_INCOME, HR_M_RESERVES, HR_M_RESERVES_PCT, HR_M_CAPACITY_USE_PCT};

const hr_result *hr_worlds_result(const hr_worlds *w, int strategy, int world)
{
    return w->result[strategy * w->worlds + world];
}

const hr_metric_result *hr_worlds_end(const hr_worlds *w, int strategy, int world, int metric)
{
    return &w->end[(strategy * w->worlds + world) * HR_WORLD_METRICS + metric];
}

static double half_of_cell(const hr_worlds *w, int strategy, int world)
{
    const hr_weighed_cell *cell = hr_weighed_cell_of(&w->weighed, strategy, world);
    double half = hr_wider(0.0, hr_worlds_result(w, strategy, world)->plan_targets_all);
    half = hr_wider(half, cell->kept);
    half = hr_wider(half, cell->enough);
    return hr_wider(half, cell->kept_regret);
}

double hr_worlds_half(const hr_worlds *w)
{
    double half = hr_wider(0.0, w->weighed.kept.ahead);
    for (int s = 0; s < w->strategies; s++) {
        half = hr_wider(half, w->weighed.strategy[s].satisfied);
        half = hr_wider(half, w->weighed.strategy[s].satisfied_plan);
        for (int k = 0; k < w->worlds; k++)
            half = hr_max(half, half_of_cell(w, s, k));
    }
    return half;
}

uint64_t hr_worlds_paths_asked(const hr_worlds *w)
{
    return hr_worlds_result(w, 0, 0)->paths_asked;
}

static const hr_weighed_cell *cell_at(const hr_worlds *w, size_t strategy, size_t world)
{
    return strategy < (size_t)w->strategies && world < (size_t)w->worlds
               ? hr_weighed_cell_of(&w->weighed, (int)strategy, (int)world)
               : NULL;
}

static bool give(const hr_estimate *e, double *value, double *se, double *lo, double *hi)
{
    if (e == NULL)
        return false;
    *value = e->value;
    *se = e->se;
    *lo = e->lo;
    *hi = e->hi;
    return true;
}

bool hr_worlds_kept(const hr_worlds *w, size_t strategy, size_t world, double *value, double *se,
                    double *lo, double *hi)
{
    const hr_weighed_cell *cell = cell_at(w, strategy, world);
    return give(cell != NULL ? &cell->kept : NULL, value, se, lo, hi);
}

bool hr_worlds_regret(const hr_worlds *w, size_t strategy, size_t world, double *value, double *se,
                      double *lo, double *hi)
{
    const hr_weighed_cell *cell = cell_at(w, strategy, world);
    return give(cell != NULL ? &cell->regret : NULL, value, se, lo, hi);
}

void hr_worlds_free(hr_worlds *w)
{
    if (w == NULL)
        return;
    for (int i = 0; i < w->strategies * w->worlds; i++)
        hr_result_free(w->result[i]);
    hr_arena_free(w->arena);
}

const char *hr_worlds_limit_passed(const hr_worlds *w, const char **world)
{
    for (int k = 0; k < w->worlds; k++) {
        const char *passed = hr_result_limit_passed(hr_worlds_result(w, w->strategies - 1, k));
        *world = w->world[k];
        if (passed != NULL)
            return passed;
    }
    return NULL;
}
