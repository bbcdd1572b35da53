/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the national defaults: walks a shipped file in shape and reads every leaf. It must not know
 * what a setting does. */
#include "config/national.h"

#include <string.h>

#include "config/build.h"
#include "config/shape.h"
#include "config/shipped.h"
#include "config/value.h"

enum { ROWS_MOST = 4096 };

typedef struct {
    hr_load *load;
    hr_national_row *row;
    int rows;
} listing;

/* Leaves the leaf's canonical text. */
static void read_leaf(hr_load *l, const hr_field *field, hr_node *leaf)
{
    hr_value value;
    double number, *numbers;
    int32_t whole;
    int count;
    const char *text;
    switch (field->type) {
    case HR_TYPE_REAL:
    case HR_TYPE_BY: (void)hr_value_real(l, field, leaf, field->key, &value); break;
    case HR_TYPE_NUMBER: (void)hr_value_number(l, field, leaf, field->key, &number); break;
    case HR_TYPE_INT: (void)hr_value_int(l, field, leaf, field->key, &whole); break;
    case HR_TYPE_LIST: (void)hr_value_list(l, field, leaf, field->key, &numbers, &count); break;
    case HR_TYPE_FLAG: (void)hr_value_flag(l, leaf, field->key, &whole); break;
    case HR_TYPE_CHOICE: (void)hr_value_choice(l, field, leaf, field->key, &whole); break;
    case HR_TYPE_TEXT: (void)hr_value_text(l, leaf, field->key, &text); break;
    case HR_TYPE_YEAR: (void)hr_value_year(l, leaf, field->key, 0, &whole); break;
    case HR_TYPE_MONTH: (void)hr_value_month(l, leaf, field->key, 0, &whole); break;
    default: break;
    }
}

static void list(listing *all, const hr_group *group, const hr_field *field, const char *where,
                 const char *word, const hr_node *leaf)
{
    hr_node *own = hr_node_copy(all->load, leaf);
    if (own == NULL || all->rows == ROWS_MOST)
        return;
    read_leaf(all->load, field, own);
    all->row[all->rows++] = (hr_national_row){.group = group,
                                              .field = field,
                                              .where = where,
                                              .word = word,
                                              .value = hr_leaf_text(all->load, own),
                                              .source = own->meta->source,
                                              .date = own->meta->date,
                                              .confidence = own->meta->confidence,
                                              .note = own->meta->note};
}

/* Was one value given for every word of a table? Then its leaves come from one that was written. */
static bool one_for_all(const hr_node *table, const hr_field *field)
{
    const hr_choice_set set = (hr_choice_set)field->set;
    for (const hr_node *c = table->child; c != NULL; c = c->next)
        if (c->written != table->child->written)
            return false;
    return table->children == hr_choice_count(set);
}

static void list_table(listing *all, const hr_group *group, const hr_field *field,
                       const char *where, const hr_node *table)
{
    const bool one = one_for_all(table, field);
    for (const hr_node *c = table->child; c != NULL; c = one ? NULL : c->next)
        list(all, group, field, where, one ? NULL : c->name, c);
}

/* The group of a kin that has the field: a candidate's default may be one of its school. */
static const hr_group *whose(const hr_kin *kin, const char *key)
{
    for (int g = 0; g < kin->groups; g++)
        if (hr_group_field(kin->group[g], key) != NULL)
            return kin->group[g];
    return NULL;
}

static void list_group(listing *all, const hr_group *group, const char *where, const hr_node *node)
{
    const hr_kin kin = hr_kin_of(group);
    for (const hr_node *c = node == NULL ? NULL : node->child; c != NULL; c = c->next) {
        const hr_field *field = hr_kin_field(&kin, c->name);
        if (field == NULL || field->type == HR_TYPE_ROWS)
            continue;
        if (field->type == HR_TYPE_ONE)
            list_group(
                all, hr_schema_find(field->child),
                where[0] == '\0' ? c->name : hr_load_textf(all->load, "%s.%s", where, c->name), c);
        else if (field->type == HR_TYPE_BY)
            list_table(all, whose(&kin, c->name), field, where, c);
        else
            list(all, whose(&kin, c->name), field, where, NULL, c);
    }
}

/* Defaults of rows: for all of a group, then by the words of a choice. */
static void list_defaults(listing *all, const hr_node *defaults)
{
    for (const hr_node *g = defaults == NULL ? NULL : defaults->child; g != NULL; g = g->next) {
        const hr_group *group = hr_schema_find(g->name);
        for (const hr_node *c = group == NULL ? NULL : g->child; c != NULL; c = c->next) {
            if (strcmp(c->name, "all") == 0)
                list_group(all, group, "all", c);
            else
                for (const hr_node *word = c->child; word != NULL; word = word->next)
                    list_group(all, group, hr_load_textf(all->load, "%s %s", c->name, word->name),
                               word);
        }
    }
}

const hr_national_row *hr_national_rows(const char *name, hr_arena *arena, int *rows)
{
    static const char *const FOLDERS[] = {"national", NULL};
    const char *file = hr_shipped_find(FOLDERS, name);
    size_t bytes = 0;
    const char *text = file == NULL ? NULL : hr_shipped_text(file, &bytes);
    hr_diags *diags = hr_diags_new();
    hr_load l = {.arena = arena, .diags = diags};
    listing all = {.load = &l, .row = HR_TAKE(arena, hr_national_row, ROWS_MOST)};
    hr_node *raw = text == NULL || diags == NULL || all.row == NULL
                       ? NULL
                       : hr_tree_parse(&l, name, 1, text, bytes);
    hr_node *root = raw == NULL ? NULL : hr_shape_layer(&l, raw, HR_ORIGIN_DEFAULT);
    if (root != NULL) {
        list_group(&all, hr_schema_find("scenario"), "", root);
        list_defaults(&all, hr_node_get(root, "defaults"));
    }
    const bool whole = root != NULL && !l.no_memory && hr_diags_count(diags) == 0;
    hr_diags_free(diags);
    *rows = whole ? all.rows : 0;
    return whole ? all.row : NULL;
}
