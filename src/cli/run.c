/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command `run`. What is asked to be written is written before anything is printed, so that a
 * reader of the terminal who leaves early loses nothing. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/terminal.h"

static bool tick(void *user, uint64_t done, uint64_t of)
{
    hr_progress_show(user, done, of);
    return hr_signals_caught() == 0;
}

hr_run_options hr_command_run_options(const hr_options *o, void *progress)
{
    return (hr_run_options){.seed = o->seed,
                            .paths = o->paths,
                            .precision = o->precision,
                            .assumptions = o->assumptions,
                            .threads = o->threads,
                            .lanes = o->lanes,
                            .width = o->width,
                            .memory = o->memory,
                            .limit = o->limit,
                            .limits = o->limits,
                            .keep_paths = o->save_paths,
                            .tick = tick,
                            .user = progress};
}

bool hr_command_folder_of(hr_command_folder *f, const hr_options *o, const char *const *recorded,
                          uint64_t asked)
{
    (void)snprintf(f->paths, sizeof f->paths, "%" PRIu64, asked);
    f->command = hr_options_recorded_paths(recorded, o->precision > 0.0 ? f->paths : NULL);
    f->options = (hr_write_options){.folder = o->out,
                                    .force = o->force,
                                    .charts = !o->no_charts,
                                    .save_paths = o->save_paths,
                                    .command = f->command};
    return f->command != NULL;
}

void hr_command_folder_free(hr_command_folder *f) { free(f->command); }

int hr_command_ended(hr_status simulated, hr_status written, int printed)
{
    if (written != HR_OK)
        return hr_status_exit(written);
    return simulated != HR_OK && printed == 0 ? hr_status_exit(simulated) : printed;
}

int hr_command_interrupted(int exit_status)
{
    const bool terminated =
        exit_status == hr_status_exit(HR_INTERRUPTED) && hr_signals_caught() == SIGTERM;
    return terminated ? hr_status_exit(HR_TERMINATED) : exit_status;
}

int hr_command_limit(const char *passed, const char *world, int exit_status, hr_diags *diags)
{
    if (!passed || exit_status != 0)
        return exit_status;
    hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "a limit was passed%s%s: %s",
                  world ? " under " : "", world ? world : "", passed);
    return hr_status_exit(HR_LIMIT_PASSED);
}

static hr_status simulate(hr_result **r, const hr_scenario *s, const hr_options *o, hr_diags *diags)
{
    hr_progress progress = hr_progress_begin(o->quiet);
    const hr_run_options run = hr_command_run_options(o, &progress);
    const hr_status status = hr_run(r, s, &run, diags);
    hr_progress_end(&progress);
    return status;
}

static hr_status write_folder(const hr_result *r, const hr_options *o, const char *const *recorded,
                              hr_diags *diags)
{
    hr_command_folder f;
    if (!o->out)
        return HR_OK;
    const bool taken = hr_command_folder_of(&f, o, recorded, hr_result_paths_asked(r));
    const hr_status status = taken ? hr_report_write(r, &f.options, diags) : HR_NO_MEMORY;
    hr_command_folder_free(&f);
    return status;
}

int hr_command_run(const hr_options *o, const char *const *recorded, hr_diags *diags)
{
    hr_scenario *s = NULL;
    hr_result *r = NULL;
    int exit_status = 0;
    hr_status status = hr_command_load(&s, o, diags);
    if (status == HR_OK)
        status = simulate(&r, s, o, diags);
    if (!r) {
        exit_status = hr_status_exit(status);
        goto out;
    }
    const hr_status written = write_folder(r, o, recorded, diags);
    const int printed =
        hr_command_print_page(o->json ? hr_report_json(r) : hr_report_summary(r), o, diags);
    exit_status = hr_command_limit(hr_result_limit_passed(r), NULL,
                                   hr_command_ended(status, written, printed), diags);
out:
    hr_result_free(r);
    hr_scenario_free(s);
    return hr_command_interrupted(exit_status);
}
