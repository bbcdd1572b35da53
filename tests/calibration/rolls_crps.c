/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model's fans against two simpler ones by the continuous ranked probability score of log
 * growth (smaller is better): a random walk of independent schools whose deviations are those of
 * 2018-19 by size, and a normal fan of two constants for 2 to 5 schools and for 6 or more. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "calibration/rolls.h"

enum { SIZES = 6 };
static const double PRIMARY_FROM[SIZES] = {0, 105, 210, 315, 420, 630};
static const double SECONDARY_FROM[SIZES] = {0, 600, 900, 1200, 1500, 1e9};
static const double FURTHEST = 0.35; /* of a year: mergers and new schools are left out */

static double of_futures(const float *x, double y)
{
    const double n = ROLLS_PATHS;
    double from_y = 0.0, between = 0.0;
    for (int i = 0; i < ROLLS_PATHS; i++) {
        from_y += fabs(x[i] - y);
        between += x[i] * (2.0 * i + 1.0 - n);
    }
    return from_y / n - between / (n * n);
}

static double of_normal(double mean, double sd, double y)
{
    const double PI = 3.14159265358979323846;
    const double z = (y - mean) / sd;
    return sd * (z * erf(z / sqrt(2.0)) + sqrt(2.0 / PI) * exp(-z * z / 2.0) - 1.0 / sqrt(PI));
}

static int size_of(const school_case *c, double roll)
{
    const double *from = c->phase == 'S' ? SECONDARY_FROM : PRIMARY_FROM;
    int k = SIZES - 1;
    while (roll < from[k])
        k--;
    return k;
}

/* Deviations of one year's log growth, January 2018 to 2019, by phase (secondary or not) and size.
 */
static void year_deviations(const trust_cases *t, double sd[2][SIZES])
{
    double n[2][SIZES] = {{0}}, sum[2][SIZES] = {{0}}, square[2][SIZES] = {{0}};
    for (size_t k = 0; k < t->trusts; k++)
        for (int s = 0; s < t->trust[k].schools; s++) {
            const school_case *c = &t->trust[k].school[s];
            const double growth = log(c->roll[AT_2019] / c->roll[AT_2018]);
            if (isnan(growth) || fabs(growth) > FURTHEST)
                continue;
            const int phase = c->phase == 'S', size = size_of(c, c->roll[AT_2018]);
            n[phase][size] += 1.0;
            sum[phase][size] += growth;
            square[phase][size] += growth * growth;
        }
    for (int p = 0; p < 2; p++)
        for (int z = 0; z < SIZES; z++) {
            const double mean = sum[p][z] / n[p][z];
            sd[p][z] = n[p][z] > 1.0 ? sqrt(square[p][z] / n[p][z] - mean * mean) : 0.05;
        }
}

static double walk_deviation(const fan *f, const roll_window *w, double sd[2][SIZES])
{
    double variance = 0.0;
    for (int s = 0; s < f->trust->schools; s++) {
        const school_case *c = &f->trust->school[s];
        const double roll = c->roll[w->from];
        const double part = roll / f->start * sd[c->phase == 'S'][size_of(c, roll)];
        variance += part * part * w->years;
    }
    return sqrt(variance);
}

typedef struct {
    double centre[2], sd[2]; /* of 2 to 5 schools, of 6 or more */
} two_constants;

static two_constants fit_constants(const trust_cases *t, const fan *fans)
{
    two_constants c;
    for (int g = 0; g < 2; g++) {
        float *actual = rolls_memory(t->trusts + 1, sizeof(float));
        size_t n = 0;
        for (size_t k = 0; k < t->trusts; k++)
            if ((fans[k].trust->schools > 5) == g)
                actual[n++] = (float)fans[k].actual;
        c.sd[g] = rolls_spread(actual, n);
        c.centre[g] = rolls_quantile(actual, n, 0.5);
        free(actual);
    }
    return c;
}

static double score_constants(const trust_cases *t, const fan *fans, const two_constants *c)
{
    double sum = 0.0;
    for (size_t k = 0; k < t->trusts; k++) {
        const int g = fans[k].trust->schools > 5;
        sum += of_normal(c->centre[g], c->sd[g], fans[k].actual);
    }
    return sum / (double)t->trusts;
}

static void say_ratio(const char *key, const char *words, const roll_window *w, double ratio)
{
    char name[64];
    snprintf(name, sizeof name, "crps-%s-%s", key, w->name);
    target("rolls", name, words, w->name, ratio, (double)NAN, 1.0, "");
}

void rolls_crps(const trust_cases *t, fan *const fans[ROLL_WINDOWS])
{
    double sd[2][SIZES];
    year_deviations(t, sd);
    for (int w = 0; w < ROLL_WINDOWS; w++) {
        double model = 0.0, walk = 0.0;
        for (size_t k = 0; k < t->trusts; k++) {
            const fan *f = &fans[w][k];
            model += of_futures(f->future, f->actual) / (double)t->trusts;
            walk += of_normal(0.0, walk_deviation(f, &ROLL_WINDOW[w], sd), f->actual) /
                    (double)t->trusts;
        }
        const two_constants own = fit_constants(t, fans[w]);
        say_ratio("walk", "CRPS over that of a random walk", &ROLL_WINDOW[w], model / walk);
        say_ratio("constants", "CRPS over that of two constants fitted to this very window",
                  &ROLL_WINDOW[w], model / score_constants(t, fans[w], &own));
        if (w != 1)
            continue;
        const two_constants before = fit_constants(t, fans[0]);
        say_ratio("constants-before", "CRPS over that of two constants fitted to 2019-21",
                  &ROLL_WINDOW[w], model / score_constants(t, fans[w], &before));
    }
}
