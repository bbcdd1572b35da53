/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of steps, inside view for the batch loop. */
#ifndef HR_ENGINE_YEAR_H
#define HR_ENGINE_YEAR_H

#include "domain/steps.h"
#include "engine/engine.h"

typedef struct {
    hr_step_row row;
    hr_step_fn *run;
} hr_year_step;

extern const hr_year_step HR_YEAR[];
extern const int HR_YEAR_STEPS;

#endif
