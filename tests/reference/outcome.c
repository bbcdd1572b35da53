/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program keeps of a future beside its trace: metrics, lines, risks and how deep they
 * went, schools year by year, what became of candidates. Years after an absorption are here too. */
#include "reference/reference.h"

/* A number of the first lane. */
static double kept(const hr_outcome *out, const double *of, int row, int year)
{
    return of[((size_t)row * (size_t)out->years + (size_t)year) * (size_t)out->lanes];
}

static void compare_school(ref *r, const hr_outcome *out, int i)
{
    const ref_school *s = &r->school[i];
    const bool counts = s->in && r->own_years > r->t;
    const double mine[HR_SCHOOL_COLUMNS] = {
        [HR_SC_PUPILS] = ref_pupils_of(s, &s->now),
        [HR_SC_RESERVES_PCT] = 100.0 * s->balance / fmax(s->full_income, 1.0),
        [HR_SC_IN_YEAR_DEFICIT] = ref_result(s) < 0.0,
        [HR_SC_DEFICIT] = s->balance<0.0, [HR_SC_BELOW_GOOD] = s->grade> HR_quality_GOOD};
    const double *row =
        out->school + (i * out->years + r->t) * (ptrdiff_t)HR_SCHOOL_COLUMNS * out->lanes;
    for (int c = 0; c < HR_SCHOOL_COLUMNS; c++)
        ref_check(r, "column", "of the school", s->id, counts ? mine[c] : NAN, row[c * out->lanes]);
}

void ref_compare_year(ref *r, const hr_outcome *out)
{
    ref_judge_year(r);
    for (int m = 0; m < HR_METRICS; m++)
        ref_check(r, "metric kept", HR_METRIC_ROWS[m].key, NULL, r->metric[m],
                  kept(out, out->metric, m, r->t));
    for (int k = 0; k < HR_RISKS; k++)
        ref_check(r, "risk", HR_RISK_ROWS[k].key, NULL, r->happens[k],
                  kept(out, out->risk, k, r->t));
    for (int i = 0; i < r->schools; i++)
        compare_school(r, out, i);
    for (int l = 0; l < HR_LINES; l++)
        r->line[l][r->t] = r->line_now[l];
}

/* Openings are of the futures that are counted to the last year. */
static void compare_money(ref *r, const hr_outcome *out)
{
    for (int l = 0; l < HR_LINES; l++)
        for (r->t = 0; r->t < r->years; r->t++)
            ref_check(r, "line", HR_LINE_ROWS[l].key, NULL,
                      r->own_years > r->t ? r->line[l][r->t] : NAN, kept(out, out->line, l, r->t));
    r->t = -1;
    const bool counts = r->own_years >= r->years;
    ref_check(r, "opening", "reserves", NULL, counts ? r->opening : NAN, out->opening[0]);
    ref_check(r, "opening", "reserves, %", NULL, counts ? r->opening_pct : NAN,
              out->opening_pct[0]);
}

void ref_compare_end(ref *r, const hr_outcome *out)
{
    for (int k = 0; k < HR_RISKS; k++)
        ref_check(r, "depth", HR_RISK_ROWS[k].key, NULL, r->depth[k], out->depth[k * out->lanes]);
    for (int k = 0; k < r->candidates && r->own_years >= r->years; k++) {
        const ref_candidate *c = &r->candidate[k];
        const double mine[HR_CANDIDATE_COLUMNS] = {
            [HR_CC_JOIN_YEAR] = c->join_year, [HR_CC_REFUSED] = c->refused, [HR_CC_LOST] = c->lost};
        for (int i = 0; i < HR_CANDIDATE_COLUMNS; i++)
            ref_check(r, "column", "of the candidate", c->id, mine[i],
                      out->candidate[(k * HR_CANDIDATE_COLUMNS + i) * out->lanes]);
    }
    for (int q = 0; q < r->targets; q++)
        ref_check(r, "target", "in its order", NULL, r->met[q], out->met[q * out->lanes]);
    if (out->own_years)
        ref_check(r, "years", "its own", NULL, fmin(r->own_years, r->years),
                  fmin(out->own_years[0], r->years));
    compare_money(r, out);
}
