/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies weighed in each world: chances, regret, the largest of it and the least of that. It
 * must not know scenarios. */
#include "analysis/weighing.h"

#include "base/lanes.h"

const hr_weighed_cell *hr_weighed_cell_of(const hr_weighed *w, int strategy, int world)
{
    return &w->cell[strategy * w->worlds + world];
}

static hr_weighed_cell *cell_of(const hr_weighing *w, int strategy, int world)
{
    return &w->out->cell[strategy * w->out->worlds + world];
}

const hr_estimate *hr_weighed_difference(const hr_weighed *w, int first, int second,
                                         hr_criterion criterion)
{
    return &w->difference[(first * w->strategies + second) * HR_CRITERIA + (int)criterion];
}

/* Chances. */

static hr_estimate share_without(const uint8_t *mark, uint64_t paths)
{
    uint64_t count = 0;
    for (uint64_t i = 0; i < paths; i++)
        count += mark[i] == 0;
    return hr_estimate_chance(count, paths);
}

static void put_chances(const hr_weighing *w, int s, int k)
{
    const hr_grid *g = w->g;
    const uint8_t *below = g->below[hr_weighing_row(w, s, k)],
                  *lacking = g->lacking[hr_weighing_row(w, s, k)];
    hr_weighed_cell *cell = cell_of(w, s, k);
    uint64_t both = 0;
    for (uint64_t i = 0; i < g->paths; i++)
        both += below[i] == 0 && lacking[i] == 0;
    cell->kept = share_without(below, g->paths);
    cell->enough = share_without(lacking, g->paths);
    cell->both = hr_estimate_chance(both, g->paths);
}

/* The chance of not having the mark, of `to` less that of `from`, on the same futures. */
static hr_estimate paired(const hr_weighing *w, const uint8_t *from, const uint8_t *to)
{
    uint64_t gained = 0, lost = 0;
    for (uint64_t i = 0; i < w->g->paths; i++) {
        gained += from[i] > to[i];
        lost += from[i] < to[i];
    }
    return hr_estimate_paired(gained, lost, w->g->paths);
}

/* The first strategy with the best chance in a world. */
static int best_of(const hr_weighing *w, int k, bool of_days)
{
    int best = 0;
    for (int s = 1; s < w->g->strategies; s++) {
        const hr_weighed_cell *a = cell_of(w, s, k), *b = cell_of(w, best, k);
        if (of_days ? a->enough.value > b->enough.value : a->kept.value > b->kept.value)
            best = s;
    }
    return best;
}

static hr_estimate chance_regret(const hr_weighing *w, const uint8_t *const *mark, int s, int best,
                                 int k)
{
    if (s == best)
        return (hr_estimate){.n = w->g->paths};
    return paired(w, mark[hr_weighing_row(w, s, k)], mark[hr_weighing_row(w, best, k)]);
}

static void put_chance_regrets(const hr_weighing *w, int k)
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
static void regret_of(const hr_weighing *w, int s, int k, double *out)
{
    const hr_grid *g = w->g;
    const double *own = g->reserves[hr_weighing_row(w, s, k)];
    for (uint64_t i = 0; i < g->paths; i++)
        out[i] = own[i];
    for (int other = 0; other < g->strategies; other++) {
        const double *r = g->reserves[hr_weighing_row(w, other, k)];
        for (uint64_t i = 0; i < g->paths; i++)
            out[i] = hr_is_nan(out[i]) || hr_is_nan(r[i]) ? HR_UNKNOWN : hr_max(out[i], r[i]);
    }
    for (uint64_t i = 0; i < g->paths; i++)
        out[i] -= own[i];
}

static void put_regret(const hr_weighing *w, int s, int k)
{
    static const double MOST = 0.95;
    hr_weighed_cell *cell = cell_of(w, s, k);
    regret_of(w, s, k, w->value);
    cell->regret = hr_weighing_mean(w, w->value);
    hr_quantiles(w->value, w->g->paths, &MOST, 1, w->work, &cell->regret_most);
}

/* The largest over worlds. */

typedef enum { OF_RESERVES, OF_KEPT, OF_ENOUGH } kind;

static hr_estimate regret_in(const hr_weighing *w, kind which, int s, int k)
{
    const hr_weighed_cell *cell = cell_of(w, s, k);
    return which == OF_RESERVES ? cell->regret
           : which == OF_KEPT   ? cell->kept_regret
                                : cell->enough_regret;
}

static hr_weighed_worst worst_of(const hr_weighing *w, kind which, int s)
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
static void take_worst(const hr_weighing *w, kind which, int s, double *out)
{
    const hr_weighed_strategy *of = &w->out->strategy[s];
    const int k = which == OF_RESERVES ? of->reserves.world : of->kept.world;
    if (which == OF_RESERVES) {
        regret_of(w, s, k, out);
        return;
    }
    const uint8_t *own = w->g->below[hr_weighing_row(w, s, k)];
    const uint8_t *best = w->g->below[hr_weighing_row(w, w->out->world[k].best, k)];
    for (uint64_t i = 0; i < w->g->paths; i++)
        out[i] = (double)own[i] - (double)best[i];
}

static double largest(const hr_weighing *w, kind which, int s)
{
    const hr_weighed_strategy *of = &w->out->strategy[s];
    return which == OF_RESERVES ? of->reserves.regret.value : of->kept.regret.value;
}

/* By how much the second least of the largest regrets is above the least. */
static hr_minimax minimax_of(const hr_weighing *w, kind which)
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
    if (largest(w, which, m.strategy) == 0.0) { /* never behind: then ahead is how far next is */
        const hr_weighed_strategy *next = &w->out->strategy[m.next];
        m.ahead = which == OF_RESERVES ? next->reserves.regret : next->kept.regret;
        return m;
    }
    take_worst(w, which, m.next, w->value);
    take_worst(w, which, m.strategy, w->work);
    for (uint64_t i = 0; i < w->g->paths; i++)
        w->value[i] -= w->work[i];
    const hr_estimate ahead = hr_weighing_mean(w, w->value);
    m.ahead = which == OF_RESERVES ? ahead : hr_weighing_of_chances(ahead);
    return m;
}

/* All of it. */

static bool take_memory(hr_weighing *w, hr_arena *arena, hr_arena *own)
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

static void weigh(hr_weighing *w)
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
    }
    w->out->reserves = minimax_of(w, OF_RESERVES);
    w->out->kept = minimax_of(w, OF_KEPT);
    hr_weigh_over_worlds(w);
}

bool hr_weigh(hr_weighed *out, const hr_grid *g, hr_arena *arena)
{
    hr_weighing w = {.g = g, .out = out};
    hr_arena *own = hr_arena_new();
    const bool taken = own != NULL && take_memory(&w, arena, own);
    if (taken)
        weigh(&w);
    hr_arena_free(own);
    return taken;
}
