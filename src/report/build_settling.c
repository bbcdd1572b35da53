/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the chances of the verdict settle as futures are added: a short table with one sentence, and
 * the figure. It must not know how they were counted. */
#include <math.h>
#include <stdlib.h>

#include "report/build.h"
#include "report/figure.h"
#include "report/format.h"

enum { COLUMNS_MOST = 3 }; /* of the table, before the one of all futures */

/* Headlines as a page shows them: without those that say another one again. */
typedef struct {
    hr_headline headline;
    const char *label;
    const hr_estimate *p; /* [points] */
} settled;

const char *hr_build_headline(const hr_result *r, const hr_headline *h)
{
    static const char *const all[HR_ALLS] = {"every target is met",
                                             "every target of the plan is met",
                                             "every target of our reading is met"};
    if (h->target >= 0)
        return r->target[h->target].name;
    for (int k = 0; k < HR_ALLS; k++)
        if (h->mark == hr_mark_of_all(r->targets, (hr_mark_all)k))
            return all[k];
    return h->mark == hr_mark_risk(HR_R_RESERVES_BELOW_POLICY) ? "reserves keep the policy"
                                                               : "improvement days are enough";
}

static int of_kind(const hr_result *r, bool our_reading)
{
    int count = 0;
    for (int q = 0; q < r->targets; q++)
        count += r->target[q].our_reading == our_reading;
    return count;
}

/* All of one kind where there is no other kind; a target that is alone of its kind. */
static bool is_repeated(const hr_result *r, const hr_headline *h)
{
    if (h->target >= 0)
        return of_kind(r, r->target[h->target].our_reading) == 1;
    const bool of_plan = h->mark == hr_mark_of_all(r->targets, HR_ALL_OF_PLAN);
    const bool of_ours = h->mark == hr_mark_of_all(r->targets, HR_ALL_OF_OURS);
    return (of_plan || of_ours) && of_kind(r, of_plan) == 0;
}

static int list(hr_page *p, const hr_result *r, settled **out)
{
    hr_headline *h = HR_TAKE(p->arena, hr_headline, hr_headlines_most(r));
    *out = HR_TAKE(p->arena, settled, hr_headlines_most(r));
    if (!h || !*out) {
        p->failed = true;
        return 0;
    }
    const int headlines = hr_headlines(r, h);
    int count = 0;
    for (int n = 0; n < headlines; n++)
        if (!is_repeated(r, &h[n]))
            (*out)[count++] = (settled){.headline = h[n],
                                        .label = hr_page_name(p, hr_build_headline(r, &h[n])),
                                        .p = r->settling.p + n * r->settling.points};
    return count;
}

static const char *whole(hr_page *p, uint64_t n)
{
    return hr_build_rounded(p, (double)n, 1.0, NULL);
}

/* The last place at which there were at most half the futures, and at least a quarter; -1: none. */
static int half_way(const hr_settling *s)
{
    const uint64_t all = s->paths[s->points - 1];
    int k = s->points - 2;
    while (k >= 0 && s->paths[k] > all / 2)
        k--;
    return k >= 0 && s->paths[k] >= all / 4 ? k : -1;
}

/* Did any chance of the verdict leave the interval that it had with half the futures? */
static const char *sentence(hr_page *p, const hr_result *r, const settled *list, int count)
{
    const hr_settling *s = &r->settling;
    const int before = half_way(s), last = s->points - 1;
    const char *moved = "";
    int left = 0;
    if (before < 0)
        return "";
    for (int n = 0; n < count; n++) {
        const hr_estimate was = list[n].p[before];
        const double now = list[n].p[last].value;
        if (list[n].headline.target >= 0 || (was.lo <= now && now <= was.hi))
            continue;
        moved = hr_page_text(p, "%s%s\xe2\x80\x9c%s\xe2\x80\x9d", moved, left ? " and " : "",
                             list[n].label);
        left++;
    }
    const char *from = whole(p, s->paths[before]), *to = whole(p, s->paths[last]);
    return left == 0 ? hr_page_text(p,
                                    "Between %s futures and all %s none of the chances of the "
                                    "verdict left the interval that it had.",
                                    from, to)
                     : hr_page_text(p,
                                    "Between %s futures and all %s the chance that %s left the "
                                    "interval that it had: run more futures before leaning on it.",
                                    from, to, moved);
}

/* The table. */

/* "82 (77 to 86)", with tenths where whole numbers would say nothing. */
static const char *chance(hr_page *p, hr_estimate e)
{
    char number[HR_NUMBER_BYTES];
    const double hundred = 100.0 * e.value, low = 100.0 * e.lo, high = 100.0 * e.hi;
    hr_format_chance_short(e, number);
    if (!(hundred >= 0.1 && hundred <= 99.9))
        return hr_page_text(p, "%s", number);
    const bool tenths = hundred < 0.95 || hundred > 99.05 || floor(low + 0.5) == floor(high + 0.5);
    const double step = tenths ? 0.1 : 1.0;
    return hr_page_text(p, "%s (%s to %s)", hr_build_rounded(p, hundred, step, NULL),
                        hr_build_rounded(p, low, step, NULL),
                        hr_build_rounded(p, high, step, NULL));
}

/* Four times as many from column to column, or more where they would be too many; and all. */
static int columns_of(const hr_settling *s, int place[COLUMNS_MOST + 1])
{
    const int before = s->points - 1, even = (before + COLUMNS_MOST - 1) / COLUMNS_MOST;
    const int step = even > 2 ? even : 2;
    int columns = 0;
    for (int k = 0; k < before; k += step)
        place[columns++] = k;
    place[columns++] = before;
    return columns;
}

void hr_build_settling(hr_page *p, const hr_result *r)
{
    const hr_settling *s = &r->settling;
    settled *row;
    int place[COLUMNS_MOST + 1];
    const int rows = s->points > 1 ? list(p, r, &row) : 0;
    if (rows == 0)
        return;
    const int columns = columns_of(s, place);
    hr_table *t = hr_page_table(p, "settling", "How the chances settle", 1 + columns);
    if (!t)
        return;
    t->note =
        hr_page_text(p, "Chance in 100 and its 95 %% interval by the first so many futures. %s",
                     sentence(p, r, row, rows));
    hr_table_column(t, 0, "chance", "", true);
    for (int k = 0; k < columns; k++) {
        const char *futures = whole(p, s->paths[place[k]]);
        hr_table_column(t, 1 + k, futures,
                        k < columns - 1 ? futures : hr_page_text(p, "all %s", futures), false);
    }
    for (int n = 0; n < rows; n++) {
        if (row[n].headline.target >= 0)
            continue;
        hr_table_row(t);
        hr_table_text(t, 0, row[n].label);
        for (int k = 0; k < columns; k++) {
            const hr_estimate e = row[n].p[place[k]];
            hr_table_number(t, 1 + k, 100.0 * e.value, chance(p, e));
        }
    }
}

/* The figure. */

static const hr_table *figure_table(hr_page *p, const hr_settling *s, const settled *line,
                                    int lines)
{
    static const char *const keys[] = {"chance", "futures", "p", "lo", "hi"};
    static const char *const headings[] = {"that", "futures", "in 100", "from", "to"};
    hr_table *t = hr_table_new(p, "convergence", "Chance in 100 by the first so many futures", 5);
    for (int c = 0; c < 5; c++)
        hr_table_column(t, c, keys[c], headings[c], c == 0);
    for (int n = 0; t && n < lines; n++)
        for (int k = 0; k < s->points; k++) {
            const hr_estimate e = line[n].p[k];
            hr_table_row(t);
            hr_table_text(t, 0, line[n].label);
            hr_build_rounded_cell(t, 1, (double)s->paths[k], 1.0);
            hr_build_rounded_cell(t, 2, 100.0 * e.value, 0.01);
            hr_build_rounded_cell(t, 3, 100.0 * e.lo, 0.01);
            hr_build_rounded_cell(t, 4, 100.0 * e.hi, 0.01);
        }
    return t;
}

/* Labels of the axis, from the last backwards, none so near to the next that they would touch. */
static const char *const *tick_labels(hr_page *p, const hr_settling *s)
{
    enum { ROOM = 6 }; /* labels beside each other */
    const char **label = HR_TAKE(p->arena, const char *, s->points);
    const uint64_t last = s->paths[s->points - 1];
    int doublings = 0;
    while (s->paths[0] <= last >> (doublings + 1))
        doublings++;
    uint64_t next = UINT64_MAX;
    for (int k = s->points - 1; label && k >= 0; k--) {
        const bool apart = s->paths[k] <= next >> (doublings / ROOM + 1);
        label[k] = apart ? whole(p, s->paths[k]) : "";
        next = apart ? s->paths[k] : next;
    }
    p->failed = p->failed || !label;
    return label;
}

void hr_figure_settling(hr_page *p, const hr_result *r, hr_figure *f)
{
    const hr_settling *s = &r->settling;
    settled *line;
    *f = (hr_figure){.kind = HR_FIGURE_NONE,
                     .name = "convergence",
                     .title = "How the chances settle",
                     .headline = "No chart is drawn: so few futures were run that there is no "
                                 "settling to be seen.",
                     .axis = "",
                     .unit = "",
                     .limit = NAN,
                     .limit_label = ""};
    const int lines = s->points > 1 ? list(p, r, &line) : 0;
    if (lines == 0)
        return;
    const char *said = sentence(p, r, line, lines);
    f->kind = HR_FIGURE_SETTLING;
    f->headline = said[0] ? said
                          : hr_page_text(p,
                                         "The chances of the verdict by the first %s futures, "
                                         "and by all %s.",
                                         whole(p, s->paths[0]), whole(p, s->paths[s->points - 1]));
    f->axis = "futures in 100, by how many were run; band: 95 % interval";
    f->table = figure_table(p, s, line, lines);
    f->across = 1;
    f->lines = lines < HR_FIGURE_LINES ? lines : HR_FIGURE_LINES;
    f->points = s->points;
    f->mark = tick_labels(p, s);
}
