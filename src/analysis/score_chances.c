/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was promised with a chance and came or did not: targets by their statements, risks and
 * states by the rows. It must not know words. */
#include "analysis/score.h"
#include "base/lanes.h"

static const double NOT_YET = 0.5;

static double compared(hr_op op, double a, double b)
{
    if (hr_is_nan(a) || hr_is_nan(b))
        return NOT_YET;
    switch (op) {
    case HR_OP_LT: return a < b;
    case HR_OP_LE: return a <= b;
    case HR_OP_GT: return a > b;
    case HR_OP_GE: return a >= b;
    case HR_OP_EQ: return a == b;
    case HR_OP_NE: return a != b;
    }
    return NOT_YET;
}

/* The program of a condition in one year: minimum, maximum and 1 - t are Kleene's and, or, not. */
static double judged(const hr_prob *prob, const double *metric, const double *risk, int year,
                     int years)
{
    double stack[HR_EXPR_DEPTH];
    int top = -1;
    for (int c = 0; c < prob->codes; c++) {
        const hr_code *code = &prob->code[c];
        switch (code->kind) {
        case HR_CODE_COMPARE: {
            const double right =
                code->metric_too < 0 ? code->number : metric[code->metric_too * years + year];
            stack[++top] = compared(code->op, metric[code->metric * years + year], right);
            break;
        }
        case HR_CODE_RISK: {
            const double happens = risk[code->metric * years + year];
            stack[++top] = hr_is_nan(happens) ? NOT_YET : happens;
            break;
        }
        case HR_CODE_NOT: stack[top] = 1.0 - stack[top]; break;
        case HR_CODE_AND:
            top--;
            stack[top] = hr_min(stack[top], stack[top + 1]);
            break;
        case HR_CODE_OR:
            top--;
            stack[top] = hr_max(stack[top], stack[top + 1]);
            break;
        }
    }
    return stack[0];
}

double hr_score_met(const hr_prob *prob, const double *metric, const double *risk, int start_year,
                    int years)
{
    double met = NOT_YET;
    for (int t = 0; t < years; t++) {
        const double truth = judged(prob, metric, risk, t, years);
        hr_prob_fold(prob, t, start_year, years, &truth, &met, 1);
    }
    return met;
}

static void add(hr_score_numbers *s, hr_score_chance c)
{
    s->chance[s->chances++] = c;
    if (hr_is_nan(c.brier))
        return;
    s->known++;
    s->brier += c.brier;
    s->brier_expected += c.expected;
}

static void add_target(hr_score_numbers *s, int i, double came)
{
    const double p = s->frozen->target[i].p, miss = came - p;
    add(s, (hr_score_chance){.kind = HR_CHANCE_TARGET,
                             .which = i,
                             .year = -1,
                             .p = p,
                             .came = came,
                             .brier = came == NOT_YET ? HR_UNKNOWN : miss * miss,
                             .expected = p * (1.0 - p)});
}

static void add_risk(hr_score_numbers *s, const hr_actual *a)
{
    const double p = s->frozen->risk[a->which * s->frozen->years + a->year], miss = a->value - p;
    add(s, (hr_score_chance){.kind = HR_CHANCE_RISK,
                             .which = a->which,
                             .year = a->year,
                             .p = p,
                             .came = a->value,
                             .brier = miss * miss,
                             .expected = p * (1.0 - p)});
}

/* Half the sum of squares over the states (Brier, Monthly Weather Review 78, 1950), so that with
 * two states it is the score of a yes or no. */
static void add_state(hr_score_numbers *s, const hr_actual *a)
{
    const double *p = s->frozen->metric[a->which * s->frozen->years + a->year].state;
    double brier = 0.0, expected = 0.0;
    for (int k = 0; k < HR_STATES && hr_metric_state((hr_metric)a->which, k); k++) {
        const double miss = (k == (int)a->value ? 1.0 : 0.0) - p[k];
        brier += 0.5 * miss * miss;
        expected += 0.5 * p[k] * (1.0 - p[k]);
    }
    add(s, (hr_score_chance){.kind = HR_CHANCE_STATE,
                             .which = a->which,
                             .year = a->year,
                             .state = (int)a->value,
                             .p = p[(int)a->value],
                             .came = 1.0,
                             .brier = brier,
                             .expected = expected});
}

bool hr_score_chances(hr_score_numbers *s, const hr_actual *actual, int rows, hr_arena *arena)
{
    const hr_frozen *f = s->frozen;
    const int metrics = HR_METRICS * f->years, risks = HR_RISKS * f->years;
    double *metric = HR_TAKE(arena, double, metrics), *risk = HR_TAKE(arena, double, risks);
    s->chance = HR_TAKE(arena, hr_score_chance, f->targets + rows + 1);
    if (!metric || !risk || !s->chance)
        return false;
    for (int i = 0; i < metrics; i++)
        metric[i] = HR_UNKNOWN;
    for (int i = 0; i < risks; i++)
        risk[i] = HR_UNKNOWN;
    for (int i = 0; i < rows; i++)
        if (actual[i].school < 0 && actual[i].year >= 0)
            (actual[i].risk ? risk : metric)[actual[i].which * f->years + actual[i].year] =
                actual[i].value;
    for (int i = 0; i < f->targets; i++)
        add_target(s, i, hr_score_met(&f->target[i].prob, metric, risk, f->start_year, f->years));
    for (int i = 0; i < rows; i++)
        if (actual[i].year >= 0 && actual[i].risk)
            add_risk(s, &actual[i]);
        else if (actual[i].year >= 0 && HR_METRIC_ROWS[actual[i].which].kind == HR_KIND_STATE)
            add_state(s, &actual[i]);
    s->brier = s->known ? s->brier / s->known : HR_UNKNOWN;
    s->brier_expected = s->known ? s->brier_expected / s->known : HR_UNKNOWN;
    return true;
}
