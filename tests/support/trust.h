/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trust on the engine: a scenario, changes to it, and batches of its futures. Anything that
 * cannot be loaded fails the test. It must not know which mechanism is under test. */
#ifndef HR_TESTS_SUPPORT_TRUST_H
#define HR_TESTS_SUPPORT_TRUST_H

#include "config/scenario.h"
#include "domain/batch.h"
#include "engine/engine.h"

#define TRUST_STILL "tests/scenarios/still.cfg" /* nothing moves by luck; round figures */
#define TRUST_F "tests/scenarios/fixture-f.cfg"
#define TRUST_BENCH "tests/scenarios/bench.cfg"
#define TRUST_SMALL "tests/scenarios/small.cfg"
#define TRUST_ODDER "tests/scenarios/odder.cfg" /* every mechanism at once */
/* A candidate of the size of the primaries of still.cfg; how and when it joins is in `more`. */
#define TRUST_FIR(more)                                                                            \
    "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = 350; "             \
    "pan = 50; " more " } );"

enum { TRUST_SEED = 20260901, TRUST_CHANGES = 8 };

typedef struct {
    hr_scenario *scenario;
    hr_arena *arena;
    hr_plan *plan;
    hr_worker *worker;
    hr_batch_fn *batch; /* the plain width unless changed */
    int lanes, years;
    hr_outcome out; /* of the last batch */
    hr_trace trace; /* of the last traced batch */
    hr_batch state; /* of trust_open */
} trust;

/* The scenario of a file with up to TRUST_CHANGES changes in their order, ended by NULL: one that
 * ends in a semicolon is laid over as a file of its own, any other is KEY=VALUE. Every batch is
 * checked against the identities of domain/verify.h. */
trust *trust_new(const char *path, int lanes, const char *const change[]);
#define TRUST(path, lanes, ...) trust_new((path), (lanes), (const char *const[]){__VA_ARGS__, NULL})
void trust_free(trust *t);

/* Runs one batch from a path on; its numbers are in t->out until the next. */
void trust_run(trust *t, uint64_t first_path);
/* The same with one path traced (lane `lane` of the batch). */
void trust_run_traced(trust *t, uint64_t first_path, int lane);

/* The state itself, for what no table shows: opened at a path (t->state), then a whole year at a
 * time. */
hr_batch *trust_open(trust *t, uint64_t first_path);
void trust_year(hr_batch *b, int year);
/* One school's lane array of the state. */
const double *trust_of(const trust *t, double *array, const char *id);

double trust_metric(const trust *t, hr_metric m, int year, int lane);
double trust_line(const trust *t, hr_line l, int year, int lane);
double trust_risk(const trust *t, hr_risk r, int year, int lane);
double trust_school(const trust *t, const char *id, int year, hr_school_column c, int lane);
double trust_candidate(const trust *t, const char *id, hr_candidate_column c, int lane);
/* An id that the plan does not have fails the test, here and wherever a function takes an id. */
int trust_school_index(const trust *t, const char *id);
int trust_candidate_index(const trust *t, const char *id);
const hr_plan_school *trust_plan_school(const trust *t, const char *id);

/* Of the traced path: the last value of a state of a school (-1 the centre) in a year, NaN when
 * there is none; the sum of its postings to a line; how often an event happened to whom (-2:
 * anyone). */
double trust_state(const trust *t, hr_trace_state what, int year, int index, int sub);
double trust_posted(const trust *t, hr_line l, int year, int school);
double trust_posted_by(const trust *t, hr_line l, int year, const char *id);
int trust_events(const trust *t, hr_trace_event what, int year, int index);
double trust_event_value(const trust *t, hr_trace_event what, int year, int index);

/* Are two outcomes the same bits on the first `lanes` lanes of each, in everything that they share?
 * Schools and candidates of `a` are looked for by id in `b`. Fails with words when not. */
void assert_same_outcome(const trust *a, const trust *b, int lanes);

#endif
