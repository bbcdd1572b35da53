/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the library does with a list of diagnostics; the rest is in headroom/base.h. */
#ifndef HR_CONFIG_DIAG_H
#define HR_CONFIG_DIAG_H

#include "headroom/base.h"

enum { HR_ERRORS_SHOWN = 50 };

/* Sorts, keeps the first `most` errors and ends the list with a note "and N more" for the others.
 * hr_diags_errors still counts them all. */
void hr_diags_cap(hr_diags *d, size_t most);

/* Says that memory is short, and answers HR_NO_MEMORY. */
hr_status hr_diags_no_memory(hr_diags *d);

#endif
