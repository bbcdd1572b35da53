/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Joining and leaving" of docs/model.md told again. */
#include "reference/reference.h"

/* Months after 1 September of the start, from a month of the block. */
static double month_of(const ref *r, int month) { return month - (r->start_year * 12.0 + 8.0); }

/* A chance given as a series is that of the year in which a named candidate wishes to open. */
static double chance_of(ref *r, const ref_candidate *c, hr_real chance)
{
    const int t = r->t;
    if (hr_params_quantity(r->p, chance)->kind == HR_QUANTITY_SERIES && c->pipeline < 0)
        r->t = (int)ref_clamp(floor(c->wished / 12.0), 0.0, r->years - 1.0);
    const double value = ref_value(r, chance);
    r->t = t;
    return value;
}

static void settle(ref *r, int k, double wished)
{
    ref_candidate *c = &r->candidate[k];
    const hr_params_joining *j = &r->sc->joining;
    const int stage = c->par->stage, until = j->directed_duty_until;
    double chance = ref_given_or(r, c->par->opens_chance, NAN);
    if (isnan(chance))
        chance = ref_value(r, j->opens_chance[stage]);
    if (c->par->route == HR_route_SPONSORED && stage < HR_stage_ORDER && until != HR_NOT_GIVEN &&
        wished > month_of(r, until))
        chance *= ref_value(r, j->after_duty_chance);
    const double now = 12.0 * (r->t < 0 ? 0 : r->t);
    c->came = true;
    ref_event(r, HR_TE_CAME_FORWARD, k, -1, wished);
    c->wished = wished;
    c->ready = ceil(fmax(wished + c->delay, now));
    c->goes = c->u_opens < chance;
    c->gives_up =
        floor(c->ready - c->u_when * fmin(c->ready - now, ref_value(r, j->withdraw_months)));
}

void ref_fates(ref *r)
{
    for (int k = 0; k < r->candidates; k++) {
        ref_candidate *c = &r->candidate[k];
        const hr_params_condition *d = HR_SPAN(r->p, c->par->conditions, hr_params_condition);
        c->u_opens = ref_draw(r, HR_D_OPENS, c->entity, 0);
        c->u_when = ref_draw(r, HR_D_WITHDRAWS_WHEN, c->entity, 0);
        c->wished = c->pipeline < 0 ? month_of(r, c->par->wished) : NAN;
        c->delay = ref_value(r, c->par->slip_months);
        for (uint32_t i = 0; i < c->par->conditions.count; i++) {
            const uint32_t entity = ref_entity(c->id, hr_params_text(r->p, d[i].id));
            c->bites[i] =
                ref_draw(r, HR_D_CONDITION, entity, 0) >= 1.0 - chance_of(r, c, d[i].chance);
            if (!c->bites[i])
                continue;
            const double months = ref_value(r, d[i].months);
            ref_event(r, HR_TE_CONDITION, k, (int)i, months);
            c->delay += months;
            c->loses = c->loses || d[i].if_bites == HR_failure_LOSE;
        }
        if (c->pipeline < 0)
            settle(r, k, c->wished);
    }
}

static void arrivals(ref *r, int row)
{
    const hr_params_pipeline *p = HR_SPAN(r->p, r->sc->pipeline, hr_params_pipeline) + row;
    const uint32_t entity = ref_entity(hr_params_text(r->p, p->id), NULL);
    const double u = ref_draw(r, HR_D_ARRIVALS, entity, ref_year(r));
    int schools = 0;
    for (int s = 0; s < r->schools; s++)
        schools += r->school[s].in;
    const double share = ref_value(r, p->share) + ref_value(r, p->share_per_school) * schools;
    const double mean = fmin(ref_value(r, p->supply_a_year) * share * r->pipeline_factor, 500.0);
    double chance = exp(-mean), below = chance;
    int come = 0;
    for (int k = 1; k <= p->slots; k++) {
        if (u > below)
            come = k;
        chance *= mean / k;
        below += chance;
    }
    const int wanted = (int)ref_round(ref_value(r, p->wanted));
    come = come < wanted ? come : wanted;
    const double month = ref_value(r, p->open_month);
    for (int k = 0; k < r->candidates; k++) {
        const ref_candidate *c = &r->candidate[k];
        if (c->pipeline == row && !c->came && c->slot >= r->taken[row] &&
            c->slot < r->taken[row] + come) {
            settle(r, k, 12.0 * r->t + month);
        }
    }
    r->taken[row] += come;
}

void ref_joining(ref *r)
{
    for (uint32_t row = 0; row < r->sc->pipeline.count && r->own_years > r->t; row++)
        arrivals(r, (int)row);
    for (int k = 0; k < r->candidates; k++) {
        ref_candidate *c = &r->candidate[k];
        if (c->came && !c->joined)
            c->ready += ceil(r->delay_months);
        if (c->came && !c->goes && c->lost == REF_NOT_LOST && c->gives_up < 12.0 * (r->t + 1)) {
            c->lost = REF_WITHDREW;
            ref_event(r, HR_TE_WITHDREW, k, -1, c->gives_up);
            ref_post(r, HR_L_JOIN_COSTS, -1, ref_value(r, r->sc->joining.sunk_cost[c->par->stage]));
        }
    }
}

/* The share of onboarding days that falls in a year, with opening in month m of it. */
double ref_onboarding_share(const ref *r, double m)
{
    const hr_params_joining *j = &r->sc->joining;
    const double b = j->onboarding_before_months, a = j->onboarding_after_months;
    return j->onboarding_before * fmax(fmin(m, 12.0) - fmax(m - b, 0.0), 0.0) / b +
           (1.0 - j->onboarding_before) * fmax(fmin(m + a, 12.0) - fmax(m, 0.0), 0.0) / a;
}

/* The share of this year in months [from, until) from the start. */
static double share_in(const ref *r, double from, double until)
{
    const double start = 12.0 * r->t;
    return fmax(fmin(until, start + 12.0) - fmax(from, start), 0.0) / 12.0;
}

static void one_condition(ref *r, const ref_candidate *c, const hr_params_condition *d)
{
    ref_school *first = &r->school[c->school[0]];
    const bool school_pays = d->paid_by == HR_payer_SCHOOL;
    const int account = school_pays ? c->school[0] : -1;
    const double once = c->join_year == r->t ? ref_value(r, d->cost) : 0.0;
    double grant = 0.0;
    for (int i = 0; i < c->schools; i++)
        grant += r->school[c->school[i]].grant_full;
    const double from = c->ready + d->from_months;
    const double yearly =
        (ref_value(r, d->cost_a_year) + ref_value(r, d->cost_pct_of_grant) / 100.0 * grant) *
        share_in(r, from, from + d->lasts_months);
    ref_post(r, once > 0.0 ? HR_L_JOINER_ONE_OFF : HR_L_JOINING_GRANTS, account, fabs(once));
    ref_post(r, yearly > 0.0 ? HR_L_JOINER_COSTS : HR_L_JOINING_GRANTS, account, fabs(yearly));
    if (school_pays)
        first->structural -= yearly;
}

void ref_conditions(ref *r)
{
    for (int k = 0; k < r->candidates; k++) {
        const ref_candidate *c = &r->candidate[k];
        const hr_params_condition *d = HR_SPAN(r->p, c->par->conditions, hr_params_condition);
        for (uint32_t i = 0; i < c->par->conditions.count; i++)
            if (c->joined && r->school[c->school[0]].in && c->bites[i])
                one_condition(r, c, &d[i]);
    }
}
