/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 2, joining and leaving: fates of candidates, who comes forward from the pipeline, who
 * withdraws, and what conditions cost once a school has opened. docs/model.md, "Joining and
 * leaving". */
#include "domain/steps.h"

#include "base/vmath.h"
#include "domain/ledger.h"
#include "domain/tracing.h"

static const hr_params_candidate *par_of(const hr_batch *b, int k)
{
    return b->plan->candidate[k].par;
}

/* Chance that a candidate goes through: its own, or that of its stage; once the duty to make orders
 * has ended, a sponsored candidate below the order stage comes only by choice. */
static void chance_to_open(hr_batch *b, int k, double *chance)
{
    const int n = hr_lanes(b);
    const hr_params_joining *j = &b->plan->params->scenario.joining;
    const hr_params_candidate *par = par_of(b, k);
    const bool own = hr_real_given(b->plan->params, par->opens_chance);
    const bool by_duty = par->route == HR_route_SPONSORED && par->stage < HR_stage_ORDER;
    hr_in said = own ? hr_set(b, par->opens_chance) : hr_set(b, j->opens_chance[par->stage]);
    hr_in after = hr_set(b, j->after_duty_chance);
    hr_in wished = hr_of(b->wished, k, n);
    const double until = b->plan->duty_until;
    HR_FOR_LANES(i, n)
        chance[i] =
            said[i] * (by_duty && wished[i] > until && wished[i] < HR_NEVER ? after[i] : 1.0);
}

/* A chance that the scenario gives by year is that of the year in which a named candidate wishes to
 * open; of the pipeline, which has no date yet, that of the start. */
static void chance_in(const hr_batch *b, hr_real chance, double wished, double *out)
{
    const hr_slot *slot = &b->plan->slot[chance];
    if (slot->kind != HR_QUANTITY_SERIES || hr_is_nan(wished)) {
        hr_copy(out, hr_set(b, chance), b->lanes);
        return;
    }
    const int year = (int)hr_clamp(wished / 12.0, 0.0, b->plan->years - 1.0);
    hr_fill(out, slot->value[year], b->lanes);
}

/* Conditions that bite, what they add in months, and whether one of them loses the candidate. */
static void conditions(hr_batch *b, int k, double *months, double *lost)
{
    const int n = hr_lanes(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    hr_out u = b->scratch[0];
    for (int r = 0; r < c->conditions; r++) {
        const hr_params_condition *row = &c->condition[r];
        hr_uniform(b, HR_D_CONDITION, c->condition_entity[r], 0, u);
        hr_out bites = hr_of(b->bites, k * HR_CONDITIONS_MAX + r, n);
        hr_in delay = hr_set(b, row->months);
        hr_out chance = b->scratch[4];
        chance_in(b, row->chance, c->wished, chance);
        const double loses = row->if_bites == HR_failure_LOSE ? 1.0 : 0.0;
        HR_FOR_LANES(i, n) {
            bites[i] = u[i] >= 1.0 - chance[i] ? 1.0 : 0.0;
            months[i] += bites[i] * delay[i];
            lost[i] = hr_max(lost[i], loses * bites[i]);
        }
        if (b->trace && bites[b->trace->lane] > 0.0)
            hr_trace_event_of(b, HR_TE_CONDITION, k, r, delay[b->trace->lane]);
    }
}

/* Draws everything about a candidate that does not depend on when it comes forward. */
static void draw_fate(hr_batch *b, int k)
{
    const int n = hr_lanes(b);
    hr_out delay = hr_of(b->delay, k, n);
    hr_out lost = hr_of(b->scratch[1], 0, n);
    hr_copy(delay, hr_set(b, par_of(b, k)->slip_months), n);
    hr_fill(lost, 0.0, n);
    conditions(b, k, delay, lost);
    double *const draws[4] = {hr_of(b->goes, k, n), hr_of(b->withdraw_month, k, n), NULL, NULL};
    hr_group_of_draws(b, HR_D_OPENS, b->plan->candidate[k].entity, 0, draws);
    hr_out fate = hr_of(b->lost, k, n);
    HR_FOR_LANES(i, n)
        fate[i] = lost[i] > 0.0 ? -3.0 : 0.0; /* known only when it would have opened */
}

/* Once the month wished is known: ready month, whether it goes through, and when it withdraws if
 * not. */
static void settle(hr_batch *b, int k, const double *newly)
{
    const int n = hr_lanes(b);
    hr_out chance = b->scratch[2];
    chance_to_open(b, k, chance);
    hr_in wished = hr_of(b->wished, k, n);
    hr_in delay = hr_of(b->delay, k, n);
    hr_out ready = hr_of(b->ready, k, n);
    hr_out goes = hr_of(b->goes, k, n);
    hr_out leaves = hr_of(b->withdraw_month, k, n);
    hr_in last = hr_set(b, b->plan->params->scenario.joining.withdraw_months);
    const double now = 12.0 * b->t;
    HR_FOR_LANES(i, n) {
        const double opens = hr_ceil(hr_max(wished[i] + delay[i], now));
        const double goes_on = goes[i] < chance[i] ? 1.0 : 0.0;
        const double gives_up = hr_floor(opens - leaves[i] * hr_min(opens - now, last[i]));
        ready[i] = newly[i] > 0.0 ? opens : ready[i];
        leaves[i] = newly[i] > 0.0 ? (goes_on > 0.0 ? HR_NEVER : gives_up) : leaves[i];
        goes[i] = newly[i] > 0.0 ? goes_on : goes[i];
    }
    if (b->trace && newly[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_CAME_FORWARD, k, -1, wished[b->trace->lane]);
}

void hr_open_joining(hr_batch *b)
{
    const int n = hr_lanes(b);
    double *const zero[] = {b->lost, b->joined, b->waits, b->withdrawn_said};
    for (size_t z = 0; z < sizeof zero / sizeof zero[0]; z++)
        hr_fill(zero[z], 0.0, b->plan->candidates * n);
    hr_fill(b->refused, 0.0, b->plan->candidates * HR_POLICIES * n);
    hr_fill(b->join_year, -1.0, b->plan->candidates * n);
    hr_fill(b->join_month, HR_NEVER, b->plan->candidates * n);
    if (b->plan->offer)
        hr_fill(b->offer_step, 0.0, b->plan->candidates * n);
    hr_fill(b->arrived, 0.0, b->plan->pipelines * n);
    hr_fill(b->lasts, 0.0, b->plan->risks * (b->plan->schools + 1) * n);
    hr_fill(b->pipeline_factor, 1.0, n);
    hr_fill(b->risk_delay, 0.0, n);
    hr_fill(b->onboarding_before, 0.0, n);
    hr_out newly = b->scratch[3];
    for (int k = 0; k < b->plan->candidates; k++) {
        const bool named = b->plan->candidate[k].pipeline < 0;
        hr_fill(hr_of(b->wished, k, n), named ? b->plan->candidate[k].wished : HR_NEVER, n);
        hr_fill(hr_of(b->ready, k, n), HR_NEVER, n);
        hr_fill(hr_of(b->came, k, n), named ? 1.0 : 0.0, n);
        draw_fate(b, k);
        hr_fill(newly, 1.0, n);
        if (named)
            settle(b, k, newly);
    }
}

/* How many schools of a kind come forward this year: those that look for a trust and choose this
 * one (Poisson), the more the larger it is, at most as many as the plan takes forward. */
static void arrivals(hr_batch *b, int row, double *count)
{
    const int n = hr_lanes(b);
    const hr_params_pipeline *p = &b->plan->pipeline[row];
    hr_in supply = hr_set(b, p->supply_a_year);
    hr_in share = hr_set(b, p->share);
    hr_in each = hr_set(b, p->share_per_school);
    hr_in schools = b->schools_now;
    hr_in wanted = hr_set(b, p->wanted);
    hr_in factor = b->pipeline_factor;
    hr_out u = b->scratch[0];
    hr_out mean = b->scratch[1];
    hr_out term = b->scratch[2];
    hr_out sum = b->scratch[3];
    hr_uniform(b, HR_D_ARRIVALS, b->plan->pipeline_entity[row], (uint32_t)b->year, u);
    HR_FOR_LANES(i, n) {
        mean[i] = hr_min(supply[i] * (share[i] + each[i] * schools[i]) * factor[i], 500.0);
        term[i] = -mean[i];
    }
    hr_exp_lanes(term, term, n);
    hr_copy(sum, term, n);
    hr_fill(count, 0.0, n);
    for (int k = 1; k <= p->slots; k++)
        HR_FOR_LANES(i, n) {
            count[i] = u[i] > sum[i] && count[i] + 1.0 <= hr_nearest(wanted[i]) ? count[i] + 1.0
                                                                                : count[i];
            term[i] *= mean[i] / k;
            sum[i] += term[i];
        }
}

/* Gives the next slots of a row to those that came forward. */
static void fill_slots(hr_batch *b, int row, const double *count)
{
    const int n = hr_lanes(b);
    hr_out before = hr_of(b->arrived, row, n);
    hr_out newly = b->scratch[5];
    for (int k = 0; k < b->plan->candidates; k++) {
        const hr_plan_candidate *c = &b->plan->candidate[k];
        if (c->pipeline != row)
            continue;
        const double slot = c->slot;
        hr_in month = hr_set(b, b->plan->pipeline[row].open_month);
        hr_out wished = hr_of(b->wished, k, n);
        hr_out came = hr_of(b->came, k, n);
        HR_FOR_LANES(i, n) {
            const bool not_yet = slot >= before[i], now = slot < before[i] + count[i];
            newly[i] = not_yet && now ? 1.0 : 0.0;
            wished[i] = newly[i] > 0.0 ? 12.0 * b->t + month[i] : wished[i];
            came[i] = hr_max(came[i], newly[i]);
        }
        settle(b, k, newly);
    }
    HR_FOR_LANES(i, n)
        before[i] += count[i];
}

/* Candidates whose time to withdraw comes this year; what was spent on them is sunk. */
static void withdrawals(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_params_joining *j = &b->plan->params->scenario.joining;
    const double until = 12.0 * (b->t + 1);
    hr_out sunk = b->scratch[0];
    for (int k = 0; k < b->plan->candidates; k++) {
        hr_in when = hr_of(b->withdraw_month, k, n);
        hr_in came = hr_of(b->came, k, n);
        hr_in joined = hr_of(b->joined, k, n);
        hr_in cost = hr_set(b, j->sunk_cost[par_of(b, k)->stage]);
        hr_out lost = hr_of(b->lost, k, n);
        hr_out count = b->withdrawn_count;
        const double schools = b->plan->candidate[k].schools;
        HR_FOR_LANES(i, n) {
            const bool is_there = came[i] > 0.0, due = when[i] < until;
            const bool still = lost[i] <= 0.0, outside = joined[i] < 0.5;
            const bool leaves = is_there && due && still && outside;
            sunk[i] = hr_choose(leaves, cost[i], 0.0);
            lost[i] = leaves ? 2.0 : lost[i];
            count[i] += leaves ? schools : 0.0;
        }
        if (hr_any(sunk, n))
            hr_post(b, HR_L_JOIN_COSTS, HR_CENTRE, sunk);
        if (b->trace && lost[b->trace->lane] == 2.0 &&
            hr_of(b->withdrawn_said, k, n)[b->trace->lane] == 0.0) {
            hr_of(b->withdrawn_said, k, n)[b->trace->lane] = 1.0;
            hr_trace_event_of(b, HR_TE_WITHDREW, k, -1, when[b->trace->lane]);
        }
    }
}

/* Nobody comes to a trust that another has absorbed. */
static void forget_all(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_in own = b->own_years;
    const double now = b->t;
    for (int k = 0; k < b->plan->candidates; k++) {
        hr_out came = hr_of(b->came, k, n);
        HR_FOR_LANES(i, n)
            came[i] = own[i] <= now ? 0.0 : came[i];
    }
}

void hr_joining_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out count = b->scratch[4];
    for (int row = 0; row < b->plan->pipelines; row++) {
        arrivals(b, row, count);
        fill_slots(b, row, count);
    }
    if (b->plan->may_end)
        forget_all(b);
    hr_in delay = b->risk_delay;
    for (int k = 0; k < b->plan->candidates; k++) {
        hr_out ready = hr_of(b->ready, k, n);
        hr_in joined = hr_of(b->joined, k, n);
        HR_FOR_LANES(i, n)
            ready[i] += joined[i] < 0.5 && ready[i] < HR_NEVER ? hr_ceil(delay[i]) : 0.0;
    }
    withdrawals(b);
}
