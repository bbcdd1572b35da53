/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trust on the engine, for tests. It must not know which mechanism is under test. */
#include "support/trust.h"

#include <stdio.h>
#include <unistd.h>

#include "base/lanes.h"
#include "domain/ledger.h"
#include "domain/steps.h"
#include "engine/year.h"
#include "support/config_case.h"
#include "support/near.h"

enum { TRACE_ROOM = 60000 };

static void write_overlay(char *path, size_t bytes, const char *text)
{
    const char *where = getenv("TMPDIR");
    snprintf(path, bytes, "%s/headroom-trust-XXXXXX", where != NULL ? where : "/tmp");
    const int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (int)strlen(text));
    close(file);
}

/* An overlay of what is refused stays, for its errors to be looked up in. */
static hr_scenario *load(const char *path, const char *const change[])
{
    hr_change list[TRUST_CHANGES];
    char overlay[TRUST_CHANGES][400];
    size_t count = 0;
    for (; change[count] != NULL; count++) {
        assert_true(count < TRUST_CHANGES);
        const char *text = change[count];
        overlay[count][0] = '\0';
        if (text[strlen(text) - 1] == ';')
            write_overlay(overlay[count], sizeof overlay[count], text);
        list[count] = overlay[count][0] != '\0' ? (hr_change){HR_CHANGE_WITH, overlay[count]}
                                                : (hr_change){HR_CHANGE_SET, text};
    }
    hr_scenario *scenario = load_sound(path, list, count);
    for (size_t i = 0; i < count; i++)
        if (overlay[i][0] != '\0')
            unlink(overlay[i]);
    return scenario;
}

trust *trust_new(const char *path, int lanes, const char *const change[])
{
    trust *t = calloc(1, sizeof *t);
    assert_non_null(t);
    t->scenario = load(path, change);
    t->arena = hr_arena_new();
    const char *why = NULL;
    t->plan = hr_plan_new(t->scenario->params, t->arena, &why);
    if (t->plan == NULL)
        fail_msg("no plan: %s", why ? why : "memory is short");
    t->worker = hr_worker_new(t->plan, NULL, 0, lanes);
    assert_non_null(t->worker);
    hr_worker_verify(t->worker);
    t->batch = hr_engine_batch;
    t->lanes = lanes;
    t->years = t->plan->years;
    return t;
}

void trust_free(trust *t)
{
    hr_worker_free(t->worker);
    hr_arena_free(t->arena);
    hr_scenario_free(t->scenario);
    free(t->trace.row);
    free(t);
}

static void run(trust *t, uint64_t first_path, hr_trace *trace)
{
    t->batch(t->worker, TRUST_SEED, first_path, NULL, trace, &t->out);
    if (hr_worker_fault(t->worker) != NULL)
        fail_msg("%s", hr_worker_fault(t->worker));
}

void trust_run(trust *t, uint64_t first_path) { run(t, first_path, NULL); }

void trust_run_traced(trust *t, uint64_t first_path, int lane)
{
    if (t->trace.row == NULL) {
        t->trace.row = malloc(TRACE_ROOM * sizeof *t->trace.row);
        assert_non_null(t->trace.row);
        t->trace.room = TRACE_ROOM;
    }
    t->trace.lane = lane;
    run(t, first_path, &t->trace);
    assert_int_equal(t->trace.dropped, 0);
}

/* As the engine opens and runs its paths, one year at a time. */
hr_batch *trust_open(trust *t, uint64_t first_path)
{
    hr_batch *b = &t->state;
    assert_true(hr_batch_lay_out(b, t->plan, t->lanes, t->arena));
    b->luck = (hr_luck){.seed = TRUST_SEED, .first_path = first_path, .lanes = t->lanes};
    b->year = t->plan->start_year;
    hr_fill(b->depth, HR_UNKNOWN, HR_RISKS * t->lanes);
    hr_settings_open(b);
    hr_settings_plain(b);
    hr_world_open(b);
    hr_settings_growing(b);
    hr_open_schools(b);
    hr_open_joining(b);
    hr_open_trust(b);
    return b;
}

void trust_year(hr_batch *b, int year)
{
    b->t = year;
    b->year = b->plan->start_year + year;
    hr_ledger_open_year(b);
    for (int step = 0; step < HR_YEAR_STEPS; step++)
        HR_YEAR[step].run(b);
}

const double *trust_of(const trust *t, double *array, const char *id)
{
    return hr_of(array, trust_school_index(t, id), t->lanes);
}

double trust_metric(const trust *t, hr_metric m, int year, int lane)
{
    return t->out.metric[((int)m * t->years + year) * t->lanes + lane];
}

double trust_line(const trust *t, hr_line l, int year, int lane)
{
    return t->out.line[((int)l * t->years + year) * t->lanes + lane];
}

double trust_risk(const trust *t, hr_risk r, int year, int lane)
{
    return t->out.risk[((int)r * t->years + year) * t->lanes + lane];
}

/* -1: no such school. */
static int find_school(const trust *t, const char *id)
{
    for (int s = 0; s < t->plan->schools; s++)
        if (strcmp(t->plan->school[s].id, id) == 0)
            return s;
    return -1;
}

static int find_candidate(const trust *t, const char *id)
{
    for (int k = 0; k < t->plan->candidates; k++)
        if (strcmp(t->plan->candidate[k].id, id) == 0)
            return k;
    return -1;
}

int trust_school_index(const trust *t, const char *id)
{
    const int s = find_school(t, id);
    if (s < 0)
        fail_msg("no school %s", id);
    return s;
}

int trust_candidate_index(const trust *t, const char *id)
{
    const int k = find_candidate(t, id);
    if (k < 0)
        fail_msg("no candidate %s", id);
    return k;
}

const hr_plan_school *trust_plan_school(const trust *t, const char *id)
{
    return &t->plan->school[trust_school_index(t, id)];
}

double trust_school(const trust *t, const char *id, int year, hr_school_column c, int lane)
{
    const int s = trust_school_index(t, id);
    return t->out.school[((s * t->years + year) * HR_SCHOOL_COLUMNS + (int)c) * t->lanes + lane];
}

double trust_candidate(const trust *t, const char *id, hr_candidate_column c, int lane)
{
    const int k = trust_candidate_index(t, id);
    return t->out.candidate[(k * HR_CANDIDATE_COLUMNS + (int)c) * t->lanes + lane];
}

double trust_state(const trust *t, hr_trace_state what, int year, int index, int sub)
{
    double value = HR_UNKNOWN;
    for (size_t r = 0; r < t->trace.rows; r++) {
        const hr_trace_row *row = &t->trace.row[r];
        if (row->kind == HR_TRACE_STATE && row->what == (int)what && row->year == year &&
            row->index == index && row->sub == sub)
            value = row->value;
    }
    return value;
}

double trust_posted(const trust *t, hr_line l, int year, int school)
{
    double sum = 0.0;
    for (size_t r = 0; r < t->trace.rows; r++) {
        const hr_trace_row *row = &t->trace.row[r];
        if (row->kind == HR_TRACE_POST && row->what == (int)l && row->year == year &&
            row->index == school)
            sum += row->value;
    }
    return sum;
}

double trust_posted_by(const trust *t, hr_line l, int year, const char *id)
{
    return trust_posted(t, l, year, trust_school_index(t, id));
}

int trust_events(const trust *t, hr_trace_event what, int year, int index)
{
    int count = 0;
    for (size_t r = 0; r < t->trace.rows; r++) {
        const hr_trace_row *row = &t->trace.row[r];
        count += row->kind == HR_TRACE_EVENT && row->what == (int)what && row->year == year &&
                 (index == -2 || row->index == index);
    }
    return count;
}

double trust_event_value(const trust *t, hr_trace_event what, int year, int index)
{
    for (size_t r = 0; r < t->trace.rows; r++) {
        const hr_trace_row *row = &t->trace.row[r];
        if (row->kind == HR_TRACE_EVENT && row->what == (int)what && row->year == year &&
            row->index == index)
            return row->value;
    }
    return HR_UNKNOWN;
}

static void same_lanes(const double *a, const double *b, int lanes, const char *what, int which,
                       int year)
{
    for (int i = 0; i < lanes; i++)
        if (!hr_same_bits_or_nan(a[i], b[i]))
            fail_msg("%s %d differs in year %d on lane %d: %.17g and %.17g", what, which, year, i,
                     a[i], b[i]);
}

static void same_tables(const trust *a, const trust *b, int lanes)
{
    const int years = a->years;
    for (int t = 0; t < years; t++) {
        for (int m = 0; m < HR_METRICS; m++)
            same_lanes(&a->out.metric[(m * years + t) * a->lanes],
                       &b->out.metric[(m * years + t) * b->lanes], lanes, "metric", m, t);
        for (int r = 0; r < HR_RISKS; r++)
            same_lanes(&a->out.risk[(r * years + t) * a->lanes],
                       &b->out.risk[(r * years + t) * b->lanes], lanes, "risk", r, t);
        for (int l = 0; l < HR_LINES; l++)
            same_lanes(&a->out.line[(l * years + t) * a->lanes],
                       &b->out.line[(l * years + t) * b->lanes], lanes, "line", l, t);
    }
    for (int r = 0; r < HR_RISKS; r++)
        same_lanes(&a->out.depth[r * a->lanes], &b->out.depth[r * b->lanes], lanes, "depth", r, -1);
    same_lanes(a->out.opening, b->out.opening, lanes, "opening", 0, -1);
}

void assert_same_outcome(const trust *a, const trust *b, int lanes)
{
    assert_int_equal(a->years, b->years);
    same_tables(a, b, lanes);
    for (int s = 0; s < a->plan->schools; s++) {
        const int other = find_school(b, a->plan->school[s].id);
        for (int c = 0; other >= 0 && c < a->years * HR_SCHOOL_COLUMNS; c++)
            same_lanes(&a->out.school[(s * a->years * HR_SCHOOL_COLUMNS + c) * a->lanes],
                       &b->out.school[(other * a->years * HR_SCHOOL_COLUMNS + c) * b->lanes], lanes,
                       "school", s, c / HR_SCHOOL_COLUMNS);
    }
    for (int k = 0; k < a->plan->candidates; k++) {
        const int other = find_candidate(b, a->plan->candidate[k].id);
        for (int c = 0; other >= 0 && c < HR_CANDIDATE_COLUMNS; c++)
            same_lanes(&a->out.candidate[(k * HR_CANDIDATE_COLUMNS + c) * a->lanes],
                       &b->out.candidate[(other * HR_CANDIDATE_COLUMNS + c) * b->lanes], lanes,
                       "candidate", k, -1);
    }
}
