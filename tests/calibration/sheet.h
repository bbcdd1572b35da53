/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of comma-separated values: a head of names, then rows; cells may stand in double quotes.
 * It must not know what any column means. */
#ifndef HR_TESTS_CALIBRATION_SHEET_H
#define HR_TESTS_CALIBRATION_SHEET_H

#include <stddef.h>

typedef struct {
    char *text;  /* the file, cut into cells */
    char **cell; /* [rows + 1][columns], the head first */
    size_t rows; /* without the head */
    size_t columns;
} sheet;

/* Reads FOLDER/NAME; lines that begin with # are left out, short rows end in empty cells. Ends the
 * program with a sentence when it cannot be read. */
sheet sheet_read(const char *folder, const char *name);
void sheet_free(sheet *s);

/* A column by the name in its head; ends the program when there is none. */
size_t sheet_column(const sheet *s, const char *name);
const char *sheet_text(const sheet *s, size_t row, size_t column);
/* The number in a cell; NaN where it is blank or no number. */
double sheet_number(const sheet *s, size_t row, size_t column);

#endif
