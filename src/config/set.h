/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KEY=VALUE of the command line as one more layer. */
#ifndef HR_CONFIG_SET_H
#define HR_CONFIG_SET_H

#include "config/tree.h"

/* `root` (merged so far) with KEY=VALUE laid over it; errors in l->diags leave it as it was. KEY
 * walks the groups, rows by their name: topslice.rate_pct, schools.oakfield.pan,
 * history.2025/26.pupils. VALUE is in the syntax of a scenario; words, years and months may stand
 * without quotes. */
hr_node *hr_set_lay(hr_load *l, hr_node *root, const char *assignment);

/* A text that may stand without quotes, without the quotes it may have. */
const char *hr_set_bare_text(hr_load *l, const char *value);

#endif
