/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what stresses leave. It must not know how it came to be. */
#include "analysis/stress.h"

#include <string.h>

#include "analysis/looks.h"

hr_estimate hr_stress_harm(const hr_stress_figures *f)
{
    return f->more[hr_mark_risk(HR_R_RESERVES_BELOW_POLICY)];
}

hr_estimate hr_stress_overload(const hr_stress_figures *f)
{
    return f->more[hr_mark_risk(HR_R_CAPACITY_OVERLOAD)];
}

static hr_estimate less(hr_estimate more)
{
    return (hr_estimate){
        .value = -more.value, .se = more.se, .lo = -more.hi, .hi = -more.lo, .n = more.n};
}

hr_estimate hr_stress_loss(const hr_stress_figures *f)
{
    return less(f->mean_more[HR_STRESS_RESERVES]);
}

hr_estimate hr_stress_fewer_targets(const hr_stress_figures *f) { return less(f->met_more); }

const hr_stress_result *hr_stress_most(const hr_stresses *s, hr_stress_figure_of *of)
{
    const hr_stress_result *found = NULL;
    for (int i = 0; i < s->stresses; i++) {
        const hr_estimate e = of(&s->stress[i].figures);
        if (e.lo > 0.0 && (found == NULL || e.value > of(&found->figures).value))
            found = &s->stress[i];
    }
    return found;
}

const hr_stress_result *hr_stress_short_of_days(const hr_stresses *s)
{
    return hr_stress_most(s, hr_stress_overload);
}

const hr_stress_result *hr_stress_breaks_targets(const hr_stresses *s)
{
    return s->base->targets > 0 ? hr_stress_most(s, hr_stress_fewer_targets) : NULL;
}

/* ---- how exact ---- */

static double wider(double half, const hr_stress_figures *f, int mark)
{
    return hr_wider(hr_wider(half, f->p[mark]), f->more[mark]);
}

double hr_stresses_half(const hr_stresses *s)
{
    const int policy = hr_mark_risk(HR_R_RESERVES_BELOW_POLICY);
    const int days = hr_mark_risk(HR_R_CAPACITY_OVERLOAD);
    const int all = hr_mark_of_all(s->base->targets, HR_ALL_TARGETS);
    const hr_stress_result *shortest = hr_stress_short_of_days(s);
    const hr_stress_result *breaks = hr_stress_breaks_targets(s);
    double half = wider(wider(0.0, &s->of_base, policy), &s->of_base, days);
    half = wider(half, &s->together, policy);
    for (int i = 0; i < s->stresses; i++)
        half = wider(half, &s->stress[i].figures, policy);
    if (shortest != NULL)
        half = wider(half, &shortest->figures, days);
    if (breaks != NULL)
        half = wider(wider(half, &s->of_base, all), &breaks->figures, all);
    return half;
}

/* ---- what a client reads ---- */

uint64_t hr_stresses_paths_asked(const hr_stresses *s) { return s->base->paths_asked; }

const char *hr_stresses_limit_passed(const hr_stresses *s)
{
    return hr_result_limit_passed(s->asked);
}

bool hr_stresses_harm(const hr_stresses *s, const char *id, double *value, double *lo, double *hi)
{
    const hr_stress_figures *f = strcmp(id, "together") == 0 ? &s->together : NULL;
    for (int i = 0; i < s->stresses; i++)
        if (strcmp(s->stress[i].of->id, id) == 0)
            f = &s->stress[i].figures;
    if (f == NULL)
        return false;
    const hr_estimate harm = hr_stress_harm(f);
    *value = harm.value;
    *lo = harm.lo;
    *hi = harm.hi;
    return true;
}
