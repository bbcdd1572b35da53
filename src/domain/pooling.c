/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part of step 7: grants pooled and shared out. The centre has kept its percentage of each school's
 * grant; what is left of all of them is divided by a rule, and what a school's own grant holds
 * above its part passes through the centre to the others. It must not know how the percentage comes
 * about. docs/model.md, "Top-slice". */
#include "domain/steps.h"

#include "domain/ledger.h"

/* A school's weight in a full year: pupils of the census that its grant is for, or its opening
 * spending at this year's prices; nothing where it brings no grant. */
static void weight_of(const hr_batch *b, int s, double *weight)
{
    const int n = hr_lanes(b);
    hr_in grant = hr_of(b->grant, s, n);
    hr_out x = weight;
    if (b->plan->params->scenario.topslice.redistribute_by == HR_redistribution_PUPILS) {
        const double *census =
            hr_while_filling(b, s, hr_of(b->roll, s, n), hr_of(b->roll_1, s, n), x);
        if (census != weight)
            hr_copy(x, census, n);
    } else {
        static const hr_grows grows[HR_N_cost] = {[HR_cost_TEACHERS] = HR_GROWS_TEACHER_PAY,
                                                  [HR_cost_SUPPORT] = HR_GROWS_SUPPORT_PAY,
                                                  [HR_cost_PREMISES] = HR_GROWS_PRICES,
                                                  [HR_cost_ENERGY] = HR_GROWS_ENERGY,
                                                  [HR_cost_SUPPLIES] = HR_GROWS_PRICES};
        hr_fill(x, 0.0, n);
        for (int k = 0; k < HR_N_cost; k++) {
            hr_in base = hr_of(b->base, s * HR_N_cost + k, n);
            hr_in index = hr_index(b, grows[k]);
            HR_FOR_LANES(i, n)
                x[i] += base[i] * index[i];
        }
    }
    HR_FOR_LANES(i, n)
        x[i] = grant[i] > 0.0 ? x[i] : 0.0;
}

/* The pool, its weights and who is the last school with a grant; of a full year beside what falls
 * into the months in the trust. */
typedef struct {
    double *rest, *weights, *full_rest, *full_weights, *last;
} hr_grant_pool;

static void fill_pool(hr_batch *b, const hr_grant_pool *pool, double *weight)
{
    const int n = hr_lanes(b);
    double *const zero[] = {pool->rest, pool->weights, pool->full_rest, pool->full_weights};
    for (size_t z = 0; z < sizeof zero / sizeof zero[0]; z++)
        hr_fill(zero[z], 0.0, n);
    hr_fill(pool->last, -1.0, n);
    hr_out rest = pool->rest;
    hr_out weights = pool->weights;
    hr_out full_rest = pool->full_rest;
    hr_out full_weights = pool->full_weights;
    hr_out last = pool->last;
    for (int s = 0; s < b->plan->schools; s++) {
        weight_of(b, s, weight);
        hr_in w = weight;
        hr_in share = hr_of(b->share, s, n);
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in own = hr_of(b->pool_rest, s, n);
        hr_in full = hr_of(b->pool_full, s, n);
        hr_in grant = hr_of(b->grant, s, n);
        const double place = s;
        HR_FOR_LANES(i, n) {
            rest[i] += own[i];
            weights[i] += w[i] * share[i];
            full_rest[i] += in[i] * full[i];
            full_weights[i] += in[i] * w[i];
            last[i] = share[i] > 0.0 && grant[i] > 0.0 ? place : last[i];
        }
    }
}

/* What a school's own grant holds above its part; the last one's part is what the others leave, so
 * that the whole adds to nothing to the pound. */
void hr_pool_grants(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_grant_pool pool = {b->scratch[1], b->scratch[2], b->scratch[3], b->scratch[4],
                                b->scratch[5]};
    double *weight = b->scratch[6];
    fill_pool(b, &pool, weight);
    hr_in rest = pool.rest;
    hr_in weights = pool.weights;
    hr_in full_rest = pool.full_rest;
    hr_in full_weights = pool.full_weights;
    hr_in last = pool.last;
    hr_out moved = b->scratch[7];
    hr_out amount = b->scratch[8];
    hr_fill(moved, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        weight_of(b, s, weight);
        hr_in w = weight;
        hr_in share = hr_of(b->share, s, n);
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in own = hr_of(b->pool_rest, s, n);
        hr_in full = hr_of(b->pool_full, s, n);
        hr_out charge = hr_of(b->topslice, s, n);
        const double place = s;
        HR_FOR_LANES(i, n) {
            const double part = hr_nearest(rest[i] * w[i] * share[i] / hr_max(weights[i], 1e-9));
            const double out = last[i] == place ? -moved[i] : own[i] - part;
            amount[i] = weights[i] > 0.0 ? out : 0.0;
            moved[i] += amount[i];
            charge[i] += full_weights[i] > 0.0
                             ? in[i] * (full[i] - full_rest[i] * w[i] / full_weights[i])
                             : 0.0;
        }
        hr_post_transfer(b, HR_L_GAG_POOLING, s, amount);
    }
}
