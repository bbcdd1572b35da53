/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of `show` that have a file of their own. */
#ifndef HR_REPORT_SHOW_H
#define HR_REPORT_SHOW_H

#include "report/page.h"

#define COLUMNS_OF(columns) (int)(sizeof(columns) / sizeof *(columns))

/* A table with columns by key and heading; the first is the key of a row. */
hr_table *hr_show_table(hr_page *p, const char *title, const char *const (*columns)[2], int count);

/* Every setting with its unit and bounds, and with the figure, source and confidence that the
 * national defaults give it; as tables, and for a terminal under the heading of its group. */
void hr_show_parameters(hr_page *p);
void hr_show_parameters_grouped(hr_page *p);

#endif
