/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headlines: the chances that a verdict begins with, each the share of futures that have a mark or
 * that do not have it. It must not know words. */
#ifndef HR_ANALYSIS_HEADLINES_H
#define HR_ANALYSIS_HEADLINES_H

#include "analysis/marks.h"
#include "analysis/result.h"

typedef struct {
    const char *key; /* "policy_kept", "days_enough", "targets_all", "plan_targets_all",
                        "our_targets_all", or the id of a target; borrowed from the result */
    int mark;
    bool without;  /* it is the share of futures that do not have the mark */
    int target;    /* which target it is, or -1 */
    hr_estimate p; /* by the result's own futures */
} hr_headline;

/* Headlines of a result in the order of its page: reserves keep the policy in every year,
 * improvement days are enough in every year, all targets together (of each kind that there is, and
 * of both), each target. Writes at most hr_headlines_most of them and returns how many. */
int hr_headlines_most(const hr_result *r);
int hr_headlines(const hr_result *r, hr_headline *out);

/* Half the widest 95 % interval among them: how exact the verdict is, as a chance. */
double hr_headlines_half(const hr_result *r);

/* Does the headline hold in a future with this mark? */
bool hr_headline_holds(const hr_headline *h, uint8_t mark);

#endif
