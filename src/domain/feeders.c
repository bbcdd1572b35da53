/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part of step 4: schools whose leavers enter another. A feeder counts inside the trust and
 * outside. docs/model.md, "Pupils". */
#include "domain/steps.h"

#include "domain/tracing.h"

/* What a school's feeders make of its entry, over the start's, before any school ages: each in its
 * share by how many are about to leave it. A feeder that was empty at its end stands for no change.
 */
static void follow_leavers(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    hr_out fed = hr_of(b->fed, s, n);
    hr_fill(fed, 0.0, n);
    for (int f = 0; f < school->feeders; f++) {
        const int from = school->feeder[f].school;
        const int oldest = b->plan->school[from].groups - 1;
        hr_in share = hr_set(b, school->feeder[f].share);
        hr_in leavers = hr_of(b->group, from * HR_GROUPS_MAX + oldest, n);
        hr_in start = hr_of(b->leavers_start, from, n);
        HR_FOR_LANES(i, n)
            fed[i] += share[i] * hr_choose(start[i] > 0.0, leavers[i] / start[i], 1.0);
    }
}

void hr_follow_leavers(hr_batch *b)
{
    for (int s = 0; b->plan->fed && s < b->plan->schools; s++)
        if (b->plan->school[s].feeders)
            follow_leavers(b, s);
}

const double *hr_demand_index(hr_batch *b, int s, double *out)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    hr_in demand = hr_of(b->demand, s, n);
    if (!school->feeders)
        return demand;
    hr_in fed = hr_of(b->fed, s, n);
    hr_out index = out;
    hr_fill(index, 1.0, n);
    for (int f = 0; f < school->feeders; f++) {
        hr_in share = hr_set(b, school->feeder[f].share);
        HR_FOR_LANES(i, n)
            index[i] -= share[i];
    }
    HR_FOR_LANES(i, n)
        index[i] = hr_max(index[i], 0.0) * demand[i] + fed[i];
    if (b->trace)
        hr_trace_state_of(b, HR_TS_ENTRY_INDEX, s, -1, index[b->trace->lane]);
    return index;
}
