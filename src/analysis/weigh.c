/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies weighed over worlds. Sums over worlds are taken of sorted values, and sums over
 * futures along the fixed tree of leaves, so that no order of worlds can be seen in a number. */
#include "analysis/weigh.h"

#include <string.h>

#include "base/lanes.h"

/* What is worked in. */
typedef struct {
    const hr_grid *g;
    hr_weighed *out;
    double *value, *work; /* [paths] */
    hr_moments *leaf;     /* [leaves] */
    double *sum; /* [strategies][HR_CRITERIA][paths]: over worlds; NaN where one of the trusts has
                    ended in one of the worlds */
} weighing;

const hr_weighed_cell *hr_weighed_cell_of(const hr_weighed *w, int strategy, int world)
{
    return &w->cell[strategy * w->worlds + world];
}

static hr_weighed_cell *cell_of(const weighing *w, int strategy, int world)
{
    return &w->out->cell[strategy * w->out->worlds + world];
}

const hr_estimate *hr_weighed_difference(const hr_weighed *w, int first, int second,
                                         hr_criterion criterion)
{
    return &w->difference[(first * w->strategies + second) * HR_CRITERIA + (int)criterion];
}

static int row_of(const weighing *w, int strategy, int world)
{
    return strategy * w->g->worlds + world;
}

/* The mean of the defined among the values. */
static hr_estimate mean_of(const weighing *w, const double *value)
{
    return hr_estimate_mean(hr_moments_of(value, w->g->paths, w->leaf));
}

/* A difference the other way round. */
static hr_estimate turned(hr_estimate e)
{
    return (hr_estimate){.value = 0.0 - e.value, .se = e.se, .lo = 0.0 - e.hi, .hi = 0.0 - e.lo, .n = e.n};
}

/* Chances. */

static hr_estimate share_without(const uint8_t *mark, uint64_t paths)
{
    uint64_t count = 0;
    for (uint64_t i = 0; i < paths; i++)
        count += mark[i] == 0;
    return hr_estimate_chance(count, paths);
}

static void put_chances(const weighing *w, int s, int k)
{
    const hr_grid *g = w->g;
    const uint8_t *below = g->below[row_of(w, s, k)], *lacking = g->lacking[row_of(w, s, k)];
    hr_weighed_cell *cell = cell_of(w, s, k);
    uint64_t both = 0;
    for (uint64_t i = 0; i < g->paths; i++)
        both += below[i] == 0 && lacking[i] == 0;
    cell->kept = share_without(below, g->paths);
    cell->enough = share_without(lacking, g->paths);
    cell->both = hr_estimate_chance(both, g->paths);
}

/* The chance of not having the mark, of `to` less that of `from`, on the same futures. */
static hr_estimate paired(const weighing *w, const uint8_t *from, const uint8_t *to)
{
    uint64_t gained = 0, lost = 0;
    for (uint64_t i = 0; i < w->g->paths; i++) {
        gained += from[i] > to[i];
        lost += from[i] < to[i];
    }
    return hr_estimate_paired(gained, lost, w->g->paths);
}

/* The first strategy with the best chance in a world. */
static int best_of(const weighing *w, int k, bool of_days)
{
    int best = 0;
    for (int s = 1; s < w->g->strategies; s++) {
        const hr_weighed_cell *a = cell_of(w, s, k), *b = cell_of(w, best, k);
        if (of_days ? a->enough.value > b->enough.value : a->kept.value > b->kept.value)
            best = s;
    }
    return best;
}

static hr_estimate chance_regret(const weighing *w, const uint8_t *const *mark, int s, int best,
                                 int k)
{
    if (s == best)
        return (hr_estimate){.n = w->g->paths};
    return paired(w, mark[row_of(w, s, k)], mark[row_of(w, best, k)]);
}

static void put_chance_regrets(const weighing *w, int k)
{
    const int kept = best_of(w, k, false), enough = best_of(w, k, true);
    hr_weighed_world *world = &w->out->world[k];
    *world = (hr_weighed_world){.best = kept, .sure = true};
    for (int s = 0; s < w->g->strategies; s++) {
        hr_weighed_cell *cell = cell_of(w, s, k);
        cell->kept_regret = chance_regret(w, w->g->below, s, kept, k);
        cell->enough_regret = chance_regret(w, w->g->lacking, s, enough, k);
        world->equals += s != kept && cell->kept_regret.value == 0.0;
        world->sure = world->sure && (s == kept || cell->kept_regret.lo > 0.0);
    }
}

/* Pounds. */

/* How far the strategy is behind the best of each future; NaN where one has ended. */
static void regret_of(const weighing *w, int s, int k, double *out)
{
    const hr_grid *g = w->g;
    const double *own = g->reserves[row_of(w, s, k)];
    for (uint64_t i = 0; i < g->paths; i++)
        out[i] = own[i];
    for (int other = 0; other < g->strategies; other++) {
        const double *r = g->reserves[row_of(w, other, k)];
        for (uint64_t i = 0; i < g->paths; i++)
            out[i] = hr_is_nan(out[i]) || hr_is_nan(r[i]) ? HR_UNKNOWN : hr_max(out[i], r[i]);
    }
    for (uint64_t i = 0; i < g->paths; i++)
        out[i] -= own[i];
}

static void put_regret(const weighing *w, int s, int k)
{
    static const double MOST = 0.95;
    hr_weighed_cell *cell = cell_of(w, s, k);
    regret_of(w, s, k, w->value);
    cell->regret = mean_of(w, w->value);
    hr_quantiles(w->value, w->g->paths, &MOST, 1, w->work, &cell->regret_most);
}

/* The largest over worlds. */

typedef enum { OF_RESERVES, OF_KEPT, OF_ENOUGH } kind;

static hr_estimate regret_in(const weighing *w, kind which, int s, int k)
{
    const hr_weighed_cell *cell = cell_of(w, s, k);
    return which == OF_RESERVES ? cell->regret
           : which == OF_KEPT   ? cell->kept_regret
                                : cell->enough_regret;
}

static hr_weighed_worst worst_of(const weighing *w, kind which, int s)
{
    hr_weighed_worst worst = {.world = -1, .regret = hr_estimate_chance(0, 0)};
    for (int k = 0; k < w->g->worlds; k++) {
        const hr_estimate e = regret_in(w, which, s, k);
        if (!hr_is_nan(e.value) && (worst.world < 0 || e.value > worst.regret.value))
            worst = (hr_weighed_worst){.world = k, .regret = e};
    }
    return worst;
}

/* Of each future how far the strategy is behind in the world in which it is so most. */
static void take_worst(const weighing *w, kind which, int s, double *out)
{
    const hr_weighed_strategy *of = &w->out->strategy[s];
    const int k = which == OF_RESERVES ? of->reserves.world : of->kept.world;
    if (which == OF_RESERVES) {
        regret_of(w, s, k, out);
        return;
    }
    const uint8_t *own = w->g->below[row_of(w, s, k)];
    const uint8_t *best = w->g->below[row_of(w, w->out->world[k].best, k)];
    for (uint64_t i = 0; i < w->g->paths; i++)
        out[i] = (double)own[i] - (double)best[i];
}

static double largest(const weighing *w, kind which, int s)
{
    const hr_weighed_strategy *of = &w->out->strategy[s];
    return which == OF_RESERVES ? of->reserves.regret.value : of->kept.regret.value;
}

/* By how much the second least of the largest regrets is above the least. */
static hr_minimax minimax_of(const weighing *w, kind which)
{
    hr_minimax m = {.strategy = -1, .next = -1, .ahead = hr_estimate_chance(0, 0)};
    for (int s = 0; s < w->g->strategies; s++) {
        const double value = largest(w, which, s);
        if (hr_is_nan(value))
            continue;
        if (m.strategy < 0 || value < largest(w, which, m.strategy)) {
            m.next = m.strategy;
            m.strategy = s;
        } else if (m.next < 0 || value < largest(w, which, m.next)) {
            m.next = s;
        }
    }
    if (m.next < 0)
        return m;
    take_worst(w, which, m.next, w->value);
    take_worst(w, which, m.strategy, w->work);
    for (uint64_t i = 0; i < w->g->paths; i++)
        w->value[i] -= w->work[i];
    m.ahead = mean_of(w, w->value);
    return m;
}

/* Means over worlds. */

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

static double *sum_row(const weighing *w, int s, hr_criterion c)
{
    return w->sum + (uint64_t)(s * HR_CRITERIA + (int)c) * w->g->paths;
}

static double sum_of_column(const weighing *w, const double *const *column, int s, uint64_t path)
{
    double value[HR_GRID_WORLDS_MOST], sum = 0.0;
    for (int k = 0; k < w->g->worlds; k++)
        value[k] = column[row_of(w, s, k)][path];
    sort(value, w->g->worlds);
    for (int k = 0; k < w->g->worlds; k++)
        sum += value[k];
    return sum;
}

static double worlds_without(const weighing *w, const uint8_t *const *mark, int s, uint64_t path)
{
    double sum = 0.0;
    for (int k = 0; k < w->g->worlds; k++)
        sum += mark[row_of(w, s, k)][path] == 0 ? 1.0 : 0.0;
    return sum;
}

static void take_sums(const weighing *w)
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
static hr_estimate over_worlds(const weighing *w, const double *sum)
{
    const double worlds = (double)w->g->worlds;
    hr_estimate e = mean_of(w, sum);
    e.value /= worlds;
    e.se /= worlds;
    e.lo /= worlds;
    e.hi /= worlds;
    return e;
}

/* A share of futures, of sums of 0 or 1 over worlds: inside [0, 1], and with an error of its own
 * where no future differs. */
static hr_estimate share_over_worlds(const weighing *w, const double *sum)
{
    const uint64_t paths = w->g->paths;
    double total = 0.0;
    for (uint64_t i = 0; i < paths; i++)
        total += sum[i];
    const double all = (double)paths * (double)w->g->worlds;
    if (total == 0.0 || total == all)
        return hr_estimate_chance(total == 0.0 ? 0 : paths, paths);
    hr_estimate e = over_worlds(w, sum);
    e.value = total / all;
    e.lo = hr_max(e.lo, 0.0);
    e.hi = hr_min(e.hi, 1.0);
    return e;
}

static bool of_chance(hr_criterion c) { return c == HR_CRITERION_KEPT || c == HR_CRITERION_ENOUGH; }

static void put_means(const weighing *w, int s)
{
    hr_weighed_strategy *of = &w->out->strategy[s];
    for (int c = 0; c < HR_CRITERIA; c++) {
        const double *sum = sum_row(w, s, (hr_criterion)c);
        of->criterion[c] =
            of_chance((hr_criterion)c) ? share_over_worlds(w, sum) : over_worlds(w, sum);
    }
}

/* Worlds in which a future satisfies, and in which it meets the plan's targets too. */
static void put_satisfied(const weighing *w, int s)
{
    const hr_grid *g = w->g;
    bool asked = true;
    for (int plan = 0; plan < 2; plan++) {
        for (uint64_t i = 0; i < g->paths; i++)
            w->value[i] = 0.0;
        for (int k = 0; k < g->worlds; k++) {
            const int row = row_of(w, s, k);
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

static void put_difference(const weighing *w, int a, int b, hr_criterion c)
{
    const double *first = sum_row(w, a, c), *second = sum_row(w, b, c);
    double total = 0.0;
    for (uint64_t i = 0; i < w->g->paths; i++) {
        w->value[i] = first[i] - second[i];
        total += w->value[i];
    }
    hr_estimate e = over_worlds(w, w->value);
    if (of_chance(c)) /* whole numbers: what is equal is exactly so */
        e.value = total / ((double)w->g->paths * (double)w->g->worlds);
    const int n = w->g->strategies;
    w->out->difference[(a * n + b) * HR_CRITERIA + (int)c] = e;
    w->out->difference[(b * n + a) * HR_CRITERIA + (int)c] = turned(e);
}

/* sure: what the futures cannot tell from none is none. */
static bool dominates(const weighing *w, int a, int b, bool sure)
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

static void put_dominance(const weighing *w)
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

/* All of it. */

static bool take_memory(weighing *w, hr_arena *arena, hr_arena *own)
{
    const hr_grid *g = w->g;
    const size_t s = (size_t)g->strategies, k = (size_t)g->worlds;
    hr_weighed *out = w->out;
    *out = (hr_weighed){.strategies = g->strategies, .worlds = g->worlds, .paths = g->paths};
    out->cell = HR_TAKE(arena, hr_weighed_cell, s * k);
    out->world = HR_TAKE(arena, hr_weighed_world, k);
    out->strategy = HR_TAKE(arena, hr_weighed_strategy, s);
    out->difference = HR_TAKE(arena, hr_estimate, s * s * HR_CRITERIA);
    out->dominates = HR_TAKE(arena, bool, s *s);
    w->value = HR_TAKE(own, double, g->paths);
    w->work = HR_TAKE(own, double, g->paths);
    w->leaf = HR_TAKE(own, hr_moments, g->paths / HR_LEAF + 1);
    w->sum = HR_TAKE(own, double, s *HR_CRITERIA * g->paths);
    return out->cell && out->world && out->strategy && out->difference && out->dominates &&
           w->value && w->work && w->leaf && w->sum;
}

static void weigh(weighing *w)
{
    const hr_grid *g = w->g;
    for (int s = 0; s < g->strategies; s++)
        for (int k = 0; k < g->worlds; k++) {
            put_chances(w, s, k);
            put_regret(w, s, k);
        }
    for (int k = 0; k < g->worlds; k++)
        put_chance_regrets(w, k);
    for (int s = 0; s < g->strategies; s++) {
        hr_weighed_strategy *of = &w->out->strategy[s];
        of->reserves = worst_of(w, OF_RESERVES, s);
        of->kept = worst_of(w, OF_KEPT, s);
        of->enough = worst_of(w, OF_ENOUGH, s);
        put_satisfied(w, s);
    }
    w->out->reserves = minimax_of(w, OF_RESERVES);
    w->out->kept = minimax_of(w, OF_KEPT);
    take_sums(w);
    for (int s = 0; s < g->strategies; s++)
        put_means(w, s);
    put_dominance(w);
}

bool hr_weigh(hr_weighed *out, const hr_grid *g, hr_arena *arena)
{
    weighing w = {.g = g, .out = out};
    hr_arena *own = hr_arena_new();
    const bool taken = own != NULL && take_memory(&w, arena, own);
    if (taken)
        weigh(&w);
    hr_arena_free(own);
    return taken;
}
