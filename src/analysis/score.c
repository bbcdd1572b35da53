/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of the figures that came, one by one and by metric, and how many of them the intervals
 * held. It must not know files or words. */
#include "analysis/score.h"

#include <stdlib.h>
#include <string.h>

#include "base/lanes.h"

const int HR_SCORE_INTERVAL_PCT[HR_SCORE_INTERVALS] = {50, 80, 90};

/* Quantiles at the ends of each interval. */
static const int LOW[HR_SCORE_INTERVALS] = {2, 1, 0}, HIGH[HR_SCORE_INTERVALS] = {4, 5, 6};
enum { MIDDLE = 3 };

static double size_of(double x) { return x < 0.0 ? -x : x; }

static bool is_figure(const hr_actual *a)
{
    return a->year >= 0 && !a->risk && HR_METRIC_ROWS[a->which].kind != HR_KIND_STATE;
}

static const hr_frozen_year *said_of(const hr_frozen *f, const hr_actual *a)
{
    if (a->school < 0)
        return &f->metric[a->which * f->years + a->year];
    const hr_frozen_school *school = &f->school[a->school];
    return a->which == HR_M_PUPILS ? &school->pupils[a->year] : &school->reserves_pct[a->year];
}

/* The last known value: what was given for the year before, else what the run was told. */
static hr_known known_of(const hr_frozen *f, const hr_actual *actual, int rows, const hr_actual *a)
{
    for (int i = 0; i < rows; i++)
        if (actual[i].year < 0 && !actual[i].risk && actual[i].which == a->which &&
            actual[i].school == a->school)
            return (hr_known){.value = actual[i].value, .origin = HR_KNOWN_GIVEN};
    if (a->school < 0)
        return f->known[a->which];
    const hr_known nothing = {.value = HR_UNKNOWN};
    return a->which == HR_M_PUPILS ? f->school[a->school].roll : nothing;
}

bool hr_score_list(hr_score_numbers *s, const hr_frozen *frozen, const hr_actual *actual, int rows,
                   hr_arena *arena)
{
    *s = (hr_score_numbers){.frozen = frozen};
    s->figure = HR_TAKE(arena, hr_score_figure, rows + 1);
    if (!s->figure)
        return false;
    for (int i = 0; i < rows; i++)
        if (is_figure(&actual[i]))
            s->figure[s->figures++] =
                (hr_score_figure){.actual = &actual[i],
                                  .said = said_of(frozen, &actual[i]),
                                  .known = known_of(frozen, actual, rows, &actual[i])};
    return true;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The defined futures of a figure in order; how many there are. */
static size_t sort_futures(const hr_score_figure *f, uint64_t paths, double *sorted)
{
    size_t n = 0;
    for (uint64_t i = 0; i < paths; i++)
        if (!hr_is_nan(f->futures[i]))
            sorted[n++] = f->futures[i];
    qsort(sorted, n, sizeof *sorted, ascending);
    return n;
}

static double error_pct(const hr_score_figure *f)
{
    const bool pct = strcmp(HR_METRIC_ROWS[f->actual->which].unit, "%") == 0;
    const bool sure = f->quantile[LOW[2]] > 0.0 || f->quantile[HIGH[2]] < 0.0;
    return pct || !sure ? HR_UNKNOWN : 100.0 * f->error / size_of(f->middle);
}

/* The naive forecast is the forecast itself, moved so that its middle is the last known value. What
 * happened is moved instead, which is the same. */
static double moved(const hr_score_figure *f)
{
    return f->actual->value - (f->known.value - f->middle);
}

static void score_futures(hr_score_figure *f, const double *sorted, size_t n)
{
    const double happened = f->actual->value;
    f->place = hr_place_futures(sorted, n, happened);
    f->crps = hr_crps_futures(sorted, n, happened);
    f->crps_naive = hr_is_nan(f->known.value) ? HR_UNKNOWN : hr_crps_futures(sorted, n, moved(f));
    for (int k = 0; k < HR_SCORE_INTERVALS; k++) {
        size_t held = 0;
        for (size_t i = 0; i < n; i++)
            held += sorted[i] >= f->quantile[LOW[k]] && sorted[i] <= f->quantile[HIGH[k]];
        f->chance[k] = (double)held / (double)n;
    }
}

static void score_quantiles(hr_score_figure *f)
{
    f->place = hr_place_quantiles(f->quantile, f->actual->value);
    f->crps = hr_crps_quantiles(f->quantile, f->actual->value);
    f->crps_naive =
        hr_is_nan(f->known.value) ? HR_UNKNOWN : hr_crps_quantiles(f->quantile, moved(f));
    for (int k = 0; k < HR_SCORE_INTERVALS; k++)
        f->chance[k] = HR_SCORE_INTERVAL_PCT[k] / 100.0;
}

/* Quantiles as the run gave them; those of a school, which it gave none of, from its futures. */
static void take_quantiles(hr_score_figure *f, const double *sorted, size_t n)
{
    for (int q = 0; q < HR_QUANTILES; q++) {
        const bool own = f->actual->school >= 0;
        f->quantile[q] = !own    ? f->said->quantile[q]
                         : n > 0 ? sorted[hr_quantile_ranks(n, HR_QUANTILE_P[q]).value]
                                 : HR_UNKNOWN;
    }
    f->spread = true;
    for (int q = 0; q < HR_QUANTILES; q++)
        f->spread = f->spread && !hr_is_nan(f->quantile[q]);
}

static void score_figure(hr_score_figure *f, uint64_t paths, double *sorted)
{
    const size_t n = f->futures ? sort_futures(f, paths, sorted) : 0;
    take_quantiles(f, sorted, n);
    f->middle = f->spread ? f->quantile[MIDDLE] : f->said->mean;
    f->error = f->actual->value - f->middle;
    f->error_pct = error_pct(f);
    f->crps = f->crps_naive = HR_UNKNOWN;
    f->place = (hr_place){.value = HR_UNKNOWN, .lo = HR_UNKNOWN, .hi = HR_UNKNOWN};
    if (!f->spread)
        return;
    for (int k = 0; k < HR_SCORE_INTERVALS; k++)
        f->inside[k] =
            f->actual->value >= f->quantile[LOW[k]] && f->actual->value <= f->quantile[HIGH[k]];
    if (n > 0)
        score_futures(f, sorted, n);
    else
        score_quantiles(f);
}

static hr_score_group *group_of(hr_score_numbers *s, const hr_actual *a)
{
    for (int g = 0; g < s->groups; g++)
        if (s->group[g].metric == a->which && s->group[g].of_schools == (a->school >= 0))
            return &s->group[g];
    s->group[s->groups] = (hr_score_group){.metric = a->which, .of_schools = a->school >= 0};
    return &s->group[s->groups++];
}

static void add_to_group(hr_score_group *g, const hr_score_figure *f)
{
    g->figures++;
    g->bias += f->error;
    if (!f->spread)
        return;
    g->spread++;
    g->crps += f->crps;
    for (int k = 0; k < HR_SCORE_INTERVALS; k++)
        g->hits[k] += f->inside[k];
    if (hr_is_nan(f->crps_naive))
        return;
    g->naive++;
    g->crps_shared += f->crps;
    g->crps_naive += f->crps_naive;
}

static double mean_of(double sum, int n) { return n ? sum / n : HR_UNKNOWN; }

static bool by_metric(hr_score_numbers *s, hr_arena *arena)
{
    s->group = HR_TAKE(arena, hr_score_group, s->figures + 1);
    if (!s->group)
        return false;
    for (int i = 0; i < s->figures; i++)
        add_to_group(group_of(s, s->figure[i].actual), &s->figure[i]);
    for (int i = 0; i < s->groups; i++) {
        hr_score_group *g = &s->group[i];
        g->bias = mean_of(g->bias, g->figures);
        g->crps = mean_of(g->crps, g->spread);
        g->crps_shared = mean_of(g->crps_shared, g->naive);
        g->crps_naive = mean_of(g->crps_naive, g->naive);
        g->skill =
            g->naive && g->crps_naive > 0.0 ? 1.0 - g->crps_shared / g->crps_naive : HR_UNKNOWN;
    }
    return true;
}

/* Each future in turn is taken for what happened: how often do the intervals hold 0, 1, 2, ... of
 * its figures? So the figures hang together as the forecast says they do. */
static hr_hits_range in_own_futures(const hr_score_numbers *s, int interval, uint64_t *whole,
                                    double *seen)
{
    memset(seen, 0, ((size_t)s->spread + 1) * sizeof *seen);
    *whole = 0;
    for (uint64_t path = 0; path < s->frozen->paths; path++) {
        int hits = 0;
        bool defined = true;
        for (int i = 0; i < s->figures && defined; i++) {
            const hr_score_figure *f = &s->figure[i];
            if (!f->spread)
                continue;
            const double value = f->futures[path];
            defined = !hr_is_nan(value);
            hits += value >= f->quantile[LOW[interval]] && value <= f->quantile[HIGH[interval]];
        }
        if (!defined)
            continue;
        seen[hits]++;
        ++*whole;
    }
    return *whole ? hr_hits_seen(seen, s->spread) : (hr_hits_range){.lo = -1, .hi = -1};
}

static bool count_hits(hr_score_numbers *s, hr_arena *arena)
{
    double *chance = HR_TAKE(arena, double, s->figures + 1);
    double *work = HR_TAKE(arena, double, s->figures + 2);
    if (!chance || !work)
        return false;
    for (int k = 0; k < HR_SCORE_INTERVALS; k++) {
        hr_score_interval *interval = &s->interval[k];
        int n = 0;
        for (int i = 0; i < s->figures; i++) {
            if (!s->figure[i].spread)
                continue;
            interval->hits += s->figure[i].inside[k];
            interval->expected += chance[n++] = s->figure[i].chance[k];
        }
        interval->share = hr_estimate_chance((uint64_t)interval->hits, (uint64_t)n);
        interval->independent = hr_hits_expected(chance, n, work);
        interval->own = s->futures && n ? in_own_futures(s, k, &s->whole, work)
                                        : (hr_hits_range){.lo = -1, .hi = -1};
    }
    return true;
}

bool hr_score_reckon(hr_score_numbers *s, const hr_actual *actual, int rows, hr_arena *arena)
{
    const uint64_t paths = s->frozen->paths;
    bool kept = false;
    for (int i = 0; i < s->figures; i++)
        kept = kept || s->figure[i].futures;
    double *sorted = kept ? malloc((size_t)paths * sizeof *sorted) : NULL;
    if (kept && !sorted)
        return false;
    s->futures = kept;
    for (int i = 0; i < s->figures; i++) {
        hr_score_figure *f = &s->figure[i];
        score_figure(f, paths, sorted);
        s->spread += f->spread;
        s->below += f->error < 0.0;
        s->futures = s->futures && (f->futures || !f->spread);
    }
    free(sorted);
    return by_metric(s, arena) && count_hits(s, arena) && hr_score_chances(s, actual, rows, arena);
}
