/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Pupils" and "Funding" of docs/model.md told again. */
#include <string.h>

#include "reference/reference.h"

static const ref_school *school_of(const ref *r, const char *id)
{
    for (int i = 0; i < r->schools; i++)
        if (strcmp(r->school[i].id, id) == 0)
            return &r->school[i];
    return NULL;
}

/* Demand of the area, and in part the year groups about to leave the feeders. */
static double entry_index(ref *r, const ref_school *s)
{
    const hr_params_feeder *f = HR_SPAN(r->p, s->par->feeders, hr_params_feeder);
    double rest = 1.0, followed = 0.0;
    for (uint32_t i = 0; i < s->par->feeders.count; i++) {
        const ref_school *from = school_of(r, hr_params_text(r->p, f[i].id));
        const double share = ref_value(r, f[i].share);
        const double leave = from->last.group[from->groups - 1];
        const double left = from->opening.group[from->groups - 1];
        rest -= share;
        followed += share * (left == 0.0 ? 1.0 : leave / left);
    }
    return s->par->feeders.count == 0 ? s->demand : fmax(rest, 0.0) * s->demand + followed;
}

/* What moves a school's year groups, and with them the demand for its places. */
static double own_move(ref *r, const ref_school *s)
{
    return ref_value(r, s->par->roll_sd_pct) / 100.0 * s->roll_size * s->noise_roll;
}

static double entry_of(ref *r, int i, double area_shock)
{
    ref_school *s = &r->school[i];
    const hr_params_area *area = &r->area[s->area];
    const double trend = ref_value(r, area->trend_pct[s->par->phase]) +
                         ref_value(r, area->trend_sd_pct) * r->area_trend[s->area];
    s->demand *= fmax(1.0 + trend / 100.0 + area_shock + own_move(r, s), 0.0);
    const double noise = ref_value(r, s->par->entry_sd_pct) / 100.0 * s->roll_size * s->noise_entry;
    const double over = s->full ? ref_value(r, s->par->oversubscription_pct) / 100.0 : 0.0;
    s->entry_index = entry_index(r, s);
    return s->demand_at_start * (1.0 + over) * s->scale * s->entry_index *
           ref_value(r, s->par->reputation[s->grade]) /
           ref_value(r, s->par->reputation[s->grade_at_start]) * r->entry_factor[i] *
           fmax(1.0 + noise, 0.2);
}

/* What of a year group is there a year later, in the year group of an age. */
static double kept_into(ref *r, const ref_school *s, int age)
{
    const int passage = age <= 6    ? HR_passage_INFANTS
                        : age <= 10 ? HR_passage_JUNIORS
                        : age == 11 ? HR_passage_YEAR7
                        : age <= 13 ? HR_passage_KS3
                                    : HR_passage_KS4;
    return fmax(ref_value(r, s->par->retention_pct[passage]) / 100.0 *
                        (1.0 + r->area_shock[s->area]) +
                    own_move(r, s),
                0.2);
}

static void age(ref *r, ref_school *s, double entry)
{
    const ref_census *last = &s->last;
    ref_census *now = &s->now;
    const double places = s->pan * s->scale;
    for (int g = 0; g < s->groups; g++)
        now->group[g] = g == 0 ? fmin(entry, places)
                               : fmin(kept_into(r, s, s->first_age + g) * last->group[g - 1],
                                      fmax(places, last->group[g - 1]));
    if (s->sixth_years == 2)
        now->sixth[1] = ref_value(r, s->par->sixth_retention_pct) / 100.0 * last->sixth[0];
    const double staying =
        isnan(s->staying_on) ? ref_value(r, s->par->staying_on_pct) / 100.0 : s->staying_on;
    if (s->sixth_years > 0)
        now->sixth[0] = s->college ? entry : staying * last->group[s->groups - 1];
}

void ref_pupils(ref *r)
{
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        s->census_before_last = r->t == 0 ? s->roll_before : ref_roll(s, &s->last);
        s->last = s->now;
    }
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        const double rho_e = ref_value(r, s->par->entry_persistence);
        const double rho_r = ref_value(r, s->par->roll_persistence);
        s->noise_entry = rho_e * s->noise_entry + sqrt(1.0 - rho_e * rho_e) * s->z_entry;
        s->noise_roll = rho_r * s->noise_roll + sqrt(1.0 - rho_r * rho_r) * s->z_roll;
        const double shock = r->area_shock[s->area];
        const double entry = entry_of(r, i, shock);
        const bool opened = s->own || (s->join_year >= 0 && s->join_year < r->t);
        if (s->open_groups == s->groups || opened)
            age(r, s, entry);
        s->now.nursery = s->opening.nursery * s->demand;
    }
}

void ref_bands(const ref_school *s, const ref_census *c, double band[HR_N_band])
{
    for (int b = 0; b < HR_N_band; b++)
        band[b] = 0.0;
    for (int g = 0; g < s->groups; g++) {
        const int old = s->first_age + g;
        band[old < 11 ? HR_band_PRIMARY : old < 14 ? HR_band_KS3 : HR_band_KS4] += c->group[g];
    }
    band[HR_band_POST16] = c->sixth[0] + c->sixth[1];
}

/* The grant of a full year on a census. With `guarantee`, last year's rate per pupil is guarded and
 * this year's kept. */
double ref_grant(ref *r, ref_school *s, const ref_census *c, bool guarantee)
{
    const hr_params_funding *f = &r->sc->funding;
    if (s->nursery_only)
        return 0.0;
    if (s->special)
        return (s->par->places > 0.0 ? s->par->places : ref_roll(s, c)) *
               ref_value(r, f->place_value) * s->fit;
    double x[HR_N_band];
    ref_bands(s, c, x);
    const double area_cost = ref_value(r, f->area_cost);
    const double factor = area_cost * (s->fitted ? 1.0 : ref_value(r, f->local_factor));
    const double need = s->fitted ? s->need_fitted * r->index[HR_GROWS_GRANT][r->t + 1]
                                  : ref_value(r, s->par->needs_per_pupil) * factor;
    double basic = 0.0, floor = 0.0, n = 0.0;
    for (int b = 0; b < HR_band_POST16; b++) {
        n += x[b];
        basic += ref_value(r, f->basic[b]) * x[b];
        floor += ref_value(r, f->minimum_per_pupil[b]) * x[b];
    }
    double led = s->led, below_sixth = 0.0;
    if (n > 0.0) {
        led = basic * factor / n + need;
        if (guarantee && r->t > 0)
            led = fmax(led, s->led * (1.0 + ref_value(r, f->guarantee_pct) / 100.0));
        below_sixth =
            led * n + ref_value(r, f->lump_sum[s->par->phase]) + ref_value(r, s->par->sparsity);
    }
    if (guarantee)
        s->led = led;
    return fmax(below_sixth, floor * area_cost * s->left) +
           ref_value(r, f->basic[HR_band_POST16]) * x[HR_band_POST16];
}

/* Other income, early years, top-up of a full year; their sum. */
double ref_other_incomes(ref *r, ref_school *s, const ref_census *last, const ref_census *now,
                         double part[3])
{
    part[0] = ref_value(r, s->par->other_income_per_pupil) * ref_roll(s, last);
    part[1] = ref_value(r, r->sc->funding.early_years_per_pupil) * now->nursery;
    part[2] = s->special ? ref_value(r, s->par->top_up_per_pupil) * ref_roll(s, now) : 0.0;
    return part[0] + part[1] + part[2];
}

static void dated_grants(ref *r, int i)
{
    const ref_school *s = &r->school[i];
    const hr_params_dated_grant *d = HR_SPAN(r->p, r->sc->dated_grants, hr_params_dated_grant);
    for (uint32_t k = 0; k < r->sc->dated_grants.count; k++)
        if (ref_in_years(r, d[k].from_year, d[k].until_year)) {
            const double x = (ref_value(r, d[k].per_pupil) * ref_roll(s, &s->last) +
                              ref_value(r, d[k].per_school)) *
                             s->share;
            ref_post(r, HR_L_DATED_GRANTS, i, x);
            ref_post(r, HR_L_DATED_COSTS, i, x * ref_value(r, d[k].cost_share));
        }
}

/* The council's funds for pupils come this autumn, and for those that the last census had lost. */
static void roll_funds(ref *r, int i)
{
    const ref_school *s = &r->school[i];
    const hr_params_funding *f = &r->sc->funding;
    const int phase = s->par->phase;
    if (s->groups == 0 || s->special || phase == HR_phase_NURSERY || phase == HR_phase_POST16 ||
        ref_filling(s, &s->now))
        return;
    const double x0 = ref_roll(s, &s->now), x1 = ref_roll(s, &s->last), x2 = s->census_before_last;
    const double come = fmax(x0 - x1 * (1.0 + ref_value(r, f->growth_from_pct) / 100.0), 0.0);
    const double gone = fmax(x2 * (1.0 - ref_value(r, f->falling_from_pct) / 100.0) - x1, 0.0);
    const double due = fmax(s->led, 0.0) * (ref_value(r, f->growth_share) * come +
                                            ref_value(r, f->falling_share) * gone);
    ref_post(r, HR_L_ROLL_FUNDS, i, due * s->share);
}

void ref_funding(ref *r)
{
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        const bool filling = ref_filling(s, &s->now);
        double part[3];
        s->grant_pupils = ref_roll(s, filling ? &s->now : &s->last);
        s->grant_full = ref_grant(r, s, filling ? &s->now : &s->last, true);
        s->full_income = s->grant_full + ref_other_incomes(r, s, &s->last, &s->now, part);
        s->grant_posted = ref_post(r, HR_L_GRANT, i, s->grant_full * s->share);
        ref_post(r, HR_L_OTHER_INCOME, i, part[0] * s->share);
        ref_post(r, HR_L_EARLY_YEARS, i, part[1] * s->share);
        ref_post(r, HR_L_TOP_UP, i, part[2] * s->share);
        dated_grants(r, i);
        roll_funds(r, i);
    }
}
