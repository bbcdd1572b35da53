/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging EXPR: the program of a condition on the lanes of one year, and the years folded into a
 * path's answer. It must not know the text that the program came from. */
#include "base/lanes.h"
#include "model/expr.h"

enum { AT_ONCE = HR_LANES_MIN }; /* lanes for which the stack of truths stays small */

static void compare(double *truth, hr_op op, const double *a, const double *b, int n)
{
    switch (op) {
    case HR_OP_LT:
        HR_FOR_LANES(i, n)
            truth[i] = a[i] < b[i] ? 1.0 : 0.0;
        return;
    case HR_OP_LE:
        HR_FOR_LANES(i, n)
            truth[i] = a[i] <= b[i] ? 1.0 : 0.0;
        return;
    case HR_OP_GT:
        HR_FOR_LANES(i, n)
            truth[i] = a[i] > b[i] ? 1.0 : 0.0;
        return;
    case HR_OP_GE:
        HR_FOR_LANES(i, n)
            truth[i] = a[i] >= b[i] ? 1.0 : 0.0;
        return;
    case HR_OP_EQ:
        HR_FOR_LANES(i, n)
            truth[i] = a[i] == b[i] ? 1.0 : 0.0;
        return;
    case HR_OP_NE:
        HR_FOR_LANES(i, n)
            truth[i] = a[i] != b[i] ? 1.0 : 0.0;
        return;
    }
}

/* Lanes from .. from + n - 1. */
static void judge_some(const hr_prob *prob, const double *const *metric, const double *const *risk,
                       double *truth, int from, int n)
{
    double stack[HR_EXPR_DEPTH][AT_ONCE];
    int top = -1;
    for (int c = 0; c < prob->codes; c++) {
        const hr_code *code = &prob->code[c];
        if (code->kind == HR_CODE_COMPARE || code->kind == HR_CODE_RISK)
            top++;
        else if (code->kind != HR_CODE_NOT)
            top--;
        double *t = stack[top];
        if (code->kind == HR_CODE_COMPARE && code->metric_too >= 0) {
            compare(t, code->op, metric[code->metric] + from, metric[code->metric_too] + from, n);
        } else if (code->kind == HR_CODE_COMPARE) {
            double number[AT_ONCE];
            HR_FOR_LANES(i, AT_ONCE)
                number[i] = code->number;
            compare(t, code->op, metric[code->metric] + from, number, n);
        } else if (code->kind == HR_CODE_RISK) {
            HR_FOR_LANES(i, n)
                t[i] = risk[code->metric][from + i];
        } else if (code->kind == HR_CODE_NOT) {
            HR_FOR_LANES(i, n)
                t[i] = 1.0 - t[i];
        } else if (code->kind == HR_CODE_AND) {
            HR_FOR_LANES(i, n)
                t[i] = hr_min(t[i], stack[top + 1][i]);
        } else {
            HR_FOR_LANES(i, n)
                t[i] = hr_max(t[i], stack[top + 1][i]);
        }
    }
    HR_FOR_LANES(i, n)
        truth[from + i] = stack[0][i];
}

void hr_prob_judge_year(const hr_prob *prob, const double *const *metric, const double *const *risk,
                        double *truth, int lanes)
{
    for (int from = 0; from < lanes; from += AT_ONCE)
        judge_some(prob, metric, risk, truth, from,
                   lanes - from < AT_ONCE ? lanes - from : AT_ONCE);
}

void hr_prob_fold(const hr_prob *prob, int year_index, int start_year, int years,
                  const double *truth, double *met, int lanes)
{
    const bool first = year_index == 0;
    if (prob->when == HR_WHEN_ANY && !first) {
        HR_FOR_LANES(i, lanes)
            met[i] = hr_max(met[i], truth[i]);
    } else if (prob->when == HR_WHEN_ALL && !first) {
        HR_FOR_LANES(i, lanes)
            met[i] = hr_min(met[i], truth[i]);
    } else if (prob->when == HR_WHEN_ANY || prob->when == HR_WHEN_ALL ||
               (prob->when == HR_WHEN_END && year_index == years - 1) ||
               (prob->when == HR_WHEN_YEAR && start_year + year_index == prob->year)) {
        HR_FOR_LANES(i, lanes)
            met[i] = truth[i];
    } else if (first) {
        HR_FOR_LANES(i, lanes)
            met[i] = 0.0;
    }
}
