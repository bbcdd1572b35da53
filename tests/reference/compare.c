/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Money" of docs/model.md told again, and every number held against what the program printed:
 * postings and balances to the pound, the rest to one part in a thousand million, differences of
 * sums to a millionth of a pound. */
#include <stdio.h>
#include <string.h>

#include "reference/reference.h"

enum { SHOWN = 40 }; /* differences said in full, a run */

static const double near = 1e-9;        /* relative; of pupils, days, per cent */
static const double near_pounds = 1e-6; /* of differences between sums of pounds */
static const double half_pound = 1e-9;  /* as near to a half pound, rounding may go either way */

/* Words of docs/results.schema.json or near them, for messages. */
static const char *const state_name[HR_TRACE_STATES] = {
    "opening_balance", "closing_balance",  "census",        "nursery",   "group",
    "sixth",           "quality",          "grade",         "classes",   "teachers",
    "share",           "need_days",        "met_share",     "lent_days", "gap",
    "index",           "full_year_income", "topslice_rate", "span",      "customers",
    "protected",       "entry_index"};
static const char *const event_name[HR_TRACE_EVENTS] = {
    "came_forward",   "asked",         "scored",          "joined",          "withdrew",
    "lost_condition", "lost_waiting",  "offer_step",      "condition",       "risk",
    "head_left",      "quality",       "inspected",       "classes_closed",  "saving",
    "capital_award",  "capital_route", "centre_recovers", "school_relieved", "trust_ends",
    "posts_cut",      "advisers_cut"};

static void different(ref *r, const char *kind, const char *what, const char *whose, double mine,
                      double printed)
{
    if (r->tally->differences++ < SHOWN)
        printf("%s: %s %s of %s in year %d: %.17g, printed %.17g\n", r->told, kind, what,
               whose ? whose : "the trust", r->t, mine, printed);
}

static void check(ref *r, const char *kind, const char *what, const char *whose, double mine,
                  double printed, double absolute)
{
    r->tally->compared++;
    const double largest = fmax(fabs(mine), fabs(printed));
    const bool both = isnan(mine) && isnan(printed);
    if (!both && !(fabs(mine - printed) <= fmax(near * largest, absolute)))
        different(r, kind, what, whose, mine, printed);
}

void ref_check(ref *r, const char *kind, const char *what, const char *whose, double mine,
               double printed)
{
    check(r, kind, what, whose, mine, printed, near);
}

static const char *account_name(const ref *r, int account)
{
    return account < 0 ? "the centre" : r->school[account].id;
}

/* The posting of this line, account and year that was not yet met: the nearest to `value`. */
static const hr_trace_row *printed_posting(ref *r, hr_line line, int account, double value)
{
    const hr_trace_row *best = NULL;
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->kind == HR_TRACE_POST && row->what == (int)line && row->index == account &&
            row->year == r->t && !r->used[i] &&
            (!best || fabs(row->value - value) < fabs(best->value - value)))
            best = row;
    }
    if (best)
        r->used[best - r->row] = true;
    return best;
}

/* The whole pounds of an amount, as posted; `sign` is what it does to the balance. */
static double pounds(ref *r, hr_line line, int account, double amount, double sign)
{
    const double whole = ref_round(amount);
    const hr_trace_row *row = whole == 0.0 ? NULL : printed_posting(r, line, account, sign * whole);
    const double printed = row ? sign * row->value : 0.0;
    r->tally->compared += whole != 0.0;
    r->tally->line[line] += whole != 0.0;
    if (printed == whole)
        return whole;
    if (fabs(fabs(amount - trunc(amount)) - 0.5) <= half_pound && fabs(printed - whole) == 1.0) {
        r->tally->halves++;
        return printed;
    }
    different(r, "posting", HR_LINE_ROWS[line].key, account_name(r, account), amount, printed);
    return whole;
}

/* Posts an income, a cost or a balance brought; gives the whole pounds. */
double ref_post(ref *r, hr_line line, int account, double amount)
{
    const hr_line_row *about = &HR_LINE_ROWS[line];
    const bool cost = about->side == HR_SIDE_COST;
    const double whole = pounds(r, line, account, amount, cost ? -1.0 : 1.0);
    ref_school *s = account < 0 ? NULL : &r->school[account];
    r->line_now[line] += cost ? -whole : whole;
    *(s ? &s->balance : &r->centre_balance) += cost ? -whole : whole;
    if (cost)
        *(s ? &s->spending : &r->centre_spending) += whole;
    if (about->side == HR_SIDE_INCOME)
        *(s ? &s->income : &r->centre_income) += whole;
    if (about->lasts == HR_LASTS_ONE_OFF && about->side != HR_SIDE_BALANCE)
        *(s ? &s->one_off : &r->centre_one_off) += cost ? -whole : whole;
    if (line == HR_L_TEACHERS || line == HR_L_SUPPORT || line == HR_L_POSTS)
        r->staff += whole;
    return whole;
}

/* Moves an amount from a school to the centre. */
double ref_transfer(ref *r, hr_line line, int school, double amount)
{
    const double whole = pounds(r, line, school, amount, -1.0);
    const double centre = pounds(r, line, -1, whole, 1.0);
    r->school[school].balance -= whole;
    r->school[school].transfers -= whole;
    r->centre_balance += centre;
    r->centre_transfers += centre;
    r->line_now[line] += whole;
    return whole;
}

/* How near a difference of large sums has to be, or anything else. */
static double in_pounds(hr_trace_kind kind, int what)
{
    const bool saved = kind == HR_TRACE_EVENT && (what == HR_TE_SAVING || what == HR_TE_POSTS_CUT);
    return saved || (kind == HR_TRACE_STATE && what == HR_TS_GAP) ? near_pounds : near;
}

/* Meets the row of an event or refusal of this year, and compares its value. */
static void meet(ref *r, hr_trace_kind kind, int what, int index, int sub, double value)
{
    char name[64];
    snprintf(name, sizeof name, "%s (%d, %d)",
             kind == HR_TRACE_EVENT ? event_name[what] : HR_POLICY_ROWS[what].key, index, sub);
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->kind == (int)kind && row->what == what && row->index == index && row->sub == sub &&
            row->year == r->t && !r->used[i]) {
            r->used[i] = true;
            ++*(kind == HR_TRACE_EVENT ? &r->tally->event[what] : &r->tally->rule[what]);
            check(r, kind == HR_TRACE_EVENT ? "event" : "refusal", name, NULL,
                  isnan(value) ? row->value : value, row->value, in_pounds(kind, what));
            return;
        }
    }
    different(r, kind == HR_TRACE_EVENT ? "event" : "refusal", name, NULL, value, NAN);
}

void ref_event(ref *r, hr_trace_event what, int index, int sub, double value)
{
    meet(r, HR_TRACE_EVENT, (int)what, index, sub, value);
}

void ref_refused(ref *r, hr_policy what, int candidate, double figure)
{
    meet(r, HR_TRACE_REFUSED, (int)what, candidate, -1, figure);
}

/* What the second telling has for a state of the trace; *known is false for what it has not. */
static double state_of(const ref *r, const hr_trace_row *row, bool *known)
{
    const ref_school *s = row->index < 0 ? NULL : &r->school[row->index];
    *known = true;
    switch (row->what) {
    case HR_TS_INDEX: return r->index[row->index][r->t + 1];
    case HR_TS_SPAN: return r->span;
    case HR_TS_CUSTOMERS: return r->customers[row->sub];
    case HR_TS_PROTECTED: return r->protected;
    default: break;
    }
    if (!s) {
        *known = row->what <= HR_TS_CLOSING_BALANCE;
        return r->centre_balance;
    }
    switch (row->what) {
    case HR_TS_OPENING_BALANCE:
    case HR_TS_CLOSING_BALANCE: return s->balance;
    case HR_TS_CENSUS: return ref_roll(s, &s->now);
    case HR_TS_NURSERY: return s->nursery_only ? 0.0 : s->now.nursery;
    case HR_TS_GROUP: return s->now.group[row->sub];
    case HR_TS_SIXTH: return s->now.sixth[row->sub - s->groups];
    case HR_TS_QUALITY: return s->quality;
    case HR_TS_GRADE: return s->grade;
    case HR_TS_CLASSES: return s->classes;
    case HR_TS_TEACHERS: return s->teachers;
    case HR_TS_SHARE_OF_YEAR: return s->share;
    case HR_TS_NEED_DAYS: return s->need;
    case HR_TS_MET_SHARE: return s->met;
    case HR_TS_LENT_DAYS: return s->lent_days;
    case HR_TS_GAP: return s->plan;
    case HR_TS_FULL_YEAR_INCOME: return s->full_income;
    case HR_TS_TOPSLICE_RATE: return s->rate;
    case HR_TS_ENTRY_INDEX: return s->entry_index;
    default: *known = false; return NAN;
    }
}

void ref_compare_states(ref *r)
{
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->year != r->t)
            continue;
        if (row->kind == HR_TRACE_STATE) {
            bool known = true;
            const double mine = state_of(r, row, &known);
            r->tally->state[row->what] += known;
            if (known)
                check(r, "state", state_name[row->what], account_name(r, row->index), mine,
                      row->value, in_pounds(HR_TRACE_STATE, row->what));
        }
        if (row->kind == HR_TRACE_METRIC)
            ref_check(r, "metric", HR_METRIC_ROWS[row->what].key, NULL, r->metric[row->what],
                      row->value);
    }
}

/* Postings, events and refusals of the program that the second telling does not have, and draws
 * that it did not read. */
void ref_compare_unused(ref *r)
{
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (r->used[i])
            continue;
        r->t = row->year;
        const bool apart = (row->what == HR_TE_SAVING || row->what == HR_TE_POSTS_CUT) &&
                           fabs(row->value) < REF_NOTHING;
        if (row->kind == HR_TRACE_POST)
            different(r, "posting", HR_LINE_ROWS[row->what].key, account_name(r, row->index), 0.0,
                      row->value);
        if ((row->kind == HR_TRACE_EVENT && !apart) || row->kind == HR_TRACE_REFUSED)
            different(r, "of its own",
                      row->kind == HR_TRACE_EVENT ? event_name[row->what]
                                                  : HR_POLICY_ROWS[row->what].key,
                      NULL, row->index, row->value);
        if (row->kind == HR_TRACE_DRAW)
            r->tally->unread[row->what]++;
    }
}

void ref_tell_never_met(const ref_tally *tally)
{
    for (int l = 0; l < HR_LINES; l++)
        if (tally->line[l] == 0)
            printf(" line.%s", HR_LINE_ROWS[l].key);
    for (int p = 0; p < HR_POLICIES; p++)
        if (tally->rule[p] == 0)
            printf(" rule.%s", HR_POLICY_ROWS[p].key);
    for (int e = 0; e < HR_TRACE_EVENTS; e++)
        if (tally->event[e] == 0)
            printf(" event.%s", event_name[e]);
    for (int s = 0; s < HR_TRACE_STATES; s++)
        if (tally->state[s] == 0)
            printf(" state.%s", state_name[s]);
}
