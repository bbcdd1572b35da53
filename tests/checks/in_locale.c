/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client of the library that has set the locale of its environment, as programs with windows do;
 * prints results.json of a scenario. Usage: in_locale SCENARIO PATHS */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "headroom.h"

int main(int argc, char **argv)
{
    hr_scenario *s = NULL;
    hr_result *r = NULL;
    char *text = NULL;
    int exit_status = 1;
    hr_diags *diags = hr_diags_new();
    if (argc != 3 || !diags || !setlocale(LC_ALL, ""))
        goto out;
    const hr_run_options options = {.seed = HR_SEED_DEFAULT,
                                    .paths = strtoull(argv[2], NULL, 10),
                                    .assumptions = HR_ASSUMPTIONS_DEFAULT};
    if (hr_scenario_load(&s, argv[1], NULL, 0, diags) != HR_OK ||
        hr_run(&r, s, &options, diags) != HR_OK)
        goto out;
    text = hr_report_json(r);
    exit_status = text && fputs(text, stdout) != EOF && fflush(stdout) == 0 ? 0 : 1;
out:
    for (size_t i = 0; exit_status && diags && i < hr_diags_count(diags); i++)
        (void)fprintf(stderr, "%s\n", hr_diags_get(diags, i)->text);
    hr_text_free(text);
    hr_result_free(r);
    hr_scenario_free(s);
    hr_diags_free(diags);
    return exit_status;
}
