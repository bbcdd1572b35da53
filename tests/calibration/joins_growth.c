/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growth of trusts of two to six schools from May 2018 to January 2023: the pace fitted on one half
 * of the panel, scored on the other. */
#include <math.h>
#include <stdio.h>

#include "calibration/joins.h"

enum { PATHS = 16384, FIT_PATHS = 4096, EVENTS = 4, BINS = 6 };

static const int LEAST[EVENTS] = {1, 2, 4, 0}; /* 0: gone */
static const char *const EVENT[EVENTS] = {"more", "two-more", "four-more", "gone"};
static const char *const WORDS[EVENTS] = {"one more", "two more", "four more", "gone"};

/* Trusts of one half by size, and how many of them grew by so many. */
typedef struct {
    double trusts, gone, change, square, grew[JOINS_MOST + 1];
} half_of_a_size;

typedef struct {
    half_of_a_size of[2][JOINS_LARGEST + 1]; /* [held back][size] */
} growth_panel;

static void read_panel(const char *folder, growth_panel *panel)
{
    sheet s = sheet_read(folder, "trust_panel.csv");
    const size_t who = sheet_column(&s, "uid"), from = sheet_column(&s, "schools_2018_05"),
                 to = sheet_column(&s, "schools_2023_01");
    for (size_t i = 0; i < s.rows; i++) {
        const double before = sheet_number(&s, i, from), after = sheet_number(&s, i, to);
        if (!(before >= JOINS_SMALLEST && before <= JOINS_LARGEST))
            continue;
        half_of_a_size *h = &panel->of[joins_held_back(sheet_text(&s, i, who))][(int)before];
        h->trusts += 1.0;
        h->gone += after == 0.0;
        h->change += after - before;
        h->square += (after - before) * (after - before);
        if (after > 0.0)
            h->grew[(int)fmin(fmax(after - before, 0.0), JOINS_MOST)] += 1.0;
    }
    sheet_free(&s);
}

static double seen_of(const half_of_a_size *h, int event)
{
    double sum = 0.0;
    for (int n = LEAST[event]; LEAST[event] && n <= JOINS_MOST; n++)
        sum += h->grew[n];
    return LEAST[event] ? sum : h->gone;
}

static double chance_of(const joins_fate *f, int event)
{
    return LEAST[event] ? joins_at_least(f, LEAST[event]) : f->gone;
}

/* Log likelihood of one half's growth, of trusts that still exist, in six classes. */
static double likelihood(const growth_panel *panel, int half, const joins_fate *fate)
{
    static const int from[BINS + 1] = {0, 1, 2, 4, 6, 10, JOINS_MOST + 1};
    double sum = 0.0;
    for (int size = JOINS_SMALLEST; size <= JOINS_LARGEST; size++)
        for (int b = 0; b < BINS; b++) {
            double chance = 0.0, trusts = 0.0;
            for (int n = from[b]; n < from[b + 1]; n++) {
                chance += fate[size].joined[n] / (1.0 - fate[size].gone);
                trusts += panel->of[half][size].grew[n];
            }
            sum += trusts * log(fmax(chance, 1e-4));
        }
    return sum;
}

static void fates(joins_fate *fate, const char *const *changes, unsigned paths)
{
    for (int size = JOINS_SMALLEST; size <= JOINS_LARGEST; size++)
        fate[size] = joins_fate_of(size, changes, paths);
}

/* The likelihood around the pace that ships: shape 1, a tenth of a school a year for each school.
 */
static void say_fit(const calibration_options *o, const growth_panel *panel)
{
    static const double shape[] = {0.7, 1.0, 1.5}, pace[] = {0.08, 0.1, 0.12};
    void *table = calibration_table(o, "joins-fit.csv");
    calibration_row(table, "shape,joins_a_year_for_each_school,fitting_half,held_back");
    double best = -INFINITY, shipped = NAN;
    for (int a = 0; a < 3; a++)
        for (int r = 0; r < 3; r++) {
            char primary[160], secondary[160];
            snprintf(primary, sizeof primary,
                     "pipeline.sector-primary.supply_a_year={ dist = \"gamma\"; shape = %g; scale "
                     "= %.6f; }",
                     shape[a], 7.8 * pace[r] / shape[a]);
            snprintf(secondary, sizeof secondary,
                     "pipeline.sector-secondary.supply_a_year={ dist = \"gamma\"; shape = %g; "
                     "scale = %.6f; }",
                     shape[a], 2.2 * pace[r] / shape[a]);
            joins_fate fate[JOINS_LARGEST + 1];
            fates(fate, (const char *const[]){JOINS_PIPELINE, primary, secondary, NULL}, FIT_PATHS);
            const double fit = likelihood(panel, 0, fate);
            best = fmax(best, fit);
            shipped = a == 1 && r == 1 ? fit : shipped;
            calibration_row(table, "%g,%g,%.2f,%.2f", shape[a], pace[r], fit,
                            likelihood(panel, 1, fate));
        }
    calibration_table_end(table);
    target("joins", "fit",
           "log likelihood that the pace shipped loses against the best of nine near it",
           "May 2018 to Jan 2023, fitting half", best - shipped, -0.01, 0.5, "");
}

/* Brier's score on the half held back, against what the fitting half's own share would score. */
static void say_scores(const growth_panel *panel, const joins_fate *fate)
{
    for (int e = 0; e < EVENTS; e++) {
        double share = 0.0, fitted = 0.0, trusts = 0.0, score = 0.0, plain = 0.0;
        for (int size = JOINS_SMALLEST; size <= JOINS_LARGEST; size++) {
            share += seen_of(&panel->of[0][size], e);
            fitted += panel->of[0][size].trusts;
        }
        share /= fitted;
        for (int size = JOINS_SMALLEST; size <= JOINS_LARGEST; size++) {
            const half_of_a_size *h = &panel->of[1][size];
            const double yes = seen_of(h, e), no = h->trusts - yes, p = chance_of(&fate[size], e);
            score += yes * (1.0 - p) * (1.0 - p) + no * p * p;
            plain += yes * (1.0 - share) * (1.0 - share) + no * share * share;
            trusts += h->trusts;
        }
        char key[32], what[120];
        snprintf(key, sizeof key, "brier-%s", EVENT[e]);
        snprintf(what, sizeof what, "Brier score of \"%s\"", WORDS[e]);
        note("joins", key, what, "the same, half held back", score / trusts, "");
        snprintf(key, sizeof key, "skill-%s", EVENT[e]);
        snprintf(what, sizeof what, "what of the fitting half's own score is saved, \"%s\"",
                 WORDS[e]);
        target("joins", key, what, "the same, half held back", 100.0 * (1.0 - score / plain),
               LEAST[e] ? 0.0 : -1.0, NAN, "%");
    }
}

/* Every event and size of the half held back beside its forecast; how many lie within two standard
 * errors. */
static void say_reliability(const calibration_options *o, const growth_panel *panel,
                            const joins_fate *fate)
{
    void *table = calibration_table(o, "joins-reliability.csv");
    calibration_row(table, "event,schools_at_the_start,trusts,forecast,seen,standard_error");
    double within = 0.0, cells = 0.0;
    for (int e = 0; e < EVENTS; e++)
        for (int size = JOINS_SMALLEST; size <= JOINS_LARGEST; size++) {
            const half_of_a_size *h = &panel->of[1][size];
            const double p = chance_of(&fate[size], e), seen = seen_of(h, e) / h->trusts;
            const double error = sqrt(p * (1.0 - p) / h->trusts);
            within += fabs(seen - p) <= 2.0 * error;
            cells += 1.0;
            calibration_row(table, "%s,%d,%.0f,%.4f,%.4f,%.4f", EVENT[e], size, h->trusts, p, seen,
                            error);
        }
    calibration_table_end(table);
    target("joins", "reliability", "forecasts by size within two standard errors of what was seen",
           "the same, half held back, 20 forecasts", within, 0.85 * cells, NAN, "");
}

typedef struct {
    double gone, more, two, four, six, mean, sd;
} growth_sum;

/* The mixture of sizes of the whole panel. */
static growth_sum add_up(const growth_panel *panel, const joins_fate *fate)
{
    growth_sum g = {0};
    double trusts = 0.0, square = 0.0;
    for (int size = JOINS_SMALLEST; size <= JOINS_LARGEST; size++) {
        const double w = panel->of[0][size].trusts + panel->of[1][size].trusts;
        const joins_fate *f = &fate[size];
        trusts += w;
        g.gone += w * f->gone;
        g.more += w * joins_at_least(f, 1);
        g.two += w * joins_at_least(f, 2);
        g.four += w * joins_at_least(f, 4);
        g.six += w * joins_at_least(f, 6);
        g.mean -= w * f->gone * size;
        square += w * f->gone * size * size;
        for (int n = 1; n <= JOINS_MOST; n++) {
            g.mean += w * f->joined[n] * n;
            square += w * f->joined[n] * n * n;
        }
    }
    g.mean /= trusts;
    g.sd = sqrt(square / trusts - g.mean * g.mean);
    g.gone *= 100.0 / trusts, g.more *= 100.0 / trusts, g.two *= 100.0 / trusts;
    g.four *= 100.0 / trusts, g.six *= 100.0 / trusts;
    return g;
}

/* What 56 months brought the 432 trusts of the panel; bands as set before: six points, four for six
 * more. */
static void say_growth(const growth_panel *panel, const joins_fate *fate)
{
    const growth_sum g = add_up(panel, fate);
    static const char window[] = "May 2018 to Jan 2023, 2 to 6 schools";
    target("joins", "gone", "trusts gone, in 100", window, g.gone, 13.0, 21.0, "");
    target("joins", "more", "with one more at least, in 100", window, g.more, 41.0, 53.0, "");
    target("joins", "two-more", "with two more at least, in 100", window, g.two, 26.0, 38.0, "");
    target("joins", "four-more", "with four more at least, in 100", window, g.four, 12.0, 20.0, "");
    target("joins", "six-more", "with six more at least, in 100", window, g.six, 5.0, 13.0, "");
    target("joins", "mean", "mean change, those gone as what they had", window, g.mean, 0.74, 1.36,
           "schools");
    target("joins", "sd", "its standard deviation", window, g.sd, 2.6, 3.8, "schools");
}

/* How far a pace that is the same for all falls short: with the same means, no gamma. */
static void say_poisson(const growth_panel *panel)
{
#define NEARLY_ONE(mean) "={ dist = \"gamma\"; shape = 1000.0; scale = 0.000" mean "; }"
    static const char *const same[] = {
        JOINS_PIPELINE, "pipeline.sector-primary.supply_a_year" NEARLY_ONE("78"),
        "pipeline.sector-secondary.supply_a_year" NEARLY_ONE("22"), NULL};
    joins_fate fate[JOINS_LARGEST + 1];
    fates(fate, same, FIT_PATHS);
    const growth_sum g = add_up(panel, fate);
    note("joins", "poisson-six-more", "six more, in 100, if all trusts had one pace",
         "May 2018 to Jan 2023, 2 to 6 schools", g.six, "");
    note("joins", "poisson-more", "one more, in 100, if all trusts had one pace",
         "May 2018 to Jan 2023, 2 to 6 schools", g.more, "");
}

/* With a row of the pipeline as the national defaults have it, behind the national gate. */
static void say_default(const growth_panel *panel)
{
    static const char *const row[] = {
        "pipeline=( { id = \"near\"; slots = 14; wanted = 60; phase = \"primary\"; ages = [4, 11]; "
        "roll = 288; route = \"converter\"; } )",
        NULL};
    joins_fate fate[JOINS_LARGEST + 1];
    fates(fate, row, FIT_PATHS);
    const growth_sum g = add_up(panel, fate);
    note("joins", "default-more", "one more, in 100, by one row with the national supply and gate",
         "56 months, nobody absorbed", g.more, "");
    note("joins", "default-six-more",
         "six more, in 100, by one row with the national supply and gate",
         "56 months, nobody absorbed", g.six, "");
}

void joins_growth(const calibration_options *o)
{
    growth_panel panel = {0};
    read_panel(o->data, &panel);
    joins_fate fate[JOINS_LARGEST + 1];
    fates(fate, (const char *const[]){JOINS_PIPELINE, NULL}, PATHS);
    say_growth(&panel, fate);
    say_scores(&panel, fate);
    say_reliability(o, &panel, fate);
    say_fit(o, &panel);
    say_poisson(&panel);
    say_default(&panel);
}
