/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what stresses leave. It must not know how it came to be. */
#include "analysis/stress.h"

#include <string.h>

#include "analysis/looks.h"

hr_estimate hr_stress_harm(const hr_stress_figures *f)
{
    return f->more[hr_mark_risk(HR_R_RESERVES_BELOW_POLICY)];
}

static hr_estimate overload(const hr_stress_figures *f)
{
    return f->more[hr_mark_risk(HR_R_CAPACITY_OVERLOAD)];
}

static hr_estimate fewer_targets(const hr_stress_figures *f)
{
    return (hr_estimate){.value = -f->met_more.value, .lo = -f->met_more.hi};
}

/* The stress of which it is most; NULL where the futures cannot tell that from nothing. */
static const hr_stress_result *most(const hr_stresses *s,
                                    hr_estimate (*of)(const hr_stress_figures *))
{
    const hr_stress_result *found = &s->stress[0];
    for (int i = 1; i < s->stresses; i++)
        if (of(&s->stress[i].figures).value > of(&found->figures).value)
            found = &s->stress[i];
    return of(&found->figures).lo > 0.0 ? found : NULL;
}

const hr_stress_result *hr_stress_short_of_days(const hr_stresses *s) { return most(s, overload); }

const hr_stress_result *hr_stress_breaks_targets(const hr_stresses *s)
{
    return s->base->targets > 0 ? most(s, fewer_targets) : NULL;
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
