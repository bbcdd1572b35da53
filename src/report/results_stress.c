/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json of stresses: the base as a run of it would give it, and the member `stress` with
 * each stress and all together. Its shape is docs/stress.schema.json. It must not know files,
 * options or threads. */
#include "report/stress.h"

#include "report/compare.h"
#include "report/results.h"

/* A chance with what it is more than in the base, where it is not the base's own. */
static json_t *chance(hr_json *j, hr_estimate p, hr_estimate more, bool base)
{
    json_t *object = hr_json_chance(j, p);
    if (!base)
        hr_json_put(j, object, "more", hr_json_chance(j, more));
    return object;
}

static json_t *mean(hr_json *j, hr_estimate e, hr_estimate more, bool base)
{
    json_t *object = json_object(), *of = json_object();
    hr_json_estimate(j, object, "mean", e);
    hr_json_estimate(j, of, "mean", more);
    if (base)
        json_decref(of);
    else
        hr_json_put(j, object, "more", of);
    return object;
}

static json_t *risks(hr_json *j, const hr_stress_figures *f, bool base)
{
    json_t *object = json_object();
    for (int r = 0; r < HR_RISKS; r++)
        hr_json_put(j, object, HR_RISK_ROWS[r].key,
                    chance(j, f->p[hr_mark_risk(r)], f->more[hr_mark_risk(r)], base));
    return object;
}

static json_t *targets(hr_json *j, const hr_result *r, const hr_stress_figures *f, bool base)
{
    json_t *targets = json_array();
    for (int q = 0; q < r->targets; q++) {
        json_t *target = json_object();
        hr_json_put(j, target, "id", hr_json_text(j, r->target[q].id));
        hr_json_put(j, target, "name", hr_json_text(j, r->target[q].name));
        hr_json_put(j, target, "met",
                    chance(j, f->p[hr_mark_target(q)], f->more[hr_mark_target(q)], base));
        hr_json_append(j, targets, target);
    }
    return targets;
}

static json_t *means(hr_json *j, const hr_stress_figures *f, bool base)
{
    json_t *object = json_object();
    for (int m = 0; m < HR_STRESS_MEANS; m++)
        hr_json_put(j, object, HR_METRIC_ROWS[HR_STRESS_METRIC[m]].key,
                    mean(j, f->mean[m], f->mean_more[m], base));
    return object;
}

static void put_figures(hr_json *j, json_t *object, const hr_stresses *s,
                        const hr_stress_figures *f, bool base)
{
    const hr_result *r = s->base;
    const int policy = hr_mark_risk(HR_R_RESERVES_BELOW_POLICY);
    const int days = hr_mark_risk(HR_R_CAPACITY_OVERLOAD);
    const int all = hr_mark_of_all(r->targets, HR_ALL_TARGETS);
    hr_json_put(j, object, "futures", json_integer((json_int_t)f->n));
    hr_json_put(j, object, "policy_kept",
                chance(j, hr_otherwise(f->p[policy]), hr_stress_without(f->more[policy]), base));
    hr_json_put(j, object, "days_enough",
                chance(j, hr_otherwise(f->p[days]), hr_stress_without(f->more[days]), base));
    hr_json_put(j, object, "targets_all", chance(j, f->p[all], f->more[all], base));
    hr_json_put(j, object, "targets_met", mean(j, f->met, f->met_more, base));
    hr_json_put(j, object, "risks", risks(j, f, base));
    hr_json_put(j, object, "targets", targets(j, r, f, base));
    hr_json_put(j, object, "at_the_end", means(j, f, base));
}

static json_t *stress(hr_json *j, hr_page *p, const hr_stresses *s, int place)
{
    const hr_stress_result *r = &s->stress[place];
    const bool band = r->average >= 0;
    json_t *object = json_object();
    hr_json_put(j, object, "id", hr_json_text(j, r->of->id));
    hr_json_put(j, object, "name", hr_json_text(j, r->of->name));
    hr_json_put(j, object, "kind", json_string(band ? "band" : "overlay"));
    hr_json_put(j, object, "with", band ? json_null() : hr_json_text(j, hr_stress_overlay(p, r)));
    hr_json_put(j, object, "driver", band ? hr_json_text(j, r->of->driver) : json_null());
    hr_json_put(j, object, "from_pct", band ? hr_json_real(r->of->from_pct) : json_null());
    hr_json_put(j, object, "to_pct", band ? hr_json_real(r->of->to_pct) : json_null());
    hr_json_put(j, object, "from", band ? hr_json_real(r->low) : json_null());
    hr_json_put(j, object, "to", band ? hr_json_real(r->high) : json_null());
    hr_json_put(j, object, "source", hr_json_text(j, r->of->source));
    hr_json_put(j, object, "date", hr_json_text(j, r->of->date));
    hr_json_put(j, object, "note", hr_json_text(j, r->of->note));
    hr_json_put(j, object, "changes_nothing", json_boolean(r->figures.differ == 0));
    hr_json_put(j, object, "changed",
                band ? json_array()
                     : hr_results_changed(j, s->base->scenario, r->opened->scenario));
    hr_json_put(j, object, "digest", band ? json_null() : json_string(r->opened->scenario->digest));
    put_figures(j, object, s, &r->figures, false);
    return object;
}

static json_t *together(hr_json *j, const hr_stresses *s)
{
    json_t *object = json_object();
    hr_json_put(j, object, "overlays", json_integer(s->overlays));
    hr_json_put(j, object, "bands", json_integer(s->banded ? s->bands : 0));
    hr_json_put(j, object, "futures_in_all_bands",
                s->bands > 0 ? json_integer((json_int_t)s->in_all_bands) : json_null());
    put_figures(j, object, s, &s->together, false);
    return object;
}

/* The paragraphs of the verdict. */
static json_t *verdict(hr_json *j, hr_page *p, const hr_stresses *s)
{
    json_t *words = json_array();
    const int before = p->blocks;
    hr_stress_verdict(p, s);
    for (int i = before; i < p->blocks; i++)
        hr_json_append(j, words, hr_json_text(j, p->block[i].text));
    return words;
}

json_t *hr_stress_member(hr_json *j, hr_page *p, const hr_stresses *s)
{
    json_t *object = json_object(), *base = json_object(), *stresses = json_array();
    put_figures(j, base, s, &s->of_base, true);
    for (int i = 0; i < s->stresses; i++)
        hr_json_append(j, stresses, stress(j, p, s, i));
    hr_json_put(j, object, "verdict", verdict(j, p, s));
    hr_json_put(j, object, "base", base);
    hr_json_put(j, object, "stresses", stresses);
    hr_json_put(j, object, "together", hr_stress_has_together(s) ? together(j, s) : json_null());
    return object;
}

char *hr_report_stresses_json(const hr_stresses *s)
{
    hr_json j = {.arena = hr_arena_new()};
    hr_page *p = hr_page_new();
    char *text = NULL;
    if (j.arena && p) {
        json_t *root = json_object();
        hr_results_head(&j, root, s->base, "stress");
        hr_results_body(&j, root, s->base);
        hr_json_put(&j, root, "stress", hr_stress_member(&j, p, s));
        j.failed = j.failed || p->failed;
        text = hr_json_finish(&j, root);
    }
    hr_page_free(p);
    hr_arena_free(j.arena);
    return text;
}
