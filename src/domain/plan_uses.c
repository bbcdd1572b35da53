/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which mechanisms a scenario uses: settings that say on every path and in every year that there is
 * nothing of one are seen here, once, so that a path spends no time on it. */
#include "domain/plan_build.h"

static bool services_have_customers(const hr_plan *plan)
{
    const hr_span span = plan->params->scenario.centre.services;
    const hr_params_service *row = HR_SPAN(plan->params, span, hr_params_service);
    for (uint32_t r = 0; r < span.count; r++) {
        const bool any = row[r].customers > 0.0 || !hr_plan_always(plan, row[r].new_customers, 0.0);
        if (any && !hr_plan_always(plan, row[r].price_outside, 0.0))
            return true;
    }
    return false;
}

/* Whether the top-slice pools, and looks back on floors of the reserves policy. */
static void uses_of_topslice(hr_plan *plan)
{
    const hr_params *p = plan->params;
    const hr_params_topslice *t = &p->scenario.topslice;
    const hr_params_reserves_policy *r = &p->scenario.reserves_policy;
    const bool by_rate = hr_topslice_by_rate(t->form);
    plan->grants_pooled = t->form == HR_topslice_form_POOLED;
    plan->centre_recovers = by_rate && hr_real_given(p, r->centre_floor_pct) &&
                            !hr_plan_always(plan, t->recovery_points, 0.0);
    plan->schools_relieved = by_rate && hr_real_given(p, r->school_floor_pct) &&
                             !hr_plan_always(plan, t->relief_points, 0.0);
}

/* What rows of the register do to schools. */
static void uses_of_risks(hr_plan *plan)
{
    for (int r = 0; r < plan->risks; r++) {
        const hr_params_risk *row = &plan->risk[r];
        plan->may_end = plan->may_end || (row->trust_ends && row->hits == HR_reach_TRUST);
        plan->risks_lower = plan->risks_lower || row->quality_falls;
        plan->risks_take = plan->risks_take || row->school_leaves;
        plan->risks_starve = plan->risks_starve || !hr_plan_always(plan, row->entry_pct, 0.0);
        plan->risks_borrow = plan->risks_borrow || !hr_plan_always(plan, row->lent_days_pct, 0.0);
    }
}

/* Is a setting, of those that do not grow, the same in every year of a path? */
static bool stays(const hr_plan *plan, hr_real real)
{
    const hr_quantity_kind kind = plan->slot[real].kind;
    return kind == HR_QUANTITY_NUMBER || kind == HR_QUANTITY_FUTURE;
}

static void uses_of_classes(hr_plan *plan)
{
    for (int s = 0; s < plan->schools; s++) {
        hr_plan_school *school = &plan->school[s];
        school->classes_stay_planned = !hr_fills(school) && stays(plan, school->par->class_size) &&
                                       stays(plan, school->par->class_stretch_pct);
    }
}

void hr_plan_uses(hr_plan *plan)
{
    const hr_params_scenario *p = &plan->params->scenario;
    const hr_params_offer *offer = &p->centre.offer;
    plan->offer = !hr_plan_always(plan, offer->base, 0.0);
    plan->onboarding_told =
        plan->posts > 0 || (plan->offer && !hr_plan_always(plan, offer->onboarding_days, 0.0));
    plan->protects = !hr_plan_always(plan, p->capacity.protected_pct, 0.0) ||
                     !hr_plan_always(plan, p->capacity.protected_sum, 0.0);
    plan->advisers_move =
        plan->protects || !hr_plan_always(plan, p->budget.recovery_bought_in, 0.0);
    for (int k = 0; k < plan->posts; k++)
        plan->capital_posts = plan->capital_posts || plan->post[k].from_capital;
    plan->customers = services_have_customers(plan);
    plan->posts_may_go = plan->posts > 0 && !hr_plan_always(plan, p->budget.least_posts, 1.0);
    uses_of_risks(plan);
    uses_of_classes(plan);
    uses_of_topslice(plan);
}
