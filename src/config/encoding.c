/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encoding of a scenario's text: UTF-8 without control characters and without characters that
 * change the order in which a line is shown. It must not know the syntax. */
#include <stdint.h>
#include <string.h>

#include "config/prescan.h"

/* Length of the UTF-8 character at `at`, with its number in *code; 0 when it is none (RFC 3629). */
static int utf8_at(const uint8_t *at, size_t left, uint32_t *code)
{
    static const uint32_t SMALLEST[] = {0, 0, 0x80, 0x800, 0x10000};
    const int length = at[0] < 0x80   ? 1
                       : at[0] < 0xc2 ? 0
                       : at[0] < 0xe0 ? 2
                       : at[0] < 0xf0 ? 3
                       : at[0] < 0xf5 ? 4
                                      : 0;
    if (length == 0 || (size_t)length > left)
        return 0;
    uint32_t c = length == 1 ? at[0] : at[0] & (0x7fu >> length);
    for (int i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (at[i] & 0x3f);
    }
    if (c < SMALLEST[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *code = c;
    return length;
}

static const char *fault_of(uint32_t code, const char **hint)
{
    if (code == 0) {
        *hint = "save it as plain text";
        return "there is a NUL character in the text";
    }
    if ((code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
        (code >= 0x7f && code < 0xa0)) {
        *hint = "take it out; it was perhaps pasted from another program";
        return "there is a control character in the text";
    }
    if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
        code == 0x200e || code == 0x200f || code == 0x061c || code == 0x2028 || code == 0x2029) {
        *hint = "take it out: it makes a line read otherwise than it is";
        return "there is an invisible character that changes the direction or the end of a line";
    }
    return NULL;
}

static bool is_utf16(const uint8_t *text, size_t bytes)
{
    if (bytes < 2)
        return false;
    if ((text[0] == 0xff && text[1] == 0xfe) || (text[0] == 0xfe && text[1] == 0xff))
        return true;
    return (text[0] == 0 && text[1] != 0) ||
           (text[0] != 0 && text[1] == 0 && bytes > 3 && text[3] == 0);
}

const char *hr_prescan_encoding(const char *text, size_t bytes, int *line, const char **hint)
{
    const uint8_t *at = (const uint8_t *)text;
    *line = 1;
    if (is_utf16(at, bytes)) {
        *hint = "save it as UTF-8";
        return "the file is in UTF-16";
    }
    for (size_t i = 0; i < bytes;) {
        uint32_t code;
        const int length = utf8_at(at + i, bytes - i, &code);
        if (length == 0) {
            *hint = "save the file as UTF-8";
            return "there is a character that is not UTF-8";
        }
        if (code == '\r' && text[i + 1] != '\n') {
            *hint = "save it with line ends of Unix or Windows";
            return "a line ends with a carriage return alone";
        }
        const char *fault = fault_of(code, hint);
        if (fault != NULL)
            return fault;
        if (code == '\n')
            (*line)++;
        i += (size_t)length;
    }
    return NULL;
}
