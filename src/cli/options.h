/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: one table of commands and one of options, from which come parsing and --help.
 */
#ifndef HR_CLI_OPTIONS_H
#define HR_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "headroom.h"

typedef enum {
    HR_COMMAND_RUN,
    HR_COMMAND_COMPARE,
    HR_COMMAND_STRESS,
    HR_COMMAND_CHECK,
    HR_COMMAND_EXPLAIN,
    HR_COMMAND_SCORE,
    HR_COMMAND_SHOW,
    HR_COMMANDS
} hr_command;

typedef struct {
    hr_command command;
    const char *operand; /* SCENARIO, the first of them, the topic of show, the folder of score */
    const char *second;  /* the table of score */
    const char *more[HR_COMPARE_MOST - 1]; /* the scenarios after the first */
    size_t mores;
    hr_change *change; /* --with and --set in their order; owned */
    size_t *follows;   /* [changes] number of scenarios before each; 0: it belongs to all; owned */
    size_t changes;
    const char *under[HR_WORLDS_MOST]; /* --under: worlds of every scenario */
    size_t unders;
    const char **limit; /* --fail-if; owned */
    size_t limits;
    char **made; /* texts made here, such as years=N; owned */
    size_t mades;
    uint64_t seed, paths, path, memory;
    double precision; /* 0: not asked; `paths` is then 0 where no limit was said */
    int threads, lanes, width, assumptions;
    const char *out, *as;
    bool force, save_paths, no_charts, quiet, json, explain;
    bool help, version;
} hr_options;

/* HR_OK, or HR_USAGE with what is wrong in `diags`. Texts are borrowed from argv. */
HR_MUST_USE hr_status hr_options_parse(hr_options *o, int argc, char *const *argv, hr_diags *diags);
void hr_options_free(hr_options *o);

/* Prints the help of the program (or of one command, when one was given) to stdout. */
void hr_options_help(const hr_options *o, bool command_given);

/* The command line as the manifest keeps it: without what can change no byte of the output.
 * NULL-terminated; the array is the caller's, the texts are argv's. NULL when memory is short. */
const char **hr_options_recorded(int argc, char *const *argv);

/* A copy of it in which `paths`, where it is not NULL, is asked for by --paths, in place of
 * --precision and of a --paths beside it. */
const char **hr_options_recorded_paths(const char *const *recorded, const char *paths);

#endif
