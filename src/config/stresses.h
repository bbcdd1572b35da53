/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stresses of a scenario: rules of their rows, and the rows as a list for whoever runs them. */
#ifndef HR_CONFIG_STRESSES_H
#define HR_CONFIG_STRESSES_H

#include "config/tree.h"

/* Adds errors to l->diags: a row that is neither an overlay nor a band, or both; a band without
 * ends or that ends before it begins; an overlay that is not there. `root` is the finished tree
 * whose leaves were read. */
void hr_check_stresses(hr_load *l, const hr_node *root);

/* Does the overlay that ships under this name bring rows that `root` has not? They need the national
 * defaults, which a resolved.cfg has not. True as well where nothing of the name ships. */
bool hr_stresses_adds_rows(hr_load *l, const char *name, const hr_node *root);

/* The rows of a sound scenario in order of id, in the scenario's memory. */
const hr_stress_row *hr_stresses_list(hr_load *l, const hr_node *root, int *count);

#endif
