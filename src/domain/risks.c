/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 10, risk register: rows that may strike the trust, a school, schools below good or joiners;
 * what they cost while they last; what mitigation does. Entry, the pipeline and dates feel it from
 * the next autumn. Events are rare, so effects run over the lanes that are hit alone.
 * docs/model.md, "Risk register". */
#include "domain/steps.h"

#include "base/lane_bits.h"
#include "base/vmath.h"
#include "domain/ledger.h"
#include "domain/tracing.h"

/* One row and whom it may strike: the lanes on which it is in force this year, packed. */
typedef struct {
    const hr_params_risk *row;
    int r, who;             /* who: a school, or plan->schools for the trust */
    int lane[HR_LANES_MAX]; /* in force */
    int lanes;
    double *lasts;                /* years that it still lasts */
    const double *effect;         /* what mitigation leaves of its effects; NULL for all */
    const double *chance, *least; /* this year's chance, and the least u that strikes */
    bool varies, costs, loses, starves, borrows, strains,
        delays; /* which effects the row has at all */
} hr_hit;

static const hr_params_risk *row_of(const hr_batch *b, int r) { return &b->plan->risk[r]; }

/* The year's luck of a row and whom it may strike; drawn for four years at a time. All joiners of a
 * year share one event. */
static const double *luck_of(hr_batch *b, int r, int who)
{
    const int n = hr_lanes(b), wide = b->plan->schools + 1;
    const int owner = row_of(b, r)->hits == HR_reach_JOINERS ? b->plan->schools : who;
    double *out[4];
    for (int k = 0; k < 4; k++)
        out[k] = hr_of(b->risk_u, (r * 4 + k) * wide + who, n);
    const uint32_t entity = b->plan->risk_entity[r * wide + owner], year = (uint32_t)b->year;
    if (b->t == 0 || year % 4 == 0)
        hr_draw_four_years(&b->luck, HR_D_RISK_EVENT, entity, year, out);
    if (b->trace)
        hr_trace_draw(b, HR_D_RISK_EVENT, entity, year, out[year % 4][b->trace->lane]);
    return out[year % 4];
}

/* Lane array of a row and whom it may strike, in a family of one for each such pair. */
static double *of_pair(const hr_batch *b, const hr_hit *h, double *family)
{
    return hr_of(family, h->r * (b->plan->schools + 1) + h->who, b->lanes);
}

/* What is left of the row's effects on a lane. */
static double left_of(const hr_hit *h, int lane) { return h->effect ? h->effect[lane] : 1.0; }

/* Lanes on which x is above nothing, in order; how many. */
static int pack(const double *x, int lanes, int *lane)
{
    int count = 0;
    for (int from = 0; from < lanes; from += HR_LANES_MIN)
        for (uint32_t marks = hr_lane_bits_above(x + from); marks != 0; marks &= marks - 1)
            lane[count++] = from + __builtin_ctz(marks);
    return count;
}

/* Where not nothing, the row may strike this year. */
static const double *exposed(const hr_batch *b, const hr_hit *h, double *may)
{
    const int n = hr_lanes(b), hits = h->row->hits;
    if (hits == HR_reach_TRUST) {
        hr_fill(may, 1.0, n);
        return may;
    }
    hr_in share = hr_of(b->share, h->who, n);
    hr_in grade = hr_of(b->grade, h->who, n);
    hr_in months = hr_of(b->months_in, h->who, n);
    if (hits == HR_reach_EACH_SCHOOL || hits == HR_reach_SCHOOL)
        return share;
    if (hits == HR_reach_SCHOOLS_BELOW_GOOD)
        HR_FOR_LANES(i, n)
            may[i] = hr_choose(grade[i] > 1.5, share[i], 0.0);
    else
        HR_FOR_LANES(i, n)
            may[i] = hr_choose(months[i] <= 12.0, share[i], 0.0);
    return may;
}

/* How large an event is: what is left of its own luck, u beyond 1 - p, is a fresh uniform. Worked
 * out on the lanes that are struck alone, eight at a time. */
static void draw_sizes(hr_batch *b, const hr_hit *h, const double *u, const double *p,
                       const int *lane, int lanes)
{
    _Alignas(HR_LANE_ALIGN) double x[HR_LANES_MAX];
    const double *sd = hr_set(b, h->row->size_log_sd);
    double *size = of_pair(b, h, b->risk_size);
    const int whole = (lanes + 7) / 8 * 8;
    for (int k = 0; k < whole; k++)
        x[k] = k < lanes ? hr_clamp((u[lane[k]] - (1.0 - p[lane[k]])) / hr_max(p[lane[k]], 1e-9),
                                    0x1p-33, 1.0 - 0x1p-33)
                         : 0.5;
    hr_normal_quantile_lanes(x, x, whole);
    for (int k = 0; k < lanes; k++)
        x[k] *= sd[lane[k]];
    hr_exp_lanes(x, x, whole);
    for (int k = 0; k < lanes; k++)
        size[lane[k]] = x[k];
}

/* What an event does at once, where it has a chance p: its size, delays, and marks on the school.
 */
static void strike_lanes(hr_batch *b, const hr_hit *h, const double *u, const double *p)
{
    const int n = hr_lanes(b), schools = b->plan->schools;
    int lane[HR_LANES_MAX], lanes = 0;
    for (int k = 0; k < h->lanes; k++) {
        lane[lanes] = h->lane[k];
        lanes += p[h->lane[k]] > 0.0 ? 1 : 0;
    }
    if (h->varies)
        draw_sizes(b, h, u, p, lane, lanes);
    const double *delay = hr_set(b, h->row->delay_months);
    for (int k = 0; h->delays && k < lanes; k++)
        b->risk_delay[lane[k]] += delay[lane[k]] * left_of(h, lane[k]);
    for (int k = 0; h->row->quality_falls && h->who < schools && k < lanes; k++)
        hr_of(b->hit_quality, h->who, n)[lane[k]] = 1.0;
    for (int k = 0; h->row->school_leaves && h->who < schools && k < lanes; k++)
        hr_of(b->leaves, h->who, n)[lane[k]] = 1.0;
    const bool ends = h->row->trust_ends && h->who == schools;
    for (int k = 0; ends && k < lanes; k++)
        b->own_years[lane[k]] = hr_min(b->own_years[lane[k]], b->t + 1.0);
    if (b->trace && p[b->trace->lane] > 0.0) {
        hr_trace_event_of(b, HR_TE_RISK, h->r, h->who == schools ? -1 : h->who,
                          h->row->lasts_years);
        if (ends)
            hr_trace_event_of(b, HR_TE_TRUST_ENDS, -1, h->r, b->t + 1.0);
    }
}

/* Strikes where a row that is not running happens, and collects the lanes on which it is in force.
 */
static void strike(hr_batch *b, hr_hit *h)
{
    const int n = hr_lanes(b);
    hr_in u = luck_of(b, h->r, h->who);
    hr_in chance = h->chance;
    hr_in least = h->least;
    hr_in may = exposed(b, h, b->scratch[0]);
    hr_out struck = b->scratch[1];
    hr_out lasts = h->lasts;
    const double years = h->row->lasts_years;
    /* what holds a school ends when it leaves the trust */
    hr_in here = h->who < b->plan->schools ? hr_of(b->share, h->who, n) : may;
    HR_FOR_LANES(i, n) {
        const double idle = hr_choose(lasts[i] <= 0.0, may[i], 0.0);
        const double hit = u[i] >= least[i] ? idle : 0.0;
        const double goes_on = hit > 0.0 ? years : lasts[i];
        struck[i] = hr_choose(hit > 0.0, chance[i], 0.0);
        lasts[i] = here[i] > 0.0 ? goes_on : 0.0;
    }
    h->lanes = pack(lasts, n, h->lane);
    strike_lanes(b, h, u, struck);
}

/* Pounds: cost and lost income of a row in force. A change of the trust's income is shared by its
 * schools. */
static void charge(hr_batch *b, const hr_hit *h)
{
    const int n = hr_lanes(b), schools = b->plan->schools;
    const double *pounds = hr_set(b, h->row->cost);
    const double *pct = hr_set(b, h->row->income_pct);
    const double *size = of_pair(b, h, b->risk_size);
    double *cost = hr_of(b->risk_cost, h->who, n);
    for (int k = 0; h->costs && k < h->lanes; k++) {
        const int i = h->lane[k];
        cost[i] += pounds[i] * (h->varies ? size[i] : 1.0) * left_of(h, i);
    }
    const int from = h->who == schools ? 0 : h->who, to = h->who == schools ? schools : h->who + 1;
    for (int s = from; h->loses && s < to; s++) {
        const double *full = hr_of(b->income_full, s, n);
        const double *share = hr_of(b->share, s, n);
        double *income = hr_of(b->risk_income, s, n);
        for (int k = 0; k < h->lanes; k++) {
            const int i = h->lane[k];
            income[i] += full[i] * share[i] * (pct[i] * HR_PER_CENT * left_of(h, i));
        }
    }
}

/* Takes a percentage off a factor of the schools it hits, while it lasts. */
static void burden(hr_batch *b, const hr_hit *h, hr_real setting, double *factor)
{
    const int n = hr_lanes(b), schools = b->plan->schools;
    const double *pct = hr_set(b, setting);
    const int from = h->who == schools ? 0 : h->who, to = h->who == schools ? schools : h->who + 1;
    for (int s = from; s < to; s++) {
        double *of_school = hr_of(factor, s, n);
        const double *share = hr_of(b->share, s, n);
        for (int k = 0; k < h->lanes; k++) {
            const int i = h->lane[k];
            of_school[i] *=
                share[i] > 0.0 ? hr_max(1.0 + pct[i] * HR_PER_CENT * left_of(h, i), 0.0) : 1.0;
        }
    }
}

/* What the whole trust feels, while it lasts: the centre's days, and who comes forward. */
static void strain(hr_batch *b, const hr_hit *h)
{
    const double *days = hr_set(b, h->row->improvement_days);
    const double *busy = hr_set(b, h->row->onboarding_days);
    const double *factor = hr_set(b, h->row->pipeline_factor);
    for (int k = 0; h->strains && k < h->lanes; k++) {
        const int i = h->lane[k];
        b->risk_days[i] += days[i] * left_of(h, i);
        b->onboarding_supply[i] += busy[i] * left_of(h, i);
        b->pipeline_factor[i] *= 1.0 + (factor[i] - 1.0) * left_of(h, i);
    }
}

/* A year of it has passed. */
static void run_down(const hr_hit *h)
{
    double *lasts = h->lasts;
    for (int k = 0; k < h->lanes; k++)
        lasts[h->lane[k]] -= 1.0;
}

/* A row's chance in this year, mitigated where that is in force. */
static void chance_of(hr_batch *b, const hr_params_risk *row, double *chance, double *least)
{
    const int n = hr_lanes(b);
    const double possible = hr_in_force(b, row->from_year, row->until_year) ? 1.0 : 0.0;
    const bool mitigated = row->mitigated;
    hr_in usual = hr_set(b, row->chance);
    hr_in less = hr_set(b, row->mitigated_chance);
    hr_out p = chance;
    hr_out from = least;
    HR_FOR_LANES(i, n) {
        p[i] = usual[i] * possible * (mitigated ? less[i] : 1.0);
        from[i] = 1.0 - p[i];
    }
}

static void one_row(hr_batch *b, int r)
{
    const int n = hr_lanes(b), schools = b->plan->schools;
    const hr_params_risk *row = row_of(b, r);
    hr_hit h;
    h.row = row;
    h.r = r;
    h.chance = b->scratch[2];
    h.least = b->scratch[3];
    chance_of(b, row, b->scratch[2], b->scratch[3]);
    h.effect = row->mitigated ? hr_set(b, row->mitigated_effect) : NULL;
    h.varies = !hr_always(b, row->size_log_sd, 0.0);
    h.costs = !hr_always(b, row->cost, 0.0);
    h.loses = !hr_always(b, row->income_pct, 0.0);
    h.starves = !hr_always(b, row->entry_pct, 0.0);
    h.borrows = !hr_always(b, row->lent_days_pct, 0.0);
    h.strains = !hr_always(b, row->improvement_days, 0.0) ||
                !hr_always(b, row->onboarding_days, 0.0) ||
                !hr_always(b, row->pipeline_factor, 1.0);
    h.delays = !hr_always(b, row->delay_months, 0.0);
    const bool trust = row->hits == HR_reach_TRUST, named = row->hits == HR_reach_SCHOOL;
    const int first = trust ? schools : named ? b->plan->risk_school[r] : 0;
    const int last = trust || named ? first : schools - 1;
    for (h.who = first < 0 ? 0 : first; h.who <= last; h.who++) {
        h.lasts = row->lasts_years > 1 ? of_pair(b, &h, b->lasts) : b->lasts_once;
        strike(b, &h);
        charge(b, &h);
        if (h.starves)
            burden(b, &h, row->entry_pct, b->entry_factor);
        if (h.borrows)
            burden(b, &h, row->lent_days_pct, b->lent_factor);
        strain(b, &h);
        run_down(&h);
    }
    if (!row->mitigated || !hr_in_force(b, row->from_year, row->until_year))
        return;
    hr_post(b, HR_L_MITIGATION, HR_CENTRE, hr_set(b, row->mitigation_cost));
    hr_in more = hr_set(b, row->mitigation_days);
    hr_out days = b->risk_days;
    HR_FOR_LANES(i, n)
        days[i] += more[i];
}

/* One posting a school and one for the centre; what was lost in all. */
static void post_losses(hr_batch *b)
{
    const int n = hr_lanes(b), schools = b->plan->schools;
    hr_out losses = b->risk_losses;
    for (int s = 0; s <= schools; s++) {
        hr_in cost = hr_of(b->risk_cost, s, n);
        hr_in income = hr_of(b->risk_income, s, n);
        const int whose = s == schools ? HR_CENTRE : s;
        const bool any_cost = hr_any(cost, n), any_income = hr_any(income, n);
        if (any_cost)
            hr_post(b, HR_L_RISK_COSTS, whose, cost);
        if (any_income)
            hr_post(b, HR_L_RISK_INCOME, whose, income);
        if (!any_cost && !any_income)
            continue;
        HR_FOR_LANES(i, n)
            losses[i] += hr_nearest(cost[i]) - hr_nearest(income[i]);
    }
}

void hr_risks_step(hr_batch *b)
{
    const int n = hr_lanes(b), schools = b->plan->schools;
    hr_fill(b->pipeline_factor, 1.0, n);
    double *const zero[] = {b->risk_days, b->risk_delay, b->risk_losses};
    for (size_t z = 0; z < sizeof zero / sizeof zero[0]; z++)
        hr_fill(zero[z], 0.0, n);
    if (b->plan->risks_starve)
        hr_fill(b->entry_factor, 1.0, schools * n);
    if (b->plan->risks_borrow)
        hr_fill(b->lent_factor, 1.0, schools * n);
    hr_fill(b->risk_cost, 0.0, (schools + 1) * n);
    hr_fill(b->risk_income, 0.0, (schools + 1) * n);
    if (b->plan->risks_lower)
        hr_fill(b->hit_quality, 0.0, schools * n);
    if (b->plan->risks_take)
        hr_fill(b->leaves, 0.0, schools * n);
    for (int r = 0; r < b->plan->risks; r++)
        one_row(b, r);
    hr_out hands = b->onboarding_supply;
    HR_FOR_LANES(i, n)
        hands[i] = hr_max(hands[i], 0.0);
    post_losses(b);
}
