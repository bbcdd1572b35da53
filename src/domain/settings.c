/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings as lanes: constant, by year, drawn once or drawn every year, all the same to the steps.
 * A figure in pounds grows with the index of its kind from the year whose prices it is in. */
#include "domain/steps.h"

#include "base/vmath.h"
#include "domain/tracing.h"
#include "stoch/correlate.h"

/* From standard normals to the figure, in prices of the start. */
static void sample(const hr_slot *slot, double *x, int n)
{
    const double factor = slot->factor;
    hr_sample_lanes(slot->sampler, x, x, n);
    if (factor != 1.0)
        HR_FOR_LANES(i, n)
            x[i] *= factor;
}

void hr_settings_open(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_plan *plan = b->plan;
    for (int k = 0; k < plan->future.count; k++) {
        const int i = plan->future.slot[k];
        if (plan->slot[i].unread && !b->trace)
            continue;
        hr_normal(b, HR_D_ASSUMPTION, plan->slot[i].entity, 0, b->drawn[i]);
    }
    for (int k = 0; k < plan->yearly.count; k++) {
        const int i = plan->yearly.slot[k]; /* the start knows them as they were the year before */
        if (plan->slot[i].unread && !b->trace)
            continue;
        hr_normal(b, HR_D_ASSUMPTION_YEAR, plan->slot[i].entity, (uint32_t)(plan->start_year - 1),
                  b->normal[i]);
        hr_copy(b->own[i], b->normal[i], n);
        sample(&plan->slot[i], b->own[i], n);
    }
    double *set[HR_CORRELATED_MAX];
    for (int k = 0; k < plan->future_set; k++)
        set[k] = b->drawn[plan->future_slot[k]];
    if (plan->future_set)
        hr_correlate_lanes(plan->future_factor, plan->future_set, set, n);
    for (int k = 0; k < plan->future.count; k++) {
        const int i = plan->future.slot[k];
        if (plan->slot[i].unread && !b->trace)
            continue;
        sample(&plan->slot[i], b->drawn[i], n);
        if (b->trace)
            hr_trace_setting(b, i, b->drawn[i][b->trace->lane]);
    }
}

/* A standard normal that keeps `persistence` of the last one. */
static void persist(double *last, const double *fresh, double persistence, int n)
{
    const double keep = persistence, add = hr_sqrt(1.0 - persistence * persistence);
    for (int i = 0; i < n; i++)
        last[i] = keep * last[i] + add * fresh[i];
}

void hr_settings_draw_year(hr_batch *b)
{
    const int n = hr_lanes(b);
    const hr_plan *plan = b->plan;
    const uint32_t year = (uint32_t)b->year;
    double *const first[4] = {b->scratch[0], b->scratch[1], b->scratch[2], b->scratch[3]};
    double *const second[4] = {b->scratch[4], b->scratch[5], b->scratch[6], b->scratch[7]};
    hr_group_of_draws(b, HR_D_FUNDING, 0, year, first);
    hr_group_of_draws(b, HR_D_ENERGY, 0, year, second);
    double *set[HR_CORRELATED_MAX];
    for (int k = 0; k < plan->world_set; k++)
        set[k] = k < HR_WORLD_NORMALS ? b->scratch[k] : b->own[plan->world_slot[k]];
    for (int k = 0; k < plan->yearly.count; k++) {
        const int i = plan->yearly.slot[k];
        hr_normal(b, HR_D_ASSUMPTION_YEAR, plan->slot[i].entity, year, b->own[i]);
    }
    hr_correlate_lanes(plan->world_factor, plan->world_set, set, n);
    for (int k = 0; k < plan->yearly.count; k++) {
        const int i = plan->yearly.slot[k];
        const hr_slot *slot = &plan->slot[i];
        if (slot->persistence > 0.0) {
            persist(b->normal[i], b->own[i], slot->persistence, n);
            hr_copy(b->own[i], b->normal[i], n);
        }
        sample(slot, b->own[i], n);
        if (b->trace)
            hr_trace_setting(b, i, b->own[i][b->trace->lane]);
    }
}

void hr_settings_plain(hr_batch *b)
{
    const hr_slot_list list = b->plan->stepping;
    for (int k = 0; k < list.count; k++)
        hr_fill(b->own[list.slot[k]], b->plan->slot[list.slot[k]].value[b->t], b->lanes);
}

void hr_settings_growing(hr_batch *b)
{
    const int n = hr_lanes(b), stride = b->plan->years + 1;
    for (int k = 0; k < b->plan->growing.count; k++) {
        const int i = b->plan->growing.slot[k];
        const hr_slot *slot = &b->plan->slot[i];
        hr_in now = hr_index(b, slot->grows);
        hr_out x = b->own[i];
        if (slot->kind == HR_QUANTITY_NUMBER || slot->kind == HR_QUANTITY_SERIES) {
            const double value = slot->value[b->t];
            if (slot->base[b->t] == HR_BASE_HOLDS) {
                hr_fill(x, value, n);
                continue;
            }
            if (slot->base[b->t] == 0) {
                HR_FOR_LANES(l, n)
                    x[l] = value * now[l];
                continue;
            }
            hr_in then = hr_of(b->index, (int)slot->grows * stride + slot->base[b->t], n);
            HR_FOR_LANES(l, n)
                x[l] = value * now[l] / then[l];
        } else if (slot->kind == HR_QUANTITY_FUTURE) {
            hr_in drawn = b->drawn[i];
            HR_FOR_LANES(l, n)
                x[l] = drawn[l] * now[l];
        } else {
            HR_FOR_LANES(l, n)
                x[l] *= now[l];
        }
    }
}
