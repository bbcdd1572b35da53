/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of a scenario as plain data in one block: structures made from params.def, whose
 * members are numbers, indices and spans (offsets from the start of the block), never pointers, so
 * that the block can be copied, stored or handed to another machine as it is. config fills it;
 * everything derived from it is derived in the core (domain/plan.h). It is read-only once written.
 * It must not know files or where a value came from. */
#ifndef HR_MODEL_PARAMS_H
#define HR_MODEL_PARAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/choices.h"

typedef struct {
    uint32_t at;    /* bytes from the start of the block */
    uint32_t count; /* elements */
} hr_span;

typedef uint32_t hr_text; /* offset of a NUL-terminated text; 0 is the empty text */
typedef uint32_t hr_real; /* index of a quantity; 0 is "not given" */

/* What a figure grows with after its last given year. */
typedef enum {
    HR_GROWS_NONE,
    HR_GROWS_GRANT,
    HR_GROWS_TEACHER_PAY,
    HR_GROWS_SUPPORT_PAY,
    HR_GROWS_PRICES,
    HR_GROWS_ENERGY,
    HR_GROWTHS
} hr_grows;

typedef enum {
    HR_QUANTITY_ABSENT,
    HR_QUANTITY_NUMBER, /* one number */
    HR_QUANTITY_SERIES, /* numbers by year: holds until the next entry */
    HR_QUANTITY_FUTURE, /* a distribution drawn once per future */
    HR_QUANTITY_YEAR    /* a distribution drawn every year */
} hr_quantity_kind;

/* A setting that reaches the model as lanes. */
typedef struct {
    double value;       /* NUMBER */
    double dist[3];     /* FUTURE, YEAR: a, b, c of the family (stoch/sampler.h) */
    double low, high;   /* truncation; -inf, inf when none */
    double persistence; /* YEAR: of the standard normal behind it, in [0, 1) */
    hr_span
        points;   /* SERIES: hr_point; DISCRETE: values then chances; EMPIRICAL: values (doubles) */
    int32_t kind; /* hr_quantity_kind */
    int32_t grows;  /* hr_grows */
    int32_t family; /* hr_dist_family */
    int32_t
        price_year;  /* calendar year whose prices NUMBER, FUTURE, YEAR are in; 0: the start year */
    uint32_t entity; /* hr_entity_number of the key: whose luck */
    hr_text key;     /* "schools.oakfield.in_year_pct" */
} hr_quantity;

typedef struct {
    double value;
    int32_t year; /* calendar year in which the academic year starts */
    int32_t pad;
} hr_point;

/* One structure per group of params.def: hr_params_school and so on. A number that was not given is
 * NaN, a whole number, year or month INT32_MIN, a text the empty one. Months count from January of
 * year 0: year x 12 + month - 1. */
#define HR_NOT_GIVEN INT32_MIN
#define HR_BEGIN(group, meaning) typedef struct hr_params_##group {
#define HR_REAL(group, field, unit, grows, low, high, need, meaning) hr_real field;
#define HR_BY(group, field, set, unit, grows, low, high, need, meaning) hr_real field[HR_N_##set];
#define HR_NUMBER(group, field, unit, low, high, need, meaning) double field;
#define HR_INT(group, field, unit, low, high, need, meaning) int32_t field;
#define HR_FLAG(group, field, need, meaning) int32_t field;
#define HR_CHOICE(group, field, set, need, meaning) int32_t field;
#define HR_TEXT(group, field, need, meaning) hr_text field;
#define HR_YEAR(group, field, need, meaning) int32_t field;
#define HR_MONTH(group, field, need, meaning) int32_t field;
#define HR_LIST(group, field, unit, low, high, need, meaning) hr_span field;
#define HR_ONE(group, field, child, meaning) struct hr_params_##child field;
#define HR_ROWS(group, field, child, meaning) hr_span field;
#define HR_END(group)                                                                              \
    }                                                                                              \
    hr_params_##group;
#include "headroom/tables/params.def"
#include "model/params_undef.h"

/* What the block holds beside the tables. Rows of every list stand in order of id. Each candidate
 * has its own school, or a merging trust's schools, in `schools`; a row of the pipeline stands as
 * `slots` candidates with ids "ID-01", "ID-02", ... */
typedef struct {
    uint32_t magic;      /* HR_PARAMS_MAGIC */
    uint32_t bytes;      /* size of the whole block */
    hr_span quantities;  /* hr_quantity; the first is the absent one */
    hr_span candidates;  /* hr_params_candidate: named and pipeline slots, in order of id */
    hr_span pipeline_of; /* int32_t a candidate: index into scenario.pipeline, or -1 */
    hr_span slot_of;     /* int32_t a candidate: its place among the slots of its row, from 0 */
    hr_params_scenario scenario;
} hr_params;

enum {
    HR_CONDITIONS_MAX = 24, /* conditions of one candidate */
    HR_WORLD_NORMALS = 6,   /* drivers FUNDING to SECTOR, the head of the correlated yearly set */
    HR_CORRELATED_MAX = 64  /* members of a correlated set */
};

#define HR_PARAMS_MAGIC 0x48524d31u /* "HRM1" */

/* Element 0 of a span; NULL for an empty one. */
#define HR_SPAN(params, span, type)                                                                \
    ((const type *)(const void *)((span).count ? (const char *)(params) + (span).at : NULL))
static inline const char *hr_params_text(const hr_params *p, hr_text text)
{
    return text ? (const char *)p + text : "";
}
static inline const hr_quantity *hr_params_quantity(const hr_params *p, hr_real real)
{
    return HR_SPAN(p, p->quantities, hr_quantity) + real;
}
static inline bool hr_real_given(const hr_params *p, hr_real real)
{
    return hr_params_quantity(p, real)->kind != HR_QUANTITY_ABSENT;
}

#endif
