/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan: everything derived once from a block of parameters before any path is run. Read-only
 * once built and shared by all workers. The block must outlive it. It must not know files. */
#ifndef HR_DOMAIN_PLAN_H
#define HR_DOMAIN_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/params.h"
#include "stoch/sampler.h"

enum {
    HR_GROUPS_MAX = 14, /* year groups: reception to year 11, then years 12 and 13 */
    HR_YEARS_MAX = 30,
};

enum { HR_BASE_HOLDS = -1 };

/* A setting as lanes: how each year's array is made. Value of year t = before growth x index of its
 * kind at t over the index at base[t] (0 is the start); the value itself where base[t] is
 * HR_BASE_HOLDS. One year more than is run, for budgets look one year ahead. */
typedef struct {
    hr_quantity_kind kind;
    hr_grows grows;
    const double
        *value; /* [years + 1] NUMBER and SERIES: value before growth, in prices of base[t] */
    const bool *exact; /* [years + 1] SERIES: there is an entry for exactly this year */
    const int *base;   /* [years + 1] */
    double before;     /* SERIES: entry for exactly the year before the start, else NaN */
    double factor;     /* FUTURE, YEAR: from the price year to the start */
    const hr_sampler *sampler;
    uint32_t entity;
    double persistence;
    int same_as;    /* an earlier setting that is the same figure in every year, or 0 */
    int correlated; /* place in the correlated set of its rhythm, or -1 */
    bool unread;    /* no step reads what is drawn (YEAR: before the start): for a trace alone */
} hr_slot;

/* Some of the settings. */
typedef struct {
    const int *slot;
    int count;
} hr_slot_list;

/* A school whose leavers enter another. */
typedef struct {
    int school;
    hr_real share; /* of the other's entry */
} hr_plan_feeder;

/* A school that is, or may come to be, in the trust. */
typedef struct {
    const hr_params_school *par;
    const char *id, *name;
    uint32_t entity;
    int candidate; /* index, or -1: in the trust from the start */
    int area;
    int groups;                  /* main year groups, reception to year 11 */
    int sixth;                   /* sixth-form year groups, 0 to 2 */
    int first_age;               /* age at the start of the first main group: 4 is reception */
    int open_groups;             /* year groups at opening of a filling school; groups for others */
    double group[HR_GROUPS_MAX]; /* opening pupils by main group, then the sixth form's */
    double nursery, pan,
        demand;        /* opening nursery roll; admission number; opening demand for entry */
    bool full;         /* opening demand is the admission number, and oversubscription on top */
    double staying_on; /* Year 12 over Year 11 that the opening roll shows, or NaN */
    double roll_size,
        cost_size;             /* factors by which noise differs from that at the reference size */
    double bid_size;           /* factor of a capital award by size */
    double opening_roll;       /* main and sixth form */
    bool nursery_only;         /* its roll is its nursery children, who bring no grant */
    bool special;              /* funded on places and top-ups */
    bool classes_stay_planned; /* what is planned in spring holds in the year that follows */
    bool roll_funds; /* councils' growth and falling-rolls funds are for schools of its kind */
    const hr_plan_feeder *feeder;
    int feeders;
} hr_plan_school;

typedef struct {
    const hr_params_candidate *par;
    const char *id, *name;
    uint32_t entity;
    const int *school; /* indices of its schools */
    int schools;
    int pipeline;  /* row, or -1 */
    int slot;      /* place among the row's slots */
    double wished; /* months after 1 September of the start; NaN for the pipeline */
    const hr_params_condition *condition;
    const uint32_t *condition_entity;
    int conditions;
} hr_plan_candidate;

typedef struct hr_plan {
    const hr_params *params;
    int start_year, years;
    hr_slot *slot; /* [slots]: by hr_real */
    int slots;
    hr_slot_list future, yearly, stepping,
        growing;            /* settings that move, in order: drawn once, drawn every
                               year, by year without growth, with growth */
    hr_plan_school *school; /* in order of id: the trust's and candidates' alike */
    int schools;
    bool fed;                     /* some school has feeders */
    hr_plan_candidate *candidate; /* in order of id */
    int candidates;
    int *gate_order; /* candidates as the gate decides them: priority, date wished, id */
    const hr_params_area *area;
    int areas;
    uint32_t *area_entity;
    const hr_params_risk *risk;
    int risks;
    int *risk_school;      /* [risks] the school that the row names, or -1 */
    uint32_t *risk_entity; /* [risks][schools + 1]: the trust's own luck last */
    const hr_params_post *post;
    int posts;
    uint32_t *post_entity;
    const hr_params_pipeline *pipeline;
    int pipelines;
    uint32_t *pipeline_entity;
    const double *world_factor; /* [world_set][world_set]: correlation of the yearly normals */
    const double *future_factor;
    int world_set, future_set;
    int *world_slot,
        *future_slot; /* settings in the sets; the first HR_WORLD_NORMALS of world are drivers */
    double correlation_change; /* largest change that a repair made, 0 for none */
    int duty_until; /* months after 1 September of the start, INT32_MAX when the duty lasts */
    /* mechanisms that this scenario uses: the others cost nothing */
    bool offer;         /* a core offer */
    bool protects;      /* improvement is protected */
    bool advisers_move; /* it is, or recovery cuts advisers */
    bool capital_posts; /* posts charged to capital */
    bool customers;     /* services with outside customers who come and go */
    bool posts_may_go;  /* recovery may cut posts */
    bool may_end;       /* some row of the register ends the trust */
    bool risks_lower, risks_take, risks_starve,
        risks_borrow; /* some row lowers quality, takes a school, entry or leaders' days */
    bool grants_pooled;
    bool centre_recovers,
        schools_relieved; /* some percentage moves after a floor of the reserves policy is missed */
    bool onboarding_told; /* onboarding days come from posts or the offer, not from the base */
} hr_plan;

/* Builds the plan in `arena`. NULL: *why says in one sentence what cannot be, or is NULL where
 * memory is short. */
hr_plan *hr_plan_new(const hr_params *params, hr_arena *arena, const char **why);

/* Is this form of the top-slice a percentage of something? */
static inline bool hr_topslice_by_rate(int form)
{
    return form == HR_topslice_form_PERCENT_OF_GRANT || form == HR_topslice_form_POOLED;
}

/* Is a setting this number on every path and in every year? */
static inline bool hr_plan_always(const hr_plan *plan, hr_real real, double value)
{
    const hr_slot *slot = &plan->slot[real];
    return slot->kind == HR_QUANTITY_NUMBER && slot->value[0] == value;
}

/* Does a school open with empty year groups, as a new one? */
static inline bool hr_fills(const hr_plan_school *school)
{
    return school->open_groups < school->groups;
}

/* Months after 1 September of the start year, from a month of the block. */
double hr_plan_month(const hr_plan *plan, int32_t month);

#endif
