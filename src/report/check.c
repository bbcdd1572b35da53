/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `check`: what a scenario says before anything is simulated: counts of settings, notes, the plan's
 * arithmetic, base rates, and on request every setting with its source. */
#include <string.h>

#include "headroom/report.h"
#include "report/build.h"
#include "report/json.h"
#include "report/results.h"
#include "report/words_of.h"

/* Bytes of the key's head, the heading of its group: "topslice", "candidates.hill.conditions.roof";
 * 0 for a setting of the scenario itself. */
static size_t head_of(const char *key)
{
    const char *dot = strrchr(key, '.');
    return dot ? (size_t)(dot - key) : 0;
}

/* A distribution or a series without the marks of the file: "pert, min 1, mode 3, max 6",
 * "2025/26 145100, 2026/27 148000"; other values as they are. */
static const char *value_words(hr_page *p, const char *value)
{
    const bool group = strncmp(value, "{ ", 2) == 0, series = strncmp(value, "( (", 3) == 0;
    char *out = group || series ? hr_arena_take(p->arena, strlen(value) + 1) : NULL;
    if (!out)
        return hr_page_clean(p, value);
    size_t n = 0;
    bool in_pair = false;
    for (const char *c = value + 2; *c; c++) {
        in_pair = series && (in_pair || *c == '(') && *c != ')';
        if (group && strncmp(c, "dist = ", 7) == 0)
            c += 6;
        else if (strncmp(c, " = ", 3) == 0) {
            c += 2;
            out[n++] = ' ';
        } else if (*c == ';' && c[1] == ' ' && c[2] != '}')
            out[n++] = ',';
        else if (!strchr("\"{}();", *c) && !(in_pair && *c == ','))
            out[n++] = *c;
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
    return hr_page_clean(p, out);
}

/* The distinct sources, numbered in the order in which they are first named. */
typedef struct {
    const char **text;
    int count;
} sources;

static int source_number(hr_page *p, sources *all, const hr_assumption *a)
{
    if (!a->source && !a->date)
        return 0;
    const char *text = hr_page_text(p, "%s%s%s", hr_page_clean(p, a->source),
                                    a->source && a->date ? ", " : "", hr_page_clean(p, a->date));
    for (int i = 0; i < all->count; i++)
        if (strcmp(all->text[i], text) == 0)
            return i + 1;
    all->text[all->count++] = text;
    return all->count;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* "given, line 12", "given, other.cfg:7", "overlay, pay-shock:3", "set", "default". */
static const char *origin_words(hr_page *p, const hr_scenario *s, const hr_assumption *a)
{
    const char *word = a->origin == HR_ORIGIN_SCENARIO ? "given" : HR_ORIGIN_WORDS[a->origin];
    if (a->origin == HR_ORIGIN_DEFAULT || !a->file || a->line <= 0)
        return word;
    if (strcmp(a->file, s->path) == 0)
        return hr_page_text(p, "%s, line %d", word, a->line);
    return hr_page_text(p, "%s, %s:%d", word, hr_page_clean(p, file_name(a->file)), a->line);
}

static void setting_row(hr_page *p, hr_table *t, const hr_scenario *s, const hr_assumption *a,
                        sources *all)
{
    const size_t head = head_of(a->key);
    const int source = source_number(p, all, a);
    hr_table_row(t);
    hr_table_text(
        t, 0,
        hr_page_text(p, "%s%s", head ? "  " : "", hr_page_clean(p, a->key + head + (head > 0))));
    hr_table_text(t, 1, value_words(p, a->value));
    hr_table_text(t, 2, hr_page_clean(p, a->unit));
    hr_table_text(t, 3, origin_words(p, s, a));
    hr_table_text(t, 4,
                  hr_page_text(p, "%s %s", source ? hr_page_text(p, "[%d]", source) : "",
                               hr_page_clean(p, a->confidence)));
}

static void every_setting(hr_page *p, const hr_scenario *s)
{
    sources all = {.text = HR_TAKE(p->arena, const char *, s->assumptions + 1)};
    hr_page_add(p, HR_BLOCK_HEADING, "Every setting");
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "Origin: given (in %s where no other file is named), overlay, set on "
                             "the command line, or default of the national settings. The sources "
                             "are listed by number at the end.",
                             hr_page_clean(p, file_name(s->path))));
    hr_table *t = hr_page_table(p, "settings", "Settings by group", 5);
    hr_table_column(t, 0, "key", "setting", true);
    hr_table_column_whole(t, 0);
    hr_table_column(t, 1, "value", "value", true);
    hr_table_column(t, 2, "unit", "unit", true);
    hr_table_column(t, 3, "origin", "origin", true);
    hr_table_column(t, 4, "source", "source, confidence", true);
    const char *before = "";
    if (!all.text || !t) {
        p->failed = true;
        return;
    }
    for (int i = 0; i < s->assumptions; i++) {
        const hr_assumption *a = &s->assumption[i];
        const size_t head = head_of(a->key);
        if (head && (head != head_of(before) || strncmp(before, a->key, head) != 0)) {
            hr_table_row(t);
            hr_table_text(t, 0, hr_page_text(p, "%.*s", (int)head, a->key));
        }
        setting_row(p, t, s, a, &all);
        before = a->key;
    }
    if (all.count)
        hr_page_add(p, HR_BLOCK_HEADING, "Sources");
    for (int i = 0; i < all.count; i++)
        hr_page_item(p, hr_page_text(p, "[%d]", i + 1), all.text[i]);
}

static const hr_page *build(hr_page *p, const hr_scenario *s, const hr_plan *plan, bool explain)
{
    const hr_params_scenario *scenario = &s->params->scenario;
    hr_page_add(p, HR_BLOCK_TITLE, hr_page_clean(p, s->name));
    hr_page_add(p, HR_BLOCK_WORDS, hr_page_clean(p, hr_params_text(s->params, scenario->plan)));
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "The scenario is valid: %s to %s.",
                             hr_build_year(p, plan->start_year),
                             hr_build_year(p, plan->start_year + plan->years - 1)));
    hr_build_settings(p, s);
    hr_page_add(p, HR_BLOCK_WORDS, hr_build_no_accounts(s));
    hr_build_notes(p, s);
    hr_page_add(p, HR_BLOCK_HEADING, "The plan's arithmetic");
    hr_build_arithmetic(p, plan);
    hr_build_joiners(p, plan);
    hr_build_base_rates(p, s);
    if (explain)
        every_setting(p, s);
    return p;
}

/* The words under the heading of the arithmetic, as an array. */
static json_t *arithmetic(hr_json *j, const hr_plan *plan)
{
    hr_page *p = hr_page_new();
    json_t *words = json_array();
    j->failed = j->failed || !p;
    if (p) {
        hr_build_arithmetic(p, plan);
        hr_build_joiners(p, plan);
    }
    for (int i = 0; p && i < p->blocks; i++)
        hr_json_append(j, words, hr_json_text(j, p->block[i].text));
    j->failed = j->failed || (p && p->failed);
    hr_page_free(p);
    return words;
}

/* The register with what results.json leaves out: what a setting means and where it was given. */
static json_t *register_with_places(hr_json *j, const hr_scenario *s)
{
    json_t *rows = hr_results_assumptions(j, s);
    for (int i = 0; i < s->assumptions && i < (int)json_array_size(rows); i++) {
        const hr_assumption *a = &s->assumption[i];
        json_t *row = json_array_get(rows, (size_t)i);
        hr_json_put(j, row, "meaning", hr_json_text(j, a->meaning));
        hr_json_put(j, row, "file", hr_json_text(j, a->file));
        hr_json_put(j, row, "line", a->line > 0 ? json_integer(a->line) : json_null());
    }
    return rows;
}

static char *as_json(hr_arena *arena, const hr_scenario *s, const hr_plan *plan, bool explain)
{
    hr_json j = {.arena = arena};
    json_t *root = json_object(), *notes = json_array();
    hr_json_put(&j, root, "format", json_integer(HR_RESULTS_FORMAT));
    hr_json_put(&j, root, "version", json_string(HEADROOM_VERSION));
    hr_json_put(&j, root, "command", json_string("check"));
    hr_json_put(&j, root, "scenario", hr_json_text(&j, s->name));
    hr_json_put(&j, root, "digest", json_string(s->digest));
    hr_json_put(&j, root, "settings", hr_results_settings(&j, s));
    for (int i = 0; i < s->notes; i++)
        hr_json_append(&j, notes, hr_json_text(&j, s->note[i]));
    hr_json_put(&j, root, "notes", notes);
    hr_json_put(&j, root, "arithmetic", arithmetic(&j, plan));
    hr_json_put(&j, root, "base_rates", hr_results_base_rates(&j, s));
    if (explain)
        hr_json_put(&j, root, "assumptions", register_with_places(&j, s));
    return hr_json_finish(&j, root);
}

static char *as_text(const hr_scenario *s, const hr_plan *plan, bool explain)
{
    hr_page *p = hr_page_new();
    char *text = p ? hr_page_as_text(build(p, s, plan, explain)) : NULL;
    hr_page_free(p);
    return text;
}

char *hr_report_check(const hr_scenario *s, bool explain, bool json)
{
    const char *why = NULL;
    hr_arena *arena = hr_arena_new();
    const hr_plan *plan = arena ? hr_plan_new(s->params, arena, &why) : NULL;
    char *text = !plan ? NULL : json ? as_json(arena, s, plan, explain) : as_text(s, plan, explain);
    hr_arena_free(arena);
    return text;
}
