/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies under worlds: each cell has the numbers of a run of it alone; a world that changes
 * nothing has those of the one as it is; neither threads nor the order of worlds is seen; limits
 * are asked of the last strategy everywhere; a trust that ends is left out of what it cannot be in.
 */
#include "support/worlds_case.h"

#include "analysis/cases.h"
#include "analysis/opening.h"
#include "base/lanes.h"

enum { PATHS = 600, SEED = 5 };

static const char *const TWO[] = {NULL, "two-more-schools"};
static const char *const WORLDS[] = {"tight-settlement", "staff-shortage"};
static const hr_run_options OPTIONS = {.seed = SEED, .paths = PATHS};

static void assert_estimates(hr_estimate a, hr_estimate b)
{
    assert_near(a.value, b.value, 0.0);
    assert_near(a.lo, b.lo, 0.0);
    assert_near(a.hi, b.hi, 0.0);
}

static void test_a_cell_is_a_run(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    for (int s = 0; s < 2; s++)
        for (int k = 0; k < 3; k++) {
            hr_result *r;
            assert_int_equal(hr_run(&r, c.scenario[s][k], &OPTIONS, c.diags), HR_OK);
            const hr_result *cell = hr_worlds_result(c.w, s, k);
            for (int risk = 0; risk < HR_RISKS; risk++)
                assert_estimates(cell->risk[risk].any, r->risk[risk].any);
            assert_int_equal(cell->targets, r->targets);
            for (int q = 0; q < r->targets; q++)
                assert_estimates(cell->target[q].p, r->target[q].p);
            assert_estimates(cell->targets_all, r->targets_all);
            assert_estimates(cell->plan_targets_all, r->plan_targets_all);
            assert_estimates(cell->our_targets_all, r->our_targets_all);
            for (int m = 0; m < HR_WORLD_METRICS; m++) {
                const hr_metric_result *end = hr_worlds_end(c.w, s, k, m);
                const hr_metric_result *of =
                    &r->metric[(int)HR_WORLD_METRIC[m] * r->years + r->years - 1];
                assert_int_equal(end->n, of->n);
                assert_estimates(end->mean, of->mean);
                assert_near(end->sd, of->sd, 0.0);
                for (int q = 0; q < HR_QUANTILES; q++)
                    assert_estimates(end->quantile[q], of->quantile[q]);
            }
            const hr_weighed_cell *weighed = hr_weighed_cell_of(&c.w->weighed, s, k);
            assert_near(weighed->kept.value, 1.0 - r->risk[HR_R_RESERVES_BELOW_POLICY].any.value,
                        1e-12);
            assert_near(weighed->enough.value, 1.0 - r->risk[HR_R_CAPACITY_OVERLOAD].any.value,
                        1e-12);
            hr_result_free(r);
        }
    worlds_close(&c);
}

/* What is weighed over worlds are the means that the cells have, where no trust ends. */
static void test_criteria_are_means_of_cells(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    assert_int_equal(c.w->weighed.own, PATHS);
    for (int s = 0; s < 2; s++) {
        double pupils = 0.0, reserves = 0.0;
        for (int k = 0; k < 3; k++) {
            pupils += hr_worlds_end(c.w, s, k, 0)->mean.value / 3.0;
            reserves += hr_worlds_end(c.w, s, k, 2)->mean.value / 3.0;
        }
        const hr_weighed_strategy *of = &c.w->weighed.strategy[s];
        assert_near(of->criterion[HR_CRITERION_PUPILS].value, pupils, 1e-9);
        assert_near(of->criterion[HR_CRITERION_RESERVES].value, reserves, 1e-9);
    }
    worlds_close(&c);
}

/* Futures of one strategy in one world in which reserves keep the policy, days are enough and the
 * plan's own targets are met. */
static double share_satisfied(const worlds_case *c, int s, int k)
{
    hr_arena *arena = hr_arena_new();
    hr_result *opened;
    hr_study study;
    hr_cases *cases;
    assert_int_equal(hr_open(&opened, &study, c->scenario[s][k], 0, &OPTIONS, arena, c->diags),
                     HR_OK);
    const hr_case one = {.study = &study};
    assert_int_equal(hr_cases_run(&cases, &one, 1, NULL, 0, &OPTIONS, c->diags), HR_OK);
    const uint8_t *below = hr_case_mark(cases, 0, hr_mark_risk(HR_R_RESERVES_BELOW_POLICY));
    const uint8_t *lacking = hr_case_mark(cases, 0, hr_mark_risk(HR_R_CAPACITY_OVERLOAD));
    const uint8_t *met = hr_case_mark(cases, 0, hr_mark_of_all(study.targets, HR_ALL_OF_PLAN));
    const uint8_t *all = hr_case_mark(cases, 0, hr_mark_of_all(study.targets, HR_ALL_TARGETS));
    int count = 0, of_all = 0;
    for (int i = 0; i < PATHS; i++) {
        count += !below[i] && !lacking[i] && met[i];
        of_all += !below[i] && !lacking[i] && all[i];
    }
    assert_true(count > of_all); /* our reading is not asked */
    hr_cases_free(cases);
    hr_result_free(opened);
    hr_arena_free(arena);
    return (double)count / PATHS;
}

static void test_the_plan_s_own_targets_satisfy(void **state)
{
    (void)state;
    static const char *const each[] = {"tests/scenarios/one-of-each-target.cfg",
                                       "tests/scenarios/one-of-each-target.cfg"};
    worlds_case c;
    worlds_run(&c, each, 2, WORLDS, 1, &OPTIONS);
    for (int s = 0; s < 2; s++)
        assert_near(c.w->weighed.strategy[s].satisfied_plan.value,
                    0.5 * (share_satisfied(&c, s, 0) + share_satisfied(&c, s, 1)), 1e-12);
    worlds_close(&c);
}

static void test_cells_by_number(void **state)
{
    (void)state;
    worlds_case c;
    double value, se, lo, hi;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    for (size_t s = 0; s < 2; s++)
        for (size_t k = 0; k < 3; k++) {
            const hr_weighed_cell *cell = hr_weighed_cell_of(&c.w->weighed, (int)s, (int)k);
            assert_true(hr_worlds_kept(c.w, s, k, &value, &se, &lo, &hi));
            assert_estimates((hr_estimate){.value = value, .lo = lo, .hi = hi}, cell->kept);
            assert_true(hr_worlds_regret(c.w, s, k, &value, &se, &lo, &hi));
            assert_estimates((hr_estimate){.value = value, .lo = lo, .hi = hi}, cell->regret);
            assert_near(se, cell->regret.se, 0.0);
        }
    assert_false(hr_worlds_kept(c.w, 2, 0, &value, &se, &lo, &hi));
    assert_false(hr_worlds_regret(c.w, 0, 3, &value, &se, &lo, &hi));
    worlds_close(&c);
}

static void test_a_strategy_against_itself_regrets_nothing(void **state)
{
    (void)state;
    static const char *const same[] = {"two-more-schools", "two-more-schools"};
    worlds_case c;
    worlds_run(&c, same, 2, WORLDS, 2, &OPTIONS);
    for (int s = 0; s < 2; s++) {
        for (int k = 0; k < 3; k++) {
            const hr_weighed_cell *cell = hr_weighed_cell_of(&c.w->weighed, s, k);
            assert_true(cell->regret.value == 0.0 && cell->regret.hi == 0.0);
            assert_true(cell->kept_regret.value == 0.0 && cell->enough_regret.value == 0.0);
        }
        assert_true(c.w->weighed.strategy[s].undominated);
    }
    worlds_close(&c);
}

static void test_a_world_that_changes_nothing(void **state)
{
    (void)state;
    static const char *const world[] = {WORLDS_NEVER};
    worlds_case c;
    worlds_run(&c, TWO, 2, world, 1, &OPTIONS);
    for (int s = 0; s < 2; s++) {
        const hr_weighed_cell *a = hr_weighed_cell_of(&c.w->weighed, s, 0),
                              *b = hr_weighed_cell_of(&c.w->weighed, s, 1);
        assert_estimates(a->kept, b->kept);
        assert_estimates(a->enough, b->enough);
        assert_estimates(a->both, b->both);
        assert_estimates(a->regret, b->regret);
        assert_estimates(a->regret_most, b->regret_most);
        assert_estimates(a->kept_regret, b->kept_regret);
        assert_near(c.w->weighed.strategy[s].satisfied.value, a->both.value, 0.0);
        assert_near(c.w->weighed.strategy[s].criterion[HR_CRITERION_RESERVES].value,
                    hr_worlds_end(c.w, s, 0, 2)->mean.value, 1e-12);
    }
    worlds_close(&c);
}

/* A world bites where the plan has a word of its own, and under what was decided. */
static void test_a_world_bites(void **state)
{
    (void)state;
    worlds_case c;
    worlds_run(&c, TWO, 2, WORLDS, 2, &OPTIONS);
    for (int s = 0; s < 2; s++) {
        const double *supply[2];
        for (int k = 0; k < 2; k++)
            supply[k] = &hr_worlds_end(c.w, s, k == 0 ? 0 : 2, 4)->mean.value;
        assert_true(*supply[1] > *supply[0] + 5.0); /* more of fewer days is needed */
        assert_true(hr_worlds_end(c.w, s, 1, 2)->mean.value <
                    hr_worlds_end(c.w, s, 0, 2)->mean.value);
    }
    worlds_close(&c);
}

static void assert_same(const hr_worlds *a, const hr_worlds *b, const int *place)
{
    for (int s = 0; s < a->strategies; s++) {
        for (int k = 0; k < a->worlds; k++) {
            const hr_weighed_cell *x = hr_weighed_cell_of(&a->weighed, s, k),
                                  *y = hr_weighed_cell_of(&b->weighed, s, place[k]);
            assert_memory_equal(x, y, sizeof *x);
            for (int m = 0; m < HR_WORLD_METRICS; m++)
                assert_estimates(hr_worlds_end(a, s, k, m)->mean,
                                 hr_worlds_end(b, s, place[k], m)->mean);
        }
        const hr_weighed_strategy *x = &a->weighed.strategy[s], *y = &b->weighed.strategy[s];
        assert_estimates(x->reserves.regret, y->reserves.regret);
        assert_estimates(x->satisfied, y->satisfied);
        for (int c = 0; c < HR_CRITERIA; c++)
            assert_estimates(x->criterion[c], y->criterion[c]);
    }
    assert_estimates(a->weighed.reserves.ahead, b->weighed.reserves.ahead);
}

static void test_the_order_of_worlds_is_not_seen(void **state)
{
    (void)state;
    static const char *const forth[] = {"tight-settlement", "staff-shortage", "falling-births"};
    static const char *const back[] = {"falling-births", "tight-settlement", "staff-shortage"};
    static const int place[] = {0, 2, 3, 1};
    worlds_case a, b;
    worlds_run(&a, TWO, 2, forth, 3, &OPTIONS);
    worlds_run(&b, TWO, 2, back, 3, &OPTIONS);
    assert_same(a.w, b.w, place);
    worlds_close(&a);
    worlds_close(&b);
}

static void test_threads_and_lanes_change_nothing(void **state)
{
    (void)state;
    static const int place[] = {0, 1, 2};
    worlds_case first, other;
    worlds_run(&first, TWO, 2, WORLDS, 2, &OPTIONS);
    static const int ways[][2] = {{1, 32}, {3, 256}};
    for (int way = 0; way < 2; way++) {
        const hr_run_options o = {
            .seed = SEED, .paths = PATHS, .threads = ways[way][0], .lanes = ways[way][1]};
        worlds_run(&other, TWO, 2, WORLDS, 2, &o);
        assert_same(first.w, other.w, place);
        worlds_close(&other);
    }
    worlds_close(&first);
}

/* Asked of the last strategy, as it is and in every world; of the others not. */
static void test_limits(void **state)
{
    (void)state;
    static const char *const limit[] = {"P(capacity_use_pct > 100, any) > 0.5"};
    static const char *const last[] = {"two-more-schools", NULL};
    const hr_run_options o = {.seed = SEED, .paths = PATHS, .limit = limit, .limits = 1};
    const char *world;
    worlds_case c;
    worlds_run(&c, last, 2, WORLDS, 2, &o);
    assert_non_null(hr_worlds_limit_passed(c.w, &world));
    assert_string_equal(world, "staff-shortage");
    assert_int_equal(hr_worlds_result(c.w, 0, 2)->limits, 0);
    for (int k = 0; k < 3; k++) {
        const hr_result *r = hr_worlds_result(c.w, 1, k);
        assert_near(r->limit[0].p[0].value, r->risk[HR_R_CAPACITY_OVERLOAD].any.value, 0.0);
        assert_int_equal(r->limit[0].holds, k == 2);
    }
    worlds_close(&c);
    worlds_run(&c, TWO, 2, WORLDS, 2, &o);
    assert_null(hr_worlds_limit_passed(c.w, &world));
    worlds_close(&c);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    static const char *const limit[] = {"P(nothing > 1) > 0.5"};
    const hr_run_options bad = {.seed = SEED, .paths = PATHS, .limit = limit, .limits = 1};
    const hr_run_options many = {.seed = SEED, .paths = 70000};
    worlds_case c;
    assert_int_equal(worlds_try(&c, TWO, 2, WORLDS, 2, &bad), HR_USAGE);
    assert_null(c.w);
    worlds_close(&c);
    assert_int_equal(worlds_try(&c, TWO, 2, WORLDS, 2, &many), HR_TOO_LARGE);
    assert_non_null(strstr(hr_diags_get(c.diags, 0)->text, "65536 would fit"));
    worlds_close(&c);
    assert_int_equal(worlds_try(&c, TWO, 0, WORLDS, 1, &OPTIONS), HR_USAGE);
    worlds_close(&c);
    assert_int_equal(worlds_try(&c, TWO, 2, WORLDS, 0, &OPTIONS), HR_USAGE);
    worlds_close(&c);
    const hr_scenario *other = worlds_load("tests/scenarios/sound.cfg", NULL, NULL);
    const hr_scenario *plan = worlds_load(WORLDS_PLAN, NULL, NULL);
    const hr_scenario *a[] = {plan, plan}, *b[] = {other, other};
    const hr_strategy strategy[] = {{.scenario = a}, {.scenario = b}};
    hr_diags *diags = hr_diags_new();
    hr_worlds *w;
    assert_int_equal(hr_worlds_run(&w, strategy, 2, WORLDS, 1, &OPTIONS, diags), HR_USAGE);
    assert_null(w);
    hr_diags_free(diags);
    hr_scenario_free((hr_scenario *)(uintptr_t)other);
    hr_scenario_free((hr_scenario *)(uintptr_t)plan);
}

/* A world may be shorter: then all are, and what is asked of later is left out, said once. */
static void test_the_fewest_years_are_run(void **state)
{
    (void)state;
    static const char *const world[] = {"tests/scenarios/two-years.cfg", "tight-settlement"};
    worlds_case c;
    worlds_run(&c, TWO, 2, world, 2, &OPTIONS);
    for (int s = 0; s < 2; s++)
        for (int k = 0; k < 3; k++)
            assert_int_equal(hr_worlds_result(c.w, s, k)->years, 2);
    int left_out = 0;
    for (size_t i = 0; i < hr_diags_count(c.diags); i++) {
        left_out += strstr(hr_diags_get(c.diags, i)->text, "left out") != NULL;
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(hr_diags_get(c.diags, i)->text, hr_diags_get(c.diags, j)->text);
    }
    assert_true(left_out > 0);
    worlds_close(&c);
}

/* Other trusts absorb this one in some futures: regret is of those in which no strategy has ended.
 */
static void test_trusts_that_end(void **state)
{
    (void)state;
    static const char *const ends[] = {NULL, "sector-pipeline"};
    const hr_run_options o = {.seed = SEED, .paths = 2000};
    worlds_case c;
    worlds_run(&c, ends, 2, WORLDS, 1, &o);
    const uint64_t own = hr_worlds_end(c.w, 1, 0, 2)->n;
    assert_true(own < o.paths);
    assert_int_equal(hr_worlds_end(c.w, 0, 0, 2)->n, o.paths);
    for (int s = 0; s < 2; s++)
        assert_int_equal(hr_weighed_cell_of(&c.w->weighed, s, 0)->regret.n, own);
    assert_true(c.w->weighed.own <= own && c.w->weighed.own > 0);
    assert_false(hr_is_nan(c.w->weighed.strategy[1].criterion[HR_CRITERION_PUPILS].value));
    worlds_close(&c);
}

static bool stop_after(void *user, uint64_t done, uint64_t of)
{
    (void)of;
    return done < *(uint64_t *)user;
}

static void test_an_interrupted_run_is_one_of_fewer_futures(void **state)
{
    (void)state;
    uint64_t enough = 7 * HR_LEAF;
    static const int place[] = {0, 1};
    const hr_run_options o = {
        .seed = SEED, .paths = 5000, .threads = 1, .tick = stop_after, .user = &enough};
    worlds_case part, whole;
    assert_int_equal(worlds_try(&part, TWO, 2, WORLDS, 1, &o), HR_INTERRUPTED);
    assert_non_null(part.w);
    const hr_result *first = hr_worlds_result(part.w, 0, 0);
    assert_true(first->partial && first->paths >= HR_LEAF && first->paths < 5000);
    assert_int_equal(first->paths_asked, 5000);
    const hr_run_options fewer = {.seed = SEED, .paths = first->paths};
    worlds_run(&whole, TWO, 2, WORLDS, 1, &fewer);
    assert_same(part.w, whole.w, place);
    worlds_close(&whole);
    worlds_close(&part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_cell_is_a_run),
        cmocka_unit_test(test_criteria_are_means_of_cells),
        cmocka_unit_test(test_the_plan_s_own_targets_satisfy),
        cmocka_unit_test(test_cells_by_number),
        cmocka_unit_test(test_a_strategy_against_itself_regrets_nothing),
        cmocka_unit_test(test_a_world_that_changes_nothing),
        cmocka_unit_test(test_a_world_bites),
        cmocka_unit_test(test_the_order_of_worlds_is_not_seen),
        cmocka_unit_test(test_threads_and_lanes_change_nothing),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_the_fewest_years_are_run),
        cmocka_unit_test(test_trusts_that_end),
        cmocka_unit_test(test_an_interrupted_run_is_one_of_fewer_futures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
