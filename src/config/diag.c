/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagnostics: a growing list of mistakes, warnings and notes that owns its texts. It must not know
 * what they are about. */
#include "config/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCE_BYTES = 1024 };

typedef struct {
    hr_diag shown;
    size_t order; /* of adding: keeps the sort stable */
    char *text;   /* one piece of memory: text, file, hint */
} entry;

struct hr_diags {
    entry *entry;
    size_t count, room, errors;
};

hr_diags *hr_diags_new(void) { return calloc(1, sizeof(hr_diags)); }

void hr_diags_free(hr_diags *d)
{
    if (d == NULL)
        return;
    for (size_t i = 0; i < d->count; i++)
        free(d->entry[i].text);
    free(d->entry);
    free(d);
}

size_t hr_diags_count(const hr_diags *d) { return d != NULL ? d->count : 0; }

size_t hr_diags_errors(const hr_diags *d) { return d != NULL ? d->errors : 0; }

const hr_diag *hr_diags_get(const hr_diags *d, size_t index)
{
    return index < d->count ? &d->entry[index].shown : NULL;
}

static const char *put(char **at, const char *text)
{
    if (text == NULL)
        return NULL;
    char *start = *at;
    const size_t bytes = strlen(text) + 1;
    memcpy(start, text, bytes);
    *at += bytes;
    return start;
}

static int make_room(hr_diags *d)
{
    if (d->count < d->room)
        return 1;
    const size_t room = d->room == 0 ? 16 : 2 * d->room;
    entry *grown = realloc(d->entry, room * sizeof *grown);
    if (grown == NULL)
        return 0;
    d->entry = grown;
    d->room = room;
    return 1;
}

void hr_diags_add(hr_diags *d, hr_severity severity, const char *file, int line, const char *text,
                  const char *hint)
{
    if (d == NULL)
        return;
    if (severity == HR_ERROR)
        d->errors++;
    const size_t bytes = strlen(text) + (file ? strlen(file) : 0) + (hint ? strlen(hint) : 0) + 3;
    char *copy = malloc(bytes);
    if (copy == NULL || !make_room(d)) {
        free(copy);
        return;
    }
    char *at = copy;
    entry *e = &d->entry[d->count];
    e->text = copy;
    e->order = d->count;
    e->shown.severity = severity;
    e->shown.line = line;
    e->shown.text = put(&at, text);
    e->shown.file = put(&at, file);
    e->shown.hint = put(&at, hint);
    d->count++;
}

void hr_diags_addf(hr_diags *d, hr_severity severity, const char *file, int line, const char *hint,
                   const char *format, ...)
{
    char sentence[SENTENCE_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    hr_diags_add(d, severity, file, line, sentence, hint);
}

hr_status hr_diags_no_memory(hr_diags *d)
{
    hr_diags_add(d, HR_ERROR, NULL, 0, hr_status_words(HR_NO_MEMORY), NULL);
    return HR_NO_MEMORY;
}

/* Diagnostics without a file come last. */
static int compare(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    if ((a->shown.file == NULL) != (b->shown.file == NULL))
        return a->shown.file == NULL ? 1 : -1;
    const int files = a->shown.file ? strcmp(a->shown.file, b->shown.file) : 0;
    if (files != 0)
        return files;
    if (a->shown.line != b->shown.line)
        return a->shown.line < b->shown.line ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

void hr_diags_sort(hr_diags *d)
{
    if (d->count > 1)
        qsort(d->entry, d->count, sizeof *d->entry, compare);
}

void hr_diags_drop(hr_diags *d, hr_severity severity)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->count; i++) {
        if (d->entry[i].shown.severity == severity)
            free(d->entry[i].text);
        else
            d->entry[kept++] = d->entry[i];
    }
    d->count = kept;
    d->errors = severity == HR_ERROR ? 0 : d->errors;
}

void hr_diags_cap(hr_diags *d, size_t most)
{
    hr_diags_sort(d);
    size_t kept = 0, errors = 0;
    for (size_t i = 0; i < d->count; i++) {
        if (d->entry[i].shown.severity == HR_ERROR && ++errors > most)
            free(d->entry[i].text);
        else
            d->entry[kept++] = d->entry[i];
    }
    d->count = kept;
    if (errors > most)
        hr_diags_addf(d, HR_NOTE, NULL, 0, NULL, "and %zu more", errors - most);
}

size_t hr_diag_format(const hr_diag *d, char *out, size_t bytes)
{
    static const char *const WORDS[] = {"note", "warning", "error"};
    char place[32] = "";
    if (d->line > 0)
        snprintf(place, sizeof place, ":%d", d->line);
    const int written =
        snprintf(out, bytes, "%s%s%s%s: %s\n%s%s%s", d->file ? d->file : "", place,
                 d->file ? ": " : "", WORDS[d->severity], d->text, d->hint ? "    hint: " : "",
                 d->hint ? d->hint : "", d->hint ? "\n" : "");
    return written < 0 ? 0 : (size_t)written;
}
