/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal and the signals: what a person sees while and when a command runs. */
#ifndef HR_CLI_TERMINAL_H
#define HR_CLI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "headroom.h"

/* Prints diagnostics to stderr, those without a file as "headroom: error: ...". quiet: errors only.
 */
void hr_terminal_diags(hr_diags *d, bool quiet);

/* "headroom: error: TEXT" to stderr. */
void hr_terminal_error(const char *text);

/* A progress line on stderr, only when that is a terminal: at most ten times a second. */
typedef struct {
    bool shown, wanted;
    int64_t next_ns;
} hr_progress;
hr_progress hr_progress_begin(bool quiet);
void hr_progress_show(hr_progress *p, uint64_t done, uint64_t of);
void hr_progress_end(hr_progress *p); /* erases it */

/* Asks to be told of SIGINT and SIGTERM; the second one ends the process at once. Signals that were
 * ignored when the process began (nohup, background jobs) stay so. SIGPIPE ends the process
 * quietly, SIGXFSZ is an error of the write that meets it. */
void hr_signals_watch(void);
int hr_signals_caught(void); /* 0, or the first signal caught */

/* Flushes stdout; false when anything printed did not arrive. */
bool hr_terminal_flush(void);

#endif
