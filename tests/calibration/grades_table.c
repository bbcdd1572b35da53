/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ofsted's table holds each school's last transition only: whoever was found weak years ago has
 * been inspected again since and stands there with a later row. So each row's chance is that of its
 * grade among the grades from which a school would not have been inspected again by February 2022.
 * How soon a weak school is inspected again is fitted along the way (two numbers, no more); how
 * quality moves is not: it is the model's. Inspections paused from March 2020 to August 2021. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "calibration/grades.h"

enum { ROOM = 4000, TRIED = 12, FIRST_YEAR = 2010, YEARS = 13 };

static const double PAUSE_FROM = 2020.2, PAUSE_TO = 2021.67, READ = 2022.08;

typedef struct {
    int from, to;      /* class before, class found */
    double gap, since; /* years between; years of inspections from then until the table was read */
    double when;       /* year of the last inspection */
} transition;

static double year_of(const char *date)
{
    return atoi(date) + (atoi(date + 5) - 1) / 12.0 + (atoi(date + 8) - 1) / 365.25;
}

static size_t read_table(const char *folder, transition *row)
{
    sheet s = sheet_read(folder, "ofsted_transitions.csv");
    const size_t before = sheet_column(&s, "prev"), after = sheet_column(&s, "grade"),
                 from = sheet_column(&s, "prev_date"), to = sheet_column(&s, "date");
    size_t n = 0;
    for (size_t i = 0; i < s.rows && n < ROOM; i++) {
        const double first = year_of(sheet_text(&s, i, from)),
                     last = year_of(sheet_text(&s, i, to));
        const double pause = fmax(PAUSE_TO - fmax(last, PAUSE_FROM), 0.0);
        row[n++] = (transition){(int)fmax(sheet_number(&s, i, before) - 1.0, 0.0),
                                (int)fmax(sheet_number(&s, i, after) - 2.0, 0.0), last - first,
                                READ - last - fmin(pause, READ - last), last};
    }
    sheet_free(&s);
    return n;
}

/* Chance of a class after a gap, between whole years. */
static double after(const grades_course *c, int class, double gap)
{
    const double held = fmin(fmax(gap, 1.0), GRADES_YEARS - 0.001);
    const int year = (int)held;
    return c->at[year][class] + (held - year) * (c->at[year + 1][class] - c->at[year][class]);
}

/* Chance that a school found in a class has not been inspected again after so many years of
 * inspections: a fall around `again` years, a quarter of a year wide. Good and better ones stay. */
static double unseen(int class, double since, const double again[GRADES_CLASSES])
{
    return class == GRADES_GOOD ? 1.0 : 1.0 / (1.0 + exp((since - again[class]) / 0.25));
}

static double chance(const grades_course course[4], const transition *t, int class,
                     const double *again)
{
    double sum = 0.0, own = 0.0;
    for (int k = 0; k < GRADES_CLASSES; k++) {
        const double p =
            after(&course[t->from], k, t->gap) * (again ? unseen(k, t->since, again) : 1.0);
        sum += p;
        own = k == class ? p : own;
    }
    return own / sum;
}

static double likelihood(const grades_course course[4], const transition *row, size_t n, int from,
                         const double *again)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        if (row[i].from == from)
            sum += log(fmax(chance(course, &row[i], row[i].to, again), 1e-6));
    return sum;
}

/* Years after which a weak and an inadequate school are inspected again: the most likely of a grid.
 */
static void fit_again(const grades_course course[4], const transition *row, size_t n, double *again)
{
    double best = -INFINITY, found[GRADES_CLASSES] = {0.0};
    for (int a = 0; a < TRIED; a++)
        for (int b = 0; b < TRIED; b++) {
            const double tried[GRADES_CLASSES] = {0.0, 1.5 + 0.25 * a, 1.5 + 0.25 * b};
            const double l =
                likelihood(course, row, n, 2, tried) + likelihood(course, row, n, 3, tried);
            if (l > best) {
                best = l;
                found[1] = tried[1], found[2] = tried[2];
            }
        }
    again[0] = 0.0, again[1] = found[1], again[2] = found[2];
}

typedef struct {
    double rows, seen, expected, plain;
} share;

static void add(share *s, const grades_course course[4], const transition *t, const double *again)
{
    s->rows += 1.0;
    s->seen += t->to == GRADES_GOOD;
    s->expected += chance(course, t, GRADES_GOOD, again);
    s->plain += chance(course, t, GRADES_GOOD, NULL);
}

static void say_share(const char *key, const char *what, const char *window, const share *s)
{
    const double p = s->seen / s->rows, error = sqrt(p * (1.0 - p) / s->rows);
    char words[160];
    snprintf(words, sizeof words, "%s (seen of %.0f: %.1f, two standard errors)", what, s->rows,
             100.0 * p);
    target("grades", key, words, window, 100.0 * s->expected / s->rows, 100.0 * (p - 2.0 * error),
           100.0 * (p + 2.0 * error), "");
}

static void say_years(const calibration_options *o, const grades_course course[4],
                      const transition *row, size_t n, const double *again)
{
    share by_year[YEARS] = {{0.0, 0.0, 0.0, 0.0}};
    for (size_t i = 0; i < n; i++) {
        const int year = (int)row[i].when - FIRST_YEAR;
        if (row[i].from == 2 && year >= 0 && year < YEARS)
            add(&by_year[year], course, &row[i], again);
    }
    void *table = calibration_table(o, "grades-truncation.csv");
    calibration_row(table, "year_of_the_last_inspection,rows,seen,expected,without_truncation");
    for (int y = 0; y < YEARS; y++)
        if (by_year[y].rows >= 10.0)
            calibration_row(table, "%d,%.0f,%.4f,%.4f,%.4f", FIRST_YEAR + y, by_year[y].rows,
                            by_year[y].seen / by_year[y].rows,
                            by_year[y].expected / by_year[y].rows,
                            by_year[y].plain / by_year[y].rows);
    calibration_table_end(table);
}

void grades_table(const calibration_options *o, const grades_course course[4])
{
    static transition row[ROOM];
    const size_t n = read_table(o->data, row);
    double again[GRADES_CLASSES];
    fit_again(course, row, n, again);
    share weak = {0}, inadequate = {0}, weak_new = {0}, inadequate_new = {0};
    for (size_t i = 0; i < n; i++) {
        const bool recent = row[i].since < 2.0;
        if (row[i].from == 2)
            add(&weak, course, &row[i], again);
        if (row[i].from == 3)
            add(&inadequate, course, &row[i], again);
        if (row[i].from == 2 && recent)
            add(&weak_new, course, &row[i], again);
        if (row[i].from == 3 && recent)
            add(&inadequate_new, course, &row[i], again);
    }
    say_share("table-weak", "requires improvement, then good or better, in 100",
              "2010 to Jan 2022, academies, truncated", &weak);
    say_share("table-weak-new", "the same, too recent to be inspected again",
              "less than two years before Feb 2022", &weak_new);
    say_share("table-inadequate", "inadequate, then good or better, in 100",
              "2010 to Jan 2022, academies, truncated", &inadequate);
    say_share("table-inadequate-new", "the same, too recent to be inspected again",
              "less than two years before Feb 2022", &inadequate_new);
    const double with = likelihood(course, row, n, 2, again) + likelihood(course, row, n, 3, again);
    const double plain = likelihood(course, row, n, 2, NULL) + likelihood(course, row, n, 3, NULL);
    target("grades", "truncation", "log likelihood gained by knowing of the truncation",
           "1,192 rows from below good", with - plain, 0.0, NAN, "");
    note("grades", "again-weak", "years until a weak school is inspected again (fitted)",
         "pause left out", again[GRADES_WEAK], "years");
    note("grades", "again-inadequate", "years until an inadequate one is (fitted)",
         "pause left out", again[GRADES_INADEQUATE], "years");
    say_years(o, course, row, n, again);
}
