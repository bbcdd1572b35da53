/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streamed quantiles for runs too long to keep every value: counts in HR_BINS equal bins over a
 * range fixed by a pilot, plus one bin below and one above. Counts are whole numbers, so any split
 * of the paths gives the same answer. It must not know what is counted. */
#ifndef HR_BASE_HISTOGRAM_H
#define HR_BASE_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/estimate.h"

enum { HR_BINS = 4096 };

typedef struct {
    double low, high;   /* range of the bins; high > low */
    double least, most; /* smallest and largest value seen, in any bin */
    uint32_t *count;    /* HR_BINS + 2 */
} hr_histogram;

/* Range from the pilot's values: its ends moved out by half its width each side; a pilot with a
 * single value gets width 1 around it. `count` is borrowed memory of HR_BINS + 2 zeros. */
void hr_histogram_begin(hr_histogram *h, const double *pilot, size_t n, uint32_t *count);
/* Empty histograms with the ranges of `count` others; NULL when memory is short. */
hr_histogram *hr_histograms_alike(const hr_histogram *range, int count, hr_arena *arena);
void hr_histogram_add(hr_histogram *h, const double *value, size_t n); /* NaN is left out */
void hr_histogram_merge(hr_histogram *into, const hr_histogram *from); /* same range */

/* Quantiles with intervals by the same ranks as hr_quantiles, linear inside a bin. */
void hr_histogram_quantiles(const hr_histogram *h, const double *p, int count, hr_estimate *out);

#endif
