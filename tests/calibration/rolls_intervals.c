/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether 80 % intervals hold 80 in 100 real trusts: by number of schools, phase and size, with the
 * error of the centre apart, the widths and the histogram of where in its fan each trust came. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/rolls.h"

enum { TENTHS = 10 };

typedef struct {
    const char *key, *words;
    int schools_from, schools_to;
    double size_from, size_to; /* mean pupils a school */
    char phase;                /* all schools of it; blank: any */
    double low, high;          /* band of the share inside, %; 0: a note */
} trust_group;

static const trust_group GROUP[] = {
    {"2-5", "of 2 to 5 schools", 2, 5, 0, 1e9, ' ', 75, 85},
    {"6-up", "of 6 or more schools", 6, 999, 0, 1e9, ' ', 75, 85},
    {"primary", "of primaries alone", 2, 999, 0, 1e9, 'P', 70, 90},
    {"secondary", "of secondaries alone", 2, 999, 0, 1e9, 'S', 70, 90},
    {"mixed", "of several phases", 2, 999, 0, 1e9, 'M', 70, 90},
    {"under-200", "under 200 pupils a school", 2, 999, 0, 200, ' ', 70, 90},
    {"200-500", "of 200 to 500 pupils a school", 2, 999, 200, 500, ' ', 70, 90},
    {"500-700", "of 500 to 700 pupils a school", 2, 999, 500, 700, ' ', 0, 0},
    {"700-up", "of 700 pupils a school or more", 2, 999, 700, 1e9, ' ', 70, 90},
};

static bool in_group(const fan *f, const trust_group *g)
{
    const double size = f->start / f->trust->schools;
    int alike = 0;
    for (int s = 0; s < f->trust->schools; s++)
        alike += f->trust->school[s].phase == g->phase;
    const bool whole = f->trust->schools == alike;
    bool phase = g->phase == ' ' || whole;
    if (g->phase == 'M') {
        const char first = f->trust->school[0].phase;
        for (int s = 1; s < f->trust->schools; s++)
            phase = phase || f->trust->school[s].phase != first;
    }
    return phase && f->trust->schools >= g->schools_from && f->trust->schools <= g->schools_to &&
           size >= g->size_from && size < g->size_to;
}

typedef struct {
    size_t n;
    double inside, below, centre; /* shares; median of actual less the fan's middle */
} group_seen;

static group_seen see_group(const trust_cases *t, const fan *fans, const trust_group *g)
{
    group_seen seen = {0};
    float *miss = rolls_memory(t->trusts + 1, sizeof(float));
    for (size_t k = 0; k < t->trusts; k++) {
        const fan *f = &fans[k];
        if (!in_group(f, g))
            continue;
        const bool below = f->actual < rolls_quantile(f->future, ROLLS_PATHS, 0.1);
        const bool above = f->actual > rolls_quantile(f->future, ROLLS_PATHS, 0.9);
        seen.below += below;
        seen.inside += !below && !above;
        miss[seen.n++] = (float)(f->actual - rolls_quantile(f->future, ROLLS_PATHS, 0.5));
    }
    qsort(miss, seen.n, sizeof(float), rolls_rising);
    seen.centre = seen.n ? rolls_quantile(miss, seen.n, 0.5) : (double)NAN;
    seen.inside /= (double)seen.n;
    seen.below /= (double)seen.n;
    free(miss);
    return seen;
}

static void say_inside(const trust_group *g, const roll_window *w, const group_seen *seen)
{
    char key[64], words[128];
    const double se = 100.0 * sqrt(0.8 * 0.2 / (double)seen->n);
    snprintf(key, sizeof key, "inside-%s-%s", g->key, w->name);
    snprintf(words, sizeof words, "in the 80 %% interval, trusts %s (%zu, se %.1f)", g->words,
             seen->n, se);
    if (g->high > 0.0)
        target("rolls", key, words, w->name, 100.0 * seen->inside, g->low, g->high, "%");
    else
        note("rolls", key, words, w->name, 100.0 * seen->inside, "%");
}

static void say_centre(const trust_cases *t, const fan *fans, const roll_window *w)
{
    static const trust_group ALL = {"all", "", 2, 999, 0, 1e9, ' ', 0, 0};
    const group_seen seen = see_group(t, fans, &ALL);
    char key[64];
    snprintf(key, sizeof key, "centre-%s", w->name);
    target("rolls", key, "median of what came over the fan's middle, all trusts", w->name,
           100.0 * seen.centre, -1.0, 1.0, "%");
    for (int g = 2; g < 4; g++) {
        const group_seen phase = see_group(t, fans, &GROUP[g]);
        char words[128];
        snprintf(key, sizeof key, "centre-%s-%s", GROUP[g].key, w->name);
        snprintf(words, sizeof words, "the same, trusts %s", GROUP[g].words);
        note("rolls", key, words, w->name, 100.0 * phase.centre, "%");
    }
}

static void write_histogram(const trust_cases *t, fan *const fans[ROLL_WINDOWS],
                            const calibration_options *o)
{
    void *table = calibration_table(o, "rolls-pit.csv");
    calibration_row(table, "window,schools,trusts,tenth,share_pct");
    for (int w = 0; w < ROLL_WINDOWS; w++)
        for (int g = 0; g < 2; g++) {
            double count[TENTHS] = {0}, n = 0.0;
            for (size_t k = 0; k < t->trusts; k++) {
                const fan *f = &fans[w][k];
                if (!in_group(f, &GROUP[g]))
                    continue;
                int below = 0;
                while (below < ROLLS_PATHS && f->future[below] < f->actual)
                    below++;
                const int tenth = below * TENTHS / (ROLLS_PATHS + 1);
                count[tenth] += 1.0;
                n += 1.0;
            }
            for (int i = 0; i < TENTHS; i++)
                calibration_row(table, "%s,%s,%.0f,%d,%.1f", ROLL_WINDOW[w].name, GROUP[g].key, n,
                                i + 1, 100.0 * count[i] / n);
        }
    calibration_table_end(table);
}

/* Distance from the tenth to the ninetieth in 100 of log growth, over trusts as they were and over
 * all futures of the same trusts. */
static void say_width(const trust_cases *t, const fan *fans, const trust_group *g, double wanted,
                      void *table)
{
    float *real = rolls_memory(t->trusts + 1, sizeof(float));
    float *model = rolls_memory((t->trusts + 1) * ROLLS_PATHS, sizeof(float));
    size_t n = 0;
    double fan_width = 0.0;
    for (size_t k = 0; k < t->trusts; k++) {
        if (!in_group(&fans[k], g))
            continue;
        memcpy(model + n * ROLLS_PATHS, fans[k].future, ROLLS_PATHS * sizeof(float));
        real[n++] = (float)fans[k].actual;
        fan_width += rolls_quantile(fans[k].future, ROLLS_PATHS, 0.9) -
                     rolls_quantile(fans[k].future, ROLLS_PATHS, 0.1);
    }
    const double TENTHS_APART = 2.0 * 1.2815515655446004;
    const double seen = TENTHS_APART * rolls_spread(model, n * ROLLS_PATHS);
    const double was = TENTHS_APART * rolls_spread(real, n);
    char key[64], words[128];
    snprintf(key, sizeof key, "width-%s", g->key);
    snprintf(words, sizeof words, "10-90 width of log growth, trusts %s (real ones here %.3f)",
             g->words, was);
    target("rolls", key, words, "2019-23", seen, 0.85 * wanted, 1.15 * wanted, "");
    calibration_row(table, "%s,%zu,%.2f,%.3f,%.3f,%.3f", g->key, n, wanted, was, seen,
                    fan_width / (double)n);
    free(real);
    free(model);
}

void rolls_intervals(const trust_cases *t, fan *const fans[ROLL_WINDOWS],
                     const calibration_options *o)
{
    void *table = calibration_table(o, "rolls-coverage.csv");
    calibration_row(table, "window,group,trusts,inside_pct,se,below_pct,centre_error_pct");
    for (int w = 0; w < ROLL_WINDOWS; w++) {
        for (size_t g = 0; g < sizeof GROUP / sizeof *GROUP; g++) {
            const group_seen seen = see_group(t, fans[w], &GROUP[g]);
            say_inside(&GROUP[g], &ROLL_WINDOW[w], &seen);
            calibration_row(table, "%s,%s,%zu,%.1f,%.1f,%.1f,%.2f", ROLL_WINDOW[w].name,
                            GROUP[g].key, seen.n, 100.0 * seen.inside,
                            100.0 * sqrt(0.16 / (double)seen.n), 100.0 * seen.below,
                            100.0 * seen.centre);
        }
        say_centre(t, fans[w], &ROLL_WINDOW[w]);
    }
    calibration_table_end(table);
    write_histogram(t, fans, o);
    static const trust_group WIDTH[] = {{"2-3", "of 2 or 3 schools", 2, 3, 0, 1e9, ' ', 0, 0},
                                        {"4-5", "of 4 or 5 schools", 4, 5, 0, 1e9, ' ', 0, 0},
                                        {"6-10", "of 6 to 10 schools", 6, 10, 0, 1e9, ' ', 0, 0},
                                        {"11-up", "of 11 or more", 11, 999, 0, 1e9, ' ', 0, 0}};
    static const double WANTED[] = {0.28, 0.20, 0.19, 0.18};
    table = calibration_table(o, "rolls-widths.csv");
    calibration_row(table, "schools,trusts,published,real_here,model,mean_of_single_fans");
    for (int g = 0; g < 4; g++)
        say_width(t, fans[2], &WIDTH[g], WANTED[g], table);
    calibration_table_end(table);
}

void rolls_inside_note(const trust_cases *t, fan *const fans[ROLL_WINDOWS], const char *key,
                       const char *words)
{
    static const trust_group ALL = {"all", "", 2, 999, 0, 1e9, ' ', 0, 0};
    for (int w = 0; w < ROLL_WINDOWS; w++) {
        char name[64], what[128];
        for (int g = 0; g < 2; g++) {
            const group_seen seen = see_group(t, fans[w], &GROUP[g]);
            snprintf(name, sizeof name, "%s-%s-%s", key, GROUP[g].key, ROLL_WINDOW[w].name);
            snprintf(what, sizeof what, "in the 80 %% interval %s, trusts %s", words,
                     GROUP[g].words);
            note("rolls", name, what, ROLL_WINDOW[w].name, 100.0 * seen.inside, "%");
        }
        snprintf(name, sizeof name, "%s-centre-%s", key, ROLL_WINDOW[w].name);
        snprintf(what, sizeof what, "median of what came over the fan's middle %s", words);
        note("rolls", name, what, ROLL_WINDOW[w].name, 100.0 * see_group(t, fans[w], &ALL).centre,
             "%");
    }
}
