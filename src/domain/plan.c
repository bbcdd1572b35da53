/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building a plan: settings, schools, candidates and everyone's luck numbers. */
#include "domain/plan.h"

#include <string.h>

#include "base/lanes.h"
#include "base/sha256.h"
#include "domain/plan_build.h"

double hr_plan_month(const hr_plan *plan, int32_t month)
{
    return (double)(month - (plan->start_year * 12 + 8));
}

/* The luck number of "first.second". False when the two ids together are too long to be ids. */
static bool entity_of_pair(const char *first, const char *second, uint32_t *entity)
{
    char key[512];
    const size_t a = strlen(first), b = strlen(second);
    if (a + b + 2 > sizeof key)
        return false;
    memcpy(key, first, a);
    key[a] = '.';
    memcpy(key + a + 1, second, b + 1);
    *entity = hr_entity_number(key);
    return true;
}

static bool derive_candidate(hr_plan *plan, int k, hr_arena *arena)
{
    const hr_params *p = plan->params;
    hr_plan_candidate *c = &plan->candidate[k];
    c->par = HR_SPAN(p, p->candidates, hr_params_candidate) + k;
    c->id = hr_params_text(p, c->par->id);
    c->name = c->par->name ? hr_params_text(p, c->par->name) : c->id;
    c->entity = hr_entity_number(c->id);
    c->pipeline = HR_SPAN(p, p->pipeline_of, int32_t)[k];
    c->slot = HR_SPAN(p, p->slot_of, int32_t)[k];
    c->wished = c->pipeline < 0 ? hr_plan_month(plan, c->par->wished) : HR_UNKNOWN;
    c->condition = HR_SPAN(p, c->par->conditions, hr_params_condition);
    c->conditions = (int)c->par->conditions.count;
    if (c->conditions > HR_CONDITIONS_MAX)
        c->conditions = HR_CONDITIONS_MAX;
    int *school = HR_TAKE(arena, int, c->par->schools.count + 1);
    uint32_t *entity = HR_TAKE(arena, uint32_t, c->conditions + 1);
    if (!school || !entity)
        return false;
    for (int s = 0; s < plan->schools; s++)
        if (plan->school[s].candidate == k)
            school[c->schools++] = s;
    for (int i = 0; i < c->conditions; i++)
        if (!entity_of_pair(c->id, hr_params_text(p, c->condition[i].id), &entity[i]))
            return false;
    c->school = school;
    c->condition_entity = entity;
    return true;
}

/* Is candidate a decided before b? Priority, then the date wished (the pipeline has none yet and
 * comes last), then the id, which is the order they stand in. */
static bool before(const hr_plan *plan, int a, int b)
{
    const hr_plan_candidate *x = &plan->candidate[a], *y = &plan->candidate[b];
    if (x->par->priority != y->par->priority)
        return x->par->priority < y->par->priority;
    const double wished_x = hr_is_nan(x->wished) ? 1e9 : x->wished;
    const double wished_y = hr_is_nan(y->wished) ? 1e9 : y->wished;
    return wished_x != wished_y ? wished_x < wished_y : a < b;
}

bool hr_plan_candidates(hr_plan *plan, hr_arena *arena)
{
    const hr_params *p = plan->params;
    plan->candidates = (int)p->candidates.count;
    plan->candidate = HR_TAKE(arena, hr_plan_candidate, plan->candidates + 1);
    plan->gate_order = HR_TAKE(arena, int, plan->candidates + 1);
    if (!plan->candidate || !plan->gate_order)
        return false;
    for (int k = 0; k < plan->candidates; k++)
        if (!derive_candidate(plan, k, arena))
            return false;
    for (int k = 0; k < plan->candidates; k++) {
        int at = k;
        while (at > 0 && before(plan, k, plan->gate_order[at - 1])) {
            plan->gate_order[at] = plan->gate_order[at - 1];
            at--;
        }
        plan->gate_order[at] = k;
    }
    return true;
}

static uint32_t *entities(const hr_params *p, const void *row, size_t bytes, int rows,
                          hr_arena *arena)
{
    uint32_t *entity = HR_TAKE(arena, uint32_t, rows + 1);
    for (int i = 0; entity && i < rows; i++) {
        hr_text id; /* the id is the first member of every row */
        memcpy(&id, (const char *)row + (size_t)i * bytes, sizeof id);
        entity[i] = hr_entity_number(hr_params_text(p, id));
    }
    return entity;
}

/* Whom the rows of the register name, and everyone's luck with each. */
static bool risk_entities(hr_plan *plan, hr_arena *arena)
{
    const int wide = plan->schools + 1;
    plan->risk_entity = HR_TAKE(arena, uint32_t, plan->risks * wide + 1);
    plan->risk_school = HR_TAKE(arena, int, plan->risks + 1);
    if (!plan->risk_entity || !plan->risk_school)
        return false;
    for (int r = 0; r < plan->risks; r++) {
        const hr_text named = plan->risk[r].school;
        plan->risk_school[r] =
            named ? hr_plan_school_of(plan, hr_params_text(plan->params, named)) : -1;
        const char *id = hr_params_text(plan->params, plan->risk[r].id);
        for (int s = 0; s < plan->schools; s++)
            if (!entity_of_pair(id, plan->school[s].id, &plan->risk_entity[r * wide + s]))
                return false;
        plan->risk_entity[r * wide + plan->schools] = hr_entity_number(id);
    }
    return true;
}

_Static_assert(offsetof(hr_params_area, id) == 0 && offsetof(hr_params_post, id) == 0 &&
                   offsetof(hr_params_pipeline, id) == 0,
               "entities() reads the id as the first member of a row");

hr_plan *hr_plan_new(const hr_params *p, hr_arena *arena, const char **why)
{
    *why = NULL;
    hr_plan *plan = HR_TAKE(arena, hr_plan, 1);
    if (!plan)
        return NULL;
    if (p->magic != HR_PARAMS_MAGIC || p->scenario.schools.count == 0) {
        *why = "a trust needs at least one school";
        return NULL;
    }
    plan->params = p;
    plan->start_year = p->scenario.start_year;
    plan->years = p->scenario.years;
    plan->area = HR_SPAN(p, p->scenario.areas, hr_params_area);
    plan->areas = (int)p->scenario.areas.count;
    plan->risk = HR_SPAN(p, p->scenario.risks, hr_params_risk);
    plan->risks = (int)p->scenario.risks.count;
    plan->post = HR_SPAN(p, p->scenario.centre.posts, hr_params_post);
    plan->posts = (int)p->scenario.centre.posts.count;
    plan->pipeline = HR_SPAN(p, p->scenario.pipeline, hr_params_pipeline);
    plan->pipelines = (int)p->scenario.pipeline.count;
    plan->duty_until = p->scenario.joining.directed_duty_until == HR_NOT_GIVEN
                           ? INT32_MAX
                           : (int)hr_plan_month(plan, p->scenario.joining.directed_duty_until);
    plan->area_entity = entities(p, plan->area, sizeof *plan->area, plan->areas, arena);
    plan->post_entity = entities(p, plan->post, sizeof *plan->post, plan->posts, arena);
    plan->pipeline_entity =
        entities(p, plan->pipeline, sizeof *plan->pipeline, plan->pipelines, arena);
    const bool ok = plan->area_entity && plan->post_entity && plan->pipeline_entity &&
                    hr_plan_settings(plan, arena) && hr_plan_correlations(plan, arena) &&
                    hr_plan_schools(plan, arena) && hr_plan_candidates(plan, arena) &&
                    risk_entities(plan, arena);
    if (ok) {
        hr_plan_uses(plan);
        hr_plan_unread(plan);
    }
    return ok ? plan : NULL;
}
