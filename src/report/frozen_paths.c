/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.csv read line by line, since it may be longer than memory: of every future the cells that
 * figures ask for. It must not know scores. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "config/diag.h"
#include "config/number.h"
#include "os/folder.h"
#include "report/frozen.h"

enum { LINE_BYTES = 8 << 20 };

typedef struct {
    const hr_frozen *said;
    hr_score_numbers *score;
    hr_sha256 digest;
    char *line; /* what has come of the line that is being read, with room for a NUL */
    size_t bytes, room;
    const char **field;
    int fields;  /* columns by the header; 0 before it */
    int *column; /* [figures] column of each, -1: it has none */
    uint64_t rows;
    bool no_memory, wrong;
} reading;

/* Cuts the line at its commas; no field of the program's own file is in quotes. */
static int cut(reading *r, int most)
{
    int fields = 0;
    for (char *at = r->line; at; fields++) {
        char *comma = strchr(at, ',');
        if (fields < most)
            r->field[fields] = at;
        if (comma)
            *comma++ = '\0';
        at = comma;
    }
    return fields;
}

static int metric_column(const reading *r, const char *key)
{
    for (int c = 2; c < r->fields - r->said->schools; c++)
        if (strcmp(r->field[c], key) == 0)
            return c;
    return -1;
}

/* The rolls of the schools stand last, in the order of results.json. */
static int school_column(const reading *r, int school)
{
    const int c = r->fields - r->said->schools + school;
    const char *name = c >= 2 ? r->field[c] : "";
    name += name[0] == '\''; /* kept from being taken for a formula */
    return strcmp(name, r->said->school[school].id) == 0 ? c : -1;
}

static void take_header(reading *r)
{
    int commas = 0;
    for (const char *c = r->line; *c; c++)
        commas += *c == ',';
    r->field = malloc(((size_t)commas + 1) * sizeof *r->field);
    r->no_memory = !r->field;
    if (r->no_memory)
        return;
    r->fields = cut(r, commas + 1);
    for (int i = 0; i < r->score->figures; i++) {
        hr_score_figure *f = &r->score->figure[i];
        const hr_actual *a = f->actual;
        r->column[i] = a->school < 0             ? metric_column(r, HR_METRIC_ROWS[a->which].key)
                       : a->which == HR_M_PUPILS ? school_column(r, a->school)
                                                 : -1;
        if (r->column[i] < 0)
            continue;
        f->futures = malloc((size_t)r->said->paths * sizeof *f->futures);
        r->no_memory = r->no_memory || !f->futures;
        for (uint64_t path = 0; f->futures && path < r->said->paths; path++)
            f->futures[path] = NAN;
    }
}

static void take_row(reading *r)
{
    double path;
    char label[8];
    const uint64_t row = r->rows++;
    const int year = (int)(row % (uint64_t)r->said->years);
    hr_year_label(r->said->start_year + year, label);
    if (cut(r, r->fields) != r->fields || row / (uint64_t)r->said->years >= r->said->paths ||
        !hr_number_parse(r->field[0], strlen(r->field[0]), &path) ||
        path != (double)(row / (uint64_t)r->said->years + 1) || strcmp(r->field[1], label) != 0) {
        r->wrong = true;
        return;
    }
    for (int i = 0; i < r->score->figures; i++) {
        const hr_score_figure *f = &r->score->figure[i];
        double value;
        if (!f->futures || f->actual->year != year)
            continue;
        const char *text = r->field[r->column[i]];
        if (text[0] && hr_number_parse(text, strlen(text), &value))
            f->futures[row / (uint64_t)r->said->years] = value;
        else
            r->wrong = r->wrong || text[0];
    }
}

static bool add_to_line(reading *r, const char *data, size_t bytes)
{
    if (r->bytes + bytes + 1 > r->room) {
        const size_t room = 2 * (r->bytes + bytes + 1);
        char *line = room <= LINE_BYTES ? realloc(r->line, room) : NULL;
        if (!line) {
            r->wrong = room > LINE_BYTES;
            r->no_memory = !r->wrong;
            return false;
        }
        r->line = line;
        r->room = room;
    }
    memcpy(r->line + r->bytes, data, bytes);
    r->bytes += bytes;
    r->line[r->bytes] = '\0';
    return true;
}

static void take_line(reading *r)
{
    if (r->bytes && r->line[r->bytes - 1] == '\r')
        r->line[--r->bytes] = '\0';
    if (r->fields == 0)
        take_header(r);
    else
        take_row(r);
    r->bytes = 0;
}

/* A line that is wrong ends the taking apart and not the digest: what was touched is said to be
 * touched before anything else. */
static bool take_piece(void *user, const char *data, size_t bytes)
{
    reading *r = user;
    hr_sha256_add(&r->digest, data, bytes);
    while (bytes > 0 && !r->wrong && !r->no_memory) {
        const char *end = memchr(data, '\n', bytes);
        const size_t part = end ? (size_t)(end - data) : bytes;
        if (add_to_line(r, data, part) && end)
            take_line(r);
        data += part + (end != NULL);
        bytes -= part + (end != NULL);
    }
    return true;
}

static hr_status judge(const hr_frozen_run *run, reading *r, const char *path, hr_diags *diags)
{
    uint8_t digest[32];
    char hex[65];
    hr_sha256_end(&r->digest, digest);
    hr_sha256_hex(digest, hex);
    if (strcmp(hex, run->paths_sha256) != 0) {
        hr_diags_add(diags, HR_ERROR, path, 0,
                     "these are not the futures that were frozen: their SHA-256 is not the one in "
                     "manifest.json",
                     "take the folder from where it was kept when it was frozen");
        return HR_FAILED;
    }
    if (r->no_memory)
        return hr_diags_no_memory(diags);
    if (r->wrong || r->rows != r->said->paths * (uint64_t)r->said->years) {
        hr_diags_add(diags, HR_ERROR, path, (int)(r->rows % 1000000000u) + 1,
                     "these futures are not those of results.json", NULL);
        return HR_FAILED;
    }
    return HR_OK;
}

hr_status hr_frozen_paths(const hr_frozen_run *run, hr_score_numbers *s, hr_arena *arena,
                          hr_diags *diags)
{
    if (!run->paths_there)
        return HR_OK;
    const char *why, *path = hr_frozen_file(arena, run->folder, "paths.csv");
    reading r = {.said = &run->said, .score = s};
    r.column = HR_TAKE(arena, int, s->figures + 1);
    if (!path || !r.column)
        return hr_diags_no_memory(diags);
    hr_sha256_begin(&r.digest);
    hr_status status = HR_FAILED;
    if (hr_file_pieces(path, take_piece, &r, &why))
        status = judge(run, &r, path, diags);
    else
        hr_diags_add(diags, HR_ERROR, NULL, 0, why, NULL);
    free(r.line);
    free(r.field);
    return status;
}
