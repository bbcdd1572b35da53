/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 7, top-slice: what schools pay to the centre, and services by price. It moves money inside
 * the trust and changes no total. docs/model.md, "Top-slice". */
#include "domain/steps.h"

#include "domain/ledger.h"

/* Points by the grade of the last inspection. */
static double by_grade(double grade, double a, double b, double c, double d)
{
    return grade < 0.5 ? a : grade < 1.5 ? b : grade < 2.5 ? c : d;
}

void hr_topslice_of(hr_batch *b, int s, const double *grant, const double *income, double *charge)
{
    const int n = hr_lanes(b);
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    const int phase = b->plan->school[s].par->phase;
    if (t->form == HR_topslice_form_FLAT) {
        hr_copy(charge, hr_set(b, t->flat[phase]), n);
        return;
    }
    if (t->form == HR_topslice_form_PER_PUPIL) {
        hr_in price = hr_set(b, t->per_pupil[phase]);
        hr_in roll = hr_of(b->roll_1, s, n);
        HR_FOR_LANES(i, n)
            charge[i] = price[i] * roll[i];
        return;
    }
    hr_in rate = hr_set(b, t->rate_pct[phase]);
    hr_in grade = hr_of(b->grade, s, n);
    hr_in g0 = hr_set(b, t->grade_points[0]);
    hr_in g1 = hr_set(b, t->grade_points[1]);
    hr_in g2 = hr_set(b, t->grade_points[2]);
    hr_in g3 = hr_set(b, t->grade_points[3]);
    hr_in base = t->base == HR_topslice_base_GAG ? grant : income;
    HR_FOR_LANES(i, n)
        charge[i] = base[i] *
                    hr_max(rate[i] + by_grade(grade[i], g0[i], g1[i], g2[i], g3[i]), 0.0) *
                    HR_PER_CENT;
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
        hr_post_transfer(b, HR_L_SERVICES, s, charge, NULL);
    }
}

/* The percentage is charged on the grant as posted, so that income from it is the rate times the
 * grant to the pound; the full year's charge serves the spring budget. */
void hr_topslice_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    hr_out part_income = b->scratch[1];
    hr_out charge = b->scratch[0];
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in share = hr_of(b->share, s, n);
        hr_in income = hr_of(b->income_full, s, n);
        hr_out full = hr_of(b->topslice, s, n);
        HR_FOR_LANES(i, n)
            part_income[i] = income[i] * share[i];
        hr_topslice_of(b, s, hr_of(b->grant, s, n), income, full);
        hr_topslice_of(b, s, hr_of(b->grant_posted, s, n), part_income, charge);
        if (t->form != HR_topslice_form_PERCENT_OF_GRANT)
            HR_FOR_LANES(i, n)
                charge[i] *= share[i];
        phase_in(b, s, full);
        phase_in(b, s, charge);
        hr_post_transfer(b, HR_L_TOPSLICE, s, charge, NULL);
        services(b, s, charge);
    }
}
