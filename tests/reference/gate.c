/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "The gate" of docs/model.md told again. */
#include <stdlib.h>
#include <string.h>

#include "reference/reference.h"

/* What the candidates asked later see. */
typedef struct {
    double joins, schools, pupils, below_good, needed;
} counts;

typedef struct {
    double schools, pupils, below_good, needed, onboarding, farthest, deficit_pct, score;
    bool all_good;
} asking;

/* Full-year income of a candidate's schools together. */
static double income_of(const ref *r, const ref_candidate *c)
{
    double income = 0.0;
    for (int i = 0; i < c->schools; i++)
        income += r->school[c->school[i]].full_income;
    return income;
}

/* A school's balance before its join. */
static double balance_before(ref *r, const ref_candidate *c, const ref_school *s)
{
    if (c->schools == 1)
        return ref_value(r, c->par->balance);
    if (ref_given(r, s->par->reserves))
        return ref_value(r, s->par->reserves);
    return ref_value(r, c->par->balance) * s->full_income / income_of(r, c);
}

static double score_of(ref *r, const ref_candidate *c)
{
    const double first = ref_value(r, c->par->score[HR_merit_NEED]);
    double weights = 0.0, above = 0.0;
    for (int m = 0; m < HR_N_merit; m++) {
        const double weight = ref_value(r, r->sc->growth_policy.score_weight[m]);
        weights += weight;
        above += weight * (ref_value(r, c->par->score[m]) - first);
    }
    return weights > 0.0 ? first + above / weights : 0.0;
}

static asking gather(ref *r, const ref_candidate *c)
{
    asking a = {.schools = c->schools, .all_good = true, .score = score_of(r, c)};
    const hr_params_capacity *cap = &r->sc->capacity;
    double balances = 0.0;
    for (int i = 0; i < c->schools; i++) {
        const ref_school *s = &r->school[c->school[i]];
        a.pupils += ref_pupils_of(s, &s->now);
        a.below_good += s->grade > 1;
        a.all_good = a.all_good && s->grade <= 1;
        a.needed += ref_value(r, s->par->need_days[s->quality]) * ref_value(r, cap->need_factor) *
                    ref_value(r, cap->joiner_factor) / ref_worth(r, s);
        a.farthest = fmax(a.farthest, s->par->distance_km);
        balances += balance_before(r, c, s);
    }
    a.deficit_pct = 100.0 * fmax(-balances, 0.0) / fmax(income_of(r, c), 1.0);
    a.onboarding =
        ref_value(r, c->par->onboarding_days) * ref_onboarding_share(r, c->ready - 12.0 * r->t);
    return a;
}

/* A rule, the figure that it looks at, and whether that is too high or too low. */
typedef struct {
    bool refuses;
    double figure;
} rule;

static rule above(double figure, double limit) { return (rule){figure > limit, figure}; }
static rule below(double figure, double limit) { return (rule){figure < limit, figure}; }

static rule within(double figure, double least, double most)
{
    return (rule){figure < least || figure > most, figure};
}

/* Own schools with an in-year deficit in both of the last two closed years. */
static double deficit_schools(const ref *r)
{
    double schools = 0.0;
    for (int i = 0; i < r->schools; i++)
        schools +=
            r->school[i].in && r->school[i].join_year != r->t && r->school[i].deficits_running >= 2;
    return schools;
}

/* Schools that the executive heads held at the last year end can oversee; no limit without any. */
static double span_of(ref *r)
{
    const hr_params_post *post = HR_SPAN(r->p, r->sc->centre.posts, hr_params_post);
    double span = 0.0;
    bool any = false;
    for (uint32_t i = 0; i < r->sc->centre.posts.count; i++)
        if (post[i].oversees > 0.0 && ref_in_years(r, post[i].from_year, post[i].until_year)) {
            any = true;
            span += post[i].oversees * ref_value(r, post[i].fte) * r->held[i];
        }
    return any ? span : INFINITY;
}

/* The first rule that refuses, or -1. */
static int refusal(ref *r, const ref_candidate *c, const counts *n, const asking *a, double *figure)
{
    const hr_params_growth_policy *g = &r->sc->growth_policy;
    const double supplied = fmax(r->supply, 1.0), onboarding = fmax(r->onboarding_supply, 1.0);
    const double most = g->max_joins_per_year + (a->all_good ? g->extra_if_good : 0);
    const rule rules[HR_POLICIES] = {
        [HR_P_PACE] = above(n->joins + a->schools, most),
        [HR_P_SCHOOLS] = above(n->schools + a->schools, g->max_schools),
        [HR_P_PUPILS] = above(n->pupils + a->pupils, ref_value(r, g->max_pupils)),
        [HR_P_SIZE] = within(a->pupils, ref_value(r, g->min_joiner_pupils),
                             ref_value(r, g->max_joiner_pupils)),
        [HR_P_DISTANCE] = above(a->farthest, ref_value(r, g->max_distance_km)),
        [HR_P_SCORE] = below(a->score, ref_value(r, g->min_score)),
        [HR_P_DEFICIT] = above(a->deficit_pct, ref_value(r, g->max_joiner_deficit_pct)),
        [HR_P_WEAK_SCHOOLS] = above(n->below_good + a->below_good, g->max_schools_below_good),
        [HR_P_DEFICIT_SCHOOLS] = above(deficit_schools(r), g->max_deficit_schools),
        [HR_P_RESERVES] = below(r->reserves_pct, ref_value(r, g->min_reserves_pct)),
        [HR_P_CAPACITY] = above(100.0 * (n->needed + a->needed) / supplied,
                                ref_value(r, g->max_capacity_use_pct)),
        [HR_P_ONBOARDING] = above(100.0 * (r->onboarding_joiners + a->onboarding) / onboarding,
                                  ref_value(r, g->max_onboarding_use_pct)),
        [HR_P_SPAN] = above(n->schools + a->schools, r->span),
        [HR_P_APPROVAL] = above(ref_draw(r, HR_D_APPROVAL, c->entity, ref_year(r)),
                                ref_value(r, g->approval[r->warning])),
    };
    for (int i = 0; i < HR_POLICIES; i++)
        if (rules[i].refuses) {
            *figure = rules[i].figure;
            return i;
        }
    return -1;
}

static void bring_balance(ref *r, const ref_candidate *c, int i)
{
    ref_school *s = &r->school[i];
    const double brought = balance_before(r, c, s);
    if ((brought > 0.0 && c->par->surplus_follows) || (brought < 0.0 && c->par->deficit_follows))
        s->brought = ref_post(r, HR_L_BALANCE_BROUGHT, i, brought);
}

static void let_in(ref *r, int k)
{
    ref_candidate *c = &r->candidate[k];
    c->joined = true;
    c->join_year = r->t;
    ref_event(r, HR_TE_JOINED, k, -1, c->ready);
    ref_post(r, HR_L_JOIN_COSTS, -1, ref_value(r, c->par->join_cost));
    for (int i = 0; i < c->schools; i++) {
        ref_school *s = &r->school[c->school[i]];
        s->in = true;
        s->join_year = r->t;
        s->share = ref_clamp((12.0 * (r->t + 1) - c->ready) / 12.0, 0.0, 1.0);
        bring_balance(r, c, c->school[i]);
        r->joined += 1.0;
        r->joined_sponsored += c->par->route == HR_route_SPONSORED;
        r->joined_good += s->grade <= 1;
        r->joined_free += c->par->route == HR_route_FREE_SCHOOL;
    }
}

static void decide(ref *r, int k, counts *n)
{
    ref_candidate *c = &r->candidate[k];
    if (c->loses) {
        c->lost = REF_CONDITION;
        ref_event(r, HR_TE_LOST_CONDITION, k, -1, c->ready);
        return;
    }
    ref_event(r, HR_TE_ASKED, k, -1, c->ready);
    const asking a = gather(r, c);
    const bool signed_already = c->par->stage == HR_stage_AGREEMENT;
    double figure = NAN;
    const int refused = signed_already ? -1 : refusal(r, c, n, &a, &figure);
    if (!signed_already && ref_value(r, r->sc->growth_policy.min_score) > 0.0 &&
        (refused < 0 || refused >= HR_P_SCORE))
        ref_event(r, HR_TE_SCORED, k, -1, a.score);
    if (refused >= 0) {
        ref_refused(r, (hr_policy)refused, k, figure);
        c->refused |= 1u << refused;
        c->ready += 12.0;
        if (++c->waited > r->sc->growth_policy.max_wait_years) {
            c->lost = REF_WAITED;
            ref_event(r, HR_TE_LOST_WAITING, k, -1, c->waited);
        }
        return;
    }
    let_in(r, k);
    n->joins += a.schools;
    n->schools += a.schools;
    n->pupils += a.pupils;
    n->below_good += a.below_good;
    n->needed += a.needed;
    r->onboarding_joiners += a.onboarding;
}

static bool earlier(const ref *r, int a, int b)
{
    const ref_candidate *x = &r->candidate[a], *y = &r->candidate[b];
    if (x->par->priority != y->par->priority)
        return x->par->priority < y->par->priority;
    const double wx = x->pipeline < 0 ? x->wished : INFINITY;
    const double wy = y->pipeline < 0 ? y->wished : INFINITY;
    return wx != wy ? wx < wy : strcmp(x->id, y->id) < 0;
}

static void order(const ref *r, int gate[])
{
    for (int k = 0; k < r->candidates; k++) {
        int at = k;
        for (; at > 0 && earlier(r, k, gate[at - 1]); at--)
            gate[at] = gate[at - 1];
        gate[at] = k;
    }
}

/* Onboarding days that earlier joiners still need this year. */
static double still_needed(ref *r)
{
    double days = 0.0;
    for (int k = 0; k < r->candidates; k++) {
        const ref_candidate *c = &r->candidate[k];
        if (c->joined)
            days += ref_value(r, c->par->onboarding_days) *
                    ref_onboarding_share(r, c->ready - 12.0 * r->t);
    }
    return days;
}

void ref_gate(ref *r)
{
    counts n = {.needed = r->needed};
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        s->share = s->in ? 1.0 : 0.0;
        n.schools += s->in;
        n.pupils += s->in ? ref_pupils_of(s, &s->now) : 0.0;
        n.below_good += s->in && s->grade > 1;
    }
    r->schools_1_september = n.schools;
    r->onboarding_joiners = still_needed(r);
    r->span = span_of(r);
    int gate[REF_CANDIDATES];
    order(r, gate);
    for (int i = 0; i < r->candidates && r->own_years > r->t; i++) {
        const ref_candidate *c = &r->candidate[gate[i]];
        if (c->came && c->goes && !c->joined && c->lost == REF_NOT_LOST &&
            c->ready < 12.0 * (r->t + 1))
            decide(r, gate[i], &n);
    }
    for (int i = 0; i < r->schools; i++)
        r->school[i].months_in += 12.0 * r->school[i].share;
}
