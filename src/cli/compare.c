/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command `compare`: scenarios held against the first, or, with --under, against each other in
 * every world. */
#include "cli/commands.h"
#include "cli/plans.h"
#include "cli/terminal.h"

static const char *with_of(const hr_plans *p, size_t which)
{
    return p->with[which][0] ? p->with[which] : NULL;
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
    hr_command_folder f;
    const bool taken =
        hr_command_folder_of(&f, o, recorded, hr_result_paths_asked(hr_comparison_result(c, 0)));
    const hr_status status =
        taken ? hr_report_comparison_write(c, &f.options, diags) : HR_NO_MEMORY;
    hr_command_folder_free(&f);
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
    const int exit_status =
        hr_command_limit(passed, NULL, hr_command_ended(status, written, printed), diags);
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
    hr_command_folder f;
    const bool taken = hr_command_folder_of(&f, o, recorded, hr_worlds_paths_asked(w));
    const hr_status status = taken ? hr_report_worlds_write(w, &f.options, diags) : HR_NO_MEMORY;
    hr_command_folder_free(&f);
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
    const int exit_status =
        hr_command_limit(passed, world, hr_command_ended(status, written, printed), diags);
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
