/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --set KEY=VALUE: walks the schema and the settings so far, and makes the smallest layer that
 * holds the one value. It must not know more of a value than whether its words need quotes. */
#include "config/set.h"

#include <string.h>

#include "config/merge.h"
#include "config/prescan.h"
#include "base/near.h"

typedef struct {
    hr_load *load;
    const char *file;  /* "--set KEY=VALUE", for messages */
    const char *value; /* as written */
    bool failed;
} setting;

static void fail(setting *s, const char *hint, const char *text)
{
    hr_diags_add(s->load->diags, HR_ERROR, s->file, 0, text, hint);
    s->failed = true;
}

static hr_node *node_new(const setting *s, hr_node_kind kind, const char *name)
{
    hr_node *node = hr_node_new(s->load, kind, name, NULL);
    if (node != NULL)
        node->file = s->file;
    return node;
}

const char *hr_set_bare_text(hr_load *l, const char *value)
{
    const size_t length = strlen(value);
    if (length >= 2 && value[0] == '"' && value[length - 1] == '"')
        return hr_load_text(l, value + 1, length - 2);
    return hr_load_text(l, value, length);
}

static bool takes_words(const hr_field *field)
{
    return field != NULL && (field->type == HR_TYPE_TEXT || field->type == HR_TYPE_CHOICE ||
                             field->type == HR_TYPE_YEAR || field->type == HR_TYPE_MONTH);
}

/* A bare word where a number is wanted: kept as a text, so that the reader of the setting refuses
 * it. */
static bool is_stray_word(const char *value)
{
    const char low = (char)(value[0] | 0x20);
    return low >= 'a' && low <= 'z' && hr_near_distance(value, "true") > 0 &&
           hr_near_distance(value, "false") > 0;
}

static hr_node *value_node(setting *s, const char *name, const hr_field *field)
{
    const char first = s->value[0];
    if ((takes_words(field) && first != '"' && first != '{') || is_stray_word(s->value)) {
        hr_node *text = node_new(s, HR_NODE_TEXT, name);
        if (text != NULL)
            text->text = s->value;
        return text;
    }
    const char *line = hr_load_textf(s->load, "value = %s;", s->value);
    hr_node *parsed = hr_tree_parse(s->load, s->file, 0, line, strlen(line));
    if (parsed == NULL || parsed->children != 1) {
        if (parsed != NULL)
            fail(s, NULL, "the value is not one value");
        s->failed = true;
        return NULL;
    }
    hr_node *value = parsed->child;
    value->name = name;
    return value;
}

/* Cuts the part of a key up to the next full stop. */
static const char *cut(setting *s, const char **rest)
{
    const size_t length = strcspn(*rest, ".");
    const char *part = hr_load_text(s->load, *rest, length);
    *rest += length + ((*rest)[length] == '.');
    return part;
}

static hr_node *set_group(setting *s, const hr_kin *kin, const hr_node *now, const char *name,
                          const char *rest);

/* Rows have names with full stops too (two keys that move together), so the longest known one is
 * taken. */
static const hr_node *known_row(const hr_node *rows, const char *rest)
{
    const hr_node *best = NULL;
    size_t longest = 0;
    for (const hr_node *c = rows == NULL ? NULL : rows->child; c != NULL; c = c->next) {
        const size_t length = strlen(c->name);
        if (strncmp(c->name, rest, length) == 0 && (rest[length] == '.' || rest[length] == '\0') &&
            length > longest && !c->removes) {
            best = c;
            longest = length;
        }
    }
    return best;
}

/* The settings that name a row are repeated, so that the new layer's row is the same one. */
static void name_row(setting *s, hr_node *row, const hr_node *known, const char *id)
{
    static const char *const NAMES[] = {"id", "a", "b", "year"};
    for (size_t i = 0; known != NULL && i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const hr_node *own = hr_node_get(known, NAMES[i]);
        if (own != NULL && (i == 0 || hr_node_get(known, "id") == NULL) &&
            hr_node_get(row, NAMES[i]) == NULL)
            hr_node_add(row, hr_node_copy(s->load, own));
    }
    if (known == NULL && hr_node_get(row, "id") == NULL) {
        hr_node *text = node_new(s, HR_NODE_TEXT, "id");
        if (text != NULL)
            text->text = id;
        hr_node_add(row, text);
    }
}

/* A condition may come from the defaults of its candidate's route, so that only hr_merge_finish
 * knows whether it is there. */
static hr_node *set_row(setting *s, const hr_field *field, const hr_node *rows, const char *rest)
{
    const hr_kin kin = hr_kin_of(hr_schema_find(field->child));
    const hr_node *known = known_row(rows, rest);
    const char *id;
    if (known != NULL) {
        id = known->name;
        rest += strlen(id);
        rest += *rest == '.';
    } else {
        id = cut(s, &rest);
        hr_near near;
        hr_near_begin(&near, id);
        for (const hr_node *c = rows == NULL ? NULL : rows->child; c != NULL; c = c->next)
            hr_near_offer(&near, c->name);
        if (strcmp(field->child, "condition") != 0) {
            fail(s, hr_near_hint(s->load, &near),
                 hr_load_textf(s->load, "%s has no \"%s\"", field->key, id));
            return NULL;
        }
    }
    hr_node *row = set_group(s, &kin, known, NULL, rest);
    hr_node *list = node_new(s, HR_NODE_LIST, field->key);
    if (row == NULL || list == NULL)
        return NULL;
    if (row->kind != HR_NODE_GROUP) {
        fail(s, NULL, "a setting of the row must be named, or the value be a group { ... }");
        return NULL;
    }
    row->must_exist = known == NULL;
    name_row(s, row, known, id);
    hr_node_add(list, row);
    return list;
}

static hr_node *set_words(setting *s, const hr_field *field, const char *rest)
{
    if (*rest == '\0')
        return value_node(s, field->key, field);
    hr_node *table = node_new(s, HR_NODE_GROUP, field->key);
    hr_node_add(table, value_node(s, hr_load_text(s->load, rest, strlen(rest)), field));
    return table;
}

/* Rows are merged by id, so that a list without any takes none away. */
static hr_node *set_rows(setting *s, const hr_field *field)
{
    hr_node *rows = value_node(s, field->key, field);
    if (rows != NULL && rows->kind == HR_NODE_LIST && rows->children == 0)
        fail(s,
             hr_load_textf(s->load, "to take one away: %s=({id=\"ID\";remove=true;})", field->key),
             hr_load_textf(s->load, "a list without rows changes nothing: the rows of %s stay",
                           field->key));
    return rows;
}

static hr_node *set_field(setting *s, const hr_field *field, const hr_node *now, const char *rest)
{
    const hr_kin kin =
        field->child == NULL ? (hr_kin){.groups = 0} : hr_kin_of(hr_schema_find(field->child));
    switch (field->type) {
    case HR_TYPE_ONE: return set_group(s, &kin, now, field->key, rest);
    case HR_TYPE_ROWS: return *rest == '\0' ? set_rows(s, field) : set_row(s, field, now, rest);
    case HR_TYPE_BY: return set_words(s, field, rest);
    default:
        if (*rest != '\0')
            fail(s, NULL,
                 hr_load_textf(s->load, "%s is one value; nothing stands below it", field->key));
        return *rest != '\0' ? NULL : value_node(s, field->key, field);
    }
}

static hr_node *set_group(setting *s, const hr_kin *kin, const hr_node *now, const char *name,
                          const char *rest)
{
    if (*rest == '\0')
        return value_node(s, name, NULL);
    hr_node *group = node_new(s, HR_NODE_GROUP, name);
    const char *key = cut(s, &rest);
    const hr_field *field = hr_kin_field(kin, key);
    if (field == NULL) {
        fail(s, hr_kin_hint(s->load, kin, key),
             hr_load_textf(s->load, "\"%s\" is not a setting of %s", key,
                           name != NULL && name[0] != '\0' ? name : kin->group[0]->key));
        return NULL;
    }
    hr_node_add(group, set_field(s, field, hr_node_get(now, key), rest));
    return group;
}

/* defaults.school.all.FIELD or defaults.school.phase.primary.FIELD: groups all the way down. */
static hr_node *set_defaults(setting *s, const char *rest)
{
    hr_node *defaults = node_new(s, HR_NODE_GROUP, "defaults"), *at = defaults;
    const char *kind = cut(s, &rest), *choice = cut(s, &rest);
    const hr_group *group = hr_schema_find(kind);
    const char *word = strcmp(choice, "all") == 0 ? NULL : cut(s, &rest);
    const char *const step[] = {kind, choice, word};
    if (group == NULL || *rest == '\0') {
        fail(s, NULL, "a default is named as in defaults.school.all.retention_pct");
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        hr_node *below = node_new(s, HR_NODE_GROUP, step[i]);
        hr_node_add(at, below);
        at = below;
    }
    const hr_kin kin = hr_kin_of(group);
    if (word == NULL) {
        hr_node *last = set_group(s, &kin, NULL, "all", rest);
        hr_node_add(at, last == NULL ? NULL : last->child);
    } else {
        hr_node_add(at, set_group(s, &kin, NULL, word, rest));
    }
    return defaults;
}

/* Words without quotes are never scanned, and resolved.cfg must hold nothing that a file may not.
 */
static bool is_clean(setting *s, const char *assignment)
{
    int line;
    const char *hint = NULL;
    const size_t length = strlen(assignment);
    const char *fault = hr_prescan_encoding(assignment, length, &line, &hint);
    if (fault == NULL && strpbrk(assignment, "\r\n") != NULL)
        fault = "a setting stands on one line";
    if (fault == NULL && length > HR_TEXT_BYTES_MOST)
        fault = "the setting is too long";
    if (fault != NULL) {
        s->file = "--set";
        fail(s, hint, fault);
    }
    return fault == NULL;
}

hr_node *hr_set_lay(hr_load *l, hr_node *root, const char *assignment)
{
    setting s = {.load = l, .file = hr_load_textf(l, "--set %s", assignment)};
    const char *equals = strchr(assignment, '=');
    if (!is_clean(&s, assignment))
        return root;
    if (equals == NULL || equals == assignment || equals[1] == '\0') {
        fail(&s, "as in --set topslice.rate_pct=5", "a setting is written KEY=VALUE");
        return root;
    }
    if (strncmp(assignment, "base=", 5) == 0) {
        fail(&s, "lay a file over it with --with", "a base is named in a file");
        return root;
    }
    const hr_kin kin = hr_kin_of(hr_schema_find("scenario"));
    const char *key = hr_load_text(l, assignment, (size_t)(equals - assignment));
    s.value = hr_load_text(l, equals + 1, strlen(equals + 1));
    hr_node *layer;
    if (strncmp(key, "defaults.", 9) == 0) {
        layer = node_new(&s, HR_NODE_GROUP, NULL);
        hr_node_add(layer, set_defaults(&s, key + 9));
    } else {
        layer = set_group(&s, &kin, root, NULL, key);
    }
    if (s.failed || layer == NULL)
        return root;
    hr_node *laid = hr_shape_layer(l, layer, HR_ORIGIN_SET);
    return laid == NULL ? root : hr_merge(l, root, laid);
}
