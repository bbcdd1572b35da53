/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder of a run: what goes into it, in which order, and its manifest. */
#include "report/output.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/diag.h"
#include "report/json.h"

static hr_status failed(hr_output *o, const char *why)
{
    hr_diags_add(o->diags, HR_ERROR, NULL, 0, why, NULL);
    return HR_OUTPUT;
}

enum { DRAWN, EXACT };

static const struct {
    const char *file;
    bool exact;
} WRITERS[HR_WRITERS] = {
#define HR_WRITER(name, file, bytes, holds) {file, bytes},
#include "headroom/tables/writers.def"
#undef HR_WRITER
};

static hr_status out_of_room(hr_output *o)
{
    return failed(o, "there are more files to write than an output folder has room for");
}

hr_status hr_output_start(hr_output *o, hr_writer w, const char *figure)
{
    if (o->files == HR_OUTPUT_FILES)
        return out_of_room(o);
    hr_output_file *file = &o->file[o->files];
    const char *star = strchr(WRITERS[w].file, '*');
    const int before = star ? (int)(star - WRITERS[w].file) : HR_OUTPUT_NAME;
    const int length = snprintf(file->name, sizeof file->name, "%.*s%s%s", before, WRITERS[w].file,
                                star ? figure : "", star ? star + 1 : "");
    if (length < 0 || length >= HR_OUTPUT_NAME)
        return out_of_room(o);
    const char *why;
    file->writer = w;
    hr_sha256_begin(&o->digest);
    return hr_folder_start(o->folder, file->name, &why) ? HR_OK : failed(o, why);
}

static hr_status add_bytes(hr_output *o, const char *data, size_t bytes)
{
    const char *why;
    hr_sha256_add(&o->digest, data, bytes);
    return hr_folder_add(o->folder, data, bytes, &why) ? HR_OK : failed(o, why);
}

hr_status hr_output_piece(hr_output *o, hr_buffer *b)
{
    if (b->failed)
        return hr_diags_no_memory(o->diags);
    const hr_status status = b->bytes ? add_bytes(o, b->text, b->bytes) : HR_OK;
    hr_buffer_clear(b);
    return status;
}

hr_status hr_output_end(hr_output *o)
{
    const char *why;
    uint8_t digest[32];
    if (!hr_folder_end(o->folder, &why))
        return failed(o, why);
    hr_sha256_end(&o->digest, digest);
    hr_sha256_hex(digest, o->file[o->files++].sha256);
    return HR_OK;
}

hr_status hr_output_write(hr_output *o, hr_writer w, const char *figure, const char *data,
                          size_t bytes)
{
    hr_status status = hr_output_start(o, w, figure);
    if (status == HR_OK)
        status = add_bytes(o, data, bytes);
    return status == HR_OK ? hr_output_end(o) : status;
}

hr_status hr_output_text(hr_output *o, hr_writer w, const char *figure, char *text)
{
    const hr_status status =
        text ? hr_output_write(o, w, figure, text, strlen(text)) : hr_diags_no_memory(o->diags);
    hr_text_free(text);
    return status;
}

hr_status hr_output_buffer(hr_output *o, hr_writer w, const char *figure, hr_buffer *b)
{
    return hr_output_text(o, w, figure, hr_buffer_take(b));
}

json_t *hr_output_command(hr_json *j, const char *const *command)
{
    json_t *words = json_array();
    for (size_t i = 0; command && command[i]; i++)
        hr_json_append(j, words, hr_json_text(j, command[i]));
    return words;
}

/* Was this file read for an earlier scenario? */
static bool listed_before(const hr_result *const *result, int results, const hr_scenario *s, int i)
{
    for (int k = 0; k < results; k++) {
        const hr_scenario *other = result[k]->scenario;
        for (int n = 0; n < other->inputs; n++)
            if (strcmp(other->input[n].name, s->input[i].name) == 0 &&
                strcmp(other->input[n].sha256, s->input[i].sha256) == 0)
                return true;
    }
    return false;
}

static json_t *listed_inputs(hr_json *j, const hr_result *const *result, int results)
{
    json_t *inputs = json_array();
    for (int k = 0; k < results; k++) {
        const hr_scenario *s = result[k]->scenario;
        for (int i = 0; i < s->inputs; i++) {
            if (listed_before(result, k, s, i))
                continue;
            json_t *input = json_object();
            hr_json_put(j, input, "name", hr_json_text(j, s->input[i].name));
            hr_json_put(j, input, "sha256", json_string(s->input[i].sha256));
            hr_json_put(j, input, "shipped", json_boolean(s->input[i].shipped));
            hr_json_append(j, inputs, input);
        }
    }
    return inputs;
}

static json_t *listed_scenarios(hr_json *j, const hr_result *const *result, int results)
{
    json_t *digests = json_array();
    for (int k = 0; k < results; k++)
        hr_json_append(j, digests, json_string(result[k]->scenario->digest));
    return digests;
}

json_t *hr_output_listed(hr_json *j, const hr_output *o)
{
    json_t *outputs = json_array();
    for (int i = 0; i < o->files; i++) {
        json_t *output = json_object();
        hr_json_put(j, output, "name", json_string(o->file[i].name));
        hr_json_put(j, output, "sha256", json_string(o->file[i].sha256));
        hr_json_put(j, output, "bytes",
                    json_string(WRITERS[o->file[i].writer].exact ? "exact" : "drawn"));
        hr_json_append(j, outputs, output);
    }
    return outputs;
}

hr_status hr_output_manifest(hr_output *o, const hr_result *const *result, int results,
                             const char *const *command)
{
    const hr_result *r = result[0];
    hr_json j = {.arena = hr_arena_new()};
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, r->seed);
    json_t *root = json_object();
    j.failed = j.arena == NULL;
    if (!j.failed) {
        hr_json_put(&j, root, "program", json_string("headroom"));
        hr_json_put(&j, root, "version", json_string(HEADROOM_VERSION));
        hr_json_put(&j, root, "command", hr_output_command(&j, command));
        hr_json_put(&j, root, "seed", json_string(seed));
        hr_json_put(&j, root, "paths", json_integer((json_int_t)r->paths));
        hr_json_put(&j, root, "partial", json_boolean(r->partial));
        hr_json_put(&j, root, "scenario", json_string(r->scenario->digest));
        if (results > 1)
            hr_json_put(&j, root, "scenarios", listed_scenarios(&j, result, results));
        hr_json_put(&j, root, "inputs", listed_inputs(&j, result, results));
        hr_json_put(&j, root, "outputs", hr_output_listed(&j, o));
    }
    char *text = hr_json_finish(&j, root);
    hr_arena_free(j.arena);
    return hr_output_text(o, HR_W_MANIFEST, NULL, text);
}

static hr_status write_charts(hr_output *o, const hr_result *r)
{
    hr_page *p = hr_page_new();
    hr_figure *figure = NULL;
    const int figures = p ? hr_figures_build(p, r, &figure) : 0;
    const hr_status status = hr_output_figures(o, figure, figures);
    hr_page_free(p);
    return status;
}

static hr_status write_all(hr_output *o, const void *what, const hr_write_options *options)
{
    const hr_result *r = what;
    hr_status status = hr_output_text(o, HR_W_SUMMARY, NULL, hr_report_summary(r));
    if (status == HR_OK)
        status = hr_output_text(o, HR_W_RESULTS, NULL, hr_report_json(r));
    if (status == HR_OK)
        status = hr_output_metrics(o, r);
    if (status == HR_OK && options->save_paths)
        status = hr_output_paths(o, r);
    const char *resolved = r->scenario->resolved;
    if (status == HR_OK)
        status = hr_output_write(o, HR_W_RESOLVED, NULL, resolved, strlen(resolved));
    if (status == HR_OK && options->charts)
        status = write_charts(o, r);
    return status == HR_OK ? hr_output_manifest(o, &r, 1, options->command) : status;
}

hr_status hr_output_folder(hr_output_writer write, const void *what,
                           const hr_write_options *options, hr_diags *diags)
{
    const char *why;
    hr_output *o = calloc(1, sizeof *o);
    if (!o)
        return hr_diags_no_memory(diags);
    o->diags = diags;
    o->folder = hr_folder_begin(options->folder, options->force, &why);
    hr_status status = HR_OUTPUT;
    if (!o->folder) {
        (void)failed(o, why);
        goto out;
    }
    status = write(o, what, options);
    if (status != HR_OK)
        hr_folder_abandon(o->folder);
    else if (!hr_folder_commit(o->folder, &why))
        status = failed(o, why);
out:
    free(o);
    return status;
}

hr_status hr_report_may_write(const char *folder, bool force, hr_diags *diags)
{
    const char *why;
    if (hr_folder_may_begin(folder, force, &why))
        return HR_OK;
    hr_diags_add(diags, HR_ERROR, NULL, 0, why, NULL);
    return HR_OUTPUT;
}

hr_status hr_report_write(const hr_result *r, const hr_write_options *options, hr_diags *diags)
{
    return hr_output_folder(write_all, r, options, diags);
}
