/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 9, estate: condition need, capital by formula or by bids, and the urgent part of unmet need
 * that falls on revenue. Capital money is kept apart from reserves. docs/model.md, "Estate". */
#include "domain/steps.h"

#include "base/vmath.h"
#include "domain/ledger.h"
#include "domain/tracing.h"

/* The test of 1 September: schools open then, and weighted pupils of a census, that of the spring
 * before. */
static void formula_test(hr_batch *b, const double *census, double *eligible)
{
    const int n = hr_lanes(b);
    const hr_params_estate *e = &b->plan->params->scenario.estate;
    const double nursery_weight = e->nursery_weight;
    hr_out pupils = b->scratch[0];
    hr_out schools = b->scratch[1];
    hr_fill(pupils, 0.0, n);
    hr_fill(schools, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        const double weight = b->plan->school[s].special ? e->alternative_weight : 1.0;
        hr_in share = hr_of(b->share, s, n);
        hr_in roll = census + (ptrdiff_t)s * n;
        hr_in nursery = hr_of(b->nursery, s, n);
        HR_FOR_LANES(i, n) {
            const double open = share[i] >= 1.0 ? 1.0 : 0.0;
            pupils[i] += open * weight * (roll[i] + nursery_weight * nursery[i]);
            schools[i] += open;
        }
    }
    HR_FOR_LANES(i, n) {
        const bool many = schools[i] >= e->formula_min_schools;
        const bool large = pupils[i] >= e->formula_min_pupils;
        eligible[i] = many && large ? 1.0 : 0.0;
    }
}

/* A full year's money by formula, for the months in the trust. */
static void formula_year(const hr_batch *b, int s, const double *census, double *money)
{
    const int n = hr_lanes(b);
    hr_in rate = hr_set(
        b, b->plan->params->scenario.estate.formula_per_pupil[b->plan->school[s].par->phase]);
    hr_in roll = census + (ptrdiff_t)s * n;
    hr_in share = hr_of(b->share, s, n);
    hr_out year = money;
    HR_FOR_LANES(i, n)
        year[i] = rate[i] * roll[i] * share[i];
}

/* September to March on last September's test, April to August on this one's. */
static void formula_money(hr_batch *b, int s, double *money)
{
    const int n = hr_lanes(b);
    hr_in before = b->formula_before;
    hr_in now = b->formula;
    hr_out year = money;
    formula_year(b, s, b->roll_1, year);
    HR_FOR_LANES(i, n)
        year[i] *= 7.0 / 12.0 * before[i] + 5.0 / 12.0 * now[i];
}

static void formula_of_all(const hr_batch *b, const double *census, double *one, double *all)
{
    const int n = hr_lanes(b);
    hr_out money = one;
    hr_out sum = all;
    hr_fill(sum, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        formula_year(b, s, census, money);
        HR_FOR_LANES(i, n)
            sum[i] += money[i];
    }
}

void hr_capital_for_posts_at_start(hr_batch *b, double *pounds)
{
    const int n = hr_lanes(b);
    hr_out paid = pounds;
    hr_out money = b->scratch[2];
    hr_in cost = b->capital_posts;
    formula_of_all(b, b->roll, b->scratch[1], money);
    formula_test(b, b->roll, paid);
    HR_FOR_LANES(i, n)
        paid[i] *= hr_min(cost[i], money[i]);
}

/* Posts charged to capital take of the formula's money what they cost in the months in which it
 * comes, and no more than there is: `left` of it is for need. Next year's is known by spring as far
 * as this September's test goes. */
static void charge_posts(hr_batch *b, double *left)
{
    const int n = hr_lanes(b);
    hr_in before = b->formula_before;
    hr_in now = b->formula;
    hr_in cost = b->capital_posts;
    hr_out year = b->scratch[0];
    hr_out paid = b->scratch[2];
    hr_out change = b->centre_change;
    hr_out rest = left;
    formula_of_all(b, b->roll_1, b->scratch[1], year);
    HR_FOR_LANES(i, n) {
        const double months = 7.0 / 12.0 * before[i] + 5.0 / 12.0 * now[i];
        const double most = hr_min(cost[i], year[i]);
        paid[i] = most * months;
        change[i] += most * (now[i] - months);
        rest[i] = year[i] > 0.0 ? 1.0 - most / year[i] : 1.0;
    }
    hr_post(b, HR_L_CAPITAL_TO_POSTS, HR_CENTRE, paid);
}

/* An award to a bid, in a year in which the trust has no formula; its own contribution is revenue.
 * Awards are rare: their size, what is left of the bid's own luck, is worked out on the lanes that
 * win alone. */
static void bid_money(hr_batch *b, int s, double *money, double *own)
{
    const int n = hr_lanes(b);
    const hr_params_estate *e = &b->plan->params->scenario.estate;
    hr_in u = hr_of(b->bid_u, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_in by_formula = b->formula;
    const double *chance = hr_set(b, e->bid_chance);
    const double *median = hr_set(b, e->bid_median);
    const double *sd = hr_set(b, e->bid_log_sd);
    const double *part = hr_set(b, e->bid_contribution_pct);
    hr_out wins = b->scratch[1];
    HR_FOR_LANES(i, n) {
        const bool lucky = u[i] >= 1.0 - chance[i], bids = by_formula[i] < 0.5;
        wins[i] = hr_choose(lucky && bids, share[i], 0.0);
    }
    hr_fill(own, 0.0, n);
    if (!hr_any(wins, n))
        return;
    double traced = 0.0;
    for (int i = 0; i < n; i++) {
        if (wins[i] == 0.0)
            continue;
        const double rest =
            hr_clamp((u[i] - (1.0 - chance[i])) / chance[i], 0x1p-33, 1.0 - 0x1p-33);
        const double award = wins[i] * median[i] * b->plan->school[s].bid_size *
                             hr_exp(sd[i] * hr_normal_quantile(rest));
        own[i] = award * part[i] * HR_PER_CENT;
        money[i] += award;
        traced = b->trace && b->trace->lane == i ? award : traced;
    }
    hr_post(b, HR_L_BID_CONTRIBUTION, s, own);
    if (b->trace && own[b->trace->lane] > 0.0)
        hr_trace_event_of(b, HR_TE_CAPITAL_AWARD, s, -1, traced);
}

/* Need grows by wear, is met by the year's money, and its urgent part is repaired from revenue. */
static void move_need(hr_batch *b, int s, const double *money, const double *contribution)
{
    const int n = hr_lanes(b);
    const hr_params_school *par = b->plan->school[s].par;
    hr_in wear = hr_set(b, par->condition_wear_per_pupil);
    hr_in urgent = hr_set(b, b->plan->params->scenario.estate.urgent_pct);
    hr_in opening = hr_of(b->opening_roll, s, n);
    hr_in share = hr_of(b->share, s, n);
    hr_in spent = money;
    hr_out need = hr_of(b->condition_need, s, n);
    hr_out repairs = b->scratch[1];
    hr_out capital = b->capital;
    hr_out usual = hr_of(b->usual_one_off, s, n);
    hr_in own = contribution;
    HR_FOR_LANES(i, n) {
        const double unmet =
            hr_max(need[i] + hr_choose(share[i] > 0.0, wear[i] * opening[i], 0.0) - spent[i], 0.0);
        repairs[i] = unmet * urgent[i] * HR_PER_CENT * share[i];
        need[i] = unmet - repairs[i];
        usual[i] += repairs[i] + own[i];
        capital[i] += spent[i];
    }
    hr_post(b, HR_L_URGENT_REPAIRS, s, repairs);
}

void hr_estate_step(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out money = b->scratch[4];
    hr_out own = b->scratch[3];
    hr_copy(b->formula_before, b->formula, n);
    formula_test(b, b->roll_1, b->formula);
    if (b->t == 0)
        hr_copy(b->formula_before, b->formula, n);
    if (b->trace && b->formula[b->trace->lane] != b->formula_before[b->trace->lane])
        hr_trace_event_of(b, HR_TE_CAPITAL_ROUTE, -1, -1, b->formula[b->trace->lane]);
    hr_fill(b->capital, 0.0, n);
    hr_out left = b->scratch[5];
    if (b->plan->capital_posts)
        charge_posts(b, left);
    for (int s = 0; s < b->plan->schools; s++) {
        formula_money(b, s, money);
        if (b->plan->capital_posts)
            HR_FOR_LANES(i, n)
                money[i] *= left[i];
        bid_money(b, s, money, own);
        move_need(b, s, money, own);
    }
}
