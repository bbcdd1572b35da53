/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs about rolls share: real trusts with the schools that they kept, the model's
 * futures of each, and what is reckoned from the two. */
#ifndef HR_TESTS_CALIBRATION_ROLLS_H
#define HR_TESTS_CALIBRATION_ROLLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calibration/target.h"
#include "calibration/trial.h"

enum { ROLLS_PATHS = 512, SCHOOLS_MOST = 80 };

/* A census of January; 2020 for secondaries alone. */
enum { AT_2017, AT_2018, AT_2019, AT_2020, AT_2021, AT_2023, CENSUSES };

typedef struct {
    int la, number;         /* council, establishment within it */
    char phase;             /* P, S, X, or blank: alternative provision */
    int from, to;           /* ages; 0: not said */
    double capacity, grade; /* NaN: not said */
    double roll[CENSUSES];
} school_case;

typedef struct {
    int uid, schools;
    school_case school[SCHOOLS_MOST];
} trust_case;

typedef struct {
    trust_case *trust;
    size_t trusts;
} trust_cases;

/* Trusts of two or more schools that have rolls in January 2019, 2021 and 2023, with those. */
trust_cases rolls_trusts(const char *data);
void rolls_trusts_free(trust_cases *t);

/* A window of the data: the trusts as they stood in one January, two or four years on. */
typedef struct {
    const char *name;
    int from, to, years; /* censuses, and the years between them */
    int start_year;      /* of the scenario: its opening roll is that of `from` */
} roll_window;
enum { ROLL_WINDOWS = 3 };
extern const roll_window ROLL_WINDOW[ROLL_WINDOWS];

/* A trust in one window: log growth of its same-school roll as it was and as the model has it. */
typedef struct {
    const trust_case *trust;
    double start, actual;
    float *future; /* [ROLLS_PATHS], sorted */
    float *school; /* [schools][ROLLS_PATHS], log growth, in the order of paths */
    float *first;  /* the same over the first year alone */
} fan;

/* How much of what a board could not know is left in: the defaults know national numbers of later
 * years, the worlds as-known-2019 and as-known-2021 do not. */
typedef enum { WITH_HINDSIGHT, AS_KNOWN } roll_world;

/* Runs every trust from the start of each window, with changes as trial_run takes them. */
void rolls_run(const trust_cases *t, roll_world world, const char *const *changes,
               fan *fans[ROLL_WINDOWS]);
void rolls_fans_free(fan *fans[ROLL_WINDOWS], size_t trusts);

double rolls_of(const trust_case *t, int census);
/* Year groups that a school had opened in a January, 0 where it was not filling. */
int rolls_open_groups(const school_case *c, int census);
/* Deviation of the normal that has the distance from the tenth to the ninetieth in 100; sorts. */
double rolls_spread(float *values, size_t n);
int rolls_rising(const void *a, const void *b);
void *rolls_memory(size_t count, size_t size); /* zeroed; ends the program when short */

/* The subjects, each saying its targets and writing its tables. */
void rolls_intervals(const trust_cases *t, fan *const fans[ROLL_WINDOWS],
                     const calibration_options *o);
void rolls_inside_note(const trust_cases *t, fan *const fans[ROLL_WINDOWS], const char *key,
                       const char *words);
void rolls_crps(const trust_cases *t, fan *const fans[ROLL_WINDOWS]);
void rolls_single_schools(const trust_cases *t, fan *const fans[ROLL_WINDOWS],
                          const calibration_options *o);
void rolls_areas(const trust_cases *t, fan *const fans[ROLL_WINDOWS], const calibration_options *o);

/* Quantile of n sorted values, linear between them. */
double rolls_quantile(const float *sorted, size_t n, double p);

/* Running sums of pairs of numbers, and their correlation. */
typedef struct {
    double n, x, y, xx, yy, xy;
} rolls_pairs;
void rolls_pair(rolls_pairs *p, double x, double y);
double rolls_correlation(const rolls_pairs *p);

#endif
