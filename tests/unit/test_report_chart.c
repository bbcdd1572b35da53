/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures, their scripts and drawings: axes that are round, texts that are data, files that are
 * whole. */
#include "support/near.h"
#include "support/result_fixture.h"

#include "report/chart.h"

static hr_axis axis_of(double low, double high, double limit)
{
    hr_page *p = hr_page_new();
    hr_table *t = hr_table_new(p, "t", "T", 2);
    const double value[] = {low, high};
    for (int i = 0; i < 2; i++) {
        hr_table_row(t);
        hr_table_number(t, 1, value[i], "");
    }
    const hr_figure f = {.table = t, .limit = limit};
    const hr_axis a = hr_figure_axis(&f);
    hr_page_free(p);
    return a;
}

static void test_axes(void **state)
{
    (void)state;
    hr_axis a = axis_of(1200.0, 3400.0, NAN);
    assert_near(a.low, 0.0, 0.0);
    assert_near(a.high, 4000.0, 1e-12);
    assert_near(a.step, 1000.0, 1e-12);
    a = axis_of(9000.0, 9400.0, NAN);
    assert_true(a.low >= 8900.0 && a.high <= 9500.0 && a.step > 0.0);
    a = axis_of(-3.2, 6.6, 5.0);
    assert_true(a.low <= -3.2 && a.high >= 6.6);
    a = axis_of(7.0, 7.0, NAN);
    assert_true(a.high > a.low && a.step > 0.0);
    a = axis_of(NAN, NAN, NAN);
    assert_true(a.high > a.low);
    a = axis_of(NAN, 3.0, 10.0);
    assert_true(a.high >= 10.0);
}

static void test_texts_are_data(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new("END_OF_HEADROOM_DATA\n!touch pwned `id` \"", 3);
    hr_page *p = hr_page_new();
    hr_figure *figure;
    const int figures = hr_figures_build(p, hr_fixture_result(f), &figure);
    assert_true(figures >= 6);
    for (int i = 0; i < figures; i++) {
        hr_buffer b = {0};
        assert_true(hr_chart_script(&figure[i], &b));
        /* four blocks at most, each ended once: no text ended one early */
        assert_null(strstr(b.text, "\n!touch"));
        assert_null(strstr(b.text, "\nEND_OF_HEADROOM_DATA !"));
        assert_non_null(strstr(b.text, "noenhanced"));
        hr_buffer_free(&b);
    }
    hr_page_free(p);
    hr_fixture_free(f);
}

static void test_figures_say_what_they_show(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_page *p = hr_page_new();
    hr_figure *figure;
    const int figures = hr_figures_build(p, hr_fixture_result(f), &figure);
    assert_string_equal(figure[0].name, "pupils");
    assert_string_equal(
        figure[0].headline,
        "In 2020/21 the middle future has 1,957 pupils; 80 of 100 futures lie between 1,581 "
        "and 2,333 pupils.");
    for (int i = 0; i < figures; i++) {
        char *text = hr_figure_text(&figure[i]);
        assert_non_null(strstr(text, figure[i].title));
        free(text);
    }
    hr_page_free(p);
    hr_fixture_free(f);
}

static const hr_figure *named(const hr_figure *figure, int figures, const char *name)
{
    for (int i = 0; i < figures; i++)
        if (strcmp(figure[i].name, name) == 0)
            return &figure[i];
    fail();
    return NULL;
}

static void test_the_axis_says_the_unit_only(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_page *p = hr_page_new();
    hr_figure *figure;
    const int figures = hr_figures_build(p, hr_fixture_result(f), &figure);
    assert_string_equal(named(figure, figures, "pupils")->axis, "");
    assert_string_equal(named(figure, figures, "reserves_pct")->axis, "%");
    assert_string_equal(named(figure, figures, "topslice_income")->axis, "\xc2\xa3");
    hr_page_free(p);
    hr_fixture_free(f);
}

static void test_what_is_not_drawn_says_why(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 1);
    hr_result *r = hr_fixture_result(f);
    hr_page *p = hr_page_new();
    hr_figure *figure;
    for (int k = 0; k < 2; k++)
        r->candidate[k].joins = hr_estimate_chance(0, 10000);
    int figures = hr_figures_build(p, r, &figure);
    assert_string_equal(named(figure, figures, "joins")->headline,
                        "No candidate joins by 2018/19 in any future that was run.");
    r->candidates = 0;
    for (int k = 0; k < HR_RISKS; k++)
        r->risk[k].any = hr_estimate_chance(0, 10000);
    figures = hr_figures_build(p, r, &figure);
    const char *const names[] = {"joins", "risks"};
    for (int i = 0; i < 2; i++) {
        const hr_figure *none = named(figure, figures, names[i]);
        assert_int_equal(none->kind, HR_FIGURE_NONE);
        char *text = hr_figure_text(none);
        assert_non_null(strstr(text, "No chart is drawn: "));
        free(text);
    }
    hr_page_free(p);
    hr_fixture_free(f);
}

/* A long name is cut before the number that tells it from its brothers. */
static void test_long_names_keep_their_number(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 1);
    hr_result *r = hr_fixture_result(f);
    static const char *const said[] = {"A primary somewhere in the west of the county 12",
                                       "The school with the very longest of all names"};
    for (int k = 0; k < 2; k++)
        r->candidate[k].name = said[k];
    hr_page *p = hr_page_new();
    hr_figure *figure;
    const int figures = hr_figures_build(p, r, &figure);
    hr_buffer b = {0};
    assert_true(hr_chart_script(named(figure, figures, "joins"), &b));
    assert_non_null(strstr(b.text, "A primary somewhere in the \xe2\x80\xa6 12"));
    assert_non_null(strstr(b.text, "The school with the very longe\xe2\x80\xa6"));
    hr_buffer_free(&b);
    hr_page_free(p);
    hr_fixture_free(f);
}

static void test_whole_or_not(void **state)
{
    (void)state;
    assert_true(hr_chart_svg_whole("<svg></svg>\n", 12));
    assert_false(hr_chart_svg_whole("<svg><g>", 8));
    assert_false(hr_chart_svg_whole("", 0));
    const char png[] = "\x89PNG\r\n\x1a\n............\0\0\0\0IEND\xae\x42\x60\x82";
    assert_true(hr_chart_png_whole(png, sizeof png - 1));
    assert_false(hr_chart_png_whole(png, sizeof png - 4));
}

static void test_amending(void **state)
{
    (void)state;
    const hr_figure f = {.name = "pupils", .title = "A <b> & \"c\"", .headline = "]]> x"};
    hr_buffer b = {0};
    assert_true(hr_chart_amend(
        &f,
        "<?xml?><svg width=\"1\"><title>Gnuplot</title><desc>Produced by GNUPLOT</desc>"
        "<text>]]></text></svg>",
        &b));
    assert_string_equal(
        b.text, "<?xml?><svg role=\"img\" aria-labelledby=\"pupils-title pupils-desc\" width=\"1\">"
                "<title id=\"pupils-title\">A &lt;b&gt; &amp; &quot;c&quot;</title>\n"
                "<desc id=\"pupils-desc\">]]&gt; x</desc><text>]]&gt;</text></svg>");
    hr_buffer_clear(&b);
    assert_false(hr_chart_amend(&f, "<svg></svg>", &b));
    hr_buffer_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_axes),
        cmocka_unit_test(test_texts_are_data),
        cmocka_unit_test(test_figures_say_what_they_show),
        cmocka_unit_test(test_the_axis_says_the_unit_only),
        cmocka_unit_test(test_what_is_not_drawn_says_why),
        cmocka_unit_test(test_long_names_keep_their_number),
        cmocka_unit_test(test_whole_or_not),
        cmocka_unit_test(test_amending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
