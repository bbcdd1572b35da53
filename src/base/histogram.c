/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streamed quantiles from counts in equal bins. It must not know what is counted. */
#include "base/histogram.h"

#include "base/lanes.h"

#define INFINITE ((double)__builtin_inff())

void hr_histogram_begin(hr_histogram *h, const double *pilot, size_t n, uint32_t *count)
{
    double low = INFINITE, high = -INFINITE;
    for (size_t i = 0; i < n; i++) {
        const bool finite = pilot[i] - pilot[i] == 0.0;
        low = finite && pilot[i] < low ? pilot[i] : low;
        high = finite && pilot[i] > high ? pilot[i] : high;
    }
    if (low > high)
        low = high = 0.0;
    /* a width of 1 would vanish beside a value above 2^53 */
    const double size = hr_max(hr_max(low, -low), hr_max(high, -high));
    const double spread = high - low;
    const double margin = 0.5 * hr_max(spread > 0.0 ? spread : 1.0, 1e-12 * size);
    *h = (hr_histogram){.low = low - margin,
                        .high = high + margin,
                        .least = INFINITE,
                        .most = -INFINITE,
                        .count = count};
}

hr_histogram *hr_histograms_alike(const hr_histogram *range, int count, hr_arena *arena)
{
    hr_histogram *h = HR_TAKE(arena, hr_histogram, count);
    uint32_t *bins = HR_TAKE(arena, uint32_t, (size_t)count * (HR_BINS + 2));
    if (h == NULL || bins == NULL)
        return NULL;
    for (int k = 0; k < count; k++) {
        h[k] = range[k];
        h[k].count = bins + (size_t)k * (HR_BINS + 2);
    }
    return h;
}

void hr_histogram_add(hr_histogram *h, const double *value, size_t n)
{
    const double scale = HR_BINS / (h->high - h->low);
    double least = h->least, most = h->most;
    for (size_t i = 0; i < n; i++) {
        const double v = value[i];
        if (hr_is_nan(v))
            continue;
        /* held inside first: a value far away would not fit an int */
        const double place = hr_clamp((v - h->low) * scale, -1.0, (double)HR_BINS);
        h->count[v < h->low ? 0 : 1 + (int)place]++;
        least = hr_min(v, least);
        most = hr_max(v, most);
    }
    h->least = least;
    h->most = most;
}

void hr_histogram_merge(hr_histogram *into, const hr_histogram *from)
{
    for (int bin = 0; bin < HR_BINS + 2; bin++)
        into->count[bin] += from->count[bin];
    into->least = hr_min(into->least, from->least);
    into->most = hr_max(into->most, from->most);
}

/* Ends of a bin, drawn in to the smallest and largest value seen. */
static void bin_ends(const hr_histogram *h, int bin, double *from, double *to)
{
    const double width = (h->high - h->low) / HR_BINS;
    *from = bin == 0 ? h->least : hr_max(h->low + width * (bin - 1), h->least);
    *to = bin == HR_BINS + 1 ? h->most : hr_min(h->low + width * bin, h->most);
}

/* The value of a rank: the ranks of a bin stand at equal distances in it. */
static double value_at(const hr_histogram *h, size_t rank)
{
    uint64_t below = 0;
    int bin = 0;
    while (rank >= below + h->count[bin])
        below += h->count[bin++];
    double from, to;
    bin_ends(h, bin, &from, &to);
    if (to - from == INFINITE)
        return bin == 0 ? from : to;
    const double share = ((double)(rank - below) + 0.5) / (double)h->count[bin];
    return from + share * (to - from);
}

void hr_histogram_quantiles(const hr_histogram *h, const double *p, int count, hr_estimate *out)
{
    uint64_t n = 0;
    for (int bin = 0; bin < HR_BINS + 2; bin++)
        n += h->count[bin];
    for (int i = 0; i < count; i++) {
        const hr_ranks r = hr_quantile_ranks((size_t)n, p[i]);
        const double undefined = (double)__builtin_nanf("");
        const double lo = n == 0 ? undefined : value_at(h, r.lo);
        const double hi = n == 0 ? undefined : value_at(h, r.hi);
        out[i] = (hr_estimate){.value = n == 0 ? undefined : value_at(h, r.value),
                               .se = (hi - lo) / (2.0 * HR_Z95),
                               .lo = lo,
                               .hi = hi,
                               .n = n};
    }
}
