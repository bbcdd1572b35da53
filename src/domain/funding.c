/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 5, funding: the year's grant from the census before, with lump sum, guarantee and floor, and
 * the income beside it. A filling school is funded on this year's own numbers. docs/model.md,
 * "Funding". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

/* The council's formula over the national one is taken only where no grant was given to fit. */
static double local_of(double fitted, double local) { return hr_is_nan(fitted) ? local : 1.0; }

void hr_grant_of(hr_batch *b, int s, const double *band, double *grant, double *led_rate)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    const hr_params_school *par = school->par;
    const hr_params_funding *f = &b->plan->params->scenario.funding;
    if (school->special) {
        hr_in value = hr_set(b, f->place_value);
        hr_in left = hr_of(b->floor_factor, s, n);
        HR_FOR_LANES(i, n)
            grant[i] =
                (par->places > 0.0 ? par->places
                                   : band[i] + band[n + i] + band[2 * n + i] + band[3 * n + i]) *
                value[i] * left[i];
        return;
    }
    hr_in primary = hr_set(b, f->basic[0]);
    hr_in ks3 = hr_set(b, f->basic[1]);
    hr_in ks4 = hr_set(b, f->basic[2]);
    hr_in post16 = hr_set(b, f->basic[3]);
    hr_in least_primary = hr_set(b, f->minimum_per_pupil[0]);
    hr_in least_ks3 = hr_set(b, f->minimum_per_pupil[1]);
    hr_in least_ks4 = hr_set(b, f->minimum_per_pupil[2]);
    hr_in lump = hr_set(b, f->lump_sum[par->phase]);
    hr_in sparse = hr_set(b, par->sparsity);
    hr_in needs = hr_set(b, par->needs_per_pupil);
    hr_in fitted = hr_of(b->needs, s, n);
    hr_in local = hr_set(b, f->local_factor);
    hr_in area = hr_set(b, f->area_cost);
    hr_in guarantee = hr_set(b, f->guarantee_pct);
    hr_in left = hr_of(b->floor_factor, s, n);
    hr_in index = hr_index(b, HR_GROWS_GRANT);
    HR_FOR_LANES(i, n) {
        const double x = band[i], y = band[n + i], z = band[2 * n + i];
        const double pupils = x + y + z, some = hr_max(pupils, 1e-9);
        const double factor = area[i] * local_of(fitted[i], local[i]);
        const double need =
            hr_choose(hr_is_nan(fitted[i]), needs[i] * factor, fitted[i] * index[i]);
        const double basic = (x * primary[i] + y * ks3[i] + z * ks4[i]) * factor;
        const double rate = basic / some + need;
        const double kept = led_rate[i] * (1.0 + guarantee[i] * HR_PER_CENT);
        const double led = rate < kept ? kept : rate; /* an unknown last rate guarantees nothing */
        const double floor =
            (x * least_primary[i] + y * least_ks3[i] + z * least_ks4[i]) * area[i] * left[i];
        const double school_led = hr_choose(pupils > 0.0, lump[i] + sparse[i], 0.0);
        grant[i] = hr_max(led * pupils + school_led, floor) + band[3 * n + i] * post16[i];
        led_rate[i] = pupils > 0.0 ? led : led_rate[i];
    }
}

void hr_other_income_of(hr_batch *b, int s, const double *pupils, double *other)
{
    const int n = hr_lanes(b);
    const hr_params_school *par = b->plan->school[s].par;
    hr_in rate = hr_set(b, par->other_income_per_pupil);
    HR_FOR_LANES(i, n)
        other[i] = rate[i] * pupils[i];
}

void hr_fit_grant(hr_batch *b, int s, const double *band)
{
    const int n = hr_lanes(b);
    const double given = b->plan->school[s].par->grant;
    hr_out fitted = hr_of(b->needs, s, n);
    hr_out left = hr_of(b->floor_factor, s, n);
    hr_out grant = b->scratch[0];
    hr_out rate = b->scratch[1];
    hr_out floor = b->scratch[2];
    hr_fill(fitted, HR_UNKNOWN, n);
    hr_fill(left, 1.0, n);
    if (hr_is_nan(given))
        return;
    if (b->plan->school[s].special) { /* the value of a place is what fits */
        hr_grant_of(b, s, band, grant, rate);
        HR_FOR_LANES(i, n)
            left[i] = grant[i] > 0.0 ? given / grant[i] : 1.0;
        return;
    }
    hr_fill(rate, HR_UNKNOWN, n);
    hr_fill(fitted, -1e6, n); /* so low that only the floor and the sixth form are left */
    hr_grant_of(b, s, band, floor, rate);
    hr_fill(rate, HR_UNKNOWN, n);
    hr_fill(fitted, 0.0, n);
    hr_fill(left, 0.0, n);
    hr_grant_of(b, s, band, grant, rate);
    hr_in post16 = hr_set(b, b->plan->params->scenario.funding.basic[HR_band_POST16]);
    HR_FOR_LANES(i, n) {
        const double pupils = hr_max(band[i] + band[n + i] + band[2 * n + i], 1e-9);
        const double sixth = band[3 * n + i] * post16[i], least = floor[i] - sixth;
        fitted[i] = (given - grant[i]) / pupils;
        left[i] = given - sixth < least ? hr_max(given - sixth, 0.0) / hr_max(least, 1.0) : 1.0;
    }
}

static void dated_grants(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_span span = b->plan->params->scenario.dated_grants;
    const hr_params_dated_grant *g = HR_ROWS_OF(b, span, hr_params_dated_grant);
    hr_in roll = hr_of(b->roll_1, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_out grant = b->scratch[0];
    hr_out cost = b->scratch[1];
    for (uint32_t r = 0; r < span.count; r++, g++) {
        if (!hr_in_force(b, g->from_year, g->until_year))
            continue;
        hr_in pupil = hr_set(b, g->per_pupil);
        hr_in school = hr_set(b, g->per_school);
        hr_in spent = hr_set(b, g->cost_share);
        HR_FOR_LANES(i, n) {
            grant[i] = (pupil[i] * roll[i] + school[i]) * share[i];
            cost[i] = grant[i] * spent[i];
        }
        hr_post(b, HR_L_DATED_GRANTS, s, grant);
        hr_post(b, HR_L_DATED_COSTS, s, cost);
    }
}

/* Early years and top-ups: of the year's own numbers, outside the grant. */
static void early_years_and_top_up(hr_batch *b, int s, double *extra)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    hr_in share = hr_of(b->share, s, n);
    hr_out amount = b->scratch[0];
    hr_fill(extra, 0.0, n);
    if (school->nursery > 0.0) {
        hr_in rate = hr_set(b, b->plan->params->scenario.funding.early_years_per_pupil);
        hr_in nursery = hr_of(school->nursery_only ? b->roll : b->nursery, s, n);
        HR_FOR_LANES(i, n) {
            extra[i] = rate[i] * nursery[i];
            amount[i] = extra[i] * share[i];
        }
        hr_post(b, HR_L_EARLY_YEARS, s, amount);
    }
    if (school->special) {
        hr_in rate = hr_set(b, school->par->top_up_per_pupil);
        hr_in roll = hr_of(b->roll, s, n);
        HR_FOR_LANES(i, n) {
            amount[i] = rate[i] * roll[i] * share[i];
            extra[i] += rate[i] * roll[i];
        }
        hr_post(b, HR_L_TOP_UP, s, amount);
    }
}

const double *hr_while_filling(const hr_batch *b, int s, const double *now, const double *before,
                               double *out)
{
    const int n = b->lanes;
    const hr_plan_school *school = &b->plan->school[s];
    if (!hr_fills(school))
        return before;
    hr_in oldest = hr_of(b->group, s * HR_GROUPS_MAX + school->groups - 1, n);
    hr_in own = now;
    hr_in last = before;
    hr_out x = out;
    HR_FOR_LANES(i, n)
        x[i] = hr_choose(oldest[i] > 0.0, last[i], own[i]);
    return out;
}

/* A filling school's census for its grant: this year's own while a year group is still to come. */
static const double *funding_census(hr_batch *b, int s, double *out)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    const double *now = hr_of(b->band, s * HR_N_band, n);
    const double *before = hr_of(b->band_1, s * HR_N_band, n);
    if (!hr_fills(school))
        return before;
    for (int k = 0; k < HR_N_band; k++)
        hr_while_filling(b, s, now + k * n, before + k * n, out + k * n);
    return out;
}

void hr_funding_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    double census[HR_N_band * HR_LANES_MAX];
    for (int s = 0; s < b->plan->schools; s++) {
        hr_out grant = hr_of(b->grant, s, n);
        hr_out other = hr_of(b->other, s, n);
        hr_in share = hr_of(b->share, s, n);
        hr_out extra = b->scratch[1];
        hr_grant_of(b, s, funding_census(b, s, census), grant, hr_of(b->led_rate, s, n));
        hr_other_income_of(b, s, hr_of(b->roll_1, s, n), other);
        hr_post_share(b, HR_L_GRANT, s, grant, share);
        hr_out posted = hr_of(b->grant_posted, s, n);
        hr_out full = hr_of(b->income_full, s, n);
        HR_FOR_LANES(i, n)
            posted[i] = hr_nearest(grant[i] * share[i]);
        hr_post_share(b, HR_L_OTHER_INCOME, s, other, share);
        early_years_and_top_up(b, s, extra);
        HR_FOR_LANES(i, n) {
            other[i] += extra[i];
            full[i] = grant[i] + other[i];
        }
        dated_grants(b, s);
        if (b->trace)
            hr_trace_state_of(b, HR_TS_FULL_YEAR_INCOME, s, -1, full[b->trace->lane]);
    }
    hr_roll_funds(b);
}
