/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons put into words, tables, figures and JSON: what the builders of a comparison share. */
#ifndef HR_REPORT_COMPARE_H
#define HR_REPORT_COMPARE_H

#include "analysis/comparison.h"
#include "report/figure.h"
#include "report/json.h"
#include "report/page.h"

/* How one of the scenarios is spoken of. Texts live in the page. */
typedef struct {
    const char *heading; /* "without", "with two-more-schools", a name */
    const char *column;  /* the same, shorter where keys are in it */
    const char *begins; /* "With two-more-schools", "In “A name”": a sentence goes on after it */
    const char *behind; /* "without", "with two-more-schools", "in “A name”" */
} hr_named;
hr_named hr_compare_named(hr_page *p, const hr_comparison *c, int which);

/* Words: title, verdict, what it rests on. */
void hr_compare_title(hr_page *p, const hr_comparison *c);
void hr_compare_verdict(hr_page *p, const hr_comparison *c);
void hr_compare_footing(hr_page *p, const hr_comparison *c);

/* Which of two is better at every level of reserves, beyond the error of the futures; "" where they
 * are too few or the two are the same. */
const char *hr_compare_dominance(hr_page *p, const hr_comparison *c, int which);

/* "9 lower (8 to 10)" of a difference times `scale`, to `step`, in `unit` ("GBP" gives pounds);
 * says where the futures cannot tell it from none. */
const char *hr_compare_more(hr_page *p, hr_estimate e, double scale, const char *unit);
/* The detail of a difference: the coarser of the unit's own and of its error. */
double hr_compare_step(hr_estimate e, double scale, const char *unit);

/* Such a difference, and the two ends of its interval, as three cells to one step. */
void hr_compare_cells(hr_page *p, hr_table *t, int column, hr_estimate e, double scale,
                      const char *unit);

/* Tables. */
void hr_compare_chances(hr_page *p, const hr_comparison *c);
void hr_compare_bridge(hr_page *p, const hr_comparison *c);
void hr_compare_years(hr_page *p, const hr_comparison *c);

/* Every figure of a comparison in the page's memory; returns how many (0: memory was short). */
int hr_compare_figures(hr_page *p, const hr_comparison *c, hr_figure **figures);

/* The member `compare` of results.json. */
json_t *hr_compare_member(hr_json *j, hr_page *p, const hr_comparison *c);

#endif
