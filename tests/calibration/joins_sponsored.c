/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Months from an inspection that found a school inadequate to its opening with a sponsor. The
 * national default was fitted to two published figures, counted from the order, six weeks after the
 * inspection; the quartiles and tenths were left out. Real ones are of schools that had
 * opened when they were looked at, so the model's are weighted likewise: inspected at any time
 * of eight years, and seen where they opened within them. */
#include <math.h>
#include <stdio.h>

#include "calibration/joins_months.h"

enum { SPONSORED_PATHS = 1024, WINDOW = 96, LONGEST = 120 };
static const double TO_ORDER = 1.5; /* months from inspection to order */

/* Chance that it takes so many months, the last begun, before and after the selection. */
typedef struct {
    double drawn[LONGEST + 1], opened[LONGEST + 1];
} duration;

static duration simulate(void)
{
    trial_text text = {0};
    joins_say_trust(&text, 2, 6);
    trial_say(&text, "%s",
              "pipeline = ( { id = \"judged\"; slots = 16; wanted = 16; supply_a_year = 500.0; "
              "share = 1.0; open_month = 0; route = \"sponsored\"; stage = \"agreement\"; "
              "opens_chance = 1.0; phase = \"primary\"; ages = [4, 11]; roll = 210; } );\n");
    joins_months m = joins_months_of(text.text, NULL, SPONSORED_PATHS);
    duration d = {0};
    double all = 0.0, opened = 0.0;
    for (size_t path = 0; path < m.paths; path++)
        for (int j = 0; j < m.joins[path]; j++) {
            const double months = fmin(m.month[path * JOINS_MONTHS + (size_t)j], LONGEST);
            const double seen = fmax(1.0 - months / WINDOW, 0.0);
            d.drawn[(int)months] += 1.0, all += 1.0;
            d.opened[(int)months] += seen, opened += seen;
        }
    for (int k = 0; k <= LONGEST; k++)
        d.drawn[k] /= all, d.opened[k] /= opened;
    joins_months_free(&m);
    trial_text_free(&text);
    return d;
}

/* Openings are on the first of a month and judgements on any day: a month is spread over itself. */
static double quantile(const double *chance, double q)
{
    double below = 0.0;
    for (int k = 0; k <= LONGEST; k++) {
        if (below + chance[k] >= q && chance[k] > 0.0)
            return k - 1.0 + (q - below) / chance[k];
        below += chance[k];
    }
    return LONGEST;
}

void joins_sponsored(const calibration_options *o)
{
    static const double q[5] = {0.1, 0.25, 0.5, 0.75, 0.9};
    static const char *const name[5] = {"p10", "p25", "p50", "p75", "p90"};
    static const char *const words[5] = {"a tenth opened within", "a quarter opened within",
                                         "half opened within", "three quarters opened within",
                                         "nine tenths opened within"};
    static const char window[] = "inspected 2014 to 2022, opened by 2022";
    const duration d = simulate();
    double mean = 0.0, over = 0.0;
    for (int k = 0; k <= LONGEST; k++) {
        mean += d.drawn[k] * (k - 0.5 - TO_ORDER);
        over += d.drawn[k] * fmin(fmax(k - 9.0 - TO_ORDER, 0.0), 1.0);
    }
    target("joins", "sponsored-mean", "sponsored, months from order to opening on average (fitted)",
           "2018-19", mean, 12.5, 14.5, "months");
    target("joins", "sponsored-over-nine", "of them over nine months, in 100 (fitted)", "2018-19",
           100.0 * over, 62.0, 72.0, "");
    sheet s = sheet_read(o->data, "conversion_durations_months.csv");
    void *table = calibration_table(o, "joins-sponsored.csv");
    calibration_row(table, "quantile,real,model");
    for (int i = 0; i < 5; i++) {
        const double real = sheet_number(&s, 0, sheet_column(&s, name[i]));
        const double seen = quantile(d.opened, q[i]);
        char key[32];
        snprintf(key, sizeof key, "sponsored-%s", name[i]);
        target("joins", key, words[i], window, seen, real - 1.5, real + 1.5, "months");
        calibration_row(table, "%g,%g,%.2f", q[i], real, seen);
    }
    calibration_table_end(table);
    sheet_free(&s);
}
