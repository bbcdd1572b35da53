/* SPDX-License-Identifier: GPL-3.0-or-later */
/* headroom, the program: reads the command line, runs the command, says what went wrong. It sees
 * the library through headroom.h alone. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/terminal.h"

/* What cannot be written is said before anything is simulated; score simulates nothing, and says
 * first that a folder is one that it reads. */
static int run_command(const hr_options *o, const char *const *recorded, hr_diags *diags)
{
    const bool looks = o->out && o->command != HR_COMMAND_SCORE;
    const hr_status status = looks ? hr_report_may_write(o->out, o->force, diags) : HR_OK;
    if (status != HR_OK)
        return hr_status_exit(status);
    switch (o->command) {
    case HR_COMMAND_RUN: return hr_command_run(o, recorded, diags);
    case HR_COMMAND_COMPARE: return hr_command_compare(o, recorded, diags);
    case HR_COMMAND_STRESS: return hr_command_stress(o, recorded, diags);
    case HR_COMMAND_CHECK: return hr_command_check(o, diags);
    case HR_COMMAND_EXPLAIN: return hr_command_explain(o, diags);
    case HR_COMMAND_SCORE: return hr_command_score(o, recorded, diags);
    case HR_COMMAND_SHOW: return hr_command_show(o, diags);
    case HR_COMMANDS: break;
    }
    return hr_status_exit(HR_USAGE);
}

/* An output that did not arrive is an error of its own. */
static int flushed(int exit_status)
{
    if (hr_terminal_flush())
        return exit_status;
    hr_terminal_error(hr_status_words(HR_OUTPUT));
    return exit_status ? exit_status : hr_status_exit(HR_OUTPUT);
}

int main(int argc, char **argv)
{
    hr_options o = {0};
    hr_diags *diags = hr_diags_new();
    const char **recorded = hr_options_recorded(argc, argv);
    int exit_status = hr_status_exit(HR_NO_MEMORY);
    hr_signals_watch();
    if (!diags || !recorded) {
        hr_terminal_error(hr_status_words(HR_NO_MEMORY));
        goto out;
    }
    const hr_status status = hr_options_parse(&o, argc, argv, diags);
    if (status != HR_OK) {
        exit_status = hr_status_exit(status);
    } else if (o.version) {
        printf("headroom %s\n", hr_version());
        exit_status = flushed(0);
    } else if (o.help) {
        hr_options_help(&o, o.command != HR_COMMANDS);
        exit_status = flushed(0);
    } else {
        exit_status = flushed(run_command(&o, recorded, diags));
    }
    hr_terminal_diags(diags, o.quiet);
out:
    free(recorded);
    hr_options_free(&o);
    hr_diags_free(diags);
    return exit_status;
}
