/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions after opening, and onboarding days. */
#ifndef HR_DOMAIN_JOINERS_H
#define HR_DOMAIN_JOINERS_H

#include "domain/batch.h"

/* Posts what conditions that bit cost this year. */
void hr_joiner_costs(hr_batch *b);

/* Adds to this year's onboarding need the days of those who open next year, and works out what this
 * and earlier openings leave for next year (onboarding_before). */
void hr_onboarding_other(hr_batch *b);

#endif
