/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathering: what is kept of the batches of a run while it goes on. A collector belongs to one
 * thread and a scenario; it counts what is counted, takes the moments of each leaf and
 * merges them up the fixed tree, and writes into its own slices of what all share, so that neither
 * threads nor lanes nor the size of jobs can be seen in a number. It must not know threads, nor how
 * results are put. */
#ifndef HR_ANALYSIS_COLLECT_H
#define HR_ANALYSIS_COLLECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/histogram.h"
#include "base/moments.h"
#include "engine/engine.h"

enum {
    HR_EXACT_MOST = 65536, /* paths up to which every column is kept and quantiles are exact */
    HR_PILOT = 4096,       /* futures that fix the ranges of longer runs */
    HR_JOBS_MOST = 2048    /* jobs of a run; longer runs have larger jobs */
};

/* What all collectors of a run share. Borrowed by them. */
typedef struct {
    const hr_plan *plan;
    const hr_prob *const *prob; /* targets first */
    int probs, targets;
    const bool *of_plan; /* [targets]: the plan's own */
    uint64_t seed, paths;
    int lanes;
    hr_batch_fn *batch;
    int levels; /* a job is 2^levels leaves */
    uint64_t jobs;
    double *column;            /* [HR_METRICS][years][paths], or NULL */
    double *roll;              /* [schools][years][paths], or NULL */
    uint8_t *mark;             /* [hr_marks(targets)][hr_study_marked] of the first, or NULL */
    hr_moments *moments;       /* [columns][jobs] */
    const hr_histogram *range; /* [HR_METRICS][years]: ranges; NULL when quantiles are exact */
} hr_study;

/* Whole numbers of futures, laid out in one block so that two tallies add in one loop. */
typedef struct {
    size_t size;
    uint64_t *block;
    uint64_t *state;   /* [HR_METRICS][years][3] STATE metrics */
    uint64_t *risk;    /* [HR_RISKS][years] */
    uint64_t *first;   /* [HR_RISKS][years] */
    uint64_t *met;     /* [probs] */
    uint64_t *missed;  /* [targets][years] */
    uint64_t *all;     /* [3] every target; every target of the plan; every one of our reading */
    uint64_t *joined;  /* [candidates][years] */
    uint64_t *lost;    /* [candidates][3] refused too long, withdrew, lost to a condition */
    uint64_t *refused; /* [candidates][HR_POLICIES] */
    uint64_t *school;  /* [schools][years][3] in-year deficit, deficit, below good */
} hr_tally;

typedef struct {
    const hr_study *study;
    hr_worker *worker;
    double *leaf;       /* [columns][HR_LEAF] */
    hr_moments *rising; /* [columns][levels + 1] merged so far, by level of the tree */
    hr_tally tally;
    hr_histogram *histogram; /* [HR_METRICS][years], or NULL */
} hr_collector;

/* Columns of which moments are taken: metrics by year; two a school by year; line totals; opening
 * reserves; depths of risks; by how much reserves in % of income fall from the start to the end. */
int hr_columns(const hr_study *s);
int hr_column_metric(const hr_study *s, int metric, int year);
int hr_column_school(const hr_study *s, int school, int year); /* pupils; the next: reserves, % */
int hr_column_line(const hr_study *s, int line);
int hr_column_opening(const hr_study *s);
int hr_column_depth(const hr_study *s, int risk);
int hr_column_fall(const hr_study *s);

/* Sets levels and jobs for the study's paths. */
void hr_study_plan_jobs(hr_study *s);
uint64_t hr_study_job_paths(const hr_study *s);
/* Few enough paths to keep every column: quantiles are exact. */
bool hr_study_exact(const hr_study *s);
/* Of how many futures, from the first, marks are kept. */
uint64_t hr_study_marked(const hr_study *s);

/* A collector in the arena, with a worker of its own; NULL when memory is short. */
hr_collector *hr_collector_new(const hr_study *s, hr_arena *arena);
void hr_collector_free(hr_collector *c); /* its worker; NULL is fine */
size_t hr_collector_bytes(const hr_study *s, bool streamed);

/* Takes in the first n lanes of a batch: futures `at` and following of the leaf that begins with
 * path index `first`. */
void hr_collect_batch(hr_collector *c, const hr_outcome *o, uint64_t first, int at, int n);
/* The leaf is whole: it has `count` futures and is number `place` of its job. */
void hr_collect_end_leaf(hr_collector *c, uint64_t first, size_t count, uint64_t place);
/* The job is whole: it has `leaves` leaves. */
void hr_collect_end_job(hr_collector *c, uint64_t job, uint64_t leaves);
/* Simulates one leaf and writes its metrics to pilot, [HR_METRICS][years][HR_PILOT]; gathers
 * nothing. */
void hr_collect_pilot(hr_collector *c, uint64_t leaf, double *pilot);

/* A tally of zeros; false when memory is short. */
bool hr_tally_new(hr_tally *t, const hr_study *s, hr_arena *arena);
void hr_tally_add(hr_tally *into, const hr_tally *from);
/* Counts the first n lanes of a batch. */
void hr_tally_count(hr_tally *t, const hr_study *s, const hr_outcome *o, int n);

#endif
