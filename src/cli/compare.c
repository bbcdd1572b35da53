/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command `compare`. --with and --set belong to the scenario that they follow, and to all where
 * they come before the first; one scenario alone is compared with itself without its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/terminal.h"

typedef struct {
    hr_scenario *scenario[HR_COMPARE_MOST];
    char *with[HR_COMPARE_MOST]; /* what of its own was changed, in words, or NULL */
    size_t count;
} plans;

/* "pay shock" of "overlays/pay-shock.cfg"; KEY=VALUE as it is. */
static void add_name(const hr_change *c, char *out, size_t bytes)
{
    const char *slash = c->kind == HR_CHANGE_WITH ? strrchr(c->text, '/') : NULL;
    const char *name = slash ? slash + 1 : c->text;
    const char *dot = c->kind == HR_CHANGE_WITH ? strrchr(name, '.') : NULL;
    const size_t used = strlen(out);
    (void)snprintf(out + used, bytes - used, "%s%.*s", used ? " and " : "",
                   (int)(dot && dot > name ? (size_t)(dot - name) : strlen(name)), name);
    for (char *at = out + used; c->kind == HR_CHANGE_WITH && *at; at++)
        if (*at == '-')
            *at = ' ';
}

/* Loads a scenario with the changes of all and, where `own` is its number, its own. */
static hr_status load(plans *p, const hr_options *o, const char *path, size_t own, hr_diags *diags)
{
    hr_change *change = calloc(o->changes + 1, sizeof *change);
    size_t changes = 0, bytes = 1;
    for (size_t i = 0; i < o->changes; i++)
        bytes += strlen(o->change[i].text) + 5;
    char *with = calloc(bytes, 1);
    hr_status status = HR_NO_MEMORY;
    if (change && with) {
        for (size_t i = 0; i < o->changes; i++)
            if (o->follows[i] == 0)
                change[changes++] = o->change[i];
        for (size_t i = 0; i < o->changes; i++)
            if (own > 0 && o->follows[i] == own) {
                change[changes++] = o->change[i];
                add_name(&o->change[i], with, bytes);
            }
        p->with[p->count] = with;
        status = hr_command_load_another(&p->scenario[p->count++], path, change, changes, diags);
        with = NULL;
    }
    free(with);
    free(change);
    return status;
}

static hr_status load_all(plans *p, const hr_options *o, hr_diags *diags)
{
    const bool alone = o->mores == 0;
    hr_status first = load(p, o, o->operand, alone ? 0 : 1, diags);
    const hr_status twin = alone ? load(p, o, o->operand, 1, diags) : HR_OK;
    first = first == HR_OK ? twin : first;
    for (size_t i = 0; i < o->mores; i++) { /* every mistake is told; the first decides */
        const hr_status one = load(p, o, o->more[i], i + 2, diags);
        first = first == HR_OK ? one : first;
    }
    return first;
}

static hr_status simulate(hr_comparison **c, const plans *p, const hr_options *o, hr_diags *diags)
{
    hr_compared compared[HR_COMPARE_MOST];
    for (size_t k = 0; k < p->count; k++)
        compared[k] =
            (hr_compared){.scenario = p->scenario[k], .with = p->with[k][0] ? p->with[k] : NULL};
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
    if (!o->out)
        return HR_OK;
    const char **command = hr_command_recorded(o, recorded, hr_comparison_result(c, 0), &paths);
    const hr_write_options options = {
        .folder = o->out, .force = o->force, .charts = !o->no_charts, .command = command};
    const hr_status status =
        command ? hr_report_comparison_write(c, &options, diags) : HR_NO_MEMORY;
    free(command);
    return status;
}

int hr_command_compare(const hr_options *o, const char *const *recorded, hr_diags *diags)
{
    plans p = {.count = 0};
    hr_comparison *c = NULL;
    hr_status status = load_all(&p, o, diags);
    if (status == HR_OK)
        status = simulate(&c, &p, o, diags);
    int exit_status = hr_status_exit(status);
    if (c) {
        const hr_status written = write_folder(c, o, recorded, diags);
        exit_status = hr_command_print_page(
            o->json ? hr_report_comparison_json(c) : hr_report_comparison(c), o, diags);
        if (written != HR_OK)
            exit_status = hr_status_exit(written);
        else if (status != HR_OK && exit_status == 0)
            exit_status = hr_status_exit(status);
        const hr_result *last = hr_comparison_result(c, p.count - 1);
        exit_status = hr_command_limit(hr_result_limit_passed(last), NULL, exit_status, diags);
    }
    hr_comparison_free(c);
    for (size_t k = 0; k < p.count; k++) {
        hr_scenario_free(p.scenario[k]);
        free(p.with[k]);
    }
    return hr_command_interrupted(exit_status);
}
