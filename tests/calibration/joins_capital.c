/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The capital route: five schools and 3,000 pupils. Real trusts as they stood in 2019 run to
 * January 2023 at the sector's pace; how many come to the formula, and how many fall from it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "calibration/joins.h"

enum { CAPITAL_PATHS = 128, FORMULA_SCHOOLS = 5, FORMULA_PUPILS = 3000 };

/* Columns of the two tables. */
typedef struct {
    sheet trusts, schools;
    size_t trust, schools_2019, schools_2023, pupils_2019, pupils_2023;
    size_t of_trust, phase, roll;
} capital_data;

static capital_data read_data(const char *folder)
{
    capital_data d = {.trusts = sheet_read(folder, "trust_panel.csv"),
                      .schools = sheet_read(folder, "trust_schools_2019.csv")};
    d.trust = sheet_column(&d.trusts, "uid");
    d.schools_2019 = sheet_column(&d.trusts, "schools_2019_06");
    d.schools_2023 = sheet_column(&d.trusts, "schools_2023_01");
    d.pupils_2019 = sheet_column(&d.trusts, "pupils_2019_01");
    d.pupils_2023 = sheet_column(&d.trusts, "pupils_2023_01");
    d.of_trust = sheet_column(&d.schools, "uid");
    d.phase = sheet_column(&d.schools, "phase");
    d.roll = sheet_column(&d.schools, "roll_2019");
    return d;
}

static bool by_formula(double schools, double pupils)
{
    return schools >= FORMULA_SCHOOLS && pupils >= FORMULA_PUPILS;
}

static void say_school(trial_text *t, int n, const char *phase, double roll)
{
    const char *kind = *phase == 'S' ? "secondary" : *phase == 'X' ? "special" : "primary";
    const char *ages = *phase == 'P' || !*phase ? "4, 11" : *phase == 'S' ? "11, 16" : "5, 16";
    trial_say(t, "%s\n  { id = \"own-%03d\"; phase = \"%s\"; ages = [%s]; roll = %.0f; }",
              n ? "," : "", n, kind, ages, roll);
}

/* A trust of so many schools with so many pupils in all: its own where their rolls are known, the
 * others share what is left. */
static void say_trust(trial_text *t, const capital_data *d, size_t row)
{
    const char *who = sheet_text(&d->trusts, row, d->trust);
    const int schools = (int)sheet_number(&d->trusts, row, d->schools_2019);
    double left = sheet_number(&d->trusts, row, d->pupils_2019);
    trial_say(t, "%s",
              "format = 1; name = \"Trust\"; start_year = \"2019/20\"; years = 4;\n"
              "schools = (");
    int n = 0;
    for (size_t i = 0; i < d->schools.rows && n < schools; i++) {
        const double roll = sheet_number(&d->schools, i, d->roll);
        if (strcmp(sheet_text(&d->schools, i, d->of_trust), who) != 0 || !(roll >= 1.0))
            continue;
        say_school(t, n++, sheet_text(&d->schools, i, d->phase), roll);
        left -= roll;
    }
    for (const int others = schools - n; n < schools; n++)
        say_school(t, n, "P", fmax(left / others, 1.0));
    trial_say(t, "%s", "\n);\n");
}

/* Chance that it has five schools and 3,000 pupils in January 2023, five months from the end of the
 * third year. */
static double chance_of_formula(const capital_data *d, size_t row)
{
    static const char *const changes[] = {JOINS_PIPELINE, "risks.sector-absorbed.chance=0.0", NULL};
    trial_text text = {0};
    say_trust(&text, d, row);
    trial t = trial_run(text.text, changes, CAPITAL_PATHS);
    double sum = 0.0;
    for (int year = 2; year <= 3; year++) {
        const double *schools = trial_metric(&t, "schools", year);
        const double *pupils = trial_metric(&t, "pupils", year);
        for (uint64_t i = 0; i < t.paths; i++)
            sum += (year == 2 ? 7.0 : 5.0) / 12.0 * by_formula(schools[i], pupils[i]);
    }
    sum /= (double)t.paths;
    trial_free(&t);
    trial_text_free(&text);
    return sum;
}

/* How many gained, or lost: seen, expected and the variance of what luck alone would bring. */
typedef struct {
    double seen, expected, variance;
} capital_count;

static void add(capital_count *c, double chance, bool seen)
{
    c->seen += seen;
    c->expected += chance;
    c->variance += chance * (1.0 - chance);
}

void joins_capital(const calibration_options *o)
{
    capital_data d = read_data(o->data);
    capital_count gained = {0}, lost = {0};
    double trusts = 0.0;
    for (size_t i = 0; i < d.trusts.rows; i++) {
        const double from = sheet_number(&d.trusts, i, d.schools_2019),
                     to = sheet_number(&d.trusts, i, d.schools_2023),
                     before = sheet_number(&d.trusts, i, d.pupils_2019),
                     after = sheet_number(&d.trusts, i, d.pupils_2023);
        if (!(from >= 1.0 && to >= 1.0 && before >= 1.0 && after >= 1.0))
            continue;
        trusts += 1.0;
        const double p = chance_of_formula(&d, i);
        if (by_formula(from, before))
            add(&lost, 1.0 - p, !by_formula(to, after));
        else
            add(&gained, p, by_formula(to, after));
    }
    static const char window[] = "Jan 2019 to Jan 2023, trusts still there";
    note("joins", "capital-trusts", "trusts followed for the capital route", window, trusts, "");
    target("joins", "capital-gained", "come to the formula, of 72 that did (two standard errors)",
           window, gained.expected, gained.seen - 2.0 * sqrt(gained.variance),
           gained.seen + 2.0 * sqrt(gained.variance), "trusts");
    target("joins", "capital-lost", "fall from the formula, of 2 that did (two standard errors)",
           window, lost.expected, 0.0, lost.seen + 2.0 * sqrt(fmax(lost.seen, lost.variance)),
           "trusts");
    sheet_free(&d.trusts);
    sheet_free(&d.schools);
}
