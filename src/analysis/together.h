/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One or several scenarios run on the same futures: the one verb inside every command that
 * simulates. It must not know the model. */
#ifndef HR_ANALYSIS_TOGETHER_H
#define HR_ANALYSIS_TOGETHER_H

#include "analysis/comparison.h"

/* Runs `count` scenarios for `years` years each (0: as many as each says); limits are asked of the
 * last. On HR_OK, and on HR_INTERRUPTED with at least one job done, result[k] is the caller's, else
 * all are NULL. Where `pair` is not NULL, pair[k], k from 1 on, receives the differences of k from
 * 0, taken from `arena`. */
HR_MUST_USE hr_status hr_together(hr_result **result, const hr_scenario *const *scenario, int count,
                                  int years, const hr_run_options *o, hr_pair_result **pair,
                                  hr_arena *arena, hr_diags *diags);

#endif
