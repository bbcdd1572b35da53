/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of the model on a scenario that was written a moment ago: text through the public
 * interface, futures out. It must not know which target is tried. */
#ifndef HR_TESTS_CALIBRATION_TRIAL_H
#define HR_TESTS_CALIBRATION_TRIAL_H

#include <stdint.h>

#include "headroom/run.h"
#include "headroom/scenario.h"

enum { TRIAL_SEED = 20180901 };

typedef struct {
    hr_scenario *scenario;
    hr_result *result;
    uint64_t paths;
} trial;

/* A growing text for a scenario. */
typedef struct {
    char *text;
    size_t size, room;
} trial_text;
__attribute__((format(printf, 2, 3))) void trial_say(trial_text *t, const char *format, ...);
void trial_text_free(trial_text *t);

/* Writes the text to a temporary file, loads it with `changes` KEY=VALUE or overlays ("with NAME")
 * on top, runs it at TRIAL_SEED and keeps every future (paths: at most 65,536). Mistakes end the
 * program, with the diagnostics. */
trial trial_run(const char *text, const char *const *changes, uint64_t paths);
void trial_free(trial *t);

/* A metric of every future in a year (0 the first): [paths], NaN where undefined. Borrowed. */
const double *trial_metric(const trial *t, const char *key, int year);
/* The roll of a school, with its nursery, by id; only while it is in the trust. Borrowed. */
const double *trial_roll(const trial *t, const char *school_id, int year);

#endif
