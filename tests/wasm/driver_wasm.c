/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run inside WebAssembly: takes a block of parameters, simulates with the library's own core and
 * analysis, and hands every number of the result to the host under the path that results.json has
 * for it. It must not know JSON, files or what the host does with the numbers. */
#include <stdlib.h>
#include <string.h>

#include "analysis/headlines.h"
#include "analysis/result.h"
#include "headroom/run.h"

/* Given by the host: one number; NaN is null. */
__attribute__((import_module("host"), import_name("number"))) void host_number(const char *path,
                                                                               double value);

enum { PATH_BYTES = 256 };

/* A path such as "metrics.pupils.years.0.mean", built up and cut back. */
typedef struct {
    char text[PATH_BYTES];
    size_t length;
} place;

static place at(const place *p, const char *name)
{
    place q = *p;
    const size_t length = strlen(name), dot = q.length > 0;
    if (q.length + dot + length >= PATH_BYTES)
        abort();
    if (dot)
        q.text[q.length] = '.';
    memcpy(q.text + q.length + dot, name, length + 1);
    q.length += dot + length;
    return q;
}

static place at_index(const place *p, int index)
{
    char digits[12];
    int first = (int)sizeof digits - 1;
    digits[first] = '\0';
    do {
        digits[--first] = (char)('0' + index % 10);
        index /= 10;
    } while (index > 0);
    return at(p, digits + first);
}

static place at_row(const place *p, const char *list, int index)
{
    const place rows = at(p, list);
    return at_index(&rows, index);
}

static void number(const place *p, const char *name, double value)
{
    host_number(at(p, name).text, value);
}

static void estimate(const place *p, const char *name, hr_estimate e)
{
    number(p, name, e.value);
    number(p, "se", e.se);
    number(p, "lo", e.lo);
    number(p, "hi", e.hi);
}

static void inner(const place *p, const char *name, const char *value_name, hr_estimate e)
{
    const place q = at(p, name);
    estimate(&q, value_name, e);
}

static void metric_year(const place *p, hr_metric metric, const hr_metric_result *m)
{
    static const char *const key[HR_QUANTILES] = {"p05", "p10", "p25", "p50", "p75", "p90", "p95"};
    number(p, "n", (double)m->n);
    if (HR_METRIC_ROWS[metric].kind == HR_KIND_STATE) {
        for (int i = 0; i < (metric == HR_M_EARLY_WARNING ? 3 : 2); i++) {
            const place state = at_row(p, "states", i);
            estimate(&state, "p", m->state[i]);
        }
        return;
    }
    number(p, "mean", m->mean.value);
    number(p, "se", m->mean.se);
    number(p, "sd", m->sd);
    for (int q = 0; q < HR_QUANTILES; q++) {
        const place quantile = at(p, key[q]);
        number(&quantile, "value", m->quantile[q].value);
        number(&quantile, "lo", m->quantile[q].lo);
        number(&quantile, "hi", m->quantile[q].hi);
    }
}

static void metrics(const place *root, const hr_result *r)
{
    const place all = at(root, "metrics");
    for (int m = 0; m < HR_METRICS; m++) {
        const place metric = at(&all, HR_METRIC_ROWS[m].key);
        for (int t = 0; t < r->years; t++) {
            const place year = at_row(&metric, "years", t);
            metric_year(&year, (hr_metric)m, &r->metric[m * r->years + t]);
        }
    }
}

static void risks(const place *root, const hr_result *r)
{
    const place all = at(root, "risks");
    for (int k = 0; k < HR_RISKS; k++) {
        const place risk = at(&all, HR_RISK_ROWS[k].key);
        for (int t = 0; t < r->years; t++) {
            const place year = at_row(&risk, "years", t), first = at_row(&risk, "first", t);
            estimate(&year, "p", r->risk[k].year[t]);
            number(&first, "p", r->risk[k].first[t].value);
        }
        inner(&risk, "any", "p", r->risk[k].any);
        inner(&risk, "shortfall", "value", r->risk[k].shortfall);
    }
}

static void targets(const place *root, const hr_result *r)
{
    for (int i = 0; i < r->targets; i++) {
        const place target = at_row(root, "targets", i), risks_all = at(root, "risks");
        char key[PATH_BYTES] = "target_missed_";
        if (strlen(key) + strlen(r->target[i].id) >= sizeof key)
            abort();
        strcat(key, r->target[i].id);
        const place missed = at(&risks_all, key);
        estimate(&target, "p", r->target[i].p);
        for (int t = 0; t < r->years; t++) {
            const place year = at_row(&missed, "years", t);
            estimate(&year, "p", r->target[i].year[t]);
        }
    }
    inner(root, "targets_all", "p", r->targets_all);
}

static void candidates(const place *root, const hr_result *r)
{
    const place run = at(root, "run");
    for (int k = 0; k < r->candidates; k++) {
        const hr_candidate_result *of = &r->candidate[k];
        const place candidate = at_row(root, "candidates", k);
        const place refused = at(&candidate, "refused_for");
        const place lost = at_row(&run, "candidates_lost", k);
        inner(&candidate, "joins", "p", of->joins);
        for (int t = 0; t < r->years; t++) {
            const place year = at_row(&candidate, "by_year", t);
            number(&year, "p", of->by_year[t].value);
        }
        for (int p = 0; p < HR_POLICIES; p++)
            number(&refused, HR_POLICY_ROWS[p].key, of->refused_for[p].value);
        number(&lost, "waiting", of->lost_waiting.value);
        number(&lost, "withdrew", of->withdrew.value);
        number(&lost, "condition", of->lost_condition.value);
    }
}

static void schools(const place *root, const hr_result *r)
{
    for (int s = 0; s < r->schools; s++) {
        const place school = at_row(root, "schools", s);
        for (int t = 0; t < r->years; t++) {
            const hr_school_year *of = &r->school[s].year[t];
            const place year = at_row(&school, "years", t);
            number(&year, "n", (double)of->n);
            number(&year, "pupils", of->pupils.value);
            number(&year, "reserves_pct", of->reserves_pct.value);
            number(&year, "p_in_year_deficit", of->p_in_year_deficit.value);
            number(&year, "p_deficit", of->p_deficit.value);
            number(&year, "p_below_good", of->p_below_good.value);
        }
    }
}

static void money(const place *root, const hr_result *r)
{
    const place run = at(root, "run");
    int row = 0;
    const place opening = at_row(root, "bridge", row++);
    estimate(&opening, "value", r->opening);
    inner(&run, "opening", "value", r->opening);
    inner(&run, "reserves_pct_fall", "value", r->fall);
    inner(&run, "plan_targets_all", "p", r->plan_targets_all);
    inner(&run, "our_targets_all", "p", r->our_targets_all);
    for (int l = 0; l < HR_LINES; l++) {
        if (HR_LINE_ROWS[l].side == HR_SIDE_TRANSFER)
            continue;
        const place line = at_row(root, "bridge", row++);
        estimate(&line, "value", r->line[l]);
    }
    const place closing = at_row(root, "bridge", row);
    estimate(&closing, "value", r->metric[HR_M_RESERVES * r->years + r->years - 1].mean);
}

static void convergence(const place *root, const hr_result *r)
{
    const hr_settling *s = &r->settling;
    hr_headline *headline = malloc((size_t)hr_headlines_most(r) * sizeof *headline);
    if (!headline)
        abort();
    const int headlines = hr_headlines(r, headline);
    for (int n = 0; n < headlines; n++)
        for (int k = 0; k < s->points; k++) {
            const place row = at_row(root, "convergence", n), point = at_row(&row, "at", k);
            number(&point, "paths", (double)s->paths[k]);
            estimate(&point, "p", s->p[n * s->points + k]);
        }
    free(headline);
}

/* Room for a block of parameters; the host fills it. */
__attribute__((export_name("room"))) void *driver_room(size_t bytes) { return malloc(bytes); }

/* Simulates and hands over the numbers; 0, or the number of a status. */
__attribute__((export_name("run"))) int driver_run(hr_params *params, uint64_t seed, uint64_t paths)
{
    const hr_scenario scenario = {.params = params}; /* all that analysis reads of it */
    const hr_run_options options = {.seed = seed, .paths = paths};
    const place root = {.length = 0};
    hr_result *r = NULL;
    hr_diags *diags = hr_diags_new();
    if (!diags)
        return HR_NO_MEMORY;
    const hr_status status = hr_run(&r, &scenario, &options, diags);
    if (r) {
        metrics(&root, r);
        risks(&root, r);
        targets(&root, r);
        candidates(&root, r);
        schools(&root, r);
        money(&root, r);
        convergence(&root, r);
    }
    hr_result_free(r);
    hr_diags_free(diags);
    return (int)status;
}
