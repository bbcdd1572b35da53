/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One loading of a scenario: its memory, its diagnostics and what it has read so far. Memory that
 * runs short is remembered here, so that the stages between may go on with what they have and the
 * loader stops after each. */
#ifndef HR_CONFIG_LOAD_H
#define HR_CONFIG_LOAD_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/near.h"
#include "config/scenario.h"

enum {
    HR_FILES_MOST = 64,
    HR_BASES_MOST = 10,           /* depth of a chain of bases */
    HR_FILE_BYTES_MOST = 8 << 20, /* of one file */
    HR_TEXT_BYTES_MOST = 4096,    /* of one text */
    HR_NESTING_MOST = 32,
    HR_SETTINGS_MOST = 400000,    /* of one file */
    HR_GROUP_SETTINGS_MOST = 2000 /* of one group: libconfig looks names up one by one */
};

typedef struct {
    const char *name;
    uint8_t digest[32];
    bool shipped;
} hr_input;

typedef struct {
    hr_arena *arena;
    hr_diags *diags;
    size_t errors_before; /* in diags, of earlier loadings */
    bool no_memory;
    int start_year; /* "+1" in a series is the year after it */
    hr_input input[HR_FILES_MOST];
    int inputs;
    const char
        *note[16]; /* warnings worth a line in the summary, in an order that no file decides */
    int notes;
} hr_load;

/* Zeroed memory of the scenario, or NULL (and no_memory). */
void *hr_load_take(hr_load *l, size_t bytes);
/* Copies; "" when memory is short. */
const char *hr_load_text(hr_load *l, const char *text, size_t bytes);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
const char *
hr_load_textf(hr_load *l, const char *format, ...);

/* The hint `did you mean "WORD"?`; NULL when nothing is near enough. */
const char *hr_near_hint(hr_load *l, const hr_near *near);
/* The words of a set: "nursery, infant, junior". */
const char *hr_choices_text(hr_load *l, hr_choice_set set);

/* A warning that is also a line of the summary, with its hint. */
void hr_load_warn(hr_load *l, const char *file, int line, const char *text, const char *hint);

/* hr_scenario_load with an arena of the caller's, which becomes the scenario's when the answer is
 * HR_OK and stays the caller's otherwise. */
HR_MUST_USE hr_status hr_scenario_load_in(hr_scenario **out, hr_arena *arena, const char *path,
                                          const hr_change *change, size_t changes, hr_diags *diags);

#endif
