/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spread between sets. Sums run in order of set and future: no order of work is seen in them.
 */
#include "analysis/spread.h"

#include "base/estimate.h"
#include "base/lanes.h"
#include "base/vmath.h"

/* What one pass over the sets leaves: their means, and what the residuals need. */
typedef struct {
    double *mean;              /* [sets] NaN where the set has no value */
    double within;             /* squares of x - its set's mean */
    double column[HR_LEAF];    /* per future, over sets: the sum of x - its set's mean */
    double in_column[HR_LEAF]; /* per future: sets with a value */
    double cells, rows;        /* values, and sets that have one */
    double shares;             /* sum over sets of 1 / values */
} layout;

static double mean_of(const double *x, int futures, double *count)
{
    double sum = 0.0;
    *count = 0.0;
    for (int i = 0; i < futures; i++)
        if (!hr_is_nan(x[i])) {
            sum += x[i];
            *count += 1.0;
        }
    return *count > 0.0 ? sum / *count : HR_UNKNOWN;
}

static void take_row(layout *l, int set, const double *x, int futures)
{
    double count;
    const double mean = mean_of(x, futures, &count);
    l->mean[set] = mean;
    if (count == 0.0)
        return;
    for (int i = 0; i < futures; i++)
        if (!hr_is_nan(x[i])) {
            const double apart = x[i] - mean;
            l->within += apart * apart;
            l->column[i] += apart;
            l->in_column[i] += 1.0;
        }
    l->cells += count;
    l->rows += 1.0;
    l->shares += 1.0 / count;
}

/* Noise in the variance of the means: the mean square of what neither set nor future explains, over
 * the futures of a set. */
static double noise(const layout *l, int futures)
{
    double residual = l->within, columns = 0.0;
    for (int i = 0; i < futures; i++)
        if (l->in_column[i] > 0.0) {
            residual -= l->column[i] * l->column[i] / l->in_column[i];
            columns += 1.0;
        }
    const double freedom = l->cells - l->rows - columns + 1.0;
    return freedom > 0.0 ? hr_max(residual, 0.0) / freedom * (l->shares / l->rows) : 0.0;
}

/* Mean and variance of the sets' means; the variance is exactly 0 where all are equal. */
static double variance(const double *mean, int sets, double rows, double *middle)
{
    double sum = 0.0, square = 0.0, least = HR_UNKNOWN, most = HR_UNKNOWN;
    for (int k = 0; k < sets; k++)
        if (!hr_is_nan(mean[k])) {
            sum += mean[k];
            least = hr_is_nan(least) ? mean[k] : hr_min(least, mean[k]);
            most = hr_is_nan(most) ? mean[k] : hr_max(most, mean[k]);
        }
    *middle = sum / rows;
    for (int k = 0; k < sets; k++)
        if (!hr_is_nan(mean[k]))
            square += (mean[k] - *middle) * (mean[k] - *middle);
    return least == most ? 0.0 : square / (rows - 1.0);
}

/* Moves the middle to the centre and keeps the ends where they are: a chance of 0 stays 0. */
static double recentred(double x, double middle, double centre, double low, double high)
{
    double moved = x - middle + centre;
    if (x < middle && low > -HR_NO_END)
        moved = low + (x - low) * (centre - low) / (middle - low);
    if (x > middle && high < HR_NO_END)
        moved = high - (high - x) * (high - centre) / (high - middle);
    return hr_clamp(moved, low, high);
}

hr_spread hr_spread_between(hr_spread_row *row, const void *user, int sets, int futures,
                            double centre, double low, double high, double *work)
{
    static const double end[2] = {0.05, 0.95};
    double x[HR_LEAF], middle;
    layout l = {.mean = work};
    for (int k = 0; k < sets; k++) {
        row(user, k, x);
        take_row(&l, k, x, futures);
    }
    if (l.rows < 2.0)
        return (hr_spread){HR_UNKNOWN, HR_UNKNOWN, HR_UNKNOWN};
    const double seen = variance(l.mean, sets, l.rows, &middle);
    const double between = hr_max(seen - noise(&l, futures), 0.0);
    const double shrink = seen > 0.0 ? hr_sqrt(between / seen) : 0.0;
    for (int k = 0; k < sets; k++)
        l.mean[k] = hr_is_nan(l.mean[k]) ? HR_UNKNOWN
                                         : recentred(middle + shrink * (l.mean[k] - middle), middle,
                                                     centre, low, high);
    hr_estimate at[2];
    hr_quantiles(l.mean, (size_t)sets, end, 2, work + sets, at);
    return (hr_spread){.lo = at[0].value, .hi = at[1].value, .sd = hr_sqrt(between)};
}
