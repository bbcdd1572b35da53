/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 10, risk register: rows that may strike the trust, a school, schools below good or joiners; what they
 * cost while they last; what mitigation does. Entry, the pipeline and dates feel it from the next autumn.
 * Events are rare, so effects run over the lanes that are hit alone. docs/model.md, "Risk register". */
#include "domain/steps.h"

#include "base/vmath.h"
#include "domain/ledger.h"
#include "domain/tracing.h"

/* One row that holds someone: the lanes on which it is in force this year. */
typedef struct {
    const hr_params_risk *row;
    int r, who;            /* who: a school, or plan->schools for the trust */
    int lane[HR_LANES_MAX]; /* in force */
    int lanes;
    double left;           /* of its effects on the lane at hand, by mitigation */
    bool costs, loses, burdens, strains; /* which effects the row has at all */
} hr_hit;

static const hr_params_risk *row_of(const hr_batch *b, int r) { return &b->plan->risk[r]; }

static bool in_force(const hr_batch *b, const hr_params_risk *row)
{
    return (row->from_year == HR_NOT_GIVEN || b->year >= row->from_year) &&
           (row->until_year == HR_NOT_GIVEN || b->year <= row->until_year);
}

/* The year's luck of a row and whom it may strike; drawn for four years at a time. All joiners of a year share
 * one event. */
static const double *luck_of(hr_batch *b, int r, int who)
{
    const int n = b->lanes, wide = b->plan->schools + 1;
    const int owner = row_of(b, r)->hits == HR_reach_JOINERS ? b->plan->schools : who;
    double *four = hr_of(b->risk_u, (r * wide + who) * 4, n);
    double *const out[4] = {four, four + n, four + 2 * n, four + 3 * n};
    const uint32_t entity = b->plan->risk_entity[r * wide + owner], year = (uint32_t)b->year;
    if (b->t == 0 || year % 4 == 0)
        hr_draw_four_years(&b->luck, HR_D_RISK_EVENT, entity, year, out);
    if (b->trace)
        hr_trace_draw(b, HR_D_RISK_EVENT, entity, year, out[year % 4][b->trace->lane]);
    return out[year % 4];
}

/* May the row strike this school this year? */
static bool exposed(const hr_batch *b, const hr_hit *h, int lane)
{
    if (h->who == b->plan->schools)
        return true;
    const int at = h->who * b->lanes + lane, hits = h->row->hits;
    return b->share[at] > 0.0 &&
           (hits == HR_reach_EACH_SCHOOL || (hits == HR_reach_SCHOOLS_BELOW_GOOD && b->grade[at] > 1.5) ||
            (hits == HR_reach_JOINERS && b->months_in[at] <= 12.0));
}

/* How large an event is: what is left of its own luck, u beyond 1 - p, is a fresh uniform. */
static double size_of(const hr_batch *b, const hr_hit *h, double u, double p, int lane)
{
    const double sd = hr_set(b, h->row->size_log_sd)[lane];
    const double rest = hr_clamp((u - (1.0 - p)) / hr_max(p, 1e-9), 0x1p-33, 1.0 - 0x1p-33);
    return sd > 0.0 ? hr_exp(sd * hr_normal_quantile(rest)) : 1.0;
}

static void strike_lane(hr_batch *b, hr_hit *h, int at, int lane, double u, double p)
{
    b->lasts[at] = h->row->lasts_years;
    b->risk_size[at] = size_of(b, h, u, p, lane);
    b->risk_delay[lane] += hr_set(b, h->row->delay_months)[lane] * h->left;
    if (h->who < b->plan->schools) {
        if (h->row->quality_falls)
            b->hit_quality[h->who * b->lanes + lane] = 1.0;
        if (h->row->school_leaves)
            b->leaves[h->who * b->lanes + lane] = 1.0;
    }
    if (b->trace && b->trace->lane == lane)
        hr_trace_event_of(b, HR_TE_RISK, h->r, h->who == b->plan->schools ? -1 : h->who, h->row->lasts_years);
}

/* Strikes where a row that is not running happens, and collects the lanes on which it is in force. */
static void strike(hr_batch *b, hr_hit *h)
{
    const int n = b->lanes, first = (h->r * (b->plan->schools + 1) + h->who) * n;
    const double *restrict u = luck_of(b, h->r, h->who), *restrict chance = hr_set(b, h->row->chance), *restrict less = hr_set(b, h->row->mitigated_chance);
    double *restrict mark = b->scratch[0];
    const double *restrict lasts = b->lasts + first;
    const double possible = in_force(b, h->row) ? 1.0 : 0.0, mitigated = h->row->mitigated ? 1.0 : 0.0;
    HR_FOR_LANES(i, n) {
        const double p = chance[i] * possible * (mitigated > 0.0 ? less[i] : 1.0);
        mark[i] = (u[i] >= 1.0 - p ? 1.0 : 0.0) + lasts[i];
    }
    h->lanes = 0;
    if (!hr_any(mark, n))
        return;
    for (int i = 0; i < n; i++) {
        if (mark[i] == 0.0)
            continue;
        h->left = h->row->mitigated ? hr_set(b, h->row->mitigated_effect)[i] : 1.0;
        const double p = chance[i] * possible * (mitigated > 0.0 ? less[i] : 1.0);
        if (lasts[i] <= 0.0 && exposed(b, h, i))
            strike_lane(b, h, first + i, i, u[i], p);
        const bool here = h->who == b->plan->schools || b->share[h->who * n + i] > 0.0;
        if (b->lasts[first + i] > 0.0 && here)
            h->lane[h->lanes++] = i;
    }
}

/* Pounds: cost and lost income of a row in force. A change of the trust's income is shared by its schools. */
static void charge(hr_batch *b, const hr_hit *h, int lane, double left)
{
    const int n = b->lanes, schools = b->plan->schools, at = (h->r * (schools + 1) + h->who) * n + lane;
    if (h->costs)
        b->risk_cost[h->who * n + lane] += hr_set(b, h->row->cost)[lane] * b->risk_size[at] * left;
    if (!h->loses)
        return;
    const double share = hr_set(b, h->row->income_pct)[lane] / 100.0 * left;
    const int from = h->who == schools ? 0 : h->who, to = h->who == schools ? schools : h->who + 1;
    for (int s = from; s < to; s++)
        b->risk_income[s * n + lane] += b->income_full[s * n + lane] * b->share[s * n + lane] * share;
}

/* Entry and lent days of the schools it hits, and what the whole trust feels, while it lasts. */
static void burden(hr_batch *b, const hr_hit *h, int lane, double left)
{
    const int n = b->lanes, schools = b->plan->schools;
    if (h->strains) {
        b->risk_days[lane] += hr_set(b, h->row->improvement_days)[lane] * left;
        b->pipeline_factor[lane] *= 1.0 + (hr_set(b, h->row->pipeline_factor)[lane] - 1.0) * left;
    }
    if (!h->burdens)
        return;
    const double entry = hr_max(1.0 + hr_set(b, h->row->entry_pct)[lane] / 100.0 * left, 0.0);
    const double lent = hr_max(1.0 + hr_set(b, h->row->lent_days_pct)[lane] / 100.0 * left, 0.0);
    const int from = h->who == schools ? 0 : h->who, to = h->who == schools ? schools : h->who + 1;
    for (int s = from; s < to; s++) {
        if (b->share[s * n + lane] <= 0.0)
            continue;
        b->entry_factor[s * n + lane] *= entry;
        b->lent_factor[s * n + lane] *= lent;
    }
}

/* Is a setting the same number everywhere? */
static bool always(const hr_batch *b, hr_real real, double value)
{
    const hr_slot *slot = &b->plan->slot[real];
    return slot->kind == HR_QUANTITY_NUMBER && slot->value[0] == value;
}

static void one_row(hr_batch *b, int r)
{
    const int n = b->lanes, schools = b->plan->schools;
    const hr_params_risk *row = row_of(b, r);
    hr_hit h;
    h.row = row;
    h.r = r;
    h.costs = !always(b, row->cost, 0.0);
    h.loses = !always(b, row->income_pct, 0.0);
    h.burdens = !always(b, row->entry_pct, 0.0) || !always(b, row->lent_days_pct, 0.0);
    h.strains = !always(b, row->improvement_days, 0.0) || !always(b, row->pipeline_factor, 1.0);
    const bool trust = row->hits == HR_reach_TRUST;
    for (h.who = trust ? schools : 0; h.who < (trust ? schools + 1 : schools); h.who++) {
        strike(b, &h);
        for (int k = 0; k < h.lanes; k++) {
            const int lane = h.lane[k], at = (r * (schools + 1) + h.who) * n + lane;
            const double left = h.row->mitigated ? hr_set(b, h.row->mitigated_effect)[lane] : 1.0;
            charge(b, &h, lane, left);
            burden(b, &h, lane, left);
            b->lasts[at] = hr_max(b->lasts[at] - 1.0, 0.0);
        }
    }
    if (!row->mitigated || !in_force(b, row))
        return;
    hr_post(b, HR_L_MITIGATION, HR_CENTRE, hr_set(b, row->mitigation_cost));
    const double *restrict more = hr_set(b, row->mitigation_days);
    double *restrict days = b->risk_days;
    HR_FOR_LANES(i, n) days[i] += more[i];
}

/* One posting a school and one for the centre; what was lost in all. */
static void post_losses(hr_batch *b)
{
    const int n = b->lanes, schools = b->plan->schools;
    double *restrict losses = b->risk_losses;
    for (int s = 0; s <= schools; s++) {
        const double *restrict cost = hr_of(b->risk_cost, s, n), *restrict income = hr_of(b->risk_income, s, n);
        const int whose = s == schools ? HR_CENTRE : s;
        if (hr_any(cost, n))
            hr_post(b, HR_L_RISK_COSTS, whose, cost);
        if (hr_any(income, n))
            hr_post(b, HR_L_RISK_INCOME, whose, income);
        HR_FOR_LANES(i, n) losses[i] += hr_nearest(cost[i]) - hr_nearest(income[i]);
    }
}

void hr_risks_step(hr_batch *b)
{
    const int n = b->lanes, schools = b->plan->schools;
    hr_fill(b->pipeline_factor, 1.0, n);
    double *const zero[] = {b->risk_days, b->risk_delay, b->risk_losses};
    for (size_t z = 0; z < sizeof zero / sizeof zero[0]; z++)
        hr_fill(zero[z], 0.0, n);
    hr_fill(b->entry_factor, 1.0, schools * n);
    hr_fill(b->lent_factor, 1.0, schools * n);
    double *const by_school[] = {b->hit_quality, b->leaves, b->risk_cost, b->risk_income};
    for (size_t z = 0; z < sizeof by_school / sizeof by_school[0]; z++)
        hr_fill(by_school[z], 0.0, (schools + (z > 1 ? 1 : 0)) * n);
    for (int r = 0; r < b->plan->risks; r++)
        one_row(b, r);
    post_losses(b);
}
