/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The national defaults as a list: each setting that the table marks as a default has a figure with
 * source, date and confidence, and the list says what the file says. */
#include "config/national.h"

#include <string.h>

#include "support/near.h"

static const hr_national_row *find(const hr_national_row *row, int rows, const char *group,
                                   const char *field, const char *where, const char *word)
{
    for (int i = 0; i < rows; i++)
        if (strcmp(row[i].group->key, group) == 0 && strcmp(row[i].field->key, field) == 0 &&
            strcmp(row[i].where, where) == 0 &&
            (word ? row[i].word && strcmp(row[i].word, word) == 0 : !row[i].word))
            return &row[i];
    return NULL;
}

static void test_every_default_is_sourced(void **state)
{
    (void)state;
    hr_arena *arena = hr_arena_new();
    int rows = 0, settings = 0;
    const hr_national_row *row = hr_national_rows("england", arena, &rows);
    assert_non_null(row);
    for (int g = 0; g < hr_schema_groups(); g++) {
        const hr_group *group = hr_schema_group(g);
        for (int f = 0; f < group->fields; f++) {
            if (group->field[f].need != HR_NEED_DEFAULT || group->field[f].child)
                continue;
            int found = 0;
            for (int i = 0; i < rows; i++)
                found += row[i].group == group && row[i].field == &group->field[f];
            if (!found)
                fail_msg("%s.%s has no national default", group->key, group->field[f].key);
            settings++;
        }
    }
    assert_true(settings > 200);
    for (int i = 0; i < rows; i++)
        if (!row[i].source || !row[i].date || !row[i].confidence || !row[i].value[0])
            fail_msg("%s.%s (%s) has no value, source, date or confidence", row[i].group->key,
                     row[i].field->key, row[i].where);
    hr_arena_free(arena);
}

static void test_what_the_file_says(void **state)
{
    (void)state;
    hr_arena *arena = hr_arena_new();
    int rows = 0;
    const hr_national_row *row = hr_national_rows("england", arena, &rows);
    assert_string_equal(find(row, rows, "topslice", "rate_pct", "topslice", NULL)->value, "5.5");
    assert_string_equal(find(row, rows, "post", "vacancy", "all", NULL)->value, "0.1");
    assert_string_equal(find(row, rows, "process", "mean_pct", "world_drivers.prices", NULL)->value,
                        "2.3");
    assert_string_equal(
        find(row, rows, "school", "need_days", "phase secondary", "inadequate")->value, "110");
    assert_string_equal(find(row, rows, "estate", "formula_per_pupil", "estate", "special")->value,
                        "{ value = 450; of_year = \"2026/27\"; }");
    assert_null(find(row, rows, "topslice", "rate_pct", "topslice", "primary"));
    hr_arena_free(arena);
}

static void test_no_such_file(void **state)
{
    (void)state;
    hr_arena *arena = hr_arena_new();
    int rows = 7;
    assert_null(hr_national_rows("wales", arena, &rows));
    assert_int_equal(rows, 0);
    hr_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_default_is_sourced),
        cmocka_unit_test(test_what_the_file_says),
        cmocka_unit_test(test_no_such_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
