/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies under worlds: each strategy in each world, all through the same luck. */
#ifndef HEADROOM_WORLDS_H
#define HEADROOM_WORLDS_H

#include "headroom/compare.h"

#define HR_WORLDS_MOST 15u

typedef struct {
    const hr_scenario *const
        *scenario;    /* as it is, then under each world; they outlive the result */
    const char *with; /* what was changed to make the strategy; NULL: nothing */
} hr_strategy;

typedef struct hr_worlds hr_worlds;

/* Runs 1 to HR_COMPARE_MOST strategies as they are and under each of 1 to HR_WORLDS_MOST worlds
 * (whose names are given, such as "tight settlement"): at most 65,536 futures, since all are kept,
 * else HR_TOO_LARGE; a precision, which is of the verdict's chances of every strategy in every
 * world and of how far they are behind the best, takes no more than so many. Sets of assumptions
 * are not looked at, nor is keep_paths. o->tick is told futures of all of them together. Years and
 * statuses as of hr_compare. Limits are asked of the last strategy, as it is and in every world. */
HR_MUST_USE hr_status hr_worlds_run(hr_worlds **out, const hr_strategy *strategy, size_t strategies,
                                    const char *const *world, size_t worlds,
                                    const hr_run_options *o, hr_diags *diags);
void hr_worlds_free(hr_worlds *w); /* NULL is fine; before its scenarios */

/* As hr_result_paths_asked. */
uint64_t hr_worlds_paths_asked(const hr_worlds *w);

/* Of a strategy in a world (both from 0; world 0: as it is): the chance that reserves keep the
 * policy in every year; mean regret, pounds of reserves at the end behind the best strategy of the
 * same future (NaN where no future has all of them). False when there is no such strategy or world.
 */
bool hr_worlds_kept(const hr_worlds *w, size_t strategy, size_t world, double *value, double *se,
                    double *lo, double *hi);
bool hr_worlds_regret(const hr_worlds *w, size_t strategy, size_t world, double *value, double *se,
                      double *lo, double *hi);

/* The first limit that was passed in one of the worlds, and the name of that world (NULL: as it
 * is); NULL when none was. Borrowed. */
const char *hr_worlds_limit_passed(const hr_worlds *w, const char **world);

/* The verdict in words, then tables; results.json; the output folder. As of a run. */
char *hr_report_worlds(const hr_worlds *w);
char *hr_report_worlds_json(const hr_worlds *w);
HR_MUST_USE hr_status hr_report_worlds_write(const hr_worlds *w, const hr_write_options *o,
                                             hr_diags *diags);

#endif
