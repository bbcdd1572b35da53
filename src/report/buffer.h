/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that grows. Failure is remembered, so that writers need no check at every word. */
#ifndef HR_REPORT_BUFFER_H
#define HR_REPORT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char *text; /* always ends with a NUL once something was added */
    size_t bytes, room;
    bool failed; /* memory was short: the text is not complete */
} hr_buffer;

void hr_buffer_add(hr_buffer *b, const char *text);
void hr_buffer_add_bytes(hr_buffer *b, const char *text, size_t bytes);
void hr_buffer_repeat(hr_buffer *b, char c, int times);
/* %s, %c, %d, %u and %llu only: what depends on the locale comes from format.h. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void hr_buffer_addf(hr_buffer *b, const char *format, ...);
void hr_buffer_clear(hr_buffer *b); /* empties it and keeps its memory */
void hr_buffer_free(hr_buffer *b);

/* The text, which the caller frees; NULL when memory was short. The buffer is empty afterwards. */
char *hr_buffer_take(hr_buffer *b);

#endif
