/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dilution: what joiners do to reserves in % of income by being there, apart from what is earned
 * and lost. In a verdict, from results; and by counting alone, of candidates that have a name. */
#include "report/build.h"

#include <math.h>
#include <string.h>

#include "report/format.h"
#include "report/replay.h"

/* The coarsest detail of a mean that its error allows, in points of a per cent. */
static double points_step(double value, double half)
{
    return half > 0.0
               ? hr_format_step(
                     (hr_estimate){.value = value, .lo = value - half, .hi = value + half}, "%")
               : 0.1;
}

static double to_step(double value, double step) { return floor(value / step + 0.5) * step; }

static const char *points(hr_page *p, double value, double step)
{
    return hr_build_rounded(p, fabs(value), step, NULL);
}

static const char *whole_points(hr_page *p, double value, double step)
{
    const char *number = points(p, value, step);
    return hr_page_text(p, "%s point%s", number, strcmp(number, "1") == 0 ? "" : "s");
}

/* Dilution told apart from losses: how far reserves fall, what joiners have to do with it by being
 * there, and what is left for results. The three add up as printed; the detail is what the error of
 * the last allows, which is no more than those of the other two together. */
void hr_build_dilution(hr_page *p, const hr_result *r)
{
    const int last = r->years - 1;
    const hr_estimate by_joiners = r->metric[HR_M_DILUTION_PCT * r->years + last].mean;
    if (!(r->metric[HR_M_JOINED * r->years + last].mean.value > 0.0) ||
        !isfinite(by_joiners.value) || !isfinite(r->fall.value))
        return;
    const double half = 0.5 * (r->fall.hi - r->fall.lo) + 0.5 * (by_joiners.hi - by_joiners.lo);
    const double step = points_step(r->fall.value, isfinite(half) ? half : 0.0);
    const double fall = to_step(r->fall.value, step), diluted = to_step(by_joiners.value, step);
    const double rest = to_step(fall - diluted, step);
    if (diluted > 0.0 && rest > 0.0) {
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "Of the %s by which reserves in %% of income fall from the start "
                                 "to the end (mean), %s come from dilution by joiners (the same "
                                 "pounds over a bigger income) and %s from losses, or results that "
                                 "do not keep pace with income.",
                                 whole_points(p, fall, step), points(p, diluted, step),
                                 points(p, rest, step)));
        return;
    }
    const char *moved =
        fall == 0.0 ? "end where they began (mean)"
                    : hr_page_text(p, "%s by %s from the start to the end (mean)",
                                   fall > 0.0 ? "fall" : "rise", whole_points(p, fall, step));
    const char *joiners =
        diluted > 0.0 ? hr_page_text(p,
                                     "joiners dilute them by %s (the same pounds over a bigger "
                                     "income)",
                                     points(p, diluted, step))
        : diluted < 0.0
            ? hr_page_text(p, "joiners bring %s more than they dilute", points(p, diluted, step))
            : "joiners bring about as much as they dilute";
    const char *results = rest > 0.0   ? hr_page_text(p,
                                                      "losses, or results that do not keep pace with "
                                                        "income, take %s",
                                                      points(p, rest, step))
                          : rest < 0.0 ? hr_page_text(p, "results add %s", points(p, rest, step))
                                       : "results keep pace with income";
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "Reserves in %% of income %s: %s; %s.", moved, joiners, results));
}

/* A state of the plain case; 0 where there is none. */
static double plain(const hr_replay *r, hr_trace_state state, int school, int year)
{
    const hr_trace_row *row = hr_replay_find(r, HR_TRACE_STATE, state, school, HR_ANY, year);
    return row ? row->value : 0.0;
}

/* Reserves at the start and a first year's income of the trust's own schools. */
static void held_and_earned(const hr_replay *r, double *held, double *income)
{
    *held = plain(r, HR_TS_OPENING_BALANCE, -1, -1);
    *income = 0.0;
    for (int s = 0; s < r->plan->schools; s++)
        if (r->plan->school[s].candidate < 0) {
            *held += plain(r, HR_TS_OPENING_BALANCE, s, -1);
            *income += plain(r, HR_TS_FULL_YEAR_INCOME, s, 0);
        }
}

/* What a candidate is expected to bring, as its route says; its schools' income of a year is
 * known. */
static double expected_balance(const hr_plan *plan, const hr_plan_candidate *c, const hr_replay *r,
                               double income)
{
    double sum = 0.0;
    for (int i = 0; i < c->schools; i++) {
        const hr_plan_school *school = &plan->school[c->school[i]];
        const double own =
            c->schools > 1 ? hr_build_setting(plan->params, school->par->reserves) : NAN;
        const double part = hr_build_setting(plan->params, c->par->balance) *
                            plain(r, HR_TS_FULL_YEAR_INCOME, c->school[i], 0) / income;
        const double brought = isfinite(own) ? own : part;
        sum += (brought < 0.0 ? c->par->deficit_follows : c->par->surplus_follows) ? brought : 0.0;
    }
    return sum;
}

/* "St Mark's: ..." how much would leave reserves as they are on its first day. */
static void one_joiner(hr_page *p, const hr_replay *r, int k, double held, double income)
{
    const hr_plan_candidate *c = &r->plan->candidate[k];
    double theirs = 0.0;
    for (int i = 0; i < c->schools; i++)
        theirs += plain(r, HR_TS_FULL_YEAR_INCOME, c->school[i], 0);
    if (!(theirs > 0.0))
        return;
    const double brought = expected_balance(r->plan, c, r, theirs);
    const double taken = 100.0 * held / income - 100.0 * (held + brought) / (income + theirs);
    const double shown = to_step(taken, 0.1);
    const char *so = shown == 0.0 ? "is about that"
                                  : hr_page_text(p, "%s %s points", shown > 0.0 ? "takes" : "adds",
                                                 points(p, shown, 0.1));
    hr_page_item(
        p, "-",
        hr_page_text(
            p,
            "%s, with an income of %s a year, would leave reserves at %s %% of income on its "
            "first day if it brought %s; it is expected to bring %s, which %s (plain case).",
            hr_replay_candidate(p, r, k), hr_build_value(p, hr_exactly(theirs), "GBP"),
            hr_build_rounded(p, 100.0 * held / income, 0.1, NULL),
            hr_build_value(p, hr_exactly(theirs * held / income), "GBP"),
            brought == 0.0 ? "nothing" : hr_build_value(p, hr_exactly(brought), "GBP"), so));
}

void hr_build_joiners(hr_page *p, const hr_plan *plan)
{
    hr_replay r;
    int named = 0;
    for (int k = 0; k < plan->candidates; k++)
        named += plan->candidate[k].pipeline < 0;
    if (named == 0)
        return;
    if (hr_replay_run(&r, NULL, plan, 0, 0) == HR_OK) {
        double held, income;
        held_and_earned(&r, &held, &income);
        for (int k = 0; k < plan->candidates && held > 0.0 && income > 0.0; k++)
            if (plan->candidate[k].pipeline < 0)
                one_joiner(p, &r, k, held, income);
    } else {
        p->failed = true;
    }
    hr_replay_free(&r);
}
