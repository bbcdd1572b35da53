/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json, part by part. Its shape is docs/results.schema.json. */
#ifndef HR_REPORT_RESULTS_H
#define HR_REPORT_RESULTS_H

#include "analysis/result.h"
#include "analysis/spread.h"
#include "report/json.h"

enum { HR_RESULTS_FORMAT = 1 };

/* What every document begins with, the command's name in it, and what it says of one result:
 * members metrics to digests. */
void hr_results_head(hr_json *j, json_t *root, const hr_result *r, const char *command);
void hr_results_body(hr_json *j, json_t *root, const hr_result *r);

/* Member "year" of an object: the label of a year of the run. */
void hr_results_year(hr_json *j, json_t *object, const hr_result *r, int year);
/* Years with a chance each; with its error, or bare (`year` may then be NULL: null). */
json_t *hr_results_chances(hr_json *j, const hr_result *r, const hr_estimate *year,
                           bool with_error);

json_t *hr_results_metrics(hr_json *j, const hr_result *r);
json_t *hr_results_risks(hr_json *j, const hr_result *r);
json_t *hr_results_targets(hr_json *j, const hr_result *r);
json_t *hr_results_candidates(hr_json *j, const hr_result *r);
json_t *hr_results_convergence(hr_json *j, const hr_result *r);
json_t *hr_results_bridge(hr_json *j, const hr_result *r);
json_t *hr_results_assumptions(hr_json *j, const hr_scenario *s);
/* Settings that are not as in the first: [{key, first, value}]. */
json_t *hr_results_changed(hr_json *j, const hr_scenario *first, const hr_scenario *other);
json_t *hr_results_schools(hr_json *j, const hr_result *r);
json_t *hr_results_base_rates(hr_json *j, const hr_scenario *s);
/* What sets of assumptions make of a figure: members lo, hi and sd behind those of the object. */
void hr_results_spread(hr_json *j, json_t *object, hr_spread s);
/* Member "assumption_sets" of an object; nothing where they were not looked at. */
void hr_results_sets(hr_json *j, json_t *object, const hr_result *r);
json_t *hr_results_settings(hr_json *j,
                            const hr_scenario *s); /* how many given, default, unsourced */

#endif
