/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies loaded and run under worlds: what the tests of it share. Anything that cannot be
 * loaded fails the test. */
#ifndef HR_TESTS_SUPPORT_WORLDS_CASE_H
#define HR_TESTS_SUPPORT_WORLDS_CASE_H

#include "analysis/worlds.h"
#include "support/near.h"

#define WORLDS_PLAN "scenarios/trusts/learning-together.cfg"
#define WORLDS_NEVER "tests/scenarios/never.cfg" /* changes nothing within the horizon */

enum { WORLDS_STRATEGIES_MOST = 4, WORLDS_TRIED_MOST = 6 };

typedef struct {
    const hr_scenario *scenario[WORLDS_STRATEGIES_MOST][1 + WORLDS_TRIED_MOST];
    hr_worlds *w;
    hr_diags *diags;
} worlds_case;

/* An overlay, "KEY=VALUE" or NULL over the plan, in a world or, where that is NULL, as it is. */
static inline const hr_scenario *worlds_load(const char *path, const char *change,
                                             const char *world)
{
    hr_diags *diags = hr_diags_new();
    hr_scenario *s = NULL;
    hr_change list[2];
    size_t count = 0;
    if (world != NULL)
        list[count++] = (hr_change){HR_CHANGE_UNDER, world};
    if (change != NULL)
        list[count++] =
            (hr_change){strchr(change, '=') != NULL ? HR_CHANGE_SET : HR_CHANGE_WITH, change};
    if (hr_scenario_load(&s, path, list, count, diags) != HR_OK)
        fail_msg("%s: %s", path, hr_diags_get(diags, 0)->text);
    hr_diags_free(diags);
    return s;
}

static inline hr_status worlds_try(worlds_case *c, const char *const *change, int strategies,
                                   const char *const *world, int worlds, const hr_run_options *o)
{
    hr_strategy strategy[WORLDS_STRATEGIES_MOST];
    *c = (worlds_case){.diags = hr_diags_new()};
    for (int s = 0; s < strategies; s++) {
        for (int k = 0; k <= worlds; k++)
            c->scenario[s][k] = worlds_load(WORLDS_PLAN, change[s], k > 0 ? world[k - 1] : NULL);
        strategy[s] = (hr_strategy){.scenario = c->scenario[s], .with = change[s]};
    }
    return hr_worlds_run(&c->w, strategy, (size_t)strategies, world, (size_t)worlds, o, c->diags);
}

static inline void worlds_run(worlds_case *c, const char *const *change, int strategies,
                              const char *const *world, int worlds, const hr_run_options *o)
{
    if (worlds_try(c, change, strategies, world, worlds, o) != HR_OK)
        fail_msg("%s", hr_diags_count(c->diags) ? hr_diags_get(c->diags, 0)->text : "did not run");
}

static inline void worlds_close(worlds_case *c)
{
    hr_worlds_free(c->w);
    for (int s = 0; s < WORLDS_STRATEGIES_MOST; s++)
        for (int k = 0; k <= WORLDS_TRIED_MOST; k++)
            hr_scenario_free((hr_scenario *)(uintptr_t)c->scenario[s][k]);
    hr_diags_free(c->diags);
}

#endif
