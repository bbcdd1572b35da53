/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of assumptions: what varies and what is not known are two numbers, never one. A set is what
 * one future draws once and keeps (every driver whose rhythm is FUTURE: settings with each =
 * "future", and with them whether a candidate comes, whether a condition of joining bites, what
 * grade a school without one has); each set is met by the same yearly luck. It must not know the
 * model, nor words. */
#ifndef HR_ANALYSIS_SETS_H
#define HR_ANALYSIS_SETS_H

#include "analysis/comparison.h"
#include "analysis/headlines.h"
#include "analysis/spread.h"

enum {
    HR_SETS_FUTURES = 128 /* futures of each set, fewer where the run has fewer */
};

typedef struct {
    hr_headline of;
    hr_spread spread; /* of the chance */
} hr_set_headline;

struct hr_sets {
    int sets;
    uint64_t paths; /* futures of each */
    hr_set_headline *headline;
    int headlines;
    hr_spread reserves, reserves_pct; /* of the means at the end of the last year */
};

/* The headline with this key that is no target's, or NULL; sets may be NULL. */
const hr_set_headline *hr_sets_find(const struct hr_sets *sets, const char *key);
/* That of a target by its place, or NULL. */
const hr_set_headline *hr_sets_target(const struct hr_sets *sets, int target);

/* Bytes that the sets of one scenario take while they are simulated. */
uint64_t hr_sets_bytes(const hr_study *s, const hr_run_options *o);

/* Runs o->assumptions sets of every scenario, met by futures 1 on, and gives each result its `sets`
 * and, where `pair` is not NULL, pair[k], k from 1 on, the spread of its differences from 0. The
 * results are those of a whole run. HR_INTERRUPTED leaves them as they were; after HR_NO_MEMORY
 * some may have their sets. */
HR_MUST_USE hr_status hr_sets_run(hr_result *const *result, const hr_study *const *study, int count,
                                  hr_pair_result *const *pair, const hr_run_options *o,
                                  hr_diags *diags);

#endif
