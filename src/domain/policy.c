/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The growth policy asked of one candidate, rule by rule in the order of policies.def. Part of step
 * 3. It must not know who is asked next, nor what a join does. docs/model.md, "The gate". */
#include "domain/gate.h"

#include "domain/joiners.h"
#include "domain/ledger.h"
#include "domain/steps.h"
#include "domain/tracing.h"

/* Limits that bind nobody: the rule is not asked. */
static const double NO_LIMIT_PUPILS = 1000000.0, NO_LIMIT_PCT = 1000.0;
enum { NO_LIMIT_SCHOOLS = 1000 };

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

static const hr_params_growth_policy *policy_of(const hr_batch *b)
{
    return &b->plan->params->scenario.growth_policy;
}

static void ask_size(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_params_growth_policy *g = policy_of(b);
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
    if (!hr_always(b, g->min_joiner_pupils, 0.0))
        ask(b, k, o, HR_P_SIZE, o->pupils, hr_set(b, g->min_joiner_pupils), true);
    if (!hr_always(b, g->max_joiner_pupils, NO_LIMIT_PUPILS))
        ask(b, k, o, HR_P_SIZE, o->pupils, hr_set(b, g->max_joiner_pupils), false);
}

/* A joiner's deficit in per cent of its income: all its schools together. */
static void ask_deficit(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    hr_out figure = b->scratch[7];
    hr_out balance = b->scratch[8];
    hr_out income = b->scratch[9];
    hr_income_before(b, k, income);
    hr_fill(figure, 0.0, n);
    for (int s = 0; s < c->schools; s++) {
        hr_balance_before(b, k, c->school[s], income, balance);
        HR_FOR_LANES(i, n)
            figure[i] -= balance[i];
    }
    HR_FOR_LANES(i, n)
        figure[i] = 100.0 * hr_max(figure[i], 0.0) / hr_max(income[i], 1.0);
    ask(b, k, o, HR_P_DEFICIT, figure, hr_set(b, policy_of(b)->max_joiner_deficit_pct), false);
}

/* Scores by merit, weighed: as what they add to the first, so that one number for all gives itself.
 */
static void score_of(const hr_batch *b, int k, double *score)
{
    const int n = hr_lanes(b);
    const hr_real *part = b->plan->candidate[k].par->score;
    const hr_real *weight = policy_of(b)->score_weight;
    hr_in first = hr_set(b, part[0]);
    hr_out sum = score;
    hr_out all = b->scratch[8];
    hr_fill(sum, 0.0, n);
    hr_fill(all, 0.0, n);
    for (int m = 0; m < HR_N_merit; m++) {
        hr_in of = hr_set(b, part[m]);
        hr_in weighs = hr_set(b, weight[m]);
        HR_FOR_LANES(i, n) {
            sum[i] += weighs[i] * (of[i] - first[i]);
            all[i] += weighs[i];
        }
    }
    HR_FOR_LANES(i, n)
        sum[i] = all[i] > 0.0 ? first[i] + sum[i] / all[i] : 0.0;
}

static void ask_score(hr_batch *b, int k, hr_offer *o)
{
    double *figure = b->scratch[7];
    score_of(b, k, figure);
    if (b->trace && o->ok[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_SCORED, k, -1, figure[b->trace->lane]);
    ask(b, k, o, HR_P_SCORE, figure, hr_set(b, policy_of(b)->min_score), true);
}

static void ask_fit(hr_batch *b, int k, hr_offer *o)
{
    const hr_params_growth_policy *g = policy_of(b);
    const hr_plan_candidate *c = &b->plan->candidate[k];
    double *figure = b->scratch[7], farthest = 0.0;
    for (int s = 0; s < c->schools; s++)
        farthest = hr_max(farthest, b->plan->school[c->school[s]].par->distance_km);
    hr_fill(figure, farthest, b->lanes);
    ask(b, k, o, HR_P_DISTANCE, figure, hr_set(b, g->max_distance_km), false);
    if (!hr_always(b, g->min_score, 0.0))
        ask_score(b, k, o);
    if (!hr_always(b, g->max_joiner_deficit_pct, NO_LIMIT_PCT))
        ask_deficit(b, k, o);
}

/* The trust's schools whose last two closed years both had a deficit: what was recorded of them. */
static void ask_deficit_schools(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b), year = HR_SCHOOL_COLUMNS * n;
    hr_out figure = b->scratch[7];
    hr_out limit = b->scratch[8];
    hr_fill(figure, 0.0, n);
    hr_fill(limit, policy_of(b)->max_deficit_schools, n);
    for (int s = 0; b->t > 1 && s < b->plan->schools; s++) {
        const double *last =
            hr_of(b->column,
                  (s * b->plan->years + b->t - 1) * HR_SCHOOL_COLUMNS + HR_SC_IN_YEAR_DEFICIT, n);
        hr_in now = last;
        hr_in before = last - year;
        hr_in in = hr_of(b->in_trust, s, n);
        HR_FOR_LANES(i, n) {
            const bool here = in[i] > 0.0, again = now[i] == 1.0, once = before[i] == 1.0;
            figure[i] += here && again && once ? 1.0 : 0.0;
        }
    }
    ask(b, k, o, HR_P_DEFICIT_SCHOOLS, figure, limit, false);
}

static void ask_strength(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_params_growth_policy *g = policy_of(b);
    hr_out figure = b->scratch[7];
    hr_out limit = b->scratch[8];
    hr_in below = b->below_good;
    hr_in weak = o->below;
    HR_FOR_LANES(i, n) {
        figure[i] = below[i] + weak[i];
        limit[i] = g->max_schools_below_good;
    }
    ask(b, k, o, HR_P_WEAK_SCHOOLS, figure, limit, false);
    if (g->max_deficit_schools < NO_LIMIT_SCHOOLS)
        ask_deficit_schools(b, k, o);
    ask(b, k, o, HR_P_RESERVES, b->reserves_pct, hr_set(b, g->min_reserves_pct), true);
}

static void ask_capacity(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_params_growth_policy *g = policy_of(b);
    hr_out figure = b->scratch[7];
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

/* Against what the executive heads held at the last year end can oversee; where there are none, the
 * rule is not asked. */
static void ask_span(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const double more = b->plan->candidate[k].schools;
    hr_out figure = b->scratch[7];
    hr_out limit = b->scratch[8];
    hr_in schools = b->schools_now;
    bool overseen = false;
    hr_fill(limit, 0.0, n);
    for (int p = 0; p < b->plan->posts; p++) {
        const hr_params_post *post = &b->plan->post[p];
        if (post->oversees <= 0.0 || !hr_in_force(b, post->from_year, post->until_year))
            continue;
        overseen = true;
        hr_in held = hr_of(b->posts_held, p, n);
        hr_in fte = hr_set(b, post->fte);
        HR_FOR_LANES(i, n)
            limit[i] += post->oversees * fte[i] * held[i];
    }
    if (!overseen)
        return;
    HR_FOR_LANES(i, n)
        figure[i] = schools[i] + more;
    if (b->trace)
        hr_trace_state_of(b, HR_TS_SPAN, HR_CENTRE, -1, limit[b->trace->lane]);
    ask(b, k, o, HR_P_SPAN, figure, limit, false);
}

static void ask_department(hr_batch *b, int k, hr_offer *o)
{
    const int n = hr_lanes(b);
    const hr_real *chance = policy_of(b)->approval;
    hr_in green = hr_set(b, chance[0]);
    hr_in amber = hr_set(b, chance[1]);
    hr_in red = hr_set(b, chance[2]);
    hr_in warning = b->warning;
    hr_out u = b->scratch[7];
    hr_out limit = b->scratch[8];
    hr_uniform(b, HR_D_APPROVAL, b->plan->candidate[k].entity, (uint32_t)b->year, u);
    HR_FOR_LANES(i, n)
        limit[i] =
            hr_choose(warning[i] < 0.5, green[i], hr_choose(warning[i] < 1.5, amber[i], red[i]));
    ask(b, k, o, HR_P_APPROVAL, u, limit, false);
}

void hr_gate_ask(hr_batch *b, int k, hr_offer *o)
{
    ask_size(b, k, o);
    ask_fit(b, k, o);
    ask_strength(b, k, o);
    ask_capacity(b, k, o);
    ask_span(b, k, o);
    ask_department(b, k, o);
}
