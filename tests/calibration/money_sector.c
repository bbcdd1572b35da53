/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sector: sixty trusts through the years that happened, and through twenty years from one
 * start. In one future all of them meet the same world and each its own luck. It must not tune
 * anything: the defaults are what is tried. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "calibration/money.h"

enum { FUTURES = 128, MOST_YEARS = 20, PAST = 10, FIRST_SEEN = 1, LAST_YEARS = 5 };

typedef double by_future[FUTURES];

typedef struct {
    const char *head;
    int years, trusts;
    by_future (*in_year)[MOST_YEARS];  /* [trusts] % of income */
    by_future (*reserves)[MOST_YEARS]; /* [trusts] % of annualised income */
    by_future (*pupils)[MOST_YEARS];   /* [trusts] */
} sector;

static void run_one(const char *schools, int count, void *user)
{
    (void)count;
    sector *s = user;
    trial_text t = {0};
    trial_say(&t, "%s%s", s->head, schools);
    trial run = trial_run(t.text, NULL, FUTURES);
    for (int y = 0; y < s->years; y++) {
        const double *balance = trial_metric(&run, "in_year_balance", y);
        const double *income = trial_metric(&run, "income", y);
        const double *reserves = trial_metric(&run, "reserves_pct", y);
        const double *pupils = trial_metric(&run, "pupils", y);
        for (int i = 0; i < FUTURES; i++) {
            s->in_year[s->trusts][y][i] = 100.0 * balance[i] / income[i];
            s->reserves[s->trusts][y][i] = reserves[i];
            s->pupils[s->trusts][y][i] = pupils[i];
        }
    }
    s->trusts++;
    trial_free(&run);
    trial_text_free(&t);
}

static sector run_sector(const calibration_options *o, const char *world, const char *start,
                         int years, const char *area)
{
    sector s = {.years = years};
    s.in_year = calloc(MONEY_SECTOR, sizeof *s.in_year);
    s.reserves = calloc(MONEY_SECTOR, sizeof *s.reserves);
    s.pupils = calloc(MONEY_SECTOR, sizeof *s.pupils);
    if (!s.in_year || !s.reserves || !s.pupils)
        calibration_stop("memory is short");
    money_panel p = money_panel_read(o->data);
    trial_text head = {0};
    money_say_head(&head, world, start, years);
    s.head = head.text;
    money_sector(&p, area, "", run_one, &s);
    trial_text_free(&head);
    money_panel_free(&p);
    return s;
}

static void sector_free(sector *s)
{
    free(s->in_year);
    free(s->reserves);
    free(s->pupils);
}

/* Of all trusts and futures, % with an in-year deficit. */
static double in_deficit(const sector *s, int year)
{
    double sum = 0.0;
    for (int k = 0; k < s->trusts; k++)
        for (int i = 0; i < FUTURES; i++)
            sum += s->in_year[k][year][i] < 0.0;
    return 100.0 * sum / (s->trusts * FUTURES);
}

static double mean_of(const sector *s, by_future (*of)[MOST_YEARS], int year)
{
    double sum = 0.0;
    for (int k = 0; k < s->trusts; k++)
        sum += money_mean(of[k][year], FUTURES) / s->trusts;
    return sum;
}

/* Place of each of x among the others, 1 the least. */
static void ranks(const double *x, int n, double *rank)
{
    for (int i = 0; i < n; i++) {
        rank[i] = 1.0;
        for (int j = 0; j < n; j++)
            rank[i] += x[j] < x[i] ? 1.0 : j != i && x[j] == x[i] ? 0.5 : 0.0;
    }
}

/* Kreston's shares, years to August 2017 to 2025; two were not found. */
static const double kreston[PAST] = {(double)NAN, 55, 50, (double)NAN, (double)NAN,
                                     19,          26, 47, 59,          37};

typedef struct {
    double rank, error;
    int turns, right;
} likeness;

static likeness compare(const double *share)
{
    double seen[PAST], model[PAST], place_seen[PAST], place_model[PAST], square = 0.0;
    likeness x = {0};
    int n = 0;
    for (int y = FIRST_SEEN; y < PAST; y++)
        if (!isnan(kreston[y])) {
            seen[n] = kreston[y];
            model[n] = share[y];
            square += (model[n] - seen[n]) * (model[n] - seen[n]);
            if (n > 0) {
                x.turns++;
                x.right += (seen[n] > seen[n - 1]) == (model[n] > model[n - 1]);
            }
            n++;
        }
    ranks(seen, n, place_seen);
    ranks(model, n, place_model);
    x.rank = money_correlation(place_seen, place_model, (size_t)n);
    x.error = sqrt(square / n);
    return x;
}

static void say_year(int y, double share)
{
    char key[32], window[16], what[96], seen[16] = "not found";
    snprintf(window, sizeof window, "%d/%02d", 2015 + y, (16 + y) % 100);
    snprintf(key, sizeof key, "hindcast-%d", 2016 + y);
    if (!isnan(kreston[y]))
        snprintf(seen, sizeof seen, "%.0f", kreston[y]);
    snprintf(what, sizeof what, "Trusts with an in-year deficit in the model (Kreston: %s)", seen);
    note("money", key, what, window, share, "%");
}

static void write_hindcast(const calibration_options *o, const sector *s, const double *share)
{
    void *t = calibration_table(o, "hindcast.csv");
    calibration_row(t, "year,seen,model,in_year_pct,reserves_pct");
    for (int y = FIRST_SEEN; y < PAST; y++) {
        char seen[16] = "";
        if (!isnan(kreston[y]))
            snprintf(seen, sizeof seen, "%.0f", kreston[y]);
        calibration_row(t, "%d/%02d,%s,%.1f,%.2f,%.1f", 2015 + y, (16 + y) % 100, seen, share[y],
                        mean_of(s, s->in_year, y), mean_of(s, s->reserves, y));
    }
    calibration_table_end(t);
}

static void shares_of(const sector *s, double share[PAST])
{
    for (int y = 0; y < PAST; y++)
        share[y] = in_deficit(s, y);
}

void money_hindcast(const calibration_options *o)
{
    static const char window[] = "2016/17-2024/25";
    double share[PAST];
    sector s = run_sector(o, "as-happened", "2015/16", PAST, "");
    shares_of(&s, share);
    write_hindcast(o, &s, share);
    for (int y = FIRST_SEEN; y < PAST; y++)
        say_year(y, share[y]);
    const likeness x = compare(share);
    target("money", "hindcast-rank",
           "Hindcast of the share of trusts in deficit: rank correlation, seven years", window,
           x.rank, 0.7, 1.0, "");
    target("money", "hindcast-rmse", "Hindcast: root mean square error", window, x.error, 0.0, 12.0,
           "points");
    target("money", "hindcast-turns", "Hindcast: turns with the right sign, of six", window,
           x.right, x.turns, x.turns, "");
    sector_free(&s);
    s = run_sector(o, "", "2015/16", PAST, "");
    shares_of(&s, share);
    const likeness formula = compare(share);
    note("money", "formula-rank",
         "The same with grants as England's defaults have them: rank correlation", window,
         formula.rank, "");
    note("money", "formula-rmse", "Root mean square error then", window, formula.error, "points");
    note("money", "formula-turns", "Right turns then, of six", window, formula.right, "");
    sector_free(&s);
}

/* A trust that has ended three years running below zero is another trust's by then, and one that
 * has lost half its pupils is closed or joined with another: neither is counted from then on. */
static bool is_gone(const sector *s, int k, int i, int year)
{
    int below = 0;
    for (int y = 0; y <= year; y++) {
        below = s->reserves[k][y][i] < 0.0 ? below + 1 : 0;
        if (below == 3 || s->pupils[k][y][i] < 0.5 * s->pupils[k][0][i])
            return true;
    }
    return false;
}

typedef struct {
    double mean, below, high, gone;
} standing;

static standing stand(const sector *s, int year, bool all)
{
    standing x = {0};
    double n = 0.0;
    for (int k = 0; k < s->trusts; k++)
        for (int i = 0; i < FUTURES; i++) {
            const bool gone = is_gone(s, k, i, year);
            x.gone += gone;
            if (gone && !all)
                continue;
            const double r = s->reserves[k][year][i];
            n += 1.0;
            x.mean += r;
            x.below += 100.0 * (r < 0.0);
            x.high += 100.0 * (r >= 20.0);
        }
    x.mean /= n;
    x.below /= n;
    x.high /= n;
    x.gone *= 100.0 / (s->trusts * FUTURES);
    return x;
}

/* Change of reserves in the last years on the level before, of the trusts that are counted. */
static double pull(const sector *s)
{
    double *x = calloc((size_t)s->trusts * FUTURES * LAST_YEARS, sizeof *x), b;
    double *y = calloc((size_t)s->trusts * FUTURES * LAST_YEARS, sizeof *y);
    if (!x || !y)
        calibration_stop("memory is short");
    size_t n = 0;
    for (int t = s->years - LAST_YEARS; t < s->years; t++)
        for (int k = 0; k < s->trusts; k++)
            for (int i = 0; i < FUTURES; i++)
                if (!is_gone(s, k, i, t)) {
                    x[n] = s->reserves[k][t - 1][i];
                    y[n++] = s->reserves[k][t][i] - s->reserves[k][t - 1][i];
                }
    money_regress(y, (const double *const[]){x}, 1, n, &b);
    free(x);
    free(y);
    return b;
}

/* Deviation, from year to year of one future, of what all trusts have in common, their own luck
 * taken off; from the fourth year, when no award is known ahead. */
static double common_part(const sector *s)
{
    enum { FROM = 3 };
    double square = 0.0;
    for (int i = 0; i < FUTURES; i++) {
        double mean[MOST_YEARS], own = 0.0;
        for (int y = FROM; y < s->years; y++) {
            double at[MONEY_SECTOR];
            size_t n = 0;
            for (int k = 0; k < s->trusts; k++)
                if (!is_gone(s, k, i, y))
                    at[n++] = s->in_year[k][y][i];
            mean[y] = money_mean(at, n);
            const double sd = money_sd(at, n) * sqrt((double)s->trusts / (double)n);
            own += sd * sd / s->trusts / (s->years - FROM);
        }
        const double sd = money_sd(mean + FROM, (size_t)(s->years - FROM));
        square += (sd * sd - own) / FUTURES;
    }
    return sqrt(square);
}

static void write_levels(const calibration_options *o, const sector *s)
{
    void *t = calibration_table(o, "long-run.csv");
    calibration_row(t, "from_pct,trusts_pct");
    const int year = s->years - 1;
    for (int from = -20; from < 50; from += 2) {
        double in = 0.0, n = 0.0;
        for (int k = 0; k < s->trusts; k++)
            for (int i = 0; i < FUTURES; i++)
                if (!is_gone(s, k, i, year)) {
                    const double r = s->reserves[k][year][i];
                    n += 1.0;
                    in += r >= from && r < from + 2;
                }
        calibration_row(t, "%d,%.2f", from, 100.0 * in / n);
    }
    calibration_table_end(t);
}

void money_long_run(const calibration_options *o)
{
    static const char window[] = "after 20 years";
    sector s = run_sector(o, "", "2026/27", MOST_YEARS, "trend_pct = 0.0;");
    const int last = s.years - 1;
    const standing x = stand(&s, last, false), all = stand(&s, last, true);
    note("money", "first-deficit",
         "Trusts with an in-year deficit in the first year (fitted to 42)", "2026/27",
         in_deficit(&s, 0), "%");
    target("money", "long-mean", "Mean reserves", window, x.mean, 9.0, 13.0, "% of income");
    target("money", "long-below", "Trusts below zero", window, x.below, 2.0, 6.0, "%");
    target("money", "long-high", "Trusts at or above 20 % of income", window, x.high, 15.0, 25.0,
           "%");
    target("money", "long-slope", "Change of reserves a year for a point more of level",
           "years 16 to 20", pull(&s), -0.35, -0.05, "");
    note("money", "long-gone",
         "Trusts left out: three year ends running below zero, or half the pupils lost", window,
         x.gone, "%");
    note("money", "long-below-all", "Trusts below zero, these counted too", window, all.below, "%");
    note("money", "long-mean-all", "Mean reserves, these counted too", window, all.mean,
         "% of income");
    target("money", "common", "Common part of in-year balance, deviation from year to year",
           "2029/30-2045/46", common_part(&s), 0.8, 1.8, "% of income");
    write_levels(o, &s);
    sector_free(&s);
    s = run_sector(o, "", "2026/27", MOST_YEARS, "");
    note("money", "long-mean-trend",
         "Mean reserves where demand falls as the national trend has it", window,
         stand(&s, last, false).mean, "% of income");
    note("money", "long-gone-trend", "Trusts left out then", window, stand(&s, last, false).gone,
         "%");
    sector_free(&s);
}
