/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: the one place where money moves. An amount is rounded to the whole pound once and
 * posted to a line and a balance, so that books balance exactly and sums do not depend on order. */
#ifndef HR_DOMAIN_LEDGER_H
#define HR_DOMAIN_LEDGER_H

#include "domain/batch.h"

enum { HR_CENTRE = -1 }; /* instead of a school's index */

/* Posts amount[i] pounds of an income or cost line (a positive cost lowers the balance) to a school
 * or the centre. */
void hr_post(hr_batch *b, hr_line line, int school, const double *amount);

/* The same of amount[i] x share[i]: what falls into the months in the trust. */
void hr_post_share(hr_batch *b, hr_line line, int school, const double *amount,
                   const double *share);

/* A full year of what a school spends by itself, each part with a line of its own. */
typedef struct {
    const double *cost; /* HR_N_cost lane arrays, by kind */
    const double *drift, *restructuring, *planned_use;
} hr_spending;

/* Posts them times share[i]: what falls into the months in the trust. */
void hr_post_spending(hr_batch *b, int school, const hr_spending *full, const double *share);

/* Moves amount[i] pounds from a school to the centre on a transfer line; negative moves back. */
void hr_post_transfer(hr_batch *b, hr_line line, int school, const double *amount);

/* Opens the books of a future, and of a year: balances are carried forward and the year's sums set
 * to nothing. */
void hr_ledger_open(hr_batch *b);
void hr_ledger_open_year(hr_batch *b);

/* Closes the year: what schools there at the start, joiners and the centre posted becomes the
 * year's lines. Nothing is posted after it. */
void hr_ledger_close_year(hr_batch *b);

#endif
