/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part of step 14: the centre plans its next year, closes a share of a gap in non-pay and, after a
 * year below the reserves policy, in posts, and gives back no more than it had found.
 * docs/model.md, "Spring budget". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

/* Pounds of the centre's posts that recovery cuts for what non-pay does not reach. A surplus given
 * back (negative) fills them again. */
static void cut_posts(hr_batch *b, const double *rest, double *pounds)
{
    const int n = hr_lanes(b);
    const hr_params_budget *budget = &b->plan->params->scenario.budget;
    hr_in below = b->below_policy;
    hr_in least = hr_set(b, budget->least_posts);
    hr_in price = hr_set(b, budget->post_closing_share);
    hr_in cost = b->posts_cuttable;
    hr_out kept = b->posts_kept;
    hr_out later = b->centre_restructuring;
    hr_in want = rest;
    hr_out cut = pounds;
    HR_FOR_LANES(i, n) {
        const double can_go = below[i] * hr_max(kept[i] - least[i], 0.0) * cost[i];
        cut[i] = hr_clamp(want[i], -(1.0 - kept[i]) * cost[i], can_go);
        kept[i] -= cut[i] / hr_max(cost[i], 1.0);
        later[i] = price[i] * hr_max(cut[i], 0.0);
    }
    if (b->trace && cut[b->trace->lane] != 0.0)
        hr_trace_event_of(b, HR_TE_POSTS_CUT, HR_CENTRE, -1, cut[b->trace->lane]);
}

/* The centre's next year, before anything is closed. */
static void plan_centre(hr_batch *b, double *planned)
{
    const int n = hr_lanes(b);
    hr_in income = b->centre_income;
    hr_in spent = b->centre_spending;
    hr_in one_off = b->centre_one_off;
    hr_in moved = b->centre_transfer;
    hr_in funding = b->funding_expected;
    hr_in pay = b->expected[HR_W_TEACHER_PAY];
    hr_in pooled = b->centre_pooled;
    hr_in change = b->centre_change;
    hr_out structural = b->centre_structural;
    hr_out plan = planned;
    HR_FOR_LANES(i, n) {
        const double received = moved[i] - pooled[i];
        structural[i] = income[i] - spent[i] - one_off[i] + received;
        plan[i] =
            structural[i] + change[i] + (received * funding[i] - spent[i] * pay[i]) * HR_PER_CENT;
    }
    if (b->trace)
        hr_trace_state_of(b, HR_TS_GAP, HR_CENTRE, -1, structural[b->trace->lane]);
}

/* A gap is closed in non-pay, then, after a year below the policy, in posts. A surplus is given
 * back while reserves meet it, as far as something had been found: posts first, then non-pay. */
void hr_budget_centre(hr_batch *b, const double *share, const double *give_back)
{
    const int n = hr_lanes(b);
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_in part = share;
    hr_in back = give_back;
    hr_in room = b->centre_room;
    hr_out saved = b->centre_saved;
    hr_out total = b->planned;
    hr_out planned = b->scratch[1];
    hr_out close = b->scratch[2];
    hr_out rest = b->scratch[3];
    hr_out posts = b->scratch[4];
    plan_centre(b, planned);
    HR_FOR_LANES(i, n) {
        const double gap = -planned[i];
        const double wanted = gap * hr_choose(gap > 0.0, part[i], back[i]);
        close[i] = hr_clamp(wanted, 0.0, room[i]);
        rest[i] = wanted - close[i];
    }
    hr_fill(posts, 0.0, n);
    if (b->plan->posts_may_go)
        cut_posts(b, rest, posts);
    HR_FOR_LANES(i, n) {
        const double left = hr_max(posts[i] - rest[i], 0.0);
        const double non_pay = close[i] - hr_min(left, saved[i] * prices[i]);
        saved[i] += non_pay / prices[i];
        close[i] = non_pay + posts[i];
        total[i] += planned[i] + close[i];
    }
    if (b->trace && close[b->trace->lane] != 0.0)
        hr_trace_event_of(b, HR_TE_SAVING, HR_CENTRE, -1, close[b->trace->lane]);
}
