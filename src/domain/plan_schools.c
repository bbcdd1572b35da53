/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schools of a plan: every school that is, or may come to be, in the trust, with its opening roll
 * by year group, admission number and demand worked out from what was given. */
#include "domain/plan_build.h"

#include <string.h>

#include "base/lanes.h"
#include "base/sha256.h"
#include "base/vmath.h"

enum { AGE_RECEPTION = 4, AGE_SIXTH = 16, AGE_END = 18 };

/* A profile by year group is taken to slope by at most this share of its mean from end to end's
 * middle. */
static const double STEEPEST = 0.3;
/* A school this full is taken to have more demand than places. */
static const double FULL = 0.97;

static double main_total(const hr_plan_school *s)
{
    double total = 0.0;
    for (int g = 0; g < s->groups; g++)
        total += s->group[g];
    return total;
}

/* Year groups from a total: a straight line whose slope is last year's growth. When nobody moves,
 * growth is entrants less leavers, which on a line with step d over G groups is d G. */
static void groups_from_total(hr_plan_school *s, double total, double growth)
{
    const int open = s->open_groups;
    if (open <= 0)
        return;
    const double mean = total / open;
    const double limit = open > 1 ? STEEPEST * mean / ((open - 1) / 2.0) : 0.0;
    const double step = hr_clamp(growth / open, -limit, limit);
    for (int g = 0; g < open; g++)
        s->group[g] = mean - step * (g - (open - 1) / 2.0);
}

static void sixth_from_total(hr_plan_school *s, double total, double kept)
{
    if (s->sixth == 1)
        s->group[s->groups] = total;
    if (s->sixth == 2) {
        s->group[s->groups] = total / (1.0 + kept);
        s->group[s->groups + 1] = total - s->group[s->groups];
    }
}

static void opening_groups(const hr_params *p, hr_plan_school *s)
{
    const double *roll = HR_SPAN(p, s->par->roll, double);
    if (s->par->roll.count > 1) {
        for (int g = 0; g < s->groups + s->sixth && g < (int)s->par->roll.count; g++)
            s->group[g] = roll[g];
        return;
    }
    const double post16 = s->groups ? s->par->post16 : roll[0];
    const double total = hr_max(roll[0] - s->par->nursery - post16, 0.0);
    const double growth = hr_is_nan(s->par->roll_before) ? 0.0 : roll[0] - s->par->roll_before;
    groups_from_total(s, total, growth);
    sixth_from_total(s, post16, hr_quantity_middle(p, s->par->sixth_retention_pct) / 100.0);
}

/* Admission number: given, else the larger of capacity per year group and the largest year group.
 * Demand for entry: what the youngest year groups show; where they are full, the places, and
 * oversubscription on top. */
static void admission(hr_plan_school *s)
{
    double largest = 1.0, young = 0.0;
    for (int g = 0; g < s->groups; g++)
        largest = hr_max(largest, s->group[g]);
    const double per_group =
        hr_is_nan(s->par->capacity) || !s->groups ? 0.0 : s->par->capacity / s->groups;
    s->pan = hr_is_nan(s->par->pan) ? hr_max(hr_ceil(per_group), hr_ceil(largest)) : s->par->pan;
    const int youngest = s->open_groups < 3 ? s->open_groups : 3;
    for (int g = 0; g < youngest; g++)
        young += s->group[g];
    s->demand = youngest ? young / youngest : s->group[0]; /* a college enters at Year 12 */
    s->full = youngest && s->demand >= FULL * s->pan;
    if (s->full)
        s->demand = s->pan;
}

static void derive(const hr_plan *plan, hr_plan_school *s)
{
    const hr_params *p = plan->params;
    const double *ages = HR_SPAN(p, s->par->ages, double);
    const int from = (int)ages[0], to = (int)ages[1];
    s->first_age = from > AGE_RECEPTION ? from : AGE_RECEPTION;
    const int last = to < AGE_SIXTH ? to : AGE_SIXTH;
    s->groups = last > s->first_age ? last - s->first_age : 0;
    s->sixth = to > AGE_SIXTH ? (to < AGE_END ? to : AGE_END) - AGE_SIXTH : 0;
    s->open_groups =
        hr_is_nan(s->par->open_groups) ? s->groups : (int)hr_min(s->par->open_groups, s->groups);
    s->special = s->par->phase == HR_phase_SPECIAL || s->par->phase == HR_phase_ALTERNATIVE;
    s->roll_funds = s->groups && !s->special && s->par->phase != HR_phase_NURSERY &&
                    s->par->phase != HR_phase_POST16;
    opening_groups(p, s);
    s->nursery_only = s->groups + s->sixth == 0;
    s->nursery = s->nursery_only ? HR_SPAN(p, s->par->roll, double)[0] : s->par->nursery;
    admission(s);
    const double year_11 = s->groups ? s->group[s->groups - 1] : 0.0;
    const bool shown = s->sixth && year_11 > 0.0 && s->first_age + s->groups == AGE_SIXTH &&
                       s->group[s->groups] > 0.0;
    s->staying_on = shown ? s->group[s->groups] / year_11 : HR_UNKNOWN;
    s->opening_roll = main_total(s);
    for (int g = s->groups; g < s->groups + s->sixth; g++)
        s->opening_roll += s->group[g];
    if (s->nursery_only)
        s->opening_roll = s->nursery;
    const double size = hr_max(s->opening_roll, 1.0);
    s->roll_size = hr_pow(s->par->roll_sd_size / size, s->par->roll_sd_exponent);
    s->cost_size = hr_sqrt(s->par->cost_sd_size / size);
    s->bid_size = hr_pow(size / 500.0, p->scenario.estate.bid_exponent);
}

static int area_of(const hr_plan *plan, const hr_params_school *par)
{
    const char *key = hr_params_text(plan->params, par->area);
    for (int a = 0; a < plan->areas; a++)
        if (strcmp(hr_params_text(plan->params, plan->area[a].id), key) == 0)
            return a;
    return 0;
}

static void add(hr_plan *plan, const hr_params_school *par, int candidate)
{
    const char *id = hr_params_text(plan->params, par->id);
    int at = plan->schools++;
    while (at > 0 && strcmp(plan->school[at - 1].id, id) > 0) {
        plan->school[at] = plan->school[at - 1];
        at--;
    }
    hr_plan_school *s = &plan->school[at];
    memset(s, 0, sizeof *s);
    s->par = par;
    s->id = id;
    s->name = par->name ? hr_params_text(plan->params, par->name) : id;
    s->entity = hr_entity_number(id);
    s->candidate = candidate;
    s->area = area_of(plan, par);
}

int hr_plan_school_of(const hr_plan *plan, const char *id)
{
    for (int s = 0; s < plan->schools; s++)
        if (strcmp(plan->school[s].id, id) == 0)
            return s;
    return -1;
}

static bool find_feeders(hr_plan *plan, hr_plan_school *s, hr_arena *arena)
{
    const hr_params_feeder *row = HR_SPAN(plan->params, s->par->feeders, hr_params_feeder);
    const int rows = (int)s->par->feeders.count;
    hr_plan_feeder *feeder = rows ? HR_TAKE(arena, hr_plan_feeder, rows) : NULL;
    if (rows && !feeder)
        return false;
    for (int r = 0; r < rows; r++) {
        const int f = hr_plan_school_of(plan, hr_params_text(plan->params, row[r].id));
        if (f >= 0 && plan->school[f].groups)
            feeder[s->feeders++] = (hr_plan_feeder){.school = f, .share = row[r].share};
    }
    s->feeder = feeder;
    plan->fed = plan->fed || s->feeders;
    return true;
}

bool hr_plan_schools(hr_plan *plan, hr_arena *arena)
{
    const hr_params *p = plan->params;
    const hr_params_school *own = HR_SPAN(p, p->scenario.schools, hr_params_school);
    const hr_params_candidate *candidate = HR_SPAN(p, p->candidates, hr_params_candidate);
    uint32_t count = p->scenario.schools.count;
    for (uint32_t k = 0; k < p->candidates.count; k++)
        count += candidate[k].schools.count;
    plan->school = HR_TAKE(arena, hr_plan_school, count + 1);
    if (!plan->school)
        return false;
    for (uint32_t s = 0; s < p->scenario.schools.count; s++)
        add(plan, &own[s], -1);
    for (uint32_t k = 0; k < p->candidates.count; k++)
        for (uint32_t s = 0; s < candidate[k].schools.count; s++)
            add(plan, HR_SPAN(p, candidate[k].schools, hr_params_school) + s, (int)k);
    for (int s = 0; s < plan->schools; s++)
        derive(plan, &plan->school[s]);
    for (int s = 0; s < plan->schools; s++)
        if (!find_feeders(plan, &plan->school[s], arena))
            return false;
    return true;
}
