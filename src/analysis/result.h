/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run leaves: estimates with their errors, ready for any writer. Inside view of hr_result
 * for report. Everything here is computed with exact operations, since it goes into results.json.
 */
#ifndef HR_ANALYSIS_RESULT_H
#define HR_ANALYSIS_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/estimate.h"
#include "config/scenario.h"
#include "domain/plan.h"
#include "engine/engine.h"
#include "headroom/run.h"
#include "model/tables.h"

enum { HR_QUANTILES = 7 };
extern const double HR_QUANTILE_P[HR_QUANTILES]; /* .05 .10 .25 .50 .75 .90 .95 */
extern const char *const HR_QUANTILE_KEY[HR_QUANTILES];

typedef struct {
    uint64_t n; /* futures in which it is defined */
    hr_estimate mean;
    double sd;
    hr_estimate quantile[HR_QUANTILES];
    hr_estimate state[3]; /* STATE metrics: share of each */
} hr_metric_result;

typedef struct {
    hr_estimate *year;     /* [years] chance in the year */
    hr_estimate any;       /* chance in some year */
    hr_estimate *first;    /* [years] chance that it happens there for the first time */
    hr_estimate shortfall; /* mean, over the futures in which it happens, of the deepest */
} hr_risk_result;

typedef struct {
    const char *id, *name, *expr, *words; /* words: the statement printed back in words */
    const char *quote, *by;               /* empty when not said */
    bool our_reading;
    hr_prob prob;
    hr_estimate p;
    hr_estimate *year; /* target_missed_ID as a risk: [years] chance that the condition is false in
                          a year that WHEN counts; NaN in other years */
} hr_target_result;

typedef struct {
    const char *id, *name;
    hr_estimate joins;
    hr_estimate *by_year; /* [years] */
    hr_estimate refused_for[HR_POLICIES];
    hr_estimate lost_waiting, withdrew, lost_condition;
    int pipeline; /* row, or -1 */
} hr_candidate_result;

typedef struct {
    uint64_t n;                       /* futures in which the school is in the trust that year */
    hr_estimate pupils, reserves_pct; /* means */
    hr_estimate p_in_year_deficit, p_deficit, p_below_good;
} hr_school_year;

typedef struct {
    const char *id, *name;
    hr_school_year *year; /* [years] */
} hr_school_result;

typedef struct {
    const char *text, *words;
    hr_statement statement;
    hr_estimate *p; /* one per clause */
    bool holds;     /* every clause's estimate is on the right side */
    bool *unsure;   /* per clause: the 95 % interval reaches across the number */
} hr_limit_result;

/* How the headlines settle (analysis/converge.h). */
typedef struct {
    int points;      /* 0: not asked */
    uint64_t *paths; /* [points] futures: 256, 512, 1,024, ... and last all */
    hr_estimate *p;  /* [headlines][points] in the order of hr_headlines */
} hr_settling;

struct hr_result {
    hr_arena *arena;
    const hr_scenario *scenario; /* borrowed */
    const hr_plan *plan;
    uint64_t seed, paths, paths_asked;
    bool partial;
    int start_year, years;
    hr_metric_result *metric; /* [HR_METRICS][years] */
    hr_risk_result risk[HR_RISKS];
    hr_target_result *target;
    int targets;
    hr_estimate targets_all;      /* every target met */
    hr_estimate plan_targets_all; /* every target of kind `plan` met; NaN where there is none */
    hr_estimate our_targets_all;  /* every target of kind `our_reading` met; likewise */
    hr_candidate_result *candidate;
    int candidates;
    hr_school_result *school;
    int schools;
    hr_estimate opening; /* mean opening reserves */
    hr_estimate fall;    /* mean points of reserves, % of income, from the start to the end */
    hr_estimate line[HR_LINES]; /* mean total over the years, signed as in hr_outcome; the bridge */
    hr_limit_result *limit;
    int limits;
    hr_settling settling; /* of a run; a comparison has none */
    int sets_asked;             /* sets of assumptions; 0: they were not to be looked at */
    const struct hr_sets *sets; /* analysis/sets.h; NULL where there are none, or were not done */
    const double *column; /* metric columns kept: [HR_METRICS][years][paths], or NULL */
    const double *roll;   /* kept with keep_paths: [schools][years][paths], or NULL */
};

/* Bytes of every future that a result holds. */
uint64_t hr_result_held(const hr_result *r);

/* What clause k of a limit was estimated as, put in order of the clauses. */
void hr_limit_put(hr_limit_result *limit, int k, hr_estimate p);

/* "2018/19" for a calendar year, into out. */
void hr_year_label(int calendar_year, char out[8]);

#endif
