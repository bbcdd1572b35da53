/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of stresses. It must not know what a stress does to a plan. */
#include "config/stresses.h"

#include <string.h>

#include "config/layers.h"
#include "config/shipped.h"
#include "config/value.h"

static const hr_node *rows_of(const hr_node *root)
{
    const hr_node *list = hr_node_get(root, "stresses");
    return list == NULL ? NULL : list->child;
}

static void check_band(hr_load *l, const hr_node *row, const char *told)
{
    const hr_node *from = hr_node_sound(row, "from_pct"), *to = hr_node_sound(row, "to_pct");
    if (hr_node_get(row, "from_pct") == NULL || hr_node_get(row, "to_pct") == NULL)
        hr_value_wrong(l, hr_node_get(row, "driver"), "write from_pct = 90; to_pct = 100;", told,
                       "is a band of %s, but does not say from where to where",
                       hr_node_text(row, "driver"));
    else if (from != NULL && to != NULL && from->number >= to->number)
        hr_value_wrong(l, to, "of a hundred futures so many lie below the end of the band", told,
                       "is a band from %s to %s, which holds no future", from->canonical,
                       to->canonical);
}

static void check_overlay(hr_load *l, const hr_node *row, const char *told)
{
    const hr_node *with = hr_node_sound(row, "with");
    for (int end = 0; end < 2; end++) {
        const hr_node *stray = hr_node_get(row, end ? "to_pct" : "from_pct");
        if (stray != NULL)
            hr_value_wrong(l, stray, "name its driver in place of the overlay, or take this out",
                           told, "lays something over, and has no band");
    }
    if (with != NULL)
        (void)hr_layers_overlay(l, with);
}

void hr_check_stresses(hr_load *l, const hr_node *root)
{
    for (const hr_node *row = rows_of(root); row != NULL; row = row->next) {
        const char *told = hr_load_textf(l, "stresses.%s", row->name);
        const hr_node *with = hr_node_get(row, "with"), *driver = hr_node_get(row, "driver");
        if (with != NULL && driver != NULL)
            hr_value_wrong(l, driver, "one of the two is a stress: make two rows", told,
                           "is both something laid over and a band of a driver");
        else if (with != NULL)
            check_overlay(l, row, told);
        else if (driver != NULL)
            check_band(l, row, told);
        else
            hr_value_wrong(l, row, "write with = \"...\"; or driver, from_pct and to_pct", told,
                           "says neither what is laid over nor which driver's band it is");
    }
}

static bool adds_rows(const hr_node *said, const hr_node *had)
{
    for (const hr_node *part = said->child; part != NULL; part = part->next) {
        const hr_node *own = part->name == NULL ? NULL : hr_node_get(had, part->name);
        if (part->kind == HR_NODE_GROUP && own != NULL && adds_rows(part, own))
            return true;
        for (const hr_node *row = part->child; part->kind == HR_NODE_LIST && row != NULL;
             row = row->next) {
            const char *id = row->kind == HR_NODE_GROUP ? hr_node_text(row, "id") : NULL;
            const hr_node *same = id == NULL || own == NULL ? NULL : hr_node_get(own, id);
            if (id != NULL && (same == NULL || adds_rows(row, same)))
                return true;
        }
    }
    return false;
}

bool hr_stresses_adds_rows(hr_load *l, const char *name, const hr_node *root)
{
    static const char *const FOLDERS[] = {"overlays", "worlds", NULL};
    size_t bytes;
    const char *whole = hr_shipped_find(FOLDERS, name);
    const char *text = hr_shipped_text(whole != NULL ? whole : name, &bytes);
    const hr_node *said = text == NULL ? NULL : hr_tree_parse(l, name, 1, text, bytes);
    return said == NULL || adds_rows(said, root);
}

static double number_of(const hr_node *row, const char *key)
{
    const hr_node *node = hr_node_sound(row, key);
    return node == NULL ? 0.0 : node->number;
}

const hr_stress_row *hr_stresses_list(hr_load *l, const hr_node *root, int *count)
{
    const hr_node *list = hr_node_get(root, "stresses");
    *count = list == NULL ? 0 : list->children;
    hr_stress_row *out = hr_load_take(l, (size_t)*count * sizeof *out + 1);
    int i = 0;
    for (const hr_node *row = rows_of(root); out != NULL && row != NULL; row = row->next) {
        const hr_node *with = hr_node_sound(row, "with"), *driver = hr_node_sound(row, "driver");
        const hr_meta *meta = (with != NULL ? with : driver)->meta;
        const char *name = hr_node_text(row, "name");
        out[i++] = (hr_stress_row){.id = row->name,
                                   .name = name != NULL ? name : row->name,
                                   .with = with != NULL ? hr_layers_overlay(l, with) : NULL,
                                   .driver = driver != NULL ? driver->text : NULL,
                                   .from_pct = number_of(row, "from_pct"),
                                   .to_pct = number_of(row, "to_pct"),
                                   .source = meta->source,
                                   .date = meta->date,
                                   .note = meta->note};
    }
    return out;
}
