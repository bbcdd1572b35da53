/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `show`: the tables that the program is made of, as pages: reference that cannot be out of date.
 */
#include <string.h>

#include "analysis/collect.h"
#include "analysis/result.h"
#include "config/load.h"
#include "engine/engine.h"
#include "headroom/report.h"
#include "model/choices.h"
#include "model/schema.h"
#include "model/tables.h"
#include "report/format.h"
#include "report/json.h"
#include "report/output.h"
#include "report/page.h"
#include "report/show.h"
#include "report/words_of.h"
#include "stoch/draws.h"

/* Columns of a table by key and heading; the first is the key of a row. */
hr_table *hr_show_table(hr_page *p, const char *title, const char *const (*columns)[2], int count)
{
    hr_table *t = hr_page_table(p, "rows", title, count);
    for (int c = 0; c < count; c++)
        hr_table_column(t, c, columns[c][0], columns[c][1], true);
    return t;
}

static void show_metrics(hr_page *p)
{
    static const char *const columns[][2] = {{"key", "key"},         {"label", "label"},
                                             {"unit", "unit"},       {"at", "at"},
                                             {"worse", "worse end"}, {"meaning", "meaning"}};
    hr_table *t = hr_show_table(p, "Metrics", columns, COLUMNS_OF(columns));
    for (int m = 0; m < HR_METRICS; m++) {
        const hr_metric_row *row = &HR_METRIC_ROWS[m];
        const char *cells[] = {
            row->key,    row->label, row->unit, hr_words_at(row->at), hr_words_worse(row->worse),
            row->meaning};
        hr_table_row(t);
        for (int c = 0; c < COLUMNS_OF(columns); c++)
            hr_table_text(t, c, cells[c]);
    }
}

static void show_drivers(hr_page *p)
{
    static const char *const columns[][2] = {{"number", "number"}, {"key", "key"},
                                             {"scope", "whose"},   {"rhythm", "drawn"},
                                             {"family", "family"}, {"meaning", "meaning"}};
    static const char *const scope[] = {"trust", "area",     "school", "candidate", "condition",
                                        "risk",  "pipeline", "post",   "assumption"};
    hr_table *t =
        hr_show_table(p, "Drivers: everything that luck decides", columns, COLUMNS_OF(columns));
    for (int d = 0; d < HR_D_LIMIT; d++) {
        const hr_driver_row *row = hr_driver_describe(d);
        if (!row->name)
            continue;
        const char *cells[] = {hr_page_text(p, "%d", d),
                               row->key,
                               scope[row->scope],
                               row->rhythm == HR_RHYTHM_YEAR ? "every year" : "once per future",
                               row->family == HR_FAMILY_NORMAL ? "normal" : "uniform",
                               row->meaning};
        hr_table_row(t);
        for (int c = 0; c < COLUMNS_OF(columns); c++)
            hr_table_text(t, c, cells[c]);
    }
}

static void show_lines(hr_page *p)
{
    static const char *const columns[][2] = {{"key", "key"},     {"label", "label"},
                                             {"side", "side"},   {"whose", "whose"},
                                             {"lasts", "lasts"}, {"meaning", "meaning"}};
    static const char *const side[] = {"income", "cost", "transfer", "balance"};
    static const char *const whose[] = {"school", "centre", "both"};
    hr_table *t =
        hr_show_table(p, "Lines: every kind of income and cost", columns, COLUMNS_OF(columns));
    for (int l = 0; l < HR_LINES; l++) {
        const hr_line_row *row = &HR_LINE_ROWS[l];
        const char *cells[] = {row->key,
                               row->label,
                               side[row->side],
                               whose[row->whose],
                               row->lasts == HR_LASTS_RECURRENT ? "recurrent" : "one-off",
                               row->meaning};
        hr_table_row(t);
        for (int c = 0; c < COLUMNS_OF(columns); c++)
            hr_table_text(t, c, cells[c]);
    }
}

/* The lines of a row, those of joiners apart where they are others. */
static const char *lines_of(hr_page *p, int row, hr_owner owner)
{
    const char *list = "";
    for (int l = 0; l < HR_LINES; l++)
        if (HR_LINE_ROWS[l].bridge[owner] == (hr_bridge)row &&
            (owner != HR_OWNER_JOINER || HR_LINE_ROWS[l].whose != HR_WHOSE_CENTRE))
            list = hr_page_text(p, "%s%s%s", list, list[0] ? ", " : "", HR_LINE_ROWS[l].key);
    return list;
}

static void show_bridge(hr_page *p)
{
    static const char *const columns[][2] = {{"key", "key"},
                                             {"label", "row"},
                                             {"lines", "lines, posted by schools there or centre"},
                                             {"joiner_lines", "lines, posted by joiners"},
                                             {"meaning", "meaning"}};
    hr_table *t = hr_show_table(p, "Bridge: what makes two plans' reserves differ", columns,
                                COLUMNS_OF(columns));
    for (int i = 0; i < HR_BRIDGES; i++) {
        const char *cells[] = {HR_BRIDGE_ROWS[i].key, HR_BRIDGE_ROWS[i].label,
                               lines_of(p, i, HR_OWNER_THERE), lines_of(p, i, HR_OWNER_JOINER),
                               HR_BRIDGE_ROWS[i].meaning};
        hr_table_row(t);
        for (int c = 0; c < COLUMNS_OF(columns); c++)
            hr_table_text(t, c, cells[c]);
    }
}

static void show_policies(hr_page *p)
{
    static const char *const columns[][2] = {
        {"key", "key"}, {"reason", "refused because"}, {"meaning", "meaning"}};
    hr_table *t =
        hr_show_table(p, "Policies: the rules of the gate, in the order in which they are asked",
                      columns, COLUMNS_OF(columns));
    for (int i = 0; i < HR_POLICIES; i++) {
        hr_table_row(t);
        hr_table_text(t, 0, HR_POLICY_ROWS[i].key);
        hr_table_text(t, 1, HR_POLICY_ROWS[i].reason);
        hr_table_text(t, 2, HR_POLICY_ROWS[i].meaning);
    }
}

static void show_risks(hr_page *p)
{
    static const char *const columns[][2] = {
        {"key", "key"}, {"label", "label"}, {"unit", "shortfall in"}, {"meaning", "meaning"}};
    hr_table *t = hr_show_table(p, "Risks: yes or no in each year of each future", columns,
                                COLUMNS_OF(columns));
    for (int i = 0; i < HR_RISKS; i++) {
        hr_table_row(t);
        hr_table_text(t, 0, HR_RISK_ROWS[i].key);
        hr_table_text(t, 1, HR_RISK_ROWS[i].label);
        hr_table_text(t, 2, HR_RISK_ROWS[i].unit);
        hr_table_text(t, 3, HR_RISK_ROWS[i].meaning);
    }
}

static void show_steps(hr_page *p)
{
    static const char *const columns[][2] = {
        {"key", "key"}, {"label", "step"}, {"meaning", "meaning"}};
    hr_table *t = hr_show_table(p, "Steps of a year, in their order", columns, COLUMNS_OF(columns));
    for (int i = 0; i < hr_engine_steps(); i++) {
        const hr_step_row *row = hr_engine_step(i);
        hr_table_row(t);
        hr_table_text(t, 0, row->key);
        hr_table_text(t, 1, row->label);
        hr_table_text(t, 2, row->meaning);
    }
}

static void show_limits(hr_page *p)
{
    static const char *const columns[][2] = {{"limit", "limit"}, {"value", "at most"}};
    static const struct {
        const char *limit;
        int value;
    } limits[] = {
        {"futures up to which every number is kept and quantiles are exact", HR_EXACT_MOST},
        {"years of a run", HR_YEARS_MAX},
        {"year groups of a school", HR_GROUPS_MAX},
        {"conditions of one candidate", HR_CONDITIONS_MAX},
        {"parts of a statement", HR_EXPR_CODES},
        {"depth of brackets in a statement", HR_EXPR_DEPTH},
        {"bytes of one scenario file", HR_FILE_BYTES_MOST},
        {"bytes of one text", HR_TEXT_BYTES_MOST},
        {"files of one scenario", HR_FILES_MOST},
        {"bases in a chain", HR_BASES_MOST},
        {"depth of groups in a file", HR_NESTING_MOST},
        {"settings of one file", HR_SETTINGS_MOST},
        {"settings of one group", HR_GROUP_SETTINGS_MOST},
        {"files in an output folder", HR_OUTPUT_FILES}};
    hr_table *t = hr_show_table(p, "Limits", columns, COLUMNS_OF(columns));
    hr_table_column_whole(t, 0);
    hr_table_column(t, 1, "value", "at most", false);
    for (int i = 0; i < COLUMNS_OF(limits); i++) {
        char number[HR_NUMBER_BYTES];
        hr_format_number(limits[i].value, 1.0, "", number);
        hr_table_row(t);
        hr_table_text(t, 0, limits[i].limit);
        hr_table_number(t, 1, limits[i].value, number);
    }
}

static const struct {
    const char *topic;
    void (*build)(hr_page *p);
    void (*build_text)(hr_page *p); /* where a terminal wants another; else NULL */
} TOPICS[] = {
    {"metrics", show_metrics, NULL}, {"parameters", hr_show_parameters, hr_show_parameters_grouped},
    {"drivers", show_drivers, NULL}, {"lines", show_lines, NULL},
    {"bridge", show_bridge, NULL},   {"policies", show_policies, NULL},
    {"steps", show_steps, NULL},     {"limits", show_limits, NULL},
    {"risks", show_risks, NULL},
};

const char *hr_report_topic(int index)
{
    return index >= 0 && index < COLUMNS_OF(TOPICS) ? TOPICS[index].topic : NULL;
}

static char *page_as_json(hr_page *p, const char *topic)
{
    hr_json j = {.arena = p->arena, .failed = p->failed};
    json_t *root = json_object();
    hr_json_put(&j, root, "version", json_string(HEADROOM_VERSION));
    bool first = true;
    for (int i = 0; i < p->blocks; i++)
        if (p->block[i].table) {
            const hr_table *t = p->block[i].table;
            hr_json_put(&j, root, first ? topic : t->key, hr_table_as_json(t));
            first = false;
        }
    return hr_json_finish(&j, root);
}

static char *render(hr_page *p, const char *topic, const char *format)
{
    if (strcmp(format, "text") == 0)
        return hr_page_as_text(p);
    if (strcmp(format, "md") == 0)
        return hr_page_as_markdown(p);
    return strcmp(format, "json") == 0 ? page_as_json(p, topic) : NULL;
}

char *hr_report_show(const char *topic, const char *format)
{
    char *text = NULL;
    for (int i = 0; i < COLUMNS_OF(TOPICS); i++) {
        hr_page *p = strcmp(TOPICS[i].topic, topic) == 0 ? hr_page_new() : NULL;
        if (!p)
            continue;
        const bool as_text = TOPICS[i].build_text && strcmp(format, "text") == 0;
        (as_text ? TOPICS[i].build_text : TOPICS[i].build)(p);
        text = render(p, topic, format);
        hr_page_free(p);
    }
    return text;
}
