/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 6, costs: teachers in whole classes that leave late, support staff, premises, energy,
 * supplies, what a joiner stops buying, special needs drift, and the school's own noise.
 * docs/model.md, "Costs". */
#include "domain/steps.h"

#include "domain/joiners.h"
#include "domain/ledger.h"
#include "domain/tracing.h"

void hr_classes_needed(const hr_batch *b, int s, const double *roll, double *classes)
{
    const int n = hr_lanes(b);
    hr_in size = hr_set(b, b->plan->school[s].par->class_size);
    HR_FOR_LANES(i, n)
        classes[i] = hr_class_count(roll[i], size[i]);
}

void hr_plan_classes(const hr_batch *b, int s, const double *roll, const double *before,
                     double *planned)
{
    const int n = hr_lanes(b);
    hr_in size = hr_set(b, b->plan->school[s].par->class_size);
    hr_in stretch = hr_set(b, b->plan->school[s].par->class_stretch_pct);
    hr_in classes = hr_of(b->classes, s, n);
    hr_in now = roll;
    hr_in last = before;
    hr_out out = planned;
    HR_FOR_LANES(i, n) {
        const double need = hr_class_count(now[i], size[i]),
                     need_before = hr_class_count(last[i], size[i]);
        out[i] = hr_classes_planned(now[i], size[i] * (1.0 + stretch[i] * HR_PER_CENT), need,
                                    need_before, classes[i]);
    }
}

/* Classes of this year were planned last spring, on last autumn's census; anew where there was no
 * spring, where the settings are not what they were or where a school fills. */
static void move_classes(hr_batch *b, int s, const double *planned_for, double *closed)
{
    const int n = hr_lanes(b);
    if (b->t == 0 || !b->plan->school[s].classes_stay_planned)
        hr_plan_classes(b, s, planned_for, hr_of(b->roll_2, s, n), hr_of(b->classes_next, s, n));
    hr_in planned = hr_of(b->classes_next, s, n);
    hr_out classes = hr_of(b->classes, s, n);
    HR_FOR_LANES(i, n) {
        closed[i] = hr_max(classes[i] - planned[i], 0.0);
        classes[i] = planned[i];
    }
}

/* A class that closes takes its own teachers with it; leaders stay: a school has them for
 * its places, as many a place as the year's settings say. They come as a new school fills. */
static void teachers(hr_batch *b, int s, const double *planned_for, double *closing)
{
    const int n = hr_lanes(b);
    const hr_params_school *par = b->plan->school[s].par;
    hr_out closed = b->scratch[4];
    move_classes(b, s, planned_for, closed);
    hr_in per_class = hr_set(b, par->teachers_per_class);
    hr_in own = hr_set(b, par->class_teachers);
    hr_out led_classes = hr_of(b->leader_classes, s, n);
    const double fills = hr_fills(&b->plan->school[s]) ? 1.0 : 0.0;
    hr_in price = hr_set(b, par->closing_cost_share);
    hr_in classes = hr_of(b->classes, s, n);
    hr_in unit = hr_of(b->teacher_cost, s, n);
    hr_in cut = hr_of(b->teachers_cut, s, n);
    hr_in index = hr_index(b, HR_GROWS_TEACHER_PAY);
    hr_in pension = b->pension;
    hr_in fewest = hr_set(b, b->plan->params->scenario.budget.fewest_teachers);
    hr_out staff = hr_of(b->teachers, s, n);
    hr_out cost = hr_of(b->cost, s * HR_N_cost + HR_cost_TEACHERS, n);
    HR_FOR_LANES(i, n) {
        const double a_class = hr_own_teachers(own[i], per_class[i]);
        led_classes[i] = hr_max(led_classes[i], fills * classes[i]);
        const double needed =
            classes[i] * a_class + hr_leaders_of(led_classes[i], own[i], per_class[i]);
        staff[i] = hr_max(needed - cut[i], fewest[i] * needed);
        cost[i] = staff[i] * unit[i] * index[i] * (1.0 + pension[i]);
        closing[i] = closed[i] * a_class * unit[i] * index[i] * price[i];
    }
    if (b->trace) {
        hr_trace_state_of(b, HR_TS_CLASSES, s, -1, classes[b->trace->lane]);
        hr_trace_state_of(b, HR_TS_TEACHERS, s, -1, staff[b->trace->lane]);
        if (closed[b->trace->lane] > 0.0)
            hr_trace_event_of(b, HR_TE_CLASSES_CLOSED, s, -1, closed[b->trace->lane]);
    }
}

/* Of what a joiner stops buying, the share that has stopped by now, on average over the year's
 * months in the trust: it grows in a straight line from opening to the last month. */
static double stopped(double months_in, double share_of_year, double ramp)
{
    const double months = 12.0 * share_of_year, start = months_in - months;
    const double inside = hr_clamp(ramp - start, 0.0, months);
    const double sloped = inside * (start + 0.5 * inside) / ramp;
    return months > 0.0 ? (sloped + (months - inside)) / months : 0.0;
}

/* Displaced spending and savings by buying together, for a joiner in the trust: a full year's sum,
 * a cost below nothing. */
static void joiner_savings(hr_batch *b, int s, double *displaced)
{
    const int n = hr_lanes(b);
    const hr_params_candidate *par = b->plan->candidate[b->plan->school[s].candidate].par;
    hr_in pct = hr_set(b, par->displaced_pct);
    hr_in ramp = hr_set(b, par->displaced_months);
    hr_in buying = hr_set(b, par->savings_pct);
    hr_in grant = hr_of(b->grant, s, n);
    hr_in months = hr_of(b->months_in, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_in base_premises = hr_of(b->base, s * HR_N_cost + HR_cost_PREMISES, n);
    hr_in base_supplies = hr_of(b->base, s * HR_N_cost + HR_cost_SUPPLIES, n);
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_out saved = displaced;
    HR_FOR_LANES(i, n) {
        const double late =
            share[i] > 0.0 ? hr_clamp(months[i] - 12.0, 0.0, 12.0 * share[i]) / (12.0 * share[i])
                           : 0.0;
        saved[i] =
            -(grant[i] * pct[i] * HR_PER_CENT * stopped(months[i], share[i], ramp[i]) +
              late * buying[i] * HR_PER_CENT * (base_premises[i] + base_supplies[i]) * prices[i]);
    }
}

/* A joiner's savings have a line of their own; in its budget they are less of supplies. */
static void stop_buying(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    hr_out displaced = b->scratch[2];
    hr_out supplies = hr_of(b->cost, s * HR_N_cost + HR_cost_SUPPLIES, n);
    joiner_savings(b, s, displaced);
    HR_FOR_LANES(i, n)
        supplies[i] += displaced[i];
    if (hr_any(displaced, n))
        hr_post_share(b, HR_L_DISPLACED, s, displaced, hr_of(b->share, s, n));
}

/* Spending of a full year by kind, other than teachers. */
static void other_kinds(hr_batch *b, int s, const double *planned_for)
{
    const int n = hr_lanes(b);
    hr_in base_support = hr_of(b->base, s * HR_N_cost + HR_cost_SUPPORT, n);
    hr_in base_premises = hr_of(b->base, s * HR_N_cost + HR_cost_PREMISES, n);
    hr_in base_energy = hr_of(b->base, s * HR_N_cost + HR_cost_ENERGY, n);
    hr_in base_supplies = hr_of(b->base, s * HR_N_cost + HR_cost_SUPPLIES, n);
    hr_out support = hr_of(b->cost, s * HR_N_cost + HR_cost_SUPPORT, n);
    hr_out premises = hr_of(b->cost, s * HR_N_cost + HR_cost_PREMISES, n);
    hr_out energy = hr_of(b->cost, s * HR_N_cost + HR_cost_ENERGY, n);
    hr_out supplies = hr_of(b->cost, s * HR_N_cost + HR_cost_SUPPLIES, n);
    hr_in pay = hr_index(b, HR_GROWS_SUPPORT_PAY);
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_in power = hr_index(b, HR_GROWS_ENERGY);
    hr_in elastic = hr_set(b, b->plan->school[s].par->support_elasticity);
    hr_in local = b->local_pension;
    hr_in planned = planned_for;
    hr_in now = hr_of(b->roll, s, n);
    hr_in opening = hr_of(b->per_opening, s, n);
    hr_in cut = hr_of(b->support_saved, s, n);
    hr_in found = hr_of(b->other_saved, s, n);
    const hr_params_budget *floor = &b->plan->params->scenario.budget;
    hr_in least_support = hr_set(b, floor->least_support);
    hr_in least_supplies = hr_set(b, floor->least_supplies);
    HR_FOR_LANES(i, n) {
        const double staffed = 1.0 + elastic[i] * (planned[i] * opening[i] - 1.0);
        support[i] =
            hr_max(base_support[i] * staffed - cut[i], least_support[i] * base_support[i]) *
            pay[i] * (1.0 + local[i]);
        premises[i] = base_premises[i] * prices[i];
        energy[i] = base_energy[i] * power[i];
        supplies[i] = hr_max(base_supplies[i] * (now[i] * opening[i]) - found[i],
                             least_supplies[i] * base_supplies[i]) *
                      prices[i];
    }
}

/* Special needs drift of a full year, and the year's one-off costs of restructuring. */
static void drift_and_restructuring(hr_batch *b, int s, double *drift_full, double *closing)
{
    const int n = hr_lanes(b);
    hr_in pct = hr_set(b, b->plan->school[s].par->needs_drift_pct);
    hr_in income = hr_of(b->income_full, s, n);
    hr_in decided = hr_of(b->restructuring, s, n);
    hr_out drift = hr_of(b->drift, s, n);
    hr_out usual = hr_of(b->usual_one_off, s, n);
    hr_out full = drift_full;
    hr_out cost = closing;
    const double later = b->t > 0 ? 1.0 : 0.0; /* the first year's budget holds its own */
    HR_FOR_LANES(i, n) {
        drift[i] += later * pct[i] * HR_PER_CENT;
        full[i] = drift[i] * income[i];
        cost[i] += decided[i];
        usual[i] = cost[i];
    }
}

/* The structural result, the top-slice left out; and what varies by itself: the school's own noise
 * and what is left of the sector's, as income. */
static void result_and_variation(hr_batch *b, int s, const double *granted, const double *drift)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    hr_in z = hr_of(b->cost_z, s, n);
    hr_in sd = hr_set(b, school->par->cost_sd_pct);
    hr_in income = hr_of(b->income_full, s, n);
    hr_in cost = hr_of(b->cost, s * HR_N_cost, n);
    hr_in sector = b->sector;
    hr_in grant = granted;
    hr_in drifts = drift;
    hr_out recurrent = hr_of(b->structural, s, n);
    hr_out amount = b->scratch[2];
    const double size = school->cost_size * HR_PER_CENT;
    HR_FOR_LANES(i, n) {
        const double spent =
            cost[i] + cost[n + i] + cost[2 * n + i] + cost[3 * n + i] + cost[4 * n + i];
        recurrent[i] = income[i] + grant[i] - spent - drifts[i];
        amount[i] = income[i] * (sector[i] + sd[i] * size * z[i]);
    }
    hr_post_share(b, HR_L_VARIATION, s, amount, hr_of(b->share, s, n));
}

/* A pension step met by a grant of its own. */
static void pension_grant(hr_batch *b, int s, double *full)
{
    const int n = hr_lanes(b);
    hr_in met = b->pension_met;
    hr_in step = b->pension;
    hr_in cost = hr_of(b->cost, s * HR_N_cost + HR_cost_TEACHERS, n);
    HR_FOR_LANES(i, n)
        full[i] = cost[i] / (1.0 + step[i]) * met[i];
    hr_post_share(b, HR_L_PENSION_GRANT, s, full, hr_of(b->share, s, n));
}

void hr_costs_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out closing = b->scratch[5];
    hr_out drift = b->scratch[6];
    hr_out grant = b->scratch[7];
    const bool granted = hr_any(b->pension_met, n);
    hr_fill(grant, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        const double *roll = hr_while_filling(b, s, hr_of(b->roll, s, n), hr_of(b->roll_1, s, n),
                                              b->scratch[9]); /* that this year was planned for */
        teachers(b, s, roll, closing);
        other_kinds(b, s, roll);
        drift_and_restructuring(b, s, drift, closing);
        if (granted)
            pension_grant(b, s, grant);
        const hr_spending own = {.cost = hr_of(b->cost, s * HR_N_cost, n),
                                 .drift = drift,
                                 .restructuring = closing,
                                 .planned_use = hr_of(b->planned_use, s, n)};
        hr_post_spending(b, s, &own, hr_of(b->share, s, n));
        if (b->plan->school[s].candidate >= 0)
            stop_buying(b, s);
        result_and_variation(b, s, grant, drift);
    }
    hr_joiner_costs(b);
}
