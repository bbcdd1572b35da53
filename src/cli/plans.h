/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenarios that a command holds against each other: each with what was changed of it, and each
 * under every world that was asked for. It must not know what is done with them. */
#ifndef HR_CLI_PLANS_H
#define HR_CLI_PLANS_H

#include "cli/options.h"

typedef struct {
    hr_scenario *scenario[HR_COMPARE_MOST][1 + HR_WORLDS_MOST]; /* as it is, then in each world */
    char *with[HR_COMPARE_MOST]; /* what of its own was changed, in words, or "" */
    char *world[HR_WORLDS_MOST]; /* "tight settlement" */
    size_t count, worlds;
} hr_plans;

/* Loads all; every mistake is told, what several have in common once. hr_plans_free afterwards,
 * whatever came of it. */
HR_MUST_USE hr_status hr_plans_load(hr_plans *p, const hr_options *o, hr_diags *diags);
void hr_plans_free(hr_plans *p);

#endif
