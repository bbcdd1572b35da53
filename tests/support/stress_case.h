/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario with stresses, loaded and run: what the tests of stresses share. Anything that cannot
 * be loaded or run fails the test. */
#ifndef HR_TESTS_SUPPORT_STRESS_CASE_H
#define HR_TESTS_SUPPORT_STRESS_CASE_H

#include "analysis/stress.h"
#include "support/compare_case.h"

typedef struct {
    hr_scenario *base, *together, *with[HR_STRESSES_MOST];
    hr_stressed stress[HR_STRESSES_MOST];
    size_t count;
    hr_stresses *s;
    hr_diags *diags;
} stressed;

/* An overlay; or a band of a driver. */
typedef struct {
    const char *id, *with, *driver;
    double from_pct, to_pct;
} wanted;

static inline void stress_load(stressed *t, const char *path, const char *set, const wanted *w,
                               size_t count)
{
    hr_change change[HR_STRESSES_MOST + 1] = {{HR_CHANGE_SET, set}};
    const size_t sets = set != NULL;
    size_t overlays = 0;
    *t = (stressed){.diags = hr_diags_new(), .count = count};
    assert_int_equal(hr_scenario_load(&t->base, path, change, sets, t->diags), HR_OK);
    for (size_t i = 0; i < count; i++) {
        t->stress[i] = (hr_stressed){.id = w[i].id,
                                     .name = w[i].id,
                                     .with = w[i].with,
                                     .driver = w[i].driver,
                                     .from_pct = w[i].from_pct,
                                     .to_pct = w[i].to_pct};
        if (w[i].with == NULL)
            continue;
        change[sets] = (hr_change){HR_CHANGE_WITH, w[i].with};
        if (hr_scenario_load(&t->with[i], path, change, sets + 1, t->diags) != HR_OK)
            fail_msg("%s", hr_diags_get(t->diags, 0)->text);
        t->stress[i].scenario = t->with[i];
        overlays++;
    }
    size_t changes = sets;
    for (size_t i = 0; i < count; i++)
        if (w[i].with != NULL)
            change[changes++] = (hr_change){HR_CHANGE_WITH, w[i].with};
    if (overlays > 1)
        assert_int_equal(hr_scenario_load(&t->together, path, change, changes, t->diags), HR_OK);
}

static inline hr_status stress_try(stressed *t, const hr_run_options *o)
{
    return hr_stress(&t->s, t->base, t->stress, t->count, t->together, o, t->diags);
}

static inline void stress_run(stressed *t, const char *path, const wanted *w, size_t count,
                              uint64_t paths)
{
    const hr_run_options o = {.seed = 3, .paths = paths};
    stress_load(t, path, NULL, w, count);
    if (stress_try(t, &o) != HR_OK)
        fail_msg("%s", hr_diags_count(t->diags) ? hr_diags_get(t->diags, 0)->text : "not run");
}
#define STRESS(t, path, paths, ...)                                                                \
    stress_run((t), (path), (const wanted[]){__VA_ARGS__},                                         \
               sizeof((const wanted[]){__VA_ARGS__}) / sizeof(wanted), (paths))

static inline void stress_close(stressed *t)
{
    hr_stresses_free(t->s);
    for (size_t i = 0; i < t->count; i++)
        hr_scenario_free(t->with[i]);
    hr_scenario_free(t->together);
    hr_scenario_free(t->base);
    hr_diags_free(t->diags);
}

static inline const hr_stress_result *stress_of(const stressed *t, const char *id)
{
    for (int i = 0; i < t->s->stresses; i++)
        if (strcmp(t->s->stress[i].of->id, id) == 0)
            return &t->s->stress[i];
    fail_msg("no stress %s", id);
    return NULL;
}

#endif
