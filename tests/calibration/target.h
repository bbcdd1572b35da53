/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a calibration program says: targets with a band, and notes without. One line each on
 * standard output, "section|key|what|window|seen|low|high|holds|unit", which run.sh makes tables
 * of. It must not know what is measured. */
#ifndef HR_TESTS_CALIBRATION_TARGET_H
#define HR_TESTS_CALIBRATION_TARGET_H

#include <stdbool.h>

#include "headroom/base.h"

/* Says what was seen of a target and whether low <= seen <= high; a bound of NaN is none. Figures
 * have four significant digits; what is NaN was not seen and does not hold. `key` is stable and
 * unique in its section; `what` and `window` are words without a bar; `unit` may be "". */
void target(const char *section, const char *key, const char *what, const char *window, double seen,
            double low, double high, const char *unit);
/* The same without a band: `holds` is empty. */
void note(const char *section, const char *key, const char *what, const char *window, double seen,
          const char *unit);

/* What every program is asked: DATA_FOLDER [--write DIR]. */
typedef struct {
    const char *data;  /* folder of the data */
    const char *write; /* folder for the small tables that charts are drawn from, or NULL */
} calibration_options;

/* False when the line is wrong; the sentence goes to standard error. */
HR_MUST_USE bool calibration_read_options(calibration_options *o, int argc, char **argv);

/* Opens DIR/NAME for a small table and writes the attribution that its data ask for; NULL when no
 * tables are wanted. Ends the program with a sentence when the file cannot be made. */
void *calibration_table(const calibration_options *o, const char *name);
/* One row as printf has it; nothing without a table. */
__attribute__((format(printf, 2, 3))) void calibration_row(void *table, const char *format, ...);
void calibration_table_end(void *table);

/* Ends the program with a sentence on standard error. */
__attribute__((noreturn, format(printf, 1, 2))) void calibration_stop(const char *format, ...);

#endif
