/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what the collectors gathered to a result. It must not know how it was gathered. */
#ifndef HR_ANALYSIS_SUMMARISE_H
#define HR_ANALYSIS_SUMMARISE_H

#include "analysis/collect.h"
#include "analysis/comparison.h"
#include "analysis/result.h"

/* Fills metrics, risks, targets' and limits' chances, candidates, schools, lines and opening of a
 * result whose scenario, plan, sizes, targets and limits are set, from the first `jobs` jobs, which
 * are r->paths futures. Adds all tallies and histograms to the first collector's. `threads` and
 * `scratch` serve the quantiles: scratch holds r->paths doubles for each thread, or is NULL when
 * they are streamed. False when memory is short. */
bool hr_summarise(hr_result *r, const hr_study *s, hr_collector *const *collector, int collectors,
                  uint64_t jobs, int threads, double *scratch);
/* Two scenarios of a run, summarised each, and what was gathered of their differences. */
typedef struct {
    const hr_result *first, *second;
    const hr_pair *pair;
    uint64_t jobs;
    int threads;
} hr_paired;

/* Adds all tallies and histograms to the first collector's. scratch holds 2 x paths doubles for
 * each thread, or is NULL when quantiles are streamed. NULL when memory is short. */
hr_pair_result *hr_summarise_pair(const hr_paired *paired, hr_pair_collector *const *collector,
                                  int collectors, double *scratch, hr_arena *arena);

/* The nearest whole pound, and value[0..n-1] in whole pounds that add up to `sum`: what rounding
 * leaves over goes to those whose remainders are largest, the first among equals. */
int64_t hr_whole_pounds(double value);
void hr_round_to_add_up(const double *value, int n, int64_t sum, int64_t *pounds);

#endif
