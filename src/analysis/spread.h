/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far what is not known moves a figure: the spread of its expected value between sets of
 * assumptions that are all met by the same yearly luck, told apart from the noise of having tried
 * few futures. Exact operations only, since it goes into results.json. It must not know what the
 * figure is, nor how it was simulated. */
#ifndef HR_ANALYSIS_SPREAD_H
#define HR_ANALYSIS_SPREAD_H

/* high, and with a minus low, of what has no bounds */
#define HR_NO_END ((double)__builtin_inff())

/* A figure x[k][i] of sets k = 0.. by futures i = 0..: writes the futures of a set to x, NaN where
 * it is undefined. */
typedef void hr_spread_row(const void *user, int set, double *x);

/* Of the expected values under each set: the 5 % and 95 % quantiles, that is, where 90 of 100 sets
 * lie, and the standard deviation between sets. NaN where fewer than two sets have a value. */
typedef struct {
    double lo, hi, sd;
} hr_spread;

/* The figure's spread, by the two-way layout of docs/model.md, "What is not known":
 *   m[k]  the mean of set k over its futures, m their mean
 *   S2    the variance of m[k]
 *   E     the noise in it: the mean square of x[k][i] - m[k] - m[i] + m, by futures. What luck does
 *         to all sets alike is not in S2, so that the variance of x by futures would be too much.
 *   V     = max(0, S2 - E), the variance between sets
 *   z[k]  = m + sqrt(V / S2) (m[k] - m), whose variance is V
 *   y[k]  = z[k] moved so that m comes to lie on `centre`, the better estimate of it that the run
 *           has of more futures, while `low` and `high`, where the figure has them, stay: a chance
 *           of 0 stays 0
 * The ends are order statistics of y (hr_quantiles). futures is at most HR_LEAF; `work` holds
 * 2 * sets doubles. */
hr_spread hr_spread_between(hr_spread_row *row, const void *user, int sets, int futures,
                            double centre, double low, double high, double *work);

#endif
