/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loader's own tree, and the only file that knows libconfig: a pre-scanned text is parsed,
 * copied here and libconfig's tree is freed. It must not know the schema. */
#include "config/tree.h"

#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "config/prescan.h"

hr_node *hr_node_new(hr_load *l, hr_node_kind kind, const char *name, const hr_node *place)
{
    hr_node *node = hr_load_take(l, sizeof *node);
    if (node == NULL)
        return NULL;
    node->kind = kind;
    node->name = name;
    if (place != NULL) {
        node->file = place->file;
        node->line = place->line;
        node->origin = place->origin;
        node->meta = place->meta;
    }
    return node;
}

void hr_node_add(hr_node *parent, hr_node *child)
{
    if (parent == NULL || child == NULL)
        return;
    child->next = NULL;
    if (parent->last == NULL)
        parent->child = child;
    else
        parent->last->next = child;
    parent->last = child;
    parent->children++;
}

hr_node *hr_node_copy(hr_load *l, const hr_node *node)
{
    hr_node *copy = node == NULL ? NULL : hr_load_take(l, sizeof *copy);
    if (copy == NULL)
        return NULL;
    *copy = *node;
    copy->next = NULL;
    return copy;
}

hr_node *hr_node_get_mutable(hr_node *group, const char *name)
{
    for (hr_node *c = group == NULL ? NULL : group->child; c != NULL; c = c->next)
        if (c->name != NULL && strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

const hr_node *hr_node_get(const hr_node *group, const char *name)
{
    for (const hr_node *c = group == NULL ? NULL : group->child; c != NULL; c = c->next)
        if (c->name != NULL && strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

const hr_node *hr_node_sound(const hr_node *group, const char *name)
{
    const hr_node *leaf = hr_node_get(group, name);
    return leaf != NULL && leaf->canonical != NULL ? leaf : NULL;
}

const char *hr_node_text(const hr_node *group, const char *name)
{
    const hr_node *node = hr_node_get(group, name);
    return node != NULL && node->kind == HR_NODE_TEXT ? node->text : NULL;
}

static int by_name(const void *left, const void *right)
{
    const hr_node *const *a = left, *const *b = right;
    return strcmp((*a)->name, (*b)->name);
}

void hr_node_sort(hr_load *l, hr_node *rows)
{
    if (rows == NULL || rows->children < 2)
        return;
    hr_node **row = hr_load_take(l, (size_t)rows->children * sizeof *row);
    if (row == NULL)
        return;
    int count = 0;
    for (hr_node *c = rows->child; c != NULL; c = c->next)
        row[count++] = c;
    qsort(row, (size_t)count, sizeof *row, by_name);
    rows->child = rows->last = NULL;
    rows->children = 0;
    for (int i = 0; i < count; i++)
        hr_node_add(rows, row[i]);
}

/* Place and memory of a copy out of libconfig. */
typedef struct {
    hr_load *load;
    const char *file;
    int first_line; /* 0: lines are not told */
} copying;

static hr_node *copy_setting(const copying *c, const config_setting_t *setting)
{
    const char *name = config_setting_name(setting);
    hr_node *node = hr_node_new(c->load, HR_NODE_GROUP, NULL, NULL);
    if (node == NULL)
        return NULL;
    if (name != NULL)
        node->name = hr_load_text(c->load, name, strlen(name));
    node->file = c->file;
    node->line =
        c->first_line == 0 ? 0 : (int)config_setting_source_line(setting) + c->first_line - 1;
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_FLOAT:
        node->kind = HR_NODE_NUMBER;
        node->number = config_setting_get_float(setting);
        node->number = node->number == 0.0 ? 0.0 : node->number; /* one zero */
        return node;
    case CONFIG_TYPE_BOOL:
        node->kind = HR_NODE_FLAG;
        node->flag = config_setting_get_bool(setting) != 0;
        return node;
    case CONFIG_TYPE_STRING: {
        const char *text = config_setting_get_string(setting);
        node->kind = HR_NODE_TEXT;
        node->text = hr_load_text(c->load, text, strlen(text));
        return node;
    }
    case CONFIG_TYPE_ARRAY: node->kind = HR_NODE_ARRAY; break;
    case CONFIG_TYPE_LIST: node->kind = HR_NODE_LIST; break;
    default: break;
    }
    const int count = config_setting_length(setting);
    for (int i = 0; i < count; i++)
        hr_node_add(node, copy_setting(c, config_setting_get_elem(setting, (unsigned)i)));
    return node;
}

static void tell_syntax(hr_load *l, const char *file, int first_line, const config_t *config)
{
    const char *said = config_error_text(config);
    const int line = first_line == 0 ? 0 : config_error_line(config) + first_line - 1;
    const char *
        text = "this cannot be read as settings",
       *hint = "look on this line and the one before for a missing = or ; or , or for one too many";
    if (said != NULL && strstr(said, "duplicate") != NULL) {
        text = "this setting is already given in the same group";
        hint = "keep one of the two";
    } else if (said != NULL && strstr(said, "mismatched") != NULL) {
        text = "the entries of this [ ] are not of one kind";
        hint = "use ( ) for a list of different things";
    }
    hr_diags_add(l->diags, HR_ERROR, file, line, text, hint);
}

hr_node *hr_tree_parse(hr_load *l, const char *file, int line, const char *text, size_t bytes)
{
    const char *clean = hr_prescan(l, file, line, text, bytes);
    if (clean == NULL)
        return NULL;
    hr_node *root = NULL;
    config_t config;
    config_init(&config);
    if (config_read_string(&config, clean) == CONFIG_TRUE) {
        const copying c = {.load = l, .file = file, .first_line = line};
        root = copy_setting(&c, config_root_setting(&config));
    } else {
        tell_syntax(l, file, line, &config);
    }
    config_destroy(&config);
    return root;
}
