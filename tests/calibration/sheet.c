/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a table of comma-separated values whole. It must not know what any column means. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/sheet.h"
#include "calibration/target.h"

static char *read_whole(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        calibration_stop("%s cannot be read", path);
    size_t size = 0, room = 1 << 16;
    char *text = malloc(room);
    for (size_t got; text && (got = fread(text + size, 1, room - size - 1, f)) > 0;) {
        size += got;
        if (room - size < 2)
            text = realloc(text, room *= 2);
    }
    fclose(f);
    if (!text)
        calibration_stop("memory is short for %s", path);
    text[size] = '\0';
    return text;
}

/* Cuts the cell that starts at p and returns what follows it; *ends when the row does. */
static char *cut_cell(char *p, char **cell, bool *ends)
{
    char *to = p;
    *cell = p;
    bool quoted = *p == '"';
    if (quoted)
        p++;
    for (; *p; p++) {
        if (quoted && *p == '"') {
            if (p[1] != '"') {
                quoted = false;
                continue;
            }
            p++;
        } else if (!quoted && (*p == ',' || *p == '\n' || *p == '\r')) {
            break;
        }
        *to++ = *p;
    }
    *ends = *p != ',';
    char *next = p + (*p != '\0');
    if (*p == '\r' && p[1] == '\n')
        next++;
    *to = '\0';
    return next;
}

sheet sheet_read(const char *folder, const char *name)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        calibration_stop("the name of %s is too long", name);
    sheet s = {.text = read_whole(path)};
    static char empty[] = "";
    size_t lines = 1;
    for (const char *p = s.text; *p; p++)
        lines += *p == '\n';
    size_t columns = 1;
    char *p = s.text;
    while (*p == '#')
        p = strchr(p, '\n') ? strchr(p, '\n') + 1 : p + strlen(p);
    for (const char *h = p; *h && *h != '\n'; h++)
        columns += *h == ',';
    s.columns = columns;
    s.cell = calloc(lines * columns, sizeof *s.cell);
    if (!s.cell)
        calibration_stop("memory is short for %s", path);
    size_t row = 0;
    for (; *p; row++) {
        bool ends = false;
        for (size_t c = 0; c < columns || !ends; c++) {
            char *cell = empty;
            if (!ends)
                p = cut_cell(p, &cell, &ends);
            if (c < columns)
                s.cell[row * columns + c] = cell;
        }
    }
    s.rows = row ? row - 1 : 0;
    return s;
}

void sheet_free(sheet *s)
{
    free(s->text);
    free(s->cell);
    *s = (sheet){0};
}

size_t sheet_column(const sheet *s, const char *name)
{
    for (size_t c = 0; c < s->columns; c++)
        if (strcmp(s->cell[c], name) == 0)
            return c;
    calibration_stop("there is no column %s", name);
}

const char *sheet_text(const sheet *s, size_t row, size_t column)
{
    return s->cell[(row + 1) * s->columns + column];
}

double sheet_number(const sheet *s, size_t row, size_t column)
{
    const char *text = sheet_text(s, row, column);
    char *end;
    const double x = strtod(text, &end);
    return end == text || *end ? (double)NAN : x;
}
