/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool: each job once, in unbroken runs, with few threads, many, or fewer than asked; and what
 * the processor can do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "os/cpu.h"
#include "os/pool.h"

enum { JOBS = 500, WORKERS = 32 };

typedef struct {
    atomic_int times[JOBS];
    atomic_int inside[WORKERS], overlaps, strangers, highest_worker;
    pthread_t caller;
    uint64_t stop_after, last_done, ticks;
} record;

static void note_job(void *user, int worker, uint64_t job)
{
    record *r = user;
    if (worker < 0 || worker >= WORKERS || job >= JOBS) {
        atomic_fetch_add(&r->strangers, 1);
        return;
    }
    if (atomic_fetch_add(&r->inside[worker], 1) != 0)
        atomic_fetch_add(&r->overlaps, 1);
    atomic_fetch_add(&r->times[job], 1);
    if (worker > atomic_load(&r->highest_worker))
        atomic_store(&r->highest_worker, worker);
    if (worker == 0 && !pthread_equal(pthread_self(), r->caller))
        atomic_fetch_add(&r->strangers, 1);
    atomic_fetch_sub(&r->inside[worker], 1);
}

/* Plain variables: the pool asks on the calling thread only. */
static bool note_tick(void *user, uint64_t done, uint64_t jobs)
{
    record *r = user;
    if (!pthread_equal(pthread_self(), r->caller) || done < r->last_done || done > jobs)
        atomic_fetch_add(&r->strangers, 1);
    r->last_done = done;
    r->ticks++;
    return done < r->stop_after;
}

static uint64_t ran(record *r, int threads, uint64_t jobs, uint64_t stop_after, bool ticking)
{
    memset(r, 0, sizeof *r);
    r->caller = pthread_self();
    r->stop_after = stop_after;
    const uint64_t run = hr_pool_run(&(hr_pool_job){.threads = threads,
                                                    .jobs = jobs,
                                                    .work = note_job,
                                                    .tick = ticking ? note_tick : NULL,
                                                    .user = r});
    assert_int_equal(atomic_load(&r->overlaps), 0);
    assert_int_equal(atomic_load(&r->strangers), 0);
    for (uint64_t job = 0; job < JOBS; job++)
        assert_int_equal(atomic_load(&r->times[job]), job < run ? 1 : 0);
    return run;
}

static void test_every_job_is_done_once(void **state)
{
    (void)state;
    static const int threads[] = {-1, 0, 1, 2, 3, 8, 32};
    static record r;
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        assert_int_equal(ran(&r, threads[i], JOBS, 0, false), JOBS);
        assert_true(atomic_load(&r.highest_worker) < (threads[i] > 1 ? threads[i] : 1));
    }
}

static void test_no_more_workers_than_jobs(void **state)
{
    (void)state;
    static record r;
    assert_int_equal(ran(&r, 8, 2, 0, false), 2);
    assert_true(atomic_load(&r.highest_worker) < 2);
    assert_int_equal(ran(&r, 8, 1, 0, false), 1);
    assert_int_equal(ran(&r, 8, 0, 0, false), 0);
}

static void test_ticks_come_on_the_calling_thread(void **state)
{
    (void)state;
    static record r;
    assert_int_equal(ran(&r, 1, JOBS, JOBS + 1, true), JOBS);
    assert_int_equal(r.ticks, JOBS);
    assert_int_equal(ran(&r, 4, JOBS, JOBS + 1, true), JOBS);
}

static void test_a_stopped_pool_counts_an_unbroken_run(void **state)
{
    (void)state;
    static record r;
    assert_int_equal(ran(&r, 1, JOBS, 7, true), 7);
    assert_int_equal(ran(&r, 1, JOBS, 0, true), 1);
    for (int again = 0; again < 20; again++) {
        const uint64_t run = ran(&r, 4, JOBS, 100, true);
        assert_true(run >= 1 && run <= JOBS);
    }
}

/* Without address space for their stacks no threads can be made. */
static void test_goes_on_when_no_thread_can_be_made(void **state)
{
    (void)state;
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    skip(); /* sanitisers need the address space themselves */
#else
    static record r;
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    assert_int_equal(
        setrlimit(RLIMIT_AS, &(struct rlimit){.rlim_cur = 1 << 20, .rlim_max = before.rlim_max}),
        0);
    memset(&r, 0, sizeof r);
    r.caller = pthread_self();
    const uint64_t run =
        hr_pool_run(&(hr_pool_job){.threads = 16, .jobs = JOBS, .work = note_job, .user = &r});
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    assert_int_equal(run, JOBS);
    assert_int_equal(atomic_load(&r.highest_worker), 0);
#endif
}

static void test_there_is_a_processor(void **state)
{
    (void)state;
    assert_true(hr_pool_processors() >= 1);
}

static void test_width_is_one_that_runs(void **state)
{
    (void)state;
    const hr_width w = hr_cpu_width();
    assert_true(w == HR_WIDTH_PLAIN || w == HR_WIDTH_AVX2 || w == HR_WIDTH_AVX512);
    assert_int_equal(hr_cpu_width(), w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_goes_on_when_no_thread_can_be_made), /* first: no stacks kept for reuse */
        cmocka_unit_test(test_every_job_is_done_once),
        cmocka_unit_test(test_no_more_workers_than_jobs),
        cmocka_unit_test(test_ticks_come_on_the_calling_thread),
        cmocka_unit_test(test_a_stopped_pool_counts_an_unbroken_run),
        cmocka_unit_test(test_there_is_a_processor),
        cmocka_unit_test(test_width_is_one_that_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
