/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selection: the values that would stand at given ranks if the array were sorted. It must not know
 * what the ranks are for. */
#ifndef HR_BASE_SELECT_H
#define HR_BASE_SELECT_H

#include <stddef.h>

enum { HR_SELECT_MAX = 24 }; /* ranks at a time */

/* out[i] = the value of rank rank[i] (from 0, below n) among value[0..n-1], none of which is NaN;
 * count is at most HR_SELECT_MAX, ranks in any order. Exact. Leaves `value` scrambled. */
void hr_select(double *value, size_t n, const size_t *rank, int count, double *out);

#endif
