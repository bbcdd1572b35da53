/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statuses: words and exit statuses as the manual has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "headroom/base.h"

static void exit_statuses_are_the_manual_s(void **state)
{
    (void)state;
    assert_int_equal(hr_status_exit(HR_OK), 0);
    assert_int_equal(hr_status_exit(HR_FAILED), 1);
    assert_int_equal(hr_status_exit(HR_USAGE), 2);
    assert_int_equal(hr_status_exit(HR_TOO_LARGE), 2);
    assert_int_equal(hr_status_exit(HR_INVALID), 3);
    assert_int_equal(hr_status_exit(HR_OUTPUT), 4);
    assert_int_equal(hr_status_exit(HR_NO_TOOL), 5);
    assert_int_equal(hr_status_exit(HR_LIMIT_PASSED), 6);
    assert_int_equal(hr_status_exit(HR_INTERRUPTED), 130);
    assert_int_equal(hr_status_exit(HR_TERMINATED), 143);
}

static void every_status_has_words(void **state)
{
    (void)state;
    assert_string_equal(hr_status_words(HR_INVALID),
                        "the scenario, or a table beside it, is invalid");
    assert_string_equal(hr_status_words((hr_status)999), "unknown status");
    assert_int_equal(hr_status_exit((hr_status)999), 1);
    assert_string_equal(hr_version(), HEADROOM_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exit_statuses_are_the_manual_s),
        cmocka_unit_test(every_status_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
