/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cleaning of texts by the rules of UTF-8 (RFC 3629). It must not know what a text is for. */
#include "report/clean.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Reads one character; returns its bytes, or 0 when they are no UTF-8. */
static int read_character(const char *text, uint32_t *point)
{
    const uint8_t *b = (const uint8_t *)text;
    if (b[0] < 0x80) {
        *point = b[0];
        return 1;
    }
    const int bytes = b[0] >= 0xf0 && b[0] < 0xf5   ? 4
                      : b[0] >= 0xe0 && b[0] < 0xf0 ? 3
                      : b[0] >= 0xc2 && b[0] < 0xe0 ? 2
                                                    : 0;
    if (bytes == 0)
        return 0;
    uint32_t value = b[0] & (0xffu >> (bytes + 1));
    for (int i = 1; i < bytes; i++) {
        if ((b[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (b[i] & 0x3fu);
    }
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[bytes] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *point = value;
    return bytes;
}

static bool between(uint32_t point, uint32_t low, uint32_t high)
{
    return point >= low && point <= high;
}

static bool is_control(uint32_t point)
{
    return point < 0x20 || between(point, 0x7f, 0x9f) || between(point, 0x2028, 0x202e) ||
           between(point, 0x2066, 0x2069) || between(point, 0x200e, 0x200f) || point == 0xfeff;
}

static int character_width(uint32_t point)
{
    if (between(point, 0x300, 0x36f) || between(point, 0x200b, 0x200d) ||
        between(point, 0xfe00, 0xfe0f))
        return 0;
    const bool wide = between(point, 0x1100, 0x115f) || between(point, 0x2e80, 0xa4cf) ||
                      between(point, 0xac00, 0xd7a3) || between(point, 0xf900, 0xfaff) ||
                      between(point, 0xff00, 0xff60) || between(point, 0x1f300, 0x1faff) ||
                      between(point, 0x20000, 0x3fffd);
    return wide ? 2 : 1;
}

static char *clean(hr_arena *arena, const char *text, int most, bool line)
{
    /* a byte becomes three at worst; an ellipsis takes three */
    char *out = hr_arena_take(arena, 3 * strlen(text) + 4);
    if (!out)
        return NULL;
    char *to = out;
    int characters = 0;
    char *cut = out;
    while (*text) {
        uint32_t point = 0;
        const int bytes = read_character(text, &point);
        if (most > 0 && characters == most) {
            memcpy(cut, "\xe2\x80\xa6", 4);
            return out;
        }
        if (++characters == most)
            cut = to;
        if (bytes == 0) {
            memcpy(to, "\xef\xbf\xbd", 3);
            to += 3;
        } else if (line && is_control(point)) {
            *to++ = ' ';
        } else {
            memcpy(to, text, (size_t)bytes);
            to += bytes;
        }
        text += bytes ? bytes : 1;
    }
    *to = '\0';
    return out;
}

char *hr_clean_line(hr_arena *arena, const char *text, int most)
{
    return clean(arena, text, most, true);
}

char *hr_clean_utf8(hr_arena *arena, const char *text) { return clean(arena, text, 0, false); }

int hr_text_width(const char *text)
{
    int width = 0;
    while (*text) {
        uint32_t point = 0;
        const int bytes = read_character(text, &point);
        width += bytes ? character_width(point) : 1;
        text += bytes ? bytes : 1;
    }
    return width;
}

int hr_text_cut(const char *text, int width)
{
    int taken = 0;
    while (text[taken]) {
        uint32_t point = 0;
        const int bytes = read_character(text + taken, &point);
        const int columns = bytes ? character_width(point) : 1;
        if (columns > width)
            break;
        width -= columns;
        taken += bytes ? bytes : 1;
    }
    return taken;
}
