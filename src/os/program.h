/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs another program without a shell: posix_spawn, its own working folder, LC_ALL=C, a time
 * limit. */
#ifndef HR_OS_PROGRAM_H
#define HR_OS_PROGRAM_H

#include <stddef.h>

typedef enum {
    HR_PROGRAM_OK,     /* exit status 0 */
    HR_PROGRAM_ABSENT, /* not found */
    HR_PROGRAM_FAILED, /* another exit status or a signal */
    HR_PROGRAM_TIMEOUT /* killed after the limit */
} hr_program_end;

/* argv is NULL-terminated; what it prints to stderr is kept, cut at `said_bytes`. */
hr_program_end hr_program_run(const char *const *argv, const char *folder, int seconds, char *said,
                              size_t said_bytes);

#endif
