/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the report that stand in more than one place: names of moments and
 * of the worse end of a metric. */
#ifndef HR_REPORT_WORDS_OF_H
#define HR_REPORT_WORDS_OF_H

#include "model/tables.h"

const char *hr_words_at(hr_at at);          /* "census", "year", "year end", "since the start" */
const char *hr_words_worse(hr_worse worse); /* "low", "high", "neither" */

#endif
