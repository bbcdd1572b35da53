/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identities that every year of every path must keep. Asked for by tests. */
#ifndef HR_DOMAIN_VERIFY_H
#define HR_DOMAIN_VERIFY_H

#include "domain/batch.h"

/* The first identity that does not hold on some lane, in words; NULL when all do: opening + in-year
 * = closing for each school, the centre and the trust; what schools pay the centre receives; days
 * given never exceed days supplied; pupils are not negative. */
const char *hr_verify_year(const hr_batch *b);

#endif
