/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of a school between its settings: ages, roll by year group, nursery and sixth form, places
 * and shares. It must not know whether the school is the trust's, a candidate's or one of a
 * pipeline. */
#include <math.h>
#include <string.h>

#include "config/check.h"
#include "config/value.h"

enum { RECEPTION = 4, YEAR_12 = 16, AFTER_YEAR_13 = 18 };
enum { LEAST_STAFF_PCT = 68, MOST_STAFF_PCT = 90 };

/* Ages from which and to which a school of a phase may run, in the order of the phases. */
static const struct {
    int from_low, from_high, to_low, to_high;
} USUAL[HR_N_phase] = {
    [HR_phase_NURSERY] = {2, 4, 4, 5},       [HR_phase_INFANT] = {2, 5, 7, 8},
    [HR_phase_JUNIOR] = {7, 8, 11, 13},      [HR_phase_PRIMARY] = {2, 5, 7, 13},
    [HR_phase_MIDDLE] = {8, 11, 12, 14},     [HR_phase_SECONDARY] = {9, 14, 14, 19},
    [HR_phase_ALL_THROUGH] = {2, 9, 16, 19}, [HR_phase_SPECIAL] = {2, 18, 3, 19},
    [HR_phase_ALTERNATIVE] = {2, 18, 3, 19}, [HR_phase_POST16] = {14, 17, 18, 19},
};

typedef struct {
    hr_load *load;
    const hr_node *row;
    const char *told;
    int from, to;    /* ages; 0, 0 when they are not sound */
    int main, sixth; /* year groups */
} school;

static double number_of(const hr_node *group, const char *key)
{
    const hr_node *leaf = hr_node_sound(group, key);
    return leaf != NULL && leaf->kind == HR_NODE_NUMBER ? leaf->number : NAN;
}

static void wrong(const school *s, const char *key, const char *hint, const char *text)
{
    const hr_node *leaf = hr_node_get(s->row, key);
    hr_value_wrong(s->load, leaf == NULL ? s->row : leaf, hint,
                   hr_load_textf(s->load, "%s.%s", s->told, key), "%s", text);
}

static void check_ages(school *s)
{
    const hr_node *ages = hr_node_sound(s->row, "ages"), *phase = hr_node_sound(s->row, "phase");
    if (ages == NULL)
        return;
    if (ages->children != 2 || ages->child->number >= ages->last->number ||
        ages->child->number != floor(ages->child->number) ||
        ages->last->number != floor(ages->last->number)) {
        wrong(s, "ages", "[4, 11] is Reception to Year 6, [11, 18] is Year 7 to 13",
              "must be two whole ages, the second above the first");
        return;
    }
    s->from = (int)ages->child->number;
    s->to = (int)ages->last->number;
    const int last = s->to < AFTER_YEAR_13 ? s->to : AFTER_YEAR_13;
    const int first_main = s->from > RECEPTION ? s->from : RECEPTION;
    const int last_main = last < YEAR_12 ? last : YEAR_12;
    const int first_sixth = s->from > YEAR_12 ? s->from : YEAR_12;
    s->main = last_main > first_main ? last_main - first_main : 0;
    s->sixth = last > first_sixth ? last - first_sixth : 0;
    const int p = phase == NULL ? -1 : hr_choice_find(HR_SET_phase, phase->text);
    if (p >= 0 && (s->from < USUAL[p].from_low || s->from > USUAL[p].from_high ||
                   s->to < USUAL[p].to_low || s->to > USUAL[p].to_high))
        wrong(s, "ages",
              hr_load_textf(s->load, "%s schools start at %d to %d and end at %d to %d",
                            phase->text, USUAL[p].from_low, USUAL[p].from_high, USUAL[p].to_low,
                            USUAL[p].to_high),
              hr_load_textf(s->load, "[%d, %d] do not fit the phase \"%s\"", s->from, s->to,
                            phase->text));
}

static double largest_group(const school *s, const hr_node *roll)
{
    if (roll->kind == HR_NODE_NUMBER) {
        const double apart = number_of(s->row, "nursery") + number_of(s->row, "post16");
        return s->main > 0 ? (roll->number - apart) / s->main : NAN;
    }
    double largest = 0;
    int group = 0;
    for (const hr_node *c = roll->child; c != NULL && group < s->main; c = c->next, group++)
        largest = fmax(largest, c->number);
    return largest;
}

static void check_roll(const school *s)
{
    const hr_node *roll = hr_node_sound(s->row, "roll");
    if (roll == NULL || s->to == 0)
        return;
    const double nursery = number_of(s->row, "nursery"), post16 = number_of(s->row, "post16");
    const bool listed = roll->kind != HR_NODE_NUMBER;
    if (listed && roll->children != s->main + s->sixth)
        wrong(s, "roll",
              "main year groups from the youngest, then the sixth form's; nursery is apart",
              hr_load_textf(s->load, "has %d year groups; ages [%d, %d] make %d", roll->children,
                            s->from, s->to, s->main + s->sixth));
    if (!listed && nursery + post16 > roll->number)
        wrong(s, "roll", "the roll includes nursery and sixth form",
              hr_load_textf(s->load, "of %s is less than nursery and post16 together",
                            roll->canonical));
    if (post16 > 0 && s->sixth == 0)
        wrong(s, "post16", NULL,
              hr_load_textf(s->load, "is given, but ages [%d, %d] have no sixth form", s->from,
                            s->to));
    if (nursery > 0 && s->from >= RECEPTION)
        wrong(
            s, "nursery", "a nursery class starts at 2 or 3",
            hr_load_textf(s->load, "is given, but ages [%d, %d] have no nursery", s->from, s->to));
    const double pan = number_of(s->row, "pan"), largest = largest_group(s, roll);
    if (pan < floor(largest) && largest > 0) {
        const hr_node *leaf = hr_node_get(s->row, "pan");
        hr_load_warn(s->load, leaf->file, leaf->line,
                     hr_load_textf(s->load, "%s.pan of %s is below the largest year group, %s",
                                   s->told, leaf->canonical,
                                   hr_printed(s->load, floor(largest * 10 + 0.5) / 10)),
                     "the school will shrink as these year groups leave");
    }
}

static void check_open_groups(const school *s)
{
    const double open = number_of(s->row, "open_groups");
    if (s->to > 0 && open > s->main + s->sixth)
        wrong(s, "open_groups", NULL,
              hr_load_textf(s->load, "is more than the %d year groups of its ages",
                            s->main + s->sixth));
}

/* Shares that must add to a whole, where all are plain numbers. */
static void check_sum(const school *s, const char *key, double whole)
{
    const hr_node *table = hr_node_get(s->row, key);
    double sum = 0;
    int count = 0;
    for (const hr_node *c = table == NULL ? NULL : table->child; c != NULL; c = c->next, count++) {
        if (c->canonical == NULL || c->kind != HR_NODE_NUMBER)
            return;
        sum += c->number;
    }
    if (count > 0 && fabs(sum - whole) > 1e-6 * whole)
        wrong(s, key, NULL,
              hr_load_textf(s->load, "adds to %s; it must add to %s",
                            hr_printed(s->load, floor(sum * 1e6 + 0.5) / 1e6),
                            hr_printed(s->load, whole)));
}

/* Teachers and support staff as a share of spending, where both are plain numbers. */
static void check_staff(const school *s)
{
    const hr_node *table = hr_node_get(s->row, "spending_share");
    if (table == NULL)
        return;
    const double staff = number_of(table, "teachers") + number_of(table, "support");
    if (staff < LEAST_STAFF_PCT || staff > MOST_STAFF_PCT) {
        const hr_node *leaf = hr_node_get(table, "teachers");
        hr_load_warn(s->load, leaf->file, leaf->line,
                     hr_load_textf(s->load, "%s spends %s %% on staff", s->told,
                                   hr_printed(s->load, floor(staff * 10 + 0.5) / 10)),
                     "68 to 90 is usual in schools of every kind");
    }
}

void hr_check_school(hr_load *l, const hr_node *row, const char *told)
{
    school s = {.load = l, .row = row, .told = told};
    check_ages(&s);
    check_roll(&s);
    check_open_groups(&s);
    check_sum(&s, "spending_share", 100);
    check_sum(&s, "unknown_grade", 1);
    check_staff(&s);
}
