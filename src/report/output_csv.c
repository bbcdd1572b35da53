/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics.csv and paths.csv, row by row: they are too long for tables in memory. */
#include <math.h>
#include <stdio.h>

#include "report/clean.h"
#include "report/output.h"
#include "report/page.h"

enum { PIECE_BYTES = 1 << 20 };

static void number_field(hr_buffer *b, double value)
{
    hr_buffer_add(b, ",");
    hr_csv_number(b, value);
}

void hr_csv_metric(hr_buffer *b, const char *scenario, const hr_metric_row *row, const char *year,
                   const char *statistic, hr_estimate e)
{
    hr_csv_row(b, scenario, row->key, row->unit, year, statistic, e);
}

void hr_csv_row(hr_buffer *b, const char *scenario, const char *metric, const char *unit,
                const char *year, const char *statistic, hr_estimate e)
{
    hr_csv_text(b, scenario);
    hr_buffer_addf(b, ",%s,%s,%s,%s", metric, unit, year, statistic);
    number_field(b, e.value);
    number_field(b, e.se);
    number_field(b, e.lo);
    number_field(b, e.hi);
    hr_buffer_add(b, "\r\n");
}

void hr_csv_metric_year(hr_buffer *b, const char *scenario, hr_metric metric, const char *year,
                        const hr_metric_result *m)
{
    const hr_metric_row *row = &HR_METRIC_ROWS[metric];
    if (row->kind == HR_KIND_STATE) {
        for (int s = 0; s < 3 && hr_metric_state(metric, s); s++) {
            char statistic[40];
            (void)snprintf(statistic, sizeof statistic, "share %s", hr_metric_state(metric, s));
            hr_csv_metric(b, scenario, row, year, statistic, m->state[s]);
        }
        return;
    }
    const hr_estimate sd = {.value = m->sd, .se = NAN, .lo = NAN, .hi = NAN};
    hr_csv_metric(b, scenario, row, year, "mean", m->mean);
    hr_csv_metric(b, scenario, row, year, "sd", sd);
    for (int q = 0; q < HR_QUANTILES; q++)
        hr_csv_metric(b, scenario, row, year, HR_QUANTILE_KEY[q], m->quantile[q]);
}

void hr_csv_metrics_head(hr_buffer *b)
{
    hr_buffer_add(b, "scenario,metric,unit,year,statistic,value,se,lo,hi\r\n");
}

void hr_csv_metrics(hr_buffer *b, const char *scenario, const hr_result *r)
{
    for (int m = 0; m < HR_METRICS && !b->failed; m++)
        for (int t = 0; t < r->years; t++) {
            char year[8];
            hr_year_label(r->start_year + t, year);
            hr_csv_metric_year(b, scenario, (hr_metric)m, year, &r->metric[m * r->years + t]);
        }
}

hr_status hr_output_metrics(hr_output *o, const hr_result *r)
{
    hr_arena *arena = hr_arena_new();
    const char *scenario = arena ? hr_clean_line(arena, r->scenario->name, 0) : NULL;
    hr_buffer b = {.failed = scenario == NULL};
    hr_csv_metrics_head(&b);
    hr_csv_metrics(&b, scenario, r);
    const hr_status status = hr_output_buffer(o, HR_W_METRICS, NULL, &b);
    hr_arena_free(arena);
    return status;
}

static void paths_head(hr_buffer *b, const hr_result *r, hr_arena *arena)
{
    hr_buffer_add(b, "path,year");
    for (int m = 0; m < HR_METRICS; m++)
        hr_buffer_addf(b, ",%s", HR_METRIC_ROWS[m].key);
    for (int s = 0; r->roll && s < r->schools; s++) {
        const char *id = hr_clean_line(arena, r->school[s].id, 0);
        hr_buffer_add(b, ",");
        hr_csv_text(b, id ? id : "");
        b->failed = b->failed || !id;
    }
    hr_buffer_add(b, "\r\n");
}

static void path_row(hr_buffer *b, const hr_result *r, uint64_t path, int year)
{
    char label[8];
    hr_year_label(r->start_year + year, label);
    hr_buffer_addf(b, "%llu,%s", (unsigned long long)path + 1, label);
    for (int m = 0; m < HR_METRICS; m++)
        number_field(b, r->column[(uint64_t)(m * r->years + year) * r->paths + path]);
    for (int s = 0; r->roll && s < r->schools; s++)
        number_field(b, r->roll[(uint64_t)(s * r->years + year) * r->paths + path]);
    hr_buffer_add(b, "\r\n");
}

hr_status hr_output_paths(hr_output *o, const hr_result *r)
{
    if (!r->column) {
        hr_diags_add(o->diags, HR_NOTE, NULL, 0, "no paths.csv: the futures were not kept", NULL);
        return HR_OK;
    }
    hr_arena *arena = hr_arena_new();
    hr_buffer b = {.failed = arena == NULL};
    hr_status status = hr_output_start(o, HR_W_PATHS, NULL);
    if (arena)
        paths_head(&b, r, arena);
    for (uint64_t path = 0; path < r->paths && status == HR_OK; path++) {
        for (int t = 0; t < r->years; t++)
            path_row(&b, r, path, t);
        if (b.bytes >= PIECE_BYTES || b.failed)
            status = hr_output_piece(o, &b);
    }
    if (status == HR_OK)
        status = hr_output_piece(o, &b);
    if (status == HR_OK)
        status = hr_output_end(o);
    hr_buffer_free(&b);
    hr_arena_free(arena);
    return status;
}
