/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates of differences from moments, whole numbers and columns. Only exact operations, since
 * all of it goes into results.json. It must not know how it was gathered, nor how it will be
 * written. */
#include "analysis/summarise.h"

#include "base/histogram.h"
#include "base/lanes.h"
#include "os/pool.h"

typedef struct {
    const hr_paired *of;
    const hr_pair_tally *tally;
    const hr_histogram *histogram;
    double *scratch; /* [threads][2][paths] */
    hr_pair_result *out;
    bool same; /* no number of any future differs */
} summary;

static hr_moments moments_of(const summary *u, int column)
{
    const hr_pair *p = u->of->pair;
    return hr_moments_tree(p->moments + (size_t)column * p->first->jobs, (size_t)u->of->jobs);
}

static hr_estimate mean_of(const summary *u, int column)
{
    return hr_estimate_mean(moments_of(u, column));
}

/* A difference of chances. Where not one number of any future differs there is none, and the score
 * has nothing to judge. */
static hr_estimate difference(const summary *u, const uint64_t *sides, uint64_t n)
{
    if (u->same && n > 0)
        return (hr_estimate){.value = 0.0, .se = 0.0, .lo = 0.0, .hi = 0.0, .n = n};
    return hr_estimate_paired(sides[HR_GAINED], sides[HR_LOST], n);
}

/* Metrics: one column each, several at once. */

static void put_quantiles(const summary *u, int worker, int column, hr_difference *out)
{
    if (u->histogram != NULL) {
        hr_histogram_quantiles(&u->histogram[column], HR_QUANTILE_P, HR_QUANTILES, out->quantile);
        return;
    }
    const uint64_t paths = u->of->first->paths;
    const double *first = u->of->first->column + (size_t)column * paths;
    const double *second = u->of->second->column + (size_t)column * paths;
    double *more = u->scratch + (size_t)worker * 2 * paths;
    for (uint64_t i = 0; i < paths; i++)
        more[i] = second[i] - first[i];
    hr_quantiles(more, (size_t)paths, HR_QUANTILE_P, HR_QUANTILES, more + paths, out->quantile);
}

static void put_states(const summary *u, int column, hr_difference *out)
{
    const hr_estimate none = hr_estimate_chance(0, 0);
    out->n = u->tally->stated[column];
    out->mean = out->higher = out->equal = out->lower = out->higher_by = out->lower_by = none;
    out->sd = HR_UNKNOWN;
    for (int q = 0; q < HR_QUANTILES; q++)
        out->quantile[q] = none;
    for (int i = 0; i < 3; i++)
        out->state[i] = difference(u, u->tally->state + HR_SIDES * (3 * column + i), out->n);
}

static void put_metric(void *user, int worker, uint64_t job)
{
    const summary *u = user;
    const int years = u->of->first->years, column = (int)job;
    const int metric = column / years, year = column % years;
    hr_difference *out = &u->out->metric[column];
    if (HR_METRIC_ROWS[metric].kind == HR_KIND_STATE) {
        put_states(u, column, out);
        return;
    }
    const hr_pair *p = u->of->pair;
    const hr_moments all = moments_of(u, hr_pair_column_metric(p, HR_PAIR_ALL, metric, year));
    const hr_moments up = moments_of(u, hr_pair_column_metric(p, HR_PAIR_HIGHER, metric, year));
    const hr_moments down = moments_of(u, hr_pair_column_metric(p, HR_PAIR_LOWER, metric, year));
    out->n = all.n;
    out->mean = hr_estimate_mean(all);
    out->sd = hr_moments_sd(all);
    out->higher = hr_estimate_chance(up.n, all.n);
    out->lower = hr_estimate_chance(down.n, all.n);
    out->equal = hr_estimate_chance(all.n - up.n - down.n, all.n);
    out->higher_by = hr_estimate_mean(up);
    out->lower_by = hr_estimate_mean(down);
    for (int i = 0; i < 3; i++)
        out->state[i] = hr_estimate_chance(0, 0);
    put_quantiles(u, worker, column, out);
}

/* Chances. */

static bool put_risks(const summary *u, hr_arena *arena)
{
    const int years = u->of->first->years;
    const uint64_t paths = u->of->first->paths;
    for (int k = 0; k < HR_RISKS; k++) {
        hr_risk_difference *out = &u->out->risk[k];
        out->year = HR_TAKE(arena, hr_estimate, years);
        if (out->year == NULL)
            return false;
        for (int t = 0; t < years; t++)
            out->year[t] = difference(u, u->tally->risk + HR_SIDES * (k * years + t), paths);
        out->any = difference(u, u->tally->any + HR_SIDES * k, paths);
    }
    return true;
}

static bool put_targets(const summary *u, hr_arena *arena)
{
    const hr_pair *p = u->of->pair;
    const uint64_t paths = u->of->first->paths;
    const bool alike =
        p->targets > 0 && p->targets == p->first->targets && p->targets == p->second->targets;
    u->out->targets = p->targets;
    u->out->target = HR_TAKE(arena, hr_target_difference, p->targets);
    if (u->out->target == NULL)
        return false;
    for (int q = 0; q < p->targets; q++)
        u->out->target[q] =
            (hr_target_difference){.first = p->target[q][0],
                                   .second = p->target[q][1],
                                   .p = difference(u, u->tally->met + HR_SIDES * q, paths)};
    u->out->targets_all = difference(u, u->tally->all, alike ? paths : 0);
    return true;
}

/* The bridge. */

int64_t hr_whole_pounds(double value) { return (int64_t)hr_floor(value + 0.5); }

void hr_round_to_add_up(const double *value, int n, int64_t sum, int64_t *pounds)
{
    int64_t left = sum;
    for (int i = 0; i < n; i++) {
        pounds[i] = hr_whole_pounds(value[i]);
        left -= pounds[i];
    }
    for (; left != 0; left -= left > 0 ? 1 : -1) {
        const double way = left > 0 ? 1.0 : -1.0;
        int most = 0;
        for (int i = 1; i < n; i++)
            if (way * (value[i] - (double)pounds[i]) > way * (value[most] - (double)pounds[most]))
                most = i;
        pounds[most] += left > 0 ? 1 : -1;
    }
}

static void put_bridge(const summary *u)
{
    const int last = u->of->first->years - 1;
    const hr_estimate more = u->out->metric[HR_M_RESERVES * (last + 1) + last].mean;
    const hr_estimate end = mean_of(u, hr_pair_column_end(u->of->pair));
    double value[HR_BRIDGES];
    for (int row = 0; row < HR_BRIDGES; row++) {
        u->out->bridge[row] = mean_of(u, hr_pair_column_bridge(u->of->pair, row));
        value[row] = u->out->bridge[row].value;
    }
    if (more.n == 0)
        return;
    u->out->pounds_first = hr_whole_pounds(end.value);
    u->out->pounds_second = hr_whole_pounds(end.value + more.value);
    hr_round_to_add_up(value, HR_BRIDGES, u->out->pounds_second - u->out->pounds_first,
                       u->out->pounds);
}

/* Dominance of reserves at the end, over the futures in which both are defined. */

static int reserves_column(const summary *u)
{
    const int years = u->of->first->years;
    return HR_M_RESERVES * years + years - 1;
}

static void quantiles_of_both(const summary *u, const hr_result *r, hr_estimate out[HR_LEVELS])
{
    const size_t at = (size_t)reserves_column(u) * r->paths;
    const double *first = u->of->first->column + at, *second = u->of->second->column + at;
    double *value = u->scratch, share[HR_LEVELS];
    for (int i = 0; i < HR_LEVELS; i++)
        share[i] = hr_level_share(i);
    for (uint64_t i = 0; i < r->paths; i++)
        value[i] = hr_is_nan(first[i]) || hr_is_nan(second[i]) ? HR_UNKNOWN : r->column[at + i];
    hr_quantiles(value, (size_t)r->paths, share, HR_LEVELS, value + r->paths, out);
}

/* From the columns, which hold every future. */
static bool count_levels(const summary *u, hr_dominance *d, hr_arena *arena)
{
    const uint64_t paths = u->of->first->paths;
    const size_t at = (size_t)reserves_column(u) * paths;
    hr_moments *leaf = HR_TAKE(arena, hr_moments, paths / HR_LEAF + 1);
    hr_estimate quantile[2][HR_LEVELS];
    double level[HR_LEVELS];
    quantiles_of_both(u, u->of->first, quantile[0]);
    quantiles_of_both(u, u->of->second, quantile[1]);
    hr_levels_between(quantile[0], quantile[1], level);
    for (int i = 0; leaf != NULL && i < HR_LEVELS; i++) {
        d->at[i].level = level[i];
        hr_level_count(level[i], u->of->first->column + at, u->of->second->column + at,
                       (size_t)paths, &d->at[i].gained, &d->at[i].lost, u->scratch);
        d->at[i].less = hr_estimate_mean(hr_moments_of(u->scratch, paths, leaf));
    }
    return leaf != NULL;
}

static bool put_dominance(const summary *u, hr_arena *arena)
{
    const hr_difference *end = &u->out->metric[reserves_column(u)];
    const hr_pair *p = u->of->pair;
    hr_dominance d = {.n = end->n};
    if (p->level == NULL && !count_levels(u, &d, arena))
        return false;
    for (int i = 0; p->level != NULL && i < HR_LEVELS; i++)
        d.at[i] = (hr_level){.level = p->level[i],
                             .gained = u->tally->reach[HR_SIDES * i + HR_GAINED],
                             .lost = u->tally->reach[HR_SIDES * i + HR_LOST],
                             .less = mean_of(u, hr_pair_column_level(p, i))};
    hr_dominance_judge(&d, end->mean);
    if (end->n > 0 && end->equal.value == 1.0)
        d.by_order = d.by_means = HR_DOMINATES_EQUAL;
    u->out->reserves = d;
    return true;
}

hr_pair_result *hr_summarise_pair(const hr_paired *paired, hr_pair_collector *const *collector,
                                  int collectors, double *scratch, hr_arena *arena)
{
    const int columns = HR_METRICS * paired->first->years;
    for (int i = 1; i < collectors; i++) {
        hr_pair_tally_add(&collector[0]->tally, &collector[i]->tally);
        for (int column = 0; collector[0]->histogram != NULL && column < columns; column++)
            hr_histogram_merge(&collector[0]->histogram[column], &collector[i]->histogram[column]);
    }
    hr_pair_result *out = HR_TAKE(arena, hr_pair_result, 1);
    summary u = {.of = paired,
                 .tally = &collector[0]->tally,
                 .histogram = collector[0]->histogram,
                 .scratch = scratch,
                 .out = out};
    if (out == NULL || (out->metric = HR_TAKE(arena, hr_difference, columns)) == NULL)
        return NULL;
    out->differ = u.tally->differ[0];
    u.same = out->differ == 0;
    if (!put_risks(&u, arena) || !put_targets(&u, arena))
        return NULL;
    hr_pool_run(&(hr_pool_job){
        .threads = paired->threads, .jobs = (uint64_t)columns, .work = put_metric, .user = &u});
    put_bridge(&u);
    out->fall = mean_of(&u, hr_pair_column_fall(paired->pair));
    return put_dominance(&u, arena) ? out : NULL;
}
