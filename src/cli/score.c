/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command `score`. What is asked to be written is written before anything is printed. */
#include "cli/commands.h"

static hr_status write_folder(const hr_score *s, const hr_options *o, const char *const *recorded,
                              hr_diags *diags)
{
    if (!o->out)
        return HR_OK;
    const hr_write_options options = {.folder = o->out, .force = o->force, .command = recorded};
    return hr_score_write(s, &options, diags);
}

int hr_command_score(const hr_options *o, const char *const *recorded, hr_diags *diags)
{
    hr_score *s = NULL;
    const hr_status status = hr_score_new(&s, o->operand, o->second, diags);
    if (status != HR_OK)
        return hr_status_exit(status);
    const hr_status written = write_folder(s, o, recorded, diags);
    int exit_status = written == HR_USAGE
                          ? 0
                          : hr_command_print(o->json ? hr_score_json(s) : hr_score_text(s), o);
    if (written != HR_OK)
        exit_status = hr_status_exit(written);
    hr_score_free(s);
    return exit_status;
}
