/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands. Each prints what it has to say and returns the exit status of the program. */
#ifndef HR_CLI_COMMANDS_H
#define HR_CLI_COMMANDS_H

#include "cli/options.h"

int hr_command_run(const hr_options *o, const char *const *recorded, hr_diags *diags);
int hr_command_compare(const hr_options *o, const char *const *recorded, hr_diags *diags);
int hr_command_stress(const hr_options *o, const char *const *recorded, hr_diags *diags);
int hr_command_check(const hr_options *o, hr_diags *diags);
int hr_command_explain(const hr_options *o, hr_diags *diags);
int hr_command_score(const hr_options *o, const char *const *recorded, hr_diags *diags);
int hr_command_show(const hr_options *o, hr_diags *diags);

/* Loads the scenario of the options; on failure the mistakes are in `diags`. */
HR_MUST_USE hr_status hr_command_load(hr_scenario **s, const hr_options *o, hr_diags *diags);

/* Loads one of several that rest on the same files: what has been said in `diags` is not said
 * again.
 */
HR_MUST_USE hr_status hr_command_load_another(hr_scenario **s, const char *path,
                                              const hr_change *change, size_t changes,
                                              hr_diags *diags);

/* What a run of any kind takes from the options; its tick watches for signals, shows progress. */
hr_run_options hr_command_run_options(const hr_options *o, void *progress);

/* The folder to be written. */
typedef struct {
    hr_write_options options;
    const char **command;
    char paths[24]; /* a number of futures in the command line */
} hr_command_folder;

/* The folder of the options. Its command line, for the manifest, is with --precision the one that
 * asks for the futures that it came to. False when memory is short; hr_command_folder_free
 * afterwards, whatever came of it. */
bool hr_command_folder_of(hr_command_folder *f, const hr_options *o, const char *const *recorded,
                          uint64_t asked);
void hr_command_folder_free(hr_command_folder *f);

/* The exit status of what was simulated, written and printed: what was not written decides, then
 * what was not printed. */
int hr_command_ended(hr_status simulated, hr_status written, int printed);

/* Exit status of a command that was interrupted: SIGTERM has its own. */
int hr_command_interrupted(int exit_status);

/* A limit that was passed (NULL: none was) is said, with the world in which it was (NULL: nothing
 * to say), and is an exit status of its own, where there is none yet. */
int hr_command_limit(const char *passed, const char *world, int exit_status, hr_diags *diags);

/* Prints a text, but no words where they are not wanted (--quiet), and frees it; NULL is memory
 * that ran short. Returns an exit status. */
int hr_command_print(char *text, const hr_options *o);

/* The same for a page that holds the scenario's warnings: said there, they leave `diags`. A JSON
 * document does not say them to whoever stands at the terminal. */
int hr_command_print_page(char *text, const hr_options *o, hr_diags *diags);

#endif
