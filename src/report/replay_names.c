/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of what stands in a trace: whose luck, which event, in words. */
#include "report/replay.h"

#include "report/build.h"
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

const char *hr_replay_candidate(hr_page *p, const hr_replay *r, int k)
{
    return candidate_name(p, r->plan, k);
}

const char *hr_replay_account(hr_page *p, const hr_replay *r, int account)
{
    return account >= r->plan->schools ? "Centre" : school_name(p, r->plan, account);
}

/* The name of a row of a register, or its id; "" past its end. */
static const char *row_name(const hr_params *params, hr_text name, hr_text id)
{
    const char *text = hr_params_text(params, name);
    return text[0] ? text : hr_params_text(params, id);
}

const char *hr_replay_risk(hr_page *p, const hr_replay *r, int risk)
{
    const hr_params *params = r->plan->params;
    const hr_span span = params->scenario.risks;
    if (risk < 0 || (uint32_t)risk >= span.count)
        return "a risk";
    const hr_params_risk *row = HR_SPAN(params, span, hr_params_risk) + risk;
    return hr_page_clean(p, row_name(params, row->name, row->id));
}

const char *hr_replay_condition(hr_page *p, const hr_replay *r, int k, int condition)
{
    const hr_params *params = r->plan->params;
    const hr_span span = r->plan->candidate[k].par->conditions;
    if (condition < 0 || (uint32_t)condition >= span.count)
        return "a condition";
    const hr_params_condition *row = HR_SPAN(params, span, hr_params_condition) + condition;
    return hr_page_clean(p, row_name(params, row->name, row->id));
}

/* Place of an entity among `count`, or -1. */
static int place(const uint32_t *entity, int count, uint32_t wanted)
{
    for (int i = 0; entity && i < count; i++)
        if (entity[i] == wanted)
            return i;
    return -1;
}

bool hr_replay_place(const hr_plan *plan, const hr_trace_row *row, int *index, int *sub)
{
    const uint32_t entity = row->entity;
    const int wide = plan->schools + 1;
    *index = *sub = -1;
    switch (hr_driver_describe(row->what)->scope) {
    case HR_SCOPE_TRUST: return true;
    case HR_SCOPE_AREA: *index = place(plan->area_entity, plan->areas, entity); break;
    case HR_SCOPE_PIPELINE: *index = place(plan->pipeline_entity, plan->pipelines, entity); break;
    case HR_SCOPE_POST: *index = place(plan->post_entity, plan->posts, entity); break;
    case HR_SCOPE_SCHOOL:
        for (int s = 0; s < plan->schools && *index < 0; s++)
            *index = plan->school[s].entity == entity ? s : -1;
        break;
    case HR_SCOPE_CANDIDATE:
        for (int k = 0; k < plan->candidates && *index < 0; k++)
            *index = plan->candidate[k].entity == entity ? k : -1;
        break;
    case HR_SCOPE_CONDITION:
        for (int k = 0; k < plan->candidates && *index < 0; k++) {
            const hr_plan_candidate *c = &plan->candidate[k];
            *sub = place(c->condition_entity, c->conditions, entity);
            *index = *sub < 0 ? -1 : k;
        }
        break;
    case HR_SCOPE_RISK: {
        const int at = place(plan->risk_entity, plan->risks * wide, entity);
        *index = at < 0 ? -1 : at / wide;
        *sub = at < 0 || at % wide == plan->schools ? -1 : at % wide;
        break;
    }
    case HR_SCOPE_ASSUMPTION:
        for (int i = 1; i < plan->slots && *index < 0; i++)
            *index = plan->slot[i].entity == entity ? i : -1;
        break;
    }
    return *index >= 0;
}

const char *hr_replay_whose(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    const hr_plan *plan = r->plan;
    const hr_params *params = plan->params;
    int i, sub;
    if (!hr_replay_place(plan, row, &i, &sub))
        return "";
    switch (hr_driver_describe(row->what)->scope) {
    case HR_SCOPE_TRUST: return "the trust";
    case HR_SCOPE_SCHOOL: return school_name(p, plan, i);
    case HR_SCOPE_CANDIDATE: return candidate_name(p, plan, i);
    case HR_SCOPE_CONDITION:
        return hr_page_text(p, "%s, %s", candidate_name(p, plan, i),
                            hr_replay_condition(p, r, i, sub));
    case HR_SCOPE_RISK:
        return hr_page_text(p, "%s, %s", hr_replay_risk(p, r, i), school_name(p, plan, sub));
    case HR_SCOPE_AREA: return hr_page_name(p, hr_params_text(params, plan->area[i].id));
    case HR_SCOPE_PIPELINE: return hr_page_name(p, hr_params_text(params, plan->pipeline[i].id));
    case HR_SCOPE_POST:
        return hr_page_name(p, row_name(params, plan->post[i].name, plan->post[i].id));
    case HR_SCOPE_ASSUMPTION: return hr_replay_setting(r, i, NULL);
    }
    return "";
}

/* Are two keys the same but for digits? Slots of the pipeline share what is said of the first. */
static bool same_but_digits(const char *a, const char *b)
{
    while (*a && *b) {
        const bool digits = *a >= '0' && *a <= '9' && *b >= '0' && *b <= '9';
        if (*a != *b && !digits)
            return false;
        a++;
        b++;
    }
    return *a == *b;
}

const char *hr_replay_setting(const hr_replay *r, int slot, const char **unit)
{
    const hr_params *params = r->plan->params;
    const char *key = hr_params_text(params, hr_params_quantity(params, (hr_real)slot)->key);
    for (int i = 0; unit && i < r->scenario->assumptions; i++) {
        const hr_assumption *a = &r->scenario->assumption[i];
        if (a->quantity == (uint32_t)slot || same_but_digits(a->key, key)) {
            *unit = a->unit;
            break;
        }
    }
    return key;
}

const char *hr_replay_service(const hr_replay *r, int service)
{
    const hr_params *params = r->plan->params;
    const hr_span span = params->scenario.centre.services;
    const hr_params_service *row = HR_SPAN(params, span, hr_params_service);
    return service < 0 || (uint32_t)service >= span.count ? ""
                                                          : hr_params_text(params, row[service].id);
}

const char *hr_replay_state(int state)
{
    static const char *const keys[HR_TRACE_STATES] = {
        "opening_balance", "closing_balance",  "census",        "nursery",   "group",
        "sixth",           "quality",          "grade",         "classes",   "teachers",
        "share_of_year",   "need_days",        "met_share",     "lent_days", "gap",
        "index",           "full_year_income", "topslice_rate", "span",      "customers",
        "protected",       "entry_index"};
    return keys[state];
}

const char *hr_replay_event_key(int event)
{
    static const char *const keys[HR_TRACE_EVENTS] = {
        "came_forward",   "asked",         "scored",          "joined",          "withdrew",
        "lost_condition", "lost_waiting",  "offer_step",      "condition",       "risk",
        "head_left",      "quality",       "inspected",       "classes_closed",  "saving",
        "capital_award",  "capital_route", "centre_recovers", "school_relieved", "trust_ends",
        "posts_cut",      "advisers_cut"};
    return keys[event];
}

const char *hr_replay_topic(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    int index, sub;
    if (!hr_replay_place(r->plan, row, &index, &sub))
        return "";
    switch (hr_driver_describe(row->what)->scope) {
    case HR_SCOPE_RISK: return hr_replay_risk(p, r, index);
    case HR_SCOPE_CONDITION: return hr_replay_condition(p, r, index, sub);
    default: return hr_replay_whose(p, r, row);
    }
}
