/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 3, the gate: the trust's growth policy decided on each path, candidate by candidate in a
 * fixed order, with what would be known on 1 September: last year's capacity, reserves and early
 * warning, this year's joins so far. A signed agreement is not decided again. docs/model.md, "The
 * gate". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

/* What a candidate would bring, lane arrays in scratch. */
typedef struct {
    double *asks, *pupils, *below, *days, *onboarding, *good, *ok;
} hr_offer;

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
    HR_FOR_LANES(i, n) {
        const double going = came[i] > 0.0 && goes[i] > 0.0 ? 1.0 - joined[i] : 0.0;
        const double due = lost[i] <= 0.0 && ready[i] < until ? going : 0.0;
        const double stopped = lost[i] < 0.0 ? due : 0.0;
        asks[i] = due - stopped;
        gone[i] += schools * stopped;
        lost[i] = stopped > 0.0 ? 3.0 : lost[i];
    }
    if (b->trace && lost[b->trace->lane] == 3.0 && ready[b->trace->lane] >= until - 12.0)
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
    hr_copy(o->ok, o->asks, n);
    if (b->trace && asks[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_ASKED, k, -1, ready[b->trace->lane]);
    return true;
}

/* Refuses on the lanes where `figure` is beyond `limit`; only the first policy that refuses is
 * noted. */
static void ask(hr_batch *b, int k, hr_offer *o, hr_policy policy, const double *figure,
                const double *limit, bool at_least)
{
    const int n = hr_lanes(b);
    hr_out refused = hr_of(b->refused, k * HR_POLICIES + (int)policy, n);
    hr_out ok = o->ok;
    const double sign = at_least ? -1.0 : 1.0;
    const double was = b->trace ? ok[b->trace->lane] : 0.0;
    HR_FOR_LANES(i, n) {
        const double beyond = sign * figure[i] > sign * limit[i] ? ok[i] : 0.0;
        refused[i] = hr_max(refused[i], beyond);
        ok[i] -= beyond;
    }
    if (b->trace && was > 0.0 && ok[b->trace->lane] == 0.0)
        hr_trace_refusal(b, policy, k, figure[b->trace->lane]);
}

static void ask_size(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_params_growth_policy *g = &b->plan->params->scenario.growth_policy;
    const double schools = b->plan->candidate[k].schools;
    hr_out figure = b->scratch[7];
    hr_out limit = b->scratch[8];
    hr_in joins = b->joins_now;
    hr_in now = b->schools_now;
    hr_in pupils = b->pupils_now;
    hr_in good = o->good;
    hr_in more = o->pupils;
    HR_FOR_LANES(i, n) {
        figure[i] = joins[i] + schools;
        limit[i] = g->max_joins_per_year + good[i] * g->extra_if_good;
    }
    ask(b, k, o, HR_P_PACE, figure, limit, false);
    HR_FOR_LANES(i, n) {
        figure[i] = now[i] + schools;
        limit[i] = g->max_schools;
    }
    ask(b, k, o, HR_P_SCHOOLS, figure, limit, false);
    HR_FOR_LANES(i, n)
        figure[i] = pupils[i] + more[i];
    ask(b, k, o, HR_P_PUPILS, figure, hr_set(b, g->max_pupils), false);
    double farthest = 0.0;
    for (int s = 0; s < b->plan->candidate[k].schools; s++)
        farthest =
            hr_max(farthest, b->plan->school[b->plan->candidate[k].school[s]].par->distance_km);
    hr_fill(figure, farthest, n);
    ask(b, k, o, HR_P_DISTANCE, figure, hr_set(b, g->max_distance_km), false);
    ask(b, k, o, HR_P_SCORE, hr_set(b, b->plan->candidate[k].par->score), hr_set(b, g->min_score),
        true);
}

static void ask_strength(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_params_growth_policy *g = &b->plan->params->scenario.growth_policy;
    hr_out figure = b->scratch[7];
    hr_out limit = b->scratch[8];
    hr_in below = b->below_good;
    hr_in weak = o->below;
    HR_FOR_LANES(i, n) {
        figure[i] = below[i] + weak[i];
        limit[i] = g->max_schools_below_good;
    }
    ask(b, k, o, HR_P_WEAK_SCHOOLS, figure, limit, false);
    ask(b, k, o, HR_P_RESERVES, b->reserves_pct, hr_set(b, g->min_reserves_pct), true);
    hr_in need = b->need_total;
    hr_in days = o->days;
    hr_in supply = b->supply_days;
    HR_FOR_LANES(i, n)
        figure[i] = 100.0 * (need[i] + days[i]) / hr_max(supply[i], 1.0);
    ask(b, k, o, HR_P_CAPACITY, figure, hr_set(b, g->max_capacity_use_pct), false);
    hr_in busy = b->onboarding_need;
    hr_in more = o->onboarding;
    hr_in hands = b->onboarding_supply;
    HR_FOR_LANES(i, n)
        figure[i] = 100.0 * (busy[i] + more[i]) / hr_max(hands[i], 1.0);
    ask(b, k, o, HR_P_ONBOARDING, figure, hr_set(b, g->max_onboarding_use_pct), false);
}

static void ask_department(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_real *chance = b->plan->params->scenario.growth_policy.approval;
    hr_in green = hr_set(b, chance[0]);
    hr_in amber = hr_set(b, chance[1]);
    hr_in red = hr_set(b, chance[2]);
    hr_in warning = b->warning;
    hr_out u = b->scratch[7];
    hr_out limit = b->scratch[8];
    hr_uniform(b, HR_D_APPROVAL, b->plan->candidate[k].entity, (uint32_t)b->year, u);
    HR_FOR_LANES(i, n)
        limit[i] = warning[i] < 0.5 ? green[i] : warning[i] < 1.5 ? amber[i] : red[i];
    ask(b, k, o, HR_P_APPROVAL, u, limit, false);
}

/* Balances, as the route says: what follows the school is posted to it and to the trust's reserves.
 * A merging trust's balance is shared by income among its schools, but for those whose own reserves
 * are given. */
static void bring_balance(hr_batch *b, int k, int s, const double *joins)
{
    const int n = hr_lanes(b);
    const hr_params_candidate *par = b->plan->candidate[k].par;
    const bool merging = b->plan->candidate[k].schools > 1;
    const hr_params_school *school = b->plan->school[s].par;
    const bool sum_given = hr_real_given(b->plan->params, school->reserves);
    hr_in balance = hr_set(b, par->balance);
    hr_in sum = hr_set(b, school->reserves);
    hr_in income = hr_of(b->income_full, s, n);
    hr_in joining = joins;
    hr_out amount = b->scratch[7];
    hr_out all = b->scratch[8];
    hr_fill(all, 0.0, n);
    for (int other = 0; other < b->plan->candidate[k].schools; other++) {
        hr_in theirs = hr_of(b->income_full, b->plan->candidate[k].school[other], n);
        HR_FOR_LANES(i, n)
            all[i] += theirs[i];
    }
    HR_FOR_LANES(i, n) {
        const double part = balance[i] * income[i] / hr_max(all[i], 1.0);
        const double brought = merging && sum_given ? sum[i] : part;
        const bool follows = brought < 0.0 ? par->deficit_follows : par->surplus_follows;
        amount[i] = follows ? brought * joining[i] : 0.0;
    }
    hr_post(b, HR_L_BALANCE_BROUGHT, s, amount);
}

static void open_school(hr_batch *b, int k, int s, const double *joins)
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
    bring_balance(b, k, s, joins);
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
        const bool refused = asks[i] > 0.0 && ok[i] == 0.0;
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
        month[i] = ok[i] > 0.0 ? ready[i] : month[i];
        amount[i] = ok[i] * cost[i];
    }
    hr_post(b, HR_L_JOIN_COSTS, HR_CENTRE, amount);
    for (int s = 0; s < c->schools; s++)
        open_school(b, k, c->school[s], o->ok);
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
            ask_size(b, k, &o);
            ask_strength(b, k, &o);
            ask_department(b, k, &o);
            wait_or_lose(b, k, &o);
        }
        let_in(b, k, &o);
        count_in(b, &o);
    }
    close_gate(b);
}
