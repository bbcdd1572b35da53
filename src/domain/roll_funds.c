/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part of step 5: the councils' growth fund, for pupils of this autumn whom the grant does not
 * count yet, and their falling-rolls fund, for those whom it has just stopped counting.
 * docs/model.md, "Funding". */
#include "domain/steps.h"

#include "domain/ledger.h"

/* A filling school's grant counts this autumn's pupils already. */
static void only_when_full(hr_batch *b, int s, double *amount)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    if (!hr_fills(school))
        return;
    hr_in oldest = hr_of(b->group, s * HR_GROUPS_MAX + school->groups - 1, n);
    hr_out x = amount;
    HR_FOR_LANES(i, n)
        x[i] = oldest[i] > 0.0 ? x[i] : 0.0;
}

/* One school's; `above` and `below` are the censuses, over the one before, from which there is
 * anything to pay. */
static void pay_school(hr_batch *b, int s, const double *above, const double *below)
{
    const int n = hr_lanes(b);
    const hr_params_funding *f = &b->plan->params->scenario.funding;
    hr_in growth = hr_set(b, f->growth_share);
    hr_in falling = hr_set(b, f->falling_share);
    hr_in up = above;
    hr_in down = below;
    hr_in now = hr_of(b->roll, s, n);
    hr_in last = hr_of(b->roll_1, s, n);
    hr_in before = hr_of(b->roll_2, s, n);
    hr_in led = hr_of(b->led_rate, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_out amount = b->scratch[0];
    HR_FOR_LANES(i, n) {
        const double come = hr_max(now[i] - last[i] * up[i], 0.0);
        const double gone = hr_max(before[i] * down[i] - last[i], 0.0);
        const double due = led[i] * (growth[i] * come + falling[i] * gone) * share[i];
        amount[i] = hr_max(due, 0.0); /* an unknown rate brings nothing */
    }
    only_when_full(b, s, amount);
    if (hr_any(amount, n))
        hr_post(b, HR_L_ROLL_FUNDS, s, amount);
}

void hr_roll_funds(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_params_funding *f = &b->plan->params->scenario.funding;
    if (hr_always(b, f->growth_share, 0.0) && hr_always(b, f->falling_share, 0.0))
        return;
    hr_in growth = hr_set(b, f->growth_from_pct);
    hr_in fall = hr_set(b, f->falling_from_pct);
    hr_out above = b->scratch[1];
    hr_out below = b->scratch[2];
    HR_FOR_LANES(i, n) {
        above[i] = 1.0 + growth[i] * HR_PER_CENT;
        below[i] = 1.0 - fall[i] * HR_PER_CENT;
    }
    for (int s = 0; s < b->plan->schools; s++)
        if (b->plan->school[s].roll_funds)
            pay_school(b, s, above, below);
}
