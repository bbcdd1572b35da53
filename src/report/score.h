/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside view of hr_score for the builders and writers of the report. */
#ifndef HR_REPORT_SCORE_H
#define HR_REPORT_SCORE_H

#include "headroom/score.h"
#include "report/actuals.h"
#include "report/frozen.h"
#include "report/page.h"

struct hr_score {
    hr_arena *arena;
    hr_frozen_run run;
    hr_actuals actuals;
    const char *actuals_path;
    hr_score_numbers numbers;
};

/* Words. */
void hr_build_score_verdict(hr_page *p, const hr_score *s);
void hr_build_score_warning(hr_page *p, const hr_score *s); /* how little so few figures can say */
void hr_build_score_footing(hr_page *p, const hr_score *s); /* what was scored, and how */

/* Tables. */
void hr_build_score_figures(hr_page *p, const hr_score *s);
void hr_build_score_metrics(hr_page *p, const hr_score *s);
void hr_build_score_chances(hr_page *p, const hr_score *s);
void hr_build_score_intervals(hr_page *p, const hr_score *s);

/* score.csv: a row a figure, outside the page's flow. */
const hr_table *hr_build_score_csv(hr_page *p, const hr_score *s);

/* "Pupils of schools", "Reserves, % of income" */
const char *hr_build_score_label(hr_page *p, int metric, bool of_schools);
/* What a chance was of, and what came: "met", "did not happen", "green"; NULL not yet known. */
const char *hr_build_score_of(hr_page *p, const hr_score *s, const hr_score_chance *c);
const char *hr_build_score_came(const hr_score_chance *c);

/* Formulas and choices in a sentence, for words and JSON. */
extern const char HR_SCORE_NAIVE[], HR_SCORE_BY_FUTURES[], HR_SCORE_BY_QUANTILES[];
extern const char *const HR_SCORE_KNOWN_WORDS[HR_KNOWN_ORIGINS];

#endif
