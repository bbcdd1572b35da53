/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 4, pupils: year groups age, some pupils come and go, an entry year is filled from demand up
 * to the admission number; nursery and sixth form apart. docs/model.md, "Pupils". */
#include "domain/steps.h"

#include "base/vmath.h"
#include "domain/tracing.h"

enum { AGE_JUNIORS = 7, AGE_KS3 = 11, AGE_KS4 = 14 };

/* Least that a year group may fall to in a year, as a share. */
static const double LEAST = 0.2;

/* Main year groups below an age. */
static int groups_below(const hr_plan_school *school, int age)
{
    const int groups = age - school->first_age;
    return groups < 0 ? 0 : groups > school->groups ? school->groups : groups;
}

void hr_bands(hr_batch *b, int s, double *band)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    const double *group = hr_of(b->group, s * HR_GROUPS_MAX, n);
    const int until[HR_N_band] = {groups_below(school, AGE_KS3), groups_below(school, AGE_KS4),
                                  school->groups, school->groups + school->sixth};
    for (int k = 0, from = 0; k < HR_N_band; from = until[k++])
        hr_sum_rows(group + from * n, until[k] - from, band + k * n, n);
}

/* How much fresh luck goes with what persists: sqrt(1 - keep^2). Schools mostly share a setting, so
 * it is worked out again only when another comes. */
typedef struct {
    const double *keep;
    double fresh[HR_LANES_MAX];
} hr_blend;

static const double *fresh_of(hr_blend *blend, const double *keep, int n)
{
    hr_out fresh = blend->fresh;
    if (blend->keep != keep)
        HR_FOR_LANES(i, n)
            fresh[i] = hr_sqrt(1.0 - keep[i] * keep[i]);
    blend->keep = keep;
    return fresh;
}

/* A persistent standard normal of the school's own. */
static void move_noise(const double *keep, hr_blend *blend, const double *z, double *noise, int n)
{
    hr_in fresh = fresh_of(blend, keep, n);
    hr_in kept = keep;
    hr_in luck = z;
    hr_out x = noise;
    HR_FOR_LANES(i, n)
        x[i] = kept[i] * x[i] + fresh[i] * luck[i];
}

/* Entry relative to that at the grade of the start: a grade that falls costs entry, one that rises
 * gains. */
static void reputation(hr_batch *b, int s, double *out)
{
    const int n = hr_lanes(b);
    const hr_real *table = b->plan->school[s].par->reputation;
    hr_out now = out;
    hr_out start = b->scratch[5];
    hr_by_quality(b, table, hr_of(b->grade, s, n), now);
    hr_by_quality(b, table, hr_of(b->grade_start, s, n), start);
    HR_FOR_LANES(i, n)
        now[i] /= start[i];
}

/* Moves demand for entry, over the start's, by a year: by what moves the area, and by what moves
 * the school's own year groups, or those who left a school would be replaced in full at its gate.
 */
static void move_demand(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    const hr_params_area *area = &b->plan->area[school->area];
    hr_in trend = hr_set(b, area->trend_pct[school->par->phase]);
    hr_in trend_sd = hr_set(b, area->trend_sd_pct);
    hr_in trend_z = hr_of(b->area_trend, school->area, n);
    hr_in shock = hr_of(b->area_shock, school->area, n);
    hr_in sd = hr_set(b, school->par->roll_sd_pct);
    hr_in noise = hr_of(b->roll_noise, s, n);
    hr_out demand = hr_of(b->demand, s, n);
    const double size = school->roll_size * HR_PER_CENT;
    HR_FOR_LANES(i, n)
        demand[i] *= hr_max(1.0 + (trend[i] + trend_sd[i] * trend_z[i]) * HR_PER_CENT + shock[i] +
                                sd[i] * size * noise[i],
                            0.0);
}

/* Demand for the entry year, in pupils, into out. */
static void entry_demand(hr_batch *b, int s, double *out)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    move_demand(b, s);
    hr_in index = hr_demand_index(b, s, b->scratch[6]);
    hr_in sd = hr_set(b, school->par->entry_sd_pct);
    hr_in noise = hr_of(b->entry_noise, s, n);
    hr_in scale = hr_set(b, school->par->roll_scale);
    hr_in risk = hr_of(b->entry_factor, s, n);
    hr_out fame = b->scratch[4];
    reputation(b, s, fame);
    hr_in over = hr_set(b, school->par->oversubscription_pct);
    hr_out entry = out;
    const double opening = school->demand, size = school->roll_size * HR_PER_CENT;
    const double full = school->full ? HR_PER_CENT : 0.0;
    HR_FOR_LANES(i, n) {
        const double noisy = hr_max(1.0 + sd[i] * size * noise[i], LEAST);
        entry[i] =
            opening * (1.0 + full * over[i]) * scale[i] * index[i] * fame[i] * risk[i] * noisy;
    }
}

/* Into the year group of an age. */
static int passage_into(int age)
{
    return age < AGE_JUNIORS ? HR_passage_INFANTS
           : age < AGE_KS3   ? HR_passage_JUNIORS
           : age == AGE_KS3  ? HR_passage_YEAR7
           : age < AGE_KS4   ? HR_passage_KS3
                             : HR_passage_KS4;
}

/* What of a year group is there a year later, before it meets the admission number. */
static void kept_by(hr_batch *b, int s, const double *retention_pct, double *out)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    hr_in retention = retention_pct;
    hr_in sd = hr_set(b, school->par->roll_sd_pct);
    hr_in noise = hr_of(b->roll_noise, s, n);
    hr_in shock = hr_of(b->area_shock, school->area, n);
    hr_out kept = out;
    const double size = school->roll_size * HR_PER_CENT;
    HR_FOR_LANES(i, n)
        kept[i] =
            hr_max(retention[i] * HR_PER_CENT * (1.0 + shock[i]) + sd[i] * size * noise[i], LEAST);
}

/* Ages the main year groups by one year, the oldest first. A group grows past the admission number
 * only if it was already past it. Passages with one figure share its lanes, and are worked out
 * together. */
static void age_main(hr_batch *b, int s, const double *entry)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    hr_in scale = hr_set(b, school->par->roll_scale);
    double *group = hr_of(b->group, s * HR_GROUPS_MAX, n);
    hr_out kept = b->scratch[1];
    hr_out most = b->scratch[3];
    const double *known = NULL;
    const double pan = school->pan;
    HR_FOR_LANES(i, n)
        most[i] = pan * scale[i];
    for (int g = school->groups - 1; g > 0; g--) {
        const double *retention =
            hr_set(b, school->par->retention_pct[passage_into(school->first_age + g)]);
        if (retention != known)
            kept_by(b, s, retention, kept);
        known = retention;
        hr_out to = group + g * n;
        hr_in from = group + (g - 1) * n;
        HR_FOR_LANES(i, n)
            to[i] = hr_min(from[i] * kept[i], hr_max(most[i], from[i]));
    }
    if (school->groups > 0) {
        hr_out first = group;
        HR_FOR_LANES(i, n)
            first[i] = hr_min(entry[i], most[i]);
    }
}

/* The sixth form: year 12 from last year's year 11, year 13 from last year's year 12; a college
 * without younger year groups enters from demand. */
static void age_sixth(hr_batch *b, int s, const double *year_11, const double *entry)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    if (!school->sixth)
        return;
    hr_out twelve = hr_of(b->group, s * HR_GROUPS_MAX + school->groups, n);
    if (school->sixth > 1) {
        hr_in kept = hr_set(b, school->par->sixth_retention_pct);
        hr_out thirteen = hr_of(b->group, s * HR_GROUPS_MAX + school->groups + 1, n);
        HR_FOR_LANES(i, n)
            thirteen[i] = twelve[i] * kept[i] * HR_PER_CENT;
    }
    if (!school->groups) {
        hr_copy(twelve, entry, n);
        return;
    }
    hr_in stay = hr_set(b, school->par->staying_on_pct);
    const double shown = school->staying_on;
    HR_FOR_LANES(i, n)
        twelve[i] = year_11[i] * (hr_is_nan(shown) ? stay[i] * HR_PER_CENT : shown);
}

/* This year's roll, from the year groups, into the census of the year. */
static void count(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    double *roll = hr_of(b->roll, s, n);
    double *band = hr_of(b->band, s * HR_N_band, n);
    hr_bands(b, s, band);
    hr_sum_rows(band, HR_N_band, roll, n);
    if (school->nursery_only) {
        double *children = hr_of(b->nursery, s, n);
        hr_copy(roll, children, n);
        hr_fill(children, 0.0, n);
    }
    if (!b->trace)
        return;
    const int lane = b->trace->lane;
    for (int g = 0; g < school->groups + school->sixth; g++)
        hr_trace_state_of(b, g < school->groups ? HR_TS_GROUP : HR_TS_SIXTH, s, g,
                          hr_of(b->group, s * HR_GROUPS_MAX + g, n)[lane]);
    hr_trace_state_of(b, HR_TS_NURSERY, s, -1, hr_of(b->nursery, s, n)[lane]);
    hr_trace_state_of(b, HR_TS_CENSUS, s, -1, roll[lane]);
}

/* A school that opens with empty year groups waits, unchanged, until the year after that in which
 * it opened. */
static void hold_until_open(hr_batch *b, int s, double *const saved)
{
    const int n = hr_lanes(b), rows = b->plan->school[s].groups + b->plan->school[s].sixth;
    hr_in months = hr_of(b->months_in, s, n);
    hr_in share = hr_of(b->share, s, n);
    for (int g = 0; g < rows; g++) {
        hr_out pupils = hr_of(b->group, s * HR_GROUPS_MAX + g, n);
        hr_in before = saved + g * n;
        HR_FOR_LANES(i, n)
            pupils[i] = hr_choose(months[i] - 12.0 * share[i] > 0.0, pupils[i], before[i]);
    }
}

static void age_school(hr_batch *b, int s, hr_blend blend[2])
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    move_noise(hr_set(b, school->par->entry_persistence), &blend[0], hr_of(b->entry_z, s, n),
               hr_of(b->entry_noise, s, n), n);
    move_noise(hr_set(b, school->par->roll_persistence), &blend[1], hr_of(b->roll_z, s, n),
               hr_of(b->roll_noise, s, n), n);
    hr_out entry = b->scratch[0];
    hr_out eleven = b->scratch[2];
    entry_demand(b, s, entry);
    if (school->groups)
        hr_copy(eleven, hr_of(b->group, s * HR_GROUPS_MAX + school->groups - 1, n), n);
    age_sixth(b, s, eleven, entry);
    age_main(b, s, entry);
    hr_out nursery = hr_of(b->nursery, s, n);
    hr_in demand = hr_of(b->demand, s, n);
    hr_in scale = hr_set(b, school->par->roll_scale);
    if (school->nursery > 0.0)
        HR_FOR_LANES(i, n)
            nursery[i] = school->nursery * scale[i] * demand[i];
}

/* Last autumn's census becomes that of the year before; its lanes, and those of one older still,
 * take this autumn's, which is counted in full before it is read. */
static void turn_censuses(hr_batch *b)
{
    double *const oldest = b->roll_2, *const last = b->band_1;
    b->roll_2 = b->roll_1;
    b->roll_1 = b->roll;
    b->roll = oldest;
    b->band_1 = b->band;
    b->band = last;
}

void hr_pupils_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    double saved[HR_GROUPS_MAX * HR_LANES_MAX];
    hr_blend blend[2]; /* of entry and of the roll */
    blend[0].keep = blend[1].keep = NULL;
    hr_follow_leavers(b);
    turn_censuses(b);
    hr_out pupils = b->pupils_now;
    hr_fill(pupils, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        const bool waits = hr_fills(&b->plan->school[s]);
        if (waits)
            hr_copy(saved, hr_of(b->group, s * HR_GROUPS_MAX, n), HR_GROUPS_MAX * n);
        age_school(b, s, blend);
        if (waits)
            hold_until_open(b, s, saved);
        count(b, s);
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in roll = hr_of(b->roll, s, n);
        hr_in nursery = hr_of(b->nursery, s, n);
        HR_FOR_LANES(i, n)
            pupils[i] += in[i] * (roll[i] + nursery[i]);
    }
}
