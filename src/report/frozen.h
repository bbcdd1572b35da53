/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that `run` wrote, read back as a forecast: nothing of it is believed that the manifest
 * does not vouch for. */
#ifndef HR_REPORT_FROZEN_H
#define HR_REPORT_FROZEN_H

#include <jansson.h>

#include "analysis/score.h"
#include "headroom/base.h"

typedef struct {
    hr_frozen said;
    const char *folder;
    char manifest_sha256[65], results_sha256[65];
    char paths_sha256[65]; /* by the manifest; empty: the run kept no futures */
    bool paths_there;
} hr_frozen_run;

/* Manifest and results.json. HR_FAILED with a sentence when the folder holds no run of headroom or
 * one whose results.json is not the one that was frozen. Texts live in the arena. */
hr_status hr_frozen_read(hr_frozen_run *r, const char *folder, hr_arena *arena, hr_diags *diags);

/* results.json into `said`: NULL, or what is wrong with it. */
const char *hr_frozen_results(hr_frozen *said, const json_t *root, hr_arena *arena);

/* The futures of every figure from paths.csv, where it is there; its digest is held against the
 * manifest. */
hr_status hr_frozen_paths(const hr_frozen_run *r, hr_score_numbers *s, hr_arena *arena,
                          hr_diags *diags);

/* "FOLDER/NAME" in the arena; NULL when memory is short. */
char *hr_frozen_file(hr_arena *arena, const char *folder, const char *name);

#endif
