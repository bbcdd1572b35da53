/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A precision of stresses and of strategies under worlds: the first look that is exact enough, to
 * the last bit a run of so many; which chances it is of; limits of futures and memory;
 * interruptions. Sets of assumptions are nothing to either. */
#include "base/lanes.h"
#include "headroom/report.h"
#include "support/stress_case.h"
#include "support/worlds_case.h"

enum { SEED = 3, POLICY = HR_R_RESERVES_BELOW_POLICY, DAYS = HR_R_CAPACITY_OVERLOAD };

/* ---- either, by one name ---- */

typedef struct {
    bool of_worlds;
    stressed stresses;
    worlds_case worlds;
    hr_status status;
    const hr_result *first; /* the base, or the first strategy as it is; NULL: nothing came out */
    double half_pct;
    char *json;
    const char *said; /* the last diagnostic, or "" */
} looked;

/* Cases that a future is simulated in: base, two stresses, both together and the base in full; two
 * strategies in two worlds. */
static const uint64_t EACH[] = {5, 4};

static const wanted OVERLAYS[] = {{.id = "pay", .with = "pay-shock"},
                                  {.id = "leader", .with = "leader-leaves"}};

static void look(looked *l, bool of_worlds, const hr_run_options *o)
{
    static const char *const strategy[] = {NULL, "two-more-schools"};
    static const char *const world[] = {"tight-settlement"};
    *l = (looked){.of_worlds = of_worlds, .said = ""};
    const hr_diags *d;
    if (of_worlds) {
        l->status = worlds_try(&l->worlds, strategy, 2, world, 1, o);
        d = l->worlds.diags;
    } else {
        stress_load(&l->stresses, COMPARE_PLAN, NULL, OVERLAYS, 2);
        l->status = stress_try(&l->stresses, o);
        d = l->stresses.diags;
    }
    if (l->worlds.w != NULL) {
        l->first = hr_worlds_result(l->worlds.w, 0, 0);
        l->half_pct = 100.0 * hr_worlds_half(l->worlds.w);
        l->json = hr_report_worlds_json(l->worlds.w);
        assert_int_equal(hr_worlds_paths_asked(l->worlds.w), l->first->paths_asked);
    }
    if (l->stresses.s != NULL) {
        l->first = l->stresses.s->base;
        l->half_pct = 100.0 * hr_stresses_half(l->stresses.s);
        l->json = hr_report_stresses_json(l->stresses.s);
        assert_int_equal(hr_stresses_paths_asked(l->stresses.s), l->first->paths_asked);
    }
    if (hr_diags_count(d) > 0)
        l->said = hr_diags_get(d, hr_diags_count(d) - 1)->text;
}

static void look_close(looked *l)
{
    hr_text_free(l->json);
    if (l->of_worlds)
        worlds_close(&l->worlds);
    else
        stress_close(&l->stresses);
}

static void assert_a_run_of_its_own(const looked *l)
{
    looked direct;
    look(&direct, l->of_worlds, &(hr_run_options){.seed = SEED, .paths = l->first->paths});
    assert_int_equal(direct.status, HR_OK);
    assert_string_equal(direct.json, l->json);
    look_close(&direct);
}

/* ---- ticks ---- */

typedef struct {
    uint64_t stop, done, of;
    double shown;
} watch;

static bool watched(void *user, uint64_t done, uint64_t of)
{
    watch *w = user;
    const double share = (double)done / (double)of;
    assert_true(done >= w->done && done <= of && share >= w->shown);
    *w = (watch){.stop = w->stop, .done = done, .of = of, .shown = share};
    return done < w->stop;
}

/* ---- how many ---- */

static void test_the_first_look_that_is_exact_enough(void **state)
{
    (void)state;
    static const struct {
        bool of_worlds;
        double precision;
        uint64_t paths;
    } row[] = {{false, 50.0, 4096}, {false, 1.4, 8192}, {true, 50.0, 4096}, {true, 1.2, 8192}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        looked l, before;
        watch ticks = {.stop = UINT64_MAX};
        look(&l, row[i].of_worlds,
             &(hr_run_options){
                 .seed = SEED, .precision = row[i].precision, .tick = watched, .user = &ticks});
        assert_int_equal(l.status, HR_OK);
        assert_int_equal(ticks.of, EACH[row[i].of_worlds] * (2 * row[i].paths - 4096));
        assert_string_equal(l.said, "");
        assert_int_equal(l.first->paths, row[i].paths);
        assert_int_equal(l.first->paths_asked, row[i].paths);
        assert_true(l.half_pct <= row[i].precision);
        assert_a_run_of_its_own(&l);
        look(&before, row[i].of_worlds, &(hr_run_options){.seed = SEED, .paths = row[i].paths / 2});
        assert_true(row[i].paths == 4096 || before.half_pct > row[i].precision);
        look_close(&before);
        look_close(&l);
    }
}

static void test_the_most_futures(void **state)
{
    (void)state;
    for (int w = 0; w < 2; w++) {
        looked l;
        look(&l, w, &(hr_run_options){.seed = SEED, .precision = 0.1, .paths = 5000});
        assert_int_equal(l.status, HR_OK);
        assert_int_equal(l.first->paths, 5000);
        assert_int_equal(
            strncmp(l.said, "5,000 futures, the most that may be taken, make the chances good", 64),
            0);
        assert_non_null(strstr(l.said, "not to the 0.1 asked for"));
        assert_a_run_of_its_own(&l);
        look_close(&l);
    }
}

static void test_memory_ends_the_search(void **state)
{
    (void)state;
    for (int w = 0; w < 2; w++) {
        looked l;
        hr_run_options o = {.seed = SEED, .precision = 0.01, .memory = 16000000};
        look(&l, w, &o);
        assert_int_equal(l.status, HR_OK);
        assert_true(l.first->paths >= 4096 && l.first->paths < HR_EXACT_MOST);
        assert_non_null(strstr(l.said, "futures, the most that memory has room for, make"));
        assert_a_run_of_its_own(&l);
        look_close(&l);
        o.memory = 1000000;
        look(&l, w, &o);
        assert_int_equal(l.status, HR_TOO_LARGE);
        assert_null(l.first);
        look_close(&l);
    }
}

static void test_wrong_options_are_refused(void **state)
{
    (void)state;
    const hr_run_options wrong[] = {
        {.precision = -1.0}, {.precision = 50.5}, {.precision = 1.0, .threads = -1}, {.paths = 0}};
    for (size_t i = 0; i < 8; i++) {
        looked l;
        look(&l, i % 2 == 1, &wrong[i / 2]);
        assert_int_equal(l.status, HR_USAGE);
        assert_null(l.first);
        assert_true(l.said[0] != '\0');
        look_close(&l);
    }
}

/* ---- interruptions ---- */

/* All looks that there may be, whatever --paths says: every future is kept. */
static void test_no_more_than_are_kept(void **state)
{
    (void)state;
    for (int w = 0; w < 2; w++) {
        looked l;
        watch ticks = {.stop = 1};
        look(&l, w,
             &(hr_run_options){.seed = SEED,
                               .precision = 0.01,
                               .paths = 100000,
                               .threads = 1,
                               .tick = watched,
                               .user = &ticks});
        assert_int_equal(l.status, HR_INTERRUPTED);
        assert_int_equal(ticks.of, EACH[w] * (2 * HR_EXACT_MOST - 4096));
        look_close(&l);
    }
}

static void test_interrupted(void **state)
{
    (void)state;
    static const uint64_t at[] = {1500, 4096 + 2000, 4096 + 6000};
    for (int i = 0; i < 6; i++) {
        looked l;
        const int w = i % 2;
        watch ticks = {.stop = at[i / 2] * EACH[w]};
        look(&l, w,
             &(hr_run_options){
                 .seed = SEED, .precision = 0.3, .threads = 1, .tick = watched, .user = &ticks});
        assert_int_equal(l.status, HR_INTERRUPTED);
        const hr_result *r = l.first;
        assert_int_equal(r->partial, i / 2 != 1);
        if (i / 2 == 0)
            assert_true(r->paths < 4096 && r->paths_asked == 4096);
        if (i / 2 == 1) {
            assert_int_equal(r->paths, 4096);
            assert_non_null(strstr(l.said, "4,096 futures, the last that were whole when it was"));
            assert_a_run_of_its_own(&l);
        }
        if (i / 2 == 2)
            assert_true(r->paths > 4096 && r->paths < 8192 && r->paths_asked == 8192);
        look_close(&l);
    }
}

/* ---- of what ---- */

/* Sets an interval to 40 points wide, asks how wide the widest is, and puts it back. */
#define HALF_WITH(estimate, half)                                                                  \
    do {                                                                                           \
        const hr_estimate was = (estimate);                                                        \
        (estimate) = (hr_estimate){.value = 0.5, .lo = 0.3, .hi = 0.7, .n = 9};                    \
        assert_near((half), 0.2, 1e-12);                                                           \
        (estimate) = was;                                                                          \
    } while (0)

static void test_of_which_chances_of_stresses(void **state)
{
    (void)state;
    looked l;
    static const wanted w[] = {{.id = "leader", .with = "leader-leaves"},
                               {.id = "declines", .with = "good-school-declines"}};
    stress_load(&l.stresses, COMPARE_PLAN, NULL, w, 2);
    assert_int_equal(stress_try(&l.stresses, &(hr_run_options){.seed = SEED, .paths = 4096}),
                     HR_OK);
    hr_stresses *s = l.stresses.s;
    const int policy = hr_mark_risk(POLICY), days = hr_mark_risk(DAYS);
    const int all = hr_mark_of_all(s->base->targets, HR_ALL_TARGETS);
    hr_stress_figures *figures[] = {&s->of_base, &s->stress[0].figures, &s->stress[1].figures,
                                    &s->together};
    assert_true(hr_stresses_half(s) < 0.02);
    for (int i = 0; i < 4; i++) {
        HALF_WITH(figures[i]->p[policy], hr_stresses_half(s));
        HALF_WITH(figures[i]->more[policy], hr_stresses_half(s));
    }
    /* days and targets: of the base, and of the stress that the verdict names */
    assert_non_null(hr_stress_short_of_days(s));
    assert_non_null(hr_stress_breaks_targets(s));
    hr_stress_result *shortest = &s->stress[hr_stress_short_of_days(s) - s->stress];
    hr_stress_result *breaks = &s->stress[hr_stress_breaks_targets(s) - s->stress];
    const int other = shortest == &s->stress[0];
    HALF_WITH(s->of_base.p[days], hr_stresses_half(s));
    HALF_WITH(s->of_base.p[all], hr_stresses_half(s));
    HALF_WITH(shortest->figures.p[days], hr_stresses_half(s));
    HALF_WITH(shortest->figures.more[days], hr_stresses_half(s));
    HALF_WITH(breaks->figures.p[all], hr_stresses_half(s));
    s->stress[other].figures.p[days] = (hr_estimate){.value = 0.5, .lo = 0.3, .hi = 0.7, .n = 9};
    assert_true(hr_stresses_half(s) < 0.02);
    s->stress[other].figures.p[policy] = hr_estimate_chance(0, 0); /* undefined has none */
    assert_true(hr_stresses_half(s) < 0.02);
    stress_close(&l.stresses);
}

static void test_of_which_chances_of_worlds(void **state)
{
    (void)state;
    looked l;
    look(&l, true, &(hr_run_options){.seed = SEED, .paths = 4096});
    hr_worlds *w = l.worlds.w;
    assert_true(hr_worlds_half(w) < 0.02);
    for (int at = 0; at < 4; at++) {
        HALF_WITH(w->weighed.cell[at].kept, hr_worlds_half(w));
        HALF_WITH(w->weighed.cell[at].enough, hr_worlds_half(w));
        HALF_WITH(w->weighed.cell[at].kept_regret, hr_worlds_half(w));
        HALF_WITH(w->result[at]->plan_targets_all, hr_worlds_half(w));
    }
    for (int s = 0; s < 2; s++) {
        HALF_WITH(w->weighed.strategy[s].satisfied, hr_worlds_half(w));
        HALF_WITH(w->weighed.strategy[s].satisfied_plan, hr_worlds_half(w));
    }
    HALF_WITH(w->weighed.kept.ahead, hr_worlds_half(w));
    w->weighed.cell[0].kept = hr_estimate_chance(0, 0);
    assert_true(hr_worlds_half(w) < 0.02);
    look_close(&l);
}

static void test_limits_are_of_the_last_look(void **state)
{
    (void)state;
    static const char *const limits[] = {"P(reserves_below_policy) > 0.99",
                                         "P(reserves_below_policy) > 0.3"};
    for (int w = 0; w < 2; w++) {
        looked l;
        look(&l, w,
             &(hr_run_options){
                 .seed = SEED, .precision = w ? 1.2 : 1.4, .limit = limits, .limits = 2});
        const hr_result *asked = w ? hr_worlds_result(l.worlds.w, 1, 0) : l.stresses.s->asked;
        assert_int_equal(asked->limit[0].p[0].n, 8192);
        const char *world;
        assert_string_equal(w ? hr_worlds_limit_passed(l.worlds.w, &world)
                              : hr_stresses_limit_passed(l.stresses.s),
                            limits[1]);
        look_close(&l);
    }
}

/* ---- sets of assumptions ---- */

static void test_sets_are_not_looked_at(void **state)
{
    (void)state;
    for (int w = 0; w < 2; w++) {
        looked with, without;
        watch a = {.stop = UINT64_MAX}, b = a;
        hr_run_options o = {.seed = SEED, .paths = 600, .threads = 1, .tick = watched, .user = &a};
        look(&without, w, &o);
        o.assumptions = HR_ASSUMPTIONS_DEFAULT;
        o.user = &b;
        look(&with, w, &o);
        assert_int_equal(with.status, HR_OK);
        assert_string_equal(with.json, without.json);
        assert_null(strstr(with.json, "assumption_sets"));
        assert_int_equal(a.of, b.of);
        assert_int_equal(with.first->sets_asked, 0);
        look_close(&with);
        look_close(&without);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_look_that_is_exact_enough),
        cmocka_unit_test(test_the_most_futures),
        cmocka_unit_test(test_memory_ends_the_search),
        cmocka_unit_test(test_wrong_options_are_refused),
        cmocka_unit_test(test_no_more_than_are_kept),
        cmocka_unit_test(test_interrupted),
        cmocka_unit_test(test_of_which_chances_of_stresses),
        cmocka_unit_test(test_of_which_chances_of_worlds),
        cmocka_unit_test(test_limits_are_of_the_last_look),
        cmocka_unit_test(test_sets_are_not_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
