/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second telling of the model: one future, one number at a time, from docs/model.md and the
 * table of parameters. It takes what luck decided (normals, uniforms, drawn settings) from a trace
 * of the program and works out everything else again. It must not use anything of src/domain but
 * the shape of a trace. Money is in pounds, months count from 1 September of the start, schools and
 * candidates stand in order of id, account -1 is the centre. */
#ifndef HR_TESTS_REFERENCE_H
#define HR_TESTS_REFERENCE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/trace.h"
#include "engine/engine.h"
#include "model/expr.h"
#include "model/params.h"
#include "model/tables.h"
#include "stoch/draws.h"

enum {
    REF_SCHOOLS = 48,
    REF_CANDIDATES = 40,
    REF_AREAS = 8,
    REF_RISKS = 24,
    REF_PIPELINES = 8,
    REF_GROUPS = 12, /* main year groups: reception to year 11 */
    REF_YEARS = 30,
    REF_POSTS = 24,
    REF_SERVICES = 8,
    REF_TARGETS = 40,
    REF_KINDS = HR_N_cost
};

/* Pounds that are no more than what rounding leaves of nought. */
#define REF_NOTHING 1e-6

typedef enum { REF_NOT_LOST, REF_WAITED, REF_WITHDREW, REF_CONDITION } ref_lost;

/* Pupils of one autumn. */
typedef struct {
    double group[REF_GROUPS], sixth[2], nursery;
} ref_census;

typedef struct {
    const hr_params_school *par;
    const char *id;
    uint32_t entity;
    int candidate, area; /* candidate -1: in the trust from the start */
    int groups, sixth_years, first_age, open_groups;
    bool own, college, special, nursery_only;
    /* the start */
    double scale, pan, demand_at_start, staying_on; /* pan and demand before roll_scale */
    double roll, roll_before; /* opening main and sixth form, and a year earlier */
    double roll_size, cost_size, bid_size;
    double base[REF_KINDS], teacher_cost;
    bool full;   /* opening demand is pan, oversubscription on top */
    bool fitted; /* a need of its own, from a given grant */
    double need_fitted, left, fit;
    int grade_at_start;
    bool stuck, from_start;
    ref_census opening, now, last;
    double census_before_last;
    /* of the year */
    bool in, new_head;
    int join_year; /* -1: never */
    double share, months_in;
    double z_roll, z_entry, z_cost, u_quality, u_inspection, u_head, u_bid;
    double noise_entry, noise_roll, demand, entry_index;
    double led, full_income, grant_full, grant_posted, grant_pupils;
    double rate; /* of the top-slice, % */
    /* of a full year: top-slice, with services, with what the pool takes */
    double kept_of_grant, kept, charge;
    bool missed;          /* its floor, at the last year end */
    int deficits_running; /* closed years on end, the last among them */
    double classes, last_classes, teachers, leaders, closing, kind[REF_KINDS];
    double structural, usual, drift;
    double cut, saved, found, restructuring_next, planned_use_next, plan, gap, close;
    int quality, grade, inspected; /* year of the last inspection in the run, long ago before it */
    double need, met, leader_days, lent, lent_days;
    double condition_need, formula, award, wear;
    double balance, income, spending, one_off, transfers, pooled, brought;
} ref_school;

typedef struct {
    const hr_params_candidate *par;
    const char *id;
    uint32_t entity;
    int school[REF_SCHOOLS], schools;
    int pipeline, slot; /* pipeline -1: named */
    bool came, goes, joined;
    bool loses; /* a condition that loses it bites */
    bool bites[HR_CONDITIONS_MAX];
    ref_lost lost;
    double u_opens, u_when, delay, wished, ready, gives_up;
    int waited, join_year;
    uint32_t refused; /* bits: 1 << rule */
    double step;      /* of the core offer, in prices of the start */
} ref_candidate;

typedef struct {
    double rate, last, budgeted, plain, expected, plain_next; /* % */
} ref_process;

/* A row of the register: years that it still runs at each place, and the size drawn. */
typedef struct {
    double left[REF_SCHOOLS + 1], size[REF_SCHOOLS + 1]; /* the last place is the trust */
} ref_risk;

/* Normals that move together, with Cholesky's factor of their correlations. */
typedef struct {
    int members;
    const char *key[HR_CORRELATED_MAX];
    double factor[HR_CORRELATED_MAX][HR_CORRELATED_MAX];
} ref_set;

enum { REF_TEACHER, REF_SUPPORT, REF_PRICES, REF_ENERGY, REF_PROCESSES };

/* What all futures of a run come to. */
typedef struct {
    long futures, compared, halves, missing, differences, unchecked;
    long unread[HR_D_LIMIT]; /* printed draws that were not read, by driver */
    /* met: postings, refusals, events, states */
    long line[HR_LINES], rule[HR_POLICIES], event[HR_TRACE_EVENTS], state[HR_TRACE_STATES];
} ref_tally;

typedef struct ref {
    const hr_params *p;
    const hr_params_scenario *sc;
    int start_year, years, t; /* t is -1 at the start */
    /* the trace, what of it was read, and what came of it */
    const hr_trace_row *row;
    size_t rows;
    bool *used;
    const char *told; /* scenario and path, for messages */
    ref_tally *tally;
    const hr_prob *target;
    int targets;
    bool met[REF_TARGETS];
    /* world */
    ref_process process[REF_PROCESSES];
    double index[HR_GROWTHS][REF_YEARS + 1]; /* [t + 1]; 1 at the start */
    ref_set of_future, of_year;
    double energy_level, jump, regime, noise, growth, growth_expected, sector;
    double pension_step, pension_met, local_step, weight[REF_KINDS];
    const hr_params_area *area;
    int areas;
    double area_noise[REF_AREAS], area_shock[REF_AREAS], area_trend[REF_AREAS];
    /* schools, candidates, risks */
    ref_school school[REF_SCHOOLS];
    ref_candidate candidate[REF_CANDIDATES];
    ref_risk risk[REF_RISKS];
    int schools, candidates, taken[REF_PIPELINES]; /* places of a row that came forward */
    double schools_1_september;
    double joined, joined_sponsored, joined_good, joined_free, left;
    double pipeline_factor, delay_months, delay_next, risk_days, risk_losses;
    double entry_factor[REF_SCHOOLS], lent_factor[REF_SCHOOLS];
    int falls[REF_SCHOOLS];
    bool leaves[REF_SCHOOLS];
    int own_years; /* years in which it is still its own */
    /* the centre, days, estate */
    double centre_balance, centre_income, centre_spending, centre_one_off, centre_transfers,
        centre_pooled, centre_saved, centre_planned_use, room;
    double posts_kept, posts_whole, centre_restructuring; /* of posts that may be cut */
    double held[REF_POSTS], span, customers[REF_SERVICES];
    bool missed; /* the centre its floor */
    double offer_change, capital_change, capital_posts, capital_charged, grant_at_start;
    double topslice, topslice_last, protected, staff, stranded, post_days, onboarding_supply,
        onboarding_needed, onboarding_joiners;
    double supply, needed, centre_days, leaders_days, bought_effect;
    bool eligible, eligible_last;
    /* the year end */
    double reserves, reserves_pct, annual_income, annual_spending, policy, forecast, last_in_year;
    double reserves_last, dilution;
    double past[3]; /* reserves % of the last three closed years, oldest first */
    bool below;
    int warning;
    double metric[HR_METRICS], happens[HR_RISKS], depth[HR_RISKS];
    double line[HR_LINES][REF_YEARS], line_now[HR_LINES], opening, opening_pct;
} ref;

/* ---- luck and settings (settings.c) ---- */
double ref_draw(ref *r, hr_driver driver, uint32_t entity, int calendar_year);
double ref_value(ref *r, hr_real real); /* this year's number, in this year's money */
double ref_given_or(ref *r, hr_real real, double otherwise);
bool ref_given(const ref *r, hr_real real);
bool ref_known(const ref *r, hr_real real, int calendar_year, double *value);
double ref_middle(const ref *r, hr_real real);
double ref_round(double x); /* to the nearest whole number, ties to even */
double ref_clamp(double x, double low, double high);
uint32_t ref_entity(const char *a, const char *b); /* of "a", or of "a.b" */
int ref_year(const ref *r);                        /* calendar year */
bool ref_in_years(const ref *r, int from, int until);
bool ref_is_something(const ref *r, hr_real real);  /* not 0 in every year */
double ref_path(const ref *r, int grows, int from); /* from a year's prices to the start's */

/* ---- drawn settings (drawn.c) ---- */
void ref_correlations(ref *r);
double ref_correlated(ref *r, const ref_set *set, int row, int year);
double ref_yearly_at_start(ref *r, const hr_quantity *q);
void ref_check_settings(ref *r); /* from their normals, where the family has a formula */

/* ---- money, and every number beside the printed one (compare.c) ---- */
double ref_post(ref *r, hr_line line, int account, double amount);
double ref_transfer(ref *r, hr_line line, int school, double amount); /* school to centre */
void ref_check(ref *r, const char *kind, const char *what, const char *whose, double mine,
               double printed);
/* Meets an event of the trace; a value that is not a number is not compared. */
void ref_event(ref *r, hr_trace_event what, int index, int sub, double value);
void ref_refused(ref *r, hr_policy what, int candidate, double figure);
void ref_compare_states(ref *r);
void ref_compare_unused(ref *r);
void ref_tell_never_met(const ref_tally *tally); /* by key, on one line */

/* ---- the start (start.c, start_money.c) ---- */
void ref_start(ref *r);
void ref_open_money(ref *r);
void ref_open_trust(ref *r);
double ref_main(const ref_school *s, const ref_census *c);
double ref_roll(const ref_school *s,
                const ref_census *c); /* main and sixth form; of a nursery, it */
double ref_pupils_of(const ref_school *s, const ref_census *c); /* with the nursery */
bool ref_filling(const ref_school *s, const ref_census *c);     /* its oldest group is empty */

/* ---- the steps of a year, and what one needs of another ---- */
void ref_world_open(ref *r);
void ref_world(ref *r);
void ref_fates(ref *r);
void ref_joining(ref *r);
double ref_onboarding_share(const ref *r, double month);
void ref_conditions(ref *r);
void ref_gate(ref *r);
void ref_pupils(ref *r);
void ref_bands(const ref_school *s, const ref_census *c, double band[HR_N_band]);
void ref_funding(ref *r);
double ref_grant(ref *r, ref_school *s, const ref_census *c, bool guarantee);
double ref_other_incomes(ref *r, ref_school *s, const ref_census *last, const ref_census *now,
                         double part[3]);
void ref_costs(ref *r);
double ref_classes_needed(ref *r, const ref_school *s, double roll);
double ref_class_teachers(ref *r, const ref_school *s);
double ref_leaders(ref *r, const ref_school *s, double classes);
double ref_classes(ref *r, const ref_school *s, double before, double n1, double n2);
void ref_topslice(ref *r);
double ref_slice(ref *r, ref_school *s, double grant, double income, double share);
void ref_note_floors(ref *r);
void ref_centre(ref *r);
double ref_posts_needed(const hr_params_post *post, double schools, double pupils);
double ref_posts_at_start(ref *r, double schools, double pupils, bool of_capital);
void ref_posts(ref *r, bool pays);
void ref_hold_posts(ref *r, double month);
double ref_non_pay(ref *r, double schools, double grant);
double ref_networks(ref *r, double pupils, bool pays);
bool ref_offers(const ref *r);
double ref_core_offer(ref *r);
double ref_centre_income(ref *r);
void ref_estate(ref *r);
double ref_capital_at_start(ref *r, double posts);
void ref_risks(ref *r);
void ref_capacity(ref *r);
void ref_supply_and_need(ref *r);
double ref_worth(ref *r, const ref_school *s); /* of a day at a school */
void ref_quality(ref *r);
void ref_reserves(ref *r);
void ref_trust_figures(ref *r, double income, double spending);
double ref_result(const ref_school *s);
void ref_warning(ref *r);
void ref_budget(ref *r);
void ref_record(ref *r);
void ref_nothing_counts(ref *r); /* of a year after another trust has absorbed it */

/* ---- what the program keeps beside the trace (outcome.c) ---- */
void ref_compare_year(ref *r, const hr_outcome *out);
void ref_compare_end(ref *r, const hr_outcome *out);

/* ---- targets (targets.c) ---- */
void ref_judge_year(ref *r);

/* The whole future. */
void ref_run(ref *r, const hr_outcome *out);

#endif
