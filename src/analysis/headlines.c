/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headlines of a result. */
#include "analysis/headlines.h"

#include "base/lanes.h"

enum { ALWAYS = 2 }; /* the policy and the days */

int hr_headlines_most(const hr_result *r) { return ALWAYS + HR_ALLS + r->targets; }

bool hr_headline_holds(const hr_headline *h, uint8_t mark) { return (mark != 0) != h->without; }

static hr_headline of_risk(const hr_result *r, const char *key, hr_risk risk)
{
    const hr_estimate any = r->risk[risk].any;
    return (hr_headline){.key = key,
                         .mark = hr_mark_risk((int)risk),
                         .without = true,
                         .target = -1,
                         .p = hr_otherwise(any)};
}

int hr_headlines(const hr_result *r, hr_headline *out)
{
    static const char *const keys[HR_ALLS] = {"targets_all", "plan_targets_all", "our_targets_all"};
    const hr_estimate all[HR_ALLS] = {r->targets_all, r->plan_targets_all, r->our_targets_all};
    int n = 0;
    out[n++] = of_risk(r, "policy_kept", HR_R_RESERVES_BELOW_POLICY);
    out[n++] = of_risk(r, "days_enough", HR_R_CAPACITY_OVERLOAD);
    for (int k = 0; k < HR_ALLS; k++)
        if (!hr_is_nan(all[k].value))
            out[n++] = (hr_headline){.key = keys[k],
                                     .mark = hr_mark_of_all(r->targets, (hr_mark_all)k),
                                     .target = -1,
                                     .p = all[k]};
    for (int q = 0; q < r->targets; q++)
        out[n++] = (hr_headline){
            .key = r->target[q].id, .mark = hr_mark_target(q), .target = q, .p = r->target[q].p};
    return n;
}

static double half(hr_estimate p) { return 0.5 * (p.hi - p.lo); }

double hr_headlines_half(const hr_result *r)
{
    double widest = hr_max(half(r->risk[HR_R_RESERVES_BELOW_POLICY].any),
                           half(r->risk[HR_R_CAPACITY_OVERLOAD].any));
    const hr_estimate all[HR_ALLS] = {r->targets_all, r->plan_targets_all, r->our_targets_all};
    for (int k = 0; k < HR_ALLS; k++)
        widest = hr_is_nan(all[k].value) ? widest : hr_max(widest, half(all[k]));
    for (int q = 0; q < r->targets; q++)
        widest = hr_max(widest, half(r->target[q].p));
    return widest;
}
