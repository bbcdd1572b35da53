/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "The start" of docs/model.md told again, as far as money: incomes, the centre's cost, spending
 * by kind, balances, and what the first gate looks back on. */
#include "reference/reference.h"

/* A given grant is fitted: the formula without need and floor, and what is left of the floor. */
static void fit_grant(ref *r, ref_school *s)
{
    const double given = s->par->grant;
    s->left = s->fit = 1.0;
    if (isnan(given) || s->nursery_only)
        return;
    if (s->special) {
        s->fit = given / ref_grant(r, s, &s->opening, false);
        return;
    }
    double x[HR_N_band];
    ref_bands(s, &s->opening, x);
    const hr_params_funding *f = &r->sc->funding;
    const double area_cost = ref_value(r, f->area_cost);
    double formula = 0.0, floor = 0.0, n = 0.0;
    for (int b = 0; b < HR_band_POST16; b++) {
        formula += ref_value(r, f->basic[b]) * x[b] * area_cost;
        floor += ref_value(r, f->minimum_per_pupil[b]) * x[b] * area_cost;
        n += x[b];
    }
    const double sixth = ref_value(r, f->basic[HR_band_POST16]) * x[HR_band_POST16];
    if (n <= 0.0)
        return;
    s->fitted = true;
    formula += ref_value(r, f->lump_sum[s->par->phase]) + ref_value(r, s->par->sparsity);
    s->need_fitted = (given - sixth - formula) / n;
    if (given - sixth < floor)
        s->left = fmax(given - sixth, 0.0) / floor;
}

static void open_income(ref *r, ref_school *s)
{
    fit_grant(r, s);
    double part[3];
    s->grant_full = ref_grant(r, s, &s->opening, false);
    s->full_income = s->grant_full + ref_other_incomes(r, s, &s->opening, &s->opening, part);
}

/* The centre's net cost at the start, on own schools and their opening pupils. */
static double centre_cost(ref *r)
{
    double schools = 0.0, pupils = 0.0, grant = 0.0, cost = 0.0;
    for (int i = 0; i < r->schools; i++)
        if (r->school[i].own) {
            schools += 1.0;
            pupils += ref_pupils_of(&r->school[i], &r->school[i].opening);
            grant += r->school[i].grant_full;
        }
    r->grant_at_start = grant;
    if (ref_offers(r))
        cost += ref_core_offer(r);
    cost += ref_posts_at_start(r, schools, pupils, false) + ref_networks(r, pupils, false);
    cost -= ref_capital_at_start(r, ref_posts_at_start(r, schools, pupils, true));
    return cost + ref_non_pay(r, schools, grant) - ref_centre_income(r);
}

static void open_costs(ref *r, ref_school *s, double centre, double own_grants)
{
    double spending = s->par->spending;
    if (isnan(spending)) {
        spending = s->full_income * (1.0 - ref_value(r, s->par->in_year_pct) / 100.0);
        if (s->own && own_grants > 0.0)
            spending = fmax(spending - s->grant_full * centre / own_grants, 0.0);
    }
    for (int k = 0; k < REF_KINDS; k++)
        s->base[k] = ref_value(r, s->par->spending_share[k]) / 100.0 * spending;
    s->classes = ref_classes_needed(r, s, s->roll);
    s->teachers = s->classes * ref_value(r, s->par->teachers_per_class);
    s->leaders = ref_leaders(r, s, s->classes);
    s->teacher_cost = s->teachers > 0.0 ? s->base[HR_cost_TEACHERS] / s->teachers : 0.0;
    if (s->own)
        s->balance = ref_round(ref_given(r, s->par->reserves)
                                   ? ref_value(r, s->par->reserves)
                                   : ref_value(r, s->par->reserves_pct) / 100.0 * s->full_income);
    s->condition_need = ref_value(r, s->par->condition_need_per_pupil) * s->roll;
}

void ref_open_money(ref *r)
{
    double own_grants = 0.0, all = 0.0;
    for (int i = 0; i < r->schools; i++) {
        open_income(r, &r->school[i]);
        own_grants += r->school[i].own ? r->school[i].grant_full : 0.0;
    }
    const double centre = centre_cost(r);
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        open_costs(r, s, centre, own_grants);
        for (int k = 0; k < REF_KINDS && s->own; k++) {
            r->weight[k] += s->base[k];
            all += s->base[k];
        }
    }
    for (int k = 0; k < REF_KINDS; k++)
        r->weight[k] /= all;
    r->centre_balance = ref_round(ref_value(r, r->sc->centre.reserves));
}

/* Reserves % of a closed year of the scenario's history; NaN where it does not say. */
static double of_history(const ref *r, int year)
{
    const hr_params_history *h = HR_SPAN(r->p, r->sc->history, hr_params_history);
    for (uint32_t i = 0; i < r->sc->history.count; i++)
        if (h[i].year == year)
            return 100.0 * h[i].reserves / h[i].income;
    return NAN;
}

void ref_open_trust(ref *r)
{
    double income = 0.0;
    for (int i = 0; i < r->schools; i++) {
        r->schools_1_september += r->school[i].in;
        income += r->school[i].in ? r->school[i].full_income : 0.0;
    }
    r->posts_kept = 1.0;
    r->own_years = REF_YEARS + 1;
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        r->topslice_last += s->in ? ref_slice(r, s, s->grant_full, s->full_income, 1.0) : 0.0;
    }
    ref_trust_figures(r, income, income);
    ref_supply_and_need(r);
    r->opening = r->reserves;
    r->opening_pct = r->reserves_pct;
    r->past[0] = of_history(r, r->start_year - 3);
    r->past[1] = of_history(r, r->start_year - 2);
    r->past[2] = r->reserves_pct;
    r->forecast = NAN;
    ref_warning(r);
    ref_note_floors(r);
    ref_hold_posts(r, 0.0);
}
