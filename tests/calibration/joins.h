/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the program `joins`: growth of small trusts, gaps and months of joins, how long a
 * sponsored opening takes, the capital route. All run the overlay sector-pipeline as it ships. */
#ifndef HR_TESTS_CALIBRATION_JOINS_H
#define HR_TESTS_CALIBRATION_JOINS_H

#include <stdbool.h>
#include <stddef.h>

#include "calibration/sheet.h"
#include "calibration/target.h"
#include "calibration/trial.h"

#define JOINS_PIPELINE "with sector-pipeline"

enum { JOINS_SMALLEST = 2, JOINS_LARGEST = 6, JOINS_MOST = 20 };

/* What becomes of a trust of so many schools in 56 months: gone, or so many joined. */
typedef struct {
    double gone, joined[JOINS_MOST + 1];
} joins_fate;

/* A trust of primaries of usual size, for runs in which only counts matter. */
void joins_say_trust(trial_text *t, int schools, int years);
joins_fate joins_fate_of(int schools, const char *const *changes, unsigned paths);
double joins_at_least(const joins_fate *f, int schools);

/* The half of the panel a trust falls in, by a hash of its number: false fits, true scores. */
bool joins_held_back(const char *trust_number);

void joins_growth(const calibration_options *o);
void joins_gaps(const calibration_options *o);
void joins_sponsored(const calibration_options *o);
void joins_capital(const calibration_options *o);

#endif
