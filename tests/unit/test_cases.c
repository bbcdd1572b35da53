/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many cases on the same futures: the marks and columns of each are those of a run of it alone, for
 * any threads and lanes; a set of assumptions gives every future the once-drawn values of one
 * future; what does not fit is refused; what is interrupted has the same futures of every case. */
#include <stdlib.h>
#include <string.h>

#include "support/near.h"

#include "analysis/cases.h"
#include "analysis/headlines.h"
#include "analysis/opening.h"

#define SMALL "tests/scenarios/small.cfg"
#define STILL "tests/scenarios/still.cfg"
#define OWN_MONEY                                                                                  \
    "schools.oak.reserves={ dist = \"normal\"; mean = 500000.0; sd = 100000.0; each = "            \
    "\"future\"; }"

enum { PATHS = 700, SEED = 7 };

typedef struct {
    hr_scenario *scenario;
    hr_result *opened;
    hr_study study;
    hr_arena *arena;
    hr_diags *diags;
} plan;

static void plan_open(plan *p, const char *path, const char *set, const hr_run_options *o)
{
    const hr_change change = {.kind = HR_CHANGE_SET, .text = set};
    *p = (plan){.arena = hr_arena_new(), .diags = hr_diags_new()};
    if (hr_scenario_load(&p->scenario, path, &change, set != NULL, p->diags) != HR_OK)
        fail_msg("%s", hr_diags_get(p->diags, 0)->text);
    assert_int_equal(hr_open(&p->opened, &p->study, p->scenario, 0, o, p->arena, p->diags), HR_OK);
}

static void plan_close(plan *p)
{
    hr_result_free(p->opened);
    hr_scenario_free(p->scenario);
    hr_arena_free(p->arena);
    hr_diags_free(p->diags);
}

static const hr_case_column COLUMN[] = {{HR_M_RESERVES, 0}, {HR_M_CAPACITY_USE_PCT, 1}};

static hr_cases *run_cases(const hr_case *cases, int count, const hr_run_options *o)
{
    hr_cases *c;
    hr_diags *d = hr_diags_new();
    if (hr_cases_run(&c, cases, count, COLUMN, 2, o, d) != HR_OK)
        fail_msg("%s", hr_diags_count(d) ? hr_diags_get(d, 0)->text : "no diagnostic");
    hr_diags_free(d);
    return c;
}

static void test_marks_and_columns_are_those_of_a_run(void **state)
{
    (void)state;
    const hr_run_options o = {.seed = SEED, .paths = PATHS};
    plan p;
    plan_open(&p, SMALL, NULL, &o);
    hr_result *r;
    assert_int_equal(hr_run(&r, p.scenario, &o, p.diags), HR_OK);
    const hr_case one = {.study = &p.study};
    hr_cases *c = run_cases(&one, 1, &o);
    for (int k = 0; k < HR_RISKS; k++)
        assert_near((double)hr_case_count(c, 0, hr_mark_risk(k)) / PATHS, r->risk[k].any.value,
                    1e-12);
    assert_true(r->targets > 0);
    for (int q = 0; q < r->targets; q++)
        assert_near((double)hr_case_count(c, 0, hr_mark_target(q)) / PATHS, r->target[q].p.value,
                    1e-12);
    const hr_estimate all[HR_ALLS] = {r->targets_all, r->plan_targets_all, r->our_targets_all};
    for (int k = 0; k < HR_ALLS; k++)
        if (!isnan(all[k].value))
            assert_near((double)hr_case_count(c, 0, hr_mark_of_all(r->targets, (hr_mark_all)k)) /
                            PATHS,
                        all[k].value, 1e-12);
    for (int j = 0; j < 2; j++)
        assert_memory_equal(hr_case_column_of(c, 0, j),
                            r->column + (COLUMN[j].metric * r->years + COLUMN[j].year) * PATHS,
                            PATHS * sizeof(double));
    hr_cases_free(c);
    hr_result_free(r);
    plan_close(&p);
}

/* A headline is the share of futures whose mark says so. */
static void test_headlines_are_shares_of_marks(void **state)
{
    (void)state;
    const hr_run_options o = {.seed = SEED, .paths = PATHS};
    plan p;
    plan_open(&p, SMALL, NULL, &o);
    hr_result *r;
    assert_int_equal(hr_run(&r, p.scenario, &o, p.diags), HR_OK);
    const hr_case one = {.study = &p.study};
    hr_cases *c = run_cases(&one, 1, &o);
    hr_headline *headline = calloc((size_t)hr_headlines_most(r), sizeof *headline);
    const int headlines = hr_headlines(r, headline);
    assert_true(headlines >= 3 + r->targets && headlines <= hr_headlines_most(r));
    for (int h = 0; h < headlines; h++) {
        const uint8_t *mark = hr_case_mark(c, 0, headline[h].mark);
        int holds = 0;
        for (int i = 0; i < PATHS; i++)
            holds += hr_headline_holds(&headline[h], mark[i]);
        assert_near((double)holds / PATHS, headline[h].p.value, 1e-12);
    }
    assert_string_equal(headline[0].key, "policy_kept");
    free(headline);
    hr_cases_free(c);
    hr_result_free(r);
    plan_close(&p);
}

static void assert_same_cases(const hr_cases *a, const hr_cases *b, int targets)
{
    for (int k = 0; k < a->cases; k++) {
        assert_memory_equal(a->mark[k], b->mark[k], (size_t)hr_marks(targets) * PATHS);
        assert_memory_equal(a->column[k], b->column[k], 2 * PATHS * sizeof(double));
    }
}

static void test_threads_and_lanes_change_nothing(void **state)
{
    (void)state;
    hr_cases *first = NULL;
    static const int ways[][2] = {{1, 32}, {3, 32}, {2, 256}};
    for (int way = 0; way < 3; way++) {
        const hr_run_options o = {
            .seed = SEED, .paths = PATHS, .threads = ways[way][0], .lanes = ways[way][1]};
        plan a, b;
        plan_open(&a, SMALL, NULL, &o);
        plan_open(&b, SMALL, "topslice.rate_pct=7.0", &o);
        const hr_case cases[] = {
            {.study = &a.study}, {.study = &b.study}, {.study = &a.study, .set = 3}};
        hr_cases *c = run_cases(cases, 3, &o);
        if (first == NULL)
            first = c;
        else
            assert_same_cases(first, c, a.opened->targets);
        if (c != first)
            hr_cases_free(c);
        plan_close(&a);
        plan_close(&b);
    }
    hr_cases_free(first);
}

/* Nothing moves by luck but a school's opening money: within a set every future has that of the
 * future whose number the set has. */
static void test_a_set_is_one_future_s_once_drawn_values(void **state)
{
    (void)state;
    const hr_run_options o = {.seed = SEED, .paths = PATHS};
    plan p;
    plan_open(&p, STILL, OWN_MONEY, &o);
    const hr_case cases[] = {
        {.study = &p.study}, {.study = &p.study, .set = 2}, {.study = &p.study, .set = 9}};
    hr_cases *c = run_cases(cases, 3, &o);
    const double *own = hr_case_column_of(c, 0, 0);
    assert_true(own[1] != own[8]);
    for (int i = 0; i < PATHS; i++) {
        assert_true(hr_case_column_of(c, 1, 0)[i] == own[1]);
        assert_true(hr_case_column_of(c, 2, 0)[i] == own[8]);
    }
    hr_cases_free(c);
    plan_close(&p);
}

/* What is drawn every year stays each future's own. */
static void test_a_set_leaves_yearly_luck(void **state)
{
    (void)state;
    const hr_run_options o = {.seed = SEED, .paths = PATHS};
    plan p;
    plan_open(&p, SMALL, NULL, &o);
    const hr_case cases[] = {{.study = &p.study, .set = 2}};
    hr_cases *c = run_cases(cases, 1, &o);
    const double *reserves = hr_case_column_of(c, 0, 0);
    int same = 0;
    for (int i = 1; i < PATHS; i++)
        same += reserves[i] == reserves[0];
    assert_true(same < PATHS / 100);
    hr_cases_free(c);
    plan_close(&p);
}

static void test_what_does_not_fit_is_refused(void **state)
{
    (void)state;
    const struct {
        uint64_t paths, memory;
    } asked[] = {{HR_EXACT_MOST + 1, 0}, {60000, 2 << 20}};
    for (int i = 0; i < 2; i++) {
        const hr_run_options o = {.seed = SEED, .paths = asked[i].paths, .memory = asked[i].memory};
        plan p;
        plan_open(&p, SMALL, NULL, &o);
        const hr_case one = {.study = &p.study};
        hr_cases *c;
        assert_int_equal(hr_cases_run(&c, &one, 1, COLUMN, 2, &o, p.diags), HR_TOO_LARGE);
        assert_null(c);
        const char *text = hr_diags_get(p.diags, hr_diags_count(p.diags) - 1)->text;
        assert_non_null(strstr(text, i == 0 ? "65536 would fit" : "would fit"));
        plan_close(&p);
    }
}

static bool stop_after(void *user, uint64_t done, uint64_t of)
{
    (void)of;
    return done < *(uint64_t *)user;
}

static void test_an_interrupted_run_has_the_same_futures_of_all(void **state)
{
    (void)state;
    const hr_run_options whole = {.seed = SEED, .paths = PATHS};
    plan p;
    plan_open(&p, SMALL, NULL, &whole);
    const hr_case cases[] = {{.study = &p.study}, {.study = &p.study, .set = 4}};
    hr_cases *all = run_cases(cases, 2, &whole), *part;
    uint64_t enough = 3 * HR_LEAF;
    const hr_run_options o = {
        .seed = SEED, .paths = PATHS, .threads = 1, .tick = stop_after, .user = &enough};
    assert_int_equal(hr_cases_run(&part, cases, 2, COLUMN, 2, &o, p.diags), HR_INTERRUPTED);
    assert_true(part->paths >= HR_LEAF && part->paths < PATHS && part->paths % HR_LEAF == 0);
    for (int k = 0; k < 2; k++)
        assert_memory_equal(hr_case_column_of(all, k, 1), hr_case_column_of(part, k, 1),
                            part->paths * sizeof(double));
    uint64_t none = 0;
    const hr_run_options at_once = {
        .seed = SEED, .paths = PATHS, .threads = 1, .tick = stop_after, .user = &none};
    hr_cases *nothing;
    assert_int_equal(hr_cases_run(&nothing, cases, 2, COLUMN, 2, &at_once, p.diags),
                     HR_INTERRUPTED);
    assert_null(nothing);
    hr_cases_free(all);
    hr_cases_free(part);
    plan_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks_and_columns_are_those_of_a_run),
        cmocka_unit_test(test_headlines_are_shares_of_marks),
        cmocka_unit_test(test_threads_and_lanes_change_nothing),
        cmocka_unit_test(test_a_set_is_one_future_s_once_drawn_values),
        cmocka_unit_test(test_a_set_leaves_yearly_luck),
        cmocka_unit_test(test_what_does_not_fit_is_refused),
        cmocka_unit_test(test_an_interrupted_run_has_the_same_futures_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
