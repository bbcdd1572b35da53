/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run: options and limits checked, memory reckoned before it is taken, jobs handed to the pool,
 * and what was gathered summarised. Nothing that may differ between machines (threads, lanes,
 * width, the order in which jobs end) reaches a number. It must not know the model. */
#include <stdlib.h>
#include <string.h>

#include "analysis/collect.h"
#include "analysis/conditions.h"
#include "analysis/reckon.h"
#include "analysis/result.h"
#include "analysis/summarise.h"
#include "base/lanes.h"
#include "config/diag.h"
#include "os/cpu.h"
#include "os/pool.h"

#define PATHS_MOST 4000000000u /* histograms count in 32 bits */

typedef struct {
    const hr_scenario *scenario;
    const hr_run_options *options;
    hr_diags *diags;
    hr_result *result;
    hr_study study;
    hr_arena *arena;     /* what is given back at the end of the run */
    hr_histogram *range; /* of a streamed run */
    double *pilot;       /* of a streamed run, until ranges are fixed */
    double *scratch;
    hr_collector *collector[HR_THREADS_MOST];
    int collectors;
    int threads;
} running;

/* Options. */

static hr_status check_options(const hr_run_options *o, hr_diags *diags)
{
    const char *fault = NULL;
    if (o->paths < 1)
        fault = "the number of paths must be at least 1";
    else if (o->paths > PATHS_MOST)
        fault = "the number of paths must be at most 4,000,000,000";
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

/* Memory. */

static double *take_columns(size_t rows, uint64_t paths)
{
    return rows > SIZE_MAX / sizeof(double) / paths ? NULL : malloc(rows * paths * sizeof(double));
}

static hr_status take_memory(running *run)
{
    hr_study *s = &run->study;
    const size_t years = (size_t)s->plan->years, columns = HR_METRICS * years;
    const bool kept = hr_study_exact(s) || run->options->keep_paths;
    s->moments = HR_TAKE(run->arena, hr_moments, (uint64_t)hr_columns(s) * s->jobs);
    if (s->moments == NULL)
        return HR_NO_MEMORY;
    if (kept) {
        run->result->column = s->column = take_columns(columns, s->paths);
        if (s->column == NULL)
            return HR_NO_MEMORY;
    }
    if (run->options->keep_paths && s->plan->schools > 0) {
        run->result->roll = s->roll = take_columns((size_t)s->plan->schools * years, s->paths);
        if (s->roll == NULL)
            return HR_NO_MEMORY;
    }
    if (hr_study_exact(s)) {
        run->scratch = take_columns((size_t)run->threads, s->paths);
        return run->scratch != NULL ? HR_OK : HR_NO_MEMORY;
    }
    run->pilot = take_columns(columns, HR_PILOT);
    run->range = HR_TAKE(run->arena, hr_histogram, columns);
    s->range = run->range;
    return run->pilot != NULL && run->range != NULL ? HR_OK : HR_NO_MEMORY;
}

/* A collector a thread; fewer when memory is short, but one. */
static hr_status take_collectors(running *run)
{
    while (run->collectors < run->threads) {
        hr_collector *c = hr_collector_new(&run->study, run->arena);
        if (c == NULL)
            break;
        run->collector[run->collectors++] = c;
    }
    run->threads = run->collectors;
    return run->collectors > 0 ? HR_OK : HR_NO_MEMORY;
}

/* Simulation. */

static void pilot_leaf(void *user, int worker, uint64_t leaf)
{
    const running *run = user;
    hr_collect_pilot(run->collector[worker], leaf, run->pilot);
}

static void collect(void *user, int worker, uint64_t job)
{
    const running *run = user;
    hr_collect_job(run->collector[worker], job);
}

static uint64_t paths_of_jobs(const hr_study *s, uint64_t jobs)
{
    const uint64_t paths = jobs * hr_study_job_paths(s);
    return paths < s->paths ? paths : s->paths;
}

static bool pilot_tick(void *user, uint64_t done, uint64_t jobs)
{
    const running *run = user;
    (void)done;
    (void)jobs;
    return run->options->tick(run->options->user, 0, run->study.paths);
}

static bool job_tick(void *user, uint64_t done, uint64_t jobs)
{
    const running *run = user;
    (void)jobs;
    return run->options->tick(run->options->user, paths_of_jobs(&run->study, done),
                              run->study.paths);
}

/* Ranges of a streamed run, the same for every collector. False when interrupted. */
static bool fix_ranges(running *run)
{
    const int columns = HR_METRICS * run->study.plan->years;
    const uint64_t leaves = HR_PILOT / HR_LEAF;
    const hr_pool_job job = {.threads = run->threads,
                             .jobs = leaves,
                             .work = pilot_leaf,
                             .tick = run->options->tick != NULL ? pilot_tick : NULL,
                             .user = run};
    if (hr_pool_run(&job) < leaves)
        return false;
    for (int column = 0; column < columns; column++) {
        hr_histogram_begin(&run->range[column], run->pilot + (size_t)column * HR_PILOT, HR_PILOT,
                           NULL);
        for (int i = 0; i < run->collectors; i++) {
            hr_histogram *h = &run->collector[i]->histogram[column];
            uint32_t *count = h->count;
            *h = run->range[column];
            h->count = count;
        }
    }
    return true;
}

/* Jobs done, in an unbroken run from the first. */
static uint64_t simulate(running *run)
{
    if (run->range != NULL && !fix_ranges(run))
        return 0;
    return hr_pool_run(&(hr_pool_job){.threads = run->threads,
                                      .jobs = run->study.jobs,
                                      .work = collect,
                                      .tick = run->options->tick != NULL ? job_tick : NULL,
                                      .user = run});
}

/* Rows of `from` values become rows of `to`, the first of each. */
static void close_up(double *row, size_t rows, uint64_t from, uint64_t to)
{
    for (size_t i = 1; i < rows && row != NULL && to < from; i++)
        memmove(row + i * to, row + i * from, to * sizeof *row);
}

static hr_status finish(running *run, uint64_t jobs)
{
    hr_result *r = run->result;
    const hr_study *s = &run->study;
    if (jobs == 0)
        return HR_INTERRUPTED;
    r->paths = paths_of_jobs(s, jobs);
    r->partial = r->paths < r->paths_asked;
    close_up(s->column, (size_t)HR_METRICS * (size_t)r->years, s->paths, r->paths);
    close_up(s->roll, (size_t)s->plan->schools * (size_t)r->years, s->paths, r->paths);
    if (!hr_summarise(r, s, run->collector, run->collectors, jobs, run->threads, run->scratch))
        return HR_NO_MEMORY;
    return r->partial ? HR_INTERRUPTED : HR_OK;
}

/* The result with its plan and sizes, nothing yet simulated. */
static hr_status begin(running *run)
{
    const hr_run_options *o = run->options;
    hr_arena *arena = hr_arena_new();
    run->arena = hr_arena_new();
    hr_result *r = arena != NULL ? HR_TAKE(arena, hr_result, 1) : NULL;
    if (r == NULL || run->arena == NULL) {
        hr_arena_free(arena);
        return HR_NO_MEMORY;
    }
    run->result = r;
    *r = (hr_result){
        .arena = arena, .scenario = run->scenario, .seed = o->seed, .paths_asked = o->paths};
    const char *why = NULL;
    const hr_plan *plan = hr_plan_new(run->scenario->params, arena, &why);
    if (plan == NULL) {
        if (why != NULL)
            hr_diags_add(run->diags, HR_ERROR, NULL, 0, why, NULL);
        return why != NULL ? HR_INVALID : HR_NO_MEMORY;
    }
    r->plan = plan;
    r->start_year = plan->start_year;
    r->years = plan->years;
    run->study = (hr_study){.plan = plan,
                            .seed = o->seed,
                            .paths = o->paths,
                            .lanes = o->lanes != 0 ? o->lanes : HR_LANES_DEFAULT,
                            .batch = batch_of(o->width)};
    return HR_OK;
}

hr_status hr_run(hr_result **out, const hr_scenario *s, const hr_run_options *o, hr_diags *diags)
{
    *out = NULL;
    running run = {.scenario = s, .options = o, .diags = diags};
    hr_status status = check_options(o, diags);
    if (status != HR_OK)
        return status;
    if ((status = begin(&run)) != HR_OK ||
        (status = hr_conditions_read(run.result, &run.study, o, run.arena, diags)) != HR_OK ||
        (status = hr_reckon(&run.study, o, &run.threads, diags)) != HR_OK ||
        (status = take_memory(&run)) != HR_OK || (status = take_collectors(&run)) != HR_OK)
        goto out;
    status = finish(&run, simulate(&run));
    if (status == HR_OK || (status == HR_INTERRUPTED && run.result->paths > 0)) {
        *out = run.result;
        run.result = NULL;
    }
out:
    if (status == HR_NO_MEMORY)
        (void)hr_diags_no_memory(diags);
    for (int i = 0; i < run.collectors; i++)
        hr_collector_free(run.collector[i]);
    free(run.pilot);
    free(run.scratch);
    hr_arena_free(run.arena);
    hr_result_free(run.result);
    return status;
}
