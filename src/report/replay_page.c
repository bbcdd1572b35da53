/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replayed future told year by year: what happened, accounts that add up, schools, figures. All
 * that luck decided comes at the end. */
#include "report/replay.h"

#include <inttypes.h>
#include <math.h>

#include "report/build.h"
#include "report/format.h"

/* A sum in a table that says that it is in pounds; nothing is a dash. */
static void pounds_cell(hr_table *t, int column, double value)
{
    char text[HR_NUMBER_BYTES];
    hr_format_number(value, 1.0, "", text);
    hr_table_number(t, column, value, value == 0.0 ? "-" : text);
}

/* One row over the trust and every account that is there. */
static void money_row(hr_table *t, const hr_accounts *a, const char *label, const double *of)
{
    double total = 0.0;
    hr_table_row(t);
    hr_table_text(t, 0, label);
    int column = 2;
    for (int i = a->accounts - 1, step = 0; step < a->accounts; step++, i = step - 1) {
        /* the centre first, then the schools */
        total += of[i];
        if (a->there[i])
            pounds_cell(t, column++, of[i]);
    }
    pounds_cell(t, 1, total);
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
    hr_table *t = hr_page_table(p, "money", "Accounts, in pounds", 2 + accounts_there(a));
    money_columns(p, t, r, a);
    money_row(t, a, "Brought forward", a->opening);
    for (int l = 0; l < HR_LINES; l++)
        if (line_is_used(a, l))
            money_row(t, a, HR_LINE_ROWS[l].label, a->posted + l * a->accounts);
    money_row(t, a, "Carried forward", a->closing);
    check_line(p, r, a);
}

/* Last value of a state in a year; NaN when there is none. */
static double state_of(const hr_replay *r, int year, hr_trace_state what, int index, int sub)
{
    const hr_trace_row *row = hr_replay_find(r, HR_TRACE_STATE, (int)what, index, sub, year);
    return row ? row->value : NAN;
}

/* What is told of a school in a year: a state of the trace, in a unit that people use. */
typedef struct {
    hr_trace_state what;
    const char *heading;
    double step, times;
} school_state;

/* Fills a column: whole numbers where all are whole. The schools that are there are the rows. */
static void school_column(hr_table *t, const hr_replay *r, const hr_accounts *a, int year,
                          const school_state *of, int column)
{
    if (!t)
        return;
    double *value = HR_TAKE(t->page->arena, double, r->plan->schools);
    if (!value) {
        t->page->failed = true;
        return;
    }
    double step = 1.0;
    for (int s = 0; s < r->plan->schools; s++) {
        value[s] = of->times * state_of(r, year, of->what, s, HR_ANY);
        if (a->there[s] && isfinite(value[s]) && fabs(value[s] - floor(value[s] + 0.5)) > 1e-9)
            step = of->step;
    }
    hr_table_column(t, column, hr_replay_state((int)of->what), of->heading, false);
    for (int s = 0, row = 0; s < r->plan->schools; s++) {
        char text[HR_NUMBER_BYTES];
        if (!a->there[s])
            continue;
        hr_format_number(value[s], step, "", text);
        hr_table_number_at(t, row++, column, value[s], isfinite(value[s]) ? text : "-");
    }
}

static hr_table *school_table(hr_page *p, const hr_replay *r, const hr_accounts *a,
                              const char *title, int columns)
{
    hr_table *t = hr_page_table(p, "schools", title, columns);
    hr_table_column(t, 0, "school", "", true);
    for (int s = 0; s < r->plan->schools; s++)
        if (a->there[s]) {
            hr_table_row(t);
            hr_table_text(t, 0, hr_replay_account(p, r, s));
        }
    return t;
}

static void grades(hr_table *t, const hr_replay *r, const hr_accounts *a, int year)
{
    hr_table_column(t, 1, "quality", "quality", false);
    hr_table_column(t, 2, "grade", "last inspection", false);
    for (int s = 0, row = 0; s < r->plan->schools; s++)
        if (a->there[s]) {
            const double quality = state_of(r, year, HR_TS_QUALITY, s, HR_ANY);
            const double grade = state_of(r, year, HR_TS_GRADE, s, HR_ANY);
            hr_table_text_at(t, row, 1, isfinite(quality) ? hr_replay_quality(quality) : "-");
            hr_table_text_at(t, row++, 2, isfinite(grade) ? hr_replay_quality(grade) : "-");
        }
}

static void schools(hr_page *p, const hr_replay *r, const hr_accounts *a, int year)
{
    static const school_state pupils[] = {
        {HR_TS_CENSUS, "pupils, census", 0.1, 1.0},
        {HR_TS_NURSERY, "pupils, nursery", 0.1, 1.0},
        {HR_TS_CLASSES, "classes", 0.1, 1.0},
        {HR_TS_TEACHERS, "teachers, FTE", 0.1, 1.0},
        {HR_TS_ENTRY_INDEX, "entry by feeders and area, % of the start's", 0.1, 100.0}};
    static const school_state means[] = {
        {HR_TS_SHARE_OF_YEAR, "months in the trust", 0.1, 12.0},
        {HR_TS_NEED_DAYS, "days needed", 0.1, 1.0},
        {HR_TS_MET_SHARE, "of these met, %", 0.1, 100.0},
        {HR_TS_LENT_DAYS, "days lent", 0.1, 1.0},
        {HR_TS_FULL_YEAR_INCOME, "income of a full year, \xc2\xa3", 1.0, 1.0},
        {HR_TS_GAP, "planned next year, \xc2\xa3", 1.0, 1.0},
        {HR_TS_TOPSLICE_RATE, "top-slice, %", 0.01, 1.0}};
    enum { PUPILS = sizeof pupils / sizeof pupils[0], MEANS = sizeof means / sizeof means[0] };
    const int columns = r->plan->fed ? PUPILS : PUPILS - 1;
    const bool by_rate = hr_topslice_by_rate(r->plan->params->scenario.topslice.form);
    const int shown = by_rate ? MEANS : MEANS - 1;
    hr_table *t = school_table(p, r, a, "Schools: pupils and quality", 3 + columns);
    grades(t, r, a, year);
    for (int i = 0; i < columns; i++)
        school_column(t, r, a, year, &pupils[i], 3 + i);
    t = school_table(p, r, a, "Schools: improvement and money", 1 + shown);
    if (t)
        t->note = "Days of improvement work that the school needs, and lends to others by its "
                  "leaders. Planned next year: the balance of next year as it stands, before "
                  "savings are found or a surplus is spent.";
    for (int i = 0; i < shown; i++)
        school_column(t, r, a, year, &means[i], 1 + i);
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
                hr_build_rounded_cell(t, column, value, 0.1);
        }
    }
}

/* A metric of one future as people read it: the name of a state, a whole number, a tenth. */
static const char *metric_words(hr_page *p, int m, double value)
{
    const hr_metric_row *metric = &HR_METRIC_ROWS[m];
    if (metric->kind == HR_KIND_STATE && isfinite(value)) {
        const char *state = hr_metric_state((hr_metric)m, (int)(value + 0.5));
        return state ? state : "-";
    }
    const bool whole = metric->unit[0] == 'G' || metric->kind != HR_KIND_REAL;
    return hr_build_rounded(p, value, whole ? 1.0 : 0.1, metric->unit);
}

static const char *metric_unit(int m)
{
    const hr_metric_row *metric = &HR_METRIC_ROWS[m];
    return metric->unit[0] == 'G' || metric->kind == HR_KIND_STATE ? "" : metric->unit;
}

static void metrics(hr_page *p, const hr_replay *r, int year)
{
    hr_table *t = hr_page_table(p, "metrics", "The trust in figures", 3);
    hr_table_column(t, 0, "metric", "metric", true);
    hr_table_column(t, 1, "value", "value", false);
    hr_table_column(t, 2, "unit", "unit", true);
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->year != year || row->kind != HR_TRACE_METRIC)
            continue;
        hr_table_row(t);
        hr_table_text(t, 0, HR_METRIC_ROWS[row->what].label);
        hr_table_number(t, 1, row->value, metric_words(p, row->what, row->value));
        hr_table_text(t, 2, metric_unit(row->what));
    }
}

/* The whole future on a few lines: what a board asks first. */
static void in_short(hr_page *p, const hr_replay *r)
{
    static const hr_metric shown[] = {
        HR_M_PUPILS,       HR_M_SCHOOLS,      HR_M_INCOME,           HR_M_IN_YEAR_BALANCE,
        HR_M_RESERVES,     HR_M_RESERVES_PCT, HR_M_CAPACITY_USE_PCT, HR_M_SCHOOLS_BELOW_GOOD,
        HR_M_EARLY_WARNING};
    hr_table *t = hr_page_table(p, "in_short", "In short", 1 + r->plan->years);
    hr_table_column(t, 0, "metric", "", true);
    hr_build_year_columns(t, 1, r->plan->start_year, r->plan->years);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        hr_table_row(t);
        hr_table_text(t, 0, hr_build_metric_label(p, &HR_METRIC_ROWS[shown[i]]));
        for (int y = 0; y < r->plan->years; y++) {
            const hr_trace_row *row =
                hr_replay_find(r, HR_TRACE_METRIC, (int)shown[i], -1, HR_ANY, y);
            if (row)
                hr_table_number(t, 1 + y, row->value, metric_words(p, (int)shown[i], row->value));
        }
    }
}

static void indices(hr_page *p, const hr_replay *r, int year)
{
    static const char *const labels[HR_GROWTHS] = {"none",        "grant",  "teacher pay",
                                                   "support pay", "prices", "energy"};
    const char *list = "";
    for (int g = 1; g < HR_GROWTHS; g++) {
        const char *level =
            hr_build_rounded(p, state_of(r, year, HR_TS_INDEX, g, HR_ANY), 0.0001, NULL);
        list = hr_page_text(p, "%s%s%s %s", list, g > 1 ? ", " : "", labels[g], level);
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
    in_short(p, r);
    hr_page_add(p, HR_BLOCK_HEADING, "Before the first year");
    hr_replay_story(p, r, NULL, NULL, -1);
    const hr_accounts *before = NULL;
    const hr_trace_row *end =
        hr_replay_find(r, HR_TRACE_EVENT, HR_TE_TRUST_ENDS, -1, HR_ANY, HR_ANY);
    const int years = end ? (int)end->value : r->plan->years;
    for (int t = 0; t < years; t++) {
        const hr_accounts *a = hr_replay_accounts(r, t, before, p->arena);
        if (!a) {
            p->failed = true;
            return;
        }
        hr_page_add(p, HR_BLOCK_HEADING, hr_build_year(p, r->plan->start_year + t));
        hr_replay_story(p, r, before, a, t);
        money(p, r, a);
        schools(p, r, a, t);
        year_groups(p, r, a, t);
        metrics(p, r, t);
        indices(p, r, t);
        before = a;
    }
    hr_replay_luck(p, r);
}
