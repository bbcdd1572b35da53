/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios loaded and compared: what the tests of comparisons share. Anything that cannot be
 * loaded or run fails the test. */
#ifndef HR_TESTS_SUPPORT_COMPARE_CASE_H
#define HR_TESTS_SUPPORT_COMPARE_CASE_H

#include "analysis/comparison.h"
#include "support/near.h"

#define COMPARE_PLAN "scenarios/trusts/learning-together.cfg"
#define COMPARE_SMART "scenarios/trusts/smart.cfg"
#define COMPARE_SMALL "tests/scenarios/small.cfg"

enum { COMPARED_MOST = 8 };

typedef struct {
    hr_scenario *scenario[COMPARED_MOST];
    hr_comparison *c;
    hr_diags *diags;
} compared;

/* A file with one change to it: an overlay, "KEY=VALUE", or NULL. */
typedef struct {
    const char *path, *change;
} variant;

static inline hr_scenario *compare_load(variant v, hr_diags *diags)
{
    hr_scenario *s = NULL;
    const bool set = v.change != NULL && strchr(v.change, '=') != NULL;
    const hr_change change = {.kind = set ? HR_CHANGE_SET : HR_CHANGE_WITH, .text = v.change};
    if (hr_scenario_load(&s, v.path, &change, v.change != NULL, diags) != HR_OK)
        fail_msg("%s: %s", v.path, hr_diags_get(diags, 0)->text);
    return s;
}

static inline hr_status compare_try(compared *d, const variant *v, int count,
                                    const hr_run_options *o)
{
    hr_compared list[COMPARED_MOST];
    *d = (compared){.diags = hr_diags_new()};
    for (int k = 0; k < count; k++) {
        d->scenario[k] = compare_load(v[k], d->diags);
        list[k] = (hr_compared){.scenario = d->scenario[k], .with = v[k].change};
    }
    return hr_compare(&d->c, list, (size_t)count, o, d->diags);
}

static inline void compare_close(compared *d)
{
    hr_comparison_free(d->c);
    for (int k = 0; k < COMPARED_MOST; k++)
        hr_scenario_free(d->scenario[k]);
    hr_diags_free(d->diags);
}

static inline void compare_run(compared *d, const variant *v, int count, uint64_t paths,
                               uint64_t seed)
{
    const hr_run_options o = {.seed = seed, .paths = paths};
    if (compare_try(d, v, count, &o) != HR_OK)
        fail_msg("%s", hr_diags_count(d->diags) ? hr_diags_get(d->diags, 0)->text : "not compared");
}

#define COMPARE(d, paths, seed, ...)                                                               \
    compare_run((d), (const variant[]){__VA_ARGS__},                                               \
                (int)(sizeof((const variant[]){__VA_ARGS__}) / sizeof(variant)), (paths), (seed))

static inline const hr_difference *compare_metric(const compared *d, int which, hr_metric m,
                                                  int year)
{
    return &d->c->pair[which]->metric[(int)m * d->c->result[0]->years + year];
}

#endif
