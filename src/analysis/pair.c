/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences of two outcomes: columns of moments and counts of futures. Nothing here allocates
 * once a collector is made. It must not know threads, nor how results are put. */
#include "analysis/pair.h"

#include "base/lanes.h"

static int years_of(const hr_pair *p) { return p->first->plan->years; }

static int metric_columns(const hr_pair *p) { return HR_METRICS * years_of(p); }

int hr_pair_column_metric(const hr_pair *p, hr_pair_part part, int metric, int year)
{
    return (int)part * metric_columns(p) + metric * years_of(p) + year;
}
int hr_pair_column_bridge(const hr_pair *p, int row) { return 3 * metric_columns(p) + row; }
int hr_pair_column_fall(const hr_pair *p) { return hr_pair_column_bridge(p, HR_BRIDGES); }
int hr_pair_column_end(const hr_pair *p) { return hr_pair_column_fall(p) + 1; }
int hr_pair_column_level(const hr_pair *p, int level) { return hr_pair_column_end(p) + 1 + level; }
int hr_pair_columns(const hr_pair *p)
{
    return hr_pair_column_level(p, hr_study_exact(p->first) ? 0 : HR_LEVELS);
}

/* Collectors. */

enum { PARTS = 8 };

static bool tally_new(hr_pair_tally *t, const hr_pair *p, hr_arena *arena)
{
    const size_t years = (size_t)years_of(p);
    const size_t size[PARTS] = {HR_RISKS * years * HR_SIDES,
                                HR_RISKS * HR_SIDES,
                                (size_t)p->targets * HR_SIDES,
                                HR_SIDES,
                                HR_METRICS * years * 3 * HR_SIDES,
                                HR_METRICS * years,
                                HR_LEVELS * HR_SIDES,
                                1};
    uint64_t **const part[PARTS] = {&t->risk,  &t->any,    &t->met,   &t->all,
                                    &t->state, &t->stated, &t->reach, &t->differ};
    *t = (hr_pair_tally){.size = 0};
    for (int i = 0; i < PARTS; i++)
        t->size += size[i];
    uint64_t *at = t->block = HR_TAKE(arena, uint64_t, t->size);
    for (int i = 0; at != NULL && i < PARTS; i++) {
        *part[i] = at;
        at += size[i];
    }
    return at != NULL;
}

void hr_pair_tally_add(hr_pair_tally *into, const hr_pair_tally *from)
{
    for (size_t i = 0; i < into->size; i++)
        into->block[i] += from->block[i];
}

size_t hr_pair_collector_bytes(const hr_pair *p, bool streamed)
{
    const size_t levels = (size_t)p->first->levels + 1, columns = (size_t)hr_pair_columns(p);
    const size_t histogram = sizeof(hr_histogram) + (HR_BINS + 2) * sizeof(uint32_t);
    const size_t counts = HR_METRICS * 8 + HR_RISKS * 2;
    return columns * (HR_LEAF * sizeof(double) + levels * sizeof(hr_moments)) +
           counts * (size_t)years_of(p) * sizeof(uint64_t) +
           (streamed ? (size_t)metric_columns(p) * histogram : 0);
}

hr_pair_collector *hr_pair_collector_new(const hr_pair *p, hr_arena *arena)
{
    hr_pair_collector *c = HR_TAKE(arena, hr_pair_collector, 1);
    if (c == NULL)
        return NULL;
    const size_t columns = (size_t)hr_pair_columns(p), values = columns * HR_LEAF;
    c->pair = p;
    c->leaf = HR_TAKE(arena, double, values);
    c->rising = HR_TAKE(arena, hr_moments, columns * (size_t)(p->first->levels + 1));
    const bool taken =
        c->leaf != NULL && c->rising != NULL && tally_new(&c->tally, p, arena) &&
        (p->range == NULL ||
         (c->histogram = hr_histograms_alike(p->range, metric_columns(p), arena)) != NULL);
    return taken ? c : NULL;
}

/* Columns of a batch. */

static double *column_at(const hr_pair_collector *c, int column, int at)
{
    return c->leaf + (size_t)column * HR_LEAF + at;
}

/* A year of a metric; `differ` turns 1 on lanes on which it differs. */
static void take_metric(hr_pair_collector *c, const double *first, const double *second, int column,
                        int at, int n, double *differ)
{
    const int columns = metric_columns(c->pair);
    hr_in a = first;
    hr_in b = second;
    hr_out all = column_at(c, column, at);
    hr_out higher = column_at(c, columns + column, at);
    hr_out lower = column_at(c, 2 * columns + column, at);
    hr_out some = differ;
    HR_FOR_LANES(i, n) {
        const double more = b[i] - a[i];
        const bool same = a[i] == b[i] || (hr_is_nan(a[i]) && hr_is_nan(b[i]));
        all[i] = more;
        higher[i] = more > 0.0 ? more : HR_UNKNOWN;
        lower[i] = more < 0.0 ? more : HR_UNKNOWN;
        some[i] = same ? some[i] : 1.0;
    }
}

static void take_bridge(hr_pair_collector *c, const hr_outcome *first, const hr_outcome *second,
                        int at, int n)
{
    double *const opening = column_at(c, hr_pair_column_bridge(c->pair, HR_B_OPENING), at);
    for (int i = 0; i < n; i++)
        opening[i] = second->opening[i] - first->opening[i];
    for (int row = 0; row < HR_BRIDGES; row++)
        for (int i = 0; i < n && row != HR_B_OPENING; i++)
            column_at(c, hr_pair_column_bridge(c->pair, row), at)[i] = 0.0;
    for (int l = 0; l < HR_LINES; l++)
        for (int o = 0; o < HR_OWNERS; o++) {
            const hr_bridge row = HR_LINE_ROWS[l].bridge[o];
            if (row == HR_B_NONE)
                continue;
            const size_t place = (size_t)(l * HR_OWNERS + o) * (size_t)first->lanes;
            hr_in a = first->owned + place;
            hr_in b = second->owned + place;
            hr_out sum = column_at(c, hr_pair_column_bridge(c->pair, (int)row), at);
            HR_FOR_LANES(i, n)
                sum[i] += b[i] - a[i];
        }
}

static const double *at_the_end(const hr_outcome *o, hr_metric metric)
{
    return o->metric + (size_t)((int)metric * o->years + o->years - 1) * (size_t)o->lanes;
}

/* How far reserves in % of income fall from the start to the end, second less first; and what the
 * first has at the end. */
static void take_ends(hr_pair_collector *c, const hr_outcome *first, const hr_outcome *second,
                      int at, int n)
{
    const double *a_pct = at_the_end(first, HR_M_RESERVES_PCT),
                 *a = at_the_end(first, HR_M_RESERVES);
    const double *b_pct = at_the_end(second, HR_M_RESERVES_PCT),
                 *b = at_the_end(second, HR_M_RESERVES);
    double *fall = column_at(c, hr_pair_column_fall(c->pair), at);
    double *end = column_at(c, hr_pair_column_end(c->pair), at);
    for (int i = 0; i < n; i++) {
        fall[i] = (second->opening_pct[i] - b_pct[i]) - (first->opening_pct[i] - a_pct[i]);
        end[i] = hr_is_nan(b[i]) ? HR_UNKNOWN : a[i];
    }
}

static void take_levels(hr_pair_collector *c, const hr_outcome *first, const hr_outcome *second,
                        int at, int n)
{
    for (int i = 0; c->pair->level != NULL && i < HR_LEVELS; i++) {
        uint64_t *sides = c->tally.reach + HR_SIDES * i;
        hr_level_count(c->pair->level[i], at_the_end(first, HR_M_RESERVES),
                       at_the_end(second, HR_M_RESERVES), (size_t)n, &sides[HR_GAINED],
                       &sides[HR_LOST], column_at(c, hr_pair_column_level(c->pair, i), at));
    }
}

/* Counts of a batch. */

static void count_sides(const double *first, const double *second, int n, uint64_t *sides)
{
    int gained = 0, lost = 0;
    HR_FOR_LANES(i, n) {
        gained += second[i] > first[i];
        lost += second[i] < first[i];
    }
    sides[HR_GAINED] += (uint64_t)gained;
    sides[HR_LOST] += (uint64_t)lost;
}

static void count_risks(hr_pair_collector *c, const hr_outcome *first, const hr_outcome *second,
                        int n, double *differ)
{
    const int years = years_of(c->pair);
    for (int r = 0; r < HR_RISKS; r++) {
        double a_any[HR_LANES_MAX] = {0}, b_any[HR_LANES_MAX] = {0};
        for (int t = 0; t < years; t++) {
            const int at = r * years + t;
            const double *a = first->risk + (size_t)at * (size_t)first->lanes;
            const double *b = second->risk + (size_t)at * (size_t)second->lanes;
            count_sides(a, b, n, c->tally.risk + HR_SIDES * at);
            HR_FOR_LANES(i, n) {
                a_any[i] = hr_max(a_any[i], a[i]);
                b_any[i] = hr_max(b_any[i], b[i]);
                differ[i] = a[i] == b[i] ? differ[i] : 1.0;
            }
        }
        count_sides(a_any, b_any, n, c->tally.any + HR_SIDES * r);
    }
}

/* Every target of its own, on each lane. */
static void every_target(const hr_study *s, const hr_outcome *o, int n, double *every)
{
    for (int i = 0; i < n; i++)
        every[i] = 1.0;
    for (int q = 0; q < s->targets; q++)
        for (int i = 0; i < n; i++)
            every[i] = hr_min(every[i], o->met[(size_t)q * (size_t)o->lanes + (size_t)i]);
}

static void count_targets(hr_pair_collector *c, const hr_outcome *first, const hr_outcome *second,
                          int n)
{
    double a[HR_LANES_MAX], b[HR_LANES_MAX];
    for (int q = 0; q < c->pair->targets; q++)
        count_sides(first->met + (size_t)c->pair->target[q][0] * (size_t)first->lanes,
                    second->met + (size_t)c->pair->target[q][1] * (size_t)second->lanes, n,
                    c->tally.met + HR_SIDES * q);
    every_target(c->pair->first, first, n, a);
    every_target(c->pair->second, second, n, b);
    count_sides(a, b, n, c->tally.all);
}

static void count_states(hr_pair_collector *c, const double *first, const double *second, int place,
                         int n)
{
    for (int i = 0; i < n; i++) {
        if (hr_is_nan(first[i]) || hr_is_nan(second[i]))
            continue;
        c->tally.stated[place]++;
        for (int state = 0; state < 3; state++) {
            uint64_t *sides = c->tally.state + HR_SIDES * (3 * place + state);
            sides[HR_GAINED] += second[i] == state && first[i] != state;
            sides[HR_LOST] += first[i] == state && second[i] != state;
        }
    }
}

void hr_pair_batch(hr_pair_collector *c, const hr_outcome *first, const hr_outcome *second, int at,
                   int n)
{
    const int years = years_of(c->pair);
    const size_t lanes = (size_t)first->lanes;
    double differ[HR_LANES_MAX] = {0};
    for (int m = 0; m < HR_METRICS; m++)
        for (int t = 0; t < years; t++) {
            const int place = m * years + t;
            const double *a = first->metric + (size_t)place * lanes;
            const double *b = second->metric + (size_t)place * lanes;
            take_metric(c, a, b, place, at, n, differ);
            if (HR_METRIC_ROWS[m].kind == HR_KIND_STATE)
                count_states(c, a, b, place, n);
        }
    take_bridge(c, first, second, at, n);
    take_ends(c, first, second, at, n);
    take_levels(c, first, second, at, n);
    count_risks(c, first, second, n, differ);
    count_targets(c, first, second, n);
    for (int i = 0; i < n; i++)
        c->tally.differ[0] += differ[i] > 0.0;
}

void hr_pair_end_leaf(hr_pair_collector *c, size_t count, uint64_t place)
{
    const size_t levels = (size_t)c->pair->first->levels + 1;
    for (int column = 0; column < hr_pair_columns(c->pair); column++) {
        const double *value = column_at(c, column, 0);
        hr_moments_rise(c->rising + (size_t)column * levels, place,
                        hr_moments_of_leaf(value, count));
        if (c->histogram != NULL && column < metric_columns(c->pair))
            hr_histogram_add(&c->histogram[column], value, count);
    }
}

void hr_pair_end_job(hr_pair_collector *c, uint64_t job, uint64_t leaves)
{
    const size_t levels = (size_t)c->pair->first->levels + 1;
    for (int column = 0; column < hr_pair_columns(c->pair); column++)
        c->pair->moments[(size_t)column * c->pair->first->jobs + job] =
            hr_moments_risen(c->rising + (size_t)column * levels, leaves);
}
