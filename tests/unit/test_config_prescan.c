/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pre-scan: what it lets through keeps its meaning and its lines. What it refuses is in
 * tests/bad. */
#include "support/config_case.h"

#include "config/prescan.h"

typedef struct {
    hr_load load;
    hr_arena *arena;
} bench;

static char *scan(bench *b, const char *text)
{
    b->arena = hr_arena_new();
    b->load = (hr_load){.arena = b->arena, .diags = hr_diags_new()};
    return hr_prescan(&b->load, "f.cfg", 1, text, strlen(text));
}

static void finish(bench *b)
{
    hr_diags_free(b->load.diags);
    hr_arena_free(b->arena);
}

static void assert_scans(const char *text, const char *wanted)
{
    bench b;
    const char *got = scan(&b, text);
    if (got == NULL)
        print_diags(b.load.diags);
    assert_non_null(got);
    assert_string_equal(got, wanted);
    finish(&b);
}

static void blanks_comments_and_keeps_lines(void **state)
{
    (void)state;
    assert_scans("a = 1.5; # last", "a = 1.5; \n");
    assert_scans("a = 1.5; // last", "a = 1.5; \n");
    assert_scans("/* two\nlines */a = 1.5;", "\n a = 1.5;\n");
    assert_scans("a = \"# /* not one */ // \";", "a = \"# /* not one */ // \";\n");
    assert_scans("a = 1.5;\r\nb = 2.5;\r\n", "a = 1.5; \nb = 2.5; \n\n");
    assert_scans("\xef\xbb\xbf"
                 "a = 1.5;",
                 "a = 1.5;\n");
}

static void gives_numbers_a_point(void **state)
{
    (void)state;
    assert_scans("a = 5;", "a = 5.;\n");
    assert_scans("a = [4, -11.5, +3];", "a = [4., -11.5, +3.];\n");
    assert_scans("a = 7150000000;", "a = 7150000000.;\n");
    assert_scans("a = 1e5; b = 1.5e-7; c = .5;", "a = 1.e5; b = 1.5e-7; c = .5;\n");
    assert_scans("x5 = 5;", "x5 = 5.;\n");
    assert_scans("roll = [412,388];", "roll = [412.,388.];\n");
}

static void leaves_words_and_texts(void **state)
{
    (void)state;
    assert_scans("a = TRUE; b : \"x \\\"y\\\" \\\\ \\n\";",
                 "a = TRUE; b : \"x \\\"y\\\" \\\\ \\n\";\n");
    assert_scans("a = ( (\"2025/26\", true) );", "a = ( (\"2025/26\", true) );\n");
    assert_scans("", "\n");
}

/* Faults of one file are told together, up to twenty. */
static void tells_many_faults_at_once(void **state)
{
    (void)state;
    bench b;
    assert_null(scan(&b, "a = 5%;\nb = yes;\nc = 1,000;\n"));
    assert_int_equal(hr_diags_errors(b.load.diags), 3);
    assert_int_equal(hr_diags_get(b.load.diags, 2)->line, 3);
    finish(&b);
    char text[1000] = "";
    for (int i = 0; i < 60; i++)
        strcat(text, "a = 5%;\n");
    assert_null(scan(&b, text));
    assert_int_equal(hr_diags_errors(b.load.diags), 20);
    finish(&b);
}

static void finds_bytes_that_are_not_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bytes;
    } WRONG[] = {
        {"a\0b", 3},
        {"a\x1b[1m", 5},
        {"\x80", 1},
        {"\xc0\xaf", 2},
        {"\xed\xa0\x80", 3},
        {"\xf5\x80\x80\x80", 4},
        {"\xe2\x82", 2},
        {"\xe2\x80\xae", 3},
        {"\xe2\x81\xa6", 3},
        {"\xc2\x85", 2},
        {"a\rb", 3},
        {"\xff\xfe"
         "a\0",
         4},
        {"\0a\0b", 4},
        {"\xe2\x80\xa8", 3},
        {"\xf4\x90\x80\x80", 4},
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        int line = 0;
        const char *hint = NULL;
        assert_non_null(hr_prescan_encoding(WRONG[i].text, WRONG[i].bytes, &line, &hint));
        assert_int_equal(line, 1);
        assert_non_null(hint);
    }
    int line;
    const char *hint;
    assert_null(
        hr_prescan_encoding("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8f\xab\r\n\t", 17, &line, &hint));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_comments_and_keeps_lines),
        cmocka_unit_test(gives_numbers_a_point),
        cmocka_unit_test(leaves_words_and_texts),
        cmocka_unit_test(tells_many_faults_at_once),
        cmocka_unit_test(finds_bytes_that_are_not_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
