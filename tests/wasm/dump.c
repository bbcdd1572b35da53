/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the block of parameters of a scenario to a file, as another machine receives it. It must
 * not know what is in the block. Usage: dump SCENARIO FILE */
#include <stdio.h>

#include "config/scenario.h"

static int write_block(const hr_params *params, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return 1;
    const size_t written = fwrite(params, 1, params->bytes, file);
    return fclose(file) == 0 && written == params->bytes ? 0 : 1;
}

int main(int argc, char **argv)
{
    hr_scenario *s = NULL;
    hr_diags *diags = hr_diags_new();
    int exit_status = 1;
    if (argc != 3 || !diags)
        goto out;
    if (hr_scenario_load(&s, argv[1], NULL, 0, diags) != HR_OK) {
        for (size_t i = 0; i < hr_diags_count(diags); i++)
            (void)fprintf(stderr, "%s\n", hr_diags_get(diags, i)->text);
        goto out;
    }
    exit_status = write_block(s->params, argv[2]);
out:
    hr_scenario_free(s);
    hr_diags_free(diags);
    return exit_status;
}
