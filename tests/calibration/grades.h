/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the program `grades`: how quality moves in the model, and what inspections said. */
#ifndef HR_TESTS_CALIBRATION_GRADES_H
#define HR_TESTS_CALIBRATION_GRADES_H

#include "calibration/sheet.h"
#include "calibration/target.h"
#include "calibration/trial.h"

enum { GRADES_YEARS = 14 };

typedef enum { GRADES_GOOD, GRADES_WEAK, GRADES_INADEQUATE, GRADES_CLASSES } grades_class;

/* Where a school of a trust of five that was just inspected stands so many years later: chance of
 * good or better, requires improvement and inadequate; at[0] is the inspection itself. */
typedef struct {
    double at[GRADES_YEARS + 1][GRADES_CLASSES];
} grades_course;

/* By the grade given: 1 good, 2 requires improvement, 3 inadequate. */
grades_course grades_course_of(int grade);

/* Published flows to the next inspection and the long run. */
void grades_flows(const grades_course course[4]);
/* Ofsted's table of each school's last transition, with its truncation. */
void grades_table(const calibration_options *o, const grades_course course[4]);
/* The first inspection of a sponsored school. */
void grades_sponsored(const calibration_options *o);

#endif
