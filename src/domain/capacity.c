/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 11, capacity: improvement days that the centre, leaders of strong schools and bought-in
 * advisers can give, days that each school needs, and who gets them. docs/model.md, "Capacity". */
#include "domain/steps.h"

#include "domain/joiners.h"
#include "domain/ledger.h"
#include "domain/tracing.h"

/* What is left of a day at the farthest school. */
static const double LEAST_WORTH = 0.2;

static const hr_params_capacity *par_of(const hr_batch *b)
{
    return &b->plan->params->scenario.capacity;
}

/* A self-rating can only lower capacity: from `low` at all ones to 1 at all fours. */
static void self_rating(const hr_batch *b, double *factor)
{
    const int n = hr_lanes(b);
    const hr_params_capacity *c = par_of(b);
    const double *rating = HR_ROWS_OF(b, c->self_rating, double);
    double mean = 0.0;
    for (uint32_t r = 0; r < c->self_rating.count; r++)
        mean += rating[r] / c->self_rating.count;
    const double place = c->self_rating.count ? (mean - 1.0) / 3.0 : 1.0;
    const double known = c->self_rating.count ? 1.0 : 0.0;
    hr_in low = hr_set(b, c->self_rating_low);
    hr_in error = hr_set(b, c->self_rating_error);
    HR_FOR_LANES(i, n)
        factor[i] = hr_clamp(low[i] + (1.0 - low[i]) * place + known * error[i], low[i], 1.0);
}

void hr_usual_need(const hr_batch *b, int s, double *days)
{
    const int n = hr_lanes(b);
    hr_in factor = hr_set(b, par_of(b)->need_factor);
    hr_out out = days;
    hr_by_quality(b, b->plan->school[s].par->need_days, hr_of(b->quality, s, n), out);
    HR_FOR_LANES(i, n)
        out[i] *= factor[i];
}

void hr_travel(const hr_batch *b, int s, double *days)
{
    const int n = hr_lanes(b);
    const hr_real loss = par_of(b)->travel_loss_pct_per_km;
    const double share_a_pct = b->plan->school[s].par->distance_km * HR_PER_CENT;
    if (hr_always(b, loss, 0.0))
        return;
    hr_in lost = hr_set(b, loss);
    hr_out out = days;
    HR_FOR_LANES(i, n)
        out[i] /= hr_max(1.0 - lost[i] * share_a_pct, LEAST_WORTH);
}

/* Days a school needs this year, for its months in the trust. */
static void need_of(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_params_capacity *c = par_of(b);
    hr_in joiner = hr_set(b, c->joiner_factor);
    hr_in head_days = hr_set(b, c->new_head_days);
    hr_in months = hr_of(b->months_in, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_in head = hr_of(b->new_head, s, n);
    const bool may_be_new = b->plan->school[s].candidate >= 0;
    hr_out days = hr_of(b->need_days, s, n);
    hr_usual_need(b, s, days);
    HR_FOR_LANES(i, n) {
        const double first = hr_choose(may_be_new && months[i] <= 24.0, joiner[i], 1.0);
        days[i] = (days[i] * first + head_days[i] * head[i]) * share[i];
    }
    hr_travel(b, s, days);
}

/* Days that the leaders of a school can lend: while it is good or better, less when its head is
 * new. */
static void leaders_of(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    hr_in full = hr_set(b, b->plan->school[s].par->leader_days);
    hr_in new_head = hr_set(b, par_of(b)->new_head_lends);
    hr_in grade = hr_of(b->grade, s, n);
    hr_in head = hr_of(b->new_head, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_in risk = hr_of(b->lent_factor, s, n);
    hr_out days = hr_of(b->leader_days, s, n);
    HR_FOR_LANES(i, n) {
        const double lent =
            full[i] * hr_choose(head[i] > 0.0, new_head[i], 1.0) * share[i] * risk[i];
        days[i] = hr_choose(grade[i] < 1.5, lent, 0.0);
    }
}

/* Most days that can be bought in this year. After a year that ends below the reserves policy they
 * are cut, but never below what the protected sum buys; where it buys more than there would be
 * without a cut, they are as many as it buys. */
static void days_to_buy(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_params_capacity *c = par_of(b);
    b->bought_in = hr_set(b, c->bought_in_days);
    if (!b->plan->advisers_move)
        return;
    hr_in most = b->bought_in;
    hr_in price = hr_set(b, c->bought_in_day_cost);
    hr_in pct = hr_set(b, c->protected_pct);
    hr_in least = hr_set(b, c->protected_sum);
    hr_in cut = hr_set(b, b->plan->params->scenario.budget.recovery_bought_in);
    hr_in below = b->below_policy;
    hr_in slice =
        b->t == 0 ? b->slice_start : hr_of(b->line, HR_L_TOPSLICE * b->plan->years + b->t - 1, n);
    hr_out sum = b->scratch[1];
    hr_out days = b->bought_kept;
    HR_FOR_LANES(i, n) {
        sum[i] = hr_max(pct[i] * HR_PER_CENT * slice[i], least[i]);
        const double buys = price[i] > 0.0 ? sum[i] / price[i] : 0.0;
        days[i] = hr_max(most[i] * (1.0 - below[i] * cut[i]), buys);
    }
    b->bought_in = days;
    if (!b->trace || b->trace->year < 0)
        return;
    const int lane = b->trace->lane;
    hr_trace_state_of(b, HR_TS_PROTECTED, HR_CENTRE, -1, sum[lane]);
    if (days[lane] < most[lane])
        hr_trace_event_of(b, HR_TE_ADVISERS_CUT, HR_CENTRE, -1, days[lane]);
}

void hr_supply_and_need(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out led = b->school_led;
    hr_out need = b->need_total;
    hr_out supply = b->supply_days;
    hr_out factor = b->scratch[0];
    hr_fill(led, 0.0, n);
    hr_fill(need, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        need_of(b, s);
        leaders_of(b, s);
        hr_in days = hr_of(b->need_days, s, n);
        hr_in lends = hr_of(b->leader_days, s, n);
        HR_FOR_LANES(i, n) {
            need[i] += days[i];
            led[i] += lends[i];
        }
    }
    self_rating(b, factor);
    days_to_buy(b);
    hr_in posts = b->post_days;
    hr_in risks = b->risk_days;
    hr_in cap = b->bought_in;
    hr_in worth = hr_set(b, par_of(b)->bought_in_effect);
    HR_FOR_LANES(i, n) {
        const double centre = hr_max(posts[i] + risks[i], 0.0) * factor[i];
        led[i] *= factor[i];
        supply[i] = centre + led[i] + cap[i] * worth[i];
    }
}

/* Days that the schools of each quality need. */
static void need_by_quality(const hr_batch *b, double *const need[4])
{
    const int n = hr_lanes(b);
    hr_out n0 = need[0];
    hr_out n1 = need[1];
    hr_out n2 = need[2];
    hr_out n3 = need[3];
    for (int q = 0; q < 4; q++)
        hr_fill(need[q], 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in quality = hr_of(b->quality, s, n);
        hr_in days = hr_of(b->need_days, s, n);
        HR_FOR_LANES(i, n) {
            n0[i] += hr_choose(quality[i] == 0.0, days[i], 0.0);
            n1[i] += hr_choose(quality[i] == 1.0, days[i], 0.0);
            n2[i] += hr_choose(quality[i] == 2.0, days[i], 0.0);
            n3[i] += hr_choose(quality[i] == 3.0, days[i], 0.0);
        }
    }
}

/* The quality at which days run out, -1 where they do not, and what is left for it. */
static void run_out(hr_batch *b, double *last, double *left)
{
    const int n = hr_lanes(b);
    double *const needs[4] = {b->scratch[3], b->scratch[4], b->scratch[5], b->scratch[6]};
    hr_out out = last;
    hr_out rest = left;
    need_by_quality(b, needs);
    hr_copy(rest, b->supply_days, n);
    hr_fill(out, -1.0, n);
    for (int q = HR_quality_INADEQUATE; q >= HR_quality_OUTSTANDING; q--) {
        hr_in need = needs[q];
        const double level = q;
        HR_FOR_LANES(i, n) {
            const bool some_left = out[i] < 0.0, enough = need[i] <= rest[i];
            const double met = hr_choose(some_left && enough, need[i], 0.0);
            out[i] = some_left && !enough ? level : out[i];
            rest[i] -= met;
        }
    }
}

/* Days are given to the weakest first, schools of one quality in order of id, until none are left.
 */
static void allocate(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out last = b->scratch[1];
    hr_out left = b->scratch[2];
    run_out(b, last, left);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in quality = hr_of(b->quality, s, n);
        hr_in days = hr_of(b->need_days, s, n);
        hr_out met = hr_of(b->met_share, s, n);
        HR_FOR_LANES(i, n) {
            const double at_last = quality[i] == last[i] ? hr_min(days[i], left[i]) : 0.0;
            const double given = quality[i] > last[i] ? days[i] : at_last;
            met[i] = days[i] > 0.0 ? given / hr_max(days[i], 1e-9) : met[i];
            left[i] -= at_last;
        }
    }
    hr_copy(b->free_days, left, n);
}

/* A school outside the trust is helped by others to a share of its need. */
static void help_outside(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_in outside = hr_set(b, par_of(b)->outside_support);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in share = hr_of(b->share, s, n);
        hr_out met = hr_of(b->met_share, s, n);
        HR_FOR_LANES(i, n)
            met[i] = hr_choose(share[i] > 0.0, 1.0, outside[i]);
    }
}

/* Who gave them: the centre first, then leaders in equal shares, then advisers bought in. Leaders'
 * days are paid to their schools, advisers from the centre. */
static void pay_for_days(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_params_capacity *c = par_of(b);
    hr_in need = b->need_total;
    hr_in supply = b->supply_days;
    hr_in led = b->school_led;
    hr_in cap = b->bought_in;
    hr_in worth = hr_set(b, c->bought_in_effect);
    hr_in price = hr_set(b, c->bought_in_day_cost);
    hr_in leader_price = hr_set(b, c->leader_day_cost);
    hr_out amount = b->scratch[2];
    hr_out used = b->scratch[3];
    HR_FOR_LANES(i, n) {
        const double centre = supply[i] - led[i] - cap[i] * worth[i];
        const double from_leaders = hr_clamp(need[i] - centre, 0.0, led[i]);
        const double bought =
            hr_clamp(need[i] - centre - led[i], 0.0, cap[i] * worth[i]) / hr_max(worth[i], 1e-9);
        used[i] = led[i] > 0.0 ? from_leaders / led[i] : 0.0;
        amount[i] = bought * price[i];
    }
    hr_post(b, HR_L_BOUGHT_IN, HR_CENTRE, amount);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in days = hr_of(b->leader_days, s, n);
        hr_out lent = hr_of(b->lent_share, s, n);
        HR_FOR_LANES(i, n) {
            lent[i] = days[i] > 0.0 ? used[i] : 0.0;
            amount[i] = -used[i] * days[i] * leader_price[i];
        }
        hr_post_transfer(b, HR_L_LEADER_DAYS, s, amount);
    }
}

void hr_capacity_step(hr_batch *b)
{
    hr_onboarding_other(b);
    hr_supply_and_need(b);
    help_outside(b);
    allocate(b);
    pay_for_days(b);
    for (int s = 0; b->trace && s < b->plan->schools; s++) {
        const int lane = b->trace->lane, n = hr_lanes(b);
        if (hr_of(b->share, s, n)[lane] <= 0.0)
            continue;
        hr_trace_state_of(b, HR_TS_NEED_DAYS, s, -1, hr_of(b->need_days, s, n)[lane]);
        hr_trace_state_of(b, HR_TS_MET_SHARE, s, -1, hr_of(b->met_share, s, n)[lane]);
        hr_trace_state_of(b, HR_TS_LENT_DAYS, s, -1,
                          hr_of(b->leader_days, s, n)[lane] * hr_of(b->lent_share, s, n)[lane]);
    }
}
