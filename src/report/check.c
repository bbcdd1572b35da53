/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `check`: what a scenario says before anything is simulated: counts of settings, notes, the plan's
 * arithmetic, base rates, and on request every setting with its source. */
#include "headroom/report.h"
#include "report/build.h"
#include "report/json.h"
#include "report/results.h"
#include "report/words_of.h"

static void every_setting(hr_page *p, const hr_scenario *s)
{
    hr_table *t = hr_page_table(p, "settings", "Every setting", 6);
    if (t)
        t->note = "Origin: default (of the national settings), scenario, overlay, or set on the "
                  "command line.";
    hr_table_column(t, 0, "key", "setting", true);
    hr_table_column(t, 1, "value", "value", true);
    hr_table_column(t, 2, "unit", "unit", true);
    hr_table_column(t, 3, "origin", "origin", true);
    hr_table_column(t, 4, "source", "source", true);
    hr_table_column(t, 5, "confidence", "confidence", true);
    for (int i = 0; i < s->assumptions; i++) {
        const hr_assumption *a = &s->assumption[i];
        const char *date =
            a->date ? hr_page_text(p, "%s%s", a->source ? ", " : "", hr_page_clean(p, a->date))
                    : "";
        hr_table_row(t);
        hr_table_text(t, 0, hr_page_clean(p, a->key));
        hr_table_text(t, 1, hr_page_clean(p, a->value));
        hr_table_text(t, 2, hr_page_clean(p, a->unit));
        hr_table_text(t, 3, hr_words_origin(a->origin));
        hr_table_text(t, 4, hr_page_text(p, "%s%s", hr_page_clean(p, a->source), date));
        hr_table_text(t, 5, hr_page_clean(p, a->confidence));
    }
}

static const hr_page *build(hr_page *p, const hr_scenario *s, const hr_plan *plan, bool explain)
{
    const hr_params_scenario *scenario = &s->params->scenario;
    hr_page_add(p, HR_BLOCK_TITLE, hr_page_clean(p, s->name));
    hr_page_add(p, HR_BLOCK_WORDS, hr_page_clean(p, hr_params_text(s->params, scenario->plan)));
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "The scenario is valid: %s to %s.",
                             hr_build_year(p, plan->start_year),
                             hr_build_year(p, plan->start_year + plan->years - 1)));
    hr_build_settings(p, s);
    hr_page_add(p, HR_BLOCK_WORDS, hr_build_no_accounts(s));
    for (int i = 0; i < s->notes; i++)
        hr_page_add(p, HR_BLOCK_WORDS, hr_page_text(p, "Note: %s.", hr_page_clean(p, s->note[i])));
    hr_page_add(p, HR_BLOCK_HEADING, "The plan's arithmetic");
    hr_build_arithmetic(p, plan);
    hr_build_base_rates(p, s);
    if (explain)
        every_setting(p, s);
    return p;
}

/* The words under the heading of the arithmetic, as an array. */
static json_t *arithmetic(hr_json *j, const hr_plan *plan)
{
    hr_page *p = hr_page_new();
    json_t *words = json_array();
    j->failed = j->failed || !p;
    if (p)
        hr_build_arithmetic(p, plan);
    for (int i = 0; p && i < p->blocks; i++)
        hr_json_append(j, words, hr_json_text(j, p->block[i].text));
    j->failed = j->failed || (p && p->failed);
    hr_page_free(p);
    return words;
}

static char *as_json(hr_arena *arena, const hr_scenario *s, const hr_plan *plan, bool explain)
{
    hr_json j = {.arena = arena};
    json_t *root = json_object(), *notes = json_array();
    hr_json_put(&j, root, "format", json_integer(HR_RESULTS_FORMAT));
    hr_json_put(&j, root, "version", json_string(HEADROOM_VERSION));
    hr_json_put(&j, root, "command", json_string("check"));
    hr_json_put(&j, root, "scenario", hr_json_text(&j, s->name));
    hr_json_put(&j, root, "digest", json_string(s->digest));
    hr_json_put(&j, root, "settings", hr_results_settings(&j, s));
    for (int i = 0; i < s->notes; i++)
        hr_json_append(&j, notes, hr_json_text(&j, s->note[i]));
    hr_json_put(&j, root, "notes", notes);
    hr_json_put(&j, root, "arithmetic", arithmetic(&j, plan));
    hr_json_put(&j, root, "base_rates", hr_results_base_rates(&j, s));
    if (explain)
        hr_json_put(&j, root, "assumptions", hr_results_assumptions(&j, s));
    return hr_json_finish(&j, root);
}

static char *as_text(const hr_scenario *s, const hr_plan *plan, bool explain)
{
    hr_page *p = hr_page_new();
    char *text = p ? hr_page_as_text(build(p, s, plan, explain)) : NULL;
    hr_page_free(p);
    return text;
}

char *hr_report_check(const hr_scenario *s, bool explain, bool json)
{
    const char *why = NULL;
    hr_arena *arena = hr_arena_new();
    const hr_plan *plan = arena ? hr_plan_new(s->params, arena, &why) : NULL;
    char *text = !plan ? NULL : json ? as_json(arena, s, plan, explain) : as_text(s, plan, explain);
    hr_arena_free(arena);
    return text;
}
