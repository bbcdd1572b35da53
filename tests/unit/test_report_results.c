/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json and the summary from a result made by hand. */
#include "support/near.h"
#include "support/result_fixture.h"

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

static json_t *schema(void)
{
    json_error_t error;
    json_t *root = json_load_file("docs/results.schema.json", 0, &error);
    assert_non_null(root);
    return root;
}

static bool conforms(const json_t *root, const json_t *rule, const json_t *value);

static bool type_fits(const json_t *type, const json_t *value)
{
    if (json_is_array(type)) {
        for (size_t i = 0; i < json_array_size(type); i++)
            if (type_fits(json_array_get(type, i), value))
                return true;
        return false;
    }
    const char *name = json_string_value(type);
    return strcmp(name, "object") == 0    ? json_is_object(value)
           : strcmp(name, "array") == 0   ? json_is_array(value)
           : strcmp(name, "string") == 0  ? json_is_string(value)
           : strcmp(name, "number") == 0  ? json_is_number(value)
           : strcmp(name, "integer") == 0 ? json_is_integer(value)
                                          : json_is_null(value);
}

static bool members_fit(const json_t *root, const json_t *rule, const json_t *value)
{
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(rule, "required"), i,
                       name) if (!json_object_get(value, json_string_value(name))) return false;
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        const json_t *of = json_object_get(json_object_get(rule, "properties"), key);
        if (!of && strncmp(key, "target_missed_", 14) == 0)
            of = json_object_get(json_object_get(rule, "patternProperties"), "^target_missed_");
        if (!of || !conforms(root, of, member))
            return false;
    }
    return true;
}

/* The part of JSON Schema that the schema uses: $ref, type, const, enum, properties, required,
 * items. */
static bool conforms(const json_t *root, const json_t *rule, const json_t *value)
{
    const char *reference = json_string_value(json_object_get(rule, "$ref"));
    if (reference)
        return conforms(
            root,
            json_object_get(json_object_get(root, "definitions"), strrchr(reference, '/') + 1),
            value);
    const json_t *type = json_object_get(rule, "type"), *constant = json_object_get(rule, "const");
    if (type && !type_fits(type, value))
        return false;
    if (constant && !json_equal(constant, value))
        return false;
    const json_t *choices = json_object_get(rule, "enum");
    bool found = !choices;
    for (size_t i = 0; i < json_array_size(choices); i++)
        found = found || json_equal(json_array_get(choices, i), value);
    if (!found || (json_is_object(value) && !members_fit(root, rule, value)))
        return false;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!conforms(root, json_object_get(rule, "items"), json_array_get(value, i)))
            return false;
    return true;
}

static void test_conforms_to_its_schema(void **state)
{
    (void)state;
    const char *const names[] = {NULL, HR_HOSTILE_NAME, "bytes \xff\xfe that are no UTF-8"};
    json_t *rule = schema();
    for (int i = 0; i < 3; i++) {
        hr_fixture *f = hr_fixture_new(names[i], 3);
        json_t *root = document(f);
        assert_true(conforms(rule, rule, root));
        json_object_set_new(root, "threads", json_integer(2));
        assert_false(conforms(rule, rule, root));
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
    assert_true(conforms(rule, rule, root));
    assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "partial"), "of")),
                     20000);
    char *text = hr_report_summary(r);
    assert_non_null(strstr(text, "PARTIAL: interrupted after 10,000 of 20,000 futures."));
    hr_text_free(text);
    json_decref(rule);
    json_decref(root);
    hr_fixture_free(f);
}

static void test_verdict_before_tables(void **state)
{
    (void)state;
    hr_fixture *f = hr_fixture_new(NULL, 3);
    char *text = hr_report_summary(hr_fixture_result(f));
    const char *verdict =
        strstr(text, "The chance that every target of the plan is met: 4 in 1,000 (3 to 6).");
    const char *table = strstr(text, "Year by year");
    assert_non_null(verdict);
    assert_true(verdict < table);
    assert_non_null(strstr(text, "23 in 100 (22 to 24)"));
    assert_non_null(strstr(text, "(our reading of the plan)"));
    assert_non_null(strstr(text, "No pound in this run comes from the trust's accounts"));
    assert_non_null(strstr(text, "The arithmetic is good to 1 in 100."));
    assert_non_null(
        strstr(text, "Settings: 2 given by you, 1 by default, 0 of those without a source."));
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
    char *text = hr_report_summary(hr_fixture_result(f));
    for (char *c = text; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
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
        cmocka_unit_test(test_accounts_are_seen),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_same_bytes_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
