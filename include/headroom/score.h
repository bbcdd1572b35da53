/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frozen run held against what happened. */
#ifndef HEADROOM_SCORE_H
#define HEADROOM_SCORE_H

#include "headroom/base.h"
#include "headroom/report.h"

typedef struct hr_score hr_score;

/* Reads the folder of a run and the CSV of what happened (columns year, metric, value, and school
 * and note where wanted), and scores one by the other. HR_FAILED: the folder is no run, or was
 * touched after it was written. HR_INVALID: the CSV is wrong, with every mistake in `diags`. *out
 * is NULL then. Warnings may be there on HR_OK too. */
HR_MUST_USE hr_status hr_score_new(hr_score **out, const char *folder, const char *actuals,
                                   hr_diags *diags);
void hr_score_free(hr_score *s); /* NULL is fine */

/* The verdict in words, then tables; and one JSON document by docs/score.schema.json. The caller
 * frees with hr_text_free; NULL when memory is short. */
char *hr_score_text(const hr_score *s);
char *hr_score_json(const hr_score *s);

/* Writes score.txt, score.json, score.csv and manifest.json into the folder of the options, beside
 * and renamed whole. HR_USAGE: the folder would take the place of the run or of the CSV. Charts and
 * paths of the options mean nothing here. */
HR_MUST_USE hr_status hr_score_write(const hr_score *s, const hr_write_options *o, hr_diags *diags);

#endif
