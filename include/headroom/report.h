/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports: words, tables, files. Every text is a NUL-terminated UTF-8 string that the caller frees
 * with hr_text_free; NULL means that memory was short. */
#ifndef HEADROOM_REPORT_H
#define HEADROOM_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "headroom/base.h"
#include "headroom/run.h"
#include "headroom/scenario.h"

void hr_text_free(char *text);

/* The verdict in words, then tables: what `run` prints and summary.txt holds. */
char *hr_report_summary(const hr_result *r);
/* results.json as one document. */
char *hr_report_json(const hr_result *r);

/* What `check` prints: counts of settings, notes, the plan's arithmetic and base rates; with
 * `explain` every setting with value, unit, source and whether it is a default. json: one document
 * instead. */
char *hr_report_check(const hr_scenario *s, bool explain, bool json);

/* One future told year by year: every draw and every line, adding up. path 0 is the plain case. The
 * status is HR_OK and *text set, or an error with a diagnostic. */
HR_MUST_USE hr_status hr_report_explain(const hr_scenario *s, uint64_t seed, uint64_t path,
                                        bool json, char **text, hr_diags *diags);

/* Reference tables: topic is metrics, parameters, drivers, lines, bridge, policies, steps, limits,
 * risks; format "text", "md" or "json". NULL for an unknown topic or format. */
char *hr_report_show(const char *topic, const char *format);
const char *hr_report_topic(int index); /* NULL past the last */

typedef struct {
    const char *folder;
    bool force;
    bool charts;
    bool save_paths;
    const char *const
        *command; /* the command line for the manifest, NULL-terminated, thread options left out */
} hr_write_options;

/* May an output folder of that name be written? To be asked before a simulation; who writes it asks
 * again. HR_OUTPUT and a diagnostic where it may not. */
HR_MUST_USE hr_status hr_report_may_write(const char *folder, bool force, hr_diags *diags);

/* Writes the output folder of a run: summary.txt, results.json, metrics.csv, paths.csv on request,
 * charts, resolved.cfg, manifest.json; beside and renamed whole. A missing gnuplot is a note. */
HR_MUST_USE hr_status hr_report_write(const hr_result *r, const hr_write_options *o,
                                      hr_diags *diags);

#endif
