/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Capacity" and "Quality" of docs/model.md told again. */
#include "reference/reference.h"

static double rating_of(ref *r)
{
    const hr_params_capacity *c = &r->sc->capacity;
    const double *rated = HR_SPAN(r->p, c->self_rating, double);
    if (c->self_rating.count == 0)
        return 1.0;
    double mean = 0.0;
    for (uint32_t i = 0; i < c->self_rating.count; i++)
        mean += rated[i] / c->self_rating.count;
    const double low = ref_value(r, c->self_rating_low);
    return ref_clamp(low + (1.0 - low) * (mean - 1.0) / 3.0 + ref_value(r, c->self_rating_error),
                     low, 1.0);
}

double ref_worth(ref *r, const ref_school *s)
{
    const double lost = ref_value(r, r->sc->capacity.travel_loss_pct_per_km) / 100.0;
    return fmax(1.0 - lost * s->par->distance_km, 0.2);
}

/* Advisers' days that can be bought: recovery cuts them, what is protected keeps them. */
static double days_to_buy(ref *r)
{
    const hr_params_capacity *c = &r->sc->capacity;
    const double most = ref_value(r, c->bought_in_days),
                 price = ref_value(r, c->bought_in_day_cost);
    r->protected = fmax(ref_value(r, c->protected_pct) / 100.0 * r->topslice_last,
                        ref_value(r, c->protected_sum));
    const double cut = r->below ? ref_value(r, r->sc->budget.recovery_bought_in) : 0.0;
    const double days = fmax(most * (1.0 - cut), price > 0.0 ? r->protected / price : 0.0);
    if (r->t >= 0 && days < most)
        ref_event(r, HR_TE_ADVISERS_CUT, -1, -1, days);
    return days;
}

/* Days needed and supplied, with this year's posts. */
void ref_supply_and_need(ref *r)
{
    const hr_params_capacity *c = &r->sc->capacity;
    if (r->t < 0)
        ref_posts(r, false);
    const double rating = rating_of(r);
    double leaders = 0.0;
    r->needed = 0.0;
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        const bool joiner = s->candidate >= 0 && s->months_in <= 24.0;
        s->need = (ref_value(r, s->par->need_days[s->quality]) * ref_value(r, c->need_factor) *
                       (joiner ? ref_value(r, c->joiner_factor) : 1.0) +
                   (s->new_head ? ref_value(r, c->new_head_days) : 0.0)) *
                  s->share / ref_worth(r, s);
        s->leader_days = s->grade > 1 ? 0.0
                                      : ref_value(r, s->par->leader_days) *
                                            (s->new_head ? ref_value(r, c->new_head_lends) : 1.0) *
                                            s->share * r->lent_factor[i];
        r->needed += s->need;
        leaders += s->leader_days;
    }
    r->centre_days = rating * fmax(r->post_days + r->risk_days, 0.0);
    r->leaders_days = rating * leaders;
    r->bought_effect = ref_value(r, c->bought_in_effect);
    r->supply = r->centre_days + r->leaders_days + days_to_buy(r) * r->bought_effect;
}

/* Weakest first; what was given in all. */
static double allocate(ref *r)
{
    double left = r->supply;
    for (int q = HR_N_quality - 1; q >= 0; q--)
        for (int i = 0; i < r->schools; i++) {
            ref_school *s = &r->school[i];
            if (s->quality != q)
                continue;
            const double given = fmin(s->need, left);
            left -= given;
            s->met = s->need > 0.0 ? given / s->need : 1.0;
            if (!s->in)
                s->met = ref_value(r, r->sc->capacity.outside_support);
        }
    return r->supply - left;
}

static void pay_for_days(ref *r, double used)
{
    const hr_params_capacity *c = &r->sc->capacity;
    const double after_centre = fmax(used - r->centre_days, 0.0);
    const double of_leaders = fmin(after_centre, r->leaders_days);
    const double lent = r->leaders_days > 0.0 ? of_leaders / r->leaders_days : 0.0;
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        s->lent = s->leader_days > 0.0 ? lent : 0.0;
        s->lent_days = s->leader_days * s->lent;
        ref_transfer(r, HR_L_LEADER_DAYS, i, -s->lent_days * ref_value(r, c->leader_day_cost));
    }
    if (r->bought_effect > 0.0)
        ref_post(r, HR_L_BOUGHT_IN, -1,
                 fmax(after_centre - of_leaders, 0.0) / r->bought_effect *
                     ref_value(r, c->bought_in_day_cost));
}

void ref_capacity(ref *r)
{
    ref_supply_and_need(r);
    pay_for_days(r, allocate(r));
    r->onboarding_needed = r->onboarding_joiners;
    for (int k = 0; k < r->candidates; k++) {
        const ref_candidate *c = &r->candidate[k];
        if (c->came && c->goes && !c->joined && c->lost == REF_NOT_LOST &&
            c->ready >= 12.0 * (r->t + 1))
            r->onboarding_needed += ref_value(r, c->par->onboarding_days) *
                                    ref_onboarding_share(r, c->ready - 12.0 * r->t);
    }
}

static void move_quality(ref *r, int i)
{
    const hr_params_capacity *c = &r->sc->capacity;
    ref_school *s = &r->school[i];
    const int q = s->quality;
    double rise = s->met * ref_value(r, c->improve_full[q]) +
                  (1.0 - s->met) * ref_value(r, c->improve_none[q]);
    if (s->stuck && q == HR_quality_REQUIRES_IMPROVEMENT)
        rise *= ref_value(r, c->stuck_factor);
    double fall = s->met * ref_value(r, c->decline_full[q]) +
                  (1.0 - s->met) * ref_value(r, c->decline_none[q]);
    if (s->lent > ref_value(r, c->lend_limit))
        fall += ref_value(r, c->lend_decline);
    const bool rises = s->u_quality < rise, sinks = !rises && s->u_quality >= 1.0 - fall;
    const int moved = q - rises + sinks + r->falls[i];
    s->quality = (int)ref_clamp(moved, 0.0, 3.0);
    if (s->quality != q)
        ref_event(r, HR_TE_QUALITY, i, -1, s->quality);
}

static void inspect(ref *r, int i)
{
    const hr_params_capacity *c = &r->sc->capacity;
    ref_school *s = &r->school[i];
    const bool sponsored =
        s->candidate >= 0 && r->candidate[s->candidate].par->route == HR_route_SPONSORED;
    double chance = ref_value(r, c->inspection_chance[s->grade]);
    if (sponsored && s->in && s->inspected <= r->t - s->months_in / 12.0)
        chance = s->months_in < 12.0 * ref_value(r, c->no_inspection_years)
                     ? 0.0
                     : ref_value(r, c->first_inspection_chance);
    else if (r->t - s->inspected <= ref_value(r, c->quiet_years[s->grade]))
        chance = 0.0;
    if (s->u_inspection >= 1.0 - chance) {
        s->grade = s->quality;
        s->inspected = r->t;
        ref_event(r, HR_TE_INSPECTED, i, -1, s->grade);
    }
}

void ref_quality(ref *r)
{
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        move_quality(r, i);
        inspect(r, i);
        s->new_head = s->u_head >= 1.0 - ref_value(r, s->par->head_turnover);
        if (s->new_head)
            ref_event(r, HR_TE_HEAD_LEFT, i, -1, 1.0);
        if (s->in && r->leaves[i]) {
            ref_post(r, HR_L_BALANCE_BROUGHT, i, -s->balance);
            s->in = false;
            r->left += 1.0;
        }
    }
}
