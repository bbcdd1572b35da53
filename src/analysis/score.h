/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A forecast that was frozen, held against what happened: what the forecast said, the figures that
 * came, and the scores of one by the other. Numbers only. It must not know files, formats or words.
 */
#ifndef HR_ANALYSIS_SCORE_H
#define HR_ANALYSIS_SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/proper.h"
#include "base/arena.h"
#include "base/estimate.h"
#include "model/expr.h"
#include "model/tables.h"

enum { HR_STATES = 3, HR_SCORE_INTERVALS = 3, HR_FROZEN_YEARS = 30 };
extern const int HR_SCORE_INTERVAL_PCT[HR_SCORE_INTERVALS]; /* 50, 80, 90 */

/* What was known before the first year, and where from. */
typedef enum {
    HR_KNOWN_NOTHING,
    HR_KNOWN_GIVEN,   /* beside what happened, for the year before the run */
    HR_KNOWN_HISTORY, /* last row of the scenario's history */
    HR_KNOWN_OPENING, /* the reserves, rolls or schools that the run starts with */
    HR_KNOWN_ORIGINS
} hr_known_origin;
typedef struct {
    double value; /* NaN when nothing is */
    hr_known_origin origin;
} hr_known;

/* A metric in a year as the run gave it; NaN where it gave nothing. */
typedef struct {
    uint64_t n; /* futures in which it is defined */
    double mean, quantile[HR_QUANTILES], state[HR_STATES];
} hr_frozen_year;

typedef struct {
    const char *id, *name, *expr;
    hr_prob prob;
    double p;
} hr_frozen_target;

typedef struct {
    const char *id, *name;
    hr_frozen_year *pupils, *reserves_pct; /* [years]: n and mean; pupils at the census */
    hr_known roll;                         /* the census before the run */
} hr_frozen_school;

typedef struct {
    const char *scenario, *version, *seed, *digest;
    uint64_t paths;
    int start_year, years;
    hr_frozen_year *metric; /* [HR_METRICS][years] */
    double *risk;           /* [HR_RISKS][years]; NaN where the run has none */
    hr_frozen_target *target;
    int targets;
    hr_frozen_school *school;
    int schools;
    hr_known known[HR_METRICS];
} hr_frozen;

/* A row of what happened. */
typedef struct {
    int line;
    int year;   /* index; -1 is the year before the run: known, not scored */
    bool risk;  /* `which` is a risk, `value` 0 or 1; else a metric */
    int which;  /* hr_metric or hr_risk */
    int school; /* index, or -1: the trust */
    double value;
    const char *note; /* or NULL */
} hr_actual;

/* A number that was forecast. */
typedef struct {
    const hr_actual *actual;
    const hr_frozen_year *said;
    double *futures;               /* [paths] in order of path, NaN undefined; NULL: not kept */
    bool spread;                   /* false: the run kept a mean alone */
    double quantile[HR_QUANTILES]; /* NaN without spread */
    double middle;                 /* p50, or the mean without spread */
    double error, error_pct;       /* happened less middle; per cent of the middle, NaN where the
                                      90 % interval reaches zero or the unit is per cent */
    hr_place place;
    bool inside[HR_SCORE_INTERVALS];
    double chance[HR_SCORE_INTERVALS]; /* that the forecast gives the interval */
    double crps, crps_naive;
    hr_known known; /* what the naive forecast goes on with */
} hr_score_figure;

/* All figures of one metric, of the trust or of its schools. */
typedef struct {
    int metric;
    bool of_schools;
    int figures, spread, naive; /* with a spread; with a naive forecast */
    int hits[HR_SCORE_INTERVALS];
    double bias;              /* mean error */
    double crps, crps_shared; /* mean; mean of those with a naive forecast */
    double crps_naive, skill; /* 1 - crps_shared / crps_naive */
} hr_score_group;

/* Something that came or did not: a target, a risk in a year, a state in a year. */
typedef enum { HR_CHANCE_TARGET, HR_CHANCE_RISK, HR_CHANCE_STATE } hr_chance_kind;
typedef struct {
    hr_chance_kind kind;
    int which, year; /* target, risk or metric; year index, -1 of a target */
    int state;       /* STATE: what came */
    double p;        /* of what is asked; STATE: of the state that came */
    double came;     /* 0, 1, or 0.5: not yet known */
    double brier;    /* NaN when not known */
    double expected; /* Brier score if the forecast is right */
} hr_score_chance;

typedef struct {
    int hits;
    double expected;           /* sum of the chances */
    hr_estimate share;         /* hits of figures */
    hr_hits_range independent; /* if the forecast is right and the figures are independent */
    hr_hits_range own;         /* if the forecast is right: in its own futures */
} hr_score_interval;

typedef struct hr_score_numbers {
    const hr_frozen *frozen;
    hr_score_figure *figure;
    int figures, spread; /* spread: how many of them have one */
    hr_score_group *group;
    int groups;
    hr_score_chance *chance;
    int chances, known; /* known: of which it is known what came */
    double brier, brier_expected;
    hr_score_interval interval[HR_SCORE_INTERVALS];
    int below;      /* figures that fell below the middle */
    uint64_t whole; /* futures in which every figure is defined; 0: they were not kept */
    bool futures;   /* every spread is by futures, none by quantiles alone */
} hr_score_numbers;

/* The figures that the rows ask for, without scores: where `futures` stands the caller may then put
 * the values of every path. False when memory is short. */
bool hr_score_list(hr_score_numbers *s, const hr_frozen *frozen, const hr_actual *actual, int rows,
                   hr_arena *arena);
/* Fills the rest. False when memory is short. */
bool hr_score_reckon(hr_score_numbers *s, const hr_actual *actual, int rows, hr_arena *arena);

/* Was it met? 1 yes, 0 no, 0.5 not yet known: a year or figure that matters is not there. metric
 * and risk are [..][years], NaN unknown. Logic of three values (Kleene). */
double hr_score_met(const hr_prob *prob, const double *metric, const double *risk, int start_year,
                    int years);

/* Chances: targets, risks and states, with their Brier scores. For hr_score_reckon alone. */
bool hr_score_chances(hr_score_numbers *s, const hr_actual *actual, int rows, hr_arena *arena);

#endif
