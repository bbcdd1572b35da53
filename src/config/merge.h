/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying one layer in shape over another, and the defaults of rows under them. */
#ifndef HR_CONFIG_MERGE_H
#define HR_CONFIG_MERGE_H

#include "config/shape.h"

/* `over` laid over `under` (either may be NULL): groups key by key, rows by name, leaves whole.
 * Neither is changed. A row that removes stays as a mark until hr_merge_finish, since what it
 * removes may be a default. NULL only when both are, or memory is short. */
hr_node *hr_merge(hr_load *l, const hr_node *under, const hr_node *over);

/* Lays the defaults under every row, takes removed rows out and puts the others in order of name.
 * Rows that were to be removed or changed and are not there are errors. `defaults` is gone
 * afterwards. */
hr_node *hr_merge_finish(hr_load *l, const hr_node *root);

#endif
