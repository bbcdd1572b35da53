/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json read back: the years, quantiles, chances, targets, schools and what was known at the
 * start. A member that is missing is not known, since versions differ; a shape that is wrong is a
 * fault. It must not know files or digests. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config/number.h"
#include "report/frozen.h"

enum { PATHS_MOST = 1000000000 };

static double real_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static const char *text_of(hr_arena *arena, const json_t *object, const char *key, bool *failed)
{
    const char *text = json_string_value(json_object_get(object, key));
    const char *copy = hr_arena_text(arena, text ? text : "");
    *failed = *failed || !copy;
    return copy;
}

/* The calendar year of "2026/27"; -1 when it is no such label. */
static int year_of(const json_t *label)
{
    const char *text = json_string_value(label);
    char again[8];
    if (!text || strlen(text) != 7)
        return -1;
    const int year = (int)strtol(text, NULL, 10);
    if (year < 1900 || year > 2200)
        return -1;
    hr_year_label(year, again);
    return strcmp(again, text) == 0 ? year : -1;
}

static bool read_years(hr_frozen *f, const json_t *root)
{
    const json_t *years = json_object_get(root, "years");
    const size_t count = json_array_size(years);
    if (count < 1 || count > HR_FROZEN_YEARS)
        return false;
    f->years = (int)count;
    f->start_year = year_of(json_array_get(years, 0));
    for (int t = 0; t < f->years; t++)
        if (f->start_year < 0 || year_of(json_array_get(years, (size_t)t)) != f->start_year + t)
            return false;
    return true;
}

static hr_frozen_year year_said(const json_t *year, hr_metric metric)
{
    hr_frozen_year said = {.mean = real_of(year, "mean")};
    const json_t *n = json_object_get(year, "n"), *states = json_object_get(year, "states");
    said.n = json_integer_value(n) > 0 ? (uint64_t)json_integer_value(n) : 0;
    for (int q = 0; q < HR_QUANTILES; q++)
        said.quantile[q] = real_of(json_object_get(year, HR_QUANTILE_KEY[q]), "value");
    for (int k = 0; k < HR_STATES; k++)
        said.state[k] =
            hr_metric_state(metric, k) ? real_of(json_array_get(states, (size_t)k), "p") : NAN;
    return said;
}

static bool read_metrics(hr_frozen *f, const json_t *root, hr_arena *arena)
{
    f->metric = HR_TAKE(arena, hr_frozen_year, HR_METRICS * f->years);
    f->risk = HR_TAKE(arena, double, HR_RISKS * f->years);
    if (!f->metric || !f->risk)
        return false;
    const json_t *metrics = json_object_get(root, "metrics"),
                 *risks = json_object_get(root, "risks");
    for (int m = 0; m < HR_METRICS; m++) {
        const json_t *years =
            json_object_get(json_object_get(metrics, HR_METRIC_ROWS[m].key), "years");
        for (int t = 0; t < f->years; t++)
            f->metric[m * f->years + t] = year_said(json_array_get(years, (size_t)t), (hr_metric)m);
    }
    for (int r = 0; r < HR_RISKS; r++) {
        const json_t *years = json_object_get(json_object_get(risks, HR_RISK_ROWS[r].key), "years");
        for (int t = 0; t < f->years; t++)
            f->risk[r * f->years + t] = real_of(json_array_get(years, (size_t)t), "p");
    }
    return true;
}

/* A target whose chance or statement is not understood is left out: it cannot be judged. */
static bool read_targets(hr_frozen *f, const json_t *root, hr_arena *arena)
{
    const json_t *targets = json_object_get(root, "targets");
    bool failed = false;
    f->target = HR_TAKE(arena, hr_frozen_target, json_array_size(targets) + 1);
    for (size_t i = 0; f->target && i < json_array_size(targets); i++) {
        const json_t *target = json_array_get(targets, i);
        hr_expr_fault fault;
        hr_frozen_target *to = &f->target[f->targets];
        *to = (hr_frozen_target){.id = text_of(arena, target, "id", &failed),
                                 .name = text_of(arena, target, "name", &failed),
                                 .expr = text_of(arena, target, "expr", &failed),
                                 .p = real_of(target, "p")};
        if (failed)
            return false;
        f->targets +=
            !isnan(to->p) && hr_prob_parse(&to->prob, to->expr, f->start_year, f->years, &fault);
    }
    return f->target != NULL;
}

/* A roll as it was written: a number, or a list by year group. */
static double roll_of(const char *text)
{
    double sum = 0.0;
    const bool list = text[0] == '[';
    const char *at = text + list;
    do {
        double part;
        at += strspn(at, " ");
        const size_t length = strcspn(at, ",] ");
        if (!hr_number_parse(at, length, &part))
            return NAN;
        sum += part;
        at += length;
        at += strspn(at, " ");
    } while (*at++ == ',');
    return sum;
}

/* Is the setting the roll of a school: "schools.ID.roll" of the trust, "candidates.ID.roll" or
 * "candidates.MERGER.schools.ID.roll" of a joiner? */
static bool is_roll(const char *key, const char *id, bool trust)
{
    const size_t length = strlen(key), id_length = strlen(id);
    if (length < id_length + 6 || strcmp(key + length - 5, ".roll") != 0)
        return false;
    const char *at = key + length - 5 - id_length;
    if (at == key || at[-1] != '.' || strncmp(at, id, id_length) != 0)
        return false;
    return strncmp(key, trust ? "schools." : "candidates.", trust ? 8 : 11) == 0;
}

static hr_known roll_known(const json_t *assumptions, const char *id, bool trust)
{
    for (size_t i = 0; i < json_array_size(assumptions); i++) {
        const json_t *row = json_array_get(assumptions, i);
        const char *key = json_string_value(json_object_get(row, "key"));
        const char *value = json_string_value(json_object_get(row, "value"));
        if (key && value && is_roll(key, id, trust))
            return (hr_known){.value = roll_of(value), .origin = HR_KNOWN_OPENING};
    }
    return (hr_known){.value = NAN};
}

static bool read_school(hr_frozen_school *to, const json_t *school, size_t years, hr_arena *arena)
{
    const json_t *said = json_object_get(school, "years");
    hr_frozen_year *year = HR_TAKE(arena, hr_frozen_year, 2 * years);
    bool failed = year == NULL;
    to->id = text_of(arena, school, "id", &failed);
    to->name = text_of(arena, school, "name", &failed);
    if (failed)
        return false;
    to->pupils = year;
    to->reserves_pct = year + years;
    for (size_t t = 0; t < years; t++) {
        const json_t *of = json_array_get(said, t);
        to->pupils[t] = to->reserves_pct[t] = year_said(of, HR_M_PUPILS);
        to->pupils[t].mean = real_of(of, "pupils");
        to->reserves_pct[t].mean = real_of(of, "reserves_pct");
    }
    return true;
}

static bool read_schools(hr_frozen *f, const json_t *root, hr_arena *arena)
{
    const json_t *schools = json_object_get(root, "schools");
    const json_t *assumptions = json_object_get(root, "assumptions");
    const size_t count = json_array_size(schools);
    double pupils = 0.0;
    int at_start = 0;
    f->school = HR_TAKE(arena, hr_frozen_school, count + 1);
    for (size_t s = 0; s < count; s++) {
        hr_frozen_school *to = f->school ? &f->school[f->schools++] : NULL;
        if (!to || !read_school(to, json_array_get(schools, s), (size_t)f->years, arena))
            return false;
        to->roll = roll_known(assumptions, to->id, true);
        if (to->roll.origin == HR_KNOWN_OPENING) {
            pupils += to->roll.value;
            at_start++;
        } else {
            to->roll = roll_known(assumptions, to->id, false);
        }
    }
    if (at_start) {
        f->known[HR_M_PUPILS] = (hr_known){pupils, HR_KNOWN_OPENING};
        f->known[HR_M_SCHOOLS] = (hr_known){at_start, HR_KNOWN_OPENING};
    }
    return f->school != NULL;
}

/* "history.2025/26.pupils" of the last year that has one. */
static double history_of(const json_t *assumptions, const char *what, int *year)
{
    double value = NAN;
    *year = -1;
    for (size_t i = 0; i < json_array_size(assumptions); i++) {
        const json_t *row = json_array_get(assumptions, i);
        const char *key = json_string_value(json_object_get(row, "key"));
        const char *text = json_string_value(json_object_get(row, "value"));
        if (!key || !text || strncmp(key, "history.", 8) != 0 || strlen(key) < 16 ||
            key[15] != '.' || strcmp(key + 16, what) != 0)
            continue;
        const int of = (int)strtol(key + 8, NULL, 10);
        double number;
        if (of > *year && hr_number_parse(text, strlen(text), &number)) {
            value = number;
            *year = of;
        }
    }
    return value;
}

static void known_by_history(hr_frozen *f, const json_t *assumptions)
{
    static const struct {
        hr_metric metric;
        const char *key;
    } of[] = {{HR_M_PUPILS, "pupils"}, {HR_M_INCOME, "income"}, {HR_M_RESERVES, "reserves"}};
    int year[3];
    double value[3];
    for (int i = 0; i < 3; i++) {
        value[i] = history_of(assumptions, of[i].key, &year[i]);
        if (!isnan(value[i]))
            f->known[of[i].metric] = (hr_known){value[i], HR_KNOWN_HISTORY};
    }
    if (!isnan(value[1]) && !isnan(value[2]) && year[1] == year[2] && value[1] > 0.0)
        f->known[HR_M_RESERVES_PCT] = (hr_known){100.0 * value[2] / value[1], HR_KNOWN_HISTORY};
}

const char *hr_frozen_results(hr_frozen *f, const json_t *root, hr_arena *arena)
{
    const char *command = json_string_value(json_object_get(root, "command"));
    const json_t *paths = json_object_get(root, "paths");
    bool failed = false;
    *f = (hr_frozen){.paths = 0};
    if (!command || strcmp(command, "run") != 0)
        return "these are not the results of `headroom run`, and score reads no others";
    if (json_integer_value(json_object_get(root, "format")) != 1)
        return "these results are in a format that this version does not know";
    if (json_integer_value(paths) < 1 || json_integer_value(paths) > PATHS_MOST ||
        !read_years(f, root))
        return "these results do not say how many futures or which years they are of";
    f->paths = (uint64_t)json_integer_value(paths);
    f->scenario = text_of(arena, root, "scenario", &failed);
    f->version = text_of(arena, root, "version", &failed);
    f->seed = text_of(arena, root, "seed", &failed);
    f->digest = text_of(arena, json_object_get(root, "digests"), "scenario", &failed);
    for (int m = 0; m < HR_METRICS; m++)
        f->known[m] = (hr_known){.value = NAN};
    const double opening =
        real_of(json_object_get(json_object_get(root, "run"), "opening"), "value");
    if (!isnan(opening))
        f->known[HR_M_RESERVES] = (hr_known){opening, HR_KNOWN_OPENING};
    if (failed || !read_metrics(f, root, arena) || !read_targets(f, root, arena) ||
        !read_schools(f, root, arena))
        return hr_status_words(HR_NO_MEMORY);
    known_by_history(f, json_object_get(root, "assumptions"));
    return NULL;
}
