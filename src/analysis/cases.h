/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many cases on the same futures: the lean verb for whatever holds many plans, worlds, stresses or
 * sets of assumptions against each other. Of every future of every case it keeps the marks and the
 * few columns that are asked for, and nothing else; what is made of them is counted afterwards, by
 * index of future, so that no order of work can be seen in a number. It must not know what the
 * cases are. */
#ifndef HR_ANALYSIS_CASES_H
#define HR_ANALYSIS_CASES_H

#include "analysis/collect.h"
#include "analysis/marks.h"
#include "headroom/run.h"

/* One case. Everything is borrowed for the call. */
typedef struct {
    const hr_study *study; /* plan, targets, seed, lanes and batch; as hr_open leaves it. Cases that
                              share a study share its workers. */
    uint64_t set; /* not 0: what is drawn once per future is that of assumption set `set` on every
                     future, while what is drawn every year stays each future's own */
} hr_case;

/* A metric of a year (index from 0). Metrics from HR_METRICS on are what the world came to over all
 * years: one of the choices `average`. */
typedef struct {
    int metric, year;
} hr_case_column;
hr_case_column hr_case_average(int average);

typedef struct hr_cases {
    int cases, columns;
    uint64_t paths, paths_asked; /* fewer when it was interrupted */
    uint8_t **mark;              /* [cases]: [hr_marks(targets) + clauses of limits][paths_asked] */
    double **column;             /* [cases]: [columns][paths_asked] */
} hr_cases;

/* The mark or column row of a case: `paths` values in order of future. Marks from hr_marks(targets)
 * on are whether the clauses of the study's limits are met, in their order. */
const uint8_t *hr_case_mark(const hr_cases *c, int which, int mark);
const double *hr_case_column_of(const hr_cases *c, int which, int column);
/* Futures whose mark is 1. */
uint64_t hr_case_count(const hr_cases *c, int which, int mark);

/* Bytes that a case of `paths` futures takes. */
uint64_t hr_cases_bytes(const hr_study *s, int columns, uint64_t paths);

/* Simulates futures 1 to o->paths of every case: at most HR_EXACT_MOST, since all are kept, and as
 * many as fit into o->memory, else HR_TOO_LARGE with how many would. HR_INTERRUPTED still gives the
 * longest unbroken run of futures that all cases have, if it is not empty; else *out is NULL.
 * o->tick is told futures of all cases together. Statuses and diagnostics as of hr_run. */
HR_MUST_USE hr_status hr_cases_run(hr_cases **out, const hr_case *cases, int count,
                                   const hr_case_column *column, int columns,
                                   const hr_run_options *o, hr_diags *diags);
void hr_cases_free(hr_cases *c); /* NULL is fine */

#endif
