/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies under worlds as words, tables, JSON and a figure. */
#include "report/worlds.h"

#include "headroom/report.h"
#include "report/chart.h"
#include "report/clean.h"
#include "support/schema_case.h"
#include "support/worlds_case.h"

static const char *const TWO[] = {NULL, "two-more-schools"};
static const char *const WORLDS[] = {"tight-settlement", "staff-shortage"};
static const hr_run_options OPTIONS = {.seed = 1, .paths = 600};

static json_t *document(const hr_worlds *w)
{
    char *text = hr_report_worlds_json(w);
    assert_non_null(text);
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    hr_text_free(text);
    return root;
}

static void test_conforms_to_its_schema(void **state)
{
    (void)state;
    static const char *const ends[] = {"no-growth", "sector-pipeline", "topslice.rate_pct=6"};
    json_t *rule = hr_schema_load("docs/worlds.schema.json");
    worlds_case c;
    worlds_run(&c, ends, 3, WORLDS, 2, &OPTIONS);
    json_t *root = document(c.w);
    assert_true(hr_conforms(rule, rule, root));
    json_t *under = json_object_get(root, "under");
    assert_int_equal(json_array_size(json_object_get(under, "cells")), 9);
    assert_int_equal(json_array_size(json_object_get(under, "differences")), 3);
    assert_string_equal(json_string_value(json_object_get(root, "command")), "compare");
    json_object_set_new(under, "threads", json_integer(2));
    assert_false(hr_conforms(rule, rule, root));
    json_decref(root);
    json_decref(rule);
    worlds_close(&c);
}

/* The first strategy as it is stands in the document as in that of a run of it. */
static void test_the_first_is_as_in_a_run(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    hr_result *r;
    assert_int_equal(hr_run(&r, c.scenario[0][0], &OPTIONS, c.diags), HR_OK);
    json_error_t error;
    char *text = hr_report_json(r);
    json_t *run = json_loads(text, 0, &error), *both = document(c.w), *value;
    const char *key;
    json_object_foreach(run, key, value) if (strcmp(key, "run") != 0 &&
                                             strcmp(key, "command") != 0 &&
                                             strcmp(key, "convergence") != 0)
        assert_true(json_equal(value, json_object_get(both, key)));
    hr_text_free(text);
    json_decref(run);
    json_decref(both);
    hr_result_free(r);
    worlds_close(&c);
}

static double number(const json_t *object, const char *member, const char *key)
{
    return json_real_value(json_object_get(json_object_get(object, member), key));
}

static void assert_estimate(const json_t *object, const char *member, const char *key,
                            hr_estimate e)
{
    assert_near(number(object, member, key), e.value, 1e-12);
    assert_near(number(object, member, "lo"), e.lo, 1e-12);
    assert_near(number(object, member, "hi"), e.hi, 1e-12);
}

/* Every number of the member `under` is the one that was weighed. */
static void test_the_document_has_what_was_weighed(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    json_t *root = document(c.w);
    const json_t *under = json_object_get(root, "under"), *value;
    size_t i;
    json_array_foreach(json_object_get(under, "cells"), i, value)
    {
        const hr_weighed_cell *cell = hr_weighed_cell_of(&c.w->weighed, (int)i / 3, (int)i % 3);
        const json_t *regret = json_object_get(value, "regret");
        assert_int_equal(json_integer_value(json_object_get(value, "strategy")), 1 + i / 3);
        assert_int_equal(json_integer_value(json_object_get(value, "world")), i % 3);
        assert_estimate(value, "policy_kept", "p", cell->kept);
        assert_estimate(value, "days_enough", "p", cell->enough);
        assert_estimate(value, "both", "p", cell->both);
        assert_estimate(regret, "reserves", "value", cell->regret);
        assert_estimate(regret, "policy_kept", "value", cell->kept_regret);
        assert_estimate(regret, "days_enough", "value", cell->enough_regret);
    }
    json_array_foreach(json_object_get(under, "worlds"), i, value)
    {
        const hr_weighed_world *world = &c.w->weighed.world[i];
        const json_t *best = json_object_get(value, "keeps_policy_best");
        assert_int_equal(json_integer_value(json_object_get(best, "strategy")), 1 + world->best);
        assert_int_equal(json_integer_value(json_object_get(best, "equals")), world->equals);
        assert_int_equal(json_is_true(json_object_get(best, "sure")), world->sure);
    }
    json_array_foreach(json_object_get(under, "strategies"), i, value)
    {
        const hr_weighed_strategy *of = &c.w->weighed.strategy[i];
        const json_t *largest = json_object_get(value, "largest_regret");
        const json_t *over = json_object_get(value, "over_worlds");
        assert_estimate(largest, "reserves", "value", of->reserves.regret);
        assert_estimate(largest, "policy_kept", "value", of->kept.regret);
        assert_estimate(largest, "days_enough", "value", of->enough.regret);
        assert_estimate(value, "satisfied", "p", of->satisfied);
        assert_estimate(value, "satisfied_with_targets", "p", of->satisfied_plan);
        assert_estimate(over, "pupils", "value", of->criterion[HR_CRITERION_PUPILS]);
        assert_estimate(over, "reserves", "value", of->criterion[HR_CRITERION_RESERVES]);
        assert_int_equal(json_is_true(json_object_get(value, "undominated")), of->undominated);
        assert_int_equal(json_is_true(json_object_get(value, "inside_noise")), of->unsure);
    }
    value = json_array_get(json_object_get(under, "differences"), 0);
    assert_estimate(json_object_get(value, "second_less_first"), "reserves", "value",
                    *hr_weighed_difference(&c.w->weighed, 1, 0, HR_CRITERION_RESERVES));
    json_decref(root);
    worlds_close(&c);
}

static void has(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("no \"%s\" in %s", words, text);
}

/* One space between words. */
static void on_one_line(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++)
        if ((*at != '\n' && *at != ' ') || (to > text && to[-1] != ' '))
            *to++ = *at == '\n' ? ' ' : *at;
    *to = '\0';
}

static void test_words(void **state)
{
    (void)state;
    static const char *const limit[] = {"P(reserves_below_zero) > 0.01"};
    hr_run_options o = OPTIONS;
    o.limit = limit;
    o.limits = 1;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &o);
    char *text = hr_report_worlds(c.w);
    on_one_line(text);
    has(text, "As they are and under 2 worlds");
    has(text, "Of 3 worlds, the one as it is among them, the chance that reserves stay at or above "
              "the policy in every year is highest: without, in all 3.");
    has(text, "(minimax): without, \xc2\xa3");
    has(text, "Days enough: ");
    has(text, "under staff-shortage");
    has(text, "Limits asked for, with two-more-schools under tight-settlement");
    has(text, "Every target and risk, chance in 100: with two-more-schools");
    assert_true(strstr(text, "Verdict") < strstr(text, "Regret, by world"));
    hr_text_free(text);
    worlds_close(&c);
}

static hr_estimate about(double p)
{
    return (hr_estimate){.value = p, .lo = p - 0.02, .hi = p + 0.02, .n = 600};
}

/* The worst of each, each in its own world; where the best cannot be told; numbers in points. */
static void test_words_say_what_was_weighed(void **state)
{
    (void)state;
    static const double kept[] = {0.9, 0.2, 0.8}, enough[] = {0.7, 0.6, 0.1};
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    for (int k = 0; k < 3; k++) {
        hr_weighed_cell *cell = &c.w->weighed.cell[k], *other = &c.w->weighed.cell[3 + k];
        cell->kept = about(kept[k]);
        cell->enough = about(enough[k]);
        cell->kept_regret = (hr_estimate){.n = 600};
        other->kept_regret = about(0.25 + 0.1 * k);
        c.w->weighed.world[k].sure = k != 1;
    }
    char *text = hr_report_worlds(c.w);
    on_one_line(text);
    has(text, "The futures cannot tell the best from another in 1 of 3 (tight-settlement).");
    has(text, "Policy kept: 20 in 100 (18 to 22), under tight-settlement. Days enough: 10 in 100 "
              "(8 to 12), under staff-shortage.");
    const char *row = strstr(text, "Chance of keeping the policy in every year: points behind");
    assert_non_null(row);
    row = strstr(strstr(row, "two-more-schools"), " ");
    int points[3];
    assert_int_equal(sscanf(row, "%d %d %d", &points[0], &points[1], &points[2]), 3);
    assert_true(points[0] == 25 && points[1] == 35 && points[2] == 45);
    hr_text_free(text);
    worlds_close(&c);
}

/* One plan alone: how it fares in each world, and no regret. */
static void test_one_plan(void **state)
{
    (void)state;
    static const char *const alone[] = {NULL};
    json_t *rule = hr_schema_load("docs/worlds.schema.json");
    worlds_case c;
    worlds_run(&c, alone, 1, WORLDS, 2, &OPTIONS);
    char *text = hr_report_worlds(c.w);
    on_one_line(text);
    has(text, "As it is and under 2 worlds: in each the same futures too, so that worlds can");
    has(text,
        "the chance that reserves stay at or above the policy in every year is lowest under ");
    has(text, "changes 4 settings.");
    assert_null(strstr(text, "egret"));
    assert_null(strstr(text, "Pareto"));
    json_t *root = document(c.w);
    assert_true(hr_conforms(rule, rule, root));
    hr_page *p = hr_page_new();
    hr_figure *f;
    assert_int_equal(hr_worlds_figures(p, c.w, &f), 1);
    has(f->headline, "Hardest of the worlds: ");
    hr_page_free(p);
    hr_text_free(text);
    json_decref(root);
    json_decref(rule);
    worlds_close(&c);
}

/* What changes nothing, what has hindsight, what our reading of the plan adds. */
static void test_worlds_of_note(void **state)
{
    (void)state;
    static const char *const worlds[] = {WORLDS_NEVER, "as-happened"};
    worlds_case c;
    worlds_run(&c, TWO, 2, worlds, 2, &OPTIONS);
    const char *const named[] = {NULL, "never", "as-happened"};
    c.w->world = named;
    ((hr_scenario *)(uintptr_t)hr_worlds_result(c.w, 0, 1)->scenario)->digest[0] = 'x';
    char *text = hr_report_worlds(c.w);
    on_one_line(text);
    assert_null(strstr(text, "changes nothing here"));
    has(text, "World \xe2\x80\x9c"
              "as-happened\xe2\x80\x9d has hindsight");
    hr_text_free(text);
    for (int s = 0; s < 2; s++)
        memcpy(((hr_scenario *)(uintptr_t)hr_worlds_result(c.w, s, 1)->scenario)->digest,
               hr_worlds_result(c.w, s, 0)->scenario->digest, 65);
    for (int i = 0; i < 6; i++)
        c.w->result[i]->plan_targets_all = hr_estimate_chance(0, 0);
    text = hr_report_worlds(c.w);
    on_one_line(text);
    has(text, "World \xe2\x80\x9cnever\xe2\x80\x9d changes nothing here.");
    has(text, "; with the targets of our reading, since the plan itself sets none: ");
    hr_text_free(text);
    worlds_close(&c);
}

/* Behind in all but one thing: it is said in which, and how little it is. */
static void test_what_keeps_a_strategy_in(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    hr_weighed *w = &c.w->weighed;
    for (int k = 0; k < HR_CRITERIA; k++) {
        const double more = k == HR_CRITERION_PUPILS ? 5.0 : -0.1;
        w->difference[2 * HR_CRITERIA + k] =
            (hr_estimate){.value = more, .se = 0.0, .lo = more, .hi = more};
        w->difference[HR_CRITERIA + k] =
            (hr_estimate){.value = -more, .se = 0.0, .lo = -more, .hi = -more};
    }
    w->strategy[0].undominated = w->strategy[1].undominated = true;
    w->dominates[1] = w->dominates[2] = false;
    char *text = hr_report_worlds(c.w);
    on_one_line(text);
    has(text, "without beats it in all but pupils: 5 higher");
    hr_text_free(text);
    worlds_close(&c);
}

/* Under all worlds that ship no line is too long, and no table is cut into parts. */
static void test_all_worlds_fit(void **state)
{
    (void)state;
    static const char *const all[] = {"tight-settlement",    "pay-matching",   "falling-births",
                                      "strong-local-demand", "high-inflation", "staff-shortage"};
    enum { TABLES = 4 + 2 };
    worlds_case c;
    worlds_run(&c, TWO, 2, all, 6, &OPTIONS);
    for (int k = 1; k < c.w->worlds; k++) /* as the command line names them */
        for (char *at = strchr(c.w->world[k], '-'); at; at = strchr(at, '-'))
            *at = ' ';
    char *text = hr_report_worlds(c.w);
    int rules = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        assert_true(hr_text_width(line) <= 100);
        rules += line[0] == '-' && line[1] == '-';
    }
    assert_int_equal(rules, TABLES);
    hr_text_free(text);
    worlds_close(&c);
}

static void test_names(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    const char *const same[] = {NULL, "a\x1b[2J", "a\x1b[2J"};
    c.w->world = same;
    hr_page *p = hr_page_new();
    assert_string_equal(hr_worlds_name(p, c.w, 0), "as it is");
    assert_string_not_equal(hr_worlds_name(p, c.w, 1), hr_worlds_name(p, c.w, 2));
    assert_null(strchr(hr_worlds_name(p, c.w, 1), '\x1b'));
    hr_page_free(p);
    worlds_close(&c);
}

static void test_figure(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    hr_page *p = hr_page_new();
    hr_figure *f;
    assert_int_equal(hr_worlds_figures(p, c.w, &f), 1);
    hr_buffer script = {0};
    assert_true(hr_chart_script(f, &script));
    has(script.text, "rows = 3");
    has(script.text, "lines_drawn = 6");
    has(script.text, "\nwith two-more-schools\n");
    has(script.text, "\nstaff-shortage\n");
    char *text = hr_figure_text(f);
    has(text, "Hardest of the worlds");
    has(text, "staff-shortage");
    hr_text_free(text);
    hr_buffer_free(&script);
    hr_page_free(p);
    worlds_close(&c);
}

/* Names that are too long for the chart are cut in the middle, so that both ends tell them apart.
 */
static void test_long_names_in_the_figure(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    c.w->plans.with[1] = "no growth and leader leaves and funding freeze";
    const char *const named[] = {NULL, "long name of a world of my own number 1",
                                 "long name of a world of my own number 2"};
    c.w->world = named;
    hr_page *p = hr_page_new();
    hr_figure *f;
    assert_int_equal(hr_worlds_figures(p, c.w, &f), 1);
    hr_buffer script = {0};
    assert_true(hr_chart_script(f, &script));
    has(script.text, "\nwith no growth and lea\xe2\x80\xa6ves and funding freeze\n");
    has(script.text, "\nlong name o\xe2\x80\xa6n number 1\n");
    has(script.text, "\nlong name o\xe2\x80\xa6n number 2\n");
    hr_buffer_free(&script);
    hr_page_free(p);
    worlds_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conforms_to_its_schema),
        cmocka_unit_test(test_the_first_is_as_in_a_run),
        cmocka_unit_test(test_the_document_has_what_was_weighed),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_words_say_what_was_weighed),
        cmocka_unit_test(test_one_plan),
        cmocka_unit_test(test_worlds_of_note),
        cmocka_unit_test(test_what_keeps_a_strategy_in),
        cmocka_unit_test(test_all_worlds_fit),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_figure),
        cmocka_unit_test(test_long_names_in_the_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
