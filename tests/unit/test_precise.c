/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for a number of futures, over an engine of known functions: the first look that is
 * exact enough, to the last bit a run of so many; limits of futures and memory; interruptions. */
#include "support/run_case.h"

#include "analysis/headlines.h"

typedef struct {
    fixture f; /* outlives the result, as a scenario does */
    hr_result *r;
    hr_status status;
    char said[400]; /* the only diagnostic, or "" */
} searched;

static void search(searched *s, const hr_run_options *o)
{
    fixture_begin(&s->f, TARGETS);
    hr_diags *d = hr_diags_new();
    s->status = hr_run(&s->r, &s->f.scenario, o, d);
    assert_true(hr_diags_count(d) <= 1);
    s->said[0] = '\0';
    if (hr_diags_count(d) > 0)
        strncat(s->said, hr_diags_get(d, 0)->text, sizeof s->said - 1);
    assert_int_equal(hr_diags_errors(d) > 0, s->status != HR_OK && s->status != HR_INTERRUPTED);
    hr_diags_free(d);
    assert_int_equal(atomic_load(&fake_workers_alive), 0);
}

static void assert_a_run_of_its_own(const hr_result *r)
{
    hr_result *direct = ran_paths(r->paths, 2, 0);
    assert_same_numbers(r, direct, true);
    assert_int_equal(r->partial, false);
    assert_int_equal(r->paths_asked, direct->paths_asked);
    assert_int_equal(hr_result_paths_asked(r), direct->paths);
    assert_int_equal(r->settling.points, direct->settling.points);
    hr_result_free(direct);
}

static double half_of(uint64_t paths)
{
    hr_result *r = ran_paths(paths, 2, 0);
    const double half = hr_headlines_half(r);
    hr_result_free(r);
    return half;
}

static void test_the_first_look_that_is_exact_enough(void **state)
{
    (void)state;
    static const double precision[] = {50.0, 1.6, 1.5, 1.1, 0.6, 0.35};
    static const uint64_t paths[] = {4096, 4096, 8192, 8192, 32768, 131072};
    for (int i = 0; i < 6; i++) {
        searched s;
        search(&s, &(hr_run_options){.seed = SEED, .precision = precision[i], .threads = 2});
        assert_int_equal(s.status, HR_OK);
        assert_string_equal(s.said, "");
        assert_int_equal(s.r->paths, paths[i]);
        assert_true(100.0 * hr_headlines_half(s.r) <= precision[i]);
        if (paths[i] > 4096)
            assert_true(100.0 * half_of(paths[i] / 2) > precision[i]);
        assert_a_run_of_its_own(s.r);
        hr_result_free(s.r);
    }
}

static void test_the_most_futures(void **state)
{
    (void)state;
    static const struct {
        uint64_t most, taken;
        const char *said;
    } row[] = {
        {1000, 1000, "1,000 futures, the most that may be taken, make the chances good to 3."},
        {10000, 10000, "10,000 futures, the most that may be taken, make the chances good to 0.9"},
        {8192, 8192, "8,192 futures, the most"},
        {8193, 8193, "8,193 futures, the most"},
        {70000, 70000, "70,000 futures, the most"},
        {4000000000u, 131072, ""},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        searched s;
        search(&s, &(hr_run_options){
                       .seed = SEED, .paths = row[i].most, .precision = 0.35, .threads = 2});
        assert_int_equal(s.status, HR_OK);
        assert_int_equal(s.r->paths, row[i].taken);
        assert_int_equal(strncmp(s.said, row[i].said, strlen(row[i].said)), 0);
        assert_int_equal(row[i].said[0] == '\0', s.said[0] == '\0');
        if (s.said[0] != '\0')
            assert_non_null(strstr(s.said, "not to the 0.35 asked for"));
        assert_a_run_of_its_own(s.r);
        hr_result_free(s.r);
    }
}

static void test_wrong_options_are_refused(void **state)
{
    (void)state;
    const hr_run_options wrong[] = {
        {.precision = -1.0},
        {.precision = 50.5},
        {.precision = HR_UNKNOWN},
        {.precision = 1.0, .paths = 4000000001u},
        {.precision = 1.0, .threads = -1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        searched s;
        search(&s, &wrong[i]);
        assert_int_equal(s.status, HR_USAGE);
        assert_null(s.r);
        assert_true(s.said[0] != '\0');
    }
}

/* Every future is kept for paths.csv, so that memory ends the search. */
static void test_memory_ends_the_search(void **state)
{
    (void)state;
    searched s;
    hr_run_options o = {.seed = SEED, .precision = 0.01, .memory = 60000000, .keep_paths = true};
    search(&s, &o);
    assert_int_equal(s.status, HR_OK);
    assert_true(s.r->paths >= 8192 && s.r->paths < 65536);
    assert_non_null(strstr(s.said, "futures, the most that memory has room for, make"));
    assert_a_run_of_its_own(s.r);
    hr_result_free(s.r);
    o.memory = 1000000;
    search(&s, &o);
    assert_int_equal(s.status, HR_TOO_LARGE);
    assert_null(s.r);
    assert_non_null(strstr(s.said, "4096 paths take"));
}

/* Ticks. */

typedef struct {
    uint64_t stop;     /* at so many futures of all looks together */
    uint64_t done, of; /* of the last tick */
    double shown;      /* the largest share so far */
    double back;       /* by how much it ever went back */
} watch;

static bool watched(void *user, uint64_t done, uint64_t of)
{
    watch *w = user;
    assert_true(done >= w->done && done <= of);
    const double share = (double)done / (double)of;
    w->back = hr_max(w->back, w->shown - share);
    w->shown = hr_max(w->shown, share);
    w->done = done;
    w->of = of;
    return done < w->stop;
}

static hr_run_options watching(watch *w, uint64_t stop, double precision)
{
    *w = (watch){.stop = stop};
    return (hr_run_options){
        .seed = SEED, .precision = precision, .threads = 1, .tick = watched, .user = w};
}

/* Where futures are not kept a streamed look takes less than one of 65,536, which is passed over.
 */
static void test_streamed_looks_take_less(void **state)
{
    (void)state;
    searched s;
    watch w;
    hr_run_options o = watching(&w, UINT64_MAX, 0.35);
    o.memory = 60000000;
    search(&s, &(hr_run_options){.seed = SEED, .paths = 65536, .memory = o.memory});
    assert_int_equal(s.status, HR_TOO_LARGE);
    search(&s, &o);
    assert_int_equal(s.status, HR_OK);
    assert_int_equal(s.r->paths, 131072);
    assert_string_equal(s.said, "");
    assert_a_run_of_its_own(s.r);
    hr_result_free(s.r);
    assert_int_equal(w.of, 4096 + 8192 + 16384 + 131072); /* and so is one of 32,768 */
    o = watching(&w, UINT64_MAX, 0.35);
    o.memory = 60000000;
    o.paths = 70000;
    search(&s, &o);
    assert_int_equal(s.r->paths, 70000);
    assert_a_run_of_its_own(s.r);
    hr_result_free(s.r);
}

static void test_progress_goes_forward(void **state)
{
    (void)state;
    static const double precision[] = {10.0, 1.1, 0.6, 0.35};
    static const uint64_t all[] = {4096, 4096 + 8192, 61440, 2 * 131072 - 4096};
    for (int i = 0; i < 4; i++) {
        searched s;
        watch w;
        const hr_run_options o = watching(&w, UINT64_MAX, precision[i]);
        search(&s, &o);
        assert_int_equal(w.of, all[i]);
        assert_true(w.back == 0.0);
        hr_result_free(s.r);
    }
}

static void test_interrupted_early_in_a_look(void **state)
{
    (void)state;
    searched s;
    watch w;
    const hr_run_options o = watching(&w, 4096 + 8192 + 6000, 0.6);
    search(&s, &o);
    assert_int_equal(s.status, HR_INTERRUPTED);
    assert_int_equal(s.r->paths, 8192);
    assert_non_null(strstr(s.said, "8,192 futures, the last that were whole when it was"));
    assert_a_run_of_its_own(s.r);
    hr_result_free(s.r);
}

static void test_interrupted_late_in_a_look(void **state)
{
    (void)state;
    searched s;
    watch w;
    const hr_run_options o = watching(&w, 4096 + 8192 + 12000, 0.6);
    search(&s, &o);
    assert_int_equal(s.status, HR_INTERRUPTED);
    assert_string_equal(s.said, "");
    assert_true(s.r->partial && s.r->paths == 12032);
    assert_int_equal(hr_result_paths_asked(s.r), 16384);
    hr_result_free(s.r);
}

static void test_interrupted_in_the_first_look(void **state)
{
    (void)state;
    searched s;
    watch w;
    const hr_run_options o = watching(&w, 1000, 0.6);
    search(&s, &o);
    assert_int_equal(s.status, HR_INTERRUPTED);
    assert_true(s.r->partial && s.r->paths == 1024);
    hr_result_free(s.r);
}

static void test_limits_are_of_the_last_look(void **state)
{
    (void)state;
    static const char *const limits[] = {"P(central_deficit) > 0.3", "P(central_deficit) > 0.19"};
    searched s;
    search(&s, &(hr_run_options){
                   .seed = SEED, .precision = 1.1, .threads = 2, .limit = limits, .limits = 2});
    assert_int_equal(s.r->paths, 8192);
    assert_int_equal(s.r->limit[0].p[0].n, 8192);
    assert_string_equal(hr_result_limit_passed(s.r), limits[1]);
    hr_result_free(s.r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_look_that_is_exact_enough),
        cmocka_unit_test(test_the_most_futures),
        cmocka_unit_test(test_wrong_options_are_refused),
        cmocka_unit_test(test_memory_ends_the_search),
        cmocka_unit_test(test_streamed_looks_take_less),
        cmocka_unit_test(test_progress_goes_forward),
        cmocka_unit_test(test_interrupted_early_in_a_look),
        cmocka_unit_test(test_interrupted_late_in_a_look),
        cmocka_unit_test(test_interrupted_in_the_first_look),
        cmocka_unit_test(test_limits_are_of_the_last_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
