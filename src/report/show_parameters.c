/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `show parameters`: the vocabulary of a scenario, and beside each setting what the national
 * defaults say of it: figure, source, date and confidence. */
#include "report/show.h"

#include <string.h>

#include "config/national.h"
#include "model/choices.h"
#include "model/schema.h"
#include "report/format.h"

static const char *type_words(hr_page *p, const hr_field *f)
{
    static const char *const words[] = {"number, series or distribution",
                                        "one of each word, or one for all",
                                        "number",
                                        "whole number",
                                        "true or false",
                                        "word",
                                        "text",
                                        "year",
                                        "month",
                                        "number or array",
                                        "group",
                                        "list of named rows"};
    if (f->set < 0)
        return words[f->type];
    const hr_choice_set set = (hr_choice_set)f->set;
    const char *list = "";
    for (int i = 0; i < hr_choice_count(set); i++)
        list = hr_page_text(p, "%s%s%s", list, i ? ", " : "", hr_choice_word(set, i));
    return f->type == HR_TYPE_BY ? hr_page_text(p, "by %s: %s", hr_choice_set_name(set), list)
                                 : list;
}

static const char *bounds_words(hr_page *p, const hr_field *f)
{
    const bool bounded = f->type == HR_TYPE_REAL || f->type == HR_TYPE_BY ||
                         f->type == HR_TYPE_NUMBER || f->type == HR_TYPE_INT ||
                         f->type == HR_TYPE_LIST;
    char low[HR_NUMBER_BYTES], high[HR_NUMBER_BYTES];
    if (!bounded)
        return "";
    hr_format_exact(f->low, low);
    hr_format_exact(f->high, high);
    return hr_page_text(p, "%s to %s", low, high);
}

static const char *const NEED[] = {"required", "default", "optional"};

/* The national defaults of one setting. */
typedef struct {
    const hr_national_row *row;
    int rows;
} defaults;

static defaults all_defaults(hr_page *p)
{
    defaults d = {0};
    d.row = hr_national_rows("england", p->arena, &d.rows);
    p->failed = p->failed || !d.row;
    return d;
}

static bool is_of(const hr_national_row *row, const hr_group *group, const hr_field *field)
{
    return row->group == group && row->field == field;
}

/* Texts that a setting's defaults say, each once: "medium, low". */
static const char *each_once(hr_page *p, const defaults *d, const hr_group *group,
                             const hr_field *field, size_t offset, const char *between)
{
    const char *said = "";
    for (int i = 0; i < d->rows; i++) {
        if (!is_of(&d->row[i], group, field))
            continue;
        const char *text;
        memcpy(&text, (const char *)&d->row[i] + offset, sizeof text);
        bool before = !text;
        for (int j = 0; j < i && !before; j++) {
            const char *other;
            memcpy(&other, (const char *)&d->row[j] + offset, sizeof other);
            before = is_of(&d->row[j], group, field) && other && strcmp(other, text) == 0;
        }
        if (!before)
            said = hr_page_text(p, "%s%s%s", said, said[0] ? between : "", text);
    }
    return said;
}
#define EACH_ONCE(p, d, group, field, member, between)                                             \
    each_once((p), (d), (group), (field), offsetof(hr_national_row, member), (between))

static const char *sources(hr_page *p, const defaults *d, const hr_group *group, const hr_field *f)
{
    const char *said = EACH_ONCE(p, d, group, f, source, "; ");
    return said[0] || f->child ? said : "the scenario's own";
}

/* Where a default holds: "all", "phase secondary, teachers"; "" where there is only one place. */
static const char *where_words(hr_page *p, const hr_national_row *row)
{
    return !row->word ? row->where
                      : hr_page_text(p, "%s%s%s", row->where, row->where[0] ? ", " : "", row->word);
}

/* The figure, or how many there are. */
static const char *figure_words(hr_page *p, const defaults *d, const hr_group *group,
                                const hr_field *field)
{
    const char *only = "";
    int count = 0;
    for (int i = 0; i < d->rows; i++)
        if (is_of(&d->row[i], group, field)) {
            only = d->row[i].value;
            count++;
        }
    return count > 1 ? hr_page_text(p, "%d figures, by place and word", count) : only;
}

static void show_defaults(hr_page *p, const defaults *d)
{
    static const char *const columns[][2] = {
        {"group", "group"}, {"field", "field"},   {"where", "where"}, {"value", "value"},
        {"unit", "unit"},   {"source", "source"}, {"date", "date"},   {"confidence", "confidence"},
        {"note", "note"}};
    hr_table *t = hr_show_table(p, "National defaults: England", columns, COLUMNS_OF(columns));
    if (t)
        t->key = "defaults";
    for (int i = 0; i < d->rows; i++) {
        const hr_national_row *row = &d->row[i];
        const char *cells[] = {row->group->key,
                               row->field->key,
                               where_words(p, row),
                               row->value,
                               row->field->unit ? row->field->unit : "",
                               row->source ? row->source : "",
                               row->date ? row->date : "",
                               row->confidence ? row->confidence : "",
                               row->note ? row->note : ""};
        hr_table_row(t);
        for (int c = 0; c < COLUMNS_OF(columns); c++)
            hr_table_text(t, c, cells[c]);
    }
}

void hr_show_parameters(hr_page *p)
{
    static const char *const columns[][2] = {{"group", "group"},     {"field", "field"},
                                             {"type", "value"},      {"unit", "unit"},
                                             {"bounds", "bounds"},   {"need", "need"},
                                             {"default", "default"}, {"source", "source"},
                                             {"date", "date"},       {"confidence", "confidence"},
                                             {"meaning", "meaning"}};
    const defaults d = all_defaults(p);
    hr_table *t = hr_show_table(p, "Parameters", columns, COLUMNS_OF(columns));
    for (int g = 0; g < hr_schema_groups(); g++) {
        const hr_group *group = hr_schema_group(g);
        for (int i = 0; i < group->fields; i++) {
            const hr_field *f = &group->field[i];
            const char *cells[] = {group->key,
                                   f->key,
                                   f->child ? hr_page_text(p, "%s: %s", type_words(p, f), f->child)
                                            : type_words(p, f),
                                   f->unit ? f->unit : "",
                                   bounds_words(p, f),
                                   NEED[f->need],
                                   figure_words(p, &d, group, f),
                                   sources(p, &d, group, f),
                                   EACH_ONCE(p, &d, group, f, date, ", "),
                                   EACH_ONCE(p, &d, group, f, confidence, ", "),
                                   f->meaning};
            hr_table_row(t);
            for (int c = 0; c < COLUMNS_OF(columns); c++)
                hr_table_text(t, c, cells[c]);
        }
    }
    show_defaults(p, &d);
}

/* "real, % a year, 0 to 100, default" */
static const char *value_words(hr_page *p, const hr_field *f)
{
    const char *type = f->type == HR_TYPE_REAL ? "real" : type_words(p, f);
    const char *bounds = bounds_words(p, f);
    return hr_page_text(p, "%s%s%s%s%s%s%s, %s", type, f->child ? " " : "",
                        f->child ? f->child : "", f->unit ? ", " : "", f->unit ? f->unit : "",
                        bounds[0] ? ", " : "", bounds, NEED[f->need]);
}

/* " 5.5; medium, 2024-03: Schools Week." Where there are several figures a terminal has no room for
 * all that stands behind them. */
static const char *default_words(hr_page *p, const defaults *d, const hr_group *group,
                                 const hr_field *f)
{
    const char *figure = figure_words(p, d, group, f);
    if (!figure[0])
        return "";
    const char *source = EACH_ONCE(p, d, group, f, source, "\n");
    return hr_page_text(p, " Default: %s; confidence %s%s%s.", figure,
                        EACH_ONCE(p, d, group, f, confidence, ", "),
                        strchr(source, '\n') ? "" : ": ", strchr(source, '\n') ? "" : source);
}

void hr_show_parameters_grouped(hr_page *p)
{
    static const char *const columns[][2] = {
        {"field", "field"}, {"value", "value"}, {"meaning", "meaning and default"}};
    const defaults d = all_defaults(p);
    hr_table *t = hr_show_table(p, "Parameters, group by group", columns, COLUMNS_OF(columns));
    hr_table_column_whole(t, 0);
    if (t)
        t->note =
            "Real: a number, a series by year or a distribution. Default: the national "
            "settings give it; show parameters --as md has every figure and source. Optional: "
            "it may be left out.";
    for (int g = 0; g < hr_schema_groups(); g++) {
        const hr_group *group = hr_schema_group(g);
        hr_table_row(t);
        hr_table_text(t, 0, hr_page_text(p, "%s: %s", group->key, group->meaning));
        for (int i = 0; i < group->fields; i++) {
            const hr_field *f = &group->field[i];
            hr_table_row(t);
            hr_table_text(t, 0, hr_page_text(p, "  %s", f->key));
            hr_table_text(t, 1, value_words(p, f));
            hr_table_text(t, 2,
                          hr_page_text(p, "%s.%s", f->meaning, default_words(p, &d, group, f)));
        }
    }
}
