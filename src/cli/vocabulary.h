/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vocabulary of the command line: a row for each command and each option. Parsing and help read
 * it, and nothing of it is said twice. */
#ifndef HR_CLI_VOCABULARY_H
#define HR_CLI_VOCABULARY_H

#include <stdbool.h>

#include "cli/options.h"

typedef struct {
    const char *name, *operand, *does;
    const char *example[3];
} hr_command_row;
extern const hr_command_row HR_COMMAND_ROWS[HR_COMMANDS];

typedef enum {
    HR_OPTION_WITH,
    HR_OPTION_SET,
    HR_OPTION_UNDER,
    HR_OPTION_YEARS,
    HR_OPTION_PATHS,
    HR_OPTION_PRECISION,
    HR_OPTION_ASSUMPTIONS,
    HR_OPTION_SEED,
    HR_OPTION_PATH,
    HR_OPTION_OUT,
    HR_OPTION_FORCE,
    HR_OPTION_SAVE_PATHS,
    HR_OPTION_NO_CHARTS,
    HR_OPTION_FAIL_IF,
    HR_OPTION_EXPLAIN,
    HR_OPTION_AS,
    HR_OPTION_JSON,
    HR_OPTION_QUIET,
    HR_OPTION_THREADS,
    HR_OPTION_MEMORY,
    HR_OPTION_LANES,
    HR_OPTION_VECTOR,
    HR_OPTION_HELP,
    HR_OPTION_VERSION
} hr_option_id;
enum { HR_OPTION_COUNT = HR_OPTION_VERSION + 1 };

typedef struct {
    hr_option_id id;
    const char *name, *value; /* value: NULL where it takes none */
    unsigned commands;        /* a bit for each command that takes it */
    bool recorded;            /* kept in the manifest: can change a byte of the output */
    const char *does;
} hr_option_row;
extern const hr_option_row HR_OPTION_ROWS[HR_OPTION_COUNT];

#endif
