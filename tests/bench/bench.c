/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `make bench`: how long the engine takes, side by side in one run. Times are the least of several
 * repetitions of this thread's processor time; ratios matter, absolute times belong to the machine. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "analysis/result.h"
#include "headroom.h"
#include "os/cpu.h"

enum { LANES = 64, REPEATS = 7 };

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double wall_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static hr_scenario *load(const char *path)
{
    hr_diags *d = hr_diags_new();
    hr_scenario *s = NULL;
    if (hr_scenario_load(&s, path, NULL, 0, d) != HR_OK)
        for (size_t i = 0; i < hr_diags_count(d); i++)
            fprintf(stderr, "%s\n", hr_diags_get(d, i)->text);
    hr_diags_free(d);
    return s;
}

/* Least processor time of a batch function over `paths` paths, in seconds. */
static double time_engine(const hr_plan *plan, hr_batch_fn *batch, uint64_t paths)
{
    double least = 1e9;
    hr_worker *w = hr_worker_new(plan, NULL, 0, LANES);
    hr_outcome out;
    for (int r = 0; w && r < REPEATS; r++) {
        const double start = cpu_seconds();
        for (uint64_t p = 1; p <= paths; p += LANES)
            batch(w, HR_SEED_DEFAULT, p, NULL, NULL, &out);
        const double took = cpu_seconds() - start;
        least = took < least ? took : least;
    }
    hr_worker_free(w);
    return least;
}

static void bench_engine(const char *path)
{
    hr_scenario *s = load(path);
    hr_arena *arena = hr_arena_new();
    const char *why = NULL;
    const hr_plan *plan = s ? hr_plan_new(s->params, arena, &why) : NULL;
    if (!plan)
        exit(1);
    const uint64_t paths = 2048;
    const double school_years = (double)paths * plan->schools * plan->years;
    printf("%s: %d schools, %d years, %d settings, one thread\n", path, plan->schools, plan->years, plan->slots);
    const struct { const char *name; hr_batch_fn *batch; hr_width width; } all[] = {
        {"plain", hr_engine_batch, HR_WIDTH_PLAIN},
#if defined(__x86_64__)
        {"AVX2", hr_engine_batch_avx2, HR_WIDTH_AVX2},
        {"AVX-512", hr_engine_batch_avx512, HR_WIDTH_AVX512},
#endif
    };
    double plain = 0.0;
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
        if (all[k].width > hr_cpu_width())
            continue;
        const double took = time_engine(plan, all[k].batch, paths);
        plain = k == 0 ? took : plain;
        printf("  %-8s %7.1f ns a school-year, %5.2f x plain\n", all[k].name, 1e9 * took / school_years, plain / took);
    }
    hr_arena_free(arena);
    hr_scenario_free(s);
}

/* A whole run, statistics included, on the threads there are. */
static void bench_run(const char *path, uint64_t paths)
{
    hr_scenario *s = load(path);
    double least = 1e9;
    for (int r = 0; s && r < REPEATS; r++) {
        hr_result *result = NULL;
        hr_diags *d = hr_diags_new();
        const hr_run_options o = {.seed = HR_SEED_DEFAULT, .paths = paths};
        const double start = wall_seconds();
        if (hr_run(&result, s, &o, d) != HR_OK)
            exit(1);
        const double took = wall_seconds() - start;
        least = took < least ? took : least;
        hr_result_free(result);
        hr_diags_free(d);
    }
    printf("%s: %llu futures with all statistics, every thread: %.3f s\n", path, (unsigned long long)paths, least);
    hr_scenario_free(s);
}

int main(void)
{
    bench_engine("tests/scenarios/bench.cfg");
    bench_engine("scenarios/trusts/learning-together.cfg");
    bench_run("scenarios/trusts/learning-together.cfg", 10000);
    bench_run("tests/scenarios/bench.cfg", 10000);
    return 0;
}
