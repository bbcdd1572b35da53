/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json: targets, candidates, assumptions and the document as a whole. No file name, line,
 * thread count or option that cannot change a number goes into it. */
#include "report/results.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "headroom/report.h"

json_t *hr_results_targets(hr_json *j, const hr_result *r)
{
    json_t *targets = json_array();
    for (int i = 0; i < r->targets; i++) {
        json_t *target = json_object();
        hr_json_put(j, target, "id", hr_json_text(j, r->target[i].id));
        hr_json_put(j, target, "name", hr_json_text(j, r->target[i].name));
        hr_json_put(j, target, "expr", hr_json_text(j, r->target[i].expr));
        hr_json_estimate(j, target, "p", r->target[i].p);
        hr_json_append(j, targets, target);
    }
    return targets;
}

static json_t *refusals(hr_json *j, const hr_candidate_result *candidate)
{
    json_t *refused = json_object();
    for (int p = 0; p < HR_POLICIES; p++)
        hr_json_put(j, refused, HR_POLICY_ROWS[p].key,
                    hr_json_real(candidate->refused_for[p].value));
    return refused;
}

json_t *hr_results_candidates(hr_json *j, const hr_result *r)
{
    json_t *candidates = json_array();
    for (int k = 0; k < r->candidates; k++) {
        const hr_candidate_result *of = &r->candidate[k];
        json_t *candidate = json_object(), *years = json_array();
        hr_json_put(j, candidate, "id", hr_json_text(j, of->id));
        hr_json_put(j, candidate, "name", hr_json_text(j, of->name));
        hr_json_put(j, candidate, "joins", hr_json_chance(j, of->joins));
        for (int t = 0; t < r->years; t++) {
            char label[8];
            hr_year_label(r->start_year + t, label);
            json_t *year = json_object();
            hr_json_put(j, year, "year", json_string(label));
            hr_json_put(j, year, "p", hr_json_real(of->by_year[t].value));
            hr_json_append(j, years, year);
        }
        hr_json_put(j, candidate, "by_year", years);
        hr_json_put(j, candidate, "refused_for", refusals(j, of));
        hr_json_append(j, candidates, candidate);
    }
    return candidates;
}

json_t *hr_results_assumptions(hr_json *j, const hr_scenario *s)
{
    json_t *assumptions = json_array();
    for (int i = 0; i < s->assumptions; i++) {
        const hr_assumption *a = &s->assumption[i];
        json_t *row = json_object();
        hr_json_put(j, row, "key", hr_json_text(j, a->key));
        hr_json_put(j, row, "value", hr_json_text(j, a->value));
        hr_json_put(j, row, "unit", hr_json_text(j, a->unit));
        hr_json_put(j, row, "origin", json_string(HR_ORIGIN_WORDS[a->origin]));
        hr_json_put(j, row, "source", hr_json_text(j, a->source));
        hr_json_put(j, row, "date", hr_json_text(j, a->date));
        hr_json_put(j, row, "owner", hr_json_text(j, a->owner));
        hr_json_put(j, row, "confidence", hr_json_text(j, a->confidence));
        hr_json_put(j, row, "note", hr_json_text(j, a->note));
        hr_json_append(j, assumptions, row);
    }
    return assumptions;
}

json_t *hr_results_base_rates(hr_json *j, const hr_scenario *s)
{
    json_t *rates = json_array();
    const hr_span span = s->params->scenario.base_rates;
    const hr_params_base_rate *row = HR_SPAN(s->params, span, hr_params_base_rate);
    for (uint32_t i = 0; i < span.count; i++) {
        json_t *rate = json_object();
        hr_json_put(j, rate, "id", hr_json_text(j, hr_params_text(s->params, row[i].id)));
        hr_json_put(j, rate, "words", hr_json_text(j, hr_params_text(s->params, row[i].words)));
        hr_json_append(j, rates, rate);
    }
    return rates;
}

json_t *hr_results_settings(hr_json *j, const hr_scenario *s)
{
    json_t *settings = json_object();
    hr_json_put(j, settings, "given", json_integer(s->given));
    hr_json_put(j, settings, "default", json_integer(s->defaults));
    hr_json_put(j, settings, "unsourced", json_integer(s->unsourced));
    return settings;
}

static json_t *target_words(hr_json *j, const hr_result *r)
{
    json_t *targets = json_array();
    for (int i = 0; i < r->targets; i++) {
        json_t *target = json_object();
        hr_json_put(j, target, "id", hr_json_text(j, r->target[i].id));
        hr_json_put(j, target, "kind",
                    json_string(r->target[i].our_reading ? "our_reading" : "plan"));
        hr_json_put(j, target, "words", hr_json_text(j, r->target[i].words));
        hr_json_put(j, target, "quote", hr_json_text(j, r->target[i].quote));
        hr_json_put(j, target, "by", hr_json_text(j, r->target[i].by));
        hr_json_append(j, targets, target);
    }
    return targets;
}

static json_t *candidates_lost(hr_json *j, const hr_result *r)
{
    json_t *lost = json_array();
    for (int k = 0; k < r->candidates; k++) {
        json_t *row = json_object();
        hr_json_put(j, row, "id", hr_json_text(j, r->candidate[k].id));
        hr_json_put(j, row, "waiting", hr_json_real(r->candidate[k].lost_waiting.value));
        hr_json_put(j, row, "withdrew", hr_json_real(r->candidate[k].withdrew.value));
        hr_json_put(j, row, "condition", hr_json_real(r->candidate[k].lost_condition.value));
        hr_json_append(j, lost, row);
    }
    return lost;
}

/* What belongs to this command alone. */
static json_t *run_member(hr_json *j, const hr_result *r)
{
    const hr_scenario *s = r->scenario;
    json_t *run = json_object(), *opening = json_object(), *fall = json_object();
    hr_json_put(j, run, "plan",
                hr_json_text(j, hr_params_text(s->params, s->params->scenario.plan)));
    hr_json_estimate(j, opening, "value", r->opening);
    hr_json_put(j, run, "opening", opening);
    hr_json_estimate(j, fall, "value", r->fall);
    hr_json_put(j, run, "reserves_pct_fall", fall);
    hr_json_put(j, run, "plan_targets_all", hr_json_chance(j, r->plan_targets_all));
    hr_json_put(j, run, "our_targets_all", hr_json_chance(j, r->our_targets_all));
    hr_json_put(j, run, "targets", target_words(j, r));
    hr_json_put(j, run, "candidates_lost", candidates_lost(j, r));
    hr_json_put(j, run, "settings", hr_results_settings(j, s));
    hr_json_put(j, run, "base_rates", hr_results_base_rates(j, s));
    return run;
}

json_t *hr_results_changed(hr_json *j, const hr_scenario *first, const hr_scenario *other)
{
    json_t *list = json_array();
    int at[2] = {0};
    const hr_assumption *pair[2];
    while (hr_next_changed(first, other, at, pair)) {
        json_t *row = json_object();
        hr_json_put(j, row, "key", hr_json_text(j, pair[pair[0] == NULL]->key));
        hr_json_put(j, row, "first", hr_json_text(j, pair[0] ? pair[0]->value : NULL));
        hr_json_put(j, row, "value", hr_json_text(j, pair[1] ? pair[1]->value : NULL));
        hr_json_append(j, list, row);
    }
    return list;
}

void hr_results_head(hr_json *j, json_t *root, const hr_result *r, const char *command)
{
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, r->seed);
    hr_json_put(j, root, "format", json_integer(HR_RESULTS_FORMAT));
    hr_json_put(j, root, "version", json_string(HEADROOM_VERSION));
    hr_json_put(j, root, "command", json_string(command));
    hr_json_put(j, root, "scenario", hr_json_text(j, r->scenario->name));
    hr_json_put(j, root, "seed", json_string(seed));
    hr_json_put(j, root, "paths", json_integer((json_int_t)r->paths));
    if (r->partial) {
        json_t *partial = json_object();
        hr_json_put(j, partial, "paths", json_integer((json_int_t)r->paths));
        hr_json_put(j, partial, "of", json_integer((json_int_t)r->paths_asked));
        hr_json_put(j, root, "partial", partial);
    }
    json_t *years = json_array();
    for (int t = 0; t < r->years; t++) {
        char label[8];
        hr_year_label(r->start_year + t, label);
        hr_json_append(j, years, json_string(label));
    }
    hr_json_put(j, root, "years", years);
}

void hr_results_body(hr_json *j, json_t *root, const hr_result *r)
{
    json_t *digests = json_object();
    hr_json_put(j, root, "metrics", hr_results_metrics(j, r));
    hr_json_put(j, root, "risks", hr_results_risks(j, r));
    hr_json_put(j, root, "targets", hr_results_targets(j, r));
    hr_json_put(j, root, "targets_all", hr_json_chance(j, r->targets_all));
    hr_json_put(j, root, "candidates", hr_results_candidates(j, r));
    hr_json_put(j, root, "bridge", hr_results_bridge(j, r));
    hr_json_put(j, root, "assumptions", hr_results_assumptions(j, r->scenario));
    hr_json_put(j, root, "schools", hr_results_schools(j, r));
    hr_json_put(j, digests, "scenario", json_string(r->scenario->digest));
    hr_json_put(j, root, "digests", digests);
    hr_results_sets(j, root, r);
}

char *hr_report_json(const hr_result *r)
{
    hr_json j = {.arena = hr_arena_new()};
    if (!j.arena)
        return NULL;
    json_t *root = json_object();
    hr_results_head(&j, root, r, "run");
    hr_results_body(&j, root, r);
    hr_json_put(&j, root, "convergence", hr_results_convergence(&j, r));
    hr_json_put(&j, root, "run", run_member(&j, r));
    char *text = hr_json_finish(&j, root);
    hr_arena_free(j.arena);
    return text;
}
