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

/* What is missing can come from no more schools than the rows of the pipeline let forward by then
 * and the growth policy has room for. */
static void missing_comes_from(const char *policy, const char *words)
{
    const hr_change changes[] = {
        {.kind = HR_CHANGE_SET,
         .text = "pipeline=( { id = \"few\"; slots = 6; wanted = ((\"2026/27\", 0), (\"2027/28\", "
                 "1)); route = \"converter\"; phase = \"primary\"; ages = [4, 11]; roll = 200; }, "
                 "{ id = \"many\"; slots = 2; wanted = 3; route = \"converter\"; phase = "
                 "\"primary\"; ages = [4, 11]; roll = 300; } )"},
        {.kind = HR_CHANGE_SET,
         .text = "targets=( { name = \"Late\"; expr = \"P(pupils >= 3055, 2029/30)\"; }, { name = "
                 "\"Soon\"; expr = \"P(schools >= 5, 2026/27)\"; } )"},
        {.kind = HR_CHANGE_SET, .text = policy}};
    hr_scenario *s = load_sound(SOUND, changes, 3);
    char *text = hr_report_check(s, false, true);
    if (!strstr(text, words))
        fail_msg("%s: not said: %s", policy, words);
    hr_text_free(text);
    hr_scenario_free(s);
}

static void test_pupils_come_from_schools_that_may_join(void **state)
{
    (void)state;
    /* 1,455 at the start and 200 of elm: 1,400 more, of 3 years' one of `few` and 2 of `many` */
    missing_comes_from("growth_policy.max_joins_per_year=2",
                       "The other 1,400 must come from at most 5 schools not yet known: 280 each "
                       "if all join; such a school is expected to have 240.");
    missing_comes_from("growth_policy.max_schools=5",
                       "The other 1,400 must come from at most 2 schools not yet known, as the "
                       "growth policy stops at 5: 700 each if all join");
    missing_comes_from("growth_policy.max_schools=3",
                       "The other 1,400 can only come from growth of the schools themselves.");
    missing_comes_from("growth_policy.max_joins_per_year=2",
                       "the trust starts with 2: 3 more, where at most 2 may join by then.");
}

/* Settings of the reserves policy, and what the arithmetic says of them ("" for nothing). */
static void floors_say(const char *policy, const char *words)
{
    char set[256];
    snprintf(set, sizeof set, "reserves_policy={ %s }", policy);
    const hr_change change = {.kind = HR_CHANGE_SET, .text = set};
    hr_scenario *s = load_sound(SOUND, &change, 1);
    char *text = hr_report_check(s, false, true);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    const json_t *rows = json_object_get(root, "arithmetic");
    const char *said = "";
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (strstr(json_string_value(json_array_get(rows, i)), "at each school"))
            said = json_string_value(json_array_get(rows, i));
    assert_string_equal(said, words);
    json_decref(root);
    hr_text_free(text);
    hr_scenario_free(s);
}

/* Floors of each school beside the policy of the trust. */
static void test_floors_beside_the_policy(void **state)
{
    (void)state;
    floors_say("measure = \"months\"; target = 1; school_floor_pct = 6;",
               "6 % of income at each school is 0.7 of a month of spending, where spending is as "
               "much as income; the policy asks for 1 month: the centre must hold the other 2.3 % "
               "of income.");
    floors_say(
        "measure = \"months\"; target = 1; school_floor_pct = 6; centre_floor_pct = 2;",
        "6 % of income at each school and 2 % at the centre are 1.0 months of spending, where "
        "spending is as much as income; the policy asks for 1 month: 0.3 % of income more "
        "must be held above the floors.");
    floors_say("target = 5; school_floor_pct = 6;",
               "6 % of income at each school; the policy asks for 5 % of income: the floors alone "
               "ask for 1 % of income more.");
    floors_say("measure = \"band\"; target = 5; upper = 9; school_floor_pct = 4.5;",
               "4.5 % of income at each school; the policy asks for 5 % of income: the centre must "
               "hold the other 0.5 % of income.");
    floors_say("target = 5; school_floor_pct = 5;", "");
    floors_say("target = 5; centre_floor_pct = 1;", "");
}

/* A policy in pounds is held against the first year's income in the plain case. */
static void test_floors_beside_a_policy_in_pounds(void **state)
{
    (void)state;
    static const hr_change change[] = {
        {.kind = HR_CHANGE_SET,
         .text =
             "reserves_policy={ measure = \"pounds\"; target = 900000; school_floor_pct = 6; }"}};
    hr_scenario *s = load_sound(SOUND, change, 1);
    char *text = hr_report_check(s, false, false);
    const char *at = strstr(text, "6 % of income at each school is \xc2\xa3");
    assert_non_null(at);
    const double floors = 1000.0 * strtod(at + 34, NULL), income = floors / 0.06;
    assert_true(income > 1.0e7 && income < 1.25e7); /* some 1,455 pupils at 7,700 pounds */
    assert_non_null(strstr(at, "the policy asks for \xc2\xa3"
                               "900,000: the centre must hold the\n  other "));
    hr_text_free(text);
    hr_scenario_free(s);
}

/* 1,600,000 against an income of 16,020,000: a joiner with 2,170,000 a year leaves reserves as they
 * are where it brings 216,729; without anything it takes 1.2 points. A kind of school not yet known
 * is not told. */
static void joiner_says(const char *more, const char *words)
{
    char set[400];
    snprintf(
        set, sizeof set,
        "candidates=( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = 350; pan = 50; "
        "grade = \"good\"; wished = \"2027-09\"; %s } )",
        more);
    const hr_change change = {.kind = HR_CHANGE_SET, .text = set};
    hr_scenario *s = load_sound("tests/scenarios/still.cfg", &change, 1);
    char *text = hr_report_check(s, false, true);
    if (!strstr(text, words))
        fail_msg("%s: not said: %s", more, words);
    hr_text_free(text);
    hr_scenario_free(s);
}

static void test_what_a_joiner_would_have_to_bring(void **state)
{
    (void)state;
    joiner_says("route = \"converter\"; balance = 0;",
                "fir, with an income of \xc2\xa3"
                "2,170,000 a year, would leave reserves at 10.0 % of income on its first day if it "
                "brought \xc2\xa3"
                "217,000; it is expected to bring nothing, which takes 1.2 points (plain case).");
    joiner_says("route = \"converter\"; balance = 217000;", "217,000, which is about that (plain");
    joiner_says("route = \"converter\"; balance = 400000;",
                "400,000, which adds 1.0 points (plain");
    joiner_says("route = \"sponsored\"; balance = 400000;",
                "bring nothing, which takes 1.2 points");
}

/* The score of a named candidate and its parts, only where the policy asks for one. */
static void test_scores_are_told(void **state)
{
    (void)state;
    const hr_change asked[] = {
        {.kind = HR_CHANGE_SET,
         .text = "candidates.st-marks.score={ all = 0.5; need = 0.9; distance = 0.25; }"},
        {.kind = HR_CHANGE_SET, .text = "growth_policy.min_score=0.6"}};
    for (size_t changes = 1; changes <= 2; changes++) {
        hr_scenario *s = load_sound(SMALL, asked, changes);
        char *text = hr_report_check(s, false, false);
        for (char *c = text; *c; c++)
            if (c[0] == '\n' && c[1] == ' ' && c[2] == ' ')
                memmove(c, c + 2, strlen(c + 2) + 1); /* items on one line */
        const bool told =
            strstr(text, "St Mark's CE Primary scores 0.53 where the growth policy asks for 0.60: "
                         "need 0.90, size 0.50, finance 0.50, distance 0.25, grade 0.50.") != NULL;
        assert_int_equal(told, changes == 2);
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
        cmocka_unit_test(test_pupils_come_from_schools_that_may_join),
        cmocka_unit_test(test_what_a_joiner_would_have_to_bring),
        cmocka_unit_test(test_floors_beside_the_policy),
        cmocka_unit_test(test_floors_beside_a_policy_in_pounds),
        cmocka_unit_test(test_scores_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
