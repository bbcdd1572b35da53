/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 7, top-slice: what schools pay to the centre, and services by price. It moves money inside
 * the trust and changes no total. docs/model.md, "Top-slice". */
#include "domain/steps.h"

#include "domain/ledger.h"

/* A school's percentage of its base, as a share: by phase, and points by grade. */
static void rate_of(const hr_batch *b, int s, double *out)
{
    const int n = hr_lanes(b);
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    hr_in rate = hr_set(b, t->rate_pct[b->plan->school[s].par->phase]);
    hr_out share = out;
    hr_by_quality(b, t->grade_points, hr_of(b->grade, s, n), share);
    HR_FOR_LANES(i, n)
        share[i] = hr_max(rate[i] + share[i], 0.0) * HR_PER_CENT;
}

/* The charge of a full year, and of the months in the trust. A percentage is charged on the grant
 * as posted, so that income from it is the rate times the grant to the pound. */
static void charges_of(hr_batch *b, int s, double *full_year, double *charge)
{
    const int n = hr_lanes(b);
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    const int phase = b->plan->school[s].par->phase;
    hr_in share = hr_of(b->share, s, n);
    hr_out full = full_year;
    hr_out part = charge;
    if (t->form == HR_topslice_form_PERCENT_OF_GRANT) {
        const bool of_grant = t->base == HR_topslice_base_GAG;
        hr_in base = hr_of(of_grant ? b->grant : b->income_full, s, n);
        hr_in posted = hr_of(b->grant_posted, s, n);
        hr_out rate = b->scratch[1];
        rate_of(b, s, rate);
        HR_FOR_LANES(i, n) {
            full[i] = base[i] * rate[i];
            part[i] = (of_grant ? posted[i] : base[i] * share[i]) * rate[i];
        }
        return;
    }
    const bool flat = t->form == HR_topslice_form_FLAT;
    hr_in price = hr_set(b, flat ? t->flat[phase] : t->per_pupil[phase]);
    hr_in roll = hr_of(b->roll_1, s, n);
    HR_FOR_LANES(i, n) {
        full[i] = flat ? price[i] : price[i] * roll[i];
        part[i] = full[i] * share[i];
    }
}

/* A joiner's charge rises over its first years in equal steps. */
static void phase_in(hr_batch *b, int s, double *charge)
{
    const int n = hr_lanes(b), candidate = b->plan->school[s].candidate;
    if (candidate < 0)
        return;
    hr_in years = hr_set(b, b->plan->params->scenario.topslice.joiner_years);
    hr_in joined = hr_of(b->join_year, candidate, n);
    const double now = b->t;
    HR_FOR_LANES(i, n) {
        const double step = (now - joined[i] + 1.0) / hr_max(years[i], 1.0);
        charge[i] *= years[i] > 1.0 && step < 1.0 ? step : 1.0;
    }
}

static void services(hr_batch *b, int s, double *charge)
{
    const int n = hr_lanes(b);
    const hr_span span = b->plan->params->scenario.centre.services;
    const hr_params_service *row = HR_ROWS_OF(b, span, hr_params_service);
    hr_in roll = hr_of(b->roll_1, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_out full = hr_of(b->topslice, s, n);
    for (uint32_t r = 0; r < span.count; r++) {
        hr_in school = hr_set(b, row[r].price_per_school);
        hr_in pupil = hr_set(b, row[r].price_per_pupil);
        HR_FOR_LANES(i, n) {
            const double price = school[i] + pupil[i] * roll[i];
            full[i] += price;
            charge[i] = price * share[i];
        }
        hr_post_transfer(b, HR_L_SERVICES, s, charge);
    }
}

/* The full year's charge serves the spring budget. */
void hr_topslice_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    double *charge = b->scratch[0];
    for (int s = 0; s < b->plan->schools; s++) {
        double *full = hr_of(b->topslice, s, n);
        charges_of(b, s, full, charge);
        phase_in(b, s, full);
        phase_in(b, s, charge);
        hr_post_transfer(b, HR_L_TOPSLICE, s, charge);
        services(b, s, charge);
    }
}
