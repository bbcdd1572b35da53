/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs as looks: what one gives, what it holds and how exact it is. It must not know how a number
 * of futures is searched for. */
#include "analysis/precise.h"

#include <stdlib.h>

#include "analysis/headlines.h"
#include "analysis/looks.h"
#include "analysis/opening.h"
#include "analysis/together.h"
#include "base/lanes.h"
#include "config/diag.h"

typedef struct {
    const hr_scenario *const *scenario;
    int count, years;
    bool pairs;
} asked;

typedef struct {
    int count;
    hr_result *result[HR_SCENARIOS_MOST];
    hr_pair_result *pair[HR_SCENARIOS_MOST];
    hr_arena *paired; /* of `pair` */
} look;

static void forget(void *what)
{
    look *l = what;
    if (l == NULL)
        return;
    for (int k = 0; k < l->count; k++)
        hr_result_free(l->result[k]);
    hr_arena_free(l->paired);
    free(l);
}

static hr_status take(void *user, void **what, const hr_run_options *o, hr_diags *diags)
{
    const asked *a = user;
    look *l = calloc(1, sizeof *l);
    if (l == NULL)
        return hr_diags_no_memory(diags);
    hr_status status = HR_NO_MEMORY;
    *l = (look){.count = a->count, .paired = a->pairs ? hr_arena_new() : NULL};
    if (a->pairs && l->paired == NULL)
        (void)hr_diags_no_memory(diags);
    else
        status = hr_together(l->result, a->scenario, a->count, a->years, o,
                             a->pairs ? l->pair : NULL, l->paired, diags);
    if (l->result[0] == NULL) {
        forget(l);
        return status;
    }
    *what = l;
    return status;
}

static uint64_t paths_of(const void *what) { return ((const look *)what)->result[0]->paths; }

static uint64_t held(const void *what)
{
    const look *l = what;
    uint64_t bytes = 0;
    for (int k = 0; k < l->count; k++)
        bytes += hr_result_held(l->result[k]);
    return bytes;
}

static double half_of_pair(const hr_pair_result *p)
{
    double half = hr_wider(0.0, p->risk[HR_R_RESERVES_BELOW_POLICY].any);
    half = hr_wider(half, p->risk[HR_R_CAPACITY_OVERLOAD].any);
    half = hr_wider(half, p->targets_all);
    for (int q = 0; q < p->targets; q++)
        half = hr_wider(half, p->target[q].p);
    return half;
}

static double half_of(const void *what)
{
    const look *l = what;
    double half = 0.0;
    for (int k = 0; k < l->count; k++)
        half = hr_max(half, hr_headlines_half(l->result[k]));
    for (int k = 1; k < l->count && l->paired != NULL; k++)
        half = hr_max(half, half_of_pair(l->pair[k]));
    return half;
}

hr_status hr_precise(hr_result **result, const hr_scenario *const *scenario, int count, int years,
                     const hr_run_options *o, hr_pair_result **pair, hr_arena **paired,
                     hr_diags *diags)
{
    asked a = {.scenario = scenario, .count = count, .years = years, .pairs = pair != NULL};
    const hr_looker looker = {.take = take,
                              .forget = forget,
                              .paths = paths_of,
                              .held = held,
                              .half = half_of,
                              .user = &a,
                              .most = HR_PATHS_MOST,
                              .each = 1};
    void *what;
    const hr_status status = hr_looks(&what, &looker, o, diags);
    look *l = what;
    for (int k = 0; k < count; k++) {
        result[k] = l != NULL ? l->result[k] : NULL;
        if (pair != NULL)
            pair[k] = l != NULL ? l->pair[k] : NULL;
    }
    if (pair != NULL)
        *paired = l != NULL ? l->paired : NULL;
    free(l);
    return status;
}

hr_status hr_run(hr_result **out, const hr_scenario *s, const hr_run_options *o, hr_diags *diags)
{
    return hr_precise(out, &s, 1, 0, o, NULL, NULL, diags);
}
