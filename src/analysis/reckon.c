/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory and threads of a run. It must not know how a run goes. */
#include "analysis/reckon.h"

#include "analysis/marks.h"
#include "analysis/sets.h"
#include "os/pool.h"

typedef struct {
    hr_study *const *study;
    int count;
    const hr_pair *pair; /* NULL: none */
    const hr_run_options *options;
} asked;

/* Bytes of one scenario: what its threads share, and what each takes. */
static uint64_t part_bytes(const hr_study *s, bool keep, bool mark, uint64_t *each)
{
    const bool exact = hr_study_exact(s);
    const uint64_t years = (uint64_t)s->plan->years;
    const uint64_t metrics = HR_METRICS * years * sizeof(double);
    const uint64_t rolls = (uint64_t)s->plan->schools * years * sizeof(double);
    *each += hr_collector_bytes(s, !exact);
    return (uint64_t)hr_columns(s) * s->jobs * sizeof(hr_moments) +
           (exact || keep ? metrics * s->paths : 0) + (keep ? rolls * s->paths : 0) +
           (mark ? (uint64_t)hr_marks(s->targets) * hr_study_marked(s) : 0) +
           (exact ? 0 : metrics * HR_PILOT);
}

/* Bytes that a run of so many paths takes. */
static uint64_t bytes_for(const asked *a, uint64_t paths, int threads)
{
    uint64_t shared = 0, each = 0;
    hr_study s = *a->study[0];
    for (int k = 0; k < a->count; k++) {
        s = *a->study[k];
        s.paths = paths;
        hr_study_plan_jobs(&s);
        shared += part_bytes(&s, a->options->keep_paths, a->pair == NULL, &each) +
                  hr_sets_bytes(&s, a->options);
    }
    for (int k = 1; a->pair != NULL && k < a->count; k++) {
        hr_pair p = a->pair[k];
        p.first = &s;
        shared += (uint64_t)hr_pair_columns(&p) * s.jobs * sizeof(hr_moments);
        each += hr_pair_collector_bytes(&p, !hr_study_exact(&s));
    }
    const uint64_t scratch = paths * sizeof(double) * (a->pair != NULL ? 2 : 1);
    return shared + (uint64_t)threads * (each + (hr_study_exact(&s) ? scratch : 0));
}

/* The most paths from low to high, all exact or all streamed, that one thread can run; low - 1 for
 * none. */
static uint64_t most_that_fit(const asked *a, uint64_t low, uint64_t high, uint64_t memory)
{
    while (low <= high) {
        const uint64_t middle = low + (high - low) / 2;
        if (bytes_for(a, middle, 1) <= memory)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return low - 1;
}

static hr_status refuse(const asked *a, uint64_t memory, hr_diags *diags)
{
    const hr_study *s = a->study[0];
    uint64_t fit = HR_EXACT_MOST;
    if (!hr_study_exact(s))
        fit = most_that_fit(a, HR_EXACT_MOST + 1, s->paths, memory);
    if (fit == HR_EXACT_MOST)
        fit = most_that_fit(a, 1, hr_study_exact(s) ? s->paths : HR_EXACT_MOST, memory);
    hr_diags_addf(diags, HR_ERROR, NULL, 0,
                  fit > 0 ? "ask for fewer with --paths, or allow more with --memory"
                  : a->options->assumptions > 0
                      ? "ask for fewer sets with --assumptions, or allow more with --memory"
                      : "allow more with --memory",
                  "%llu paths take %llu MB and %llu MB are allowed: %llu would fit",
                  (unsigned long long)s->paths,
                  (unsigned long long)(bytes_for(a, s->paths, 1) / 1000000 + 1),
                  (unsigned long long)(memory / 1000000), (unsigned long long)fit);
    return HR_TOO_LARGE;
}

hr_status hr_reckon(hr_study *const *study, int count, const hr_pair *pair, const hr_run_options *o,
                    int *threads, hr_diags *diags)
{
    const asked a = {.study = study, .count = count, .pair = pair, .options = o};
    const uint64_t memory = o->memory != 0 ? o->memory : HR_MEMORY_DEFAULT, paths = o->paths;
    for (int k = 0; k < count; k++)
        hr_study_plan_jobs(study[k]);
    int n = o->threads != 0 ? o->threads : hr_pool_processors();
    n = n < HR_THREADS_MOST ? n : HR_THREADS_MOST;
    n = (uint64_t)n < study[0]->jobs ? n : (int)study[0]->jobs;
    while (n > 1 && bytes_for(&a, paths, n) > memory)
        n--;
    *threads = n;
    return bytes_for(&a, paths, n) <= memory ? HR_OK : refuse(&a, memory, diags);
}
