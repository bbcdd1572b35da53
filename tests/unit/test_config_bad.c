/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The corpus of scenarios with mistakes: each tests/bad/NAME.cfg is refused with exactly the words
 * of tests/bad/NAME.expected. `test_config_bad --write` writes the expected files anew, to be read
 * by a person before they are kept. */
#include "support/config_case.h"

#include <dirent.h>

enum { WORDS_BYTES = 1 << 16, CASES_MOST = 200 };

static size_t said_of(const char *path, char *words)
{
    hr_diags *diags = hr_diags_new();
    hr_scenario *s = NULL;
    size_t length = 0;
    assert_int_equal(hr_scenario_load(&s, path, NULL, 0, diags), HR_INVALID);
    assert_null(s);
    assert_true(hr_diags_errors(diags) > 0);
    for (size_t i = 0; i < hr_diags_count(diags); i++)
        length += hr_diag_format(hr_diags_get(diags, i), words + length, WORDS_BYTES - length);
    hr_diags_free(diags);
    return length;
}

static void check_case(const char *name, int write)
{
    static char said[WORDS_BYTES], wanted[WORDS_BYTES];
    char path[300], expected[300];
    snprintf(path, sizeof path, "tests/bad/%s.cfg", name);
    snprintf(expected, sizeof expected, "tests/bad/%s.expected", name);
    const size_t length = said_of(path, said);
    FILE *file = fopen(expected, write ? "wb" : "rb");
    if (file == NULL)
        fail_msg("%s is not there", expected);
    if (write) {
        fwrite(said, 1, length, file);
    } else {
        const size_t got = fread(wanted, 1, sizeof wanted - 1, file);
        wanted[got] = '\0';
        assert_string_equal(said, wanted);
    }
    fclose(file);
}

static int for_each_case(int write)
{
    DIR *folder = opendir("tests/bad");
    int cases = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || strcmp(dot, ".cfg") != 0)
            continue;
        *dot = '\0';
        check_case(entry->d_name, write);
        cases++;
    }
    closedir(folder);
    return cases;
}

static void says_what_is_expected(void **state)
{
    (void)state;
    assert_true(for_each_case(0) >= 40);
}

static void writes_anew(void **state)
{
    (void)state;
    for_each_case(1);
}

int main(int arguments, char **argument)
{
    const struct CMUnitTest check[] = {cmocka_unit_test(says_what_is_expected)};
    const struct CMUnitTest write[] = {cmocka_unit_test(writes_anew)};
    if (arguments == 2 && strcmp(argument[1], "--write") == 0)
        return cmocka_run_group_tests(write, NULL, NULL);
    return cmocka_run_group_tests(check, NULL, NULL);
}
