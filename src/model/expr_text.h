/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of EXPR as it is read: words, signs, numbers, keys, and the sentence that says what is
 * wrong. For the parser alone. It must not know the grammar. */
#ifndef HR_MODEL_EXPR_TEXT_H
#define HR_MODEL_EXPR_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/expr.h"

typedef struct {
    const char *text, *at; /* whole, and what is not yet read */
    int start_year, years;
    hr_prob *prob; /* being written */
    int nesting;   /* brackets and nots around this place */
    int held;      /* truth values on the stack of the program written so far */
    hr_expr_fault *fault;
} hr_expr_text;

/* Letters, digits and underscores, not terminated. */
typedef struct {
    const char *at;
    size_t length;
} hr_expr_word;

static inline bool hr_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool hr_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

void hr_expr_skip_space(hr_expr_text *p);
/* The word that begins here, dots taken for letters when a number may stand here; may be empty. */
hr_expr_word hr_expr_word_here(const hr_expr_text *p, bool dots);
/* Spaces, then what is named: true and read, or false and nothing read but the spaces. */
bool hr_expr_eat(hr_expr_text *p, char c);
bool hr_expr_eat_word(hr_expr_text *p, const char *word);
bool hr_expr_eat_op(hr_expr_text *p, hr_op *op);
/* A number: optional sign, digits with at most one point among them, read exactly. */
bool hr_expr_number(hr_expr_text *p, double *number);
/* find() of a word: a metric or risk, or -1. */
int hr_expr_key(hr_expr_word w, int (*find)(const char *key));

/* Each fills the fault and returns false. The sentence is `before`, the word, `after`. */
bool hr_expr_fail(const hr_expr_text *p, const char *at, const char *before, hr_expr_word w,
                  const char *after, const char *hint);
bool hr_expr_fail_plainly(const hr_expr_text *p, const char *at, const char *sentence,
                          const char *hint);
/* "WANTED was expected, not 'WHAT STANDS HERE'" */
bool hr_expr_fail_here(const hr_expr_text *p, const char *wanted, const char *hint);
/* No such metric or risk, with the nearest known key; a year outside the run, with the run's years.
 */
bool hr_expr_fail_unknown(const hr_expr_text *p, hr_expr_word w);
bool hr_expr_fail_outside(const hr_expr_text *p, hr_expr_word label);
/* What to write instead of a sign of another language that stands here, or the empty text. */
const char *hr_expr_hint(const char *at);

#endif
