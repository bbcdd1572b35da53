/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builders: from results and scenarios to the words and tables of a page. They must not know
 * formats. */
#ifndef HR_REPORT_BUILD_H
#define HR_REPORT_BUILD_H

#include "analysis/headlines.h"
#include "analysis/result.h"
#include "analysis/spread.h"
#include "report/page.h"

/* Words: title, verdict, what it rests on. */
void hr_build_title(hr_page *p, const hr_result *r);
void hr_build_partial(hr_page *p, const hr_result *r); /* nothing of a whole run */
void hr_build_verdict(hr_page *p, const hr_result *r);
void hr_build_footing(hr_page *p, const hr_result *r);

/* How sure it is: what the simulation's noise can do and what ignorance can do, which are two
 * numbers, never one. */
void hr_build_sureness(hr_page *p, const hr_result *r);
/* Of fewer futures than HR_BUILD_FEW nothing is said to be likely, and a page begins with that. */
enum { HR_BUILD_FEW = 30 };
void hr_build_few(hr_page *p, const hr_result *r);
/* "3 to 41": between which chances in 100 sets of assumptions put it; "" where they do not move it
 * by as much as is said. */
const char *hr_build_between(hr_page *p, hr_spread s);
/* Why hr_build_between says nothing of a chance: "too rare to say how far it moves", since of what
 * is hardly ever seen, or hardly ever not, sets that do not move it are no proof; "" of any other
 * that they do not move. */
const char *hr_build_unmoved(hr_spread s);

/* Targets: the sentence of the verdict; each by itself and, kind by kind, all together. */
const char *hr_build_targets_answer(hr_page *p, const hr_result *r);
/* That all of them are met, as a clause: "all 4 targets of the plan are met in one future". */
const char *hr_build_targets_met(hr_page *p, const hr_result *r);
void hr_build_targets(hr_page *p, const hr_result *r);

/* Counts of settings, and whether a pound of them comes from the trust's accounts. */
void hr_build_settings(hr_page *p, const hr_scenario *s);
void hr_build_notes(hr_page *p, const hr_scenario *s);
const char *hr_build_no_accounts(const hr_scenario *s); /* a sentence, or "" */

/* How far reserves in % of income fall, told apart by dilution and results; nothing where nobody
 * joins. */
void hr_build_dilution(hr_page *p, const hr_result *r);

/* The plan's arithmetic before anything is simulated: what its targets ask for and from where it
 * can come, capital money, floors, scores; and base rates. */
void hr_build_arithmetic(hr_page *p, const hr_plan *plan);
void hr_build_asked(hr_page *p, const hr_plan *plan); /* the first of these alone */
/* Schools at the start, and their pupils. */
int hr_build_opening(const hr_plan *plan, double *pupils);
/* What each named candidate would have to bring to leave reserves in % of income as they are: plays
 * the plain case. */
void hr_build_joiners(hr_page *p, const hr_plan *plan);
void hr_build_base_rates(hr_page *p, const hr_scenario *s);

/* Tables. */
void hr_build_settling(hr_page *p, const hr_result *r); /* nothing where too few futures were run */
void hr_build_years(hr_page *p, const hr_result *r);
void hr_build_risks(hr_page *p, const hr_result *r);
void hr_build_joins(hr_page *p, const hr_result *r);
void hr_build_schools(hr_page *p, const hr_result *r);
void hr_build_bridge(hr_page *p, const hr_result *r);
void hr_build_limits(hr_page *p, const hr_result *r);

/* What a headline says happens, or a target's name: not cleaned. */
const char *hr_build_headline(const hr_result *r, const hr_headline *h);
/* A heading for each year from column `first` on. */
void hr_build_year_columns(hr_table *t, int first, int start_year, int years);
/* "2018/19" in the page's memory. */
const char *hr_build_year(hr_page *p, int calendar_year);
/* "2018/19 to 2020/21", or the one year that there is. */
const char *hr_build_period(hr_page *p, int start_year, int years);
/* The chance and its interval, in the page's memory. */
const char *hr_build_chance(hr_page *p, hr_estimate e);
/* A number rounded to `step`, without its unit (but for pounds), in the page's memory; NULL is no
 * unit. */
const char *hr_build_rounded(hr_page *p, double value, double step, const char *unit);
/* The same as a cell, without a unit. */
void hr_build_rounded_cell(hr_table *t, int column, double value, double step);
/* A chance times a hundred as a cell. */
void hr_build_chance_cell(hr_table *t, int column, hr_estimate e);
/* An estimate with its unit, in the page's memory. */
const char *hr_build_value(hr_page *p, hr_estimate e, const char *unit);
/* Estimates that stand side by side, without their unit and all at the coarsest detail that one of
 * them allows; `number` has room for `count`. */
void hr_build_alike(hr_page *p, const hr_estimate *e, int count, const char *unit,
                    const char **number);
/* A metric's label, and that it is in per cent where the label does not say so. */
const char *hr_build_metric_label(hr_page *p, const hr_metric_row *metric);
/* Scores by merit in words: "need 0.8, size 0.5, ...". */
const char *hr_build_merits(hr_page *p, const double part[HR_N_merit]);
/* In how many of the futures the trust is still its own in the last year: where no row of the
 * register can end it, all of them. */
hr_estimate hr_build_own(const hr_result *r);
/* The reserves policy in words: "5 % of income". */
const char *hr_build_policy(hr_page *p, const hr_params *params);
/* "5 % of income, assumed" where nobody has told one. */
const char *hr_build_policy_known(hr_page *p, const hr_scenario *s);

/* Mean of a setting in its first year, as written (a number, the first of a series, the
 * distribution's mean); NaN when not given. */
double hr_build_setting(const hr_params *params, hr_real real);
/* How wide a distribution is, whatever its unit: sd / (|mean| + sd), 0 to 1. */
double hr_build_width(const hr_params *params, const hr_quantity *q);

#endif
