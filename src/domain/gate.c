/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 3, the gate: the trust's growth policy decided on each path, candidate by candidate in a
 * fixed order, with what would be known on 1 September: last year's capacity, reserves and early
 * warning, this year's joins so far. A signed agreement is not decided again. docs/model.md, "The
 * gate". */
#include "domain/gate.h"

#include "domain/joiners.h"
#include "domain/ledger.h"
#include "domain/steps.h"
#include "domain/tracing.h"

static void add_school(hr_batch *b, int s, hr_offer *o)
{
    const int n = hr_lanes(b);
    hr_in joiner = hr_set(b, b->plan->params->scenario.capacity.joiner_factor);
    hr_in grade = hr_of(b->grade, s, n);
    hr_in roll = hr_of(b->roll, s, n);
    hr_in nursery = hr_of(b->nursery, s, n);
    hr_out pupils = o->pupils;
    hr_out below = o->below;
    hr_out days = o->days;
    hr_out good = o->good;
    hr_out need = b->scratch[7];
    hr_usual_need(b, s, need);
    hr_travel(b, s, need);
    HR_FOR_LANES(i, n) {
        pupils[i] += roll[i] + nursery[i];
        below[i] += grade[i] > 1.5 ? 1.0 : 0.0;
        days[i] += need[i] * joiner[i];
        good[i] = grade[i] > 1.5 ? 0.0 : good[i];
    }
}

/* Who asks to open this year. A condition that loses a candidate shows when it would have opened.
 */
static bool collect(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    hr_in ready = hr_of(b->ready, k, n);
    hr_in goes = hr_of(b->goes, k, n);
    hr_in joined = hr_of(b->joined, k, n);
    hr_in came = hr_of(b->came, k, n);
    hr_out lost = hr_of(b->lost, k, n);
    hr_out asks = o->asks;
    hr_out gone = b->withdrawn_count;
    const double until = 12.0 * (b->t + 1), schools = c->schools;
    const bool lost_before = b->trace && lost[b->trace->lane] > 0.0;
    HR_FOR_LANES(i, n) {
        const bool is_there = came[i] > 0.0, wants = goes[i] > 0.0;
        const bool still = lost[i] <= 0.0, now = ready[i] < until;
        const double going = hr_choose(is_there && wants, 1.0 - joined[i], 0.0);
        const double due = still && now ? going : 0.0;
        const double stopped = lost[i] < 0.0 ? due : 0.0;
        asks[i] = due - stopped;
        gone[i] += schools * stopped;
        lost[i] = stopped > 0.0 ? 3.0 : lost[i];
    }
    if (b->trace && !lost_before && lost[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_LOST_CONDITION, k, -1, ready[b->trace->lane]);
    if (!hr_any(asks, n))
        return false;
    double *const zero[] = {o->pupils, o->below, o->days};
    for (size_t z = 0; z < sizeof zero / sizeof zero[0]; z++)
        hr_fill(zero[z], 0.0, n);
    hr_fill(o->good, 1.0, n);
    for (int s = 0; s < c->schools; s++)
        add_school(b, c->school[s], o);
    hr_onboarding_of(b, k, ready, o->onboarding);
    hr_copy(o->ok, asks, n);
    if (b->trace && asks[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_ASKED, k, -1, ready[b->trace->lane]);
    return true;
}

/* As the route says: what follows the school is posted to it and to the trust's reserves. */
static void bring_balance(hr_batch *b, int k, int s, const double *joins, const double *income)
{
    const int n = hr_lanes(b);
    const hr_params_candidate *par = b->plan->candidate[k].par;
    hr_in joining = joins;
    hr_out amount = b->scratch[7];
    hr_balance_before(b, k, s, income, amount);
    HR_FOR_LANES(i, n) {
        const bool follows = amount[i] < 0.0 ? par->deficit_follows : par->surplus_follows;
        amount[i] = follows ? amount[i] * joining[i] : 0.0;
    }
    hr_post(b, HR_L_BALANCE_BROUGHT, s, amount);
}

static void open_school(hr_batch *b, int k, int s, const double *joins, const double *income)
{
    const int n = hr_lanes(b);
    hr_in ready = hr_of(b->ready, k, n);
    hr_in joining = joins;
    hr_in grade = hr_of(b->grade, s, n);
    hr_out in = hr_of(b->in_trust, s, n);
    hr_out share = hr_of(b->share, s, n);
    hr_out good = b->joined_good;
    hr_out now = b->schools_now;
    hr_out joined = b->joins_now;
    hr_out sum = b->joins_share;
    hr_out sponsored = b->joined_sponsored;
    hr_out free_schools = b->joined_free;
    const double end = 12.0 * (b->t + 1);
    const int route = b->plan->candidate[k].par->route;
    const double by_sponsor = route == HR_route_SPONSORED ? 1.0 : 0.0,
                 new_school = route == HR_route_FREE_SCHOOL ? 1.0 : 0.0;
    HR_FOR_LANES(i, n) {
        const double part = hr_clamp((end - ready[i]) / 12.0, 0.0, 1.0);
        in[i] = joining[i] > 0.0 ? 1.0 : in[i];
        share[i] = joining[i] > 0.0 ? part : share[i];
        now[i] += joining[i];
        joined[i] += joining[i];
        sum[i] += joining[i] * part;
        sponsored[i] += joining[i] * by_sponsor;
        free_schools[i] += joining[i] * new_school;
        good[i] += joining[i] * (grade[i] < 1.5 ? 1.0 : 0.0);
    }
    bring_balance(b, k, s, joins, income);
}

/* What a school's year group counts are worth to the gate of the next candidate. */
static void count_in(hr_batch *b, const hr_offer *o)
{
    const int n = hr_lanes(b);
    hr_in joins = o->ok;
    hr_in below = o->below;
    hr_in days = o->days;
    hr_in busy = o->onboarding;
    hr_in more = o->pupils;
    hr_out weak = b->below_good;
    hr_out need = b->need_total;
    hr_out onboarding = b->onboarding_need;
    hr_out pupils = b->pupils_now;
    HR_FOR_LANES(i, n) {
        weak[i] += joins[i] * below[i];
        need[i] += joins[i] * days[i];
        onboarding[i] += joins[i] * busy[i];
        pupils[i] += joins[i] * more[i];
    }
}

/* The refused wait a year, up to the limit. */
static void wait_or_lose(hr_batch *b, int k, const hr_offer *o)
{
    const int n = hr_lanes(b);
    const double most = b->plan->params->scenario.growth_policy.max_wait_years,
                 schools = b->plan->candidate[k].schools;
    hr_in asks = o->asks;
    hr_in ok = o->ok;
    hr_out waits = hr_of(b->waits, k, n);
    hr_out ready = hr_of(b->ready, k, n);
    hr_out lost = hr_of(b->lost, k, n);
    hr_out count = b->refused_count;
    HR_FOR_LANES(i, n) {
        const bool asked = asks[i] > 0.0, not_ok = ok[i] == 0.0, refused = asked && not_ok;
        const bool out = refused && waits[i] + 1.0 > most;
        waits[i] += refused ? 1.0 : 0.0;
        ready[i] += refused ? 12.0 : 0.0;
        lost[i] = out ? 1.0 : lost[i];
        count[i] += out ? schools : 0.0;
    }
    if (b->trace && lost[b->trace->lane] == 1.0 && asks[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_LOST_WAITING, k, -1, waits[b->trace->lane]);
}

static void let_in(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    hr_in ok = o->ok;
    hr_in ready = hr_of(b->ready, k, n);
    hr_in cost = hr_set(b, c->par->join_cost);
    hr_out joined = hr_of(b->joined, k, n);
    hr_out year = hr_of(b->join_year, k, n);
    hr_out month = hr_of(b->join_month, k, n);
    hr_out amount = b->scratch[7];
    const double now = b->t;
    HR_FOR_LANES(i, n) {
        joined[i] = ok[i] > 0.0 ? 1.0 : joined[i];
        year[i] = ok[i] > 0.0 ? now : year[i];
        month[i] = hr_choose(ok[i] > 0.0, ready[i], month[i]);
        amount[i] = ok[i] * cost[i];
    }
    hr_post(b, HR_L_JOIN_COSTS, HR_CENTRE, amount);
    double *income = b->scratch[8];
    hr_income_before(b, k, income);
    for (int s = 0; s < c->schools; s++)
        open_school(b, k, c->school[s], o->ok, income);
    if (b->trace && ok[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_JOINED, k, -1, ready[b->trace->lane]);
}

/* Months in the trust at the year end, and the share of the year of schools that were in all year.
 */
static void open_year(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_copy(b->schools_start, b->schools_now, n);
    hr_fill(b->joins_now, 0.0, n);
    hr_fill(b->joins_share, 0.0, n);
    hr_copy(b->onboarding_need, b->onboarding_before, n);
    for (int s = 0; s < b->plan->schools; s++)
        hr_copy(hr_of(b->share, s, n), hr_of(b->in_trust, s, n), n);
}

static void close_gate(hr_batch *b)
{
    const int n = hr_lanes(b);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_out months = hr_of(b->months_in, s, n);
        hr_in share = hr_of(b->share, s, n);
        HR_FOR_LANES(i, n)
            months[i] += 12.0 * share[i];
        if (b->trace && share[b->trace->lane] > 0.0)
            hr_trace_state_of(b, HR_TS_SHARE_OF_YEAR, s, -1, share[b->trace->lane]);
    }
}

void hr_gate_step(hr_batch *b)
{
    hr_offer o = {b->scratch[0], b->scratch[1], b->scratch[2], b->scratch[3],
                  b->scratch[4], b->scratch[5], b->scratch[6]};
    open_year(b);
    for (int order = 0; order < b->plan->candidates; order++) {
        const int k = b->plan->gate_order[order];
        if (!collect(b, k, &o))
            continue;
        if (b->plan->candidate[k].par->stage != HR_stage_AGREEMENT) {
            hr_gate_ask(b, k, &o);
            wait_or_lose(b, k, &o);
        }
        let_in(b, k, &o);
        count_in(b, &o);
    }
    close_gate(b);
}
