/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of a school's feeders: each is another school of the scenario, ends where this one begins,
 * and together they are no more than all of its entry. Ages forbid rings. It must not know how
 * entry is worked out. */
#include <math.h>
#include <string.h>

#include "config/check.h"
#include "config/value.h"

enum { RECEPTION = 4, YEAR_12 = 16 };

typedef struct {
    int from, to; /* 0, 0 where they are not sound */
} ages;

static ages ages_of(const hr_node *row)
{
    const hr_node *said = hr_node_sound(row, "ages");
    if (said == NULL || said->children != 2)
        return (ages){0, 0};
    return (ages){(int)said->child->number, (int)said->last->number};
}

static const hr_node *first_row(const hr_node *group, const char *key)
{
    const hr_node *rows = hr_node_get(group, key);
    return rows == NULL ? NULL : rows->child;
}

/* Offers the schools of a holder; the one of that id, or NULL. */
static const hr_node *look_among(const hr_node *rows, const char *id, hr_near *near)
{
    const hr_node *found = NULL;
    for (const hr_node *row = rows; row != NULL; row = row->next) {
        const hr_node *merged = first_row(row, "schools");
        const hr_node *inside = look_among(merged, id, near);
        if (merged == NULL)
            hr_near_offer(near, row->name);
        if (inside != NULL)
            found = inside;
        else if (merged == NULL && strcmp(row->name, id) == 0)
            found = row;
    }
    return found;
}

const hr_node *hr_check_find_school(const hr_node *root, const char *id, hr_near *near)
{
    hr_near_begin(near, id);
    const hr_node *own = look_among(first_row(root, "schools"), id, near);
    const hr_node *other = look_among(first_row(root, "candidates"), id, near);
    return own == NULL ? other : own;
}

static void check_one(hr_load *l, const hr_node *root, const hr_node *school, const hr_node *feeder,
                      const char *key)
{
    hr_near near;
    const hr_node *found = hr_check_find_school(root, feeder->name, &near);
    if (found == NULL) {
        hr_value_wrong(l, feeder, hr_near_hint(l, &near), key,
                       "names \"%s\", which is no school of the trust or of a candidate",
                       feeder->name);
        return;
    }
    if (strcmp(feeder->name, school->name) == 0) {
        hr_value_wrong(l, feeder, NULL, key, "names the school itself");
        return;
    }
    const ages of = ages_of(found), to = ages_of(school);
    if (of.to == 0 || to.to == 0)
        return;
    if (of.to != to.from || of.to > YEAR_12)
        hr_value_wrong(l, feeder, "a feeder ends where the school begins, at 16 at the latest", key,
                       "names \"%s\", which pupils leave at %d; it begins at %d", feeder->name,
                       of.to, to.from);
    else if (of.to <= RECEPTION)
        hr_value_wrong(l, feeder, NULL, key, "names \"%s\", which has no year group to leave it",
                       feeder->name);
}

void hr_check_feeders(hr_load *l, const hr_node *root, const hr_node *school, const char *told)
{
    const char *key = hr_load_textf(l, "%s.feeders", told);
    double sum = 0.0;
    for (const hr_node *row = first_row(school, "feeders"); row != NULL; row = row->next) {
        const hr_node *share = hr_node_sound(row, "share");
        check_one(l, root, school, row, key);
        sum += share != NULL && share->kind == HR_NODE_NUMBER ? share->number : 0.0;
    }
    if (sum > 1.0 + 1e-9)
        hr_value_wrong(l, hr_node_get(school, "feeders"), NULL, key,
                       "make %s of its entry together; the most is 1",
                       hr_printed(l, floor(sum * 1e6 + 0.5) / 1e6));
}
