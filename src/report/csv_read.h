/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading CSV (RFC 4180): records of a text in memory, whatever its line ends, with or without the
 * mark that spreadsheets put before UTF-8. It must not know what the columns mean. */
#ifndef HR_REPORT_CSV_READ_H
#define HR_REPORT_CSV_READ_H

#include <stddef.h>

typedef struct {
    char *at, *end; /* what is not yet read */
    int line;       /* of the record read last, from 1 */
    int next_line;
} hr_csv;

enum { HR_CSV_END = -1, HR_CSV_OPEN_QUOTE = -2, HR_CSV_STRAY_QUOTE = -3 };

/* Reads text[0..bytes-1], which is followed by a NUL and is written over: fields end in NULs there.
 */
hr_csv hr_csv_begin(char *text, size_t bytes);

/* The next record: its fields without their quotes and without blanks around them, at most `most`
 * of them in field[]; returns how many there are, which may be more. An empty line is a record of
 * one empty field. HR_CSV_END after the last; a quote that is not closed, or one with text around
 * it, gives its name, and there is nothing more to read. */
int hr_csv_next(hr_csv *c, char **field, int most);

#endif
