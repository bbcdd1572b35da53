/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the national defaults that ship say of each setting, for the reference page: figure, source
 * and confidence, wherever in the file it stands. */
#ifndef HR_CONFIG_NATIONAL_H
#define HR_CONFIG_NATIONAL_H

#include "config/scenario.h"

typedef struct {
    const hr_group *group;
    const hr_field *field;
    const char *where; /* whose default: "" the scenario's, a path such as
                          "world_drivers.teacher_pay", "all" rows, or some: "phase secondary" */
    const char *word;  /* of a table by word; NULL where one value stands for all, or no table */
    const char *value; /* as resolved.cfg writes it */
    const char *source, *date, *confidence, *note; /* NULL when not said */
} hr_national_row;

/* The rows of the national defaults `name` ("england") in the order of the file, in memory of
 * `arena`. Rows of registers that ship (risks, dated grants) are not among them: they are no
 * default of a setting. NULL when memory is short or there is no such file. */
const hr_national_row *hr_national_rows(const char *name, hr_arena *arena, int *rows);

#endif
