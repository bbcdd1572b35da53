/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One future played again, and its accounts added up by hand. It must not know how it is told. */
#include "report/replay.h"

#include <stdlib.h>

#include "base/lanes.h"

enum { FIRST_ROOM = 1 << 16, LAST_ROOM = 1 << 26 };

/* Plays with room for `room` rows; the trace says how many did not fit. */
static bool play(hr_replay *r, hr_worker *w, size_t room, hr_trace *trace)
{
    hr_trace_row *row = realloc(r->row, room * sizeof *row);
    if (!row)
        return false;
    r->row = row;
    *trace = (hr_trace){.lane = 0, .row = row, .room = room};
    hr_outcome outcome;
    hr_engine_batch(w, r->seed, r->path, NULL, trace, &outcome);
    r->rows = trace->rows;
    return true;
}

hr_status hr_replay_run(hr_replay *r, const hr_scenario *s, const hr_plan *plan, uint64_t seed,
                        uint64_t path)
{
    *r = (hr_replay){.scenario = s, .plan = plan, .seed = seed, .path = path};
    hr_worker *w = hr_worker_new(plan, NULL, 0, HR_LANES_MIN);
    hr_trace trace = {.dropped = 1};
    hr_status status = w ? HR_OK : HR_NO_MEMORY;
    size_t room = FIRST_ROOM;
    while (status == HR_OK && trace.dropped > 0) {
        if (room > LAST_ROOM || !play(r, w, room, &trace))
            status = HR_NO_MEMORY;
        room = room + trace.dropped + FIRST_ROOM;
    }
    hr_worker_free(w);
    return status;
}

void hr_replay_free(hr_replay *r)
{
    free(r->row);
    *r = (hr_replay){0};
}

static hr_accounts *accounts_new(int accounts, hr_arena *arena)
{
    hr_accounts *a = HR_TAKE(arena, hr_accounts, 1);
    if (!a)
        return NULL;
    a->accounts = accounts;
    a->opening = HR_TAKE(arena, double, accounts);
    a->closing = HR_TAKE(arena, double, accounts);
    a->posted = HR_TAKE(arena, double, HR_LINES *accounts);
    a->there = HR_TAKE(arena, bool, accounts);
    return a->opening && a->closing && a->posted && a->there ? a : NULL;
}

hr_accounts *hr_replay_accounts(const hr_replay *r, int t, const hr_accounts *before,
                                hr_arena *arena)
{
    const int centre = r->plan->schools;
    hr_accounts *a = accounts_new(centre + 1, arena);
    for (int i = 0; a && before && i <= centre; i++)
        a->opening[i] = before->there[i] ? before->closing[i] : 0.0;
    for (size_t i = 0; a && i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        const int account = row->index < 0 ? centre : row->index;
        if (row->kind == HR_TRACE_STATE && row->what == HR_TS_OPENING_BALANCE && row->year < 0 &&
            !before)
            a->opening[account] = row->value;
        if (row->year != t)
            continue;
        if (row->kind == HR_TRACE_POST)
            a->posted[row->what * a->accounts + account] += row->value;
        if (row->kind == HR_TRACE_STATE && row->what == HR_TS_CLOSING_BALANCE) {
            a->closing[account] = row->value;
            a->there[account] = true;
        }
    }
    return a;
}

bool hr_accounts_add_up(const hr_accounts *a, int account)
{
    double sum = a->opening[account];
    for (int l = 0; l < HR_LINES; l++)
        sum += a->posted[l * a->accounts + account];
    return sum == a->closing[account]; /* exactly: pounds are whole */
}
