/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joiners: the balance that each school has before the join; conditions after opening, what those
 * that bit cost, once and by year, to the school or the centre (part of step 6); and onboarding
 * days. docs/model.md, "Joining and leaving" and "The gate". */
#include "domain/joiners.h"

#include "domain/ledger.h"
#include "domain/steps.h"

void hr_income_before(const hr_batch *b, int k, double *income)
{
    const int n = hr_lanes(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    hr_out all = income;
    hr_fill(all, 0.0, n);
    for (int s = 0; s < c->schools; s++) {
        hr_in theirs = hr_of(b->income_full, c->school[s], n);
        HR_FOR_LANES(i, n)
            all[i] += theirs[i];
    }
}

void hr_balance_before(const hr_batch *b, int k, int s, const double *income, double *balance)
{
    const int n = hr_lanes(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    const hr_params_school *school = b->plan->school[s].par;
    const bool own = c->schools > 1 && hr_real_given(b->plan->params, school->reserves);
    hr_in whole = hr_set(b, c->par->balance);
    hr_in sum = hr_set(b, school->reserves);
    hr_in theirs = hr_of(b->income_full, s, n);
    hr_in all = income;
    hr_out out = balance;
    HR_FOR_LANES(i, n)
        out[i] = own ? sum[i] : whole[i] * theirs[i] / hr_max(all[i], 1.0);
}

/* Share of a year that lies in months [from, from + lasts) after opening. */
static double months_due(double year_start, double opened, double from, double lasts)
{
    const double start = hr_max(year_start, opened + from),
                 end = hr_min(year_start + 12.0, opened + from + lasts);
    return hr_max(end - start, 0.0) / 12.0;
}

/* Costs to one line, what is negative (a grant received) to another. */
static void post_either(hr_batch *b, hr_line line, int payer, double *amount, double *grant)
{
    const int n = hr_lanes(b);
    hr_out cost = amount;
    hr_out received = grant;
    HR_FOR_LANES(i, n) {
        received[i] = hr_max(-cost[i], 0.0);
        cost[i] = hr_max(cost[i], 0.0);
    }
    if (hr_any(cost, n))
        hr_post(b, line, payer, cost);
    if (hr_any(received, n))
        hr_post(b, HR_L_JOINING_GRANTS, payer, received);
}

static void one_condition(hr_batch *b, int k, int r)
{
    const int n = hr_lanes(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    const hr_params_condition *row = &c->condition[r];
    const int first = c->school[0], payer = row->paid_by == HR_payer_CENTRE ? HR_CENTRE : first;
    hr_in bites = hr_of(b->bites, k * HR_CONDITIONS_MAX + r, n);
    hr_in joined = hr_of(b->joined, k, n);
    hr_in year = hr_of(b->join_year, k, n);
    hr_in month = hr_of(b->join_month, k, n);
    hr_in here = hr_of(b->in_trust, first, n);
    hr_in once = hr_set(b, row->cost);
    hr_in yearly = hr_set(b, row->cost_a_year);
    hr_in pct = hr_set(b, row->cost_pct_of_grant);
    hr_out now = b->scratch[8];
    hr_out later = b->scratch[9];
    hr_out work = b->scratch[10];
    hr_out grant = b->scratch[11];
    hr_fill(grant, 0.0, n);
    for (int s = 0; s < c->schools; s++) {
        hr_in own = hr_of(b->grant, c->school[s], n);
        HR_FOR_LANES(i, n)
            grant[i] += own[i];
    }
    const double t = b->t;
    HR_FOR_LANES(i, n) {
        const double on = bites[i] * joined[i] * here[i];
        now[i] = hr_choose(year[i] == t, on * once[i], 0.0);
        later[i] = on * (yearly[i] + pct[i] * HR_PER_CENT * grant[i]) *
                   months_due(12.0 * t, month[i], row->from_months, row->lasts_months);
    }
    if (hr_any(now, n))
        post_either(b, HR_L_JOINER_ONE_OFF, payer, now, work);
    if (!hr_any(later, n))
        return;
    if (payer != HR_CENTRE) {
        hr_out structural = hr_of(b->structural, first, n);
        HR_FOR_LANES(i, n)
            structural[i] -= later[i]; /* the spring budget sees it */
    }
    post_either(b, HR_L_JOINER_COSTS, payer, later, work);
}

void hr_joiner_costs(hr_batch *b)
{
    for (int k = 0; k < b->plan->candidates; k++)
        if (hr_any(hr_of(b->joined, k, b->lanes), b->lanes))
            for (int r = 0; r < b->plan->candidate[k].conditions; r++)
                one_condition(b, k, r);
}

/* Share of a joiner's onboarding days that falls in a year: one part evenly in the months before
 * opening, the rest evenly in those after. month is that of opening, counted from the start of the
 * year in question: this year's openers 0 to 11, last year's below 0, next year's from 12. */
static double onboarding_share(const hr_params_joining *j, double month)
{
    const double before_from = hr_max(month - j->onboarding_before_months, 0.0),
                 before_to = hr_min(month, 12.0);
    const double after_from = hr_max(month, 0.0),
                 after_to = hr_min(month + j->onboarding_after_months, 12.0);
    return j->onboarding_before * hr_max(before_to - before_from, 0.0) /
               j->onboarding_before_months +
           (1.0 - j->onboarding_before) * hr_max(after_to - after_from, 0.0) /
               j->onboarding_after_months;
}

void hr_onboarding_of(hr_batch *b, int k, const double *ready, double *days)
{
    const int n = hr_lanes(b);
    hr_in total = hr_set(b, b->plan->candidate[k].par->onboarding_days);
    hr_in opens = ready;
    hr_out out = days;
    const hr_params_joining *j = &b->plan->params->scenario.joining;
    const double start = 12.0 * b->t;
    HR_FOR_LANES(i, n)
        out[i] = total[i] * onboarding_share(j, opens[i] - start);
}

void hr_onboarding_other(hr_batch *b)
{
    const int n = hr_lanes(b);
    const double start = 12.0 * b->t;
    const hr_params_joining *j = &b->plan->params->scenario.joining;
    hr_out ahead = b->onboarding_need;
    hr_out after = b->onboarding_before;
    hr_fill(after, 0.0, n);
    for (int k = 0; k < b->plan->candidates; k++) {
        hr_in total = hr_set(b, b->plan->candidate[k].par->onboarding_days);
        hr_in ready = hr_of(b->ready, k, n);
        hr_in month = hr_of(b->join_month, k, n);
        hr_in joined = hr_of(b->joined, k, n);
        hr_in goes = hr_of(b->goes, k, n);
        hr_in lost = hr_of(b->lost, k, n);
        hr_in came = hr_of(b->came, k, n);
        HR_FOR_LANES(i, n) {
            const bool is_there = came[i] > 0.0, wants = goes[i] > 0.0, outside = joined[i] < 0.5;
            const bool still = lost[i] <= 0.0, later = ready[i] >= start + 12.0;
            const double before = total[i] * onboarding_share(j, ready[i] - start);
            const double since = total[i] * onboarding_share(j, month[i] - start - 12.0);
            ahead[i] += is_there && wants && outside && still && later ? before : 0.0;
            after[i] += joined[i] > 0.0 ? since : 0.0;
        }
    }
}
