/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of stresses from what was kept of every future. It must not know how it came about.
 */
#include "analysis/stress_hold.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/held.h"

const hr_metric HR_STRESS_METRIC[HR_STRESS_MEANS] = {[HR_STRESS_PUPILS] = HR_M_PUPILS,
                                                     [HR_STRESS_TOPSLICE] = HR_M_TOPSLICE_INCOME,
                                                     [HR_STRESS_RESERVES] = HR_M_RESERVES,
                                                     [HR_STRESS_RESERVES_PCT] = HR_M_RESERVES_PCT,
                                                     [HR_STRESS_DAYS] = HR_M_CAPACITY_USE_PCT};

typedef struct {
    hr_stresses *out;
    const hr_cases *ran;
    const hr_case_column *column;
    uint8_t *in, *all_in, *other;   /* [paths] of a band, of all bands, scratch */
    double *work, *met_first, *met; /* [paths] scratch; targets met by the base and by a case */
} holding;

/* What is held: a case, over the futures of `in` (NULL: all). */
typedef struct {
    int which;
    const uint8_t *in;
} held;

/* The target of a case that asks what target q of the base asks, or -1. */
static int twin_of(const holding *h, int which, int q)
{
    const hr_result *base = h->out->opened[0], *other = h->out->opened[which];
    for (int k = 0; k < other->targets; k++)
        if (strcmp(base->target[q].id, other->target[k].id) == 0 &&
            strcmp(base->target[q].expr, other->target[k].expr) == 0)
            return k;
    return -1;
}

/* The base's mark among those of a case, or -1. All targets together are the same where each has
 * its twin and there is none besides. */
static int mark_of(const holding *h, int which, int mark)
{
    const int targets = h->out->opened[0]->targets, others = h->out->opened[which]->targets;
    if (mark < hr_mark_target(0))
        return mark;
    if (mark < hr_mark_of_all(targets, HR_ALL_TARGETS)) {
        const int twin = twin_of(h, which, mark - hr_mark_target(0));
        return twin < 0 ? -1 : hr_mark_target(twin);
    }
    for (int q = 0; q < targets; q++)
        if (twin_of(h, which, q) < 0)
            return -1;
    const int all = mark - hr_mark_of_all(targets, HR_ALL_TARGETS);
    return targets == others ? hr_mark_of_all(others, (hr_mark_all)all) : -1;
}

/* Targets of a kind that there are. */
static bool is_asked(const hr_result *r, int mark)
{
    const int first = hr_mark_of_all(r->targets, HR_ALL_TARGETS);
    const hr_estimate all[HR_ALLS] = {r->targets_all, r->plan_targets_all, r->our_targets_all};
    return mark < first || all[mark - first].n > 0;
}

static void count_met(const holding *h, int which, double *met)
{
    const uint64_t n = h->ran->paths;
    memset(met, 0, n * sizeof *met);
    for (int q = 0; q < h->out->opened[0]->targets; q++) {
        const int twin = twin_of(h, which, q);
        if (twin < 0)
            continue;
        const uint8_t *mark = hr_case_mark(h->ran, which, hr_mark_target(twin));
        for (uint64_t i = 0; i < n; i++)
            met[i] += mark[i];
    }
}

static void hold_chances(const holding *h, held of, hr_stress_figures *f)
{
    const hr_result *base = h->out->base;
    const uint64_t n = h->ran->paths;
    for (int m = 0; m < hr_marks(base->targets); m++) {
        const int mark = mark_of(h, of.which, m);
        f->p[m] = f->more[m] = hr_estimate_chance(0, 0);
        if (mark < 0 || !is_asked(base, m))
            continue;
        const uint8_t *second = hr_case_mark(h->ran, of.which, mark);
        f->p[m] = hr_held_chance(second, of.in, n);
        f->more[m] = hr_held_chance_more(hr_case_mark(h->ran, 0, m), second, of.in, n);
    }
}

static void hold_means(const holding *h, held of, hr_stress_figures *f)
{
    const uint64_t n = h->ran->paths;
    for (int m = 0; m < HR_STRESS_MEANS; m++) {
        const double *second = hr_case_column_of(h->ran, of.which, m);
        f->mean[m] = hr_held_mean(second, of.in, n);
        f->mean_more[m] = hr_held_mean_more(hr_case_column_of(h->ran, 0, m), second, of.in, n);
    }
    const double *met = of.which == 0 ? h->met_first : h->met;
    if (of.which != 0)
        count_met(h, of.which, h->met);
    f->met = hr_held_mean(met, of.in, n);
    f->met_more = hr_held_mean_more(h->met_first, met, of.in, n);
}

static void mark_differing(const holding *h, const void *first, const void *second, size_t bytes)
{
    for (uint64_t i = 0; i < h->ran->paths; i++)
        h->other[i] |=
            memcmp((const char *)first + i * bytes, (const char *)second + i * bytes, bytes) != 0;
}

/* Futures of a case in which anything that is kept is another's than in the base. */
static uint64_t differing(const holding *h, int which)
{
    uint64_t differ = 0;
    memset(h->other, 0, h->ran->paths);
    for (int m = 0; m < hr_marks(h->out->base->targets); m++) {
        const int mark = mark_of(h, which, m);
        if (mark >= 0)
            mark_differing(h, hr_case_mark(h->ran, 0, m), hr_case_mark(h->ran, which, mark), 1);
    }
    for (int j = 0; j < HR_STRESS_MEANS; j++)
        mark_differing(h, hr_case_column_of(h->ran, 0, j), hr_case_column_of(h->ran, which, j),
                       sizeof(double));
    for (uint64_t i = 0; i < h->ran->paths; i++)
        differ += h->other[i];
    return differ;
}

static bool hold(const holding *h, held of, hr_stress_figures *f, uint64_t futures, uint64_t differ)
{
    const size_t marks = (size_t)hr_marks(h->out->base->targets);
    *f = (hr_stress_figures){.n = futures,
                             .differ = differ,
                             .p = HR_TAKE(h->out->arena, hr_estimate, marks),
                             .more = HR_TAKE(h->out->arena, hr_estimate, marks)};
    if (f->p == NULL || f->more == NULL)
        return false;
    hold_chances(h, of, f);
    hold_means(h, of, f);
    return true;
}

/* The futures of a band, which the bands before it may have had too. */
static bool hold_band(const holding *h, hr_stress_result *stress)
{
    const uint64_t n = h->ran->paths;
    int column = 0;
    while (h->column[column].metric != hr_case_average(stress->average).metric)
        column++;
    const uint64_t found =
        hr_held_band(hr_case_column_of(h->ran, 0, column), n, stress->of->from_pct,
                     stress->of->to_pct, &stress->low, &stress->high, h->in, h->work);
    for (uint64_t i = 0; i < n; i++)
        h->all_in[i] &= h->in[i];
    return hold(h, (held){.in = h->in}, &stress->figures, found, n - found);
}

/* What is asked of all together, over the futures that count for it. */
static void put_limits(const holding *h, held together)
{
    hr_result *asked = h->out->opened[together.which];
    int mark = hr_marks(asked->targets);
    for (int i = 0; i < asked->limits; i++)
        for (int k = 0; k < asked->limit[i].statement.clauses; k++, mark++)
            hr_limit_put(&asked->limit[i], k,
                         hr_held_chance(hr_case_mark(h->ran, together.which, mark), together.in,
                                        h->ran->paths));
}

static bool hold_together(const holding *h)
{
    hr_stresses *s = h->out;
    const uint64_t n = h->ran->paths;
    for (uint64_t i = 0; i < n; i++)
        s->in_all_bands += h->all_in[i];
    s->banded = s->bands > 0 && s->in_all_bands >= HR_STRESS_TOGETHER;
    const held of = {.which = s->scenarios - 1, .in = s->banded ? h->all_in : NULL};
    put_limits(h, of);
    return hold(h, of, &s->together, s->banded ? s->in_all_bands : n, differing(h, of.which));
}

static bool hold_all(const holding *h)
{
    hr_stresses *s = h->out;
    int which = 0;
    count_met(h, 0, h->met_first);
    memset(h->all_in, 1, h->ran->paths);
    bool held_all = hold(h, (held){.which = 0}, &s->of_base, h->ran->paths, 0);
    for (int i = 0; i < s->stresses && held_all; i++) {
        hr_stress_result *stress = &s->stress[i];
        if (stress->average >= 0) {
            held_all = hold_band(h, stress);
            continue;
        }
        which++;
        held_all =
            hold(h, (held){.which = which}, &stress->figures, h->ran->paths, differing(h, which));
    }
    return held_all && hold_together(h);
}

bool hr_stress_hold(hr_stresses *s, const hr_cases *ran, const hr_case_column *column)
{
    const uint64_t n = ran->paths;
    const holding h = {.out = s,
                       .ran = ran,
                       .column = column,
                       .in = malloc(n),
                       .all_in = malloc(n),
                       .other = malloc(n),
                       .work = malloc(n * sizeof(double)),
                       .met_first = malloc(n * sizeof(double)),
                       .met = malloc(n * sizeof(double))};
    const bool done = h.in != NULL && h.all_in != NULL && h.other != NULL && h.work != NULL &&
                      h.met_first != NULL && h.met != NULL && hold_all(&h);
    free(h.in);
    free(h.all_in);
    free(h.other);
    free(h.work);
    free(h.met_first);
    free(h.met);
    return done;
}
