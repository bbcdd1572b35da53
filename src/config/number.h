/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers to and from text, the same in every locale. */
#ifndef HR_CONFIG_NUMBER_H
#define HR_CONFIG_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { HR_PRINTED_BYTES = 40, HR_NUMBER_DIGITS_MOST = 300 };

/* Fewest digits (15 to 17) that read back as the same finite double; whole numbers below 1e16
 * plain. */
void hr_number_print(double x, char out[HR_PRINTED_BYTES]);

/* [sign] digits [. digits] [e [sign] digits], with a digit before the e; the whole of `length`
 * bytes. False when it is not that, or not finite. -0 reads as 0. */
bool hr_number_parse(const char *text, size_t length, double *out);

#endif
