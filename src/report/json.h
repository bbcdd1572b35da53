/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON by jansson, with its two traps closed: a number that is not finite is null, and a member
 * that could not be made is remembered instead of missing. */
#ifndef HR_REPORT_JSON_H
#define HR_REPORT_JSON_H

#include <stdbool.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/estimate.h"

typedef struct {
    hr_arena *arena; /* for cleaned texts */
    bool failed;
} hr_json;

void hr_json_put(hr_json *j, json_t *object, const char *key, json_t *value); /* takes value */
void hr_json_append(hr_json *j, json_t *array, json_t *value);                /* takes value */
json_t *hr_json_text(hr_json *j,
                     const char *text); /* NULL or "" is null; bytes that are no UTF-8 replaced */
json_t *hr_json_real(double value);     /* null when not finite */

/* Members value (under the key `value_key`), se, lo and hi. */
void hr_json_estimate(hr_json *j, json_t *object, const char *value_key, hr_estimate e);
json_t *hr_json_chance(hr_json *j, hr_estimate e); /* {p, se, lo, hi} */

/* The document as text with a line end, members in the order in which they were put, reals with 17
 * digits. Takes `root`. NULL when anything failed. */
char *hr_json_finish(hr_json *j, json_t *root);

#endif
