/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 4, pupils: year groups age, some pupils come and go, an entry year is filled from demand up to the
 * admission number; nursery and sixth form apart. docs/model.md, "Pupils". */
#include "domain/steps.h"

#include "base/vmath.h"
#include "domain/tracing.h"

enum { AGE_KS3 = 11, AGE_KS4 = 14 };

/* Least that a year group may fall to in a year, as a share. */
static const double LEAST = 0.2;

void hr_bands(hr_batch *b, int s, double *band)
{
    const int n = b->lanes;
    const hr_plan_school *school = &b->plan->school[s];
    const double *group = hr_of(b->group, s * HR_GROUPS_MAX, n);
    hr_fill(band, 0.0, HR_N_band * n);
    for (int g = 0; g < school->groups + school->sixth; g++) {
        const int age = school->first_age + g;
        const int k = g >= school->groups ? HR_band_POST16
                      : age < AGE_KS3     ? HR_band_PRIMARY
                      : age < AGE_KS4     ? HR_band_KS3
                                          : HR_band_KS4;
        double *restrict sum = band + k * n;
        const double *restrict pupils = group + g * n;
        HR_FOR_LANES(i, n) sum[i] += pupils[i];
    }
}

/* Persistent standard normals of the school's own noise. */
static void move_noise(hr_batch *b, int s, const double *entry_z, const double *roll_z)
{
    const int n = b->lanes;
    const hr_params_school *par = b->plan->school[s].par;
    const double *restrict keep_entry = hr_set(b, par->entry_persistence), *restrict keep_roll = hr_set(b, par->roll_persistence);
    double *restrict entry = hr_of(b->entry_noise, s, n), *restrict roll = hr_of(b->roll_noise, s, n);
    HR_FOR_LANES(i, n) {
        entry[i] = keep_entry[i] * entry[i] + hr_sqrt(1.0 - keep_entry[i] * keep_entry[i]) * entry_z[i];
        roll[i] = keep_roll[i] * roll[i] + hr_sqrt(1.0 - keep_roll[i] * keep_roll[i]) * roll_z[i];
    }
}

/* Entry relative to that at the grade of the start: a grade that falls costs entry, one that rises gains. */
static void reputation(hr_batch *b, int s, double *out)
{
    const int n = b->lanes;
    const hr_real *table = b->plan->school[s].par->reputation;
    const double *restrict r0 = hr_set(b, table[0]), *restrict r1 = hr_set(b, table[1]);
    const double *restrict r2 = hr_set(b, table[2]), *restrict r3 = hr_set(b, table[3]);
    const double *restrict now = hr_of(b->grade, s, n), *restrict start = hr_of(b->grade_start, s, n);
    HR_FOR_LANES(i, n) {
        const double a = now[i] < 0.5 ? r0[i] : now[i] < 1.5 ? r1[i] : now[i] < 2.5 ? r2[i] : r3[i];
        const double z = start[i] < 0.5 ? r0[i] : start[i] < 1.5 ? r1[i] : start[i] < 2.5 ? r2[i] : r3[i];
        out[i] = a / z;
    }
}

/* Demand for the entry year, in pupils, into out. */
static void entry_demand(hr_batch *b, int s, double *out)
{
    const int n = b->lanes;
    const hr_plan_school *school = &b->plan->school[s];
    const hr_params_area *area = &b->plan->area[school->area];
    const double *restrict trend = hr_set(b, area->trend_pct[school->par->phase]);
    const double *restrict trend_sd = hr_set(b, area->trend_sd_pct), *restrict trend_z = hr_of(b->area_trend, school->area, n);
    const double *restrict shock = hr_of(b->area_shock, school->area, n);
    const double *restrict sd = hr_set(b, school->par->entry_sd_pct), *restrict noise = hr_of(b->entry_noise, s, n);
    const double *restrict scale = hr_set(b, school->par->roll_scale), *restrict risk = hr_of(b->entry_factor, s, n);
    double *restrict demand = hr_of(b->demand, s, n), *restrict fame = b->scratch[4];
    reputation(b, s, fame);
    const double opening = school->demand, size = school->roll_size / 100.0;
    HR_FOR_LANES(i, n) {
        demand[i] *= hr_max(1.0 + (trend[i] + trend_sd[i] * trend_z[i]) / 100.0 + shock[i], 0.0);
        const double noisy = hr_max(1.0 + sd[i] * size * noise[i], LEAST);
        out[i] = opening * scale[i] * demand[i] * fame[i] * risk[i] * noisy;
    }
}

/* Ages the main year groups by one year, the oldest first. A group grows past the admission number only if
 * it was already past it. */
static void age_main(hr_batch *b, int s, const double *kept, const double *entry)
{
    const int n = b->lanes;
    const hr_plan_school *school = &b->plan->school[s];
    const double *restrict scale = hr_set(b, school->par->roll_scale);
    double *group = hr_of(b->group, s * HR_GROUPS_MAX, n);
    const double pan = school->pan;
    for (int g = school->groups - 1; g > 0; g--) {
        double *restrict to = group + g * n;
        const double *restrict from = group + (g - 1) * n;
        HR_FOR_LANES(i, n) to[i] = hr_min(from[i] * kept[i], hr_max(pan * scale[i], from[i]));
    }
    if (school->groups > 0) {
        double *restrict first = group;
        HR_FOR_LANES(i, n) first[i] = hr_min(entry[i], pan * scale[i]);
    }
}

/* The sixth form: year 12 from last year's year 11, year 13 from last year's year 12; a college without
 * younger year groups enters from demand. */
static void age_sixth(hr_batch *b, int s, const double *year_11, const double *entry)
{
    const int n = b->lanes;
    const hr_plan_school *school = &b->plan->school[s];
    if (!school->sixth)
        return;
    double *restrict twelve = hr_of(b->group, s * HR_GROUPS_MAX + school->groups, n);
    if (school->sixth > 1) {
        const double *restrict kept = hr_set(b, school->par->sixth_retention_pct);
        double *restrict thirteen = hr_of(b->group, s * HR_GROUPS_MAX + school->groups + 1, n);
        HR_FOR_LANES(i, n) thirteen[i] = twelve[i] * kept[i] / 100.0;
    }
    if (!school->groups) {
        hr_copy(twelve, entry, n);
        return;
    }
    const double *restrict stay = hr_set(b, school->par->staying_on_pct);
    const double shown = school->staying_on;
    HR_FOR_LANES(i, n) twelve[i] = year_11[i] * (hr_is_nan(shown) ? stay[i] / 100.0 : shown);
}

/* This year's roll, from the year groups, into the census of the year. */
static void count(hr_batch *b, int s)
{
    const int n = b->lanes;
    const hr_plan_school *school = &b->plan->school[s];
    double *restrict roll = hr_of(b->roll, s, n);
    hr_fill(roll, 0.0, n);
    for (int g = 0; g < school->groups + school->sixth; g++) {
        const double *restrict pupils = hr_of(b->group, s * HR_GROUPS_MAX + g, n);
        HR_FOR_LANES(i, n) roll[i] += pupils[i];
    }
    if (school->nursery_only) {
        double *restrict children = hr_of(b->nursery, s, n);
        hr_copy(roll, children, n);
        hr_fill(children, 0.0, n);
    }
    hr_bands(b, s, hr_of(b->band, s * HR_N_band, n));
    if (!b->trace)
        return;
    const int lane = b->trace->lane;
    for (int g = 0; g < school->groups + school->sixth; g++)
        hr_trace_state_of(b, g < school->groups ? HR_TS_GROUP : HR_TS_SIXTH, s, g,
                          hr_of(b->group, s * HR_GROUPS_MAX + g, n)[lane]);
    hr_trace_state_of(b, HR_TS_NURSERY, s, -1, hr_of(b->nursery, s, n)[lane]);
    hr_trace_state_of(b, HR_TS_CENSUS, s, -1, roll[lane]);
}

/* A school that opens with empty year groups waits, unchanged, until the year after that in which it opened. */
static bool waits_to_open(const hr_batch *b, int s)
{
    return b->plan->school[s].open_groups < b->plan->school[s].groups;
}

static void hold_until_open(hr_batch *b, int s, double *const saved)
{
    const int n = b->lanes, rows = b->plan->school[s].groups + b->plan->school[s].sixth;
    const double *restrict months = hr_of(b->months_in, s, n), *restrict share = hr_of(b->share, s, n);
    for (int g = 0; g < rows; g++) {
        double *restrict pupils = hr_of(b->group, s * HR_GROUPS_MAX + g, n);
        const double *restrict before = saved + g * n;
        HR_FOR_LANES(i, n) pupils[i] = months[i] - 12.0 * share[i] > 0.0 ? pupils[i] : before[i];
    }
}

static void age_school(hr_batch *b, int s)
{
    const int n = b->lanes;
    const hr_plan_school *school = &b->plan->school[s];
    move_noise(b, s, hr_of(b->entry_z, s, n), hr_of(b->roll_z, s, n));
    double *restrict entry = b->scratch[0], *restrict kept = b->scratch[1], *restrict eleven = b->scratch[2];
    entry_demand(b, s, entry);
    const double *restrict retention = hr_set(b, school->par->retention_pct), *restrict sd = hr_set(b, school->par->roll_sd_pct);
    const double *restrict noise = hr_of(b->roll_noise, s, n), *restrict shock = hr_of(b->area_shock, school->area, n);
    const double size = school->roll_size / 100.0;
    HR_FOR_LANES(i, n)
        kept[i] = hr_max(retention[i] / 100.0 * (1.0 + shock[i]) + sd[i] * size * noise[i], LEAST);
    if (school->groups)
        hr_copy(eleven, hr_of(b->group, s * HR_GROUPS_MAX + school->groups - 1, n), n);
    age_sixth(b, s, eleven, entry);
    age_main(b, s, kept, entry);
    double *restrict nursery = hr_of(b->nursery, s, n);
    const double *restrict demand = hr_of(b->demand, s, n), *restrict scale = hr_set(b, school->par->roll_scale);
    HR_FOR_LANES(i, n) nursery[i] = school->nursery * scale[i] * demand[i];
}

void hr_pupils_step(hr_batch *b)
{
    const int n = b->lanes;
    double saved[HR_GROUPS_MAX * HR_LANES_MAX];
    for (int s = 0; s < b->plan->schools; s++) {
        hr_copy(hr_of(b->roll_2, s, n), hr_of(b->roll_1, s, n), n);
        hr_copy(hr_of(b->roll_1, s, n), hr_of(b->roll, s, n), n);
        hr_copy(hr_of(b->band_1, s * HR_N_band, n), hr_of(b->band, s * HR_N_band, n), HR_N_band * n);
        const bool waits = waits_to_open(b, s);
        if (waits)
            hr_copy(saved, hr_of(b->group, s * HR_GROUPS_MAX, n), HR_GROUPS_MAX * n);
        age_school(b, s);
        if (waits)
            hold_until_open(b, s, saved);
        count(b, s);
    }
    double *restrict pupils = b->pupils_now;
    hr_fill(pupils, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        const double *restrict in = hr_of(b->in_trust, s, n), *restrict roll = hr_of(b->roll, s, n), *restrict nursery = hr_of(b->nursery, s, n);
        HR_FOR_LANES(i, n) pupils[i] += in[i] * (roll[i] + nursery[i]);
    }
}
