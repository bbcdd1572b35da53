/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder as the report sees it: every file that goes in is digested for the manifest. */
#ifndef HR_REPORT_OUTPUT_H
#define HR_REPORT_OUTPUT_H

#include "analysis/result.h"
#include "base/sha256.h"
#include "headroom/report.h"
#include "os/folder.h"
#include "report/buffer.h"
#include "report/figure.h"
#include "report/json.h"

enum { HR_OUTPUT_FILES = 256, HR_OUTPUT_NAME = 64 };

/* The files of the folder, by the table writers.def: their names and what is promised of their
 * bytes stand there alone. */
typedef enum {
#define HR_WRITER(name, file, bytes, holds) HR_W_##name,
#include "headroom/tables/writers.def"
#undef HR_WRITER
    HR_WRITERS
} hr_writer;

typedef struct {
    char name[HR_OUTPUT_NAME];
    char sha256[65];
    hr_writer writer;
} hr_output_file;

typedef struct {
    hr_folder *folder;
    hr_output_file file[HR_OUTPUT_FILES]; /* the last may be one that is still being written */
    int files;
    hr_sha256 digest; /* of the file being written */
    hr_diags *diags;
} hr_output;

/* All of these say what went wrong in `diags` and return HR_OK, HR_OUTPUT or HR_NO_MEMORY. `figure`
 * is the name of the figure where the writer's file has one, else NULL. */
hr_status hr_output_write(hr_output *o, hr_writer w, const char *figure, const char *data,
                          size_t bytes);
/* Frees text; NULL is memory that ran short. */
hr_status hr_output_text(hr_output *o, hr_writer w, const char *figure, char *text);
hr_status hr_output_buffer(hr_output *o, hr_writer w, const char *figure, hr_buffer *b); /* frees */

/* In pieces: start, any number of pieces, end. */
hr_status hr_output_start(hr_output *o, hr_writer w, const char *figure);
hr_status hr_output_piece(hr_output *o, hr_buffer *b); /* empties b */
hr_status hr_output_end(hr_output *o);

/* The folder of the options, written by `write` beside its name and renamed whole; `what` is handed
 * on to it. */
typedef hr_status (*hr_output_writer)(hr_output *o, const void *what, const hr_write_options *);
hr_status hr_output_folder(hr_output_writer write, const void *what,
                           const hr_write_options *options, hr_diags *diags);

/* For manifests: the command line, and every file written so far with its digest. */
json_t *hr_output_command(hr_json *j, const char *const *command);
json_t *hr_output_listed(hr_json *j, const hr_output *o);

/* metrics.csv, paths.csv and manifest.json, of one scenario or, the manifest, of several. */
hr_status hr_output_metrics(hr_output *o, const hr_result *r);
hr_status hr_output_paths(hr_output *o, const hr_result *r);
hr_status hr_output_manifest(hr_output *o, const hr_result *const *result, int results,
                             const char *const *command);

/* Rows of metrics.csv: its head, one row, a year of a metric, and all of a result. */
void hr_csv_metrics_head(hr_buffer *b);
void hr_csv_metric(hr_buffer *b, const char *scenario, const hr_metric_row *row, const char *year,
                   const char *statistic, hr_estimate e);
void hr_csv_row(hr_buffer *b, const char *scenario, const char *metric, const char *unit,
                const char *year, const char *statistic, hr_estimate e);
void hr_csv_metric_year(hr_buffer *b, const char *scenario, hr_metric metric, const char *year,
                        const hr_metric_result *m);
void hr_csv_metrics(hr_buffer *b, const char *scenario, const hr_result *r);

/* charts/: every figure as SVG and PNG, the CSV it was drawn from and a text that says what it
 * shows. Where gnuplot is missing a note is left and the other files are written. */
hr_status hr_output_figures(hr_output *o, const hr_figure *figure, int figures);

#endif
