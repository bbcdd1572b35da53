/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proper scores, places in a forecast, and counts of hits. It must not know what is forecast. */
#include "analysis/proper.h"

#include "base/lanes.h"

double hr_crps_futures(const double *sorted, size_t n, double happened)
{
    double score = hr_max(sorted[0] - happened, 0.0) + hr_max(happened - sorted[n - 1], 0.0);
    for (size_t i = 1; i < n; i++) {
        const double low = sorted[i - 1], high = sorted[i];
        const double at = hr_clamp(happened, low, high);
        const double below = (double)i / (double)n, above = 1.0 - below;
        score += below * below * (at - low) + above * above * (high - at);
    }
    return score;
}

double hr_crps_quantiles(const double q[HR_QUANTILES], double happened)
{
    double score = 0.0, from = 0.0;
    for (int k = 0; k < HR_QUANTILES; k++) {
        const double p = HR_QUANTILE_P[k];
        const double to = k + 1 < HR_QUANTILES ? 0.5 * (p + HR_QUANTILE_P[k + 1]) : 1.0;
        const double share = happened < q[k] ? 1.0 - p : -p;
        score += 2.0 * (to - from) * share * (q[k] - happened);
        from = to;
    }
    return score;
}

hr_place hr_place_futures(const double *sorted, size_t n, double happened)
{
    size_t below = 0, not_above = 0;
    for (size_t i = 0; i < n; i++) {
        below += sorted[i] < happened;
        not_above += sorted[i] <= happened;
    }
    const double lo = (double)below / (double)n, hi = (double)not_above / (double)n;
    return (hr_place){.value = 0.5 * (lo + hi), .lo = lo, .hi = hi};
}

hr_place hr_place_quantiles(const double q[HR_QUANTILES], double happened)
{
    int under = -1, over = HR_QUANTILES; /* the last below what happened, the first above it */
    for (int k = 0; k < HR_QUANTILES; k++)
        under = q[k] < happened ? k : under;
    for (int k = HR_QUANTILES - 1; k >= 0; k--)
        over = q[k] > happened ? k : over;
    if (over - under > 1) { /* on one or more of them */
        const double lo = HR_QUANTILE_P[under + 1], hi = HR_QUANTILE_P[over - 1];
        return (hr_place){.value = 0.5 * (lo + hi), .lo = lo, .hi = hi};
    }
    const double lo = under < 0 ? 0.0 : HR_QUANTILE_P[under];
    const double hi = over == HR_QUANTILES ? 1.0 : HR_QUANTILE_P[over];
    if (under < 0 || over == HR_QUANTILES)
        return (hr_place){.value = 0.5 * (lo + hi), .lo = lo, .hi = hi};
    const double along = (happened - q[under]) / (q[over] - q[under]);
    return (hr_place){.value = lo + (hi - lo) * along, .lo = lo, .hi = hi};
}

hr_hits_range hr_hits_seen(const double *seen, int n)
{
    double total = 0.0, sum = 0.0;
    for (int k = 0; k <= n; k++)
        total += seen[k];
    hr_hits_range r = {.lo = -1, .hi = -1};
    for (int k = 0; k <= n; k++) {
        sum += seen[k];
        if (r.lo < 0 && sum > 0.025 * total)
            r.lo = k;
        if (r.hi < 0 && sum >= (1.0 - 1e-12) * 0.975 * total) /* what rounding may take off */
            r.hi = k;
    }
    return r;
}

hr_hits_range hr_hits_expected(const double *chance, int n, double *work)
{
    work[0] = 1.0;
    for (int i = 0; i < n; i++) { /* one more trial */
        work[i + 1] = work[i] * chance[i];
        for (int k = i; k > 0; k--)
            work[k] = work[k] * (1.0 - chance[i]) + work[k - 1] * chance[i];
        work[0] *= 1.0 - chance[i];
    }
    return hr_hits_seen(work, n);
}
