/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manifest of a run, and the digests that it vouches for. A forecast that was touched after it
 * was frozen is no forecast. It must not know what results.json says. */
#include "report/frozen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "config/diag.h"
#include "os/folder.h"

enum { MANIFEST_BYTES = 16 << 20, RESULTS_BYTES = 512 << 20 };

char *hr_frozen_file(hr_arena *arena, const char *folder, const char *name)
{
    const size_t bytes = strlen(folder) + strlen(name) + 2;
    char *path = hr_arena_take(arena, bytes);
    if (path)
        (void)snprintf(path, bytes, "%s/%s", folder, name);
    return path;
}

static void digest_of(const char *text, size_t bytes, char hex[65])
{
    hr_sha256 h;
    uint8_t digest[32];
    hr_sha256_begin(&h);
    hr_sha256_add(&h, text, bytes);
    hr_sha256_end(&h, digest);
    hr_sha256_hex(digest, hex);
}

static hr_status refuse(hr_diags *diags, const char *file, const char *hint, const char *sentence)
{
    hr_diags_add(diags, HR_ERROR, file, 0, sentence, hint);
    return HR_FAILED;
}

/* A file of the folder as JSON, and the digest of its bytes. NULL: said in diags. */
static json_t *read_json(const char *path, size_t most, char hex[65], hr_diags *diags)
{
    size_t bytes;
    const char *why;
    json_error_t error;
    char *text = hr_file_read(path, most, &bytes, &why);
    if (!text) {
        hr_diags_add(diags, HR_ERROR, NULL, 0, why,
                     "score reads a folder that was written by `headroom run --out`");
        return NULL;
    }
    digest_of(text, bytes, hex);
    json_t *root = json_loadb(text, bytes, 0, &error);
    free(text);
    if (!root)
        hr_diags_addf(diags, HR_ERROR, path, error.line, NULL, "this is no JSON: %s", error.text);
    return root;
}

/* The digest that the manifest gives for an output; "" where it lists none of that name. */
static void vouched(const json_t *manifest, const char *name, char hex[65])
{
    const json_t *outputs = json_object_get(manifest, "outputs");
    hex[0] = '\0';
    for (size_t i = 0; i < json_array_size(outputs); i++) {
        const json_t *output = json_array_get(outputs, i);
        const char *of = json_string_value(json_object_get(output, "name"));
        const char *sha256 = json_string_value(json_object_get(output, "sha256"));
        if (of && sha256 && strcmp(of, name) == 0 && strlen(sha256) == 64)
            memcpy(hex, sha256, 65);
    }
}

static hr_status read_manifest(hr_frozen_run *r, hr_arena *arena, hr_diags *diags)
{
    const char *path = hr_frozen_file(arena, r->folder, "manifest.json");
    json_t *root = path ? read_json(path, MANIFEST_BYTES, r->manifest_sha256, diags) : NULL;
    if (!root)
        return path ? HR_FAILED : hr_diags_no_memory(diags);
    const char *program = json_string_value(json_object_get(root, "program"));
    vouched(root, "results.json", r->results_sha256);
    vouched(root, "paths.csv", r->paths_sha256);
    const bool ours = program && strcmp(program, "headroom") == 0 && r->results_sha256[0];
    json_decref(root);
    if (!ours)
        return refuse(diags, path, "score reads a folder that was written by `headroom run --out`",
                      "this is no manifest of a run of headroom");
    return HR_OK;
}

static hr_status read_results(hr_frozen_run *r, hr_arena *arena, hr_diags *diags)
{
    char hex[65];
    const char *path = hr_frozen_file(arena, r->folder, "results.json");
    json_t *root = path ? read_json(path, RESULTS_BYTES, hex, diags) : NULL;
    if (!root)
        return path ? HR_FAILED : hr_diags_no_memory(diags);
    hr_status status = HR_OK;
    if (strcmp(hex, r->results_sha256) != 0) {
        status = refuse(diags, path, "take the folder from where it was kept when it was frozen",
                        "this is not the forecast that was frozen: its SHA-256 is not the one in "
                        "manifest.json");
    } else {
        const char *wrong = hr_frozen_results(&r->said, root, arena);
        if (wrong)
            status = refuse(diags, path, NULL, wrong);
    }
    json_decref(root);
    return status;
}

hr_status hr_frozen_read(hr_frozen_run *r, const char *folder, hr_arena *arena, hr_diags *diags)
{
    *r = (hr_frozen_run){.folder = folder};
    hr_status status = read_manifest(r, arena, diags);
    if (status == HR_OK)
        status = read_results(r, arena, diags);
    if (status != HR_OK)
        return status;
    const char *paths = hr_frozen_file(arena, folder, "paths.csv");
    if (!paths)
        return hr_diags_no_memory(diags);
    r->paths_there = hr_file_is_there(paths);
    if (r->paths_there && !r->paths_sha256[0])
        return refuse(diags, paths, NULL,
                      "manifest.json does not know this file: it was put here after the forecast "
                      "was frozen");
    if (!r->paths_there && r->paths_sha256[0])
        hr_diags_add(diags, HR_WARNING, paths, 0,
                     "this file was written by the run and is gone: scores are by the quantiles",
                     NULL);
    return HR_OK;
}
