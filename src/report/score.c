/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `score`: a frozen run held against what happened, from the folder and the CSV to the page and the
 * files. It must not know what the scores say. */
#include "report/score.h"

#include <stdlib.h>
#include <string.h>

#include "config/diag.h"
#include "report/json.h"
#include "report/output.h"

static hr_status reckon(hr_score *s, const char *folder, hr_diags *diags)
{
    hr_status status = hr_frozen_read(&s->run, folder, s->arena, diags);
    if (status == HR_OK)
        status = hr_actuals_read(&s->actuals, s->actuals_path, &s->run.said, s->arena, diags);
    if (status != HR_OK)
        return status;
    if (!hr_score_list(&s->numbers, &s->run.said, s->actuals.row, s->actuals.rows, s->arena))
        return hr_diags_no_memory(diags);
    status = hr_frozen_paths(&s->run, &s->numbers, s->arena, diags);
    if (status == HR_OK && !hr_score_reckon(&s->numbers, s->actuals.row, s->actuals.rows, s->arena))
        status = hr_diags_no_memory(diags);
    return status;
}

hr_status hr_score_new(hr_score **out, const char *folder, const char *actuals, hr_diags *diags)
{
    *out = NULL;
    hr_score *s = calloc(1, sizeof *s);
    if (!s)
        return hr_diags_no_memory(diags);
    s->arena = hr_arena_new();
    const char *kept = s->arena ? hr_arena_text(s->arena, folder) : NULL;
    s->actuals_path = s->arena ? hr_arena_text(s->arena, actuals) : NULL;
    const hr_status status =
        kept && s->actuals_path ? reckon(s, kept, diags) : hr_diags_no_memory(diags);
    if (status == HR_OK)
        *out = s;
    else
        hr_score_free(s);
    return status;
}

void hr_score_free(hr_score *s)
{
    if (!s)
        return;
    for (int i = 0; i < s->numbers.figures; i++)
        free(s->numbers.figure[i].futures);
    hr_arena_free(s->arena);
    free(s);
}

char *hr_score_text(const hr_score *s)
{
    hr_page *p = hr_page_new();
    if (!p)
        return NULL;
    hr_page_add(p, HR_BLOCK_TITLE,
                hr_page_text(p, "%s: the forecast and what happened",
                             hr_page_clean(p, s->run.said.scenario)));
    hr_page_add(p, HR_BLOCK_HEADING, "Verdict");
    hr_build_score_verdict(p, s);
    hr_page_add(p, HR_BLOCK_HEADING, "How little this can say");
    hr_build_score_warning(p, s);
    hr_page_add(p, HR_BLOCK_HEADING, "What it rests on");
    hr_build_score_footing(p, s);
    hr_page_add(p, HR_BLOCK_HEADING, "Tables");
    hr_build_score_figures(p, s);
    hr_build_score_metrics(p, s);
    hr_build_score_chances(p, s);
    hr_build_score_intervals(p, s);
    char *text = hr_page_as_text(p);
    hr_page_free(p);
    return text;
}

static hr_status write_csv(hr_output *o, const hr_score *s)
{
    hr_page *p = hr_page_new();
    const hr_table *t = p ? hr_build_score_csv(p, s) : NULL;
    hr_buffer b = {.failed = t == NULL};
    if (t)
        hr_table_as_csv(t, &b);
    b.failed = b.failed || !p || p->failed;
    hr_page_free(p);
    return hr_output_buffer(o, HR_W_SCORE_CSV, NULL, &b);
}

static void add_input(hr_json *j, json_t *inputs, const char *name, const char *sha256)
{
    json_t *input = json_object();
    hr_json_put(j, input, "name", hr_json_text(j, name));
    hr_json_put(j, input, "sha256", json_string(sha256));
    hr_json_put(j, input, "shipped", json_false());
    hr_json_append(j, inputs, input);
}

static hr_status write_manifest(hr_output *o, const hr_score *s, const char *const *command)
{
    hr_json j = {.arena = hr_arena_new()};
    json_t *root = json_object(), *inputs = json_array();
    j.failed = j.arena == NULL;
    if (!j.failed) {
        add_input(&j, inputs, hr_frozen_file(j.arena, s->run.folder, "manifest.json"),
                  s->run.manifest_sha256);
        add_input(&j, inputs, s->actuals_path, s->actuals.sha256);
        hr_json_put(&j, root, "program", json_string("headroom"));
        hr_json_put(&j, root, "version", json_string(HEADROOM_VERSION));
        hr_json_put(&j, root, "command", hr_output_command(&j, command));
        hr_json_put(&j, root, "inputs", inputs);
        hr_json_put(&j, root, "outputs", hr_output_listed(&j, o));
    }
    char *text = hr_json_finish(&j, root);
    hr_arena_free(j.arena);
    return hr_output_text(o, HR_W_MANIFEST, NULL, text);
}

static hr_status write_all(hr_output *o, const void *what, const hr_write_options *options)
{
    const hr_score *s = what;
    hr_status status = hr_output_text(o, HR_W_SCORE_TEXT, NULL, hr_score_text(s));
    if (status == HR_OK)
        status = hr_output_text(o, HR_W_SCORE_JSON, NULL, hr_score_json(s));
    if (status == HR_OK)
        status = write_csv(o, s);
    return status == HR_OK ? write_manifest(o, s, options->command) : status;
}

hr_status hr_score_write(const hr_score *s, const hr_write_options *options, hr_diags *diags)
{
    if (hr_file_is_in(s->run.folder, options->folder) ||
        hr_file_is_in(s->actuals_path, options->folder)) {
        hr_diags_add(diags, HR_ERROR, options->folder, 0,
                     "the score would take the place of what it is made from",
                     "write it into a folder of its own");
        return HR_USAGE;
    }
    return hr_output_folder(write_all, s, options, diags);
}
