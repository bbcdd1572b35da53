/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlations of a plan. Two sets of standard normals may move together: those of each year (the
 * drivers of the world and settings drawn every year) and those of the whole future (settings drawn
 * once). */
#include "domain/plan_build.h"

#include <string.h>

#include "stoch/correlate.h"
#include "stoch/draws.h"

typedef struct {
    int *slot; /* of each member; -1 for a driver */
    double *matrix;
    int n;
} hr_set;

static int find_slot(const hr_plan *plan, const char *key)
{
    for (int i = 1; i < plan->slots; i++)
        if (strcmp(hr_params_text(plan->params, hr_params_quantity(plan->params, (hr_real)i)->key),
                   key) == 0)
            return i;
    return -1;
}

/* The member of a key in the set of its rhythm, added when new. -1: the key is not one that is
 * drawn. */
static int member(hr_plan *plan, const char *key, hr_set *world, hr_set *future, hr_set **set)
{
    const int driver = hr_driver_find(key);
    if (driver >= 0 && driver < HR_WORLD_NORMALS) {
        *set = world;
        return driver;
    }
    const int slot = find_slot(plan, key);
    if (slot < 0 || plan->slot[slot].kind < HR_QUANTITY_FUTURE)
        return -1;
    *set = plan->slot[slot].kind == HR_QUANTITY_YEAR ? world : future;
    if (plan->slot[slot].correlated < 0) {
        if ((*set)->n == HR_CORRELATED_MAX)
            return -1; /* config has refused so many */
        plan->slot[slot].correlated = (*set)->n;
        (*set)->slot[(*set)->n++] = slot;
    }
    return plan->slot[slot].correlated;
}

static const double *factor_of(const hr_set *set, double *matrix, int room, hr_arena *arena,
                               double *change)
{
    const int n = set->n;
    double *square = HR_TAKE(arena, double, n *n + 1);
    double *factor = HR_TAKE(arena, double, n *n + 1);
    double *work = HR_TAKE(arena, double, 3 * n * n + 1);
    if (!square || !factor || !work)
        return NULL;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            square[i * n + j] = i == j ? 1.0 : matrix[i * room + j];
    double largest = 0.0;
    if (n)
        hr_correlate_factor(square, n, factor, &largest, work);
    *change = largest > *change ? largest : *change;
    return factor;
}

bool hr_plan_correlations(hr_plan *plan, hr_arena *arena)
{
    const hr_params *p = plan->params;
    const hr_params_correlation *row = HR_SPAN(p, p->scenario.correlations, hr_params_correlation);
    const int rows = (int)p->scenario.correlations.count, room = HR_CORRELATED_MAX;
    hr_set world = {HR_TAKE(arena, int, room), HR_TAKE(arena, double, room *room),
                    HR_WORLD_NORMALS};
    hr_set future = {HR_TAKE(arena, int, room), HR_TAKE(arena, double, room *room), 0};
    if (!world.slot || !world.matrix || !future.slot || !future.matrix)
        return false;
    for (int i = 0; i < HR_WORLD_NORMALS; i++)
        world.slot[i] = -1;
    for (int r = 0; r < rows; r++) {
        hr_set *set_a = NULL, *set_b = NULL;
        const int a = member(plan, hr_params_text(p, row[r].a), &world, &future, &set_a);
        const int b = member(plan, hr_params_text(p, row[r].b), &world, &future, &set_b);
        if (a < 0 || b < 0 || set_a != set_b)
            continue; /* config has refused it */
        set_a->matrix[a * room + b] = set_a->matrix[b * room + a] = row[r].rho;
    }
    plan->world_set = world.n;
    plan->future_set = future.n;
    plan->world_slot = world.slot;
    plan->future_slot = future.slot;
    plan->world_factor = factor_of(&world, world.matrix, room, arena, &plan->correlation_change);
    plan->future_factor = factor_of(&future, future.matrix, room, arena, &plan->correlation_change);
    return plan->world_factor && plan->future_factor;
}
