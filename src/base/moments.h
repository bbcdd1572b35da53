/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments over a fixed tree. Values come in leaves of HR_LEAF paths in path order; a leaf is
 * reduced alone and leaves are merged in a binary tree by index, so that the sums do not depend on
 * threads or batches. NaN means "undefined on this path" and is left out and counted. */
#ifndef HR_BASE_MOMENTS_H
#define HR_BASE_MOMENTS_H

#include <stddef.h>
#include <stdint.h>

enum { HR_LEAF = 256 }; /* paths in a leaf */

typedef struct {
    uint64_t n;  /* defined values */
    double mean; /* 0 when n is 0 */
    double m2;   /* sum of squared deviations from the mean */
} hr_moments;

/* Moments of the `count` (at most HR_LEAF) values of one leaf, in order. */
hr_moments hr_moments_of_leaf(const double *value, size_t count);

/* Moments of two neighbouring sets of values (Chan, Golub and LeVeque 1983). */
hr_moments hr_moments_merge(hr_moments a, hr_moments b);

/* Moments of leaf[0..count-1] merged as the binary tree by index: pairs (2i, 2i+1) at each level,
 * an odd last one carried up. Overwrites leaf. Any aligned run of 2^k leaves merged alone first
 * gives the same bits. */
hr_moments hr_moments_tree(hr_moments *leaf, size_t count);

/* All of value[0..n-1]: leaves in order, merged as that tree. `leaf` has room for n / HR_LEAF + 1.
 */
hr_moments hr_moments_of(const double *value, uint64_t n, hr_moments *leaf);

/* The same tree while leaves arrive in order: takes in leaf number `place`, of which level[j] holds
 * what is merged so far of 2^j leaves, as in a binary addition; and what `leaves` of them come to.
 */
void hr_moments_rise(hr_moments *level, uint64_t place, hr_moments leaf);
hr_moments hr_moments_risen(const hr_moments *level, uint64_t leaves);

double hr_moments_sd(hr_moments m); /* n - 1 in the denominator; NaN when n < 2 */
double hr_moments_se(hr_moments m); /* of the mean: sd / sqrt(n); NaN when n < 2 */

#endif
