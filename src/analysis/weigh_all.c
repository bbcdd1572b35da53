/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies weighed over all worlds. Sums over worlds are taken of sorted values, and sums over
 * futures along the fixed tree of leaves, so that no order of worlds can be seen in a number. It
 * must not know scenarios. */
#include "analysis/weighing.h"

#include "base/lanes.h"

/* Means. */

static void sort(double *value, int n)
{
    for (int i = 1; i < n; i++) {
        const double v = value[i];
        int at = i;
        for (; at > 0 && value[at - 1] > v; at--)
            value[at] = value[at - 1];
        value[at] = v;
    }
}

static bool is_own(const hr_grid *g, uint64_t path)
{
    for (int row = 0; row < g->strategies * g->worlds; row++)
        if (hr_is_nan(g->reserves[row][path]))
            return false;
    return true;
}

static double *sum_row(const hr_weighing *w, int s, hr_criterion c)
{
    return w->sum + (uint64_t)(s * HR_CRITERIA + (int)c) * w->g->paths;
}

static double sum_of_column(const hr_weighing *w, const double *const *column, int s, uint64_t path)
{
    double value[HR_GRID_WORLDS_MOST], sum = 0.0;
    for (int k = 0; k < w->g->worlds; k++)
        value[k] = column[hr_weighing_row(w, s, k)][path];
    sort(value, w->g->worlds);
    for (int k = 0; k < w->g->worlds; k++)
        sum += value[k];
    return sum;
}

static double worlds_without(const hr_weighing *w, const uint8_t *const *mark, int s, uint64_t path)
{
    double sum = 0.0;
    for (int k = 0; k < w->g->worlds; k++)
        sum += mark[hr_weighing_row(w, s, k)][path] == 0 ? 1.0 : 0.0;
    return sum;
}

static void take_sums(const hr_weighing *w)
{
    for (uint64_t i = 0; i < w->g->paths; i++) {
        const bool own = is_own(w->g, i);
        w->out->own += own;
        for (int s = 0; s < w->g->strategies; s++) {
            sum_row(w, s, HR_CRITERION_KEPT)[i] = worlds_without(w, w->g->below, s, i);
            sum_row(w, s, HR_CRITERION_ENOUGH)[i] = worlds_without(w, w->g->lacking, s, i);
            sum_row(w, s, HR_CRITERION_PUPILS)[i] =
                own ? sum_of_column(w, w->g->pupils, s, i) : HR_UNKNOWN;
            sum_row(w, s, HR_CRITERION_RESERVES)[i] =
                own ? sum_of_column(w, w->g->reserves, s, i) : HR_UNKNOWN;
        }
    }
}

/* A mean over futures of a sum over worlds, as a mean over worlds. */
static hr_estimate over_worlds(const hr_weighing *w, const double *sum)
{
    const double worlds = (double)w->g->worlds;
    hr_estimate e = hr_weighing_mean(w, sum);
    e.value /= worlds;
    e.se /= worlds;
    e.lo /= worlds;
    e.hi /= worlds;
    return e;
}

/* A share of futures, of sums of 0 or 1 over worlds: inside [0, 1], and with an error of its own
 * where no future differs. */
static hr_estimate share_over_worlds(const hr_weighing *w, const double *sum)
{
    const uint64_t paths = w->g->paths;
    double total = 0.0;
    for (uint64_t i = 0; i < paths; i++)
        total += sum[i];
    const double all = (double)paths * (double)w->g->worlds;
    return hr_estimate_share(total / all, over_worlds(w, sum).se, paths);
}

static bool of_chance(hr_criterion c) { return c == HR_CRITERION_KEPT || c == HR_CRITERION_ENOUGH; }

static void put_means(const hr_weighing *w, int s)
{
    hr_weighed_strategy *of = &w->out->strategy[s];
    for (int c = 0; c < HR_CRITERIA; c++) {
        const double *sum = sum_row(w, s, (hr_criterion)c);
        of->criterion[c] =
            of_chance((hr_criterion)c) ? share_over_worlds(w, sum) : over_worlds(w, sum);
    }
}

/* Worlds in which a future satisfies, and in which it meets the plan's targets too. */
static void put_satisfied(const hr_weighing *w, int s)
{
    const hr_grid *g = w->g;
    bool asked = true;
    for (int plan = 0; plan < 2; plan++) {
        for (uint64_t i = 0; i < g->paths; i++)
            w->value[i] = 0.0;
        for (int k = 0; k < g->worlds; k++) {
            const int row = hr_weighing_row(w, s, k);
            const uint8_t *met = plan ? g->met[row] : NULL;
            asked = asked && (!plan || met != NULL);
            for (uint64_t i = 0; i < g->paths; i++)
                w->value[i] +=
                    g->below[row][i] == 0 && g->lacking[row][i] == 0 && (met == NULL || met[i] != 0)
                        ? 1.0
                        : 0.0;
        }
        const hr_estimate share = share_over_worlds(w, w->value);
        if (plan)
            w->out->strategy[s].satisfied_plan = asked ? share : hr_estimate_chance(0, 0);
        else
            w->out->strategy[s].satisfied = share;
    }
}

/* Who is as good in everything and better in something. */

/* A difference the other way round. */
static hr_estimate turned(hr_estimate e)
{
    return (hr_estimate){
        .value = 0.0 - e.value, .se = e.se, .lo = 0.0 - e.hi, .hi = 0.0 - e.lo, .n = e.n};
}

static void put_difference(const hr_weighing *w, int a, int b, hr_criterion c)
{
    const double *first = sum_row(w, a, c), *second = sum_row(w, b, c);
    double total = 0.0;
    for (uint64_t i = 0; i < w->g->paths; i++) {
        w->value[i] = first[i] - second[i];
        total += w->value[i];
    }
    hr_estimate e = over_worlds(w, w->value);
    if (of_chance(c)) { /* whole numbers: what is equal is exactly so */
        e = hr_weighing_of_chances(e);
        e.value = total / ((double)w->g->paths * (double)w->g->worlds);
    }
    const int n = w->g->strategies;
    w->out->difference[(a * n + b) * HR_CRITERIA + (int)c] = e;
    w->out->difference[(b * n + a) * HR_CRITERIA + (int)c] = turned(e);
}

/* sure: what the futures cannot tell from none is none. */
static bool dominates(const hr_weighing *w, int a, int b, bool sure)
{
    bool better = false;
    for (int c = 0; c < HR_CRITERIA && a != b; c++) {
        const hr_estimate e = *hr_weighed_difference(w->out, a, b, (hr_criterion)c);
        if (sure ? e.hi < 0.0 : e.value < 0.0)
            return false;
        better = better || (sure ? e.lo > 0.0 : e.value > 0.0);
    }
    return better;
}

static void put_dominance(const hr_weighing *w)
{
    const int n = w->g->strategies;
    for (int a = 0; a < n; a++)
        for (int b = a + 1; b < n; b++)
            for (int c = 0; c < HR_CRITERIA; c++)
                put_difference(w, a, b, (hr_criterion)c);
    for (int b = 0; b < n; b++) {
        bool undominated = true, surely = true;
        for (int a = 0; a < n; a++) {
            w->out->dominates[a * n + b] = dominates(w, a, b, false);
            undominated = undominated && !w->out->dominates[a * n + b];
            surely = surely && !dominates(w, a, b, true);
        }
        w->out->strategy[b].undominated = undominated;
        w->out->strategy[b].unsure = undominated != surely;
    }
}

void hr_weigh_over_worlds(const hr_weighing *w)
{
    take_sums(w);
    for (int s = 0; s < w->g->strategies; s++) {
        put_means(w, s);
        put_satisfied(w, s);
    }
    put_dominance(w);
}
