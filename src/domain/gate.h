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

#endif
