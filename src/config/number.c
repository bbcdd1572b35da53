/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers to and from text. A text from outside reaches strtod without a decimal point, so that it
 * means the same in every locale. It must not know what the numbers are for. */
#include "config/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number as digits and the power of ten of the last one. */
typedef struct {
    bool negative;
    char digit[HR_NUMBER_DIGITS_MOST + 1];
    int digits;
    int exponent;
} decimal;

static double value_of(const decimal *d)
{
    char text[HR_NUMBER_DIGITS_MOST + 32];
    snprintf(text, sizeof text, "%s%.*se%d", d->negative ? "-" : "", d->digits, d->digit,
             d->exponent);
    return strtod(text, NULL);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take_digits(decimal *d, const char **at, const char *end)
{
    for (; *at < end && is_digit(**at); (*at)++) {
        if (d->digits == HR_NUMBER_DIGITS_MOST)
            return false;
        d->digit[d->digits++] = **at;
    }
    return true;
}

static bool take_exponent(decimal *d, const char **at, const char *end)
{
    bool negative = false;
    int power = 0;
    (*at)++;
    if (*at < end && (**at == '+' || **at == '-'))
        negative = *(*at)++ == '-';
    if (*at == end || !is_digit(**at))
        return false;
    for (; *at < end && is_digit(**at); (*at)++)
        if (power < 100000)
            power = 10 * power + (**at - '0');
    d->exponent += negative ? -power : power;
    return true;
}

bool hr_number_parse(const char *text, size_t length, double *out)
{
    decimal d = {.negative = false, .digits = 0, .exponent = 0};
    const char *at = text, *end = text + length;
    if (at < end && (*at == '+' || *at == '-'))
        d.negative = *at++ == '-';
    if (!take_digits(&d, &at, end))
        return false;
    if (at < end && *at == '.') {
        const int whole = d.digits;
        at++;
        if (!take_digits(&d, &at, end))
            return false;
        d.exponent = whole - d.digits;
    }
    if (d.digits == 0)
        return false;
    if (at < end && (*at == 'e' || *at == 'E') && !take_exponent(&d, &at, end))
        return false;
    if (at != end)
        return false;
    const double x = value_of(&d);
    if (!isfinite(x))
        return false;
    *out = x == 0.0 ? 0.0 : x;
    return true;
}

/* x rounded to `digits` significant ones; true when they read back as x. Whatever stands for the
 * decimal point is left out: the locale that wrote it reads it. */
static bool round_to(double x, int digits, decimal *d)
{
    char text[64];
    snprintf(text, sizeof text, "%.*e", digits - 1, x);
    const bool same = strtod(text, NULL) == x;
    *d = (decimal){.negative = text[0] == '-', .digits = 0, .exponent = 0};
    const char *at = text;
    for (; *at != 'e'; at++)
        if (is_digit(*at))
            d->digit[d->digits++] = *at;
    d->exponent = (int)strtol(at + 1, NULL, 10) - (d->digits - 1);
    while (d->digits > 1 && d->digit[d->digits - 1] == '0') {
        d->digits--;
        d->exponent++;
    }
    return same;
}

void hr_number_print(double x, char out[HR_PRINTED_BYTES])
{
    if (x == 0.0) {
        memcpy(out, "0", 2);
        return;
    }
    decimal d;
    for (int digits = 15; digits <= 17; digits++)
        if (round_to(x, digits, &d))
            break;
    const int first = d.exponent + d.digits - 1; /* power of ten of the first digit */
    const char *sign = d.negative ? "-" : "";
    if (first < -5 || first > 15) {
        snprintf(out, HR_PRINTED_BYTES, "%s%c%s%.*se%d", sign, d.digit[0], d.digits > 1 ? "." : "",
                 d.digits - 1, d.digit + 1, first);
    } else if (d.exponent >= 0) {
        snprintf(out, HR_PRINTED_BYTES, "%s%.*s%.*s", sign, d.digits, d.digit, d.exponent,
                 "0000000000000000");
    } else if (first < 0) {
        snprintf(out, HR_PRINTED_BYTES, "%s0.%.*s%.*s", sign, -first - 1, "00000", d.digits,
                 d.digit);
    } else {
        snprintf(out, HR_PRINTED_BYTES, "%s%.*s.%.*s", sign, first + 1, d.digit,
                 d.digits - first - 1, d.digit + first + 1);
    }
}
