/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs many cases on the same futures. A job is one leaf of one case, leaves first, so that an
 * interrupted run has the same futures of every case. It must not know what the cases are. */
#include "analysis/cases.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/opening.h"
#include "analysis/reckon.h"
#include "config/diag.h"
#include "os/pool.h"

typedef struct {
    const hr_case *cases;
    const hr_case_column *column;
    const hr_run_options *options;
    hr_cases *out;
    int *owner;         /* [cases] the first case with the same study, whose workers serve all */
    hr_worker **worker; /* [rooms][cases], NULL where another case owns the study */
    int threads, rooms; /* threads that have workers, and that were to have some */
} running;

hr_case_column hr_case_average(int average)
{
    return (hr_case_column){.metric = HR_METRICS + average, .year = 0};
}

const uint8_t *hr_case_mark(const hr_cases *c, int which, int mark)
{
    return c->mark[which] + (uint64_t)mark * c->paths_asked;
}

const double *hr_case_column_of(const hr_cases *c, int which, int column)
{
    return c->column[which] + (uint64_t)column * c->paths_asked;
}

uint64_t hr_case_count(const hr_cases *c, int which, int mark)
{
    const uint8_t *m = hr_case_mark(c, which, mark);
    uint64_t count = 0;
    for (uint64_t i = 0; i < c->paths; i++)
        count += m[i];
    return count;
}

/* Memory. */

/* Rows of marks: those of the plan, and the clauses of limits. */
static int mark_rows(const hr_study *s) { return hr_marks(s->targets) + s->probs - s->targets; }

static uint64_t case_bytes(const hr_study *s, int columns)
{
    return (uint64_t)mark_rows(s) + (uint64_t)columns * sizeof(double);
}

/* What a case takes besides its futures: its places in the lists, and the allocator's own. */
enum { CASE_APART = 128 };

uint64_t hr_cases_bytes(const hr_study *s, int columns, uint64_t paths)
{
    return paths * case_bytes(s, columns) + CASE_APART;
}

/* Bytes of a future of all cases, and of the workers of one thread. */
static uint64_t bytes_each(const running *run, uint64_t *workers)
{
    uint64_t future = 0;
    *workers = 0;
    for (int k = 0; k < run->out->cases; k++) {
        const hr_study *s = run->cases[k].study;
        future += case_bytes(s, run->out->columns);
        if (run->owner[k] == k)
            *workers += hr_worker_bytes(s->plan, s->probs, s->lanes);
    }
    return future;
}

/* Sets the number of threads; refuses what does not fit. */
static hr_status reckon(running *run, hr_diags *diags)
{
    const hr_run_options *o = run->options;
    const uint64_t memory = o->memory != 0 ? o->memory : HR_MEMORY_DEFAULT;
    uint64_t workers;
    const uint64_t future = bytes_each(run, &workers);
    uint64_t fit = workers < memory ? (memory - workers) / future : 0;
    fit = fit < HR_EXACT_MOST ? fit : HR_EXACT_MOST;
    if (o->paths > fit) {
        hr_diags_addf(diags, HR_ERROR, NULL, 0,
                      fit == HR_EXACT_MOST ? "ask for fewer with --paths"
                                           : "ask for fewer with --paths, or allow more with "
                                             "--memory",
                      "%llu paths are too many where every future of %d cases is kept: %llu would "
                      "fit",
                      (unsigned long long)o->paths, run->out->cases, (unsigned long long)fit);
        return HR_TOO_LARGE;
    }
    const uint64_t jobs = (o->paths + HR_LEAF - 1) / HR_LEAF * (uint64_t)run->out->cases;
    int n = o->threads != 0 ? o->threads : hr_pool_processors();
    n = n < HR_THREADS_MOST ? n : HR_THREADS_MOST;
    n = (uint64_t)n < jobs ? n : (int)jobs;
    while (n > 1 && future * o->paths + (uint64_t)n * workers > memory)
        n--;
    run->threads = n;
    return HR_OK;
}

static bool take_kept(running *run)
{
    hr_cases *c = run->out;
    c->mark = calloc((size_t)c->cases, sizeof *c->mark);
    c->column = calloc((size_t)c->cases, sizeof *c->column);
    for (int k = 0; c->mark != NULL && c->column != NULL && k < c->cases; k++) {
        c->mark[k] = malloc((size_t)mark_rows(run->cases[k].study) * c->paths_asked);
        c->column[k] = malloc(((size_t)c->columns * c->paths_asked + 1) * sizeof(double));
        if (c->mark[k] == NULL || c->column[k] == NULL)
            return false;
    }
    return c->mark != NULL && c->column != NULL;
}

/* Workers of every study for each thread; fewer threads when memory is short, but one. */
static bool take_workers(running *run)
{
    const int cases = run->out->cases;
    run->rooms = run->threads;
    run->worker = calloc((size_t)run->rooms * (size_t)cases, sizeof(hr_worker *));
    if (run->worker == NULL)
        return false;
    for (int t = 0; t < run->threads; t++)
        for (int k = 0; k < cases; k++) {
            const hr_study *s = run->cases[k].study;
            hr_worker **w = &run->worker[t * cases + k];
            if (run->owner[k] == k &&
                (*w = hr_worker_new(s->plan, s->prob, s->probs, s->lanes)) == NULL) {
                run->threads = t;
                return t > 0;
            }
        }
    return true;
}

static void find_owners(running *run)
{
    for (int k = 0; k < run->out->cases; k++) {
        run->owner[k] = k;
        for (int j = 0; j < k; j++)
            if (run->cases[j].study == run->cases[k].study) {
                run->owner[k] = j;
                break;
            }
    }
}

/* Simulation. */

/* Bends that give every future the once-drawn values of one set. */
static const hr_bend *bends_of_set(uint64_t set, hr_bend bend[HR_D_LIMIT / 4])
{
    if (set == 0)
        return NULL;
    memset(bend, 0, HR_D_LIMIT / 4 * sizeof *bend);
    for (int d = 0; d < HR_D_LIMIT; d++) {
        const hr_driver_row *row = hr_driver_describe(d);
        if (row->name != NULL && row->rhythm == HR_RHYTHM_FUTURE)
            bend[d / 4].set = set;
    }
    return bend;
}

static const double *lanes_of(const hr_outcome *o, hr_case_column at)
{
    return at.metric >= HR_METRICS
               ? o->average + (size_t)(at.metric - HR_METRICS) * (size_t)o->lanes
               : o->metric + (size_t)(at.metric * o->years + at.year) * (size_t)o->lanes;
}

static void keep(const running *run, int k, const hr_outcome *o, uint64_t first, int n)
{
    hr_cases *c = run->out;
    const hr_study *s = run->cases[k].study;
    hr_mark_lanes(o, s->targets, s->of_plan, c->mark[k] + first, c->paths_asked, n);
    for (int q = s->targets; q < s->probs; q++) {
        const double *met = o->met + (size_t)q * (size_t)o->lanes;
        uint8_t *mark =
            c->mark[k] + first + (uint64_t)(hr_marks(s->targets) + q - s->targets) * c->paths_asked;
        for (int i = 0; i < n; i++)
            mark[i] = met[i] == 1.0;
    }
    for (int j = 0; j < c->columns; j++)
        memcpy(c->column[k] + (uint64_t)j * c->paths_asked + first, lanes_of(o, run->column[j]),
               (size_t)n * sizeof(double));
}

static void work(void *user, int thread, uint64_t job)
{
    const running *run = user;
    const uint64_t cases = (uint64_t)run->out->cases, first = job / cases * HR_LEAF;
    const int k = (int)(job % cases);
    const hr_study *s = run->cases[k].study;
    hr_worker *w = run->worker[(uint64_t)thread * cases + (uint64_t)run->owner[k]];
    const uint64_t left = run->out->paths_asked - first;
    const int count = left < HR_LEAF ? (int)left : HR_LEAF;
    hr_bend room[HR_D_LIMIT / 4];
    const hr_bend *bend = bends_of_set(run->cases[k].set, room);
    for (int at = 0; at < count; at += s->lanes) {
        hr_outcome o;
        s->batch(w, s->seed, 1 + first + (uint64_t)at, bend, NULL, &o);
        keep(run, k, &o, first + (uint64_t)at, count - at < s->lanes ? count - at : s->lanes);
    }
}

static bool tick(void *user, uint64_t done, uint64_t jobs)
{
    const running *run = user;
    const uint64_t of = run->out->paths_asked * (uint64_t)run->out->cases;
    return run->options->tick(run->options->user, of / jobs * done, of);
}

/* Futures that every case has. */
static uint64_t simulate(running *run)
{
    hr_cases *c = run->out;
    const uint64_t leaves = (c->paths_asked + HR_LEAF - 1) / HR_LEAF;
    const uint64_t done = hr_pool_run(&(hr_pool_job){.threads = run->threads,
                                                     .jobs = leaves * (uint64_t)c->cases,
                                                     .work = work,
                                                     .tick = run->options->tick ? tick : NULL,
                                                     .user = run});
    const uint64_t paths = done / (uint64_t)c->cases * HR_LEAF;
    return paths < c->paths_asked ? paths : c->paths_asked;
}

static void close_workers(running *run)
{
    const size_t workers = (size_t)run->rooms * (size_t)run->out->cases;
    for (size_t i = 0; run->worker != NULL && i < workers; i++)
        hr_worker_free(run->worker[i]);
    free(run->worker);
    free(run->owner);
}

void hr_cases_free(hr_cases *c)
{
    if (c == NULL)
        return;
    for (int k = 0; c->mark != NULL && k < c->cases; k++)
        free(c->mark[k]);
    for (int k = 0; c->column != NULL && k < c->cases; k++)
        free(c->column[k]);
    free(c->mark);
    free(c->column);
    free(c);
}

hr_status hr_cases_run(hr_cases **out, const hr_case *cases, int count,
                       const hr_case_column *column, int columns, const hr_run_options *o,
                       hr_diags *diags)
{
    *out = NULL;
    hr_status status = hr_check_run_options(o, diags);
    if (status != HR_OK)
        return status;
    running run = {.cases = cases, .column = column, .options = o};
    run.out = calloc(1, sizeof *run.out);
    if (run.out == NULL)
        return hr_diags_no_memory(diags);
    *run.out = (hr_cases){.cases = count, .columns = columns, .paths_asked = o->paths};
    run.owner = calloc((size_t)count, sizeof *run.owner);
    status = HR_NO_MEMORY;
    if (run.owner == NULL)
        goto out;
    find_owners(&run);
    status = reckon(&run, diags);
    if (status != HR_OK)
        goto out;
    status = HR_NO_MEMORY;
    if (!take_kept(&run) || !take_workers(&run))
        goto out;
    run.out->paths = simulate(&run);
    status = run.out->paths == o->paths ? HR_OK : HR_INTERRUPTED;
    *out = run.out->paths > 0 ? run.out : NULL;
out:
    if (status == HR_NO_MEMORY)
        (void)hr_diags_no_memory(diags);
    close_workers(&run);
    if (*out == NULL)
        hr_cases_free(run.out);
    return status;
}
