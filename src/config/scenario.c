/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading a scenario from end to end: layers, defaults of rows, reading, checking, block, register,
 * digest and resolved.cfg. It must not know how any of these is done. */
#include "config/scenario.h"

#include <string.h>

#include "base/sha256.h"
#include "config/build.h"
#include "config/check.h"
#include "config/diag.h"
#include "config/load.h"
#include "config/merge.h"
#include "config/layers.h"
#include "config/resolved.h"
#include "config/stresses.h"

const char *const HR_ORIGIN_WORDS[HR_ORIGINS] = {"default", "scenario", "overlay", "set"};

/* The digest covers keys and values in order of key, and nothing of where they come from. */
static void take_digest(hr_scenario *s)
{
    hr_sha256 hash;
    uint8_t digest[32];
    hr_sha256_begin(&hash);
    for (int i = 0; i < s->assumptions; i++) {
        hr_sha256_add(&hash, s->assumption[i].key, strlen(s->assumption[i].key));
        hr_sha256_add(&hash, "=", 1);
        hr_sha256_add(&hash, s->assumption[i].value, strlen(s->assumption[i].value));
        hr_sha256_add(&hash, "\n", 1);
    }
    hr_sha256_end(&hash, digest);
    hr_sha256_hex(digest, s->digest);
}

static void count_origins(hr_scenario *s)
{
    for (int i = 0; i < s->assumptions; i++) {
        const bool usual = s->assumption[i].origin == HR_ORIGIN_DEFAULT;
        s->given += !usual;
        s->defaults += usual;
        s->unsourced += usual && s->assumption[i].source == NULL;
    }
}

static void list_inputs(hr_load *l, hr_scenario *s)
{
    s->input = hr_load_take(l, (size_t)l->inputs * sizeof *s->input + 1);
    for (int i = 0; s->input != NULL && i < l->inputs; i++) {
        s->input[i].name = hr_load_text(l, l->input[i].name, strlen(l->input[i].name));
        s->input[i].shipped = l->input[i].shipped;
        hr_sha256_hex(l->input[i].digest, s->input[i].sha256);
        s->inputs++;
    }
}

static void list_notes(hr_load *l, hr_scenario *s)
{
    const char **note = hr_load_take(l, (size_t)l->notes * sizeof *note + 1);
    if (note != NULL && l->notes > 0)
        memcpy(note, l->note, (size_t)l->notes * sizeof *note);
    s->note = note;
    s->notes = note == NULL ? 0 : l->notes;
}

static hr_scenario *make(hr_load *l, const hr_node *root, const hr_built *built, const char *path)
{
    hr_scenario *s = hr_load_take(l, sizeof *s);
    if (s == NULL)
        return NULL;
    s->params = built->params;
    s->assumption = built->assumption;
    s->assumptions = built->assumptions;
    s->path = hr_load_text(l, path, strlen(path));
    s->name = hr_params_text(s->params, s->params->scenario.name);
    take_digest(s);
    count_origins(s);
    list_inputs(l, s);
    list_notes(l, s);
    s->stress = hr_stresses_list(l, root, &s->stresses);
    s->resolved = hr_resolved_text(l, root);
    return l->no_memory ? NULL : s;
}

/* Everything up to the block and the register; false when something is wrong or memory is short. */
static bool prepare(hr_load *l, const char *path, const hr_change *change, size_t changes,
                    hr_node **root, hr_built *built)
{
    const hr_node *merged = hr_layers_merged(l, path, change, changes);
    *root = merged == NULL || l->no_memory ? NULL : hr_merge_finish(l, merged);
    if (*root == NULL || l->no_memory)
        return false;
    const bool sound = hr_build(l, *root, built);
    if (l->no_memory || built->params == NULL)
        return false;
    hr_check_scenario(l, *root, sound ? built->params : NULL);
    if (sound)
        hr_check_identities(l, *root, built->params);
    return !l->no_memory && hr_diags_errors(l->diags) == l->errors_before;
}

hr_status hr_scenario_load_in(hr_scenario **out, hr_arena *arena, const char *path,
                              const hr_change *change, size_t changes, hr_diags *diags)
{
    *out = NULL;
    hr_load *l = hr_arena_take(arena, sizeof *l);
    if (l == NULL)
        return hr_diags_no_memory(diags);
    *l = (hr_load){.arena = arena, .diags = diags, .errors_before = hr_diags_errors(diags)};
    hr_node *root = NULL;
    hr_built built = {.params = NULL};
    hr_scenario *s = NULL;
    if (prepare(l, path, change, changes, &root, &built))
        s = make(l, root, &built, path);
    hr_diags_cap(diags, HR_ERRORS_SHOWN);
    if (l->no_memory)
        return hr_diags_no_memory(diags);
    if (s == NULL)
        return HR_INVALID;
    s->arena = arena;
    *out = s;
    return HR_OK;
}

hr_status hr_scenario_load(hr_scenario **out, const char *path, const hr_change *change,
                           size_t changes, hr_diags *diags)
{
    hr_arena *arena = hr_arena_new();
    *out = NULL;
    if (arena == NULL)
        return hr_diags_no_memory(diags);
    const hr_status status = hr_scenario_load_in(out, arena, path, change, changes, diags);
    if (status != HR_OK)
        hr_arena_free(arena);
    return status;
}

void hr_scenario_free(hr_scenario *s)
{
    if (s != NULL)
        hr_arena_free(s->arena);
}

const char *hr_scenario_digest(const hr_scenario *s) { return s->digest; }

size_t hr_scenario_stresses(const hr_scenario *s) { return (size_t)s->stresses; }

const hr_stress_row *hr_scenario_stress(const hr_scenario *s, size_t index)
{
    return index < (size_t)s->stresses ? &s->stress[index] : NULL;
}

const char *hr_scenario_name(const hr_scenario *s) { return s->name; }

bool hr_next_changed(const hr_scenario *first, const hr_scenario *other, int at[2],
                     const hr_assumption *pair[2])
{
    while (at[0] < first->assumptions || at[1] < other->assumptions) {
        const hr_assumption *x = at[0] < first->assumptions ? &first->assumption[at[0]] : NULL;
        const hr_assumption *y = at[1] < other->assumptions ? &other->assumption[at[1]] : NULL;
        const int order = !x ? 1 : !y ? -1 : strcmp(x->key, y->key);
        at[0] += order <= 0;
        at[1] += order >= 0;
        pair[0] = order <= 0 ? x : NULL;
        pair[1] = order >= 0 ? y : NULL;
        if (order != 0 || strcmp(x->value, y->value) != 0)
            return true;
    }
    return false;
}
