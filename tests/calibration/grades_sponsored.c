/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a sponsored school is first inspected: real ones that had been inadequate, and the model's,
 * opened in the same months. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/result.h"
#include "calibration/grades.h"

enum { SPONSORED_PATHS = 4096, SPONSORED_YEARS = 5 };

static double years_between(const char *from, const char *to)
{
    return atoi(to) - atoi(from) + (atoi(to + 5) - atoi(from + 5)) / 12.0 +
           (atoi(to + 8) - atoi(from + 8)) / 365.25;
}

/* Chance that a school which opened so many months after a first September has not been inspected
 * by the end of each year: all become good at once, and are called inadequate until then. */
static void simulate(int month, double *unseen)
{
    trial_text text = {0};
    trial_say(&text,
              "format = 1; name = \"One joins\"; start_year = \"2022/23\"; years = %d;\n"
              "schools = ( { id = \"own\"; phase = \"primary\"; ages = [4, 11]; roll = 288; grade "
              "= \"outstanding\"; } );\n"
              "candidates = ( { id = \"joins\"; phase = \"primary\"; ages = [4, 11]; roll = 288; "
              "grade = \"inadequate\"; route = \"sponsored\"; stage = \"agreement\"; wished = "
              "\"+%d\"; slip_months = 0.0; opens_chance = 1.0; } );\n",
              SPONSORED_YEARS, month);
    static const char *const better[] = {"capacity.improve_full={ all = 1.0; }",
                                         "capacity.improve_none={ all = 1.0; }",
                                         "capacity.decline_full={ all = 0.0; }",
                                         "capacity.decline_none={ all = 0.0; }",
                                         "capacity.stuck_factor=1.0",
                                         NULL};
    trial t = trial_run(text.text, better, SPONSORED_PATHS);
    for (int year = 0; year < SPONSORED_YEARS; year++)
        unseen[year] = t.result->risk[HR_R_ANY_SCHOOL_IN_CATEGORY].year[year].value;
    trial_free(&t);
    trial_text_free(&text);
}

void grades_sponsored(const calibration_options *o)
{
    sheet s = sheet_read(o->data, "ofsted_transitions.csv");
    const size_t group = sheet_column(&s, "group"), before = sheet_column(&s, "prev"),
                 open = sheet_column(&s, "open"), date = sheet_column(&s, "date");
    double schools = 0.0, third = 0.0, in_month[12] = {0.0};
    for (size_t i = 0; i < s.rows; i++) {
        const char *opened = sheet_text(&s, i, open);
        if (strncmp(sheet_text(&s, i, group), "maintained", 10) != 0 ||
            sheet_number(&s, i, before) != 4.0 || strcmp(opened, "2015") < 0 ||
            strcmp(opened, "2017") >= 0)
            continue;
        const double years = years_between(opened, sheet_text(&s, i, date));
        schools += 1.0;
        third += years > 2.0 && years <= 3.0;
        in_month[(atoi(opened + 5) + 3) % 12] += 1.0;
    }
    sheet_free(&s);
    double in_third = 0.0;
    for (int month = 0; month < 12; month++) {
        double unseen[SPONSORED_YEARS];
        if (in_month[month] == 0.0)
            continue;
        simulate(month, unseen);
        in_third += in_month[month] * (unseen[1] - unseen[2]) /
                    schools; /* whatever the month: 24 to 36 on */
    }
    note("grades", "sponsored-schools", "sponsored schools that had been inadequate",
         "opened 2015 and 2016", schools, "");
    note("grades", "sponsored-real", "of them first inspected in their third year, in 100",
         "opened 2015 and 2016", 100.0 * third / schools, "");
    target("grades", "sponsored-third", "first inspected in the third year, in 100",
           "opened in the same months", 100.0 * in_third, 85.0, 100.0, "");
}
