/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading EXPR word by word, without the C library's conversions, so that a text means the same
 * bits everywhere. It must not know the grammar. */
#include "model/expr_text.h"

#include <string.h>

#include "base/near.h"
#include "model/tables.h"

enum {
    DIGITS_MAX = 15, /* any number of so many digits is exact in a double */
    KEY_MAX = 64     /* longer words are not compared with the known keys, and cut when quoted */
};

static void append_some(char *out, size_t bytes, const char *text, size_t length)
{
    const size_t used = strlen(out);
    const size_t room = bytes - 1 - used;
    const size_t copied = length < room ? length : room;
    memcpy(out + used, text, copied);
    out[used + copied] = '\0';
}

static void append(char *out, size_t bytes, const char *text)
{
    append_some(out, bytes, text, strlen(text));
}

static void append_year(char *out, size_t bytes, int year)
{
    const char label[7] = {(char)('0' + year / 1000 % 10),
                           (char)('0' + year / 100 % 10),
                           (char)('0' + year / 10 % 10),
                           (char)('0' + year % 10),
                           '/',
                           (char)('0' + (year + 1) / 10 % 10),
                           (char)('0' + (year + 1) % 10)};
    append_some(out, bytes, label, sizeof label);
}

bool hr_expr_fail(const hr_expr_text *p, const char *at, const char *before, hr_expr_word w,
                  const char *after, const char *hint)
{
    hr_expr_fault *f = p->fault;
    *f = (hr_expr_fault){.column = 1};
    for (const char *c = p->text; c < at; c++)
        f->column += ((unsigned char)*c & 0xC0) != 0x80; /* bytes that begin a character */
    append(f->words, sizeof f->words, before);
    append_some(f->words, sizeof f->words, w.at, w.length < KEY_MAX ? w.length : KEY_MAX);
    append(f->words, sizeof f->words, after);
    append(f->hint, sizeof f->hint, hint);
    return false;
}

bool hr_expr_fail_plainly(const hr_expr_text *p, const char *at, const char *sentence,
                          const char *hint)
{
    const hr_expr_word none = {.at = "", .length = 0};
    return hr_expr_fail(p, at, sentence, none, "", hint);
}

/* Reading words, signs and numbers. */

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void hr_expr_skip_space(hr_expr_text *p)
{
    while (is_space(*p->at))
        p->at++;
}

hr_expr_word hr_expr_word_here(const hr_expr_text *p, bool dots)
{
    const char *end = p->at;
    while (hr_is_letter(*end) || hr_is_digit(*end) || (dots && *end == '.'))
        end++;
    return (hr_expr_word){.at = p->at, .length = (size_t)(end - p->at)};
}

static bool word_is(hr_expr_word w, const char *text)
{
    return strlen(text) == w.length && memcmp(w.at, text, w.length) == 0;
}

bool hr_expr_fail_here(const hr_expr_text *p, const char *wanted, const char *hint)
{
    hr_expr_word found = hr_expr_word_here(p, true);
    if (found.length == 0 && *p->at != '\0') {
        found.length = 1;
        while (((unsigned char)found.at[found.length] & 0xC0) == 0x80)
            found.length++;
    }
    char before[120] = "";
    append(before, sizeof before, wanted);
    if (found.length == 0) {
        append(before, sizeof before, " is missing at the end");
        return hr_expr_fail_plainly(p, p->at, before, hint);
    }
    append(before, sizeof before, " was expected, not '");
    return hr_expr_fail(p, p->at, before, found, "'", hint);
}

bool hr_expr_eat(hr_expr_text *p, char c)
{
    hr_expr_skip_space(p);
    if (*p->at != c)
        return false;
    p->at++;
    return true;
}

bool hr_expr_eat_word(hr_expr_text *p, const char *text)
{
    hr_expr_skip_space(p);
    const hr_expr_word w = hr_expr_word_here(p, false);
    if (!word_is(w, text))
        return false;
    p->at += w.length;
    return true;
}

bool hr_expr_eat_op(hr_expr_text *p, hr_op *op)
{
    static const struct {
        const char *text;
        hr_op op;
    } ops[] = {{"<=", HR_OP_LE}, {">=", HR_OP_GE}, {"==", HR_OP_EQ},
               {"!=", HR_OP_NE}, {"<", HR_OP_LT},  {">", HR_OP_GT}};
    hr_expr_skip_space(p);
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        const size_t length = strlen(ops[i].text);
        if (strncmp(p->at, ops[i].text, length) == 0) {
            *op = ops[i].op;
            p->at += length;
            return true;
        }
    }
    return false;
}

/* Exact: both the digits as a whole number below 2^53 and a power of ten up to 10^22 are doubles,
 * and their quotient is rounded once. */
bool hr_expr_number(hr_expr_text *p, double *number)
{
    hr_expr_skip_space(p);
    const char *start = p->at;
    const bool minus = *p->at == '-';
    if (*p->at == '-' || *p->at == '+')
        p->at++;
    const hr_expr_word w = hr_expr_word_here(p, true);
    double whole = 0.0, scale = 1.0;
    int digits = 0, points = 0, others = 0;
    for (size_t i = 0; i < w.length; i++) {
        if (!hr_is_digit(w.at[i])) {
            points += w.at[i] == '.';
            others += w.at[i] != '.';
            continue;
        }
        digits++;
        whole = whole * 10.0 + (w.at[i] - '0');
        scale *= points > 0 ? 10.0 : 1.0;
    }
    const bool bare_point = digits > 0 && (w.at[0] == '.' || w.at[w.length - 1] == '.');
    if (w.length == 0) {
        p->at = start;
        return hr_expr_fail_here(p, "a number", "");
    }
    if (digits == 0 || points > 1 || others > 0 || bare_point)
        return hr_expr_fail(p, start, "'", w, "' is not a number",
                            "write digits, such as 2500 or 4.5");
    if (digits > DIGITS_MAX)
        return hr_expr_fail(p, start, "", w, " has too many digits", "15 digits are the most");
    p->at += w.length;
    *number = (minus ? -whole : whole) / scale;
    return true;
}

/* Known keys. */

size_t hr_id_length(const char *at)
{
    size_t length = 0;
    while (hr_is_letter(at[length]) || hr_is_digit(at[length]) || at[length] == '-')
        length++;
    return length;
}

static const char *nearest_key(const char *word)
{
    hr_near near;
    hr_near_begin(&near, word);
    for (int m = 0; m < HR_METRICS; m++)
        hr_near_offer(&near, HR_METRIC_ROWS[m].key);
    for (int r = 0; r < HR_RISKS; r++)
        hr_near_offer(&near, HR_RISK_ROWS[r].key);
    return near.best;
}

bool hr_expr_fail_unknown(const hr_expr_text *p, hr_expr_word w)
{
    char word[KEY_MAX + 1] = "", hint[120] = "";
    append_some(word, sizeof word, w.at, w.length);
    const char *nearest = w.length > KEY_MAX ? NULL : nearest_key(word);
    const bool target = strncmp(word, "target_missed_", 14) == 0;
    append(hint, sizeof hint,
           nearest != NULL ? "did you mean "
           : target        ? "write the target's own condition, with not"
                           : "headroom show metrics and headroom show risks list them");
    append(hint, sizeof hint, nearest != NULL ? nearest : "");
    append(hint, sizeof hint, nearest != NULL ? "?" : "");
    (void)hr_expr_fail(p, w.at, "there is no metric or risk '", w, "'", hint);
    append_some(p->fault->unknown, sizeof p->fault->unknown, w.at, hr_id_length(w.at));
    return false;
}

void hr_expr_fault_of_register(hr_expr_fault *fault)
{
    fault->words[0] = fault->hint[0] = '\0';
    append(fault->words, sizeof fault->words, "'");
    append(fault->words, sizeof fault->words, fault->unknown);
    append(fault->words, sizeof fault->words,
           "' is a row of the risk register, and a statement cannot name one");
    append(fault->hint, sizeof fault->hint,
           "risk_losses is what the whole register costs in a year, such as risk_losses > 50000");
}

int hr_expr_key(hr_expr_word w, int (*find)(const char *key))
{
    char key[KEY_MAX + 1];
    if (w.length > KEY_MAX)
        return -1;
    memcpy(key, w.at, w.length);
    key[w.length] = '\0';
    return find(key);
}

bool hr_expr_fail_outside(const hr_expr_text *p, hr_expr_word label)
{
    char after[80] = " is outside the years that are simulated, ";
    append_year(after, sizeof after, p->start_year);
    append(after, sizeof after, " to ");
    append_year(after, sizeof after, p->start_year + p->years - 1);
    return hr_expr_fail(p, label.at, "", label, after, "");
}

const char *hr_expr_hint(const char *at)
{
    if (*at == '=')
        return "write == for equal";
    if (strncmp(at, "\xE2\x89\xA4", 3) == 0)
        return "write <=";
    if (strncmp(at, "\xE2\x89\xA5", 3) == 0)
        return "write >=";
    if (strncmp(at, "\xE2\x89\xA0", 3) == 0)
        return "write !=";
    if (*at == '!')
        return "write not, or !=";
    if (*at == '&')
        return "write and";
    if (*at == '|')
        return "write or";
    if (*at == '%')
        return "write the number alone: percentages are in per cent";
    if (*at != '\0' && strchr("+-*/", *at) != NULL)
        return "there is no arithmetic";
    return "";
}
