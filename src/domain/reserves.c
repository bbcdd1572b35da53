/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 13, reserves: interest, pooling, and the trust's reserves against its policy, measured on a
 * full year of income for each joiner. docs/model.md, "Reserves". */
#include "domain/steps.h"

#include "domain/ledger.h"

static const hr_params_reserves_policy *policy(const hr_batch *b)
{
    return &b->plan->params->scenario.reserves_policy;
}

/* On what the trust as a whole held at the last year end, credited to the centre: one bank account,
 * so that it does not matter who inside the trust holds the money. */
static void interest(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_in rate = hr_set(b, policy(b)->interest_pct);
    hr_in held = b->reserves;
    hr_out amount = b->scratch[0];
    HR_FOR_LANES(i, n)
        amount[i] = hr_max(held[i], 0.0) * rate[i] * HR_PER_CENT;
    hr_post(b, HR_L_INTEREST, HR_CENTRE, amount);
}

/* Deficits: the centre makes good a negative balance. Full: every balance is held by the centre. */
static void pool(hr_batch *b)
{
    const int n = hr_lanes(b), pooling = policy(b)->pooling;
    hr_out amount = b->scratch[0];
    hr_fill(b->centre_pooled, 0.0, n);
    for (int s = 0; pooling != HR_pooling_NONE && s < b->plan->schools; s++) {
        hr_in balance = hr_of(b->balance, s, n);
        HR_FOR_LANES(i, n)
            amount[i] = pooling == HR_pooling_FULL ? balance[i] : hr_min(balance[i], 0.0);
        hr_out moved = hr_of(b->pooled, s, n);
        hr_out to_centre = b->centre_pooled;
        HR_FOR_LANES(i, n) {
            moved[i] = -hr_nearest(amount[i]);
            to_centre[i] += hr_nearest(amount[i]);
        }
        hr_post_transfer(b, HR_L_POOLING, s, amount);
    }
}

static void add_up(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out reserves = b->reserves;
    hr_out income = b->income_year;
    hr_out spending = b->spending_year;
    hr_copy(reserves, b->centre, n);
    hr_copy(income, b->centre_income, n);
    hr_copy(spending, b->centre_spending, n);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in balance = hr_of(b->balance, s, n);
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in full = hr_of(b->income_full, s, n);
        hr_in spent = hr_of(b->spending, s, n);
        hr_in share = hr_of(b->share, s, n);
        const bool whole_year = b->plan->school[s].candidate < 0;
        HR_FOR_LANES(i, n) {
            reserves[i] += balance[i];
            income[i] += in[i] * full[i];
            spending[i] +=
                whole_year ? in[i] * spent[i] : in[i] * spent[i] / hr_max(share[i], 1.0 / 12.0);
        }
    }
}

/* Which holders are below their floor at a year end: next year's top-slice looks back on it. */
static void note_floors(hr_batch *b)
{
    const int n = hr_lanes(b);
    if (b->plan->centre_recovers) {
        hr_in floor = hr_set(b, policy(b)->centre_floor_pct);
        hr_in held = b->centre;
        hr_in income = b->income_year;
        hr_out missed = b->centre_missed;
        HR_FOR_LANES(i, n)
            missed[i] = held[i] < floor[i] * HR_PER_CENT * income[i] ? 1.0 : 0.0;
    }
    for (int s = 0; b->plan->schools_relieved && s < b->plan->schools; s++) {
        hr_in floor = hr_set(b, policy(b)->school_floor_pct);
        hr_in held = hr_of(b->balance, s, n);
        hr_in income = hr_of(b->income_full, s, n);
        hr_in in = hr_of(b->in_trust, s, n);
        hr_out missed = hr_of(b->floor_missed, s, n);
        HR_FOR_LANES(i, n)
            missed[i] = hr_choose(held[i] < floor[i] * HR_PER_CENT * income[i], in[i], 0.0);
    }
}

void hr_policy_of(hr_batch *b)
{
    const int n = hr_lanes(b), measure = policy(b)->measure;
    hr_in target = hr_set(b, policy(b)->target);
    hr_in reserves = b->reserves;
    hr_in income = b->income_year;
    hr_in spending = b->spending_year;
    hr_out pounds = b->policy_pounds;
    hr_out below = b->below_policy;
    hr_out pct = b->reserves_pct;
    HR_FOR_LANES(i, n) {
        pounds[i] = measure == HR_measure_POUNDS   ? target[i]
                    : measure == HR_measure_MONTHS ? target[i] * spending[i] / 12.0
                                                   : target[i] * HR_PER_CENT * income[i];
        below[i] = reserves[i] < pounds[i] ? 1.0 : 0.0;
        pct[i] = 100.0 * reserves[i] / hr_max(income[i], 1.0);
    }
    note_floors(b);
}

void hr_reserves_step(hr_batch *b)
{
    interest(b);
    pool(b);
    hr_copy(b->reserves_before, b->reserves, b->lanes);
    add_up(b);
    hr_policy_of(b);
}
