/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 6, costs: teachers in whole classes that leave late, support staff, premises, energy, supplies, what
 * a joiner stops buying, special needs drift, and the school's own noise. docs/model.md, "Costs". */
#include "domain/steps.h"

#include "domain/joiners.h"
#include "domain/ledger.h"
#include "domain/tracing.h"

/* Fewest teachers as a share of those that the classes need, however much is cut. */
static const double FEWEST = 0.75;

void hr_classes_needed(const hr_batch *b, int s, const double *roll, double *classes)
{
    const int n = hr_lanes(b);
    const double *restrict size = hr_set(b, b->plan->school[s].par->class_size);
    HR_FOR_LANES(i, n) classes[i] = hr_class_count(roll[i], size[i]);
}

/* Classes of this year were planned last spring, on last autumn's census. Another is opened once classes are
 * stretched beyond their size; one is closed a year later than the pupils left. */
static void plan_classes(hr_batch *b, int s, double *closed)
{
    const int n = hr_lanes(b);
    double *restrict classes = hr_of(b->classes, s, n);
    const double *restrict size = hr_set(b, b->plan->school[s].par->class_size), *restrict stretch = hr_set(b, b->plan->school[s].par->class_stretch_pct);
    const double *restrict roll = hr_of(b->roll_1, s, n), *restrict before = hr_of(b->roll_2, s, n);
    HR_FOR_LANES(i, n) {
        const double need = hr_class_count(roll[i], size[i]), need_before = hr_class_count(before[i], size[i]);
        const double planned = hr_classes_planned(roll[i], size[i] * (1.0 + stretch[i] / 100.0), need, need_before, classes[i]);
        closed[i] = hr_max(classes[i] - planned, 0.0);
        classes[i] = planned;
    }
}

static void teachers(hr_batch *b, int s, double *closing)
{
    const int n = hr_lanes(b);
    const hr_params_school *par = b->plan->school[s].par;
    double *restrict closed = b->scratch[4];
    plan_classes(b, s, closed);
    const double *restrict per_class = hr_set(b, par->teachers_per_class), *restrict price = hr_set(b, par->closing_cost_share);
    const double *restrict classes = hr_of(b->classes, s, n), *restrict unit = hr_of(b->teacher_cost, s, n);
    const double *restrict cut = hr_of(b->teachers_cut, s, n), *restrict index = hr_index(b, HR_GROWS_TEACHER_PAY);
    const double *restrict pension = b->pension;
    double *restrict staff = hr_of(b->teachers, s, n), *restrict cost = hr_of(b->cost, s * HR_N_cost + HR_cost_TEACHERS, n);
    HR_FOR_LANES(i, n) {
        const double needed = classes[i] * per_class[i];
        staff[i] = hr_max(needed - cut[i], FEWEST * needed);
        cost[i] = staff[i] * unit[i] * index[i] * (1.0 + pension[i]);
        closing[i] = closed[i] * per_class[i] * unit[i] * index[i] * price[i];
    }
    if (b->trace) {
        hr_trace_state_of(b, HR_TS_CLASSES, s, -1, classes[b->trace->lane]);
        hr_trace_state_of(b, HR_TS_TEACHERS, s, -1, staff[b->trace->lane]);
        if (closed[b->trace->lane] > 0.0)
            hr_trace_event_of(b, HR_TE_CLASSES_CLOSED, s, -1, closed[b->trace->lane]);
    }
}

/* Of what a joiner stops buying, the share that has stopped by now, on average over the year's months in
 * the trust: it grows in a straight line from opening to the last month. */
static double stopped(double months_in, double share_of_year, double ramp)
{
    const double months = 12.0 * share_of_year, start = months_in - months;
    const double inside = hr_clamp(ramp - start, 0.0, months);
    const double sloped = inside * (start + 0.5 * inside) / ramp;
    return months > 0.0 ? (sloped + (months - inside)) / months : 0.0;
}

/* Displaced spending and savings by buying together, for a joiner in the trust; a full year's sum. */
static void joiner_savings(hr_batch *b, int s, double *saved)
{
    const int n = hr_lanes(b), candidate = b->plan->school[s].candidate;
    hr_fill(saved, 0.0, n);
    if (candidate < 0)
        return;
    const hr_params_candidate *par = b->plan->candidate[candidate].par;
    const double *restrict pct = hr_set(b, par->displaced_pct), *restrict ramp = hr_set(b, par->displaced_months);
    const double *restrict buying = hr_set(b, par->savings_pct), *restrict grant = hr_of(b->grant, s, n);
    const double *restrict months = hr_of(b->months_in, s, n), *restrict share = hr_of(b->share, s, n);
    const double *restrict base_premises = hr_of(b->base, s * HR_N_cost + HR_cost_PREMISES, n);
    const double *restrict base_supplies = hr_of(b->base, s * HR_N_cost + HR_cost_SUPPLIES, n);
    const double *restrict prices = hr_index(b, HR_GROWS_PRICES);
    HR_FOR_LANES(i, n) {
        const double late = share[i] > 0.0 ? hr_clamp(months[i] - 12.0, 0.0, 12.0 * share[i]) / (12.0 * share[i]) : 0.0;
        saved[i] = grant[i] * pct[i] / 100.0 * stopped(months[i], share[i], ramp[i]) +
                   late * buying[i] / 100.0 * (base_premises[i] + base_supplies[i]) * prices[i];
    }
}

/* Spending of a full year by kind, other than teachers. */
static void other_kinds(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    double *restrict saved = b->scratch[2];
    joiner_savings(b, s, saved);
    const double *restrict base_support = hr_of(b->base, s * HR_N_cost + HR_cost_SUPPORT, n), *restrict base_premises = hr_of(b->base, s * HR_N_cost + HR_cost_PREMISES, n);
    const double *restrict base_energy = hr_of(b->base, s * HR_N_cost + HR_cost_ENERGY, n), *restrict base_supplies = hr_of(b->base, s * HR_N_cost + HR_cost_SUPPLIES, n);
    double *restrict support = hr_of(b->cost, s * HR_N_cost + HR_cost_SUPPORT, n), *restrict premises = hr_of(b->cost, s * HR_N_cost + HR_cost_PREMISES, n);
    double *restrict energy = hr_of(b->cost, s * HR_N_cost + HR_cost_ENERGY, n), *restrict supplies = hr_of(b->cost, s * HR_N_cost + HR_cost_SUPPLIES, n);
    const double *restrict pay = hr_index(b, HR_GROWS_SUPPORT_PAY), *restrict prices = hr_index(b, HR_GROWS_PRICES), *restrict power = hr_index(b, HR_GROWS_ENERGY);
    const double *restrict elastic = hr_set(b, b->plan->school[s].par->support_elasticity), *restrict local = b->local_pension;
    const double *restrict planned = hr_of(b->roll_1, s, n), *restrict now = hr_of(b->roll, s, n), *restrict opening = hr_of(b->opening_roll, s, n);
    const double *restrict cut = hr_of(b->support_saved, s, n), *restrict found = hr_of(b->other_saved, s, n);
    HR_FOR_LANES(i, n) {
        const double per_opening = 1.0 / hr_max(opening[i], 1.0);
        const double staffed = 1.0 + elastic[i] * (planned[i] * per_opening - 1.0);
        support[i] = hr_max(base_support[i] * staffed - cut[i], 0.5 * base_support[i]) * pay[i] * (1.0 + local[i]);
        premises[i] = base_premises[i] * prices[i];
        energy[i] = base_energy[i] * power[i];
        supplies[i] = hr_max(base_supplies[i] * (now[i] * per_opening) - found[i], 0.25 * base_supplies[i]) * prices[i] - saved[i];
    }
}

/* What varies by itself: the school's own noise and what is left of the sector's, as income. */
static void variation(hr_batch *b, int s, double *amount)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    const double *restrict z = hr_of(b->cost_z, s, n);
    const double *restrict sd = hr_set(b, school->par->cost_sd_pct), *restrict income = hr_of(b->income_full, s, n);
    const double *restrict sector = b->sector;
    const double size = school->cost_size / 100.0;
    HR_FOR_LANES(i, n) amount[i] = income[i] * (sector[i] + sd[i] * size * z[i]);
    hr_post_share(b, HR_L_VARIATION, s, amount, hr_of(b->share, s, n));
}

static void post_share(hr_batch *b, hr_line line, int s, const double *full)
{
    hr_post_share(b, line, s, full, hr_of(b->share, s, b->lanes));
}

static void needs_drift(hr_batch *b, int s, double *full)
{
    const int n = hr_lanes(b);
    const double *restrict pct = hr_set(b, b->plan->school[s].par->needs_drift_pct), *restrict income = hr_of(b->income_full, s, n);
    double *restrict drift = hr_of(b->drift, s, n);
    HR_FOR_LANES(i, n) {
        drift[i] += pct[i] / 100.0;
        full[i] = drift[i] * income[i];
    }
}

/* A pension step met by a grant of its own. */
static void pension_grant(hr_batch *b, int s, double *full)
{
    const int n = hr_lanes(b);
    const double *restrict met = b->pension_met, *restrict step = b->pension;
    const double *restrict cost = hr_of(b->cost, s * HR_N_cost + HR_cost_TEACHERS, n);
    HR_FOR_LANES(i, n) full[i] = cost[i] / (1.0 + step[i]) * met[i];
    post_share(b, HR_L_PENSION_GRANT, s, full);
}

void hr_costs_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    double *restrict closing = b->scratch[5], *restrict drift = b->scratch[6], *restrict grant = b->scratch[7];
    const bool granted = hr_any(b->pension_met, n);
    hr_fill(grant, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        teachers(b, s, closing);
        other_kinds(b, s);
        needs_drift(b, s, drift);
        if (granted)
            pension_grant(b, s, grant);
        hr_post_spending(b, s, hr_of(b->cost, s * HR_N_cost, n), hr_of(b->share, s, n));
        post_share(b, HR_L_NEEDS_DRIFT, s, drift);
        double *restrict later = hr_of(b->restructuring, s, n), *restrict usual = hr_of(b->usual_one_off, s, n);
        HR_FOR_LANES(i, n) {
            closing[i] += later[i];
            usual[i] = closing[i];
        }
        post_share(b, HR_L_RESTRUCTURING, s, closing);
        post_share(b, HR_L_PLANNED_USE, s, hr_of(b->planned_use, s, n));
        double *restrict recurrent = hr_of(b->structural, s, n);
        const double *restrict income = hr_of(b->income_full, s, n), *restrict cost = hr_of(b->cost, s * HR_N_cost, n);
        HR_FOR_LANES(i, n) {
            const double spent = cost[i] + cost[n + i] + cost[2 * n + i] + cost[3 * n + i] + cost[4 * n + i];
            recurrent[i] = income[i] + grant[i] - spent - drift[i];
        }
        variation(b, s, closing);
    }
    hr_joiner_costs(b);
}
