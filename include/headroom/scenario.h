/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios: loading, changing and checking. A scenario is read-only once loaded. */
#ifndef HEADROOM_SCENARIO_H
#define HEADROOM_SCENARIO_H

#include "headroom/base.h"

typedef struct hr_scenario hr_scenario;

typedef enum {
    HR_CHANGE_WITH, /* an overlay: a shipped name without a slash, or a path */
    HR_CHANGE_SET,  /* KEY=VALUE */
    HR_CHANGE_UNDER /* a world, in the same ways: over the scenario, under every other change */
} hr_change_kind;

typedef struct {
    hr_change_kind kind;
    const char *text;
} hr_change;

/* Loads `path` (a file, or the name of a shipped scenario), applies national defaults, world, base,
 * the scenario itself and then the changes in order (worlds first, settings last), checks
 * everything and builds the parameters. On HR_INVALID every mistake is in `diags` and *out is NULL.
 * Warnings and notes may be there on HR_OK too. */
HR_MUST_USE hr_status hr_scenario_load(hr_scenario **out, const char *path, const hr_change *change,
                                       size_t changes, hr_diags *diags);
void hr_scenario_free(hr_scenario *s); /* NULL is fine */

const char *hr_scenario_name(const hr_scenario *s); /* borrowed */
/* SHA-256 of the settings, in hexadecimal: two scenarios with the same give the same numbers. */
const char *hr_scenario_digest(const hr_scenario *s); /* borrowed */

/* A stress of the scenario's list. Texts are borrowed. */
typedef struct {
    const char *id, *name;            /* name: the id where none is given */
    const char *with;                 /* an overlay, as HR_CHANGE_WITH takes it; NULL: a band */
    const char *driver;               /* of a band: "teacher_pay"; else NULL */
    double from_pct, to_pct;          /* of a band: from where to where among a hundred futures */
    const char *source, *date, *note; /* NULL when not said */
} hr_stress_row;
size_t hr_scenario_stresses(const hr_scenario *s);
const hr_stress_row *hr_scenario_stress(const hr_scenario *s,
                                        size_t index); /* NULL past the last */

/* Names of what ships inside the program, such as "overlays/pay-shock"; NULL past the last. */
const char *hr_shipped_name(size_t index);
const char *hr_shipped_text(const char *name, size_t *bytes); /* NULL when there is none */

#endif
