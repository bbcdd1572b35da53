/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what happened and holds every row against the run. It must not know scores. */
#include "report/actuals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lanes.h"
#include "base/sha256.h"
#include "config/diag.h"
#include "config/number.h"
#include "os/folder.h"
#include "report/csv_read.h"

enum { FILE_BYTES = 16 << 20, ROWS_MOST = 10000 };

typedef enum { YEAR, METRIC, VALUE, SCHOOL, NOTE, COLUMNS } column;
static const char *const COLUMN[COLUMNS] = {"year", "metric", "value", "school", "note"};

typedef struct {
    hr_actuals *out;
    const hr_frozen *frozen;
    const char *path;
    hr_arena *arena;
    hr_diags *diags;
    int at[COLUMNS]; /* where each column stands; -1 */
    int columns, line;
    bool wrong; /* in the row that is being read */
} reading;

/* The sentence is `before`, `what` cut at 64 bytes, `after`. */
static void fault(reading *r, const char *hint, const char *before, const char *what,
                  const char *after)
{
    hr_diags_addf(r->diags, HR_ERROR, r->path, r->line, hint, "%s%.64s%s", before, what, after);
    r->wrong = true;
}

/* "did you mean KEY?" among `count` words, else the hint that stands otherwise. */
static const char *meant(reading *r, const char *wanted, const char *const *known, size_t count,
                         const char *otherwise)
{
    const char *near = hr_nearest_word(wanted, known, count);
    char *hint = near ? hr_arena_take(r->arena, strlen(near) + 16) : NULL;
    if (!hint)
        return otherwise;
    strcpy(hint, "did you mean ");
    strcat(hint, near);
    return strcat(hint, "?");
}

static void read_header(reading *r, char **field, int fields)
{
    for (int c = 0; c < COLUMNS; c++)
        r->at[c] = -1;
    r->columns = fields;
    for (int i = 0; i < fields && i < COLUMNS + 1; i++) {
        int c = 0;
        while (c < COLUMNS && strcmp(field[i], COLUMN[c]) != 0)
            c++;
        if (c == COLUMNS)
            fault(r,
                  meant(r, field[i], COLUMN, COLUMNS,
                        "the columns are year, metric, value and, where wanted, school and note, "
                        "with commas between them"),
                  "there is no column \"", field[i], "\"");
        else if (r->at[c] >= 0)
            fault(r, NULL, "the column ", COLUMN[c], " stands twice");
        else
            r->at[c] = i;
    }
    for (int c = YEAR; c <= VALUE && !r->wrong; c++)
        if (r->at[c] < 0)
            fault(r, "the first line names the columns: year,metric,value,school,note",
                  "the column ", COLUMN[c], " is missing");
    if (fields > COLUMNS && !r->wrong)
        fault(r, NULL, "there are more columns than ", "five", "");
}

static const char *cell(const reading *r, char **field, column c)
{
    return r->at[c] < 0 ? "" : field[r->at[c]];
}

static const char *years_hint(reading *r)
{
    static const char form[] = "the run is YYYY/YY to YYYY/YY; YYYY/YY, the year before it, may be "
                               "given as what was known at the start";
    char *hint = hr_arena_text(r->arena, form);
    if (!hint)
        return NULL;
    char *at = hint;
    for (int i = 0; i < 3; i++) {
        const int year = i == 1 ? r->frozen->start_year + r->frozen->years - 1
                                : r->frozen->start_year - (i == 2);
        char label[8];
        hr_year_label(year, label);
        at = strstr(at, "YYYY/YY");
        memcpy(at, label, 7);
    }
    return hint;
}

static void read_year(reading *r, hr_actual *row, const char *text)
{
    const hr_frozen *f = r->frozen;
    row->year = -2;
    for (int t = -1; t < f->years; t++) {
        char label[8];
        hr_year_label(f->start_year + t, label);
        if (strcmp(text, label) == 0)
            row->year = t;
    }
    if (row->year == -2 && (strlen(text) != 7 || text[4] != '/'))
        fault(r, "a year is written YYYY/YY, such as 2026/27", "\"", text, "\" is no school year");
    else if (row->year == -2)
        fault(r, years_hint(r), "the year ", text, " is outside the run");
}

static void read_school(reading *r, hr_actual *row, const char *text)
{
    const hr_frozen *f = r->frozen;
    row->school = -1;
    if (!text[0])
        return;
    for (int s = 0; s < f->schools; s++)
        if (strcmp(f->school[s].id, text) == 0)
            row->school = s;
    if (row->school >= 0)
        return;
    const char **id = HR_TAKE(r->arena, const char *, f->schools + 1);
    for (int s = 0; id && s < f->schools; s++)
        id[s] = f->school[s].id;
    fault(r, id ? meant(r, text, id, (size_t)f->schools, NULL) : NULL, "the run has no school \"",
          text, "\"");
}

static void read_metric(reading *r, hr_actual *row, const char *text)
{
    const int metric = hr_metric_find(text), risk = hr_risk_find(text);
    row->risk = metric < 0 && risk >= 0;
    row->which = row->risk ? risk : metric;
    if (row->which < 0) {
        const char *known[HR_METRICS + HR_RISKS];
        for (int m = 0; m < HR_METRICS; m++)
            known[m] = HR_METRIC_ROWS[m].key;
        for (int k = 0; k < HR_RISKS; k++)
            known[HR_METRICS + k] = HR_RISK_ROWS[k].key;
        fault(r,
              meant(r, text, known, HR_METRICS + HR_RISKS,
                    "`headroom show metrics` and `headroom show risks` list them"),
              "there is no metric \"", text, "\"");
    } else if (row->school >= 0 &&
               (row->risk || (metric != HR_M_PUPILS && metric != HR_M_RESERVES_PCT))) {
        fault(r, "of a school it is pupils or reserves_pct", "a run says nothing of the ", text,
              " of one school");
    }
}

/* A state is given by its name or number. */
static void read_state(reading *r, hr_actual *row, const char *text)
{
    char *states = hr_arena_take(r->arena, 128);
    const hr_metric metric = (hr_metric)row->which;
    double number;
    if (!hr_number_parse(text, strlen(text), &number))
        number = -1.0;
    row->value = -1.0;
    for (int k = 0; k < HR_STATES && hr_metric_state(metric, k); k++) {
        const char *name = hr_metric_state(metric, k);
        if (states && strlen(states) + strlen(name) + 3 < 128)
            strcat(strcat(states, k ? ", " : ""), name);
        if (number == (double)k || strcmp(name, text) == 0)
            row->value = k;
    }
    if (row->value < 0.0)
        fault(r, states, "", HR_METRIC_ROWS[row->which].key, " has no such state");
}

static void read_value(reading *r, hr_actual *row, const char *text)
{
    const bool known = row->which >= 0;
    if (!text[0])
        fault(r, "leave out what is not known yet: missing is not zero", "there is no ", "value",
              "");
    else if (known && !row->risk && HR_METRIC_ROWS[row->which].kind == HR_KIND_STATE)
        read_state(r, row, text);
    else if (!hr_number_parse(text, strlen(text), &row->value))
        fault(r, "a number is written plainly, such as -35000 or 7.25", "\"", text,
              "\" is not a number");
    else if (known && row->risk && row->value != 0.0 && row->value != 1.0)
        fault(r, "1: it happened in the year; 0: it did not", "", HR_RISK_ROWS[row->which].key,
              " is a risk, and its value is 0 or 1");
}

/* What the run cannot be held to. */
static void check_said(reading *r, const hr_actual *row)
{
    const hr_frozen *f = r->frozen;
    const bool state = !row->risk && HR_METRIC_ROWS[row->which].kind == HR_KIND_STATE;
    const char *key = row->risk ? HR_RISK_ROWS[row->which].key : HR_METRIC_ROWS[row->which].key;
    if (row->year < 0) {
        if (row->risk || state)
            fault(r, NULL, "of the year before the run a number may be given, and ", key,
                  " is none");
        return;
    }
    const int at = row->which * f->years + row->year;
    const double said = row->risk         ? f->risk[at]
                        : state           ? f->metric[at].state[(int)row->value]
                        : row->school < 0 ? f->metric[at].mean
                        : row->which == HR_M_PUPILS
                            ? f->school[row->school].pupils[row->year].mean
                            : f->school[row->school].reserves_pct[row->year].mean;
    if (hr_is_nan(said))
        fault(r, "in none of its futures is there such a figure: leave the row out",
              "the run has no ", key, " here");
}

static bool same_figure(const hr_actual *a, const hr_actual *b)
{
    return a->year == b->year && a->risk == b->risk && a->which == b->which &&
           a->school == b->school;
}

static void check_twice(reading *r, const hr_actual *row)
{
    char line[24];
    for (int i = 0; i < r->out->rows; i++) {
        if (!same_figure(&r->out->row[i], row))
            continue;
        (void)snprintf(line, sizeof line, "line %d", r->out->row[i].line);
        fault(r, NULL, "this figure stands in ", line, " already");
        return;
    }
}

static void read_row(reading *r, char **field, int fields)
{
    hr_actual row = {.line = r->line};
    r->wrong = false;
    if (fields != r->columns) {
        fault(r,
              "a number has no commas in it, and a note with commas stands in quotes; each row has "
              "as "
              "many fields as the first line",
              "this row has ", fields > r->columns ? "more" : "fewer",
              " fields than there are columns");
        return;
    }
    read_year(r, &row, cell(r, field, YEAR));
    read_school(r, &row, cell(r, field, SCHOOL));
    read_metric(r, &row, cell(r, field, METRIC));
    read_value(r, &row, cell(r, field, VALUE));
    if (!r->wrong)
        check_said(r, &row);
    if (!r->wrong)
        check_twice(r, &row);
    if (r->wrong)
        return;
    const char *note = cell(r, field, NOTE);
    row.note = note[0] ? note : NULL;
    r->out->scored += row.year >= 0;
    r->out->row[r->out->rows++] = row;
}

static const char *quote_fault(int fields)
{
    return fields == HR_CSV_OPEN_QUOTE    ? "a quote opens here and is not closed"
           : fields == HR_CSV_STRAY_QUOTE ? "there is text after a quote that closes a field"
                                          : NULL;
}

static void read_rows(reading *r, char *text, size_t bytes)
{
    enum { MOST = 16 };
    char *field[MOST];
    hr_csv csv = hr_csv_begin(text, bytes);
    bool header = true;
    for (;;) {
        const int fields = hr_csv_next(&csv, field, MOST);
        r->line = csv.line;
        if (quote_fault(fields))
            fault(r, NULL, "", quote_fault(fields), "");
        if (fields < 0)
            break;
        if (fields == 1 && field[0][0] == '\0')
            continue;
        if (header)
            read_header(r, field, fields);
        else if (r->out->rows == ROWS_MOST)
            fault(r, NULL, "there are more rows than ", "10,000", "");
        else
            read_row(r, field, fields);
        if (header ? r->wrong : r->out->rows == ROWS_MOST && r->wrong)
            break;
        header = false;
    }
    if (header && !hr_diags_errors(r->diags)) {
        r->line = 1;
        fault(r, "the first line names the columns: year,metric,value,school,note", "this file is ",
              "empty", "");
    }
}

hr_status hr_actuals_read(hr_actuals *a, const char *path, const hr_frozen *frozen, hr_arena *arena,
                          hr_diags *diags)
{
    const char *why;
    size_t bytes;
    hr_sha256 h;
    uint8_t digest[32];
    char *text = hr_file_read(path, FILE_BYTES, &bytes, &why);
    *a = (hr_actuals){.row = HR_TAKE(arena, hr_actual, ROWS_MOST)};
    if (!text) {
        hr_diags_add(diags, HR_ERROR, NULL, 0, why, NULL);
        return HR_INVALID;
    }
    hr_sha256_begin(&h);
    hr_sha256_add(&h, text, bytes);
    hr_sha256_end(&h, digest);
    hr_sha256_hex(digest, a->sha256);
    reading r = {.out = a, .frozen = frozen, .path = path, .arena = arena, .diags = diags};
    char *kept = hr_arena_take(arena, bytes + 1); /* notes are borrowed from it */
    if (!kept || !a->row) {
        free(text);
        return hr_diags_no_memory(diags);
    }
    memcpy(kept, text, bytes);
    free(text);
    if (memchr(kept, '\0', bytes))
        fault(&r, "save it as CSV, UTF-8", "this is no text: it holds a byte of ", "zero", "");
    else
        read_rows(&r, kept, bytes);
    if (!hr_diags_errors(diags) && a->scored == 0)
        fault(&r, "give at least one figure of a year of the run", "nothing happened yet in ",
              "this file", "");
    if (!hr_diags_errors(diags))
        return HR_OK;
    hr_diags_cap(diags, HR_ERRORS_SHOWN);
    return HR_INVALID;
}
