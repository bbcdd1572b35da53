/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ACTUALS.csv: what happened, row by row, in the vocabulary of a run. */
#ifndef HR_REPORT_ACTUALS_H
#define HR_REPORT_ACTUALS_H

#include "analysis/score.h"
#include "headroom/base.h"

typedef struct {
    hr_actual *row;
    int rows, scored; /* scored: not of the year before the run */
    char sha256[65];
} hr_actuals;

/* Every mistake is said at once as FILE:LINE: error, and the status is HR_INVALID. Everything lives
 * in the arena. */
hr_status hr_actuals_read(hr_actuals *a, const char *path, const hr_frozen *frozen, hr_arena *arena,
                          hr_diags *diags);

#endif
