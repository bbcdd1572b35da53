/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resolved.cfg: every setting used, in the order of the schema, as a scenario that needs no other
 * file and gives the same block, register and results. */
#ifndef HR_CONFIG_RESOLVED_H
#define HR_CONFIG_RESOLVED_H

#include "config/tree.h"

/* The text, in the scenario's memory; NULL when memory is short. `root` is the finished tree, read.
 */
const char *hr_resolved_text(hr_load *l, const hr_node *root);

#endif
