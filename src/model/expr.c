/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar of EXPR: recursive descent straight into the short program of hr_prob. The first
 * mistake ends it. It must not know how a condition is judged, nor who asked. */
#include "model/expr.h"

#include <string.h>

#include "model/expr_text.h"
#include "model/tables.h"

enum { NESTING_MAX = HR_EXPR_DEPTH };

/* Conditions. */

static bool emit(hr_expr_text *p, hr_code code)
{
    hr_prob *prob = p->prob;
    const bool pushes = code.kind == HR_CODE_COMPARE || code.kind == HR_CODE_RISK;
    const bool joins = code.kind == HR_CODE_AND || code.kind == HR_CODE_OR;
    p->held += pushes ? 1 : joins ? -1 : 0;
    if (prob->codes == HR_EXPR_CODES)
        return hr_expr_fail_plainly(p, p->at, "the condition is too long",
                                    "split it into two statements");
    if (p->held > HR_EXPR_DEPTH)
        return hr_expr_fail_plainly(p, p->at, "the condition is nested too deep", "");
    prob->code[prob->codes++] = code;
    return true;
}

static bool parse_or(hr_expr_text *p);

static bool parse_right_side(hr_expr_text *p, hr_expr_word left, int metric, hr_op op)
{
    hr_code code = {.kind = HR_CODE_COMPARE, .op = op, .metric = metric, .metric_too = -1};
    hr_expr_skip_space(p);
    const hr_expr_word w = hr_expr_word_here(p, false);
    if (w.length == 0 || !hr_is_letter(*w.at)) {
        if (!hr_expr_number(p, &code.number))
            return false;
    } else {
        code.metric_too = hr_expr_key(w, hr_metric_find);
        if (code.metric_too < 0 && hr_expr_key(w, hr_risk_find) >= 0)
            return hr_expr_fail(p, w.at, "'", w, "' is a risk and cannot be compared",
                                "a risk's key stands alone");
        if (code.metric_too < 0)
            return hr_expr_fail_unknown(p, w);
        p->at += w.length;
    }
    hr_op another;
    hr_expr_skip_space(p);
    const char *at = p->at;
    if (hr_expr_eat_op(p, &another))
        return hr_expr_fail(p, at, "'", left, "' is compared twice in a row",
                            "join two comparisons with and");
    return emit(p, code);
}

/* A comparison, or a risk's key alone. */
static bool parse_comparison(hr_expr_text *p)
{
    const hr_expr_word w = hr_expr_word_here(p, false);
    if (w.length == 0 && strchr("+-.", *p->at) == NULL)
        return hr_expr_fail_here(p, "a metric or a risk", hr_expr_hint(p->at));
    if (w.length == 0 || hr_is_digit(*w.at))
        return hr_expr_fail_here(p, "a metric or a risk",
                                 "put the metric first, such as pupils >= 2500");
    const int metric = hr_expr_key(w, hr_metric_find);
    const int risk = hr_expr_key(w, hr_risk_find);
    if (metric < 0 && risk < 0)
        return hr_expr_fail_unknown(p, w);
    p->at += w.length;
    hr_op op;
    hr_expr_skip_space(p);
    const char *at = p->at;
    const bool compared = hr_expr_eat_op(p, &op);
    if (risk >= 0 && compared)
        return hr_expr_fail(p, at, "'", w, "' is a risk and cannot be compared",
                            "a risk's key stands alone");
    if (risk >= 0)
        return emit(p, (hr_code){.kind = HR_CODE_RISK, .metric = risk, .metric_too = -1});
    if (compared)
        return parse_right_side(p, w, metric, op);
    if (*hr_expr_hint(at) != '\0')
        return hr_expr_fail_here(p, "a comparison", hr_expr_hint(at));
    return hr_expr_fail(p, w.at, "'", w, "' alone is neither true nor false",
                        "compare it, such as pupils >= 2500");
}

static bool parse_not(hr_expr_text *p)
{
    if (p->nesting == NESTING_MAX)
        return hr_expr_fail_plainly(p, p->at, "the condition is nested too deep", "");
    p->nesting++;
    bool done;
    if (hr_expr_eat_word(p, "not")) {
        done = parse_not(p) && emit(p, (hr_code){.kind = HR_CODE_NOT});
    } else if (hr_expr_eat(p, '(')) {
        done = parse_or(p);
        if (done && !hr_expr_eat(p, ')'))
            done = hr_expr_fail_here(p, "and, or, or ')'", hr_expr_hint(p->at));
    } else {
        done = parse_comparison(p);
    }
    p->nesting--;
    return done;
}

static bool parse_and(hr_expr_text *p)
{
    if (!parse_not(p))
        return false;
    while (hr_expr_eat_word(p, "and"))
        if (!parse_not(p) || !emit(p, (hr_code){.kind = HR_CODE_AND}))
            return false;
    return true;
}

static bool parse_or(hr_expr_text *p)
{
    if (!parse_and(p))
        return false;
    while (hr_expr_eat_word(p, "or"))
        if (!parse_and(p) || !emit(p, (hr_code){.kind = HR_CODE_OR}))
            return false;
    return true;
}

/* Probabilities and statements. */

/* YYYY/YY, the second year following the first. */
static bool parse_year(hr_expr_text *p)
{
    const char *hint = "such as 2030/31, end, any or all";
    const hr_expr_word first = hr_expr_word_here(p, false);
    if (first.length != 4 || first.at[4] != '/') {
        /* pupils >= 2,500 ends up here */
        const bool thousands = first.length == 3 && p->at > p->text && hr_is_digit(*first.at);
        return hr_expr_fail_here(p, "a year",
                                 thousands ? "numbers are written without commas" : hint);
    }
    p->at += 5;
    const hr_expr_word second = hr_expr_word_here(p, false);
    const hr_expr_word label = {.at = first.at, .length = 5 + second.length};
    int digits[6] = {0};
    bool right = second.length == 2;
    for (int i = 0; right && i < 6; i++) {
        const char c = i < 4 ? first.at[i] : second.at[i - 4];
        right = hr_is_digit(c);
        digits[i] = c - '0';
    }
    const int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    if (!right || (year + 1) % 100 != digits[4] * 10 + digits[5])
        return hr_expr_fail(p, label.at, "'", label, "' is not an academic year", hint);
    if (year < p->start_year || year >= p->start_year + p->years)
        return hr_expr_fail_outside(p, label);
    p->at = label.at + label.length;
    p->prob->when = HR_WHEN_YEAR;
    p->prob->year = year;
    return true;
}

static bool parse_when(hr_expr_text *p)
{
    p->prob->when_said = true;
    if (hr_expr_eat_word(p, "any"))
        p->prob->when = HR_WHEN_ANY;
    else if (hr_expr_eat_word(p, "all"))
        p->prob->when = HR_WHEN_ALL;
    else if (hr_expr_eat_word(p, "end"))
        p->prob->when = HR_WHEN_END;
    else
        return parse_year(p);
    return true;
}

static bool parse_prob(hr_expr_text *p)
{
    const char *hint = "a chance is written P(CONDITION) or P(CONDITION, YEAR)";
    *p->prob = (hr_prob){.when = HR_WHEN_ANY};
    p->held = 0;
    if (!hr_expr_eat_word(p, "P"))
        return hr_expr_fail_here(p, "P(", hint);
    if (!hr_expr_eat(p, '('))
        return hr_expr_fail_here(p, "'(' after P", hint);
    if (!parse_or(p))
        return false;
    if (hr_expr_eat(p, ',') && !parse_when(p))
        return false;
    if (hr_expr_eat(p, ')'))
        return true;
    const char *wanted = p->prob->when_said ? "')'" : "and, or, ',' or ')'";
    return hr_expr_fail_here(p, wanted, hr_expr_hint(p->at));
}

static bool parse_clause(hr_expr_text *p, hr_clause *clause)
{
    p->prob = &clause->prob;
    if (!parse_prob(p))
        return false;
    hr_expr_skip_space(p);
    const char *at = p->at;
    if (!hr_expr_eat_op(p, &clause->op))
        return hr_expr_fail_here(p, "<, <=, > or >=", "such as P(reserves < 0) <= 0.05");
    if (clause->op == HR_OP_EQ || clause->op == HR_OP_NE)
        return hr_expr_fail_plainly(p, at, "a chance is compared with <, <=, > or >=", "");
    hr_expr_skip_space(p);
    at = p->at;
    if (!hr_expr_number(p, &clause->limit))
        return false;
    if (clause->limit < 0.0 || clause->limit > 1.0)
        return hr_expr_fail_plainly(p, at, "a chance lies between 0 and 1", "10 in 100 is 0.10");
    return true;
}

static bool parse_end(hr_expr_text *p, const char *wanted)
{
    hr_expr_skip_space(p);
    return *p->at == '\0' || hr_expr_fail_here(p, wanted, hr_expr_hint(p->at));
}

static hr_expr_text parser_of(const char *text, int start_year, int years, hr_expr_fault *fault)
{
    *fault = (hr_expr_fault){.column = 0};
    return (hr_expr_text){
        .text = text, .at = text, .start_year = start_year, .years = years, .fault = fault};
}

bool hr_prob_parse(hr_prob *out, const char *text, int start_year, int years, hr_expr_fault *fault)
{
    hr_expr_text p = parser_of(text, start_year, years, fault);
    p.prob = out;
    if (!parse_prob(&p))
        return false;
    hr_op op;
    hr_expr_skip_space(&p);
    const char *at = p.at;
    if (hr_expr_eat_op(&p, &op))
        return hr_expr_fail_plainly(
            &p, at, "a target is a chance without a limit",
            "each future meets it or does not: leave out what follows the bracket");
    return parse_end(&p, "the end");
}

bool hr_statement_parse(hr_statement *out, hr_arena *arena, const char *text, int start_year,
                        int years, hr_expr_fault *fault)
{
    hr_expr_text p = parser_of(text, start_year, years, fault);
    int room = 1; /* every clause but the first follows a ')' of the one before */
    for (const char *c = text; *c != '\0'; c++)
        room += *c == ')';
    *out = (hr_statement){.clause = HR_TAKE(arena, hr_clause, room), .clauses = 0};
    if (out->clause == NULL)
        return hr_expr_fail_plainly(&p, p.at, "memory is short", "");
    do {
        if (!parse_clause(&p, &out->clause[out->clauses]))
            return false;
        out->clauses++;
    } while (hr_expr_eat_word(&p, "and"));
    return parse_end(&p, "and, or the end");
}
