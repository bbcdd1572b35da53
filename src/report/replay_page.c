/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replayed future told year by year: what happened, money that adds up, schools, metrics, luck.
 */
#include "report/replay.h"

#include <inttypes.h>
#include <math.h>

#include "model/choices.h"
#include "report/build.h"
#include "report/format.h"
#include "stoch/draws.h"

static const char *pounds(hr_page *p, double value)
{
    char text[HR_NUMBER_BYTES];
    hr_format_number(value, 1.0, "GBP", text);
    return hr_page_text(p, "%s", text);
}

static void number_cell(hr_table *t, int column, double value, double step)
{
    char text[HR_NUMBER_BYTES];
    hr_format_number(value, step, "", text);
    hr_table_number(t, column, value, text);
}

/* What happens to a school that is not in the trust this year is luck in waiting, and not told. */
static bool is_told(const hr_trace_row *row, const hr_accounts *a)
{
    if (row->kind == HR_TRACE_REFUSED)
        return true;
    const bool of_school =
        row->what > HR_TE_CONDITION && row->what != HR_TE_RISK && row->index >= 0;
    return row->kind == HR_TRACE_EVENT && (!of_school || (a && a->there[row->index]));
}

static void events(hr_page *p, const hr_replay *r, const hr_accounts *a, int year)
{
    int told = 0;
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->year != year || !is_told(row, a))
            continue;
        hr_page_item(p, "-", hr_replay_event(p, r, row));
        told++;
    }
    if (told == 0 && year >= 0)
        hr_page_add(p, HR_BLOCK_WORDS, "Nothing out of the ordinary happened.");
}

/* One row over the trust and every account that is there. */
static void money_row(hr_page *p, hr_table *t, const hr_accounts *a, const char *label,
                      const double *of)
{
    double total = 0.0;
    hr_table_row(t);
    hr_table_text(t, 0, label);
    int column = 2;
    for (int i = a->accounts - 1, step = 0; step < a->accounts; step++, i = step - 1) {
        /* the centre first, then the schools */
        total += of[i];
        if (a->there[i])
            hr_table_number(t, column++, of[i], pounds(p, of[i]));
    }
    hr_table_number(t, 1, total, pounds(p, total));
}

static int accounts_there(const hr_accounts *a)
{
    int there = 0;
    for (int i = 0; i < a->accounts; i++)
        there += a->there[i];
    return there;
}

static void money_columns(hr_page *p, hr_table *t, const hr_replay *r, const hr_accounts *a)
{
    hr_table_column(t, 0, "line", "", true);
    hr_table_column(t, 1, "trust", "Trust", false);
    int column = 2;
    for (int i = a->accounts - 1, step = 0; step < a->accounts; step++, i = step - 1)
        if (a->there[i])
            hr_table_column(t, column++, "account", hr_replay_account(p, r, i), false);
}

static bool line_is_used(const hr_accounts *a, int line)
{
    for (int i = 0; i < a->accounts; i++)
        if (a->posted[line * a->accounts + i] != 0.0)
            return true;
    return false;
}

static void check_line(hr_page *p, const hr_replay *r, const hr_accounts *a)
{
    int wrong = 0;
    const char *first = "";
    for (int i = 0; i < a->accounts; i++)
        if (a->there[i] && !hr_accounts_add_up(a, i)) {
            first = wrong++ ? first : hr_replay_account(p, r, i);
        }
    hr_page_add(p, HR_BLOCK_WORDS,
                wrong ? hr_page_text(p, "CHECK: %d accounts do not add up, %s first.", wrong, first)
                      : hr_page_text(
                            p,
                            "Check: brought forward and lines make what is carried forward, to the "
                            "pound, in all %d accounts.",
                            accounts_there(a)));
}

static void money(hr_page *p, const hr_replay *r, const hr_accounts *a)
{
    hr_table *t = hr_page_table(p, "money", "Money, in pounds", 2 + accounts_there(a));
    money_columns(p, t, r, a);
    money_row(p, t, a, "Brought forward", a->opening);
    for (int l = 0; l < HR_LINES; l++)
        if (line_is_used(a, l))
            money_row(p, t, a, HR_LINE_ROWS[l].label, a->posted + l * a->accounts);
    money_row(p, t, a, "Carried forward", a->closing);
    check_line(p, r, a);
}

/* Last value of a state of a school in a year; NaN when there is none. */
static double state_of(const hr_replay *r, int year, hr_trace_state what, int index, int sub)
{
    double value = NAN;
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->kind == HR_TRACE_STATE && row->year == year && row->what == (int)what &&
            row->index == index && (sub < 0 || row->sub == sub))
            value = row->value;
    }
    return value;
}

static void grade_cell(hr_table *t, int column, double value)
{
    const char *word = isfinite(value) ? hr_choice_word(HR_SET_quality, (int)(value + 0.5)) : NULL;
    hr_table_text(t, column, word ? word : "-");
}

static void schools(hr_page *p, const hr_replay *r, const hr_accounts *a, int year)
{
    static const struct {
        hr_trace_state what;
        const char *heading;
        double step;
    } of[] = {{HR_TS_CENSUS, "census", 0.1},
              {HR_TS_NURSERY, "nursery", 0.1},
              {HR_TS_CLASSES, "classes", 0.1},
              {HR_TS_TEACHERS, "teachers", 0.1},
              {HR_TS_NEED_DAYS, "days needed", 0.1},
              {HR_TS_MET_SHARE, "share met", 0.01},
              {HR_TS_LENT_DAYS, "days lent", 0.1},
              {HR_TS_SHARE_OF_YEAR, "share of year", 0.01},
              {HR_TS_FULL_YEAR_INCOME, "income, full year", 1.0},
              {HR_TS_GAP, "planned next year", 1.0}};
    enum { STATES = sizeof of / sizeof of[0] };
    hr_table *t = hr_page_table(p, "schools", "Schools", 3 + STATES);
    hr_table_column(t, 0, "school", "", true);
    hr_table_column(t, 1, "quality", "quality", false);
    hr_table_column(t, 2, "grade", "last grade", false);
    for (int i = 0; i < STATES; i++)
        hr_table_column(t, 3 + i, hr_replay_state((int)of[i].what), of[i].heading, false);
    for (int s = 0; s < r->plan->schools; s++) {
        if (!a->there[s])
            continue;
        hr_table_row(t);
        hr_table_text(t, 0, hr_replay_account(p, r, s));
        grade_cell(t, 1, state_of(r, year, HR_TS_QUALITY, s, -1));
        grade_cell(t, 2, state_of(r, year, HR_TS_GRADE, s, -1));
        for (int i = 0; i < STATES; i++)
            number_cell(t, 3 + i, state_of(r, year, of[i].what, s, -1), of[i].step);
    }
}

/* Year groups by the age of their pupils: Reception is 4. */
static void year_groups(hr_page *p, const hr_replay *r, const hr_accounts *a, int year)
{
    hr_table *t =
        hr_page_table(p, "year_groups", "Pupils by year group at the census", 1 + HR_GROUPS_MAX);
    hr_table_column(t, 0, "school", "", true);
    for (int g = 0; g < HR_GROUPS_MAX; g++)
        hr_table_column(t, 1 + g, "group", g == 0 ? "R" : hr_page_text(p, "Y%d", g), false);
    for (int s = 0; s < r->plan->schools; s++) {
        const hr_plan_school *school = &r->plan->school[s];
        if (!a->there[s])
            continue;
        hr_table_row(t);
        hr_table_text(t, 0, hr_replay_account(p, r, s));
        for (int g = 0; g < school->groups + school->sixth; g++) {
            const bool sixth = g >= school->groups;
            const double value = state_of(r, year, sixth ? HR_TS_SIXTH : HR_TS_GROUP, s, g);
            const int column = sixth ? 1 + 12 + g - school->groups : 1 + school->first_age - 4 + g;
            if (column >= 1 && column <= HR_GROUPS_MAX && isfinite(value))
                number_cell(t, column, value, 0.1);
        }
    }
}

static void metrics(hr_page *p, const hr_replay *r, int year)
{
    hr_table *t = hr_page_table(p, "metrics", "What is recorded", 3);
    hr_table_column(t, 0, "metric", "metric", true);
    hr_table_column(t, 1, "value", "value", false);
    hr_table_column(t, 2, "unit", "unit", true);
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->year != year || row->kind != HR_TRACE_METRIC)
            continue;
        const hr_metric_row *metric = &HR_METRIC_ROWS[row->what];
        char text[HR_NUMBER_BYTES];
        const bool is_pounds = metric->unit[0] == 'G';
        hr_format_number(row->value, is_pounds || metric->kind != HR_KIND_REAL ? 1.0 : 0.1,
                         metric->unit, text);
        hr_table_row(t);
        hr_table_text(t, 0, metric->label);
        hr_table_number(t, 1, row->value, text);
        hr_table_text(t, 2, is_pounds ? "" : metric->unit);
    }
}

static void settings(hr_page *p, const hr_replay *r, int year)
{
    hr_table *t = NULL;
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->year != year || row->kind != HR_TRACE_SETTING)
            continue;
        if (!t) {
            t = hr_page_table(
                p, "settings",
                year < 0 ? "Settings drawn for this future" : "Settings drawn for this year", 3);
            hr_table_column(t, 0, "key", "setting", true);
            hr_table_column(t, 1, "value", "drawn", false);
            hr_table_column(t, 2, "unit", "unit", true);
        }
        const char *unit = NULL;
        hr_table_row(t);
        hr_table_text(t, 0, hr_page_clean(p, hr_replay_setting(r, row->what, &unit)));
        number_cell(t, 1, row->value, fabs(row->value) >= 1000.0 ? 1.0 : 0.0001);
        hr_table_text(t, 2, unit ? unit : "");
    }
}

static void luck(hr_page *p, const hr_replay *r, int year)
{
    hr_table *t = hr_page_table(p, "luck", "Luck", 4);
    if (t)
        t->note = "z: a standard normal, 0 is no luck either way; u: a chance between 0 and 1.";
    hr_table_column(t, 0, "driver", "what is drawn", true);
    hr_table_column(t, 1, "whose", "whose", true);
    hr_table_column(t, 2, "kind", "as", true);
    hr_table_column(t, 3, "value", "drawn", false);
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->year != year || row->kind != HR_TRACE_DRAW)
            continue;
        const hr_driver_row *driver = hr_driver_describe(row->what);
        hr_table_row(t);
        hr_table_text(t, 0, driver->meaning);
        hr_table_text(t, 1, hr_replay_whose(p, r, row));
        hr_table_text(t, 2, driver->family == HR_FAMILY_NORMAL ? "z" : "u");
        number_cell(t, 3, row->value, 0.0001);
    }
}

static void indices(hr_page *p, const hr_replay *r, int year)
{
    static const char *const labels[HR_GROWTHS] = {"none",        "grant",  "teacher pay",
                                                   "support pay", "prices", "energy"};
    const char *list = "";
    for (int g = 1; g < HR_GROWTHS; g++) {
        char text[HR_NUMBER_BYTES];
        hr_format_number(state_of(r, year, HR_TS_INDEX, g, -1), 0.0001, "", text);
        list = hr_page_text(p, "%s%s%s %s", list, g > 1 ? ", " : "", labels[g], text);
    }
    hr_page_add(p, HR_BLOCK_WORDS, hr_page_text(p, "Levels, the start being 1: %s.", list));
}

void hr_replay_page(hr_page *p, const hr_replay *r)
{
    hr_page_add(p, HR_BLOCK_TITLE, hr_page_clean(p, r->scenario->name));
    hr_page_add(
        p, HR_BLOCK_WORDS,
        r->path == 0
            ? hr_page_text(p, "Future 0, the plain case: no luck either way. Seed %" PRIu64 ".",
                           r->seed)
            : hr_page_text(p, "Future %" PRIu64 " of seed %" PRIu64 ".", r->path, r->seed));
    hr_page_add(p, HR_BLOCK_HEADING, "Before the first year");
    events(p, r, NULL, -1);
    settings(p, r, -1);
    luck(p, r, -1);
    const hr_accounts *before = NULL;
    for (int t = 0; t < r->plan->years; t++) {
        const hr_accounts *a = hr_replay_accounts(r, t, before, p->arena);
        if (!a) {
            p->failed = true;
            return;
        }
        hr_page_add(p, HR_BLOCK_HEADING, hr_build_year(p, r->plan->start_year + t));
        events(p, r, a, t);
        money(p, r, a);
        schools(p, r, a, t);
        year_groups(p, r, a, t);
        metrics(p, r, t);
        indices(p, r, t);
        settings(p, r, t);
        luck(p, r, t);
        before = a;
    }
}
