/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences for people who did not write the statement. Labels and clauses come from the tables. It
 * must not know where the chances come from. */
#include "analysis/words.h"

#include <string.h>

#include "analysis/result.h"
#include "analysis/say.h"
#include "base/lanes.h"
#include "model/tables.h"

/* Metrics. A label may name its measure after a comma: "Reserves, % of income". */

static const char *measure_of(const char *label)
{
    const char *comma = strstr(label, ", ");
    return comma != NULL ? comma + 2 : NULL;
}

/* Does a word of the label's name end in s? */
static bool is_plural(const char *label)
{
    for (const char *c = label; *c != '\0' && *c != ',' && *c != '('; c++)
        if (*c == 's' && (c[1] == ' ' || c[1] == ',' || c[1] == '\0') && c > label && c[-1] != '\'')
            return true;
    return false;
}

/* "pupils", "the capacity use", "the number of schools" */
static void put_subject(hr_saying *w, const hr_metric_row *m)
{
    const char *measure = measure_of(m->label);
    const size_t length = measure != NULL ? (size_t)(measure - 2 - m->label) : strlen(m->label);
    if (m->kind == HR_KIND_WHOLE)
        hr_say(w, "the number of ");
    else if (!is_plural(m->label) || strchr(m->label, '\'') != NULL)
        hr_say(w, "the ");
    const char first = m->label[0];
    const char small = (char)(first >= 'A' && first <= 'Z' ? first - 'A' + 'a' : first);
    hr_say_some(w, &small, 1);
    hr_say_some(w, m->label + 1, length - 1);
}

static void put_measure_in_brackets(hr_saying *w, const hr_metric_row *m)
{
    const char *measure = measure_of(m->label);
    if (measure == NULL)
        return;
    hr_say(w, " (");
    hr_say(w, measure);
    hr_say(w, ")");
}

static void put_verb(hr_saying *w, const hr_metric_row *m)
{
    hr_say(w, m->kind != HR_KIND_WHOLE && is_plural(m->label) ? " are" : " is");
}

/* "5 % of income", "£20,000", "1 month of spending" */
static void put_quantity(hr_saying *w, const hr_metric_row *m, double number)
{
    const char *measure = measure_of(m->label);
    hr_say_number(w, number, strcmp(m->unit, "GBP") == 0);
    if (measure == NULL) {
        hr_say(w, strcmp(m->unit, "%") == 0 ? " %" : "");
        return;
    }
    hr_say(w, " ");
    if (number == 1.0 && strncmp(measure, "months", 6) == 0) {
        hr_say(w, "month");
        measure += 6;
    }
    hr_say(w, measure);
}

static const char *const OP_WORDS[] = {
    [HR_OP_LT] = " below ",    [HR_OP_LE] = " at most ", [HR_OP_GT] = " above ",
    [HR_OP_GE] = " at least ", [HR_OP_EQ] = " ",         [HR_OP_NE] = " not "};

static hr_op opposite(hr_op op)
{
    static const hr_op opposites[] = {
        [HR_OP_LT] = HR_OP_GE, [HR_OP_LE] = HR_OP_GT, [HR_OP_GT] = HR_OP_LE,
        [HR_OP_GE] = HR_OP_LT, [HR_OP_EQ] = HR_OP_NE, [HR_OP_NE] = HR_OP_EQ};
    return opposites[op];
}

/* "the early warning is amber or worse"; false when the number is no state of this metric. */
static bool put_state(hr_saying *w, int metric, hr_op op, double number)
{
    const bool whole = number == 0.0 || number == 1.0 || number == 2.0;
    const char *name = whole ? hr_metric_state((hr_metric)metric, (int)number) : NULL;
    if (name == NULL)
        return false;
    if (metric == HR_M_SCA_ELIGIBLE) {
        if (op != HR_OP_EQ && op != HR_OP_NE)
            return false;
        hr_say(w, op == HR_OP_EQ ? "capital money comes " : "capital money does not come ");
        hr_say(w, name);
        return true;
    }
    hr_say(w, "the early warning is");
    hr_say(w, op == HR_OP_LT   ? " better than "
              : op == HR_OP_GT ? " worse than "
              : op == HR_OP_NE ? " not "
                               : " ");
    hr_say(w, name);
    hr_say(w, op == HR_OP_LE && number > 0.0   ? " or better"
              : op == HR_OP_GE && number < 2.0 ? " or worse"
                                               : "");
    return true;
}

/* Conditions. */

static void put_comparison(hr_saying *w, const hr_code *code, bool negated)
{
    const hr_metric_row *m = &HR_METRIC_ROWS[code->metric];
    const hr_op op = negated ? opposite(code->op) : code->op;
    if (code->metric_too < 0 && m->kind == HR_KIND_STATE &&
        put_state(w, code->metric, op, code->number))
        return;
    put_subject(w, m);
    if (code->metric_too >= 0)
        put_measure_in_brackets(w, m);
    put_verb(w, m);
    hr_say(w, OP_WORDS[op]);
    if (code->metric_too < 0) {
        put_quantity(w, m, code->number);
        return;
    }
    hr_say(w, op == HR_OP_EQ || op == HR_OP_NE ? "equal to " : "");
    put_subject(w, &HR_METRIC_ROWS[code->metric_too]);
    put_measure_in_brackets(w, &HR_METRIC_ROWS[code->metric_too]);
}

/* "reserves are not below the policy", "no school is in deficit" */
static void put_risk(hr_saying *w, int risk, bool negated)
{
    const char *clause = HR_RISK_ROWS[risk].clause;
    if (!negated) {
        hr_say(w, clause);
        return;
    }
    if (strncmp(clause, "any ", 4) == 0) {
        hr_say(w, "no ");
        hr_say(w, clause + 4);
        return;
    }
    const char *is = strstr(clause, " is "), *are = strstr(clause, " are ");
    const char *rest = is != NULL ? is + 3 : are != NULL ? are + 4 : clause;
    hr_say_some(w, clause, (size_t)(rest - clause));
    hr_say(w, " not");
    hr_say(w, rest);
}

/* Where the part of the program that leaves the truth of code[last] begins. */
static int start_of(const hr_prob *p, int last)
{
    int wanted = 1, at = last + 1;
    while (wanted > 0) {
        const hr_code_kind kind = p->code[--at].kind;
        wanted += kind == HR_CODE_AND || kind == HR_CODE_OR ? 1 : kind == HR_CODE_NOT ? 0 : -1;
    }
    return at;
}

/* The condition that ends at code[last]; a not is carried inwards, where and and or change places.
 * The parser's limits bound the depth. `around` is the joining word outside, or NULL. */
static void put_condition(hr_saying *w, const hr_prob *p, int last, bool negated,
                          const char *around)
{
    const hr_code *code = &p->code[last];
    if (code->kind == HR_CODE_COMPARE) {
        put_comparison(w, code, negated);
    } else if (code->kind == HR_CODE_RISK) {
        put_risk(w, code->metric, negated);
    } else if (code->kind == HR_CODE_NOT) {
        put_condition(w, p, last - 1, !negated, around);
    } else {
        const char *word = (code->kind == HR_CODE_AND) != negated ? " and " : " or ";
        const bool brackets = around != NULL && around[1] != word[1];
        hr_say(w, brackets ? "(" : "");
        put_condition(w, p, start_of(p, last - 1) - 1, negated, word);
        hr_say(w, word);
        put_condition(w, p, last - 1, negated, word);
        hr_say(w, brackets ? ")" : "");
    }
}

static void put_prob(hr_saying *w, const hr_prob *p)
{
    /* "no school is in deficit in every year" would say something else: such words come first */
    const bool first = p->codes > 1 && (p->when == HR_WHEN_ANY || p->when == HR_WHEN_ALL);
    const char *when = p->when == HR_WHEN_ANY   ? "in some year"
                       : p->when == HR_WHEN_ALL ? "in every year"
                       : p->when == HR_WHEN_END ? "in the last year"
                                                : "in ";
    hr_say(w, first ? when : "");
    hr_say(w, first ? " " : "");
    put_condition(w, p, p->codes - 1, false, NULL);
    hr_say(w, first ? "" : " ");
    hr_say(w, first ? "" : when);
    if (p->when == HR_WHEN_YEAR) {
        char label[8];
        hr_year_label(p->year, label);
        hr_say(w, label);
    }
}

void hr_prob_words(const hr_prob *p, char *out, size_t bytes)
{
    hr_saying w = hr_say_begin(out, bytes);
    put_prob(&w, p);
}

/* Chances. */

/* A number that was written, in full: "10 in 100", "12.5 in 100", "5 in 1,000". */
static void put_limit(hr_saying *w, double limit)
{
    int decimals;
    const uint64_t whole = hr_decimal_of(limit, &decimals);
    uint64_t of = 100;
    int moved = 2;
    while (limit > 0.0 && limit * (double)of < 1.0) {
        of *= 10;
        moved++;
    }
    uint64_t shown = whole;
    for (int i = decimals; i < moved; i++)
        shown *= 10;
    hr_say_decimal(w, shown, decimals > moved ? decimals - moved : 0);
    hr_say(w, " in ");
    hr_say_whole(w, of);
}

void hr_statement_words(const hr_statement *s, char *out, size_t bytes)
{
    hr_saying w = hr_say_begin(out, bytes);
    for (int i = 0; i < s->clauses; i++) {
        hr_say(&w, i == 0 ? "the chance that " : ", and the chance that ");
        put_prob(&w, &s->clause[i].prob);
        hr_say(&w, " is");
        hr_say(&w, OP_WORDS[s->clause[i].op]);
        put_limit(&w, s->clause[i].limit);
    }
}

/* How many futures one may stand for, rounded down to two digits, which is the careful side; u is
 * the far end of the interval. */
static uint64_t one_in(double u)
{
    uint64_t k = (uint64_t)hr_floor(1.0 / u), scale = 1;
    while (k / scale >= 100)
        scale *= 10;
    return k / scale * scale;
}

/* None were seen, or all. All: of a round number of futures, which is easier said. */
static void put_extreme(hr_saying *w, bool none, double u)
{
    const uint64_t k = u > 0.0 ? one_in(u) : 0;
    uint64_t of = none ? k : 100;
    if (k < 2) {
        hr_say(w, "not known");
        return;
    }
    while (!none && k >= 10 * of)
        of *= 10;
    hr_say(w, none ? "fewer than 1" : "more than ");
    if (!none)
        hr_say_whole(w, of - (of + k - 1) / k);
    hr_say(w, " in ");
    hr_say_whole(w, of);
}

void hr_chance_words(hr_estimate p, char *out, size_t bytes)
{
    hr_saying w = hr_say_begin(out, bytes);
    if (hr_is_nan(p.value)) {
        hr_say(&w, "not known");
        return;
    }
    if (p.value <= 0.0 || p.value >= 1.0) {
        put_extreme(&w, p.value <= 0.0, p.value <= 0.0 ? p.hi : 1.0 - p.lo);
        return;
    }
    /* an interval 10 in 100 wide or wider does not carry two digits */
    const double rarer = hr_min(p.value, 1.0 - p.value);
    double of = p.hi - p.lo < 0.1 ? 100.0 : 10.0;
    while (rarer * of < 0.95)
        of *= 10.0;
    hr_say_whole(&w, (uint64_t)hr_nearest(p.value * of));
    hr_say(&w, " in ");
    hr_say_whole(&w, (uint64_t)of);
}
