/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 1, the world: pay, prices, energy, funding, what is left of the sector's shock, and demand
 * by area. docs/model.md, "World". */
#include "domain/steps.h"

#include "base/vmath.h"
#include "domain/tracing.h"

_Static_assert(HR_D_FUNDING == 0 && HR_D_TEACHER_PAY == 1 && HR_D_SUPPORT_PAY == 2 &&
                   HR_D_PRICES == 3 && HR_D_ENERGY == 4 && HR_D_SECTOR == 5 &&
                   HR_D_ENERGY_JUMP == 6 && HR_D_REGIME == 7,
               "the year's draws of the world stand in scratch by their numbers");

static const hr_params_process *process(const hr_batch *b, int rate)
{
    const hr_params_world *w = &b->plan->params->scenario.world_drivers;
    const hr_params_process *const all[HR_WORLD_RATES] = {&w->teacher_pay, &w->support_pay,
                                                          &w->prices, &w->energy};
    return all[rate];
}

static bool known_in(const hr_batch *b, hr_real real, int t)
{
    const hr_slot *slot = &b->plan->slot[real];
    if (slot->kind == HR_QUANTITY_SERIES)
        return slot->exact[t];
    return slot->kind != HR_QUANTITY_ABSENT;
}

/* Is the rate of a later year, which may be the one after the last, told? Only a number or a series
 * tells it; one that is drawn every year is not known ahead. */
static bool told_in(const hr_batch *b, hr_real real, int t)
{
    return known_in(b, real, t) && b->plan->slot[real].kind <= HR_QUANTITY_SERIES;
}

/* The rate that is told; a number is the same in every year. Nothing where none is. */
static double told_value(const hr_batch *b, hr_real real, int t)
{
    const hr_slot *slot = &b->plan->slot[real];
    if (slot->kind == HR_QUANTITY_NUMBER)
        return slot->value[0];
    return slot->kind == HR_QUANTITY_SERIES ? slot->value[t] : 0.0;
}

void hr_world_open(hr_batch *b)
{
    const int n = hr_lanes(b);
    for (int r = 0; r < HR_WORLD_RATES; r++) {
        const hr_params_process *p = process(b, r);
        const hr_slot *known = &b->plan->slot[p->known_pct];
        if (known->kind == HR_QUANTITY_SERIES && !hr_is_nan(known->before))
            hr_fill(b->rate[r], known->before, n);
        else
            hr_copy(b->rate[r], hr_set(b, p->mean_pct), n);
    }
    hr_normal(b, HR_D_FUNDING, 0, (uint32_t)(b->plan->start_year - 1), b->funding_noise);
    double *const zero[] = {b->regime,      b->jump,          b->jump_before, b->pension,
                            b->pension_met, b->local_pension, b->sector};
    for (size_t k = 0; k < sizeof zero / sizeof zero[0]; k++)
        hr_fill(zero[k], 0.0, n);
    hr_fill(b->energy_level, 1.0, n);
    for (int g = 0; g < HR_GROWTHS; g++)
        for (int y = 0; y <= b->plan->years; y++)
            hr_fill(hr_of(b->index, g * (b->plan->years + 1) + y, n), 1.0, n);
    for (int a = 0; a < b->plan->areas; a++) {
        hr_normal(b, HR_D_AREA_TREND, b->plan->area_entity[a], 0, hr_of(b->area_trend, a, n));
        hr_normal(b, HR_D_AREA_DEMAND, b->plan->area_entity[a], (uint32_t)(b->plan->start_year - 1),
                  hr_of(b->area_noise, a, n));
    }
}

/* Rates of this year: known, or the mean, what is kept of last year's departure from it, and noise.
 */
static void move_rate(hr_batch *b, int r, const double *z)
{
    const int n = hr_lanes(b);
    const hr_params_process *p = process(b, r);
    hr_in mean = hr_set(b, p->mean_pct);
    hr_in sd = hr_set(b, p->sd_pct);
    hr_in keep = hr_set(b, p->persistence);
    hr_in floor = hr_set(b, p->floor_pct);
    hr_in noise = z;
    hr_out rate = b->rate[r];
    hr_out plan = b->unconditional[r];
    hr_out ahead = b->expected[r];
    if (known_in(b, p->known_pct, b->t)) {
        double *const all[] = {ahead, plan, rate};
        for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
            hr_copy(all[k], hr_set(b, p->known_pct), n);
        return;
    }
    HR_FOR_LANES(i, n) {
        const double awaited = mean[i] + keep[i] * (rate[i] - mean[i]);
        const double drawn = awaited + sd[i] * hr_sqrt(1.0 - keep[i] * keep[i]) * noise[i];
        ahead[i] = awaited;
        plan[i] = mean[i];
        rate[i] = hr_max(drawn, floor[i]);
    }
}

/* After the year is known: what the next one is expected to be. */
static void look_ahead(hr_batch *b, int r)
{
    const int n = hr_lanes(b);
    const hr_params_process *p = process(b, r);
    const bool known = told_in(b, p->known_pct, b->t + 1);
    const double said = known ? told_value(b, p->known_pct, b->t + 1) : 0.0;
    hr_in mean = hr_set(b, p->mean_pct);
    hr_in keep = hr_set(b, p->persistence);
    hr_in rate = b->rate[r];
    hr_out ahead = b->expected[r];
    HR_FOR_LANES(i, n)
        ahead[i] = known ? said : mean[i] + keep[i] * (rate[i] - mean[i]);
}

/* Energy jumps: the size drawn in a year, half of it left a year later, nothing after two. */
static void move_energy(hr_batch *b, const double *u)
{
    const int n = hr_lanes(b);
    const hr_params_world *w = &b->plan->params->scenario.world_drivers;
    hr_in chance = hr_set(b, w->energy_jump_chance);
    hr_in size = hr_set(b, w->energy_jump_pct);
    hr_in prices = b->rate[HR_W_PRICES];
    hr_in over = b->rate[HR_W_ENERGY];
    hr_in expected_prices = b->expected[HR_W_PRICES];
    hr_in expected_over = b->expected[HR_W_ENERGY];
    hr_out jump = b->jump;
    hr_out before = b->jump_before;
    hr_out level = b->energy_level;
    hr_out index = hr_index(b, HR_GROWS_ENERGY);
    const bool first = b->t == 0;
    HR_FOR_LANES(i, n) {
        before[i] = jump[i];
        jump[i] = hr_choose(u[i] >= 1.0 - chance[i], size[i] * HR_PER_CENT, 0.0);
        const double growth = (1.0 + prices[i] * HR_PER_CENT) * (1.0 + over[i] * HR_PER_CENT);
        const double budgeted =
            (1.0 + expected_prices[i] * HR_PER_CENT) * (1.0 + expected_over[i] * HR_PER_CENT);
        level[i] *= first ? growth / budgeted : growth;
        index[i] = level[i] * (1.0 + jump[i] + 0.5 * before[i]);
    }
}

/* Price levels. The first year's figures are those budgeted, so its index holds the surprise alone.
 * An award of April reaches a year from September to August for five months of its own year and in
 * full from the next. */
static void move_indices(hr_batch *b, const double *support_before)
{
    const int n = hr_lanes(b);
    const bool first = b->t == 0;
    hr_out teacher = hr_index(b, HR_GROWS_TEACHER_PAY);
    hr_out support = hr_index(b, HR_GROWS_SUPPORT_PAY);
    hr_out prices = hr_index(b, HR_GROWS_PRICES);
    hr_in award = b->rate[HR_W_TEACHER_PAY];
    hr_in planned = b->expected[HR_W_TEACHER_PAY];
    hr_in april = b->rate[HR_W_SUPPORT_PAY];
    hr_in april_planned = b->expected[HR_W_SUPPORT_PAY];
    hr_in inflation = b->rate[HR_W_PRICES];
    hr_in inflation_planned = b->expected[HR_W_PRICES];
    HR_FOR_LANES(i, n) {
        const double t = 1.0 + award[i] * HR_PER_CENT, s = 5.0 / 12.0 * april[i] * HR_PER_CENT,
                     p = 1.0 + inflation[i] * HR_PER_CENT;
        teacher[i] = hr_choose(first, t / (1.0 + planned[i] * HR_PER_CENT), teacher[i - n] * t);
        support[i] =
            hr_choose(first, (1.0 + s) / (1.0 + 5.0 / 12.0 * april_planned[i] * HR_PER_CENT),
                      support[i - n] * (1.0 + s) * (1.0 + support_before[i] * HR_PER_CENT) /
                          (1.0 + 5.0 / 12.0 * support_before[i] * HR_PER_CENT));
        prices[i] =
            hr_choose(first, p / (1.0 + inflation_planned[i] * HR_PER_CENT), prices[i - n] * p);
    }
}

/* Growth of the cost of the opening schools' spending when every rate is `rate`. */
static void weighted(const hr_batch *b, double *const *rate, double *out)
{
    const int n = hr_lanes(b);
    hr_in t = b->weight[HR_cost_TEACHERS];
    hr_in s = b->weight[HR_cost_SUPPORT];
    hr_in e = b->weight[HR_cost_ENERGY];
    hr_in teacher = rate[HR_W_TEACHER_PAY];
    hr_in support = rate[HR_W_SUPPORT_PAY];
    hr_in prices = rate[HR_W_PRICES];
    hr_in energy = rate[HR_W_ENERGY];
    HR_FOR_LANES(i, n)
        out[i] = t[i] * teacher[i] + s[i] * support[i] + (1.0 - t[i] - s[i]) * prices[i] +
                 e[i] * energy[i];
}

/* Growth of grant per pupil: known; or what costs are expected to grow by, the structural gap
 * (another one while the other regime lasts), less what is announced as unfunded, plus the funded
 * share of an award beyond what was expected, plus noise. The first year's grant is known when it
 * starts. */
static void move_funding(hr_batch *b, const double *z, const double *u)
{
    const int n = hr_lanes(b);
    const hr_params_world *w = &b->plan->params->scenario.world_drivers;
    const bool first = b->t == 0;
    hr_in gap = hr_set(b, w->structural_gap_pct);
    hr_in sd = hr_set(b, w->funding_sd_pct);
    hr_in keep = hr_set(b, w->funding_persistence);
    hr_in share = hr_set(b, w->funded_share);
    hr_in unfunded = hr_set(b, w->unfunded_award_pct);
    hr_in chance = hr_set(b, w->regime_switch_chance);
    hr_in other = hr_set(b, w->regime_gap_pct);
    hr_in award = b->rate[HR_W_TEACHER_PAY];
    hr_in planned = b->unconditional[HR_W_TEACHER_PAY];
    hr_in teachers = b->weight[HR_cost_TEACHERS];
    hr_out costs = b->scratch[9];
    weighted(b, b->unconditional, costs);
    hr_out noise = b->funding_noise;
    hr_out regime = b->regime;
    hr_out funding = b->funding;
    hr_out ahead = b->funding_expected;
    hr_out index = hr_index(b, HR_GROWS_GRANT);
    HR_FOR_LANES(i, n) {
        noise[i] = keep[i] * noise[i] + hr_sqrt(1.0 - keep[i] * keep[i]) * z[i];
        regime[i] = u[i] >= 1.0 - chance[i] ? 1.0 - regime[i] : regime[i];
        const double structural = costs[i] + gap[i] + regime[i] * other[i];
        const double surprise = teachers[i] * (share[i] * (award[i] - planned[i]) - unfunded[i]);
        funding[i] = structural + surprise + sd[i] * noise[i];
        ahead[i] = gap[i] + regime[i] * other[i] + sd[i] * keep[i] * noise[i];
    }
    if (known_in(b, w->funding_known_pct, b->t))
        hr_copy(funding, hr_set(b, w->funding_known_pct), n);
    HR_FOR_LANES(i, n)
        index[i] = hr_choose(first, 1.0, index[i - n] * (1.0 + funding[i] * HR_PER_CENT));
}

/* After the rates are looked ahead to: next year's grant as expected now. */
static void look_ahead_at_funding(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_params_world *w = &b->plan->params->scenario.world_drivers;
    const bool known = told_in(b, w->funding_known_pct, b->t + 1);
    const double said = known ? told_value(b, w->funding_known_pct, b->t + 1) : 0.0;
    hr_out costs = b->scratch[9];
    hr_out ahead = b->funding_expected;
    double *plain[HR_WORLD_RATES];
    for (int r = 0; r < HR_WORLD_RATES; r++) {
        const hr_params_process *p = process(b, r);
        const bool told = told_in(b, p->known_pct, b->t + 1);
        plain[r] = b->unconditional[r]; /* this year's is done with */
        if (told)
            hr_fill(plain[r], told_value(b, p->known_pct, b->t + 1), n);
        else
            hr_copy(plain[r], hr_set(b, p->mean_pct), n);
    }
    weighted(b, plain, costs);
    hr_in award = b->expected[HR_W_TEACHER_PAY];
    hr_in usual = plain[HR_W_TEACHER_PAY];
    hr_in share = hr_set(b, w->funded_share);
    hr_in teachers = b->weight[HR_cost_TEACHERS];
    const double announced = told_value(b, w->unfunded_award_pct, b->t + 1);
    HR_FOR_LANES(i, n) {
        const double surprise = teachers[i] * (share[i] * (award[i] - usual[i]) - announced);
        ahead[i] = known ? said : costs[i] + surprise + ahead[i];
    }
}

static void move_areas(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out z = b->scratch[8];
    for (int a = 0; a < b->plan->areas; a++) {
        hr_normal(b, HR_D_AREA_DEMAND, b->plan->area_entity[a], (uint32_t)b->year, z);
        hr_in sd = hr_set(b, b->plan->area[a].sd_pct);
        hr_in keep = hr_set(b, b->plan->area[a].persistence);
        hr_out noise = hr_of(b->area_noise, a, n);
        hr_out shock = hr_of(b->area_shock, a, n);
        HR_FOR_LANES(i, n) {
            noise[i] = keep[i] * noise[i] + hr_sqrt(1.0 - keep[i] * keep[i]) * z[i];
            shock[i] = sd[i] * HR_PER_CENT * noise[i];
        }
    }
}

/* What luck brings each school this year; the steps that need it come later. */
static void draw_schools(hr_batch *b)
{
    const int n = hr_lanes(b);
    for (int s = 0; s < b->plan->schools; s++) {
        const uint32_t entity = b->plan->school[s].entity, year = (uint32_t)b->year;
        double *const z[4] = {hr_of(b->roll_z, s, n), hr_of(b->entry_z, s, n),
                              hr_of(b->cost_z, s, n), NULL};
        double *const u[4] = {hr_of(b->quality_u, s, n), hr_of(b->inspection_u, s, n),
                              hr_of(b->head_u, s, n), hr_of(b->bid_u, s, n)};
        hr_group_of_draws(b, HR_D_ROLL, entity, year, z);
        hr_group_of_draws(b, HR_D_QUALITY, entity, year, u);
    }
}

void hr_world_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_params_scenario *p = &b->plan->params->scenario;
    hr_settings_draw_year(b);
    hr_settings_plain(b);
    hr_out support_before = b->scratch[10];
    hr_copy(support_before, b->rate[HR_W_SUPPORT_PAY], n);
    const int driver_of[HR_WORLD_RATES] = {HR_D_TEACHER_PAY, HR_D_SUPPORT_PAY, HR_D_PRICES,
                                           HR_D_ENERGY};
    for (int r = 0; r < HR_WORLD_RATES; r++)
        move_rate(b, r, b->scratch[driver_of[r]]);
    move_indices(b, support_before);
    move_energy(b, b->scratch[HR_D_ENERGY_JUMP]);
    move_funding(b, b->scratch[HR_D_FUNDING], b->scratch[HR_D_REGIME]);
    for (int r = 0; r < HR_WORLD_RATES; r++)
        look_ahead(b, r);
    look_ahead_at_funding(b);
    hr_in sd = hr_set(b, p->world_drivers.sector_sd_pct);
    hr_in z = b->scratch[HR_D_SECTOR];
    hr_in step = hr_set(b, p->costs.pension_step_pct);
    hr_in local = hr_set(b, p->costs.local_pension_step_pct);
    hr_in share = hr_set(b, p->costs.pension_grant_share);
    hr_out met = b->pension_met;
    const double later = b->t > 0 ? 1.0 : 0.0; /* the first year's budgets hold its steps */
    hr_out sector = b->sector;
    hr_out pension = b->pension;
    hr_out local_pension = b->local_pension;
    HR_FOR_LANES(i, n) {
        sector[i] = sd[i] * HR_PER_CENT * z[i];
        pension[i] += later * step[i] * HR_PER_CENT;
        met[i] = share[i] > 0.0 ? met[i] + later * step[i] * HR_PER_CENT * share[i] : 0.0;
        local_pension[i] += later * local[i] * HR_PER_CENT;
    }
    move_areas(b);
    draw_schools(b);
    hr_settings_growing(b);
    hr_averages_take(b);
    for (int r = 0; b->trace && r < HR_GROWTHS; r++)
        hr_trace_state_of(b, HR_TS_INDEX, r, -1, hr_index(b, (hr_grows)r)[b->trace->lane]);
}
