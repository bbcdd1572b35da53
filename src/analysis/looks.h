/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As many futures as were asked for, or as many as a precision needs: looks, each a whole run of
 * twice the futures of the one before, so that all together cost at most twice the last. It must
 * not know what is looked at, nor how futures are simulated. */
#ifndef HR_ANALYSIS_LOOKS_H
#define HR_ANALYSIS_LOOKS_H

#include "analysis/result.h"

enum { HR_FIRST_LOOK = 4096 }; /* futures */

/* What can be looked at. A look is what one run gave, whatever that is. */
typedef struct {
    /* Runs o->paths futures and gives the look, or NULL where there is nothing to show; one that
     * was interrupted may give fewer. `diags` may be NULL. */
    hr_status (*take)(void *user, void **look, const hr_run_options *o, hr_diags *diags);
    void (*forget)(void *look); /* NULL is fine */
    uint64_t (*paths)(const void *look);
    uint64_t (*held)(const void *look); /* bytes of every future that it holds */
    double (*half)(const void *look);   /* half the widest 95 % interval of its verdict's chances */
    void *user;
    uint64_t most; /* futures that there may be */
    uint64_t each; /* what ticks count a future as: in how many cases it is simulated */
} hr_looker;

/* Without a precision the one look that was asked for; with one (headroom/run.h) the last of as
 * many as it takes, so that what comes out is that of one run of so many futures. *look is NULL
 * where there is nothing, else the caller's. */
HR_MUST_USE hr_status hr_looks(void **look, const hr_looker *l, const hr_run_options *o,
                               hr_diags *diags);

/* The wider of half an interval and another's; what is undefined has none. */
double hr_wider(double half, hr_estimate e);

#endif
