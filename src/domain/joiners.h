/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joiners: what they have before, conditions after opening, onboarding days. */
#ifndef HR_DOMAIN_JOINERS_H
#define HR_DOMAIN_JOINERS_H

#include "domain/batch.h"

/* Posts what conditions that bit cost this year. */
void hr_joiner_costs(hr_batch *b);

/* Adds to this year's onboarding need the days of those who open next year, and works out what this
 * and earlier openings leave for next year (onboarding_before). */
void hr_onboarding_other(hr_batch *b);

/* The last full-year income of candidate k, all its schools together. */
void hr_income_before(const hr_batch *b, int k, double *income);

/* What school s of candidate k has before the join, in pounds: the candidate's balance, shared by
 * income among a merging trust's schools, but for those whose own reserves are given. `income` is
 * that of all its schools. */
void hr_balance_before(const hr_batch *b, int k, int s, const double *income, double *balance);

#endif
