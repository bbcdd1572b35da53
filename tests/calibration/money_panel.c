/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real trusts as scenarios, and the statistics that the parts of the money program share. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/money.h"

money_panel money_panel_read(const char *folder)
{
    money_panel p = {.schools = sheet_read(folder, "trust_schools_2019.csv")};
    const size_t uid = sheet_column(&p.schools, "uid");
    p.first = calloc(p.schools.rows + 1, sizeof *p.first);
    if (!p.first)
        calibration_stop("memory is short");
    for (size_t r = 0; r < p.schools.rows; r++)
        if (r == 0 ||
            strcmp(sheet_text(&p.schools, r, uid), sheet_text(&p.schools, r - 1, uid)) != 0)
            p.first[p.trusts++] = r;
    p.first[p.trusts] = p.schools.rows;
    return p;
}

void money_panel_free(money_panel *p)
{
    sheet_free(&p->schools);
    free(p->first);
}

/* The model's phase; a primary listed from 5 has a reception class. */
static const char *phase_of(char listed, int *from, int *to)
{
    if (listed == 'X') {
        *from = *from > 0 ? *from : 4;
        *to = *to > 0 ? *to : 16;
        return "special";
    }
    if (listed == 'P') {
        *from = *from > 0 ? *from : 4;
        *to = *to > 0 ? *to : 11;
        *from = *from == 5 ? 4 : *from;
        return *to <= 7 ? "infant" : *from >= 7 ? "junior" : "primary";
    }
    *from = *from > 0 ? *from : 11;
    *to = *to > 0 ? *to : 16;
    *to = *to > 18 ? 18 : *to;
    return *from < 8 ? "all_through" : *to <= 14 ? "middle" : *from >= 16 ? "post16" : "secondary";
}

double money_post16(int youngest, int oldest)
{
    const double two_years = 0.55 + 0.55 * 0.87; /* staying on, and on to the second year */
    if (oldest < 18 || youngest >= 16)
        return 0.0;
    return two_years / (16 - youngest + two_years);
}

int money_say_schools(trial_text *to, const money_panel *p, size_t trust, long row,
                      const char *area, const char *each)
{
    static const char *const grade[] = {"unknown", "outstanding", "good", "requires_improvement",
                                        "inadequate"};
    const sheet *s = &p->schools;
    const size_t phase = sheet_column(s, "phase"), low = sheet_column(s, "age_lo"),
                 high = sheet_column(s, "age_hi"), now = sheet_column(s, "roll_2019"),
                 before = sheet_column(s, "roll_2018"), seen = sheet_column(s, "ofsted_2019"),
                 urn = sheet_column(s, "urn");
    const size_t from = row >= 0 ? (size_t)row : p->first[trust];
    const size_t until = row >= 0 ? from + 1 : p->first[trust + 1];
    int count = 0;
    /* the national row, but struck by the trust's own luck: here trusts share the luck of a row */
    trial_say(to,
              "risks = ( { id = \"cyber-incident\"; chance = 0.0; }, { id = \"cyber-%s\"; chance = "
              "0.04; hits = \"trust\"; cost = { value = 60000; of_year = \"2025/26\"; }; "
              "size_log_sd = 0.8; } );\n",
              sheet_text(s, from, urn));
    trial_say(to, "areas = ( { id = \"a%s\"; %s } );\nschools = (", sheet_text(s, from, urn), area);
    for (size_t r = from; r < until; r++) {
        const double roll = sheet_number(s, r, now), last = sheet_number(s, r, before);
        const char *listed = sheet_text(s, r, phase);
        if (!(roll >= 20.0) || !*listed)
            continue;
        int youngest = (int)sheet_number(s, r, low), oldest = (int)sheet_number(s, r, high);
        if (isnan(sheet_number(s, r, low)))
            youngest = oldest = 0;
        const char *kind = phase_of(*listed, &youngest, &oldest);
        const double ofsted = sheet_number(s, r, seen);
        trial_say(
            to, "%s{ id = \"u%s\"; area = \"a%s\"; phase = \"%s\"; ages = [%d, %d]; roll = %.0f; ",
            count ? ", " : " ", sheet_text(s, r, urn), sheet_text(s, from, urn), kind, youngest,
            oldest, roll);
        if (last > 0.7 * roll && last < 1.4 * roll)
            trial_say(to, "roll_before = %.0f; ", last);
        /* what the nursery classes of the five trusts of the plans hold of their rolls */
        if (strcmp(kind, "primary") == 0 && youngest < 4)
            trial_say(to, "nursery = %.0f; ", 0.09 * roll);
        trial_say(to, "post16 = %.0f; ", money_post16(youngest, oldest) * roll);
        trial_say(to, "grade = \"%s\"; %s }",
                  grade[ofsted >= 1.0 && ofsted <= 4.0 ? (int)ofsted : 0], each);
        count++;
    }
    trial_say(to, " );\n");
    return count;
}

void money_say_head(trial_text *to, const char *world, const char *start_year, int years)
{
    trial_say(to, "format = 1; name = \"A trust\"; start_year = \"%s\"; years = %d;\n", start_year,
              years);
    if (*world)
        trial_say(to, "world = \"%s\";\n", world);
}

void money_sector(const money_panel *p, const char *area, const char *each, money_visit visit,
                  void *user)
{
    const double england = 3.45; /* schools a trust, DfE, 2019-20 */
    const double in_panel = (double)p->schools.rows / (double)p->trusts;
    const int singles = (int)lround(MONEY_SECTOR * (in_panel - england) / (in_panel - 1.0));
    for (int k = 0; k < MONEY_SECTOR; k++) {
        trial_text t = {0};
        int count = 0;
        const bool one = k < singles;
        const size_t of = one ? p->schools.rows : p->trusts;
        const int nth = one ? k : k - singles, all = one ? singles : MONEY_SECTOR - singles;
        size_t at = (size_t)((nth + 0.5) * (double)of / all);
        while (count == 0) { /* the next, where this one has no roll */
            trial_text_free(&t);
            count = money_say_schools(&t, p, one ? 0 : at, one ? (long)at : -1, area, each);
            at = (at + 1) % of;
        }
        visit(t.text, count, user);
        trial_text_free(&t);
    }
}

double money_mean(const double *x, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static double product(const double *x, const double *y, size_t n)
{
    const double a = money_mean(x, n), b = money_mean(y, n);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += (x[i] - a) * (y[i] - b);
    return sum;
}

double money_sd(const double *x, size_t n) { return sqrt(product(x, x, n) / (double)(n - 1)); }

double money_correlation(const double *x, const double *y, size_t n)
{
    return product(x, y, n) / sqrt(product(x, x, n) * product(y, y, n));
}

void money_regress(const double *y, const double *const *x, int columns, size_t n, double *b)
{
    const double xx = product(x[0], x[0], n), xy = product(x[0], y, n);
    if (columns == 1) {
        b[0] = xy / xx;
        return;
    }
    const double zz = product(x[1], x[1], n), xz = product(x[0], x[1], n), zy = product(x[1], y, n);
    const double all = xx * zz - xz * xz;
    b[0] = (xy * zz - zy * xz) / all;
    b[1] = (zy * xx - xy * xz) / all;
}
