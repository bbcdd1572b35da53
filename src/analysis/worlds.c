/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies under worlds: opens every strategy in every world, runs them as cases on the same
 * futures and takes from what is kept of these all that is told. It must not know how strategies
 * are weighed. */
#include "analysis/worlds.h"

#include "analysis/cases.h"
#include "analysis/looks.h"
#include "analysis/opening.h"
#include "analysis/reckon.h"
#include "analysis/together.h"
#include "base/lanes.h"
#include "config/diag.h"

enum { PUPILS_COLUMN = 0, RESERVES_COLUMN = 2 };

typedef struct {
    const hr_strategy *strategy;
    const hr_run_options *options;
    hr_diags *diags;
    hr_arena *arena; /* what is given back at the end of the run */
    hr_worlds *out;
    int years; /* 0: as many as the scenarios have */
    hr_study *study;
    hr_cases *cases;
} running;

static int cases_of(const running *run) { return run->out->strategies * run->out->worlds; }

/* ---- opening ---- */

static hr_status check(size_t strategies, size_t worlds, hr_diags *diags)
{
    const char *why =
        strategies < 1 || strategies > HR_COMPARE_MOST ? "1 to 8 strategies are held under worlds"
        : worlds < 1 || worlds > HR_WORLDS_MOST ? "strategies are compared under 1 to 15 worlds"
                                                : NULL;
    if (why == NULL)
        return HR_OK;
    hr_diags_add(diags, HR_ERROR, NULL, 0, why, NULL);
    return HR_USAGE;
}

/* One strategy in one world. */
static hr_status open_one(running *run, int s, int k)
{
    const hr_worlds *w = run->out;
    const int at = s * w->worlds + k;
    hr_run_options o = *run->options;
    if (s < w->strategies - 1)
        o.limits = 0;
    hr_diags *own = hr_diags_new();
    if (own == NULL)
        return HR_NO_MEMORY;
    const hr_status status = hr_open(&w->result[at], &run->study[at], run->strategy[s].scenario[k],
                                     run->years, &o, run->arena, own);
    hr_diags_pass_on(own, run->diags);
    hr_diags_free(own);
    return status;
}

static hr_status open_all(running *run)
{
    hr_worlds *w = run->out;
    const hr_scenario **scenario = HR_TAKE(run->arena, const hr_scenario *, cases_of(run));
    run->study = HR_TAKE(run->arena, hr_study, cases_of(run));
    if (scenario == NULL || run->study == NULL)
        return HR_NO_MEMORY;
    for (int i = 0; i < cases_of(run); i++)
        scenario[i] = run->strategy[i / w->worlds].scenario[i % w->worlds];
    hr_status status = hr_comparable(scenario, (size_t)cases_of(run), &run->years, run->diags);
    for (int i = 0; i < cases_of(run) && status == HR_OK; i++)
        status = open_one(run, i / w->worlds, i % w->worlds);
    return status;
}

/* Does the run of the first strategy alone fit, which is last? */
static hr_status reckon_first(const running *run)
{
    hr_study study = run->study[0], *all[] = {&study};
    int threads;
    return hr_reckon(all, 1, NULL, run->options, &threads, run->diags);
}

static hr_status simulate(running *run)
{
    hr_case *cases = HR_TAKE(run->arena, hr_case, cases_of(run));
    hr_case_column column[HR_WORLD_METRICS];
    if (cases == NULL)
        return HR_NO_MEMORY;
    for (int i = 0; i < cases_of(run); i++)
        cases[i] = (hr_case){.study = &run->study[i]};
    for (int m = 0; m < HR_WORLD_METRICS; m++)
        column[m] = (hr_case_column){(int)HR_WORLD_METRIC[m], run->out->result[0]->years - 1};
    return hr_cases_run(&run->cases, cases, cases_of(run), column, HR_WORLD_METRICS, run->options,
                        run->diags);
}

/* ---- what each case says ---- */

/* The chance of a mark; undefined where nothing is asked. */
static hr_estimate chance_of(const running *run, int at, int mark, bool asked)
{
    const uint64_t paths = run->cases->paths;
    return hr_estimate_chance(hr_case_count(run->cases, at, mark), asked ? paths : 0);
}

/* Chances of a result from the marks of its case. */
static void put_chances(const running *run, int at)
{
    hr_result *r = run->out->result[at];
    int of_plan = 0, mark = hr_marks(r->targets);
    r->paths = run->cases->paths;
    r->partial = r->paths < r->paths_asked;
    for (int k = 0; k < HR_RISKS; k++)
        r->risk[k].any = chance_of(run, at, hr_mark_risk(k), true);
    for (int q = 0; q < r->targets; q++) {
        r->target[q].p = chance_of(run, at, hr_mark_target(q), true);
        of_plan += !r->target[q].our_reading;
    }
    const bool asked[HR_ALLS] = {r->targets > 0, of_plan > 0, of_plan < r->targets};
    hr_estimate *const all[HR_ALLS] = {&r->targets_all, &r->plan_targets_all, &r->our_targets_all};
    for (int k = 0; k < HR_ALLS; k++)
        *all[k] = chance_of(run, at, hr_mark_of_all(r->targets, (hr_mark_all)k), asked[k]);
    for (int i = 0; i < r->limits; i++)
        for (int c = 0; c < r->limit[i].statement.clauses; c++)
            hr_limit_put(&r->limit[i], c, chance_of(run, at, mark++, true));
}

static void put_end(const running *run, int at, hr_moments *leaf, double *work)
{
    const uint64_t paths = run->cases->paths;
    for (int m = 0; m < HR_WORLD_METRICS; m++) {
        const double *value = hr_case_column_of(run->cases, at, m);
        hr_metric_result *out = &run->out->end[at * HR_WORLD_METRICS + m];
        const hr_moments moments = hr_moments_of(value, paths, leaf);
        out->n = moments.n;
        out->mean = hr_estimate_mean(moments);
        out->sd = hr_moments_sd(moments);
        hr_quantiles(value, paths, HR_QUANTILE_P, HR_QUANTILES, work, out->quantile);
    }
}

static bool put_all(running *run)
{
    const uint64_t paths = run->cases->paths;
    hr_worlds *w = run->out;
    hr_moments *leaf = HR_TAKE(run->arena, hr_moments, paths / HR_LEAF + 1);
    double *work = HR_TAKE(run->arena, double, paths);
    w->end = HR_TAKE(w->arena, hr_metric_result, cases_of(run) * HR_WORLD_METRICS);
    if (leaf == NULL || work == NULL || w->end == NULL)
        return false;
    for (int at = 0; at < cases_of(run); at++) {
        put_chances(run, at);
        put_end(run, at, leaf, work);
    }
    return true;
}

/* ---- all together ---- */

static bool weigh(running *run)
{
    const int cases = cases_of(run);
    const uint8_t **below = HR_TAKE(run->arena, const uint8_t *, cases);
    const uint8_t **lacking = HR_TAKE(run->arena, const uint8_t *, cases);
    const uint8_t **met = HR_TAKE(run->arena, const uint8_t *, cases);
    const double **pupils = HR_TAKE(run->arena, const double *, cases);
    const double **reserves = HR_TAKE(run->arena, const double *, cases);
    if (!below || !lacking || !met || !pupils || !reserves)
        return false;
    for (int i = 0; i < cases; i++) {
        const hr_result *r = run->out->result[i];
        const bool own = !hr_is_nan(r->plan_targets_all.value);
        const bool asked = own || !hr_is_nan(r->our_targets_all.value);
        const int all = hr_mark_of_all(r->targets, own ? HR_ALL_OF_PLAN : HR_ALL_OF_OURS);
        below[i] = hr_case_mark(run->cases, i, hr_mark_risk(HR_R_RESERVES_BELOW_POLICY));
        lacking[i] = hr_case_mark(run->cases, i, hr_mark_risk(HR_R_CAPACITY_OVERLOAD));
        met[i] = asked ? hr_case_mark(run->cases, i, all) : NULL;
        pupils[i] = hr_case_column_of(run->cases, i, PUPILS_COLUMN);
        reserves[i] = hr_case_column_of(run->cases, i, RESERVES_COLUMN);
    }
    const hr_grid grid = {.strategies = run->out->strategies,
                          .worlds = run->out->worlds,
                          .paths = run->cases->paths,
                          .below = below,
                          .lacking = lacking,
                          .met = met,
                          .pupils = pupils,
                          .reserves = reserves};
    return hr_weigh(&run->out->weighed, &grid, run->out->arena);
}

/* The first strategy as it is, as a run of it gives it: of the futures that all cases have. */
static hr_status run_first(running *run)
{
    hr_worlds *w = run->out;
    hr_run_options o = *run->options;
    o.paths = run->cases->paths;
    o.limits = 0;
    o.keep_paths = false;
    o.tick = NULL;
    hr_diags *said = hr_diags_new(); /* all that it could say is said */
    hr_result *first = NULL;
    const hr_status status = said != NULL ? hr_together(&first, run->strategy[0].scenario, 1,
                                                        run->years, &o, NULL, NULL, said)
                                          : HR_NO_MEMORY;
    hr_diags_free(said);
    if (first == NULL)
        return status;
    first->paths_asked = run->options->paths;
    first->partial = first->paths < first->paths_asked;
    hr_result_free(w->result[0]);
    w->result[0] = first;
    return HR_OK;
}

static bool put_names(running *run, const char *const *world)
{
    hr_worlds *w = run->out;
    const char **name = HR_TAKE(w->arena, const char *, w->worlds);
    bool taken = name != NULL;
    for (int k = 1; taken && k < w->worlds; k++)
        taken = (name[k] = hr_arena_text(w->arena, world[k - 1])) != NULL;
    w->world = name;
    w->plans = (hr_comparison){.scenarios = w->strategies};
    for (int s = 0; taken && s < w->strategies; s++) {
        const char *with = run->strategy[s].with;
        w->plans.result[s] = w->result[s * w->worlds];
        w->plans.with[s] = with != NULL ? hr_arena_text(w->arena, with) : NULL;
        taken = with == NULL || w->plans.with[s] != NULL;
    }
    return taken;
}

static hr_status finish(running *run, const char *const *world)
{
    if (!put_all(run) || !weigh(run))
        return HR_NO_MEMORY;
    const hr_status status = run_first(run);
    if (status != HR_OK)
        return status;
    return put_names(run, world) ? HR_OK : HR_NO_MEMORY;
}

static hr_worlds *worlds_new(size_t strategies, size_t worlds)
{
    hr_arena *arena = hr_arena_new();
    hr_worlds *w = arena != NULL ? HR_TAKE(arena, hr_worlds, 1) : NULL;
    hr_result **result = w != NULL ? HR_TAKE(arena, hr_result *, strategies * (worlds + 1)) : NULL;
    if (result == NULL) {
        hr_arena_free(arena);
        return NULL;
    }
    *w = (hr_worlds){
        .arena = arena, .strategies = (int)strategies, .worlds = (int)worlds + 1, .result = result};
    return w;
}

/* ---- the verb ---- */

/* What is asked. */
typedef struct {
    const hr_strategy *strategy;
    size_t strategies;
    const char *const *world;
    size_t worlds;
} asked;

static hr_status take(void *user, void **look, const hr_run_options *o, hr_diags *diags)
{
    const asked *a = user;
    hr_status status = hr_check_run_options(o, diags);
    if (status != HR_OK)
        return status;
    running run = {.strategy = a->strategy, .options = o, .diags = diags, .arena = hr_arena_new()};
    run.out = run.arena != NULL ? worlds_new(a->strategies, a->worlds) : NULL;
    status = run.out != NULL ? open_all(&run) : HR_NO_MEMORY;
    if (status == HR_OK)
        status = reckon_first(&run);
    if (status == HR_OK)
        status = simulate(&run);
    if (run.cases != NULL) {
        const hr_status finished = finish(&run, a->world);
        if (finished == HR_OK)
            *look = run.out;
        else
            status = finished;
    }
    if (status == HR_NO_MEMORY && hr_diags_errors(diags) == 0)
        (void)hr_diags_no_memory(diags);
    hr_cases_free(run.cases);
    hr_arena_free(run.arena);
    if (*look == NULL)
        hr_worlds_free(run.out);
    return status;
}

static void forget(void *look) { hr_worlds_free(look); }

static uint64_t paths_of(const void *look) { return hr_worlds_result(look, 0, 0)->paths; }

static uint64_t held(const void *look) { return hr_result_held(hr_worlds_result(look, 0, 0)); }

static double half_of(const void *look) { return hr_worlds_half(look); }

hr_status hr_worlds_run(hr_worlds **out, const hr_strategy *strategy, size_t strategies,
                        const char *const *world, size_t worlds, const hr_run_options *o,
                        hr_diags *diags)
{
    asked a = {.strategy = strategy, .strategies = strategies, .world = world, .worlds = worlds};
    const hr_looker looker = {.take = take,
                              .forget = forget,
                              .paths = paths_of,
                              .held = held,
                              .half = half_of,
                              .user = &a,
                              .most = HR_EXACT_MOST,
                              .each = strategies * (worlds + 1)};
    hr_run_options without = *o;
    void *look = NULL;
    without.assumptions = 0;
    hr_status status = check(strategies, worlds, diags);
    if (status == HR_OK)
        status = hr_looks(&look, &looker, &without, diags);
    *out = look;
    return status;
}
