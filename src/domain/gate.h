/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate's two halves: who asks and what a join does (gate.c), and the rules of the growth policy
 * (policy.c). It must not know other steps. */
#ifndef HR_DOMAIN_GATE_H
#define HR_DOMAIN_GATE_H

#include "domain/batch.h"

/* What a candidate would bring, lane arrays in scratch[0..6]: whether it asks this year; pupils,
 * schools below good, improvement days, onboarding days of this year; whether all its schools are
 * good or better; and whether it is still let in. */
typedef struct {
    double *asks, *pupils, *below, *days, *onboarding, *good, *ok;
} hr_offer;

/* Asks every rule of candidate k and takes it off o->ok where one refuses; the first that does is
 * noted. Works in scratch[7..9]. */
void hr_gate_ask(hr_batch *b, int k, hr_offer *o);

/* The last full-year income of candidate k, all its schools together. */
void hr_income_before(const hr_batch *b, int k, double *income);

/* What school s of candidate k has before the join, in pounds: the candidate's balance, shared by
 * income among a merging trust's schools, but for those whose own reserves are given. `income` is
 * that of all its schools. */
void hr_balance_before(const hr_batch *b, int k, int s, const double *income, double *balance);

#endif
