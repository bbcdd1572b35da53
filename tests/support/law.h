/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Futures of a trust held against laws known in closed form: a number of each future, and its mean,
 * variance, chance or correlation against what it must be, within 4.9 standard errors (a false
 * alarm in a million, were the seed not fixed). Errors are those of the law where it gives them,
 * else of the futures. It must not know the module under test. */
#ifndef HR_TESTS_SUPPORT_LAW_H
#define HR_TESTS_SUPPORT_LAW_H

#include "support/near.h"
#include "support/trust.h"

enum { LAW_LANES = 256 };
#define LAW_ERRORS 4.9

/* still.cfg with one school, ash, of 350 pupils: a grant of 1,890,000 and an income of 2,170,000.
 */
#define LAW_ONE_SCHOOL                                                                             \
    "schools = ( { id = \"beech\"; remove = true; }, { id = \"cedar\"; remove = true; }, { id = "  \
    "\"elm\"; remove = true; }, { id = \"oak\"; remove = true; } );",                              \
        LAW_NO_CENTRE
#define LAW_NO_CENTRE                                                                              \
    "centre = { non_pay = 0; reserves = 0; }; topslice = { rate_pct = { all = 0.0; }; };"
#define LAW_GRANT 1890000.0
#define LAW_INCOME 2170000.0

/* A number of lane `i` of the batch that has just run. */
typedef double law_reader(const trust *t, int lane);

typedef struct {
    size_t n;
    double *x; /* in order of path */
} law_futures;

static inline law_futures law_space(size_t n)
{
    law_futures f = {.n = n, .x = malloc(n * sizeof *f.x)};
    assert_non_null(f.x);
    return f;
}

static inline void law_free(law_futures f) { free(f.x); }

/* Runs n futures, a multiple of LAW_LANES, and reads `readers` numbers of each. The trust has
 * LAW_LANES lanes. */
static inline void law_run(trust *t, size_t n, int readers, law_reader *const *read,
                           law_futures *out)
{
    assert_int_equal(t->lanes, LAW_LANES);
    for (int r = 0; r < readers; r++)
        out[r] = law_space(n);
    for (size_t first = 0; first < n; first += LAW_LANES) {
        trust_run(t, 1 + first);
        for (int r = 0; r < readers; r++)
            for (int i = 0; i < LAW_LANES; i++)
                out[r].x[first + (size_t)i] = read[r](t, i);
    }
}

static inline law_futures law_run_one(trust *t, size_t n, law_reader *read)
{
    law_futures f;
    law_run(t, n, 1, (law_reader *const[]){read}, &f);
    return f;
}

static inline double law_mean(law_futures f)
{
    double sum = 0.0;
    for (size_t i = 0; i < f.n; i++)
        sum += f.x[i];
    return sum / (double)f.n;
}

/* Mean of the product of two numbers' departures from the means that they must have. */
static inline double law_covariance(law_futures f, double mean_f, law_futures g, double mean_g)
{
    double sum = 0.0;
    for (size_t i = 0; i < f.n; i++)
        sum += (f.x[i] - mean_f) * (g.x[i] - mean_g);
    return sum / (double)f.n;
}

#define assert_law_mean(f, mean, variance)                                                         \
    assert_within(law_mean(f), (mean), LAW_ERRORS *sqrt((variance) / (double)(f).n))

/* Of a number with this mean: the error of the mean square is taken from the futures' own fourth
 * moment. */
static inline void assert_law_variance(law_futures f, double mean, double variance)
{
    double fourth = 0.0;
    for (size_t i = 0; i < f.n; i++)
        fourth += pow(f.x[i] - mean, 4.0) / (double)f.n;
    const double error = sqrt((fourth - variance * variance) / (double)f.n);
    assert_within(law_covariance(f, mean, f, mean), variance, LAW_ERRORS * error);
}

static inline void assert_law_covariance(law_futures f, law_futures g, double mean_f, double mean_g,
                                         double covariance)
{
    double square = 0.0;
    for (size_t i = 0; i < f.n; i++)
        square += pow((f.x[i] - mean_f) * (g.x[i] - mean_g), 2.0) / (double)f.n;
    const double error = sqrt((square - covariance * covariance) / (double)f.n);
    assert_within(law_covariance(f, mean_f, g, mean_g), covariance, LAW_ERRORS * error);
}

static inline void assert_law_share(double hits, size_t n, double chance)
{
    assert_within(hits / (double)n, chance, LAW_ERRORS * sqrt(chance * (1.0 - chance) / (double)n));
}

static inline double law_count_equal(law_futures f, double value)
{
    double hits = 0.0;
    for (size_t i = 0; i < f.n; i++)
        hits += f.x[i] == value;
    return hits;
}

static inline double law_count_below(law_futures f, double value)
{
    double hits = 0.0;
    for (size_t i = 0; i < f.n; i++)
        hits += f.x[i] < value;
    return hits;
}

/* First year in which something happens to a lane; the number of years where it never does. */
static inline double law_first_year(const trust *t, int lane,
                                    bool (*happens)(const trust *, int, int))
{
    int y = 0;
    while (y < t->years && !happens(t, y, lane))
        y++;
    return y;
}

#endif
