/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder as the report sees it: every file that goes in is digested for the manifest. */
#ifndef HR_REPORT_OUTPUT_H
#define HR_REPORT_OUTPUT_H

#include "analysis/result.h"
#include "base/sha256.h"
#include "headroom/report.h"
#include "os/folder.h"
#include "report/buffer.h"

enum { HR_OUTPUT_FILES = 128, HR_OUTPUT_NAME = 64 };

typedef struct {
    char name[HR_OUTPUT_NAME];
    char sha256[65];
    bool exact; /* its bytes are promised on every machine; false: drawn by a tool */
} hr_output_file;

typedef struct {
    hr_folder *folder;
    hr_output_file file[HR_OUTPUT_FILES];
    int files;
    hr_sha256 digest; /* of the file being written in pieces */
    hr_diags *diags;
} hr_output;

/* All of these say what went wrong in `diags` and return HR_OK, HR_OUTPUT or HR_NO_MEMORY. */
hr_status hr_output_write(hr_output *o, const char *name, const char *data, size_t bytes,
                          bool exact);
hr_status hr_output_text(hr_output *o, const char *name,
                         char *text); /* exact; frees text, NULL: no memory */
hr_status hr_output_buffer(hr_output *o, const char *name, hr_buffer *b); /* exact; frees b */

/* In pieces: start, any number of pieces, end. */
hr_status hr_output_start(hr_output *o, const char *name);
hr_status hr_output_piece(hr_output *o, hr_buffer *b); /* empties b */
hr_status hr_output_end(hr_output *o, const char *name, bool exact);

/* metrics.csv, paths.csv and manifest.json. */
hr_status hr_output_metrics(hr_output *o, const hr_result *r);
hr_status hr_output_paths(hr_output *o, const hr_result *r);
hr_status hr_output_manifest(hr_output *o, const hr_result *r, const char *const *command);

/* charts/: every figure as SVG and PNG, the CSV it was drawn from and a text that says what it
 * shows. Where gnuplot is missing a note is left and the other files are written. */
hr_status hr_output_charts(hr_output *o, const hr_result *r);

#endif
