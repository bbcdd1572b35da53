/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that grows. It must not know what is written. */
#include "report/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(hr_buffer *b, size_t more)
{
    if (b->failed || more >= SIZE_MAX / 4 - b->bytes) {
        b->failed = true;
        return false;
    }
    const size_t wanted = b->bytes + more + 1;
    if (wanted <= b->room)
        return true;
    size_t room = b->room ? b->room : 1024;
    while (room < wanted)
        room *= 2;
    char *text = realloc(b->text, room);
    if (!text) {
        b->failed = true;
        return false;
    }
    b->text = text;
    b->room = room;
    return true;
}

void hr_buffer_add_bytes(hr_buffer *b, const char *text, size_t bytes)
{
    if (!make_room(b, bytes))
        return;
    memcpy(b->text + b->bytes, text, bytes);
    b->bytes += bytes;
    b->text[b->bytes] = '\0';
}

void hr_buffer_add(hr_buffer *b, const char *text) { hr_buffer_add_bytes(b, text, strlen(text)); }

void hr_buffer_repeat(hr_buffer *b, char c, int times)
{
    for (int i = 0; i < times; i++)
        hr_buffer_add_bytes(b, &c, 1);
}

void hr_buffer_addf(hr_buffer *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int bytes = vsnprintf(NULL, 0, format, args);
    if (bytes < 0) {
        b->failed = true;
    } else if (make_room(b, (size_t)bytes)) {
        (void)vsnprintf(b->text + b->bytes, (size_t)bytes + 1, format, again);
        b->bytes += (size_t)bytes;
    }
    va_end(again);
    va_end(args);
}

void hr_buffer_clear(hr_buffer *b)
{
    b->bytes = 0;
    if (b->text)
        b->text[0] = '\0';
}

void hr_buffer_free(hr_buffer *b)
{
    free(b->text);
    *b = (hr_buffer){0};
}

char *hr_buffer_take(hr_buffer *b)
{
    hr_buffer_add(b, "");
    char *text = b->failed ? NULL : b->text;
    if (!text)
        free(b->text);
    *b = (hr_buffer){0};
    return text;
}
