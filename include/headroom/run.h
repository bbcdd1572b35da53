/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a scenario, and reading what came out. */
#ifndef HEADROOM_RUN_H
#define HEADROOM_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "headroom/base.h"
#include "headroom/scenario.h"

#define HR_SEED_DEFAULT 20180901u
#define HR_PATHS_DEFAULT 10000u
#define HR_ASSUMPTIONS_DEFAULT 200 /* sets of assumptions, where they are looked at */
#define HR_ASSUMPTIONS_LEAST 20    /* of fewer the 5 % and 95 % quantiles are the ends */
#define HR_ASSUMPTIONS_MOST 10000

typedef struct {
    uint64_t seed;
    uint64_t paths;           /* 1 or more; with a precision the most that are taken, 0: no limit */
    double precision;         /* 0: `paths` futures; else above 0 and at most 50, see below */
    int threads;              /* 0: as many as there are processors; never changes a number */
    int lanes;                /* 0: default; a multiple of 32 up to 256; never changes a number */
    int width;                /* 0: best; 1 plain, 2 AVX2, 3 AVX-512; never changes a number */
    uint64_t memory;          /* most bytes the run may take; 0: 2 GiB */
    const char *const *limit; /* --fail-if statements */
    size_t limits;
    int assumptions; /* sets of assumptions, each met by the same yearly luck: how far what is not
                        known moves the verdict; 0: it is not looked at */
    bool keep_paths; /* keep every future for paths.csv (up to 65,536 they are kept anyway) */
    bool (*tick)(void *user, uint64_t done, uint64_t of); /* false stops; NULL never asked; with a
                                                             precision `of` is what may be needed */
    void *user;
} hr_run_options;

typedef struct hr_result hr_result;

/* Simulates. With a precision, in per cent points: looks at 4,096, 8,192, 16,384, ... futures until
 * half the widest 95 % interval among the chances of the verdict is no wider. What comes out is to
 * the last bit that of a run of so many paths. Where `paths` (the last look is then at exactly so
 * many) or memory, of which the look before takes its share, ends the search, the result is that of
 * the last look and a note says how exact it is. HR_INTERRUPTED still gives a result: the longest
 * unbroken run of futures from the first, marked partial (at least one leaf of 256, or all asked
 * for; else *out is NULL); where the futures were done and the sets of assumptions were not, it is
 * whole but for these and marked partial; with a precision that of the look under way or of the one
 * before, whichever has more futures. HR_TOO_LARGE says in `diags` how many paths would fit. Limits
 * that do not parse give HR_USAGE. */
HR_MUST_USE hr_status hr_run(hr_result **out, const hr_scenario *s, const hr_run_options *o,
                             hr_diags *diags);
void hr_result_free(hr_result *r); /* NULL is fine; before its scenario */

/* How many futures it was asked for; with a precision, those of its look. */
uint64_t hr_result_paths_asked(const hr_result *r);

/* The first limit that was passed, that is, whose statement holds; NULL when none was. */
const char *hr_result_limit_passed(const hr_result *r);

/* Mean of a metric in a year (index from 0), by key: value, standard error and 95 % interval. NaN
 * where undefined; false when there is no such metric or year. */
bool hr_result_mean(const hr_result *r, const char *metric, int year, double *value, double *se,
                    double *lo, double *hi);
/* Chance of a target by id ("all" is all of them together). */
bool hr_result_target(const hr_result *r, const char *id, double *p, double *se, double *lo,
                      double *hi);

#endif
