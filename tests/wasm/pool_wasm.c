/* SPDX-License-Identifier: GPL-3.0-or-later */
/* os/pool.h where there are no threads: every job in order. It must not know what a job is. */
#include "os/pool.h"

int hr_pool_processors(void) { return 1; }

uint64_t hr_pool_run(const hr_pool_job *job)
{
    uint64_t done = 0;
    while (done < job->jobs) {
        job->work(job->user, 0, done++);
        if (job->tick && !job->tick(job->user, done, job->jobs))
            break;
    }
    return done;
}
