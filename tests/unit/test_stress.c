/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stresses: an overlay's numbers are those of a comparison over the same futures, a band's those of
 * a count over the base's paths; what changes nothing gives nothing; order changes no number; what
 * cannot be is refused. */
#include <stdlib.h>

#include "analysis/opening.h"
#include "analysis/summarise.h"
#include "headroom/report.h"
#include "support/stress_case.h"

#define NEVER "tests/scenarios/never.cfg"
#define SHOCK "tests/scenarios/fixed-shock.cfg"
#define SWAP "tests/scenarios/swapped-gap.cfg"
#define ADDED "tests/scenarios/added-target.cfg"
#define OTHER "tests/scenarios/other-target.cfg"

enum { PATHS = 900, POLICY = HR_R_RESERVES_BELOW_POLICY };

/* A sum over the tree of leaves rounds otherwise than a sum as they come. */
static void assert_estimate(hr_estimate a, hr_estimate b, double scale)
{
    assert_within(a.value, b.value, 1e-9 * scale);
    assert_within(a.se, b.se, 1e-9 * scale);
    assert_within(a.lo, b.lo, 1e-9 * scale);
    assert_within(a.hi, b.hi, 1e-9 * scale);
}

/* Every chance and mean of a stress against those of `compare base --with`. */
static void assert_as_compared(const stressed *t, const char *id, const compared *d)
{
    const hr_stress_figures *f = &stress_of(t, id)->figures;
    const hr_result *other = d->c->result[1];
    const hr_pair_result *pair = d->c->pair[1];
    const int years = other->years;
    for (int r = 0; r < HR_RISKS; r++) {
        assert_estimate(f->p[hr_mark_risk(r)], other->risk[r].any, 1.0);
        assert_estimate(f->more[hr_mark_risk(r)], pair->risk[r].any, 1.0);
    }
    assert_int_equal(pair->targets, t->s->base->targets);
    for (int i = 0; i < pair->targets; i++) {
        const int mark = hr_mark_target(pair->target[i].first);
        assert_estimate(f->p[mark], other->target[pair->target[i].second].p, 1.0);
        assert_estimate(f->more[mark], pair->target[i].p, 1.0);
    }
    const int all = hr_mark_of_all(t->s->base->targets, HR_ALL_TARGETS);
    assert_estimate(f->p[all], other->targets_all, 1.0);
    assert_estimate(f->more[all], pair->targets_all, 1.0);
    for (int m = 0; m < HR_STRESS_MEANS; m++) {
        const int at = (int)HR_STRESS_METRIC[m] * years + years - 1;
        const double scale = fmax(1.0, fabs(other->metric[at].mean.value));
        assert_estimate(f->mean[m], other->metric[at].mean, scale);
        assert_estimate(f->mean_more[m], pair->metric[at].mean, scale);
    }
}

static void test_an_overlay_is_as_compared(void **state)
{
    (void)state;
    static const char *const overlay[] = {"pay-shock", "leader-leaves", SHOCK, SWAP};
    stressed t;
    STRESS(&t, COMPARE_PLAN, PATHS, {.id = "pay", .with = "pay-shock"},
           {.id = "leader", .with = "leader-leaves"}, {.id = "shock", .with = SHOCK},
           {.id = "swap", .with = SWAP});
    static const char *const id[] = {"pay", "leader", "shock", "swap"};
    for (int i = 0; i < 4; i++) {
        compared d;
        COMPARE(&d, PATHS, 3, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, overlay[i]});
        assert_as_compared(&t, id[i], &d);
        compare_close(&d);
        assert_true(stress_of(&t, id[i])->figures.differ > 0);
    }
    stress_close(&t);
}

/* The base is a run of it, to the last bit; all together a run of it with all laid over. */
static void test_base_and_together_are_runs(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, PATHS, {.id = "pay", .with = "pay-shock"},
           {.id = "shock", .with = SHOCK});
    const hr_run_options o = {.seed = 3, .paths = PATHS};
    hr_result *base, *all;
    assert_int_equal(hr_run(&base, t.base, &o, t.diags), HR_OK);
    assert_int_equal(hr_run(&all, t.together, &o, t.diags), HR_OK);
    char *a = hr_report_json(base), *b = hr_report_json(t.s->base);
    assert_string_equal(a, b);
    for (int r = 0; r < HR_RISKS; r++) {
        assert_estimate(t.s->of_base.p[hr_mark_risk(r)], base->risk[r].any, 1.0);
        assert_estimate(t.s->together.p[hr_mark_risk(r)], all->risk[r].any, 1.0);
    }
    hr_text_free(a);
    hr_text_free(b);
    hr_result_free(base);
    hr_result_free(all);
    stress_close(&t);
}

/* ---- bands ---- */

typedef struct {
    double average;
    uint64_t future;
} placed;

static int by_average(const void *left, const void *right)
{
    const placed *a = left, *b = right;
    return a->average < b->average ? -1 : a->average > b->average;
}

/* Averages of a driver, in order, worked out from batches of the engine alone. */
static void place(const stressed *t, int average, placed *out)
{
    const hr_run_options o = {.seed = 3, .paths = PATHS};
    hr_arena *arena = hr_arena_new();
    hr_result *opened;
    hr_study study;
    assert_int_equal(hr_open(&opened, &study, t->base, 0, &o, arena, t->diags), HR_OK);
    hr_worker *w = hr_worker_new(opened->plan, NULL, 0, 32);
    for (uint64_t at = 0; at < PATHS; at += 32) {
        hr_outcome outcome;
        hr_engine_batch(w, 3, 1 + at, NULL, NULL, &outcome);
        for (uint64_t i = 0; i < 32 && at + i < PATHS; i++)
            out[at + i] = (placed){outcome.average[average * 32 + (int)i], at + i};
    }
    qsort(out, PATHS, sizeof *out, by_average);
    hr_worker_free(w);
    hr_result_free(opened);
    hr_arena_free(arena);
}

static void test_a_band_is_counted_from_paths(void **state)
{
    (void)state;
    static placed order[PATHS];
    int bands[PATHS] = {0}, in_all = 0;
    stressed t;
    STRESS(&t, COMPARE_SMALL, PATHS,
           {.id = "dear", .driver = "teacher_pay", .from_pct = 90, .to_pct = 100},
           {.id = "lean", .driver = "funding", .from_pct = 0, .to_pct = 10},
           {.id = "middle", .driver = "area_demand", .from_pct = 40, .to_pct = 60});
    const hr_result *r = t.s->base;
    static const struct {
        const char *id;
        int average, from, to;
    } band[] = {{"dear", HR_average_TEACHER_PAY, 810, 900},
                {"lean", HR_average_FUNDING, 0, 90},
                {"middle", HR_average_AREA_DEMAND, 360, 540}};
    for (int k = 0; k < 3; k++) {
        const hr_stress_result *s = stress_of(&t, band[k].id);
        place(&t, band[k].average, order);
        assert_int_equal(s->figures.n, band[k].to - band[k].from);
        assert_same_bits(s->low, order[band[k].from].average);
        assert_same_bits(s->high, order[band[k].to - 1].average);
        const double *reserves =
            r->column + (size_t)(HR_M_RESERVES * r->years + r->years - 1) * PATHS;
        double in = 0.0, all = 0.0, n = band[k].to - band[k].from;
        for (int i = 0; i < PATHS; i++) {
            all += reserves[i] / PATHS;
            in += i >= band[k].from && i < band[k].to ? reserves[order[i].future] / n : 0.0;
            bands[order[i].future] += i >= band[k].from && i < band[k].to;
        }
        assert_near(s->figures.mean[HR_STRESS_RESERVES].value, in, 1e-9);
        assert_within(s->figures.mean_more[HR_STRESS_RESERVES].value, in - all, 1e-3);
    }
    for (int i = 0; i < PATHS; i++)
        in_all += bands[i] == 3;
    assert_int_equal(t.s->in_all_bands, in_all);
    assert_false(t.s->banded);
    stress_close(&t);
}

/* Bands wide enough are part of all together; one that is known holds every future. */
static void test_bands_together(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_SMALL, PATHS, {.id = "pay", .with = "pay-shock"},
           {.id = "shock", .with = SHOCK},
           {.id = "dear", .driver = "teacher_pay", .from_pct = 50, .to_pct = 100},
           {.id = "all", .driver = "prices", .from_pct = 0, .to_pct = 100});
    assert_true(t.s->banded);
    assert_int_equal(t.s->in_all_bands, PATHS / 2);
    assert_int_equal(t.s->together.n, PATHS / 2);
    assert_int_equal(stress_of(&t, "all")->figures.differ, 0);
    const hr_run_options o = {.seed = 3, .paths = PATHS};
    hr_result *all;
    static placed order[PATHS];
    assert_int_equal(hr_run(&all, t.together, &o, t.diags), HR_OK);
    place(&t, HR_average_TEACHER_PAY, order);
    double in = 0.0;
    const double *reserves =
        all->column + (size_t)(HR_M_RESERVES * all->years + all->years - 1) * PATHS;
    for (int i = PATHS / 2; i < PATHS; i++)
        in += reserves[order[i].future] / (PATHS / 2);
    assert_near(t.s->together.mean[HR_STRESS_RESERVES].value, in, 1e-9);
    hr_result_free(all);
    stress_close(&t);
}

/* It takes 256 futures in all bands to tell of them together. */
static void test_bands_with_few_futures(void **state)
{
    (void)state;
    static const struct {
        uint64_t paths;
        bool banded;
    } of[] = {{2 * HR_STRESS_TOGETHER, true}, {2 * HR_STRESS_TOGETHER - 2, false}};
    for (int k = 0; k < 2; k++) {
        stressed t;
        STRESS(&t, COMPARE_SMALL, of[k].paths, {.id = "pay", .with = "pay-shock"},
               {.id = "dear", .driver = "teacher_pay", .from_pct = 50, .to_pct = 100});
        assert_int_equal(t.s->in_all_bands, of[k].paths / 2);
        assert_true(t.s->banded == of[k].banded);
        assert_int_equal(t.s->together.n, of[k].paths / (of[k].banded ? 2 : 1));
        stress_close(&t);
    }
}

/* ---- nothing, and order ---- */

static void test_what_changes_nothing(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, PATHS, {.id = "never", .with = NEVER},
           {.id = "pay", .with = "pay-shock"},
           {.id = "all", .driver = "prices", .from_pct = 0, .to_pct = 100});
    static const char *const id[] = {"never", "all"};
    for (int k = 0; k < 2; k++) {
        const hr_stress_figures *f = &stress_of(&t, id[k])->figures;
        assert_int_equal(f->differ, 0);
        for (int m = 0; m < hr_marks(t.s->base->targets); m++)
            assert_true(isnan(f->p[m].value) ||
                        (f->more[m].value == 0.0 && f->p[m].value == t.s->of_base.p[m].value));
        for (int m = 0; m < HR_STRESS_MEANS; m++)
            assert_true(f->mean_more[m].value == 0.0 && f->mean_more[m].se == 0.0);
        assert_true(f->met_more.value == 0.0);
    }
    assert_string_equal(t.s->stress[0].of->id, "pay");
    stress_close(&t);
}

/* Equal harm, here none since nothing falls below the policy: what takes more of reserves is first.
 */
static void test_ties_stand_by_what_is_lost(void **state)
{
    (void)state;
    static const wanted w[] = {{.id = "a-never", .with = NEVER},
                               {.id = "b-pay", .with = "pay-shock"},
                               {.id = "c-energy", .with = "energy-shock"}};
    const hr_run_options o = {.seed = 3, .paths = 300};
    stressed t;
    stress_load(&t, COMPARE_PLAN, "reserves_policy.target=-100", w, 3);
    assert_int_equal(stress_try(&t, &o), HR_OK);
    for (int i = 0; i < 3; i++)
        assert_true(hr_stress_harm(&t.s->stress[i].figures).value == 0.0);
    assert_string_equal(t.s->stress[0].of->id, "c-energy");
    assert_string_equal(t.s->stress[1].of->id, "b-pay");
    assert_string_equal(t.s->stress[2].of->id, "a-never");
    stress_close(&t);
}

static void test_order_changes_nothing(void **state)
{
    (void)state;
    static const wanted given[] = {
        {.id = "leader", .with = "leader-leaves"},
        {.id = "dear", .driver = "teacher_pay", .from_pct = 80, .to_pct = 100},
        {.id = "never", .with = NEVER},
        {.id = "never-either", .with = NEVER},
        {.id = "pay", .with = "pay-shock"}};
    wanted turned[5];
    for (int i = 0; i < 5; i++)
        turned[i] = given[4 - i];
    stressed a, b;
    stress_run(&a, COMPARE_PLAN, given, 5, 300);
    stress_run(&b, COMPARE_PLAN, turned, 5, 300);
    char *x = hr_report_stresses_json(a.s), *y = hr_report_stresses_json(b.s);
    assert_string_equal(x, y);
    for (int i = 1; i < a.s->stresses; i++)
        assert_true(hr_stress_harm(&a.s->stress[i - 1].figures).value >=
                    hr_stress_harm(&a.s->stress[i].figures).value);
    hr_text_free(x);
    hr_text_free(y);
    stress_close(&a);
    stress_close(&b);
}

/* ---- targets that a stress takes away, limits, and what is refused ---- */

static void test_limits_are_asked_of_all_together(void **state)
{
    (void)state;
    const char *limit[] = {"P(reserves_below_policy) > 0.2 and P(pupils > 100000, end) < 0.5"};
    const hr_run_options o = {.seed = 3, .paths = PATHS, .limit = limit, .limits = 1};
    static const wanted w[] = {{.id = "pay", .with = "pay-shock"}, {.id = "shock", .with = SHOCK}};
    stressed t;
    stress_load(&t, COMPARE_PLAN, NULL, w, 2);
    assert_int_equal(stress_try(&t, &o), HR_OK);
    assert_ptr_equal(t.s->asked->scenario, t.together);
    assert_estimate(t.s->asked->limit[0].p[0], t.s->together.p[hr_mark_risk(POLICY)], 1.0);
    assert_true(t.s->asked->limit[0].p[1].value == 0.0);
    assert_string_equal(hr_stresses_limit_passed(t.s), limit[0]);
    double value, lo, hi;
    assert_true(hr_stresses_harm(t.s, "together", &value, &lo, &hi));
    assert_same_bits(value, hr_stress_harm(&t.s->together).value);
    assert_true(hr_stresses_harm(t.s, "pay", &value, &lo, &hi) && lo <= value && value <= hi);
    assert_false(hr_stresses_harm(t.s, "nobody", &value, &lo, &hi));
    stress_close(&t);
}

/* Where bands are part of all together, limits are asked of the futures in them. */
static void test_limits_are_asked_of_the_bands(void **state)
{
    (void)state;
    const char *limit[] = {"P(reserves_below_policy) > 0.2"};
    const hr_run_options o = {.seed = 3, .paths = PATHS, .limit = limit, .limits = 1};
    static const wanted w[] = {
        {.id = "pay", .with = "pay-shock"},
        {.id = "dear", .driver = "teacher_pay", .from_pct = 50, .to_pct = 100}};
    stressed t;
    stress_load(&t, COMPARE_PLAN, NULL, w, 2);
    assert_int_equal(stress_try(&t, &o), HR_OK);
    assert_true(t.s->banded);
    assert_estimate(t.s->asked->limit[0].p[0], t.s->together.p[hr_mark_risk(POLICY)], 1.0);
    assert_int_equal(t.s->asked->limit[0].p[0].n, PATHS / 2);
    stress_close(&t);
}

/* A target is another's only where both ask the same; all of them only where there is none besides.
 */
static void test_targets_are_matched(void **state)
{
    (void)state;
    stressed t;
    STRESS(&t, COMPARE_PLAN, 300, {.id = "added", .with = ADDED}, {.id = "other", .with = OTHER});
    const int targets = t.s->base->targets, all = hr_mark_of_all(targets, HR_ALL_TARGETS);
    const hr_stress_figures *added = &stress_of(&t, "added")->figures;
    const hr_stress_figures *other = &stress_of(&t, "other")->figures;
    for (int q = 0; q < targets; q++) {
        const int mark = hr_mark_target(q);
        const bool size = strcmp(t.s->base->target[q].id, "size") == 0;
        assert_true(added->p[mark].value == t.s->of_base.p[mark].value);
        assert_true(size ? isnan(other->p[mark].value)
                         : other->p[mark].value == t.s->of_base.p[mark].value);
    }
    assert_true(isnan(added->p[all].value) && isnan(added->more[all].value));
    assert_true(isnan(other->p[all].value) && isnan(other->more[all].value));
    assert_int_equal(added->differ, 0);
    stress_close(&t);
}

static void refused(const char *set, const wanted *w, size_t count, const hr_run_options *o,
                    hr_status status, const char *words)
{
    stressed t;
    stress_load(&t, COMPARE_PLAN, set, w, count);
    assert_int_equal(stress_try(&t, o), status);
    assert_null(t.s);
    bool said = false;
    for (size_t i = 0; i < hr_diags_count(t.diags); i++)
        said = said || strstr(hr_diags_get(t.diags, i)->text, words) != NULL;
    if (!said)
        fail_msg("not said: %s", words);
    stress_close(&t);
}

static void test_what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const wanted pay[] = {{.id = "pay", .with = "pay-shock"},
                                 {.id = "pay", .driver = "prices", .from_pct = 0, .to_pct = 50}};
    static const wanted years[] = {{.id = "longer", .with = "tests/scenarios/two-years.cfg"}};
    static const wanted driver[] = {{.id = "roll", .driver = "roll", .to_pct = 50}};
    const hr_run_options o = {.seed = 3, .paths = 300}, many = {.seed = 3, .paths = 65537};
    refused(NULL, pay, 0, &o, HR_USAGE, "there is no stress");
    refused(NULL, pay, 2, &o, HR_USAGE, "stress pay is there twice");
    refused(NULL, years, 1, &o, HR_USAGE, "stress longer has other years");
    refused(NULL, driver, 1, &o, HR_USAGE, "no driver with an average");
    refused(NULL, pay, 1, &many, HR_TOO_LARGE, "65536 would fit");
}

static bool stop_after(void *user, uint64_t done, uint64_t of)
{
    (void)of;
    return done < *(uint64_t *)user;
}

/* Interrupted, it tells of the futures that all have, the base among them. */
static void test_interrupted(void **state)
{
    (void)state;
    static const wanted w[] = {{.id = "pay", .with = "pay-shock"}, {.id = "shock", .with = SHOCK}};
    uint64_t after = 4000;
    const hr_run_options o = {
        .seed = 3, .paths = 5000, .threads = 1, .tick = stop_after, .user = &after};
    stressed t;
    stress_load(&t, COMPARE_SMALL, NULL, w, 2);
    assert_int_equal(stress_try(&t, &o), HR_INTERRUPTED);
    assert_non_null(t.s);
    assert_true(t.s->base->partial && t.s->base->paths > 0 && t.s->base->paths < 5000);
    assert_int_equal(t.s->of_base.n, t.s->base->paths);
    hr_result *r;
    const hr_run_options same = {.seed = 3, .paths = t.s->base->paths};
    assert_int_equal(hr_run(&r, t.base, &same, t.diags), HR_OK);
    assert_estimate(t.s->of_base.p[hr_mark_risk(POLICY)], r->risk[POLICY].any, 1.0);
    hr_result_free(r);
    stress_close(&t);
    after = 1;
    stress_load(&t, COMPARE_SMALL, NULL, w, 2);
    assert_int_equal(stress_try(&t, &o), HR_INTERRUPTED);
    assert_null(t.s);
    stress_close(&t);
}

/* ---- the list of a scenario ---- */

static void test_the_list(void **state)
{
    (void)state;
    hr_diags *d = hr_diags_new();
    hr_scenario *s, *changed;
    const hr_change change[] = {{HR_CHANGE_WITH, "tests/scenarios/listed-stresses.cfg"}};
    assert_int_equal(hr_scenario_load(&s, COMPARE_SMALL, NULL, 0, d), HR_OK);
    assert_int_equal(hr_scenario_load(&changed, COMPARE_SMALL, change, 1, d), HR_OK);
    assert_int_equal(hr_scenario_stresses(s), 12);
    assert_int_equal(hr_scenario_stresses(changed), 13);
    const hr_stress_row *own = NULL, *gone = NULL, *other = NULL;
    for (size_t i = 0; i < hr_scenario_stresses(changed); i++) {
        const hr_stress_row *row = hr_scenario_stress(changed, i);
        own = strcmp(row->id, "gap") == 0 ? row : own;
        gone = strcmp(row->id, "pay-shock") == 0 ? row : gone;
        other = strcmp(row->id, "high-prices") == 0 ? row : other;
        assert_true((row->with == NULL) != (row->driver == NULL));
    }
    assert_null(gone);
    assert_string_equal(own->with, SWAP);
    assert_string_equal(own->name, "A worse gap");
    assert_string_equal(own->source, "Assumption");
    assert_true(other->from_pct == 75.0 && other->to_pct == 100.0);
    assert_null(hr_scenario_stress(changed, 13));
    /* they are nothing of what the scenario is */
    assert_string_equal(s->digest, changed->digest);
    assert_int_equal(s->given, changed->given);
    assert_int_equal(s->defaults, changed->defaults);
    /* and stand in resolved.cfg, but for what lies beside another file */
    assert_non_null(strstr(changed->resolved, "id = \"high-prices\""));
    assert_null(strstr(changed->resolved, "swapped-gap"));
    assert_non_null(strstr(changed->resolved, "# Stresses left out, since a file of their own is "
                                              "laid over: gap, shock\n"));
    assert_non_null(strstr(changed->resolved, "from defaults: good-school-declines, "));
    assert_non_null(strstr(changed->resolved, "id = \"falling-rolls\""));
    hr_scenario_free(s);
    hr_scenario_free(changed);
    hr_diags_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_overlay_is_as_compared),
        cmocka_unit_test(test_base_and_together_are_runs),
        cmocka_unit_test(test_a_band_is_counted_from_paths),
        cmocka_unit_test(test_bands_together),
        cmocka_unit_test(test_bands_with_few_futures),
        cmocka_unit_test(test_what_changes_nothing),
        cmocka_unit_test(test_ties_stand_by_what_is_lost),
        cmocka_unit_test(test_order_changes_nothing),
        cmocka_unit_test(test_limits_are_asked_of_all_together),
        cmocka_unit_test(test_limits_are_asked_of_the_bands),
        cmocka_unit_test(test_targets_are_matched),
        cmocka_unit_test(test_what_cannot_be_is_refused),
        cmocka_unit_test(test_interrupted),
        cmocka_unit_test(test_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
