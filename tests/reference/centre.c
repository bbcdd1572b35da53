/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Centre" of docs/model.md told again: posts, core offer, networks, non-pay, income. */
#include "reference/reference.h"

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

static bool protects(const ref *r)
{
    return ref_is_something(r, r->sc->capacity.protected_pct) ||
           ref_is_something(r, r->sc->capacity.protected_sum);
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
    const bool may_be_cut = !post->from_capital && post->oversees == 0.0 &&
                            (!protects(r) || !ref_is_something(r, post->improvement_days));
    const double whole = ref_value(r, post->fte) * here;
    const double fte = whole * (may_be_cut ? r->posts_kept : 1.0);
    const double units = n0 + (n1 - n0) * new_share + waiting;
    r->posts_whole += may_be_cut ? whole * units * ref_value(r, post->cost) : 0.0;
    const double full = fte * units;
    const double cost = ref_value(r, post->cost);
    r->post_days += full * ref_value(r, post->improvement_days);
    r->onboarding_supply += full * ref_value(r, post->onboarding_days);
    if (pays) {
        const double posted = ref_post(r, HR_L_POSTS, -1, full * cost);
        r->capital_posts += post->from_capital ? posted : 0.0;
        r->stranded += ref_round(fte * waiting * cost);
    }
}

/* Posts, and the days that they bring. */
void ref_posts(ref *r, bool pays)
{
    const hr_params_post *post = HR_SPAN(r->p, r->sc->centre.posts, hr_params_post);
    const centre_view v = look(r);
    r->post_days = ref_value(r, r->sc->capacity.improvement_base_days);
    r->onboarding_supply = r->stranded = r->posts_whole = r->capital_posts = 0.0;
    for (uint32_t i = 0; i < r->sc->centre.posts.count; i++)
        one_post(r, &post[i], &v, pays);
    const hr_params_offer *offer = &r->sc->centre.offer;
    if (ref_offers(r)) {
        const double tens = ref_core_offer(r) / (10000.0 * r->index[HR_GROWS_PRICES][r->t + 1]);
        r->post_days += tens * ref_value(r, offer->improvement_days);
        r->onboarding_supply += tens * ref_value(r, offer->onboarding_days);
    }
    if (r->sc->centre.posts.count == 0 &&
        !(ref_offers(r) && ref_is_something(r, offer->onboarding_days)))
        r->onboarding_supply = ref_value(r, r->sc->capacity.onboarding_base_days);
}

/* Posts that oversee schools, held at a year end for the next year's joins; a school that leaves
 * at that year end is still there. */
void ref_hold_posts(ref *r, double month)
{
    const hr_params_post *post = HR_SPAN(r->p, r->sc->centre.posts, hr_params_post);
    const centre_view v = look(r);
    for (uint32_t i = 0; i < r->sc->centre.posts.count; i++) {
        double there;
        const double lead = 4.0 * post[i].lead_terms;
        const double coming = lead > 0.0 ? expected(r, month + lead, &there) : 0.0;
        r->held[i] = ref_posts_needed(&post[i], v.now + coming, v.pupils);
    }
}

/* Posts in force at the start, none hired ahead: all, or those charged to capital. */
double ref_posts_at_start(ref *r, double schools, double pupils, bool of_capital)
{
    const hr_params_post *post = HR_SPAN(r->p, r->sc->centre.posts, hr_params_post);
    double cost = 0.0;
    for (uint32_t i = 0; i < r->sc->centre.posts.count; i++)
        if (ref_in_years(r, post[i].from_year, post[i].until_year) &&
            (!of_capital || post[i].from_capital))
            cost += ref_posts_needed(&post[i], schools, pupils) * ref_value(r, post[i].fte) *
                    ref_value(r, post[i].cost);
    return cost;
}

bool ref_offers(const ref *r) { return ref_is_something(r, r->sc->centre.offer.base); }

/* How much of a candidate's step is spent in the year from a month on. */
static double spent_of_step(const ref *r, const ref_candidate *c, double month)
{
    const double lag = 4.0 * r->sc->centre.offer.lag_terms;
    return c->joined ? ref_clamp((month + 12.0 - c->ready - lag) / 12.0, 0.0, 1.0) : 0.0;
}

double ref_core_offer(ref *r)
{
    double steps = 0.0;
    for (int k = 0; k < r->candidates; k++)
        steps += r->candidate[k].step * spent_of_step(r, &r->candidate[k], 12.0 * r->t);
    return ref_value(r, r->sc->centre.offer.base) + r->index[HR_GROWS_PRICES][r->t + 1] * steps;
}

/* The steps of this year's joiners, and what next year is known to bring. */
static void step_up(ref *r)
{
    const double prices = r->index[HR_GROWS_PRICES][r->t + 1];
    r->offer_change = 0.0;
    for (int k = 0; k < r->candidates && ref_offers(r); k++) {
        ref_candidate *c = &r->candidate[k];
        const bool now = c->joined && c->join_year == r->t;
        double charge = 0.0;
        for (int i = 0; i < c->schools && now; i++) {
            const ref_school *s = &r->school[c->school[i]];
            charge += s->kept;
            r->offer_change += s->kept * (1.0 - s->share);
        }
        if (now) {
            c->step = ref_value(r, r->sc->centre.offer.reinvest_pct) / 100.0 * charge / prices;
            ref_event(r, HR_TE_OFFER_STEP, k, -1, c->step * prices);
        }
        r->offer_change -=
            c->step * prices *
            (spent_of_step(r, c, 12.0 * (r->t + 1)) - spent_of_step(r, c, 12.0 * r->t));
    }
}

double ref_networks(ref *r, double pupils, bool pays)
{
    const hr_params_network *n = HR_SPAN(r->p, r->sc->centre.networks, hr_params_network);
    double sum = 0.0;
    for (uint32_t i = 0; i < r->sc->centre.networks.count; i++) {
        if (pupils <= 0.0 || !ref_in_years(r, n[i].from_year, n[i].until_year))
            continue;
        const double cost =
            ref_value(r, n[i].cost) * pupils / (pupils + ref_value(r, n[i].partner_pupils));
        sum += cost;
        if (pays)
            ref_post(r, HR_L_NETWORKS, -1, cost);
    }
    return sum;
}

double ref_non_pay(ref *r, double schools, double grant)
{
    const hr_params_centre *c = &r->sc->centre;
    if (c->posts.count == 0 && !ref_offers(r)) {
        const double opening = r->grant_at_start * r->index[HR_GROWS_GRANT][r->t + 1];
        return ref_value(r, c->unposted_pct_of_grant) / 100.0 *
               fmax(opening + ref_value(r, c->unposted_elasticity) * (grant - opening), 0.0);
    }
    return ref_value(r, c->non_pay) + ref_value(r, c->non_pay_per_school) * schools;
}

double ref_centre_income(ref *r)
{
    const hr_params_centre *c = &r->sc->centre;
    const hr_params_service *v = HR_SPAN(r->p, c->services, hr_params_service);
    double income = ref_value(r, c->other_income);
    for (uint32_t i = 0; i < c->services.count; i++) {
        r->customers[i] = r->t <= 0 ? v[i].customers
                                    : fmax(r->customers[i] + ref_value(r, v[i].new_customers), 0.0);
        income += (ref_value(r, v[i].outside_income) +
                   ref_value(r, v[i].price_outside) * r->customers[i]) *
                  ref_value(r, v[i].margin_pct) / 100.0;
    }
    return income;
}

void ref_centre(ref *r)
{
    step_up(r);
    ref_posts(r, true);
    ref_hold_posts(r, 12.0 * (r->t + 1));
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
    if (ref_offers(r))
        ref_post(r, HR_L_OFFER, -1, ref_core_offer(r));
    ref_networks(r, look(r).pupils, true);
    ref_post(r, HR_L_PLANNED_USE, -1, r->centre_planned_use);
    ref_post(r, HR_L_RESTRUCTURING, -1, r->centre_restructuring);
    ref_post(r, HR_L_CENTRE_INCOME, -1, ref_centre_income(r));
}
