/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Top-slice" and "Centre" of docs/model.md told again. */
#include "reference/reference.h"

/* How much of a joiner's charge is asked this year. */
static double phased(ref *r, const ref_school *s)
{
    const double years = ref_value(r, r->sc->topslice.joiner_years);
    if (s->join_year < 0 || years <= 1.0)
        return 1.0;
    return fmin((r->t - s->join_year + 1.0) / years, 1.0);
}

/* The top-slice on a grant and an income that already hold the share of the year. */
static double slice(ref *r, const ref_school *s, double grant, double income, double share)
{
    const hr_params_topslice *p = &r->sc->topslice;
    const int phase = s->par->phase;
    double charge;
    if (p->form == HR_topslice_form_PERCENT_OF_GRANT)
        charge =
            fmax(ref_value(r, p->rate_pct[phase]) + ref_value(r, p->grade_points[s->grade]), 0.0) /
            100.0 * (p->base == HR_topslice_base_GAG ? grant : income);
    else if (p->form == HR_topslice_form_PER_PUPIL)
        charge = ref_value(r, p->per_pupil[phase]) * ref_roll(s, &s->last) * share;
    else
        charge = ref_value(r, p->flat[phase]) * share;
    return charge * phased(r, s);
}

static double services(ref *r, const ref_school *s)
{
    const hr_params_service *v = HR_SPAN(r->p, r->sc->centre.services, hr_params_service);
    double price = 0.0;
    for (uint32_t i = 0; i < r->sc->centre.services.count; i++)
        price += ref_value(r, v[i].price_per_school) +
                 ref_value(r, v[i].price_per_pupil) * ref_roll(s, &s->last);
    return price;
}

void ref_topslice(ref *r)
{
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        const double charge = slice(r, s, s->grant_posted, s->full_income * s->share, s->share);
        r->topslice += ref_transfer(r, HR_L_TOPSLICE, i, charge);
        ref_transfer(r, HR_L_SERVICES, i, services(r, s) * s->share);
        s->charge = slice(r, s, s->grant_full, s->full_income, 1.0) + services(r, s);
    }
}

double ref_posts_needed(const hr_params_post *post, double schools, double pupils)
{
    if (schools < post->from_schools || pupils < post->from_pupils)
        return 0.0;
    return post->per_schools == 0.0 ? 1.0 : ceil(schools / post->per_schools);
}

/* The trust as the centre's posts see it. */
typedef struct {
    double now, pupils, joiners, joiners_shares;
} centre_view;

static centre_view look(const ref *r)
{
    centre_view v = {0};
    for (int i = 0; i < r->schools; i++) {
        const ref_school *s = &r->school[i];
        v.now += s->in;
        v.pupils += s->in ? ref_pupils_of(s, &s->now) : 0.0;
        if (s->in && s->join_year >= 0 && s->join_year == r->t) {
            v.joiners += 1.0;
            v.joiners_shares += s->share;
        }
    }
    return v;
}

/* Schools that are expected before `until`, and how much of the lead to the first has come. */
static double expected(const ref *r, double until, double *there)
{
    double schools = 0.0;
    *there = 0.0;
    for (int k = 0; k < r->candidates; k++) {
        const ref_candidate *c = &r->candidate[k];
        const double wished = c->wished + 12.0 * c->waited;
        if (!c->came || c->joined || c->lost != REF_NOT_LOST || !(wished < until))
            continue;
        schools += c->schools;
        *there = fmax(*there, ref_clamp((until - wished) / 12.0, 0.0, 1.0));
    }
    return schools;
}

/* Nothing is a number or a series that is 0 in every year: what a scenario can say of it. */
static bool is_something(const ref *r, hr_real real)
{
    const hr_quantity *q = hr_params_quantity(r->p, real);
    return q->kind != HR_QUANTITY_NUMBER || q->value != 0.0;
}

static bool protects(const ref *r)
{
    return is_something(r, r->sc->capacity.protected_pct) ||
           is_something(r, r->sc->capacity.protected_sum);
}

static bool improves(const ref *r, const hr_params_post *post)
{
    return is_something(r, post->improvement_days);
}

static void one_post(ref *r, const hr_params_post *post, const centre_view *v, bool pays)
{
    if (!ref_in_years(r, post->from_year, post->until_year))
        return;
    const uint32_t entity = ref_entity(hr_params_text(r->p, post->id), NULL);
    const double u = ref_draw(r, HR_D_VACANCY, entity, ref_year(r));
    const double lead = 4.0 * post->lead_terms, ahead = fmin(lead / 12.0, 1.0);
    const double t = r->t < 0 ? 0.0 : r->t;
    double there;
    const double coming = expected(r, 12.0 * (t + 1.0) + lead, &there);
    const double n0 = ref_posts_needed(post, r->schools_1_september, v->pupils);
    const double n1 = ref_posts_needed(post, v->now, v->pupils);
    const double n2 = ref_posts_needed(post, v->now + (lead > 0.0 ? coming : 0.0), v->pupils);
    const double new_share =
        v->joiners > 0.0 ? fmin(v->joiners_shares / v->joiners + ahead, 1.0) : 1.0;
    const double waiting = fmax(n2 - n1, 0.0) * there;
    const double here = u >= 1.0 - ref_value(r, post->vacancy) ? 0.5 : 1.0;
    const bool may_be_cut =
        !post->from_capital && post->oversees == 0.0 && (!protects(r) || !improves(r, post));
    const double whole = ref_value(r, post->fte) * here;
    const double fte = whole * (may_be_cut ? r->posts_kept : 1.0);
    const double units = n0 + (n1 - n0) * new_share + waiting;
    r->posts_whole += may_be_cut ? whole * units * ref_value(r, post->cost) : 0.0;
    const double full = fte * units;
    const double cost = ref_value(r, post->cost);
    r->post_days += full * ref_value(r, post->improvement_days);
    r->onboarding_supply += full * ref_value(r, post->onboarding_days);
    if (pays) {
        ref_post(r, HR_L_POSTS, -1, full * cost);
        r->stranded += ref_round(fte * waiting * cost);
    }
}

/* Posts, and the days that they bring. */
void ref_posts(ref *r, bool pays)
{
    const hr_params_post *post = HR_SPAN(r->p, r->sc->centre.posts, hr_params_post);
    const centre_view v = look(r);
    r->post_days = ref_value(r, r->sc->capacity.improvement_base_days);
    r->onboarding_supply = r->stranded = r->posts_whole = 0.0;
    for (uint32_t i = 0; i < r->sc->centre.posts.count; i++)
        one_post(r, &post[i], &v, pays);
    if (r->sc->centre.posts.count == 0)
        r->onboarding_supply = ref_value(r, r->sc->capacity.onboarding_base_days);
}

double ref_non_pay(ref *r, double schools, double grant)
{
    const hr_params_centre *c = &r->sc->centre;
    if (c->posts.count == 0)
        return ref_value(r, c->unposted_pct_of_grant) / 100.0 * grant;
    return ref_value(r, c->non_pay) + ref_value(r, c->non_pay_per_school) * schools;
}

double ref_centre_income(ref *r)
{
    const hr_params_centre *c = &r->sc->centre;
    const hr_params_service *v = HR_SPAN(r->p, c->services, hr_params_service);
    double income = ref_value(r, c->other_income);
    for (uint32_t i = 0; i < c->services.count; i++)
        income += ref_value(r, v[i].outside_income) * ref_value(r, v[i].margin_pct) / 100.0;
    return income;
}

void ref_centre(ref *r)
{
    ref_posts(r, true);
    double shares = 0.0, grant = 0.0;
    for (int i = 0; i < r->schools; i++) {
        shares += r->school[i].share;
        grant += r->school[i].grant_posted;
    }
    const double planned = ref_non_pay(r, shares, grant);
    const double least = ref_value(r, r->sc->budget.least_central) * planned;
    const double cost =
        fmax(planned - r->centre_saved * r->index[HR_GROWS_PRICES][r->t + 1], least);
    r->room = cost - least;
    ref_post(r, HR_L_CENTRE_NON_PAY, -1, cost);
    ref_post(r, HR_L_PLANNED_USE, -1, r->centre_planned_use);
    ref_post(r, HR_L_RESTRUCTURING, -1, r->centre_restructuring);
    ref_post(r, HR_L_CENTRE_INCOME, -1, ref_centre_income(r));
}
