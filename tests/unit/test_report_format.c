/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people read them: the same in every locale, never finer than the error allows. */
#include <locale.h>

#include "support/near.h"

#include "report/format.h"

static const char *number(double value, double step, const char *unit)
{
    static char text[HR_NUMBER_BYTES];
    hr_format_number(value, step, unit, text);
    return text;
}

static hr_estimate about(double value, double se)
{
    return (hr_estimate){
        .value = value, .se = se, .lo = value - HR_Z95 * se, .hi = value + HR_Z95 * se, .n = 1000};
}

static const char *shown(hr_estimate e, const char *unit)
{
    static char text[80];
    hr_format_with_unit(e, unit, text, sizeof text);
    return text;
}

static const char *chance(uint64_t hits, uint64_t n)
{
    static char text[96];
    hr_format_chance(hr_estimate_chance(hits, n), text, sizeof text);
    return text;
}

static void test_numbers(void **state)
{
    (void)state;
    assert_string_equal(number(1243000.0, 1000.0, "GBP"), "£1,243,000");
    assert_string_equal(number(-35000.0, 1000.0, "GBP"), "-£35,000");
    assert_string_equal(number(-0.4, 1.0, "GBP"), "£0");
    assert_string_equal(number(1234.5, 1.0, NULL), "1,235");
    assert_string_equal(number(8.06, 0.1, "%"), "8.1");
    assert_string_equal(number(0.9996, 0.001, NULL), "1.000");
    assert_string_equal(number(999.96, 0.1, NULL), "1,000.0");
    assert_string_equal(number(1460.0, 100.0, NULL), "1,500");
    assert_string_equal(number(NAN, 1.0, NULL), "-");
    assert_string_equal(number(INFINITY, 1.0, "GBP"), "-");
    assert_string_equal(number(1e300, 1.0, NULL), "too large");
}

static void test_error_decides_the_digits(void **state)
{
    (void)state;
    assert_string_equal(shown(about(1243218.0, 3500.0), "GBP"), "£1,243,000");
    assert_string_equal(shown(about(1243218.0, 60000.0), "GBP"), "£1,200,000");
    assert_string_equal(shown(about(8.1234, 0.0001), "%"), "8.1 %");
    assert_string_equal(shown(about(8.1234, 0.9), "%"), "8 %");
    assert_string_equal(shown(about(2341.27, 0.2), "pupils"), "2,341 pupils");
    assert_string_equal(shown(hr_exactly(5.0), "% of income"), "5 % of income");
    assert_string_equal(shown(hr_exactly(5.5), "%"), "5.5 %");
    assert_string_equal(shown(hr_exactly(1.0), "schools"), "1 school");
    assert_string_equal(shown(hr_exactly(1.0), "months of spending"), "1 month of spending");
    assert_string_equal(shown(hr_exactly(1.5), "months of spending"), "1.5 months of spending");
    assert_string_equal(shown(hr_exactly(0.0), "schools"), "0 schools");
    assert_string_equal(shown(hr_exactly(21.0), "days"), "21 days");
    assert_string_equal(shown(about(NAN, NAN), "%"), "-");
}

static void test_chances(void **state)
{
    (void)state;
    assert_string_equal(chance(8300, 10000), "83 in 100 (82 to 84)");
    assert_string_equal(chance(40, 10000), "4 in 1,000 (3 to 5)");
    assert_null(strstr(chance(0, 10000), "("));
    assert_null(strstr(chance(10000, 10000), "("));
    assert_string_equal(chance(0, 0), "not known");
    char text[HR_NUMBER_BYTES];
    hr_format_chance_short(hr_estimate_chance(0, 10000), text);
    assert_string_equal(text, "<0.1");
    hr_format_chance_short(hr_estimate_chance(40, 10000), text);
    assert_string_equal(text, "0.4");
    hr_format_chance_short(hr_estimate_chance(8300, 10000), text);
    assert_string_equal(text, "83");
    hr_format_chance_short(hr_estimate_chance(10000, 10000), text);
    assert_string_equal(text, ">99.9");
    hr_format_chance_short(hr_estimate_chance(0, 100), text);
    assert_string_equal(text, "<4");
    hr_format_chance_short(hr_estimate_chance(0, 1000), text);
    assert_string_equal(text, "<0.4");
    hr_format_chance_short(hr_estimate_chance(4, 10000), text);
    assert_string_equal(text, "<0.2");
    hr_format_chance_short(hr_estimate_chance(100, 100), text);
    assert_string_equal(text, ">96");
    const hr_estimate other = hr_otherwise(hr_estimate_chance(8300, 10000));
    assert_near(other.value, 0.17, 1e-12);
    assert_true(other.lo < other.value && other.value < other.hi);
}

static void test_exact_reads_back(void **state)
{
    (void)state;
    const double values[] = {0.1,         1.0 / 3.0,           1e-300, -2.5e17,
                             123456789.0, 0.30000000000000004, 5e-324};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char text[HR_NUMBER_BYTES];
        hr_format_exact(values[i], text);
        assert_true(hr_same_bits(strtod(text, NULL), values[i]));
    }
    char text[HR_NUMBER_BYTES];
    hr_format_exact(0.1, text);
    assert_string_equal(text, "0.1");
    hr_format_exact(NAN, text);
    assert_string_equal(text, "");
}

/* Where the locale is installed, a decimal comma must not come through. */
static void test_no_locale_comes_through(void **state)
{
    (void)state;
    char text[HR_NUMBER_BYTES];
    (void)setlocale(LC_ALL, "de_DE.UTF-8");
    hr_format_exact(0.25, text);
    assert_string_equal(text, "0.25");
    assert_string_equal(number(1234.5, 0.1, NULL), "1,234.5");
    (void)setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_error_decides_the_digits),
        cmocka_unit_test(test_chances),
        cmocka_unit_test(test_exact_reads_back),
        cmocka_unit_test(test_no_locale_comes_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
