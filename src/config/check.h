/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules between settings, once each has been read by itself. */
#ifndef HR_CONFIG_CHECK_H
#define HR_CONFIG_CHECK_H

#include "config/tree.h"

/* Adds errors, warnings and notes to l->diags. `root` is the finished tree whose leaves were read,
 * `params` the block built from it, or NULL when a setting was wrong. */
void hr_check_scenario(hr_load *l, const hr_node *root, const hr_params *params);

/* Rules of one school: its ages, roll, places and shares. `told` names it in messages. */
void hr_check_school(hr_load *l, const hr_node *row, const char *told);

/* The school of an id: of the trust, a candidate's or a merging trust's; NULL where there is none,
 * and then `near` knows which was meant. */
const hr_node *hr_check_find_school(const hr_node *root, const char *id, hr_near *near);

/* Rules of a school's feeders: which schools they are, and how much of its entry. */
void hr_check_feeders(hr_load *l, const hr_node *root, const hr_node *school, const char *told);

/* Ids of schools are unique over the trust, the candidates and the pipeline, and no two ids or keys
 * have the same number of luck. */
void hr_check_identities(hr_load *l, const hr_node *root, const hr_params *params);

/* What is taken because nothing was given, worth a line in the summary. */
void hr_check_silences(hr_load *l, const hr_node *root);

#endif
