/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core offer of the centre: priced anew at each join by what the joiner pays, and never taken
 * back. A part of step 8. docs/model.md, "Centre". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

enum { POUNDS_OF_DAYS = 10000 };

static const hr_params_offer *par_of(const hr_batch *b)
{
    return &b->plan->params->scenario.centre.offer;
}

/* What a candidate that joined this year adds to the offer: part of what its schools pay in a full
 * year, as charged this year, in prices of the start. What of it they did not pay yet is known to
 * come next year. */
static void step_up(hr_batch *b, int k, double *charge)
{
    const int n = hr_lanes(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    hr_in part = hr_set(b, par_of(b)->reinvest_pct);
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_in joined = hr_of(b->join_year, k, n);
    hr_out paid = charge;
    hr_out step = hr_of(b->offer_step, k, n);
    hr_out change = b->centre_change;
    const double now = b->t;
    hr_fill(paid, 0.0, n);
    for (int s = 0; s < c->schools; s++) {
        hr_in full = hr_of(b->slice_kept, c->school[s], n);
        hr_in share = hr_of(b->share, c->school[s], n);
        HR_FOR_LANES(i, n) {
            paid[i] += full[i];
            change[i] += hr_choose(joined[i] == now, full[i] * (1.0 - share[i]), 0.0);
        }
    }
    HR_FOR_LANES(i, n)
        step[i] = hr_choose(joined[i] == now, part[i] * HR_PER_CENT * paid[i] / prices[i], step[i]);
    if (b->trace && joined[b->trace->lane] == now)
        hr_trace_event_of(b, HR_TE_OFFER_STEP, k, -1,
                          step[b->trace->lane] * prices[b->trace->lane]);
}

/* The offer of this year: the base, and of each step the months since it began; and how much more
 * the steps so far will be next year, at this year's prices. */
static void offer_now(hr_batch *b, double *pounds, double *more)
{
    const int n = hr_lanes(b);
    const double until = 12.0 * (b->t + 1) - HR_MONTHS_A_TERM * par_of(b)->lag_terms;
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_out out = pounds;
    hr_out next = more;
    hr_copy(out, hr_set(b, par_of(b)->base), n);
    hr_fill(next, 0.0, n);
    for (int k = 0; k < b->plan->candidates; k++) {
        hr_in opened = hr_of(b->join_month, k, n);
        hr_in step = hr_of(b->offer_step, k, n);
        HR_FOR_LANES(i, n) {
            const double years = (until - opened[i]) / 12.0, part = hr_clamp(years, 0.0, 1.0);
            out[i] += step[i] * prices[i] * part;
            next[i] += step[i] * prices[i] * (hr_clamp(years + 1.0, 0.0, 1.0) - part);
        }
    }
}

void hr_core_offer(hr_batch *b, bool pay)
{
    const int n = hr_lanes(b);
    hr_out pounds = b->scratch[0];
    for (int k = 0; pay && k < b->plan->candidates; k++)
        step_up(b, k, b->scratch[1]);
    hr_out more = b->scratch[1];
    offer_now(b, pounds, more);
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_in improve = hr_set(b, par_of(b)->improvement_days);
    hr_in onboard = hr_set(b, par_of(b)->onboarding_days);
    hr_out days = b->post_days;
    hr_out supply = b->onboarding_supply;
    HR_FOR_LANES(i, n) {
        const double of_days = pounds[i] / (prices[i] * POUNDS_OF_DAYS);
        days[i] += of_days * improve[i];
        supply[i] += of_days * onboard[i];
    }
    if (!pay)
        return;
    hr_post(b, HR_L_OFFER, HR_CENTRE, pounds);
    hr_out change = b->centre_change;
    HR_FOR_LANES(i, n)
        change[i] -= more[i];
}
