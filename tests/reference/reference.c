/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One future from its start to its last year, in the order of docs/model.md, and at every year end
 * held against the trace. A trace stops where another trust absorbs this one. */
#include "reference/reference.h"

/* "At the start of a year all balances are noted" and the year's sums set to 0. */
static void open_year(ref *r)
{
    r->topslice_last = r->t == 0 ? r->topslice_last : r->topslice;
    for (int l = 0; l < HR_LINES; l++)
        r->line_now[l] = 0.0;
    r->centre_income = r->centre_spending = r->centre_one_off = 0.0;
    r->centre_transfers = r->centre_pooled = r->topslice = r->staff = 0.0;
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        s->income = s->spending = s->one_off = s->transfers = 0.0;
    }
}

void ref_run(ref *r, const hr_outcome *out)
{
    static void (*const step[])(ref *) = {ref_world,    ref_joining, ref_gate,     ref_pupils,
                                          ref_funding,  ref_costs,   ref_topslice, ref_centre,
                                          ref_estate,   ref_risks,   ref_capacity, ref_quality,
                                          ref_reserves, ref_budget,  ref_record};
    ref_start(r);
    ref_compare_states(r);
    for (int t = 0; t < r->years; t++) {
        r->t = t;
        if (r->own_years <= t) {
            ref_nothing_counts(r);
            ref_compare_year(r, out);
            continue;
        }
        open_year(r);
        for (size_t k = 0; k < sizeof step / sizeof step[0]; k++)
            step[k](r);
        ref_compare_states(r);
        ref_compare_year(r, out);
    }
    ref_compare_end(r, out);
    ref_check_settings(r);
    ref_compare_unused(r);
}
