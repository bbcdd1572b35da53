/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the settings used to the block of parameters and the assumption register. */
#ifndef HR_CONFIG_BUILD_H
#define HR_CONFIG_BUILD_H

#include "config/tree.h"

typedef struct {
    hr_params *params;
    hr_assumption *assumption; /* in order of key */
    int assumptions;
} hr_built;

/* Reads every setting of the finished tree, with all mistakes of single settings in l->diags, and
 * builds both. In the block, hr_params.candidates holds every candidate, named or a place of the
 * pipeline; scenario.candidates stays empty, and so do base, national and world, which name files.
 * The register lists a row of the pipeline once, with the quantities of its first place. Leaves'
 * canonical texts are set. False when memory is short or there is any error. */
bool hr_build(hr_load *l, hr_node *root, hr_built *out);

/* A leaf with the year of its prices, in the one way in which it is written. */
const char *hr_leaf_text(hr_load *l, const hr_node *leaf);

/* True for the settings that name a row or a file and are no assumption: id, a and b of a
 * correlation, year of a history row; base, national and world of the root. */
bool hr_field_is_name(const hr_group *group, const hr_field *field);
bool hr_field_is_file(const hr_group *group, const hr_field *field);

/* True for groups that say what is asked of a scenario and nothing of what it is: stresses. They
 * are no assumption, and the digest does not know them. */
bool hr_group_is_asked(const hr_group *group);

#endif
