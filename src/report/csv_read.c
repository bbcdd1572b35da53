/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV taken apart in place. It must not know what the columns mean. */
#include "report/csv_read.h"

#include <stdbool.h>
#include <string.h>

hr_csv hr_csv_begin(char *text, size_t bytes)
{
    const bool mark = bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
    return (hr_csv){.at = text + (mark ? 3 : 0), .end = text + bytes, .next_line = 1};
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static bool ends_field(const hr_csv *c)
{
    return c->at == c->end || *c->at == ',' || *c->at == '\r' || *c->at == '\n';
}

static void skip_blanks(hr_csv *c)
{
    while (c->at < c->end && is_blank(*c->at))
        c->at++;
}

/* A quoted field is moved to the left over its quotes; NULL: no quote closes it. */
static char *quoted(hr_csv *c, char **end)
{
    char *const start = ++c->at, *to = start;
    for (; c->at < c->end; c->at++) {
        if (*c->at == '"' && c->at + 1 < c->end && c->at[1] == '"')
            c->at++;
        else if (*c->at == '"')
            break;
        c->next_line += *c->at == '\n';
        *to++ = *c->at;
    }
    if (c->at == c->end)
        return NULL;
    c->at++;
    skip_blanks(c);
    *end = to;
    return start;
}

static char *plain(hr_csv *c, char **end)
{
    char *const start = c->at;
    while (!ends_field(c))
        c->at++;
    *end = c->at;
    while (*end > start && is_blank((*end)[-1]))
        --*end;
    return start;
}

/* Past a comma (true) or the end of the line. */
static bool past_separator(hr_csv *c)
{
    const bool more = c->at < c->end && *c->at == ',';
    if (!more && c->at < c->end) {
        const bool pair = *c->at == '\r' && c->at + 1 < c->end && c->at[1] == '\n';
        c->at += pair;
        c->next_line++;
    }
    c->at += c->at < c->end;
    return more;
}

int hr_csv_next(hr_csv *c, char **field, int most)
{
    int fields = 0;
    bool more = true;
    c->line = c->next_line;
    if (c->at == c->end)
        return HR_CSV_END;
    while (more) {
        char *end;
        skip_blanks(c);
        const bool in_quotes = c->at < c->end && *c->at == '"';
        char *start = in_quotes ? quoted(c, &end) : plain(c, &end);
        const bool stray = start && !ends_field(c);
        if (!start || stray) {
            c->at = c->end;
            return stray ? HR_CSV_STRAY_QUOTE : HR_CSV_OPEN_QUOTE;
        }
        more = past_separator(c);
        *end = '\0'; /* only now: it may stand on the separator */
        if (fields < most)
            field[fields] = start;
        fields++;
    }
    return fields;
}
