/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nearest known word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/near.h"
#include "headroom/base.h"

static void measures_edits(void **state)
{
    (void)state;
    assert_int_equal(hr_near_distance("pan", "pan"), 0);
    assert_int_equal(hr_near_distance("pan", "PAN"), 0);
    assert_int_equal(hr_near_distance("pann", "pan"), 1);
    assert_int_equal(hr_near_distance("rols", "roll"), 1);
    assert_int_equal(hr_near_distance("raet_pct", "rate_pct"), 1);
    assert_int_equal(hr_near_distance("", "abc"), 3);
}

static const char *nearest(const char *wanted, const char *a, const char *b)
{
    hr_near near;
    hr_near_begin(&near, wanted);
    hr_near_offer(&near, a);
    hr_near_offer(&near, b);
    return near.best;
}

static void offers_near_words_only(void **state)
{
    (void)state;
    assert_string_equal(nearest("yeers", "name", "years"), "years");
    assert_string_equal(nearest("rate", "flat", "rate_pct"), "rate_pct");
    assert_null(nearest("colour", "form", "base"));
    assert_null(nearest("rat", "flat", "years"));
}

static void chooses_among_a_list(void **state)
{
    (void)state;
    static const char *const known[] = {"run", "check", "explain", "show"};
    assert_string_equal(hr_nearest_word("chekc", known, 4), "check");
    assert_string_equal(hr_nearest_word("rum", known, 4), "run");
    assert_null(hr_nearest_word("zzzzzzz", known, 4));
    assert_null(hr_nearest_word("rum", known, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_edits),
        cmocka_unit_test(offers_near_words_only),
        cmocka_unit_test(chooses_among_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
