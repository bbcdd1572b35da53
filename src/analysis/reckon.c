/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory and threads of a run. It must not know how a run goes. */
#include "analysis/reckon.h"

#include "os/pool.h"

#define MEMORY_DEFAULT 2147483648u /* 2 GiB */

/* Bytes that a run of so many paths takes. */
static uint64_t bytes_for(const hr_study *study, bool keep, uint64_t paths, int threads)
{
    hr_study s = *study;
    s.paths = paths;
    hr_study_plan_jobs(&s);
    const bool exact = hr_study_exact(&s);
    const uint64_t years = (uint64_t)s.plan->years;
    const uint64_t metrics = HR_METRICS * years * sizeof(double);
    const uint64_t rolls = (uint64_t)s.plan->schools * years * sizeof(double);
    const uint64_t shared = (uint64_t)hr_columns(&s) * s.jobs * sizeof(hr_moments) +
                            (exact || keep ? metrics * paths : 0) + (keep ? rolls * paths : 0) +
                            (exact ? 0 : metrics * HR_PILOT);
    const uint64_t each = hr_collector_bytes(&s, !exact) + (exact ? paths * sizeof(double) : 0);
    return shared + (uint64_t)threads * each;
}

/* The most paths from low to high, all exact or all streamed, that one thread can run; low - 1 for
 * none. */
static uint64_t most_that_fit(const hr_study *s, bool keep, uint64_t low, uint64_t high,
                              uint64_t memory)
{
    while (low <= high) {
        const uint64_t middle = low + (high - low) / 2;
        if (bytes_for(s, keep, middle, 1) <= memory)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return low - 1;
}

static hr_status refuse(const hr_study *s, bool keep, uint64_t memory, hr_diags *diags)
{
    uint64_t fit = HR_EXACT_MOST;
    if (!hr_study_exact(s))
        fit = most_that_fit(s, keep, HR_EXACT_MOST + 1, s->paths, memory);
    if (fit == HR_EXACT_MOST)
        fit = most_that_fit(s, keep, 1, hr_study_exact(s) ? s->paths : HR_EXACT_MOST, memory);
    hr_diags_addf(diags, HR_ERROR, NULL, 0,
                  fit > 0 ? "ask for fewer with --paths, or allow more with --memory"
                          : "allow more with --memory",
                  "%llu paths take %llu MB and %llu MB are allowed: %llu would fit",
                  (unsigned long long)s->paths,
                  (unsigned long long)(bytes_for(s, keep, s->paths, 1) / 1000000 + 1),
                  (unsigned long long)(memory / 1000000), (unsigned long long)fit);
    return HR_TOO_LARGE;
}

hr_status hr_reckon(hr_study *s, const hr_run_options *o, int *threads, hr_diags *diags)
{
    const uint64_t memory = o->memory != 0 ? o->memory : MEMORY_DEFAULT;
    hr_study_plan_jobs(s);
    int n = o->threads != 0 ? o->threads : hr_pool_processors();
    n = n < HR_THREADS_MOST ? n : HR_THREADS_MOST;
    n = (uint64_t)n < s->jobs ? n : (int)s->jobs;
    while (n > 1 && bytes_for(s, o->keep_paths, s->paths, n) > memory)
        n--;
    *threads = n;
    return bytes_for(s, o->keep_paths, s->paths, n) <= memory
               ? HR_OK
               : refuse(s, o->keep_paths, memory, diags);
}
