/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading when memory runs short at any point: the status says so and nothing is handed out. */
#include "support/config_case.h"

#include "config/load.h"

static hr_status load_with(int takes, hr_scenario **out)
{
    static const hr_change CHANGE[] = {{HR_CHANGE_SET, "topslice.rate_pct=4"},
                                       {HR_CHANGE_SET, "schools.hill.remove=true"},
                                       {HR_CHANGE_WITH, "pay-shock"}};
    hr_arena *arena = hr_arena_new();
    hr_diags *diags = hr_diags_new();
    hr_arena_fail_after(arena, takes);
    const hr_status status =
        hr_scenario_load_in(out, arena, SOUND, CHANGE, takes % 2 == 0 ? 1 : 3, diags);
    if (status != HR_OK)
        assert_null(*out);
    if (status == HR_NO_MEMORY)
        assert_true(hr_diags_errors(diags) > 0);
    hr_arena_free(arena);
    hr_diags_free(diags);
    return status;
}

static void any_take_may_fail(void **state)
{
    (void)state;
    hr_scenario *s = NULL;
    int short_of = 0;
    for (int takes = 0; takes < 20000; takes += takes < 300 ? 1 : 37)
        short_of += load_with(takes, &s) == HR_NO_MEMORY;
    assert_true(short_of > 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_take_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
