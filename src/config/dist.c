/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a distribution: its family, the numbers of the family, how often it is drawn, and whether
 * it stays inside the bounds of its setting. It must not know how a family is drawn. */
#include <math.h>
#include <string.h>

#include "base/near.h"
#include "config/value.h"

typedef struct {
    const char *word;
    hr_dist_family family;
    const char *key[3]; /* of a, b, c; NULL past the last */
    bool cut;           /* may be cut by low and high */
} family_row;

static const family_row FAMILIES[] = {
    {"normal", HR_DIST_NORMAL, {"mean", "sd", NULL}, true},
    {"uniform", HR_DIST_UNIFORM, {"min", "max", NULL}, false},
    {"triangular", HR_DIST_TRIANGULAR, {"min", "mode", "max"}, false},
    {"pert", HR_DIST_PERT, {"min", "mode", "max"}, false},
    {"lognormal", HR_DIST_LOGNORMAL, {"median", "sigma", NULL}, true},
    {"beta", HR_DIST_BETA, {"a", "b", NULL}, false},
    {"gamma", HR_DIST_GAMMA, {"shape", "scale", NULL}, true},
    {"bernoulli", HR_DIST_BERNOULLI, {"chance", NULL, NULL}, false},
    {"binomial", HR_DIST_BINOMIAL, {"trials", "chance", NULL}, false},
    {"poisson", HR_DIST_POISSON, {"mean", NULL, NULL}, false},
    {"discrete", HR_DIST_DISCRETE, {"values", "chances", NULL}, false},
    {"empirical", HR_DIST_EMPIRICAL, {"values", NULL, NULL}, false},
};
enum { FAMILY_COUNT = sizeof FAMILIES / sizeof FAMILIES[0] };

typedef struct {
    hr_load *load;
    const hr_field *field;
    hr_node *leaf;
    const char *key;
    const family_row *row;
    const char *text; /* canonical so far */
    hr_value *out;
} reading;

static bool wrong(const reading *r, const hr_node *at, const char *hint, const char *text)
{
    return hr_value_wrong(r->load, at, hint, r->key, "%s", text);
}

static bool find_family(reading *r)
{
    const hr_node *word = hr_node_get(r->leaf, "dist");
    if (word == NULL)
        return wrong(r, r->leaf, "write dist = \"pert\"; or another family, or value = ...;",
                     "is a group without dist or value");
    hr_near near;
    hr_near_begin(&near, word->kind == HR_NODE_TEXT ? word->text : "");
    const char *all = "it is one of";
    for (int f = 0; f < FAMILY_COUNT; f++) {
        if (word->kind == HR_NODE_TEXT && strcmp(FAMILIES[f].word, word->text) == 0)
            r->row = &FAMILIES[f];
        hr_near_offer(&near, FAMILIES[f].word);
        all = hr_load_textf(r->load, "%s%s %s", all, f == 0 ? "" : ",", FAMILIES[f].word);
    }
    if (r->row != NULL)
        return true;
    const char *hint = hr_near_hint(r->load, &near);
    return wrong(r, word, hint != NULL ? hint : all,
                 word->kind == HR_NODE_TEXT
                     ? hr_load_textf(r->load, "has no distribution called \"%s\"", word->text)
                     : "names its distribution with a word in quotes");
}

static bool known_key(const family_row *row, const char *key)
{
    for (int k = 0; k < 3; k++)
        if (row->key[k] != NULL && strcmp(row->key[k], key) == 0)
            return true;
    return strcmp(key, "dist") == 0 || strcmp(key, "each") == 0 ||
           strcmp(key, "persistence") == 0 ||
           (row->cut && (strcmp(key, "low") == 0 || strcmp(key, "high") == 0));
}

static bool check_keys(reading *r)
{
    bool sound = true;
    for (const hr_node *c = r->leaf->child; c != NULL; c = c->next) {
        if (known_key(r->row, c->name))
            continue;
        const char *needs = "it takes";
        for (int k = 0; k < 3 && r->row->key[k] != NULL; k++)
            needs = hr_load_textf(r->load, "%s %s,", needs, r->row->key[k]);
        needs = hr_load_textf(r->load, "%s %seach and persistence", needs,
                              r->row->cut ? "low, high, " : "");
        sound = wrong(r, c, needs,
                      hr_load_textf(r->load, "is a %s distribution, which has no \"%s\"",
                                    r->row->word, c->name));
    }
    return sound;
}

static void add_text(reading *r, const char *key, const char *value)
{
    r->text = hr_load_textf(r->load, "%s %s = %s;", r->text, key, value);
}

/* A number of the distribution; `usual` is taken when it is not said, NaN when it must be. */
static bool read_number(reading *r, const char *key, double usual, double *out)
{
    const hr_node *node = hr_node_get(r->leaf, key);
    *out = usual;
    if (node == NULL)
        return !isnan(usual) || wrong(r, r->leaf, NULL,
                                      hr_load_textf(r->load, "is a %s distribution without \"%s\"",
                                                    r->row->word, key));
    if (node->kind != HR_NODE_NUMBER)
        return wrong(r, node, NULL,
                     hr_load_textf(r->load, "has a \"%s\" that is not a number", key));
    *out = node->number;
    add_text(r, key, hr_printed(r->load, node->number));
    return true;
}

static bool read_numbers(reading *r, const char *key, const double **out, int *count)
{
    const hr_node *node = hr_node_get(r->leaf, key);
    if (node == NULL || (node->kind != HR_NODE_ARRAY && node->kind != HR_NODE_LIST) ||
        node->children == 0)
        return wrong(r, node == NULL ? r->leaf : node, "write values = [1, 2, 3];",
                     hr_load_textf(r->load, "needs \"%s\", a list of numbers", key));
    double *number = hr_load_take(r->load, (size_t)node->children * sizeof *number);
    const char *text = "[";
    *count = 0;
    for (const hr_node *c = node->child; number != NULL && c != NULL; c = c->next) {
        if (c->kind != HR_NODE_NUMBER)
            return wrong(r, node, NULL,
                         hr_load_textf(r->load, "has \"%s\" that are not all numbers", key));
        text = hr_load_textf(r->load, "%s%s%s", text, *count == 0 ? "" : ", ",
                             hr_printed(r->load, c->number));
        number[(*count)++] = c->number;
    }
    add_text(r, key, hr_load_textf(r->load, "%s]", text));
    *out = number;
    return number != NULL;
}

static bool read_lists(reading *r)
{
    hr_dist *d = &r->out->dist;
    int chances = 0;
    if (!read_numbers(r, "values", &d->value, &d->values))
        return false;
    if (r->row->family == HR_DIST_EMPIRICAL)
        return true;
    if (!read_numbers(r, "chances", &d->chance, &chances))
        return false;
    return chances == d->values || wrong(r, r->leaf, NULL, "needs as many chances as values");
}

static bool read_family(reading *r)
{
    hr_dist *d = &r->out->dist;
    *d = (hr_dist){.family = r->row->family, .low = -INFINITY, .high = INFINITY};
    if (r->row->family == HR_DIST_DISCRETE || r->row->family == HR_DIST_EMPIRICAL)
        return read_lists(r);
    double *const number[] = {&d->a, &d->b, &d->c};
    bool sound = true;
    for (int k = 0; k < 3 && r->row->key[k] != NULL; k++)
        sound = read_number(r, r->row->key[k], NAN, number[k]) && sound;
    if (r->row->cut) {
        sound = read_number(r, "low", -INFINITY, &d->low) && sound;
        sound = read_number(r, "high", INFINITY, &d->high) && sound;
    }
    return sound;
}

static bool read_rhythm(reading *r)
{
    const hr_node *each = hr_node_get(r->leaf, "each");
    const hr_node *persistence = hr_node_get(r->leaf, "persistence");
    const char *word = each == NULL ? "future" : each->kind == HR_NODE_TEXT ? each->text : "";
    const bool year = strcmp(word, "year") == 0;
    if (!year && strcmp(word, "future") != 0)
        return wrong(r, each, NULL,
                     "is drawn each \"future\" (what we do not know) or \"year\" (what varies)");
    r->out->kind = year ? HR_QUANTITY_YEAR : HR_QUANTITY_FUTURE;
    if (year)
        add_text(r, "each", "\"year\"");
    if (persistence == NULL)
        return true;
    if (!year)
        return wrong(r, persistence, "write each = \"year\";",
                     "is drawn once per future, so nothing persists");
    if (!read_number(r, "persistence", 0, &r->out->persistence))
        return false;
    return (r->out->persistence >= 0 && r->out->persistence < 1) ||
           wrong(r, persistence, NULL, "has a persistence outside 0 to 1 (1 left out)");
}

/* What must lie within the bounds of the setting: every value where there are ends, else the
 * middle. */
static bool check_bounds(const reading *r)
{
    const hr_dist *d = &r->out->dist;
    const char *what[2] = {"can be", "can be"};
    double point[2] = {d->a, d->a};
    switch (d->family) {
    case HR_DIST_NORMAL: what[0] = what[1] = "has a mean of"; break;
    case HR_DIST_LOGNORMAL: what[0] = what[1] = "has a median of"; break;
    case HR_DIST_POISSON: what[0] = what[1] = "has a mean of"; break;
    case HR_DIST_GAMMA:
        what[0] = what[1] = "has a mean of";
        point[0] = point[1] = d->a * d->b;
        break;
    case HR_DIST_UNIFORM: point[1] = d->b; break;
    case HR_DIST_TRIANGULAR:
    case HR_DIST_PERT: point[1] = d->c; break;
    case HR_DIST_BETA:
    case HR_DIST_BERNOULLI:
        point[0] = 0;
        point[1] = 1;
        break;
    case HR_DIST_BINOMIAL: point[0] = 0; break;
    case HR_DIST_DISCRETE:
    case HR_DIST_EMPIRICAL:
        point[0] = point[1] = d->value[0];
        for (int i = 1; i < d->values; i++) {
            point[0] = fmin(point[0], d->value[i]);
            point[1] = fmax(point[1], d->value[i]);
        }
        break;
    }
    for (int i = 0; i < 2; i++)
        if (!hr_value_within(r->load, r->field, r->leaf, r->key, what[i], point[i]))
            return false;
    return true;
}

bool hr_value_dist(hr_load *l, const hr_field *field, hr_node *leaf, const char *key, hr_value *out)
{
    reading r = {.load = l, .field = field, .leaf = leaf, .key = key, .text = "", .out = out};
    if (!find_family(&r))
        return false;
    r.text = hr_load_textf(l, "dist = \"%s\";", r.row->word);
    bool sound = check_keys(&r);
    sound = read_family(&r) && sound;
    sound = read_rhythm(&r) && sound;
    if (!sound)
        return false;
    const char *fault = hr_dist_fault(&out->dist);
    if (fault != NULL) {
        const size_t length = strlen(fault);
        const int shown = (int)(length > 0 && fault[length - 1] == '.' ? length - 1 : length);
        return hr_value_wrong(l, leaf, NULL, key, "has a distribution that cannot be: %.*s", shown,
                              fault);
    }
    if (!check_bounds(&r))
        return false;
    leaf->canonical = hr_load_textf(l, "{ %s }", r.text);
    return true;
}
