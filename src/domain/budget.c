/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 14, the spring budget: each school plans the next year from what is known and closes a share
 * of a structural gap where the spending is, in whole teachers and posts; the trust spends part of
 * what it holds above its target. docs/model.md, "Spring budget". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

static const hr_params_budget *par_of(const hr_batch *b)
{
    return &b->plan->params->scenario.budget;
}

/* Share of a gap that is closed: more after a year that ends below the reserves policy. A
 * structural surplus is given back by the usual share, but only while reserves meet the policy. */
static void response(const hr_batch *b, double *share, double *give_back)
{
    const int n = hr_lanes(b);
    hr_in usual = hr_set(b, par_of(b)->response);
    hr_in more = hr_set(b, par_of(b)->recovery_response);
    hr_in below = b->below_policy;
    HR_FOR_LANES(i, n) {
        share[i] = hr_clamp(usual[i] + below[i] * more[i], 0.0, 1.0);
        give_back[i] = below[i] > 0.0 ? 0.0 : usual[i];
    }
}

/* Toward nothing to a whole number. */
static double whole(double x)
{
    const double size = hr_floor(x < 0.0 ? -x : x);
    return x < 0.0 ? -size : size;
}

/* What a pound of income is to add to reserves next year, so that a shortfall below the policy is
 * rebuilt. */
static void rebuild(const hr_batch *b, double *rate)
{
    const int n = hr_lanes(b);
    hr_in pct = hr_set(b, par_of(b)->rebuild_pct);
    hr_in target = b->policy_pounds;
    hr_in reserves = b->reserves;
    hr_in income = b->income_year;
    HR_FOR_LANES(i, n)
        rate[i] =
            pct[i] * HR_PER_CENT * hr_max(target[i] - reserves[i], 0.0) / hr_max(income[i], 1.0);
}

/* What next year's census will add to income and classes, both known by spring: out receives the
 * sum. */
static void census_change(hr_batch *b, int s, double *out)
{
    const int n = hr_lanes(b);
    const hr_params_school *par = b->plan->school[s].par;
    hr_in band = hr_of(b->band, s * HR_N_band, n);
    hr_in last = hr_of(b->band_1, s * HR_N_band, n);
    hr_in led = hr_of(b->led_rate, s, n);
    hr_in post16 = hr_set(b, b->plan->params->scenario.funding.basic[HR_band_POST16]);
    hr_in other = hr_set(b, par->other_income_per_pupil);
    hr_in per_class = hr_set(b, par->teachers_per_class);
    hr_in own = hr_set(b, par->class_teachers);
    hr_in led_classes = hr_of(b->leader_classes, s, n);
    const double fills = hr_fills(&b->plan->school[s]) ? 1.0 : 0.0;
    hr_in classes = hr_of(b->classes, s, n);
    hr_in unit = hr_of(b->teacher_cost, s, n);
    hr_in index = hr_index(b, HR_GROWS_TEACHER_PAY);
    const double by_pupil = b->plan->school[s].special ? 0.0 : 1.0;
    /* 0 while it fills: its own numbers were funded */
    hr_in settled = hr_while_filling(b, s, b->scratch[3], b->scratch[5], b->scratch[4]);
    hr_plan_classes(b, s, hr_of(b->roll, s, n), hr_of(b->roll_1, s, n),
                    hr_of(b->classes_next, s, n));
    hr_in planned = hr_of(b->classes_next, s, n);
    HR_FOR_LANES(i, n) {
        const double main =
            band[i] + band[n + i] + band[2 * n + i] - last[i] - last[n + i] - last[2 * n + i];
        const double sixth = band[3 * n + i] - last[3 * n + i];
        const double income =
            by_pupil * (main * (hr_is_nan(led[i]) ? 0.0 : led[i]) + sixth * post16[i]) +
            (main + sixth) * other[i];
        const double more_leaders = hr_max(hr_leaders_of(fills * planned[i], own[i], per_class[i]) -
                                               hr_leaders_of(led_classes[i], own[i], per_class[i]),
                                           0.0);
        const double more_teachers =
            (planned[i] - classes[i]) * hr_own_teachers(own[i], per_class[i]) + more_leaders;
        out[i] = settled[i] * (income - more_teachers * unit[i] * index[i]);
    }
}

/* A full year of next year as budgeted, before anything is closed. */
static void plan_next(hr_batch *b, int s, double *planned)
{
    const int n = hr_lanes(b);
    census_change(b, s, planned);
    hr_in cost = hr_of(b->cost, s * HR_N_cost, n);
    hr_in structural = hr_of(b->structural, s, n);
    hr_in grant = hr_of(b->grant, s, n);
    hr_in other = hr_of(b->other, s, n);
    hr_in charge = hr_of(b->topslice, s, n);
    hr_in in = hr_of(b->in_trust, s, n);
    hr_in usual = hr_of(b->usual_one_off, s, n);
    hr_in this_april = b->rate[HR_W_SUPPORT_PAY];
    hr_in funding = b->funding_expected;
    hr_in teacher = b->expected[HR_W_TEACHER_PAY];
    hr_in support = b->expected[HR_W_SUPPORT_PAY];
    hr_in prices = b->expected[HR_W_PRICES];
    HR_FOR_LANES(i, n) {
        const double income = (grant[i] - in[i] * charge[i]) * funding[i] + other[i] * prices[i];
        const double april = 5.0 / 12.0 * support[i] + 7.0 / 12.0 * this_april[i];
        const double growth = cost[i] * teacher[i] + cost[n + i] * april +
                              (cost[2 * n + i] + cost[3 * n + i] + cost[4 * n + i]) * prices[i];
        planned[i] +=
            structural[i] - usual[i] - in[i] * charge[i] + (income - growth) * HR_PER_CENT;
    }
}

/* A support post, and a pound of other spending, at start prices; one over a post now. */
static void at_start_prices(const hr_batch *b, double *post, double *pound, double *a_post)
{
    const int n = hr_lanes(b);
    hr_in cost = hr_set(b, par_of(b)->support_post_cost);
    hr_in pay = hr_index(b, HR_GROWS_SUPPORT_PAY);
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    HR_FOR_LANES(i, n) {
        post[i] = cost[i] / pay[i];
        pound[i] = 1.0 / prices[i];
        a_post[i] = 1.0 / cost[i];
    }
}

/* What a school can still do without, and what it finds, lane by lane. */
typedef struct {
    double a_teacher[HR_LANES_MAX]; /* what one costs now */
    double share[HR_LANES_MAX];     /* the gap over all spending, and over a teacher's cost */
    double most_teachers[HR_LANES_MAX], most_posts[HR_LANES_MAX]; /* whole */
    double most_supplies[HR_LANES_MAX];                           /* pounds */
    double teachers[HR_LANES_MAX], posts[HR_LANES_MAX];           /* found, whole */
} hr_savings;

/* Most that can go: none below the least there must be. */
static void most_of_each(const hr_batch *b, int s, const double *close, hr_savings *found)
{
    const int n = hr_lanes(b);
    const hr_params_school *par = b->plan->school[s].par;
    hr_in cost = hr_of(b->cost, s * HR_N_cost, n);
    hr_in unit = hr_of(b->teacher_cost, s, n);
    hr_in teacher = hr_index(b, HR_GROWS_TEACHER_PAY);
    hr_in a_post = b->scratch[11];
    hr_in cut = hr_of(b->teachers_cut, s, n);
    hr_in fewest = hr_set(b, par_of(b)->fewest_teachers);
    hr_in least_support = hr_set(b, par_of(b)->least_support);
    hr_in least_supplies = hr_set(b, par_of(b)->least_supplies);
    hr_in classes = hr_of(b->classes, s, n);
    hr_in per_class = hr_set(b, par->teachers_per_class);
    hr_in own = hr_set(b, par->class_teachers);
    hr_in led_classes = hr_of(b->leader_classes, s, n);
    hr_in support_base = hr_of(b->base, s * HR_N_cost + HR_cost_SUPPORT, n);
    hr_in supplies_base = hr_of(b->base, s * HR_N_cost + HR_cost_SUPPLIES, n);
    hr_in pay = hr_index(b, HR_GROWS_SUPPORT_PAY);
    hr_in prices = hr_index(b, HR_GROWS_PRICES);
    hr_in want = close;
    HR_FOR_LANES(i, n) {
        const double all = hr_max(
            cost[i] + cost[n + i] + cost[2 * n + i] + cost[3 * n + i] + cost[4 * n + i], 1.0);
        /* one division, of which the share of all spending and the teachers both come */
        const double a_teacher = hr_max(unit[i] * teacher[i], 1.0);
        found->a_teacher[i] = a_teacher;
        found->share[i] = want[i] / (all * a_teacher);
    }
    HR_FOR_LANES(i, n) {
        const double needed = classes[i] * hr_own_teachers(own[i], per_class[i]) +
                              hr_leaders_of(led_classes[i], own[i], per_class[i]);
        const double support = cost[n + i] - least_support[i] * support_base[i] * pay[i];
        const double supplies = cost[4 * n + i] - least_supplies[i] * supplies_base[i] * prices[i];
        found->most_teachers[i] = hr_floor(hr_max((1.0 - fewest[i]) * needed - cut[i], 0.0));
        found->most_posts[i] = hr_floor(hr_max(support, 0.0) * a_post[i]);
        found->most_supplies[i] = hr_max(supplies, 0.0);
    }
}

/* Whole teachers and posts out of their shares; then more of them for what supplies do not reach,
 * else a gap of less than a teacher would stay for ever. */
static void find_staff(const hr_batch *b, int s, const double *close, hr_savings *found)
{
    const int n = hr_lanes(b);
    hr_in cost = hr_of(b->cost, s * HR_N_cost, n);
    hr_in a_post = b->scratch[11];
    hr_in post = hr_set(b, par_of(b)->support_post_cost);
    hr_in want = close;
    double unfound[HR_LANES_MAX];
    HR_FOR_LANES(i, n) {
        const double a_teacher = found->a_teacher[i], share = found->share[i];
        const double heads = hr_min(whole(share * cost[i]), found->most_teachers[i]);
        const double staff = (share * (cost[i] + cost[n + i]) - heads) * a_teacher;
        const double some = hr_min(whole(staff * a_post[i]), found->most_posts[i]);
        found->teachers[i] = heads;
        found->posts[i] = some;
        unfound[i] =
            hr_max(want[i] - heads * a_teacher - some * post[i] - found->most_supplies[i], 0.0);
    }
    HR_FOR_LANES(i, n) {
        const double heads = found->teachers[i], some = found->posts[i];
        const double posts =
            some + hr_min(hr_ceil(unfound[i] * a_post[i]), found->most_posts[i] - some);
        const double still = hr_max(unfound[i] - (posts - some) * post[i], 0.0);
        found->posts[i] = posts;
        found->teachers[i] =
            heads + hr_min(hr_ceil(still / found->a_teacher[i]), found->most_teachers[i] - heads);
    }
}

/* Closes `close` pounds of a school's gap: whole teachers out of their share of spending, whole
 * support posts out of what is left of the staff's share, the rest in pounds, and where supplies no
 * longer reach more posts, then more teachers; close becomes what was found. A surplus given back
 * (negative) is spent in the same way. */
static void find_savings(hr_batch *b, int s, double *close)
{
    const int n = hr_lanes(b);
    hr_in post_then = b->scratch[8];
    hr_in pound_then = b->scratch[9];
    hr_in post = hr_set(b, par_of(b)->support_post_cost);
    hr_in price = hr_set(b, b->plan->school[s].par->closing_cost_share);
    hr_out cut = hr_of(b->teachers_cut, s, n);
    hr_out support = hr_of(b->support_saved, s, n);
    hr_out other = hr_of(b->other_saved, s, n);
    hr_out later = hr_of(b->restructuring, s, n);
    hr_out want = close;
    hr_savings found;
    most_of_each(b, s, close, &found);
    find_staff(b, s, close, &found);
    HR_FOR_LANES(i, n) {
        const double teachers = found.teachers[i], posts = found.posts[i];
        const double a_teacher = found.a_teacher[i];
        const double rest =
            hr_min(want[i] - teachers * a_teacher - posts * post[i], found.most_supplies[i]);
        cut[i] += teachers;
        support[i] += posts * post_then[i];
        other[i] += rest * pound_then[i];
        want[i] = teachers * a_teacher + posts * post[i] + rest;
        later[i] = price[i] * (hr_max(teachers, 0.0) * a_teacher + hr_max(posts, 0.0) * post[i]);
    }
}

static void budget_school(hr_batch *b, int s, const double *share, const double *give_back,
                          const double *rate)
{
    const int n = hr_lanes(b);
    hr_out planned = b->scratch[1];
    hr_out close = b->scratch[2];
    hr_in part = share;
    hr_in back = give_back;
    hr_in due = rate;
    hr_in in = hr_of(b->in_trust, s, n);
    hr_in income = hr_of(b->income_full, s, n);
    hr_in floor = hr_set(b, b->plan->params->scenario.reserves_policy.school_floor_pct);
    hr_in pct = hr_set(b, par_of(b)->rebuild_pct);
    hr_in balance = hr_of(b->balance, s, n);
    plan_next(b, s, planned);
    HR_FOR_LANES(i, n) {
        const double short_of_floor =
            pct[i] * HR_PER_CENT * hr_max(floor[i] * HR_PER_CENT * income[i] - balance[i], 0.0);
        const double wanted =
            hr_max(due[i] * income[i], hr_is_nan(floor[i]) ? 0.0 : short_of_floor);
        const double gap = in[i] * wanted - planned[i];
        close[i] = gap * hr_choose(gap > 0.0, part[i], back[i]);
    }
    find_savings(b, s, close);
    hr_out total = b->planned;
    HR_FOR_LANES(i, n)
        total[i] += in[i] * (planned[i] + close[i]);
    if (b->trace) {
        hr_trace_state_of(b, HR_TS_GAP, s, -1, planned[b->trace->lane]);
        if (close[b->trace->lane] != 0.0)
            hr_trace_event_of(b, HR_TE_SAVING, s, -1, close[b->trace->lane]);
    }
}

/* Part of what the trust holds above the upper end, or its target where that is more, is spent next
 * year, by each holder in proportion. */
static void spend_above(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out positive = b->scratch[1];
    hr_out spend = b->scratch[2];
    hr_in centre = b->centre;
    hr_in reserves = b->reserves;
    hr_in target = b->policy_pounds;
    hr_in share = hr_set(b, par_of(b)->spend_above_pct);
    const hr_params_reserves_policy *policy = &b->plan->params->scenario.reserves_policy;
    hr_in upper = hr_set(b, policy->upper);
    hr_in income = b->income_year;
    HR_FOR_LANES(i, n)
        positive[i] = hr_max(centre[i], 0.0);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in balance = hr_of(b->balance, s, n);
        HR_FOR_LANES(i, n)
            positive[i] += hr_max(balance[i], 0.0);
    }
    hr_out total = b->planned;
    hr_out own = b->centre_planned_use;
    HR_FOR_LANES(i, n) {
        const double enough = hr_max(upper[i] * HR_PER_CENT * income[i], target[i]);
        const double pounds = share[i] * HR_PER_CENT * hr_max(reserves[i] - enough, 0.0);
        spend[i] = positive[i] > 0.0 ? pounds / positive[i] : 0.0;
        own[i] = spend[i] * hr_max(centre[i], 0.0);
        total[i] -= pounds;
    }
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in balance = hr_of(b->balance, s, n);
        hr_in in = hr_of(b->in_trust, s, n);
        hr_out use = hr_of(b->planned_use, s, n);
        HR_FOR_LANES(i, n)
            use[i] = in[i] * spend[i] * hr_max(balance[i], 0.0);
    }
}

void hr_budget_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out share = b->scratch[0];
    hr_out give_back = b->scratch[6];
    hr_out rate = b->scratch[7];
    response(b, share, give_back);
    rebuild(b, rate);
    at_start_prices(b, b->scratch[8], b->scratch[9], b->scratch[11]);
    hr_fill(b->planned, 0.0, n);
    hr_fill(b->scratch[3], 0.0, n);
    hr_fill(b->scratch[5], 1.0, n);
    for (int s = 0; s < b->plan->schools; s++)
        budget_school(b, s, share, give_back, rate);
    hr_budget_centre(b, share, give_back);
    spend_above(b);
    hr_out forecast = b->scratch[1];
    hr_in reserves = b->reserves;
    hr_in planned = b->planned;
    hr_in income = b->income_year;
    HR_FOR_LANES(i, n)
        forecast[i] = 100.0 * (reserves[i] + planned[i]) / hr_max(income[i], 1.0);
    hr_copy(hr_of(b->past_pct, 0, n), hr_of(b->past_pct, 1, n), n);
    hr_copy(hr_of(b->past_pct, 1, n), hr_of(b->past_pct, 2, n), n);
    hr_copy(hr_of(b->past_pct, 2, n), b->reserves_pct, n);
    hr_warning_of(b, forecast);
}
