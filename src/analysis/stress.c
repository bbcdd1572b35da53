/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stresses run as cases on the same futures and held against the base. It must not know how a case
 * is simulated, nor words. */
#include "analysis/stress.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/looks.h"
#include "analysis/opening.h"
#include "analysis/stress_hold.h"
#include "config/diag.h"

enum { CASES_MOST = HR_STRESSES_MOST + 2, COLUMNS_MOST = HR_STRESS_MEANS + HR_N_average };

typedef struct {
    hr_stresses *out;
    hr_arena *arena; /* what the run alone needs */
    hr_study *study; /* [scenarios] */
    hr_case cases[CASES_MOST];
    hr_case_column column[COLUMNS_MOST];
    int columns;
    hr_cases *ran;
    const hr_run_options *options;
    hr_diags *diags;
} running;

/* ---- scenarios ---- */

static int by_id(const void *left, const void *right)
{
    const hr_stress_result *a = left, *b = right;
    return strcmp(a->of->id, b->of->id);
}

static hr_status refuse(hr_diags *diags, const char *id, const char *why, const char *hint)
{
    hr_diags_addf(diags, HR_ERROR, NULL, 0, hint, "stress %s %s", id, why);
    return HR_USAGE;
}

static hr_status list(hr_stresses *s, const hr_stressed *stress, size_t count, hr_diags *diags)
{
    if (count < 1 || count > HR_STRESSES_MOST) {
        hr_diags_addf(diags, HR_ERROR, NULL, 0, "give --with OVERLAY, or stresses in the scenario",
                      count < 1 ? "there is no stress" : "there are more than %u stresses",
                      HR_STRESSES_MOST);
        return HR_USAGE;
    }
    s->stress = HR_TAKE(s->arena, hr_stress_result, count);
    if (s->stress == NULL)
        return HR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        s->stress[i] = (hr_stress_result){.of = &stress[i], .average = -1};
        s->overlays += stress[i].scenario != NULL;
        if (stress[i].scenario == NULL)
            s->stress[i].average = hr_choice_find(HR_SET_average, stress[i].driver);
        if (stress[i].scenario == NULL && s->stress[i].average < 0)
            return refuse(diags, stress[i].id, "names no driver with an average", NULL);
    }
    s->stresses = (int)count;
    s->bands = s->stresses - s->overlays;
    qsort(s->stress, count, sizeof *s->stress, by_id);
    for (size_t i = 1; i < count; i++)
        if (strcmp(s->stress[i].of->id, s->stress[i - 1].of->id) == 0)
            return refuse(diags, s->stress[i].of->id, "is there twice",
                          "leave one of them out, or give it another name");
    return HR_OK;
}

static hr_status open_one(running *run, const hr_scenario *scenario, const hr_run_options *o)
{
    hr_stresses *s = run->out;
    const int k = s->scenarios;
    const hr_status status =
        hr_open(&s->opened[k], &run->study[k], scenario, 0, o, run->arena, run->diags);
    if (status == HR_OK)
        run->cases[s->scenarios++] = (hr_case){.study = &run->study[k]};
    return status;
}

static hr_status open_stress(running *run, hr_stress_result *stress, const hr_run_options *o)
{
    const hr_result *base = run->out->opened[0];
    const hr_status status = open_one(run, stress->of->scenario, o);
    if (status != HR_OK)
        return status;
    stress->opened = run->out->opened[run->out->scenarios - 1];
    if (stress->opened->start_year != base->start_year || stress->opened->years != base->years)
        return refuse(run->diags, stress->of->id, "has other years than the scenario",
                      "give years and start_year to the scenario, or with --set to all");
    return HR_OK;
}

/* The base, what is laid over it, and all together where that is none of these. Limits are asked of
 * the last. */
static hr_status open_all(running *run, const hr_scenario *base, const hr_scenario *together)
{
    hr_stresses *s = run->out;
    hr_run_options without = *run->options;
    without.limits = 0;
    const bool apart = s->overlays > 1;
    const int scenarios = 1 + s->overlays + apart;
    s->opened = HR_TAKE(s->arena, hr_result *, scenarios);
    run->study = HR_TAKE(run->arena, hr_study, scenarios);
    if (s->opened == NULL || run->study == NULL)
        return HR_NO_MEMORY;
    hr_status status = open_one(run, base, scenarios == 1 ? run->options : &without);
    for (int i = 0; i < s->stresses && status == HR_OK; i++)
        if (s->stress[i].of->scenario != NULL)
            status = open_stress(run, &s->stress[i],
                                 s->scenarios == scenarios - 1 ? run->options : &without);
    if (status == HR_OK && apart && together == NULL)
        return refuse(run->diags, "together", "has no scenario", NULL);
    if (status == HR_OK && apart)
        status = open_one(run, together, run->options);
    s->asked = status == HR_OK ? s->opened[s->scenarios - 1] : NULL;
    return status;
}

/* ---- simulation ---- */

static void add_column(running *run, hr_case_column wanted)
{
    for (int j = 0; j < run->columns; j++)
        if (run->column[j].metric == wanted.metric)
            return;
    run->column[run->columns++] = wanted;
}

static bool tick(void *user, uint64_t done, uint64_t of)
{
    const running *run = user;
    return run->options->tick(run->options->user, done, of + of / (uint64_t)run->out->scenarios);
}

static bool tick_base(void *user, uint64_t done, uint64_t of)
{
    const running *run = user;
    const uint64_t before = of * (uint64_t)run->out->scenarios;
    return run->options->tick(run->options->user, before + done, before + of);
}

/* The cases, then the base in full over the futures that all of them have. */
static hr_status simulate(running *run, const hr_scenario *base)
{
    hr_stresses *s = run->out;
    hr_run_options o = *run->options;
    o.limits = 0;
    o.keep_paths = false;
    o.user = run;
    o.tick = run->options->tick != NULL ? tick : NULL;
    for (int m = 0; m < HR_STRESS_MEANS; m++)
        add_column(run, (hr_case_column){(int)HR_STRESS_METRIC[m], s->opened[0]->years - 1});
    for (int i = 0; i < s->stresses; i++)
        if (s->stress[i].average >= 0)
            add_column(run, hr_case_average(s->stress[i].average));
    hr_status status = hr_cases_run(&run->ran, run->cases, s->scenarios, run->column, run->columns,
                                    &o, run->diags);
    if (run->ran == NULL)
        return status;
    o.paths = run->ran->paths;
    o.tick = status == HR_OK && o.tick != NULL ? tick_base : NULL;
    const hr_status again = hr_run(&s->base, base, &o, run->diags);
    if (s->base == NULL)
        return again;
    run->ran->paths = s->base->paths;
    s->base->paths_asked = run->options->paths;
    s->base->partial = s->base->paths < s->base->paths_asked;
    return status == HR_OK ? again : status;
}

/* The most harmful first; ties by what is lost of reserves at the end. */
static int by_harm(const void *left, const void *right)
{
    const hr_stress_result *a = left, *b = right;
    const double x = hr_stress_harm(&a->figures).value, y = hr_stress_harm(&b->figures).value;
    const double lost = a->figures.mean_more[HR_STRESS_RESERVES].value;
    const double other = b->figures.mean_more[HR_STRESS_RESERVES].value;
    if (x != y)
        return x < y ? 1 : -1;
    return lost < other ? -1 : lost > other ? 1 : strcmp(a->of->id, b->of->id);
}

/* ---- the verb ---- */

/* What is asked. */
typedef struct {
    const hr_scenario *base, *together;
    const hr_stressed *stress;
    size_t count;
} asked;

static hr_status take(void *user, void **look, const hr_run_options *o, hr_diags *diags)
{
    const asked *a = user;
    hr_status status = hr_check_run_options(o, diags);
    if (status != HR_OK)
        return status;
    running run = {.options = o, .diags = diags, .arena = hr_arena_new()};
    hr_arena *arena = hr_arena_new();
    run.out = arena != NULL ? HR_TAKE(arena, hr_stresses, 1) : NULL;
    status = HR_NO_MEMORY;
    if (run.out == NULL || run.arena == NULL)
        goto out;
    run.out->arena = arena;
    status = list(run.out, a->stress, a->count, diags);
    if (status == HR_OK)
        status = open_all(&run, a->base, a->together);
    if (status == HR_OK)
        status = simulate(&run, a->base);
    if (run.out->base == NULL)
        goto out;
    if (!hr_stress_hold(run.out, run.ran, run.column)) {
        status = HR_NO_MEMORY;
        goto out;
    }
    qsort(run.out->stress, a->count, sizeof *run.out->stress, by_harm);
    *look = run.out;
out:
    if (status == HR_NO_MEMORY)
        (void)hr_diags_no_memory(diags);
    hr_cases_free(run.ran);
    hr_arena_free(run.arena);
    if (*look == NULL && run.out != NULL)
        hr_stresses_free(run.out);
    else if (run.out == NULL)
        hr_arena_free(arena);
    return status;
}

static void forget(void *look) { hr_stresses_free(look); }

static uint64_t paths_of(const void *look) { return ((const hr_stresses *)look)->base->paths; }

static uint64_t held(const void *look) { return hr_result_held(((const hr_stresses *)look)->base); }

static double half_of(const void *look) { return hr_stresses_half(look); }

/* Scenarios that a future is simulated in, the base once more in full. */
static uint64_t scenarios_of(const asked *a)
{
    uint64_t overlays = 0;
    for (size_t i = 0; i < a->count; i++)
        overlays += a->stress[i].scenario != NULL;
    return 2 + overlays + (overlays > 1);
}

hr_status hr_stress(hr_stresses **out, const hr_scenario *base, const hr_stressed *stress,
                    size_t count, const hr_scenario *together, const hr_run_options *o,
                    hr_diags *diags)
{
    asked a = {.base = base, .together = together, .stress = stress, .count = count};
    const hr_looker looker = {.take = take,
                              .forget = forget,
                              .paths = paths_of,
                              .held = held,
                              .half = half_of,
                              .user = &a,
                              .most = HR_EXACT_MOST,
                              .each = scenarios_of(&a)};
    hr_run_options without = *o;
    void *look;
    without.assumptions = 0;
    const hr_status status = hr_looks(&look, &looker, &without, diags);
    *out = look;
    return status;
}

void hr_stresses_free(hr_stresses *s)
{
    if (s == NULL)
        return;
    hr_result_free(s->base);
    for (int k = 0; k < s->scenarios; k++)
        hr_result_free(s->opened[k]);
    hr_arena_free(s->arena);
}
