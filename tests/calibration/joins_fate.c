/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model's own word on how a small trust grows in 56 months. It must not know what real trusts
 * did. */
#include <math.h>
#include <stdint.h>

#include "calibration/joins.h"

void joins_say_trust(trial_text *t, int schools, int years)
{
    trial_say(t, "format = 1; name = \"Trust\"; start_year = \"2018/19\"; years = %d;\nschools = (",
              years);
    for (int s = 0; s < schools; s++)
        trial_say(t,
                  "%s\n  { id = \"own-%02d\"; phase = \"primary\"; ages = [4, 11]; roll = 288; }",
                  s ? "," : "", s);
    trial_say(t, "\n);\n");
}

/* Adds a year end with a weight: who is gone by then, and how many have joined the others. A trust
 * that was absorbed at a year end has no number from the next year on. */
static void add_year_end(joins_fate *f, const trial *t, int year, double weight)
{
    const double *joined = trial_metric(t, "joined", year);
    const double *next = trial_metric(t, "joined", year + 1);
    const double one = weight / (double)t->paths;
    for (uint64_t i = 0; i < t->paths; i++)
        if (isnan(next[i]))
            f->gone += one;
        else
            f->joined[(int)fmin(joined[i], JOINS_MOST)] += one;
}

/* 56 months lie two thirds of the way from the end of the fourth year to that of the fifth. */
joins_fate joins_fate_of(int schools, const char *const *changes, unsigned paths)
{
    trial_text text = {0};
    joins_say_trust(&text, schools, 6);
    trial t = trial_run(text.text, changes, paths);
    joins_fate f = {0};
    add_year_end(&f, &t, 3, 1.0 / 3.0);
    add_year_end(&f, &t, 4, 2.0 / 3.0);
    trial_free(&t);
    trial_text_free(&text);
    return f;
}

double joins_at_least(const joins_fate *f, int schools)
{
    double sum = 0.0;
    for (int n = schools; n <= JOINS_MOST; n++)
        sum += f->joined[n];
    return sum;
}

bool joins_held_back(const char *trust_number)
{
    uint32_t h = 2166136261u;
    for (const char *p = trust_number; *p; p++)
        h = (h ^ (uint32_t)(unsigned char)*p) * 16777619u;
    return (h >> 3 & 1u) != 0;
}
