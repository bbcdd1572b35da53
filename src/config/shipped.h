/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files inside the program; hr_shipped_name and hr_shipped_text are in headroom/scenario.h. */
#ifndef HR_CONFIG_SHIPPED_H
#define HR_CONFIG_SHIPPED_H

#include "headroom/scenario.h"

/* Full name of what ships as FOLDER/`name`, in the first of the folders (a NULL-terminated list)
 * that has it; NULL when none has. */
const char *hr_shipped_find(const char *const *folder, const char *name);

#endif
