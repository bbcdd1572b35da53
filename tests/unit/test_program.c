/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a program: no shell, its end told apart, a limit that holds. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "os/program.h"

static char said[256];

static hr_program_end run(const char *script, int seconds)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    return hr_program_run(argv, "/", seconds, said, sizeof said);
}

static void test_ends(void **state)
{
    (void)state;
    const char *const absent[] = {"no-such-program-at-all", NULL};
    assert_int_equal(run("exit 0", 10), HR_PROGRAM_OK);
    assert_int_equal(run("exit 3", 10), HR_PROGRAM_FAILED);
    assert_int_equal(run("kill -9 $$", 10), HR_PROGRAM_FAILED);
    assert_int_equal(hr_program_run(absent, NULL, 10, said, sizeof said), HR_PROGRAM_ABSENT);
}

static void test_said_folder_and_locale(void **state)
{
    (void)state;
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    assert_int_equal(run("printf '%s %s' \"$PWD\" \"$LC_ALL\" >&2", 10), HR_PROGRAM_OK);
    assert_string_equal(said, "/ C");
    assert_int_equal(run("yes | head -c 1000 >&2", 10), HR_PROGRAM_OK);
    assert_int_equal(strlen(said), sizeof said - 1);
}

static void test_limit_kills_the_group(void **state)
{
    (void)state;
    const time_t start = time(NULL);
    assert_int_equal(run("sleep 30 & sleep 30", 1), HR_PROGRAM_TIMEOUT);
    assert_true(time(NULL) - start < 10);
}

static void on_alarm(int number) { (void)number; }

/* A signal that is caught while the program says nothing does not lift the limit. */
static void test_limit_holds_through_a_signal(void **state)
{
    (void)state;
    struct sigaction action = {.sa_flags = SA_RESTART}, before;
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, &before);
    const struct itimerval soon = {.it_value = {.tv_usec = 200000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    const time_t start = time(NULL);
    assert_int_equal(run("sleep 8", 1), HR_PROGRAM_TIMEOUT);
    assert_true(time(NULL) - start < 5);
    sigaction(SIGALRM, &before, NULL);
}

static void test_no_shell(void **state)
{
    (void)state;
    const char *const argv[] = {"test", "$(echo x); `y`", "=", "$(echo x); `y`", NULL};
    assert_int_equal(hr_program_run(argv, NULL, 10, NULL, 0), HR_PROGRAM_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_said_folder_and_locale),
        cmocka_unit_test(test_limit_kills_the_group),
        cmocka_unit_test(test_limit_holds_through_a_signal),
        cmocka_unit_test(test_no_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
