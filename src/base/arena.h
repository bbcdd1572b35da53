/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An arena: memory that is taken piece by piece and given back all at once. One per scenario, plan,
 * worker, result or report. It must not know what it holds. */
#ifndef HR_BASE_ARENA_H
#define HR_BASE_ARENA_H

#include <stddef.h>

typedef struct hr_arena hr_arena;

hr_arena *hr_arena_new(void);    /* NULL when memory is short */
void hr_arena_free(hr_arena *a); /* NULL is fine */

/* `bytes` zeroed bytes aligned to 64, or NULL when memory is short. Never freed singly. */
void *hr_arena_take(hr_arena *a, size_t bytes);

/* A NUL-terminated copy of text, or NULL when memory is short. */
char *hr_arena_text(hr_arena *a, const char *text);

/* Bytes taken so far. */
size_t hr_arena_size(const hr_arena *a);

/* For tests: the take after the next `n` ones fails, once. A negative n switches this off. */
void hr_arena_fail_after(hr_arena *a, int n);

#define HR_TAKE(arena, type, count) ((type *)hr_arena_take((arena), sizeof(type) * (size_t)(count)))

#endif
