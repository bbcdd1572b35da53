/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine: one batch of paths through all years. A worker owns the state of one batch and is
 * reused; hr_engine_batch is the hot path: it cannot fail, allocate, print or lock. Compiled once
 * for each vector width from the same sources, with the same bits. It must not know threads, files
 * or statistics. */
#ifndef HR_ENGINE_ENGINE_H
#define HR_ENGINE_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include "domain/plan.h"
#include "model/expr.h"
#include "model/tables.h"
#include "stoch/draws.h"

/* What one batch leaves behind: pointers to lane arrays owned by the worker, valid until its next
 * batch. Index order: metric[(m * years + t) * lanes + i]; school[((s * years + t) *
 * HR_SCHOOL_COLUMNS + c) * lanes + i]; risk[(r * years + t) * lanes + i] 0 or 1; depth[r * lanes +
 * i] the deepest shortfall, NaN where it never happens; candidate[(k * HR_CANDIDATE_COLUMNS + c) *
 * lanes + i]; line[(l * years + t) * lanes + i] pounds of the trust, income and brought balances
 * positive, costs negative, transfers as paid; owned[(l * HR_OWNERS + o) * lanes + i] the same of
 * all years together, by who posted (hr_owner); met[q * lanes + i] 0 or 1 for each prob given to
 * the worker (targets first, then limits' clauses); opening[i] the trust's reserves at the start,
 * opening_pct[i] in % of income; own_years[i] years in which the trust is its own, NULL where no
 * row of the register can end it. In a year after them metric, school, line, owned and both
 * openings are NaN, risk is 0 and nothing is met. average[a * lanes + i], a of the choices `average`:
 * what a driver of the world came to, averaged over all years (docs/model.md, "World"). */
typedef struct {
    int lanes, years;
    const double *metric, *school, *risk, *depth, *candidate, *line, *owned, *met, *opening,
        *opening_pct, *own_years, *average;
} hr_outcome;

typedef struct hr_worker hr_worker;
struct hr_trace;

/* A worker for batches of `lanes` paths (a multiple of HR_LANES_MIN up to HR_LANES_MAX). probs are
 * borrowed and judged on every path. NULL when memory is short. */
hr_worker *hr_worker_new(const hr_plan *plan, const hr_prob *const *prob, int probs, int lanes);
void hr_worker_free(hr_worker *w);
size_t hr_worker_bytes(const hr_plan *plan, int probs, int lanes); /* about what one takes */

/* From now on every year of every batch is checked against the identities of domain/verify.h; the
 * first that does not hold is kept, in words (NULL: all held). */
void hr_worker_verify(hr_worker *w);
const char *hr_worker_fault(const hr_worker *w);

/* Simulates paths first_path .. first_path + lanes - 1. trace is NULL, or receives every draw and
 * posting of lane trace->lane (domain/trace.h). */
typedef void hr_batch_fn(hr_worker *w, uint64_t seed, uint64_t first_path, const hr_bend *bend,
                         struct hr_trace *trace, hr_outcome *out);
hr_batch_fn hr_engine_batch;
#if defined(__x86_64__)
hr_batch_fn hr_engine_batch_avx2;
hr_batch_fn hr_engine_batch_avx512;
#endif

/* The year as a table of steps, for `show steps` and docs/model.md. */
typedef struct {
    const char *key, *label, *meaning;
} hr_step_row;
int hr_engine_steps(void);
const hr_step_row *hr_engine_step(int index);

#endif
