/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison leaves: the result of each scenario, and the differences of each from the first
 * over the same futures. Inside view of hr_comparison for report. Everything here is computed with
 * exact operations, since it goes into results.json. Second less first all through. */
#ifndef HR_ANALYSIS_COMPARISON_H
#define HR_ANALYSIS_COMPARISON_H

#include "analysis/gather.h"
#include "analysis/result.h"
#include "analysis/spread.h"
#include "base/dominance.h"
#include "headroom/compare.h"

typedef struct {
    uint64_t n; /* futures in which both are defined */
    hr_estimate mean;
    double sd;
    hr_estimate quantile[HR_QUANTILES]; /* of the difference */
    hr_estimate higher, equal, lower;   /* shares of futures */
    hr_estimate higher_by, lower_by;    /* mean difference over those futures */
    hr_estimate state[3];               /* STATE metrics: difference of the share of each */
} hr_difference;

typedef struct {
    hr_estimate *year; /* [years] */
    hr_estimate any;   /* in some year */
} hr_risk_difference;

typedef struct {
    int first, second; /* places among the targets of each */
    hr_estimate p;
} hr_target_difference;

typedef struct {
    hr_difference *metric; /* [HR_METRICS][years] */
    hr_risk_difference risk[HR_RISKS];
    hr_target_difference *target; /* targets that both ask in the same words */
    int targets;
    hr_estimate targets_all;        /* every target, where both ask the same, else undefined */
    hr_estimate bridge[HR_BRIDGES]; /* mean pounds; they add to the difference of reserves */
    int64_t pounds[HR_BRIDGES];     /* the same in whole pounds, rounded so that they lead from */
    int64_t pounds_first;           /* the mean reserves of the first at the end */
    int64_t pounds_second;          /* to those of the second */
    hr_estimate fall;               /* points of reserves, % of income, from the start to the end */
    hr_dominance reserves;          /* at the end of the last year, in pounds */
    uint64_t differ;                /* futures in which any metric or risk differs */
    hr_spread sets_policy_kept;     /* between sets of assumptions (analysis/sets.h), where the */
    hr_spread sets_reserves;        /* results have them: of the chance that reserves keep the
                                       policy, and of mean reserves at the end */
} hr_pair_result;

struct hr_comparison {
    hr_arena *arena;
    hr_arena *paired; /* of `pair` */
    int scenarios;
    hr_result *result[HR_SCENARIOS_MOST];
    const char *with[HR_SCENARIOS_MOST];     /* what was changed, in words; NULL: nothing */
    hr_pair_result *pair[HR_SCENARIOS_MOST]; /* [k]: of k from 0; [0] is NULL */
};

/* May these scenarios be run through the same luck? HR_USAGE and a diagnostic where they do not
 * begin in the same year. *years: the fewest that one of them has, with a note, or 0 where all have
 * the same. */
HR_MUST_USE hr_status hr_comparable(const hr_scenario *const *scenario, size_t count, int *years,
                                    hr_diags *diags);

#endif
