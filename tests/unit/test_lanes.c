/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes: whole numbers below and above, nothing without a sign, and marks of lanes that hold
 * something. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/lanes.h"
#include "base/lane_bits.h"

static void whole_numbers_below_and_above(void **state)
{
    (void)state;
    static const struct {
        double x, below, above;
    } of[] = {
        {0.0, 0, 0}, {0.25, 0, 1},   {0.5, 0, 1},    {1.5, 1, 2},
        {2.0, 2, 2}, {-0.25, -1, 0}, {-2.5, -3, -2}, {1e15 + 0.5, 1e15, 1e15 + 1},
    };
    for (size_t k = 0; k < sizeof of / sizeof of[0]; k++) {
        assert_true(hr_floor(of[k].x) == of[k].below);
        assert_true(hr_ceil(of[k].x) == of[k].above);
    }
}

static void nothing_has_no_sign(void **state)
{
    (void)state;
    assert_true(1.0 / hr_floor(-0.0) > 0.0);
    assert_true(1.0 / hr_ceil(-0.0) > 0.0);
    assert_true(1.0 / hr_ceil(-0.25) > 0.0);
}

static void lanes_above_nothing_are_marked(void **state)
{
    (void)state;
    double x[HR_LANES_MIN] = {[0] = 1.0, [3] = 1e-300, [4] = -1.0, [5] = -0.0, [31] = 2.0};
    x[6] = HR_UNKNOWN;
    assert_int_equal(hr_lane_bits_above(x), 1u | 1u << 3 | 1u << 31);
    for (int i = 0; i < HR_LANES_MIN; i++)
        x[i] = 0.0;
    assert_int_equal(hr_lane_bits_above(x), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_below_and_above),
        cmocka_unit_test(nothing_has_no_sign),
        cmocka_unit_test(lanes_above_nothing_are_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
