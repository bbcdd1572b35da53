/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads the scenarios that are held against each other. --with and --set belong to the scenario
 * that they follow, and to all where they come before the first; one scenario alone is held against
 * itself without its own. --under is of all, wherever it stands. */
#include "cli/plans.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"

/* "pay shock" of "overlays/pay-shock.cfg"; KEY=VALUE as it is. */
static void add_name(hr_change c, char *out, size_t bytes)
{
    const bool file = c.kind != HR_CHANGE_SET;
    const char *slash = file ? strrchr(c.text, '/') : NULL;
    const char *name = slash ? slash + 1 : c.text;
    const char *dot = file ? strrchr(name, '.') : NULL;
    const size_t used = strlen(out);
    (void)snprintf(out + used, bytes - used, "%s%.*s", used ? " and " : "",
                   (int)(dot && dot > name ? (size_t)(dot - name) : strlen(name)), name);
    for (char *at = out + used; file && *at; at++)
        if (*at == '-')
            *at = ' ';
}

/* The scenario as it is and in every world, with the same changes: the first of them is kept free
 * for the world. */
static hr_status load_in_worlds(hr_plans *p, const hr_options *o, const char *path,
                                hr_change *change, size_t changes, hr_diags *diags)
{
    hr_scenario **scenario = p->scenario[p->count];
    hr_status first = hr_command_load_another(&scenario[0], path, change + 1, changes, diags);
    for (size_t k = 0; k < o->unders; k++) {
        change[0] = (hr_change){.kind = HR_CHANGE_UNDER, .text = o->under[k]};
        const hr_status one =
            hr_command_load_another(&scenario[k + 1], path, change, changes + 1, diags);
        first = first == HR_OK ? one : first;
    }
    return first;
}

/* Loads a scenario with the changes of all and, where `own` is its number, its own. */
static hr_status load(hr_plans *p, const hr_options *o, const char *path, size_t own,
                      hr_diags *diags)
{
    hr_change *change = calloc(o->changes + 2, sizeof *change);
    size_t changes = 0, bytes = 1;
    for (size_t i = 0; i < o->changes; i++)
        bytes += strlen(o->change[i].text) + 5;
    char *with = calloc(bytes, 1);
    hr_status status = HR_NO_MEMORY;
    if (change && with) {
        for (size_t i = 0; i < o->changes; i++)
            if (o->follows[i] == 0)
                change[++changes] = o->change[i];
        for (size_t i = 0; i < o->changes; i++)
            if (own > 0 && o->follows[i] == own) {
                change[++changes] = o->change[i];
                add_name(o->change[i], with, bytes);
            }
        p->with[p->count] = with;
        status = load_in_worlds(p, o, path, change, changes, diags);
        p->count++;
        with = NULL;
    }
    free(with);
    free(change);
    return status;
}

static bool name_worlds(hr_plans *p, const hr_options *o)
{
    for (; p->worlds < o->unders; p->worlds++) {
        const hr_change world = {.kind = HR_CHANGE_UNDER, .text = o->under[p->worlds]};
        const size_t bytes = strlen(world.text) + 1;
        char *name = p->world[p->worlds] = calloc(bytes, 1);
        if (!name)
            return false;
        add_name(world, name, bytes);
    }
    return true;
}

/* Worlds of one name that come to the same settings are one, by whatever path they were named. */
static hr_status check_once(const hr_plans *p, hr_diags *diags)
{
    for (size_t i = 0; i < p->worlds; i++)
        for (size_t k = 0; k < i; k++) {
            const hr_scenario *one = p->scenario[0][i + 1], *other = p->scenario[0][k + 1];
            if (!one || !other || strcmp(p->world[i], p->world[k]) != 0 ||
                strcmp(hr_scenario_digest(one), hr_scenario_digest(other)) != 0)
                continue;
            hr_diags_addf(diags, HR_ERROR, NULL, 0, NULL, "world \"%s\" is given twice",
                          p->world[i]);
            return HR_USAGE;
        }
    return HR_OK;
}

/* Anything that belongs to the first scenario alone? Without, it is held under worlds by itself. */
static bool has_own(const hr_options *o)
{
    for (size_t i = 0; i < o->changes; i++)
        if (o->follows[i] == 1)
            return true;
    return false;
}

hr_status hr_plans_load(hr_plans *p, const hr_options *o, hr_diags *diags)
{
    *p = (hr_plans){.count = 0};
    if (!name_worlds(p, o))
        return HR_NO_MEMORY;
    const bool alone = o->mores == 0, twins = alone && has_own(o);
    hr_status first = load(p, o, o->operand, alone ? 0 : 1, diags);
    const hr_status twin = twins ? load(p, o, o->operand, 1, diags) : HR_OK;
    first = first == HR_OK ? twin : first;
    for (size_t i = 0; i < o->mores; i++) { /* every mistake is told; the first decides */
        const hr_status one = load(p, o, o->more[i], i + 2, diags);
        first = first == HR_OK ? one : first;
    }
    return first == HR_OK ? check_once(p, diags) : first;
}

void hr_plans_free(hr_plans *p)
{
    for (size_t k = 0; k < p->count; k++) {
        for (size_t w = 0; w <= HR_WORLDS_MOST; w++)
            hr_scenario_free(p->scenario[k][w]);
        free(p->with[k]);
    }
    for (size_t w = 0; w < p->worlds; w++)
        free(p->world[w]);
}
