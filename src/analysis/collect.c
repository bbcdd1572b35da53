/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collectors: batches to leaves, leaves to jobs. Nothing here allocates once a collector is made.
 * It must not know threads, nor how results are put. */
#include "analysis/collect.h"

#include <string.h>

#include "analysis/marks.h"
#include "base/lanes.h"

/* Columns. */

static int metric_columns(const hr_study *s) { return HR_METRICS * s->plan->years; }

int hr_column_metric(const hr_study *s, int metric, int year)
{
    return metric * s->plan->years + year;
}
int hr_column_school(const hr_study *s, int school, int year)
{
    return metric_columns(s) + 2 * (school * s->plan->years + year);
}
int hr_column_line(const hr_study *s, int line)
{
    return hr_column_school(s, s->plan->schools, 0) + line;
}
int hr_column_opening(const hr_study *s) { return hr_column_line(s, HR_LINES); }
int hr_column_depth(const hr_study *s, int risk) { return hr_column_opening(s) + 1 + risk; }
int hr_column_fall(const hr_study *s) { return hr_column_depth(s, HR_RISKS); }
int hr_columns(const hr_study *s) { return hr_column_fall(s) + 1; }

/* Jobs. */

void hr_study_plan_jobs(hr_study *s)
{
    const uint64_t leaves = (s->paths + HR_LEAF - 1) / HR_LEAF;
    s->levels = 0;
    while ((leaves >> s->levels) > HR_JOBS_MOST)
        s->levels++;
    const uint64_t job_leaves = (uint64_t)1 << s->levels;
    s->jobs = (leaves + job_leaves - 1) / job_leaves;
}

uint64_t hr_study_job_paths(const hr_study *s) { return (uint64_t)HR_LEAF << s->levels; }

bool hr_study_exact(const hr_study *s) { return s->paths <= HR_EXACT_MOST; }

uint64_t hr_study_marked(const hr_study *s)
{
    return s->paths < HR_EXACT_MOST ? s->paths : HR_EXACT_MOST;
}

/* Collectors. */

static size_t histogram_bytes(const hr_study *s)
{
    return (size_t)metric_columns(s) * (sizeof(hr_histogram) + (HR_BINS + 2) * sizeof(uint32_t));
}

size_t hr_collector_bytes(const hr_study *s, bool streamed)
{
    const size_t column = HR_LEAF * sizeof(double) + (size_t)(s->levels + 1) * sizeof(hr_moments);
    return hr_worker_bytes(s->plan, s->probs, s->lanes) + (size_t)hr_columns(s) * column +
           (streamed ? histogram_bytes(s) : 0);
}

hr_collector *hr_collector_new(const hr_study *s, hr_arena *arena)
{
    hr_collector *c = HR_TAKE(arena, hr_collector, 1);
    if (c == NULL)
        return NULL;
    const size_t columns = (size_t)hr_columns(s), values = columns * HR_LEAF;
    c->study = s;
    c->leaf = HR_TAKE(arena, double, values);
    c->rising = HR_TAKE(arena, hr_moments, columns * (size_t)(s->levels + 1));
    const bool taken =
        c->leaf != NULL && c->rising != NULL && hr_tally_new(&c->tally, s, arena) &&
        (s->range == NULL ||
         (c->histogram = hr_histograms_alike(s->range, metric_columns(s), arena)) != NULL);
    c->worker = taken ? hr_worker_new(s->plan, s->prob, s->probs, s->lanes) : NULL;
    return c->worker != NULL ? c : NULL;
}

void hr_collector_free(hr_collector *c)
{
    if (c != NULL)
        hr_worker_free(c->worker);
}

/* Keeping the lanes of a batch. */

/* Where a column's values of the leaf that begins with path index `first` are gathered. */
static double *column_of_leaf(const hr_collector *c, int column, uint64_t first)
{
    const hr_study *s = c->study;
    const bool kept = s->column != NULL && column < metric_columns(s);
    return kept ? s->column + (size_t)column * s->paths + first
                : c->leaf + (size_t)column * HR_LEAF;
}

static void keep_schools(hr_collector *c, const hr_outcome *o, uint64_t first, int at, int n)
{
    const hr_study *s = c->study;
    const size_t bytes = (size_t)n * sizeof(double);
    for (int school = 0; school < s->plan->schools; school++)
        for (int t = 0; t < o->years; t++) {
            const int place = school * o->years + t;
            const double *from = o->school + (size_t)place * HR_SCHOOL_COLUMNS * (size_t)o->lanes;
            const double *pupils = from + (size_t)HR_SC_PUPILS * (size_t)o->lanes;
            const double *reserves = from + (size_t)HR_SC_RESERVES_PCT * (size_t)o->lanes;
            const int column = hr_column_school(s, school, t);
            memcpy(column_of_leaf(c, column, first) + at, pupils, bytes);
            memcpy(column_of_leaf(c, column + 1, first) + at, reserves, bytes);
            if (s->roll != NULL)
                memcpy(s->roll + (size_t)place * s->paths + first + (size_t)at, pupils, bytes);
        }
}

static void keep_lines(hr_collector *c, const hr_outcome *o, uint64_t first, int at, int n)
{
    for (int l = 0; l < HR_LINES; l++) {
        double *total = column_of_leaf(c, hr_column_line(c->study, l), first) + at;
        const double *line = o->line + (size_t)(l * o->years) * (size_t)o->lanes;
        memcpy(total, line, (size_t)n * sizeof(double));
        for (int t = 1; t < o->years; t++) {
            line += o->lanes;
            HR_FOR_LANES(i, n)
                total[i] += line[i];
        }
    }
}

void hr_collect_batch(hr_collector *c, const hr_outcome *o, uint64_t first, int at, int n)
{
    const hr_study *s = c->study;
    hr_tally_count(&c->tally, s, o, n);
    const size_t bytes = (size_t)n * sizeof(double), lanes = (size_t)o->lanes;
    for (int column = 0; column < metric_columns(s); column++)
        memcpy(column_of_leaf(c, column, first) + at, o->metric + (size_t)column * lanes, bytes);
    for (int r = 0; r < HR_RISKS; r++)
        memcpy(column_of_leaf(c, hr_column_depth(s, r), first) + at, o->depth + (size_t)r * lanes,
               bytes);
    memcpy(column_of_leaf(c, hr_column_opening(s), first) + at, o->opening, bytes);
    double *fall = column_of_leaf(c, hr_column_fall(s), first) + at;
    const double *end =
        o->metric + (size_t)(hr_column_metric(s, HR_M_RESERVES_PCT, 0) + o->years - 1) * lanes;
    HR_FOR_LANES(i, n)
        fall[i] = o->opening_pct[i] - end[i];
    keep_schools(c, o, first, at, n);
    keep_lines(c, o, first, at, n);
    if (s->mark != NULL && first < HR_EXACT_MOST) /* which is whole leaves */
        hr_mark_lanes(o, s->targets, s->of_plan, s->mark + first + (uint64_t)at, hr_study_marked(s),
                      n);
}

/* Leaves and jobs. */

void hr_collect_end_leaf(hr_collector *c, uint64_t first, size_t count, uint64_t place)
{
    const hr_study *s = c->study;
    for (int column = 0; column < hr_columns(s); column++) {
        const double *value = column_of_leaf(c, column, first);
        hr_moments_rise(c->rising + (size_t)column * (size_t)(s->levels + 1), place,
                        hr_moments_of_leaf(value, count));
        if (s->range != NULL && column < metric_columns(s))
            hr_histogram_add(&c->histogram[column], value, count);
    }
}

void hr_collect_end_job(hr_collector *c, uint64_t job, uint64_t leaves)
{
    const hr_study *s = c->study;
    for (int column = 0; column < hr_columns(s); column++)
        s->moments[(size_t)column * s->jobs + job] =
            hr_moments_risen(c->rising + (size_t)column * (size_t)(s->levels + 1), leaves);
}

void hr_collect_pilot(hr_collector *c, uint64_t leaf, double *pilot)
{
    const hr_study *s = c->study;
    for (int at = 0; at < HR_LEAF; at += s->lanes) {
        hr_outcome o;
        const uint64_t first = leaf * HR_LEAF + (uint64_t)at;
        s->batch(c->worker, s->seed, 1 + first, NULL, NULL, &o);
        const int n = HR_LEAF - at < s->lanes ? HR_LEAF - at : s->lanes;
        for (int column = 0; column < metric_columns(s); column++)
            memcpy(pilot + (size_t)column * HR_PILOT + first,
                   o.metric + (size_t)column * (size_t)o.lanes, (size_t)n * sizeof(double));
    }
}
