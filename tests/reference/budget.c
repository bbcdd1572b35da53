/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Spring budget" of docs/model.md told again. */
#include "reference/reference.h"

/* What next year's census brings beyond this year's. */
static double census_change(ref *r, const ref_school *s)
{
    if (ref_filling(s, &s->now))
        return 0.0;
    const double main = ref_main(s, &s->now) - ref_main(s, &s->last);
    const double roll = s->nursery_only ? 0.0 : ref_roll(s, &s->now) - ref_roll(s, &s->last);
    double brings = roll * ref_value(r, s->par->other_income_per_pupil);
    if (!s->special)
        brings +=
            main * s->led + (roll - main) * ref_value(r, r->sc->funding.basic[HR_band_POST16]);
    const double classes =
        ref_classes(r, s, s->classes, ref_roll(s, &s->now), ref_roll(s, &s->last));
    const double leaders = s->open_groups < s->groups ? ref_leaders(r, s, classes) : 0.0;
    const double teachers =
        (classes - s->classes) * ref_class_teachers(r, s) + fmax(leaders - s->leaders, 0.0);
    return brings - teachers * s->teacher_cost * r->index[HR_GROWS_TEACHER_PAY][r->t + 1];
}

static double plan_next(ref *r, const ref_school *s)
{
    const ref_process *p = r->process;
    const double charge = s->in ? s->charge : 0.0;
    const double april = 5.0 / 12.0 * p[REF_SUPPORT].expected + 7.0 / 12.0 * p[REF_SUPPORT].rate;
    const double other = s->full_income - s->grant_full;
    const double grows =
        (s->grant_full - charge) * r->growth_expected + other * p[REF_PRICES].expected -
        s->kind[HR_cost_TEACHERS] * p[REF_TEACHER].expected - s->kind[HR_cost_SUPPORT] * april -
        (s->kind[HR_cost_PREMISES] + s->kind[HR_cost_ENERGY] + s->kind[HR_cost_SUPPLIES]) *
            p[REF_PRICES].expected;
    return census_change(r, s) + s->structural - s->usual - charge + grows / 100.0;
}

/* Found where the spending is, in whole teachers and posts; what was found. */
static double find_savings(ref *r, ref_school *s, double close)
{
    const hr_params_budget *b = &r->sc->budget;
    const int at = r->t + 1;
    double kinds = 0.0;
    for (int k = 0; k < REF_KINDS; k++)
        kinds += s->kind[k];
    const double f = close / fmax(kinds, 1.0);
    const double teacher = fmax(s->teacher_cost * r->index[HR_GROWS_TEACHER_PAY][at], 1.0);
    const double post = ref_value(r, b->support_post_cost);
    const double full = s->classes * ref_class_teachers(r, s) + s->leaders;
    const double can_go = (1.0 - ref_value(r, b->fewest_teachers)) * full - s->cut;
    const double most_heads = floor(fmax(can_go, 0.0));
    double heads = fmin(trunc(f * s->kind[HR_cost_TEACHERS] / teacher), most_heads);
    const double support_room =
        fmax(s->kind[HR_cost_SUPPORT] - ref_value(r, b->least_support) * s->base[HR_cost_SUPPORT] *
                                            r->index[HR_GROWS_SUPPORT_PAY][at],
             0.0);
    const double staff = f * (s->kind[HR_cost_TEACHERS] + s->kind[HR_cost_SUPPORT]);
    const double most_posts = floor(support_room / post);
    double posts = fmin(trunc((staff - heads * teacher) / post), most_posts);
    const double supplies_room = fmax(s->kind[HR_cost_SUPPLIES] - ref_value(r, b->least_supplies) *
                                                                      s->base[HR_cost_SUPPLIES] *
                                                                      r->index[HR_GROWS_PRICES][at],
                                      0.0);
    double unfound = fmax(close - heads * teacher - posts * post - supplies_room, 0.0);
    const double more = fmin(ceil(unfound / post), most_posts - posts);
    unfound = fmax(unfound - more * post, 0.0);
    posts += more;
    heads += fmin(ceil(unfound / teacher), most_heads - heads);
    const double rest = fmin(close - heads * teacher - posts * post, supplies_room);
    s->cut += heads;
    s->saved += posts * post / r->index[HR_GROWS_SUPPORT_PAY][at];
    s->found += rest / r->index[HR_GROWS_PRICES][at];
    s->restructuring_next = ref_value(r, s->par->closing_cost_share) *
                            (fmax(heads, 0.0) * teacher + fmax(posts, 0.0) * post);
    return heads * teacher + posts * post + rest;
}

static void budget_school(ref *r, ref_school *s)
{
    const hr_params_budget *b = &r->sc->budget;
    const hr_params_reserves_policy *p = &r->sc->reserves_policy;
    const double rebuild = ref_value(r, b->rebuild_pct) / 100.0;
    double wanted =
        rebuild * fmax(r->policy - r->reserves, 0.0) / fmax(r->annual_income, 1.0) * s->full_income;
    if (ref_given(r, p->school_floor_pct))
        wanted = fmax(
            wanted,
            rebuild *
                fmax(ref_value(r, p->school_floor_pct) / 100.0 * s->full_income - s->balance, 0.0));
    s->plan = plan_next(r, s);
    s->gap = (s->in ? wanted : 0.0) - s->plan;
    const double response = ref_value(r, b->response);
    const double close =
        s->gap > 0.0
            ? s->gap * ref_clamp(response + r->below * ref_value(r, b->recovery_response), 0.0, 1.0)
            : s->gap * response * (1.0 - r->below);
    s->close = find_savings(r, s, close);
    if (fabs(s->close) >= REF_NOTHING)
        ref_event(r, HR_TE_SAVING, (int)(s - r->school), -1, s->close);
}

/* The centre's plan with what it closes. */
static double budget_centre(ref *r)
{
    const hr_params_budget *b = &r->sc->budget;
    const double received = r->centre_transfers - r->centre_pooled;
    const double structural = r->centre_income - r->centre_spending - r->centre_one_off + received;
    const double plan =
        structural + r->offer_change + r->capital_change +
        (received * r->growth_expected - r->centre_spending * r->process[REF_TEACHER].expected) /
            100.0;
    const double response = ref_value(r, b->response);
    const double wanted =
        plan < 0.0
            ? -plan * ref_clamp(response + r->below * ref_value(r, b->recovery_response), 0.0, 1.0)
            : -plan * response * (1.0 - r->below);
    const double found = ref_clamp(wanted, 0.0, r->room), other = wanted - found;
    const double may_go = r->below * fmax(r->posts_kept - ref_value(r, b->least_posts), 0.0);
    const double cut =
        ref_clamp(other, -(1.0 - r->posts_kept) * r->posts_whole, may_go * r->posts_whole);
    const double prices = r->index[HR_GROWS_PRICES][r->t + 1];
    const double given = fmin(fmax(cut - other, 0.0), r->centre_saved * prices);
    r->centre_saved += (found - given) / prices;
    r->posts_kept -= cut / fmax(r->posts_whole, 1.0);
    r->centre_restructuring = ref_value(r, b->post_closing_share) * fmax(cut, 0.0);
    const double close = found - given + cut;
    if (fabs(cut) >= REF_NOTHING)
        ref_event(r, HR_TE_POSTS_CUT, -1, -1, cut);
    if (fabs(close) >= REF_NOTHING)
        ref_event(r, HR_TE_SAVING, -1, -1, close);
    return plan + close;
}

static double spend_above(ref *r)
{
    const hr_params_reserves_policy *p = &r->sc->reserves_policy;
    const double enough = fmax(ref_value(r, p->upper) / 100.0 * r->annual_income, r->policy);
    const double spent =
        ref_value(r, r->sc->budget.spend_above_pct) / 100.0 * fmax(r->reserves - enough, 0.0);
    double positive = fmax(r->centre_balance, 0.0);
    for (int i = 0; i < r->schools; i++)
        positive += r->school[i].in ? fmax(r->school[i].balance, 0.0) : 0.0;
    const double part = positive > 0.0 ? spent / positive : 0.0;
    r->centre_planned_use = part * fmax(r->centre_balance, 0.0);
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        s->planned_use_next = s->in ? part * fmax(s->balance, 0.0) : 0.0;
    }
    return spent;
}

void ref_budget(ref *r)
{
    double planned = 0.0;
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        budget_school(r, s);
        planned += s->in ? s->plan + s->close : 0.0;
    }
    planned += budget_centre(r);
    planned -= spend_above(r);
    r->forecast = 100.0 * (r->reserves + planned) / fmax(r->annual_income, 1.0);
    r->past[0] = r->past[1];
    r->past[1] = r->past[2];
    r->past[2] = r->reserves_pct;
    ref_warning(r);
    ref_note_floors(r);
}
