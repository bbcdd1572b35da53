/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conditions that every path of a run is asked: the scenario's targets, then the clauses of
 * limits. */
#ifndef HR_ANALYSIS_CONDITIONS_H
#define HR_ANALYSIS_CONDITIONS_H

#include "analysis/collect.h"
#include "analysis/result.h"

/* Reads targets and limits into a result whose scenario, start year and years are set, with their
 * words, and lists their conditions in the study; the list is taken from `arena`. HR_INVALID for a
 * target and HR_USAGE for a limit that does not parse, each with a diagnostic. */
HR_MUST_USE hr_status hr_conditions_read(hr_result *r, hr_study *s, const hr_run_options *o,
                                         hr_arena *arena, hr_diags *diags);

#endif
