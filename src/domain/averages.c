/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Averages of the world over the years: what pay, prices, grant, energy and demand came to on a
 * future, whatever the trust did. By them futures are told apart afterwards. docs/model.md,
 * "World". It must not know what is made of them. */
#include "domain/steps.h"

/* Sums of the years so far; in the last year the mean. */
static void take(hr_batch *b, int average, const double *value, double factor)
{
    const int n = hr_lanes(b);
    const double by = b->t == b->plan->years - 1 ? 1.0 / b->plan->years : 1.0;
    hr_in x = value;
    hr_out sum = hr_of(b->average, average, n);
    if (b->t == 0)
        hr_fill(sum, 0.0, n);
    HR_FOR_LANES(i, n)
        sum[i] = (sum[i] + factor * x[i]) * by;
}

/* How far energy stands above what prices alone would have made of it, %. */
static void energy_over_prices(hr_batch *b, double *out)
{
    const int n = hr_lanes(b);
    hr_in energy = hr_index(b, HR_GROWS_ENERGY);
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_out over = out;
    HR_FOR_LANES(i, n)
        over[i] = 100.0 * (energy[i] / prices[i]) - 100.0;
}

/* Growth of demand for places, %, of the areas of the schools there at the start, each counting by
 * its pupils then. */
static void demand_growth(hr_batch *b, double *out, double *pupils)
{
    const int n = hr_lanes(b);
    hr_out growth = out;
    hr_out all = pupils;
    hr_fill(growth, 0.0, n);
    hr_fill(all, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        const hr_plan_school *school = &b->plan->school[s];
        if (school->candidate >= 0)
            continue;
        const hr_params_area *area = &b->plan->area[school->area];
        hr_in trend = hr_set(b, area->trend_pct[school->par->phase]);
        hr_in trend_sd = hr_set(b, area->trend_sd_pct);
        hr_in trend_z = hr_of(b->area_trend, school->area, n);
        hr_in shock = hr_of(b->area_shock, school->area, n);
        hr_in roll = hr_of(b->opening_roll, s, n);
        HR_FOR_LANES(i, n) {
            growth[i] += roll[i] * (trend[i] + trend_sd[i] * trend_z[i] + 100.0 * shock[i]);
            all[i] += roll[i];
        }
    }
    HR_FOR_LANES(i, n)
        growth[i] = all[i] > 0.0 ? growth[i] / all[i] : 0.0;
}

void hr_averages_take(hr_batch *b)
{
    take(b, HR_average_FUNDING, b->funding, 1.0);
    take(b, HR_average_TEACHER_PAY, b->rate[HR_W_TEACHER_PAY], 1.0);
    take(b, HR_average_SUPPORT_PAY, b->rate[HR_W_SUPPORT_PAY], 1.0);
    take(b, HR_average_PRICES, b->rate[HR_W_PRICES], 1.0);
    take(b, HR_average_SECTOR, b->sector, 100.0);
    double *value = b->scratch[8];
    energy_over_prices(b, value);
    take(b, HR_average_ENERGY, value, 1.0);
    demand_growth(b, value, b->scratch[9]);
    take(b, HR_average_AREA_DEMAND, value, 1.0);
}
