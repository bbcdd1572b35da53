/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command `compare`: scenarios held against the first, or, with --under, against each other in
 * every world. */
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/plans.h"
#include "cli/terminal.h"

static const char *with_of(const hr_plans *p, size_t which)
{
    return p->with[which][0] ? p->with[which] : NULL;
}

static hr_write_options folder_of(const hr_options *o, const char *const *recorded)
{
    return (hr_write_options){
        .folder = o->out, .force = o->force, .charts = !o->no_charts, .command = recorded};
}

/* The exit status of what was simulated, written and printed: what went wrong first decides. */
static int ended(hr_status simulated, hr_status written, int printed)
{
    if (written != HR_OK)
        return hr_status_exit(written);
    return simulated != HR_OK && printed == 0 ? hr_status_exit(simulated) : printed;
}

/* ---- against the first ---- */

static hr_status simulate(hr_comparison **c, const hr_plans *p, const hr_options *o,
                          hr_diags *diags)
{
    hr_compared compared[HR_COMPARE_MOST];
    for (size_t k = 0; k < p->count; k++)
        compared[k] = (hr_compared){.scenario = p->scenario[k][0], .with = with_of(p, k)};
    hr_progress progress = hr_progress_begin(o->quiet);
    const hr_run_options run = hr_command_run_options(o, &progress);
    const hr_status status = hr_compare(c, compared, p->count, &run, diags);
    hr_progress_end(&progress);
    return status;
}

static hr_status write_folder(const hr_comparison *c, const hr_options *o,
                              const char *const *recorded, hr_diags *diags)
{
    hr_command_paths paths;
    const uint64_t asked = hr_result_paths_asked(hr_comparison_result(c, 0));
    const char **command = hr_command_recorded(o, recorded, asked, &paths);
    const hr_write_options folder = folder_of(o, command);
    const hr_status status = command ? hr_report_comparison_write(c, &folder, diags) : HR_NO_MEMORY;
    free(command);
    return status;
}

static int compare(const hr_plans *p, const hr_options *o, const char *const *recorded,
                   hr_diags *diags)
{
    hr_comparison *c = NULL;
    const hr_status status = simulate(&c, p, o, diags);
    if (!c)
        return hr_status_exit(status);
    const hr_status written = o->out ? write_folder(c, o, recorded, diags) : HR_OK;
    const int printed = hr_command_print_page(
        o->json ? hr_report_comparison_json(c) : hr_report_comparison(c), o, diags);
    const char *passed = hr_result_limit_passed(hr_comparison_result(c, p->count - 1));
    const int exit_status = hr_command_limit(passed, NULL, ended(status, written, printed), diags);
    hr_comparison_free(c);
    return exit_status;
}

/* ---- in every world ---- */

static hr_status simulate_worlds(hr_worlds **w, const hr_plans *p, const hr_options *o,
                                 hr_diags *diags)
{
    hr_strategy strategy[HR_COMPARE_MOST];
    for (size_t k = 0; k < p->count; k++)
        strategy[k] = (hr_strategy){.scenario = (const hr_scenario *const *)p->scenario[k],
                                    .with = with_of(p, k)};
    hr_progress progress = hr_progress_begin(o->quiet);
    const hr_run_options run = hr_command_run_options(o, &progress);
    const hr_status status =
        hr_worlds_run(w, strategy, p->count, (const char *const *)p->world, p->worlds, &run, diags);
    hr_progress_end(&progress);
    return status;
}

static hr_status write_worlds(const hr_worlds *w, const hr_options *o, const char *const *recorded,
                              hr_diags *diags)
{
    hr_command_paths paths;
    const char **command = hr_command_recorded(o, recorded, hr_worlds_paths_asked(w), &paths);
    const hr_write_options folder = folder_of(o, command);
    const hr_status status = command ? hr_report_worlds_write(w, &folder, diags) : HR_NO_MEMORY;
    free(command);
    return status;
}

static int compare_worlds(const hr_plans *p, const hr_options *o, const char *const *recorded,
                          hr_diags *diags)
{
    hr_worlds *w = NULL;
    const hr_status status = simulate_worlds(&w, p, o, diags);
    if (!w)
        return hr_status_exit(status);
    const hr_status written = o->out ? write_worlds(w, o, recorded, diags) : HR_OK;
    const int printed =
        hr_command_print_page(o->json ? hr_report_worlds_json(w) : hr_report_worlds(w), o, diags);
    const char *world, *passed = hr_worlds_limit_passed(w, &world);
    const int exit_status = hr_command_limit(passed, world, ended(status, written, printed), diags);
    hr_worlds_free(w);
    return exit_status;
}

int hr_command_compare(const hr_options *o, const char *const *recorded, hr_diags *diags)
{
    hr_plans p;
    const hr_status status = hr_plans_load(&p, o, diags);
    const int exit_status = status != HR_OK ? hr_status_exit(status)
                            : p.worlds > 0  ? compare_worlds(&p, o, recorded, diags)
                                            : compare(&p, o, recorded, diags);
    hr_plans_free(&p);
    return hr_command_interrupted(exit_status);
}
