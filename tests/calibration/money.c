/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money: grant per pupil of schools and trusts, reserves by horizon, the sector through the years
 * that happened and in the long run. */
#include <stdlib.h>

#include "calibration/money.h"

int main(int argc, char **argv)
{
    calibration_options o;
    if (!calibration_read_options(&o, argc, argv))
        return EXIT_FAILURE;
    money_schools(&o);
    money_reserves(&o);
    money_hindcast(&o);
    money_long_run(&o);
    return EXIT_SUCCESS;
}
