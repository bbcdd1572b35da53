/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was kept of every future to the figures of stresses. */
#ifndef HR_ANALYSIS_STRESS_HOLD_H
#define HR_ANALYSIS_STRESS_HOLD_H

#include "analysis/stress.h"

/* Fills the figures of the base, of each stress and of all together, and the limits. `ran` holds
 * the scenarios of s->opened in their order (the last is all together), `column` says its columns:
 * the means first, then the averages that bands go by. False when memory is short. */
bool hr_stress_hold(hr_stresses *s, const hr_cases *ran, const hr_case_column *column);

#endif
