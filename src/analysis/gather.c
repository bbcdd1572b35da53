/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs of futures through all scenarios. Nothing here allocates once a gatherer is made. It must
 * not know threads, nor what is gathered. */
#include "analysis/gather.h"

static void gather_leaf(const hr_gatherer *g, uint64_t leaf, uint64_t place)
{
    const hr_study *s = g->collector[0]->study;
    const uint64_t first = leaf * HR_LEAF;
    const int count = s->paths - first < HR_LEAF ? (int)(s->paths - first) : HR_LEAF;
    for (int at = 0; at < count; at += s->lanes) {
        hr_outcome o[HR_SCENARIOS_MOST];
        const int n = count - at < s->lanes ? count - at : s->lanes;
        for (int k = 0; k < g->scenarios; k++) {
            hr_collector *c = g->collector[k];
            c->study->batch(c->worker, s->seed, 1 + first + (uint64_t)at, NULL, NULL, &o[k]);
            hr_collect_batch(c, &o[k], first, at, n);
            if (g->pair[k] != NULL)
                hr_pair_batch(g->pair[k], &o[0], &o[k], at, n);
        }
    }
    for (int k = 0; k < g->scenarios; k++) {
        hr_collect_end_leaf(g->collector[k], first, (size_t)count, place);
        if (g->pair[k] != NULL)
            hr_pair_end_leaf(g->pair[k], (size_t)count, place);
    }
}

void hr_gather_job(const hr_gatherer *g, uint64_t job)
{
    const hr_study *s = g->collector[0]->study;
    const uint64_t leaves = (s->paths + HR_LEAF - 1) / HR_LEAF;
    const uint64_t from = job << s->levels;
    uint64_t place = 0;
    for (; place < ((uint64_t)1 << s->levels) && from + place < leaves; place++)
        gather_leaf(g, from + place, place);
    for (int k = 0; k < g->scenarios; k++) {
        hr_collect_end_job(g->collector[k], job, place);
        if (g->pair[k] != NULL)
            hr_pair_end_job(g->pair[k], job, place);
    }
}

bool hr_gatherer_new(hr_gatherer *g, const hr_study *const *study, int scenarios,
                     const hr_pair *const *pair, hr_arena *arena)
{
    bool taken = true;
    *g = (hr_gatherer){.scenarios = scenarios};
    for (int k = 0; k < scenarios && taken; k++) {
        const bool paired = pair != NULL && k > 0;
        g->collector[k] = hr_collector_new(study[k], arena);
        g->pair[k] = paired ? hr_pair_collector_new(pair[k], arena) : NULL;
        taken = g->collector[k] != NULL && (!paired || g->pair[k] != NULL);
    }
    if (!taken)
        hr_gatherer_free(g);
    return taken;
}

void hr_gatherer_free(hr_gatherer *g)
{
    for (int k = 0; k < g->scenarios; k++)
        hr_collector_free(g->collector[k]);
    *g = (hr_gatherer){.scenarios = 0};
}
