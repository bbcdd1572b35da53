/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people read them, the same in every locale: "£1,243,000", "-£35,000", "8.1", "-".
 * Never finer than the error allows. */
#ifndef HR_REPORT_FORMAT_H
#define HR_REPORT_FORMAT_H

#include <stddef.h>

#include "base/estimate.h"

enum { HR_NUMBER_BYTES = 64 };

/* Digits of an estimate in `unit` end at this power of ten: the coarser of what the unit is worth
 * showing (a tenth of a per cent, a pupil, three or more digits of a sum in pounds) and of the
 * first digit of half the 95 % interval. */
double hr_format_step(hr_estimate e, const char *unit);

/* Rounded to `step` (a power of ten), with commas, pounds with their sign; "-" when not finite. */
void hr_format_number(double value, double step, const char *unit, char out[HR_NUMBER_BYTES]);

/* The value of an estimate at its own step, without its unit (but for pounds) ... */
void hr_format_estimate(hr_estimate e, const char *unit, char out[HR_NUMBER_BYTES]);
/* ... and with it: "£1,243,000", "8.1 %", "35 days". */
void hr_format_with_unit(hr_estimate e, const char *unit, char *out, size_t bytes);

/* A number that has no error, in its unit's own detail. */
hr_estimate hr_exactly(double value);

/* "83 in 100 (82 to 84)": the words of hr_chance_words and the 95 % interval in the same measure,
 * left out where it says no more. */
void hr_format_chance(hr_estimate p, char *out, size_t bytes);
/* Times in a hundred for tables: "83", "0.4" below one; "<0.1" and ">99.9" at the ends, or what
 * the interval still allows where few futures were run ("<4"); "-" undefined. */
void hr_format_chance_short(hr_estimate p, char out[HR_NUMBER_BYTES]);

/* The shortest of 15 to 17 digits that reads back to the same double; "" when not finite. */
void hr_format_exact(double value, char out[HR_NUMBER_BYTES]);

#endif
