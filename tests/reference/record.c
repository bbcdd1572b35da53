/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Record" of docs/model.md told again. */
#include "reference/reference.h"

static double ratio(double a, double b) { return b == 0.0 ? NAN : a / b; }

/* Sums over schools in the trust, and over the months of all. */
typedef struct {
    double schools, pupils, grant, income, spending, one_off, staff, lowest, deficit, in_year,
        recurrent, main, places, teachers, classes, good, existing, existing_good, inadequate, need,
        capital, wear;
} sums;

static sums add_up(ref *r)
{
    sums x = {.lowest = NAN};
    for (int i = 0; i < r->schools; i++) {
        const ref_school *s = &r->school[i];
        x.grant += s->grant_posted;
        x.income += s->income;
        x.spending += s->spending;
        x.one_off += s->one_off;
        x.teachers += s->share * s->teachers;
        x.classes += s->share * s->classes;
        x.capital += s->formula + s->award;
        x.wear += s->share * s->wear;
        if (!s->in)
            continue;
        const double result = ref_result(s);
        x.schools += 1.0;
        x.pupils += ref_pupils_of(s, &s->now);
        x.lowest = fmin(x.lowest, 100.0 * s->balance / fmax(s->full_income, 1.0));
        x.deficit += s->balance < 0.0;
        x.in_year += result < 0.0;
        x.recurrent += result - s->one_off < 0.0;
        x.main += ref_main(s, &s->now);
        x.places += s->pan * s->scale * s->groups;
        x.good += s->grade <= 1;
        x.existing += s->from_start;
        x.existing_good += s->from_start && s->grade <= 1;
        x.inadequate += s->grade == HR_quality_INADEQUATE;
        x.need += s->condition_need;
    }
    x.income += r->centre_income;
    x.spending += r->centre_spending;
    x.one_off += r->centre_one_off;
    return x;
}

static double lost(const ref *r, bool waiting)
{
    double schools = 0.0;
    for (int k = 0; k < r->candidates; k++) {
        const ref_candidate *c = &r->candidate[k];
        const bool waited = c->lost == REF_WAITED;
        if (c->lost != REF_NOT_LOST && waited == waiting)
            schools += c->schools;
    }
    return schools;
}

static void money(ref *r, const sums *x)
{
    double *m = r->metric;
    m[HR_M_GRANT] = x->grant;
    m[HR_M_INCOME] = x->income;
    m[HR_M_SPENDING] = x->spending;
    m[HR_M_OTHER_INCOME] = x->income - x->grant;
    m[HR_M_IN_YEAR_BALANCE] = x->income - x->spending;
    m[HR_M_RECURRENT_BALANCE] = x->income - x->spending - x->one_off;
    m[HR_M_RESERVES] = r->reserves;
    m[HR_M_CENTRAL_RESERVES] = r->centre_balance;
    m[HR_M_RESERVES_PCT] = r->reserves_pct;
    m[HR_M_RESERVES_PCT_ACCOUNTS] = 100.0 * r->reserves / fmax(x->income, 1.0);
    m[HR_M_RESERVES_MONTHS] = ratio(12.0 * r->reserves, r->annual_spending);
    m[HR_M_LOWEST_SCHOOL_RESERVES_PCT] = x->lowest;
    m[HR_M_SCHOOLS_IN_DEFICIT] = x->deficit;
    m[HR_M_SCHOOLS_IN_YEAR_DEFICIT] = x->in_year;
    m[HR_M_SCHOOLS_RECURRENT_DEFICIT] = x->recurrent;
    m[HR_M_TOPSLICE_INCOME] = r->topslice;
    m[HR_M_TOPSLICE_PCT_OF_GRANT] = ratio(100.0 * r->topslice, x->grant);
    m[HR_M_CENTRAL_COST] = r->centre_spending;
    m[HR_M_CENTRAL_BALANCE] =
        r->centre_income - r->centre_spending + r->centre_transfers - r->centre_pooled;
    m[HR_M_STRANDED_COST] = r->stranded;
    m[HR_M_STAFF_COST_PCT] = ratio(100.0 * r->staff, x->income);
    m[HR_M_RISK_LOSSES] = r->risk_losses;
    m[HR_M_ESTATE_NEED] = x->need;
    m[HR_M_ESTATE_FUNDING] = x->capital;
    m[HR_M_ESTATE_GAP] = x->wear - x->capital;
}

static void the_rest(ref *r, const sums *x)
{
    double *m = r->metric;
    m[HR_M_PUPILS] = x->pupils;
    m[HR_M_SCHOOLS] = x->schools;
    m[HR_M_PLACES_FILLED_PCT] = ratio(100.0 * x->main, x->places);
    m[HR_M_TEACHERS] = x->teachers;
    m[HR_M_CLASSES] = x->classes;
    m[HR_M_CAPACITY_SUPPLY_DAYS] = r->supply;
    m[HR_M_CAPACITY_NEED_DAYS] = r->needed;
    m[HR_M_CAPACITY_FREE_DAYS] = r->supply - r->needed;
    m[HR_M_CAPACITY_USE_PCT] = ratio(100.0 * r->needed, r->supply);
    m[HR_M_SCHOOL_LED_SHARE_PCT] = ratio(100.0 * r->leaders_days, r->supply);
    m[HR_M_ONBOARDING_USE_PCT] = ratio(100.0 * r->onboarding_needed, r->onboarding_supply);
    m[HR_M_GOOD_OR_BETTER_PCT] = ratio(100.0 * x->good, x->schools);
    m[HR_M_EXISTING_GOOD_OR_BETTER_PCT] = ratio(100.0 * x->existing_good, x->existing);
    m[HR_M_SCHOOLS_BELOW_GOOD] = x->schools - x->good;
    m[HR_M_JOINED] = r->joined;
    m[HR_M_JOINED_SPONSORED] = r->joined_sponsored;
    m[HR_M_JOINED_GOOD] = r->joined_good;
    m[HR_M_JOINED_FREE_SCHOOL] = r->joined_free;
    m[HR_M_REFUSED] = lost(r, true);
    m[HR_M_WITHDRAWN] = lost(r, false);
    m[HR_M_LEFT] = r->left;
    m[HR_M_SCA_ELIGIBLE] = r->eligible;
    m[HR_M_EARLY_WARNING] = r->warning;
}

static void risk(ref *r, hr_risk k, bool happens, double shortfall)
{
    r->happens[k] = happens;
    if (happens)
        r->depth[k] = fmax(r->depth[k], shortfall);
}

static void risks(ref *r, const sums *x)
{
    const double in_year = x->income - x->spending, fifth = 0.05 * r->annual_income;
    const double most = ref_value(r, r->sc->growth_policy.max_pupils);
    risk(r, HR_R_RESERVES_BELOW_POLICY, r->reserves < r->policy, r->policy - r->reserves);
    risk(r, HR_R_RESERVES_BELOW_5PCT, r->reserves < fifth, fifth - r->reserves);
    risk(r, HR_R_RESERVES_BELOW_ZERO, r->reserves < 0.0, -r->reserves);
    risk(r, HR_R_CENTRAL_DEFICIT, r->centre_balance < 0.0, -r->centre_balance);
    risk(r, HR_R_ANY_SCHOOL_DEFICIT, x->deficit > 0.0, x->deficit);
    risk(r, HR_R_IN_YEAR_DEFICIT, in_year < 0.0, -in_year);
    risk(r, HR_R_TWO_YEAR_DEFICIT, r->t > 0 && in_year < 0.0 && r->last_in_year < 0.0,
         -in_year - r->last_in_year);
    risk(r, HR_R_CAPACITY_OVERLOAD, r->needed > r->supply, r->needed - r->supply);
    risk(r, HR_R_ONBOARDING_OVERLOAD, r->onboarding_needed > r->onboarding_supply,
         r->onboarding_needed - r->onboarding_supply);
    risk(r, HR_R_ANY_SCHOOL_IN_CATEGORY, x->inadequate > 0.0, x->inadequate);
    risk(r, HR_R_SIZE_ABOVE_LIMIT, x->pupils > most, x->pupils - most);
    risk(r, HR_R_CAPITAL_ROUTE_CHANGES, r->eligible != r->eligible_last, 1.0);
    risk(r, HR_R_EARLY_WARNING_RED, r->warning == HR_warning_RED, 1.0);
    risk(r, HR_R_EARLY_WARNING_AMBER, r->warning == HR_warning_AMBER, 1.0);
    r->last_in_year = in_year;
}

/* "Dilution" of a year. */
static void dilution(ref *r)
{
    double theirs = 0.0, brought = 0.0;
    for (int i = 0; i < r->schools; i++) {
        const ref_school *s = &r->school[i];
        if (!s->in || s->join_year < 0 || s->join_year != r->t)
            continue;
        theirs += s->full_income;
        brought += s->brought;
    }
    const double income = r->annual_income - theirs;
    if (theirs > 0.0 && income > 0.0)
        r->dilution += 100.0 * r->reserves_last / income -
                       100.0 * (r->reserves_last + brought) / (income + theirs);
    r->metric[HR_M_DILUTION_PCT] = r->dilution;
}

/* The next gate counts schools with an in-year deficit two years running. */
static void count_deficits(ref *r)
{
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        s->deficits_running = s->in && ref_result(s) < 0.0 ? s->deficits_running + 1 : 0;
    }
}

/* Another trust has absorbed it. */
void ref_nothing_counts(ref *r)
{
    for (int m = 0; m < HR_METRICS; m++)
        r->metric[m] = NAN;
    for (int k = 0; k < HR_RISKS; k++)
        r->happens[k] = 0.0;
}

void ref_record(ref *r)
{
    const sums x = add_up(r);
    dilution(r);
    money(r, &x);
    the_rest(r, &x);
    risks(r, &x);
    count_deficits(r);
}
