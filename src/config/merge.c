/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Merging of layers in shape and the last step to the settings used: defaults of rows, removals,
 * order. It must not know values beyond the words that choose a default. */
#include "config/merge.h"

#include <string.h>

#include "base/near.h"

static hr_node *emptied(hr_load *l, const hr_node *node)
{
    hr_node *copy = hr_node_copy(l, node);
    if (copy != NULL) {
        copy->child = copy->last = NULL;
        copy->children = 0;
    }
    return copy;
}

/* The row's mark when it removes; else the row itself laid over what a mark left. */
static hr_node *merge_row(hr_load *l, const hr_node *under, const hr_node *over)
{
    if (over->removes) {
        hr_node *mark = hr_node_copy(l, over);
        if (mark != NULL)
            mark->found = !under->removes || under->found;
        return mark;
    }
    if (under->removes)
        return hr_node_copy(l, over);
    hr_node *row = hr_merge(l, under, over);
    if (row != NULL)
        row->must_exist = false;
    return row;
}

/* A copy of a group without the leaves that another group has too. */
static hr_node *without(hr_load *l, const hr_node *group, const hr_node *gone)
{
    hr_node *kept = emptied(l, group);
    for (const hr_node *c = kept == NULL ? NULL : group->child; c != NULL; c = c->next) {
        const hr_node *twin = hr_node_get(gone, c->name);
        if (twin == NULL || c->shape == HR_SHAPE_ROWS)
            hr_node_add(kept, hr_node_copy(l, c));
        else if (c->shape == HR_SHAPE_GROUP)
            hr_node_add(kept, without(l, c, twin));
    }
    return kept;
}

/* A later layer's default for all rows stands above an earlier layer's default for some of them. */
static hr_node *under_all(hr_load *l, const hr_node *under, const hr_node *all)
{
    hr_node *kept = emptied(l, under);
    for (const hr_node *c = kept == NULL ? NULL : under->child; c != NULL; c = c->next) {
        hr_node *choice = strcmp(c->name, "all") == 0 ? hr_node_copy(l, c) : emptied(l, c);
        if (strcmp(c->name, "all") != 0)
            for (const hr_node *word = c->child; word != NULL; word = word->next)
                hr_node_add(choice, without(l, word, all));
        hr_node_add(kept, choice);
    }
    return kept;
}

static hr_node *merge_defaults(hr_load *l, const hr_node *under, const hr_node *over)
{
    hr_node *merged = emptied(l, over);
    for (const hr_node *c = under->child; c != NULL; c = c->next) {
        const hr_node *twin = hr_node_get(over, c->name), *all = hr_node_get(twin, "all");
        hr_node_add(merged, hr_merge(l, all == NULL ? c : under_all(l, c, all), twin));
    }
    for (const hr_node *c = over->child; c != NULL; c = c->next)
        if (hr_node_get(under, c->name) == NULL)
            hr_node_add(merged, hr_node_copy(l, c));
    return merged;
}

hr_node *hr_merge(hr_load *l, const hr_node *under, const hr_node *over)
{
    if (under == NULL || over == NULL)
        return hr_node_copy(l, over == NULL ? under : over);
    if (under->shape != over->shape || over->shape == HR_SHAPE_LEAF)
        return hr_node_copy(l, over);
    if (over->name != NULL && strcmp(over->name, "defaults") == 0)
        return merge_defaults(l, under, over);
    hr_node *merged = emptied(l, over);
    for (const hr_node *c = under->child; c != NULL; c = c->next) {
        const hr_node *twin = hr_node_get(over, c->name);
        if (twin == NULL)
            hr_node_add(merged, hr_node_copy(l, c));
        else if (over->shape == HR_SHAPE_ROWS)
            hr_node_add(merged, merge_row(l, c, twin));
        else
            hr_node_add(merged, hr_merge(l, c, twin));
    }
    for (const hr_node *c = over->child; c != NULL; c = c->next)
        if (hr_node_get(under, c->name) == NULL)
            hr_node_add(merged, hr_node_copy(l, c));
    return merged;
}

/* ---- defaults of rows ---- */

/* Of a default's settings, those that this row can have: a merging trust has no school's. */
static hr_node *fitting(hr_load *l, const hr_kin *kin, const hr_node *settings)
{
    hr_node *kept = settings == NULL ? NULL : emptied(l, settings);
    for (const hr_node *c = kept == NULL ? NULL : settings->child; c != NULL; c = c->next)
        if (hr_kin_field(kin, c->name) != NULL)
            hr_node_add(kept, hr_node_copy(l, c));
    return kept;
}

/* The word that a row, or else a default laid so far, gives for a choice. */
static const char *chosen_word(const hr_field *choice, const hr_node *row, const hr_node *so_far)
{
    const char *said = hr_node_text(row, choice->key);
    if (said == NULL)
        said = hr_node_text(so_far, choice->key);
    const hr_choice_set set = (hr_choice_set)choice->set;
    return said == NULL ? NULL : hr_choice_word(set, hr_choice_find(set, said));
}

static const hr_node *lay_defaults_of(hr_load *l, const hr_kin *kin, const hr_node *defaults,
                                      const hr_node *row, const hr_node *so_far)
{
    so_far = hr_merge(l, so_far, fitting(l, kin, hr_node_get(defaults, "all")));
    for (const hr_node *c = defaults->child; c != NULL; c = c->next) {
        const hr_field *choice = hr_kin_field(kin, c->name);
        const char *word = choice == NULL ? NULL : chosen_word(choice, row, so_far);
        if (word != NULL)
            so_far = hr_merge(l, so_far, fitting(l, kin, hr_node_get(c, word)));
    }
    return so_far;
}

/* Choices in the order of the schema, whatever the order in a file. */
static const hr_node *in_schema_order(hr_load *l, const hr_kin *kin, const hr_node *defaults)
{
    hr_node *ordered = emptied(l, defaults);
    hr_node_add(ordered, hr_node_copy(l, hr_node_get(defaults, "all")));
    for (int g = kin->groups - 1; g >= 0; g--)
        for (int f = 0; f < kin->group[g]->fields; f++) {
            const hr_field *field = &kin->group[g]->field[f];
            const hr_node *words =
                field->type == HR_TYPE_CHOICE ? hr_node_get(defaults, field->key) : NULL;
            if (words != NULL)
                hr_node_add(ordered, hr_node_copy(l, words));
        }
    return ordered;
}

static hr_kin kin_of_row(const hr_group *group, const hr_node *row)
{
    hr_kin kin = hr_kin_of(group);
    const hr_node *schools = hr_node_get(row, "schools");
    if (strcmp(group->key, "candidate") == 0 && schools != NULL && schools->children > 0)
        kin.groups = 1;
    return kin;
}

static hr_node *with_defaults(hr_load *l, const hr_group *group, const hr_node *defaults,
                              const hr_node *row)
{
    const hr_kin kin = kin_of_row(group, row);
    const hr_node *under = NULL;
    for (int g = kin.groups - 1; g >= 0; g--) {
        const hr_node *own = hr_node_get(defaults, kin.group[g]->key);
        const hr_node *ordered = own == NULL ? NULL : in_schema_order(l, &kin, own);
        if (ordered != NULL)
            under = lay_defaults_of(l, &kin, ordered, row, under);
    }
    return hr_merge(l, under, row);
}

/* ---- the last step ---- */

static void missing_row(hr_load *l, const hr_node *rows, const hr_node *mark, const char *path)
{
    hr_near near;
    hr_near_begin(&near, mark->name);
    for (const hr_node *c = rows->child; c != NULL; c = c->next)
        if (c != mark && !c->removes && !c->must_exist)
            hr_near_offer(&near, c->name);
    hr_diags_addf(l->diags, HR_ERROR, mark->file, mark->line, hr_near_hint(l, &near),
                  "%s has no \"%s\" to %s", path, mark->name, mark->removes ? "remove" : "change");
}

static hr_node *finish_group(hr_load *l, const hr_kin *kin, const hr_node *defaults,
                             const hr_node *group, const char *path);

static hr_node *finish_rows(hr_load *l, const hr_group *group, const hr_node *defaults,
                            const hr_node *rows, const char *path)
{
    hr_node *kept = emptied(l, rows);
    for (const hr_node *c = rows->child; c != NULL; c = c->next) {
        if ((c->removes && !c->found) || c->must_exist)
            missing_row(l, rows, c, path);
        if (c->removes || c->must_exist)
            continue;
        const hr_node *laid = with_defaults(l, group, defaults, c);
        const hr_kin kin = hr_kin_of(group);
        if (laid != NULL)
            hr_node_add(kept, finish_group(l, &kin, defaults, laid,
                                           hr_load_textf(l, "%s.%s", path, c->name)));
    }
    hr_node_sort(l, kept);
    return kept;
}

static hr_node *finish_group(hr_load *l, const hr_kin *kin, const hr_node *defaults,
                             const hr_node *group, const char *path)
{
    hr_node *done = emptied(l, group);
    for (const hr_node *c = group->child; c != NULL; c = c->next) {
        const hr_field *field = hr_kin_field(kin, c->name);
        if (field == NULL)
            continue;
        const char *below = path[0] == '\0' ? c->name : hr_load_textf(l, "%s.%s", path, c->name);
        if (field->type == HR_TYPE_ROWS) {
            hr_node_add(done, finish_rows(l, hr_schema_find(field->child), defaults, c, below));
        } else if (field->type == HR_TYPE_ONE) {
            const hr_kin own = hr_kin_of(hr_schema_find(field->child));
            hr_node_add(done, finish_group(l, &own, defaults, c, below));
        } else {
            hr_node_add(done, hr_node_copy(l, c));
        }
    }
    return done;
}

hr_node *hr_merge_finish(hr_load *l, const hr_node *root)
{
    const hr_kin kin = hr_kin_of(hr_schema_find("scenario"));
    return finish_group(l, &kin, hr_node_get(root, "defaults"), root, "");
}
