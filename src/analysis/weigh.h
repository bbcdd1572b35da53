/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies weighed against each other over worlds, future by future: regret, the least of the
 * largest regrets, the share of futures that satisfy, and who is as good in everything and better
 * in something. Pure counting over arrays that somebody else filled. It must not know scenarios,
 * nor how results are put. docs/model.md, "Strategies under worlds", has the equations. */
#ifndef HR_ANALYSIS_WEIGH_H
#define HR_ANALYSIS_WEIGH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/estimate.h"

enum { HR_GRID_WORLDS_MOST = 16 };

/* What is known of every future. Rows stand by [strategy * worlds + world], each of `paths` values
 * in order of future; the same future has the same luck in every row. Borrowed. */
typedef struct {
    int strategies, worlds;
    uint64_t paths;
    const uint8_t *const *below;   /* reserves are below the policy in some year */
    const uint8_t *const *lacking; /* improvement days are too few in some year */
    const uint8_t *const *met;     /* all of the plan's targets are met, of our reading where it
                                      sets none; a row is NULL: there are none of either */
    const double *const *pupils;   /* at the end; NaN where the trust is not its own any more */
    const double *const *reserves; /* likewise, in pounds */
} hr_grid;

/* One strategy in one world. */
typedef struct {
    hr_estimate kept, enough; /* chances: reserves keep the policy, days are enough, every year */
    hr_estimate both;         /* both in one future */
    hr_estimate regret;       /* pounds of reserves at the end behind the best strategy of the same
                                 future, mean over futures in which every strategy is its own */
    hr_estimate regret_most;  /* its 95 % quantile */
    hr_estimate kept_regret, enough_regret; /* chance behind that of the strategy whose chance is
                                               best in this world, seen on the same futures (Tango);
                                               nothing, without error, for that strategy itself */
} hr_weighed_cell;

/* Which strategy has the best chance of keeping the policy in a world: the first of them. */
typedef struct {
    int best, equals; /* equals: how many others have the very same chance */
    bool sure;        /* of every other the futures can tell it */
} hr_weighed_world;

typedef struct {
    int world; /* the first in which it is largest; -1: nowhere defined */
    hr_estimate regret;
} hr_weighed_worst;

/* Means over worlds, each weighing the same. */
typedef enum {
    HR_CRITERION_KEPT,
    HR_CRITERION_ENOUGH,
    HR_CRITERION_PUPILS,   /* at the end */
    HR_CRITERION_RESERVES, /* at the end */
    HR_CRITERIA
} hr_criterion;

typedef struct {
    hr_weighed_worst reserves, kept, enough;
    hr_estimate satisfied;      /* policy kept and days enough in every year: share of futures */
    hr_estimate satisfied_plan; /* and all of the plan's targets met; NaN where there are none */
    hr_estimate criterion[HR_CRITERIA];
    bool undominated; /* by the values: no other is as good in all criteria and better in one */
    bool unsure;      /* were differences that the futures cannot tell from none taken as none, the
                         answer would be another */
} hr_weighed_strategy;

/* The strategy whose largest regret is least. */
typedef struct {
    int strategy, next; /* next: with the second least; -1: undefined */
    hr_estimate ahead;  /* by how much less, over the same futures */
} hr_minimax;

typedef struct {
    int strategies, worlds;
    uint64_t paths;
    uint64_t own;          /* futures in which every strategy is its own to the end in every world:
                              what means over worlds of pupils and reserves rest on */
    hr_weighed_cell *cell; /* [strategies][worlds] */
    hr_weighed_world *world;       /* [worlds] */
    hr_weighed_strategy *strategy; /* [strategies] */
    hr_estimate *difference; /* [strategies][strategies][HR_CRITERIA]: the first less the second */
    bool *dominates;         /* [strategies][strategies]: the first the second, by the values */
    hr_minimax reserves, kept;
} hr_weighed;

const hr_weighed_cell *hr_weighed_cell_of(const hr_weighed *w, int strategy, int world);
const hr_estimate *hr_weighed_difference(const hr_weighed *w, int first, int second,
                                         hr_criterion criterion);

/* Weighs; what it gives lives in the arena. False when memory is short. The order of strategies
 * changes no number but of equals which is named first; nor does the order of worlds. */
bool hr_weigh(hr_weighed *out, const hr_grid *g, hr_arena *arena);

#endif
