/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The early warning: a reconstruction of the published rules of level and trend, from closed years
 * and the budget set this spring. Years that are missing are left out, never taken as zero.
 * docs/model.md, "Early warning". */
#include "domain/steps.h"

enum { POINTS = 4 };

/* Least-squares slope over the points that are there, at positions 0 to 3. NaN with fewer than two.
 */
static double slope_of(const double y[POINTS])
{
    double n = 0.0, sum_x = 0.0, sum_y = 0.0, sum_xx = 0.0, sum_xy = 0.0;
    for (int x = 0; x < POINTS; x++) {
        const double there = hr_is_nan(y[x]) ? 0.0 : 1.0, value = hr_is_nan(y[x]) ? 0.0 : y[x];
        n += there;
        sum_x += there * x;
        sum_y += value;
        sum_xx += there * x * x;
        sum_xy += value * x;
    }
    const double spread = n * sum_xx - sum_x * sum_x;
    return spread > 0.0 ? (n * sum_xy - sum_x * sum_y) / spread : HR_UNKNOWN;
}

void hr_warning_of(hr_batch *b, const double *forecast_pct)
{
    const int n = hr_lanes(b);
    const hr_params_warning *w = &b->plan->params->scenario.warning;
    hr_in first = hr_of(b->past_pct, 0, n);
    hr_in second = hr_of(b->past_pct, 1, n);
    hr_in last = hr_of(b->past_pct, 2, n);
    hr_in next = forecast_pct;
    hr_in low = hr_set(b, w->slope_low_pct);
    hr_in fall = hr_set(b, w->fall_pct);
    hr_out warning = b->warning;
    HR_FOR_LANES(i, n) {
        const double y[POINTS] = {first[i], second[i], last[i], next[i]};
        const double slope = slope_of(y);
        const bool below = last[i] < 0.0, will_be = next[i] < 0.0, sinks = slope < low[i];
        const bool falls = next[i] < last[i] * (1.0 - fall[i] * HR_PER_CENT);
        warning[i] = below || will_be || sinks ? 2.0 : slope < 0.0 && falls ? 1.0 : 0.0;
    }
}
