/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 8, the centre: its spending beside posts and the core offer, collaborations, income from
 * outside and customers. docs/model.md, "Centre". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

/* All spending of a centre of which neither posts nor an offer are told: a share of the grant, of
 * which the part beyond the opening schools' at today's rates counts by the elasticity. */
static void untold_spending(const hr_batch *b, const double *grant, double *out)
{
    const int n = hr_lanes(b);
    const hr_params_centre *c = &b->plan->params->scenario.centre;
    hr_in share = hr_set(b, c->unposted_pct_of_grant);
    hr_in elastic = hr_set(b, c->unposted_elasticity);
    hr_in start = b->grant_start;
    hr_in index = hr_index(b, HR_GROWS_GRANT);
    hr_in now = grant;
    hr_out spending = out;
    if (hr_always(b, c->unposted_elasticity, 1.0)) {
        HR_FOR_LANES(i, n)
            spending[i] = share[i] * HR_PER_CENT * now[i];
        return;
    }
    HR_FOR_LANES(i, n) {
        const double same = start[i] * index[i];
        spending[i] = share[i] * HR_PER_CENT * hr_max(same + elastic[i] * (now[i] - same), 0.0);
    }
}

/* Spending other than posts and the offer, for so many schools. */
static void planned_non_pay(const hr_batch *b, const double *schools, const double *grant,
                            double *out)
{
    const int n = b->lanes;
    const hr_params_centre *c = &b->plan->params->scenario.centre;
    if (b->plan->posts == 0 && !b->plan->offer) {
        untold_spending(b, grant, out);
        return;
    }
    hr_in fixed = hr_set(b, c->non_pay);
    hr_in each = hr_set(b, c->non_pay_per_school);
    hr_out planned = out;
    HR_FOR_LANES(i, n)
        planned[i] = fixed[i] + each[i] * schools[i];
}

static bool has_customers(const hr_batch *b, const hr_params_service *row)
{
    return b->plan->customers && !hr_always(b, row->price_outside, 0.0);
}

/* Outside customers won and lost, from the second year on. */
static void move_customers(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_span span = b->plan->params->scenario.centre.services;
    const hr_params_service *row = HR_ROWS_OF(b, span, hr_params_service);
    for (uint32_t r = 0; b->plan->customers && r < span.count; r++) {
        hr_in won = hr_set(b, row[r].new_customers);
        hr_out customers = hr_of(b->customers, (int)r, n);
        if (b->t > 0)
            HR_FOR_LANES(i, n)
                customers[i] = hr_max(customers[i] + won[i], 0.0);
        if (b->trace && has_customers(b, &row[r]))
            hr_trace_state_of(b, HR_TS_CUSTOMERS, HR_CENTRE, (int)r, customers[b->trace->lane]);
    }
}

void hr_centre_open(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_span span = b->plan->params->scenario.centre.services;
    const hr_params_service *row = HR_ROWS_OF(b, span, hr_params_service);
    for (uint32_t r = 0; b->plan->customers && r < span.count; r++)
        hr_fill(hr_of(b->customers, (int)r, n), row[r].customers, n);
    hr_fill(b->posts_kept, 1.0, n);
    hr_fill(b->centre_restructuring, 0.0, n);
}

/* Income from outside; of a service sold, its margin. */
static void outside_income(const hr_batch *b, double *out)
{
    const int n = hr_lanes(b);
    const hr_params_centre *c = &b->plan->params->scenario.centre;
    const hr_params_service *row = HR_ROWS_OF(b, c->services, hr_params_service);
    hr_out amount = out;
    hr_copy(amount, hr_set(b, c->other_income), n);
    for (uint32_t r = 0; r < c->services.count; r++) {
        hr_in income = hr_set(b, row[r].outside_income);
        hr_in margin = hr_set(b, row[r].margin_pct);
        HR_FOR_LANES(i, n)
            amount[i] += income[i] * margin[i] * HR_PER_CENT;
        if (!has_customers(b, &row[r]))
            continue;
        hr_in price = hr_set(b, row[r].price_outside);
        hr_in customers = hr_of(b->customers, (int)r, n);
        HR_FOR_LANES(i, n)
            amount[i] += customers[i] * price[i] * margin[i] * HR_PER_CENT;
    }
}

/* The trust's share, by pupils, of what a collaboration costs this year. */
static void network_cost(const hr_batch *b, const hr_params_network *row, double *out)
{
    const int n = hr_lanes(b);
    hr_in cost = hr_set(b, row->cost);
    hr_in partners = hr_set(b, row->partner_pupils);
    hr_in pupils = b->pupils_now;
    hr_out amount = out;
    HR_FOR_LANES(i, n)
        amount[i] =
            hr_choose(pupils[i] > 0.0, cost[i] * pupils[i] / (pupils[i] + partners[i]), 0.0);
}

void hr_centre_rate_at_start(hr_batch *b, double *rate)
{
    const int n = b->lanes;
    hr_out out = rate;
    hr_out grant = b->scratch[4];
    hr_out own = b->scratch[5];
    hr_out rest = b->scratch[6];
    hr_posts_at_start(b, out);
    if (b->plan->capital_posts) {
        hr_out paid = b->scratch[7];
        hr_capital_for_posts_at_start(b, paid);
        HR_FOR_LANES(i, n)
            out[i] -= paid[i];
    }
    const hr_span networks = b->plan->params->scenario.centre.networks;
    const hr_params_network *network = HR_ROWS_OF(b, networks, hr_params_network);
    for (uint32_t r = 0; r < networks.count; r++) {
        if (!hr_in_force(b, network[r].from_year, network[r].until_year))
            continue;
        network_cost(b, &network[r], rest);
        HR_FOR_LANES(i, n)
            out[i] += rest[i];
    }
    hr_sum_rows_by(b->grant, b->in_trust, b->plan->schools, grant, n);
    hr_copy(b->grant_start, grant, n);
    planned_non_pay(b, b->schools_now, grant, rest);
    outside_income(b, own);
    if (b->plan->offer) {
        hr_in base = hr_set(b, b->plan->params->scenario.centre.offer.base);
        HR_FOR_LANES(i, n)
            out[i] += base[i];
    }
    HR_FOR_LANES(i, n) {
        out[i] += rest[i] - own[i];
        out[i] = grant[i] > 0.0 ? out[i] / grant[i] : 0.0;
    }
}

static void non_pay(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out amount = b->scratch[0];
    hr_out schools = b->scratch[1];
    hr_out grant = b->scratch[2];
    hr_fill(schools, 0.0, n);
    hr_fill(grant, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in share = hr_of(b->share, s, n);
        hr_in posted = hr_of(b->grant_posted, s, n);
        HR_FOR_LANES(i, n) {
            schools[i] += share[i];
            grant[i] += posted[i];
        }
    }
    planned_non_pay(b, schools, grant, amount);
    hr_in saved = b->centre_saved;
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_in least = hr_set(b, b->plan->params->scenario.budget.least_central);
    hr_out room = b->centre_room;
    HR_FOR_LANES(i, n) {
        const double planned = amount[i];
        amount[i] = hr_max(planned - saved[i] * prices[i], least[i] * planned);
        room[i] = hr_max(amount[i] - least[i] * planned, 0.0);
    }
    hr_post(b, HR_L_CENTRE_NON_PAY, HR_CENTRE, amount);
    hr_post(b, HR_L_PLANNED_USE, HR_CENTRE, b->centre_planned_use);
    if (b->plan->posts_may_go)
        hr_post(b, HR_L_RESTRUCTURING, HR_CENTRE, b->centre_restructuring);
}

static void networks(hr_batch *b)
{
    const hr_span span = b->plan->params->scenario.centre.networks;
    const hr_params_network *row = HR_ROWS_OF(b, span, hr_params_network);
    for (uint32_t r = 0; r < span.count; r++) {
        if (!hr_in_force(b, row[r].from_year, row[r].until_year))
            continue;
        network_cost(b, &row[r], b->scratch[0]);
        hr_post(b, HR_L_NETWORKS, HR_CENTRE, b->scratch[0]);
    }
}

void hr_centre_step(hr_batch *b)
{
    hr_fill(b->centre_change, 0.0, b->lanes);
    hr_posts(b, true);
    hr_hold_posts(b, 12.0 * (b->t + 1));
    non_pay(b);
    networks(b);
    move_customers(b);
    outside_income(b, b->scratch[0]);
    hr_post(b, HR_L_CENTRE_INCOME, HR_CENTRE, b->scratch[0]);
}
