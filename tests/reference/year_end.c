/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Reserves" and "Early warning" of docs/model.md told again. */
#include "reference/reference.h"

static void pool(ref *r)
{
    const int pooling = r->sc->reserves_policy.pooling;
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        const bool moves = s->in && (pooling == HR_pooling_FULL ||
                                     (pooling == HR_pooling_DEFICITS && s->balance < 0.0));
        s->pooled = moves ? -s->balance : 0.0;
        r->centre_pooled -= s->pooled;
        if (moves)
            ref_transfer(r, HR_L_POOLING, i, s->balance);
    }
}

/* A school's result of the year, without what pooling moved. */
double ref_result(const ref_school *s)
{
    return s->income - s->spending + s->transfers - s->pooled;
}

/* Reserves, policy and what is below it, with income and spending of a full year. */
void ref_trust_figures(ref *r, double income, double spending)
{
    const hr_params_reserves_policy *p = &r->sc->reserves_policy;
    r->annual_income = income;
    r->annual_spending = spending;
    r->reserves = r->centre_balance;
    for (int i = 0; i < r->schools; i++)
        r->reserves += r->school[i].in ? r->school[i].balance : 0.0;
    const double target = ref_value(r, p->target);
    switch (p->measure) {
    case HR_measure_MONTHS: r->policy = target * spending / 12.0; break;
    case HR_measure_POUNDS: r->policy = target; break;
    default: r->policy = target / 100.0 * income;
    }
    r->below = r->reserves < r->policy;
    r->reserves_pct = 100.0 * r->reserves / fmax(income, 1.0);
}

void ref_reserves(ref *r)
{
    r->reserves_last = r->reserves;
    ref_post(r, HR_L_INTEREST, -1,
             ref_value(r, r->sc->reserves_policy.interest_pct) / 100.0 * fmax(r->reserves, 0.0));
    pool(r);
    double income = r->centre_income, spending = r->centre_spending;
    for (int i = 0; i < r->schools; i++) {
        const ref_school *s = &r->school[i];
        income += s->in ? s->full_income : 0.0;
        spending += s->in ? s->spending / fmax(s->share, 1.0 / 12.0) : 0.0;
    }
    ref_trust_figures(r, income, spending);
}

/* Least squares of what is there, at places 0 to 3; NaN of fewer than two. */
static double slope_of(const double y[4])
{
    double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
    for (int i = 0; i < 4; i++)
        if (!isnan(y[i])) {
            n += 1.0;
            sx += i;
            sy += y[i];
            sxx += (double)i * i;
            sxy += i * y[i];
        }
    return n < 2.0 ? NAN : (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

void ref_warning(ref *r)
{
    const hr_params_warning *w = &r->sc->warning;
    const double y[4] = {r->past[0], r->past[1], r->past[2], r->forecast};
    const double slope = slope_of(y), last = r->past[2];
    const double fallen = last * (1.0 - ref_value(r, w->fall_pct) / 100.0);
    if (last < 0.0 || r->forecast < 0.0 || slope < ref_value(r, w->slope_low_pct))
        r->warning = HR_warning_RED;
    else if (slope < 0.0 && r->forecast < fallen)
        r->warning = HR_warning_AMBER;
    else
        r->warning = HR_warning_GREEN;
}
