/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages and tables in every format: aligned, never too wide, and literal whatever the text. */
#include "support/near.h"
#include "support/result_fixture.h"

#include "report/clean.h"
#include "report/page.h"

static int widest_line(const char *text)
{
    int widest = 0;
    while (*text) {
        char line[2048];
        const size_t bytes = strcspn(text, "\n");
        assert_true(bytes < sizeof line);
        memcpy(line, text, bytes);
        line[bytes] = '\0';
        const int width = hr_text_width(line);
        widest = width > widest ? width : widest;
        text += bytes + (text[bytes] == '\n');
    }
    return widest;
}

static void test_cleaning(void **state)
{
    (void)state;
    hr_arena *a = hr_arena_new();
    assert_string_equal(hr_clean_line(a, "a\nb\tc\x1b[31m\x7f", 0), "a b c [31m ");
    assert_string_equal(hr_clean_line(a, "a\xff\xc3(\xed\xa0\x80", 0),
                        "a\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    assert_string_equal(hr_clean_line(a, "\xe2\x80\xaegnp.exe", 0), " gnp.exe");
    assert_string_equal(hr_clean_line(a, "abcdef", 4), "abc\xe2\x80\xa6");
    assert_string_equal(hr_clean_line(a, "abcd", 4), "abcd");
    assert_string_equal(hr_clean_utf8(a, "a\nb\xff"), "a\nb\xef\xbf\xbd");
    assert_int_equal(hr_text_width("£5 \xf0\x9f\x8f\xab"), 5);
    assert_int_equal(hr_text_cut("£5", 1), 2);
    hr_arena_free(a);
}

static hr_page *sample(int columns, const char *name)
{
    hr_page *p = hr_page_new();
    hr_page_add(p, HR_BLOCK_TITLE, "Title");
    hr_page_add(p, HR_BLOCK_HEADING, "Heading");
    hr_page_item(p, "83 in 100", hr_page_clean(p, name));
    hr_table *t = hr_page_table(p, "t", "Table", columns);
    hr_table_column(t, 0, "name", "name", true);
    for (int c = 1; c < columns; c++)
        hr_table_column(t, c, "v", "a heading that is long", false);
    hr_table_row(t);
    hr_table_text(t, 0, hr_page_clean(p, name));
    for (int c = 1; c < columns; c++)
        hr_table_number(t, c, -1234.5, "-1,234.5");
    return p;
}

static void test_text_is_never_too_wide(void **state)
{
    (void)state;
    char long_name[400];
    memset(long_name, 'x', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    const char *const names[] = {"Oakfield", HR_HOSTILE_NAME, long_name, ""};
    for (size_t n = 0; n < 4; n++)
        for (int columns = 2; columns < 40; columns += 7) {
            hr_page *p = sample(columns, names[n]);
            char *text = hr_page_as_text(p);
            assert_non_null(text);
            assert_true(widest_line(text) <= 100);
            assert_null(strchr(text, '\x1b'));
            int found = 0;
            for (const char *at = text; (at = strstr(at, "-1,234.5")); at++)
                found++;
            assert_int_equal(found, columns - 1);
            free(text);
            hr_page_free(p);
        }
}

/* Keys stay whole however narrow the page, and a heading inside a table takes its whole width. */
static void test_keys_and_headings_inside_tables(void **state)
{
    (void)state;
    char words[300];
    memset(words, 'w', sizeof words - 1);
    for (size_t i = 9; i < sizeof words - 1; i += 10)
        words[i] = ' ';
    words[sizeof words - 1] = '\0';
    hr_page *p = hr_page_new();
    hr_table *t = hr_page_table(p, "t", "T", 3);
    hr_table_column(t, 0, "key", "key", true);
    hr_table_column_whole(t, 0);
    hr_table_column(t, 1, "a", "a", true);
    hr_table_column(t, 2, "b", "b", true);
    hr_table_row(t);
    hr_table_text(t, 0, "a group of settings whose heading is far wider than the keys below it");
    hr_table_row(t);
    hr_table_text(t, 0, "  a_key_of_thirty_characters____");
    hr_table_text(t, 1, words);
    hr_table_text_at(t, 1, 2, words);
    char *text = hr_page_as_text(p);
    assert_non_null(strstr(text, "\na group of settings whose heading is far wider than the keys "
                                 "below it\n"));
    assert_non_null(strstr(text, "\n  a_key_of_thirty_characters____  wwwwwwwww"));
    assert_true(widest_line(text) <= 100);
    free(text);
    t->wide = true;
    text = hr_page_as_text(p);
    assert_true(widest_line(text) > 100 && widest_line(text) <= 110);
    free(text);
    hr_page_free(p);
}

static void test_markdown_escapes(void **state)
{
    (void)state;
    hr_page *p = sample(2, "a|b<script>`x`*");
    char *text = hr_page_as_markdown(p);
    assert_non_null(strstr(text, "| a\\|b&lt;script>\\`x\\`\\* | -1,234.5 |"));
    assert_non_null(strstr(text, "| --- | ---: |"));
    free(text);
    hr_page_free(p);
}

static const char *field(const char *text)
{
    static hr_buffer b;
    hr_buffer_clear(&b);
    hr_csv_text(&b, text);
    return b.text;
}

static void test_csv(void **state)
{
    (void)state;
    assert_string_equal(field("plain"), "plain");
    assert_string_equal(field("a,b"), "\"a,b\"");
    assert_string_equal(field("say \"x\""), "\"say \"\"x\"\"\"");
    assert_string_equal(field("=1+1"), "'=1+1");
    assert_string_equal(field("-2, @x"), "\"'-2, @x\"");
    assert_string_equal(field("a\nb"), "\"a\nb\"");
    hr_page *p = sample(2, "=1+1");
    hr_buffer b = {0};
    hr_table_as_csv(p->block[3].table, &b);
    assert_string_equal(b.text, "name,v\r\n'=1+1,-1234.5\r\n"); /* numbers are never prefixed */
    hr_buffer_free(&b);
    hr_page_free(p);
}

static void test_json(void **state)
{
    (void)state;
    hr_page *p = hr_page_new();
    hr_table *t = hr_table_new(p, "t", "T", 2);
    hr_table_column(t, 0, "name", "name", true);
    hr_table_column(t, 1, "value", "value", false);
    hr_table_row(t);
    hr_table_text(t, 0, "x\"y");
    hr_table_number(t, 1, NAN, "-");
    json_t *rows = hr_table_as_json(t);
    char *text = json_dumps(rows, JSON_COMPACT);
    assert_string_equal(text, "[{\"name\":\"x\\\"y\",\"value\":null}]");
    free(text);
    json_decref(rows);
    hr_page_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cleaning),
        cmocka_unit_test(test_text_is_never_too_wide),
        cmocka_unit_test(test_keys_and_headings_inside_tables),
        cmocka_unit_test(test_markdown_escapes),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
