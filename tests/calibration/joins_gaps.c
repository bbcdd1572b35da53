/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaps between a trust's joins, how many schools come at once, and in which months. The model's
 * trusts begin with as many schools, in the same month and seen for as long, as real ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/joins_months.h"

enum { GAPS = 6, SIZES = 8, YEARS = 13, PATHS = 2048, MOST_GAPS = 4000000 };

/* A real trust's first join event. */
typedef struct {
    int schools, month, seen; /* schools then; months after September; months until August 2022 */
} formation;

typedef struct {
    double *gap[GAPS];
    size_t gaps[GAPS];
    double events, schools, alone, of_two, in_month[12];
} picture;

static int months_of(const char *date) { return 12 * atoi(date) + atoi(date + 5); }

/* First events of the trusts of a table of schools, since 2010. */
static size_t formations(const sheet *s, formation *f)
{
    const size_t trust = sheet_column(s, "uid"), joined = sheet_column(s, "joined_date");
    const int end = months_of("2022-08");
    size_t n = 0;
    for (size_t i = 0; i < s->rows;) {
        int first = end, schools = 0;
        const char *who = sheet_text(s, i, trust);
        for (; i < s->rows && strcmp(who, sheet_text(s, i, trust)) == 0; i++) {
            const char *date = sheet_text(s, i, joined);
            const int month = *date ? months_of(date) : end;
            schools = month < first ? 1 : schools + (month == first && month < end);
            first = month < first ? month : first;
        }
        if (schools && first >= months_of("2010-01"))
            f[n++] =
                (formation){schools < SIZES ? schools : SIZES, (first - 9 + 12) % 12, end - first};
    }
    return n;
}

static void add_gap(picture *p, int event, double months)
{
    if (event >= GAPS)
        return;
    if (!p->gap[event])
        p->gap[event] = malloc(MOST_GAPS * sizeof(double));
    if (p->gap[event] && p->gaps[event] < MOST_GAPS)
        p->gap[event][p->gaps[event]++] = months;
}

/* One future of one trust: events after its formation and before the register is read. */
static void add_future(picture *p, const formation *f, const double *month, int joins)
{
    double last = f->month;
    int event = 0;
    for (int j = 0; j < joins;) {
        int together = 1;
        while (j + together < joins && month[j + together] == month[j])
            together++;
        if (month[j] > f->month && month[j] <= f->month + f->seen) {
            add_gap(p, event++, month[j] - last);
            last = month[j];
            p->events += 1.0;
            p->alone += together == 1;
            p->of_two += together == 2;
            p->schools += together;
            p->in_month[(int)month[j] % 12] += together;
        }
        j += together;
    }
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(picture *p, int event, double q)
{
    if (p->gaps[event] == 0)
        return NAN;
    qsort(p->gap[event], p->gaps[event], sizeof(double), by_size);
    return p->gap[event][(size_t)(q * (double)(p->gaps[event] - 1))];
}

/* With a share that grows with the trust, as the overlay has it, or one that does not: that of 3.3
 * schools, the mean of the panel. */
static void simulate(const formation *f, size_t n, bool steady, picture *p)
{
    const char *changes[] = {JOINS_PIPELINE,
                             "risks.sector-absorbed.chance=0.0",
                             "pipeline.sector-primary.slots=48",
                             "pipeline.sector-secondary.slots=16",
                             steady ? "pipeline.sector-primary.share_per_school=0.0" : NULL,
                             "pipeline.sector-secondary.share_per_school=0.0",
                             "pipeline.sector-primary.share=0.33",
                             "pipeline.sector-secondary.share=0.33",
                             NULL};
    for (int schools = 1; schools <= SIZES; schools++) {
        trial_text text = {0};
        joins_say_trust(&text, schools, YEARS);
        joins_months m = joins_months_of(text.text, changes, PATHS);
        for (size_t i = 0; i < n; i++)
            for (size_t path = 0; f[i].schools == schools && path < m.paths; path++)
                add_future(p, &f[i], m.month + path * JOINS_MONTHS, m.joins[path]);
        joins_months_free(&m);
        trial_text_free(&text);
    }
}

/* Bands: a fifth of the months, two at least; shares within six points. */
static void say_gaps(const calibration_options *o, picture *p)
{
    static const char *const which[GAPS] = {"first to second", "second to third",
                                            "third to fourth", "fourth to fifth",
                                            "fifth to sixth",  "sixth to seventh"};
    sheet real = sheet_read(o->data, "months_between_join_events.csv");
    const size_t column[3] = {sheet_column(&real, "p25"), sheet_column(&real, "p50"),
                              sheet_column(&real, "p75")};
    void *table = calibration_table(o, "joins-gaps.csv");
    calibration_row(table, "event,real_p25,real_p50,real_p75,model_p25,model_p50,model_p75");
    for (int e = 0; e < GAPS; e++) {
        double told[3], seen[3];
        for (int q = 0; q < 3; q++) {
            told[q] = sheet_number(&real, (size_t)e, column[q]);
            seen[q] = quantile(p, e, 0.25 * (q + 1));
        }
        const double band = fmax(0.2 * told[1], 2.0);
        char key[32], what[80];
        snprintf(key, sizeof key, "gap-%d", e + 1);
        snprintf(what, sizeof what, "months from the %s join event, middle", which[e]);
        target("joins", key, what, "2010 to Aug 2022", seen[1], told[1] - band, told[1] + band,
               "months");
        calibration_row(table, "%d,%g,%g,%g,%g,%g,%g", e + 1, told[0], told[1], told[2], seen[0],
                        seen[1], seen[2]);
    }
    calibration_table_end(table);
    sheet_free(&real);
}

static void say_months(const calibration_options *o, const sheet *s, const picture *p)
{
    const size_t joined = sheet_column(s, "joined_date");
    double real[12] = {0.0}, all = 0.0;
    for (size_t i = 0; i < s->rows; i++) {
        const char *date = sheet_text(s, i, joined);
        if (*date && strcmp(date, "2010-09") > 0 && strcmp(date, "2018-09") < 0) {
            real[(atoi(date + 5) + 3) % 12] += 1.0;
            all += 1.0;
        }
    }
    void *table = calibration_table(o, "joins-months.csv");
    calibration_row(table, "month,real_share,model_share");
    for (int m = 0; m < 12; m++)
        calibration_row(table, "%d,%.4f,%.4f", (m + 8) % 12 + 1, real[m] / all,
                        p->in_month[m] / p->schools);
    calibration_table_end(table);
}

static void free_gaps(picture *p)
{
    for (int e = 0; e < GAPS; e++)
        free(p->gap[e]);
    *p = (picture){0};
}

static void say_steady(const formation *f, size_t n)
{
    picture p = {0};
    simulate(f, n, true, &p);
    note("joins", "gap-1-steady", "first to second, if a trust's share did not grow with it",
         "2010 to Aug 2022", quantile(&p, 0, 0.5), "months");
    note("joins", "gap-6-steady", "sixth to seventh, if a trust's share did not grow with it",
         "2010 to Aug 2022", quantile(&p, GAPS - 1, 0.5), "months");
    free_gaps(&p);
}

void joins_gaps(const calibration_options *o)
{
    sheet s = sheet_read(o->data, "trust_schools_2019.csv");
    formation *f = calloc(s.rows, sizeof *f);
    if (!f)
        calibration_stop("memory is short");
    const size_t n = formations(&s, f);
    picture p = {0};
    simulate(f, n, false, &p);
    say_gaps(o, &p);
    target("joins", "alone", "join events of one school, in 100", "2010 to Aug 2022",
           100.0 * p.alone / p.events, 68.0, 80.0, "");
    target("joins", "two", "join events of two schools, in 100", "2010 to Aug 2022",
           100.0 * p.of_two / p.events, 10.0, 20.0, "");
    target("joins", "september", "joins in September, in 100 (fitted)", "2010 to Aug 2022",
           100.0 * p.in_month[0] / p.schools, 26.0, 34.0, "");
    target("joins", "april", "joins in April, in 100 (fitted)", "2010 to Aug 2022",
           100.0 * p.in_month[7] / p.schools, 10.0, 16.0, "");
    say_months(o, &s, &p);
    free_gaps(&p);
    say_steady(f, n);
    free(f);
    sheet_free(&s);
}
