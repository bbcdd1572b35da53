/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Postings: rounding, lines, balances and the year's sums of each school and of the centre. */
#include "domain/ledger.h"

#include "domain/tracing.h"

typedef struct {
    double *balance, *income, *spending, *one_off, *transfer, *staff;
} hr_account;

static hr_account account(hr_batch *b, int school)
{
    const int n = b->lanes;
    if (school == HR_CENTRE)
        return (hr_account){b->centre, b->centre_income, b->centre_spending, b->centre_one_off,
                            b->centre_transfer, b->centre_staff};
    return (hr_account){hr_of(b->balance, school, n),  hr_of(b->income, school, n),
                        hr_of(b->spending, school, n), hr_of(b->one_off, school, n),
                        hr_of(b->transfer, school, n), hr_of(b->staff, school, n)};
}

static bool is_staff(hr_line line)
{
    return line == HR_L_TEACHERS || line == HR_L_SUPPORT || line == HR_L_POSTS;
}

void hr_post(hr_batch *b, hr_line line, int school, const double *amount)
{
    const int n = b->lanes;
    const hr_line_row *row = &HR_LINE_ROWS[line];
    const hr_account a = account(b, school);
    const bool cost = row->side == HR_SIDE_COST, brought = row->side == HR_SIDE_BALANCE;
    const double sign = cost ? -1.0 : 1.0, counted = brought ? 0.0 : 1.0;
    double *restrict total = hr_of(b->line, (int)line * b->plan->years + b->t, n);
    double *restrict balance = a.balance, *restrict sum = cost ? a.spending : a.income;
    const double *restrict x = amount;
    HR_FOR_LANES(i, n) {
        const double pounds = hr_nearest(x[i]);
        balance[i] += sign * pounds;
        total[i] += sign * pounds;
        sum[i] += counted * pounds;
    }
    if (row->lasts == HR_LASTS_ONE_OFF && !brought) {
        double *restrict one_off = a.one_off;
        HR_FOR_LANES(i, n) one_off[i] += sign * hr_nearest(x[i]);
    }
    if (is_staff(line)) {
        double *restrict staff = a.staff;
        HR_FOR_LANES(i, n) staff[i] += hr_nearest(x[i]);
    }
    if (b->trace)
        hr_trace_post(b, line, school, sign * hr_nearest(amount[b->trace->lane]));
}

void hr_post_transfer(hr_batch *b, hr_line line, int school, const double *amount, double *posted)
{
    const int n = b->lanes;
    const hr_account from = account(b, school), to = account(b, HR_CENTRE);
    double *restrict total = hr_of(b->line, (int)line * b->plan->years + b->t, n);
    double *restrict school_balance = from.balance, *restrict centre_balance = to.balance;
    double *restrict out = from.transfer, *restrict in = to.transfer;
    HR_FOR_LANES(i, n) {
        const double pounds = hr_nearest(amount[i]);
        school_balance[i] -= pounds;
        centre_balance[i] += pounds;
        out[i] -= pounds;
        in[i] += pounds;
        total[i] += pounds;
    }
    if (posted)
        for (int i = 0; i < n; i++)
            posted[i] = hr_nearest(amount[i]);
    if (b->trace) {
        hr_trace_post(b, line, school, -hr_nearest(amount[b->trace->lane]));
        hr_trace_post(b, line, HR_CENTRE, hr_nearest(amount[b->trace->lane]));
    }
}

void hr_ledger_open_year(hr_batch *b)
{
    const int n = b->lanes, schools = b->plan->schools;
    for (int s = 0; s < schools; s++)
        hr_copy(hr_of(b->balance_before, s, n), hr_of(b->balance, s, n), n);
    hr_copy(b->centre_before, b->centre, n);
    double *const by_school[] = {b->income, b->spending, b->one_off, b->transfer, b->staff};
    for (size_t a = 0; a < sizeof by_school / sizeof by_school[0]; a++)
        hr_fill(by_school[a], 0.0, schools * n);
    double *const of_centre[] = {b->centre_income, b->centre_spending, b->centre_one_off,
                                 b->centre_transfer, b->centre_staff};
    for (size_t a = 0; a < sizeof of_centre / sizeof of_centre[0]; a++)
        hr_fill(of_centre[a], 0.0, n);
    for (int l = 0; l < HR_LINES; l++)
        hr_fill(hr_of(b->line, l * b->plan->years + b->t, n), 0.0, n);
}
