/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stresses put into words, tables, figures and JSON: what their builders share. */
#ifndef HR_REPORT_STRESS_H
#define HR_REPORT_STRESS_H

#include "analysis/stress.h"
#include "report/figure.h"
#include "report/json.h"
#include "report/page.h"

/* Words: title, verdict, what it rests on. */
void hr_stress_title(hr_page *p, const hr_stresses *s);
void hr_stress_verdict(hr_page *p, const hr_stresses *s);
void hr_stress_footing(hr_page *p, const hr_stresses *s);

/* Are they told together: more than one, and futures enough? */
bool hr_stress_has_together(const hr_stresses *s);
/* How much higher the chance of what a mark denies is. */
hr_estimate hr_stress_without(hr_estimate more);
/* The overlay's name, without folder and ending. */
const char *hr_stress_overlay(hr_page *p, const hr_stress_result *r);
/* What a stress is: "pay-shock laid over", "teacher_pay: an average of 4.1 % a year or more, in
 * 1,000 futures". */
const char *hr_stress_what(hr_page *p, const hr_stress_result *r);

/* Tables, the most harmful first. */
void hr_stress_harms(hr_page *p, const hr_stresses *s);
void hr_stress_whats(hr_page *p, const hr_stresses *s);
void hr_stress_ends(hr_page *p, const hr_stresses *s);
void hr_stress_chances(hr_page *p, const hr_stresses *s);

/* The figure, in the page's memory; false when memory was short. */
bool hr_stress_figure(hr_page *p, const hr_stresses *s, hr_figure *f);

/* The member `stress` of results.json. */
json_t *hr_stress_member(hr_json *j, hr_page *p, const hr_stresses *s);

#endif
