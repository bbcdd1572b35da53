/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person did not say and the program therefore takes, and what was said in vain: told as
 * warnings, since a reader would otherwise take it for the trust's own. It must not know any
 * figure.
 */
#include <string.h>

#include "config/check.h"

enum { NAMED_MOST = 5 };

/* "a, b, c and 4 more" */
typedef struct {
    const char *text;
    int count;
} names;

static void add_name(hr_load *l, names *n, const char *name)
{
    if (n->count < NAMED_MOST)
        n->text = n->count == 0 ? name : hr_load_textf(l, "%s, %s", n->text, name);
    n->count++;
}

static const char *names_text(hr_load *l, const names *n)
{
    return n->count <= NAMED_MOST
               ? n->text
               : hr_load_textf(l, "%s and %d more", n->text, n->count - NAMED_MOST);
}

static bool all_default(const hr_node *table)
{
    for (const hr_node *c = table == NULL ? NULL : table->child; c != NULL; c = c->next)
        if (c->origin != HR_ORIGIN_DEFAULT)
            return false;
    return table != NULL;
}

/* The value that all words share, or NULL. */
static const char *shared_value(const hr_node *table)
{
    const char *value = table->child == NULL ? NULL : table->child->canonical;
    for (const hr_node *c = table->child; c != NULL; c = c->next)
        if (value == NULL || c->canonical == NULL || strcmp(c->canonical, value) != 0)
            return NULL;
    return value;
}

static void tell_topslice(hr_load *l, const hr_node *root)
{
    const hr_node *topslice = hr_node_get(root, "topslice");
    const char *form = hr_node_text(topslice, "form");
    const bool percent =
        form == NULL || strcmp(form, "percent_of_grant") == 0 || strcmp(form, "pooled") == 0;
    const hr_node *table = hr_node_get(topslice, percent ? "rate_pct" : form);
    if (!all_default(table))
        return;
    const char *value = shared_value(table);
    const char *text =
        percent && value != NULL
            ? hr_load_textf(l, "you gave no top-slice: %s %% of grant is taken", value)
            : "you gave no top-slice: the national default is taken";
    hr_load_warn(l, NULL, 0, text, "give topslice = { rate_pct = ...; }");
}

static void tell_schools(hr_load *l, const hr_node *root)
{
    names no_roll = {.count = 0}, no_reserves = {.count = 0};
    const hr_node *schools = hr_node_get(root, "schools");
    for (const hr_node *row = schools == NULL ? NULL : schools->child; row != NULL;
         row = row->next) {
        const hr_node *share = hr_node_get(row, "reserves_pct");
        if (hr_node_get(row, "roll_before") == NULL)
            add_name(l, &no_roll, row->name);
        if (hr_node_get(row, "reserves") == NULL && share != NULL &&
            share->origin == HR_ORIGIN_DEFAULT)
            add_name(l, &no_reserves, row->name);
    }
    if (no_roll.count > 0)
        hr_load_warn(
            l, NULL, 0,
            hr_load_textf(l,
                          "no roll_before of %s: the roll is taken as steady, so a growing "
                          "school grows too little and a falling one falls too little",
                          names_text(l, &no_roll)),
            "give the census of the year before the last as roll_before");
    if (no_reserves.count > 0)
        hr_load_warn(l, NULL, 0,
                     hr_load_textf(l, "no reserves of %s: they are drawn from the national spread",
                                   names_text(l, &no_reserves)),
                     "give each school's reserves in pounds");
}

/* Is something other than nothing said of it? */
static bool is_said(const hr_node *node)
{
    if (node == NULL || (node->kind != HR_NODE_GROUP && node->kind != HR_NODE_LIST))
        return node != NULL && node->origin != HR_ORIGIN_DEFAULT &&
               !(node->kind == HR_NODE_NUMBER && node->number == 0.0);
    for (const hr_node *c = node->child; c != NULL; c = c->next)
        if (is_said(c))
            return true;
    return false;
}

/* What moves a percentage does nothing where there is none, and what follows on a floor nothing
 * where no floor is given. */
static void tell_points(hr_load *l, const hr_node *root)
{
    static const char *const KEY[] = {"grade_points", "tiers", "recovery_points", "relief_points"};
    static const char *const FLOOR[] = {NULL, NULL, "centre_floor_pct", "school_floor_pct"};
    const hr_node *topslice = hr_node_get(root, "topslice");
    const char *form = hr_node_text(topslice, "form");
    const bool by_price =
        form != NULL && (strcmp(form, "per_pupil") == 0 || strcmp(form, "flat") == 0);
    names vain = {.count = 0};
    for (size_t k = 0; k < sizeof KEY / sizeof KEY[0]; k++) {
        if (!is_said(hr_node_get(topslice, KEY[k])))
            continue;
        if (by_price)
            add_name(l, &vain, KEY[k]);
        else if (FLOOR[k] != NULL &&
                 hr_node_get(hr_node_get(root, "reserves_policy"), FLOOR[k]) == NULL)
            hr_load_warn(l, NULL, 0,
                         hr_load_textf(l, "topslice.%s has no floor to look back on", KEY[k]),
                         hr_load_textf(l, "give reserves_policy = { %s = ...; }", FLOOR[k]));
    }
    if (vain.count > 0)
        hr_load_warn(l, NULL, 0,
                     hr_load_textf(l,
                                   "topslice.%s move a percentage, and the form is %s: they do "
                                   "nothing",
                                   names_text(l, &vain), form),
                     NULL);
}

static void tell_customers(hr_load *l, const hr_node *root)
{
    const hr_node *services = hr_node_get(hr_node_get(root, "centre"), "services");
    for (const hr_node *row = services == NULL ? NULL : services->child; row != NULL;
         row = row->next)
        if ((is_said(hr_node_get(row, "customers")) ||
             is_said(hr_node_get(row, "new_customers"))) &&
            !is_said(hr_node_get(row, "price_outside")))
            hr_load_warn(l, NULL, 0,
                         hr_load_textf(l,
                                       "centre.services.%s has customers but no price_outside: "
                                       "they pay nothing",
                                       row->name),
                         "give its yearly price a customer");
}

/* An offer without a base is none, whatever else is said of it. */
static void tell_offer(hr_load *l, const hr_node *root)
{
    const hr_node *offer = hr_node_get(hr_node_get(root, "centre"), "offer");
    const hr_node *base = hr_node_get(offer, "base");
    if (base != NULL && base->origin == HR_ORIGIN_DEFAULT && !all_default(offer))
        hr_load_warn(l, NULL, 0, "centre.offer has no base, so there is no core offer",
                     "give its cost at the start: offer = { base = ...; }");
}

void hr_check_silences(hr_load *l, const hr_node *root)
{
    const hr_node *reserves = hr_node_get(hr_node_get(root, "centre"), "reserves");
    tell_topslice(l, root);
    tell_schools(l, root);
    tell_offer(l, root);
    tell_points(l, root);
    tell_customers(l, root);
    if (reserves != NULL && reserves->origin == HR_ORIGIN_DEFAULT)
        hr_load_warn(l, NULL, 0, "no reserves of the centre: the national default is taken",
                     "give centre = { reserves = ...; }");
}
