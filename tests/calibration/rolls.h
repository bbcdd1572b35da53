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
} fan;

/* Runs every trust from the start of a window, with changes as trial_run takes them; one run gives
 * all windows with the same start. fans[w] is NULL for windows that start elsewhere. */
void rolls_run(const trust_cases *t, int start_year, const char *const *changes,
               fan *fans[ROLL_WINDOWS]);
void rolls_fans_free(fan *fans[ROLL_WINDOWS], size_t trusts);

double rolls_of(const trust_case *t, int census);
/* Quantile of n sorted values, linear between them. */
double rolls_quantile(const float *sorted, size_t n, double p);

#endif
