/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json: metrics, risks, schools and the bridge. It must not know files, options or threads.
 */
#include "report/results.h"

#include <math.h>

#include "report/buffer.h"
#include "report/build.h"
#include "report/clean.h"
#include "report/words_of.h"

void hr_results_year(hr_json *j, json_t *object, const hr_result *r, int year)
{
    char label[8];
    hr_year_label(r->start_year + year, label);
    hr_json_put(j, object, "year", json_string(label));
}

static void put_states(hr_json *j, json_t *object, hr_metric metric, const hr_metric_result *m)
{
    json_t *states = json_array();
    for (int s = 0; s < 3 && hr_metric_state(metric, s); s++) {
        json_t *state = json_object();
        hr_json_put(j, state, "state", json_string(hr_metric_state(metric, s)));
        hr_json_estimate(j, state, "p", m->state[s]);
        hr_json_append(j, states, state);
    }
    hr_json_put(j, object, "states", states);
}

static void put_distribution(hr_json *j, json_t *object, const hr_metric_result *m)
{
    hr_json_put(j, object, "mean", hr_json_real(m->mean.value));
    hr_json_put(j, object, "se", hr_json_real(m->mean.se));
    hr_json_put(j, object, "sd", hr_json_real(m->sd));
    for (int q = 0; q < HR_QUANTILES; q++) {
        json_t *quantile = json_object();
        hr_json_put(j, quantile, "value", hr_json_real(m->quantile[q].value));
        hr_json_put(j, quantile, "lo", hr_json_real(m->quantile[q].lo));
        hr_json_put(j, quantile, "hi", hr_json_real(m->quantile[q].hi));
        hr_json_put(j, object, HR_QUANTILE_KEY[q], quantile);
    }
}

json_t *hr_results_metrics(hr_json *j, const hr_result *r)
{
    json_t *metrics = json_object();
    for (int m = 0; m < HR_METRICS; m++) {
        const hr_metric_row *row = &HR_METRIC_ROWS[m];
        json_t *metric = json_object(), *years = json_array();
        hr_json_put(j, metric, "label", json_string(row->label));
        hr_json_put(j, metric, "unit", json_string(row->unit));
        hr_json_put(j, metric, "at", json_string(hr_words_at(row->at)));
        for (int t = 0; t < r->years; t++) {
            const hr_metric_result *result = &r->metric[m * r->years + t];
            json_t *year = json_object();
            hr_results_year(j, year, r, t);
            hr_json_put(j, year, "n", json_integer((json_int_t)result->n));
            if (row->kind == HR_KIND_STATE)
                put_states(j, year, (hr_metric)m, result);
            else
                put_distribution(j, year, result);
            hr_json_append(j, years, year);
        }
        hr_json_put(j, metric, "years", years);
        hr_json_put(j, metrics, row->key, metric);
    }
    return metrics;
}

json_t *hr_results_chances(hr_json *j, const hr_result *r, const hr_estimate *year, bool with_error)
{
    json_t *years = json_array();
    for (int t = 0; t < r->years; t++) {
        json_t *object = json_object();
        hr_results_year(j, object, r, t);
        if (with_error)
            hr_json_estimate(j, object, "p", year[t]);
        else
            hr_json_put(j, object, "p", hr_json_real(year ? year[t].value : NAN));
        hr_json_append(j, years, object);
    }
    return years;
}

static json_t *shortfall(hr_json *j, hr_estimate e, const char *unit)
{
    json_t *object = json_object();
    hr_json_put(j, object, "value", hr_json_real(e.value));
    hr_json_put(j, object, "unit", hr_json_text(j, unit));
    hr_json_put(j, object, "se", hr_json_real(e.se));
    hr_json_put(j, object, "lo", hr_json_real(e.lo));
    hr_json_put(j, object, "hi", hr_json_real(e.hi));
    return object;
}

/* A target that is missed is a risk too. In which year it is missed first is known only where a
 * single year counts. */
static json_t *missed(hr_json *j, const hr_result *r, const hr_target_result *target)
{
    const hr_estimate none = {.value = NAN, .se = NAN, .lo = NAN, .hi = NAN};
    const hr_estimate any = {.value = 1.0 - target->p.value,
                             .se = target->p.se,
                             .lo = 1.0 - target->p.hi,
                             .hi = 1.0 - target->p.lo};
    const bool one_year = target->prob.when == HR_WHEN_END || target->prob.when == HR_WHEN_YEAR;
    json_t *object = json_object();
    hr_json_put(j, object, "label", hr_json_text(j, target->name));
    hr_json_put(j, object, "years", hr_results_chances(j, r, target->year, true));
    hr_json_put(j, object, "any", hr_json_chance(j, any));
    hr_json_put(j, object, "first",
                hr_results_chances(j, r, one_year ? target->year : NULL, false));
    hr_json_put(j, object, "shortfall", shortfall(j, none, NULL));
    return object;
}

json_t *hr_results_risks(hr_json *j, const hr_result *r)
{
    json_t *risks = json_object();
    for (int k = 0; k < HR_RISKS; k++) {
        const hr_risk_result *risk = &r->risk[k];
        json_t *object = json_object();
        hr_json_put(j, object, "label", json_string(HR_RISK_ROWS[k].label));
        hr_json_put(j, object, "years", hr_results_chances(j, r, risk->year, true));
        hr_json_put(j, object, "any", hr_json_chance(j, risk->any));
        hr_json_put(j, object, "first", hr_results_chances(j, r, risk->first, false));
        hr_json_put(j, object, "shortfall", shortfall(j, risk->shortfall, HR_RISK_ROWS[k].unit));
        hr_json_put(j, risks, HR_RISK_ROWS[k].key, object);
    }
    for (int i = 0; i < r->targets; i++) {
        hr_buffer key = {0};
        hr_buffer_addf(&key, "target_missed_%s", r->target[i].id);
        const char *clean = key.failed ? NULL : hr_clean_utf8(j->arena, key.text);
        if (clean)
            hr_json_put(j, risks, clean, missed(j, r, &r->target[i]));
        else
            j->failed = true;
        hr_buffer_free(&key);
    }
    return risks;
}

json_t *hr_results_schools(hr_json *j, const hr_result *r)
{
    json_t *schools = json_array();
    for (int s = 0; s < r->schools; s++) {
        json_t *school = json_object(), *years = json_array();
        hr_json_put(j, school, "id", hr_json_text(j, r->school[s].id));
        hr_json_put(j, school, "name", hr_json_text(j, r->school[s].name));
        for (int t = 0; t < r->years; t++) {
            const hr_school_year *of = &r->school[s].year[t];
            json_t *year = json_object();
            hr_results_year(j, year, r, t);
            hr_json_put(j, year, "n", json_integer((json_int_t)of->n));
            hr_json_put(j, year, "pupils", hr_json_real(of->pupils.value));
            hr_json_put(j, year, "reserves_pct", hr_json_real(of->reserves_pct.value));
            hr_json_put(j, year, "p_in_year_deficit", hr_json_real(of->p_in_year_deficit.value));
            hr_json_put(j, year, "p_deficit", hr_json_real(of->p_deficit.value));
            hr_json_put(j, year, "p_below_good", hr_json_real(of->p_below_good.value));
            hr_json_append(j, years, year);
        }
        hr_json_put(j, school, "years", years);
        hr_json_append(j, schools, school);
    }
    return schools;
}

static void bridge_line(hr_json *j, json_t *bridge, const char *key, const char *label,
                        hr_estimate e)
{
    json_t *object = json_object();
    hr_json_put(j, object, "line", json_string(key));
    hr_json_put(j, object, "label", json_string(label));
    hr_json_estimate(j, object, "value", e);
    hr_json_append(j, bridge, object);
}

/* Transfers move money inside the trust and add to nothing: they are not in the bridge. */
json_t *hr_results_bridge(hr_json *j, const hr_result *r)
{
    json_t *bridge = json_array();
    bridge_line(j, bridge, "opening", "Reserves at the start", r->opening);
    for (int l = 0; l < HR_LINES; l++)
        if (HR_LINE_ROWS[l].side != HR_SIDE_TRANSFER)
            bridge_line(j, bridge, HR_LINE_ROWS[l].key, HR_LINE_ROWS[l].label, r->line[l]);
    bridge_line(j, bridge, "closing", "Reserves at the end",
                r->metric[HR_M_RESERVES * r->years + r->years - 1].mean);
    return bridge;
}

json_t *hr_results_convergence(hr_json *j, const hr_result *r)
{
    json_t *list = json_array();
    hr_headline *headline = HR_TAKE(j->arena, hr_headline, hr_headlines_most(r));
    const int headlines = headline ? hr_headlines(r, headline) : 0;
    j->failed = j->failed || !headline;
    for (int n = 0; n < headlines; n++) {
        json_t *row = json_object(), *at = json_array();
        hr_json_put(j, row, "key", hr_json_text(j, headline[n].key));
        hr_json_put(j, row, "label", hr_json_text(j, hr_build_headline(r, &headline[n])));
        for (int k = 0; k < r->settling.points; k++) {
            json_t *point = json_object();
            hr_json_put(j, point, "paths", json_integer((json_int_t)r->settling.paths[k]));
            hr_json_estimate(j, point, "p", r->settling.p[n * r->settling.points + k]);
            hr_json_append(j, at, point);
        }
        hr_json_put(j, row, "at", at);
        hr_json_append(j, list, row);
    }
    return list;
}
