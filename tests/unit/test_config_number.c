/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers to and from text: shortest digits that read back, the same in every locale. */
#include "support/config_case.h"

#include <locale.h>
#include <math.h>

#include "base/philox.h"
#include "config/number.h"

static void assert_prints(double x, const char *text)
{
    char out[HR_PRINTED_BYTES];
    hr_number_print(x, out);
    assert_string_equal(out, text);
}

static void prints_few_digits(void **state)
{
    (void)state;
    assert_prints(0, "0");
    assert_prints(5.5, "5.5");
    assert_prints(0.1, "0.1");
    assert_prints(-0.00025, "-0.00025");
    assert_prints(7150000000.0, "7150000000");
    assert_prints(1e15, "1000000000000000");
    assert_prints(1e16, "1e16");
    assert_prints(1.5e-7, "1.5e-7");
    assert_prints(1.0 / 3.0, "0.3333333333333333");
    assert_prints(0.1 + 0.2, "0.30000000000000004");
    assert_prints(-1234.5, "-1234.5");
}

/* Every bit pattern tried reads back as itself. */
static void reads_back(void **state)
{
    (void)state;
    int tried = 0;
    for (uint32_t i = 0; i < 20000; i++) {
        const uint32_t counter[4] = {i, 0, 0, 0}, key[2] = {11, 0};
        uint32_t word[4];
        hr_philox(counter, key, word);
        const uint64_t bits = (uint64_t)word[0] << 32 | word[1];
        double x, back = 0;
        char text[HR_PRINTED_BYTES];
        memcpy(&x, &bits, sizeof x);
        if (!isfinite(x))
            continue;
        hr_number_print(x, text);
        assert_true(hr_number_parse(text, strlen(text), &back));
        assert_true(back == x);
        tried++;
    }
    assert_true(tried > 19000);
}

static void assert_parses(const char *text, double wanted)
{
    double x = NAN;
    assert_true(hr_number_parse(text, strlen(text), &x));
    assert_true(x == wanted && !signbit(x - wanted));
}

static void parses_plain_numbers(void **state)
{
    (void)state;
    assert_parses("5", 5);
    assert_parses("+5", 5);
    assert_parses("-5.25", -5.25);
    assert_parses(".5", 0.5);
    assert_parses("5.", 5);
    assert_parses("1e3", 1000);
    assert_parses("1.5E-2", 0.015);
    assert_parses("4294967296", 4294967296.0);
    assert_parses("-0", 0);
}

static void refuses_everything_else(void **state)
{
    (void)state;
    static const char *const WRONG[] = {"",    ".",   "+",   "e5",  ".e5",  "1e", "1e+", "1e400",
                                        "1,5", "1 2", "nan", "inf", "0x10", "5%", "--1", "1.2.3"};
    double x;
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
        assert_false(hr_number_parse(WRONG[i], strlen(WRONG[i]), &x));
}

/* Under a locale with a decimal comma, when the machine has one. */
static void keeps_to_the_point(void **state)
{
    (void)state;
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL && setlocale(LC_ALL, "fr_FR.UTF-8") == NULL)
        skip();
    prints_few_digits(state);
    parses_plain_numbers(state);
    reads_back(state);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_few_digits),    cmocka_unit_test(reads_back),
        cmocka_unit_test(parses_plain_numbers), cmocka_unit_test(refuses_everything_else),
        cmocka_unit_test(keeps_to_the_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
