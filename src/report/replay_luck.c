/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that luck decided in a replayed future: one table for what is drawn once, one for each
 * year, the rows gathered under whose they are. It must not know what came of it but by the trace.
 */
#include "report/replay.h"

#include <math.h>
#include <string.h>

#include "report/build.h"
#include "stoch/draws.h"

/* Whose a row is: the trust's, a school's, or that of a candidate of several schools. */
enum { OF_TRUST = 0, OF_SCHOOLS = 1 };

static int owners(const hr_plan *plan) { return OF_SCHOOLS + plan->schools + plan->candidates; }

static int owner_of_candidate(const hr_plan *plan, int k)
{
    for (int s = 0; s < plan->schools; s++)
        if (plan->candidate[k].schools == 1 && plan->school[s].candidate == k)
            return OF_SCHOOLS + s;
    return OF_SCHOOLS + plan->schools + k;
}

static const char *owner_name(hr_page *p, const hr_replay *r, int owner)
{
    if (owner == OF_TRUST)
        return "The trust and its world";
    const int school = owner - OF_SCHOOLS;
    return school < r->plan->schools ? hr_replay_account(p, r, school)
                                     : hr_replay_candidate(p, r, school - r->plan->schools);
}

/* The candidate that an owner is or belongs to, or -1. */
static int candidate_of(const hr_plan *plan, int owner)
{
    const int school = owner - OF_SCHOOLS;
    return owner == OF_TRUST        ? -1
           : school < plan->schools ? plan->school[school].candidate
                                    : school - plan->schools;
}

/* Is "group.id." the head of the key? Then what follows it, else NULL. */
static const char *after_head(const char *key, const char *group, const char *id)
{
    const size_t g = strlen(group), n = strlen(id);
    const bool is =
        strncmp(key, group, g) == 0 && strncmp(key + g, id, n) == 0 && key[g + n] == '.';
    return is ? key + g + n + 1 : NULL;
}

/* Whose a setting is, and the part of its key that is not said by that. */
static int owner_of_setting(const hr_plan *plan, const char *key, const char **field)
{
    for (int k = 0; k < plan->candidates; k++) {
        const char *rest = after_head(key, "candidates.", plan->candidate[k].id);
        if (!rest)
            continue;
        for (int i = 0; plan->candidate[k].schools > 1 && i < plan->schools; i++) {
            const char *own = after_head(rest, "schools.", plan->school[i].id);
            if (own && plan->school[i].candidate == k) {
                *field = own;
                return OF_SCHOOLS + i;
            }
        }
        *field = rest;
        return owner_of_candidate(plan, k);
    }
    for (int s = 0; s < plan->schools; s++) {
        const char *rest = after_head(key, "schools.", plan->school[s].id);
        if (rest) {
            *field = rest;
            return OF_SCHOOLS + s;
        }
    }
    *field = key;
    return OF_TRUST;
}

/* Whose a draw is that belongs to no setting. */
static int owner_of_draw(const hr_plan *plan, const hr_trace_row *row)
{
    int index, sub;
    if (!hr_replay_place(plan, row, &index, &sub))
        return OF_TRUST;
    switch (hr_driver_describe(row->what)->scope) {
    case HR_SCOPE_SCHOOL: return OF_SCHOOLS + index;
    case HR_SCOPE_RISK: return sub < 0 ? OF_TRUST : OF_SCHOOLS + sub;
    case HR_SCOPE_CANDIDATE:
    case HR_SCOPE_CONDITION: return owner_of_candidate(plan, index);
    default: return OF_TRUST;
    }
}

static bool is_of_setting(const hr_trace_row *row)
{
    return row->kind == HR_TRACE_DRAW &&
           hr_driver_describe(row->what)->scope == HR_SCOPE_ASSUMPTION;
}

/* The luck behind a setting, or NULL where it follows another's. */
static const hr_trace_row *luck_behind(const hr_replay *r, const hr_trace_row *setting)
{
    for (size_t i = 0; i < r->rows; i++)
        if (r->row[i].year == setting->year && is_of_setting(&r->row[i]) &&
            r->row[i].entity == setting->entity)
            return &r->row[i];
    return NULL;
}

/* The same luck is read again where several ask for it. */
static bool read_before(const hr_replay *r, size_t at)
{
    const hr_trace_row *row = &r->row[at];
    for (size_t i = at; i-- > 0 && r->row[i].year == row->year;)
        if (r->row[i].kind == row->kind && r->row[i].what == row->what &&
            r->row[i].entity == row->entity && r->row[i].calendar_year == row->calendar_year)
            return true;
    return false;
}

/* Four digits, whole where that is all there is. */
static double step_for(double value)
{
    const double size = fabs(value);
    if (size >= 1000.0 || floor(value) == value)
        return 1.0;
    return size >= 100.0 ? 0.1 : size >= 10.0 ? 0.01 : size >= 1.0 ? 0.001 : 0.0001;
}

static void luck_cells(hr_table *t, const hr_trace_row *draw)
{
    const bool normal = hr_driver_describe(draw->what)->family == HR_FAMILY_NORMAL;
    hr_table_text(t, 1, normal ? "z" : "u");
    hr_build_rounded_cell(t, 2, draw->value, 0.0001);
}

static void setting_row(hr_page *p, hr_table *t, const hr_replay *r, const hr_trace_row *row,
                        const char *field)
{
    const char *unit = NULL;
    const hr_trace_row *draw = luck_behind(r, row);
    (void)hr_replay_setting(r, row->what, &unit);
    hr_table_row(t);
    hr_table_text(t, 0, hr_page_text(p, "  %s", hr_page_clean(p, field)));
    if (draw)
        luck_cells(t, draw);
    hr_build_rounded_cell(t, 3, row->value, step_for(row->value));
    hr_table_text(t, 4, unit ? unit : "");
}

/* What is drawn, in words short enough for a line. */
static const char *draw_words(hr_page *p, const hr_replay *r, const hr_trace_row *row)
{
    static const char *const lead[] = {[HR_SCOPE_RISK] = "Risk",
                                       [HR_SCOPE_CONDITION] = "Condition",
                                       [HR_SCOPE_POST] = "Post stands empty",
                                       [HR_SCOPE_PIPELINE] = "Schools that come forward",
                                       [HR_SCOPE_ASSUMPTION] = NULL};
    const hr_driver_row *driver = hr_driver_describe(row->what);
    if (driver->scope == HR_SCOPE_AREA)
        return hr_page_text(p, "%s: %s", driver->meaning, hr_replay_topic(p, r, row));
    return lead[driver->scope] ? hr_page_text(p, "%s: %s", lead[driver->scope],
                                              hr_page_name(p, hr_replay_topic(p, r, row)))
                               : driver->meaning;
}

/* Is there this event of the risk at a school, or of the condition, that a draw decides? */
static bool came_about(const hr_replay *r, const hr_trace_row *draw, hr_trace_event event, int year)
{
    int index, sub;
    return hr_replay_place(r->plan, draw, &index, &sub) &&
           hr_replay_find(r, HR_TRACE_EVENT, (int)event, index, sub, year);
}

/* What a chance decided, where the trace says that it happened. */
static const char *came_of(const hr_replay *r, const hr_trace_row *row, int owner)
{
    static const struct {
        hr_driver driver;
        hr_trace_event event;
        const char *word;
    } of[] = {{HR_D_QUALITY, HR_TE_QUALITY, "moved"},
              {HR_D_INSPECTION, HR_TE_INSPECTED, "inspected"},
              {HR_D_HEAD, HR_TE_HEAD_LEFT, "left"},
              {HR_D_CAPITAL_BID, HR_TE_CAPITAL_AWARD, "won"}};
    if (row->what == HR_D_RISK_EVENT)
        return came_about(r, row, HR_TE_RISK, row->year) ? "happened" : "";
    if (row->what == HR_D_CONDITION)
        return came_about(r, row, HR_TE_CONDITION, HR_ANY) ? "applies" : "";
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        if ((int)of[i].driver == row->what && hr_replay_find(r, HR_TRACE_EVENT, (int)of[i].event,
                                                             owner - OF_SCHOOLS, HR_ANY, row->year))
            return of[i].word;
    return "";
}

static void draw_row(hr_page *p, hr_table *t, const hr_replay *r, const hr_trace_row *row,
                     int owner)
{
    hr_table_row(t);
    hr_table_text(t, 0, hr_page_text(p, "  %s", draw_words(p, r, row)));
    luck_cells(t, row);
    hr_table_text(t, 3, came_of(r, row, owner));
}

static void owner_rows(hr_page *p, hr_table *t, const hr_replay *r, int year, int owner)
{
    bool headed = false;
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        const bool setting = row->kind == HR_TRACE_SETTING;
        if (row->year != year || !(setting || (row->kind == HR_TRACE_DRAW && !is_of_setting(row))))
            continue;
        const char *field = "";
        const int whose =
            setting ? owner_of_setting(r->plan, hr_replay_setting(r, row->what, NULL), &field)
                    : owner_of_draw(r->plan, row);
        /* looking back for the same luck costs most, so it is asked last */
        if (whose != owner || (!setting && read_before(r, i)))
            continue;
        if (!headed) {
            hr_table_row(t);
            hr_table_text(t, 0, owner_name(p, r, owner));
            headed = true;
        }
        if (setting)
            setting_row(p, t, r, row, field);
        else
            draw_row(p, t, r, row, owner);
    }
}

static void left_out(hr_page *p, const hr_replay *r)
{
    const char *names = "";
    int count = 0;
    for (int k = 0; k < r->plan->candidates; k++)
        if (!hr_replay_came_forward(r, k))
            names =
                hr_page_text(p, "%s%s%s", names, count++ ? ", " : "", hr_replay_candidate(p, r, k));
    if (count)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "Left out here, because %s never came forward in this future: %s. "
                                 "explain --json has %s too.",
                                 count == 1 ? "it" : "they", names, count == 1 ? "it" : "them"));
}

static void table_of(hr_page *p, const hr_replay *r, int year)
{
    hr_table *t = hr_page_table(
        p, "luck",
        year < 0 ? "Drawn before the first year"
                 : hr_page_text(p, "Drawn for %s", hr_build_year(p, r->plan->start_year + year)),
        5);
    hr_table_column(t, 0, "what", "what is drawn", true);
    hr_table_column(t, 1, "kind", "as", true);
    hr_table_column(t, 2, "luck", "drawn", false);
    hr_table_column(t, 3, "value", "became", false);
    hr_table_column(t, 4, "unit", "unit", true);
    if (t)
        t->wide = true;
    for (int owner = 0; owner < owners(r->plan); owner++) {
        const int k = candidate_of(r->plan, owner);
        if (k < 0 || hr_replay_came_forward(r, k))
            owner_rows(p, t, r, year, owner);
    }
}

void hr_replay_luck(hr_page *p, const hr_replay *r)
{
    hr_page_add(p, HR_BLOCK_HEADING, "Everything that luck decided");
    hr_page_add(
        p, HR_BLOCK_WORDS,
        "z is a standard normal, 0 being no luck either way; u is a chance between 0 and 1. "
        "A setting without either takes the luck of another.");
    left_out(p, r);
    for (int year = -1; year < r->plan->years; year++)
        table_of(p, r, year);
}
