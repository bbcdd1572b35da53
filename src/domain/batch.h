/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A batch: all the state of `lanes` paths side by side, as lane arrays in one arena. Steps of the
 * year read and write it and nothing else. Shares are 0 to 1, money is whole pounds in doubles,
 * flags are 0.0 or 1.0, months count from 1 September of the start. Suffix [s] below means one lane
 * array per school: hr_of(b->roll, s, b->lanes). It must not know threads, files or statistics. */
#ifndef HR_DOMAIN_BATCH_H
#define HR_DOMAIN_BATCH_H

#include <string.h>

#include "base/arena.h"
#include "base/lanes.h"
#include "domain/plan.h"
#include "domain/trace.h"
#include "model/tables.h"
#include "stoch/draws.h"

/* Yearly processes of the world. */
typedef enum {
    HR_W_TEACHER_PAY,
    HR_W_SUPPORT_PAY,
    HR_W_PRICES,
    HR_W_ENERGY,
    HR_WORLD_RATES
} hr_world_rate;

enum { HR_NEVER = 1000000 }; /* a month that never comes */

/* One per cent, as a share. A factor, because a division takes many times as long. */
#define HR_PER_CENT 0.01

typedef struct hr_batch {
    const hr_plan *plan;
    int lanes;
    int t;    /* index of the year */
    int year; /* calendar year in which it starts */
    hr_luck luck;
    hr_trace *trace; /* NULL but in a replay */

    const double **setting; /* [hr_real] this year's lanes of every setting */
    double **own;           /* [hr_real] memory of the settings that move by year */
    double *
        *drawn; /* [hr_real] FUTURE: the number drawn for the path; without growth, the setting */
    double **normal; /* [hr_real] YEAR: last standard normal */

    /* world */
    double *rate[HR_WORLD_RATES];                       /* this year's rate, % */
    double *expected[HR_WORLD_RATES];                   /* next year's, as expected now, % */
    double *unconditional[HR_WORLD_RATES];              /* this year's known or mean rate, % */
    double *funding, *funding_expected, *funding_noise; /* %, %, standard normal with persistence */
    double *regime;                                     /* 0 or 1 */
    double *jump, *jump_before; /* energy jump of this year and the last, share */
    double *energy_level;       /* energy price without jumps, relative to the start */
    double *sector;             /* share of income */
    double *weight[HR_N_cost];  /* share of the opening schools' spending by kind */
    double *index;   /* [hr_grows][year + 1]: price level over the start's; entry 0 is the start */
    double *pension; /* cumulated pension step, share of teachers' cost */
    double *pension_met;   /* what a grant of its own meets of it; nothing once that has ended */
    double *local_pension; /* the same for support staff */

    /* areas, [a] */
    double *area_noise, *area_shock, *area_trend;

    /* this year's luck of each school, [s]: two calls of the generator for seven drivers */
    double *roll_z, *entry_z, *cost_z;
    double *quality_u, *inspection_u, *head_u, *bid_u;

    /* schools, [s] */
    double *group; /* [s][HR_GROUPS_MAX] pupils by year group, main then sixth form */
    double *nursery;
    double *roll, *roll_1,
        *roll_2;           /* main and sixth form pupils at this census, one and two years before */
    double *band, *band_1; /* [s][HR_N_band] pupils by funding band at this census and the last */
    double *opening_roll, *per_opening; /* and one over it */
    double *demand;                     /* demand for entry relative to the opening one */
    double *leavers_start, *fed; /* where some school has feeders: its oldest main year group at the
                                    start; what its own feeders make of entry, over the start's */
    double *entry_noise, *roll_noise;    /* persistent standard normals */
    double *entry_factor;                /* what risks leave of entry at the next census */
    double *in_trust;                    /* 0 or 1: has joined */
    double *share;                       /* share of this year in the trust */
    double *months_in;                   /* months in the trust at the year end */
    double *balance, *balance_before;    /* closing now, and at the last year end */
    double *grant, *other, *income_full; /* a full year's: grant, other recurrent income, both */
    double *grant_posted;                /* the trust's months of it, whole pounds */
    double *needs; /* additional needs a pupil fitted to a given grant, start prices; or NaN */
    double *floor_factor; /* what a given grant leaves of the per pupil floor; of a special school,
                             of the place value */
    double *led_rate;     /* last year's pupil-led rate a pupil */
    double *classes, *classes_next, *teachers, *teachers_cut; /* next: planned in spring */
    double
        *leader_classes; /* classes for whose leaders there are places; they stay when one closes */
    double *teacher_cost;                /* a teacher's cost at start prices */
    double *base;                        /* [s][HR_N_cost] opening spending by kind, start prices */
    double *cost;                        /* [s][HR_N_cost] this year's full-year spending by kind */
    double *support_saved, *other_saved; /* found by the budget, start prices */
    double *drift;                       /* special needs drift, share of income so far */
    double *structural;                  /* recurrent result of a full year, top-slice paid */
    double *usual_one_off; /* this year's restructuring, urgent repairs and bid contributions:
                              planned for again */
    double *planned_use, *restructuring; /* decided this spring for next year; posted then */
    double *income, *spending,
        *one_off;       /* posted this year: income, spending, one-off income less costs */
    double *transfer;   /* posted this year: net transfers received */
    double *pooled;     /* of them, by pooling: moved at the year end, no result of the year */
    double *staff;      /* staff cost posted this year */
    double *topslice;   /* charge of a full year */
    double *slice_kept; /* of it what the centre keeps, pooled grants apart; only with an offer */
    double *pool_rest, *pool_full; /* of its grant as posted, and of a full year, what the centre
                                      does not keep; where the plan has grants_pooled */
    double *floor_missed;    /* ended the last year below the floor of schools; where the plan has
                                schools_relieved */
    double *quality, *grade; /* 0 outstanding ... 3 inadequate: true and as last inspected */
    double *grade_start;     /* grade before the first year */
    double *stuck, *new_head;
    double *inspected; /* year of its last inspection in the run, long ago before the first */
    double *need_days, *leader_days, *lent_share, *met_share;
    double *lent_factor;          /* what risks leave of its leaders' days */
    double *condition_need;       /* GBP, buildings */
    double *hit_quality, *leaves; /* marks set by risks this year */

    /* candidates, [k] */
    double *wished, *delay, *ready; /* months; HR_NEVER when unknown */
    double *goes, *lost, *joined;   /* lost: 0 no, 1 waited too long, 2 withdrew, 3 condition */
    double *withdraw_month, *withdrawn_said;
    double *join_year, *join_month, *waits;
    double *refused;    /* [k][HR_POLICIES] 1 where the policy refused it at least once */
    double *bites;      /* [k][conditions] */
    double *came;       /* came forward (named ones: always) */
    double *offer_step; /* what the core offer stepped up by when it joined, start prices; only of a
                           plan with an offer */

    /* pipeline rows, [p] */
    double *arrived;

    /* risks, [r][schools + 1], the trust last */
    double *lasts;
    double *lasts_once;              /* for rows that last a year: nothing but while one runs */
    double *risk_size;               /* [r][schools + 1] factor on the cost of the event in force */
    double *risk_cost, *risk_income; /* [schools + 1] pounds of the year */
    double *risk_u; /* [r][4][schools + 1] luck of the years with each remainder by four */
    double *pipeline_factor, *risk_days; /* trust: from risks in force */
    double *risk_delay; /* months added to candidates not yet open, from events of the year */

    /* centre and trust */
    double *centre, *centre_before; /* balance */
    double *centre_income, *centre_spending, *centre_one_off, *centre_transfer, *centre_staff;
    double *centre_missed; /* ended the last year below its floor */
    double *centre_room;   /* of this year's non-pay, what savings could still take */
    double *centre_pooled; /* net received by pooling this year */
    double *centre_saved, *centre_planned_use, *centre_structural;
    double *customers;       /* [service] outside customers; only of a plan with customers */
    double *grant_start;     /* a full year's grant of the opening schools at the start */
    double *capital_posts;   /* this year's cost of posts charged to capital */
    double *centre_change;   /* known by spring: what next year brings the centre more */
    double *slice_start;     /* a full year's top-slice at the start */
    double *bought_kept;     /* days that can be bought in where improvement is protected or cut */
    const double *bought_in; /* days that can be bought in this year */
    double *posts_kept;      /* share of the posts that recovery may cut which is left */
    double *posts_cuttable;  /* what those posts cost this year before any cut */
    double *centre_restructuring; /* decided this spring for next year; posted then */
    double *schools_start, *schools_now, *joins_now, *joins_share, *pupils_now;
    double *post_days, *onboarding_supply, *onboarding_need, *onboarding_before, *stranded;
    double *posts_held; /* [posts] at the last year end, of those that oversee schools */
    double *supply_days, *need_total, *school_led, *free_days;
    double *below_good;
    double *reserves_before, *reserves, *reserves_pct, *policy_pounds, *below_policy;
    double *income_year;              /* trust's annualised income */
    double *spending_year;            /* trust's annualised spending */
    double *planned;                  /* next year's planned result, all schools and centre */
    double *formula, *formula_before; /* capital by formula: 0 or 1 */
    double *capital;                  /* capital funding of the year */
    double *deficit_before;           /* last year's in-year result */
    double *warning;                  /* early warning at the last close */
    double *past_pct; /* [3] reserves % of the last three closed years; NaN where none */
    double *risk_losses, *joined_sponsored, *joined_good, *joined_free, *refused_count,
        *withdrawn_count, *left;
    double *dilution;  /* points of reserves, % of income, taken by joiners since the start */
    double *own_years; /* years until another trust absorbs this one; HR_NEVER */
    double *opening, *opening_pct; /* the trust's reserves at the start; in % of income */

    /* records */
    double *posted;       /* [HR_LINES][HR_OWNERS] this year's postings by who posted them */
    double *owned;        /* [HR_LINES][HR_OWNERS] of all years that are closed */
    double *line;         /* [HR_LINES][years] of a year that is closed: what all posted */
    double *metric;       /* [HR_METRICS][years] */
    double *column;       /* [s][years][HR_SCHOOL_COLUMNS] */
    double *risk, *depth; /* [HR_RISKS][years]; [HR_RISKS] */
    double *fate;         /* [k][HR_CANDIDATE_COLUMNS], filled when the last year has run */
    double *average;      /* [HR_N_average] of the world over the years, once the last has run */
    double *scratch[12];  /* for the step that runs; never kept */
} hr_batch;

/* Lanes of the batch. They come in multiples of HR_LANES_MIN; the compiler is told, so that no loop
 * over them needs a tail. */
static inline int hr_lanes(const hr_batch *b) { return b->lanes & -HR_LANES_MIN; }

/* Lane array k of a family of arrays. */
static inline double *hr_of(double *first, int k, int lanes)
{
    return first + (ptrdiff_t)k * lanes;
}

/* This year's lanes of a setting. */
static inline const double *hr_set(const hr_batch *b, hr_real real) { return b->setting[real]; }

/* Of four figures by quality or grade, the one at `level` (0 outstanding ... 3 inadequate). */
static inline double hr_at_level(double level, double outstanding, double good, double improving,
                                 double inadequate)
{
    const double upper = level < 0.5 ? outstanding : good;
    const double lower = level < 2.5 ? improving : inadequate;
    return level < 1.5 ? upper : lower;
}

/* This year's lanes of a table of settings by quality or grade, at `level`. */
void hr_by_quality(const hr_batch *b, const hr_real table[HR_N_quality], const double *level,
                   double *out);

/* Is this year inside [from, until], where a bound that is not given does not bind? */
static inline bool hr_in_force(const hr_batch *b, int32_t from, int32_t until)
{
    return (from == HR_NOT_GIVEN || b->year >= from) && (until == HR_NOT_GIVEN || b->year <= until);
}

/* Has another trust absorbed this one before this year, on a lane? */
static inline bool hr_has_ended(const hr_batch *b, int lane)
{
    return b->plan->may_end && b->own_years[lane] <= b->t;
}

/* Price level now, over the start's, of what a figure grows with. */
static inline double *hr_index(const hr_batch *b, hr_grows grows)
{
    return hr_of(b->index, (int)grows * (b->plan->years + 1) + b->t + 1, b->lanes);
}

/* Lays out a batch in `arena`; false when memory is short. */
bool hr_batch_lay_out(hr_batch *b, const hr_plan *plan, int lanes, hr_arena *arena);

/* Number of children of a span of the plan's parameters. */
#define HR_ROWS_OF(b, span, type) HR_SPAN((b)->plan->params, (span), type)

/* Is one of them not nothing? All their bits are taken together, but for the sign, which nothing
 * may have too. */
static inline bool hr_any(const double *x, int lanes)
{
    uint64_t any = 0;
    for (int i = 0; i < lanes; i++) {
        uint64_t bits;
        memcpy(&bits, &x[i], sizeof bits);
        any |= bits;
    }
    return any << 1 != 0;
}

/* Is a setting this number on every path and in every year? */
static inline bool hr_always(const hr_batch *b, hr_real real, double value)
{
    return hr_plan_always(b->plan, real, value);
}

/* Fills lanes, a multiple of HR_STRIP, with one number; copies some. */
void hr_fill(double *x, double value, int lanes);
void hr_copy(double *to, const double *from, int lanes);

/* Sum of lane arrays that stand one after the other; with a factor of its own for each in the
 * second form. */
void hr_sum_rows(const double *first, int rows, double *sum, int lanes);
void hr_sum_rows_by(const double *first, const double *factor, int rows, double *sum, int lanes);

#endif
