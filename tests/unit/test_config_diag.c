/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagnostics: order, counts, the cap and the way they are written; and the nearest known word. */
#include "support/config_case.h"

#include "config/diag.h"
#include "config/near.h"

static void sorts_by_file_and_line(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_diags_add(d, HR_WARNING, NULL, 0, "last", NULL);
    hr_diags_add(d, HR_ERROR, "b.cfg", 1, "third", NULL);
    hr_diags_add(d, HR_ERROR, "a.cfg", 9, "second", "try this");
    hr_diags_addf(d, HR_NOTE, "a.cfg", 2, NULL, "%s %d", "first", 1);
    hr_diags_sort(d);
    assert_int_equal(hr_diags_count(d), 4);
    assert_int_equal(hr_diags_errors(d), 2);
    assert_string_equal(hr_diags_get(d, 0)->text, "first 1");
    assert_string_equal(hr_diags_get(d, 3)->text, "last");
    assert_null(hr_diags_get(d, 4));
    char text[200];
    const size_t length = hr_diag_format(hr_diags_get(d, 1), text, sizeof text);
    assert_string_equal(text, "a.cfg:9: error: second\n    hint: try this\n");
    assert_int_equal(length, strlen(text));
    hr_diag_format(hr_diags_get(d, 3), text, sizeof text);
    assert_string_equal(text, "warning: last\n");
    assert_int_equal(hr_diag_format(hr_diags_get(d, 1), text, 5), length);
    assert_string_equal(text, "a.cf");
    hr_diags_free(d);
    hr_diags_free(NULL);
}

static void caps_errors(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    for (int i = 0; i < 60; i++)
        hr_diags_addf(d, HR_ERROR, "a.cfg", 60 - i, NULL, "error %d", i);
    hr_diags_add(d, HR_WARNING, "a.cfg", 99, "a warning", NULL);
    hr_diags_cap(d, 50);
    assert_int_equal(hr_diags_errors(d), 60);
    assert_int_equal(hr_diags_count(d), 52);
    assert_int_equal(hr_diags_get(d, 0)->line, 1);
    assert_string_equal(hr_diags_get(d, 50)->text, "a warning");
    assert_string_equal(hr_diags_get(d, 51)->text, "and 10 more");
    hr_diags_free(d);
}

static void measures_edits(void **state)
{
    (void)state;
    assert_int_equal(hr_near_distance("pan", "pan"), 0);
    assert_int_equal(hr_near_distance("pan", "PAN"), 0);
    assert_int_equal(hr_near_distance("pann", "pan"), 1);
    assert_int_equal(hr_near_distance("rols", "roll"), 1);
    assert_int_equal(hr_near_distance("raet_pct", "rate_pct"), 1);
    assert_int_equal(hr_near_distance("", "abc"), 3);
}

static const char *nearest(const char *wanted, const char *a, const char *b)
{
    hr_near near;
    hr_near_begin(&near, wanted);
    hr_near_offer(&near, a);
    hr_near_offer(&near, b);
    return near.best;
}

static void offers_near_words_only(void **state)
{
    (void)state;
    assert_string_equal(nearest("yeers", "name", "years"), "years");
    assert_string_equal(nearest("rate", "flat", "rate_pct"), "rate_pct");
    assert_null(nearest("colour", "form", "base"));
    assert_null(nearest("rat", "flat", "years"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_by_file_and_line),
        cmocka_unit_test(caps_errors),
        cmocka_unit_test(measures_edits),
        cmocka_unit_test(offers_near_words_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
