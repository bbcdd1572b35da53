/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as words, tables, JSON and figures. */
#include "report/compare.h"

#include "headroom/report.h"
#include "report/chart.h"
#include "support/compare_case.h"
#include "support/schema_case.h"

static json_t *document(const hr_comparison *c)
{
    char *text = hr_report_comparison_json(c);
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
    json_t *rule = hr_schema_load("docs/compare.schema.json");
    compared d;
    COMPARE(&d, 300, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "two-more-schools"},
            {COMPARE_PLAN, "pay-shock"});
    json_t *root = document(d.c);
    assert_true(hr_conforms(rule, rule, root));
    json_t *member = json_object_get(root, "compare");
    assert_int_equal(json_array_size(json_object_get(member, "scenarios")), 3);
    assert_int_equal(json_array_size(json_object_get(member, "differences")), 2);
    json_object_set_new(member, "threads", json_integer(2));
    assert_false(hr_conforms(rule, rule, root));
    json_decref(root);
    json_decref(rule);
    compare_close(&d);
}

/* The first scenario stands in the document as in that of a run of it, but for how its chances
 * settle. */
static void test_the_first_is_as_in_a_run(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 300, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "two-more-schools"});
    const hr_run_options o = {.seed = 1, .paths = 300};
    hr_result *r;
    assert_int_equal(hr_run(&r, d.scenario[0], &o, d.diags), HR_OK);
    json_error_t error;
    char *text = hr_report_json(r);
    json_t *run = json_loads(text, 0, &error), *both = document(d.c), *value;
    const char *key;
    assert_int_equal(json_object_del(run, "convergence"), 0);
    json_object_foreach(run, key, value) if (strcmp(key, "run") != 0 && strcmp(key, "command") != 0)
        assert_true(json_equal(value, json_object_get(both, key)));
    hr_text_free(text);
    json_decref(run);
    json_decref(both);
    hr_result_free(r);
    compare_close(&d);
}

/* Integers of the document: the pounds of the bridge lead from the first to the second. */
static void test_the_bridge_of_the_document(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 300, 2, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "two-more-schools"});
    json_t *root = document(d.c);
    const json_t *first =
        json_array_get(json_object_get(json_object_get(root, "compare"), "differences"), 0);
    const json_t *bridge = json_object_get(first, "bridge");
    json_int_t sum = json_integer_value(json_object_get(bridge, "first"));
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(bridge, "rows"), i, row) sum +=
        json_integer_value(json_object_get(row, "pounds"));
    assert_true(sum == json_integer_value(json_object_get(bridge, "second")));
    json_decref(root);
    compare_close(&d);
}

static char *on_one_line(const hr_comparison *c)
{
    char *text = hr_report_comparison(c);
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
    compared d;
    COMPARE(&d, 2000, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "two-more-schools"});
    char *text = on_one_line(d.c);
    has(text, "With two-more-schools the chance that reserves stay at or above the policy (5 % of "
              "income, assumed) in every year is ");
    has(text,
        "That all 8 targets that the plan itself sets and the one that is our reading of it are "
        "met in one future: ");
    has(text, "Reserves at the end are \xc2\xa3");
    has(text, "futures");
    has(text, "Reserves in % of income end 1.");
    has(text, "at every level of reserves at the end: -\xc2\xa3");
    has(text, "From reserves at the end without to those with two-more-schools");
    assert_true(strstr(text, "Verdict") < strstr(text, "Targets and risks"));
    hr_text_free(text);
    compare_close(&d);
}

static void test_differences_in_words(void **state)
{
    (void)state;
    hr_page *p = hr_page_new();
    const struct {
        hr_estimate e;
        double scale;
        const char *unit, *words;
    } cases[] = {
        {{.value = -0.09, .lo = -0.10, .hi = -0.08}, 100.0, "%", "9 lower (8 to 10)"},
        {{.value = 0.045, .lo = 0.040, .hi = 0.050}, 100.0, "%", "4.5 higher (4.0 to 5.0)"},
        {{.value = -120000, .lo = -130000, .hi = -110000},
         1.0,
         "GBP",
         "\xc2\xa3"
         "120,000 lower (\xc2\xa3"
         "110,000 to \xc2\xa3"
         "130,000)"},
        {{.value = 0.003, .lo = -0.002, .hi = 0.008},
         100.0,
         "%",
         "0.3 higher, which the futures cannot tell from none (0.2 lower to 0.8 higher)"},
        {{.value = 0.0, .lo = -0.0004, .hi = 0.0004},
         100.0,
         "%",
         "no difference that these futures can tell (0.04 lower to 0.04 higher)"},
        {{.value = 0.0, .lo = 0.0, .hi = 0.0}, 100.0, "%", "no different"},
        {{.value = NAN, .lo = NAN, .hi = NAN}, 1.0, "GBP", "not known"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(hr_compare_more(p, cases[i].e, cases[i].scale, cases[i].unit),
                            cases[i].words);
    hr_page_free(p);
}

/* What the verdict says of numbers set by hand. */
static void test_the_verdict_in_words(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 300, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "reserves_policy.target=8"});
    hr_result *a = d.c->result[0], *b = d.c->result[1];
    hr_pair_result *pair = d.c->pair[1];
    const int last = a->years - 1, dilution = HR_M_DILUTION_PCT * a->years + last;
    a->risk[HR_R_RESERVES_BELOW_POLICY].any = hr_estimate_chance(8048, 10000);
    b->risk[HR_R_RESERVES_BELOW_POLICY].any = hr_estimate_chance(8357, 10000);
    pair->risk[HR_R_RESERVES_BELOW_POLICY].any = hr_estimate_paired(450, 141, 10000);
    a->risk[HR_R_CAPACITY_OVERLOAD].any = hr_estimate_chance(8010, 10000);
    b->risk[HR_R_CAPACITY_OVERLOAD].any = hr_estimate_chance(8310, 10000);
    pair->risk[HR_R_CAPACITY_OVERLOAD].any = hr_estimate_paired(441, 141, 10000);
    hr_difference *reserves = &pair->metric[HR_M_RESERVES * a->years + last];
    reserves->mean = (hr_estimate){.value = 5000.0, .lo = 4000.0, .hi = 6000.0, .n = 10000};
    reserves->higher = hr_estimate_chance(4800, 10000);
    reserves->lower = hr_estimate_chance(2300, 10000);
    reserves->equal = hr_estimate_chance(2900, 10000);
    reserves->lower_by = (hr_estimate){.value = -2000.0, .lo = -2100.0, .hi = -1900.0};
    pair->fall = (hr_estimate){.value = 1.3, .lo = 1.29, .hi = 1.31};
    pair->metric[dilution].mean =
        (hr_estimate){.value = -1.1, .lo = -1.11, .hi = -1.09, .n = 10000};
    a->metric[dilution].mean.value = 0.2;
    b->metric[dilution].mean.value = -0.9;
    char *text = on_one_line(d.c);
    has(text, "the policy (each against its own: 8 % of income, without 5 % of income, assumed) in "
              "every year is 16.4 in 100 (15.7 to 17.2), without 19.5 in 100 (18.8 to 20.3): 3.1 "
              "lower (");
    has(text, "enough in every year: 17 in 100 (16 to 18), without 20 in 100 (19 to 21): 3.0 "
              "lower");
    has(text, "in 23 of 100 futures (22 to 24) they are lower, by \xc2\xa3"
              "2,000 on average, and in 29 of 100 futures (28 to 30) the same.");
    has(text, "end 1.3 points lower: joiners bring 1.1 points more, and results take 2.4 more.");
    hr_text_free(text);
    b->metric[dilution].mean.value = 0.4;
    text = on_one_line(d.c);
    has(text, "end 1.3 points lower: joiners dilute them by 1.1 less, and results take 2.4 more.");
    hr_text_free(text);
    compare_close(&d);
}

static void test_one_future_and_one_year(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 1, 1, {"tests/scenarios/sound.cfg", "years=1"},
            {"tests/scenarios/sound.cfg", "pay-shock"});
    char *text = on_one_line(d.c);
    has(text, "2026/27, the same future through each, seed 1:");
    has(text, " 1 future is too few for a verdict: ");
    has(text, " in the year is not known, nor is it ");
    has(text, "That improvement days are enough in the year: not known, nor is it ");
    assert_null(strstr(text, " 1 futures"));
    hr_text_free(text);
    compare_close(&d);
}

static const char *dominance_said(hr_page *p, compared *d, hr_dominates by_order,
                                  hr_dominates by_means)
{
    hr_dominance *of = &d->c->pair[1]->reserves;
    *of = (hr_dominance){.n = 300, .by_order = by_order, .by_means = by_means, .surest = {1, 17}};
    for (int i = 0; i < HR_LEVELS; i++)
        of->at[i].level = 100000.0 * (i - 2) + 4.0;
    return hr_compare_dominance(p, d->c, 1);
}

static void test_dominance_in_words(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 300, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "two-more-schools"});
    hr_page *p = hr_page_new();
    const char *each = "Each of 19 levels of reserves at the end, from -\xc2\xa3"
                       "200,000 to \xc2\xa3"
                       "1,600,000, is likelier to be reached ";
    const char *cannot =
        "These futures cannot tell whether one of the two is better at every one of "
        "19 levels";
    const char *words = dominance_said(p, &d, HR_DOMINATES_SECOND, HR_DOMINATES_SECOND);
    has(words, each);
    has(words, "reached with two-more-schools, beyond the error of these futures: first-order");
    has(dominance_said(p, &d, HR_DOMINATES_FIRST, HR_DOMINATES_FIRST), "reached without, beyond");
    words = dominance_said(p, &d, HR_DOMINATES_NEITHER, HR_DOMINATES_SECOND);
    has(words, "end: -\xc2\xa3"
               "100,000 or more is likelier without, \xc2\xa3"
               "1,500,000 or more with two-more-schools. A board that dislikes risk, much or "
               "little, prefers the reserves with two-more-schools: second-order");
    has(dominance_said(p, &d, HR_DOMINATES_NEITHER, HR_DOMINATES_NEITHER),
        "there is no second-order dominance");
    has(dominance_said(p, &d, HR_DOMINATES_NEITHER, HR_DOMINATES_UNKNOWN),
        "cannot tell which a board that dislikes risk would prefer");
    words = dominance_said(p, &d, HR_DOMINATES_UNKNOWN, HR_DOMINATES_UNKNOWN);
    has(words, cannot);
    has(words, ", nor which a board that dislikes risk would prefer.");
    words = dominance_said(p, &d, HR_DOMINATES_UNKNOWN, HR_DOMINATES_FIRST);
    has(words, cannot);
    has(words, "prefers the reserves without: second-order");
    assert_string_equal(dominance_said(p, &d, HR_DOMINATES_EQUAL, HR_DOMINATES_EQUAL), "");
    hr_page_free(p);
    compare_close(&d);
}

static void test_names(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 256, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, NULL});
    hr_page *p = hr_page_new();
    assert_string_equal(hr_compare_named(p, d.c, 1).heading, "The Learning Together Trust (2)");
    d.c->with[1] = "a\x1b[2J=b";
    assert_null(strchr(hr_compare_named(p, d.c, 1).heading, '\x1b'));
    assert_string_equal(hr_compare_named(p, d.c, 0).heading, "without");
    hr_page_free(p);
    compare_close(&d);
}

static void test_figures(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 300, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "two-more-schools"});
    hr_page *p = hr_page_new();
    hr_figure *f;
    const int count = hr_compare_figures(p, d.c, &f);
    int fans = 0, differences = 0;
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        hr_buffer script = {0};
        fans += f[i].kind == HR_FIGURE_FANS;
        differences += f[i].kind == HR_FIGURE_FAN && f[i].limit == 0.0;
        assert_true(hr_chart_script(&f[i], &script));
        assert_non_null(strstr(script.text, "+1.")); /* joins are marked, in data */
        assert_non_null(strstr(script.text, "marks = 3"));
        char *text = hr_figure_text(&f[i]);
        assert_non_null(strstr(text, "two-more-schools"));
        hr_text_free(text);
        hr_buffer_free(&script);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(f[k].name, f[i].name);
    }
    assert_true(fans >= 4 && differences == 3);
    /* the schools that join are no number of the axis */
    assert_true(hr_figure_axis(&f[count - 3]).high >= 100000.0);
    hr_page_free(p);
    compare_close(&d);
}

static void test_same_bytes_twice(void **state)
{
    (void)state;
    char *text[2];
    for (int i = 0; i < 2; i++) {
        compared d;
        COMPARE(&d, 300, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "two-more-schools"});
        text[i] = hr_report_comparison_json(d.c);
        compare_close(&d);
    }
    assert_string_equal(text[0], text[1]);
    hr_text_free(text[0]);
    hr_text_free(text[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conforms_to_its_schema),
        cmocka_unit_test(test_the_first_is_as_in_a_run),
        cmocka_unit_test(test_the_bridge_of_the_document),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_differences_in_words),
        cmocka_unit_test(test_the_verdict_in_words),
        cmocka_unit_test(test_one_future_and_one_year),
        cmocka_unit_test(test_dominance_in_words),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_same_bytes_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
