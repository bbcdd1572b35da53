/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A score as one JSON document, by docs/score.schema.json. No file name goes into it. */
#include <math.h>
#include <stdio.h>

#include "report/json.h"
#include "report/results.h"
#include "report/score.h"

static json_t *year_label(const hr_score *s, int year)
{
    char label[8];
    hr_year_label(s->run.said.start_year + year, label);
    return json_string(label);
}

static json_t *school_id(hr_json *j, const hr_score *s, int school)
{
    return hr_json_text(j, school < 0 ? NULL : s->run.said.school[school].id);
}

static json_t *truth(bool known, bool value) { return known ? json_boolean(value) : json_null(); }

static void put_inside(hr_json *j, json_t *object, const hr_score_figure *f)
{
    for (int k = 0; k < HR_SCORE_INTERVALS; k++) {
        char key[16];
        (void)snprintf(key, sizeof key, "inside_%d", HR_SCORE_INTERVAL_PCT[k]);
        hr_json_put(j, object, key, truth(f->spread, f->inside[k]));
    }
}

static json_t *figure(hr_json *j, const hr_score *s, const hr_score_figure *f)
{
    const hr_metric_row *row = &HR_METRIC_ROWS[f->actual->which];
    json_t *object = json_object();
    hr_json_put(j, object, "year", year_label(s, f->actual->year));
    hr_json_put(j, object, "metric", json_string(row->key));
    hr_json_put(j, object, "school", school_id(j, s, f->actual->school));
    hr_json_put(j, object, "unit", json_string(row->unit));
    hr_json_put(j, object, "happened", hr_json_real(f->actual->value));
    hr_json_put(j, object, "note", hr_json_text(j, f->actual->note));
    hr_json_put(j, object, "n", json_integer((json_int_t)f->said->n));
    hr_json_put(j, object, "mean", hr_json_real(f->said->mean));
    for (int q = 0; q < HR_QUANTILES; q++)
        hr_json_put(j, object, HR_QUANTILE_KEY[q], hr_json_real(f->quantile[q]));
    hr_json_put(j, object, "percentile", hr_json_real(100.0 * f->place.value));
    hr_json_put(j, object, "percentile_lo", hr_json_real(100.0 * f->place.lo));
    hr_json_put(j, object, "percentile_hi", hr_json_real(100.0 * f->place.hi));
    put_inside(j, object, f);
    hr_json_put(j, object, "error", hr_json_real(f->error));
    hr_json_put(j, object, "error_pct", hr_json_real(f->error_pct));
    hr_json_put(j, object, "crps_by",
                !f->spread ? json_null() : json_string(f->futures ? "futures" : "quantiles"));
    hr_json_put(j, object, "crps", hr_json_real(f->crps));
    hr_json_put(j, object, "crps_naive", hr_json_real(f->crps_naive));
    hr_json_put(j, object, "last_known", hr_json_real(f->known.value));
    hr_json_put(j, object, "last_known_from",
                isnan(f->known.value) ? json_null()
                                      : json_string(HR_SCORE_KNOWN_WORDS[f->known.origin]));
    return object;
}

static json_t *group(hr_json *j, const hr_score_group *g)
{
    const hr_metric_row *row = &HR_METRIC_ROWS[g->metric];
    json_t *object = json_object();
    hr_json_put(j, object, "metric", json_string(row->key));
    hr_json_put(j, object, "of_schools", json_boolean(g->of_schools));
    hr_json_put(j, object, "unit", json_string(row->unit));
    hr_json_put(j, object, "figures", json_integer(g->figures));
    hr_json_put(j, object, "with_spread", json_integer(g->spread));
    hr_json_put(j, object, "with_naive", json_integer(g->naive));
    for (int k = 0; k < HR_SCORE_INTERVALS; k++) {
        char key[16];
        (void)snprintf(key, sizeof key, "hits_%d", HR_SCORE_INTERVAL_PCT[k]);
        hr_json_put(j, object, key, json_integer(g->hits[k]));
    }
    hr_json_put(j, object, "bias", hr_json_real(g->bias));
    hr_json_put(j, object, "crps", hr_json_real(g->crps));
    hr_json_put(j, object, "crps_beside_naive", hr_json_real(g->crps_shared));
    hr_json_put(j, object, "crps_naive", hr_json_real(g->crps_naive));
    hr_json_put(j, object, "skill", hr_json_real(g->skill));
    return object;
}

static const char *id_of(const hr_score *s, const hr_score_chance *c)
{
    return c->kind == HR_CHANCE_TARGET ? s->run.said.target[c->which].id
           : c->kind == HR_CHANCE_RISK ? HR_RISK_ROWS[c->which].key
                                       : HR_METRIC_ROWS[c->which].key;
}

static json_t *chance(hr_json *j, const hr_score *s, const hr_score_chance *c)
{
    static const char *const kind[] = {"target", "risk", "state"};
    const bool target = c->kind == HR_CHANCE_TARGET, state = c->kind == HR_CHANCE_STATE;
    json_t *object = json_object();
    hr_json_put(j, object, "kind", json_string(kind[c->kind]));
    hr_json_put(j, object, "id", hr_json_text(j, id_of(s, c)));
    hr_json_put(j, object, "name",
                hr_json_text(j, target ? s->run.said.target[c->which].name : NULL));
    hr_json_put(j, object, "expr",
                hr_json_text(j, target ? s->run.said.target[c->which].expr : NULL));
    hr_json_put(j, object, "year", c->year < 0 ? json_null() : year_label(s, c->year));
    hr_json_put(j, object, "state",
                hr_json_text(j, state ? hr_metric_state((hr_metric)c->which, c->state) : NULL));
    hr_json_put(j, object, "p", hr_json_real(c->p));
    hr_json_put(j, object, "happened", truth(!isnan(c->brier), c->came > 0.5));
    hr_json_put(j, object, "brier", hr_json_real(c->brier));
    hr_json_put(j, object, "brier_expected", hr_json_real(c->expected));
    return object;
}

static json_t *range(hr_json *j, hr_hits_range r)
{
    if (r.lo < 0)
        return json_null();
    json_t *object = json_object();
    hr_json_put(j, object, "lo", json_integer(r.lo));
    hr_json_put(j, object, "hi", json_integer(r.hi));
    return object;
}

static json_t *interval(hr_json *j, const hr_score *s, int k)
{
    const hr_score_interval *i = &s->numbers.interval[k];
    json_t *object = json_object();
    hr_json_put(j, object, "interval_pct", json_integer(HR_SCORE_INTERVAL_PCT[k]));
    hr_json_put(j, object, "figures", json_integer(s->numbers.spread));
    hr_json_put(j, object, "hits", json_integer(i->hits));
    hr_json_put(j, object, "expected", hr_json_real(i->expected));
    hr_json_put(j, object, "share", hr_json_chance(j, i->share));
    hr_json_put(j, object, "range_if_independent", range(j, i->independent));
    hr_json_put(j, object, "range_in_own_futures", range(j, i->own));
    return object;
}

/* The sentences of a builder. */
static json_t *words(hr_json *j, const hr_score *s, void (*build)(hr_page *, const hr_score *))
{
    hr_page *p = hr_page_new();
    json_t *list = json_array();
    j->failed = j->failed || !p;
    if (p)
        build(p, s);
    for (int i = 0; p && i < p->blocks; i++)
        hr_json_append(j, list, hr_json_text(j, p->block[i].text));
    j->failed = j->failed || (p && p->failed);
    hr_page_free(p);
    return list;
}

static json_t *score_member(hr_json *j, const hr_score *s)
{
    const hr_score_numbers *n = &s->numbers;
    json_t *score = json_object(), *figures = json_array(), *groups = json_array();
    json_t *chances = json_array(), *intervals = json_array(), *brier = json_object();
    for (int i = 0; i < n->figures; i++)
        hr_json_append(j, figures, figure(j, s, &n->figure[i]));
    for (int i = 0; i < n->groups; i++)
        hr_json_append(j, groups, group(j, &n->group[i]));
    for (int i = 0; i < n->chances; i++)
        hr_json_append(j, chances, chance(j, s, &n->chance[i]));
    for (int k = 0; k < HR_SCORE_INTERVALS; k++)
        hr_json_append(j, intervals, interval(j, s, k));
    hr_json_put(j, brier, "chances", json_integer(n->known));
    hr_json_put(j, brier, "mean", hr_json_real(n->brier));
    hr_json_put(j, brier, "expected", hr_json_real(n->brier_expected));
    hr_json_put(j, score, "verdict", words(j, s, hr_build_score_verdict));
    hr_json_put(j, score, "warning", words(j, s, hr_build_score_warning));
    hr_json_put(j, score, "naive", json_string(HR_SCORE_NAIVE));
    hr_json_put(j, score, "intervals", intervals);
    hr_json_put(j, score, "figures", figures);
    hr_json_put(j, score, "metrics", groups);
    hr_json_put(j, score, "chances", chances);
    hr_json_put(j, score, "brier", brier);
    return score;
}

static json_t *digests(hr_json *j, const hr_score *s)
{
    json_t *object = json_object();
    hr_json_put(j, object, "scenario", hr_json_text(j, s->run.said.digest));
    hr_json_put(j, object, "manifest", json_string(s->run.manifest_sha256));
    hr_json_put(j, object, "results", json_string(s->run.results_sha256));
    hr_json_put(j, object, "paths",
                hr_json_text(j, s->run.paths_there ? s->run.paths_sha256 : NULL));
    hr_json_put(j, object, "actuals", json_string(s->actuals.sha256));
    return object;
}

char *hr_score_json(const hr_score *s)
{
    const hr_frozen *f = &s->run.said;
    hr_json j = {.arena = hr_arena_new()};
    if (!j.arena)
        return NULL;
    json_t *root = json_object(), *years = json_array();
    hr_json_put(&j, root, "format", json_integer(HR_RESULTS_FORMAT));
    hr_json_put(&j, root, "version", json_string(HEADROOM_VERSION));
    hr_json_put(&j, root, "command", json_string("score"));
    hr_json_put(&j, root, "scenario", hr_json_text(&j, f->scenario));
    hr_json_put(&j, root, "forecast_version", hr_json_text(&j, f->version));
    hr_json_put(&j, root, "seed", hr_json_text(&j, f->seed));
    hr_json_put(&j, root, "paths", json_integer((json_int_t)f->paths));
    for (int t = 0; t < f->years; t++)
        hr_json_append(&j, years, year_label(s, t));
    hr_json_put(&j, root, "years", years);
    hr_json_put(&j, root, "digests", digests(&j, s));
    hr_json_put(&j, root, "score", score_member(&j, s));
    char *text = hr_json_finish(&j, root);
    hr_arena_free(j.arena);
    return text;
}
