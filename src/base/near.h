/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": the nearest of several known words. It must not know what the words are. */
#ifndef HR_BASE_NEAR_H
#define HR_BASE_NEAR_H

#include <stddef.h>

/* Edits (insert, delete, replace, swap neighbours) from a to b in ASCII without regard to case;
 * texts longer than 64 bytes count as far away. */
int hr_near_distance(const char *a, const char *b);

/* A search that is fed one known word after another. */
typedef struct {
    const char *wanted;
    const char *best; /* NULL: nothing is near enough: 2 edits or a third of the length, 1 for a
                       * short word, or a known word that begins with it */
    int distance;
} hr_near;

void hr_near_begin(hr_near *n, const char *wanted);
void hr_near_offer(hr_near *n, const char *known);

#endif
