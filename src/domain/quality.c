/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 12, quality: heads leave, quality moves a step with a chance that depends on how far need
 * was met, inspections make it visible, and schools that a risk took leave. docs/model.md,
 * "Quality". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

/* Chance of a step in the year, between the table for need not met and that for need met in full.
 */
static void chance_of(const hr_batch *b, int s, const hr_real *full, const hr_real *none,
                      double *out)
{
    const int n = hr_lanes(b);
    hr_in met = hr_of(b->met_share, s, n);
    hr_in quality = hr_of(b->quality, s, n);
    hr_in full_0 = hr_set(b, full[0]);
    hr_in full_1 = hr_set(b, full[1]);
    hr_in full_2 = hr_set(b, full[2]);
    hr_in full_3 = hr_set(b, full[3]);
    hr_in none_0 = hr_set(b, none[0]);
    hr_in none_1 = hr_set(b, none[1]);
    hr_in none_2 = hr_set(b, none[2]);
    hr_in none_3 = hr_set(b, none[3]);
    HR_FOR_LANES(i, n) {
        const double at = quality[i];
        const double all_met = hr_at_level(at, full_0[i], full_1[i], full_2[i], full_3[i]);
        const double none_met = hr_at_level(at, none_0[i], none_1[i], none_2[i], none_3[i]);
        out[i] = met[i] * all_met + (1.0 - met[i]) * none_met;
    }
}

static void move(hr_batch *b, int s, const double *u)
{
    const int n = hr_lanes(b);
    const hr_params_capacity *c = &b->plan->params->scenario.capacity;
    hr_out up = b->scratch[4];
    hr_out down = b->scratch[5];
    chance_of(b, s, c->improve_full, c->improve_none, up);
    chance_of(b, s, c->decline_full, c->decline_none, down);
    hr_in stuck = hr_of(b->stuck, s, n);
    hr_in slower = hr_set(b, c->stuck_factor);
    hr_in limit = hr_set(b, c->lend_limit);
    hr_in strain = hr_set(b, c->lend_decline);
    hr_in lent = hr_of(b->lent_share, s, n);
    hr_in hit = hr_of(b->hit_quality, s, n);
    hr_in luck = u;
    hr_out quality = hr_of(b->quality, s, n);
    const double was = b->trace ? quality[b->trace->lane] : 0.0;
    HR_FOR_LANES(i, n) {
        const bool is_stuck = stuck[i] > 0.0, improving = quality[i] == 2.0;
        const double rises = up[i] * hr_choose(is_stuck && improving, slower[i], 1.0);
        const double falls = down[i] + hr_choose(lent[i] > limit[i], strain[i], 0.0);
        const double step = luck[i] < rises ? -1.0 : luck[i] >= 1.0 - falls ? 1.0 : 0.0;
        quality[i] = hr_clamp(quality[i] + step + hit[i], 0.0, 3.0);
    }
    if (b->trace && quality[b->trace->lane] != was)
        hr_trace_event_of(b, HR_TE_QUALITY, s, -1, quality[b->trace->lane]);
}

/* Chance that a school is inspected this year: by its last grade, and none while that is new. A
 * school that joined by the sponsored route is left alone for its first years, and then is due. */
static void chance_to_be_seen(const hr_batch *b, int s, double *chance)
{
    const int n = hr_lanes(b), candidate = b->plan->school[s].candidate;
    const hr_params_capacity *c = &b->plan->params->scenario.capacity;
    hr_in alone = hr_set(b, c->no_inspection_years);
    hr_in due = hr_set(b, c->first_inspection_chance);
    hr_in months = hr_of(b->months_in, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_in inspected = hr_of(b->inspected, s, n);
    const bool sponsored =
        candidate >= 0 && b->plan->candidate[candidate].par->route == HR_route_SPONSORED;
    const double now = b->t;
    hr_out out = chance;
    hr_out quiet = b->scratch[5];
    hr_by_quality(b, c->inspection_chance, hr_of(b->grade, s, n), out);
    hr_by_quality(b, c->quiet_years, hr_of(b->grade, s, n), quiet);
    HR_FOR_LANES(i, n) {
        const bool here = share[i] > 0.0, unseen = inspected[i] <= now - months[i] / 12.0;
        const double usual = now - inspected[i] > quiet[i] ? out[i] : 0.0;
        const double first = hr_choose(months[i] < 12.0 * alone[i], 0.0, due[i]);
        out[i] = sponsored && here && unseen ? first : usual;
    }
}

/* An inspection shows the quality there is. */
static void inspect(hr_batch *b, int s, const double *u)
{
    const int n = hr_lanes(b);
    hr_in quality = hr_of(b->quality, s, n);
    hr_in luck = u;
    hr_out grade = hr_of(b->grade, s, n);
    hr_out inspected = hr_of(b->inspected, s, n);
    hr_out chance = b->scratch[4];
    chance_to_be_seen(b, s, chance);
    const double now = b->t;
    HR_FOR_LANES(i, n) {
        const bool seen = luck[i] >= 1.0 - chance[i];
        grade[i] = hr_choose(seen, quality[i], grade[i]);
        inspected[i] = seen ? now : inspected[i];
    }
    if (b->trace) {
        const int lane = b->trace->lane;
        if (inspected[lane] == now)
            hr_trace_event_of(b, HR_TE_INSPECTED, s, -1, grade[lane]);
        hr_trace_state_of(b, HR_TS_QUALITY, s, -1, quality[lane]);
        hr_trace_state_of(b, HR_TS_GRADE, s, -1, grade[lane]);
    }
}

static void heads(hr_batch *b, int s, const double *u)
{
    const int n = hr_lanes(b);
    hr_in turnover = hr_set(b, b->plan->school[s].par->head_turnover);
    hr_in luck = u;
    hr_out head = hr_of(b->new_head, s, n);
    HR_FOR_LANES(i, n)
        head[i] = luck[i] >= 1.0 - turnover[i] ? 1.0 : 0.0;
    if (b->trace && head[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_HEAD_LEFT, s, -1, 1.0);
}

/* A school that leaves takes its balance; what it owed or held is no longer the trust's. */
static void leave(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    hr_out leaves = hr_of(b->leaves, s, n);
    hr_out in = hr_of(b->in_trust, s, n);
    hr_out count = b->left;
    hr_out now = b->schools_now;
    hr_out pupils = b->pupils_now;
    hr_in roll = hr_of(b->roll, s, n);
    hr_in nursery = hr_of(b->nursery, s, n);
    hr_out amount = b->scratch[4];
    hr_in balance = hr_of(b->balance, s, n);
    if (!b->plan->risks_take || !hr_any(leaves, n))
        return;
    HR_FOR_LANES(i, n) {
        const double go = leaves[i] > 0.0 ? in[i] : 0.0;
        amount[i] = -go * balance[i];
        in[i] -= go;
        count[i] += go;
        now[i] -= go;
        pupils[i] -= go * (roll[i] + nursery[i]);
    }
    hr_post(b, HR_L_BALANCE_BROUGHT, s, amount);
}

void hr_quality_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    for (int s = 0; s < b->plan->schools; s++) {
        move(b, s, hr_of(b->quality_u, s, n));
        inspect(b, s, hr_of(b->inspection_u, s, n));
        heads(b, s, hr_of(b->head_u, s, n));
        leave(b, s);
    }
}
