/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates from moments, whole numbers and columns. Only exact operations, since all of it goes
 * into results.json. It must not know how it was gathered, nor how it will be written. */
#include "analysis/summarise.h"

#include "base/histogram.h"
#include "base/lanes.h"
#include "os/pool.h"

const double HR_QUANTILE_P[HR_QUANTILES] = {0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};
const char *const HR_QUANTILE_KEY[HR_QUANTILES] = {"p05", "p10", "p25", "p50", "p75", "p90", "p95"};

typedef struct {
    hr_result *r;
    const hr_study *s;
    const hr_tally *tally;
    const hr_histogram *histogram;
    uint64_t jobs;
    double *scratch;
} summary;

static hr_moments moments_of(const summary *u, int column)
{
    return hr_moments_tree(u->s->moments + (size_t)column * u->s->jobs, (size_t)u->jobs);
}

static hr_estimate mean_of(const summary *u, int column)
{
    return hr_estimate_mean(moments_of(u, column));
}

static hr_estimate chance(const summary *u, uint64_t hits)
{
    return hr_estimate_chance(hits, u->r->paths);
}

/* Metrics: one column each, several at once. */

static void put_states(const summary *u, int column, hr_metric_result *out)
{
    const uint64_t *state = u->tally->state + 3 * (size_t)column;
    const hr_estimate none = hr_estimate_chance(0, 0);
    out->n = state[0] + state[1] + state[2];
    out->mean = none;
    out->sd = HR_UNKNOWN;
    for (int q = 0; q < HR_QUANTILES; q++)
        out->quantile[q] = none;
    for (int i = 0; i < 3; i++)
        out->state[i] = hr_estimate_chance(state[i], out->n);
}

static void put_metric(void *user, int worker, uint64_t job)
{
    const summary *u = user;
    hr_result *r = u->r;
    const int column = (int)job; /* [metric][year] is the order of columns and of results */
    hr_metric_result *out = &r->metric[column];
    if (HR_METRIC_ROWS[column / r->years].kind == HR_KIND_STATE) {
        put_states(u, column, out);
        return;
    }
    const hr_moments m = moments_of(u, column);
    out->n = m.n;
    out->mean = hr_estimate_mean(m);
    out->sd = hr_moments_sd(m);
    for (int i = 0; i < 3; i++)
        out->state[i] = hr_estimate_chance(0, 0);
    if (u->histogram != NULL)
        hr_histogram_quantiles(&u->histogram[column], HR_QUANTILE_P, HR_QUANTILES, out->quantile);
    else
        hr_quantiles(r->column + (size_t)column * r->paths, (size_t)r->paths, HR_QUANTILE_P,
                     HR_QUANTILES, u->scratch + (size_t)worker * r->paths, out->quantile);
}

/* Chances. */

static bool put_risks(const summary *u)
{
    hr_result *r = u->r;
    for (int k = 0; k < HR_RISKS; k++) {
        hr_risk_result *out = &r->risk[k];
        out->year = HR_TAKE(r->arena, hr_estimate, r->years);
        out->first = HR_TAKE(r->arena, hr_estimate, r->years);
        if (out->year == NULL || out->first == NULL)
            return false;
        uint64_t any = 0;
        for (int t = 0; t < r->years; t++) {
            const int at = k * r->years + t;
            any += u->tally->first[at];
            out->year[t] = chance(u, u->tally->risk[at]);
            out->first[t] = chance(u, u->tally->first[at]);
        }
        out->any = chance(u, any);
        out->shortfall = mean_of(u, hr_column_depth(u->s, k));
    }
    return true;
}

static bool counts_year(const hr_prob *p, const hr_result *r, int year)
{
    return p->when == HR_WHEN_ALL ||
           year == (p->when == HR_WHEN_YEAR ? p->year - r->start_year : r->years - 1);
}

static bool put_targets(const summary *u)
{
    hr_result *r = u->r;
    int of_plan = 0;
    for (int q = 0; q < r->targets; q++) {
        hr_target_result *out = &r->target[q];
        out->p = chance(u, u->tally->met[q]);
        out->year = HR_TAKE(r->arena, hr_estimate, r->years);
        if (out->year == NULL)
            return false;
        for (int t = 0; t < r->years; t++)
            out->year[t] = counts_year(&out->prob, r, t)
                               ? chance(u, u->tally->missed[q * r->years + t])
                               : hr_estimate_chance(0, 0);
        of_plan += !out->our_reading;
    }
    r->targets_all = hr_estimate_chance(u->tally->all[0], r->targets > 0 ? r->paths : 0);
    r->plan_targets_all = hr_estimate_chance(u->tally->all[1], of_plan > 0 ? r->paths : 0);
    r->our_targets_all = hr_estimate_chance(u->tally->all[2], of_plan < r->targets ? r->paths : 0);
    return true;
}

static bool holds(hr_op op, double p, double limit)
{
    return op == HR_OP_LT   ? p < limit
           : op == HR_OP_LE ? p <= limit
           : op == HR_OP_GT ? p > limit
                            : p >= limit;
}

void hr_put_limits(hr_result *r, const uint64_t *met)
{
    for (int i = 0; i < r->limits; i++) {
        hr_limit_result *out = &r->limit[i];
        out->holds = true;
        for (int k = 0; k < out->statement.clauses; k++) {
            const hr_clause *c = &out->statement.clause[k];
            const hr_estimate p = hr_estimate_chance(*met++, r->paths);
            out->p[k] = p;
            out->holds = out->holds && holds(c->op, p.value, c->limit);
            out->unsure[k] = holds(c->op, p.lo, c->limit) != holds(c->op, p.hi, c->limit);
        }
    }
}

static bool put_candidates(const summary *u)
{
    hr_result *r = u->r;
    r->candidates = r->plan->candidates;
    r->candidate = HR_TAKE(r->arena, hr_candidate_result, r->candidates);
    if (r->candidate == NULL)
        return false;
    for (int k = 0; k < r->candidates; k++) {
        const hr_plan_candidate *from = &r->plan->candidate[k];
        hr_candidate_result *out = &r->candidate[k];
        const uint64_t *lost = u->tally->lost + 3 * (size_t)k;
        *out = (hr_candidate_result){.id = from->id,
                                     .name = from->name,
                                     .by_year = HR_TAKE(r->arena, hr_estimate, r->years),
                                     .lost_waiting = chance(u, lost[0]),
                                     .withdrew = chance(u, lost[1]),
                                     .lost_condition = chance(u, lost[2]),
                                     .pipeline = from->pipeline};
        if (out->by_year == NULL)
            return false;
        uint64_t joined = 0;
        for (int t = 0; t < r->years; t++) {
            joined += u->tally->joined[k * r->years + t];
            out->by_year[t] = chance(u, u->tally->joined[k * r->years + t]);
        }
        out->joins = chance(u, joined);
        for (int p = 0; p < HR_POLICIES; p++)
            out->refused_for[p] = chance(u, u->tally->refused[k * HR_POLICIES + p]);
    }
    return true;
}

static void put_school_year(const summary *u, int school, int year, hr_school_year *out)
{
    const int column = hr_column_school(u->s, school, year);
    const hr_moments pupils = moments_of(u, column);
    const uint64_t *hits = u->tally->school + 3 * (size_t)(school * u->r->years + year);
    *out = (hr_school_year){.n = pupils.n,
                            .pupils = hr_estimate_mean(pupils),
                            .reserves_pct = mean_of(u, column + 1),
                            .p_in_year_deficit = hr_estimate_chance(hits[0], pupils.n),
                            .p_deficit = hr_estimate_chance(hits[1], pupils.n),
                            .p_below_good = hr_estimate_chance(hits[2], pupils.n)};
}

static bool put_schools(const summary *u)
{
    hr_result *r = u->r;
    r->schools = r->plan->schools;
    r->school = HR_TAKE(r->arena, hr_school_result, r->schools);
    if (r->school == NULL)
        return false;
    for (int k = 0; k < r->schools; k++) {
        hr_school_result *out = &r->school[k];
        out->id = r->plan->school[k].id;
        out->name = r->plan->school[k].name;
        out->year = HR_TAKE(r->arena, hr_school_year, r->years);
        if (out->year == NULL)
            return false;
        for (int t = 0; t < r->years; t++)
            put_school_year(u, k, t, &out->year[t]);
    }
    return true;
}

static void add_up(hr_collector *const *collector, int collectors, int columns)
{
    hr_collector *into = collector[0];
    for (int i = 1; i < collectors; i++) {
        hr_tally_add(&into->tally, &collector[i]->tally);
        for (int column = 0; into->histogram != NULL && column < columns; column++)
            hr_histogram_merge(&into->histogram[column], &collector[i]->histogram[column]);
    }
}

bool hr_summarise(hr_result *r, const hr_study *s, hr_collector *const *collector, int collectors,
                  uint64_t jobs, int threads, double *scratch)
{
    const int columns = HR_METRICS * r->years;
    add_up(collector, collectors, columns);
    summary u = {.r = r,
                 .s = s,
                 .tally = &collector[0]->tally,
                 .histogram = collector[0]->histogram,
                 .jobs = jobs,
                 .scratch = scratch};
    r->metric = HR_TAKE(r->arena, hr_metric_result, columns);
    if (r->metric == NULL || !put_risks(&u) || !put_targets(&u) || !put_candidates(&u) ||
        !put_schools(&u))
        return false;
    hr_pool_run(&(hr_pool_job){
        .threads = threads, .jobs = (uint64_t)columns, .work = put_metric, .user = &u});
    hr_put_limits(r, u.tally->met + r->targets);
    for (int l = 0; l < HR_LINES; l++)
        r->line[l] = mean_of(&u, hr_column_line(s, l));
    r->opening = mean_of(&u, hr_column_opening(s));
    r->fall = mean_of(&u, hr_column_fall(s));
    return true;
}
