/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 15, record: the year's metrics, risks and each school's columns. The one place where they
 * are assigned. docs/model.md, "Record". */
#include "domain/steps.h"

#include "domain/ledger.h"
#include "domain/tracing.h"

static double *metric(hr_batch *b, hr_metric m)
{
    return hr_of(b->metric, (int)m * b->plan->years + b->t, b->lanes);
}

static void set(hr_batch *b, hr_metric m, const double *x) { hr_copy(metric(b, m), x, b->lanes); }

/* Sum over schools of one of their arrays; times that of `mask` in the second form. */
static void sum(const hr_batch *b, const double *array, double *total)
{
    hr_sum_rows(array, b->plan->schools, total, b->lanes);
}

static void sum_by(const hr_batch *b, const double *array, const double *mask, double *total)
{
    hr_sum_rows_by(array, mask, b->plan->schools, total, b->lanes);
}

/* One school's columns of the year, NaN while it is not in the trust; and its in-year result. */
static void record_school(hr_batch *b, int s, double *in_year_result)
{
    const int n = hr_lanes(b);
    double *first = hr_of(b->column, (s * b->plan->years + b->t) * HR_SCHOOL_COLUMNS, n);
    hr_out pupils = hr_of(first, HR_SC_PUPILS, n);
    hr_out pct = hr_of(first, HR_SC_RESERVES_PCT, n);
    hr_out in_year = hr_of(first, HR_SC_IN_YEAR_DEFICIT, n);
    hr_out deficit = hr_of(first, HR_SC_DEFICIT, n);
    hr_out below = hr_of(first, HR_SC_BELOW_GOOD, n);
    hr_in in = hr_of(b->in_trust, s, n);
    hr_in roll = hr_of(b->roll, s, n);
    hr_in nursery = hr_of(b->nursery, s, n);
    hr_in balance = hr_of(b->balance, s, n);
    hr_in full = hr_of(b->income_full, s, n);
    hr_in income = hr_of(b->income, s, n);
    hr_in spent = hr_of(b->spending, s, n);
    hr_in moved = hr_of(b->transfer, s, n);
    hr_in grade = hr_of(b->grade, s, n);
    hr_in pooled = hr_of(b->pooled, s, n);
    hr_out result = in_year_result;
    HR_FOR_LANES(i, n) {
        const bool here = in[i] > 0.0;
        result[i] = income[i] - spent[i] + moved[i] - pooled[i];
        pupils[i] = hr_choose(here, roll[i] + nursery[i], HR_UNKNOWN);
        pct[i] = hr_choose(here, 100.0 * balance[i] / hr_max(full[i], 1.0), HR_UNKNOWN);
        in_year[i] = hr_choose(here, result[i] < 0.0 ? 1.0 : 0.0, HR_UNKNOWN);
        deficit[i] = hr_choose(here, balance[i] < 0.0 ? 1.0 : 0.0, HR_UNKNOWN);
        below[i] = hr_choose(here, grade[i] > 1.5 ? 1.0 : 0.0, HR_UNKNOWN);
    }
    if (b->trace && (in[b->trace->lane] > 0.0 || hr_of(b->share, s, n)[b->trace->lane] > 0.0))
        hr_trace_state_of(b, HR_TS_CLOSING_BALANCE, s, -1, balance[b->trace->lane]);
}

static void record_people(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out pupils = metric(b, HR_M_PUPILS);
    hr_out filled = metric(b, HR_M_PLACES_FILLED_PCT);
    hr_out places = b->scratch[0];
    hr_out main = b->scratch[1];
    hr_out nursery = b->scratch[2];
    sum_by(b, b->roll, b->in_trust, pupils);
    sum_by(b, b->nursery, b->in_trust, nursery);
    hr_fill(places, 0.0, n);
    hr_fill(main, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in band = hr_of(b->band, s * HR_N_band, n);
        const double room = b->plan->school[s].pan * b->plan->school[s].groups;
        hr_in scale = hr_set(b, b->plan->school[s].par->roll_scale);
        HR_FOR_LANES(i, n) {
            places[i] += in[i] * room * scale[i];
            main[i] += in[i] * (band[i] + band[n + i] + band[2 * n + i]);
        }
    }
    HR_FOR_LANES(i, n) {
        pupils[i] += nursery[i];
        filled[i] = hr_choose(places[i] > 0.0, 100.0 * main[i] / places[i], HR_UNKNOWN);
    }
    sum_by(b, b->teachers, b->share, metric(b, HR_M_TEACHERS));
    sum_by(b, b->classes, b->share, metric(b, HR_M_CLASSES));
    set(b, HR_M_SCHOOLS, b->schools_now);
}

static void record_money(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out grant = metric(b, HR_M_GRANT);
    hr_out other = metric(b, HR_M_OTHER_INCOME);
    hr_out income = metric(b, HR_M_INCOME);
    hr_out spending = metric(b, HR_M_SPENDING);
    hr_out balance = metric(b, HR_M_IN_YEAR_BALANCE);
    hr_out recurrent = metric(b, HR_M_RECURRENT_BALANCE);
    hr_out one_off = b->scratch[0];
    hr_out staff = metric(b, HR_M_STAFF_COST_PCT);
    hr_in centre_income = b->centre_income;
    hr_in centre_spending = b->centre_spending;
    hr_in centre_one_off = b->centre_one_off;
    hr_in centre_staff = b->centre_staff;
    sum(b, b->grant_posted, grant);
    sum(b, b->income, income);
    sum(b, b->spending, spending);
    sum(b, b->one_off, one_off);
    sum(b, b->staff, staff);
    HR_FOR_LANES(i, n) {
        income[i] += centre_income[i];
        spending[i] += centre_spending[i];
        other[i] = income[i] - grant[i];
        balance[i] = income[i] - spending[i];
        recurrent[i] = balance[i] - (one_off[i] + centre_one_off[i]);
        staff[i] = 100.0 * (staff[i] + centre_staff[i]) / hr_max(income[i], 1.0);
    }
}

static void record_reserves(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_in reserves = b->reserves;
    hr_in spending = b->spending_year;
    hr_in income = metric(b, HR_M_INCOME);
    hr_in moved = b->centre_transfer;
    hr_in spent = b->centre_spending;
    hr_in own = b->centre_income;
    hr_in pooled = b->centre_pooled;
    hr_in grant = metric(b, HR_M_GRANT);
    hr_in slice = hr_of(b->line, HR_L_TOPSLICE * b->plan->years + b->t, n);
    hr_out accounts = metric(b, HR_M_RESERVES_PCT_ACCOUNTS);
    hr_out months = metric(b, HR_M_RESERVES_MONTHS);
    hr_out of_grant = metric(b, HR_M_TOPSLICE_PCT_OF_GRANT);
    hr_out central = metric(b, HR_M_CENTRAL_BALANCE);
    set(b, HR_M_RESERVES, b->reserves);
    set(b, HR_M_RESERVES_PCT, b->reserves_pct);
    set(b, HR_M_TOPSLICE_INCOME, slice);
    set(b, HR_M_CENTRAL_COST, b->centre_spending);
    set(b, HR_M_CENTRAL_RESERVES, b->centre);
    set(b, HR_M_STRANDED_COST, b->stranded);
    HR_FOR_LANES(i, n) {
        accounts[i] = 100.0 * reserves[i] / hr_max(income[i], 1.0);
        months[i] = 12.0 * reserves[i] / hr_max(spending[i], 1.0);
        of_grant[i] = hr_choose(grant[i] > 0.0, 100.0 * slice[i] / grant[i], HR_UNKNOWN);
        central[i] = own[i] - spent[i] + moved[i] - pooled[i];
    }
}

/* What this year's joiners that are still there brought, and their income of a full year. */
static void add_joiners(const hr_batch *b, double *brought, double *income)
{
    const int n = hr_lanes(b);
    const double now = b->t;
    hr_out pounds = brought;
    hr_out theirs = income;
    hr_fill(pounds, 0.0, n);
    hr_fill(theirs, 0.0, n);
    for (int s = 0; s < b->plan->schools; s++) {
        const int k = b->plan->school[s].candidate;
        if (k < 0)
            continue;
        hr_in joined = hr_of(b->join_year, k, n);
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in full = hr_of(b->income_full, s, n);
        hr_in closing = hr_of(b->balance, s, n);
        hr_in before = hr_of(b->balance_before, s, n);
        hr_in earned = hr_of(b->income, s, n);
        hr_in spent = hr_of(b->spending, s, n);
        hr_in moved = hr_of(b->transfer, s, n);
        HR_FOR_LANES(i, n) {
            const double joins = hr_choose(joined[i] == now, in[i], 0.0);
            pounds[i] += joins * (closing[i] - before[i] - (earned[i] - spent[i] + moved[i]));
            theirs[i] += joins * full[i];
        }
    }
}

/* What joiners take off reserves in % of income by being there: what was held at the last year end
 * over the income without them, less the same with what they brought over the income with them. */
static void record_dilution(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out sum = b->dilution;
    hr_out brought = b->scratch[0];
    hr_out theirs = b->scratch[1];
    hr_in held = b->reserves_before;
    hr_in income = b->income_year;
    if (hr_any(b->joins_now, n)) {
        add_joiners(b, brought, theirs);
        HR_FOR_LANES(i, n) {
            const double before = income[i] - theirs[i];
            const double points =
                100.0 * held[i] / before - 100.0 * (held[i] + brought[i]) / income[i];
            sum[i] += theirs[i] > 0.0 && before > 0.0 ? points : 0.0;
        }
    }
    set(b, HR_M_DILUTION_PCT, sum);
}

/* Counts over the trust's schools at the year end. */
static void record_counts(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out lowest = metric(b, HR_M_LOWEST_SCHOOL_RESERVES_PCT);
    hr_out deficit = metric(b, HR_M_SCHOOLS_IN_DEFICIT);
    hr_out in_year = metric(b, HR_M_SCHOOLS_IN_YEAR_DEFICIT);
    hr_out recurrent = metric(b, HR_M_SCHOOLS_RECURRENT_DEFICIT);
    hr_out below = metric(b, HR_M_SCHOOLS_BELOW_GOOD);
    hr_out old_schools = b->scratch[0];
    hr_out old_good = b->scratch[1];
    hr_out category = b->scratch[2];
    hr_out result = b->scratch[3];
    double *const zero[] = {deficit, in_year, recurrent, below, old_schools, old_good, category};
    for (size_t z = 0; z < sizeof zero / sizeof zero[0]; z++)
        hr_fill(zero[z], 0.0, n);
    hr_fill(lowest, HR_UNKNOWN, n);
    for (int s = 0; s < b->plan->schools; s++) {
        record_school(b, s, result);
        hr_in in = hr_of(b->in_trust, s, n);
        hr_in extra = hr_of(b->one_off, s, n);
        hr_in balance = hr_of(b->balance, s, n);
        hr_in grade = hr_of(b->grade, s, n);
        hr_in pct = hr_of(b->column,
                          (s * b->plan->years + b->t) * HR_SCHOOL_COLUMNS + HR_SC_RESERVES_PCT, n);
        const double own = b->plan->school[s].candidate < 0 ? 1.0 : 0.0;
        HR_FOR_LANES(i, n) {
            const double here = in[i];
            lowest[i] = hr_choose(here > 0.0 && !(lowest[i] <= pct[i]), pct[i], lowest[i]);
            deficit[i] += here * (balance[i] < 0.0 ? 1.0 : 0.0);
            in_year[i] += here * (result[i] < 0.0 ? 1.0 : 0.0);
            recurrent[i] += here * (result[i] - extra[i] < 0.0 ? 1.0 : 0.0);
            below[i] += here * (grade[i] > 1.5 ? 1.0 : 0.0);
            category[i] += here * (grade[i] > 2.5 ? 1.0 : 0.0);
            old_schools[i] += own * here;
            old_good[i] += own * here * (grade[i] > 1.5 ? 0.0 : 1.0);
        }
    }
    hr_out good = metric(b, HR_M_GOOD_OR_BETTER_PCT);
    hr_out existing = metric(b, HR_M_EXISTING_GOOD_OR_BETTER_PCT);
    hr_in now = b->schools_now;
    HR_FOR_LANES(i, n) {
        good[i] = hr_choose(now[i] > 0.0, 100.0 * (now[i] - below[i]) / now[i], HR_UNKNOWN);
        existing[i] =
            hr_choose(old_schools[i] > 0.0, 100.0 * old_good[i] / old_schools[i], HR_UNKNOWN);
    }
    hr_copy(b->below_good, below, n);
}

static void record_capacity(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_in supply = b->supply_days;
    hr_in need = b->need_total;
    hr_in led = b->school_led;
    hr_in busy = b->onboarding_need;
    hr_in hands = b->onboarding_supply;
    hr_out free_days = metric(b, HR_M_CAPACITY_FREE_DAYS);
    hr_out use = metric(b, HR_M_CAPACITY_USE_PCT);
    hr_out school = metric(b, HR_M_SCHOOL_LED_SHARE_PCT);
    hr_out onboarding = metric(b, HR_M_ONBOARDING_USE_PCT);
    set(b, HR_M_CAPACITY_SUPPLY_DAYS, b->supply_days);
    set(b, HR_M_CAPACITY_NEED_DAYS, b->need_total);
    HR_FOR_LANES(i, n) {
        free_days[i] = supply[i] - need[i];
        use[i] = hr_choose(supply[i] > 0.0, 100.0 * need[i] / supply[i], HR_UNKNOWN);
        school[i] = hr_choose(supply[i] > 0.0, 100.0 * led[i] / supply[i], HR_UNKNOWN);
        onboarding[i] = hr_choose(hands[i] > 0.0, 100.0 * busy[i] / hands[i], HR_UNKNOWN);
    }
}

static void record_growth(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out joined = metric(b, HR_M_JOINED);
    hr_fill(joined, 0.0, n);
    for (int k = 0; k < b->plan->candidates; k++) {
        hr_in in = hr_of(b->joined, k, n);
        const double schools = b->plan->candidate[k].schools;
        HR_FOR_LANES(i, n)
            joined[i] += schools * in[i];
    }
    set(b, HR_M_JOINED_SPONSORED, b->joined_sponsored);
    set(b, HR_M_JOINED_GOOD, b->joined_good);
    set(b, HR_M_JOINED_FREE_SCHOOL, b->joined_free);
    set(b, HR_M_REFUSED, b->refused_count);
    set(b, HR_M_WITHDRAWN, b->withdrawn_count);
    set(b, HR_M_LEFT, b->left);
}

static void record_estate(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out need = metric(b, HR_M_ESTATE_NEED);
    hr_out gap = metric(b, HR_M_ESTATE_GAP);
    hr_fill(gap, 0.0, n);
    sum_by(b, b->condition_need, b->in_trust, need);
    for (int s = 0; s < b->plan->schools; s++) {
        hr_in in = hr_of(b->share, s, n);
        hr_in wear = hr_set(b, b->plan->school[s].par->condition_wear_per_pupil);
        hr_in roll = hr_of(b->opening_roll, s, n);
        HR_FOR_LANES(i, n)
            gap[i] += in[i] * wear[i] * roll[i];
    }
    hr_in capital = b->capital;
    HR_FOR_LANES(i, n)
        gap[i] -= capital[i];
    set(b, HR_M_ESTATE_FUNDING, b->capital);
    set(b, HR_M_SCA_ELIGIBLE, b->formula);
    set(b, HR_M_RISK_LOSSES, b->risk_losses);
    set(b, HR_M_EARLY_WARNING, b->warning);
}

/* A risk happens where its shortfall is above nothing; the deepest of the years is kept. */
static void happen(hr_batch *b, hr_risk risk, const double *shortfall)
{
    const int n = hr_lanes(b);
    hr_in x = shortfall;
    hr_in own = b->own_years;
    const double now = b->t;
    hr_out hit = hr_of(b->risk, (int)risk * b->plan->years + b->t, n);
    hr_out depth = hr_of(b->depth, (int)risk, n);
    HR_FOR_LANES(i, n) {
        const bool falls_short = x[i] > 0.0, counts = own[i] > now, known = depth[i] >= x[i];
        hit[i] = falls_short && counts ? 1.0 : 0.0;
        depth[i] = falls_short && counts && !known ? x[i] : depth[i];
    }
}

static void record_risks(hr_batch *b)
{
    const int n = hr_lanes(b);
    hr_out x = b->scratch[3];
    hr_out before = b->deficit_before;
    hr_in reserves = b->reserves;
    hr_in policy = b->policy_pounds;
    hr_in income = b->income_year;
    hr_in centre = b->centre;
    hr_in result = metric(b, HR_M_IN_YEAR_BALANCE);
    hr_in warning = b->warning;
    hr_in now = b->formula;
    hr_in was = b->formula_before;
    hr_in pupils = metric(b, HR_M_PUPILS);
    hr_in most = hr_set(b, b->plan->params->scenario.growth_policy.max_pupils);
    hr_in supply = b->supply_days;
    hr_in need = b->need_total;
    hr_in hands = b->onboarding_supply;
    hr_in busy = b->onboarding_need;
    HR_FOR_LANES(i, n)
        x[i] = policy[i] - reserves[i];
    happen(b, HR_R_RESERVES_BELOW_POLICY, x);
    HR_FOR_LANES(i, n)
        x[i] = 0.05 * income[i] - reserves[i];
    happen(b, HR_R_RESERVES_BELOW_5PCT, x);
    HR_FOR_LANES(i, n)
        x[i] = -reserves[i];
    happen(b, HR_R_RESERVES_BELOW_ZERO, x);
    HR_FOR_LANES(i, n)
        x[i] = -centre[i];
    happen(b, HR_R_CENTRAL_DEFICIT, x);
    happen(b, HR_R_ANY_SCHOOL_DEFICIT, metric(b, HR_M_SCHOOLS_IN_DEFICIT));
    HR_FOR_LANES(i, n)
        x[i] = -result[i];
    happen(b, HR_R_IN_YEAR_DEFICIT, x);
    HR_FOR_LANES(i, n) {
        x[i] = before[i] < 0.0 && result[i] < 0.0 ? -before[i] - result[i] : 0.0;
        before[i] = result[i];
    }
    happen(b, HR_R_TWO_YEAR_DEFICIT, x);
    HR_FOR_LANES(i, n)
        x[i] = need[i] - supply[i];
    happen(b, HR_R_CAPACITY_OVERLOAD, x);
    HR_FOR_LANES(i, n)
        x[i] = busy[i] - hands[i];
    happen(b, HR_R_ONBOARDING_OVERLOAD, x);
    happen(b, HR_R_ANY_SCHOOL_IN_CATEGORY, b->scratch[2]);
    HR_FOR_LANES(i, n)
        x[i] = pupils[i] - most[i];
    happen(b, HR_R_SIZE_ABOVE_LIMIT, x);
    HR_FOR_LANES(i, n)
        x[i] = now[i] != was[i] ? 1.0 : 0.0;
    happen(b, HR_R_CAPITAL_ROUTE_CHANGES, x);
    HR_FOR_LANES(i, n)
        x[i] = warning[i] > 1.5 ? 1.0 : 0.0;
    happen(b, HR_R_EARLY_WARNING_RED, x);
    HR_FOR_LANES(i, n)
        x[i] = warning[i] > 0.5 && warning[i] < 1.5 ? 1.0 : 0.0;
    happen(b, HR_R_EARLY_WARNING_AMBER, x);
}

/* Takes rows of lanes off the count where another trust has absorbed this one. */
static void leave_out(const hr_batch *b, double *first, int rows)
{
    const int n = hr_lanes(b);
    hr_in own = b->own_years;
    const double now = b->t;
    for (int r = 0; r < rows; r++) {
        hr_out x = hr_of(first, r, n);
        HR_FOR_LANES(i, n)
            x[i] = own[i] <= now ? HR_UNKNOWN : x[i];
    }
}

void hr_leave_out_money(hr_batch *b)
{
    for (int l = 0; l < HR_LINES; l++)
        leave_out(b, hr_of(b->line, l * b->plan->years + b->t, b->lanes), 1);
    leave_out(b, b->owned, HR_LINES * HR_OWNERS);
    leave_out(b, b->opening, 1);
    leave_out(b, b->opening_pct, 1);
}

void hr_record_step(hr_batch *b)
{
    hr_ledger_close_year(b);
    record_people(b);
    record_money(b);
    record_reserves(b);
    record_dilution(b);
    record_counts(b);
    record_capacity(b);
    record_growth(b);
    record_estate(b);
    record_risks(b);
    for (int m = 0; b->plan->may_end && m < HR_METRICS; m++)
        leave_out(b, metric(b, (hr_metric)m), 1);
    for (int s = 0; b->plan->may_end && s < b->plan->schools; s++)
        leave_out(b, hr_of(b->column, (s * b->plan->years + b->t) * HR_SCHOOL_COLUMNS, b->lanes),
                  HR_SCHOOL_COLUMNS);
    if (!b->trace)
        return;
    hr_trace_state_of(b, HR_TS_CLOSING_BALANCE, HR_CENTRE, -1, b->centre[b->trace->lane]);
    for (int m = 0; m < HR_METRICS; m++)
        hr_trace_metric(b, (hr_metric)m, metric(b, (hr_metric)m)[b->trace->lane]);
}
