/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of building a plan, one file each. False means that memory is short. */
#ifndef HR_DOMAIN_PLAN_BUILD_H
#define HR_DOMAIN_PLAN_BUILD_H

#include "domain/plan.h"

bool hr_plan_settings(hr_plan *plan, hr_arena *arena);      /* slots */
bool hr_plan_correlations(hr_plan *plan, hr_arena *arena);  /* needs slots */
bool hr_plan_schools(hr_plan *plan, hr_arena *arena);       /* schools and their opening rolls */
int hr_plan_school_of(const hr_plan *plan, const char *id); /* -1: none of that id */
bool hr_plan_candidates(hr_plan *plan, hr_arena *arena);    /* needs schools */
void hr_plan_uses(hr_plan *plan);   /* which mechanisms there are; needs slots and posts */
void hr_plan_unread(hr_plan *plan); /* marks settings that no step reads; needs all of these */

/* A typical number of a setting at the start: its number, first entry, mode, mean or first
 * parameter. */
double hr_quantity_middle(const hr_params *p, hr_real real);

#endif
