/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagnostics: order, counts, the cap, dropping, and the way they are written. */
#include "support/config_case.h"

#include "config/diag.h"

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
    assert_int_equal(hr_diags_count(NULL), 0);
    assert_int_equal(hr_diags_errors(NULL), 0);
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

static void drops_a_severity(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_diags_add(d, HR_WARNING, "a.cfg", 1, "a warning", "a hint");
    hr_diags_add(d, HR_ERROR, "a.cfg", 2, "an error", NULL);
    hr_diags_add(d, HR_WARNING, NULL, 0, "another", NULL);
    hr_diags_drop(d, HR_WARNING);
    assert_int_equal(hr_diags_count(d), 1);
    assert_int_equal(hr_diags_errors(d), 1);
    assert_string_equal(hr_diags_get(d, 0)->text, "an error");
    hr_diags_drop(d, HR_ERROR);
    assert_int_equal(hr_diags_count(d), 0);
    assert_int_equal(hr_diags_errors(d), 0);
    hr_diags_free(d);
}

static void passes_on_what_is_new(void **state)
{
    (void)state;
    hr_diags *from = hr_diags_new(), *to = hr_diags_new();
    hr_diags_add(to, HR_NOTE, "a.cfg", 1, "a note", NULL);
    hr_diags_add(from, HR_NOTE, "a.cfg", 1, "a note", NULL);
    hr_diags_add(from, HR_NOTE, "a.cfg", 2, "a note", NULL);
    hr_diags_add(from, HR_NOTE, "b.cfg", 1, "a note", NULL);
    hr_diags_add(from, HR_ERROR, NULL, 0, "an error", "a hint");
    for (int twice = 0; twice < 2; twice++) {
        hr_diags_pass_on(from, to);
        assert_int_equal(hr_diags_count(to), 4);
        assert_int_equal(hr_diags_errors(to), 1);
    }
    assert_int_equal(hr_diags_get(to, 1)->line, 2);
    assert_string_equal(hr_diags_get(to, 2)->file, "b.cfg");
    assert_string_equal(hr_diags_get(to, 3)->hint, "a hint");
    hr_diags_free(from);
    hr_diags_free(to);
}

static void nobody_is_told(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_diags_add(NULL, HR_ERROR, NULL, 0, "an error", NULL);
    hr_diags_add(d, HR_ERROR, NULL, 0, "an error", NULL);
    hr_diags_pass_on(d, NULL);
    assert_int_equal(hr_diags_no_memory(NULL), HR_NO_MEMORY);
    assert_int_equal(hr_diags_errors(NULL), 0);
    assert_int_equal(hr_diags_count(NULL), 0);
    hr_diags_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_by_file_and_line), cmocka_unit_test(caps_errors),
        cmocka_unit_test(drops_a_severity),       cmocka_unit_test(passes_on_what_is_new),
        cmocka_unit_test(nobody_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
