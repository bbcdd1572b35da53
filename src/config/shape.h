/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From settings as written to the shape of the schema, layer by layer and before anything is
 * merged: names are checked; rows get their name; a table by word holds one leaf for each word
 * given; a leaf carries its source and origin itself, so that a source never covers a figure of
 * another layer. */
#ifndef HR_CONFIG_SHAPE_H
#define HR_CONFIG_SHAPE_H

#include "config/tree.h"

/* The groups that a node of a group is read as: a candidate is also its own school, a row of the
 * pipeline also a candidate and its school. Looked up in this order; defaults are laid in the
 * opposite one. */
typedef struct {
    const hr_group *group[3];
    int groups;
} hr_kin;

hr_kin hr_kin_of(const hr_group *group);
const hr_field *hr_kin_field(const hr_kin *kin, const char *key); /* NULL when none has it */
/* hr_near_hint of the nearest setting of the kin to a word that is none. */
const char *hr_kin_hint(hr_load *l, const hr_kin *kin, const char *wanted);

/* The root of a layer in shape; values are not read yet. `defaults` stays as the last child of the
 * root. NULL when memory is short. Unknown names and wrong shapes are errors in l->diags. */
hr_node *hr_shape_layer(hr_load *l, const hr_node *raw, hr_origin origin);

/* True for source, date, owner, confidence, note and origin. */
bool hr_meta_key(const char *key);

/* A name in lower case with _ for everything that is neither letter nor digit. */
const char *hr_slug(hr_load *l, const char *name);

#endif
