/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema: params.def as data, for everything that walks over parameters (parsing, checking,
 * resolved.cfg, the assumption register, the reference page). */
#ifndef HR_MODEL_SCHEMA_H
#define HR_MODEL_SCHEMA_H

#include <stddef.h>

#include "model/params.h"

typedef enum {
    HR_TYPE_REAL,
    HR_TYPE_BY,
    HR_TYPE_NUMBER,
    HR_TYPE_INT,
    HR_TYPE_FLAG,
    HR_TYPE_CHOICE,
    HR_TYPE_TEXT,
    HR_TYPE_YEAR,
    HR_TYPE_MONTH,
    HR_TYPE_LIST,
    HR_TYPE_ONE,
    HR_TYPE_ROWS
} hr_type;

typedef enum { HR_NEED_REQUIRED, HR_NEED_DEFAULT, HR_NEED_OPTIONAL } hr_need;

typedef struct hr_group hr_group;

typedef struct {
    const char *key;
    hr_type type;
    size_t offset;    /* into the group's structure */
    const char *unit; /* NULL where there is none */
    hr_grows grows;   /* REAL, BY */
    double low, high; /* REAL, BY, NUMBER, INT, LIST: bounds of a value */
    hr_need need;
    int set;           /* BY, CHOICE: hr_choice_set; else -1 */
    const char *child; /* ONE, ROWS: key of the group */
    const char *meaning;
} hr_field;

struct hr_group {
    const char *key, *meaning;
    size_t bytes; /* of the group's structure */
    const hr_field *field;
    int fields;
};

/* All groups in the order of the table; the last is "scenario", the root. */
int hr_schema_groups(void);
const hr_group *hr_schema_group(int index);
const hr_group *hr_schema_find(const char *key); /* NULL when there is none */
const hr_field *hr_group_field(const hr_group *group,
                               const char *key); /* NULL when there is none */

#endif
