/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Months in which schools join, future by future. No table of a run has them, so a batch of futures
 * is opened and taken through its years here, by the engine's own steps. It must not know what real
 * trusts did. */
#include <stdlib.h>

#include "base/lanes.h"
#include "calibration/joins_months.h"
#include "config/scenario.h"
#include "domain/batch.h"
#include "domain/ledger.h"
#include "domain/steps.h"
#include "engine/year.h"

enum { LANES = 256 };

static void open(hr_batch *b, const hr_plan *plan, uint64_t first_path, hr_arena *arena)
{
    if (!hr_batch_lay_out(b, plan, LANES, arena))
        calibration_stop("memory is short");
    b->luck = (hr_luck){.seed = TRIAL_SEED, .first_path = first_path, .lanes = LANES};
    b->year = plan->start_year;
    hr_fill(b->depth, HR_UNKNOWN, HR_RISKS * LANES);
    hr_settings_open(b);
    hr_settings_plain(b);
    hr_world_open(b);
    hr_settings_growing(b);
    hr_open_schools(b);
    hr_open_joining(b);
    hr_open_trust(b);
}

static void run_years(hr_batch *b)
{
    for (int year = 0; year < b->plan->years; year++) {
        b->t = year;
        b->year = b->plan->start_year + year;
        hr_ledger_open_year(b);
        for (int step = 0; step < HR_YEAR_STEPS; step++)
            HR_YEAR[step].run(b);
    }
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void keep(const hr_batch *b, joins_months *m, size_t path)
{
    for (int i = 0; i < LANES; i++, path++) {
        double *month = m->month + path * JOINS_MONTHS;
        int n = 0;
        for (int k = 0; k < b->plan->candidates && n < JOINS_MONTHS; k++)
            if (hr_of(b->joined, k, LANES)[i] > 0.0)
                month[n++] = hr_of(b->join_month, k, LANES)[i];
        qsort(month, (size_t)n, sizeof *month, by_size);
        m->joins[path] = n;
    }
}

joins_months joins_months_of(const char *text, const char *const *changes, size_t paths)
{
    joins_months m = {.paths = paths - paths % LANES};
    m.joins = calloc(m.paths, sizeof *m.joins);
    m.month = calloc(m.paths * JOINS_MONTHS, sizeof *m.month);
    trial t = trial_run(text, changes, 1); /* for its scenario */
    for (size_t path = 0; path < m.paths; path += LANES) {
        hr_arena *arena = hr_arena_new();
        const char *why = "memory is short";
        const hr_plan *plan = arena ? hr_plan_new(t.scenario->params, arena, &why) : NULL;
        if (!plan || !m.joins || !m.month)
            calibration_stop("no plan: %s", why);
        hr_batch b = {0};
        open(&b, plan, 1 + path, arena);
        run_years(&b);
        keep(&b, &m, path);
        hr_arena_free(arena);
    }
    trial_free(&t);
    return m;
}

void joins_months_free(joins_months *m)
{
    free(m->joins);
    free(m->month);
    *m = (joins_months){0};
}
