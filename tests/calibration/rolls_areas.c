/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What schools share: covariance of growth within a council and within a trust, the placebo in
 * which schools are dealt out anew and it must vanish, the model's own, and councils' forecast
 * errors. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/rolls.h"
#include "calibration/sheet.h"

enum { SHUFFLES = 400, SIZES = 6 };
static const double FURTHEST = 0.35; /* mergers and new schools are left out */

/* A school of the panel: what its growth was above that of its phase and size. `unit` is its trust
 * within its council, or itself; pairs within a unit are not counted as the council's. */
typedef struct {
    int laestab, trust, unit, council;
    double growth;
} member;

typedef struct {
    member *of;
    size_t n;
} members;

static int by_trust(const void *a, const void *b)
{
    const member *x = a, *y = b;
    if (x->trust != y->trust)
        return (x->trust > y->trust) - (x->trust < y->trust);
    return (x->laestab > y->laestab) - (x->laestab < y->laestab);
}

static int trust_of(const trust_cases *t, int la, int number)
{
    for (size_t k = 0; k < t->trusts; k++)
        for (int s = 0; s < t->trust[k].schools; s++)
            if (t->trust[k].school[s].la == la && t->trust[k].school[s].number == number)
                return t->trust[k].uid;
    return 0;
}

static void take_means_off(members *m, const int *size)
{
    double sum[SIZES] = {0}, count[SIZES] = {0};
    for (size_t i = 0; i < m->n; i++) {
        sum[size[i]] += m->of[i].growth;
        count[size[i]] += 1.0;
    }
    for (size_t i = 0; i < m->n; i++)
        m->of[i].growth -= sum[size[i]] / count[size[i]];
}

/* Trusts are numbered from 1, schools without one have 0; units from 0 by council and trust. */
static void number_units(members *m)
{
    qsort(m->of, m->n, sizeof(member), by_trust);
    int unit = -1;
    for (size_t i = 0; i < m->n; i++) {
        const member *now = &m->of[i], *before = i ? &m->of[i - 1] : NULL;
        const bool same =
            before && now->trust && before->trust == now->trust && before->council == now->council;
        m->of[i].unit = same ? unit : ++unit;
    }
}

static members read_members(const char *data, const trust_cases *t, char phase, const char *from,
                            const char *to)
{
    sheet s = sheet_read(data, "school_roll_panel.csv");
    const size_t laestab = sheet_column(&s, "laestab"), phases = sheet_column(&s, "phase");
    const size_t first = sheet_column(&s, from), last = sheet_column(&s, to);
    members m = {.of = rolls_memory(s.rows + 1, sizeof(member))};
    int *size = rolls_memory(s.rows + 1, sizeof(int));
    const double step = phase == 'P' ? 105.0 : 300.0;
    for (size_t row = 0; row < s.rows; row++) {
        const double start = sheet_number(&s, row, first);
        const double growth = log(sheet_number(&s, row, last) / start);
        if (sheet_text(&s, row, phases)[0] != phase || isnan(growth) || fabs(growth) > FURTHEST)
            continue;
        const int number = (int)sheet_number(&s, row, laestab);
        size[m.n] = start < step * SIZES ? (int)(start / step) : SIZES - 1;
        m.of[m.n++] = (member){.laestab = number,
                               .council = number / 10000,
                               .trust = trust_of(t, number / 10000, number % 10000),
                               .growth = growth};
    }
    take_means_off(&m, size);
    number_units(&m);
    free(size);
    sheet_free(&s);
    return m;
}

/* Mean product of growth over pairs of schools with the same label, those of one unit left out;
 * how many pairs, each counted twice, into *of. */
static double covariance(const members *m, const int *label, int labels, const int *unit, int units,
                         double *of)
{
    double *sum = rolls_memory((size_t)labels, sizeof(double));
    double *count = rolls_memory((size_t)labels, sizeof(double));
    double *own = rolls_memory((size_t)units, sizeof(double));
    double *owns = rolls_memory((size_t)units, sizeof(double));
    double product = 0.0, pairs = 0.0;
    for (size_t i = 0; i < m->n; i++) {
        if (label[i] < 0)
            continue;
        sum[label[i]] += m->of[i].growth;
        count[label[i]] += 1.0;
        own[unit[i]] += m->of[i].growth;
        owns[unit[i]] += 1.0;
    }
    for (int k = 0; k < labels; k++) {
        product += sum[k] * sum[k];
        pairs += count[k] * count[k];
    }
    for (int u = 0; u < units; u++) {
        product -= own[u] * own[u];
        pairs -= owns[u] * owns[u];
    }
    free(sum);
    free(count);
    free(own);
    free(owns);
    *of = pairs;
    return product / pairs;
}

static uint64_t shuffle_state;

static size_t below(size_t n)
{
    uint64_t z = (shuffle_state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (size_t)((z ^ (z >> 31)) % n);
}

static void shuffle(int *value, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        const size_t j = below(i);
        const int kept = value[i - 1];
        value[i - 1] = value[j];
        value[j] = kept;
    }
}

typedef struct {
    double real, pairs; /* covariance, and pairs it is over */
    double mean, sd;    /* of covariances after dealing out anew */
} placebo;

/* Labels belong to units and are dealt out among units. */
static placebo try_labels(const members *m, const int *unit, int units, int *label_of, int labels)
{
    int *label = rolls_memory(m->n, sizeof(int));
    double sum = 0.0, square = 0.0;
    placebo p = {0};
    shuffle_state = 20180901;
    for (int k = 0; k <= SHUFFLES; k++) {
        for (size_t i = 0; i < m->n; i++)
            label[i] = label_of[unit[i]];
        double of;
        const double seen = covariance(m, label, labels, unit, units, &of);
        if (k == 0) {
            p.real = seen;
            p.pairs = of;
        }
        sum += k ? seen : 0.0;
        square += k ? seen * seen : 0.0;
        shuffle(label_of, (size_t)units);
    }
    free(label);
    p.mean = sum / SHUFFLES;
    p.sd = sqrt(square / SHUFFLES - p.mean * p.mean);
    return p;
}

/* Councils: whole units keep together and change council. */
static placebo try_councils(const members *m)
{
    const int units = m->of[m->n - 1].unit + 1;
    int *unit = rolls_memory(m->n, sizeof(int)), *label = rolls_memory((size_t)units, sizeof(int));
    for (size_t i = 0; i < m->n; i++) {
        unit[i] = m->of[i].unit;
        label[unit[i]] = m->of[i].council;
    }
    const placebo p = try_labels(m, unit, units, label, 1000);
    free(unit);
    free(label);
    return p;
}

/* Trusts: every school that is in one is a unit of its own and changes trust. */
static placebo try_trusts(const members *m)
{
    members in = {.of = rolls_memory(m->n, sizeof(member))};
    for (size_t i = 0; i < m->n; i++)
        if (m->of[i].trust)
            in.of[in.n++] = m->of[i];
    int *unit = rolls_memory(in.n, sizeof(int)), *label = rolls_memory(in.n, sizeof(int));
    int trusts = 0;
    for (size_t i = 0; i < in.n; i++) {
        trusts += i && in.of[i].trust != in.of[i - 1].trust;
        unit[i] = (int)i;
        label[i] = trusts;
    }
    const placebo p = try_labels(&in, unit, (int)in.n, label, trusts + 1);
    free(unit);
    free(label);
    free(in.of);
    return p;
}

/* A covariance as the deviation that it is the square of, in %. */
static double as_deviation(double covariance)
{
    return covariance < 0.0 ? -100.0 * sqrt(-covariance) : 100.0 * sqrt(covariance);
}

/* In the model: pairs of one phase in one trust, over futures. */
static double model_covariance(const trust_cases *t, const fan *fans)
{
    double sum = 0.0, n = 0.0;
    for (size_t k = 0; k < t->trusts; k++)
        for (int s = 0; s < t->trust[k].schools; s++)
            for (int r = 0; r < s; r++) {
                const float *x = fans[k].school + s * ROLLS_PATHS;
                const float *y = fans[k].school + r * ROLLS_PATHS;
                double a = 0.0, b = 0.0, ab = 0.0;
                if (t->trust[k].school[s].phase != t->trust[k].school[r].phase)
                    continue;
                for (int i = 0; i < ROLLS_PATHS; i++) {
                    a += x[i] / ROLLS_PATHS;
                    b += y[i] / ROLLS_PATHS;
                    ab += x[i] * y[i] / ROLLS_PATHS;
                }
                sum += ab - a * b;
                n += 1.0;
            }
    return sum / n;
}

static void say_placebo(const char *id, const char *who, const char *window, const placebo *p,
                        void *table)
{
    char key[64], words[160];
    snprintf(key, sizeof key, "placebo-%s-%s", id, window);
    snprintf(words, sizeof words, "%s dealt out anew: covariance left, of what it was", who);
    target("placebo", key, words, window, 100.0 * p->mean / p->real, -10.0, 10.0, "%");
    snprintf(key, sizeof key, "shared-%s-%s", id, window);
    snprintf(words, sizeof words,
             "%s as they are: they share a deviation of %.2f %%; in deviations of 400 deals", who,
             as_deviation(p->real));
    note("placebo", key, words, window, (p->real - p->mean) / p->sd, "");
    calibration_row(table, "%s,%s,%.6f,%.6f,%.6f", who, window, p->real, p->mean, p->sd);
}

/* Pairs of primaries and pairs of secondaries of one trust together, against the model's. */
static void say_shared(const trust_cases *t, const fan *fans, const placebo trust[2],
                       const char *window)
{
    const double part = trust[0].pairs / (trust[0].pairs + trust[1].pairs);
    const double real = part * trust[0].real + (1.0 - part) * trust[1].real;
    const double sd = sqrt(pow(part * trust[0].sd, 2) + pow((1.0 - part) * trust[1].sd, 2));
    char key[64], words[160];
    snprintf(key, sizeof key, "shared-%s", window);
    snprintf(words, sizeof words,
             "deviation that two schools of a phase and trust share, in the model (real %.1f)",
             as_deviation(real));
    target("rolls", key, words, window, as_deviation(model_covariance(t, fans)),
           as_deviation(real - 2.0 * sd), as_deviation(real + 2.0 * sd), "%");
}

/* The same council's error in the year before; NaN where there is none. */
static double error_before(const sheet *s, const char *la, size_t column)
{
    const size_t year = sheet_column(s, "year"), las = sheet_column(s, "la");
    for (size_t i = 0; i < s->rows; i++)
        if (strcmp(sheet_text(s, i, year), "2023/24") == 0 &&
            strcmp(sheet_text(s, i, las), la) == 0)
            return sheet_number(s, i, column);
    return (double)NAN;
}

static void say_forecast_errors(const char *data)
{
    static const char *const COLUMN[] = {"err_primary_1y", "err_secondary_1y", "err_primary_3y",
                                         "err_secondary_3y"};
    static const char *const WORDS[] = {"primary, one year ahead", "secondary, one year ahead",
                                        "primary, three years ahead",
                                        "secondary, three years ahead"};
    sheet s = sheet_read(data, "la_forecast_error.csv");
    const size_t year = sheet_column(&s, "year"), la = sheet_column(&s, "la");
    for (int c = 0; c < 4; c++) {
        const size_t column = sheet_column(&s, COLUMN[c]);
        rolls_pairs p = {0};
        for (size_t i = 0; i < s.rows; i++) {
            const double later = sheet_number(&s, i, column);
            const double before = error_before(&s, sheet_text(&s, i, la), column);
            if (strcmp(sheet_text(&s, i, year), "2024/25") == 0 && !isnan(later) && !isnan(before))
                rolls_pair(&p, before, later);
        }
        const double yy = p.yy - p.y * p.y / p.n;
        char key[64], words[160];
        snprintf(key, sizeof key, "council-error-%d", c);
        snprintf(words, sizeof words, "deviation of councils' forecast errors, %s (%.0f councils)",
                 WORDS[c], p.n);
        note("rolls", key, words, "2024/25", 100.0 * sqrt(yy / p.n), "%");
        snprintf(key, sizeof key, "council-persistence-%d", c);
        snprintf(words, sizeof words, "their correlation with the year before, %s", WORDS[c]);
        /* areas.persistence, 0.6, is to be within a tenth of it. */
        const double rho = rolls_correlation(&p);
        if (c == 0)
            target("rolls", key, words, "2023-25", rho, 0.5, 0.7, "");
        else
            note("rolls", key, words, "2023-25", rho, "");
    }
    sheet_free(&s);
}

void rolls_areas(const trust_cases *t, fan *const fans[ROLL_WINDOWS], const calibration_options *o)
{
    static const char *const FROM[] = {"roll_2019", "roll_2021", "roll_2019"};
    static const char *const TO[] = {"roll_2021", "roll_2023", "roll_2023"};
    void *table = calibration_table(o, "placebo-deals.csv");
    calibration_row(table, "who,window,covariance,after_dealing_mean,after_dealing_sd");
    for (int w = 0; w < ROLL_WINDOWS; w++) {
        const char *window = ROLL_WINDOW[w].name;
        members primary = read_members(o->data, t, 'P', FROM[w], TO[w]);
        members secondary = read_members(o->data, t, 'S', FROM[w], TO[w]);
        const placebo council[2] = {try_councils(&primary), try_councils(&secondary)};
        const placebo trust[2] = {try_trusts(&primary), try_trusts(&secondary)};
        say_placebo("primary-council", "primaries of a council", window, &council[0], table);
        say_placebo("secondary-council", "secondaries of a council", window, &council[1], table);
        say_placebo("primary-trust", "primaries of a trust", window, &trust[0], table);
        say_placebo("secondary-trust", "secondaries of a trust", window, &trust[1], table);
        say_shared(t, fans[w], trust, window);
        free(primary.of);
        free(secondary.of);
    }
    calibration_table_end(table);
    say_forecast_errors(o->data);
}
