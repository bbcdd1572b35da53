/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EXPR: statements about chances. A statement is one or more `PROB OP NUMBER` joined by `and`, OP
 * one of < <= > >=. PROB is P(CONDITION) or P(CONDITION, WHEN). CONDITION compares a metric with a
 * number or another metric (< <= > >= == !=), with `and`, `or`, `not` and brackets; a risk's key
 * alone means that it happens. It is judged within each year of each path; WHEN is a year label,
 * `end`, `any` (some year, with the whole condition true in that one year; also when WHEN is left
 * out) or `all`. A target's expression is one PROB without OP. There is no arithmetic. One
 * implementation serves targets, limits and searches. Core: no stdio, no allocation but in the
 * arena given. */
#ifndef HR_MODEL_EXPR_H
#define HR_MODEL_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef enum { HR_WHEN_ANY, HR_WHEN_ALL, HR_WHEN_END, HR_WHEN_YEAR } hr_when;
typedef enum { HR_OP_LT, HR_OP_LE, HR_OP_GT, HR_OP_GE, HR_OP_EQ, HR_OP_NE } hr_op;

/* A condition as a short program for a stack of truth values. */
typedef enum { HR_CODE_COMPARE, HR_CODE_RISK, HR_CODE_AND, HR_CODE_OR, HR_CODE_NOT } hr_code_kind;
typedef struct {
    hr_code_kind kind;
    hr_op op;       /* COMPARE */
    int metric;     /* COMPARE: left side; RISK: the risk */
    int metric_too; /* COMPARE: right side metric, or -1 */
    double number;  /* COMPARE: right side number when metric_too is -1 */
} hr_code;

enum { HR_EXPR_DEPTH = 16, HR_EXPR_CODES = 64 };

/* An id is 1 to HR_ID_MAX letters of a to z, digits, - and _. */
enum { HR_ID_MAX = 64 };
/* Length of the run of these that begins here; 0 when none does. */
size_t hr_id_length(const char *at);

typedef struct {
    hr_code code[HR_EXPR_CODES];
    int codes;
    hr_when when;
    bool when_said; /* false: WHEN was left out and is `any` */
    int year;       /* WHEN_YEAR: calendar year in which the academic year starts */
} hr_prob;

typedef struct {
    hr_prob prob;
    hr_op op;     /* LT, LE, GT, GE */
    double limit; /* a chance in [0, 1] */
} hr_clause;

typedef struct {
    hr_clause *clause; /* in the arena */
    int clauses;
} hr_statement;

/* What is wrong with a text: where (column from 1), one sentence, and a hint or an empty text. */
typedef struct {
    int column;
    char words[160];
    char hint[120];
    char unknown[HR_ID_MAX + 1]; /* what is no metric or risk; empty when the fault is another */
} hr_expr_fault;

/* For the caller who finds the unknown word among the ids of the risk register: says so instead. */
void hr_expr_fault_of_register(hr_expr_fault *fault);

/* Parses text for a run of `years` years from `start_year`. False leaves the fault filled: syntax,
 * unknown metric or risk (with the nearest known key as the hint), a year outside the horizon, a
 * number that is none, a limit outside [0, 1], nesting too deep. */
bool hr_prob_parse(hr_prob *out, const char *text, int start_year, int years, hr_expr_fault *fault);
bool hr_statement_parse(hr_statement *out, hr_arena *arena, const char *text, int start_year,
                        int years, hr_expr_fault *fault);

/* One year of one batch: metric[m] and risk[r] are lane arrays of that year (risk 0 or 1; NaN
 * metrics make a comparison false, != true). truth[i] becomes 0 or 1. */
void hr_prob_judge_year(const hr_prob *prob, const double *const *metric, const double *const *risk,
                        double *truth, int lanes);

/* Folds a year's truth into the path's answer: call for year 0, 1, ..., years - 1. `met` holds 0 or
 * 1 after the last year. */
void hr_prob_fold(const hr_prob *prob, int year_index, int start_year, int years,
                  const double *truth, double *met, int lanes);

#endif
