/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the report that stand in more than one place: names of units, moments, origins and
 * states. */
#ifndef HR_REPORT_WORDS_OF_H
#define HR_REPORT_WORDS_OF_H

#include "config/scenario.h"
#include "model/tables.h"

const char *hr_words_at(hr_at at);             /* "census", "year", "year end", "since the start" */
const char *hr_words_origin(hr_origin origin); /* "default", "scenario", "overlay", "set" */
const char *hr_words_worse(hr_worse worse);    /* "low", "high", "neither" */
/* Name of a state of a STATE metric: "green", "by bids"; NULL past the last. */
const char *hr_words_state(hr_metric metric, int state);

#endif
