/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies under worlds put into words, tables, figures and JSON: what their builders share. */
#ifndef HR_REPORT_WORLDS_H
#define HR_REPORT_WORLDS_H

#include "analysis/worlds.h"
#include "report/compare.h"
#include "report/figure.h"
#include "report/json.h"
#include "report/page.h"

/* How a strategy is spoken of; as hr_compare_named. */
hr_named hr_worlds_named(hr_page *p, const hr_worlds *w, int strategy);
/* "as it is", "tight settlement"; where two worlds have one name they are numbered. */
const char *hr_worlds_name(hr_page *p, const hr_worlds *w, int world);
/* "as it is", "under tight settlement". */
const char *hr_worlds_under(hr_page *p, const hr_worlds *w, int world);
/* "with two more schools under tight settlement". */
const char *hr_worlds_label(hr_page *p, const hr_worlds *w, int strategy, int world);

/* Words: title, verdict, limits, what it rests on. */
void hr_worlds_title(hr_page *p, const hr_worlds *w);
void hr_worlds_verdict(hr_page *p, const hr_worlds *w);
void hr_worlds_limits(hr_page *p, const hr_worlds *w);
void hr_worlds_footing(hr_page *p, const hr_worlds *w);

/* Tables: regret; chances; means at the end; over all worlds; every target and risk, one a
 * strategy.
 */
void hr_worlds_tables(hr_page *p, const hr_worlds *w);

/* Every figure in the page's memory; returns how many (0: memory was short). */
int hr_worlds_figures(hr_page *p, const hr_worlds *w, hr_figure **figures);

/* The member `under` of results.json. */
json_t *hr_worlds_member(hr_json *j, hr_page *p, const hr_worlds *w);

#endif
