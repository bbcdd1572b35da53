/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model's own course of quality, and the flows from one inspection to the next that Ofsted
 * published. */
#include <math.h>
#include <string.h>

#include "analysis/result.h"
#include "calibration/grades.h"

enum { PATHS = 16384, LONG_RUN = 30 };

static const char *const GRADE[] = {"outstanding", "good", "requires_improvement", "inadequate"};

/* Four good schools and the one that is followed, a primary of usual size. */
static void say_five(trial_text *t, const char *grade, const char *others, int years)
{
    trial_say(t,
              "format = 1; name = \"Five\"; start_year = \"2022/23\"; years = %d;\n"
              "schools = ( { id = \"followed\"; phase = \"primary\"; ages = [4, 11]; roll = 288; "
              "grade = \"%s\"; }",
              years, grade);
    for (int s = 0; s < 4; s++)
        trial_say(t,
                  ",\n  { id = \"other-%d\"; phase = \"%s\"; ages = [%s]; roll = %d; grade = "
                  "\"%s\"; }",
                  s, s ? "primary" : "secondary", s ? "4, 11" : "11, 16", s ? 288 : 880, others);
    trial_say(t, "%s", "\n);\n");
}

/* With an inspection every year the last grade is the quality there is. The chance that some school
 * is inadequate is that of the one followed: the others fall by one step alone. */
grades_course grades_course_of(int grade)
{
    static const char *const every_year[] = {"capacity.inspection_chance={ all = 1.0; }",
                                             "capacity.quiet_years={ all = 0; }",
                                             "capacity.improve_full.good=0.0", NULL};
    trial_text text = {0};
    say_five(&text, GRADE[grade], "outstanding", GRADES_YEARS);
    trial t = trial_run(text.text, every_year, PATHS);
    const hr_result *r = t.result;
    grades_course c = {.at = {{0.0}}};
    c.at[0][grade - 1] = 1.0;
    for (int s = 0; s < r->schools; s++)
        for (int year = 0; strcmp(r->school[s].id, "followed") == 0 && year < r->years; year++) {
            const double below = r->school[s].year[year].p_below_good.value;
            const double worst = r->risk[HR_R_ANY_SCHOOL_IN_CATEGORY].year[year].value;
            c.at[year + 1][GRADES_GOOD] = 1.0 - below;
            c.at[year + 1][GRADES_INADEQUATE] = fmin(worst, below);
            c.at[year + 1][GRADES_WEAK] = fmax(below - worst, 0.0);
        }
    trial_free(&t);
    trial_text_free(&text);
    return c;
}

/* At the next inspection, by the law that ships: none for so many years, then with a chance. */
static double at_next(const grades_course *c, grades_class class, int quiet, double chance)
{
    double left = 1.0, sum = 0.0;
    for (int year = quiet + 1; year <= GRADES_YEARS; year++) {
        sum += left * chance * c->at[year][class];
        left *= 1.0 - chance;
    }
    return sum / (1.0 - left);
}

static void say_long_run(void)
{
    trial_text text = {0};
    say_five(&text, "unknown", "unknown", LONG_RUN);
    trial t = trial_run(text.text, NULL, PATHS);
    double value, se, lo, hi;
    if (!hr_result_mean(t.result, "good_or_better_pct", 4, &value, &se, &lo, &hi))
        calibration_stop("there is no share of good schools");
    note("grades", "five-years", "good or better after five years, in 100",
         "trusts of five, 80 in 100 at the start", value, "");
    if (!hr_result_mean(t.result, "good_or_better_pct", LONG_RUN - 1, &value, &se, &lo, &hi))
        calibration_stop("there is no share of good schools");
    target("grades", "long-run", "good or better in the long run, in 100",
           "trusts of five after 30 years", value, 86.0, 92.0, "");
    trial_free(&t);
    trial_text_free(&text);
}

void grades_flows(const grades_course course[4])
{
    static const char window[] = "2022-23, all schools of England";
    target("grades", "good-kept", "good, still good or better at the next inspection, in 100",
           window, 100.0 * at_next(&course[1], GRADES_GOOD, 3, 0.5), 87.0, 93.0, "");
    target("grades", "weak-rose", "requires improvement, then good or better, in 100", window,
           100.0 * at_next(&course[2], GRADES_GOOD, 1, 0.6), 69.0, 81.0, "");
    target("grades", "inadequate-rose", "inadequate, then improved, in 100", window,
           100.0 * (1.0 - at_next(&course[3], GRADES_INADEQUATE, 1, 0.6)), 94.0, 99.5, "");
    say_long_run();
}
