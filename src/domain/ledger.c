/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Postings: rounding, lines, balances and the year's sums of each school and of the centre. */
#include "domain/ledger.h"

#include "domain/tracing.h"

typedef struct {
    double *balance, *income, *spending, *one_off, *transfer, *staff;
} hr_account;

static hr_account account(hr_batch *b, int school)
{
    const int n = hr_lanes(b);
    if (school == HR_CENTRE)
        return (hr_account){b->centre,         b->centre_income,   b->centre_spending,
                            b->centre_one_off, b->centre_transfer, b->centre_staff};
    return (hr_account){hr_of(b->balance, school, n),  hr_of(b->income, school, n),
                        hr_of(b->spending, school, n), hr_of(b->one_off, school, n),
                        hr_of(b->transfer, school, n), hr_of(b->staff, school, n)};
}

static hr_owner owner_of(const hr_batch *b, int school)
{
    return school == HR_CENTRE                     ? HR_OWNER_CENTRE
           : b->plan->school[school].candidate < 0 ? HR_OWNER_THERE
                                                   : HR_OWNER_JOINER;
}

/* This year's sum of a line and an owner. */
static double *posted(const hr_batch *b, hr_line line, hr_owner owner)
{
    return hr_of(b->posted, (int)line * HR_OWNERS + (int)owner, b->lanes);
}

static bool is_staff(hr_line line)
{
    return line == HR_L_TEACHERS || line == HR_L_SUPPORT || line == HR_L_POSTS;
}

/* What a posting adds to. */
typedef struct {
    double *balance, *total, *sum;
    double *also; /* one-off result or staff cost, or NULL */
    double sign, counted, also_sign;
} hr_posting;

static hr_posting posting(hr_batch *b, hr_line line, int school)
{
    const hr_line_row *row = &HR_LINE_ROWS[line];
    const hr_account a = account(b, school);
    const bool cost = row->side == HR_SIDE_COST, brought = row->side == HR_SIDE_BALANCE;
    const bool one_off = row->lasts == HR_LASTS_ONE_OFF && !brought;
    const double sign = cost ? -1.0 : 1.0;
    return (hr_posting){.balance = a.balance,
                        .total = posted(b, line, owner_of(b, school)),
                        .sum = cost ? a.spending : a.income,
                        .also = one_off          ? a.one_off
                                : is_staff(line) ? a.staff
                                                 : NULL,
                        .sign = sign,
                        .counted = brought ? 0.0 : 1.0,
                        .also_sign = one_off ? sign : 1.0};
}

/* The one loop: an amount, scaled where a share is given, is rounded and added. */
static inline void post_lanes(const hr_posting *p, const double *amount, const double *share, int n)
{
    hr_out balance = p->balance;
    hr_out total = p->total;
    hr_out sum = p->sum;
    hr_out also = p->also;
    hr_in x = amount;
    hr_in part = share;
    const double sign = p->sign, counted = p->counted, also_sign = p->also_sign;
    HR_FOR_LANES(i, n) {
        const double pounds = hr_nearest(part ? x[i] * part[i] : x[i]);
        balance[i] += sign * pounds;
        total[i] += sign * pounds;
        sum[i] += counted * pounds;
        if (also)
            also[i] += also_sign * pounds;
    }
}

void hr_post(hr_batch *b, hr_line line, int school, const double *amount)
{
    const hr_posting p = posting(b, line, school);
    post_lanes(&p, amount, NULL, hr_lanes(b));
    if (b->trace)
        hr_trace_post(b, line, school, p.sign * hr_nearest(amount[b->trace->lane]));
}

void hr_post_share(hr_batch *b, hr_line line, int school, const double *amount, const double *share)
{
    const hr_posting p = posting(b, line, school);
    post_lanes(&p, amount, share, hr_lanes(b));
    if (b->trace)
        hr_trace_post(b, line, school,
                      p.sign * hr_nearest(amount[b->trace->lane] * share[b->trace->lane]));
}

enum { OWN_LINES = HR_N_cost + 3 };
static const hr_line OWN_LINE[OWN_LINES] = {HR_L_TEACHERS,      HR_L_SUPPORT,    HR_L_PREMISES,
                                            HR_L_ENERGY,        HR_L_SUPPLIES,   HR_L_NEEDS_DRIFT,
                                            HR_L_RESTRUCTURING, HR_L_PLANNED_USE};

/* All in one loop, so that balances and sums are read and written once. */
void hr_post_spending(hr_batch *b, int school, const hr_spending *full, const double *share)
{
    const int n = hr_lanes(b);
    const hr_account a = account(b, school);
    const hr_owner owner = owner_of(b, school);
    double *total[OWN_LINES];
    for (int k = 0; k < OWN_LINES; k++)
        total[k] = posted(b, OWN_LINE[k], owner);
    hr_out teachers = total[HR_cost_TEACHERS];
    hr_out support = total[HR_cost_SUPPORT];
    hr_out premises = total[HR_cost_PREMISES];
    hr_out energy = total[HR_cost_ENERGY];
    hr_out supplies = total[HR_cost_SUPPLIES];
    hr_out drifts = total[HR_N_cost];
    hr_out restructuring = total[HR_N_cost + 1];
    hr_out planned_use = total[HR_N_cost + 2];
    hr_out balance = a.balance;
    hr_out sum = a.spending;
    hr_out staff = a.staff;
    hr_out one_off = a.one_off;
    hr_in cost = full->cost;
    hr_in drift = full->drift;
    hr_in closing = full->restructuring;
    hr_in use = full->planned_use;
    hr_in part = share;
    HR_FOR_LANES(i, n) {
        const double t = hr_nearest(cost[HR_cost_TEACHERS * n + i] * part[i]),
                     s = hr_nearest(cost[HR_cost_SUPPORT * n + i] * part[i]);
        const double p = hr_nearest(cost[HR_cost_PREMISES * n + i] * part[i]),
                     e = hr_nearest(cost[HR_cost_ENERGY * n + i] * part[i]);
        const double rest = hr_nearest(cost[HR_cost_SUPPLIES * n + i] * part[i]),
                     needs = hr_nearest(drift[i] * part[i]);
        const double c = hr_nearest(closing[i] * part[i]), u = hr_nearest(use[i] * part[i]);
        teachers[i] -= t;
        support[i] -= s;
        premises[i] -= p;
        energy[i] -= e;
        supplies[i] -= rest;
        drifts[i] -= needs;
        restructuring[i] -= c;
        planned_use[i] -= u;
        staff[i] += t + s;
        one_off[i] -= c + u;
        const double all = t + s + p + e + rest + needs + c + u;
        sum[i] += all;
        balance[i] -= all;
    }
    const double *const amount[OWN_LINES] = {
        cost,         cost + n,    cost + 2 * n,        cost + 3 * n,
        cost + 4 * n, full->drift, full->restructuring, full->planned_use};
    for (int k = 0; b->trace && k < OWN_LINES; k++)
        hr_trace_post(b, OWN_LINE[k], school,
                      -hr_nearest(amount[k][b->trace->lane] * share[b->trace->lane]));
}

void hr_post_transfer(hr_batch *b, hr_line line, int school, const double *amount)
{
    const int n = hr_lanes(b);
    const hr_account from = account(b, school), to = account(b, HR_CENTRE);
    hr_out total = posted(b, line, owner_of(b, school));
    hr_out school_balance = from.balance;
    hr_out centre_balance = to.balance;
    hr_out out = from.transfer;
    hr_out in = to.transfer;
    HR_FOR_LANES(i, n) {
        const double pounds = hr_nearest(amount[i]);
        school_balance[i] -= pounds;
        centre_balance[i] += pounds;
        out[i] -= pounds;
        in[i] += pounds;
        total[i] += pounds;
    }
    if (b->trace) {
        hr_trace_post(b, line, school, -hr_nearest(amount[b->trace->lane]));
        hr_trace_post(b, line, HR_CENTRE, hr_nearest(amount[b->trace->lane]));
    }
}

/* Owners that may post to a line: from `first` to below the number given back. */
static int owners_of(hr_line line, int *first)
{
    const hr_whose whose = HR_LINE_ROWS[line].whose;
    *first = whose == HR_WHOSE_CENTRE ? HR_OWNER_CENTRE : HR_OWNER_THERE;
    return whose == HR_WHOSE_SCHOOL ? HR_OWNER_CENTRE : HR_OWNERS;
}

void hr_ledger_open(hr_batch *b) { hr_fill(b->owned, 0.0, HR_LINES * HR_OWNERS * b->lanes); }

void hr_ledger_close_year(hr_batch *b)
{
    const int n = hr_lanes(b);
    for (int l = 0; l < HR_LINES; l++) {
        int first;
        const int end = owners_of((hr_line)l, &first);
        hr_out line = hr_of(b->line, l * b->plan->years + b->t, n);
        hr_fill(line, 0.0, n);
        for (int o = first; o < end; o++) {
            hr_in of = posted(b, (hr_line)l, (hr_owner)o);
            hr_out sum = hr_of(b->owned, l * HR_OWNERS + o, n);
            HR_FOR_LANES(i, n) {
                line[i] += of[i];
                sum[i] += of[i];
            }
        }
    }
}

void hr_ledger_open_year(hr_batch *b)
{
    const int n = hr_lanes(b), schools = b->plan->schools;
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
    for (int l = 0; l < HR_LINES; l++) {
        int first;
        const int end = owners_of((hr_line)l, &first);
        hr_fill(posted(b, (hr_line)l, (hr_owner)first), 0.0, (end - first) * n);
    }
}
