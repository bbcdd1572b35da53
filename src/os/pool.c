/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short pool of POSIX threads: made for one run of jobs and joined at its end. Jobs are taken in
 * order and every job taken is finished, so those that are done are always an unbroken run from the
 * first. It must not know what a job is. */
#define _GNU_SOURCE /* sched_getaffinity, CPU_COUNT */
#include "os/pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 256 };

typedef struct {
    const hr_pool_job *job;
    _Atomic uint64_t next, done;
    atomic_bool stop;
} pool;

typedef struct {
    pool *pool;
    int worker;
} seat;

int hr_pool_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return CPU_COUNT(&set);
    /* more processors than the set has room for */
    const long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (int)online : 1;
}

/* Does the next job; false when there is none left to take. */
static bool work_once(pool *p, int worker)
{
    if (atomic_load(&p->stop) || atomic_load(&p->next) >= p->job->jobs)
        return false;
    const uint64_t job = atomic_fetch_add(&p->next, 1);
    if (job >= p->job->jobs)
        return false;
    p->job->work(p->job->user, worker, job);
    atomic_fetch_add(&p->done, 1);
    return true;
}

static void *sit(void *argument)
{
    const seat *s = argument;
    while (work_once(s->pool, s->worker))
        continue;
    return NULL;
}

/* Signals are for the program's own thread. */
static bool start(pthread_t *thread, seat *s)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const bool started = pthread_create(thread, NULL, sit, s) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

uint64_t hr_pool_run(const hr_pool_job *job)
{
    pool p = {.job = job};
    pthread_t thread[THREADS_MAX];
    seat seats[THREADS_MAX];
    int threads = job->threads < THREADS_MAX ? job->threads : THREADS_MAX;
    threads = (uint64_t)(threads > 0 ? threads : 1) < job->jobs ? threads : (int)job->jobs;
    int started = 0;
    while (started < threads - 1) {
        seats[started] = (seat){.pool = &p, .worker = started + 1};
        if (!start(&thread[started], &seats[started]))
            break;
        started++;
    }
    while (work_once(&p, 0))
        if (job->tick != NULL && !job->tick(job->user, atomic_load(&p.done), job->jobs))
            atomic_store(&p.stop, true);
    for (int i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    return atomic_load(&p.done);
}
