/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json and the summary from a result made by hand. */
#include "support/near.h"
#include "support/result_fixture.h"
#include "support/schema_case.h"

#include <jansson.h>

#include "headroom/report.h"

static json_t *document(hr_fixture *f)
{
    char *text = hr_report_json(hr_fixture_result(f));
    assert_non_null(text);
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    hr_text_free(text);
    return root;
}

static json_t *schema(void) { return hr_schema_load("docs/results.schema.json"); }

static void test_conforms_to_its_schema(void **state)
{
    (void)state;
    const char *const names[] = {NULL, HR_HOSTILE_NAME, "bytes \xff\xfe that are no UTF-8"};
    json_t *rule = schema();
    for (int i = 0; i < 3; i++) {
        hr_fixture *f = hr_fixture_new(names[i], 3);
        json_t *root = document(f);
        assert_true(hr_conforms(rule, rule, root));
        json_object_set_new(root, "threads", json_integer(2));
        assert_false(hr_conforms(rule, rule, root));
        json_decref(root);
        hr_fixture_free(f);
    }
    json_decref(rule);
}

static void test_values(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_result *r = hr_fixture_result(f);
    r->seed = UINT64_MAX;
    json_t *root = document(f);
    assert_string_equal(json_string_value(json_object_get(root, "seed")), "18446744073709551615");
    assert_null(json_object_get(root, "partial"));
    const json_t *pupils = json_object_get(json_object_get(root, "metrics"), "pupils");
    const json_t *year = json_array_get(json_object_get(pupils, "years"), 1);
    assert_string_equal(json_string_value(json_object_get(year, "year")), "2019/20");
    assert_true(
        hr_same_bits(json_number_value(json_object_get(year, "mean")), r->metric[1].mean.value));
    const json_t *missed = json_object_get(json_object_get(root, "risks"), "target_missed_size");
    assert_near(json_number_value(json_object_get(json_object_get(missed, "any"), "p")), 0.77,
                1e-12);
    const json_t *none = json_object_get(json_object_get(root, "risks"), "reserves_below_policy");
    assert_true(json_is_null(json_object_get(json_object_get(none, "shortfall"), "value")));
    json_decref(root);
    hr_fixture_free(f);
}

static void test_hostile_names_are_literal(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(HR_HOSTILE_NAME, 3);
    json_t *root = document(f);
    assert_string_equal(json_string_value(json_object_get(root, "scenario")), HR_HOSTILE_NAME);
    json_decref(root);
    hr_fixture_free(f);
}

static void test_partial_is_said(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 2);
    hr_result *r = hr_fixture_result(f);
    r->partial = true;
    r->paths_asked = 20000;
    json_t *root = document(f), *rule = schema();
    assert_true(hr_conforms(rule, rule, root));
    assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "partial"), "of")),
                     20000);
    char *text = hr_report_summary(r);
    const char *first = "PARTIAL: interrupted after 10,000 of 20,000 futures.";
    assert_memory_equal(text, first, strlen(first));
    hr_text_free(text);
    json_decref(rule);
    json_decref(root);
    hr_fixture_free(f);
}

static char *summary_on_one_line(hr_fixture *f)
{
    char *text = hr_report_summary(hr_fixture_result(f));
    assert_non_null(text);
    for (char *c = text; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
    return text;
}

static void test_verdict_before_tables(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    char *text = summary_on_one_line(f);
    const char *verdict = strstr(text, "Verdict ======= The chance that reserves stay at or above "
                                       "the policy (5 % of income) in every year is ");
    const char *table = strstr(text, "Year by year");
    assert_non_null(verdict);
    assert_true(verdict < table);
    assert_non_null(strstr(
        text, "That the one target that the plan itself sets is met in one future: 23 in 100 "
              "(22 to 24); with the one that is our reading of it as well: 4 in 1,000 (3 to "
              "6)."));
    assert_non_null(strstr(text, "23 in 100 (22 to 24)"));
    assert_non_null(
        strstr(text, "Those that are our reading of the plan, where it gives no number or date:"));
    assert_non_null(strstr(text, "No pound in this run comes from the trust's accounts"));
    assert_non_null(strstr(text, "The arithmetic is good to 1 in 100; what we do not know"));
    assert_non_null(strstr(text, "Settings: given by you 2, default 1, of which unsourced 0."));
    hr_text_free(text);
    hr_fixture_free(f);
}

/* A reserves policy that nobody has told is said to be assumed. */
static void test_a_policy_may_be_assumed(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 2);
    hr_assumption *policy = &hr_fixture_scenario(f)->assumption[0];
    const struct {
        hr_origin origin;
        const char *source;
        bool assumed;
    } cases[] = {{HR_ORIGIN_SCENARIO, "Board, June 2018", false},
                 {HR_ORIGIN_SCENARIO, "Assumption: the plan states none", true},
                 {HR_ORIGIN_DEFAULT, "Judgement", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        policy->origin = cases[i].origin;
        policy->source = cases[i].source;
        char *text = summary_on_one_line(f);
        assert_int_equal(strstr(text, "the policy (5 % of income, assumed) in") != NULL,
                         cases[i].assumed);
        hr_text_free(text);
    }
    hr_fixture_free(f);
}

static void test_verdict_without_targets(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 1);
    hr_fixture_result(f)->targets = 0;
    char *text = summary_on_one_line(f);
    assert_non_null(strstr(text, "Verdict ======= The chance that reserves stay at or above the "
                                 "policy (5 % of income) in the year is "));
    assert_non_null(
        strstr(text, "That there are improvement days enough for what schools need in the year: "));
    assert_non_null(strstr(text, "The scenario states no targets."));
    assert_null(strstr(text, "Target by target"));
    hr_text_free(text);
    hr_fixture_free(f);
}

/* Targets of one kind alone are said to be of that kind; the first due comes first. */
static void test_targets_of_one_kind(void **state)
{
    (void)state;
    for (int ours = 0; ours <= 1; ours++) {
        hr_fixture *f = hr_fixture_new(NULL, 3);
        hr_result *r = hr_fixture_result(f);
        r->target[0].our_reading = r->target[1].our_reading = ours == 1;
        char *text = summary_on_one_line(f);
        assert_non_null(strstr(text, ours ? "That both targets, our reading of a plan that gives "
                                            "no numbers, are met in one future: 4 in 1,000"
                                          : "That both targets of the plan are met in one future: "
                                            "4 in 1,000"));
        assert_non_null(strstr(text, ours ? "each our reading of the plan, which gives no numbers:"
                                          : "Target by target:"));
        const char *end = strstr(text, "2,500 to 3,500 pupils: pupils are");
        const char *all = strstr(text, "No school in deficit: schools in deficit are");
        assert_true(end && all && end < all);
        assert_null(strstr(text, "the plan's and ours"));
        hr_text_free(text);
        hr_fixture_free(f);
    }
}

static void test_one_target_is_named(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 2);
    hr_fixture_result(f)->targets = 1;
    char *text = summary_on_one_line(f);
    assert_non_null(strstr(text, "That the plan's target is met, \xe2\x80\x9c"
                                 "2,500 to 3,500 pupils\xe2\x80\x9d (pupils are at least 2,500 and "
                                 "at most 3,500 at the end): "));
    hr_text_free(text);
    hr_fixture_free(f);
}

/* A policy in months has its row in months. */
static void test_reserves_in_the_measure_of_the_policy(void **state)
{
    (void)state;
    for (int months = 0; months <= 1; months++) {
        hr_fixture *f = hr_fixture_new(NULL, 2);
        if (months)
            hr_fixture_scenario(f)->params->scenario.reserves_policy.measure = HR_measure_MONTHS;
        char *text = summary_on_one_line(f);
        assert_int_equal(strstr(text, "Reserves, months of spending, middle") != NULL, months);
        hr_text_free(text);
        hr_fixture_free(f);
    }
}

/* What the verdict says of a fall of reserves in points and what joiners took of it. */
static void dilution_is_told(double fall, double diluted, double half, const char *words)
{
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_result *r = hr_fixture_result(f);
    hr_estimate *joiners = &r->metric[HR_M_DILUTION_PCT * r->years + 2].mean;
    r->fall = (hr_estimate){.value = fall, .lo = fall - half, .hi = fall + half, .n = 10000};
    *joiners = (hr_estimate){.value = diluted, .lo = diluted - half, .hi = diluted + half};
    char *text = summary_on_one_line(f);
    if (!strstr(text, words))
        fail_msg("%g and %g do not say: %s", fall, diluted, words);
    hr_text_free(text);
    hr_fixture_free(f);
}

static void test_dilution_apart_from_losses(void **state)
{
    (void)state;
    dilution_is_told(
        3.14, 1.21, 0.01,
        "Of the 3.1 points by which reserves in % of income fall from the start to the "
        "end (mean), 1.2 come from dilution by joiners (the same pounds over a bigger "
        "income) and 1.9 from losses, or results that do not keep pace with income.");
    dilution_is_told(1.0, 1.6, 0.01,
                     "Reserves in % of income fall by 1.0 points from the start to the end (mean): "
                     "joiners dilute them by 1.6 (the same pounds over a bigger income); results "
                     "add 0.6.");
    dilution_is_told(-0.9, 1.2, 0.01,
                     "rise by 0.9 points from the start to the end (mean): joiners "
                     "dilute them by 1.2 (the same pounds over a bigger income); "
                     "results add 2.1.");
    dilution_is_told(0.5, -0.3, 0.01,
                     "fall by 0.5 points from the start to the end (mean): joiners "
                     "bring 0.3 more than they dilute; losses, or results that do "
                     "not keep pace with income, take 0.8.");
    dilution_is_told(0.0, 0.0, 0.0,
                     "Reserves in % of income end where they began (mean): joiners "
                     "bring about as much as they dilute; results keep pace with income.");
    /* Few futures: no tenths where the error of the rest is above a point. */
    dilution_is_told(1.4, 1.7, 0.6,
                     "fall by 1 point from the start to the end (mean): joiners dilute "
                     "them by 2 (the same pounds over a bigger income); results add 1.");
    /* Where nobody joins there is nothing to tell apart. */
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_result *r = hr_fixture_result(f);
    r->metric[HR_M_JOINED * r->years + 2].mean = (hr_estimate){.value = 0.0};
    char *text = summary_on_one_line(f);
    assert_null(strstr(text, "dilut"));
    hr_text_free(text);
    hr_fixture_free(f);
}

/* The first pounds after a label, as they are printed. */
static double printed(const char *text, const char *label)
{
    const char *at = strstr(text, label);
    assert_non_null(at);
    double value = 0.0;
    at += strlen(label);
    while (*at == ' ')
        at++;
    const bool negative = *at == '-';
    for (at += negative + 2; *at == ',' || (*at >= '0' && *at <= '9'); at++)
        value = *at == ',' ? value : 10.0 * value + (*at - '0');
    return negative ? -value : value;
}

static void test_bridge_adds_up(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_result *r = hr_fixture_result(f);
    hr_estimate *end = &r->metric[HR_M_RESERVES * 3 + 2].mean;
    end->value = r->opening.value;
    for (int l = 0; l < HR_LINES; l++) {
        const double value = 1300.0 * l + 489.0, half = l % 3 == 0 ? 3000.0 : 1.0;
        r->line[l].value = value;
        r->line[l].lo = value - half;
        r->line[l].hi = value + half;
        end->value += HR_LINE_ROWS[l].side == HR_SIDE_TRANSFER ? 0.0 : r->line[l].value;
    }
    char *text = hr_report_summary(r);
    const char *bridge = strstr(text, "From the reserves at the start");
    double sum = printed(bridge, "\nReserves at the start");
    for (int l = 0; l < HR_LINES; l++) {
        char label[64];
        snprintf(label, sizeof label, "\n%s ", HR_LINE_ROWS[l].label);
        if (HR_LINE_ROWS[l].side == HR_SIDE_TRANSFER)
            continue;
        const double value = printed(bridge, label);
        assert_true(fabs(value - r->line[l].value) <= (l % 3 == 0 ? 3000.0 : 501.0));
        sum += value;
    }
    assert_near(printed(bridge, "\nReserves at the end"), sum, 0.0);
    assert_null(strstr(bridge, "Not explained"));
    hr_text_free(text);
    end->value += 5000.0;
    text = hr_report_summary(r);
    assert_near(printed(text, "Not explained by these lines"), 5000.0, 0.0);
    hr_text_free(text);
    hr_fixture_free(f);
}

/* With different errors the middle must not seem to be above the high. */
static void test_a_metric_has_one_detail(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 1);
    hr_result *r = hr_fixture_result(f);
    const double value[] = {519000.0, 522000.0, 524000.0}, half[] = {500.0, 500.0, 12000.0};
    const int quantile[] = {1, 3, 5};
    for (int i = 0; i < 3; i++)
        r->metric[HR_M_TOPSLICE_INCOME].quantile[quantile[i]] = (hr_estimate){
            .value = value[i], .lo = value[i] - half[i], .hi = value[i] + half[i], .n = 100};
    char *text = hr_report_summary(r);
    const char *row = strstr(text, "Top-slice income, middle");
    assert_near(printed(row, "Top-slice income, middle"), 520000.0, 0.0);
    assert_near(printed(row, "high"), 520000.0, 0.0);
    hr_text_free(text);
    hr_fixture_free(f);
}

static void test_accounts_are_seen(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    hr_fixture_scenario(f)->assumption[1].key = "schools.canon-sharples.grant";
    char *text = hr_report_summary(hr_fixture_result(f));
    assert_null(strstr(text, "No pound in this run"));
    hr_text_free(text);
    hr_fixture_free(f);
}

static void test_arithmetic(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    char *text = summary_on_one_line(f);
    for (char *c; (c = strstr(text, "   ")) != NULL;)
        memmove(c, c + 2, strlen(c + 2) + 1);
    for (char *c; (c = strstr(text, "  ")) != NULL;)
        memmove(c, c + 1, strlen(c + 1) + 1);
    assert_non_null(strstr(
        text, "asks for 2,500 pupils; the trust starts with 931 in 2 schools: 1,569 short. "
              "The named candidates would bring 141 from 1 school. The other 1,428 must come "
              "from at most 1 school not yet known: 1,428 each"));
    assert_non_null(strstr(text, "the trust is 3 schools and 2,069 pupils short."));
    hr_text_free(text);
    hr_fixture_free(f);
}

static void test_same_bytes_twice(void **state)
{
    (void)state;
    hr_fixture *a = hr_fixture_new(NULL, 4), *b = hr_fixture_new(NULL, 4);
    char *one = hr_report_json(hr_fixture_result(a)), *two = hr_report_json(hr_fixture_result(b));
    assert_string_equal(one, two);
    hr_text_free(one);
    hr_text_free(two);
    hr_fixture_free(a);
    hr_fixture_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conforms_to_its_schema),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_hostile_names_are_literal),
        cmocka_unit_test(test_partial_is_said),
        cmocka_unit_test(test_verdict_before_tables),
        cmocka_unit_test(test_a_policy_may_be_assumed),
        cmocka_unit_test(test_verdict_without_targets),
        cmocka_unit_test(test_targets_of_one_kind),
        cmocka_unit_test(test_one_target_is_named),
        cmocka_unit_test(test_reserves_in_the_measure_of_the_policy),
        cmocka_unit_test(test_dilution_apart_from_losses),
        cmocka_unit_test(test_bridge_adds_up),
        cmocka_unit_test(test_a_metric_has_one_detail),
        cmocka_unit_test(test_accounts_are_seen),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_same_bytes_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
