/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened in a replayed future, in words. It must not know how the words are laid out. */
#include "report/replay.h"

#include <math.h>
#include <string.h>

#include "model/choices.h"
#include "report/build.h"
#include "report/format.h"

/* A name inside a sentence: "a primary in reach 2", where it begins with an article. */
static const char *inside(hr_page *p, const char *name)
{
    const bool article = strncmp(name, "A ", 2) == 0 || strncmp(name, "An ", 3) == 0;
    return article ? hr_page_text(p, "a%s", name + 1) : name;
}

/* Months after 1 September of the start as a date: "September 2019". */
static const char *month_words(hr_page *p, const hr_plan *plan, double months)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    const int month = plan->start_year * 12 + 8 + (int)floor(months);
    return hr_page_text(p, "%s %d", names[month % 12], month / 12);
}

static const char *number(hr_page *p, double value, const char *unit)
{
    return hr_build_value(p, hr_exactly(value), unit);
}

/* A sum of one future is known to the pound. */
static const char *pounds(hr_page *p, double value)
{
    return hr_build_rounded(p, value, 1.0, "GBP");
}

const char *hr_replay_quality(double value)
{
    static const char *const words[] = {"outstanding", "good", "requires improvement",
                                        "inadequate"};
    return value >= 0.0 && value < 3.5 ? words[(int)(value + 0.5)] : "not known";
}

const hr_trace_row *hr_replay_find(const hr_replay *r, hr_trace_kind kind, int what, int index,
                                   int sub, int year)
{
    const hr_trace_row *found = NULL;
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->kind == (int)kind && row->what == what && row->index == index &&
            (sub == HR_ANY || row->sub == sub) && (year == HR_ANY || row->year == year))
            found = row;
    }
    return found;
}

bool hr_replay_came_forward(const hr_replay *r, int k)
{
    return r->plan->candidate[k].pipeline < 0 ||
           hr_replay_find(r, HR_TRACE_EVENT, HR_TE_CAME_FORWARD, k, HR_ANY, HR_ANY);
}

/* What the policy says in a year, in the unit of its figure; NaN where it says nothing. */
static double setting_in(const hr_replay *r, hr_real real, int year)
{
    const hr_quantity *q = hr_params_quantity(r->plan->params, real);
    double drawn = NAN;
    for (size_t i = 0; i < r->rows; i++)
        if (r->row[i].kind == HR_TRACE_SETTING && r->row[i].what == (int)real &&
            r->row[i].year <= year)
            drawn = r->row[i].value;
    if (isfinite(drawn))
        return drawn;
    if (q->kind == HR_QUANTITY_SERIES && (int)real < r->plan->slots)
        return r->plan->slot[real].value[year];
    return hr_build_setting(r->plan->params, real);
}

/* How a refusal is said: the figure and what the policy says of it. */
typedef struct {
    const char *subject, *verb, *unit;
    double limit;
} rule;

/* What executive heads could oversee when it was asked. */
static double span_in(const hr_replay *r, int year)
{
    const hr_trace_row *row = hr_replay_find(r, HR_TRACE_STATE, HR_TS_SPAN, -1, HR_ANY, year);
    return row ? row->value : NAN;
}

static rule rule_of(const hr_replay *r, const hr_trace_row *row)
{
    const hr_params_growth_policy *g = &r->plan->params->scenario.growth_policy;
    const int year = row->year;
    switch ((hr_policy)row->what) {
    case HR_P_PACE:
        return (rule){"joins this year would be", "the policy allows", "", g->max_joins_per_year};
    case HR_P_SCHOOLS: return (rule){"schools would be", "the policy allows", "", g->max_schools};
    case HR_P_PUPILS:
        return (rule){"pupils would be", "the policy allows", "",
                      setting_in(r, g->max_pupils, year)};
    case HR_P_SIZE: {
        const double least = setting_in(r, g->min_joiner_pupils, year);
        const bool small = row->value < least;
        return (rule){"it has", small ? "the policy asks for" : "the policy allows", "pupils",
                      small ? least : setting_in(r, g->max_joiner_pupils, year)};
    }
    case HR_P_DISTANCE:
        return (rule){"its distance is", "the policy allows", "km",
                      setting_in(r, g->max_distance_km, year)};
    case HR_P_SCORE:
        return (rule){"its score is", "the policy asks for", "", setting_in(r, g->min_score, year)};
    case HR_P_DEFICIT:
        return (rule){"its deficit is", "the policy allows", "% of its income",
                      setting_in(r, g->max_joiner_deficit_pct, year)};
    case HR_P_WEAK_SCHOOLS:
        return (rule){"schools below good would be", "the policy allows", "",
                      g->max_schools_below_good};
    case HR_P_DEFICIT_SCHOOLS:
        return (rule){"schools in deficit two years running are", "the policy allows", "",
                      g->max_deficit_schools};
    case HR_P_RESERVES:
        return (rule){"reserves were", "the policy asks for", "% of income",
                      setting_in(r, g->min_reserves_pct, year)};
    case HR_P_CAPACITY:
        return (rule){"improvement days needed would be", "the policy allows", "% of supply",
                      setting_in(r, g->max_capacity_use_pct, year)};
    case HR_P_ONBOARDING:
        return (rule){"onboarding days needed would be", "the policy allows", "% of supply",
                      setting_in(r, g->max_onboarding_use_pct, year)};
    case HR_P_SPAN:
        return (rule){"schools would be", "executive heads can oversee", "", span_in(r, year)};
    default: return (rule){.subject = NULL, .limit = NAN};
    }
}

double hr_replay_limit(const hr_replay *r, const hr_trace_row *row)
{
    return rule_of(r, row).limit;
}

/* "the department did not approve, its early warning being red"; the light is of the last year. */
static const char *not_approved(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const hr_trace_row *light =
        hr_replay_find(r, HR_TRACE_METRIC, HR_M_EARLY_WARNING, -1, HR_ANY, row->year - 1);
    const char *reason = HR_POLICY_ROWS[HR_P_APPROVAL].reason;
    return light ? hr_page_text(p, "%s; the early warning of the year before was %s", reason,
                                hr_metric_state(HR_M_EARLY_WARNING, (int)light->value))
                 : reason;
}

static const char *refusal_reason(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const rule of = rule_of(r, row);
    if (row->what == HR_P_APPROVAL)
        return not_approved(p, r, row);
    if (!of.subject)
        return HR_POLICY_ROWS[row->what].reason;
    const int extra = r->plan->params->scenario.growth_policy.extra_if_good;
    const char *more = row->what == HR_P_PACE && extra > 0
                           ? hr_page_text(p, ", %d more for good schools", extra)
                           : "";
    const bool none = of.limit == 0.0 && of.unit[0] == '\0';
    return isfinite(of.limit)
               ? hr_page_text(p, "%s %s, %s %s%s", of.subject, number(p, row->value, of.unit),
                              of.verb, none ? "none" : number(p, of.limit, of.unit), more)
               : hr_page_text(p, "%s %s, which the policy does not allow", of.subject,
                              number(p, row->value, of.unit));
}

static const char *refusal(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const bool lost =
        hr_replay_find(r, HR_TRACE_EVENT, HR_TE_LOST_WAITING, row->index, HR_ANY, row->year);
    return hr_page_text(p, "%s asked to join and was refused: %s.%s",
                        hr_replay_candidate(p, r, row->index), refusal_reason(p, r, row),
                        lost ? "" : " It waits a year.");
}

/* The conditions that apply to a candidate, as a list; only those that lose it, where asked. */
static const char *conditions(hr_page *p, const hr_replay *r, int k, bool losing)
{
    const char *list = "";
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->kind != HR_TRACE_EVENT || row->what != HR_TE_CONDITION || row->index != k)
            continue;
        const hr_plan_candidate *c = &r->plan->candidate[k];
        const bool loses = row->sub >= 0 && row->sub < c->conditions &&
                           c->condition[row->sub].if_bites == HR_failure_LOSE;
        if (losing && !loses)
            continue;
        const char *late =
            row->value > 0.0 ? hr_page_text(p, " (%s later)", number(p, row->value, "months")) : "";
        list = hr_page_text(p, "%s%s\xe2\x80\x9c%s\xe2\x80\x9d%s", list, list[0] ? ", " : "",
                            hr_replay_condition(p, r, k, row->sub), late);
    }
    return list;
}

static const char *came_forward(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const char *with = conditions(p, r, row->index, false);
    return hr_page_text(p, "%s came forward, to open in %s%s%s.",
                        hr_replay_candidate(p, r, row->index), month_words(p, r->plan, row->value),
                        with[0] ? ". What goes with it: " : "", with);
}

/* Its score, what the policy asks for and the parts of which it is made. */
static const char *scored(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const hr_plan_candidate *c = &r->plan->candidate[row->index];
    double part[HR_N_merit];
    for (int m = 0; m < HR_N_merit; m++)
        part[m] = setting_in(r, c->par->score[m], row->year);
    const double least =
        setting_in(r, r->plan->params->scenario.growth_policy.min_score, row->year);
    return hr_page_text(p, "%s scores %s where the policy asks for %s: %s.",
                        hr_replay_candidate(p, r, row->index),
                        hr_build_rounded(p, row->value, 0.01, NULL),
                        hr_build_rounded(p, least, 0.01, NULL), hr_build_merits(p, part));
}

static const char *joined(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const hr_trace_row *wish =
        hr_replay_find(r, HR_TRACE_EVENT, HR_TE_CAME_FORWARD, row->index, HR_ANY, HR_ANY);
    const double late = wish ? floor(row->value) - floor(wish->value) : 0.0;
    return hr_page_text(
        p, "%s joined in %s%s.", hr_replay_candidate(p, r, row->index),
        month_words(p, r->plan, row->value),
        late > 0.0 ? hr_page_text(p, ", %s later than wished", number(p, late, "months")) : "");
}

static const char *candidate_event(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const char *who = hr_replay_candidate(p, r, row->index);
    switch ((hr_trace_event)row->what) {
    case HR_TE_CAME_FORWARD: return came_forward(p, r, row);
    case HR_TE_ASKED:
        return hr_page_text(p, "%s asked to join, ready in %s.", who,
                            month_words(p, r->plan, row->value));
    case HR_TE_SCORED: return scored(p, r, row);
    case HR_TE_JOINED: return joined(p, r, row);
    case HR_TE_WITHDREW:
        return hr_page_text(p, "%s withdrew in %s.", who, month_words(p, r->plan, row->value));
    case HR_TE_LOST_CONDITION: {
        const char *why = conditions(p, r, row->index, true);
        return hr_page_text(p, "%s does not join after all, for a condition of the join%s%s.", who,
                            why[0] ? ": " : "", why);
    }
    case HR_TE_LOST_WAITING:
        return hr_page_text(p, "%s would not wait any longer and went elsewhere.", who);
    case HR_TE_OFFER_STEP:
        return hr_page_text(p, "The core offer steps up by %s a year with %s.",
                            pounds(p, row->value), inside(p, who));
    default:
        return hr_page_text(
            p, "%s: \xe2\x80\x9c%s\xe2\x80\x9d applies%s.", who,
            hr_replay_condition(p, r, row->index, row->sub),
            row->value > 0.0 ? hr_page_text(p, ", %s later", number(p, row->value, "months")) : "");
    }
}

/* "fell from good to requires improvement", where last year's quality is known. */
static const char *quality_moved(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const hr_trace_row *was =
        hr_replay_find(r, HR_TRACE_STATE, HR_TS_QUALITY, row->index, HR_ANY, row->year - 1);
    const char *who = hr_replay_account(p, r, row->index);
    const char *now = hr_replay_quality(row->value);
    if (!was || hr_replay_quality(was->value) == now)
        return hr_page_text(p, "The quality of %s is now: %s.", inside(p, who), now);
    return hr_page_text(p, "%s %s in quality from %s to %s.", who,
                        row->value > was->value ? "fell" : "rose", hr_replay_quality(was->value),
                        now);
}

static const char *saving(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const char *who = row->index < 0 ? "The centre" : hr_replay_account(p, r, row->index);
    return row->value < 0.0
               ? hr_page_text(p, "%s chose to spend %s of next year's planned surplus.", who,
                              pounds(p, -row->value))
               : hr_page_text(p, "%s found savings of %s for next year.", who,
                              pounds(p, row->value));
}

static const char *advisers_cut(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const hr_trace_row *sum =
        hr_replay_find(r, HR_TRACE_STATE, HR_TS_PROTECTED, row->index, HR_ANY, row->year);
    const char *kept =
        sum && sum->value > 0.0
            ? hr_page_text(p, "; %s is protected for improvement", pounds(p, sum->value))
            : "";
    return hr_page_text(p, "Below its reserves policy, the trust can buy in %s of advisers%s.",
                        number(p, row->value, "days"), kept);
}

static const char *school_event(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const char *who = row->index < 0 ? "The centre" : hr_replay_account(p, r, row->index);
    switch ((hr_trace_event)row->what) {
    case HR_TE_RISK:
        return hr_page_text(p, "Of the risk register, for %s %s%s: %s.",
                            number(p, row->value, "years"),
                            row->sub < 0 ? "across the trust" : "at ",
                            row->sub < 0 ? "" : inside(p, hr_replay_account(p, r, row->sub)),
                            hr_replay_risk(p, r, row->index));
    case HR_TE_HEAD_LEFT: return hr_page_text(p, "The head of %s left.", inside(p, who));
    case HR_TE_QUALITY: return quality_moved(p, r, row);
    case HR_TE_INSPECTED:
        return hr_page_text(p, "%s was inspected: %s.", who, hr_replay_quality(row->value));
    case HR_TE_CLASSES_CLOSED:
        return hr_page_text(p, "%s closed %s.", who, number(p, row->value, "classes"));
    case HR_TE_SAVING: return saving(p, r, row);
    case HR_TE_TRUST_ENDS:
        return hr_page_text(
            p,
            "Another trust absorbs this one at the year end: %s. Nothing after it is "
            "counted.",
            hr_replay_risk(p, r, row->sub));
    case HR_TE_CAPITAL_AWARD:
        return hr_page_text(p, "%s won a bid for %s of capital money.", who, pounds(p, row->value));
    case HR_TE_CENTRE_RECOVERS:
        return hr_page_text(p,
                            "The centre ended the last year below its floor: every school's "
                            "top-slice is %s higher this year.",
                            number(p, row->value, "points"));
    case HR_TE_SCHOOL_RELIEVED:
        return hr_page_text(p,
                            "%s ended the last year below the floor of schools: its top-slice is "
                            "%s lower this year.",
                            who, number(p, row->value, "points"));
    case HR_TE_POSTS_CUT:
        return hr_page_text(p, "Central posts of %s a year are %s.",
                            pounds(p, row->value < 0.0 ? -row->value : row->value),
                            row->value < 0.0 ? "filled again" : "cut");
    case HR_TE_ADVISERS_CUT: return advisers_cut(p, r, row);
    default:
        return row->value > 0.5 ? "Capital money now comes to the trust by formula, without bids."
               : r->plan->capital_posts
                   ? "Capital money now comes by bids, school by school: posts "
                     "that were charged to it fall on the centre."
                   : "Capital money now comes by bids, school by school.";
    }
}

const char *hr_replay_event(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    if (row->kind == HR_TRACE_REFUSED)
        return refusal(p, r, row);
    return row->what <= HR_TE_CONDITION ? candidate_event(p, r, row) : school_event(p, r, row);
}

/* What happens to a school that is not in the trust this year is luck in waiting, and not told.
 * That a candidate asked is told by what came of it, its conditions when it came forward. */
static bool is_told(const hr_trace_row *row, const hr_accounts *a)
{
    if (row->kind != HR_TRACE_EVENT)
        return row->kind == HR_TRACE_REFUSED;
    if (row->what == HR_TE_ASKED || row->what == HR_TE_CONDITION)
        return false;
    if ((row->what == HR_TE_SAVING || row->what == HR_TE_POSTS_CUT) && row->value < 0.5 &&
        row->value > -0.5)
        return false; /* less than a pound */
    const int school = row->what == HR_TE_RISK       ? row->sub
                       : row->what > HR_TE_CONDITION ? row->index
                                                     : -1;
    return school < 0 || (a && a->there[school]);
}

void hr_replay_story(hr_page *p, const hr_replay *r, const hr_accounts *before,
                     const hr_accounts *a, int year)
{
    int told = 0;
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->year != year || !is_told(row, a))
            continue;
        hr_page_item(p, "-", hr_replay_event(p, r, row));
        told++;
    }
    for (int s = 0; before && a && s < r->plan->schools; s++)
        if (before->there[s] && !a->there[s]) {
            hr_page_item(
                p, "-",
                hr_page_text(p, "%s is no longer in the trust.", hr_replay_account(p, r, s)));
            told++;
        }
    if (told == 0)
        hr_page_add(p, HR_BLOCK_WORDS,
                    year < 0 ? "Nobody has come forward to join yet."
                             : "Nothing out of the ordinary happened.");
}
