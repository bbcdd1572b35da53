/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `check`: settings by group with origin and source, as a page and as a document. The page is made
 * from the scenario that ships. */
#include "support/config_case.h"

#include <jansson.h>

#include "headroom/report.h"

static hr_scenario *scenario(void)
{
    static const hr_change change[] = {{.kind = HR_CHANGE_WITH, .text = "pay-shock"},
                                       {.kind = HR_CHANGE_SET, .text = "topslice.rate_pct=4.5"}};
    return load_sound(SMALL, change, 2);
}

/* The line that begins with `head` after `from`, in a buffer of the test. */
static const char *line_after(const char *from, const char *head)
{
    static char line[256];
    const char *at = strstr(from, head);
    assert_non_null(at);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at + 1, "\n"), at + 1);
    return line;
}

static void test_groups_and_origins(void **state)
{
    (void)state;
    hr_scenario *s = scenario();
    char *text = hr_report_check(s, true, false);
    assert_non_null(text);
    const char *settings = strstr(text, "Settings by group");
    assert_true(strstr(text, "Settings: given by you ") < settings);
    assert_non_null(
        strstr(line_after(strstr(settings, "\nschools.oakfield\n"), "\n  roll  "), "given, line "));
    assert_non_null(strstr(settings, "  set\n"));
    assert_non_null(strstr(settings, "  overlay, "));
    assert_non_null(strstr(settings, "  default"));
    assert_non_null(strstr(settings, "\n[1] "));
    assert_null(strstr(settings, "dist ="));
    for (const char *at = text; *at; at += strcspn(at, "\n") + 1)
        assert_true(strcspn(at, "\n") <= 110); /* bytes; a line has 100 columns at most */
    hr_text_free(text);
    hr_scenario_free(s);
}

static void test_document_says_where(void **state)
{
    (void)state;
    hr_scenario *s = scenario();
    char *text = hr_report_check(s, true, true);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    const json_t *rows = json_object_get(root, "assumptions");
    bool found = false;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (strcmp(json_string_value(json_object_get(row, "key")), "schools.oakfield.roll") != 0)
            continue;
        found = true;
        assert_string_equal(json_string_value(json_object_get(row, "file")),
                            "tests/scenarios/small.cfg");
        assert_true(json_integer_value(json_object_get(row, "line")) > 0);
        assert_non_null(json_string_value(json_object_get(row, "meaning")));
    }
    assert_true(found);
    json_decref(root);
    hr_text_free(text);
    hr_scenario_free(s);
}

/* What a target asks for by counting; an `or` or a `not` leaves another way to meet it. */
static void test_arithmetic_of_a_condition(void **state)
{
    (void)state;
    static const struct {
        const char *expr;
        bool counted;
    } cases[] = {{"P(pupils >= 4321, end)", true},
                 {"P(pupils >= 4321 and schools < 9, end)", true},
                 {"P(not pupils >= 4321, end)", false},
                 {"P(pupils >= 4321 or schools >= 2, end)", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char set[128];
        snprintf(set, sizeof set, "targets=( { name = \"Many\"; expr = \"%s\"; } )", cases[i].expr);
        const hr_change change = {.kind = HR_CHANGE_SET, .text = set};
        hr_scenario *s = load_sound(SOUND, &change, 1);
        char *text = hr_report_check(s, false, false);
        assert_int_equal(strstr(text, "asks for 4,321 pupils") != NULL, cases[i].counted);
        hr_text_free(text);
        hr_scenario_free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups_and_origins),
        cmocka_unit_test(test_document_says_where),
        cmocka_unit_test(test_arithmetic_of_a_condition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
