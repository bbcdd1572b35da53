/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loader's own tree: settings with the file and line they stand at. First as written (raw),
 * then in the shape of the schema (shape.h), where every layer of a scenario looks alike and can be
 * merged. */
#ifndef HR_CONFIG_TREE_H
#define HR_CONFIG_TREE_H

#include "config/load.h"

typedef enum {
    HR_NODE_NUMBER,
    HR_NODE_FLAG,
    HR_NODE_TEXT,
    HR_NODE_ARRAY, /* [ ] */
    HR_NODE_LIST,  /* ( ) */
    HR_NODE_GROUP  /* { } */
} hr_node_kind;

/* What a node is to the schema. */
typedef enum {
    HR_SHAPE_LEAF,  /* one value, replaced whole: also a series or a distribution */
    HR_SHAPE_GROUP, /* merged key by key */
    HR_SHAPE_ROWS   /* merged by name of row */
} hr_shape;

/* Where a value comes from, in the words of whoever gave it. NULL when not said. */
typedef struct {
    const char *source, *date, *owner, *confidence, *note;
    const char *origin; /* as resolved.cfg wrote it: default, scenario, overlay or set */
} hr_meta;

typedef struct hr_node hr_node;
struct hr_node {
    hr_node_kind kind;
    hr_shape shape;
    const char *name; /* key in its group, or name of a row; NULL for an entry of a list */
    double number;    /* NUMBER */
    bool flag;        /* FLAG */
    const char *text; /* TEXT */
    hr_node *child, *last, *next;
    int children;
    const char *file; /* as the user named it */
    int line;         /* 0: none */
    hr_origin origin;
    const hr_meta *meta;    /* never NULL once shaped */
    const hr_node *of_year; /* leaf: the setting of that name, or NULL */
    const hr_node *written; /* leaf: the value as written, shared by all leaves made from it */
    bool removes, found;    /* row: `remove = true`, and whether it removed something */
    bool must_exist;        /* row named by --set: an error when there is none to change */
    const char *canonical;  /* leaf, once read: its value in the one way in which it is written */
};

hr_node *hr_node_new(hr_load *l, hr_node_kind kind, const char *name, const hr_node *place);
void hr_node_add(hr_node *parent, hr_node *child); /* either may be NULL */
/* A copy that shares its children; its place among brothers is not copied. */
hr_node *hr_node_copy(hr_load *l, const hr_node *node);
const hr_node *hr_node_get(const hr_node *group, const char *name); /* NULL when there is none */
hr_node *hr_node_get_mutable(hr_node *group, const char *name);
/* A leaf that was read and found sound; NULL when there is none. */
const hr_node *hr_node_sound(const hr_node *group, const char *name);
/* Text of a child, or NULL when there is none or it is no text. */
const char *hr_node_text(const hr_node *group, const char *name);
/* Puts rows in order of name, by strcmp. */
void hr_node_sort(hr_load *l, hr_node *rows);

/* Pre-scans and parses a text: its root group, or NULL with errors in l->diags. */
hr_node *hr_tree_parse(hr_load *l, const char *file, int line, const char *text, size_t bytes);

#endif
