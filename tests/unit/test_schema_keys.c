/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of keys in the JSON Schemas that ship are those of the program's tables.
 * `test_schema_keys --write` writes them anew; `make docs` calls it. */
#include "support/schema_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/tables.h"

#define RESULTS "docs/results.schema.json"
#define EXPLAIN "docs/explain.schema.json"
#define COMPARE "docs/compare.schema.json"
#define STRESS "docs/stress.schema.json"
#define WORLDS "docs/worlds.schema.json"

static const char *metric(int i) { return i < HR_METRICS ? HR_METRIC_ROWS[i].key : NULL; }
static const char *risk(int i) { return i < HR_RISKS ? HR_RISK_ROWS[i].key : NULL; }
static const char *policy(int i) { return i < HR_POLICIES ? HR_POLICY_ROWS[i].key : NULL; }
static const char *bridge(int i) { return i < HR_BRIDGES ? HR_BRIDGE_ROWS[i].key : NULL; }
static const char *line(int i) { return i < HR_LINES ? HR_LINE_ROWS[i].key : NULL; }

/* Where a list of keys stands: an enum, or the members of an object that all have one shape. */
static const struct {
    const char *file, *table, *path;
    const char *(*key)(int i);
    const char *shape; /* of each member; NULL: an enum */
} LISTS[] = {
    {RESULTS, "metrics.def", "properties/metrics", metric, "metric"},
    {RESULTS, "risks.def", "properties/risks", risk, "risk"},
    {RESULTS, "policies.def", "properties/candidates/items/properties/refused_for", policy,
     "number"},
    {COMPARE, "metrics.def", "definitions/metric_differences", metric, "metric_difference"},
    {COMPARE, "risks.def", "definitions/risk_differences", risk, "risk_difference"},
    {COMPARE, "bridge.def", "definitions/bridge_rows/items/properties/row", bridge, NULL},
    {STRESS, "risks.def", "definitions/base_risks", risk, "chance"},
    {STRESS, "risks.def", "definitions/stressed_risks", risk, "change"},
    {WORLDS, "risks.def", "definitions/risk_chances", risk, "chance"},
    {EXPLAIN, "lines.def", "definitions/posting/properties/line", line, NULL},
};
enum { LIST_COUNT = sizeof LISTS / sizeof LISTS[0] };

static json_t *at_path(json_t *root, const char *path)
{
    char step[64];
    for (; root && *path; path += strcspn(path, "/"), path += *path == '/') {
        snprintf(step, sizeof step, "%.*s", (int)strcspn(path, "/"), path);
        root = json_object_get(root, step);
    }
    assert_non_null(root);
    return root;
}

/* The shape that a member of the list has: a metric that is a state has its own. */
static json_t *shape_of(int list, int i)
{
    const bool state = LISTS[list].key == metric && HR_METRIC_ROWS[i].kind == HR_KIND_STATE;
    return json_pack("{s:o}", "$ref",
                     json_sprintf("#/definitions/%s%s", state ? "state_" : "", LISTS[list].shape));
}

static json_t *keys_of(int list)
{
    json_t *keys = json_array();
    for (int i = 0; LISTS[list].key(i); i++)
        json_array_append_new(keys, json_string(LISTS[list].key(i)));
    return keys;
}

static json_t *members_of(int list)
{
    json_t *members = json_object();
    for (int i = 0; LISTS[list].key(i); i++)
        json_object_set_new(members, LISTS[list].key(i), shape_of(list, i));
    return members;
}

static void lists_are_the_tables(void **state)
{
    (void)state;
    for (int i = 0; i < LIST_COUNT; i++) {
        json_t *root = hr_schema_load(LISTS[i].file), *at = at_path(root, LISTS[i].path);
        json_t *keys = keys_of(i), *members = members_of(i);
        const bool same = LISTS[i].shape
                              ? json_equal(json_object_get(at, "required"), keys) &&
                                    json_equal(json_object_get(at, "properties"), members)
                              : json_equal(json_object_get(at, "enum"), keys);
        if (!same)
            fail_msg("%s of %s does not list the keys of %s: run `make docs`", LISTS[i].path,
                     LISTS[i].file, LISTS[i].table);
        json_decref(keys);
        json_decref(members);
        json_decref(root);
    }
}

/* Parts of results.json that other documents have too: definitions there, of the same name. */
static const char *const SHARED[] = {"metrics", "risks",       "targets", "candidates",
                                     "bridge",  "assumptions", "schools"};
static const char *const HOLDERS[] = {COMPARE, WORLDS, STRESS};
enum {
    SHARED_COUNT = sizeof SHARED / sizeof SHARED[0],
    HOLDER_COUNT = sizeof HOLDERS / sizeof HOLDERS[0]
};

static void check_holder(const char *file)
{
    json_t *run = hr_schema_load(RESULTS), *holder = hr_schema_load(file);
    json_t *own = json_object_get(holder, "definitions"), *rule;
    const char *name;
    for (int i = 0; i < SHARED_COUNT; i++)
        if (!json_equal(json_object_get(own, SHARED[i]),
                        json_object_get(json_object_get(run, "properties"), SHARED[i])))
            fail_msg("%s of %s is not that of a run: run `make docs`", SHARED[i], file);
    json_object_foreach(json_object_get(run, "definitions"), name,
                        rule) if (!json_equal(json_object_get(own, name), rule))
        fail_msg("%s of %s is not that of a run: run `make docs`", name, file);
    json_decref(run);
    json_decref(holder);
}

static void other_documents_hold_results(void **state)
{
    (void)state;
    for (int i = 0; i < HOLDER_COUNT; i++)
        check_holder(HOLDERS[i]);
}

static int write_file(json_t *root, const char *name)
{
    FILE *file = fopen(name, "wb");
    int failed = !file || json_dumpf(root, file, JSON_INDENT(1)) != 0 || fputc('\n', file) == EOF;
    failed += file && fclose(file) != 0;
    json_decref(root);
    return failed;
}

static int write_shared(const char *file)
{
    json_t *run = hr_schema_load(RESULTS), *holder = hr_schema_load(file);
    json_t *own = json_object_get(holder, "definitions");
    for (int i = 0; i < SHARED_COUNT; i++)
        json_object_set(own, SHARED[i],
                        json_object_get(json_object_get(run, "properties"), SHARED[i]));
    json_object_update(own, json_object_get(run, "definitions"));
    json_decref(run);
    return write_file(holder, file);
}

static int write_anew(void)
{
    int failed = 0;
    for (int i = 0; i < LIST_COUNT; i++) {
        json_t *root = json_load_file(LISTS[i].file, 0, NULL), *at = at_path(root, LISTS[i].path);
        json_object_set_new(at, LISTS[i].shape ? "required" : "enum", keys_of(i));
        if (LISTS[i].shape)
            json_object_set_new(at, "properties", members_of(i));
        failed += write_file(root, LISTS[i].file);
    }
    for (int i = 0; i < HOLDER_COUNT; i++)
        failed += write_shared(HOLDERS[i]);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int arguments, char **argument)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_are_the_tables),
                                       cmocka_unit_test(other_documents_hold_results)};
    if (arguments == 2 && strcmp(argument[1], "--write") == 0)
        return write_anew();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
