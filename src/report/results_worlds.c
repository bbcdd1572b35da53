/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json of strategies under worlds: the first strategy as it is as a run of it would give
 * it, and the member `under` with every strategy in every world. Its shape is
 * docs/worlds.schema.json. It must not know files, options or threads. */
#include "report/results.h"
#include "report/worlds.h"

static json_t *estimate(hr_json *j, hr_estimate e)
{
    json_t *object = json_object();
    hr_json_estimate(j, object, "value", e);
    return object;
}

static json_t *quantile(hr_json *j, hr_estimate e)
{
    json_t *object = json_object();
    hr_json_put(j, object, "value", hr_json_real(e.value));
    hr_json_put(j, object, "lo", hr_json_real(e.lo));
    hr_json_put(j, object, "hi", hr_json_real(e.hi));
    return object;
}

/* ---- one strategy in one world ---- */

static json_t *end_metrics(hr_json *j, const hr_worlds *w, int s, int k)
{
    json_t *metrics = json_object();
    for (int m = 0; m < HR_WORLD_METRICS; m++) {
        const hr_metric_result *of = hr_worlds_end(w, s, k, m);
        json_t *metric = json_object();
        hr_json_put(j, metric, "n", json_integer((json_int_t)of->n));
        hr_json_estimate(j, metric, "mean", of->mean);
        hr_json_put(j, metric, "sd", hr_json_real(of->sd));
        for (int q = 0; q < HR_QUANTILES; q++)
            hr_json_put(j, metric, HR_QUANTILE_KEY[q], quantile(j, of->quantile[q]));
        hr_json_put(j, metrics, HR_METRIC_ROWS[HR_WORLD_METRIC[m]].key, metric);
    }
    return metrics;
}

static json_t *risks(hr_json *j, const hr_result *r)
{
    json_t *risks = json_object();
    for (int k = 0; k < HR_RISKS; k++)
        hr_json_put(j, risks, HR_RISK_ROWS[k].key, hr_json_chance(j, r->risk[k].any));
    return risks;
}

static json_t *regret(hr_json *j, const hr_weighed_cell *cell)
{
    json_t *regret = json_object();
    json_t *reserves = estimate(j, cell->regret);
    hr_json_put(j, reserves, "n", json_integer((json_int_t)cell->regret.n));
    hr_json_put(j, reserves, "p95", quantile(j, cell->regret_most));
    hr_json_put(j, regret, "reserves", reserves);
    hr_json_put(j, regret, "policy_kept", estimate(j, cell->kept_regret));
    hr_json_put(j, regret, "days_enough", estimate(j, cell->enough_regret));
    return regret;
}

static json_t *cell(hr_json *j, const hr_worlds *w, int s, int k)
{
    const hr_result *r = hr_worlds_result(w, s, k);
    const hr_weighed_cell *of = hr_weighed_cell_of(&w->weighed, s, k);
    json_t *object = json_object();
    hr_json_put(j, object, "strategy", json_integer(s + 1));
    hr_json_put(j, object, "world", json_integer(k));
    hr_json_put(j, object, "policy_kept", hr_json_chance(j, of->kept));
    hr_json_put(j, object, "days_enough", hr_json_chance(j, of->enough));
    hr_json_put(j, object, "both", hr_json_chance(j, of->both));
    hr_json_put(j, object, "regret", regret(j, of));
    hr_json_put(j, object, "risks", risks(j, r));
    hr_json_put(j, object, "targets", hr_results_targets(j, r));
    hr_json_put(j, object, "targets_all", hr_json_chance(j, r->targets_all));
    hr_json_put(j, object, "plan_targets_all", hr_json_chance(j, r->plan_targets_all));
    hr_json_put(j, object, "our_targets_all", hr_json_chance(j, r->our_targets_all));
    hr_json_put(j, object, "end", end_metrics(j, w, s, k));
    hr_json_put(j, object, "digest", json_string(r->scenario->digest));
    return object;
}

static json_t *cells(hr_json *j, const hr_worlds *w)
{
    json_t *cells = json_array();
    for (int s = 0; s < w->strategies; s++)
        for (int k = 0; k < w->worlds; k++)
            hr_json_append(j, cells, cell(j, w, s, k));
    return cells;
}

/* ---- worlds and strategies ---- */

static json_t *worlds(hr_json *j, hr_page *p, const hr_worlds *w)
{
    json_t *worlds = json_array();
    const hr_scenario *first = hr_worlds_result(w, 0, 0)->scenario;
    for (int k = 0; k < w->worlds; k++) {
        const hr_weighed_world *of = &w->weighed.world[k];
        json_t *world = json_object(), *best = json_object();
        hr_json_put(j, world, "name", hr_json_text(j, w->world[k]));
        hr_json_put(j, world, "label", hr_json_text(j, hr_worlds_under(p, w, k)));
        hr_json_put(j, world, "changed",
                    hr_results_changed(j, first, hr_worlds_result(w, 0, k)->scenario));
        hr_json_put(j, best, "strategy", json_integer(of->best + 1));
        hr_json_put(j, best, "equals", json_integer(of->equals));
        hr_json_put(j, best, "sure", json_boolean(of->sure));
        hr_json_put(j, world, "keeps_policy_best", best);
        hr_json_append(j, worlds, world);
    }
    return worlds;
}

static json_t *worst(hr_json *j, hr_weighed_worst of)
{
    json_t *worst = estimate(j, of.regret);
    hr_json_put(j, worst, "world", of.world < 0 ? json_null() : json_integer(of.world));
    return worst;
}

static json_t *largest_regret(hr_json *j, const hr_weighed_strategy *of)
{
    json_t *largest = json_object();
    hr_json_put(j, largest, "reserves", worst(j, of->reserves));
    hr_json_put(j, largest, "policy_kept", worst(j, of->kept));
    hr_json_put(j, largest, "days_enough", worst(j, of->enough));
    return largest;
}

static json_t *criteria(hr_json *j, const hr_estimate *e)
{
    static const char *const keys[HR_CRITERIA] = {"policy_kept", "days_enough", "pupils",
                                                  "reserves"};
    json_t *criteria = json_object();
    for (int c = 0; c < HR_CRITERIA; c++)
        hr_json_put(j, criteria, keys[c], estimate(j, e[c]));
    return criteria;
}

static json_t *dominators(hr_json *j, const hr_worlds *w, int s)
{
    json_t *list = json_array();
    for (int a = 0; a < w->strategies; a++)
        if (w->weighed.dominates[a * w->strategies + s])
            hr_json_append(j, list, json_integer(a + 1));
    return list;
}

static json_t *strategies(hr_json *j, hr_page *p, const hr_worlds *w)
{
    json_t *strategies = json_array();
    for (int s = 0; s < w->strategies; s++) {
        const hr_weighed_strategy *of = &w->weighed.strategy[s];
        const hr_scenario *first = hr_worlds_result(w, 0, 0)->scenario;
        const hr_scenario *own = hr_worlds_result(w, s, 0)->scenario;
        json_t *strategy = json_object();
        hr_json_put(j, strategy, "scenario", hr_json_text(j, own->name));
        hr_json_put(j, strategy, "with", hr_json_text(j, w->plans.with[s]));
        hr_json_put(j, strategy, "label", hr_json_text(j, hr_worlds_named(p, w, s).heading));
        hr_json_put(j, strategy, "changed", hr_results_changed(j, first, own));
        hr_json_put(j, strategy, "largest_regret", largest_regret(j, of));
        hr_json_put(j, strategy, "satisfied", hr_json_chance(j, of->satisfied));
        hr_json_put(j, strategy, "satisfied_with_targets", hr_json_chance(j, of->satisfied_plan));
        hr_json_put(j, strategy, "over_worlds", criteria(j, of->criterion));
        hr_json_put(j, strategy, "undominated", json_boolean(of->undominated));
        hr_json_put(j, strategy, "inside_noise", json_boolean(of->unsure));
        hr_json_put(j, strategy, "dominated_by", dominators(j, w, s));
        hr_json_append(j, strategies, strategy);
    }
    return strategies;
}

static json_t *differences(hr_json *j, const hr_worlds *w)
{
    json_t *differences = json_array();
    for (int a = 0; a < w->strategies; a++)
        for (int b = a + 1; b < w->strategies; b++) {
            json_t *difference = json_object();
            hr_json_put(j, difference, "first", json_integer(a + 1));
            hr_json_put(j, difference, "second", json_integer(b + 1));
            hr_json_put(j, difference, "second_less_first",
                        criteria(j, hr_weighed_difference(&w->weighed, b, a, (hr_criterion)0)));
            hr_json_append(j, differences, difference);
        }
    return differences;
}

static json_t *minimax(hr_json *j, const hr_minimax *of)
{
    json_t *minimax = json_object();
    hr_json_put(j, minimax, "strategy",
                of->strategy < 0 ? json_null() : json_integer(of->strategy + 1));
    hr_json_put(j, minimax, "next", of->next < 0 ? json_null() : json_integer(of->next + 1));
    hr_json_put(j, minimax, "ahead", estimate(j, of->ahead));
    return minimax;
}

/* The paragraphs of the verdict. */
static json_t *verdict(hr_json *j, hr_page *p, const hr_worlds *w)
{
    json_t *words = json_array();
    const int before = p->blocks;
    hr_worlds_verdict(p, w);
    for (int i = before; i < p->blocks; i++)
        hr_json_append(
            j, words,
            hr_json_text(j, p->block[i].lead
                                ? hr_page_text(p, "%s: %s", p->block[i].lead, p->block[i].text)
                                : p->block[i].text));
    return words;
}

json_t *hr_worlds_member(hr_json *j, hr_page *p, const hr_worlds *w)
{
    json_t *object = json_object(), *least = json_object();
    hr_json_put(j, least, "reserves", minimax(j, &w->weighed.reserves));
    hr_json_put(j, least, "policy_kept", minimax(j, &w->weighed.kept));
    hr_json_put(j, object, "verdict", verdict(j, p, w));
    hr_json_put(j, object, "strategies", strategies(j, p, w));
    hr_json_put(j, object, "worlds", worlds(j, p, w));
    hr_json_put(j, object, "cells", cells(j, w));
    hr_json_put(j, object, "minimax_regret", least);
    hr_json_put(j, object, "differences", differences(j, w));
    hr_json_put(j, object, "own_futures", json_integer((json_int_t)w->weighed.own));
    return object;
}

char *hr_report_worlds_json(const hr_worlds *w)
{
    hr_json j = {.arena = hr_arena_new()};
    hr_page *p = hr_page_new();
    char *text = NULL;
    if (j.arena && p) {
        json_t *root = json_object();
        hr_results_head(&j, root, hr_worlds_result(w, 0, 0), "compare");
        hr_results_body(&j, root, hr_worlds_result(w, 0, 0));
        hr_json_put(&j, root, "under", hr_worlds_member(&j, p, w));
        j.failed = j.failed || p->failed;
        text = hr_json_finish(&j, root);
    }
    hr_page_free(p);
    hr_arena_free(j.arena);
    return text;
}
