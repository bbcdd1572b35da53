/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damerau-Levenshtein distance (optimal string alignment) and the nearest known word. It must not
 * know what the words are. */
#include "base/near.h"

#include <stdbool.h>
#include <string.h>

#include "headroom/base.h"

enum { LONGEST = 64 };

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c; }

static int least(int a, int b) { return a < b ? a : b; }

int hr_near_distance(const char *a, const char *b)
{
    int row[3][LONGEST + 1]; /* this one, the last, the one before */
    const int length_a = (int)strlen(a), length_b = (int)strlen(b);
    if (length_a > LONGEST || length_b > LONGEST)
        return LONGEST;
    for (int j = 0; j <= length_b; j++)
        row[0][j] = j;
    for (int i = 1; i <= length_a; i++) {
        int *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= length_b; j++) {
            const int differ = lower(a[i - 1]) != lower(b[j - 1]);
            now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + differ);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[length_a % 3][length_b];
}

void hr_near_begin(hr_near *n, const char *wanted)
{
    const int length = (int)strlen(wanted), third = length / 3;
    const int most = length <= 4 ? 1 : third > 2 ? third : 2;
    *n = (hr_near){.wanted = wanted, .best = NULL, .distance = most + 1};
}

void hr_near_offer(hr_near *n, const char *known)
{
    const size_t length = strlen(n->wanted);
    const bool begins = length >= 3 && strncmp(n->wanted, known, length) == 0;
    const int distance = begins ? 1 : hr_near_distance(n->wanted, known);
    if (distance < n->distance && distance < (int)length) {
        n->best = known;
        n->distance = distance;
    }
}

const char *hr_nearest_word(const char *wanted, const char *const *known, size_t count)
{
    hr_near near;
    hr_near_begin(&near, wanted);
    for (size_t i = 0; i < count; i++)
        hr_near_offer(&near, known[i]);
    return near.best;
}
