/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Version, statuses and diagnostics. Statuses steer the caller; diagnostics speak to people, all at
 * once. */
#ifndef HEADROOM_BASE_H
#define HEADROOM_BASE_H

#include <stddef.h>

#define HEADROOM_VERSION "0.1.0"

#if defined(__GNUC__)
#define HR_MUST_USE __attribute__((warn_unused_result))
#else
#define HR_MUST_USE
#endif

typedef enum {
#define HR_STATUS(name, number, exit_status, sentence) HR_##name = (number),
#include "headroom/tables/status.def"
#undef HR_STATUS
} hr_status;

const char *hr_status_words(hr_status s);
int hr_status_exit(hr_status s); /* exit status of the program */
const char *hr_version(void);    /* "0.1.0" */

/* "Did you mean": the nearest of `count` known words; NULL where none is near. */
const char *hr_nearest_word(const char *wanted, const char *const *known, size_t count);

typedef enum { HR_NOTE, HR_WARNING, HR_ERROR } hr_severity;

/* One mistake, warning or note. All texts are borrowed from the list. */
typedef struct {
    hr_severity severity;
    const char *file; /* as the user named it, or NULL */
    int line;         /* 0: none */
    const char
        *text; /* one plain sentence without a full stop at the end of the file's own words */
    const char *hint; /* what to do, or NULL */
} hr_diag;

typedef struct hr_diags hr_diags;
hr_diags *hr_diags_new(void);    /* NULL when memory is short */
void hr_diags_free(hr_diags *d); /* NULL is fine */
/* Of NULL there are none. */
size_t hr_diags_count(const hr_diags *d);
size_t hr_diags_errors(const hr_diags *d);
const hr_diag *hr_diags_get(const hr_diags *d,
                            size_t index); /* in order of file, then line, as sorted */
void hr_diags_sort(hr_diags *d);
/* Takes out all of one severity, such as warnings that stand on a page already. */
void hr_diags_drop(hr_diags *d, hr_severity severity);

/* Adds one; texts are copied. Silently counts on when memory is short. */
void hr_diags_add(hr_diags *d, hr_severity severity, const char *file, int line, const char *text,
                  const char *hint);
/* The same with the sentence formatted as printf does. */
#if defined(__GNUC__)
__attribute__((format(printf, 6, 7)))
#endif
void hr_diags_addf(hr_diags *d, hr_severity severity, const char *file, int line, const char *hint,
                   const char *format, ...);

/* "FILE:LINE: error: TEXT\n    hint: HINT\n" into a buffer, as snprintf counts. */
size_t hr_diag_format(const hr_diag *d, char *out, size_t bytes);

#endif
