/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory, hints and notes of one loading. It must not know what is loaded. */
#include "config/load.h"

#include <stdio.h>
#include <string.h>

void *hr_load_take(hr_load *l, size_t bytes)
{
    void *piece = hr_arena_take(l->arena, bytes);
    if (piece == NULL)
        l->no_memory = true;
    return piece;
}

const char *hr_load_text(hr_load *l, const char *text, size_t bytes)
{
    char *copy = hr_load_take(l, bytes + 1);
    if (copy == NULL)
        return "";
    memcpy(copy, text, bytes);
    return copy;
}

const char *hr_load_textf(hr_load *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int bytes = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = bytes < 0 ? NULL : hr_load_take(l, (size_t)bytes + 1);
    if (text == NULL)
        return "";
    va_start(args, format);
    vsnprintf(text, (size_t)bytes + 1, format, args);
    va_end(args);
    return text;
}

const char *hr_near_hint(hr_load *l, const hr_near *near)
{
    return near->best == NULL ? NULL : hr_load_textf(l, "did you mean \"%s\"?", near->best);
}

const char *hr_choices_text(hr_load *l, hr_choice_set set)
{
    const char *all = hr_choice_word(set, 0);
    for (int m = 1; m < hr_choice_count(set); m++)
        all = hr_load_textf(l, "%s, %s", all, hr_choice_word(set, m));
    return all;
}

void hr_load_warn(hr_load *l, const char *file, int line, const char *text, const char *hint)
{
    hr_diags_add(l->diags, HR_WARNING, file, line, text, hint);
    if (l->notes < (int)(sizeof l->note / sizeof l->note[0]))
        l->note[l->notes++] =
            hr_load_textf(l, "%s%s%s", text, hint == NULL ? "" : "; ", hint == NULL ? "" : hint);
}
