/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing sentences and numbers piece by piece. It must not know what is said. */
#include "analysis/say.h"

#include <string.h>

#include "base/lanes.h"

hr_saying hr_say_begin(char *out, size_t bytes)
{
    if (bytes > 0)
        out[0] = '\0';
    return (hr_saying){.out = out, .bytes = bytes, .full = bytes == 0};
}

void hr_say_some(hr_saying *w, const char *text, size_t length)
{
    w->full = w->full || length >= w->bytes - w->used;
    if (w->full)
        return;
    memcpy(w->out + w->used, text, length);
    w->used += length;
    w->out[w->used] = '\0';
}

void hr_say(hr_saying *w, const char *text) { hr_say_some(w, text, strlen(text)); }

void hr_say_whole(hr_saying *w, uint64_t n)
{
    char digits[32];
    size_t at = sizeof digits;
    int written = 0;
    do {
        if (written > 0 && written % 3 == 0)
            digits[--at] = ',';
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
        written++;
    } while (n > 0);
    hr_say_some(w, digits + at, sizeof digits - at);
}

uint64_t hr_decimal_of(double x, int *decimals)
{
    double scale = 1.0;
    *decimals = 0;
    while (*decimals < 15 && x * scale < 1e14 && hr_nearest(x * scale) / scale != x) {
        scale *= 10.0;
        ++*decimals;
    }
    return (uint64_t)hr_nearest(x * scale);
}

void hr_say_decimal(hr_saying *w, uint64_t whole, int decimals)
{
    uint64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    hr_say_whole(w, whole / scale);
    if (decimals <= 0)
        return;
    char fraction[20] = ".";
    uint64_t rest = whole % scale;
    for (int i = decimals; i > 0; i--, rest /= 10)
        fraction[i] = (char)('0' + rest % 10);
    int end = decimals;
    while (end > 0 && fraction[end] == '0')
        end--;
    hr_say_some(w, fraction, end > 0 ? (size_t)end + 1 : 0);
}

void hr_say_number(hr_saying *w, double x, bool pounds)
{
    int decimals;
    const uint64_t whole = hr_decimal_of(x < 0.0 ? -x : x, &decimals);
    hr_say(w, x < 0.0 ? "-" : "");
    hr_say(w, pounds ? "£" : "");
    hr_say_decimal(w, whole, decimals);
}
