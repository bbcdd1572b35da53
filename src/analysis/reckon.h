/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run will take, reckoned before any of it is taken. */
#ifndef HR_ANALYSIS_RECKON_H
#define HR_ANALYSIS_RECKON_H

#include "analysis/collect.h"
#include "headroom/run.h"

enum { HR_THREADS_MOST = 256 };

/* Sets the study's jobs and the threads: as many as were asked for, or processors, with fewer where
 * there are not so many jobs or there is no room for so many; none of which changes a number.
 * HR_TOO_LARGE, with the number of paths that would fit, when one thread does not fit either. */
HR_MUST_USE hr_status hr_reckon(hr_study *s, const hr_run_options *o, int *threads,
                                hr_diags *diags);

#endif
