/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands before a single future is simulated: a scenario's plan, and the conditions that every
 * future is asked. It must not know how many scenarios are run, nor how. */
#ifndef HR_ANALYSIS_OPENING_H
#define HR_ANALYSIS_OPENING_H

#include "analysis/collect.h"
#include "analysis/result.h"

#define HR_PATHS_MOST 4000000000u /* histograms count in 32 bits */

/* HR_USAGE and a diagnostic where an option of a run is none. */
HR_MUST_USE hr_status hr_check_run_options(const hr_run_options *o, hr_diags *diags);

/* A result with its plan, sizes, targets and limits, nothing yet simulated, and the study of it
 * without what gathering needs. The scenario is run for `years` years (0: as many as it has).
 * `arena` keeps what the study alone needs. On failure, told in `diags`, *out is NULL. */
HR_MUST_USE hr_status hr_open(hr_result **out, hr_study *study, const hr_scenario *scenario,
                              int years, const hr_run_options *o, hr_arena *arena, hr_diags *diags);

#endif
