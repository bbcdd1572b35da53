/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before the first year: rolls, grades, costs and balances as they stood on 1 September of the
 * start, and what was known at the last year end. docs/model.md, "The start". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

enum { LONG_AGO = 1200 }; /* months: a school of the trust's own is no joiner */

static void open_rolls(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    hr_in scale = hr_set(b, school->par->roll_scale);
    hr_out roll = hr_of(b->roll, s, n);
    hr_out nursery = hr_of(b->nursery, s, n);
    hr_fill(roll, 0.0, n);
    for (int g = 0; g < school->groups + school->sixth; g++) {
        hr_out pupils = hr_of(b->group, s * HR_GROUPS_MAX + g, n);
        const double opening = school->group[g];
        HR_FOR_LANES(i, n) {
            pupils[i] = opening * scale[i];
            roll[i] += pupils[i];
        }
    }
    if (b->plan->fed && school->groups)
        hr_copy(hr_of(b->leavers_start, s, n),
                hr_of(b->group, s * HR_GROUPS_MAX + school->groups - 1, n), n);
    const double apart = school->nursery_only ? 0.0 : school->nursery,
                 together = school->nursery - apart;
    HR_FOR_LANES(i, n) {
        nursery[i] = apart * scale[i];
        roll[i] += together * scale[i];
    }
    const double *said = HR_ROWS_OF(b, school->par->roll, double);
    const bool before_known =
        !hr_is_nan(school->par->roll_before) && school->par->roll.count == 1 && said[0] > 0.0;
    const double before = before_known ? school->par->roll_before / said[0] : 1.0;
    hr_out year_ago = hr_of(b->roll_1, s, n); /* two censuses before the first one */
    HR_FOR_LANES(i, n)
        year_ago[i] = before * roll[i];
    hr_copy(hr_of(b->roll_2, s, n), year_ago, n);
    hr_copy(hr_of(b->opening_roll, s, n), roll, n);
    hr_out per = hr_of(b->per_opening, s, n);
    HR_FOR_LANES(i, n)
        per[i] = 1.0 / hr_max(roll[i], 1.0);
    hr_bands(b, s, hr_of(b->band, s * HR_N_band, n));
    hr_copy(hr_of(b->band_1, s * HR_N_band, n), hr_of(b->band, s * HR_N_band, n), HR_N_band * n);
}

/* The grade given, or one drawn by the chances of an unknown one; weak schools may be stuck, and
 * others once they are weak. */
static void open_grade(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    hr_out u = b->scratch[0];
    hr_out stuck_u = b->scratch[1];
    double *const draws[4] = {u, stuck_u, NULL, NULL};
    hr_group_of_draws(b, HR_D_START_GRADE, school->entity, 0, draws);
    hr_in c0 = hr_set(b, school->par->unknown_grade[0]);
    hr_in c1 = hr_set(b, school->par->unknown_grade[1]);
    hr_in c2 = hr_set(b, school->par->unknown_grade[2]);
    hr_in share = hr_set(b, b->plan->params->scenario.capacity.stuck_share);
    hr_in later = hr_set(b, b->plan->params->scenario.capacity.stuck_later_share);
    const bool known = school->par->grade != HR_grade_UNKNOWN;
    const double given = school->par->grade;
    hr_out grade = hr_of(b->grade, s, n);
    hr_out stuck = hr_of(b->stuck, s, n);
    HR_FOR_LANES(i, n) {
        const double drawn = u[i] < c0[i]                   ? 0.0
                             : u[i] < c0[i] + c1[i]         ? 1.0
                             : u[i] < c0[i] + c1[i] + c2[i] ? 2.0
                                                            : 3.0;
        grade[i] = known ? given : drawn;
        stuck[i] = stuck_u[i] < hr_choose(grade[i] > 1.5, share[i], later[i]) ? 1.0 : 0.0;
    }
    hr_copy(hr_of(b->quality, s, n), grade, n);
    hr_copy(hr_of(b->grade_start, s, n), grade, n);
}

/* A full year's income of the first year, at start prices. */
static void open_income(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    const hr_params_funding *f = &b->plan->params->scenario.funding;
    double *band = hr_of(b->band, s * HR_N_band, n);
    hr_fit_grant(b, s, band);
    hr_fill(hr_of(b->led_rate, s, n), HR_UNKNOWN, n);
    hr_out grant = hr_of(b->grant, s, n);
    hr_out other = hr_of(b->other, s, n);
    hr_out full = hr_of(b->income_full, s, n);
    hr_grant_of(b, s, band, grant, hr_of(b->led_rate, s, n));
    hr_fill(hr_of(b->led_rate, s, n), HR_UNKNOWN, n); /* the guarantee starts with the first year */
    hr_other_income_of(b, s, hr_of(b->roll, s, n), other);
    hr_in early = hr_set(b, f->early_years_per_pupil);
    hr_in nursery = hr_of(school->nursery_only ? b->roll : b->nursery, s, n);
    hr_in top_up = hr_set(b, school->par->top_up_per_pupil);
    hr_in roll = hr_of(b->roll, s, n);
    const double special = school->special ? 1.0 : 0.0;
    HR_FOR_LANES(i, n) {
        other[i] += early[i] * nursery[i] + special * top_up[i] * roll[i];
        full[i] = grant[i] + other[i];
    }
}

/* Own spending of the first year by kind: given, or income less the structural result and, for a
 * school of the trust, its part by grant of what the centre costs. It does not depend on the
 * top-slice, which moves money inside the trust. */
static void open_costs(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    const bool given = !hr_is_nan(school->par->spending), own = school->candidate < 0;
    hr_in central = b->scratch[3];
    hr_in grant = hr_of(b->grant, s, n);
    hr_out spending = b->scratch[1];
    hr_in income = hr_of(b->income_full, s, n);
    hr_in result = hr_set(b, school->par->in_year_pct);
    const double said = school->par->spending;
    HR_FOR_LANES(i, n) {
        const double left =
            income[i] * (1.0 - result[i] * HR_PER_CENT) - (own ? central[i] * grant[i] : 0.0);
        spending[i] = given ? said : hr_max(left, 0.0); /* a centre dearer than its schools */
    }
    for (int k = 0; k < HR_N_cost; k++) {
        hr_in share = hr_set(b, school->par->spending_share[k]);
        hr_out base = hr_of(b->base, s * HR_N_cost + k, n);
        hr_out cost = hr_of(b->cost, s * HR_N_cost + k, n);
        HR_FOR_LANES(i, n)
            cost[i] = base[i] = share[i] * HR_PER_CENT * spending[i];
    }
    hr_classes_needed(b, s, hr_of(b->roll, s, n), hr_of(b->classes, s, n));
    hr_in per_class = hr_set(b, school->par->teachers_per_class);
    hr_in classes = hr_of(b->classes, s, n);
    hr_in pay = hr_of(b->base, s * HR_N_cost + HR_cost_TEACHERS, n);
    hr_out teachers = hr_of(b->teachers, s, n);
    hr_out unit = hr_of(b->teacher_cost, s, n);
    hr_copy(hr_of(b->leader_classes, s, n), classes, n);
    HR_FOR_LANES(i, n) {
        teachers[i] = classes[i] * per_class[i];
        unit[i] = hr_choose(teachers[i] > 0.0, pay[i] / teachers[i], 0.0);
    }
}

static void open_balance(hr_batch *b, int s)
{
    const int n = hr_lanes(b);
    const hr_plan_school *school = &b->plan->school[s];
    const bool own = school->candidate < 0,
               sum_given = hr_real_given(b->plan->params, school->par->reserves);
    hr_in sum = hr_set(b, school->par->reserves);
    hr_in pct = hr_set(b, school->par->reserves_pct);
    hr_in income = hr_of(b->income_full, s, n);
    hr_out balance = hr_of(b->balance, s, n);
    HR_FOR_LANES(i, n)
        balance[i] = own ? hr_nearest(sum_given ? sum[i] : pct[i] * HR_PER_CENT * income[i]) : 0.0;
    hr_in per_pupil = hr_set(b, school->par->condition_need_per_pupil);
    hr_in roll = hr_of(b->roll, s, n);
    hr_out need = hr_of(b->condition_need, s, n);
    HR_FOR_LANES(i, n)
        need[i] = per_pupil[i] * roll[i];
}

/* Shares of the opening schools' spending by kind: what the sector's costs are taken to grow by. */
static void open_weights(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out all = b->scratch[0];
    hr_fill(all, 0.0, n);
    for (int k = 0; k < HR_N_cost; k++) {
        hr_out weight = b->weight[k];
        hr_fill(weight, 0.0, n);
        for (int s = 0; s < b->plan->schools; s++) {
            hr_in base = hr_of(b->base, s * HR_N_cost + k, n);
            const double own = b->plan->school[s].candidate < 0 ? 1.0 : 0.0;
            HR_FOR_LANES(i, n) {
                weight[i] += own * base[i];
                all[i] += own * base[i];
            }
        }
    }
    for (int k = 0; k < HR_N_cost; k++) {
        hr_out weight = b->weight[k];
        HR_FOR_LANES(i, n)
            weight[i] /= hr_max(all[i], 1.0);
    }
}

/* Schools of the trust and their pupils. */
static void count_schools(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out schools = b->schools_now;
    hr_out pupils = b->pupils_now;
    hr_fill(schools, 0.0, n);
    hr_fill(pupils, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in roll = hr_of(b->roll, s, n);
        hr_in nursery = hr_of(b->nursery, s, n);
        HR_FOR_LANES(i, n) {
            schools[i] += in[i];
            pupils[i] += in[i] * (roll[i] + nursery[i]);
        }
    }
}

void hr_open_schools(hr_batch *b)
{
    const int n = hr_lanes(b), schools = b->plan->schools;
    double *const zero[] = {b->share,         b->months_in, b->teachers_cut, b->support_saved,
                            b->other_saved,   b->drift,     b->planned_use,  b->usual_one_off,
                            b->restructuring, b->new_head,  b->need_days,    b->leader_days,
                            b->lent_share,    b->met_share, b->hit_quality,  b->leaves,
                            b->grant_posted,  b->topslice,  b->structural,   b->pooled};
    for (size_t z = 0; z < sizeof zero / sizeof zero[0]; z++)
        hr_fill(zero[z], 0.0, schools * n);
    double *const one[] = {b->demand, b->entry_factor, b->lent_factor};
    for (size_t o = 0; o < sizeof one / sizeof one[0]; o++)
        hr_fill(one[o], 1.0, schools * n);
    hr_fill(b->inspected, -HR_NEVER, schools * n);
    for (int s = 0; s < schools; s++) {
        const bool own = b->plan->school[s].candidate < 0;
        hr_fill(hr_of(b->in_trust, s, n), own ? 1.0 : 0.0, n);
        hr_fill(hr_of(b->share, s, n), own ? 1.0 : 0.0, n);
        hr_fill(hr_of(b->months_in, s, n), own ? LONG_AGO : 0.0, n);
        double *const noise[4] = {hr_of(b->roll_noise, s, n), hr_of(b->entry_noise, s, n), NULL,
                                  NULL};
        hr_group_of_draws(b, HR_D_ROLL, b->plan->school[s].entity,
                          (uint32_t)(b->plan->start_year - 1), noise);
        open_rolls(b, s);
        open_grade(b, s);
        open_income(b, s);
    }
    count_schools(b);
    hr_centre_open(b);
    hr_centre_rate_at_start(b, b->scratch[3]);
    for (int s = 0; s < schools; s++) {
        open_costs(b, s);
        open_balance(b, s);
        if (b->trace && b->plan->school[s].candidate < 0)
            hr_trace_state_of(b, HR_TS_OPENING_BALANCE, s, -1,
                              hr_of(b->balance, s, n)[b->trace->lane]);
    }
    open_weights(b);
}

/* Reserves of closed years before the start, for the early warning. */
static void open_history(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_span span = b->plan->params->scenario.history;
    const hr_params_history *row = HR_ROWS_OF(b, span, hr_params_history);
    hr_fill(b->past_pct, HR_UNKNOWN, 3 * n);
    for (uint32_t h = 0; h < span.count; h++) {
        const int place = row[h].year - (b->plan->start_year - 3);
        const bool known = !hr_is_nan(row[h].reserves) && row[h].income > 0.0;
        if (place >= 0 && place < 2 && known)
            hr_fill(hr_of(b->past_pct, place, n), 100.0 * row[h].reserves / row[h].income, n);
    }
    hr_copy(hr_of(b->past_pct, 2, n), b->reserves_pct, n);
    hr_out no_forecast = b->scratch[0];
    hr_fill(no_forecast, HR_UNKNOWN, n);
    hr_warning_of(b, no_forecast);
}

void hr_open_trust(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_params_centre *c = &b->plan->params->scenario.centre;
    double *const zero[] = {
        b->centre_saved,      b->centre_planned_use, b->centre_income, b->centre_spending,
        b->centre_structural, b->joins_now,          b->joins_share,   b->risk_days,
        b->risk_losses,       b->joined_sponsored,   b->joined_good,   b->joined_free,
        b->refused_count,     b->withdrawn_count,    b->left,          b->dilution,
        b->formula,           b->formula_before,     b->capital,       b->deficit_before,
        b->planned,           b->below_good,         b->centre_change};
    for (size_t z = 0; z < sizeof zero / sizeof zero[0]; z++)
        hr_fill(zero[z], 0.0, n);
    hr_fill(b->own_years, HR_NEVER, n);
    hr_in held = hr_set(b, c->reserves);
    hr_out centre = b->centre;
    hr_out reserves = b->reserves;
    hr_out income = b->income_year;
    hr_out spending = b->spending_year;
    HR_FOR_LANES(i, n)
        centre[i] = hr_nearest(held[i]);
    hr_copy(reserves, centre, n);
    hr_fill(income, 0.0, n);
    hr_fill(spending, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in balance = hr_of(b->balance, s, n);
        hr_in full = hr_of(b->income_full, s, n);
        hr_in grade = hr_of(b->grade, s, n);
        hr_out weak = b->below_good;
        HR_FOR_LANES(i, n) {
            reserves[i] += balance[i];
            income[i] += in[i] * full[i];
            spending[i] += in[i] * full[i];
            weak[i] += in[i] * (grade[i] > 1.5 ? 1.0 : 0.0);
        }
    }
    hr_copy(b->schools_start, b->schools_now, n);
    hr_copy(b->opening, reserves, n);
    hr_policy_of(b);
    hr_copy(b->opening_pct, b->reserves_pct, n);
    open_history(b);
    hr_posts(b, false);
    hr_hold_posts(b, 0.0);
    if (b->plan->advisers_move)
        hr_topslice_at_start(b, b->slice_start);
    hr_supply_and_need(b);
    if (b->trace)
        hr_trace_state_of(b, HR_TS_OPENING_BALANCE, HR_CENTRE, -1, centre[b->trace->lane]);
}
