/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real trusts as scenarios: their schools with ages, rolls, places and grades, each council an
 * area, nothing that joins. What the tables do not say (nursery children, sixth-formers) is taken
 * as a share, here and nowhere else. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/rolls.h"
#include "calibration/sheet.h"

/* Share of the roll, where the ages say that there may be any: in primaries from age 2 or 3 full
 * of their capacity the roll stands a tenth above it, in those from 4 it does not; staying on of
 * 0.55 and then 0.87 in a school of five other year groups. */
static const double NURSERY = 0.10, SIXTH = 0.17;

/* A school is filling when it stands below FILLING_BELOW of its places and either grew by more than
 * FILLING_GROWTH in the year before or had no roll then and is under NEW_BELOW full: who runs it
 * knows which year groups are open. */
static const double FILLING_BELOW = 0.75, FILLING_GROWTH = 0.15, NEW_BELOW = 0.3;

const roll_window ROLL_WINDOW[ROLL_WINDOWS] = {
    {"2019-21", AT_2019, AT_2021, 2, 2019},
    {"2021-23", AT_2021, AT_2023, 2, 2021},
    {"2019-23", AT_2019, AT_2023, 4, 2019},
};

static const char *const ROLL_COLUMN[CENSUSES] = {NULL,        "roll_2018", "roll_2019",
                                                  "roll_2020", "roll_2021", "roll_2023"};

static school_case read_school(const sheet *s, size_t row)
{
    const int laestab = (int)sheet_number(s, row, sheet_column(s, "laestab"));
    const double from = sheet_number(s, row, sheet_column(s, "age_lo"));
    const double to = sheet_number(s, row, sheet_column(s, "age_hi"));
    school_case c = {
        .la = laestab / 10000,
        .number = laestab % 10000,
        .phase = sheet_text(s, row, sheet_column(s, "phase"))[0],
        .from = isnan(from) ? 0 : (int)from,
        .to = isnan(to) ? 0 : (int)to,
        .capacity = sheet_number(s, row, sheet_column(s, "capacity_2021")),
        .grade = sheet_number(s, row, sheet_column(s, "ofsted_2019")),
    };
    c.roll[AT_2017] = (double)NAN;
    for (int k = AT_2018; k < CENSUSES; k++)
        c.roll[k] = sheet_number(s, row, sheet_column(s, ROLL_COLUMN[k]));
    return c;
}

trust_cases rolls_trusts(const char *data)
{
    sheet s = sheet_read(data, "trust_schools_2019.csv");
    trust_cases t = {.trust = calloc(s.rows + 1, sizeof(trust_case))};
    const size_t uid_column = sheet_column(&s, "uid");
    if (!t.trust)
        calibration_stop("memory is short");
    trust_case *last = t.trust;
    for (size_t row = 0; row <= s.rows; row++) {
        const int uid = row < s.rows ? (int)sheet_number(&s, row, uid_column) : -1;
        if (uid != last->uid) {
            if (last->schools > 1)
                last++;
            *last = (trust_case){.uid = uid};
        }
        if (row == s.rows)
            break;
        const school_case c = read_school(&s, row);
        const bool known = c.roll[AT_2019] > 0 && c.roll[AT_2021] > 0 && c.roll[AT_2023] > 0;
        if (known && last->schools < SCHOOLS_MOST)
            last->school[last->schools++] = c;
    }
    t.trusts = (size_t)(last - t.trust);
    sheet_free(&s);
    return t;
}

void rolls_trusts_free(trust_cases *t)
{
    free(t->trust);
    *t = (trust_cases){0};
}

double rolls_of(const trust_case *t, int census)
{
    double sum = 0.0;
    for (int s = 0; s < t->schools; s++)
        sum += t->school[s].roll[census];
    return sum;
}

static const char *phase_of(const school_case *c, int ages[2])
{
    int from = c->from ? c->from : c->phase == 'P' ? 4 : c->phase == 'S' ? 11 : 4;
    int to = c->to ? c->to : c->phase == 'P' ? 11 : 16;
    if (c->phase == 'P' && from == 5)
        from = 4; /* 5 to 11 has a Reception class */
    const char *phase = c->phase == 'X' ? "special" : c->phase == 'P' ? "primary" : "secondary";
    if (c->phase == 'P' && from >= 7)
        phase = "junior";
    else if (c->phase == 'P' && to <= 8)
        phase = "infant";
    else if (c->phase == 'S' && from <= 7)
        phase = "all_through";
    else if (c->phase == 'S' && to <= 14)
        phase = "middle";
    else if (c->phase != 'P' && c->phase != 'S' && c->phase != 'X')
        phase = "alternative";
    ages[0] = from;
    ages[1] = to > 19 ? 19 : to;
    return phase;
}

/* The roll a year before the window, halfway to the census of two years before where there is none
 * between; NaN when not known. */
static double roll_before(const school_case *c, int census)
{
    const double before = c->roll[census - 1];
    return isnan(before) && census == AT_2021 ? (c->roll[AT_2019] + c->roll[AT_2021]) / 2 : before;
}

int rolls_open_groups(const school_case *c, int census)
{
    int ages[2];
    phase_of(c, ages);
    const int to = ages[1] > 16 ? 16 : ages[1], groups = to - (ages[0] < 4 ? 4 : ages[0]);
    const double roll = c->roll[census], before = roll_before(c, census);
    double open = 0.0;
    if ((c->phase != 'P' && c->phase != 'S') || !(roll < FILLING_BELOW * c->capacity))
        return 0;
    if (!isnan(before) && roll > (1.0 + FILLING_GROWTH) * before)
        open = roll / (roll - before);
    else if (isnan(before) && roll < NEW_BELOW * c->capacity)
        open = groups * roll / c->capacity;
    else
        return 0;
    const int nearest = (int)(open + 0.5);
    return nearest < 1 ? 1 : nearest < groups ? nearest : 0;
}

static void say_school(trial_text *text, const school_case *c, const roll_window *w, bool first)
{
    static const char *const GRADE[] = {"outstanding", "good", "requires_improvement",
                                        "inadequate"};
    int ages[2];
    const char *phase = phase_of(c, ages);
    const double roll = c->roll[w->from], before = roll_before(c, w->from);
    const bool ordinary = c->phase == 'P' || c->phase == 'S';
    const double nursery = ordinary && ages[0] <= 3 ? floor(NURSERY * roll) : 0.0;
    const int open = rolls_open_groups(c, w->from);
    const double sixth = ordinary && ages[1] >= 18 && !open ? floor(SIXTH * roll) : 0.0;
    double places = c->capacity * (ordinary && ages[1] >= 18 ? 1.0 - SIXTH : 1.0);
    if (roll <= c->capacity)
        places -= nursery;
    trial_say(text, "%s{ id = \"s%d-%d\"; phase = \"%s\"; ages = [%d, %d]; roll = %g;",
              first ? "" : ",\n", c->la, c->number, phase, ages[0], ages[1], roll);
    trial_say(text, " nursery = %g; post16 = %g;", nursery, sixth);
    if (open)
        trial_say(text, " open_groups = %d;", open);
    else if (!isnan(before))
        trial_say(text, " roll_before = %g;", before);
    if (places >= 1.0 && ordinary)
        trial_say(text, " capacity = %g;", floor(places));
    if (!isnan(c->grade))
        trial_say(text, " grade = \"%s\";", GRADE[(int)c->grade - 1]);
    trial_say(text, " }");
}

static void say_trust(trial_text *text, const trust_case *t, const roll_window *w, roll_world world)
{
    trial_say(text, "format = 1; name = \"Trust %d\"; start_year = \"%d/%d\"; years = 4;\n", t->uid,
              w->start_year, w->start_year % 100 + 1);
    if (world == AS_KNOWN)
        trial_say(text, "world = \"as-known-%d\";\n", w->start_year);
    trial_say(text, "schools = (");
    for (int s = 0; s < t->schools; s++)
        say_school(text, &t->school[s], w, s == 0);
    trial_say(text, ");\n");
}

int rolls_rising(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

void *rolls_memory(size_t count, size_t size)
{
    void *p = calloc(count, size);
    if (!p)
        calibration_stop("memory is short");
    return p;
}

static void fill_school(const fan *f, int s, const roll_window *w, const trial *run)
{
    const school_case *c = &f->trust->school[s];
    char id[32];
    snprintf(id, sizeof id, "s%d-%d", c->la, c->number);
    const double *roll = trial_roll(run, id, w->years - 1), *next = trial_roll(run, id, 0);
    for (int i = 0; i < ROLLS_PATHS; i++) {
        f->school[s * ROLLS_PATHS + i] = (float)log(roll[i] / c->roll[w->from]);
        f->first[s * ROLLS_PATHS + i] = (float)log(next[i] / c->roll[w->from]);
    }
}

static void fill_fan(fan *f, const trust_case *t, const roll_window *w, const trial *run)
{
    const size_t all = (size_t)t->schools * ROLLS_PATHS;
    const double *pupils = trial_metric(run, "pupils", w->years - 1);
    f->trust = t;
    f->start = rolls_of(t, w->from);
    f->actual = log(rolls_of(t, w->to) / f->start);
    f->future = rolls_memory(ROLLS_PATHS, sizeof(float));
    f->school = rolls_memory(all, sizeof(float));
    f->first = rolls_memory(all, sizeof(float));
    for (int i = 0; i < ROLLS_PATHS; i++)
        f->future[i] = (float)log(pupils[i] / f->start);
    qsort(f->future, ROLLS_PATHS, sizeof(float), rolls_rising);
    for (int s = 0; s < t->schools; s++)
        fill_school(f, s, w, run);
}

/* One run gives all windows with the same start. */
static void run_from(const trust_cases *t, const roll_window *start, roll_world world,
                     const char *const *changes, fan *fans[ROLL_WINDOWS])
{
    for (size_t k = 0; k < t->trusts; k++) {
        trial_text text = {0};
        say_trust(&text, &t->trust[k], start, world);
        trial run = trial_run(text.text, changes, ROLLS_PATHS);
        for (int w = 0; w < ROLL_WINDOWS; w++)
            if (ROLL_WINDOW[w].from == start->from)
                fill_fan(&fans[w][k], &t->trust[k], &ROLL_WINDOW[w], &run);
        trial_free(&run);
        trial_text_free(&text);
    }
}

void rolls_run(const trust_cases *t, roll_world world, const char *const *changes,
               fan *fans[ROLL_WINDOWS])
{
    for (int w = 0; w < ROLL_WINDOWS; w++)
        fans[w] = rolls_memory(t->trusts, sizeof(fan));
    run_from(t, &ROLL_WINDOW[0], world, changes, fans);
    run_from(t, &ROLL_WINDOW[1], world, changes, fans);
}

void rolls_fans_free(fan *fans[ROLL_WINDOWS], size_t trusts)
{
    for (int w = 0; w < ROLL_WINDOWS; w++) {
        for (size_t k = 0; fans[w] && k < trusts; k++) {
            free(fans[w][k].future);
            free(fans[w][k].school);
            free(fans[w][k].first);
        }
        free(fans[w]);
        fans[w] = NULL;
    }
}

double rolls_quantile(const float *sorted, size_t n, double p)
{
    const double at = p * (double)(n - 1);
    const size_t below = (size_t)at;
    const size_t above = below + 1 < n ? below + 1 : below;
    return sorted[below] + (at - (double)below) * (sorted[above] - sorted[below]);
}

double rolls_spread(float *values, size_t n)
{
    const double TENTH = 1.2815515655446004;
    qsort(values, n, sizeof(float), rolls_rising);
    return (rolls_quantile(values, n, 0.9) - rolls_quantile(values, n, 0.1)) / (2.0 * TENTH);
}

void rolls_pair(rolls_pairs *p, double x, double y)
{
    p->n += 1.0;
    p->x += x;
    p->y += y;
    p->xx += x * x;
    p->yy += y * y;
    p->xy += x * y;
}

double rolls_correlation(const rolls_pairs *p)
{
    return (p->xy - p->x * p->y / p->n) /
           sqrt((p->xx - p->x * p->x / p->n) * (p->yy - p->y * p->y / p->n));
}
