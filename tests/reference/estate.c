/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Estate" and "Risk register" of docs/model.md told again. */
#include "base/vmath.h"
#include "reference/reference.h"

/* The normal of what is left of u above 1 - chance. */
static double rest_of_luck(double u, double chance)
{
    const double least = 1.0 / 8589934592.0; /* 2^-33 */
    return hr_normal_quantile(ref_clamp((u - (1.0 - chance)) / chance, least, 1.0 - least));
}

static bool meets_formula(const ref *r)
{
    const hr_params_estate *e = &r->sc->estate;
    double schools = 0.0, pupils = 0.0;
    for (int i = 0; i < r->schools; i++) {
        const ref_school *s = &r->school[i];
        if (s->share < 1.0)
            continue;
        schools += 1.0;
        pupils +=
            (ref_roll(s, &s->last) + (s->nursery_only ? 0.0 : e->nursery_weight * s->now.nursery)) *
            (s->special ? e->alternative_weight : 1.0);
    }
    return schools >= e->formula_min_schools && pupils >= e->formula_min_pupils;
}

static void formula_test(ref *r)
{
    const bool now = meets_formula(r);
    r->eligible_last = r->t == 0 ? now : r->eligible;
    r->eligible = now;
    if (now != r->eligible_last)
        ref_event(r, HR_TE_CAPITAL_ROUTE, -1, -1, now);
}

/* A school's formula money of a full year. */
static double full_formula(ref *r, const ref_school *s)
{
    return ref_value(r, r->sc->estate.formula_per_pupil[s->par->phase]) * ref_roll(s, &s->last) *
           s->share;
}

static double all_formula(ref *r)
{
    double money = 0.0;
    for (int i = 0; i < r->schools; i++)
        money += full_formula(r, &r->school[i]);
    return money;
}

/* What capital pays of posts at the start. */
double ref_capital_at_start(ref *r, double posts)
{
    return meets_formula(r) ? fmin(posts, all_formula(r)) : 0.0;
}

/* Posts charged to the formula's money, as far as it goes. */
static void charge_posts(ref *r)
{
    const double money = all_formula(r), pays = fmin(r->capital_posts, money);
    const double due = pays * (7.0 * r->eligible_last + 5.0 * r->eligible) / 12.0;
    r->capital_charged = money > 0.0 ? pays / money : 0.0;
    ref_post(r, HR_L_CAPITAL_TO_POSTS, -1, due);
    r->capital_change = pays * r->eligible - due;
}

static void estate_of(ref *r, int i)
{
    const hr_params_estate *e = &r->sc->estate;
    ref_school *s = &r->school[i];
    s->formula = full_formula(r, s) * (1.0 - r->capital_charged) *
                 (7.0 * r->eligible_last + 5.0 * r->eligible) / 12.0;
    const double chance = ref_value(r, e->bid_chance);
    s->award = 0.0;
    if (!r->eligible && s->u_bid >= 1.0 - chance)
        s->award = s->share * ref_value(r, e->bid_median) * s->bid_size *
                   exp(ref_value(r, e->bid_log_sd) * rest_of_luck(s->u_bid, chance));
    if (s->award > 0.0)
        ref_event(r, HR_TE_CAPITAL_AWARD, i, -1, s->award);
    const double own_part = ref_value(r, e->bid_contribution_pct) / 100.0 * s->award;
    s->wear = ref_value(r, s->par->condition_wear_per_pupil) * s->roll;
    const double unmet =
        fmax(s->condition_need + (s->share > 0.0 ? s->wear : 0.0) - s->formula - s->award, 0.0);
    const double repairs = unmet * ref_value(r, e->urgent_pct) / 100.0 * s->share;
    s->condition_need = unmet - repairs;
    ref_post(r, HR_L_BID_CONTRIBUTION, i, own_part);
    ref_post(r, HR_L_URGENT_REPAIRS, i, repairs);
    s->usual += own_part + repairs;
}

void ref_estate(ref *r)
{
    formula_test(r);
    charge_posts(r);
    for (int i = 0; i < r->schools; i++)
        estate_of(r, i);
}

/* What the register does to everybody this year. */
typedef struct {
    double cost[REF_SCHOOLS + 1], income[REF_SCHOOLS + 1]; /* the last place is the centre */
} losses;

static bool struck(const ref *r, const hr_params_risk *par, const ref_school *s)
{
    (void)r;
    switch (par->hits) {
    case HR_reach_EACH_SCHOOL: return s->share > 0.0;
    case HR_reach_SCHOOLS_BELOW_GOOD: return s->share > 0.0 && s->grade > 1;
    case HR_reach_JOINERS: return s->share > 0.0 && s->months_in <= 12.0;
    default: return false;
    }
}

/* The row at one place: does it happen, and what was left of luck. */
static void may_happen(ref *r, const hr_params_risk *par, ref_risk *risk, int place, double u)
{
    const double chance =
        ref_value(r, par->chance) * (par->mitigated ? ref_value(r, par->mitigated_chance) : 1.0);
    if (risk->left[place] > 0.0 || !ref_in_years(r, par->from_year, par->until_year) ||
        !(u >= 1.0 - chance))
        return;
    risk->left[place] = par->lasts_years;
    risk->size[place] = exp(ref_value(r, par->size_log_sd) * rest_of_luck(u, chance));
    if (par->hits == HR_reach_TRUST && par->trust_ends && r->t + 1 <= r->own_years) {
        r->own_years = r->t + 1;
        ref_event(r, HR_TE_TRUST_ENDS, -1, (int)(risk - r->risk), r->own_years);
    }
    r->delay_next += ref_value(r, par->delay_months) *
                     (par->mitigated ? ref_value(r, par->mitigated_effect) : 1.0);
    ref_event(r, HR_TE_RISK, (int)(risk - r->risk), place == REF_SCHOOLS ? -1 : place,
              par->lasts_years);
    if (place >= 0 && place < REF_SCHOOLS) {
        r->falls[place] += par->quality_falls;
        r->leaves[place] = r->leaves[place] || par->school_leaves;
    }
}

/* Entry and lent days of the school struck, or of every school. */
static void factors(ref *r, int place, double entry, double lent)
{
    for (int i = 0; i < r->schools; i++)
        if (place == i || (place == REF_SCHOOLS && r->school[i].share > 0.0)) {
            r->entry_factor[i] *= entry;
            r->lent_factor[i] *= lent;
        }
}

static void takes_effect(ref *r, const hr_params_risk *par, ref_risk *risk, int place, losses *l)
{
    const double effect = par->mitigated ? ref_value(r, par->mitigated_effect) : 1.0;
    const double income = ref_value(r, par->income_pct) / 100.0 * effect;
    l->cost[place] += ref_value(r, par->cost) * risk->size[place] * effect;
    for (int i = 0; i < r->schools; i++)
        if (place == i || place == REF_SCHOOLS)
            l->income[i] += income * r->school[i].full_income * r->school[i].share;
    factors(r, place, fmax(1.0 + ref_value(r, par->entry_pct) / 100.0 * effect, 0.0),
            fmax(1.0 + ref_value(r, par->lent_days_pct) / 100.0 * effect, 0.0));
    r->risk_days += ref_value(r, par->improvement_days) * effect;
    r->pipeline_factor *= 1.0 + (ref_value(r, par->pipeline_factor) - 1.0) * effect;
    risk->left[place] -= 1.0;
}

static void one_row(ref *r, int row, losses *l)
{
    const hr_params_risk *par = HR_SPAN(r->p, r->sc->risks, hr_params_risk) + row;
    ref_risk *risk = &r->risk[row];
    const char *id = hr_params_text(r->p, par->id);
    const bool shared = par->hits == HR_reach_TRUST || par->hits == HR_reach_JOINERS;
    const double trusts =
        shared ? ref_draw(r, HR_D_RISK_EVENT, ref_entity(id, NULL), ref_year(r)) : 0.0;
    if (par->hits == HR_reach_TRUST) {
        may_happen(r, par, risk, REF_SCHOOLS, trusts);
        if (risk->left[REF_SCHOOLS] > 0.0)
            takes_effect(r, par, risk, REF_SCHOOLS, l);
    }
    for (int i = 0; i < r->schools && par->hits != HR_reach_TRUST; i++) {
        const ref_school *s = &r->school[i];
        const double u =
            shared ? trusts : ref_draw(r, HR_D_RISK_EVENT, ref_entity(id, s->id), ref_year(r));
        if (struck(r, par, s))
            may_happen(r, par, risk, i, u);
        if (!(s->share > 0.0))
            risk->left[i] = 0.0;
        if (risk->left[i] > 0.0)
            takes_effect(r, par, risk, i, l);
    }
    if (!par->mitigated || !ref_in_years(r, par->from_year, par->until_year))
        return;
    ref_post(r, HR_L_MITIGATION, -1, ref_value(r, par->mitigation_cost));
    r->risk_days += ref_value(r, par->mitigation_days);
}

void ref_risks(ref *r)
{
    losses l = {{0}, {0}};
    r->delay_next = r->risk_days = r->risk_losses = 0.0;
    r->pipeline_factor = 1.0;
    for (int i = 0; i < r->schools; i++) {
        r->entry_factor[i] = r->lent_factor[i] = 1.0;
        r->falls[i] = 0;
        r->leaves[i] = false;
    }
    for (uint32_t row = 0; row < r->sc->risks.count; row++)
        one_row(r, (int)row, &l);
    for (int i = 0; i <= r->schools; i++) {
        const int place = i < r->schools ? i : REF_SCHOOLS, account = i < r->schools ? i : -1;
        r->risk_losses += ref_post(r, HR_L_RISK_COSTS, account, l.cost[place]);
        r->risk_losses -= ref_post(r, HR_L_RISK_INCOME, account, l.income[place]);
    }
    r->delay_months = r->delay_next;
}
