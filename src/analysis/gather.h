/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one thread needs to run several scenarios through the same luck: a collector for each, and
 * one for the differences of each from the first where they are wanted. A batch of futures goes
 * through all scenarios before the next is begun. It must not know threads. */
#ifndef HR_ANALYSIS_GATHER_H
#define HR_ANALYSIS_GATHER_H

#include "analysis/collect.h"
#include "analysis/pair.h"

enum { HR_SCENARIOS_MOST = 8 };

typedef struct {
    int scenarios;
    hr_collector *collector[HR_SCENARIOS_MOST];
    hr_pair_collector *pair[HR_SCENARIOS_MOST]; /* [k]: of k from 0, k from 1 on; NULL: none */
} hr_gatherer;

/* Simulates and gathers one job: the same futures through every scenario. Their studies have the
 * same seed, paths, lanes, jobs and levels. */
void hr_gather_job(const hr_gatherer *g, uint64_t job);

/* Collectors of every scenario, in the arena, and of the pairs where `pair` is not NULL ([k], k
 * from 1 on); false when memory is short, and what was taken of the arena is left there. */
bool hr_gatherer_new(hr_gatherer *g, const hr_study *const *study, int scenarios,
                     const hr_pair *const *pair, hr_arena *arena);
void hr_gatherer_free(hr_gatherer *g);

#endif
