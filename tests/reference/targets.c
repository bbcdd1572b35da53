/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets judged again: a condition within a year, and the years taken together. It must not know
 * how a text is read, which is the program's. */
#include "reference/reference.h"

static bool compare(double a, hr_op op, double b)
{
    switch (op) {
    case HR_OP_LT: return a < b;
    case HR_OP_LE: return a <= b;
    case HR_OP_GT: return a > b;
    case HR_OP_GE: return a >= b;
    case HR_OP_EQ: return a == b;
    default: return !(a == b);
    }
}

static bool holds(const ref *r, const hr_prob *p)
{
    bool stack[HR_EXPR_DEPTH + 2] = {false};
    int top = 0;
    for (int i = 0; i < p->codes; i++) {
        const hr_code *c = &p->code[i];
        switch (c->kind) {
        case HR_CODE_COMPARE:
            stack[top++] = compare(r->metric[c->metric], c->op,
                                   c->metric_too < 0 ? c->number : r->metric[c->metric_too]);
            break;
        case HR_CODE_RISK: stack[top++] = r->happens[c->metric] > 0.0; break;
        case HR_CODE_NOT: stack[top - 1] = !stack[top - 1]; break;
        case HR_CODE_AND:
            top--;
            stack[top - 1] = stack[top - 1] && stack[top];
            break;
        default: top--; stack[top - 1] = stack[top - 1] || stack[top];
        }
    }
    return stack[0];
}

void ref_judge_year(ref *r)
{
    for (int q = 0; q < r->targets; q++) {
        const hr_prob *p = &r->target[q];
        const bool true_now = r->own_years > r->t && holds(r, p);
        const bool last = r->t == r->years - 1;
        switch (p->when) {
        case HR_WHEN_ANY: r->met[q] = r->met[q] || true_now; break;
        case HR_WHEN_ALL: r->met[q] = (r->t == 0 || r->met[q]) && true_now; break;
        case HR_WHEN_END: r->met[q] = last && true_now; break;
        default: r->met[q] = p->year == ref_year(r) ? true_now : r->met[q];
        }
    }
}
