/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences and numbers written into a buffer, in English whatever the locale. A piece that does
 * not fit ends the text, so that no character is cut in two. */
#ifndef HR_ANALYSIS_SAY_H
#define HR_ANALYSIS_SAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *out;
    size_t bytes, used;
    bool full;
} hr_saying;

hr_saying hr_say_begin(char *out, size_t bytes);
void hr_say_some(hr_saying *w, const char *text, size_t length);
void hr_say(hr_saying *w, const char *text);
void hr_say_whole(hr_saying *w, uint64_t n); /* 2,600 */
/* whole / 10^decimals without noughts at its end: 12.5 */
void hr_say_decimal(hr_saying *w, uint64_t whole, int decimals);
void hr_say_number(hr_saying *w, double x, bool pounds); /* -1,250.5 or -£1,250.5 */

/* A number that is not negative as whole / 10^decimals, with the fewest decimals that give it
 * back. */
uint64_t hr_decimal_of(double x, int *decimals);

#endif
