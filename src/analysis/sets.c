/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of assumptions of one or several scenarios. Set k is the once-drawn luck of future k. All
 * sets of all scenarios are cases on the same futures; what they come to is counted from what the
 * cases keep. */
#include "analysis/sets.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/cases.h"

enum { AT_RESERVES, AT_RESERVES_PCT, COLUMNS };

typedef struct {
    const hr_cases *cases;
    int sets, scenarios, futures;
    double *work; /* [2 * sets] */
} counting;

/* A figure of every set: a headline's chance, or the mean of a column. Of scenario `which`, less
 * that of scenario 0 where it is a difference. */
typedef struct {
    const counting *in;
    const hr_headline *headline; /* NULL: a column */
    int column, which;
    bool less_first;
} figure;

const hr_set_headline *hr_sets_find(const struct hr_sets *sets, const char *key)
{
    for (int i = 0; sets != NULL && i < sets->headlines; i++)
        if (sets->headline[i].of.target < 0 && strcmp(sets->headline[i].of.key, key) == 0)
            return &sets->headline[i];
    return NULL;
}

const hr_set_headline *hr_sets_target(const struct hr_sets *sets, int target)
{
    for (int i = 0; sets != NULL && i < sets->headlines; i++)
        if (sets->headline[i].of.target == target)
            return &sets->headline[i];
    return NULL;
}

static uint64_t futures_of(const hr_run_options *o)
{
    return o->paths < HR_SETS_FUTURES ? o->paths : HR_SETS_FUTURES;
}

uint64_t hr_sets_bytes(const hr_study *s, const hr_run_options *o)
{
    const uint64_t each = sizeof(hr_case) + 2 * sizeof(double);
    return (uint64_t)o->assumptions * (each + hr_cases_bytes(s, COLUMNS, futures_of(o)));
}

/* Counting. */

static void add_row(const figure *f, int set, int which, double sign, double *x)
{
    const counting *c = f->in;
    const int at = set * c->scenarios + which;
    if (f->headline != NULL) {
        const uint8_t *mark = hr_case_mark(c->cases, at, f->headline->mark);
        for (int i = 0; i < c->futures; i++)
            x[i] += hr_headline_holds(f->headline, mark[i]) ? sign : 0.0;
        return;
    }
    const double *value = hr_case_column_of(c->cases, at, f->column);
    for (int i = 0; i < c->futures; i++)
        x[i] += sign * value[i];
}

static void row_of_figure(const void *user, int set, double *x)
{
    const figure *f = user;
    for (int i = 0; i < f->in->futures; i++)
        x[i] = 0.0;
    add_row(f, set, f->which, 1.0, x);
    if (f->less_first)
        add_row(f, set, 0, -1.0, x);
}

static hr_spread spread_of(figure f, double centre, double low, double high)
{
    const counting *c = f.in;
    return hr_spread_between(row_of_figure, &f, c->sets, c->futures, centre, low, high, c->work);
}

static const hr_metric_result *at_end(const hr_result *r, int metric)
{
    return &r->metric[metric * r->years + r->years - 1];
}

/* The sets of one scenario, in its result's memory; NULL when that is short. */
static struct hr_sets *sets_of(const counting *c, const hr_result *r, int which)
{
    struct hr_sets *s = HR_TAKE(r->arena, struct hr_sets, 1);
    hr_headline *of = HR_TAKE(r->arena, hr_headline, hr_headlines_most(r));
    hr_set_headline *headline = HR_TAKE(r->arena, hr_set_headline, hr_headlines_most(r));
    if (s == NULL || of == NULL || headline == NULL)
        return NULL;
    *s = (struct hr_sets){.sets = c->sets,
                          .paths = (uint64_t)c->futures,
                          .headline = headline,
                          .headlines = hr_headlines(r, of)};
    for (int i = 0; i < s->headlines; i++)
        headline[i] = (hr_set_headline){
            .of = of[i],
            .spread = spread_of((figure){.in = c, .headline = &of[i], .which = which},
                                of[i].p.value, 0.0, 1.0)};
    s->reserves = spread_of((figure){.in = c, .column = AT_RESERVES, .which = which},
                            at_end(r, HR_M_RESERVES)->mean.value, -HR_NO_END, HR_NO_END);
    s->reserves_pct = spread_of((figure){.in = c, .column = AT_RESERVES_PCT, .which = which},
                                at_end(r, HR_M_RESERVES_PCT)->mean.value, -HR_NO_END, HR_NO_END);
    return s;
}

/* The spread of what a scenario differs from the first by. The first headline is the policy. */
static void add_difference(const counting *c, const hr_result *first, hr_pair_result *d, int which)
{
    const hr_headline *policy = &first->sets->headline[0].of;
    const int end = HR_M_RESERVES * first->years + first->years - 1;
    figure f = {.in = c, .headline = policy, .which = which, .less_first = true};
    d->sets_policy_kept = spread_of(f, -d->risk[HR_R_RESERVES_BELOW_POLICY].any.value, -1.0, 1.0);
    f.headline = NULL;
    f.column = AT_RESERVES;
    d->sets_reserves = spread_of(f, d->metric[end].mean.value, -HR_NO_END, HR_NO_END);
}

static bool count_all(const counting *c, hr_result *const *result, hr_pair_result *const *pair)
{
    for (int k = 0; k < c->scenarios; k++)
        if ((result[k]->sets = sets_of(c, result[k], k)) == NULL)
            return false;
    for (int k = 1; pair != NULL && k < c->scenarios; k++)
        add_difference(c, result[0], pair[k], k);
    return true;
}

/* Simulation. */

hr_status hr_sets_run(hr_result *const *result, const hr_study *const *study, int count,
                      hr_pair_result *const *pair, const hr_run_options *o, hr_diags *diags)
{
    const int sets = o->assumptions, end = result[0]->years - 1;
    const hr_case_column column[COLUMNS] = {
        [AT_RESERVES] = {HR_M_RESERVES, end}, [AT_RESERVES_PCT] = {HR_M_RESERVES_PCT, end}};
    hr_run_options few = *o;
    few.paths = futures_of(o);
    hr_cases *cases = NULL;
    hr_case *list = calloc((size_t)sets * (size_t)count, sizeof *list);
    double *work = calloc(2 * (size_t)sets, sizeof *work);
    hr_status status = list != NULL && work != NULL ? HR_OK : HR_NO_MEMORY;
    for (int i = 0; status == HR_OK && i < sets * count; i++)
        list[i] = (hr_case){.study = study[i % count], .set = 1 + (uint64_t)(i / count)};
    if (status == HR_OK)
        status = hr_cases_run(&cases, list, sets * count, column, COLUMNS, &few, diags);
    if (status == HR_OK) {
        const counting c = {.cases = cases,
                            .sets = sets,
                            .scenarios = count,
                            .futures = (int)few.paths,
                            .work = work};
        status = count_all(&c, result, pair) ? HR_OK : HR_NO_MEMORY;
    }
    hr_cases_free(cases);
    free(list);
    free(work);
    return status;
}
