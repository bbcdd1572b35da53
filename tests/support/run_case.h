/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of parameters with nothing in it but years and targets, and runs of it over the engine of
 * known functions: what the tests of running share. */
#ifndef TESTS_SUPPORT_RUN_CASE_H
#define TESTS_SUPPORT_RUN_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/collect.h"
#include "analysis/result.h"
#include "headroom/base.h"
#include "os/cpu.h"
#include "support/fake_engine.h"

enum { START = 2026, YEARS = 3, TARGETS = 5, SEED = 20180901 };

/* A block of parameters with nothing in it but years and targets. */
typedef struct {
    hr_params params;
    hr_params_target target[TARGETS];
    char text[TARGETS][3][80];
    hr_scenario scenario;
} fixture;

static const char *const TARGET[TARGETS][2] = {
    {"any", "P(reserves_below_zero)"},        {"all", "P(pupils > 200, all)"},
    {"end", "P(reserves > 0, end)"},          {"year", "P(in_year_deficit, 2027/28)"},
    {"defined", "P(reserves_pct >= 0, all)"},
};

static inline void fixture_begin(fixture *f, int targets)
{
    memset(f, 0, sizeof *f);
    f->params.scenario.start_year = START;
    f->params.scenario.years = YEARS;
    f->params.scenario.targets =
        (hr_span){.at = (uint32_t)offsetof(fixture, target), .count = (uint32_t)targets};
    for (int q = 0; q < TARGETS; q++) {
        for (int i = 0; i < 3; i++)
            strcpy(f->text[q][i], i == 1 ? "Name" : TARGET[q][i / 2]);
        const hr_text at = (hr_text)offsetof(fixture, text) + (hr_text)(q * 3 * 80);
        f->target[q] =
            (hr_params_target){.id = at,
                               .name = at + 80,
                               .expr = at + 160,
                               .kind = q == 4 ? HR_target_kind_OUR_READING : HR_target_kind_PLAN};
    }
    strcpy(f->text[1][0], "every");
    f->scenario.params = &f->params;
}

static inline hr_result *ran(const hr_run_options *o)
{
    static fixture f; /* outlives the result, as a scenario does */
    fixture_begin(&f, TARGETS);
    hr_diags *d = hr_diags_new();
    hr_result *r;
    const hr_status s = hr_run(&r, &f.scenario, o, d);
    if (s != HR_OK && s != HR_INTERRUPTED)
        fail_msg("%s", hr_diags_count(d) > 0 ? hr_diags_get(d, 0)->text : "no diagnostic");
    assert_int_equal(atomic_load(&fake_workers_alive), 0);
    hr_diags_free(d);
    return r;
}

static inline hr_result *ran_paths(uint64_t paths, int threads, int lanes)
{
    return ran(&(hr_run_options){.seed = SEED, .paths = paths, .threads = threads, .lanes = lanes});
}

static inline bool near(double a, double b, double tolerance)
{
    return a - b <= tolerance && b - a <= tolerance;
}

static inline void assert_same_bytes(const void *a, const void *b, size_t bytes)
{
    assert_int_equal(memcmp(a, b, bytes), 0);
}

static inline void assert_same_estimate(hr_estimate a, hr_estimate b)
{
    assert_same_bytes(&a, &b, sizeof a);
}

/* Every number but the seed's and the columns. */
static inline void assert_same_numbers(const hr_result *a, const hr_result *b, bool quantiles)
{
    const size_t years = sizeof(hr_estimate) * YEARS;
    assert_int_equal(a->paths, b->paths);
    for (int i = 0; i < HR_METRICS * YEARS; i++) {
        hr_metric_result x = a->metric[i], y = b->metric[i];
        if (!quantiles)
            memset(x.quantile, 0, sizeof x.quantile), memset(y.quantile, 0, sizeof y.quantile);
        assert_same_bytes(&x, &y, sizeof x);
    }
    for (int k = 0; k < HR_RISKS; k++) {
        assert_same_bytes(a->risk[k].year, b->risk[k].year, years);
        assert_same_bytes(a->risk[k].first, b->risk[k].first, years);
        assert_same_estimate(a->risk[k].any, b->risk[k].any);
        assert_same_estimate(a->risk[k].shortfall, b->risk[k].shortfall);
    }
    for (int q = 0; q < a->targets; q++) {
        assert_same_estimate(a->target[q].p, b->target[q].p);
        assert_same_bytes(a->target[q].year, b->target[q].year, years);
    }
    assert_same_estimate(a->targets_all, b->targets_all);
    assert_same_estimate(a->plan_targets_all, b->plan_targets_all);
    assert_same_estimate(a->our_targets_all, b->our_targets_all);
    for (int k = 0; k < a->candidates; k++) {
        const hr_candidate_result *x = &a->candidate[k], *y = &b->candidate[k];
        assert_same_estimate(x->joins, y->joins);
        assert_same_bytes(x->by_year, y->by_year, years);
        assert_same_bytes(x->refused_for, y->refused_for, sizeof x->refused_for);
        assert_same_estimate(x->lost_waiting, y->lost_waiting);
        assert_same_estimate(x->withdrew, y->withdrew);
        assert_same_estimate(x->lost_condition, y->lost_condition);
    }
    for (int s = 0; s < a->schools; s++)
        assert_same_bytes(a->school[s].year, b->school[s].year, sizeof(hr_school_year) * YEARS);
    assert_same_bytes(a->line, b->line, sizeof a->line);
    assert_same_estimate(a->opening, b->opening);
}

/* Against a plain count. */

#endif
