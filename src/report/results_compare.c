/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json of a comparison: the first scenario as a run of it would give it, and the member
 * `compare` with the others and the differences. Its shape is docs/compare.schema.json. It must not
 * know files, options or threads. */
#include "report/compare.h"

#include <string.h>

#include "report/results.h"

static json_t *estimate(hr_json *j, hr_estimate e)
{
    json_t *object = json_object();
    hr_json_estimate(j, object, "value", e);
    return object;
}

/* ---- metrics ---- */

static json_t *side(hr_json *j, hr_estimate share, hr_estimate by)
{
    json_t *object = hr_json_chance(j, share);
    hr_json_put(j, object, "by", estimate(j, by));
    return object;
}

static void put_difference(hr_json *j, json_t *object, const hr_difference *d)
{
    hr_json_estimate(j, object, "mean", d->mean);
    hr_json_put(j, object, "sd", hr_json_real(d->sd));
    for (int q = 0; q < HR_QUANTILES; q++) {
        json_t *quantile = json_object();
        hr_json_put(j, quantile, "value", hr_json_real(d->quantile[q].value));
        hr_json_put(j, quantile, "lo", hr_json_real(d->quantile[q].lo));
        hr_json_put(j, quantile, "hi", hr_json_real(d->quantile[q].hi));
        hr_json_put(j, object, HR_QUANTILE_KEY[q], quantile);
    }
    hr_json_put(j, object, "higher", side(j, d->higher, d->higher_by));
    hr_json_put(j, object, "equal", hr_json_chance(j, d->equal));
    hr_json_put(j, object, "lower", side(j, d->lower, d->lower_by));
}

static void put_states(hr_json *j, json_t *object, hr_metric metric, const hr_difference *d)
{
    json_t *states = json_array();
    for (int s = 0; s < 3 && hr_metric_state(metric, s); s++) {
        json_t *state = json_object();
        hr_json_put(j, state, "state", json_string(hr_metric_state(metric, s)));
        hr_json_estimate(j, state, "p", d->state[s]);
        hr_json_append(j, states, state);
    }
    hr_json_put(j, object, "states", states);
}

/* Which way is better: null where neither is. */
static json_t *better(hr_worse worse)
{
    return worse == HR_WORSE_NEITHER ? json_null()
                                     : json_string(worse == HR_WORSE_LOW ? "higher" : "lower");
}

static json_t *metrics(hr_json *j, const hr_result *r, const hr_pair_result *d)
{
    json_t *metrics = json_object();
    for (int m = 0; m < HR_METRICS; m++) {
        const hr_metric_row *row = &HR_METRIC_ROWS[m];
        json_t *metric = json_object(), *years = json_array();
        hr_json_put(j, metric, "label", json_string(row->label));
        hr_json_put(j, metric, "unit", json_string(row->unit));
        hr_json_put(j, metric, "better", better(row->worse));
        for (int t = 0; t < r->years; t++) {
            const hr_difference *of = &d->metric[m * r->years + t];
            json_t *year = json_object();
            hr_results_year(j, year, r, t);
            hr_json_put(j, year, "n", json_integer((json_int_t)of->n));
            if (row->kind == HR_KIND_STATE)
                put_states(j, year, (hr_metric)m, of);
            else
                put_difference(j, year, of);
            hr_json_append(j, years, year);
        }
        hr_json_put(j, metric, "years", years);
        hr_json_put(j, metrics, row->key, metric);
    }
    return metrics;
}

/* ---- chances ---- */

static json_t *risks(hr_json *j, const hr_result *r, const hr_pair_result *d)
{
    json_t *risks = json_object();
    for (int k = 0; k < HR_RISKS; k++) {
        json_t *risk = json_object();
        hr_json_put(j, risk, "label", json_string(HR_RISK_ROWS[k].label));
        hr_json_put(j, risk, "years", hr_results_chances(j, r, d->risk[k].year, true));
        hr_json_put(j, risk, "any", hr_json_chance(j, d->risk[k].any));
        hr_json_put(j, risks, HR_RISK_ROWS[k].key, risk);
    }
    return risks;
}

static json_t *targets(hr_json *j, const hr_result *first, const hr_pair_result *d)
{
    json_t *targets = json_array();
    for (int i = 0; i < d->targets; i++) {
        const hr_target_result *of = &first->target[d->target[i].first];
        json_t *target = json_object();
        hr_json_put(j, target, "id", hr_json_text(j, of->id));
        hr_json_put(j, target, "name", hr_json_text(j, of->name));
        hr_json_put(j, target, "expr", hr_json_text(j, of->expr));
        hr_json_estimate(j, target, "p", d->target[i].p);
        hr_json_append(j, targets, target);
    }
    return targets;
}

/* ---- the bridge, and which is better whatever the luck ---- */

static json_t *bridge(hr_json *j, const hr_pair_result *d)
{
    json_t *bridge = json_object(), *rows = json_array();
    hr_json_put(j, bridge, "first", json_integer((json_int_t)d->pounds_first));
    for (int i = 0; i < HR_BRIDGES; i++) {
        json_t *row = json_object();
        hr_json_put(j, row, "row", json_string(HR_BRIDGE_ROWS[i].key));
        hr_json_put(j, row, "label", json_string(HR_BRIDGE_ROWS[i].label));
        hr_json_put(j, row, "pounds", json_integer((json_int_t)d->pounds[i]));
        hr_json_estimate(j, row, "value", d->bridge[i]);
        hr_json_append(j, rows, row);
    }
    hr_json_put(j, bridge, "rows", rows);
    hr_json_put(j, bridge, "second", json_integer((json_int_t)d->pounds_second));
    return bridge;
}

static json_t *dominance(hr_json *j, const hr_dominance *d)
{
    static const char *const words[HR_DOMINATES] = {[HR_DOMINATES_UNKNOWN] = "not known",
                                                    [HR_DOMINATES_NEITHER] = "neither",
                                                    [HR_DOMINATES_FIRST] = "first",
                                                    [HR_DOMINATES_SECOND] = "second",
                                                    [HR_DOMINATES_EQUAL] = "equal"};
    json_t *object = json_object(), *levels = json_array();
    hr_json_put(j, object, "n", json_integer((json_int_t)d->n));
    hr_json_put(j, object, "first_order", json_string(words[d->by_order]));
    hr_json_put(j, object, "second_order", json_string(words[d->by_means]));
    for (int i = 0; i < HR_LEVELS; i++) {
        json_t *level = json_object();
        hr_json_put(j, level, "pounds", hr_json_real(d->at[i].level));
        hr_json_put(j, level, "reached",
                    hr_json_chance(j, hr_estimate_paired(d->at[i].gained, d->at[i].lost, d->n)));
        hr_json_put(j, level, "less_short", estimate(j, d->at[i].less));
        hr_json_append(j, levels, level);
    }
    hr_json_put(j, object, "levels", levels);
    return object;
}

/* ---- scenarios ---- */

static json_t *scenario(hr_json *j, hr_page *names, const hr_comparison *c, int which)
{
    const hr_result *r = c->result[which];
    json_t *object = json_object();
    hr_json_put(j, object, "scenario", hr_json_text(j, r->scenario->name));
    hr_json_put(j, object, "with", hr_json_text(j, c->with[which]));
    hr_json_put(j, object, "label", hr_json_text(j, hr_compare_named(names, c, which).heading));
    hr_json_put(j, object, "changed", hr_results_changed(j, c->result[0]->scenario, r->scenario));
    hr_json_put(j, object, "settings", hr_results_settings(j, r->scenario));
    hr_json_put(j, object, "metrics", hr_results_metrics(j, r));
    hr_json_put(j, object, "risks", hr_results_risks(j, r));
    hr_json_put(j, object, "targets", hr_results_targets(j, r));
    hr_json_put(j, object, "targets_all", hr_json_chance(j, r->targets_all));
    hr_json_put(j, object, "candidates", hr_results_candidates(j, r));
    hr_json_put(j, object, "bridge", hr_results_bridge(j, r));
    hr_json_put(j, object, "schools", hr_results_schools(j, r));
    hr_json_put(j, object, "digest", json_string(r->scenario->digest));
    hr_results_sets(j, object, r);
    return object;
}

/* What sets of assumptions, each through both, make of the difference. */
static json_t *between_sets(hr_json *j, const hr_pair_result *d, int years)
{
    json_t *object = json_object(), *policy = json_object(), *reserves = json_object();
    const hr_estimate mean = d->metric[HR_M_RESERVES * years + years - 1].mean;
    hr_json_put(j, policy, "value", hr_json_real(-d->risk[HR_R_RESERVES_BELOW_POLICY].any.value));
    hr_results_spread(j, policy, d->sets_policy_kept);
    hr_json_put(j, reserves, "value", hr_json_real(mean.value));
    hr_results_spread(j, reserves, d->sets_reserves);
    hr_json_put(j, object, "policy_kept", policy);
    hr_json_put(j, object, "reserves", reserves);
    return object;
}

static json_t *difference(hr_json *j, const hr_comparison *c, int which)
{
    const hr_result *first = c->result[0];
    const hr_pair_result *d = c->pair[which];
    json_t *object = json_object();
    hr_json_put(j, object, "second", json_integer(which + 1));
    hr_json_put(j, object, "futures_that_differ", json_integer((json_int_t)d->differ));
    hr_json_put(j, object, "metrics", metrics(j, first, d));
    hr_json_put(j, object, "risks", risks(j, first, d));
    hr_json_put(j, object, "targets", targets(j, first, d));
    hr_json_put(j, object, "targets_all", hr_json_chance(j, d->targets_all));
    hr_json_put(j, object, "reserves_pct_fall", estimate(j, d->fall));
    hr_json_put(j, object, "bridge", bridge(j, d));
    hr_json_put(j, object, "dominance", dominance(j, &d->reserves));
    if (first->sets)
        hr_json_put(j, object, "assumption_sets", between_sets(j, d, first->years));
    return object;
}

/* The paragraphs of the verdict. */
static json_t *verdict(hr_json *j, hr_page *p, const hr_comparison *c)
{
    json_t *words = json_array();
    const int before = p->blocks;
    hr_compare_verdict(p, c);
    for (int i = before; i < p->blocks; i++)
        hr_json_append(j, words, hr_json_text(j, p->block[i].text));
    return words;
}

json_t *hr_compare_member(hr_json *j, hr_page *p, const hr_comparison *c)
{
    json_t *object = json_object(), *scenarios = json_array(), *differences = json_array();
    for (int k = 0; k < c->scenarios; k++)
        hr_json_append(j, scenarios, scenario(j, p, c, k));
    for (int k = 1; k < c->scenarios; k++)
        hr_json_append(j, differences, difference(j, c, k));
    hr_json_put(j, object, "verdict", verdict(j, p, c));
    hr_json_put(j, object, "scenarios", scenarios);
    hr_json_put(j, object, "differences", differences);
    return object;
}

char *hr_report_comparison_json(const hr_comparison *c)
{
    hr_json j = {.arena = hr_arena_new()};
    hr_page *p = hr_page_new();
    char *text = NULL;
    if (j.arena && p) {
        json_t *root = json_object();
        hr_results_head(&j, root, c->result[0], "compare");
        hr_results_body(&j, root, c->result[0]);
        hr_json_put(&j, root, "compare", hr_compare_member(&j, p, c));
        j.failed = j.failed || p->failed;
        text = hr_json_finish(&j, root);
    }
    hr_page_free(p);
    hr_arena_free(j.arena);
    return text;
}
