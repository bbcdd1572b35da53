/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of one or several scenarios: options and limits checked, memory reckoned before it is
 * taken, jobs handed to the pool, and what was gathered summarised. Nothing that may differ between
 * machines (threads, lanes, width, the order in which jobs end) reaches a number. It must not know
 * the model. */
#include "analysis/together.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/converge.h"
#include "analysis/opening.h"
#include "analysis/reckon.h"
#include "analysis/sets.h"
#include "analysis/summarise.h"
#include "config/diag.h"
#include "os/pool.h"

typedef struct {
    hr_result *result;
    hr_study study;
    hr_histogram *range; /* of a streamed run */
    double *pilot;       /* of a streamed run, until ranges are fixed */
} part;

typedef struct {
    const hr_run_options *options;
    hr_diags *diags;
    hr_arena *arena; /* what is given back at the end of the run */
    part part[HR_SCENARIOS_MOST];
    int parts;
    bool paired;
    hr_pair pair[HR_SCENARIOS_MOST];
    hr_histogram *pair_range[HR_SCENARIOS_MOST];
    double
        *pair_level[HR_SCENARIOS_MOST]; /* [HR_LEVELS], and behind it room for a pilot's column */
    double *scratch;
    hr_gatherer gatherer[HR_THREADS_MOST];
    int gatherers;
    int threads;
} running;

static bool exact(const running *run) { return hr_study_exact(&run->part[0].study); }

/* Memory. */

static double *take_columns(size_t rows, uint64_t paths)
{
    return rows > SIZE_MAX / sizeof(double) / paths ? NULL : malloc(rows * paths * sizeof(double));
}

static hr_status take_part(running *run, part *p)
{
    hr_study *s = &p->study;
    const size_t years = (size_t)s->plan->years, columns = HR_METRICS * years;
    s->moments = HR_TAKE(run->arena, hr_moments, (uint64_t)hr_columns(s) * s->jobs);
    if (s->moments == NULL)
        return HR_NO_MEMORY;
    if (exact(run) || run->options->keep_paths) {
        p->result->column = s->column = take_columns(columns, s->paths);
        if (s->column == NULL)
            return HR_NO_MEMORY;
    }
    if (run->options->keep_paths && s->plan->schools > 0) {
        p->result->roll = s->roll = take_columns((size_t)s->plan->schools * years, s->paths);
        if (s->roll == NULL)
            return HR_NO_MEMORY;
    }
    if (!run->paired &&
        (s->mark = HR_TAKE(run->arena, uint8_t,
                           (uint64_t)hr_marks(s->targets) * hr_study_marked(s))) == NULL)
        return HR_NO_MEMORY;
    if (exact(run))
        return HR_OK;
    p->pilot = take_columns(columns, HR_PILOT);
    p->range = HR_TAKE(run->arena, hr_histogram, columns);
    s->range = p->range;
    return p->pilot != NULL && p->range != NULL ? HR_OK : HR_NO_MEMORY;
}

static hr_status take_pair(running *run, int k)
{
    hr_pair *p = &run->pair[k];
    const hr_study *s = p->first;
    p->moments = HR_TAKE(run->arena, hr_moments, (uint64_t)hr_pair_columns(p) * s->jobs);
    if (exact(run))
        return p->moments != NULL ? HR_OK : HR_NO_MEMORY;
    run->pair_range[k] = HR_TAKE(run->arena, hr_histogram, HR_METRICS * s->plan->years);
    p->range = run->pair_range[k];
    p->level = run->pair_level[k] = HR_TAKE(run->arena, double, HR_LEVELS + HR_PILOT);
    return p->moments != NULL && p->range != NULL && p->level != NULL ? HR_OK : HR_NO_MEMORY;
}

static hr_status take_memory(running *run)
{
    hr_status status = HR_OK;
    for (int k = 0; k < run->parts && status == HR_OK; k++)
        status = take_part(run, &run->part[k]);
    for (int k = 1; run->paired && k < run->parts && status == HR_OK; k++)
        status = take_pair(run, k);
    if (status != HR_OK || !exact(run))
        return status;
    const size_t rows = (size_t)run->threads * (run->paired ? 2 : 1);
    run->scratch = take_columns(rows, run->options->paths);
    return run->scratch != NULL ? HR_OK : HR_NO_MEMORY;
}

/* A gatherer a thread; fewer when memory is short, but one. */
static hr_status take_gatherers(running *run)
{
    const hr_study *study[HR_SCENARIOS_MOST];
    const hr_pair *pair[HR_SCENARIOS_MOST];
    for (int k = 0; k < run->parts; k++) {
        study[k] = &run->part[k].study;
        pair[k] = &run->pair[k];
    }
    while (run->gatherers < run->threads &&
           hr_gatherer_new(&run->gatherer[run->gatherers], study, run->parts,
                           run->paired ? pair : NULL, run->arena))
        run->gatherers++;
    run->threads = run->gatherers;
    return run->gatherers > 0 ? HR_OK : HR_NO_MEMORY;
}

/* Simulation. */

static void pilot_leaf(void *user, int worker, uint64_t leaf)
{
    const running *run = user;
    for (int k = 0; k < run->parts; k++)
        hr_collect_pilot(run->gatherer[worker].collector[k], leaf, run->part[k].pilot);
}

static void gather(void *user, int worker, uint64_t job)
{
    const running *run = user;
    hr_gather_job(&run->gatherer[worker], job);
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
    return run->options->tick(run->options->user, 0, run->options->paths);
}

static bool job_tick(void *user, uint64_t done, uint64_t jobs)
{
    const running *run = user;
    (void)jobs;
    return run->options->tick(run->options->user, paths_of_jobs(&run->part[0].study, done),
                              run->options->paths);
}

/* A histogram keeps its own counts and takes the range that all share. */
static void set_range(hr_histogram *h, const hr_histogram *range)
{
    uint32_t *count = h->count;
    *h = *range;
    h->count = count;
}

static void fix_range_of_part(running *run, int k, int column)
{
    part *p = &run->part[k];
    hr_histogram_begin(&p->range[column], p->pilot + (size_t)column * HR_PILOT, HR_PILOT, NULL);
    for (int i = 0; i < run->gatherers; i++)
        set_range(&run->gatherer[i].collector[k]->histogram[column], &p->range[column]);
}

/* Before the pilot of the second is turned into differences. */
static void fix_levels_of_pair(running *run, int k)
{
    const int years = run->part[0].study.plan->years;
    const size_t at = (size_t)(HR_M_RESERVES * years + years - 1) * HR_PILOT;
    hr_estimate first[HR_LEVELS], second[HR_LEVELS];
    double share[HR_LEVELS], *level = run->pair_level[k];
    for (int i = 0; i < HR_LEVELS; i++)
        share[i] = hr_level_share(i);
    hr_quantiles(run->part[0].pilot + at, HR_PILOT, share, HR_LEVELS, level + HR_LEVELS, first);
    hr_quantiles(run->part[k].pilot + at, HR_PILOT, share, HR_LEVELS, level + HR_LEVELS, second);
    hr_levels_between(first, second, level);
}

static void fix_range_of_pair(running *run, int k, int column)
{
    const double *first = run->part[0].pilot + (size_t)column * HR_PILOT;
    double *second = run->part[k].pilot + (size_t)column * HR_PILOT; /* not needed any more */
    for (int i = 0; i < HR_PILOT; i++)
        second[i] -= first[i];
    hr_histogram_begin(&run->pair_range[k][column], second, HR_PILOT, NULL);
    for (int i = 0; i < run->gatherers; i++)
        set_range(&run->gatherer[i].pair[k]->histogram[column], &run->pair_range[k][column]);
}

/* Ranges of a streamed run, the same for every gatherer. False when interrupted. */
static bool fix_ranges(running *run)
{
    const int columns = HR_METRICS * run->part[0].study.plan->years;
    const uint64_t leaves = HR_PILOT / HR_LEAF;
    const hr_pool_job job = {.threads = run->threads,
                             .jobs = leaves,
                             .work = pilot_leaf,
                             .tick = run->options->tick != NULL ? pilot_tick : NULL,
                             .user = run};
    if (hr_pool_run(&job) < leaves)
        return false;
    for (int k = 1; run->paired && k < run->parts; k++)
        fix_levels_of_pair(run, k);
    for (int column = 0; column < columns; column++) {
        for (int k = 0; k < run->parts; k++)
            fix_range_of_part(run, k, column);
        for (int k = 1; run->paired && k < run->parts; k++)
            fix_range_of_pair(run, k, column);
    }
    return true;
}

/* Jobs done, in an unbroken run from the first. */
static uint64_t simulate(running *run)
{
    if (!exact(run) && !fix_ranges(run))
        return 0;
    return hr_pool_run(&(hr_pool_job){.threads = run->threads,
                                      .jobs = run->part[0].study.jobs,
                                      .work = gather,
                                      .tick = run->options->tick != NULL ? job_tick : NULL,
                                      .user = run});
}

/* Rows of `from` values become rows of `to`, the first of each. */
static void close_up(double *row, size_t rows, uint64_t from, uint64_t to)
{
    for (size_t i = 1; i < rows && row != NULL && to < from; i++)
        memmove(row + i * to, row + i * from, to * sizeof *row);
}

static bool finish_part(running *run, int k, uint64_t jobs)
{
    hr_result *r = run->part[k].result;
    const hr_study *s = &run->part[k].study;
    hr_collector *collector[HR_THREADS_MOST];
    for (int i = 0; i < run->gatherers; i++)
        collector[i] = run->gatherer[i].collector[k];
    r->paths = paths_of_jobs(s, jobs);
    r->partial = r->paths < r->paths_asked;
    close_up(s->column, (size_t)HR_METRICS * (size_t)r->years, s->paths, r->paths);
    close_up(s->roll, (size_t)s->plan->schools * (size_t)r->years, s->paths, r->paths);
    return hr_summarise(r, s, collector, run->gatherers, jobs, run->threads, run->scratch) &&
           (s->mark == NULL || hr_converge(r, s->mark, hr_study_marked(s)));
}

static hr_pair_result *finish_pair(running *run, int k, uint64_t jobs, hr_arena *arena)
{
    hr_pair_collector *collector[HR_THREADS_MOST];
    for (int i = 0; i < run->gatherers; i++)
        collector[i] = run->gatherer[i].pair[k];
    const hr_paired paired = {.first = run->part[0].result,
                              .second = run->part[k].result,
                              .pair = &run->pair[k],
                              .jobs = jobs,
                              .threads = run->threads};
    return hr_summarise_pair(&paired, collector, run->gatherers, run->scratch, arena);
}

static hr_status finish(running *run, uint64_t jobs, hr_pair_result **pair, hr_arena *arena)
{
    if (jobs == 0)
        return HR_INTERRUPTED;
    for (int k = 0; k < run->parts; k++)
        if (!finish_part(run, k, jobs))
            return HR_NO_MEMORY;
    for (int k = 1; run->paired && k < run->parts; k++)
        if ((pair[k] = finish_pair(run, k, jobs, arena)) == NULL)
            return HR_NO_MEMORY;
    return run->part[0].result->partial ? HR_INTERRUPTED : HR_OK;
}

static void close_gatherers(running *run)
{
    for (int i = 0; i < run->gatherers; i++)
        hr_gatherer_free(&run->gatherer[i]);
    run->gatherers = 0;
}

/* After the run: its gatherers' memory is the sets'. */
static hr_status add_sets(running *run, hr_pair_result *const *pair)
{
    hr_result *result[HR_SCENARIOS_MOST];
    const hr_study *study[HR_SCENARIOS_MOST];
    close_gatherers(run);
    for (int k = 0; k < run->parts; k++) {
        result[k] = run->part[k].result;
        study[k] = &run->part[k].study;
    }
    const hr_status status = hr_sets_run(result, study, run->parts, pair, run->options, run->diags);
    for (int k = 0; k < run->parts; k++)
        result[k]->partial = status == HR_INTERRUPTED;
    return status;
}

/* Targets that two scenarios ask in the same words. */
static hr_status match_targets(running *run, int k)
{
    const hr_result *a = run->part[0].result, *b = run->part[k].result;
    int(*target)[2] = hr_arena_take(run->arena, sizeof *target * ((size_t)a->targets + 1));
    int targets = 0;
    if (target == NULL)
        return HR_NO_MEMORY;
    for (int i = 0; i < a->targets; i++)
        for (int j = 0; j < b->targets; j++)
            if (strcmp(a->target[i].id, b->target[j].id) == 0 &&
                strcmp(a->target[i].expr, b->target[j].expr) == 0) {
                target[targets][0] = i;
                target[targets++][1] = j;
            }
    run->pair[k] = (hr_pair){.first = &run->part[0].study,
                             .second = &run->part[k].study,
                             .target = (const int(*)[2])target,
                             .targets = targets};
    return HR_OK;
}

static hr_status open_all(running *run, const hr_scenario *const *scenario, int years)
{
    hr_run_options without = *run->options;
    without.limits = 0;
    hr_status status = HR_OK;
    for (int k = 0; k < run->parts && status == HR_OK; k++) {
        part *p = &run->part[k];
        status = hr_open(&p->result, &p->study, scenario[k], years,
                         k < run->parts - 1 ? &without : run->options, run->arena, run->diags);
        if (status == HR_OK && run->paired && k > 0)
            status = match_targets(run, k);
    }
    return status;
}

static hr_status reckon(running *run)
{
    hr_study *study[HR_SCENARIOS_MOST];
    for (int k = 0; k < run->parts; k++)
        study[k] = &run->part[k].study;
    return hr_reckon(study, run->parts, run->paired ? run->pair : NULL, run->options, &run->threads,
                     run->diags);
}

static void close_all(running *run)
{
    close_gatherers(run);
    for (int k = 0; k < run->parts; k++) {
        free(run->part[k].pilot);
        hr_result_free(run->part[k].result);
    }
    free(run->scratch);
    hr_arena_free(run->arena);
    free(run);
}

hr_status hr_together(hr_result **result, const hr_scenario *const *scenario, int count, int years,
                      const hr_run_options *o, hr_pair_result **pair, hr_arena *arena,
                      hr_diags *diags)
{
    for (int k = 0; k < count; k++)
        result[k] = NULL;
    hr_status status = hr_check_run_options(o, diags);
    if (status != HR_OK)
        return status;
    running *run = calloc(1, sizeof *run);
    if (run == NULL)
        return hr_diags_no_memory(diags);
    run->options = o;
    run->diags = diags;
    run->parts = count;
    run->paired = pair != NULL;
    run->arena = hr_arena_new();
    status = run->arena != NULL ? open_all(run, scenario, years) : HR_NO_MEMORY;
    if (status != HR_OK || (status = reckon(run)) != HR_OK ||
        (status = take_memory(run)) != HR_OK || (status = take_gatherers(run)) != HR_OK)
        goto out;
    status = finish(run, simulate(run), pair, arena);
    if (status == HR_OK && o->assumptions > 0)
        status = add_sets(run, pair);
    if (status == HR_OK || (status == HR_INTERRUPTED && run->part[0].result->paths > 0))
        for (int k = 0; k < count; k++) {
            result[k] = run->part[k].result;
            run->part[k].result = NULL;
        }
out:
    if (status == HR_NO_MEMORY && hr_diags_errors(diags) == 0)
        (void)hr_diags_no_memory(diags);
    close_all(run);
    return status;
}
