/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads leaves as numbers, series, words, texts, years and months, with their bounds. It must not
 * know which setting it reads, nor how settings bear on each other. */
#include "config/value.h"

#include <stdio.h>
#include <string.h>

#include "base/near.h"
#include "config/number.h"

bool hr_value_wrong(hr_load *l, const hr_node *at, const char *hint, const char *key,
                    const char *format, ...)
{
    char sentence[600];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    hr_diags_addf(l->diags, HR_ERROR, at->file, at->line, hint, "%s %s", key, sentence);
    return false;
}

const char *hr_printed(hr_load *l, double number)
{
    char text[HR_PRINTED_BYTES];
    hr_number_print(number, text);
    return hr_load_text(l, text, strlen(text));
}

const char *hr_quoted(hr_load *l, const char *text)
{
    char *quoted = hr_load_take(l, 2 * strlen(text) + 3), *at = quoted;
    if (quoted == NULL)
        return "";
    *at++ = '"';
    for (; *text != '\0'; text++) {
        const char *plain = strchr("\n\t\\\"", *text);
        if (plain != NULL) {
            *at++ = '\\';
            *at++ = "nt\\\""[plain - "\n\t\\\""];
        } else {
            *at++ = *text;
        }
    }
    *at = '"';
    return quoted;
}

static const char *unit_of(const hr_field *field)
{
    return strcmp(field->unit, "GBP") == 0 ? "pounds" : field->unit;
}

bool hr_value_within(hr_load *l, const hr_field *field, const hr_node *at, const char *key,
                     const char *what, double x)
{
    if (x >= field->low && x <= field->high)
        return true;
    return hr_value_wrong(l, at, NULL, key, "%s %s; it may be %s to %s (%s)", what,
                          hr_printed(l, x), hr_printed(l, field->low), hr_printed(l, field->high),
                          unit_of(field));
}

static const char *kind_words(const hr_node *node)
{
    static const char *const WORDS[] = {"a number",   "true or false", "a text",
                                        "a list [ ]", "a list ( )",    "a group { }"};
    return node->kind == HR_NODE_GROUP && hr_node_get(node, "dist") != NULL ? "a distribution"
                                                                            : WORDS[node->kind];
}

static bool expect(hr_load *l, const hr_node *leaf, hr_node_kind kind, const char *key,
                   const char *wanted)
{
    if (leaf->of_year != NULL)
        return hr_value_wrong(l, leaf->of_year, NULL, key,
                              "has no prices, so of_year means nothing");
    if (leaf->kind == kind)
        return true;
    return hr_value_wrong(l, leaf, NULL, key, "is %s; it must be %s", kind_words(leaf), wanted);
}

/* ---- plain values ---- */

bool hr_value_number(hr_load *l, const hr_field *field, hr_node *leaf, const char *key, double *out)
{
    if (!expect(l, leaf, HR_NODE_NUMBER, key, "a number") ||
        !hr_value_within(l, field, leaf, key, "is", leaf->number))
        return false;
    *out = leaf->number;
    leaf->canonical = hr_printed(l, leaf->number);
    return true;
}

bool hr_value_int(hr_load *l, const hr_field *field, hr_node *leaf, const char *key, int32_t *out)
{
    double x;
    if (!hr_value_number(l, field, leaf, key, &x))
        return false;
    if (x != (double)(int32_t)x) {
        leaf->canonical = NULL;
        return hr_value_wrong(l, leaf, NULL, key, "is %s; it must be a whole number",
                              hr_printed(l, x));
    }
    *out = (int32_t)x;
    return true;
}

bool hr_value_list(hr_load *l, const hr_field *field, hr_node *leaf, const char *key, double **out,
                   int *count)
{
    const bool one = leaf->kind == HR_NODE_NUMBER;
    const bool list = leaf->kind == HR_NODE_LIST;
    if (!expect(l, leaf, one || list ? leaf->kind : HR_NODE_ARRAY, key, "a number or a list [ ]"))
        return false;
    *count = one ? 1 : leaf->children;
    if (*count == 0)
        return hr_value_wrong(l, leaf, NULL, key, "is an empty list");
    *out = hr_load_take(l, (size_t)*count * sizeof **out);
    if (*out == NULL)
        return false;
    const char *text = one ? "" : "[";
    int i = 0;
    for (const hr_node *c = one ? leaf : leaf->child; i < *count; c = c->next, i++) {
        if (c->kind != HR_NODE_NUMBER)
            return hr_value_wrong(l, leaf, NULL, key, "holds %s; every entry must be a number",
                                  kind_words(c));
        if (!hr_value_within(l, field, leaf, key, one ? "is" : "holds", c->number))
            return false;
        (*out)[i] = c->number;
        text = hr_load_textf(l, "%s%s%s", text, i == 0 ? "" : ", ", hr_printed(l, c->number));
    }
    leaf->canonical = one ? text : hr_load_textf(l, "%s]", text);
    return true;
}

bool hr_value_flag(hr_load *l, hr_node *leaf, const char *key, int32_t *out)
{
    if (!expect(l, leaf, HR_NODE_FLAG, key, "true or false"))
        return false;
    *out = leaf->flag;
    leaf->canonical = leaf->flag ? "true" : "false";
    return true;
}

bool hr_value_choice(hr_load *l, const hr_field *field, hr_node *leaf, const char *key,
                     int32_t *out)
{
    const hr_choice_set set = (hr_choice_set)field->set;
    if (!expect(l, leaf, HR_NODE_TEXT, key, "a word in quotes"))
        return false;
    *out = hr_choice_find(set, leaf->text);
    if (*out >= 0) {
        leaf->canonical = hr_quoted(l, hr_choice_word(set, *out));
        return true;
    }
    hr_near near;
    hr_near_begin(&near, leaf->text);
    for (int m = 0; m < hr_choice_count(set); m++)
        hr_near_offer(&near, hr_choice_word(set, m));
    const char *hint = hr_near_hint(l, &near);
    if (hint == NULL)
        hint = hr_load_textf(l, "it is one of %s", hr_choices_text(l, set));
    return hr_value_wrong(l, leaf, hint, key, "is \"%s\", which is not a word for it", leaf->text);
}

bool hr_value_text(hr_load *l, hr_node *leaf, const char *key, const char **out)
{
    if (!expect(l, leaf, HR_NODE_TEXT, key, "a text in quotes"))
        return false;
    *out = leaf->text;
    leaf->canonical = hr_quoted(l, leaf->text);
    return true;
}

/* ---- years and months ---- */

static bool digits(const char *text, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = 10 * *value + (text[i] - '0');
    }
    return true;
}

int hr_year_of_label(const char *label)
{
    int first, second;
    if (strlen(label) != 7 || !digits(label, 4, &first) || label[4] != '/' ||
        !digits(label + 5, 2, &second))
        return 0;
    return (first + 1) % 100 == second && first >= 1990 && first <= 2100 ? first : 0;
}

/* "+1" becomes the year after the start year, for all who read the text later: checks and
 * resolved.cfg. */
static void settle_year(hr_load *l, hr_node *node, int start_year)
{
    const size_t length = node->kind == HR_NODE_TEXT ? strlen(node->text) : 0;
    int years;
    if ((length == 2 || length == 3) && node->text[0] == '+' &&
        digits(node->text + 1, (int)length - 1, &years))
        node->text =
            hr_load_textf(l, "%04d/%02d", start_year + years, (start_year + years + 1) % 100);
}

static bool year_of(hr_load *l, const hr_node *node, const char *key, int *out)
{
    static const char *const HINT = "an academic year is written \"2026/27\"";
    *out = node->kind == HR_NODE_TEXT ? hr_year_of_label(node->text) : 0;
    if (*out != 0)
        return true;
    if (node->kind != HR_NODE_TEXT)
        return hr_value_wrong(l, node, HINT, key, "is %s; it must be a year in quotes",
                              kind_words(node));
    return hr_value_wrong(l, node, HINT, key, "is \"%s\", which is not an academic year",
                          node->text);
}

bool hr_value_year(hr_load *l, hr_node *leaf, const char *key, int start_year, int32_t *out)
{
    int year;
    if (start_year != 0)
        settle_year(l, leaf, start_year);
    if (!expect(l, leaf, HR_NODE_TEXT, key, "a year in quotes") || !year_of(l, leaf, key, &year))
        return false;
    *out = year;
    leaf->canonical = hr_quoted(l, leaf->text);
    return true;
}

static int month_of(const char *text, int start_year)
{
    const size_t length = strlen(text);
    int year, month;
    if (length == 7 && digits(text, 4, &year) && text[4] == '-' && digits(text + 5, 2, &month))
        return month >= 1 && month <= 12 && year >= 1990 && year <= 2150 ? year * 12 + month - 1
                                                                         : 0;
    if (text[0] == '+' && length >= 2 && length <= 4 && digits(text + 1, (int)length - 1, &month))
        return start_year * 12 + 8 + month;
    return 0;
}

bool hr_value_month(hr_load *l, hr_node *leaf, const char *key, int start_year, int32_t *out)
{
    static const char *const HINT = "a month is written \"2027-09\", or \"+6\" for six months "
                                    "after 1 September of the start year";
    if (!expect(l, leaf, HR_NODE_TEXT, key, "a month in quotes"))
        return false;
    *out = month_of(leaf->text, start_year);
    if (*out == 0)
        return hr_value_wrong(l, leaf, HINT, key, "is \"%s\", which is not a month", leaf->text);
    leaf->canonical = hr_load_textf(l, "\"%04d-%02d\"", *out / 12, *out % 12 + 1);
    return true;
}

/* ---- settings that vary by year or are uncertain ---- */

static bool series_entry(hr_load *l, const hr_field *field, const hr_node *leaf,
                         const hr_node *entry, const char *key, hr_value *out)
{
    hr_node *label = entry->child;
    const hr_node *value = label == NULL ? NULL : label->next;
    int year;
    if (entry->kind != HR_NODE_LIST || entry->children != 2 || value->kind != HR_NODE_NUMBER)
        return hr_value_wrong(l, leaf, "write ( (\"2025/26\", 145100), (\"2026/27\", 148000) )",
                              key,
                              "is a series by year with an entry that is not a year and a number");
    settle_year(l, label, l->start_year);
    if (!year_of(l, label, key, &year) ||
        !hr_value_within(l, field, entry, key, hr_load_textf(l, "in %s is", label->text),
                         value->number))
        return false;
    if (out->points > 0 && out->point[out->points - 1].year >= year)
        return hr_value_wrong(l, label, NULL, key, "has years that do not increase, at %s",
                              label->text);
    out->point[out->points++] = (hr_point){.value = value->number, .year = year};
    return true;
}

static bool read_series(hr_load *l, const hr_field *field, hr_node *leaf, const char *key,
                        hr_value *out)
{
    if (leaf->children == 0)
        return hr_value_wrong(l, leaf, NULL, key, "is an empty series");
    if (leaf->of_year != NULL)
        return hr_value_wrong(l, leaf->of_year, NULL, key,
                              "is a series, which says its years itself");
    out->kind = HR_QUANTITY_SERIES;
    out->point = hr_load_take(l, (size_t)leaf->children * sizeof *out->point);
    const char *text = "(";
    for (const hr_node *c = leaf->child; out->point != NULL && c != NULL; c = c->next) {
        if (!series_entry(l, field, leaf, c, key, out))
            return false;
        text = hr_load_textf(l, "%s%s (\"%s\", %s)", text, c == leaf->child ? "" : ",",
                             c->child->text, hr_printed(l, c->child->next->number));
    }
    leaf->canonical = hr_load_textf(l, "%s )", text);
    return out->point != NULL;
}

static bool read_of_year(hr_load *l, const hr_field *field, const hr_node *leaf, const char *key,
                         hr_value *out)
{
    if (leaf->of_year == NULL)
        return true;
    if (field->grows == HR_GROWS_NONE)
        return hr_value_wrong(l, leaf->of_year, NULL, key,
                              "has no prices, so of_year means nothing");
    return year_of(l, leaf->of_year, hr_load_textf(l, "%s.of_year", key), &out->price_year);
}

bool hr_value_real(hr_load *l, const hr_field *field, hr_node *leaf, const char *key, hr_value *out)
{
    *out = (hr_value){.kind = HR_QUANTITY_NUMBER};
    if (leaf->kind == HR_NODE_LIST)
        return read_series(l, field, leaf, key, out);
    if (!read_of_year(l, field, leaf, key, out))
        return false;
    if (leaf->kind == HR_NODE_GROUP)
        return hr_value_dist(l, field, leaf, key, out);
    if (leaf->kind != HR_NODE_NUMBER)
        return hr_value_wrong(l, leaf, NULL, key,
                              "is %s; it must be a number, a series by year or a distribution",
                              kind_words(leaf));
    if (!hr_value_within(l, field, leaf, key, "is", leaf->number))
        return false;
    out->number = leaf->number;
    leaf->canonical = hr_printed(l, leaf->number);
    return true;
}
