/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements about chances, in words; chances in words ("83 in 100", "4 in 1,000", "fewer than 1 in
 * 2,600"). Never more digits than the error allows. */
#ifndef HR_ANALYSIS_WORDS_H
#define HR_ANALYSIS_WORDS_H

#include <stddef.h>

#include "base/estimate.h"
#include "model/expr.h"

/* "pupils are at least 2,500 and pupils are at most 3,500 in 2020/21"; "in every year no school is
 * in deficit". A text that does not fit ends where it no longer fits. */
void hr_prob_words(const hr_prob *p, char *out, size_t bytes);
/* "the chance that reserves are below 5 % of income in some year is at most 10 in 100, and ..." */
void hr_statement_words(const hr_statement *s, char *out, size_t bytes);
/* "83 in 100"; below 1 in 100 "4 in 1,000"; none seen "fewer than 1 in 2,600" by the upper end of
 * the interval; all seen "more than 999 in 1,000"; "not known" for NaN. */
void hr_chance_words(hr_estimate p, char *out, size_t bytes);

#endif
