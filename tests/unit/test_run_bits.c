/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running, over an engine of known functions: the same bytes for any threads, lanes, jobs and
 * interruption. */
#include "analysis/gather.h"
#include "support/run_case.h"

static void test_threads_and_lanes_change_no_byte(void **state)
{
    (void)state;
    static const uint64_t paths[] = {1, 31, 255, 256, 257, 1000, 2600};
    static const int threads[] = {2, 7}, lanes[] = {32, 64, 96, 160, 256};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        hr_result *a = ran_paths(paths[i], 1, 0);
        assert_false(a->partial);
        for (size_t j = 0; j < 2; j++)
            for (size_t k = 0; k < 5; k++) {
                hr_result *b = ran_paths(paths[i], threads[j], lanes[k]);
                assert_same_numbers(a, b, true);
                assert_same_bytes(a->column, b->column,
                                  sizeof(double) * HR_METRICS * YEARS * paths[i]);
                hr_result_free(b);
            }
        hr_result_free(a);
    }
}

static void test_widths_change_no_byte(void **state)
{
    (void)state;
    hr_result *a = ran(&(hr_run_options){.seed = SEED, .paths = 300, .width = HR_WIDTH_PLAIN});
    for (int width = HR_WIDTH_AVX2; width <= (int)hr_cpu_width(); width++) {
        hr_result *b = ran(&(hr_run_options){.seed = SEED, .paths = 300, .width = width});
        assert_same_numbers(a, b, true);
        hr_result_free(b);
    }
    hr_result_free(a);
}

static void test_another_seed_is_another_run(void **state)
{
    (void)state;
    hr_result *a = ran_paths(300, 1, 0);
    hr_result *b = ran(&(hr_run_options){.seed = SEED + 1, .paths = 300});
    assert_true(a->metric[HR_M_RESERVES * YEARS].mean.value !=
                b->metric[HR_M_RESERVES * YEARS].mean.value);
    assert_int_equal(b->seed, SEED + 1);
    hr_result_free(a);
    hr_result_free(b);
}

static void test_a_longer_run_begins_with_the_shorter(void **state)
{
    (void)state;
    hr_result *a = ran_paths(700, 2, 0);
    hr_result *b = ran_paths(1400, 2, 0);
    for (int column = 0; column < HR_METRICS * YEARS; column++)
        assert_same_bytes(a->column + (size_t)column * 700, b->column + (size_t)column * 1400,
                          700 * sizeof(double));
    assert_true(a->column[(size_t)HR_M_PUPILS * YEARS * 700] ==
                1.0); /* futures are numbered from 1 */
    hr_result_free(a);
    hr_result_free(b);
}

/* Moments of all columns with jobs of 2^levels leaves. */
static void moments_with_levels(int levels, uint64_t paths, hr_moments *out)
{
    static fixture f;
    fixture_begin(&f, 0);
    hr_arena *arena = hr_arena_new();
    const char *why;
    const uint64_t leaves = (paths + HR_LEAF - 1) / HR_LEAF;
    hr_study s = {.plan = hr_plan_new(&f.params, arena, &why),
                  .seed = SEED,
                  .paths = paths,
                  .lanes = 64,
                  .batch = hr_engine_batch,
                  .levels = levels,
                  .jobs = (leaves + ((uint64_t)1 << levels) - 1) >> levels};
    s.moments = HR_TAKE(arena, hr_moments, (uint64_t)hr_columns(&s) * s.jobs);
    hr_collector *c = hr_collector_new(&s, arena);
    assert_non_null(c);
    for (uint64_t job = s.jobs; job-- > 0;)
        hr_gather_job(&(hr_gatherer){.scenarios = 1, .collector = {c}}, job);
    for (int column = 0; column < hr_columns(&s); column++)
        out[column] = hr_moments_tree(s.moments + (size_t)column * s.jobs, s.jobs);
    hr_collector_free(c);
    hr_arena_free(arena);
}

static void test_the_size_of_jobs_changes_no_bit(void **state)
{
    (void)state;
    static hr_moments a[1000], b[1000];
    static const uint64_t paths[] = {256, 1793, 2048, 3333};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        for (int levels = 1; levels < 5; levels++) {
            moments_with_levels(0, paths[i], a);
            moments_with_levels(levels, paths[i], b);
            assert_same_bytes(a, b, sizeof a);
        }
}

static void test_long_runs_have_few_jobs(void **state)
{
    (void)state;
    static const uint64_t paths[] = {1, 65536, 524288, 524289, 4000000000u};
    static const uint64_t jobs[] = {1, 256, 2048, 1025, 1908};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        hr_study s = {.paths = paths[i]};
        hr_study_plan_jobs(&s);
        assert_int_equal(s.jobs, jobs[i]);
        assert_true(s.jobs * hr_study_job_paths(&s) >= paths[i]);
        assert_true((s.jobs - 1) * hr_study_job_paths(&s) < paths[i]);
    }
}

/* Streaming. */

static void test_streamed_agrees_with_exact(void **state)
{
    (void)state;
    const uint64_t n = 66000;
    hr_result *kept =
        ran(&(hr_run_options){.seed = SEED, .paths = n, .threads = 2, .keep_paths = true});
    hr_result *r = ran_paths(n, 1, 96);
    assert_null(r->column);
    assert_null(r->roll);
    assert_non_null(kept->column);
    assert_same_numbers(kept, r, true); /* keeping paths changes no number */
    double *work = malloc(n * sizeof *work);
    for (int i = 0; i < HR_METRICS * YEARS; i++) {
        const hr_metric_result *m = &r->metric[i];
        if (HR_METRIC_ROWS[i / YEARS].kind == HR_KIND_STATE)
            continue;
        hr_estimate exact[HR_QUANTILES];
        hr_quantiles(kept->column + (size_t)i * n, n, HR_QUANTILE_P, HR_QUANTILES, work, exact);
        for (int q = 0; q < HR_QUANTILES; q++) {
            assert_int_equal(m->quantile[q].n, exact[q].n);
            if (exact[q].n > 0) /* two bins of a range of some eight standard deviations */
                assert_true(near(m->quantile[q].value, exact[q].value, 0.01 * m->sd + 1e-3));
        }
    }
    free(work);
    hr_result_free(kept);
    hr_result_free(r);
}

static void test_rolls_are_kept_on_request(void **state)
{
    (void)state;
    hr_result *r =
        ran(&(hr_run_options){.seed = SEED, .paths = 700, .threads = 2, .keep_paths = true});
    for (uint64_t p = 1; p <= 700; p++)
        for (int at = 0; at < FAKE_SCHOOLS * YEARS; at++) {
            const double kept = r->roll[(size_t)at * 700 + p - 1];
            const double truth = fake_school(p, at / YEARS, at % YEARS, HR_SC_PUPILS);
            assert_true(kept == truth || (hr_is_nan(kept) && hr_is_nan(truth)));
        }
    hr_result *without = ran_paths(700, 2, 0);
    assert_null(without->roll);
    assert_same_numbers(r, without, true);
    hr_result_free(r);
    hr_result_free(without);
}

/* Interruption. */

typedef struct {
    int calls, most;
    uint64_t done, of;
} patience;

static bool wait_a_little(void *user, uint64_t done, uint64_t of)
{
    patience *p = user;
    assert_true(done >= p->done && done <= of);
    p->done = done;
    p->of = of;
    return ++p->calls < p->most;
}

static void test_an_interrupted_run_is_a_shorter_run(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 3; threads++) {
        patience p = {.most = 3};
        hr_result *r = ran(&(hr_run_options){.seed = SEED,
                                             .paths = 20000,
                                             .threads = threads,
                                             .keep_paths = true,
                                             .tick = wait_a_little,
                                             .user = &p});
        assert_int_equal(p.of, 20000);
        assert_true(r->partial);
        assert_true(r->paths >= 3 * 256 && r->paths < 20000 && r->paths % 256 == 0);
        assert_true(threads > 1 || r->paths == 3 * 256);
        assert_int_equal(r->paths_asked, 20000);
        hr_result *whole =
            ran(&(hr_run_options){.seed = SEED, .paths = r->paths, .keep_paths = true});
        assert_false(whole->partial);
        assert_same_numbers(r, whole, true);
        assert_same_bytes(r->column, whole->column, sizeof(double) * HR_METRICS * YEARS * r->paths);
        assert_same_bytes(r->roll, whole->roll, sizeof(double) * FAKE_SCHOOLS * YEARS * r->paths);
        hr_result_free(whole);
        hr_result_free(r);
    }
}

static void test_a_stop_after_the_last_job_is_no_interruption(void **state)
{
    (void)state;
    patience p = {.most = 1};
    hr_result *r = ran(&(hr_run_options){
        .seed = SEED, .paths = 200, .threads = 1, .tick = wait_a_little, .user = &p});
    assert_false(r->partial);
    assert_int_equal(r->paths, 200);
    hr_result_free(r);
}

static void test_a_streamed_run_interrupted(void **state)
{
    (void)state;
    patience p = {.most = 5}; /* while the ranges are being fixed */
    assert_null(ran(&(hr_run_options){
        .seed = SEED, .paths = 100000, .threads = 1, .tick = wait_a_little, .user = &p}));
    p = (patience){.most = 16 + 10};
    hr_result *r = ran(&(hr_run_options){
        .seed = SEED, .paths = 100000, .threads = 1, .tick = wait_a_little, .user = &p});
    assert_int_equal(r->paths, 2560);
    hr_result *whole = ran_paths(2560, 2, 0);
    assert_same_numbers(r, whole, false); /* all but the quantiles, which are streamed */
    hr_result_free(whole);
    hr_result_free(r);
}

/* Refusals. */

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_and_lanes_change_no_byte),
        cmocka_unit_test(test_widths_change_no_byte),
        cmocka_unit_test(test_another_seed_is_another_run),
        cmocka_unit_test(test_a_longer_run_begins_with_the_shorter),
        cmocka_unit_test(test_the_size_of_jobs_changes_no_bit),
        cmocka_unit_test(test_long_runs_have_few_jobs),
        cmocka_unit_test(test_streamed_agrees_with_exact),
        cmocka_unit_test(test_rolls_are_kept_on_request),
        cmocka_unit_test(test_an_interrupted_run_is_a_shorter_run),
        cmocka_unit_test(test_a_stop_after_the_last_job_is_no_interruption),
        cmocka_unit_test(test_a_streamed_run_interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
