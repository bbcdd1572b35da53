/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays futures with a trace and works each out again from docs/model.md alone.
 * Usage: rebuild SCENARIO FIRST FUTURES [OVERLAY | KEY=VALUE]...; exit status 0 where nothing
 * differs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/scenario.h"
#include "engine/engine.h"
#include "headroom/run.h"
#include "reference/reference.h"

enum { ROOM = 1 << 17, LANES = 32, CHANGES = 24 };

typedef struct {
    const char *file;
    hr_scenario *scenario;
    hr_arena *arena;
    hr_worker *worker;
    hr_trace_row *row;
    ref *r;
    hr_prob target[REF_TARGETS];
    const hr_prob *judged[REF_TARGETS];
    int targets;
    ref_tally tally;
} rebuild;

static bool fits(const hr_params *p)
{
    uint32_t schools = p->scenario.schools.count;
    const hr_params_candidate *c = HR_SPAN(p, p->candidates, hr_params_candidate);
    for (uint32_t k = 0; k < p->candidates.count; k++)
        schools += c[k].schools.count;
    return schools <= REF_SCHOOLS && p->candidates.count <= REF_CANDIDATES &&
           p->scenario.areas.count <= REF_AREAS && p->scenario.risks.count <= REF_RISKS &&
           p->scenario.centre.posts.count <= REF_POSTS &&
           p->scenario.centre.services.count <= REF_SERVICES &&
           p->scenario.targets.count <= REF_TARGETS &&
           p->scenario.pipeline.count <= REF_PIPELINES && p->scenario.years <= REF_YEARS;
}

static bool read_targets(rebuild *b)
{
    const hr_params *p = b->scenario->params;
    const hr_params_target *row = HR_SPAN(p, p->scenario.targets, hr_params_target);
    hr_expr_fault fault;
    for (b->targets = 0; b->targets < (int)p->scenario.targets.count; b->targets++) {
        b->judged[b->targets] = &b->target[b->targets];
        if (!hr_prob_parse(&b->target[b->targets], hr_params_text(p, row[b->targets].expr),
                           p->scenario.start_year, p->scenario.years, &fault))
            return false;
    }
    return true;
}

static bool load(rebuild *b, char **change, int changes)
{
    hr_change list[CHANGES];
    for (int i = 0; i < changes; i++)
        list[i] = (hr_change){strchr(change[i], '=') ? HR_CHANGE_SET : HR_CHANGE_WITH, change[i]};
    hr_diags *diags = hr_diags_new();
    const hr_status status = hr_scenario_load(&b->scenario, b->file, list, (size_t)changes, diags);
    for (size_t i = 0; status != HR_OK && i < hr_diags_count(diags); i++)
        fprintf(stderr, "rebuild: %s\n", hr_diags_get(diags, i)->text);
    hr_diags_free(diags);
    if (status != HR_OK)
        return false;
    const char *why = "it is too large";
    b->arena = hr_arena_new();
    const hr_plan *plan = hr_plan_new(b->scenario->params, b->arena, &why);
    if (plan && fits(b->scenario->params) && read_targets(b))
        b->worker = hr_worker_new(plan, b->judged, b->targets, LANES);
    b->row = malloc(ROOM * sizeof *b->row);
    b->r = malloc(sizeof *b->r);
    if (!b->worker)
        fprintf(stderr, "rebuild: %s: %s\n", b->file, why);
    return b->worker && b->row && b->r;
}

static void one_future(rebuild *b, uint64_t path)
{
    char told[300];
    snprintf(told, sizeof told, "%s, future %llu", b->file, (unsigned long long)path);
    hr_trace trace = {.lane = 0, .row = b->row, .room = ROOM};
    hr_outcome out;
    hr_engine_batch(b->worker, HR_SEED_DEFAULT, path, NULL, &trace, &out);
    ref *r = b->r;
    memset(r, 0, sizeof *r);
    r->p = b->scenario->params;
    r->row = b->row;
    r->rows = trace.rows;
    r->told = told;
    r->used = calloc(trace.rows + 1, sizeof *r->used);
    r->tally = &b->tally;
    r->target = b->target;
    r->targets = b->targets;
    b->tally.futures++;
    b->tally.missing += trace.dropped > 0 || !r->used;
    if (trace.dropped == 0 && r->used)
        ref_run(r, &out);
    free(r->used);
}

static void tell(const rebuild *b)
{
    const ref_tally *x = &b->tally;
    printf("%s: %ld futures, %ld numbers compared, %ld different, %ld missing, %ld half pounds\n",
           b->file, x->futures, x->compared, x->differences, x->missing, x->halves);
    printf("    drawn settings taken as printed: %ld\n", x->unchecked);
    printf("    never met:");
    ref_tell_never_met(x);
    printf("\n    draws printed and not read:");
    for (int d = 0; d < HR_D_LIMIT; d++)
        if (x->unread[d] > 0)
            printf(" %s %ld", hr_driver_describe(d)->key, x->unread[d]);
    printf("\n");
}

int main(int words, char **word)
{
    if (words < 4 || words > 4 + CHANGES) {
        fprintf(stderr, "usage: rebuild SCENARIO FIRST FUTURES [OVERLAY | KEY=VALUE]...\n");
        return 2;
    }
    rebuild b = {.file = word[1]};
    const bool loaded = load(&b, word + 4, words - 4);
    if (loaded) {
        const uint64_t first = strtoull(word[2], NULL, 10), count = strtoull(word[3], NULL, 10);
        for (uint64_t i = 0; i < count; i++)
            one_future(&b, first + i);
        tell(&b);
    }
    free(b.r);
    free(b.row);
    hr_worker_free(b.worker);
    hr_arena_free(b.arena);
    hr_scenario_free(b.scenario);
    return !loaded || b.tally.differences + b.tally.missing > 0;
}
