/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single schools: how far they spread by phase, size and fullness, how one period's growth goes
 * with the next, and what a grade does to a roll; real ones against the model's futures of them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "calibration/rolls.h"

typedef struct {
    const char *key, *words;
    char phase;
    double full_from, full_to; /* roll over capacity */
    double size_from, size_to;
    double low, high; /* band of the model's deviation over the real one; 0: in the table alone */
} school_group;

static const school_group GROUP[] = {
    {"primary", "primaries", 'P', 0, 9, 0, 1e9, 0.85, 1.15},
    {"primary-under-210", "primaries under 210", 'P', 0, 9, 0, 210, 0, 0},
    {"primary-210-420", "primaries of 210 to 419", 'P', 0, 9, 210, 420, 0, 0},
    {"primary-420-up", "primaries of 420 or more", 'P', 0, 9, 420, 1e9, 0, 0},
    {"primary-60-80", "primaries 60 to 80 % full", 'P', 0.6, 0.8, 0, 1e9, 0.8, 1.25},
    {"primary-80-95", "primaries 80 to 95 % full", 'P', 0.8, 0.95, 0, 1e9, 0, 0},
    {"primary-95-100", "primaries 95 to 100 % full", 'P', 0.95, 1.0001, 0, 1e9, 0.8, 1.25},
    {"secondary", "secondaries", 'S', 0, 9, 0, 1e9, 0.85, 1.15},
    {"secondary-under-900", "secondaries under 900", 'S', 0, 9, 0, 900, 0, 0},
    {"secondary-900-1200", "secondaries of 900 to 1,199", 'S', 0, 9, 900, 1200, 0, 0},
    {"secondary-1200-up", "secondaries of 1,200 or more", 'S', 0, 9, 1200, 1e9, 0, 0},
    {"secondary-60-80", "secondaries 60 to 80 % full", 'S', 0.6, 0.8, 0, 1e9, 0.8, 1.25},
    {"secondary-95-100", "secondaries 95 to 100 % full", 'S', 0.95, 1.0001, 0, 1e9, 0.8, 1.25},
};

static bool in_group(const school_case *c, int census, const school_group *g)
{
    const double roll = c->roll[census], full = roll / c->capacity;
    const bool any = g->full_from <= 0.0;
    return c->phase == g->phase && roll >= g->size_from && roll < g->size_to &&
           (any || (full >= g->full_from && full < g->full_to));
}

/* A school in a window. */
typedef struct {
    const school_case *school;
    const float *future, *first;
    double actual;
} one_school;

static size_t gather(const trust_cases *t, const fan *fans, const roll_window *w, one_school *out)
{
    size_t n = 0;
    for (size_t k = 0; k < t->trusts; k++)
        for (int s = 0; s < t->trust[k].schools; s++) {
            const school_case *c = &t->trust[k].school[s];
            out[n++] = (one_school){.school = c,
                                    .future = fans[k].school + s * ROLLS_PATHS,
                                    .first = fans[k].first + s * ROLLS_PATHS,
                                    .actual = log(c->roll[w->to] / c->roll[w->from])};
        }
    return n;
}

/* What was not awaited, real over model: deviations by the tenth and ninetieth in 100. */
static void say_spread(const one_school *one, size_t n, const roll_window *w, const school_group *g,
                       void *table)
{
    float *real = rolls_memory(n + 1, sizeof(float));
    float *model = rolls_memory((n + 1) * ROLLS_PATHS, sizeof(float));
    size_t seen = 0;
    for (size_t k = 0; k < n; k++) {
        if (!in_group(one[k].school, w->from, g))
            continue;
        double mean = 0.0;
        for (int i = 0; i < ROLLS_PATHS; i++)
            mean += one[k].future[i] / ROLLS_PATHS;
        for (int i = 0; i < ROLLS_PATHS; i++)
            model[seen * ROLLS_PATHS + (size_t)i] = (float)(one[k].future[i] - mean);
        real[seen++] = (float)(one[k].actual - mean);
    }
    const double was = rolls_spread(real, seen), is = rolls_spread(model, seen * ROLLS_PATHS);
    calibration_row(table, "%s,%s,%zu,%.4f,%.4f", w->name, g->key, seen, was, is);
    char key[64], words[160];
    snprintf(key, sizeof key, "spread-%s-%s", g->key, w->name);
    snprintf(words, sizeof words,
             "deviation of growth that was not awaited, %s (%zu): model %.3f over real %.3f",
             g->words, seen, is, was);
    if (g->high > 0.0)
        target("rolls", key, words, w->name, is / was, g->low, g->high, "");
    free(real);
    free(model);
}

/* Settled: three quarters full, not filling, and no change of more than 30 % in either period. */
static bool settled(const school_case *c)
{
    return c->roll[AT_2019] >= 0.75 * c->capacity && !rolls_open_groups(c, AT_2019);
}

static void pair_small(rolls_pairs *p, double x, double y)
{
    const double FURTHEST = 0.3;
    if (!isnan(x) && !isnan(y) && fabs(x) < FURTHEST && fabs(y) < FURTHEST)
        rolls_pair(p, x, y);
}

static void say_lag(const char *key, const char *words, const char *window, const rolls_pairs *real,
                    const rolls_pairs *model)
{
    char text[160];
    const double was = rolls_correlation(real);
    snprintf(text, sizeof text, "%s, in the model (real %.2f, %.0f schools)", words, was, real->n);
    target("rolls", key, text, window, rolls_correlation(model), was - 0.1, was + 0.1, "");
}

static void say_persistence(const one_school *two, const one_school *four, size_t n, char phase)
{
    rolls_pairs block = {0}, block_model = {0}, year = {0}, year_model = {0};
    for (size_t k = 0; k < n; k++) {
        const school_case *c = two[k].school;
        if (c->phase != phase || !settled(c))
            continue;
        pair_small(&block, two[k].actual, four[k].actual - two[k].actual);
        const double first = log(c->roll[AT_2020] / c->roll[AT_2019]);
        pair_small(&year, first, two[k].actual - first);
        for (int i = 0; i < ROLLS_PATHS; i++) {
            const double to_2021 = two[k].future[i];
            pair_small(&block_model, to_2021, four[k].future[i] - to_2021);
            pair_small(&year_model, two[k].first[i], to_2021 - two[k].first[i]);
        }
    }
    const bool primary = phase == 'P';
    say_lag(primary ? "lag-two-years-primary" : "lag-two-years-secondary",
            primary ? "growth of two years with that of the next two, settled primaries"
                    : "growth of two years with that of the next two, settled secondaries",
            "2019-23", &block, &block_model);
    if (!primary)
        say_lag("lag-year-secondary", "growth of a year with that of the next, settled secondaries",
                "2019-21", &year, &year_model);
    else
        note("rolls", "lag-year-primary",
             "growth of a year with that of the next, settled "
             "primaries, in the model (real 0.13 to 0.21 in 2017-21)",
             "2019-21", rolls_correlation(&year_model), "");
}

typedef struct {
    double n, real, real_square, model;
} grade_sum;

static void add_grade(grade_sum *sum, const one_school *one)
{
    const double FURTHEST = 0.35;
    if (fabs(one->actual) > FURTHEST)
        return;
    double mean = 0.0;
    for (int i = 0; i < ROLLS_PATHS; i++)
        mean += one->future[i] / ROLLS_PATHS;
    sum->n += 1.0;
    sum->real += one->actual;
    sum->real_square += one->actual * one->actual;
    sum->model += mean;
}

static double error_square(const grade_sum *sum)
{
    return (sum->real_square / sum->n - pow(sum->real / sum->n, 2)) / sum->n;
}

/* Half of what grades differ by is taken as their own doing (0.3 to 1.0), the rest as the place. */
static void say_grades(const one_school *one, size_t n, char phase)
{
    static const char *const WORDS[] = {"outstanding", "good", "requires improvement",
                                        "inadequate"};
    grade_sum sum[4] = {{0}};
    for (size_t k = 0; k < n; k++)
        if (one[k].school->phase == phase && !isnan(one[k].school->grade) &&
            !rolls_open_groups(one[k].school, AT_2019))
            add_grade(&sum[(int)one[k].school->grade - 1], &one[k]);
    for (int g = 0; g < 4; g++) {
        const double real = sum[g].real / sum[g].n - sum[1].real / sum[1].n;
        const double model = sum[g].model / sum[g].n - sum[1].model / sum[1].n;
        const double se = sqrt(error_square(&sum[g]) + error_square(&sum[1]));
        char key[64], words[160];
        if (g == 1)
            continue;
        snprintf(key, sizeof key, "grade-%s-%d", phase == 'P' ? "primary" : "secondary", g + 1);
        snprintf(words, sizeof words,
                 "four years' growth of %s over good, %s (%.0f, real %.1f se %.1f), in the model",
                 WORDS[g], phase == 'P' ? "primaries" : "secondaries", sum[g].n, 100.0 * real,
                 100.0 * se);
        if (fabs(real) > 2.0 * se)
            target("rolls", key, words, "2019-23", 100.0 * model,
                   100.0 * (real < 0 ? real : 0.3 * real), 100.0 * (real < 0 ? 0.3 * real : real),
                   "%");
        else
            note("rolls", key, words, "2019-23", 100.0 * model, "%");
    }
}

void rolls_single_schools(const trust_cases *t, fan *const fans[ROLL_WINDOWS],
                          const calibration_options *o)
{
    size_t most = 1, n = 0;
    for (size_t k = 0; k < t->trusts; k++)
        most += (size_t)t->trust[k].schools;
    one_school *one[ROLL_WINDOWS];
    void *table = calibration_table(o, "rolls-schools.csv");
    calibration_row(table, "window,group,schools,real,model");
    for (int w = 0; w < ROLL_WINDOWS; w++) {
        one[w] = rolls_memory(most, sizeof(one_school));
        n = gather(t, fans[w], &ROLL_WINDOW[w], one[w]);
        for (size_t g = 0; g < sizeof GROUP / sizeof *GROUP; g++)
            say_spread(one[w], n, &ROLL_WINDOW[w], &GROUP[g], table);
    }
    calibration_table_end(table);
    say_persistence(one[0], one[2], n, 'P');
    say_persistence(one[0], one[2], n, 'S');
    say_grades(one[2], n, 'P');
    say_grades(one[2], n, 'S');
    for (int w = 0; w < ROLL_WINDOWS; w++)
        free(one[w]);
}
