/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario text through a temporary file and the public interface; futures out of the kept columns
 * of the result. It must not know which target is tried. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/result.h"
#include "calibration/target.h"
#include "calibration/trial.h"

enum { MOST_CHANGES = 32 };

void trial_say(trial_text *t, const char *format, ...)
{
    for (;;) {
        va_list list;
        va_start(list, format);
        const size_t left = t->room - t->size;
        const int wants = vsnprintf(t->text ? t->text + t->size : NULL, left, format, list);
        va_end(list);
        if (wants < 0)
            calibration_stop("a scenario cannot be written");
        if ((size_t)wants < left) {
            t->size += (size_t)wants;
            return;
        }
        t->room = 2 * t->room + (size_t)wants + 1;
        t->text = realloc(t->text, t->room);
        if (!t->text)
            calibration_stop("memory is short");
    }
}

void trial_text_free(trial_text *t)
{
    free(t->text);
    *t = (trial_text){0};
}

static void stop_with(const char *text, hr_diags *d)
{
    char words[1024];
    for (size_t i = 0; i < hr_diags_count(d); i++)
        if (hr_diags_get(d, i)->severity == HR_ERROR) {
            hr_diag_format(hr_diags_get(d, i), words, sizeof words);
            fputs(words, stderr);
        }
    fputs(text, stderr);
    calibration_stop("a scenario does not run");
}

static size_t read_changes(hr_change *to, const char *const *changes)
{
    size_t n = 0;
    for (; changes && changes[n]; n++) {
        if (n == MOST_CHANGES)
            calibration_stop("too many changes");
        const bool overlay = strncmp(changes[n], "with ", 5) == 0;
        to[n] = overlay ? (hr_change){HR_CHANGE_WITH, changes[n] + 5}
                        : (hr_change){HR_CHANGE_SET, changes[n]};
    }
    return n;
}

trial trial_run(const char *text, const char *const *changes, uint64_t paths)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/headroom-trial-XXXXXX", folder && *folder ? folder : "/tmp");
    const int fd = mkstemp(path);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        calibration_stop("%s cannot be written", path);
    hr_change change[MOST_CHANGES];
    const size_t n = read_changes(change, changes);
    hr_diags *d = hr_diags_new();
    trial t = {.paths = paths};
    hr_status status = hr_scenario_load(&t.scenario, path, change, n, d);
    unlink(path);
    if (status == HR_OK)
        status =
            hr_run(&t.result, t.scenario,
                   &(hr_run_options){.seed = TRIAL_SEED, .paths = paths, .keep_paths = true}, d);
    if (status != HR_OK)
        stop_with(text, d);
    hr_diags_free(d);
    return t;
}

void trial_free(trial *t)
{
    hr_result_free(t->result);
    hr_scenario_free(t->scenario);
    *t = (trial){0};
}

const double *trial_metric(const trial *t, const char *key, int year)
{
    const hr_result *r = t->result;
    for (int m = 0; m < HR_METRICS; m++)
        if (strcmp(HR_METRIC_ROWS[m].key, key) == 0 && year >= 0 && year < r->years && r->column)
            return r->column + ((size_t)m * (size_t)r->years + (size_t)year) * t->paths;
    calibration_stop("there is no %s in year %d", key, year);
}

const double *trial_roll(const trial *t, const char *school_id, int year)
{
    const hr_result *r = t->result;
    for (int s = 0; s < r->schools; s++)
        if (strcmp(r->school[s].id, school_id) == 0 && year >= 0 && year < r->years && r->roll)
            return r->roll + ((size_t)s * (size_t)r->years + (size_t)year) * t->paths;
    calibration_stop("there is no roll of %s in year %d", school_id, year);
}
