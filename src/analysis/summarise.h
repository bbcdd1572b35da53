/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what the collectors gathered to a result. It must not know how it was gathered. */
#ifndef HR_ANALYSIS_SUMMARISE_H
#define HR_ANALYSIS_SUMMARISE_H

#include "analysis/collect.h"
#include "analysis/result.h"

/* Fills metrics, risks, targets' and limits' chances, candidates, schools, lines and opening of a
 * result whose scenario, plan, sizes, targets and limits are set, from the first `jobs` jobs, which
 * are r->paths futures. Adds all tallies and histograms to the first collector's. `threads` and
 * `scratch` serve the quantiles: scratch holds r->paths doubles for each thread, or is NULL when
 * they are streamed. False when memory is short. */
bool hr_summarise(hr_result *r, const hr_study *s, hr_collector *const *collector, int collectors,
                  uint64_t jobs, int threads, double *scratch);

#endif
