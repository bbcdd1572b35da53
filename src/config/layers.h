/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layers of a scenario: which files it rests on, read, scanned and brought into shape. */
#ifndef HR_CONFIG_LAYERS_H
#define HR_CONFIG_LAYERS_H

#include "config/tree.h"

/* All layers merged: national defaults, world, bases, the scenario, each world laid under the
 * changes, each overlay, each --set, in this order. NULL when a file cannot be read or its text is
 * not sound (errors in l->diags), or memory is short. Errors of names and shapes do not stop it. */
hr_node *hr_layers_merged(hr_load *l, const char *path, const hr_change *change, size_t changes);

/* An overlay that a setting names, as HR_CHANGE_WITH takes it: from where the file that says it
 * stands, or one that ships. NULL, and an error in l->diags, when it is not there. */
const char *hr_layers_overlay(hr_load *l, const hr_node *said);

/* Is that a file, and none that ships? */
bool hr_layers_is_file(const hr_load *l, const hr_node *said);

#endif
