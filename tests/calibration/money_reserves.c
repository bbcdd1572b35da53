/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reserves by horizon: groups of schools of one Welsh council, and the same groups as trusts of the
 * model. Only what parts groups within a year is compared: two councils say nothing of a shock that
 * all share. No panel of English trusts' reserves was found. */
#include <math.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/money.h"

enum { YEARS = 5, HORIZONS = 4, OF_DATA = 3000, OF_MODEL = 120, FUTURES = 16, MOST = 8 };

typedef struct {
    const char *council;
    char phase;
    double reserve[YEARS], budget[YEARS], pupils;
} school;

typedef struct {
    school *school;
    size_t count;
    uint64_t state; /* of the picks */
} panel;

typedef struct {
    double sd[HORIZONS];
    double under_1, under_4; /* of groups at 5 to 10 %, % below 5 a year and four years on */
    double slope;
} seen;

/* A pick below n: a linear congruential generator, high bits. */
static size_t pick(panel *p, size_t n)
{
    p->state = p->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((p->state >> 33) % n);
}

static panel read_panel(const sheet *s)
{
    static const char *const year[] = {"2015_16", "2016_17", "2017_18", "2018_19", "2019_20"};
    panel p = {.school = calloc(s->rows, sizeof *p.school), .state = 20160331};
    const size_t council = sheet_column(s, "la"), phase = sheet_column(s, "phase"),
                 pupils = sheet_column(s, "pupils_2015_16");
    for (size_t r = 0; p.school && r < s->rows; r++) {
        school one = {.council = sheet_text(s, r, council),
                      .phase = *sheet_text(s, r, phase),
                      .pupils = sheet_number(s, r, pupils)};
        double sum = one.pupils;
        for (int y = 0; y < YEARS; y++) {
            char name[64] = "reserve_gbp000_mar_end_";
            one.reserve[y] = sheet_number(s, r, sheet_column(s, strcat(name, year[y])));
            strcpy(name, "budget_gbp000_");
            one.budget[y] = sheet_number(s, r, sheet_column(s, strcat(name, year[y])));
            sum += one.reserve[y] + one.budget[y];
        }
        if (!isnan(sum))
            p.school[p.count++] = one;
    }
    return p;
}

/* `of` different schools of one council, as often of either. */
static void pick_group(panel *p, int of, const school *group[MOST])
{
    static const char *const council[] = {"Gwynedd", "Isle of Anglesey"};
    const char *where = council[pick(p, 2)];
    for (int k = 0; k < of;) {
        const school *one = &p->school[pick(p, p->count)];
        bool fine = strcmp(one->council, where) == 0;
        for (int j = 0; j < k; j++)
            fine = fine && group[j] != one;
        if (fine)
            group[k++] = one;
    }
}

/* level[year * n + i], % of income, to what is said of it. Variances are taken within a year. */
static seen look_at(const double *level, size_t n)
{
    seen s = {0};
    double *change = calloc(n, sizeof *change), slope = 0.0;
    if (!change)
        calibration_stop("memory is short");
    for (int h = 1; h <= HORIZONS; h++) {
        double square = 0.0;
        for (int y = 0; y + h < YEARS; y++) {
            for (size_t i = 0; i < n; i++)
                change[i] = level[(size_t)(y + h) * n + i] - level[(size_t)y * n + i];
            const double sd = money_sd(change, n);
            square += sd * sd / (YEARS - h);
            if (h == 1) {
                const double *x[] = {level + (size_t)y * n};
                double b;
                money_regress(change, x, 1, n, &b);
                slope += b / (YEARS - 1);
            }
        }
        s.sd[h - 1] = sqrt(square);
    }
    double low = 0.0, under = 0.0, low_first = 0.0, under_last = 0.0;
    for (int y = 0; y + 1 < YEARS; y++)
        for (size_t i = 0; i < n; i++) {
            const double now = level[(size_t)y * n + i];
            if (now < 5.0 || now >= 10.0)
                continue;
            low += 1.0;
            under += level[(size_t)(y + 1) * n + i] < 5.0;
            low_first += y == 0;
            under_last += y == 0 && level[(size_t)(YEARS - 1) * n + i] < 5.0;
        }
    s.under_1 = 100.0 * under / low;
    s.under_4 = 100.0 * under_last / low_first;
    s.slope = slope;
    free(change);
    return s;
}

static seen of_data(panel *p, int of)
{
    double *level = calloc((size_t)YEARS * OF_DATA, sizeof *level);
    if (!level)
        calibration_stop("memory is short");
    for (size_t i = 0; i < OF_DATA; i++) {
        const school *group[MOST];
        pick_group(p, of, group);
        for (int y = 0; y < YEARS; y++) {
            double reserve = 0.0, budget = 0.0;
            for (int k = 0; k < of; k++) {
                reserve += group[k]->reserve[y];
                budget += group[k]->budget[y];
            }
            level[(size_t)y * OF_DATA + i] = 100.0 * reserve / budget;
        }
    }
    const seen s = look_at(level, OF_DATA);
    free(level);
    return s;
}

/* The group as a trust that starts with what its schools held in March 2016. */
static trial run_group(const school *const group[MOST], int of, int number)
{
    trial_text t = {0};
    money_say_head(&t, "as-happened", "2016/17", YEARS - 1);
    trial_say(&t, "areas = ( { id = \"a%d\"; } );\n", number);
    trial_say(&t, "risks = ( { id = \"cyber-incident\"; chance = 0.0; } );\nschools = (");
    for (int k = 0; k < of; k++) {
        const bool secondary = group[k]->phase == 'S';
        trial_say(&t,
                  "%s{ id = \"w%d-%d\"; area = \"a%d\"; phase = \"%s\"; ages = [%s]; roll = %.0f; "
                  "reserves_pct = %.3f; }",
                  k ? ", " : " ", number, k, number, secondary ? "secondary" : "primary",
                  secondary ? "11, 16" : "4, 11", group[k]->pupils,
                  100.0 * group[k]->reserve[0] / group[k]->budget[0]);
    }
    trial_say(&t, " );\n");
    const trial run = trial_run(t.text, NULL, FUTURES);
    trial_text_free(&t);
    return run;
}

/* One future is one sector of groups; what is seen is the mean over futures. */
static seen of_model(panel *p, int of)
{
    const size_t n = OF_MODEL;
    double(*level)[YEARS * OF_MODEL] = calloc(FUTURES, sizeof *level);
    if (!level)
        calibration_stop("memory is short");
    for (int g = 0; g < OF_MODEL; g++) {
        const school *group[MOST];
        pick_group(p, of, group);
        double reserve = 0.0, budget = 0.0;
        for (int k = 0; k < of; k++) {
            reserve += group[k]->reserve[0];
            budget += group[k]->budget[0];
        }
        trial run = run_group(group, of, g);
        for (int i = 0; i < FUTURES; i++) {
            level[i][g] = 100.0 * reserve / budget;
            for (int y = 1; y < YEARS; y++)
                level[i][(size_t)y * n + (size_t)g] = trial_metric(&run, "reserves_pct", y - 1)[i];
        }
        trial_free(&run);
    }
    seen s = {0};
    for (int i = 0; i < FUTURES; i++) {
        const seen one = look_at(level[i], n);
        for (int h = 0; h < HORIZONS; h++)
            s.sd[h] += one.sd[h] * one.sd[h] / FUTURES;
        s.under_1 += one.under_1 / FUTURES;
        s.under_4 += one.under_4 / FUTURES;
        s.slope += one.slope / FUTURES;
    }
    for (int h = 0; h < HORIZONS; h++)
        s.sd[h] = sqrt(s.sd[h]);
    free(level);
    return s;
}

/* Deviations of what is seen of groups of five, from 150 samples of schools with replacement. */
static const double sampling[HORIZONS] = {0.24, 0.49, 0.72, 0.87};

static void say_groups_of_five(const seen *d, const seen *m)
{
    static const char window[] = "Wales, March 2016-2020";
    char key[32], what[96];
    for (int h = 0; h < HORIZONS; h++) {
        snprintf(key, sizeof key, "reserves-%d", h + 1);
        snprintf(what, sizeof what,
                 "Groups of five schools: change of reserves over %d year%s (Wales %.2f)", h + 1,
                 h ? "s" : "", d->sd[h]);
        target("money", key, what, window, m->sd[h], d->sd[h] - 2.0 * sampling[h],
               d->sd[h] + 2.0 * sampling[h], "% of income");
    }
    snprintf(what, sizeof what, "The same: four years over one (Wales %.2f)", d->sd[3] / d->sd[0]);
    target("money", "reserves-ratio", what, window, m->sd[3] / m->sd[0], 1.5, 2.5, "");
    snprintf(what, sizeof what, "At 5 to 10 %%, below 5 %% a year later (Wales %.0f)", d->under_1);
    target("money", "reserves-under-1", what, window, m->under_1, d->under_1 - 12.0,
           d->under_1 + 12.0, "%");
    snprintf(what, sizeof what, "The same, four years later (Wales %.0f)", d->under_4);
    target("money", "reserves-under-4", what, window, m->under_4, d->under_4 - 27.0,
           d->under_4 + 27.0, "%");
    snprintf(what, sizeof what, "Change a year for a point more of level (Wales %.2f)", d->slope);
    target("money", "reserves-slope", what, window, m->slope, d->slope - 0.1, d->slope + 0.1, "");
}

void money_reserves(const calibration_options *o)
{
    static const int size[] = {3, 5, 8};
    sheet s = sheet_read(o->data, "wales_school_reserves_panel.csv");
    panel p = read_panel(&s);
    void *t = calibration_table(o, "reserves-by-horizon.csv");
    calibration_row(t, "years,wales_3,wales_5,wales_8,model_3,model_5,model_8,wales_5_se");
    seen d[3], m[3];
    for (int k = 0; k < 3; k++) {
        d[k] = of_data(&p, size[k]);
        m[k] = of_model(&p, size[k]);
    }
    for (int h = 0; h < HORIZONS; h++)
        calibration_row(t, "%d,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f", h + 1, d[0].sd[h], d[1].sd[h],
                        d[2].sd[h], m[0].sd[h], m[1].sd[h], m[2].sd[h], sampling[h]);
    calibration_table_end(t);
    say_groups_of_five(&d[1], &m[1]);
    for (int k = 0; k < 3; k += 2) {
        char key[32], what[96];
        snprintf(key, sizeof key, "reserves-1-of-%d", size[k]);
        snprintf(what, sizeof what, "Groups of %d schools: change over a year (Wales %.2f)",
                 size[k], d[k].sd[0]);
        note("money", key, what, "Wales, March 2016-2020", m[k].sd[0], "% of income");
    }
    free(p.school);
    sheet_free(&s);
}
