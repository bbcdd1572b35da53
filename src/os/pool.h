/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short pool of POSIX threads. The only file that knows threads. */
#ifndef HR_OS_POOL_H
#define HR_OS_POOL_H

#include <stdbool.h>
#include <stdint.h>

/* Processors this process may run on, at least 1. */
int hr_pool_processors(void);

/* Calls work(user, worker, job) for job = 0 .. jobs - 1, each once, on up to `threads` threads (the
 * caller's among them), in increasing order of starting; worker is 0 .. threads - 1 and never runs
 * two jobs at once. Goes on with fewer threads when one cannot be made. After each job the calling
 * thread may be asked tick(user, done, jobs); false stops the pool: jobs already started are
 * finished, no more are started. Returns the number of jobs in the longest unbroken run of finished
 * jobs from the first. */
typedef struct {
    int threads;
    uint64_t jobs;
    void (*work)(void *user, int worker, uint64_t job);
    bool (*tick)(void *user, uint64_t done, uint64_t jobs); /* NULL: never asked */
    void *user;
} hr_pool_job;
uint64_t hr_pool_run(const hr_pool_job *job);

#endif
