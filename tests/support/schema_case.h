/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a document conform to a JSON Schema that the project ships? Only what those schemas use. */
#ifndef HR_TESTS_SCHEMA_CASE_H
#define HR_TESTS_SCHEMA_CASE_H

#include <jansson.h>

#include "support/near.h"

static json_t *hr_schema_load(const char *file)
{
    json_error_t error;
    json_t *root = json_load_file(file, 0, &error);
    assert_non_null(root);
    return root;
}

static bool hr_conforms(const json_t *root, const json_t *rule, const json_t *value);

static bool hr_type_fits(const json_t *type, const json_t *value)
{
    if (json_is_array(type)) {
        for (size_t i = 0; i < json_array_size(type); i++)
            if (hr_type_fits(json_array_get(type, i), value))
                return true;
        return false;
    }
    const char *name = json_string_value(type);
    return strcmp(name, "object") == 0    ? json_is_object(value)
           : strcmp(name, "array") == 0   ? json_is_array(value)
           : strcmp(name, "string") == 0  ? json_is_string(value)
           : strcmp(name, "number") == 0  ? json_is_number(value)
           : strcmp(name, "integer") == 0 ? json_is_integer(value)
           : strcmp(name, "boolean") == 0 ? json_is_boolean(value)
                                          : json_is_null(value);
}

static bool hr_members_fit(const json_t *root, const json_t *rule, const json_t *value)
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
        if (!of || !hr_conforms(root, of, member))
            return false;
    }
    return true;
}

/* The part of JSON Schema that is held: $ref, type, const, enum, properties, required, items; not
 * pattern and minimum. */
static bool hr_conforms(const json_t *root, const json_t *rule, const json_t *value)
{
    const char *reference = json_string_value(json_object_get(rule, "$ref"));
    if (reference)
        return hr_conforms(
            root,
            json_object_get(json_object_get(root, "definitions"), strrchr(reference, '/') + 1),
            value);
    const json_t *type = json_object_get(rule, "type"), *constant = json_object_get(rule, "const");
    if (type && !hr_type_fits(type, value))
        return false;
    if (constant && !json_equal(constant, value))
        return false;
    const json_t *choices = json_object_get(rule, "enum");
    bool found = !choices;
    for (size_t i = 0; i < json_array_size(choices); i++)
        found = found || json_equal(json_array_get(choices, i), value);
    if (!found || (json_is_object(value) && !hr_members_fit(root, rule, value)))
        return false;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!hr_conforms(root, json_object_get(rule, "items"), json_array_get(value, i)))
            return false;
    return true;
}

#endif
