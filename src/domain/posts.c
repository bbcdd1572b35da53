/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part of step 8: central posts, which schools and pupils trigger, which are hired ahead of
 * expected joins, and of which recovery may cut a part. docs/model.md, "Centre". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

/* Posts needed at a size. */
static double needed(double schools, double pupils, const hr_params_post *p)
{
    const double enough = schools >= p->from_schools && pupils >= p->from_pupils ? 1.0 : 0.0;
    return enough * (p->per_schools > 0.0 ? hr_ceil(schools / p->per_schools) : 1.0);
}

/* Schools that the trust expects within `lead` months of a year end: not joined, not lost, and
 * wished for before then; and the share of this year for which a post hired that much ahead is
 * there for one of them. A join that slips is still expected. */
static void expected_schools(const hr_batch *b, double year_end, double lead, double *out,
                             double *part)
{
    const int n = hr_lanes(b);
    const double until = year_end + lead;
    hr_out count = out;
    hr_out longest = part;
    hr_fill(count, 0.0, n);
    hr_fill(longest, 0.0, n);
    for (int k = 0; lead > 0.0 && k < b->plan->candidates; k++) {
        const double schools = b->plan->candidate[k].schools;
        hr_in wished = hr_of(b->wished, k, n);
        hr_in joined = hr_of(b->joined, k, n);
        hr_in lost = hr_of(b->lost, k, n);
        hr_in waits = hr_of(b->waits, k, n);
        HR_FOR_LANES(i, n) {
            const double month = wished[i] + 12.0 * waits[i];
            const bool outside = joined[i] < 0.5, still = lost[i] <= 0.0;
            const double awaited = outside && still && month < until ? 1.0 : 0.0;
            count[i] += awaited * schools;
            longest[i] = hr_max(longest[i], awaited * hr_clamp((until - month) / 12.0, 0.0, 1.0));
        }
    }
}

/* One post: full-time equivalents paid over the year, and those of them that are there only for
 * joins that have not happened. A post that this year's joiners trigger is paid from their opening,
 * or earlier by its lead. A vacant post is empty for half the year. */
static void staff(hr_batch *b, int post, double *fte, double *stranded)
{
    const int n = hr_lanes(b);
    const hr_params_post *p = &b->plan->post[post];
    const double lead = p->lead_terms * HR_MONTHS_A_TERM, ahead = hr_min(lead / 12.0, 1.0);
    hr_out expected = b->scratch[4];
    hr_out u = b->scratch[5];
    hr_out there = b->scratch[6];
    expected_schools(b, 12.0 * (b->t + 1), lead, expected, there);
    hr_uniform(b, HR_D_VACANCY, b->plan->post_entity[post], (uint32_t)b->year, u);
    hr_in start = b->schools_start;
    hr_in now = b->schools_now;
    hr_in joins = b->joins_share;
    hr_in pupils = b->pupils_now;
    hr_in full = hr_set(b, p->fte);
    hr_in vacancy = hr_set(b, p->vacancy);
    HR_FOR_LANES(i, n) {
        const double at_start = needed(start[i], pupils[i], p),
                     at_end = needed(now[i], pupils[i], p);
        const double later = needed(now[i] + expected[i], pupils[i], p);
        const double new_share =
            joins[i] > 0.0 ? hr_min(joins[i] / hr_max(now[i] - start[i], 1.0) + ahead, 1.0) : 1.0;
        const double here = u[i] >= 1.0 - vacancy[i] ? 0.5 : 1.0;
        const double waiting = hr_max(later - at_end, 0.0) * there[i];
        fte[i] = full[i] * here * (at_start + (at_end - at_start) * new_share + waiting);
        stranded[i] = full[i] * here * waiting;
    }
}

/* May recovery cut this post? Not one that capital pays, not an executive head, whose schools are
 * there still, and not one that improves schools where improvement is protected. */
static bool may_go(const hr_batch *b, const hr_params_post *p)
{
    return b->plan->posts_may_go && !p->from_capital && p->oversees == 0.0 &&
           (!b->plan->protects || hr_always(b, p->improvement_days, 0.0));
}

/* What recovery has left of a post; its cost before that is kept for the budget. */
static void keep_part(hr_batch *b, const hr_params_post *p, double *fte, double *stranded)
{
    const int n = hr_lanes(b);
    hr_in cost = hr_set(b, p->cost);
    hr_in kept = b->posts_kept;
    hr_out whole = b->posts_cuttable;
    HR_FOR_LANES(i, n) {
        whole[i] += fte[i] * cost[i];
        fte[i] *= kept[i];
        stranded[i] *= kept[i];
    }
}

void hr_posts_at_start(hr_batch *b, double *cost)
{
    const int n = hr_lanes(b);
    hr_in schools = b->schools_now;
    hr_in pupils = b->pupils_now;
    hr_out all = cost;
    hr_out charged = b->capital_posts;
    hr_fill(all, 0.0, n);
    hr_fill(charged, 0.0, n);
    for (int k = 0; k < b->plan->posts; k++) {
        const hr_params_post *p = &b->plan->post[k];
        if (!hr_in_force(b, p->from_year, p->until_year))
            continue;
        hr_in pay = hr_set(b, p->cost);
        hr_in fte = hr_set(b, p->fte);
        const double by_capital = p->from_capital ? 1.0 : 0.0;
        HR_FOR_LANES(i, n) {
            const double pounds = needed(schools[i], pupils[i], p) * fte[i] * pay[i];
            all[i] += pounds;
            charged[i] += by_capital * pounds;
        }
    }
}

void hr_posts(hr_batch *b, bool pay)
{
    const int n = hr_lanes(b);
    const hr_params_capacity *c = &b->plan->params->scenario.capacity;
    hr_out fte = b->scratch[0];
    hr_out stranded = b->scratch[1];
    hr_out amount = b->scratch[2];
    hr_copy(b->post_days, hr_set(b, c->improvement_base_days), n);
    hr_fill(b->stranded, 0.0, n);
    hr_fill(b->capital_posts, 0.0, n);
    hr_fill(b->posts_cuttable, 0.0, n);
    if (b->plan->onboarding_told)
        hr_fill(b->onboarding_supply, 0.0, n);
    else
        hr_copy(b->onboarding_supply, hr_set(b, c->onboarding_base_days), n);
    if (b->plan->offer)
        hr_core_offer(b, pay);
    for (int k = 0; k < b->plan->posts; k++) {
        const hr_params_post *p = &b->plan->post[k];
        if (!hr_in_force(b, p->from_year, p->until_year))
            continue;
        staff(b, k, fte, stranded);
        if (may_go(b, p))
            keep_part(b, p, fte, stranded);
        hr_in cost = hr_set(b, p->cost);
        hr_in improve = hr_set(b, p->improvement_days);
        hr_in onboard = hr_set(b, p->onboarding_days);
        hr_out days = b->post_days;
        hr_out supply = b->onboarding_supply;
        hr_out idle = b->stranded;
        HR_FOR_LANES(i, n) {
            amount[i] = fte[i] * cost[i];
            days[i] += fte[i] * improve[i];
            supply[i] += fte[i] * onboard[i];
            idle[i] += hr_nearest(stranded[i] * cost[i]);
        }
        if (!pay)
            continue;
        hr_post(b, HR_L_POSTS, HR_CENTRE, amount);
        hr_out charged = b->capital_posts;
        if (p->from_capital)
            HR_FOR_LANES(i, n)
                charged[i] += hr_nearest(amount[i]);
    }
}

/* A vacancy does not lower what is held, and a post counts where it is not in force yet: it stands
 * from the year in which it is. */
void hr_hold_posts(hr_batch *b, double year_end)
{
    const int n = hr_lanes(b);
    hr_out expected = b->scratch[4];
    for (int k = 0; k < b->plan->posts; k++) {
        const hr_params_post *p = &b->plan->post[k];
        if (p->oversees <= 0.0)
            continue;
        expected_schools(b, year_end, p->lead_terms * HR_MONTHS_A_TERM, expected, b->scratch[5]);
        hr_in schools = b->schools_now;
        hr_in pupils = b->pupils_now;
        hr_out held = hr_of(b->posts_held, k, n);
        HR_FOR_LANES(i, n)
            held[i] = needed(schools[i] + expected[i], pupils[i], p);
    }
}
