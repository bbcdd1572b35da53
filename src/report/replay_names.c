/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of what stands in a trace: whose luck, which event, in words. */
#include "report/replay.h"

#include "model/choices.h"
#include "report/build.h"
#include "report/format.h"
#include "stoch/draws.h"

static const char *school_name(hr_page *p, const hr_plan *plan, int school)
{
    return school < 0 || school >= plan->schools ? "the trust"
                                                 : hr_page_name(p, plan->school[school].name);
}

static const char *candidate_name(hr_page *p, const hr_plan *plan, int k)
{
    return k < 0 || k >= plan->candidates ? "a candidate"
                                          : hr_page_name(p, plan->candidate[k].name);
}

const char *hr_replay_account(hr_page *p, const hr_replay *r, int account)
{
    return account >= r->plan->schools ? "Centre" : school_name(p, r->plan, account);
}

static const char *risk_name(hr_page *p, const hr_plan *plan, int risk)
{
    const hr_span span = plan->params->scenario.risks;
    if (risk < 0 || (uint32_t)risk >= span.count)
        return "a risk";
    const hr_params_risk *row = HR_SPAN(plan->params, span, hr_params_risk) + risk;
    const char *name = hr_params_text(plan->params, row->name);
    return hr_page_name(p, name[0] ? name : hr_params_text(plan->params, row->id));
}

static const char *condition_name(hr_page *p, const hr_plan *plan, int k, int condition)
{
    const hr_span span = plan->candidate[k].par->conditions;
    if (condition < 0 || (uint32_t)condition >= span.count)
        return "a condition";
    const hr_params_condition *row = HR_SPAN(plan->params, span, hr_params_condition) + condition;
    const char *name = hr_params_text(plan->params, row->name);
    return hr_page_name(p, name[0] ? name : hr_params_text(plan->params, row->id));
}

/* Place of an entity among `count`, or -1. */
static int place(const uint32_t *entity, int count, uint32_t wanted)
{
    for (int i = 0; entity && i < count; i++)
        if (entity[i] == wanted)
            return i;
    return -1;
}

static const char *post_name(hr_page *p, const hr_plan *plan, int post)
{
    const hr_span span = plan->params->scenario.centre.posts;
    if (post < 0 || (uint32_t)post >= span.count)
        return "";
    const hr_params_post *row = HR_SPAN(plan->params, span, hr_params_post) + post;
    const char *name = hr_params_text(plan->params, row->name);
    return hr_page_name(p, name[0] ? name : hr_params_text(plan->params, row->id));
}

static const char *area_or_row(hr_page *p, const hr_plan *plan, hr_scope scope, uint32_t entity)
{
    if (scope == HR_SCOPE_AREA) {
        const hr_params_area *row =
            HR_SPAN(plan->params, plan->params->scenario.areas, hr_params_area);
        const int at = place(plan->area_entity, plan->areas, entity);
        return at < 0 || !row ? "" : hr_page_name(p, hr_params_text(plan->params, row[at].id));
    }
    const hr_span span = plan->params->scenario.pipeline;
    const hr_params_pipeline *row = HR_SPAN(plan->params, span, hr_params_pipeline);
    const int at = place(plan->pipeline_entity, (int)span.count, entity);
    return at < 0 ? "" : hr_page_name(p, hr_params_text(plan->params, row[at].id));
}

static const char *risk_and_school(hr_page *p, const hr_plan *plan, uint32_t entity)
{
    const int wide = plan->schools + 1;
    const int at = place(plan->risk_entity, (int)plan->params->scenario.risks.count * wide, entity);
    return at < 0 ? ""
                  : hr_page_text(p, "%s, %s", risk_name(p, plan, at / wide),
                                 school_name(p, plan, at % wide == plan->schools ? -1 : at % wide));
}

static const char *candidate_by_entity(hr_page *p, const hr_plan *plan, hr_scope scope,
                                       uint32_t entity)
{
    for (int k = 0; k < plan->candidates; k++) {
        const hr_plan_candidate *c = &plan->candidate[k];
        if (scope == HR_SCOPE_CANDIDATE && c->entity == entity)
            return candidate_name(p, plan, k);
        const int at = place(c->condition_entity, (int)c->par->conditions.count, entity);
        if (scope == HR_SCOPE_CONDITION && at >= 0)
            return hr_page_text(p, "%s, %s", candidate_name(p, plan, k),
                                condition_name(p, plan, k, at));
    }
    return "";
}

const char *hr_replay_whose(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const hr_plan *plan = r->plan;
    const hr_scope scope = hr_driver_describe(row->what)->scope;
    switch (scope) {
    case HR_SCOPE_TRUST: return "the trust";
    case HR_SCOPE_SCHOOL:
        for (int s = 0; s < plan->schools; s++)
            if (plan->school[s].entity == row->entity)
                return school_name(p, plan, s);
        return "";
    case HR_SCOPE_CANDIDATE:
    case HR_SCOPE_CONDITION: return candidate_by_entity(p, plan, scope, row->entity);
    case HR_SCOPE_RISK: return risk_and_school(p, plan, row->entity);
    case HR_SCOPE_AREA:
    case HR_SCOPE_PIPELINE: return area_or_row(p, plan, scope, row->entity);
    case HR_SCOPE_POST:
        return post_name(
            p, plan,
            place(plan->post_entity, (int)plan->params->scenario.centre.posts.count, row->entity));
    case HR_SCOPE_ASSUMPTION:
        for (int i = 1; i < plan->slots; i++)
            if (plan->slot[i].entity == row->entity)
                return hr_replay_setting(r, i, NULL);
        return "";
    }
    return "";
}

const char *hr_replay_setting(const hr_replay *r, int slot, const char **unit)
{
    const hr_params *params = r->plan->params;
    for (int i = 0; unit && i < r->scenario->assumptions; i++)
        if (r->scenario->assumption[i].quantity == (uint32_t)slot)
            *unit = r->scenario->assumption[i].unit;
    return hr_params_text(params, hr_params_quantity(params, (hr_real)slot)->key);
}

/* Months after 1 September of the start as a date: "2019-09". */
static const char *month_words(hr_page *p, const hr_plan *plan, double months)
{
    const int month = plan->start_year * 12 + 8 + (int)months;
    return hr_page_text(p, "%04d-%02d", month / 12, month % 12 + 1);
}

static const char *number(hr_page *p, double value, const char *unit)
{
    return hr_build_value(p, hr_exactly(value), unit);
}

static const char *grade_words(double value)
{
    static const char *const words[] = {"outstanding", "good", "requires improvement",
                                        "inadequate"};
    return value >= 0.0 && value < 3.5 ? words[(int)(value + 0.5)] : "not known";
}

static const char *refusal(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    static const char *const unit[HR_POLICIES] = {
        [HR_P_PACE] = "schools", [HR_P_SCHOOLS] = "schools", [HR_P_PUPILS] = "pupils",
        [HR_P_DISTANCE] = "km",  [HR_P_SCORE] = "",          [HR_P_WEAK_SCHOOLS] = "schools",
        [HR_P_RESERVES] = "%",   [HR_P_CAPACITY] = "%",      [HR_P_ONBOARDING] = "%"};
    return hr_page_text(p, "%s asked to join and was refused: %s (%s).",
                        candidate_name(p, r->plan, row->index), HR_POLICY_ROWS[row->what].reason,
                        number(p, row->value, unit[row->what] ? unit[row->what] : ""));
}

static const char *candidate_event(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const char *who = candidate_name(p, r->plan, row->index);
    switch ((hr_trace_event)row->what) {
    case HR_TE_CAME_FORWARD:
        return hr_page_text(p, "%s came forward, to open in %s.", who,
                            month_words(p, r->plan, row->value));
    case HR_TE_ASKED:
        return hr_page_text(p, "%s asked to join, ready in %s.", who,
                            month_words(p, r->plan, row->value));
    case HR_TE_JOINED:
        return hr_page_text(p, "%s joined in %s.", who, month_words(p, r->plan, row->value));
    case HR_TE_WITHDREW: return hr_page_text(p, "%s withdrew.", who);
    case HR_TE_LOST_CONDITION:
        return hr_page_text(p, "%s was lost to a condition of the join.", who);
    case HR_TE_LOST_WAITING:
        return hr_page_text(p, "%s was refused too long and went elsewhere.", who);
    default:
        return hr_page_text(
            p, "%s: \xe2\x80\x9c%s\xe2\x80\x9d comes to pass%s.", who,
            condition_name(p, r->plan, row->index, row->sub),
            row->value > 0.0 ? hr_page_text(p, ", %s late", number(p, row->value, "months")) : "");
    }
}

static const char *school_event(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const char *who = school_name(p, r->plan, row->index);
    switch ((hr_trace_event)row->what) {
    case HR_TE_RISK:
        return hr_page_text(p, "Risk: %s, at %s, for %s.", risk_name(p, r->plan, row->index),
                            school_name(p, r->plan, row->sub),
                            number(p, row->value, row->value == 1.0 ? "year" : "years"));
    case HR_TE_HEAD_LEFT: return hr_page_text(p, "The head of %s left.", who);
    case HR_TE_QUALITY:
        return hr_page_text(p, "Quality of %s is now: %s.", who, grade_words(row->value));
    case HR_TE_INSPECTED:
        return hr_page_text(p, "%s was inspected: %s.", who, grade_words(row->value));
    case HR_TE_CLASSES_CLOSED:
        return hr_page_text(p, "%s closed %s.", who,
                            number(p, row->value, row->value == 1.0 ? "class" : "classes"));
    case HR_TE_SAVING:
        return hr_page_text(p, "%s found savings of %s for next year.", who,
                            number(p, row->value, "GBP"));
    case HR_TE_CAPITAL_AWARD:
        return hr_page_text(p, "%s won a capital award of %s.", who, number(p, row->value, "GBP"));
    default:
        return row->value > 0.5 ? "Capital money now comes by formula."
                                : "Capital money now comes by bids.";
    }
}

const char *hr_replay_event(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    if (row->kind == HR_TRACE_REFUSED)
        return refusal(p, r, row);
    return row->what <= HR_TE_CONDITION ? candidate_event(p, r, row) : school_event(p, r, row);
}

const char *hr_replay_state(int state)
{
    static const char *const keys[HR_TRACE_STATES] = {
        "opening_balance", "closing_balance", "census",          "nursery",   "group",
        "sixth",           "quality",         "grade",           "classes",   "teachers",
        "share_of_year",   "need_days",       "met_share",       "lent_days", "gap",
        "saved",           "index",           "full_year_income"};
    return keys[state];
}
