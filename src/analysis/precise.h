/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of one or several scenarios, of as many futures as were asked for or as a precision needs.
 * It must not know the model, nor how futures are simulated. */
#ifndef HR_ANALYSIS_PRECISE_H
#define HR_ANALYSIS_PRECISE_H

#include "analysis/comparison.h"

/* As hr_together, or where o->precision asks for it (headroom/run.h) again and again with twice the
 * futures, so that what comes out is that of one such run. Where `pair` is not NULL, *paired is the
 * arena of the differences and the caller's whenever result[0] is. */
HR_MUST_USE hr_status hr_precise(hr_result **result, const hr_scenario *const *scenario, int count,
                                 int years, const hr_run_options *o, hr_pair_result **pair,
                                 hr_arena **paired, hr_diags *diags);

#endif
