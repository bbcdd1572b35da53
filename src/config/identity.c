/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identities: luck hangs on the number of an id, or of the key of an uncertain setting, so no two
 * may have the same number, and a school has one id wherever it stands. It must not know what luck
 * does. */
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "config/check.h"

typedef struct {
    uint32_t number;
    const char *name; /* id or key */
} identity;

typedef struct {
    hr_load *load;
    const hr_params *params;
    identity *entry;
    size_t count, room;
    const char **school; /* ids of schools, each once for each place */
    size_t schools;
} identities;

static void add(identities *all, hr_text text)
{
    const char *name = hr_params_text(all->params, text);
    if (all->count < all->room)
        all->entry[all->count++] = (identity){hr_entity_number(name), name};
}

/* The ids of rows of a group; those of schools are also kept to be compared as texts. */
static void add_ids(identities *all, const char *group, hr_span rows)
{
    const hr_group *schema = hr_schema_find(group);
    const size_t offset = hr_group_field(schema, "id")->offset;
    for (uint32_t i = 0; i < rows.count; i++) {
        hr_text id;
        memcpy(&id, (const char *)all->params + rows.at + i * schema->bytes + offset, sizeof id);
        add(all, id);
        if (strcmp(group, "school") == 0 && all->schools < all->room)
            all->school[all->schools++] = hr_params_text(all->params, id);
    }
}

static void add_rows(identities *all)
{
    const hr_params *p = all->params;
    const hr_params_candidate *candidate = HR_SPAN(p, p->candidates, hr_params_candidate);
    add_ids(all, "area", p->scenario.areas);
    add_ids(all, "risk", p->scenario.risks);
    add_ids(all, "post", p->scenario.centre.posts);
    add_ids(all, "pipeline", p->scenario.pipeline);
    add_ids(all, "school", p->scenario.schools);
    add_ids(all, "candidate", p->candidates);
    for (uint32_t i = 0; i < p->candidates.count; i++) {
        add_ids(all, "school", candidate[i].schools);
        add_ids(all, "condition", candidate[i].conditions);
    }
    for (uint32_t q = 1; q < p->quantities.count; q++) {
        const hr_quantity *quantity = hr_params_quantity(p, q);
        if (quantity->kind == HR_QUANTITY_FUTURE || quantity->kind == HR_QUANTITY_YEAR)
            add(all, quantity->key);
    }
}

static size_t count_most(const hr_params *p)
{
    const hr_params_candidate *c = HR_SPAN(p, p->candidates, hr_params_candidate);
    size_t count = p->quantities.count + p->scenario.areas.count + p->scenario.risks.count +
                   p->scenario.centre.posts.count + p->scenario.pipeline.count +
                   p->scenario.schools.count;
    for (uint32_t i = 0; i < p->candidates.count; i++)
        count += 1 + c[i].schools.count + c[i].conditions.count;
    return count;
}

static int by_number(const void *left, const void *right)
{
    const identity *a = left, *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return strcmp(a->name, b->name);
}

static int by_text(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

/* The row of a candidate, or else of a school, that has the id. */
static const hr_node *place_of(const hr_node *root, const char *id)
{
    const hr_node *row = hr_node_get(hr_node_get(root, "candidates"), id);
    if (row == NULL)
        row = hr_node_get(hr_node_get(root, "schools"), id);
    return row == NULL ? root : row;
}

static void tell_twins(identities *all, const hr_node *root)
{
    qsort(all->school, all->schools, sizeof *all->school, by_text);
    for (size_t i = 1; i < all->schools; i++)
        if (strcmp(all->school[i - 1], all->school[i]) == 0) {
            const hr_node *place = place_of(root, all->school[i]);
            hr_diags_addf(
                all->load->diags, HR_ERROR, place->file, place->line, "give one of them another id",
                "the id \"%s\" is used for two schools, of the trust, a candidate or the pipeline",
                all->school[i]);
        }
}

static void tell_meetings(identities *all, const hr_node *root)
{
    qsort(all->entry, all->count, sizeof *all->entry, by_number);
    for (size_t i = 1; i < all->count; i++) {
        const identity *a = &all->entry[i - 1], *b = &all->entry[i];
        if (a->number == b->number && strcmp(a->name, b->name) != 0)
            hr_diags_addf(all->load->diags, HR_ERROR, root->file, 0, "give one of them another id",
                          "\"%s\" and \"%s\" happen to have the same number of luck", a->name,
                          b->name);
    }
}

void hr_check_identities(hr_load *l, const hr_node *root, const hr_params *params)
{
    identities all = {.load = l, .params = params, .room = count_most(params)};
    all.entry = hr_load_take(l, all.room * sizeof *all.entry);
    all.school = hr_load_take(l, all.room * sizeof *all.school);
    if (all.entry == NULL || all.school == NULL)
        return;
    add_rows(&all);
    tell_twins(&all, root);
    tell_meetings(&all, root);
}
