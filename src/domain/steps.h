/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of the year, in the order in which it runs, and the opening of a path. Each reads and
 * writes the batch; equations are in docs/model.md under the same heading. */
#ifndef HR_DOMAIN_STEPS_H
#define HR_DOMAIN_STEPS_H

#include "domain/batch.h"

enum { HR_MONTHS_A_TERM = 4 };

typedef void hr_step_fn(hr_batch *b);

/* Before the first year. */
hr_step_fn hr_settings_open; /* draws what is drawn once per future */
hr_step_fn hr_world_open;
hr_step_fn hr_open_schools; /* rolls, grades, costs and balances at the start */
hr_step_fn hr_open_joining; /* fates of candidates */
hr_step_fn hr_open_trust;   /* what was known at the last year end */

/* The year. */
hr_step_fn hr_world_step;
hr_step_fn hr_joining_step;
hr_step_fn hr_gate_step;
hr_step_fn hr_pupils_step;
hr_step_fn hr_funding_step;
hr_step_fn hr_costs_step;
hr_step_fn hr_topslice_step;
hr_step_fn hr_centre_step;
hr_step_fn hr_estate_step;
hr_step_fn hr_risks_step;
hr_step_fn hr_capacity_step;
hr_step_fn hr_quality_step;
hr_step_fn hr_reserves_step;
hr_step_fn hr_budget_step;
hr_step_fn hr_record_step;

/* After a year is verified: the year's lines, and the opening reserves that they start from, are
 * left out where another trust has absorbed this one. */
hr_step_fn hr_leave_out_money;

/* At the end of the world's step: the year's values join their averages over the years. */
hr_step_fn hr_averages_take;

/* Parts shared between steps. Lane arrays of one school s, or of the trust. */
void hr_settings_draw_year(hr_batch *b); /* draws of the year; world's normals in scratch[0..5] */
void hr_settings_plain(hr_batch *b);     /* this year's lanes of settings that do not grow */
void hr_settings_growing(hr_batch *b);   /* and of those that do, once the indices are known */
void hr_bands(hr_batch *b, int s, double *band); /* pupils by funding band from the year groups */
/* A full year's grant for the pupils in band; led_rate holds last year's rate (NaN: none) and
 * receives this year's. */
void hr_grant_of(hr_batch *b, int s, const double *band, double *grant, double *led_rate);
void hr_other_income_of(hr_batch *b, int s, const double *pupils, double *other);
void hr_fit_grant(hr_batch *b, int s,
                  const double *band); /* to the grant that the scenario gives */
void hr_roll_funds(hr_batch *b); /* councils' growth and falling-rolls funds of the year, posted */
void hr_follow_leavers(hr_batch *b); /* what feeders make of entry, before any school ages */
/* Demand for entry over the start's: the area's, and in their share what feeders make of it.
 * Written to out, or the area's own where the school has no feeders. */
const double *hr_demand_index(hr_batch *b, int s, double *out);
void hr_classes_needed(const hr_batch *b, int s, const double *roll, double *classes);
/* Classes of a year planned on a census and the one before: another is opened once classes are
 * stretched beyond their size; one is closed a year later than the pupils left. */
void hr_plan_classes(const hr_batch *b, int s, const double *roll, const double *before,
                     double *planned);
/* A school that opens with empty year groups is funded and staffed on this year's own numbers until
 * its oldest year group is there: per lane, `now` while it fills, else `before`. Written to out
 * where that can be, else `before` itself is given back. */
const double *hr_while_filling(const hr_batch *b, int s, const double *now, const double *before,
                               double *out);
static inline double hr_class_count(double roll, double size)
{
    return hr_ceil(hr_nearest(roll) / size);
}
/* Classes planned for next year: never fewer than `stretched` pupils a class need, and no more than
 * this and the last census each need at the planned size. */
static inline double hr_classes_planned(double roll, double stretched, double need,
                                        double need_before, double classes)
{
    return hr_max(hr_class_count(roll, stretched), hr_min(classes, hr_max(need, need_before)));
}
/* Teachers that a class takes by itself; leaders of so many classes, when `a_class` is the average
 * that counts them. */
static inline double hr_own_teachers(double own, double a_class)
{
    return own < a_class ? own : a_class;
}
static inline double hr_leaders_of(double classes, double own, double a_class)
{
    return classes * (a_class - hr_own_teachers(own, a_class));
}
void hr_pool_grants(hr_batch *b); /* shares out what the centre does not keep of the grants */
/* What a pound of the opening schools' grant bears of the centre's net cost; needs schools_now,
 * pupils_now and grants. */
void hr_centre_rate_at_start(hr_batch *b, double *rate);
/* What capital by formula pays of the cost in capital_posts, on the opening schools. Uses scratch 0
 * to 2. */
void hr_capital_for_posts_at_start(hr_batch *b, double *pounds);
/* A full year's top-slice of the opening schools, services and what a missed floor does apart. Uses
 * scratch 0 and 2 to 4. */
void hr_topslice_at_start(hr_batch *b, double *total);
/* Customers of services and the posts that are kept, before hr_centre_rate_at_start. */
void hr_centre_open(hr_batch *b);
/* What the opening schools' posts cost, no vacancy and no hiring ahead; those charged to capital
 * are kept in capital_posts too. */
void hr_posts_at_start(hr_batch *b, double *cost);
void hr_posts(hr_batch *b,
              bool pay); /* staffing of the centre: days; with pay, the cost is posted */
/* The centre's part of the spring budget: `share` of a gap is closed, `give_back` of a surplus
 * given back. Works in scratch 1 to 4. */
void hr_budget_centre(hr_batch *b, const double *share, const double *give_back);
/* Posts that oversee schools, as held at a year end, in months from the start: those that its
 * schools and the schools expected by then need. */
void hr_hold_posts(hr_batch *b, double year_end);
void hr_core_offer(hr_batch *b,
                   bool pay); /* the core offer: its days; with pay, it steps up and is posted */
/* Improvement days that a school of its quality needs in a full year, a joiner's and a new head's
 * apart. */
void hr_usual_need(const hr_batch *b, int s, double *days);
/* Days at a school to the days of supply that they take, the way there counted. */
void hr_travel(const hr_batch *b, int s, double *days);
void hr_supply_and_need(hr_batch *b); /* improvement days before allocation */
void hr_warning_of(hr_batch *b,
                   const double *forecast_pct); /* early warning from the closed years */
void hr_policy_of(
    hr_batch *b); /* the reserves policy in pounds, and who is below it or below a floor */
/* Days of onboarding of candidate k that fall in this year, when it opens in month ready (months
 * from the start). */
void hr_onboarding_of(hr_batch *b, int k, const double *ready, double *days);

#endif
