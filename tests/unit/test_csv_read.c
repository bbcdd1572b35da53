/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as spreadsheets and people write it. */
#include "support/near.h"

#include "report/csv_read.h"

static char text[256];

static hr_csv of(const char *csv)
{
    strcpy(text, csv);
    return hr_csv_begin(text, strlen(text));
}

static void records_end_as_they_may(void **state)
{
    (void)state;
    static const char *const same[] = {"a,b\n1,2\n",
                                       "a,b\r\n1,2\r\n",
                                       "a,b\r1,2\r",
                                       "a,b\n1,2",
                                       "\xef\xbb\xbf"
                                       "a,b\n1,2\n",
                                       " a , b\t\n\"1\",\"2\"",
                                       "\"a\" ,b\n1,2"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        char *field[4];
        hr_csv c = of(same[i]);
        assert_int_equal(hr_csv_next(&c, field, 4), 2);
        assert_string_equal(field[0], "a");
        assert_string_equal(field[1], "b");
        assert_int_equal(hr_csv_next(&c, field, 4), 2);
        assert_int_equal(c.line, 2);
        assert_string_equal(field[0], "1");
        assert_string_equal(field[1], "2");
        assert_int_equal(hr_csv_next(&c, field, 4), HR_CSV_END);
    }
}

static void quotes_hold_anything(void **state)
{
    (void)state;
    char *field[4];
    hr_csv c = of("\"a, \"\"b\"\"\nc\",\n\n,x\n\"\"");
    assert_int_equal(hr_csv_next(&c, field, 4), 2);
    assert_string_equal(field[0], "a, \"b\"\nc");
    assert_string_equal(field[1], "");
    assert_int_equal(hr_csv_next(&c, field, 4), 1); /* an empty line */
    assert_int_equal(c.line, 3);
    assert_string_equal(field[0], "");
    assert_int_equal(hr_csv_next(&c, field, 4), 2);
    assert_int_equal(c.line, 4);
    assert_int_equal(hr_csv_next(&c, field, 4), 1);
    assert_string_equal(field[0], "");
    assert_int_equal(hr_csv_next(&c, field, 4), HR_CSV_END);
}

static void more_fields_than_asked_for_are_counted(void **state)
{
    (void)state;
    char *field[3] = {NULL, NULL, NULL};
    hr_csv c = of("1,2,3,4,\n");
    assert_int_equal(hr_csv_next(&c, field, 2), 5);
    assert_string_equal(field[1], "2");
    assert_null(field[2]);
}

static void bad_quotes_end_it(void **state)
{
    (void)state;
    char *field[4];
    hr_csv c = of("a\n\"b,c\nd");
    assert_int_equal(hr_csv_next(&c, field, 4), 1);
    assert_int_equal(hr_csv_next(&c, field, 4), HR_CSV_OPEN_QUOTE);
    assert_int_equal(c.line, 2);
    assert_int_equal(hr_csv_next(&c, field, 4), HR_CSV_END);
    c = of("\"a\"b,c\n");
    assert_int_equal(hr_csv_next(&c, field, 4), HR_CSV_STRAY_QUOTE);
    c = of("");
    assert_int_equal(hr_csv_next(&c, field, 4), HR_CSV_END);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_end_as_they_may),
        cmocka_unit_test(quotes_hold_anything),
        cmocka_unit_test(more_fields_than_asked_for_are_counted),
        cmocka_unit_test(bad_quotes_end_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
