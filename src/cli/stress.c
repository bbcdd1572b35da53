/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command `stress`. Each --with is a stress; without any, the scenario's own list is taken.
 * --set belongs to the scenario and so to all. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/terminal.h"

typedef struct {
    hr_scenario *base, *together, *with[HR_STRESSES_MOST];
    hr_stressed stress[HR_STRESSES_MOST];
    char *id[HR_STRESSES_MOST]; /* made here, of --with */
    size_t count, overlays;
} stresses;

/* "pay-shock" of "overlays/pay-shock.cfg". */
static char *stem_of(const char *text)
{
    const char *slash = strrchr(text, '/'), *name = slash ? slash + 1 : text;
    const char *dot = strrchr(name, '.');
    const size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    char *stem = calloc(length + 1, 1);
    if (stem)
        memcpy(stem, name, length);
    return stem;
}

static hr_status too_many(hr_diags *diags)
{
    hr_diags_addf(diags, HR_ERROR, NULL, 0, "run some of them at a time",
                  "there are more than %u stresses", HR_STRESSES_MOST);
    return HR_USAGE;
}

static hr_status take_given(stresses *s, const hr_options *o, hr_diags *diags)
{
    for (size_t i = 0; i < o->changes; i++) {
        if (o->change[i].kind != HR_CHANGE_WITH)
            continue;
        if (s->count == HR_STRESSES_MOST)
            return too_many(diags);
        char *id = stem_of(o->change[i].text);
        if (!id)
            return HR_NO_MEMORY;
        s->id[s->count] = id;
        s->stress[s->count++] = (hr_stressed){.id = id, .name = id, .with = o->change[i].text};
    }
    return HR_OK;
}

static hr_status take_listed(stresses *s, hr_diags *diags)
{
    const hr_stress_row *row;
    for (size_t i = 0; (row = hr_scenario_stress(s->base, i)) != NULL; i++) {
        if (s->count == HR_STRESSES_MOST)
            return too_many(diags);
        s->stress[s->count++] = (hr_stressed){.id = row->id,
                                              .name = row->name,
                                              .with = row->with,
                                              .driver = row->driver,
                                              .from_pct = row->from_pct,
                                              .to_pct = row->to_pct,
                                              .source = row->source,
                                              .date = row->date,
                                              .note = row->note};
    }
    return HR_OK;
}

static int by_id(const void *left, const void *right)
{
    const hr_stressed *const *a = left, *const *b = right;
    return strcmp((*a)->id, (*b)->id);
}

/* Stresses laid over, in order of id, so that the order in which they are said changes nothing. */
static size_t in_order(const stresses *s, const hr_stressed *order[HR_STRESSES_MOST])
{
    size_t overlays = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->stress[i].with)
            order[overlays++] = &s->stress[i];
    qsort(order, overlays, sizeof *order, by_id);
    return overlays;
}

static size_t settings_of(const hr_options *o, hr_change *change)
{
    size_t changes = 0;
    for (size_t i = 0; i < o->changes; i++)
        if (o->change[i].kind == HR_CHANGE_SET)
            change[changes++] = o->change[i];
    return changes;
}

/* The base with each stress by itself, and with all; every mistake is told, the first decides. */
static hr_status load_stressed(stresses *s, const hr_options *o, hr_change *change, size_t sets,
                               hr_diags *diags)
{
    hr_status first = HR_OK;
    for (size_t i = 0; i < s->count; i++) {
        if (!s->stress[i].with)
            continue;
        change[sets] = (hr_change){.kind = HR_CHANGE_WITH, .text = s->stress[i].with};
        const hr_status one =
            hr_command_load_another(&s->with[i], o->operand, change, sets + 1, diags);
        s->stress[i].scenario = s->with[i];
        first = first == HR_OK ? one : first;
    }
    const hr_stressed *order[HR_STRESSES_MOST];
    s->overlays = in_order(s, order);
    if (first != HR_OK || s->overlays < 2)
        return first;
    for (size_t i = 0; i < s->overlays; i++)
        change[sets + i] = (hr_change){.kind = HR_CHANGE_WITH, .text = order[i]->with};
    return hr_command_load_another(&s->together, o->operand, change, sets + s->overlays, diags);
}

static hr_status load_all(stresses *s, const hr_options *o, hr_diags *diags)
{
    hr_change *change = calloc(o->changes + HR_STRESSES_MOST + 1, sizeof *change);
    if (!change)
        return HR_NO_MEMORY;
    const size_t sets = settings_of(o, change);
    const hr_status base = hr_command_load_another(&s->base, o->operand, change, sets, diags);
    hr_status status = take_given(s, o, diags);
    if (status == HR_OK && s->count == 0 && base == HR_OK)
        status = take_listed(s, diags);
    if (status == HR_OK)
        status = load_stressed(s, o, change, sets, diags);
    free(change);
    return base != HR_OK ? base : status;
}

static hr_status simulate(hr_stresses **out, const stresses *s, const hr_options *o,
                          hr_diags *diags)
{
    hr_progress progress = hr_progress_begin(o->quiet);
    const hr_run_options run = hr_command_run_options(o, &progress);
    const hr_status status = hr_stress(out, s->base, s->stress, s->count, s->together, &run, diags);
    hr_progress_end(&progress);
    return status;
}

static hr_status write_folder(const hr_stresses *s, const hr_options *o,
                              const char *const *recorded, hr_diags *diags)
{
    hr_command_folder f;
    if (!o->out)
        return HR_OK;
    const bool taken = hr_command_folder_of(&f, o, recorded, hr_stresses_paths_asked(s));
    const hr_status status = taken ? hr_report_stresses_write(s, &f.options, diags) : HR_NO_MEMORY;
    hr_command_folder_free(&f);
    return status;
}

int hr_command_stress(const hr_options *o, const char *const *recorded, hr_diags *diags)
{
    stresses s = {.count = 0};
    hr_stresses *found = NULL;
    hr_status status = load_all(&s, o, diags);
    if (status == HR_OK)
        status = simulate(&found, &s, o, diags);
    int exit_status = hr_status_exit(status);
    if (found) {
        const hr_status written = write_folder(found, o, recorded, diags);
        const int printed = hr_command_print_page(
            o->json ? hr_report_stresses_json(found) : hr_report_stresses(found), o, diags);
        exit_status = hr_command_limit(hr_stresses_limit_passed(found), NULL,
                                       hr_command_ended(status, written, printed), diags);
    }
    hr_stresses_free(found);
    hr_scenario_free(s.base);
    hr_scenario_free(s.together);
    for (size_t i = 0; i < HR_STRESSES_MOST; i++) {
        hr_scenario_free(s.with[i]);
        free(s.id[i]);
    }
    return hr_command_interrupted(exit_status);
}
