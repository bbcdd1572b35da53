/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining and growth: the overlay sector-pipeline and the sponsored route against what trusts and
 * schools did. */
#include <stdlib.h>

#include "calibration/joins.h"

int main(int argc, char **argv)
{
    calibration_options o;
    if (!calibration_read_options(&o, argc, argv))
        return EXIT_FAILURE;
    joins_growth(&o);
    joins_gaps(&o);
    joins_sponsored(&o);
    joins_capital(&o);
    return EXIT_SUCCESS;
}
