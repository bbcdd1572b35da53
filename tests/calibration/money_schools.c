/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Income per pupil of secondaries against their rolls, and grant per pupil of trusts against their
 * pupils over five years: real schools and trusts, and the model's futures of the same ones. It
 * must not know how a grant is worked out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/money.h"

enum { FUTURES = 8, MOST_SCHOOLS = 2000, MODEL_SCHOOLS = 200, MODEL_TRUSTS = 150 };

/* Yearly log changes of one school: income per pupil in the year and the one before, roll. */
typedef struct {
    double income, income_before, roll, roll_before;
} change;

typedef struct {
    double before, same, ratio, persistence;
    size_t n;
} signature;

static bool is_settled(const change *c)
{
    const double x[] = {c->income, c->income_before, c->roll, c->roll_before};
    for (int k = 0; k < 4; k++)
        if (isnan(x[k]) || fabs(x[k]) > log(1.2))
            return false;
    return true;
}

static signature sign_of(const change *c, size_t n)
{
    double *column[4];
    for (int k = 0; k < 4; k++)
        if (!(column[k] = calloc(n, sizeof **column)))
            calibration_stop("memory is short");
    signature s = {0};
    for (size_t i = 0; i < n; i++)
        if (is_settled(&c[i])) {
            column[0][s.n] = c[i].income;
            column[1][s.n] = c[i].roll_before;
            column[2][s.n] = c[i].roll;
            column[3][s.n++] = c[i].income_before;
        }
    double b[2];
    money_regress(column[0], (const double *const *)(column + 1), 2, s.n, b);
    s.before = b[0];
    s.same = b[1];
    s.ratio = -b[0] / b[1];
    s.persistence = money_correlation(column[0], column[3], s.n);
    for (int k = 0; k < 4; k++)
        free(column[k]);
    return s;
}

/* Real secondaries with incomes of 2016-17 to 2018-19 and rolls of January 2017 to 2019; their
 * rolls of 2017 and ages go to `at`. */
static signature of_data(const calibration_options *o, double *roll_2017, int *oldest,
                         size_t *count)
{
    sheet income = sheet_read(o->data, "school_income_per_pupil_panel.csv");
    sheet roll = sheet_read(o->data, "school_roll_panel.csv");
    const size_t id = sheet_column(&income, "laestab"), phase = sheet_column(&income, "phase"),
                 first = sheet_column(&income, "income_pp_2016_17"),
                 id_of_roll = sheet_column(&roll, "laestab"),
                 roll_first = sheet_column(&roll, "roll_2017"), low = sheet_column(&roll, "age_lo"),
                 high = sheet_column(&roll, "age_hi");
    change *c = calloc(income.rows, sizeof *c);
    if (!c)
        calibration_stop("memory is short");
    size_t n = 0;
    for (size_t r = 0; r < income.rows; r++) {
        if (*sheet_text(&income, r, phase) != 'S')
            continue;
        size_t q = 0;
        while (q < roll.rows &&
               strcmp(sheet_text(&roll, q, id_of_roll), sheet_text(&income, r, id)) != 0)
            q++;
        if (q == roll.rows)
            continue;
        double pounds[3], pupils[3];
        for (size_t y = 0; y < 3; y++) {
            pounds[y] = log(sheet_number(&income, r, first + y));
            pupils[y] = log(sheet_number(&roll, q, roll_first + y));
        }
        c[n] = (change){pounds[2] - pounds[1], pounds[1] - pounds[0], pupils[2] - pupils[1],
                        pupils[1] - pupils[0]};
        if (is_settled(&c[n]) && sheet_number(&roll, q, low) == 11.0 && *count < MOST_SCHOOLS) {
            roll_2017[*count] = exp(pupils[0]);
            oldest[(*count)++] = sheet_number(&roll, q, high) > 16.0 ? 18 : 16;
        }
        n++;
    }
    const signature s = sign_of(c, n);
    free(c);
    sheet_free(&income);
    sheet_free(&roll);
    return s;
}

/* The same schools as trusts of one from 2016/17, whose census of that October the roll of January
 * 2017 is the nearest to. Year 0 spends on it; the changes looked at end in year 2. */
static signature of_model(const double *roll, const int *oldest, size_t count)
{
    change *c = calloc((size_t)MODEL_SCHOOLS * FUTURES, sizeof *c);
    if (!c)
        calibration_stop("memory is short");
    size_t n = 0;
    for (size_t k = 0; k < MODEL_SCHOOLS; k++) {
        const size_t at = k * count / MODEL_SCHOOLS;
        trial_text t = {0};
        money_say_head(&t, "as-happened", "2016/17", 3);
        trial_say(&t,
                  "areas = ( { id = \"a%zu\"; } );\nschools = ( { id = \"s%zu\"; area = \"a%zu\"; "
                  "phase = \"secondary\"; ages = [11, %d]; roll = %.0f; post16 = %.0f; } );\n",
                  k, k, k, oldest[at], roll[at], money_post16(11, oldest[at]) * roll[at]);
        trial run = trial_run(t.text, NULL, FUTURES);
        trial_text_free(&t);
        for (int i = 0; i < FUTURES; i++, n++) {
            double pounds[3], pupils[3];
            for (int y = 0; y < 3; y++) {
                pupils[y] = log(trial_metric(&run, "pupils", y)[i]);
                pounds[y] = log(trial_metric(&run, "income", y)[i]) - pupils[y];
            }
            c[n] = (change){pounds[2] - pounds[1], pounds[1] - pounds[0], pupils[2] - pupils[1],
                            pupils[1] - pupils[0]};
        }
        trial_free(&run);
    }
    const signature s = sign_of(c, n);
    free(c);
    return s;
}

static void say_signature(const signature *d, const signature *m)
{
    static const char window[] = "2016/17-2018/19";
    char what[112];
    snprintf(what, sizeof what,
             "Income per pupil on roll growth of the year before (%zu secondaries: %+.2f)", d->n,
             d->before);
    note("money", "lag-before", what, window, m->before, "");
    snprintf(what, sizeof what, "The same, on that of the same year (%+.2f)", d->same);
    note("money", "lag-same", what, window, m->same, "");
    snprintf(what, sizeof what, "Lag signature: ratio of the two (%.2f)", d->ratio);
    target("money", "lag-ratio", what, window, m->ratio, 0.6, 1.1, "");
    snprintf(what, sizeof what,
             "Income per pupil: correlation of one year's change with the next's (%.2f)",
             d->persistence);
    note("money", "lag-1", what, window, m->persistence, "");
}

/* Five-year log growth of grant per pupil on that of pupils: real trusts whose schools are known at
 * both ends. */
static void slope_of_data(const calibration_options *o, double *slope, double *correlation,
                          size_t *n)
{
    sheet s = sheet_read(o->data, "trust_panel.csv");
    const size_t from = sheet_column(&s, "grant_pupils_2015_16"),
                 to = sheet_column(&s, "grant_pupils_2020_21"),
                 grant_from = sheet_column(&s, "grant_gbp_2015_16"),
                 grant_to = sheet_column(&s, "grant_gbp_2020_21");
    double *x = calloc(s.rows, sizeof *x), *y = calloc(s.rows, sizeof *y);
    if (!x || !y)
        calibration_stop("memory is short");
    *n = 0;
    for (size_t r = 0; r < s.rows; r++) {
        const double pupils = log(sheet_number(&s, r, to) / sheet_number(&s, r, from));
        const double grant = log(sheet_number(&s, r, grant_to) / sheet_number(&s, r, grant_from));
        if (!isnan(pupils) && !isnan(grant) && fabs(pupils) < 0.4) {
            x[*n] = pupils;
            y[(*n)++] = grant - pupils;
        }
    }
    money_regress(y, (const double *const[]){x}, 1, *n, slope);
    *correlation = money_correlation(x, y, *n);
    free(x);
    free(y);
    sheet_free(&s);
}

/* The model's, of the panel's trusts, without the variation that income has from year to year. */
static void slope_of_model(const calibration_options *o, double *slope, double *correlation)
{
    enum { YEARS = 6 };
    money_panel p = money_panel_read(o->data);
    double *x = calloc((size_t)MODEL_TRUSTS * FUTURES, sizeof *x);
    double *y = calloc((size_t)MODEL_TRUSTS * FUTURES, sizeof *y);
    if (!x || !y)
        calibration_stop("memory is short");
    size_t n = 0;
    for (size_t k = 0; k < MODEL_TRUSTS; k++) {
        trial_text t = {0};
        money_say_head(&t, "as-happened", "2015/16", YEARS);
        const int count =
            money_say_schools(&t, &p, k * p.trusts / MODEL_TRUSTS, -1, "", "cost_sd_pct = 0.0;");
        if (count == 0) {
            trial_text_free(&t);
            continue;
        }
        trial run = trial_run(t.text, NULL, FUTURES);
        trial_text_free(&t);
        for (int i = 0; i < FUTURES; i++) {
            const double pupils =
                log(trial_metric(&run, "pupils", 5)[i] / trial_metric(&run, "pupils", 0)[i]);
            const double income =
                log(trial_metric(&run, "income", 5)[i] / trial_metric(&run, "income", 0)[i]);
            if (fabs(pupils) < 0.4) {
                x[n] = pupils;
                y[n++] = income - pupils;
            }
        }
        trial_free(&run);
    }
    money_regress(y, (const double *const[]){x}, 1, n, slope);
    *correlation = money_correlation(x, y, n);
    free(x);
    free(y);
    money_panel_free(&p);
}

void money_schools(const calibration_options *o)
{
    double *roll = calloc(MOST_SCHOOLS, sizeof *roll);
    int *oldest = calloc(MOST_SCHOOLS, sizeof *oldest);
    if (!roll || !oldest)
        calibration_stop("memory is short");
    size_t count = 0;
    const signature d = of_data(o, roll, oldest, &count);
    const signature m = of_model(roll, oldest, count);
    say_signature(&d, &m);
    free(roll);
    free(oldest);
    static const char window[] = "2015/16-2020/21";
    double slope, correlation, seen, together;
    size_t n;
    slope_of_data(o, &slope, &correlation, &n);
    slope_of_model(o, &seen, &together);
    char what[112];
    snprintf(what, sizeof what,
             "Grant per pupil on pupils over five years, logs (%zu trusts: %.2f)", n, slope);
    target("money", "grant-slope", what, window, seen, -0.24, -0.12, "");
    snprintf(what, sizeof what, "The same: correlation (%.2f)", correlation);
    note("money", "grant-correlation", what, window, together, "");
}
