/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Top-slice" of docs/model.md told again: percentages by phase, grade, steps and floors, other
 * forms, grants pooled and shared out. It must not know what the centre spends it on. */
#include "reference/reference.h"

/* How much of a joiner's charge is asked this year. */
static double phased(ref *r, const ref_school *s)
{
    const double years = ref_value(r, r->sc->topslice.joiner_years);
    if (s->join_year < 0 || years <= 1.0)
        return 1.0;
    return fmin((r->t - s->join_year + 1.0) / years, 1.0);
}

/* Points of the highest step of each kind that is reached. */
static double steps(ref *r, const ref_school *s)
{
    const hr_params_tier *tier = HR_SPAN(r->p, r->sc->topslice.tiers, hr_params_tier);
    const double needs =
        s->fitted ? s->need_fitted
                  : ref_value(r, s->par->needs_per_pupil) / r->index[HR_GROWS_GRANT][r->t + 1];
    double sum = 0.0;
    for (int by = 0; by < HR_N_tier_by; by++) {
        const double reached = by == HR_tier_by_PUPILS ? ref_roll(s, &s->last) : needs;
        double highest = -1.0, points = 0.0;
        for (uint32_t i = 0; i < r->sc->topslice.tiers.count; i++)
            if (tier[i].by == by && tier[i].from <= reached && tier[i].from > highest) {
                highest = tier[i].from;
                points = ref_value(r, tier[i].points);
            }
        sum += points;
    }
    return sum;
}

static double rate_of(ref *r, const ref_school *s)
{
    const hr_params_topslice *p = &r->sc->topslice;
    double rate = ref_value(r, p->rate_pct[s->par->phase]) +
                  ref_value(r, p->grade_points[s->grade]) + steps(r, s);
    rate += r->missed ? ref_value(r, p->recovery_points) : 0.0;
    rate -= s->missed ? ref_value(r, p->relief_points) : 0.0;
    return fmax(rate, 0.0);
}

/* The top-slice on a grant and an income that already hold the share of the year. */
double ref_slice(ref *r, ref_school *s, double grant, double income, double share)
{
    const hr_params_topslice *p = &r->sc->topslice;
    const int phase = s->par->phase;
    double charge;
    s->rate = rate_of(r, s);
    switch (p->form) {
    case HR_topslice_form_PER_PUPIL:
        charge = ref_value(r, p->per_pupil[phase]) * ref_roll(s, &s->last) * share;
        break;
    case HR_topslice_form_FLAT: charge = ref_value(r, p->flat[phase]) * share; break;
    case HR_topslice_form_POOLED: charge = s->rate / 100.0 * grant; break;
    default: charge = s->rate / 100.0 * (p->base == HR_topslice_base_GAG ? grant : income);
    }
    return charge * phased(r, s);
}

/* Services of a full year; what of them falls in this one is moved, each by itself. */
static double services(ref *r, int i)
{
    const hr_params_service *v = HR_SPAN(r->p, r->sc->centre.services, hr_params_service);
    const ref_school *s = &r->school[i];
    double sum = 0.0;
    for (uint32_t k = 0; k < r->sc->centre.services.count; k++) {
        const double price = ref_value(r, v[k].price_per_school) +
                             ref_value(r, v[k].price_per_pupil) * ref_roll(s, &s->last);
        ref_transfer(r, HR_L_SERVICES, i, price * s->share);
        sum += price;
    }
    return sum;
}

/* Who missed its floor at this year end. */
void ref_note_floors(ref *r)
{
    const hr_params_reserves_policy *p = &r->sc->reserves_policy;
    r->missed = ref_given(r, p->centre_floor_pct) &&
                r->centre_balance < ref_value(r, p->centre_floor_pct) / 100.0 * r->annual_income;
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        s->missed = s->in && ref_given(r, p->school_floor_pct) &&
                    s->balance < ref_value(r, p->school_floor_pct) / 100.0 * s->full_income;
    }
}

static double weight_of(const ref *r, const ref_school *s)
{
    static const int grows[REF_KINDS] = {HR_GROWS_TEACHER_PAY, HR_GROWS_SUPPORT_PAY,
                                         HR_GROWS_PRICES, HR_GROWS_ENERGY, HR_GROWS_PRICES};
    if (s->grant_full == 0.0)
        return 0.0;
    if (r->sc->topslice.redistribute_by == HR_redistribution_PUPILS)
        return s->grant_pupils;
    double spending = 0.0;
    for (int k = 0; k < REF_KINDS; k++)
        spending += s->base[k] * r->index[grows[k]][r->t + 1];
    return spending;
}

/* What is left of all grants shared out by weight; the last school with a grant evens it out. */
static void share_out(ref *r, const double rest[])
{
    double pool = 0.0, weights = 0.0, moved = 0.0;
    int last = -1;
    for (int i = 0; i < r->schools; i++) {
        const ref_school *s = &r->school[i];
        pool += rest[i];
        weights += weight_of(r, s) * s->share;
        last = s->share > 0.0 && s->grant_full > 0.0 ? i : last;
    }
    for (int i = 0; i < r->schools && weights > 0.0; i++) {
        const ref_school *s = &r->school[i];
        if (s->share <= 0.0 || s->grant_full == 0.0)
            continue;
        const double part = rest[i] - ref_round(pool * weight_of(r, s) * s->share / weights);
        moved += ref_transfer(r, HR_L_GAG_POOLING, i, i == last ? -moved : part);
    }
}

/* What the pool will take of a full year's grant is part of the charge. */
static void charge_pool(ref *r)
{
    double pool = 0.0, weights = 0.0;
    for (int i = 0; i < r->schools; i++) {
        const ref_school *s = &r->school[i];
        pool += s->in ? s->grant_full - s->kept_of_grant : 0.0;
        weights += s->in ? weight_of(r, s) : 0.0;
    }
    for (int i = 0; i < r->schools && weights > 0.0; i++) {
        ref_school *s = &r->school[i];
        if (s->in)
            s->charge += s->grant_full - s->kept_of_grant - pool * weight_of(r, s) / weights;
    }
}

void ref_topslice(ref *r)
{
    double rest[REF_SCHOOLS];
    const hr_params_topslice *p = &r->sc->topslice;
    const bool percentage =
        p->form == HR_topslice_form_PERCENT_OF_GRANT || p->form == HR_topslice_form_POOLED;
    if (percentage && r->missed && ref_value(r, p->recovery_points) > 0.0)
        ref_event(r, HR_TE_CENTRE_RECOVERS, -1, -1, ref_value(r, p->recovery_points));
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        const double charge = ref_slice(r, s, s->grant_posted, s->full_income * s->share, s->share);
        const double posted = ref_transfer(r, HR_L_TOPSLICE, i, charge);
        r->topslice += posted;
        rest[i] = s->grant_posted - posted;
        s->kept_of_grant = ref_slice(r, s, s->grant_full, s->full_income, 1.0);
        s->kept = s->charge = s->kept_of_grant + services(r, i);
        if (percentage && s->missed && ref_value(r, p->relief_points) > 0.0)
            ref_event(r, HR_TE_SCHOOL_RELIEVED, i, -1, ref_value(r, p->relief_points));
    }
    if (p->form == HR_topslice_form_POOLED) {
        share_out(r, rest);
        charge_pool(r);
    }
}
