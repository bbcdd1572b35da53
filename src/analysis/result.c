/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a result by key. It must not know how it came to be. */
#include "analysis/result.h"

#include <stdlib.h>
#include <string.h>

void hr_result_free(hr_result *r)
{
    if (r == NULL)
        return;
    /* columns are too large to share the arena's blocks; the result owns them and lends them as
     * const */
    free((void *)r->column);
    free((void *)r->roll);
    hr_arena_free(r->arena);
}

static bool holds(hr_op op, double p, double limit)
{
    return op == HR_OP_LT   ? p < limit
           : op == HR_OP_LE ? p <= limit
           : op == HR_OP_GT ? p > limit
                            : p >= limit;
}

void hr_limit_put(hr_limit_result *limit, int k, hr_estimate p)
{
    const hr_clause *c = &limit->statement.clause[k];
    limit->p[k] = p;
    limit->holds = (k == 0 || limit->holds) && holds(c->op, p.value, c->limit);
    limit->unsure[k] = holds(c->op, p.lo, c->limit) != holds(c->op, p.hi, c->limit);
}

uint64_t hr_result_held(const hr_result *r)
{
    const uint64_t rows =
        (r->column != NULL ? HR_METRICS : 0u) + (r->roll != NULL ? (uint64_t)r->plan->schools : 0u);
    return rows * (uint64_t)r->years * r->paths * sizeof(double);
}

uint64_t hr_result_paths_asked(const hr_result *r) { return r->paths_asked; }

const char *hr_result_limit_passed(const hr_result *r)
{
    for (int i = 0; i < r->limits; i++)
        if (r->limit[i].holds)
            return r->limit[i].text;
    return NULL;
}

static void give(hr_estimate e, double *value, double *se, double *lo, double *hi)
{
    *value = e.value;
    *se = e.se;
    *lo = e.lo;
    *hi = e.hi;
}

bool hr_result_mean(const hr_result *r, const char *metric, int year, double *value, double *se,
                    double *lo, double *hi)
{
    const int m = hr_metric_find(metric);
    if (m < 0 || year < 0 || year >= r->years)
        return false;
    give(r->metric[m * r->years + year].mean, value, se, lo, hi);
    return true;
}

bool hr_result_target(const hr_result *r, const char *id, double *p, double *se, double *lo,
                      double *hi)
{
    if (strcmp(id, "all") == 0) {
        give(r->targets_all, p, se, lo, hi);
        return true;
    }
    for (int q = 0; q < r->targets; q++)
        if (strcmp(r->target[q].id, id) == 0) {
            give(r->target[q].p, p, se, lo, hi);
            return true;
        }
    return false;
}

void hr_year_label(int calendar_year, char out[8])
{
    static const int place[4] = {1000, 100, 10, 1};
    for (int i = 0; i < 4; i++)
        out[i] = (char)('0' + calendar_year / place[i] % 10);
    out[4] = '/';
    out[5] = (char)('0' + (calendar_year + 1) / 10 % 10);
    out[6] = (char)('0' + (calendar_year + 1) % 10);
    out[7] = '\0';
}
