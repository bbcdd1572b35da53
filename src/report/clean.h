/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of users made safe to print: they may hold anything. */
#ifndef HR_REPORT_CLEAN_H
#define HR_REPORT_CLEAN_H

#include "base/arena.h"

/* One line: bytes that are no UTF-8 become U+FFFD, control characters, line ends and marks that
 * turn the writing direction become a space; longer than `most` characters it is cut and ends in an
 * ellipsis (most 0: never). NULL when memory is short. */
char *hr_clean_line(hr_arena *arena, const char *text, int most);

/* The text with nothing changed but bytes that are no UTF-8. NULL when memory is short. */
char *hr_clean_utf8(hr_arena *arena, const char *text);

/* Columns of a terminal that a clean text takes. */
int hr_text_width(const char *text);

/* Bytes of the first characters of a clean text that take at most `width` columns. */
int hr_text_cut(const char *text, int width);

#endif
