/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is not known in words and JSON: beside the arithmetic's error, in the list of targets, in
 * the difference of a comparison; and what is said where it was not looked at. */
#include "analysis/sets.h"
#include "headroom/report.h"
#include "support/compare_case.h"
#include "support/result_fixture.h"
#include "support/schema_case.h"

static void on_one_line(char *text)
{
    char *to = text;
    for (const char *c = text; *c; c++) {
        const char one = *c == '\n' ? ' ' : *c;
        if (one != ' ' || to == text || to[-1] != ' ')
            *to++ = one;
    }
    *to = '\0';
}

static void assert_says(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("no \"%s\" in: %.1500s", words, strstr(text, "Verdict"));
}

/* A result by hand whose headlines, in their order, sets put between these. */
enum { MOST = 16 };
typedef struct {
    hr_fixture *f;
    hr_headline of[MOST];
    hr_set_headline headline[MOST];
    struct hr_sets sets;
} known;

static known *known_new(const hr_spread *spread, int count)
{
    known *k = calloc(1, sizeof *k);
    k->f = hr_fixture_new(NULL, 3);
    hr_result *r = hr_fixture_result(k->f);
    assert_true(hr_headlines_most(r) <= MOST);
    k->sets = (struct hr_sets){.sets = 200,
                               .paths = 128,
                               .headline = k->headline,
                               .headlines = hr_headlines(r, k->of),
                               .reserves = {-1000.0, 2000.0, 900.0},
                               .reserves_pct = {4.0, 6.5, 1.0}};
    for (int i = 0; i < k->sets.headlines; i++)
        k->headline[i] =
            (hr_set_headline){.of = k->of[i], .spread = spread[i < count ? i : count - 1]};
    r->sets = &k->sets;
    r->sets_asked = 200;
    return k;
}

static char *summary(known *k)
{
    char *text = hr_report_summary(hr_fixture_result(k->f));
    on_one_line(text);
    return text;
}

static void known_free(known *k)
{
    hr_fixture_free(k->f);
    free(k);
}

static void test_both_numbers_in_one_sentence(void **state)
{
    (void)state;
    const hr_spread spread[] = {{0.684, 0.921, 0.08}, {0.003, 0.996, 0.3}, {0.02, 0.31, 0.1}};
    known *k = known_new(spread, 3);
    char *text = summary(k);
    assert_says(text, "The arithmetic is good to 1 in 100; what we do not know about ");
    assert_says(text,
                " could make the chance of keeping the reserves policy anywhere from 68 to 92 "
                "in 100, that of having enough improvement days from 0 to 100 and that of "
                "meeting the plan's target from 2 to 31 (90 of 100 sets of assumptions). "
                "Mean reserves at the end of 2020/21: -\xc2\xa3"
                "1,000 to \xc2\xa3"
                "2,000, or "
                "4.0 to 6.5 % of income. More futures would not narrow that; knowing more would.");
    assert_says(text, "(what we do not know: 2 to 31 in 100)");
    assert_null(strstr(text, "looked at"));
    hr_text_free(text);
    known_free(k);
}

/* Only what sets do not move at all is said to stay. */
static void test_what_does_not_move_is_said_to_stay(void **state)
{
    (void)state;
    const hr_spread moved[] = {{0.17, 0.2, 0.01}, {0.7, 0.7, 0.0}, {0.4, 0.4, 0.0}};
    known *k = known_new(moved, 3);
    char *text = summary(k);
    assert_says(text,
                "anywhere from 17 to 20 in 100 (90 of 100 sets of assumptions; they leave that "
                "of having enough improvement days and that of meeting the plan's target as "
                "they are).");
    assert_null(strstr(text, "(what we do not know"));
    hr_text_free(text);
    known_free(k);
    const hr_spread still[] = {{0.5, 0.5, 0.0}};
    k = known_new(still, 1);
    text = summary(k);
    assert_says(text, " does not move these chances (90 of 100 sets of assumptions).");
    hr_text_free(text);
    known_free(k);
}

static void test_what_cannot_be_said_to_move(void **state)
{
    (void)state;
    const struct {
        hr_spread days, target;
        const char *verdict, *list;
    } cases[] = {
        {{0.7, 0.701, 0.0004},
         {0.00005, 0.00005, 0.0097},
         "sets of assumptions; that of having enough improvement days is moved by less than 1 in "
         "100; that of meeting the plan's target is too rare to say how far it moves).",
         "(what we do not know: too rare to say how far it moves)"},
        {{0.7, 0.7, 0.0},
         {0.9999, 0.9999, 0.001},
         "; they leave that of having enough improvement days as it is; that of meeting the "
         "plan's target is too near certain to say how far it moves).",
         "(what we do not know: too near certain to say how far it moves)"},
        {{1.0, 1.0, 0.0},
         {0.0, 0.0, 0.0},
         "sets of assumptions; that of having enough improvement days is too near certain to say "
         "how far it moves; that of meeting the plan's target is too rare to say how far it "
         "moves).",
         NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const hr_spread spread[] = {{0.17, 0.2, 0.01}, cases[i].days, cases[i].target};
        known *k = known_new(spread, 3);
        char *text = summary(k);
        assert_says(text, cases[i].verdict);
        if (cases[i].list)
            assert_says(text, cases[i].list);
        else
            assert_null(strstr(text, "(what we do not know"));
        hr_text_free(text);
        known_free(k);
    }
}

static void test_too_few_futures(void **state)
{
    (void)state;
    const hr_spread spread[] = {{0.17, 0.9, 0.1}};
    for (int paths = 29; paths <= 30; paths++) {
        known *k = known_new(spread, 1);
        hr_fixture_result(k->f)->paths = (uint64_t)paths;
        char *text = summary(k);
        const bool few = paths < 30;
        assert_int_equal(strstr(text, "29 futures are too few for a verdict: ") != NULL, few);
        assert_int_equal(strstr(text, "The arithmetic is good to") == NULL, few);
        assert_int_equal(strstr(text, "(what we do not know: ") == NULL, few);
        hr_fixture_result(k->f)->paths = 1;
        hr_text_free(text);
        text = summary(k);
        assert_says(text, ", 1 simulated future, seed ");
        assert_says(text, " 1 future is too few for a verdict: ");
        hr_text_free(text);
        known_free(k);
    }
}

/* One more digit where both ends are within one of a hundred. */
static void test_ends_near_never_and_always(void **state)
{
    (void)state;
    const hr_spread rare[] = {{0.0004, 0.006, 0.002}, {0.993, 0.9996, 0.002}};
    known *k = known_new(rare, 2);
    char *text = summary(k);
    assert_says(text, "anywhere from 0 to 0.6 in 100");
    assert_says(text, "improvement days from 99.3 to 100");
    hr_text_free(text);
    known_free(k);
}

static void test_not_reached(void **state)
{
    (void)state;
    const hr_spread spread[] = {{0.0, 0.0, 0.0}};
    known *k = known_new(spread, 1);
    hr_result *r = hr_fixture_result(k->f);
    r->sets = NULL;
    r->partial = true;
    char *text = summary(k);
    assert_says(text, "PARTIAL: interrupted after all 10,000 futures, before it was seen what sets "
                      "of assumptions make of them.");
    assert_says(text, "How far it could move them was not reached before the interruption.");
    hr_text_free(text);
    known_free(k);
}

static json_t *read_json(char *text)
{
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    hr_text_free(text);
    return root;
}

static void test_the_document(void **state)
{
    (void)state;
    const hr_spread spread[] = {{0.684, 0.921, 0.08}, {NAN, NAN, NAN}, {0.02, 0.31, 0.1}};
    known *k = known_new(spread, 3);
    json_t *root = read_json(hr_report_json(hr_fixture_result(k->f)));
    json_t *rule = hr_schema_load("docs/results.schema.json");
    assert_true(hr_conforms(rule, rule, root));
    json_t *sets = json_object_get(root, "assumption_sets");
    const json_t *headlines = json_object_get(sets, "headlines");
    const json_t *first = json_array_get(headlines, 0), *second = json_array_get(headlines, 1);
    const json_t *last = json_array_get(headlines, json_array_size(headlines) - 1);
    assert_int_equal(json_integer_value(json_object_get(sets, "sets")), 200);
    assert_int_equal(json_integer_value(json_object_get(sets, "paths_each")), 128);
    assert_string_equal(json_string_value(json_object_get(first, "key")), "policy_kept");
    assert_same_bits(json_number_value(json_object_get(first, "hi")), 0.921);
    assert_true(json_is_null(json_object_get(second, "lo")));
    assert_non_null(json_object_get(last, "target"));
    assert_same_bits(json_number_value(json_object_get(json_object_get(sets, "reserves"), "sd")),
                     900.0);
    json_object_set_new(sets, "seed", json_integer(1));
    assert_false(hr_conforms(rule, rule, root));
    json_decref(root);
    json_decref(rule);
    known_free(k);
}

static void test_a_comparison(void **state)
{
    (void)state;
    compared d;
    const hr_run_options o = {.seed = 1, .paths = 600, .assumptions = 50};
    assert_int_equal(compare_try(&d,
                                 (variant[]){{COMPARE_PLAN, NULL},
                                             {COMPARE_PLAN, "two-more-schools"},
                                             {COMPARE_PLAN, "centre.reserves=60000"}},
                                 3, &o),
                     HR_OK);
    json_t *root = read_json(hr_report_comparison_json(d.c));
    json_t *rule = hr_schema_load("docs/compare.schema.json");
    assert_true(hr_conforms(rule, rule, root));
    const json_t *member = json_object_get(root, "compare");
    for (size_t k = 0; k < 3; k++)
        assert_non_null(json_object_get(json_array_get(json_object_get(member, "scenarios"), k),
                                        "assumption_sets"));
    const json_t *difference = json_object_get(
        json_array_get(json_object_get(member, "differences"), 1), "assumption_sets");
    assert_same_bits(
        json_number_value(json_object_get(json_object_get(difference, "reserves"), "lo")),
        d.c->pair[2]->sets_reserves.lo);
    char *page = hr_report_comparison(d.c);
    on_one_line(page);
    assert_says(page, "What we do not know could make the difference of chances anywhere from ");
    assert_says(page, " and that of mean reserves from ");
    assert_says(page, " higher (90 of 100 sets of assumptions, each through both).");
    hr_text_free(page);
    json_decref(root);
    json_decref(rule);
    compare_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_numbers_in_one_sentence),
        cmocka_unit_test(test_what_does_not_move_is_said_to_stay),
        cmocka_unit_test(test_what_cannot_be_said_to_move),
        cmocka_unit_test(test_too_few_futures),
        cmocka_unit_test(test_ends_near_never_and_always),
        cmocka_unit_test(test_not_reached),
        cmocka_unit_test(test_the_document),
        cmocka_unit_test(test_a_comparison),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
