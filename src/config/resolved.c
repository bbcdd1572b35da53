/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the settings used as one scenario. Each leaf carries its source and, unless it is the
 * scenario's own, its origin, so that reading it back gives the same register. It must not know
 * values: it repeats the canonical text that reading left on each leaf. */
#include "config/resolved.h"

#include <stdlib.h>
#include <string.h>

#include "config/build.h"
#include "config/layers.h"
#include "config/shape.h"
#include "config/stresses.h"
#include "config/value.h"

typedef struct {
    hr_load *load;
    const hr_node *root;
    char *text; /* owned; malloc */
    size_t size, room;
    bool no_memory;
} writing;

static void put(writing *w, const char *text)
{
    const size_t bytes = strlen(text);
    if (w->size + bytes + 1 > w->room) {
        const size_t room = 2 * w->room + bytes + 65536;
        char *grown = w->no_memory ? NULL : realloc(w->text, room);
        if (grown == NULL) {
            w->no_memory = true;
            return;
        }
        w->text = grown;
        w->room = room;
    }
    memcpy(w->text + w->size, text, bytes + 1);
    w->size += bytes;
}

static void indent(writing *w, int depth)
{
    for (int i = 0; i < depth; i++)
        put(w, "  ");
}

static void open_key(writing *w, int depth, const char *key)
{
    indent(w, depth);
    put(w, key);
    put(w, " = ");
}

/* ---- leaves ---- */

static void put_meta(writing *w, const char *key, const char *value)
{
    if (value == NULL)
        return;
    put(w, " ");
    put(w, key);
    put(w, " = ");
    put(w, hr_quoted(w->load, value));
    put(w, ";");
}

static void put_origin(writing *w, const hr_node *leaf)
{
    const hr_meta *m = leaf->meta;
    if (leaf->origin != HR_ORIGIN_SCENARIO)
        put_meta(w, "origin", HR_ORIGIN_WORDS[leaf->origin]);
    put_meta(w, "source", m->source);
    put_meta(w, "date", m->date);
    put_meta(w, "owner", m->owner);
    put_meta(w, "confidence", m->confidence);
    put_meta(w, "note", m->note);
}

static bool says_more(const hr_node *leaf)
{
    const hr_meta *m = leaf->meta;
    return leaf->origin != HR_ORIGIN_SCENARIO || m->source != NULL || m->date != NULL ||
           m->owner != NULL || m->confidence != NULL || m->note != NULL;
}

static void put_leaf(writing *w, int depth, const char *key, const hr_node *leaf, bool plain)
{
    const char *text = hr_leaf_text(w->load, leaf);
    open_key(w, depth, key);
    if (plain || !says_more(leaf)) {
        put(w, text);
    } else if (leaf->kind == HR_NODE_GROUP || leaf->of_year != NULL) {
        put(w, hr_load_text(w->load, text, strlen(text) - 2)); /* without " }" */
        put_origin(w, leaf);
        put(w, " }");
    } else {
        put(w, "{ value = ");
        put(w, text);
        put(w, ";");
        put_origin(w, leaf);
        put(w, " }");
    }
    put(w, ";\n");
}

/* ---- tables by word ---- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_leaf(hr_load *l, const hr_node *a, const hr_node *b)
{
    const hr_meta *m = a->meta, *n = b->meta;
    return a->origin == b->origin && same_text(m->source, n->source) &&
           same_text(m->date, n->date) && same_text(m->owner, n->owner) &&
           same_text(m->confidence, n->confidence) && same_text(m->note, n->note) &&
           same_text(hr_leaf_text(l, a), hr_leaf_text(l, b));
}

static bool one_for_all(hr_load *l, const hr_field *field, const hr_node *table)
{
    if (table->children != hr_choice_count((hr_choice_set)field->set))
        return false;
    for (const hr_node *c = table->child->next; c != NULL; c = c->next)
        if (!same_leaf(l, table->child, c))
            return false;
    return true;
}

static void put_table(writing *w, int depth, const hr_field *field, const hr_node *table)
{
    if (table->children == 0)
        return;
    if (one_for_all(w->load, field, table)) {
        put_leaf(w, depth, field->key, table->child, false);
        return;
    }
    open_key(w, depth, field->key);
    put(w, "{\n");
    for (int m = 0; m < hr_choice_count((hr_choice_set)field->set); m++) {
        const char *word = hr_choice_word((hr_choice_set)field->set, m);
        const hr_node *leaf = hr_node_get(table, word);
        if (leaf != NULL)
            put_leaf(w, depth + 1, word, leaf, false);
    }
    indent(w, depth);
    put(w, "};\n");
}

/* ---- groups and rows ---- */

static void put_group(writing *w, int depth, const hr_kin *kin, const hr_node *group);

static void put_rows(writing *w, int depth, const hr_field *field, const hr_node *rows)
{
    const hr_kin kin = hr_kin_of(hr_schema_find(field->child));
    if (rows->children == 0)
        return;
    open_key(w, depth, field->key);
    put(w, "(\n");
    for (const hr_node *row = rows->child; row != NULL; row = row->next) {
        indent(w, depth + 1);
        put(w, "{\n");
        put_group(w, depth + 2, &kin, row);
        indent(w, depth + 1);
        put(w, row->next == NULL ? "}\n" : "},\n");
    }
    indent(w, depth);
    put(w, ");\n");
}

static void put_one(writing *w, int depth, const hr_field *field, const hr_node *group)
{
    const hr_kin kin = hr_kin_of(hr_schema_find(field->child));
    open_key(w, depth, field->key);
    put(w, "{\n");
    put_group(w, depth + 1, &kin, group);
    indent(w, depth);
    put(w, "};\n");
}

static void put_left_out(writing *w, const char *list, const char *why)
{
    if (list == NULL)
        return;
    put(w, "# Stresses left out, since ");
    put(w, why);
    put(w, ": ");
    put(w, list);
    put(w, "\n");
}

static void add_to(hr_load *l, const char **list, const char *name)
{
    *list = *list == NULL ? name : hr_load_textf(l, "%s, %s", *list, name);
}

/* Stresses without those that cannot be laid over this file: what they lay stands beside another
 * file, or brings rows, and there are no defaults here to complete them. */
static const hr_node *that_can_be_laid(writing *w, const hr_node *rows)
{
    hr_node *kept = hr_node_new(w->load, HR_NODE_LIST, rows->name, rows);
    const char *files = NULL, *growing = NULL;
    for (const hr_node *row = rows->child; kept != NULL && row != NULL; row = row->next) {
        const hr_node *with = hr_node_sound(row, "with");
        if (with != NULL && hr_layers_is_file(w->load, with))
            add_to(w->load, &files, row->name);
        else if (with != NULL && hr_stresses_adds_rows(w->load, with->text, w->root))
            add_to(w->load, &growing, row->name);
        else
            hr_node_add(kept, hr_node_copy(w->load, row));
    }
    put_left_out(w, files, "a file of their own is laid over");
    put_left_out(w, growing, "they bring rows, which take what they do not say from defaults");
    return kept != NULL ? kept : rows;
}

static void put_field(writing *w, int depth, const hr_group *group, const hr_field *field,
                      const hr_node *node)
{
    if (field->type == HR_TYPE_ONE)
        put_one(w, depth, field, node);
    else if (field->type == HR_TYPE_ROWS)
        put_rows(w, depth, field,
                 hr_group_is_asked(hr_schema_find(field->child)) ? that_can_be_laid(w, node)
                                                                 : node);
    else if (field->type == HR_TYPE_BY)
        put_table(w, depth, field, node);
    else if (!hr_field_is_file(group, field))
        put_leaf(w, depth, field->key, node, hr_field_is_name(group, field));
}

static bool put_before(const hr_kin *kin, int g, const char *key)
{
    for (int earlier = 0; earlier < g; earlier++)
        if (hr_group_field(kin->group[earlier], key) != NULL)
            return true;
    return false;
}

static void put_group(writing *w, int depth, const hr_kin *kin, const hr_node *group)
{
    for (int g = 0; g < kin->groups; g++)
        for (int f = 0; f < kin->group[g]->fields; f++) {
            const hr_field *field = &kin->group[g]->field[f];
            const hr_node *node = hr_node_get(group, field->key);
            if (node != NULL && !put_before(kin, g, field->key))
                put_field(w, depth, kin->group[g], field, node);
        }
}

const char *hr_resolved_text(hr_load *l, const hr_node *root)
{
    writing w = {.load = l, .root = root};
    const hr_kin kin = hr_kin_of(hr_schema_find("scenario"));
    put(&w,
        "# Every setting used, in one file: a scenario that gives the same results.\n"
        "# origin says who gave a setting: default (the national defaults or a world that ships),\n"
        "# overlay or set. A setting without one is the scenario's own.\n"
        "national = \"none\";\n");
    put_group(&w, 0, &kin, root);
    const char *text = w.no_memory ? NULL : hr_load_text(l, w.text, w.size);
    free(w.text);
    l->no_memory = l->no_memory || w.no_memory;
    return l->no_memory ? NULL : text;
}
