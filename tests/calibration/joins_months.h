/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Months in which schools join, future by future. */
#ifndef HR_TESTS_CALIBRATION_JOINS_MONTHS_H
#define HR_TESTS_CALIBRATION_JOINS_MONTHS_H

#include "calibration/joins.h"

enum { JOINS_MONTHS = 64 };

typedef struct {
    size_t paths;
    int *joins;    /* [paths] schools that joined */
    double *month; /* [paths][JOINS_MONTHS] months after the start, in order */
} joins_months;

/* Runs a scenario text with changes as trial_run does. */
joins_months joins_months_of(const char *text, const char *const *changes, size_t paths);
void joins_months_free(joins_months *m);

#endif
