/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 7, top-slice: what schools pay to the centre, and services by price. It moves money inside
 * the trust and changes no total. docs/model.md, "Top-slice". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

/* What steps go by: pupils of a census, or additional needs a pupil at start prices. */
static void tier_measure(const hr_batch *b, int s, const double *census, int by, double *out)
{
    const int n = hr_lanes(b);
    if (by == HR_tier_by_PUPILS) {
        hr_copy(out, census, n);
        return;
    }
    hr_in said = hr_set(b, b->plan->school[s].par->needs_per_pupil);
    hr_in fitted = hr_of(b->needs, s, n);
    hr_in index = hr_index(b, HR_GROWS_GRANT);
    hr_out need = out;
    HR_FOR_LANES(i, n)
        need[i] = hr_choose(hr_is_nan(fitted[i]), said[i] / index[i], fitted[i]);
}

/* Adds the points of the highest step of one kind that a school reaches. */
static void add_tiers(hr_batch *b, int s, const double *census, int by, double *points)
{
    const int n = hr_lanes(b);
    const hr_span span = b->plan->params->scenario.topslice.tiers;
    const hr_params_tier *row = HR_ROWS_OF(b, span, hr_params_tier);
    hr_out sum = points;
    hr_out size = b->scratch[2];
    hr_out best = b->scratch[3];
    hr_out add = b->scratch[4];
    tier_measure(b, s, census, by, size);
    hr_fill(best, -1.0, n);
    hr_fill(add, 0.0, n);
    for (uint32_t r = 0; r < span.count; r++) {
        if (row[r].by != by)
            continue;
        hr_in step = hr_set(b, row[r].points);
        const double from = row[r].from;
        HR_FOR_LANES(i, n) {
            const bool counts = size[i] >= from && from > best[i];
            add[i] = hr_choose(counts, step[i], add[i]);
            best[i] = counts ? from : best[i];
        }
    }
    HR_FOR_LANES(i, n)
        sum[i] += add[i];
}

/* Adds what follows on a floor that was missed at the last year end: all schools pay more where the
 * centre missed its own, a school that missed its own pays less. */
static void add_recovery(hr_batch *b, int s, double *points)
{
    const int n = hr_lanes(b);
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    hr_out sum = points;
    if (b->plan->centre_recovers) {
        hr_in more = hr_set(b, t->recovery_points);
        hr_in missed = b->centre_missed;
        HR_FOR_LANES(i, n)
            sum[i] += missed[i] * more[i];
    }
    if (b->plan->schools_relieved) {
        hr_in less = hr_set(b, t->relief_points);
        hr_in missed = hr_of(b->floor_missed, s, n);
        HR_FOR_LANES(i, n)
            sum[i] -= missed[i] * less[i];
        if (b->trace && missed[b->trace->lane] * less[b->trace->lane] > 0.0)
            hr_trace_event_of(b, HR_TE_SCHOOL_RELIEVED, s, -1, less[b->trace->lane]);
    }
}

/* Points of a school that no floor moves: by grade, and the steps that a census reaches. */
static void usual_points(hr_batch *b, int s, const double *census, double *points)
{
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    hr_by_quality(b, t->grade_points, hr_of(b->grade, s, hr_lanes(b)), points);
    for (int by = 0; t->tiers.count && by < HR_N_tier_by; by++)
        add_tiers(b, s, census, by, points);
}

/* A school's percentage of its base, as a share: by phase, points by grade, steps and floors. */
static void rate_of(hr_batch *b, int s, double *out)
{
    const int n = hr_lanes(b);
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    hr_in rate = hr_set(b, t->rate_pct[b->plan->school[s].par->phase]);
    hr_out share = out;
    usual_points(b, s, hr_of(b->roll_1, s, n), share);
    add_recovery(b, s, share);
    HR_FOR_LANES(i, n)
        share[i] = hr_max(rate[i] + share[i], 0.0) * HR_PER_CENT;
    if (b->trace)
        hr_trace_state_of(b, HR_TS_TOPSLICE_RATE, s, -1, 100.0 * share[b->trace->lane]);
}

/* A full year's charge that is no percentage, on a census. */
static void by_price(const hr_batch *b, int s, const double *census, double *full_year)
{
    const int n = hr_lanes(b), phase = b->plan->school[s].par->phase;
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    const bool flat = t->form == HR_topslice_form_FLAT;
    hr_in price = hr_set(b, flat ? t->flat[phase] : t->per_pupil[phase]);
    hr_in roll = census;
    hr_out full = full_year;
    HR_FOR_LANES(i, n)
        full[i] = flat ? price[i] : price[i] * roll[i];
}

/* The charge of a full year, and of the months in the trust. A percentage is charged on the grant
 * as posted, so that income from it is the rate times the grant to the pound. */
static void charges_of(hr_batch *b, int s, double *full_year, double *charge)
{
    const int n = hr_lanes(b);
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    hr_in share = hr_of(b->share, s, n);
    hr_out full = full_year;
    hr_out part = charge;
    if (hr_topslice_by_rate(t->form)) {
        const bool of_grant = t->base == HR_topslice_base_GAG || b->plan->grants_pooled;
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
    by_price(b, s, hr_of(b->roll_1, s, n), full);
    HR_FOR_LANES(i, n)
        part[i] = full[i] * share[i];
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

/* What is left of a school's grant once the centre has kept its percentage. */
static void note_rest(hr_batch *b, int s, const double *full_year, const double *charge)
{
    const int n = hr_lanes(b);
    hr_in grant = hr_of(b->grant, s, n);
    hr_in posted = hr_of(b->grant_posted, s, n);
    hr_in full = full_year;
    hr_in part = charge;
    hr_out rest = hr_of(b->pool_rest, s, n);
    hr_out full_rest = hr_of(b->pool_full, s, n);
    HR_FOR_LANES(i, n) {
        rest[i] = posted[i] - hr_nearest(part[i]);
        full_rest[i] = grant[i] - full[i];
    }
}

void hr_topslice_at_start(hr_batch *b, double *total)
{
    const int n = hr_lanes(b);
    const hr_params_topslice *t = &b->plan->params->scenario.topslice;
    const bool of_grant = t->base == HR_topslice_base_GAG || b->plan->grants_pooled;
    hr_out sum = total;
    hr_out full = b->scratch[0];
    hr_fill(sum, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in in = hr_of(b->in_trust, s, n);
        const double *roll = hr_of(b->roll, s, n);
        if (hr_topslice_by_rate(t->form)) {
            hr_in rate = hr_set(b, t->rate_pct[b->plan->school[s].par->phase]);
            hr_in base = hr_of(of_grant ? b->grant : b->income_full, s, n);
            usual_points(b, s, roll, full);
            HR_FOR_LANES(i, n)
                full[i] = base[i] * hr_max(rate[i] + full[i], 0.0) * HR_PER_CENT;
        } else {
            by_price(b, s, roll, full);
        }
        HR_FOR_LANES(i, n)
            sum[i] += in[i] * full[i];
    }
}

/* The full year's charge serves the spring budget. */
void hr_topslice_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    double *charge = b->scratch[0];
    const bool recovers = b->plan->centre_recovers;
    if (b->trace && recovers && b->centre_missed[b->trace->lane] > 0.0) {
        hr_in points = hr_set(b, b->plan->params->scenario.topslice.recovery_points);
        hr_trace_event_of(b, HR_TE_CENTRE_RECOVERS, HR_CENTRE, -1, points[b->trace->lane]);
    }
    for (int s = 0; s < b->plan->schools; s++) {
        double *full = hr_of(b->topslice, s, n);
        charges_of(b, s, full, charge);
        phase_in(b, s, full);
        phase_in(b, s, charge);
        hr_post_transfer(b, HR_L_TOPSLICE, s, charge);
        if (b->plan->grants_pooled)
            note_rest(b, s, full, charge);
        services(b, s, charge);
    }
    if (b->plan->offer)
        hr_copy(b->slice_kept, b->topslice, b->plan->schools * n);
    if (b->plan->grants_pooled)
        hr_pool_grants(b);
}
