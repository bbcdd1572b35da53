/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks: the yes and no of one future that verdicts speak of, a byte each, 1 or 0. Everything that
 * holds futures against each other one by one (differences, regret, bands, sets of assumptions, how
 * an estimate settles) counts marks. It must not know what is counted. */
#ifndef HR_ANALYSIS_MARKS_H
#define HR_ANALYSIS_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/engine.h"

/* Rows of marks of a plan with so many targets: every risk (it happens in some year), every target
 * (it is met), and all targets together: every one, every one of the plan, every one of our reading
 * (all met where there is none). */
typedef enum { HR_ALL_TARGETS, HR_ALL_OF_PLAN, HR_ALL_OF_OURS, HR_ALLS } hr_mark_all;
int hr_marks(int targets);
int hr_mark_risk(int risk);
int hr_mark_target(int target);
int hr_mark_of_all(int targets, hr_mark_all which);

/* The marks of the first n lanes of a batch whose first conditions are the targets: row m goes to
 * mark[m * stride] and the n - 1 after it. of_plan[q]: target q is the plan's own. */
void hr_mark_lanes(const hr_outcome *o, int targets, const bool *of_plan, uint8_t *mark,
                   uint64_t stride, int n);

#endif
