/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An engine of simple known functions of the path number, in place of the real one: included by
 * exactly one test program, whose definitions the linker then prefers to the library's. Reserves
 * are a Gaussian random walk, so that their law is known; everything else is arithmetic on the path
 * number. */
#ifndef HR_TESTS_FAKE_ENGINE_H
#define HR_TESTS_FAKE_ENGINE_H

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/lanes.h"
#include "base/vmath.h"
#include "engine/engine.h"

#define FAKE_NAN ((double)__builtin_nanf(""))
#define FAKE_DRIFT 1000.0  /* of reserves a year */
#define FAKE_SPREAD 5000.0 /* standard deviation of a year */

enum { FAKE_SCHOOLS = 3, FAKE_CANDIDATES = 2 };

static const char *fake_plan_fault;     /* hr_plan_new fails with this */
static int fake_workers_allowed = 1000; /* hr_worker_new fails after so many */
static atomic_int fake_workers_alive;

/* A standard normal of (seed, path, year), by the finalizer of MurmurHash3. */
static double fake_normal(uint64_t seed, uint64_t path, int year)
{
    uint64_t h = seed * 0x9E3779B97F4A7C15u + path * 64 + (uint64_t)year;
    for (int round = 0; round < 2; round++) {
        h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDu;
        h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53u;
        h ^= h >> 33;
    }
    return hr_normal_quantile(((double)(h >> 32) + 0.5) / 4294967296.0);
}

static double fake_reserves(uint64_t seed, uint64_t path, int year)
{
    double reserves = 0.0;
    for (int t = 0; t <= year; t++)
        reserves += FAKE_DRIFT + FAKE_SPREAD * fake_normal(seed, path, t);
    return reserves;
}

static double fake_metric(uint64_t seed, uint64_t path, int metric, int year)
{
    switch (metric) {
    case HR_M_RESERVES: return fake_reserves(seed, path, year);
    case HR_M_PUPILS: return (double)(path % 1000) + 100.0 * year;
    case HR_M_RESERVES_PCT: return path % 7 == 0 ? FAKE_NAN : (double)(path % 13);
    case HR_M_RESERVES_MONTHS: return FAKE_NAN;
    case HR_M_SCHOOLS: return (double)(3 + path % 3);
    case HR_M_EARLY_WARNING: return (double)((path + (uint64_t)year) % 3);
    case HR_M_SCA_ELIGIBLE: return (double)(path % 2);
    default: return metric + 0.25 * year;
    }
}

static double fake_risk(uint64_t seed, uint64_t path, int risk, int year)
{
    switch (risk) {
    case HR_R_RESERVES_BELOW_ZERO: return fake_reserves(seed, path, year) < 0.0;
    case HR_R_IN_YEAR_DEFICIT: return path % 4 == (uint64_t)year;
    case HR_R_CENTRAL_DEFICIT: return path % 5 == 0;
    default: return 0.0;
    }
}

static double fake_depth(uint64_t seed, uint64_t path, int risk, int years)
{
    double depth = FAKE_NAN;
    for (int t = 0; t < years; t++) {
        const double beyond =
            risk == HR_R_RESERVES_BELOW_ZERO ? -fake_reserves(seed, path, t) : 7.0;
        if (fake_risk(seed, path, risk, t) == 1.0 && !(beyond <= depth))
            depth = beyond;
    }
    return depth;
}

/* School 0 is there from the start, school 1 from year path % 3, school 2 never. */
static double fake_school(uint64_t path, int school, int year, int column)
{
    if (school == 2 || (school == 1 && (uint64_t)year < path % 3))
        return FAKE_NAN;
    switch (column) {
    case HR_SC_PUPILS: return (double)(path % 50 + 10 * (uint64_t)year);
    case HR_SC_RESERVES_PCT: return path % 10 == 0 ? FAKE_NAN : (double)(path % 11);
    case HR_SC_IN_YEAR_DEFICIT: return path % 2 == 0;
    case HR_SC_DEFICIT: return path % 3 == 0;
    default: return path % 5 == 0;
    }
}

static double fake_candidate(uint64_t path, int candidate, int column)
{
    switch (column) {
    case HR_CC_JOIN_YEAR: return (double)(path % 4) - 1.0; /* a quarter never; no fourth year */
    case HR_CC_REFUSED:
        return (double)(candidate == 0 ? (1u << HR_P_PACE) | (path % 2 << HR_P_APPROVAL) : 0u);
    default: return (double)(path % 8 < 4 ? path % 8 : 0);
    }
}

static double fake_line(uint64_t path, int line, int year)
{
    return (double)(line * 10 + year) * (path % 2 == 0 ? 1.0 : -1.0);
}

static double fake_opening(uint64_t path) { return 1000.0 + (double)(path % 100); }
static double fake_opening_pct(uint64_t path) { return 4.0 + 0.5 * (double)(path % 7); }

struct hr_worker {
    const hr_prob *const *prob;
    int probs, lanes, years, start_year;
    double *metric, *school, *risk, *depth, *candidate, *line, *met, *opening, *opening_pct;
};

hr_plan *hr_plan_new(const hr_params *params, hr_arena *arena, const char **why)
{
    static const char *const ids[FAKE_SCHOOLS] = {"ash", "birch", "cedar"};
    *why = fake_plan_fault;
    if (fake_plan_fault != NULL)
        return NULL;
    hr_plan *plan = HR_TAKE(arena, hr_plan, 1);
    plan->params = params;
    plan->start_year = params->scenario.start_year;
    plan->years = params->scenario.years;
    plan->schools = FAKE_SCHOOLS;
    plan->school = HR_TAKE(arena, hr_plan_school, FAKE_SCHOOLS);
    plan->candidates = FAKE_CANDIDATES;
    plan->candidate = HR_TAKE(arena, hr_plan_candidate, FAKE_CANDIDATES);
    for (int s = 0; s < FAKE_SCHOOLS; s++)
        plan->school[s].id = plan->school[s].name = ids[s];
    for (int k = 0; k < FAKE_CANDIDATES; k++) {
        plan->candidate[k].id = plan->candidate[k].name = ids[1 + k];
        plan->candidate[k].pipeline = k - 1;
    }
    return plan;
}

static double *fake_lanes(size_t arrays, int lanes)
{
    return aligned_alloc(HR_LANE_ALIGN, (arrays + 1) * (size_t)lanes * sizeof(double));
}

hr_worker *hr_worker_new(const hr_plan *plan, const hr_prob *const *prob, int probs, int lanes)
{
    if (atomic_load(&fake_workers_alive) >= fake_workers_allowed)
        return NULL;
    atomic_fetch_add(&fake_workers_alive, 1);
    const size_t years = (size_t)plan->years;
    hr_worker *w = malloc(sizeof *w);
    *w = (hr_worker){.prob = prob,
                     .probs = probs,
                     .lanes = lanes,
                     .years = plan->years,
                     .start_year = plan->start_year,
                     .metric = fake_lanes(HR_METRICS * years, lanes),
                     .school = fake_lanes(FAKE_SCHOOLS * years * HR_SCHOOL_COLUMNS, lanes),
                     .risk = fake_lanes(HR_RISKS * years, lanes),
                     .depth = fake_lanes(HR_RISKS, lanes),
                     .candidate = fake_lanes(FAKE_CANDIDATES * HR_CANDIDATE_COLUMNS, lanes),
                     .line = fake_lanes(HR_LINES * years, lanes),
                     .met = fake_lanes((size_t)probs, lanes),
                     .opening = fake_lanes(1, lanes),
                     .opening_pct = fake_lanes(1, lanes)};
    return w;
}

void hr_worker_free(hr_worker *w)
{
    if (w == NULL)
        return;
    double *const all[] = {w->metric,    w->school, w->risk,    w->depth,      w->line,
                           w->candidate, w->met,    w->opening, w->opening_pct};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        free(all[i]);
    free(w);
    atomic_fetch_sub(&fake_workers_alive, 1);
}

size_t hr_worker_bytes(const hr_plan *plan, int probs, int lanes)
{
    return (size_t)lanes * (size_t)((HR_METRICS + HR_RISKS) * plan->years + probs) * sizeof(double);
}

static void fake_judge(hr_worker *w)
{
    const double *metric[HR_METRICS], *risk[HR_RISKS];
    double truth[HR_LANES_MAX];
    for (int q = 0; q < w->probs; q++)
        for (int t = 0; t < w->years; t++) {
            for (int m = 0; m < HR_METRICS; m++)
                metric[m] = w->metric + (m * w->years + t) * w->lanes;
            for (int r = 0; r < HR_RISKS; r++)
                risk[r] = w->risk + (r * w->years + t) * w->lanes;
            hr_prob_judge_year(w->prob[q], metric, risk, truth, w->lanes);
            hr_prob_fold(w->prob[q], t, w->start_year, w->years, truth, w->met + q * w->lanes,
                         w->lanes);
        }
}

void hr_engine_batch(hr_worker *w, uint64_t seed, uint64_t first_path, const hr_bend *bend,
                     struct hr_trace *trace, hr_outcome *out)
{
    (void)bend;
    (void)trace;
    const int lanes = w->lanes, years = w->years;
    for (int i = 0; i < lanes; i++) {
        const uint64_t path = first_path + (uint64_t)i;
        for (int at = 0; at < HR_METRICS * years; at++)
            w->metric[at * lanes + i] = fake_metric(seed, path, at / years, at % years);
        for (int at = 0; at < HR_RISKS * years; at++)
            w->risk[at * lanes + i] = fake_risk(seed, path, at / years, at % years);
        for (int at = 0; at < FAKE_SCHOOLS * years; at++)
            for (int c = 0; c < HR_SCHOOL_COLUMNS; c++)
                w->school[(at * HR_SCHOOL_COLUMNS + c) * lanes + i] =
                    fake_school(path, at / years, at % years, c);
        for (int r = 0; r < HR_RISKS; r++)
            w->depth[r * lanes + i] = fake_depth(seed, path, r, years);
        for (int k = 0; k < FAKE_CANDIDATES; k++)
            for (int c = 0; c < HR_CANDIDATE_COLUMNS; c++)
                w->candidate[(k * HR_CANDIDATE_COLUMNS + c) * lanes + i] =
                    fake_candidate(path, k, c);
        for (int at = 0; at < HR_LINES * years; at++)
            w->line[at * lanes + i] = fake_line(path, at / years, at % years);
        w->opening[i] = fake_opening(path);
        w->opening_pct[i] = fake_opening_pct(path);
    }
    fake_judge(w);
    *out = (hr_outcome){.lanes = lanes,
                        .years = years,
                        .metric = w->metric,
                        .school = w->school,
                        .risk = w->risk,
                        .depth = w->depth,
                        .candidate = w->candidate,
                        .line = w->line,
                        .met = w->met,
                        .opening = w->opening,
                        .opening_pct = w->opening_pct};
}

#if defined(__x86_64__)
void hr_engine_batch_avx2(hr_worker *w, uint64_t seed, uint64_t first_path, const hr_bend *bend,
                          struct hr_trace *trace, hr_outcome *out)
{
    hr_engine_batch(w, seed, first_path, bend, trace, out);
}

void hr_engine_batch_avx512(hr_worker *w, uint64_t seed, uint64_t first_path, const hr_bend *bend,
                            struct hr_trace *trace, hr_outcome *out)
{
    hr_engine_batch(w, seed, first_path, bend, trace, out);
}
#endif

#endif
