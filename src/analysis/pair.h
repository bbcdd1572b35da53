/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences of one scenario from another over the same futures, taken lane by lane while both
 * have the batch at hand, so that nothing of them is kept but moments, whole numbers and, in long
 * runs, histograms. A pair collector belongs to one thread. It must not know threads, nor how
 * results are put. */
#ifndef HR_ANALYSIS_PAIR_H
#define HR_ANALYSIS_PAIR_H

#include "analysis/collect.h"
#include "base/dominance.h"

/* What all collectors of a pair share. Borrowed by them. The horizon is the same for both. */
typedef struct {
    const hr_study *first, *second;
    const int (*target)[2]; /* [targets] targets that both ask: places in the first, the second */
    int targets;
    hr_moments *moments;       /* [columns][jobs] */
    const hr_histogram *range; /* [HR_METRICS][years]; NULL when quantiles are exact */
    const double *level;       /* [HR_LEVELS] of reserves at the end; NULL likewise */
} hr_pair;

/* Futures in which something is there in the second alone, and in the first alone. */
enum { HR_GAINED, HR_LOST, HR_SIDES };

typedef struct {
    size_t size;
    uint64_t *block;
    uint64_t *risk;   /* [HR_RISKS][years][HR_SIDES] */
    uint64_t *any;    /* [HR_RISKS][HR_SIDES] in some year */
    uint64_t *met;    /* [targets][HR_SIDES] */
    uint64_t *all;    /* [HR_SIDES] every target of its own */
    uint64_t *state;  /* [HR_METRICS][years][3][HR_SIDES] STATE metrics, defined in both */
    uint64_t *stated; /* [HR_METRICS][years] futures in which both are defined */
    uint64_t *reach; /* [HR_LEVELS][HR_SIDES] levels of reserves at the end, where they are given */
    uint64_t *differ; /* [1] futures in which any metric or risk of any year differs */
} hr_pair_tally;

typedef struct {
    const hr_pair *pair;
    double *leaf;       /* [columns][HR_LEAF] */
    hr_moments *rising; /* [columns][levels + 1] */
    hr_pair_tally tally;
    hr_histogram *histogram; /* [HR_METRICS][years], or NULL */
} hr_pair_collector;

/* Columns, second less first: metrics by year; the same where the second is higher, else undefined;
 * the same where it is lower; rows of the bridge; the fall of reserves in % of income. A difference
 * is undefined where one of the two is. */
typedef enum { HR_PAIR_ALL, HR_PAIR_HIGHER, HR_PAIR_LOWER } hr_pair_part;
int hr_pair_columns(const hr_pair *p);
int hr_pair_column_metric(const hr_pair *p, hr_pair_part part, int metric, int year);
int hr_pair_column_bridge(const hr_pair *p, int row);
int hr_pair_column_fall(const hr_pair *p);
int hr_pair_column_end(
    const hr_pair *p); /* reserves of the first at the end, where both have some */
/* Of a streamed run: how far the first falls short of a level of reserves, less the second. */
int hr_pair_column_level(const hr_pair *p, int level);

hr_pair_collector *hr_pair_collector_new(const hr_pair *p, hr_arena *arena); /* NULL: no memory */
size_t hr_pair_collector_bytes(const hr_pair *p, bool streamed);
void hr_pair_tally_add(hr_pair_tally *into, const hr_pair_tally *from);

/* As hr_collect_batch, hr_collect_end_leaf and hr_collect_end_job. */
void hr_pair_batch(hr_pair_collector *c, const hr_outcome *first, const hr_outcome *second, int at,
                   int n);
void hr_pair_end_leaf(hr_pair_collector *c, size_t count, uint64_t place);
void hr_pair_end_job(hr_pair_collector *c, uint64_t job, uint64_t leaves);

#endif
