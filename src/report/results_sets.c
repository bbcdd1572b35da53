/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json: what sets of assumptions make of the headlines and of reserves at the end. It must
 * not know how they are reckoned. */
#include "report/results.h"

#include "analysis/sets.h"

void hr_results_spread(hr_json *j, json_t *object, hr_spread s)
{
    hr_json_put(j, object, "lo", hr_json_real(s.lo));
    hr_json_put(j, object, "hi", hr_json_real(s.hi));
    hr_json_put(j, object, "sd", hr_json_real(s.sd));
}

static json_t *mean_at_end(hr_json *j, const hr_result *r, int metric, hr_spread s)
{
    json_t *object = json_object();
    const hr_metric_result *m = &r->metric[metric * r->years + r->years - 1];
    hr_json_put(j, object, "value", hr_json_real(m->mean.value));
    hr_results_spread(j, object, s);
    return object;
}

void hr_results_sets(hr_json *j, json_t *object, const hr_result *r)
{
    const struct hr_sets *s = r->sets;
    if (!s)
        return;
    json_t *sets = json_object(), *headlines = json_array();
    hr_json_put(j, sets, "sets", json_integer(s->sets));
    hr_json_put(j, sets, "paths_each", json_integer((json_int_t)s->paths));
    for (int i = 0; i < s->headlines; i++) {
        const hr_headline *of = &s->headline[i].of;
        json_t *headline = json_object();
        hr_json_put(j, headline, of->target < 0 ? "key" : "target", hr_json_text(j, of->key));
        hr_json_put(j, headline, "p", hr_json_real(of->p.value));
        hr_results_spread(j, headline, s->headline[i].spread);
        hr_json_append(j, headlines, headline);
    }
    hr_json_put(j, sets, "headlines", headlines);
    hr_json_put(j, sets, "reserves", mean_at_end(j, r, HR_M_RESERVES, s->reserves));
    hr_json_put(j, sets, "reserves_pct", mean_at_end(j, r, HR_M_RESERVES_PCT, s->reserves_pct));
    hr_json_put(j, object, "assumption_sets", sets);
}
