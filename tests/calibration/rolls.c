/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rolls: real trusts' same-school pupils against the model's intervals for them. */
#include <stdlib.h>

#include "calibration/sheet.h"
#include "calibration/target.h"

int main(int argc, char **argv)
{
    calibration_options o;
    if (!calibration_read_options(&o, argc, argv))
        return EXIT_FAILURE;
    sheet s = sheet_read(o.data, "trust_panel.csv");
    note("rolls", "trusts", "trusts in the panel", "", (double)s.rows, "");
    sheet_free(&s);
    return EXIT_SUCCESS;
}
