/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing scenarios: the same luck through each. */
#ifndef HEADROOM_COMPARE_H
#define HEADROOM_COMPARE_H

#include "headroom/report.h"
#include "headroom/run.h"

#define HR_COMPARE_MOST 8u

typedef struct {
    const hr_scenario *scenario; /* outlives the comparison */
    const char *with; /* what of it was changed, such as "two-more-schools"; NULL: nothing */
} hr_compared;

typedef struct hr_comparison hr_comparison;

/* Runs 2 to HR_COMPARE_MOST scenarios through the same futures, and takes the differences of each
 * from the first. They begin in the same year, else HR_USAGE; where they run for different numbers
 * of years all run for the fewest, and a target that asks of a later year is left out, with a note.
 * Limits are asked of the last. keep_paths is not looked at. A precision is of the chances of every
 * scenario's verdict and of their differences. Statuses as of hr_run. */
HR_MUST_USE hr_status hr_compare(hr_comparison **out, const hr_compared *compared, size_t count,
                                 const hr_run_options *o, hr_diags *diags);
void hr_comparison_free(hr_comparison *c); /* NULL is fine; before its scenarios */

/* The result of one of them, borrowed; NULL past the last. */
const hr_result *hr_comparison_result(const hr_comparison *c, size_t which);

/* Mean difference of a metric in a year, `which` (1 and on) less the first, as hr_result_mean. */
bool hr_comparison_mean(const hr_comparison *c, size_t which, const char *metric, int year,
                        double *value, double *se, double *lo, double *hi);

/* The verdict in words, then tables; results.json; the output folder. As of a run. */
char *hr_report_comparison(const hr_comparison *c);
char *hr_report_comparison_json(const hr_comparison *c);
HR_MUST_USE hr_status hr_report_comparison_write(const hr_comparison *c, const hr_write_options *o,
                                                 hr_diags *diags);

#endif
