/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stresses as words, tables, JSON and a figure. */
#include "report/stress.h"

#include "headroom/report.h"
#include "report/chart.h"
#include "support/schema_case.h"
#include "support/stress_case.h"

#define NEVER "tests/scenarios/never.cfg"
#define BAND                                                                                       \
    {                                                                                              \
        .id = "dear", .driver = "teacher_pay", .from_pct = 90, .to_pct = 100                       \
    }

enum { PATHS = 2000 };

static json_t *document(const hr_stresses *s)
{
    char *text = hr_report_stresses_json(s);
    assert_non_null(text);
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    hr_text_free(text);
    return root;
}

static void assert_conforms(const hr_stresses *s)
{
    json_t *rule = hr_schema_load("docs/stress.schema.json"), *root = document(s);
    assert_true(hr_conforms(rule, rule, root));
    json_object_set_new(json_object_get(root, "stress"), "threads", json_integer(2));
    assert_false(hr_conforms(rule, rule, root));
    json_decref(root);
    json_decref(rule);
}

static void test_conforms_to_its_schema(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, 300, {.id = "pay", .with = "pay-shock"},
           {.id = "never", .with = NEVER}, BAND);
    assert_conforms(t.s);
    stress_close(&t);
    STRESS(&t, COMPARE_SMALL, 300, BAND);
    assert_conforms(t.s);
    stress_close(&t);
    STRESS(&t, COMPARE_SMALL, 600,
           {.id = "half", .driver = "prices", .from_pct = 50, .to_pct = 100},
           {.id = "all", .driver = "funding", .from_pct = 0, .to_pct = 100});
    assert_true(t.s->banded);
    assert_conforms(t.s);
    stress_close(&t);
}

/* The base stands in the document as in that of a run of it; stresses stand in order of harm. */
static void test_the_document(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, PATHS, {.id = "pay", .with = "overlays/pay-shock"},
           {.id = "energy", .with = "energy-shock"}, BAND);
    const hr_run_options o = {.seed = 3, .paths = PATHS};
    hr_result *r;
    assert_int_equal(hr_run(&r, t.base, &o, t.diags), HR_OK);
    json_error_t error;
    char *text = hr_report_json(r);
    json_t *run = json_loads(text, 0, &error), *root = document(t.s), *value;
    const char *key;
    json_object_foreach(run, key, value) if (strcmp(key, "run") != 0 &&
                                             strcmp(key, "command") != 0 &&
                                             strcmp(key, "convergence") != 0)
        assert_true(json_equal(value, json_object_get(root, key)));
    const json_t *member = json_object_get(root, "stress");
    const json_t *list = json_object_get(member, "stresses");
    double before = -INFINITY;
    size_t i;
    json_array_foreach(list, i, value)
    {
        const json_t *kept = json_object_get(value, "policy_kept");
        const double more = json_real_value(json_object_get(json_object_get(kept, "more"), "p"));
        const json_t *fails =
            json_object_get(json_object_get(value, "risks"), "reserves_below_policy");
        assert_true(more >= before);
        assert_near(more, -json_real_value(json_object_get(json_object_get(fails, "more"), "p")),
                    1e-15);
        before = more;
        const json_t *enough = json_object_get(value, "days_enough");
        const json_t *lack = json_object_get(json_object_get(value, "risks"), "capacity_overload");
        assert_near(json_real_value(json_object_get(json_object_get(enough, "more"), "p")),
                    -json_real_value(json_object_get(json_object_get(lack, "more"), "p")), 1e-15);
        if (strcmp(json_string_value(json_object_get(value, "id")), "pay") == 0) {
            assert_string_equal(json_string_value(json_object_get(value, "with")), "pay-shock");
            assert_int_equal(json_array_size(json_object_get(value, "changed")), 2);
        }
    }
    assert_int_equal(i, 3);
    hr_text_free(text);
    json_decref(run);
    json_decref(root);
    hr_result_free(r);
    stress_close(&t);
}

static char *on_one_line(const hr_stresses *s)
{
    char *text = hr_report_stresses(s);
    assert_non_null(text);
    for (char *at = text; *at; at++)
        *at = *at == '\n' ? ' ' : *at;
    return text;
}

static void has(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("no \"%s\"", words);
}

static void test_words(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, PATHS, {.id = "energy", .with = "energy-shock"},
           {.id = "falls", .with = "good-school-declines"}, {.id = "never", .with = NEVER}, BAND);
    char *text = on_one_line(t.s);
    has(text, "The Learning Together Trust: 4 stresses");
    has(text, "Of 4 stresses, \xe2\x80\x9c"
              "energy\xe2\x80\x9d hurts most: the chance that reserves stay at or above the policy "
              "in every year falls from ");
    has(text,
        "All together (3 laid over, the band left out, since only 200 futures lie in the band "
        "and it takes 256 to tell) leave ");
    has(text, "1 of them changes nothing here: \xe2\x80\x9cnever\xe2\x80\x9d.");
    has(text, "Reserves at the end fall most under \xe2\x80\x9c"
              "energy\xe2\x80\x9d: \xc2\xa3");
    has(text, "Improvement days get short most under \xe2\x80\x9c"
              "falls\xe2\x80\x9d: the chance that "
              "they are enough in every year falls from ");
    has(text, "Most targets break under \xe2\x80\x9c"
              "falls\xe2\x80\x9d: of the plan's 8 and 1 of our reading, 1.");
    has(text, " fewer are met in 10 futures (");
    has(text, "(our reading)");
    has(text, "teacher_pay: an average of ");
    has(text, "good-school-declines laid over");
    assert_true(strstr(text, "Verdict") < strstr(text, "By harm"));
    hr_text_free(text);
    stress_close(&t);
}

/* What seems larger and cannot be told from nothing hides nothing that can. */
static void test_words_of_what_can_be_told(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, PATHS, {.id = "energy", .with = "energy-shock"},
           {.id = "falls", .with = "good-school-declines"}, BAND);
    for (int i = 0; i < t.s->stresses; i++) {
        hr_stress_figures *f = &t.s->stress[i].figures;
        if (strcmp(t.s->stress[i].of->id, "dear") != 0)
            continue;
        f->more[HR_R_RESERVES_BELOW_POLICY] = (hr_estimate){.value = 0.9, .lo = -0.1, .hi = 1.0};
        f->more[HR_R_CAPACITY_OVERLOAD] = (hr_estimate){.value = 0.9, .lo = -0.1, .hi = 1.0};
        f->mean_more[HR_STRESS_RESERVES] = (hr_estimate){.value = -9e6, .lo = -2e7, .hi = 2e6};
        f->met_more = (hr_estimate){.value = -5.0, .lo = -11.0, .hi = 1.0};
    }
    char *text = on_one_line(t.s);
#define DOUBT                                                                                      \
    " (what \xe2\x80\x9c"                                                                          \
    "dear\xe2\x80\x9d does may be more, or nothing): "
    has(text, "energy\xe2\x80\x9d hurts most" DOUBT);
    has(text, "fall most under \xe2\x80\x9c"
              "energy\xe2\x80\x9d" DOUBT "\xc2\xa3");
    has(text, "short most under \xe2\x80\x9c"
              "falls\xe2\x80\x9d" DOUBT "the chance");
    has(text, "break under \xe2\x80\x9c"
              "falls\xe2\x80\x9d" DOUBT "of the plan's 8 and 1 of our reading, ");
#undef DOUBT
    hr_text_free(text);
    stress_close(&t);
}

/* The tables: what a band spans, and fewer days with a minus. */
static void test_the_tables(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, PATHS, {.id = "falls", .with = "good-school-declines"},
           {.id = "middle", .driver = "prices", .from_pct = 40, .to_pct = 60}, BAND);
    hr_page *p = hr_page_new();
    const char *what = hr_stress_what(p, stress_of(&t, "middle"));
    has(what, "prices: an average of ");
    has(what, " to ");
    has(what, " % a year, in 400 futures");
    has(hr_stress_what(p, stress_of(&t, "dear")), " % a year or more, in 200 futures");
    hr_stress_ends(p, t.s);
    const hr_table *table = p->block[p->blocks - 1].table;
    for (int i = 0; i < t.s->stresses; i++)
        assert_near(table->cell[(1 + i) * table->columns + 3].value,
                    -100.0 * t.s->stress[i].figures.more[HR_R_CAPACITY_OVERLOAD].value, 1e-9);
    hr_page_free(p);
    stress_close(&t);
}

/* Reserves that end higher under what hurts most; one target alone. */
static void test_words_of_two_signs(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, PATHS, {.id = "energy", .with = "energy-shock"},
           {.id = "falls", .with = "good-school-declines"});
    t.s->stress[0].figures.mean_more[HR_STRESS_RESERVES] =
        (hr_estimate){.value = 361e3, .se = 2e3, .lo = 357e3, .hi = 365e3};
    char *text = on_one_line(t.s);
    has(text, "Reserves at the end are higher all the same: \xc2\xa3"
              "361,000 higher (\xc2\xa3"
              "357,000 to \xc2\xa3"
              "365,000) on average. It hurts on the way there.");
    hr_text_free(text);
    const hr_stress_result *falls = stress_of(&t, "falls");
    const int mark = hr_mark_target(0);
    falls->figures.p[mark] = hr_estimate_chance(200, PATHS);
    t.s->of_base.p[mark] = hr_estimate_chance(1000, PATHS);
    const int targets = t.s->base->targets;
    t.s->base->targets = 1;
    hr_page *p = hr_page_new();
    hr_stress_verdict(p, t.s);
    const char *last = p->block[p->blocks - 1].text;
    has(last, "The target is missed most under \xe2\x80\x9c"
              "falls\xe2\x80\x9d: it is met in 10 in 100");
    has(last, "without stress in 50 in 100");
    t.s->base->targets = targets;
    hr_page_free(p);
    stress_close(&t);
}

/* An end of an interval that is not nothing is not shown as nothing. */
static void test_ends_that_are_not_nothing(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, 300, {.id = "pay", .with = "pay-shock"},
           {.id = "energy", .with = "energy-shock"});
    t.s->stress[1].figures.more[hr_mark_risk(HR_R_RESERVES_BELOW_POLICY)] =
        (hr_estimate){.value = 0.03, .se = 0.013, .lo = 0.003, .hi = 0.06};
    hr_page *p = hr_page_new();
    hr_stress_harms(p, t.s);
    const hr_table *table = p->block[p->blocks - 1].table;
    const hr_cell *row = &table->cell[2 * table->columns];
    assert_string_equal(row[3].text, "-3.0");
    assert_string_equal(row[4].text, "-6.0");
    assert_string_equal(row[5].text, "-0.3");
    hr_page_free(p);
    stress_close(&t);
}

static void test_words_where_nothing_hurts(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, 300, {.id = "never", .with = NEVER});
    char *text = on_one_line(t.s);
    has(text, "The Learning Together Trust: 1 stress ");
    has(text,
        "\xe2\x80\x9cnever\xe2\x80\x9d does not lower the chance that reserves stay at or above "
        "the policy in every year, as far as these futures can tell: without stress it is ");
    has(text, "No stress makes improvement days short oftener");
    has(text, "No stress breaks targets");
    assert_null(strstr(text, "All together"));
    hr_text_free(text);
    stress_close(&t);
    STRESS(&t, COMPARE_PLAN, 300, BAND,
           {.id = "lean", .driver = "funding", .from_pct = 0, .to_pct = 10});
    text = on_one_line(t.s);
    has(text, "Together nothing is told of them, the bands left out, since ");
    hr_text_free(text);
    stress_close(&t);
    STRESS(&t, COMPARE_PLAN, 600, {.id = "pay", .with = "pay-shock"},
           {.id = "half", .driver = "prices", .from_pct = 50, .to_pct = 100});
    text = on_one_line(t.s);
    has(text, "All together (1 laid over, over the 300 futures that lie in the band) leave ");
    hr_text_free(text);
    stress_close(&t);
    STRESS(&t, COMPARE_PLAN, 600, {.id = "half", .driver = "prices", .from_pct = 50, .to_pct = 100},
           {.id = "all", .driver = "funding", .from_pct = 0, .to_pct = 100});
    text = on_one_line(t.s);
    has(text, "All together (over the 300 futures that lie in both bands) leave ");
    hr_text_free(text);
    stress_close(&t);
    STRESS(&t, COMPARE_PLAN, 300, {.id = "pay", .with = "pay-shock"}, BAND);
    text = on_one_line(t.s);
    has(text, "Together nothing is told of them, the band left out, since only 30 futures lie ");
    hr_text_free(text);
    stress_close(&t);
}

/* Names reach pages and charts clean. */
static void test_names_are_clean(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, 300, {.id = "a\x1b[2J`b`", .with = "pay-shock"});
    char *text = hr_report_stresses(t.s);
    assert_null(strchr(text, '\x1b'));
    hr_text_free(text);
    stress_close(&t);
}

static void test_the_figure(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, 300, {.id = "pay", .with = "pay-shock"},
           {.id = "energy", .with = "energy-shock"}, BAND);
    hr_page *p = hr_page_new();
    hr_figure f;
    hr_buffer script = {0};
    assert_true(hr_stress_figure(p, t.s, &f));
    assert_int_equal(f.table->rows, 4);
    assert_true(hr_chart_script(&f, &script));
    assert_non_null(strstr(script.text, "rows = 4"));
    assert_non_null(strstr(script.text, "\nAll together\n"));
    const hr_axis axis = hr_figure_axis(&f);
    assert_true(axis.low < 0.0 && axis.high >= 0.0);
    char *text = hr_figure_text(&f);
    assert_non_null(strstr(text, "Without stress it is "));
    hr_text_free(text);
    hr_buffer_free(&script);
    hr_page_free(p);
    stress_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conforms_to_its_schema),
        cmocka_unit_test(test_the_document),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_words_of_what_can_be_told),
        cmocka_unit_test(test_the_tables),
        cmocka_unit_test(test_words_of_two_signs),
        cmocka_unit_test(test_ends_that_are_not_nothing),
        cmocka_unit_test(test_words_where_nothing_hurts),
        cmocka_unit_test(test_names_are_clean),
        cmocka_unit_test(test_the_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
