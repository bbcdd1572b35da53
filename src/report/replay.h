/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One future played again with a trace, and the names of what stands in it. */
#ifndef HR_REPORT_REPLAY_H
#define HR_REPORT_REPLAY_H

#include "config/scenario.h"
#include "domain/plan.h"
#include "domain/trace.h"
#include "engine/engine.h"
#include "report/json.h"
#include "report/page.h"

typedef struct {
    const hr_scenario *scenario;
    const hr_plan *plan;
    uint64_t seed, path;
    hr_trace_row *row;
    size_t rows;
} hr_replay;

/* Plays the future; rows are the caller's to free with hr_replay_free. */
hr_status hr_replay_run(hr_replay *r, const hr_scenario *s, const hr_plan *plan, uint64_t seed,
                        uint64_t path);
void hr_replay_free(hr_replay *r);

/* The accounts of a year: a school's by its index, the centre's last. Whole pounds. */
typedef struct {
    int accounts;              /* schools + 1 */
    double *opening, *closing; /* [accounts] */
    double *posted;            /* [HR_LINES][accounts] */
    bool *there;               /* [accounts] it is in the trust this year */
} hr_accounts;

/* The accounts of year `t`; `before` are those of the year before, NULL in the first. In the arena;
 * NULL when memory is short. */
hr_accounts *hr_replay_accounts(const hr_replay *r, int t, const hr_accounts *before,
                                hr_arena *arena);
/* Do brought forward and lines make what is carried forward, to the pound? */
bool hr_accounts_add_up(const hr_accounts *a, int account);

/* Names, clean, in the page's memory. */
const char *hr_replay_account(hr_page *p, const hr_replay *r, int account);
const char *hr_replay_candidate(hr_page *p, const hr_replay *r, int k);
const char *hr_replay_risk(hr_page *p, const hr_replay *r, int risk);
const char *hr_replay_condition(hr_page *p, const hr_replay *r, int k, int condition);
const char *hr_replay_whose(hr_page *p, const hr_replay *r,
                            const hr_trace_row *row); /* of a draw */
/* What a draw is about: the risk, the condition; of others, whose it is. */
const char *hr_replay_topic(hr_page *p, const hr_replay *r, const hr_trace_row *row);
const char *hr_replay_quality(double value);                    /* "requires improvement" */
const char *hr_replay_service(const hr_replay *r, int service); /* id of a service sold */
const char *hr_replay_state(int state);                         /* key of an hr_trace_state */
const char *hr_replay_event_key(int event);                     /* key of an hr_trace_event */
const char *hr_replay_setting(const hr_replay *r, int slot, const char **unit);

enum { HR_ANY = -2 };
/* The last row of this kind; `sub` and `year` may be HR_ANY. NULL when there is none. */
const hr_trace_row *hr_replay_find(const hr_replay *r, hr_trace_kind kind, int what, int index,
                                   int sub, int year);
/* Whose luck a draw is, by the scope of its driver: the index of the school, candidate, risk, area,
 * post, row of the pipeline or setting; `sub` is a candidate's condition or a risk's school. -1 is
 * the trust, or none. False when nothing in the plan has the draw's entity. */
bool hr_replay_place(const hr_plan *plan, const hr_trace_row *row, int *index, int *sub);
/* A candidate of the pipeline that never came forward is no part of this future. */
bool hr_replay_came_forward(const hr_replay *r, int k);

/* One EVENT or REFUSED in words, and what the policy allows that refused (NaN: no figure). */
const char *hr_replay_event(hr_page *p, const hr_replay *r, const hr_trace_row *row);
double hr_replay_limit(const hr_replay *r, const hr_trace_row *row);

/* Adds to a page: what happened in a year (`before` and `a` are the accounts of the year before and
 * of this one, NULL before the first), and everything that luck decided. */
void hr_replay_story(hr_page *p, const hr_replay *r, const hr_accounts *before,
                     const hr_accounts *a, int year);
void hr_replay_luck(hr_page *p, const hr_replay *r);

/* The replay as a page, and as a document. */
void hr_replay_page(hr_page *p, const hr_replay *r);
char *hr_replay_json(const hr_replay *r);

#endif
