/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grades: how far the chances of rising and falling, and the law of inspections, give what
 * inspectors found. */
#include <stdlib.h>

#include "calibration/grades.h"

int main(int argc, char **argv)
{
    calibration_options o;
    if (!calibration_read_options(&o, argc, argv))
        return EXIT_FAILURE;
    grades_course course[4] = {{.at = {{0.0}}}};
    for (int grade = 1; grade <= 3; grade++)
        course[grade] = grades_course_of(grade);
    grades_flows(course);
    grades_table(&o, course);
    grades_sponsored(&o);
    return EXIT_SUCCESS;
}
