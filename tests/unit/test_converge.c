/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How headlines settle, over an engine of known functions: every running estimate is that of a
 * shorter run, and what a plain count over its futures gives. */
#include "support/run_case.h"

#include "analysis/headlines.h"

static int headlines_of(const hr_result *r, hr_headline out[16])
{
    assert_true(hr_headlines_most(r) <= 16);
    return hr_headlines(r, out);
}

static hr_estimate settled(const hr_result *r, int headline, int point)
{
    assert_true(point < r->settling.points);
    return r->settling.p[headline * r->settling.points + point];
}

/* Each point but the last against a run of so many futures. */
static void assert_shorter_runs(const hr_result *r)
{
    hr_headline own[16], shorter[16];
    const int headlines = headlines_of(r, own), last = r->settling.points - 1;
    assert_int_equal(headlines, 2 + HR_ALLS + TARGETS);
    for (int k = 0; k < last; k++) {
        hr_result *run = ran_paths(r->settling.paths[k], 2, 0);
        assert_int_equal(headlines_of(run, shorter), headlines);
        for (int n = 0; n < headlines; n++)
            assert_same_estimate(settled(r, n, k), shorter[n].p);
        hr_result_free(run);
    }
    for (int n = 0; n < headlines; n++)
        assert_same_estimate(settled(r, n, last), own[n].p);
}

static void assert_points(const hr_result *r, int doublings, uint64_t last)
{
    assert_int_equal(r->settling.points, doublings + 1);
    for (int k = 0; k < doublings; k++)
        assert_int_equal(r->settling.paths[k], 256u << k);
    assert_int_equal(r->settling.paths[doublings], last);
}

static void test_points_are_shorter_runs(void **state)
{
    (void)state;
    hr_result *r = ran_paths(1500, 2, 96);
    assert_points(r, 3, 1500);
    assert_shorter_runs(r);
    hr_result_free(r);
    r = ran_paths(2048, 3, 256);
    assert_points(r, 3, 2048);
    assert_shorter_runs(r);
    hr_result_free(r);
}

static void test_few_futures_have_one_point(void **state)
{
    (void)state;
    static const uint64_t paths[] = {1, 255, 256};
    for (int i = 0; i < 3; i++) {
        hr_result *r = ran_paths(paths[i], 1, 0);
        assert_points(r, 0, paths[i]);
        assert_shorter_runs(r);
        hr_result_free(r);
    }
}

/* The target "any": reserves below nothing in some year. */
static void test_a_plain_count(void **state)
{
    (void)state;
    hr_result *r = ran_paths(5000, 2, 0);
    uint64_t hits = 0, p = 1;
    for (int k = 0; k < r->settling.points; k++) {
        for (; p <= r->settling.paths[k]; p++) {
            bool any = false;
            for (int t = 0; t < YEARS; t++)
                any = any || fake_reserves(SEED, p, t) < 0.0;
            hits += any;
        }
        assert_same_estimate(settled(r, 2 + HR_ALLS, k),
                             hr_estimate_chance(hits, r->settling.paths[k]));
    }
    hr_result_free(r);
}

/* Of a streamed run marks are kept of the first 65,536 futures; the last point is of all. */
static void test_a_streamed_run_ends_with_its_own(void **state)
{
    (void)state;
    hr_result *r = ran_paths(140000, 2, 0);
    assert_points(r, 9, 140000);
    assert_shorter_runs(r);
    hr_result_free(r);
}

static bool stop_at(void *user, uint64_t done, uint64_t of)
{
    (void)of;
    return done < *(const uint64_t *)user;
}

static void test_an_interrupted_run_settles_as_far_as_it_went(void **state)
{
    (void)state;
    uint64_t stop = 1000;
    hr_result *r = ran(&(hr_run_options){
        .seed = SEED, .paths = 20000, .threads = 1, .tick = stop_at, .user = &stop});
    assert_int_equal(r->paths, 1024);
    assert_points(r, 2, 1024);
    assert_shorter_runs(r);
    hr_result_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points_are_shorter_runs),
        cmocka_unit_test(test_few_futures_have_one_point),
        cmocka_unit_test(test_a_plain_count),
        cmocka_unit_test(test_a_streamed_run_ends_with_its_own),
        cmocka_unit_test(test_an_interrupted_run_settles_as_far_as_it_went),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
