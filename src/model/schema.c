/* SPDX-License-Identifier: GPL-3.0-or-later */
/* params.def read as rows of data. Nothing is written twice: the table is the only list. */
#include "model/schema.h"

#include <string.h>

#define HR_BEGIN(group, meaning) static const hr_field fields_##group[] = {
#define HR_FIELD(group, field, type, unit, grows, low, high, need, set, child, meaning)            \
    {#field, HR_TYPE_##type,   offsetof(hr_params_##group, field),                                 \
     unit,   HR_GROWS_##grows, low,                                                                \
     high,   HR_NEED_##need,   set,                                                                \
     child,  meaning},
#define HR_REAL(group, field, unit, grows, low, high, need, meaning)                               \
    HR_FIELD(group, field, REAL, unit, grows, low, high, need, -1, NULL, meaning)
#define HR_BY(group, field, set, unit, grows, low, high, need, meaning)                            \
    HR_FIELD(group, field, BY, unit, grows, low, high, need, HR_SET_##set, NULL, meaning)
#define HR_NUMBER(group, field, unit, low, high, need, meaning)                                    \
    HR_FIELD(group, field, NUMBER, unit, NONE, low, high, need, -1, NULL, meaning)
#define HR_INT(group, field, unit, low, high, need, meaning)                                       \
    HR_FIELD(group, field, INT, unit, NONE, low, high, need, -1, NULL, meaning)
#define HR_FLAG(group, field, need, meaning)                                                       \
    HR_FIELD(group, field, FLAG, NULL, NONE, 0, 0, need, -1, NULL, meaning)
#define HR_CHOICE(group, field, set, need, meaning)                                                \
    HR_FIELD(group, field, CHOICE, NULL, NONE, 0, 0, need, HR_SET_##set, NULL, meaning)
#define HR_TEXT(group, field, need, meaning)                                                       \
    HR_FIELD(group, field, TEXT, NULL, NONE, 0, 0, need, -1, NULL, meaning)
#define HR_YEAR(group, field, need, meaning)                                                       \
    HR_FIELD(group, field, YEAR, NULL, NONE, 0, 0, need, -1, NULL, meaning)
#define HR_MONTH(group, field, need, meaning)                                                      \
    HR_FIELD(group, field, MONTH, NULL, NONE, 0, 0, need, -1, NULL, meaning)
#define HR_LIST(group, field, unit, low, high, need, meaning)                                      \
    HR_FIELD(group, field, LIST, unit, NONE, low, high, need, -1, NULL, meaning)
#define HR_ONE(group, field, child, meaning)                                                       \
    HR_FIELD(group, field, ONE, NULL, NONE, 0, 0, DEFAULT, -1, #child, meaning)
#define HR_ROWS(group, field, child, meaning)                                                      \
    HR_FIELD(group, field, ROWS, NULL, NONE, 0, 0, OPTIONAL, -1, #child, meaning)
#define HR_END(group)                                                                              \
    }                                                                                              \
    ;
#include "headroom/tables/params.def"
#include "model/params_undef.h"
#undef HR_FIELD

static const hr_group GROUPS[] = {
#define HR_BEGIN(group, meaning)                                                                   \
    {#group, meaning, sizeof(hr_params_##group), fields_##group,                                   \
     (int)(sizeof fields_##group / sizeof fields_##group[0])},
#define HR_REAL(group, field, unit, grows, low, high, need, meaning)
#define HR_BY(group, field, set, unit, grows, low, high, need, meaning)
#define HR_NUMBER(group, field, unit, low, high, need, meaning)
#define HR_INT(group, field, unit, low, high, need, meaning)
#define HR_FLAG(group, field, need, meaning)
#define HR_CHOICE(group, field, set, need, meaning)
#define HR_TEXT(group, field, need, meaning)
#define HR_YEAR(group, field, need, meaning)
#define HR_MONTH(group, field, need, meaning)
#define HR_LIST(group, field, unit, low, high, need, meaning)
#define HR_ONE(group, field, child, meaning)
#define HR_ROWS(group, field, child, meaning)
#define HR_END(group)
#include "headroom/tables/params.def"
#include "model/params_undef.h"
};

int hr_schema_groups(void) { return (int)(sizeof GROUPS / sizeof GROUPS[0]); }

const hr_group *hr_schema_group(int index) { return &GROUPS[index]; }

const hr_group *hr_schema_find(const char *key)
{
    for (int g = 0; g < hr_schema_groups(); g++)
        if (strcmp(GROUPS[g].key, key) == 0)
            return &GROUPS[g];
    return NULL;
}

const hr_field *hr_group_field(const hr_group *group, const char *key)
{
    for (int f = 0; f < group->fields; f++)
        if (strcmp(group->field[f].key, key) == 0)
            return &group->field[f];
    return NULL;
}
