/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run will take, reckoned before any of it is taken. */
#ifndef HR_ANALYSIS_RECKON_H
#define HR_ANALYSIS_RECKON_H

#include "analysis/pair.h"
#include "headroom/run.h"

#define HR_MEMORY_DEFAULT 2147483648u /* bytes: 2 GiB */

enum { HR_THREADS_MOST = 256 };

/* Sets the jobs of `count` studies that are run together and the threads: as many as were asked
 * for, or processors, with fewer where there are not so many jobs or there is no room for so many;
 * none of which changes a number. `pair` is NULL, or [count] of which those from 1 on are taken
 * too. HR_TOO_LARGE, with the number of paths that would fit, when one thread does not fit either.
 */
HR_MUST_USE hr_status hr_reckon(hr_study *const *study, int count, const hr_pair *pair,
                                const hr_run_options *o, int *threads, hr_diags *diags);

#endif
