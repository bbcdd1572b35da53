/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stresses: what hurts a scenario most, one at a time and together, over the same luck. */
#ifndef HEADROOM_STRESS_H
#define HEADROOM_STRESS_H

#include "headroom/report.h"
#include "headroom/run.h"

#define HR_STRESSES_MOST 32u /* at once */

/* One stress: the base with something laid over it, or a band of the base's own futures, those in
 * which a driver's average over the years stands between two places among a hundred. Everything is
 * borrowed and outlives what hr_stress gives. */
typedef struct {
    const char *id, *name;       /* ids are told apart */
    const char *with;            /* what is laid over; NULL: a band */
    const hr_scenario *scenario; /* the base with it */
    const char *driver;          /* of a band: a word that hr_stress_row.driver may be */
    double from_pct, to_pct;
    const char *source, *date, *note; /* NULL when not said */
} hr_stressed;

typedef struct hr_stresses hr_stresses;

/* Runs the base, each scenario of a stress and `together`, the base with all of them laid over,
 * through the same futures. `together` may be NULL where at most one stress has a scenario. Order
 * changes nothing. All scenarios begin in the same year and have as many years, else HR_USAGE.
 * Limits are asked of the stresses together. Every future is kept: at most 65,536, else
 * HR_TOO_LARGE; a precision, which is of the verdict's chances under every stress and of their
 * changes, takes no more than so many. Sets of assumptions are not looked at, nor is keep_paths.
 * o->memory bounds the cases, and the base's own run after them, each by itself. o->tick is told
 * futures of all scenarios together. Statuses else as of hr_run. */
HR_MUST_USE hr_status hr_stress(hr_stresses **out, const hr_scenario *base,
                                const hr_stressed *stress, size_t count,
                                const hr_scenario *together, const hr_run_options *o,
                                hr_diags *diags);
void hr_stresses_free(hr_stresses *s); /* NULL is fine; before its scenarios */

/* As hr_result_paths_asked. */
uint64_t hr_stresses_paths_asked(const hr_stresses *s);

/* The first limit that was passed; NULL when none was. */
const char *hr_stresses_limit_passed(const hr_stresses *s);

/* By how much a stress (or "together") raises the chance that reserves fall below the policy in
 * some year; false when there is no such stress. */
bool hr_stresses_harm(const hr_stresses *s, const char *id, double *value, double *lo, double *hi);

/* The verdict in words, then tables; one JSON document; the output folder. As of a run. */
char *hr_report_stresses(const hr_stresses *s);
char *hr_report_stresses_json(const hr_stresses *s);
HR_MUST_USE hr_status hr_report_stresses_write(const hr_stresses *s, const hr_write_options *o,
                                               hr_diags *diags);

#endif
