/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shaping of one layer: names, rows, tables by word, sources and defaults of rows. It must not know
 * values, nor other layers. */
#include "config/shape.h"

#include <string.h>

#include "base/near.h"
#include "model/expr.h"

static const char *const META_KEYS[] = {"source", "date", "owner", "confidence", "note", "origin"};
enum { META_COUNT = 6 };

typedef struct {
    hr_load *load;
    hr_origin origin;
} shaping;

hr_kin hr_kin_of(const hr_group *group)
{
    hr_kin kin = {.group = {group}, .groups = 1};
    if (strcmp(group->key, "pipeline") == 0)
        kin.group[kin.groups++] = hr_schema_find("candidate");
    if (kin.groups == 2 || strcmp(group->key, "candidate") == 0)
        kin.group[kin.groups++] = hr_schema_find("school");
    return kin;
}

const hr_field *hr_kin_field(const hr_kin *kin, const char *key)
{
    for (int g = 0; g < kin->groups; g++) {
        const hr_field *field = hr_group_field(kin->group[g], key);
        if (field != NULL)
            return field;
    }
    return NULL;
}

const char *hr_kin_hint(hr_load *l, const hr_kin *kin, const char *wanted)
{
    hr_near near;
    hr_near_begin(&near, wanted);
    for (int g = 0; g < kin->groups; g++)
        for (int f = 0; f < kin->group[g]->fields; f++)
            hr_near_offer(&near, kin->group[g]->field[f].key);
    return hr_near_hint(l, &near);
}

bool hr_meta_key(const char *key)
{
    for (int i = 0; i < META_COUNT; i++)
        if (strcmp(META_KEYS[i], key) == 0)
            return true;
    return false;
}

const char *hr_slug(hr_load *l, const char *name)
{
    char *slug = hr_load_take(l, strlen(name) + 1);
    size_t length = 0;
    if (slug == NULL)
        return "";
    for (const char *c = name; *c != '\0'; c++) {
        const char low = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
        if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9'))
            slug[length++] = low;
        else if (length > 0 && slug[length - 1] != '_')
            slug[length++] = '_';
    }
    while (length > 0 && slug[length - 1] == '_')
        slug[--length] = '\0';
    return slug;
}

static const char *join(const shaping *s, const char *path, const char *key)
{
    return path[0] == '\0' ? key : hr_load_textf(s->load, "%s.%s", path, key);
}

static void unknown_key(const shaping *s, const hr_kin *kin, const hr_node *node, const char *path)
{
    hr_diags_addf(s->load->diags, HR_ERROR, node->file, node->line,
                  hr_kin_hint(s->load, kin, node->name), "\"%s\" is not a setting of %s",
                  node->name, path[0] == '\0' ? "a scenario" : path);
}

/* ---- sources ---- */

static const char **meta_slot(hr_meta *meta, int key)
{
    const char **slot[META_COUNT] = {&meta->source,     &meta->date, &meta->owner,
                                     &meta->confidence, &meta->note, &meta->origin};
    return slot[key];
}

static bool one_of(const char *word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static void check_meta(const shaping *s, const hr_node *node, const char *key, const char *path)
{
    static const char *const CONFIDENCE[] = {"high", "medium", "low"};
    if (node->kind != HR_NODE_TEXT)
        hr_diags_addf(s->load->diags, HR_ERROR, node->file, node->line, NULL,
                      "%s is a text in quotes", join(s, path, key));
    else if (strcmp(key, "confidence") == 0 && !one_of(node->text, CONFIDENCE, 3))
        hr_diags_addf(s->load->diags, HR_ERROR, node->file, node->line, NULL,
                      "%s is \"%s\"; it is high, medium or low", join(s, path, key), node->text);
    else if (strcmp(key, "origin") == 0 && !one_of(node->text, HR_ORIGIN_WORDS, HR_ORIGINS))
        hr_diags_addf(s->load->diags, HR_ERROR, node->file, node->line, NULL,
                      "%s is \"%s\"; it is default, scenario, overlay or set", join(s, path, key),
                      node->text);
}

/* The sources that hold inside a group: its own over those around it. */
static const hr_meta *meta_of(const shaping *s, const hr_node *raw, const hr_meta *around,
                              const char *path)
{
    hr_meta *own = NULL;
    for (int k = 0; k < META_COUNT; k++) {
        const hr_node *node = hr_node_get(raw, META_KEYS[k]);
        if (node == NULL)
            continue;
        check_meta(s, node, META_KEYS[k], path);
        if (own == NULL)
            own = hr_load_take(s->load, sizeof *own);
        if (own == NULL)
            return around;
        if (node->kind == HR_NODE_TEXT)
            *meta_slot(own, k) = node->text;
    }
    if (own == NULL)
        return around;
    for (int k = 0; k < META_COUNT; k++)
        if (*meta_slot(own, k) == NULL)
            *meta_slot(own, k) = *meta_slot((hr_meta *)(uintptr_t)around, k);
    return own;
}

static hr_origin origin_of(const shaping *s, const hr_meta *meta)
{
    for (int o = 0; o < HR_ORIGINS; o++)
        if (meta->origin != NULL && strcmp(meta->origin, HR_ORIGIN_WORDS[o]) == 0)
            return (hr_origin)o;
    return s->origin;
}

/* ---- leaves ---- */

static hr_node *leaf_new(const shaping *s, const hr_node *value, const char *name,
                         const hr_node *place, const hr_meta *meta)
{
    hr_node *leaf = hr_node_copy(s->load, value);
    if (leaf == NULL)
        return NULL;
    leaf->shape = HR_SHAPE_LEAF;
    leaf->name = name;
    leaf->file = place->file;
    leaf->line = place->line;
    leaf->written = place;
    leaf->meta = meta;
    leaf->origin = origin_of(s, meta);
    return leaf;
}

/* A distribution without its sources and its of_year, which the leaf carries. */
static hr_node *bare_distribution(const shaping *s, const hr_node *raw)
{
    hr_node *bare = hr_node_copy(s->load, raw);
    if (bare == NULL)
        return NULL;
    bare->child = bare->last = NULL;
    bare->children = 0;
    for (const hr_node *c = raw->child; c != NULL; c = c->next)
        if (!hr_meta_key(c->name) && strcmp(c->name, "of_year") != 0)
            hr_node_add(bare, hr_node_copy(s->load, c));
    return bare;
}

static void check_value_group(const shaping *s, const hr_node *raw, const char *path)
{
    for (const hr_node *c = raw->child; c != NULL; c = c->next)
        if (!hr_meta_key(c->name) && strcmp(c->name, "of_year") != 0 &&
            strcmp(c->name, "value") != 0)
            hr_diags_addf(
                s->load->diags, HR_ERROR, c->file, c->line,
                "beside a value stand only of_year, source, date, owner, confidence and note",
                "\"%s\" does not belong beside the value of %s", c->name, path);
}

static hr_node *shape_leaf(const shaping *s, const hr_node *raw, const char *name, const char *path,
                           const hr_meta *around)
{
    if (raw->kind != HR_NODE_GROUP)
        return leaf_new(s, raw, name, raw, around);
    const hr_meta *meta = meta_of(s, raw, around, path);
    const hr_node *of_year = hr_node_get(raw, "of_year");
    const hr_node *value = hr_node_get(raw, "value");
    hr_node *leaf;
    if (value != NULL && value->kind == HR_NODE_GROUP) {
        check_value_group(s, raw, path);
        leaf = shape_leaf(s, value, name, path, meta);
    } else if (value != NULL) {
        check_value_group(s, raw, path);
        leaf = leaf_new(s, value, name, raw, meta);
    } else {
        leaf = leaf_new(s, bare_distribution(s, raw), name, raw, meta);
    }
    if (leaf != NULL && of_year != NULL)
        leaf->of_year = of_year;
    return leaf;
}

/* ---- tables by word ---- */

static bool is_one_value(const hr_node *raw)
{
    return raw->kind != HR_NODE_GROUP || hr_node_get(raw, "value") != NULL ||
           hr_node_get(raw, "dist") != NULL;
}

static void unknown_word(const shaping *s, hr_choice_set set, const hr_node *node, const char *path)
{
    hr_near near;
    hr_near_begin(&near, node->name);
    for (int m = 0; m < hr_choice_count(set); m++)
        hr_near_offer(&near, hr_choice_word(set, m));
    hr_near_offer(&near, "all");
    const char *hint = hr_near_hint(s->load, &near);
    if (hint == NULL)
        hint = hr_load_textf(s->load, "use %s or all", hr_choices_text(s->load, set));
    hr_diags_addf(s->load->diags, HR_ERROR, node->file, node->line, hint,
                  "\"%s\" is not a word of %s, which is given by %s", node->name, path,
                  hr_choice_set_name(set));
}

static hr_node *shape_by(const shaping *s, const hr_field *field, const hr_node *raw,
                         const char *path, const hr_meta *around)
{
    const hr_choice_set set = (hr_choice_set)field->set;
    hr_node *table = hr_node_new(s->load, HR_NODE_GROUP, field->key, raw);
    if (table == NULL)
        return NULL;
    table->shape = HR_SHAPE_GROUP;
    const bool one = is_one_value(raw);
    const hr_meta *meta = one ? around : meta_of(s, raw, around, path);
    const hr_node *all = one ? raw : hr_node_get(raw, "all");
    const hr_node *shared = all == NULL ? NULL : shape_leaf(s, all, field->key, path, meta);
    for (const hr_node *c = one ? NULL : raw->child; c != NULL; c = c->next)
        if (!hr_meta_key(c->name) && strcmp(c->name, "all") != 0 &&
            hr_choice_find(set, c->name) < 0)
            unknown_word(s, set, c, path);
    for (int m = 0; m < hr_choice_count(set); m++) {
        const char *word = hr_choice_word(set, m);
        const hr_node *own = one ? NULL : hr_node_get(raw, word);
        hr_node *leaf = own != NULL ? shape_leaf(s, own, word, join(s, path, word), meta)
                                    : hr_node_copy(s->load, shared);
        if (leaf != NULL)
            leaf->name = word;
        hr_node_add(table, leaf);
    }
    return table;
}

/* ---- groups and rows ---- */

static hr_node *shape_group(const shaping *s, const hr_kin *kin, const hr_node *raw,
                            const char *name, const char *path, const hr_meta *around);

static bool is_plain(const hr_node *node, hr_node_kind kind)
{
    return node != NULL && node->kind == kind;
}

static bool id_is_sound(const char *id)
{
    const size_t length = hr_id_length(id);
    return id[length] == '\0' && length >= 1 && length <= HR_ID_MAX;
}

/* Two keys that move together are one pair in whichever order they stand. */
static const char *pair_name(const shaping *s, hr_node *row)
{
    hr_node *a = hr_node_get_mutable(row, "a"), *b = hr_node_get_mutable(row, "b");
    if (!is_plain(a, HR_NODE_TEXT) || !is_plain(b, HR_NODE_TEXT))
        return NULL;
    if (strcmp(a->text, b->text) > 0) {
        const char *swap = a->text;
        a->text = b->text;
        b->text = swap;
    }
    return hr_load_textf(s->load, "%s+%s", a->text, b->text);
}

/* The name by which a row is merged; NULL (and an error) when it has none. */
static const char *row_name(const shaping *s, const hr_group *group, hr_node *row, const char *path)
{
    const char *wanted = "id", *name = hr_node_text(row, "id");
    if (strcmp(group->key, "correlation") == 0) {
        wanted = "two keys, a and b";
        name = pair_name(s, row);
    } else if (strcmp(group->key, "history") == 0) {
        wanted = "year";
        name = hr_node_text(row, "year");
    } else {
        const bool made =
            name == NULL && strcmp(group->key, "target") == 0 && hr_node_text(row, "name") != NULL;
        if (made) {
            hr_node *id = hr_node_new(s->load, HR_NODE_TEXT, "id", row);
            name = hr_slug(s->load, hr_node_text(row, "name"));
            if (id != NULL)
                id->text = name;
            hr_node_add(row, id);
        }
        if (name != NULL && !id_is_sound(name)) {
            hr_diags_addf(s->load->diags, HR_ERROR, row->file, row->line,
                          made ? "give the target an id of its own, such as id = \"pupils\";"
                               : "such as st-marks",
                          "\"%s\" cannot be an id: up to 64 letters of a to z, digits, - and _",
                          name);
            return NULL;
        }
    }
    if (name == NULL)
        hr_diags_addf(s->load->diags, HR_ERROR, row->file, row->line, NULL, "a row of %s has no %s",
                      path, wanted);
    return name;
}

static hr_node *shape_row(const shaping *s, const hr_kin *kin, const hr_node *raw, const char *path,
                          const hr_meta *around)
{
    const char *id = hr_node_text(raw, "id");
    hr_node *row = shape_group(s, kin, raw, NULL, id == NULL ? path : join(s, path, id), around);
    if (row == NULL)
        return NULL;
    const hr_node *removes = hr_node_get(raw, "remove");
    if (removes != NULL && removes->kind != HR_NODE_FLAG)
        hr_diags_addf(s->load->diags, HR_ERROR, removes->file, removes->line, NULL,
                      "remove is true or false");
    row->removes = is_plain(removes, HR_NODE_FLAG) && removes->flag;
    row->must_exist = raw->must_exist;
    row->name = row_name(s, kin->group[0], row, path);
    return row->name == NULL ? NULL : row;
}

static hr_node *shape_rows(const shaping *s, const hr_field *field, const hr_node *raw,
                           const char *path, const hr_meta *around)
{
    const hr_kin kin = hr_kin_of(hr_schema_find(field->child));
    hr_node *rows = hr_node_new(s->load, HR_NODE_LIST, field->key, raw);
    if (rows == NULL)
        return NULL;
    rows->shape = HR_SHAPE_ROWS;
    if (raw->kind != HR_NODE_LIST && raw->children + (raw->kind != HR_NODE_ARRAY) > 0) {
        hr_diags_addf(s->load->diags, HR_ERROR, raw->file, raw->line, "write ( { ... }, { ... } )",
                      "%s is a list of groups", path);
        return rows;
    }
    for (const hr_node *c = raw->child; c != NULL; c = c->next) {
        if (c->kind != HR_NODE_GROUP) {
            hr_diags_addf(s->load->diags, HR_ERROR, c->file, c->line, "write ( { ... }, { ... } )",
                          "%s is a list of groups", path);
            continue;
        }
        hr_node *row = shape_row(s, &kin, c, path, around);
        const hr_node *twin = row == NULL ? NULL : hr_node_get(rows, row->name);
        if (twin != NULL)
            hr_diags_addf(s->load->diags, HR_ERROR, c->file, c->line, NULL,
                          "%s already has \"%s\", at line %d", path, row->name, twin->line);
        else
            hr_node_add(rows, row);
    }
    return rows;
}

static hr_node *shape_one(const shaping *s, const hr_field *field, const hr_node *raw,
                          const char *path, const hr_meta *around)
{
    const hr_kin kin = hr_kin_of(hr_schema_find(field->child));
    if (raw->kind == HR_NODE_GROUP)
        return shape_group(s, &kin, raw, field->key, path, around);
    hr_diags_addf(s->load->diags, HR_ERROR, raw->file, raw->line, "write { ... }",
                  "%s is a group of settings", path);
    return NULL;
}

static hr_node *shape_field(const shaping *s, const hr_field *field, const hr_node *raw,
                            const char *path, const hr_meta *around)
{
    switch (field->type) {
    case HR_TYPE_ONE: return shape_one(s, field, raw, path, around);
    case HR_TYPE_ROWS: return shape_rows(s, field, raw, path, around);
    case HR_TYPE_BY: return shape_by(s, field, raw, path, around);
    default: return shape_leaf(s, raw, field->key, path, around);
    }
}

static hr_node *shape_group(const shaping *s, const hr_kin *kin, const hr_node *raw,
                            const char *name, const char *path, const hr_meta *around)
{
    hr_node *group = hr_node_new(s->load, HR_NODE_GROUP, name, raw);
    if (group == NULL)
        return NULL;
    group->shape = HR_SHAPE_GROUP;
    group->meta = meta_of(s, raw, around, path);
    group->origin = origin_of(s, group->meta);
    const bool root = path[0] == '\0';
    for (const hr_node *c = raw->child; c != NULL; c = c->next) {
        const hr_field *field = hr_kin_field(kin, c->name);
        if (field != NULL)
            hr_node_add(group, shape_field(s, field, c, join(s, path, c->name), group->meta));
        else if (!hr_meta_key(c->name) && strcmp(c->name, root ? "defaults" : "remove") != 0)
            unknown_key(s, kin, c, path);
    }
    return group;
}

/* ---- defaults of rows: defaults.GROUP.all and defaults.GROUP.CHOICE.WORD ---- */

static bool has_rows(const char *group)
{
    for (int g = 0; g < hr_schema_groups(); g++)
        for (int f = 0; f < hr_schema_group(g)->fields; f++) {
            const hr_field *field = &hr_schema_group(g)->field[f];
            if (field->type == HR_TYPE_ROWS && strcmp(field->child, group) == 0)
                return true;
        }
    return false;
}

static hr_node *group_at(const shaping *s, const hr_node *raw, const char *path,
                         const hr_meta *around)
{
    if (raw->kind != HR_NODE_GROUP) {
        hr_diags_addf(s->load->diags, HR_ERROR, raw->file, raw->line, "write { ... }",
                      "%s is a group of settings", path);
        return NULL;
    }
    hr_node *group = hr_node_new(s->load, HR_NODE_GROUP, raw->name, raw);
    if (group != NULL) {
        group->shape = HR_SHAPE_GROUP;
        group->meta = meta_of(s, raw, around, path);
    }
    return group;
}

static hr_node *shape_words(const shaping *s, const hr_kin *kin, const hr_field *choice,
                            const hr_node *raw, const char *path, const hr_meta *around)
{
    hr_node *words = group_at(s, raw, path, around);
    for (const hr_node *c = words == NULL ? NULL : raw->child; c != NULL; c = c->next) {
        if (hr_meta_key(c->name))
            continue;
        const char *below = join(s, path, c->name);
        if (hr_choice_find((hr_choice_set)choice->set, c->name) < 0)
            unknown_word(s, (hr_choice_set)choice->set, c, path);
        else if (c->kind == HR_NODE_GROUP)
            hr_node_add(words, shape_group(s, kin, c, c->name, below, words->meta));
        else
            (void)group_at(s, c, below, words->meta);
    }
    return words;
}

static hr_node *shape_defaults_of(const shaping *s, const hr_node *raw, const char *path,
                                  const hr_meta *around)
{
    const hr_kin kin = hr_kin_of(hr_schema_find(raw->name));
    hr_node *group = group_at(s, raw, path, around);
    for (const hr_node *c = group == NULL ? NULL : raw->child; c != NULL; c = c->next) {
        const char *below = join(s, path, c->name);
        const hr_field *field = hr_kin_field(&kin, c->name);
        if (strcmp(c->name, "all") == 0 && c->kind == HR_NODE_GROUP)
            hr_node_add(group, shape_group(s, &kin, c, c->name, below, group->meta));
        else if (field != NULL && field->type == HR_TYPE_CHOICE)
            hr_node_add(group, shape_words(s, &kin, field, c, below, group->meta));
        else if (!hr_meta_key(c->name))
            hr_diags_addf(s->load->diags, HR_ERROR, c->file, c->line,
                          "put it in \"all\", or under a choice and its word, as in phase = { "
                          "primary = { ... } }",
                          "\"%s\" cannot stand in %s", c->name, path);
    }
    return group;
}

static hr_node *shape_defaults(const shaping *s, const hr_node *raw, const hr_meta *around)
{
    hr_node *defaults = group_at(s, raw, "defaults", around);
    for (const hr_node *c = defaults == NULL ? NULL : raw->child; c != NULL; c = c->next) {
        if (hr_meta_key(c->name))
            continue;
        if (hr_schema_find(c->name) != NULL && has_rows(c->name)) {
            hr_node_add(defaults,
                        shape_defaults_of(s, c, join(s, "defaults", c->name), defaults->meta));
            continue;
        }
        hr_near near;
        hr_near_begin(&near, c->name);
        for (int g = 0; g < hr_schema_groups(); g++)
            if (has_rows(hr_schema_group(g)->key))
                hr_near_offer(&near, hr_schema_group(g)->key);
        hr_diags_addf(s->load->diags, HR_ERROR, c->file, c->line, hr_near_hint(s->load, &near),
                      "\"%s\" is not a kind of row that has defaults", c->name);
    }
    return defaults;
}

hr_node *hr_shape_layer(hr_load *l, const hr_node *raw, hr_origin origin)
{
    static const hr_meta NOTHING = {NULL, NULL, NULL, NULL, NULL, NULL};
    const shaping s = {.load = l, .origin = origin};
    const hr_kin kin = hr_kin_of(hr_schema_find("scenario"));
    hr_node *root = shape_group(&s, &kin, raw, NULL, "", &NOTHING);
    const hr_node *defaults = hr_node_get(raw, "defaults");
    if (root != NULL && defaults != NULL)
        hr_node_add(root, shape_defaults(&s, defaults, root->meta));
    return root;
}
