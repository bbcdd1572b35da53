/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identities of a year. Money is whole pounds, so they hold exactly. */
#include "domain/verify.h"

/* What a line of the whole trust did this year on a lane. */
static double line_of(const hr_batch *b, int line, int lane)
{
    return hr_of(b->line, line * b->plan->years + b->t, b->lanes)[lane];
}

static const char *schools_balance(const hr_batch *b, int lane, double *brought)
{
    const int n = hr_lanes(b);
    for (int s = 0; s < b->plan->schools; s++) {
        const double moved = hr_of(b->income, s, n)[lane] - hr_of(b->spending, s, n)[lane] +
                             hr_of(b->transfer, s, n)[lane];
        const double change = hr_of(b->balance, s, n)[lane] - hr_of(b->balance_before, s, n)[lane];
        *brought += change - moved;
        if (hr_of(b->roll, s, n)[lane] < 0.0 || hr_of(b->nursery, s, n)[lane] < 0.0)
            return "a school has fewer than no pupils";
        const bool joins = hr_of(b->months_in, s, n)[lane] <= 12.0,
                   leaves = hr_of(b->leaves, s, n)[lane] > 0.0;
        if (change != moved && !joins && !leaves)
            return "a school's opening balance and result do not make its closing balance";
        if (hr_of(b->share, s, n)[lane] == 0.0 && hr_of(b->income, s, n)[lane] != 0.0)
            return "a school outside the trust has income in it";
    }
    return NULL;
}

const char *hr_verify_year(const hr_batch *b)
{
    const int n = hr_lanes(b);
    for (int lane = 0; lane < n; lane++) {
        double brought = 0.0, lines = 0.0, transfers = b->centre_transfer[lane];
        const char *fault = schools_balance(b, lane, &brought);
        if (fault)
            return fault;
        for (int s = 0; s < b->plan->schools; s++)
            transfers += hr_of(b->transfer, s, n)[lane];
        if (transfers != 0.0)
            return "what schools pay is not what the centre receives";
        for (int l = 0; l < HR_LINES; l++)
            if (HR_LINE_ROWS[l].side != HR_SIDE_TRANSFER)
                lines += line_of(b, l, lane);
        const double before = b->t ? b->reserves_before[lane] : b->opening[lane];
        if (before + lines != b->reserves[lane])
            return "the trust's opening reserves and lines do not make its closing reserves";
        if (brought != line_of(b, HR_L_BALANCE_BROUGHT, lane))
            return "balances brought are not what joiners' balances rose by";
        const double centre =
            b->centre_income[lane] - b->centre_spending[lane] + b->centre_transfer[lane];
        if (b->centre[lane] - b->centre_before[lane] != centre)
            return "the centre's opening balance and result do not make its closing balance";
        if (b->free_days[lane] < -1e-6)
            return "more improvement days were given than supplied";
    }
    return NULL;
}
