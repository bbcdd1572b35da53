/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something held against a first thing future by future: both over all futures, or the second over
 * some of them while the first keeps all. Arrays are of n values in order of future; `in` is 1
 * where a future counts for the second, NULL where all do. The second may be the first itself: then
 * the difference is that of some futures from all. docs/model.md, "Stresses". It must not know what
 * is held. */
#ifndef HR_ANALYSIS_HELD_H
#define HR_ANALYSIS_HELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/estimate.h"

/* The share of futures that count whose mark is 1. */
hr_estimate hr_held_chance(const uint8_t *second, const uint8_t *in, uint64_t n);

/* How much higher that share is than the first's over all: Tango's interval where all count;
 * (1 - w)(p in - p out) with Newcombe's where the second is the first, w being the share that
 * counts; else Newcombe's with the correlation of the two estimates. */
hr_estimate hr_held_chance_more(const uint8_t *first, const uint8_t *second, const uint8_t *in,
                                uint64_t n);

/* Means likewise; NaN is left out and counted. Their difference is that of the mean of
 * second - w first over what counts and (1 - w) the mean of the first over the rest: of pairs,
 * where all count, and of two samples with variances of their own else. */
hr_estimate hr_held_mean(const double *second, const uint8_t *in, uint64_t n);
hr_estimate hr_held_mean_more(const double *first, const double *second, const uint8_t *in,
                              uint64_t n);

/* Marks the futures whose value stands from place `from` to place `to` among a hundred: from the
 * order statistic after the quantile `from` to the quantile `to`, both inside, so that bands side
 * by side share no future but those with equal values, which are never told apart. *low and *high
 * are its ends. `work` is n doubles of scratch. Returns how many. */
uint64_t hr_held_band(const double *value, uint64_t n, double from_pct, double to_pct, double *low,
                      double *high, uint8_t *in, double *work);

#endif
