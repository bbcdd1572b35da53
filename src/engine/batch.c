/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker and its batch loop: open the paths, run the years step by step, judge the statements.
 * The hot path: no allocation, no failure, no locks. */
#include "engine/engine.h"

#include <string.h>

#include "domain/ledger.h"
#include "domain/verify.h"
#include "engine/year.h"

struct hr_worker {
    hr_arena *arena;
    hr_batch batch;
    const hr_prob *const *prob;
    int probs;
    double *truth, *met;
    bool verify;
    const char *fault;
    const double *metric[HR_METRICS], *risk[HR_RISKS];
};

hr_worker *hr_worker_new(const hr_plan *plan, const hr_prob *const *prob, int probs, int lanes)
{
    hr_arena *arena = hr_arena_new();
    hr_worker *w = arena ? HR_TAKE(arena, hr_worker, 1) : NULL;
    if (!w) {
        hr_arena_free(arena);
        return NULL;
    }
    w->arena = arena;
    w->prob = prob;
    w->probs = probs;
    w->truth = HR_TAKE(arena, double, lanes);
    w->met = HR_TAKE(arena, double, probs *lanes + 1);
    if (!w->truth || !w->met || !hr_batch_lay_out(&w->batch, plan, lanes, arena)) {
        hr_arena_free(arena);
        return NULL;
    }
    return w;
}

void hr_worker_free(hr_worker *w)
{
    if (w)
        hr_arena_free(w->arena);
}

size_t hr_worker_bytes(const hr_plan *plan, int probs, int lanes)
{
    const size_t schools = (size_t)plan->schools, years = (size_t)plan->years;
    const size_t per_school = 130, per_risk = 6, per_candidate = 60;
    const size_t arrays =
        schools * (per_school + years * HR_SCHOOL_COLUMNS + per_risk * (size_t)plan->risks) +
        (size_t)plan->slots + years * (HR_LINES + HR_METRICS + HR_RISKS) +
        2 * HR_LINES * HR_OWNERS + (size_t)plan->candidates * per_candidate + (size_t)plan->posts +
        (size_t)probs + 256;
    return arrays * (size_t)lanes * sizeof(double);
}

void hr_worker_verify(hr_worker *w) { w->verify = true; }

const char *hr_worker_fault(const hr_worker *w) { return w->fault; }

static void open_paths(hr_batch *b)
{
    b->t = 0;
    b->year = b->plan->start_year;
    hr_fill(hr_of(b->depth, 0, b->lanes), HR_UNKNOWN, HR_RISKS * b->lanes);
    hr_settings_open(b);
    hr_settings_plain(b);
    hr_world_open(b);
    hr_settings_growing(b);
    hr_ledger_open(b);
    hr_open_schools(b);
    hr_open_joining(b);
    hr_open_trust(b);
}

static void judge(hr_worker *w, int t)
{
    const hr_batch *b = &w->batch;
    const int n = b->lanes, years = b->plan->years;
    for (int m = 0; m < HR_METRICS; m++)
        w->metric[m] = hr_of(b->metric, m * years + t, n);
    for (int r = 0; r < HR_RISKS; r++)
        w->risk[r] = hr_of(b->risk, r * years + t, n);
    for (int q = 0; q < w->probs; q++) {
        hr_prob_judge_year(w->prob[q], w->metric, w->risk, w->truth, n);
        for (int i = 0; b->plan->may_end && i < n; i++)
            w->truth[i] = hr_has_ended(b, i) ? 0.0 : w->truth[i];
        hr_prob_fold(w->prob[q], t, b->plan->start_year, years, w->truth, hr_of(w->met, q, n), n);
    }
}

static void run_year(hr_worker *w, int t)
{
    hr_batch *b = &w->batch;
    b->t = t;
    b->year = b->plan->start_year + t;
    if (b->trace && hr_has_ended(b, b->trace->lane))
        b->trace = NULL; /* nothing is told of what is not counted */
    hr_ledger_open_year(b);
    for (int step = 0; step < HR_YEAR_STEPS; step++) {
        if (b->trace) {
            b->trace->year = t;
            b->trace->step = step;
        }
        HR_YEAR[step].run(b);
    }
    judge(w, t);
    if (w->verify && !w->fault)
        w->fault = hr_verify_year(b);
    if (b->plan->may_end)
        hr_leave_out_money(b);
}

/* What became of each candidate. */
static void close_candidates(hr_batch *b, double *out)
{
    const int n = b->lanes;
    for (int k = 0; k < b->plan->candidates; k++) {
        double *first = hr_of(out, k * HR_CANDIDATE_COLUMNS, n);
        hr_copy(hr_of(first, HR_CC_JOIN_YEAR, n), hr_of(b->join_year, k, n), n);
        double *restrict bits = hr_of(first, HR_CC_REFUSED, n);
        hr_fill(bits, 0.0, n);
        for (int p = 0; p < HR_POLICIES; p++) {
            const double *restrict refused = hr_of(b->refused, k * HR_POLICIES + p, n);
            HR_FOR_LANES(i, n)
                bits[i] += refused[i] * (double)(1u << (unsigned)p);
        }
        const double *restrict lost = hr_of(b->lost, k, n);
        double *restrict said = hr_of(first, HR_CC_LOST, n);
        HR_FOR_LANES(i, n)
            said[i] = hr_max(lost[i], 0.0);
    }
}

void hr_engine_batch(hr_worker *w, uint64_t seed, uint64_t first_path, const hr_bend *bend,
                     struct hr_trace *trace, hr_outcome *out)
{
    hr_batch *b = &w->batch;
    b->luck = (hr_luck){.seed = seed, .first_path = first_path, .lanes = b->lanes, .bend = bend};
    b->trace = trace;
    if (trace) {
        trace->rows = trace->dropped = 0;
        trace->year = trace->step = -1;
    }
    open_paths(b);
    for (int t = 0; t < b->plan->years; t++)
        run_year(w, t);
    close_candidates(b, b->fate);
    *out = (hr_outcome){.lanes = b->lanes,
                        .years = b->plan->years,
                        .metric = b->metric,
                        .school = b->column,
                        .risk = b->risk,
                        .depth = b->depth,
                        .candidate = b->fate,
                        .line = b->line,
                        .owned = b->owned,
                        .met = w->met,
                        .opening = b->opening,
                        .opening_pct = b->opening_pct,
                        .own_years = b->plan->may_end ? b->own_years : NULL,
                        .average = b->average};
}
