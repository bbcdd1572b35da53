/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of assumptions of whole runs: on a trust on which nothing else moves, a sum drawn once and a
 * sum drawn every year come out as the normal law says; what is not uncertain has no range; the
 * same bits on any threads and lanes; a run interrupted among its sets is whole but for these. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/sets.h"
#include "base/vmath.h"
#include "headroom/report.h"
#include "support/compare_case.h"

#define STILL "tests/scenarios/still.cfg"
#define ONE_SCHOOL "tests/scenarios/one-school.cfg"
#define Z95 1.6448536269514722 /* the normal's 95 % point */

/* One school whose reserves after a year are what it opened with plus what that year's luck gives:
 * 4 % of its income of 2,170,000 pounds times a standard normal. Once in each future its opening
 * reserves are drawn, half as wide. */
#define YEARLY 86800.0
#define ONCE 43400.0
#define OPENING 100000.0
#define OPENING_ONCE                                                                               \
    "schools.ash.reserves={ dist = \"normal\"; mean = 100000.0; sd = 43400.0; each = \"future\"; " \
    "}"
#define OPENING_TWICE                                                                              \
    "schools.ash.reserves={ dist = \"normal\"; mean = 100000.0; sd = 86800.0; each = \"future\"; " \
    "}"
#define OPENING_KNOWN "schools.ash.reserves=100000"

enum { SEED = 11, PATHS = 10000, SETS = 200 };

typedef struct {
    hr_scenario *scenario;
    hr_result *result;
    hr_diags *diags;
} ran;

/* A scenario with changes: those with "=" in them are settings, others overlays. */
static hr_status run_with(ran *r, const char *path, const char *const *change, int changes,
                          const hr_run_options *o)
{
    hr_change list[8];
    for (int i = 0; i < changes; i++)
        list[i] = (hr_change){.kind = strchr(change[i], '=') ? HR_CHANGE_SET : HR_CHANGE_WITH,
                              .text = change[i]};
    *r = (ran){.diags = hr_diags_new()};
    if (hr_scenario_load(&r->scenario, path, list, (size_t)changes, r->diags) != HR_OK)
        fail_msg("%s", hr_diags_get(r->diags, 0)->text);
    return hr_run(&r->result, r->scenario, o, r->diags);
}

static void close(ran *r)
{
    hr_result_free(r->result);
    hr_scenario_free(r->scenario);
    hr_diags_free(r->diags);
}

static hr_status run_a_year(ran *r, const char *opening, uint64_t seed, int sets)
{
    const char *change[] = {
        ONE_SCHOOL, "years=1", "world_drivers.sector_sd_pct=4.0",
        "targets=( { id = \"half\"; name = \"Half\"; expr = \"P(reserves >= 100000, end)\"; } )",
        opening};
    const hr_run_options o = {.seed = seed, .paths = PATHS, .assumptions = sets};
    return run_with(r, STILL, change, 5, &o);
}

static void test_what_is_certain_has_no_range(void **state)
{
    (void)state;
    ran r;
    assert_int_equal(run_a_year(&r, OPENING_KNOWN, SEED, SETS), HR_OK);
    const struct hr_sets *s = r.result->sets;
    assert_within(r.result->target[0].p.value, 0.5, 0.02);
    assert_int_equal(s->sets, SETS);
    for (int i = 0; i < s->headlines; i++) {
        assert_same_bits(s->headline[i].spread.sd, 0.0);
        assert_same_bits(s->headline[i].spread.lo, s->headline[i].of.p.value);
        assert_same_bits(s->headline[i].spread.hi, s->headline[i].of.p.value);
    }
    assert_same_bits(s->reserves.lo, r.result->metric[HR_M_RESERVES].mean.value);
    assert_same_bits(s->reserves.hi, s->reserves.lo);
    close(&r);
}

/* The mean of reserves under a set is known to the pound: once drawn, it is that. */
static void test_mean_reserves_by_the_normal_law(void **state)
{
    (void)state;
    ran r;
    const int sets = 2000;
    const double se = ONCE * sqrt(0.05 * 0.95 / sets) / 0.10313564; /* of the 5 % quantile */
    assert_int_equal(run_a_year(&r, OPENING_ONCE, SEED, sets), HR_OK);
    const hr_spread s = r.result->sets->reserves;
    const double mean = r.result->metric[HR_M_RESERVES].mean.value;
    assert_within(mean, OPENING, 4.0 * sqrt(ONCE * ONCE + YEARLY * YEARLY) / sqrt(PATHS));
    assert_within(s.lo, mean - Z95 * ONCE, 3.0 * se);
    assert_within(s.hi, mean + Z95 * ONCE, 3.0 * se);
    assert_within(s.sd, ONCE, 3.0 * ONCE / sqrt(2.0 * sets));
    close(&r);
}

/* The chance to keep what it opened with on average, given what is drawn once: Phi(z / 2). Over 12
 * seeds the ends are where the law puts them; in each they are about 0.03 off, as 128 futures and
 * 200 sets are. */
static void test_chances_by_the_normal_law(void **state)
{
    (void)state;
    const double truth = hr_normal_cdf(0.5 * Z95);
    double lo = 0.0, hi = 0.0, sd = 0.0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        ran r;
        assert_int_equal(run_a_year(&r, OPENING_ONCE, seed, SETS), HR_OK);
        const hr_set_headline *h = hr_sets_target(r.result->sets, 0);
        assert_string_equal(h->of.key, "half");
        assert_within(h->spread.lo, 1.0 - truth, 0.12);
        assert_within(h->spread.hi, truth, 0.12);
        lo += h->spread.lo / 12.0;
        hi += h->spread.hi / 12.0;
        sd += h->spread.sd / 12.0;
        close(&r);
    }
    assert_within(lo, 1.0 - truth, 0.035);
    assert_within(hi, truth, 0.035);
    assert_within(sd, 0.1767, 0.01); /* of Phi(z / 2), integrated */
}

/* A difference is that of a set through both: what both do not know alike is not in it. */
static void test_differences_are_of_one_set(void **state)
{
    (void)state;
    const hr_run_options o = {.seed = SEED, .paths = PATHS, .assumptions = SETS};
    compared same, wider;
    assert_int_equal(
        compare_try(&same, (variant[]){{COMPARE_SMALL, NULL}, {COMPARE_SMALL, "name=\"other\""}}, 2,
                    &o),
        HR_OK);
    const hr_pair_result *d = same.c->pair[1];
    assert_true(same.c->result[0]->sets->reserves.sd > 0.0);
    assert_same_bits(d->sets_reserves.sd, 0.0);
    assert_same_bits(d->sets_policy_kept.sd, 0.0);
    assert_same_bits(d->sets_policy_kept.hi, 0.0);
    compare_close(&same);
    assert_int_equal(
        compare_try(&wider, (variant[]){{STILL, OPENING_ONCE}, {STILL, OPENING_TWICE}}, 2, &o),
        HR_OK);
    const hr_spread s = wider.c->pair[1]->sets_reserves; /* the same luck in both */
    assert_near(s.sd, wider.c->result[0]->sets->reserves.sd, 1e-4);
    assert_near(2.0 * s.sd, wider.c->result[1]->sets->reserves.sd, 1e-4);
    compare_close(&wider);
}

static void assert_same_spread(hr_spread a, hr_spread b)
{
    assert_true(hr_same_bits_or_nan(a.lo, b.lo) && hr_same_bits_or_nan(a.hi, b.hi) &&
                hr_same_bits_or_nan(a.sd, b.sd));
}

static void test_threads_and_lanes_change_nothing(void **state)
{
    (void)state;
    const int ways[][2] = {{1, 32}, {3, 64}, {2, 256}};
    ran first, other;
    for (int way = 0; way < 3; way++) {
        const hr_run_options o = {.seed = SEED,
                                  .paths = 600,
                                  .threads = ways[way][0],
                                  .lanes = ways[way][1],
                                  .assumptions = 50};
        assert_int_equal(run_with(way == 0 ? &first : &other, COMPARE_SMALL, NULL, 0, &o), HR_OK);
        if (way == 0)
            continue;
        const struct hr_sets *a = first.result->sets, *b = other.result->sets;
        assert_int_equal(a->headlines, b->headlines);
        for (int i = 0; i < a->headlines; i++)
            assert_same_spread(a->headline[i].spread, b->headline[i].spread);
        assert_same_spread(a->reserves, b->reserves);
        assert_same_spread(a->reserves_pct, b->reserves_pct);
        close(&other);
    }
    close(&first);
}

/* A run of fewer futures than a set has gives each set as many as it has itself. */
static void test_few_futures(void **state)
{
    (void)state;
    ran r;
    const hr_run_options o = {.seed = SEED, .paths = 33, .assumptions = 20};
    assert_int_equal(run_with(&r, COMPARE_SMALL, NULL, 0, &o), HR_OK);
    assert_int_equal(r.result->sets->paths, 33);
    close(&r);
}

static void test_none_are_looked_at_unless_asked(void **state)
{
    (void)state;
    ran r;
    const hr_run_options o = {.seed = SEED, .paths = 300};
    assert_int_equal(run_with(&r, COMPARE_SMALL, NULL, 0, &o), HR_OK);
    assert_null(r.result->sets);
    assert_null(hr_sets_find(r.result->sets, "policy_kept"));
    assert_null(hr_sets_target(r.result->sets, 0));
    char *page = hr_report_summary(r.result), *json = hr_report_json(r.result);
    assert_non_null(strstr(page, "looked at."));
    assert_null(strstr(json, "assumption_sets"));
    hr_text_free(page);
    hr_text_free(json);
    close(&r);
}

/* Stops once the sets have begun, whose futures together are not those of the run. */
static bool stop_among_sets(void *user, uint64_t done, uint64_t of)
{
    (void)user;
    return of == 300 || done == 0;
}

static void test_interrupted_among_the_sets(void **state)
{
    (void)state;
    ran r, whole;
    hr_run_options o = {
        .seed = SEED, .paths = 300, .threads = 1, .assumptions = 50, .tick = stop_among_sets};
    assert_int_equal(run_with(&r, COMPARE_SMALL, NULL, 0, &o), HR_INTERRUPTED);
    o.tick = NULL;
    assert_int_equal(run_with(&whole, COMPARE_SMALL, NULL, 0, &o), HR_OK);
    assert_non_null(r.result);
    assert_true(r.result->partial && r.result->paths == 300 && r.result->sets == NULL);
    assert_memory_equal(r.result->metric, whole.result->metric,
                        sizeof *r.result->metric * HR_METRICS * (size_t)r.result->years);
    char *page = hr_report_summary(r.result);
    assert_non_null(strstr(page, "PARTIAL: interrupted after all 300 futures"));
    assert_non_null(strstr(page, "interruption."));
    hr_text_free(page);
    close(&r);
    close(&whole);
}

static void test_what_is_no_number_of_sets(void **state)
{
    (void)state;
    const struct {
        int sets;
        uint64_t memory;
        hr_status status;
        const char *words;
    } asked[] = {{-1, 0, HR_USAGE, "20 to 10,000"},
                 {19, 0, HR_USAGE, "20 to 10,000"},
                 {10001, 0, HR_USAGE, "20 to 10,000"},
                 {10000, 8 << 20, HR_TOO_LARGE, "are allowed: 0 would fit"}};
    for (int i = 0; i < 4; i++) {
        ran r;
        const hr_run_options o = {.seed = SEED,
                                  .paths = 200,
                                  .threads = 1,
                                  .assumptions = asked[i].sets,
                                  .memory = asked[i].memory};
        assert_int_equal(run_with(&r, COMPARE_SMALL, NULL, 0, &o), asked[i].status);
        assert_null(r.result);
        const hr_diag *said = hr_diags_get(r.diags, hr_diags_count(r.diags) - 1);
        assert_non_null(strstr(said->text, asked[i].words));
        if (asked[i].status == HR_TOO_LARGE)
            assert_non_null(strstr(said->hint, "--assumptions"));
        close(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_certain_has_no_range),
        cmocka_unit_test(test_mean_reserves_by_the_normal_law),
        cmocka_unit_test(test_chances_by_the_normal_law),
        cmocka_unit_test(test_differences_are_of_one_set),
        cmocka_unit_test(test_threads_and_lanes_change_nothing),
        cmocka_unit_test(test_few_futures),
        cmocka_unit_test(test_none_are_looked_at_unless_asked),
        cmocka_unit_test(test_interrupted_among_the_sets),
        cmocka_unit_test(test_what_is_no_number_of_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
