/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens scenarios for a run. It must not know how many are run, nor how. */
#include "analysis/opening.h"

#include <string.h>

#include "analysis/conditions.h"
#include "base/lanes.h"
#include "os/cpu.h"

hr_status hr_check_run_options(const hr_run_options *o, hr_diags *diags)
{
    const char *fault = NULL;
    if (o->paths < 1)
        fault = "the number of paths must be at least 1";
    else if (o->paths > HR_PATHS_MOST)
        fault = "the number of paths must be at most 4,000,000,000";
    else if (o->assumptions != 0 &&
             (o->assumptions < HR_ASSUMPTIONS_LEAST || o->assumptions > HR_ASSUMPTIONS_MOST))
        fault = "sets of assumptions must be 0, or 20 to 10,000";
    else if (o->threads < 0)
        fault = "the number of threads must be at least 1";
    else if (o->lanes < 0 || o->lanes > HR_LANES_MAX || o->lanes % HR_LANES_MIN != 0)
        fault = "lanes must be a multiple of 32 up to 256";
    else if (o->width < HR_WIDTH_BEST || o->width > HR_WIDTH_AVX512)
        fault = "the vector width must be 0, 1, 2 or 3";
    else if (o->width > (int)hr_cpu_width())
        fault = "this processor has no vectors of the width asked for";
    if (fault == NULL)
        return HR_OK;
    hr_diags_add(diags, HR_ERROR, NULL, 0, fault, NULL);
    return HR_USAGE;
}

static hr_batch_fn *batch_of(int width)
{
#if defined(__x86_64__) && !defined(HR_ONE_WIDTH)
    const hr_width w = width == HR_WIDTH_BEST ? hr_cpu_width() : (hr_width)width;
    if (w == HR_WIDTH_AVX512)
        return hr_engine_batch_avx512;
    if (w == HR_WIDTH_AVX2)
        return hr_engine_batch_avx2;
#endif
    (void)width;
    return hr_engine_batch;
}

/* The scenario's settings, in a block of their own where it is run for fewer years than it has. */
static const hr_params *settings_for(const hr_scenario *s, int years, hr_arena *arena)
{
    const hr_params *params = s->params;
    if (years == 0 || years == params->scenario.years)
        return params;
    hr_params *shorter = hr_arena_take(arena, params->bytes);
    if (shorter != NULL) {
        memcpy(shorter, params, params->bytes);
        shorter->scenario.years = years;
    }
    return shorter;
}

static hr_status open_plan(hr_result *r, int years, hr_diags *diags)
{
    const char *why = NULL;
    const hr_params *params = settings_for(r->scenario, years, r->arena);
    r->plan = params != NULL ? hr_plan_new(params, r->arena, &why) : NULL;
    if (r->plan == NULL) {
        if (why != NULL)
            hr_diags_add(diags, HR_ERROR, NULL, 0, why, NULL);
        return why != NULL ? HR_INVALID : HR_NO_MEMORY;
    }
    r->start_year = r->plan->start_year;
    r->years = r->plan->years;
    return HR_OK;
}

hr_status hr_open(hr_result **out, hr_study *study, const hr_scenario *scenario, int years,
                  const hr_run_options *o, hr_arena *arena, hr_diags *diags)
{
    *out = NULL;
    hr_arena *own = hr_arena_new();
    hr_result *r = own != NULL ? HR_TAKE(own, hr_result, 1) : NULL;
    if (r == NULL) {
        hr_arena_free(own);
        return HR_NO_MEMORY;
    }
    *r = (hr_result){.arena = own,
                     .scenario = scenario,
                     .seed = o->seed,
                     .paths_asked = o->paths,
                     .sets_asked = o->assumptions};
    hr_status status = open_plan(r, years, diags);
    if (status == HR_OK) {
        *study = (hr_study){.plan = r->plan,
                            .seed = o->seed,
                            .paths = o->paths,
                            .lanes = o->lanes != 0 ? o->lanes : HR_LANES_DEFAULT,
                            .batch = batch_of(o->width)};
        status = hr_conditions_read(r, study, o, arena, diags);
    }
    if (status == HR_OK)
        *out = r;
    else
        hr_result_free(r);
    return status;
}
