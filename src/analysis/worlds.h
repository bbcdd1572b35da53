/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What strategies under worlds leave: chances and means of each strategy in each world, and how
 * they are weighed against each other. Inside view of hr_worlds for report. Everything here is
 * computed with exact operations, since it goes into results.json. */
#ifndef HR_ANALYSIS_WORLDS_H
#define HR_ANALYSIS_WORLDS_H

#include "analysis/comparison.h"
#include "analysis/weigh.h"
#include "headroom/worlds.h"

/* Metrics of the last year that are kept of every future. */
enum { HR_WORLD_METRICS = 5 };
extern const hr_metric HR_WORLD_METRIC[HR_WORLD_METRICS];

struct hr_worlds {
    hr_arena *arena;
    int strategies, worlds;   /* worlds: with the one as it is, which is the first */
    const char *const *world; /* [worlds] names; the first is NULL */
    hr_comparison plans;      /* the strategies as they are, for their names: no differences */
    /* [strategies][worlds]: of the first strategy as it is a run in full; of all others plan,
     * targets and limits with their chances, and of each risk that it happens in some year */
    hr_result **result;
    hr_metric_result *end; /* [strategies][worlds][HR_WORLD_METRICS]: in the last year */
    hr_weighed weighed;
};

const hr_result *hr_worlds_result(const hr_worlds *w, int strategy, int world);
const hr_metric_result *hr_worlds_end(const hr_worlds *w, int strategy, int world, int metric);

/* Half the widest 95 % interval of the chances that the verdict speaks of: in each world those of
 * each strategy that reserves keep the policy (and how far it is behind the best), that days are
 * enough and that all targets of the plan are met; over all worlds the shares that satisfy, and by
 * how much the least of the largest regrets in chance is ahead. */
double hr_worlds_half(const hr_worlds *w);

#endif
