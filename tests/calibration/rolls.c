/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rolls: real trusts' same-school pupils against the model's intervals for them. Every trust runs
 * as a scenario of its own from what was known at the start of a window. */
#include <stdlib.h>

#include "calibration/rolls.h"

int main(int argc, char **argv)
{
    calibration_options o;
    if (!calibration_read_options(&o, argc, argv))
        return EXIT_FAILURE;
    trust_cases t = rolls_trusts(o.data);
    fan *fans[ROLL_WINDOWS];
    rolls_run(&t, WITH_HINDSIGHT, NULL, fans);
    rolls_intervals(&t, fans, &o);
    rolls_crps(&t, fans);
    rolls_single_schools(&t, fans, &o);
    rolls_areas(&t, fans, &o);
    rolls_fans_free(fans, t.trusts);

    rolls_run(&t, AS_KNOWN, NULL, fans);
    rolls_inside_note(&t, fans, "as-known", "without hindsight about national numbers");
    rolls_fans_free(fans, t.trusts);

    static const char *const ALONE[] = {"defaults.area.all.sd_pct=0",
                                        "defaults.area.all.trend_sd_pct=0", NULL};
    rolls_run(&t, WITH_HINDSIGHT, ALONE, fans);
    rolls_inside_note(&t, fans, "alone", "with nothing shared by a trust's schools");
    rolls_fans_free(fans, t.trusts);
    rolls_trusts_free(&t);
    return EXIT_SUCCESS;
}
