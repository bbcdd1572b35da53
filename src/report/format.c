/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people read them, by integer arithmetic, so that no locale and no library decides a
 * digit. It must not know where a number comes from. */
#include "report/format.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "analysis/words.h"
#include "config/number.h"

/* The largest power of ten that is not above x > 0, between 1e-6 and 1e15. */
static double power_of_ten_below(double x)
{
    double power = 1e-6;
    while (power < 1e15 && power * 10.0 <= x * (1.0 + 1e-12))
        power *= 10.0;
    return power;
}

static double finest_pounds(double value)
{
    const double size = fabs(value);
    return size >= 100000.0 ? 1000.0 : size >= 10000.0 ? 100.0 : 1.0;
}

static double finest(double value, const char *unit)
{
    if (!unit || unit[0] == '\0')
        return 0.001;
    if (strcmp(unit, "GBP") == 0)
        return finest_pounds(value);
    static const char *const whole[] = {"pupils", "days", "FTE", "classes"};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        if (strcmp(unit, whole[i]) == 0)
            return 1.0;
    return 0.1;
}

double hr_format_step(hr_estimate e, const char *unit)
{
    double least = finest(e.value, unit);
    const double half = 0.5 * (e.hi - e.lo);
    if (half == 0.0 && least < 1.0 && floor(e.value) == e.value)
        least = 1.0; /* "5 %", not "5.0 %", where five is all there is to say */
    if (!isfinite(half) || half <= 0.0)
        return least;
    const double allowed = power_of_ten_below(half);
    return allowed > least ? allowed : least;
}

static void add_commas(const char *digits, char *out)
{
    const size_t n = strlen(digits);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
}

static int decimals_of(double step)
{
    int decimals = 0;
    for (double s = step; s < 0.999 && decimals < 6; s *= 10.0)
        decimals++;
    return decimals;
}

void hr_format_number(double value, double step, const char *unit, char out[HR_NUMBER_BYTES])
{
    if (!isfinite(value) || fabs(value) >= 1e15) {
        (void)snprintf(out, HR_NUMBER_BYTES, "%s", isfinite(value) ? "too large" : "-");
        return;
    }
    const int decimals = decimals_of(step);
    uint64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    const double units = step >= 1.0 ? step : 1.0;
    uint64_t count = decimals ? (uint64_t)floor(fabs(value) * (double)scale + 0.5)
                              : (uint64_t)floor(fabs(value) / units + 0.5) * (uint64_t)units;
    char digits[24], grouped[32];
    (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)(count / scale));
    add_commas(digits, grouped);
    const char *sign = value < 0.0 && count > 0 ? "-" : "";
    const char *pounds = unit && strcmp(unit, "GBP") == 0 ? "\xc2\xa3" : "";
    if (decimals)
        (void)snprintf(out, HR_NUMBER_BYTES, "%s%s%.30s.%0*llu", sign, pounds, grouped, decimals,
                       (unsigned long long)(count % scale));
    else
        (void)snprintf(out, HR_NUMBER_BYTES, "%s%s%.30s", sign, pounds, grouped);
}

void hr_format_estimate(hr_estimate e, const char *unit, char out[HR_NUMBER_BYTES])
{
    hr_format_number(e.value, hr_format_step(e, unit), unit, out);
}

/* "1 school", "2 schools", "1 month of spending": what of the unit is one thing, and the rest. */
static const char *unit_of_one(const char *unit, const char **rest)
{
    static const char *const units[][2] = {
        {"schools", "school"}, {"pupils", "pupil"}, {"classes", "class"}, {"days", "day"},
        {"months", "month"},   {"years", "year"},   {"points", "point"}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        const size_t length = strlen(units[i][0]);
        *rest = unit + length;
        if (strncmp(unit, units[i][0], length) == 0 && (**rest == '\0' || **rest == ' '))
            return units[i][1];
    }
    *rest = "";
    return unit;
}

void hr_format_with_unit(hr_estimate e, const char *unit, char *out, size_t bytes)
{
    char number[HR_NUMBER_BYTES];
    hr_format_estimate(e, unit, number);
    const bool said = !unit || unit[0] == '\0' || strcmp(unit, "GBP") == 0 || !isfinite(e.value);
    const char *rest = "";
    const char *thing = said ? "" : strcmp(number, "1") == 0 ? unit_of_one(unit, &rest) : unit;
    (void)snprintf(out, bytes, "%s%s%s%s", number, said ? "" : " ", thing, rest);
}

hr_estimate hr_exactly(double value)
{
    return (hr_estimate){.value = value, .se = 0.0, .lo = value, .hi = value, .n = 1};
}

/* The number after " in " in "83 in 100" or "4 in 1,000"; 0 where the words are of another shape.
 */
static double chance_measure(const char *words)
{
    const char *in = strstr(words, " in ");
    if (!in || words[0] < '0' || words[0] > '9')
        return 0.0;
    double measure = 0.0;
    for (const char *c = in + 4; *c; c++)
        if (*c >= '0' && *c <= '9')
            measure = measure * 10.0 + (double)(*c - '0');
        else if (*c != ',')
            return 0.0;
    return measure;
}

void hr_format_chance(hr_estimate p, char *out, size_t bytes)
{
    char words[96];
    hr_chance_words(p, words, sizeof words);
    const double measure = chance_measure(words);
    char low[HR_NUMBER_BYTES], high[HR_NUMBER_BYTES];
    hr_format_number(p.lo * measure, 1.0, NULL, low);
    hr_format_number(p.hi * measure, 1.0, NULL, high);
    if (measure > 0.0 && strcmp(low, high) != 0)
        (void)snprintf(out, bytes, "%s (%s to %s)", words, low, high);
    else
        (void)snprintf(out, bytes, "%s", words);
}

/* "<0.1", or what the interval still allows where few futures were run: "<0.4", "<4". */
static void add_bound(const char *sign, double bound, bool high, char out[HR_NUMBER_BYTES])
{
    const double away = fmax(high ? 100.0 - bound : bound, 0.1);
    const double detail = away < 1.0 - 1e-9 ? 10.0 : 1.0;
    const double rounded = ceil(away * detail - 1e-9) / detail;
    char number[HR_NUMBER_BYTES];
    hr_format_number(high ? 100.0 - rounded : rounded, 1.0 / detail, NULL, number);
    (void)snprintf(out, HR_NUMBER_BYTES, "%s%.40s", sign, number);
}

void hr_format_chance_short(hr_estimate p, char out[HR_NUMBER_BYTES])
{
    const double hundred = 100.0 * p.value;
    if (!isfinite(hundred))
        (void)snprintf(out, HR_NUMBER_BYTES, "-");
    else if (hundred < 0.1)
        add_bound("<", 100.0 * p.hi, false, out);
    else if (hundred > 99.9)
        add_bound(">", 100.0 * p.lo, true, out);
    else
        hr_format_number(hundred, hundred < 0.95 || hundred > 99.05 ? 0.1 : 1.0, NULL, out);
}

void hr_format_exact(double value, char out[HR_NUMBER_BYTES])
{
    if (!isfinite(value))
        out[0] = '\0';
    else if (fabs(value) < 1e15 && floor(value) == value)
        (void)snprintf(out, HR_NUMBER_BYTES, "%lld", (long long)value);
    else
        hr_number_print(value, out);
}
