/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the chances settle, as pages, figures and results.json say it, from a result made by hand. */
#include "support/near.h"
#include "support/result_fixture.h"

#include <jansson.h>
#include <stdlib.h>

#include "headroom/report.h"
#include "report/build.h"
#include "report/chart.h"

enum { LAST = 6, POINTS = 7 };

static char *table_of(hr_fixture *f)
{
    hr_page *p = hr_page_new();
    hr_build_settling(p, hr_fixture_result(f));
    char *text = hr_page_as_text(p);
    assert_non_null(text);
    hr_page_free(p);
    return text;
}

static void assert_says(hr_fixture *f, const char *words, bool said)
{
    char *text = table_of(f);
    if ((strstr(text, words) != NULL) != said)
        fail_msg("%s\n%s \"%s\"", text, said ? "does not say" : "says", words);
    free(text);
}

static void test_the_table(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    assert_says(f, "How the chances settle\n", true);
    assert_says(f, " 256             1,024             4,096        all 10,000\n", true);
    assert_says(f, "improvement days are enough      58 (52 to 64)     58 (55 to 61)", true);
    assert_says(f, "reserves keep the policy                   >98             >99.6", true);
    assert_says(f, "0.4 (0.3 to 0.6)\n", true); /* all targets, by all futures */
    /* each kind has one target, which is all of its kind */
    assert_says(f, "2,500 to 3,500 pupils", false);
    assert_says(f, "of our reading", true);
    hr_result *r = hr_fixture_result(f);
    r->target[1].our_reading = false;
    r->our_targets_all = hr_estimate_chance(0, 0);
    assert_says(f, "of our reading", false);
    assert_says(f, "of the plan", false);
    assert_says(f, "every target is met", true);
    hr_fixture_free(f);
}

static void test_who_left_the_interval_is_named(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_result *r = hr_fixture_result(f);
    const char *none = "Between 4,096 futures and all\n10,000 none of the chances of the verdict "
                       "left the interval that it had.";
    assert_says(f, none, true);
    hr_estimate *days = &r->settling.p[POINTS], *pupils = &r->settling.p[5 * POINTS];
    days[5] = hr_estimate_chance(0, 8192);   /* more than half: not looked at */
    pupils[4] = hr_estimate_chance(0, 4096); /* no chance of the verdict but of a target alone */
    assert_says(f, none, true);
    const hr_estimate was = days[4];
    days[4].hi = days[LAST].value;
    assert_says(f, none, true);
    days[4].hi = days[LAST].value - 1e-9;
    assert_says(f, none, false);
    assert_says(f, "\xe2\x80\x9cimprovement days are enough\xe2\x80\x9d left the interval", true);
    days[4] = was;
    days[4].lo = days[LAST].value + 1e-9;
    r->settling.p[4] = hr_estimate_chance(1, 4096);
    assert_says(f, "\xe2\x80\x9creserves keep the policy\xe2\x80\x9d and", true);
    hr_fixture_free(f);
}

static void test_few_futures_have_no_table(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_result *r = hr_fixture_result(f);
    r->settling.points = 1;
    assert_says(f, "settle", false);
    r->settling.points = 0;
    assert_says(f, "settle", false);
    /* 256 and 300: the table, but no half to hold them against */
    r->settling.points = 2;
    r->settling.paths[1] = 300;
    assert_says(f, "all 300\n", true);
    assert_says(f, "left the interval", false);
    /* marks end long before the futures do */
    r->settling.paths[1] = 300000;
    assert_says(f, "left the interval", false);
    hr_fixture_free(f);
}

static const hr_figure *figure_of(hr_page *p, hr_fixture *f)
{
    hr_figure *figure;
    const int figures = hr_figures_build(p, hr_fixture_result(f), &figure);
    for (int i = 0; i < figures; i++)
        if (strcmp(figure[i].name, "convergence") == 0)
            return &figure[i];
    fail();
    return NULL;
}

static void test_the_figure(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(HR_HOSTILE_NAME, 3);
    hr_page *p = hr_page_new();
    const hr_figure *figure = figure_of(p, f);
    assert_int_equal(figure->kind, HR_FIGURE_SETTLING);
    assert_int_equal(figure->lines, 5);
    assert_int_equal(figure->points, POINTS);
    assert_int_equal(figure->table->rows, 5 * POINTS);
    const hr_axis a = hr_figure_axis(figure);
    assert_true(a.low >= 0.0 && a.high <= 100.0); /* futures stand at the other axis */
    hr_buffer b = {0};
    assert_true(hr_chart_script(figure, &b));
    assert_non_null(strstr(b.text, "\nlines_drawn = 5\npoints = 7\nmarks = 7\n"));
    assert_non_null(strstr(b.text, "\n256\n512\n1,024\n2,048\n4,096\n \n10,000\nEND"));
    hr_buffer_free(&b);
    hr_result *r = hr_fixture_result(f);
    r->settling.points = 1;
    figure = figure_of(p, f);
    assert_int_equal(figure->kind, HR_FIGURE_NONE);
    assert_non_null(strstr(figure->headline, "No chart is drawn: "));
    hr_page_free(p);
    hr_fixture_free(f);
}

/* Of many targets six lines are drawn, at whose axis the others have no place, and all are in the
 * table. */
static void test_many_targets(void **state)
{
    (void)state;
    enum { TARGETS = 12, HEADLINES = 2 + 3 + TARGETS };
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_result *r = hr_fixture_result(f);
    hr_target_result target[TARGETS];
    hr_estimate settled[HEADLINES * POINTS];
    for (int q = 0; q < TARGETS; q++)
        target[q] = r->target[q % 2];
    for (int i = 0; i < HEADLINES * POINTS; i++)
        settled[i] = i < 6 * POINTS ? hr_estimate_chance(100, 1000) : hr_estimate_chance(9, 10);
    r->target = target;
    r->targets = TARGETS;
    r->settling.p = settled;
    hr_page *p = hr_page_new();
    const hr_figure *figure = figure_of(p, f);
    assert_int_equal(figure->lines, HR_FIGURE_LINES);
    assert_int_equal(figure->table->rows, HEADLINES * POINTS);
    assert_true(hr_figure_axis(figure).high < 20.0);
    hr_page_free(p);
    hr_fixture_free(f);
}

static void test_results(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    const hr_result *r = hr_fixture_result(f);
    char *text = hr_report_json(r);
    json_t *root = json_loads(text, 0, NULL);
    const json_t *list = json_object_get(root, "convergence");
    static const char *const keys[] = {"policy_kept",      "days_enough",     "targets_all",
                                       "plan_targets_all", "our_targets_all", "size",
                                       "no_deficit"};
    assert_int_equal(json_array_size(list), 7);
    for (size_t n = 0; n < 7; n++) {
        const json_t *row = json_array_get(list, n), *at = json_object_get(row, "at");
        assert_string_equal(json_string_value(json_object_get(row, "key")), keys[n]);
        assert_int_equal(json_array_size(at), POINTS);
        for (size_t k = 0; k < POINTS; k++) {
            const json_t *point = json_array_get(at, k);
            const hr_estimate e = r->settling.p[n * POINTS + k];
            assert_int_equal(json_integer_value(json_object_get(point, "paths")),
                             r->settling.paths[k]);
            assert_true(hr_same_bits(json_number_value(json_object_get(point, "p")), e.value));
            assert_true(hr_same_bits(json_number_value(json_object_get(point, "hi")), e.hi));
        }
    }
    json_decref(root);
    hr_text_free(text);
    hr_fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_table),
        cmocka_unit_test(test_who_left_the_interval_is_named),
        cmocka_unit_test(test_few_futures_have_no_table),
        cmocka_unit_test(test_the_figure),
        cmocka_unit_test(test_many_targets),
        cmocka_unit_test(test_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
