/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A loaded scenario: the block of parameters and, beside it, where every value came from. Inside
 * view of hr_scenario for analysis and report; clients see include/headroom/scenario.h. */
#ifndef HR_CONFIG_SCENARIO_H
#define HR_CONFIG_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "headroom/scenario.h"
#include "model/params.h"
#include "model/schema.h"

typedef enum {
    HR_ORIGIN_DEFAULT,
    HR_ORIGIN_SCENARIO,
    HR_ORIGIN_OVERLAY,
    HR_ORIGIN_SET,
    HR_ORIGINS
} hr_origin;
extern const char *const HR_ORIGIN_WORDS[HR_ORIGINS]; /* "default", "scenario", "overlay", "set" */

/* A row of the assumption register: one leaf setting. A setting that may be given and is not
 * (optional, no default) has no row. */
typedef struct {
    const char *key;   /* "topslice.rate_pct.primary", "schools.oakfield.roll" */
    const char *value; /* as resolved.cfg writes it: number, series or distribution, on one line */
    const char *unit;  /* or NULL */
    const char *meaning;
    hr_origin origin;
    const char *file; /* as the user named it, or the shipped name such as "england" */
    int line;         /* 0 for --set */
    const char *source, *date, *owner, *confidence, *note; /* NULL when not said */
    const hr_field *field;
    uint32_t quantity; /* of a REAL or BY member, else 0 */
} hr_assumption;

struct hr_scenario {
    hr_arena *arena;
    hr_params *params;         /* owned by the arena */
    hr_assumption *assumption; /* in order of key */
    int assumptions;
    int given, defaults, unsourced; /* counts: by the user; defaults; defaults without a source */
    const char *name;
    const char *path; /* as given */
    char digest[65];  /* SHA-256 of the resolved settings: what decides the numbers */
    struct {
        const char *name; /* as named: file path as given, or shipped name */
        char sha256[65];
        bool shipped;
    } * input; /* every file read, in order */
    int inputs;
    const char *resolved; /* text of resolved.cfg */
    const char *const
        *note; /* warnings and notes worth a line in the summary, such as a repaired correlation */
    int notes;
    const hr_stress_row *stress; /* in order of id */
    int stresses;
};

/* The next setting of `other` that is not as in the first: both registers stand in order of key.
 * at[] begins at 0; pair[0] or pair[1] is NULL where one of them does not have it. False when there
 * is none left. */
bool hr_next_changed(const hr_scenario *first, const hr_scenario *other, int at[2],
                     const hr_assumption *pair[2]);

#endif
