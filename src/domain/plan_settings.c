/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a plan: from quantities of the block to slots. Works out what each figure is worth in
 * the prices of the start when it was given in those of another year. */
#include "domain/plan_build.h"

#include "base/lanes.h"

/* A known rate in one calendar year, as a share: that of the year, or a number that holds in all.
 */
static bool known_rate(const hr_params *p, hr_real known_pct, int year, double *rate)
{
    const hr_quantity *known = hr_params_quantity(p, known_pct);
    const hr_point *point = HR_SPAN(p, known->points, hr_point);
    if (known->kind == HR_QUANTITY_NUMBER) {
        *rate = known->value / 100.0;
        return true;
    }
    for (uint32_t i = 0; known->kind == HR_QUANTITY_SERIES && i < known->points.count; i++)
        if (point[i].year == year) {
            *rate = point[i].value / 100.0;
            return true;
        }
    return false;
}

/* The rate of a yearly process in one calendar year as far as it is known: its known rate, else its
 * deflator, else its mean. A world that has another mean does not make the start dearer or cheaper.
 */
static double process_rate(const hr_params *p, const hr_params_process *process, int year)
{
    double rate;
    if (known_rate(p, process->known_pct, year, &rate))
        return rate;
    const bool given = hr_real_given(p, process->deflator_pct);
    return hr_quantity_middle(p, given ? process->deflator_pct : process->mean_pct) / 100.0;
}

double hr_quantity_middle(const hr_params *p, hr_real real)
{
    const hr_quantity *q = hr_params_quantity(p, real);
    if (q->kind == HR_QUANTITY_SERIES)
        return HR_SPAN(p, q->points, hr_point)->value;
    if (q->kind == HR_QUANTITY_NUMBER)
        return q->value;
    return q->kind == HR_QUANTITY_ABSENT
               ? 0.0
               : q->dist[q->family == HR_DIST_TRIANGULAR || q->family == HR_DIST_PERT];
}

/* What costs of the first school are expected to grow by, plus the gap between funding and costs.
 */
static double grant_rate(const hr_params *p, int year)
{
    const hr_params_world *w = &p->scenario.world_drivers;
    double rate;
    if (known_rate(p, w->funding_known_pct, year, &rate))
        return rate;
    const hr_params_school *s = HR_SPAN(p, p->scenario.schools, hr_params_school);
    const hr_real *share = s->spending_share;
    const double teachers = hr_quantity_middle(p, share[HR_cost_TEACHERS]) / 100.0;
    const double support = hr_quantity_middle(p, share[HR_cost_SUPPORT]) / 100.0;
    const double gap = hr_quantity_middle(p, w->structural_gap_pct) / 100.0;
    return teachers * process_rate(p, &w->teacher_pay, year) +
           support * process_rate(p, &w->support_pay, year) +
           (1.0 - teachers - support) * process_rate(p, &w->prices, year) + gap;
}

static double rate_of(const hr_params *p, hr_grows grows, int year)
{
    const hr_params_world *w = &p->scenario.world_drivers;
    switch (grows) {
    case HR_GROWS_GRANT: return grant_rate(p, year);
    case HR_GROWS_TEACHER_PAY: return process_rate(p, &w->teacher_pay, year);
    case HR_GROWS_SUPPORT_PAY: return process_rate(p, &w->support_pay, year);
    case HR_GROWS_PRICES:
    case HR_GROWS_ENERGY: return process_rate(p, &w->prices, year);
    default: return 0.0;
    }
}

/* From the prices of `from` to those of the start. */
static double to_start(const hr_params *p, hr_grows grows, int from)
{
    const int start = p->scenario.start_year;
    double factor = 1.0;
    for (int y = from + 1; y <= start; y++)
        factor *= 1.0 + rate_of(p, grows, y);
    for (int y = start + 1; y <= from; y++)
        factor /= 1.0 + rate_of(p, grows, y);
    return factor;
}

static bool fill_number(const hr_plan *plan, const hr_quantity *q, hr_slot *slot, hr_arena *arena)
{
    double *value = HR_TAKE(arena, double, plan->years + 1);
    int *base = HR_TAKE(arena, int, plan->years + 1);
    if (!value || !base)
        return false;
    const int from = q->price_year ? q->price_year : plan->start_year;
    for (int t = 0; t <= plan->years; t++)
        value[t] = q->value * to_start(plan->params, slot->grows, from);
    slot->value = value;
    slot->base = base;
    return true;
}

/* A series holds until its next entry, and after the last grows from that entry's year; before the
 * first the first is taken, in its own prices. */
static bool fill_series(const hr_plan *plan, const hr_quantity *q, hr_slot *slot, hr_arena *arena)
{
    const hr_point *point = HR_SPAN(plan->params, q->points, hr_point);
    double *value = HR_TAKE(arena, double, plan->years + 1);
    bool *exact = HR_TAKE(arena, bool, plan->years + 1);
    int *base = HR_TAKE(arena, int, plan->years + 1);
    if (!value || !exact || !base)
        return false;
    for (int t = 0; t <= plan->years; t++) {
        const int year = plan->start_year + t;
        uint32_t e = 0;
        while (e + 1 < q->points.count && point[e + 1].year <= year)
            e++;
        const int entry = point[e].year;
        const bool last = e + 1 == q->points.count, begun = entry <= year;
        const bool after_start = entry > plan->start_year;
        exact[t] = entry == year;
        base[t] = begun && !last         ? HR_BASE_HOLDS
                  : begun && after_start ? entry - plan->start_year + 1
                                         : 0;
        value[t] =
            point[e].value * (base[t] == 0 ? to_start(plan->params, slot->grows, entry) : 1.0);
    }
    slot->before = HR_UNKNOWN;
    for (uint32_t e = 0; e < q->points.count; e++)
        if (point[e].year == plan->start_year - 1)
            slot->before = point[e].value;
    slot->value = value;
    slot->exact = exact;
    slot->base = base;
    return true;
}

static bool fill_distribution(const hr_plan *plan, const hr_quantity *q, hr_slot *slot,
                              hr_arena *arena)
{
    const bool table = q->family == HR_DIST_DISCRETE || q->family == HR_DIST_EMPIRICAL;
    const bool chances = q->family == HR_DIST_DISCRETE;
    const double *number = HR_SPAN(plan->params, q->points, double);
    const int count = (int)q->points.count / (chances ? 2 : 1);
    const hr_dist dist = {.family = (hr_dist_family)q->family,
                          .a = q->dist[0],
                          .b = q->dist[1],
                          .c = q->dist[2],
                          .low = q->low,
                          .high = q->high,
                          .value = table ? number : NULL,
                          .chance = chances ? number + count : NULL,
                          .values = table ? count : 0};
    slot->factor =
        to_start(plan->params, slot->grows, q->price_year ? q->price_year : plan->start_year);
    slot->sampler = hr_sampler_new(arena, &dist);
    return slot->sampler != NULL;
}

/* An earlier slot whose figure and growth are the same in every year: schools share most defaults.
 */
static int same_figure(const hr_plan *plan, int slot)
{
    const hr_slot *x = &plan->slot[slot];
    if (x->kind != HR_QUANTITY_NUMBER && x->kind != HR_QUANTITY_SERIES)
        return 0;
    for (int i = 1; i < slot; i++) {
        const hr_slot *y = &plan->slot[i];
        if ((y->kind != HR_QUANTITY_NUMBER && y->kind != HR_QUANTITY_SERIES) ||
            y->grows != x->grows || y->same_as)
            continue;
        int t = 0;
        while (t <= plan->years && x->value[t] == y->value[t] && x->base[t] == y->base[t])
            t++;
        if (t > plan->years)
            return i;
    }
    return 0;
}

static bool is_future(const hr_slot *x) { return x->kind == HR_QUANTITY_FUTURE; }
static bool is_yearly(const hr_slot *x) { return x->kind == HR_QUANTITY_YEAR; }
static bool is_stepping(const hr_slot *x)
{
    return x->kind == HR_QUANTITY_SERIES && x->grows == HR_GROWS_NONE;
}
static bool is_growing(const hr_slot *x)
{
    return x->kind != HR_QUANTITY_ABSENT && x->grows != HR_GROWS_NONE && !x->same_as;
}

/* So that a year visits the few settings that move and not the thousand that do not. */
static bool list_slots(const hr_plan *plan, bool (*belongs)(const hr_slot *), hr_slot_list *list,
                       hr_arena *arena)
{
    int *slot = HR_TAKE(arena, int, plan->slots);
    if (!slot)
        return false;
    list->slot = slot;
    for (int i = 1; i < plan->slots; i++)
        if (belongs(&plan->slot[i]))
            slot[list->count++] = i;
    return true;
}

bool hr_plan_settings(hr_plan *plan, hr_arena *arena)
{
    const hr_params *p = plan->params;
    const hr_quantity *q = HR_SPAN(p, p->quantities, hr_quantity);
    plan->slots = (int)p->quantities.count;
    plan->slot = HR_TAKE(arena, hr_slot, plan->slots);
    if (!plan->slot)
        return false;
    for (int i = 0; i < plan->slots; i++, q++) {
        hr_slot *slot = &plan->slot[i];
        slot->kind = (hr_quantity_kind)q->kind;
        slot->grows = (hr_grows)q->grows;
        slot->entity = q->entity;
        slot->persistence = q->persistence;
        slot->correlated = -1;
        bool ok = true;
        switch (slot->kind) {
        case HR_QUANTITY_ABSENT: break;
        case HR_QUANTITY_NUMBER: ok = fill_number(plan, q, slot, arena); break;
        case HR_QUANTITY_SERIES: ok = fill_series(plan, q, slot, arena); break;
        case HR_QUANTITY_FUTURE:
        case HR_QUANTITY_YEAR: ok = fill_distribution(plan, q, slot, arena); break;
        }
        if (!ok)
            return false;
        slot->same_as = slot->grows == HR_GROWS_NONE ? 0 : same_figure(plan, i);
    }
    return list_slots(plan, is_future, &plan->future, arena) &&
           list_slots(plan, is_yearly, &plan->yearly, arena) &&
           list_slots(plan, is_stepping, &plan->stepping, arena) &&
           list_slots(plan, is_growing, &plan->growing, arena);
}

/* One that is correlated stays, for others hang on its normal. */
static void unread(hr_plan *plan, hr_real real)
{
    hr_slot *slot = &plan->slot[real];
    slot->unread = slot->kind == HR_QUANTITY_FUTURE && slot->correlated < 0;
}

/* Of one drawn every year, what it was before the start, unless a later year keeps some of it. */
static void unread_at_start(hr_plan *plan, hr_real real)
{
    hr_slot *slot = &plan->slot[real];
    slot->unread = slot->kind == HR_QUANTITY_YEAR && slot->persistence == 0.0;
}

void hr_plan_unread(hr_plan *plan)
{
    const hr_params_scenario *p = &plan->params->scenario;
    for (int s = 0; s < plan->schools; s++) {
        const hr_params_school *par = plan->school[s].par;
        if (!plan->school[s].full)
            unread(plan, par->oversubscription_pct);
        if (plan->school[s].candidate >= 0 || hr_real_given(plan->params, par->reserves))
            unread(plan, par->reserves_pct);
        if (!hr_is_nan(par->spending))
            unread(plan, par->in_year_pct);
    }
    const bool scored = !hr_plan_always(plan, p->growth_policy.min_score, 0.0);
    for (int m = 0; m < HR_N_merit && !scored; m++) {
        unread(plan, p->growth_policy.score_weight[m]);
        for (int k = 0; k < plan->candidates; k++)
            unread(plan, plan->candidate[k].par->score[m]);
    }
    if (plan->onboarding_told)
        unread(plan, p->capacity.onboarding_base_days);
    unread_at_start(plan, p->funding.growth_share);
    unread_at_start(plan, p->funding.falling_share);
    if (!p->capacity.self_rating.count)
        unread(plan, p->capacity.self_rating_error);
}
