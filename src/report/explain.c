/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `explain`: one future as a document, and the call that plays and tells it. */
#include <inttypes.h>
#include <stdio.h>

#include "headroom/report.h"
#include "report/build.h"
#include "report/replay.h"
#include "stoch/draws.h"

/* Key and name of an account: a school's, or the centre's (null). */
static void put_account(hr_json *j, json_t *object, hr_page *p, const hr_replay *r, int school)
{
    const bool centre = school < 0 || school >= r->plan->schools;
    hr_json_put(j, object, "account",
                centre ? json_null() : hr_json_text(j, r->plan->school[school].id));
    hr_json_put(j, object, "name",
                hr_json_text(j, hr_replay_account(p, r, centre ? r->plan->schools : school)));
}

static void put_draw(hr_json *j, json_t *object, hr_page *p, const hr_replay *r,
                     const hr_trace_row *row)
{
    const hr_driver_row *driver = hr_driver_describe(row->what);
    hr_json_put(j, object, "driver", json_string(driver->key));
    hr_json_put(j, object, "meaning", json_string(driver->meaning));
    hr_json_put(j, object, "whose", hr_json_text(j, hr_replay_whose(p, r, row)));
    hr_json_put(j, object, "entity", json_integer((json_int_t)row->entity));
    hr_json_put(j, object, "calendar_year",
                row->calendar_year ? json_integer((json_int_t)row->calendar_year) : json_null());
    hr_json_put(j, object, "family",
                json_string(driver->family == HR_FAMILY_NORMAL ? "normal" : "uniform"));
}

static void put_event(hr_json *j, json_t *object, hr_page *p, const hr_replay *r,
                      const hr_trace_row *row)
{
    const bool refused = row->kind == HR_TRACE_REFUSED;
    const bool of_candidate = refused || row->what <= HR_TE_CONDITION;
    const int school = row->what == HR_TE_RISK ? row->sub : row->index;
    if (refused)
        hr_json_put(j, object, "policy", json_string(HR_POLICY_ROWS[row->what].key));
    else
        hr_json_put(j, object, "event", json_string(hr_replay_event_key(row->what)));
    if (of_candidate) {
        hr_json_put(j, object, "candidate", hr_json_text(j, r->plan->candidate[row->index].id));
        hr_json_put(j, object, "name", hr_json_text(j, hr_replay_candidate(p, r, row->index)));
    } else {
        put_account(j, object, p, r, school);
    }
    if (!refused && row->what == HR_TE_CONDITION)
        hr_json_put(j, object, "condition",
                    hr_json_text(j, hr_replay_condition(p, r, row->index, row->sub)));
    if (!refused && (row->what == HR_TE_RISK || row->what == HR_TE_TRUST_ENDS)) {
        const int risk = row->what == HR_TE_RISK ? row->index : row->sub;
        hr_json_put(j, object, "risk", hr_json_text(j, hr_replay_risk(p, r, risk)));
    }
    if (refused)
        hr_json_put(j, object, "limit", hr_json_real(hr_replay_limit(r, row)));
    hr_json_put(j, object, "words", hr_json_text(j, hr_replay_event(p, r, row)));
}

/* A state is a school's, the centre's, or with `sub` one of several: a year group, an index, a
 * service sold. */
static void put_state(hr_json *j, json_t *object, hr_page *p, const hr_replay *r,
                      const hr_trace_row *row)
{
    static const char *const index[HR_GROWTHS] = {"none",        "grant",  "teacher_pay",
                                                  "support_pay", "prices", "energy"};
    const bool is_index = row->what == HR_TS_INDEX;
    hr_json_put(j, object, "state", json_string(hr_replay_state(row->what)));
    if (is_index)
        hr_json_put(j, object, "of", json_string(index[row->index]));
    else
        put_account(j, object, p, r, row->index);
    if (row->what == HR_TS_CUSTOMERS)
        hr_json_put(j, object, "service", hr_json_text(j, hr_replay_service(r, row->sub)));
    else if (row->sub >= 0)
        hr_json_put(j, object, "group", json_integer(row->sub));
}

static void put_row(hr_json *j, json_t *object, hr_page *p, const hr_replay *r,
                    const hr_trace_row *row)
{
    const char *unit = NULL;
    switch ((hr_trace_kind)row->kind) {
    case HR_TRACE_DRAW: put_draw(j, object, p, r, row); break;
    case HR_TRACE_SETTING:
        hr_json_put(j, object, "key", hr_json_text(j, hr_replay_setting(r, row->what, &unit)));
        hr_json_put(j, object, "unit", hr_json_text(j, unit));
        break;
    case HR_TRACE_POST:
        hr_json_put(j, object, "line", json_string(HR_LINE_ROWS[row->what].key));
        hr_json_put(j, object, "label", json_string(HR_LINE_ROWS[row->what].label));
        put_account(j, object, p, r, row->index);
        break;
    case HR_TRACE_STATE: put_state(j, object, p, r, row); break;
    case HR_TRACE_METRIC:
        hr_json_put(j, object, "metric", json_string(HR_METRIC_ROWS[row->what].key));
        hr_json_put(j, object, "label", json_string(HR_METRIC_ROWS[row->what].label));
        hr_json_put(j, object, "unit", json_string(HR_METRIC_ROWS[row->what].unit));
        break;
    case HR_TRACE_REFUSED:
    case HR_TRACE_EVENT: put_event(j, object, p, r, row); break;
    }
    hr_json_put(j, object, "value", hr_json_real(row->value));
}

/* Every row of one kind in one year, in the order in which it happened. */
static json_t *rows_of(hr_json *j, hr_page *p, const hr_replay *r, int year, hr_trace_kind kind)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->year != year || row->kind != (int)kind)
            continue;
        json_t *object = json_object();
        put_row(j, object, p, r, row);
        hr_json_append(j, rows, object);
    }
    return rows;
}

static json_t *account(hr_json *j, hr_page *p, const hr_replay *r, const hr_accounts *a, int i)
{
    json_t *object = json_object(), *lines = json_object();
    hr_json_put(j, object, "id",
                i < r->plan->schools ? hr_json_text(j, r->plan->school[i].id) : json_null());
    hr_json_put(j, object, "name", hr_json_text(j, hr_replay_account(p, r, i)));
    hr_json_put(j, object, "brought_forward", hr_json_real(a->opening[i]));
    for (int l = 0; l < HR_LINES; l++) {
        const double posted = a->posted[l * a->accounts + i];
        if (posted != 0.0)
            hr_json_put(j, lines, HR_LINE_ROWS[l].key, hr_json_real(posted));
    }
    hr_json_put(j, object, "lines", lines);
    hr_json_put(j, object, "carried_forward", hr_json_real(a->closing[i]));
    hr_json_put(j, object, "adds_up", json_boolean(hr_accounts_add_up(a, i)));
    return object;
}

static json_t *one_year(hr_json *j, hr_page *p, const hr_replay *r, int t, const hr_accounts *a)
{
    json_t *year = json_object(), *accounts = json_array();
    hr_json_put(j, year, "year",
                t < 0 ? json_null() : json_string(hr_build_year(p, r->plan->start_year + t)));
    hr_json_put(j, year, "events", rows_of(j, p, r, t, HR_TRACE_EVENT));
    hr_json_put(j, year, "refusals", rows_of(j, p, r, t, HR_TRACE_REFUSED));
    for (int i = 0; a && i < a->accounts; i++)
        if (a->there[i])
            hr_json_append(j, accounts, account(j, p, r, a, i));
    hr_json_put(j, year, "accounts", accounts);
    hr_json_put(j, year, "postings", rows_of(j, p, r, t, HR_TRACE_POST));
    hr_json_put(j, year, "states", rows_of(j, p, r, t, HR_TRACE_STATE));
    hr_json_put(j, year, "metrics", rows_of(j, p, r, t, HR_TRACE_METRIC));
    hr_json_put(j, year, "settings", rows_of(j, p, r, t, HR_TRACE_SETTING));
    hr_json_put(j, year, "draws", rows_of(j, p, r, t, HR_TRACE_DRAW));
    return year;
}

static void put_head(hr_json *j, json_t *root, const hr_replay *r)
{
    char seed[24], path[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, r->seed);
    (void)snprintf(path, sizeof path, "%" PRIu64, r->path);
    hr_json_put(j, root, "format", json_integer(1));
    hr_json_put(j, root, "version", json_string(HEADROOM_VERSION));
    hr_json_put(j, root, "command", json_string("explain"));
    hr_json_put(j, root, "scenario", hr_json_text(j, r->scenario->name));
    hr_json_put(j, root, "seed", json_string(seed));
    hr_json_put(j, root, "path", json_string(path));
}

char *hr_replay_json(const hr_replay *r)
{
    hr_page *p = hr_page_new();
    if (!p)
        return NULL;
    hr_json j = {.arena = p->arena};
    json_t *root = json_object(), *years = json_array();
    put_head(&j, root, r);
    hr_json_append(&j, years, one_year(&j, p, r, -1, NULL));
    const hr_accounts *before = NULL;
    for (int t = 0; t < r->plan->years; t++) {
        const hr_accounts *a = hr_replay_accounts(r, t, before, p->arena);
        j.failed = j.failed || !a;
        hr_json_append(&j, years, one_year(&j, p, r, t, a));
        before = a;
    }
    hr_json_put(&j, root, "years", years);
    j.failed = j.failed || p->failed;
    char *text = hr_json_finish(&j, root);
    hr_page_free(p);
    return text;
}

static char *as_text(const hr_replay *r)
{
    hr_page *p = hr_page_new();
    if (!p)
        return NULL;
    hr_replay_page(p, r);
    char *text = hr_page_as_text(p);
    hr_page_free(p);
    return text;
}

hr_status hr_report_explain(const hr_scenario *s, uint64_t seed, uint64_t path, bool json,
                            char **text, hr_diags *diags)
{
    const char *why = NULL;
    hr_replay r = {0};
    *text = NULL;
    hr_arena *arena = hr_arena_new();
    const hr_plan *plan = arena ? hr_plan_new(s->params, arena, &why) : NULL;
    hr_status status = plan  ? hr_replay_run(&r, s, plan, seed, path)
                       : why ? HR_INVALID
                             : HR_NO_MEMORY;
    if (status == HR_OK) {
        *text = json ? hr_replay_json(&r) : as_text(&r);
        status = *text ? HR_OK : HR_NO_MEMORY;
    }
    if (status != HR_OK)
        hr_diags_add(diags, HR_ERROR, NULL, 0, why ? why : hr_status_words(status), NULL);
    hr_replay_free(&r);
    hr_arena_free(arena);
    return status;
}
