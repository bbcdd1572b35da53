/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules between settings of the whole scenario: candidates, areas, dates, policies, targets and
 * correlations. It must not know how the model uses any of them. */
#include "config/check.h"

#include <string.h>

#include "config/shape.h"
#include "config/stresses.h"
#include "config/value.h"
#include "model/expr.h"
#include "stoch/draws.h"

typedef struct {
    hr_load *load;
    const hr_node *root;
    const hr_params *params;
    int start, years;
} checking;

static const hr_node *rows_of(const hr_node *group, const char *key)
{
    const hr_node *rows = hr_node_get(group, key);
    return rows == NULL ? NULL : rows->child;
}

static bool is_word(const hr_node *group, const char *key, const char *word)
{
    const char *said = hr_node_text(group, key);
    return said != NULL && strcmp(said, word) == 0;
}

/* ---- schools wherever they stand ---- */

static void check_area(const checking *c, const hr_node *row, const char *told)
{
    const hr_node *area = hr_node_sound(row, "area"), *areas = hr_node_get(c->root, "areas");
    if (area == NULL || hr_node_get(areas, area->text) != NULL)
        return;
    hr_value_wrong(c->load, area,
                   areas == NULL || areas->children == 0 ? "list the areas in areas = ( ... )"
                                                         : NULL,
                   told, "is in the area \"%s\", which is not among the areas", area->text);
}

static void check_one_school(const checking *c, const hr_node *row, const char *told)
{
    hr_check_school(c->load, row, told);
    check_area(c, row, told);
    hr_check_feeders(c->load, c->root, row, told);
}

static void check_schools(const checking *c, const hr_node *holder, const char *told)
{
    for (const hr_node *row = rows_of(holder, "schools"); row != NULL; row = row->next)
        check_one_school(c, row, hr_load_textf(c->load, "%sschools.%s", told, row->name));
}

/* ---- candidates and pipeline ---- */

static void check_merger(const checking *c, const hr_node *row, const char *told)
{
    const hr_group *own = hr_schema_find("candidate"), *school = hr_schema_find("school");
    for (const hr_node *child = row->child; child != NULL; child = child->next)
        if (hr_group_field(own, child->name) == NULL && hr_group_field(school, child->name) != NULL)
            hr_value_wrong(c->load, child, "put it in the rows of its schools", told,
                           "has schools of its own, so %s does not belong here", child->name);
    if (!is_word(row, "route", "merger"))
        hr_value_wrong(c->load, hr_node_get(row, "schools"), "write route = \"merger\";", told,
                       "has a list of schools, but its route is not merger");
    check_schools(c, row, hr_load_textf(c->load, "%s.", told));
}

/* The model has room for so many conditions of one candidate. */
static void check_conditions(const checking *c, const hr_node *row, const char *told)
{
    const hr_node *conditions = hr_node_get(row, "conditions");
    if (conditions != NULL && conditions->children > HR_CONDITIONS_MAX)
        hr_value_wrong(c->load, conditions, "join some of them into one row", told,
                       "has %d conditions, its route's own among them; the most is %d",
                       (int)conditions->children, (int)HR_CONDITIONS_MAX);
}

static void check_candidate(const checking *c, const hr_node *row)
{
    const char *told = hr_load_textf(c->load, "candidates.%s", row->name);
    const hr_node *wished = hr_node_sound(row, "wished"), *schools = hr_node_get(row, "schools");
    int32_t month;
    hr_node *read = hr_node_copy(c->load, wished);
    if (read != NULL && hr_value_month(c->load, read, told, c->start, &month) &&
        month < c->start * 12 + 8)
        hr_value_wrong(c->load, wished, "make it a school of the trust, or start the run earlier",
                       told, "is wished to open in %s, before the start of the run", wished->text);
    if (schools != NULL && schools->children > 0)
        check_merger(c, row, told);
    else
        check_one_school(c, row, told);
    check_conditions(c, row, told);
}

static void check_pipeline(const checking *c, const hr_node *row)
{
    static const char *const NOT_HERE[] = {"wished", "schools"};
    const char *told = hr_load_textf(c->load, "pipeline.%s", row->name);
    for (int i = 0; i < 2; i++) {
        const hr_node *node = hr_node_get(row, NOT_HERE[i]);
        if (node != NULL)
            hr_value_wrong(c->load, node, "name the school among the candidates", told,
                           "is a kind of school not yet known, which has no %s", NOT_HERE[i]);
    }
    check_one_school(c, row, told);
    check_conditions(c, row, told);
}

/* ---- dates ---- */

static void check_order_of_years(const checking *c, const hr_node *rows, const char *list)
{
    for (const hr_node *row = rows; row != NULL; row = row->next) {
        const hr_node *from = hr_node_sound(row, "from_year"),
                      *until = hr_node_sound(row, "until_year");
        if (from != NULL && until != NULL &&
            hr_year_of_label(from->text) > hr_year_of_label(until->text))
            hr_value_wrong(c->load, until, NULL, hr_load_textf(c->load, "%s.%s", list, row->name),
                           "ends in %s, before it starts in %s", until->text, from->text);
    }
}

static void check_history(const checking *c)
{
    for (const hr_node *row = rows_of(c->root, "history"); row != NULL; row = row->next)
        if (hr_year_of_label(row->name) >= c->start)
            hr_value_wrong(c->load, row, NULL, hr_load_textf(c->load, "history.%s", row->name),
                           "is not before the start of the run");
}

/* ---- policies ---- */

/* Of two steps of one kind from one size on neither would be the higher. */
static void check_tiers(const checking *c)
{
    const hr_node *rows = rows_of(hr_node_get(c->root, "topslice"), "tiers");
    for (const hr_node *row = rows; row != NULL; row = row->next)
        for (const hr_node *other = rows; other != row; other = other->next) {
            const hr_node *from = hr_node_sound(row, "from"), *by = hr_node_sound(row, "by"),
                          *there = hr_node_sound(other, "from");
            if (from != NULL && by != NULL && there != NULL && is_word(other, "by", by->text) &&
                from->number == there->number)
                hr_value_wrong(c->load, from, NULL,
                               hr_load_textf(c->load, "topslice.tiers.%s.from", row->name),
                               "is that of \"%s\" too: one step would hide the other", other->name);
        }
}

static void check_policies(const checking *c)
{
    const hr_node *policy = hr_node_get(c->root, "reserves_policy");
    const hr_node *target = hr_node_sound(policy, "target"),
                  *upper = hr_node_sound(policy, "upper");
    if (is_word(policy, "measure", "band") && target != NULL && upper != NULL &&
        target->kind == HR_NODE_NUMBER && upper->kind == HR_NODE_NUMBER &&
        upper->number <= target->number)
        hr_value_wrong(c->load, upper, NULL, "reserves_policy.upper",
                       "of %s is not above the lower end of the band, %s", upper->canonical,
                       target->canonical);
    const hr_node *rating = hr_node_sound(hr_node_get(c->root, "capacity"), "self_rating");
    if (rating != NULL && (rating->kind == HR_NODE_NUMBER || rating->children != 12))
        hr_value_wrong(c->load, rating, NULL, "capacity.self_rating",
                       "has %d entries; the framework has twelve elements",
                       rating->kind == HR_NODE_NUMBER ? 1 : rating->children);
}

/* Only the trust as a whole can be absorbed. */
static void check_ends(const checking *c, const hr_node *row)
{
    const hr_node *ends = hr_node_sound(row, "trust_ends"), *hits = hr_node_sound(row, "hits");
    if (ends != NULL && hits != NULL && ends->flag && !is_word(row, "hits", "trust"))
        hr_value_wrong(c->load, ends, "write hits = \"trust\"; or use school_leaves",
                       hr_load_textf(c->load, "risks.%s", row->name), "ends the trust, but hits %s",
                       hits->text);
}

/* A school is named by the rows that hit one, and by no others. */
static void check_struck(const checking *c, const hr_node *row)
{
    const hr_node *school = hr_node_sound(row, "school"), *hits = hr_node_sound(row, "hits");
    const char *told = hr_load_textf(c->load, "risks.%s", row->name);
    const bool one = is_word(row, "hits", "school");
    hr_near near;
    if (hits == NULL || (school == NULL && hr_node_get(row, "school") != NULL))
        return;
    if (one && school == NULL)
        hr_value_wrong(c->load, hits, "write school = \"...\";", told,
                       "hits a school, but does not name it");
    else if (!one && school != NULL)
        hr_value_wrong(c->load, school, "write hits = \"school\";", told,
                       "names the school \"%s\", but hits %s", school->text, hits->text);
    else if (one && hr_check_find_school(c->root, school->text, &near) == NULL)
        hr_value_wrong(c->load, school, hr_near_hint(c->load, &near), told,
                       "names \"%s\", which is no school of the trust or of a candidate",
                       school->text);
}

/* ---- targets ---- */

static void check_target(const checking *c, const hr_node *row)
{
    const hr_node *expr = hr_node_sound(row, "expr");
    hr_prob prob;
    hr_expr_fault fault = {.column = 0};
    if (expr == NULL)
        return;
    const char *told = hr_load_textf(c->load, "targets.%s.expr", row->name);
    const bool sound = hr_prob_parse(&prob, expr->text, c->start, c->years, &fault);
    if (!sound && hr_node_get(hr_node_get(c->root, "risks"), fault.unknown) != NULL)
        hr_expr_fault_of_register(&fault);
    if (!sound)
        hr_value_wrong(c->load, expr, fault.hint[0] == '\0' ? NULL : fault.hint, told,
                       "at column %d: %s", fault.column, fault.words);
    else if (!prob.when_said)
        hr_diags_addf(c->load->diags, HR_NOTE, expr->file, expr->line,
                      "write the year, end, any or all", "%s does not say when: any year counts",
                      told);
}

/* ---- correlations ---- */

typedef enum { MOVES_NOT, MOVES_BY_YEAR, MOVES_BY_FUTURE } moves;

static moves how_it_moves(const checking *c, const char *key)
{
    const int driver = hr_driver_find(key);
    if (driver >= 0)
        return driver < HR_WORLD_NORMALS ? MOVES_BY_YEAR : MOVES_NOT;
    for (uint32_t q = 1; q < c->params->quantities.count; q++) {
        const hr_quantity *quantity = hr_params_quantity(c->params, q);
        if (strcmp(hr_params_text(c->params, quantity->key), key) == 0)
            return quantity->kind == HR_QUANTITY_FUTURE ? MOVES_BY_FUTURE
                   : quantity->kind == HR_QUANTITY_YEAR ? MOVES_BY_YEAR
                                                        : MOVES_NOT;
    }
    return MOVES_NOT;
}

static void check_correlation(const checking *c, const hr_node *row)
{
    const char *told = hr_load_textf(c->load, "correlations.%s", row->name);
    const hr_node *end[2] = {hr_node_sound(row, "a"), hr_node_sound(row, "b")};
    moves how[2] = {MOVES_NOT, MOVES_NOT};
    for (int i = 0; i < 2; i++) {
        if (end[i] == NULL)
            return;
        how[i] = how_it_moves(c, end[i]->text);
        if (how[i] == MOVES_NOT)
            hr_value_wrong(c->load, end[i],
                           "name a driver of the world (funding, teacher_pay, support_pay, prices, "
                           "energy, sector) or a setting given as a distribution",
                           told, "names \"%s\", which does not move", end[i]->text);
    }
    if (strcmp(end[0]->text, end[1]->text) == 0)
        hr_value_wrong(c->load, row, NULL, told, "moves one thing with itself");
    else if (how[0] != MOVES_NOT && how[1] != MOVES_NOT && how[0] != how[1])
        hr_value_wrong(c->load, row, NULL, told,
                       "joins something drawn every year with something drawn once per future");
}

/* Does an end of an earlier row, or the first of its own, name the same? */
static bool named_before(const hr_node *rows, const hr_node *row, const hr_node *end)
{
    for (const hr_node *earlier = rows; earlier != NULL; earlier = earlier->next) {
        const hr_node *a = hr_node_sound(earlier, "a"), *b = hr_node_sound(earlier, "b");
        if (a != NULL && a != end && strcmp(a->text, end->text) == 0)
            return true;
        if (earlier == row)
            return false;
        if (b != NULL && strcmp(b->text, end->text) == 0)
            return true;
    }
    return false;
}

/* A set has room for so many; the yearly one holds the drivers of the world already. */
static void check_members(const checking *c, const hr_node *list)
{
    static const char *const DRAWN[] = {
        [MOVES_BY_YEAR] = "every year", [MOVES_BY_FUTURE] = "once per future"};
    static const int MOST[] = {[MOVES_BY_YEAR] = HR_CORRELATED_MAX - HR_WORLD_NORMALS,
                               [MOVES_BY_FUTURE] = HR_CORRELATED_MAX};
    int members[] = {[MOVES_NOT] = 0, [MOVES_BY_YEAR] = 0, [MOVES_BY_FUTURE] = 0};
    for (const hr_node *row = list->child; row != NULL; row = row->next) {
        const hr_node *end[2] = {hr_node_sound(row, "a"), hr_node_sound(row, "b")};
        for (int i = 0; i < 2; i++)
            if (end[i] != NULL && hr_driver_find(end[i]->text) < 0 &&
                !named_before(list->child, row, end[i]))
                members[how_it_moves(c, end[i]->text)]++;
    }
    for (int how = MOVES_BY_YEAR; how <= MOVES_BY_FUTURE; how++)
        if (members[how] > MOST[how])
            hr_diags_addf(c->load->diags, HR_ERROR, list->file, list->line,
                          "keep the correlations that matter most",
                          "%d settings drawn %s are correlated; the most is %d", members[how],
                          DRAWN[how], MOST[how]);
}

static void check_correlations(const checking *c)
{
    const hr_node *list = hr_node_get(c->root, "correlations");
    if (list == NULL || c->params == NULL)
        return;
    check_members(c, list);
    for (const hr_node *row = list->child; row != NULL; row = row->next)
        check_correlation(c, row);
}

void hr_check_scenario(hr_load *l, const hr_node *root, const hr_params *params)
{
    const hr_node *years = hr_node_sound(root, "years"), *start = hr_node_sound(root, "start_year");
    if (rows_of(root, "schools") == NULL)
        hr_diags_add(l->diags, HR_ERROR, root->file, 0, "the trust has no school at the start",
                     "list its schools in schools = ( ... )");
    if (start == NULL)
        return;
    const checking c = {.load = l,
                        .root = root,
                        .params = params,
                        .start = hr_year_of_label(start->text),
                        .years = years == NULL ? 1 : (int)years->number};
    check_schools(&c, root, "");
    for (const hr_node *row = rows_of(root, "candidates"); row != NULL; row = row->next)
        check_candidate(&c, row);
    for (const hr_node *row = rows_of(root, "pipeline"); row != NULL; row = row->next)
        check_pipeline(&c, row);
    check_order_of_years(&c, rows_of(root, "risks"), "risks");
    check_order_of_years(&c, rows_of(root, "dated_grants"), "dated_grants");
    check_order_of_years(&c, rows_of(hr_node_get(root, "centre"), "posts"), "centre.posts");
    check_order_of_years(&c, rows_of(hr_node_get(root, "centre"), "networks"), "centre.networks");
    for (const hr_node *row = rows_of(root, "risks"); row != NULL; row = row->next) {
        check_ends(&c, row);
        check_struck(&c, row);
    }
    check_history(&c);
    check_policies(&c);
    check_tiers(&c);
    for (const hr_node *row = rows_of(root, "targets"); row != NULL; row = row->next)
        check_target(&c, row);
    check_correlations(&c);
    hr_check_stresses(l, root);
    hr_check_silences(l, root);
}
