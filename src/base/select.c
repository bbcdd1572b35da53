/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selection of many ranks at once. A count over equal bins tells which bins hold a wanted rank;
 * all other values are dropped, with the ranks moved down to match, and what is left is small
 * enough for a nested quickselect. A bin of equal values answers at once, so columns of whole
 * numbers are no harder. Bins are monotone in the value, so this is exact whatever the
 * distribution; a bad one only costs time. It must not know what the ranks are for. */
#include "base/select.h"

#include <stdbool.h>
#include <stdint.h>

enum { BINS = 1024, STRANDS = 8, WORTH_COUNTING = 512, WORTH_PARTING = 24, ROUNDS = 3 };

/* Ranks still to be answered, in ascending order, and the places of their answers. */
typedef struct {
    size_t rank[HR_SELECT_MAX];
    int place[HR_SELECT_MAX];
    int count;
} wanted;

static wanted wanted_sorted(const size_t *rank, int count)
{
    wanted w = {.count = count};
    for (int i = 0; i < count; i++) {
        int j = i;
        for (; j > 0 && w.rank[j - 1] > rank[i]; j--) {
            w.rank[j] = w.rank[j - 1];
            w.place[j] = w.place[j - 1];
        }
        w.rank[j] = rank[i];
        w.place[j] = i;
    }
    return w;
}

static void ends(const double *value, size_t n, double *least, double *most)
{
    double low[STRANDS], high[STRANDS];
    for (int j = 0; j < STRANDS; j++)
        low[j] = high[j] = value[0];
    size_t i = 0;
    for (; i + STRANDS <= n; i += STRANDS)
        for (int j = 0; j < STRANDS; j++) {
            const double v = value[i + (size_t)j];
            low[j] = v < low[j] ? v : low[j];
            high[j] = v > high[j] ? v : high[j];
        }
    for (; i < n; i++) {
        low[0] = value[i] < low[0] ? value[i] : low[0];
        high[0] = value[i] > high[0] ? value[i] : high[0];
    }
    for (int j = 1; j < STRANDS; j++) {
        low[0] = low[j] < low[0] ? low[j] : low[0];
        high[0] = high[j] > high[0] ? high[j] : high[0];
    }
    *least = low[0];
    *most = high[0];
}

static inline int bin_of(double v, double least, double scale)
{
    const int bin = (int)((v - least) * scale);
    return bin < BINS ? bin : BINS - 1;
}

/* Marks the bin of every wanted rank with a number from 1 and moves the ranks down by what will be
 * dropped below them. mark_of_rank tells each rank's mark. */
static void mark_bins(const uint32_t count[BINS], wanted *w, uint8_t mark[BINS],
                      int mark_of_rank[HR_SELECT_MAX])
{
    size_t passed = 0, dropped = 0;
    int marks = 0, next = 0;
    for (int bin = 0; bin < BINS && next < w->count; bin++) {
        const size_t below = passed;
        passed += count[bin];
        if (w->rank[next] >= passed) {
            dropped += passed - below;
            continue;
        }
        mark[bin] = (uint8_t)++marks;
        for (; next < w->count && w->rank[next] < passed; next++) {
            w->rank[next] -= dropped;
            mark_of_rank[next] = marks;
        }
    }
}

/* Keeps the values of marked bins. first[m] is a value of mark m; mixed[m] says that it has
 * others. */
static size_t keep_marked(double *value, size_t n, double least, double scale,
                          const uint8_t mark[BINS], double first[HR_SELECT_MAX + 1],
                          bool mixed[HR_SELECT_MAX + 1])
{
    bool seen[HR_SELECT_MAX + 1] = {false};
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const double v = value[i];
        const int m = mark[bin_of(v, least, scale)];
        if (m == 0)
            continue;
        value[kept++] = v;
        if (!seen[m]) {
            seen[m] = true;
            first[m] = v;
        }
        mixed[m] = mixed[m] || v != first[m];
    }
    return kept;
}

/* One round of counting and dropping. Returns how many values are left. */
static size_t drop_far_values(double *value, size_t n, double least, double scale, wanted *w,
                              double *out)
{
    uint32_t count[BINS] = {0};
    uint8_t mark[BINS] = {0};
    for (size_t i = 0; i < n; i++)
        count[bin_of(value[i], least, scale)]++;
    int mark_of_rank[HR_SELECT_MAX];
    mark_bins(count, w, mark, mark_of_rank);
    double first[HR_SELECT_MAX + 1] = {0};
    bool mixed[HR_SELECT_MAX + 1] = {false};
    const size_t kept = keep_marked(value, n, least, scale, mark, first, mixed);
    int left = 0;
    for (int i = 0; i < w->count; i++) {
        if (!mixed[mark_of_rank[i]]) {
            out[w->place[i]] = first[mark_of_rank[i]];
            continue;
        }
        w->rank[left] = w->rank[i];
        w->place[left++] = w->place[i];
    }
    w->count = left;
    return kept;
}

static void insertion_sort(double *value, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const double v = value[i];
        size_t j = i;
        for (; j > 0 && value[j - 1] > v; j--)
            value[j] = value[j - 1];
        value[j] = v;
    }
}

static double middle(double a, double b, double c)
{
    if (a > b)
        return b > c ? b : a > c ? c : a;
    return a > c ? a : b > c ? c : b;
}

static double pivot_of(const double *value, size_t n)
{
    const size_t step = n / 8;
    const double *v = value;
    return middle(middle(v[0], v[step], v[2 * step]), middle(v[3 * step], v[4 * step], v[5 * step]),
                  middle(v[6 * step], v[7 * step], v[n - 1]));
}

/* Three-way partition of value[from..to-1]: below, equal to and above the pivot. */
static void part(double *value, size_t from, size_t to, double pivot, size_t *equal, size_t *above)
{
    size_t low = from, high = to;
    for (size_t i = from; i < high;) {
        const double v = value[i];
        if (v < pivot) {
            value[i++] = value[low];
            value[low++] = v;
        } else if (v > pivot) {
            value[i] = value[--high];
            value[high] = v;
        } else {
            i++;
        }
    }
    *equal = low;
    *above = high;
}

/* Answers w->rank[first..last-1], all of which lie in value[from..to-1]. Calls itself only when
 * ranks lie on both sides of the pivot, so never deeper than there are ranks. */
static void select_nested(double *value, size_t from, size_t to, const wanted *w, int first,
                          int last, double *out)
{
    while (first < last && to - from > WORTH_PARTING) {
        const double pivot = pivot_of(value + from, to - from);
        size_t equal, above;
        part(value, from, to, pivot, &equal, &above);
        int middle_first = first;
        while (middle_first < last && w->rank[middle_first] < equal)
            middle_first++;
        int above_first = middle_first;
        for (; above_first < last && w->rank[above_first] < above; above_first++)
            out[w->place[above_first]] = pivot;
        if (above_first == last) {
            to = equal;
            last = middle_first;
            continue;
        }
        select_nested(value, from, equal, w, first, middle_first, out);
        from = above;
        first = above_first;
    }
    if (first == last)
        return;
    insertion_sort(value + from, to - from);
    for (; first < last; first++)
        out[w->place[first]] = value[w->rank[first]];
}

void hr_select(double *value, size_t n, const size_t *rank, int count, double *out)
{
    wanted w = wanted_sorted(rank, count);
    for (int round = 0; round < ROUNDS && w.count > 0 && n > WORTH_COUNTING; round++) {
        double least, most;
        ends(value, n, &least, &most);
        const double scale = BINS / (most - least);
        /* 0 when an end or the range is infinite, infinite when all are equal or nearly */
        if (!(scale > 0.0 && scale <= 1e300))
            break;
        n = drop_far_values(value, n, least, scale, &w, out);
    }
    select_nested(value, 0, n, &w, 0, w.count, out);
}
