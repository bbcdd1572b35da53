/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the verdict on strategies under worlds: their names, the title, which worlds
 * are of note, limits asked for and what it all rests on. It must not know the verdict. */
#include <inttypes.h>
#include <string.h>

#include "report/build.h"
#include "report/worlds.h"

/* ---- names ---- */

hr_named hr_worlds_named(hr_page *p, const hr_worlds *w, int strategy)
{
    if (w->strategies == 1)
        return (hr_named){"the plan", "the plan", "The plan", "the plan"};
    return hr_compare_named(p, &w->plans, strategy);
}

static bool is_ambiguous(const hr_worlds *w, int world)
{
    for (int k = 1; k < w->worlds; k++)
        if (k != world && strcmp(w->world[k], w->world[world]) == 0)
            return true;
    return false;
}

const char *hr_worlds_name(hr_page *p, const hr_worlds *w, int world)
{
    if (world == 0)
        return "as it is";
    const char *name = hr_page_name(p, w->world[world]);
    return is_ambiguous(w, world) ? hr_page_text(p, "%s (%d)", name, world) : name;
}

const char *hr_worlds_under(hr_page *p, const hr_worlds *w, int world)
{
    const char *name = hr_worlds_name(p, w, world);
    return world == 0 ? name : hr_page_text(p, "under %s", name);
}

const char *hr_worlds_label(hr_page *p, const hr_worlds *w, int strategy, int world)
{
    return hr_page_text(p, "%s %s", hr_worlds_named(p, w, strategy).heading,
                        hr_worlds_under(p, w, world));
}

/* Is every strategy in this world what it is without it? */
static bool changes_nothing(const hr_worlds *w, int world)
{
    for (int s = 0; s < w->strategies; s++)
        if (strcmp(hr_worlds_result(w, s, world)->scenario->digest,
                   hr_worlds_result(w, s, 0)->scenario->digest) != 0)
            return false;
    return true;
}

/* The one that ships whose figures nobody could know at the time. */
static bool has_hindsight(const hr_worlds *w, int world)
{
    static const char NAME[] = "as happened";
    const char *name = w->world[world];
    size_t i = 0;
    while (name[i] && (name[i] == NAME[i] || (name[i] == '-' && NAME[i] == ' ')))
        i++;
    return name[i] == '\0' && NAME[i] == '\0';
}

static void add_worlds_of_note(hr_page *p, const hr_worlds *w)
{
    for (int k = 1; k < w->worlds; k++) {
        const char *name = hr_worlds_name(p, w, k);
        if (changes_nothing(w, k))
            hr_page_add(
                p, HR_BLOCK_WORDS,
                hr_page_text(p, "World \xe2\x80\x9c%s\xe2\x80\x9d changes nothing here.", name));
        if (has_hindsight(w, k))
            hr_page_add(p, HR_BLOCK_WORDS,
                        hr_page_text(p,
                                     "World \xe2\x80\x9c%s\xe2\x80\x9d has hindsight: its figures "
                                     "are what came, which nobody "
                                     "knew when the plan was made. It is no ground for a verdict "
                                     "on a plan.",
                                     name));
    }
}

static void add_title_of_one(hr_page *p, const hr_worlds *w)
{
    const hr_result *r = hr_worlds_result(w, 0, 0);
    hr_build_partial(p, r);
    hr_page_add(p, HR_BLOCK_TITLE, hr_page_name(p, r->scenario->name));
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "%s to %s, %s simulated futures, seed %" PRIu64 ".",
                             hr_build_year(p, r->start_year),
                             hr_build_year(p, r->start_year + r->years - 1),
                             hr_build_rounded(p, (double)r->paths, 1.0, NULL), r->seed));
}

void hr_worlds_title(hr_page *p, const hr_worlds *w)
{
    const bool one = w->strategies == 1;
    if (one)
        add_title_of_one(p, w);
    else
        hr_compare_title(p, &w->plans);
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "%s and under %d world%s: in each the same futures too, so that %s "
                             "can be told apart.",
                             one ? "As it is" : "As they are", w->worlds - 1,
                             w->worlds == 2 ? "" : "s", one ? "worlds" : "worlds and strategies"));
    add_worlds_of_note(p, w);
}

/* ---- limits, and what it rests on ---- */

void hr_worlds_limits(hr_page *p, const hr_worlds *w)
{
    const int last = w->strategies - 1;
    for (int k = 0; k < w->worlds && hr_worlds_result(w, last, k)->limits > 0; k++) {
        hr_page_add(p, HR_BLOCK_HEADING,
                    hr_page_text(p, "Limits asked for, %s %s", hr_worlds_named(p, w, last).behind,
                                 hr_worlds_under(p, w, k)));
        hr_build_limits(p, hr_worlds_result(w, last, k));
    }
}

static int settings_that_differ(const hr_scenario *a, const hr_scenario *b)
{
    const hr_assumption *pair[2];
    int count = 0, at[2] = {0};
    while (hr_next_changed(a, b, at, pair))
        count++;
    return count;
}

void hr_worlds_footing(hr_page *p, const hr_worlds *w)
{
    for (int k = 1; k < w->worlds; k++) {
        const int differ = settings_that_differ(hr_worlds_result(w, 0, 0)->scenario,
                                                hr_worlds_result(w, 0, k)->scenario);
        hr_page_item(
            p, "-",
            hr_page_text(p, "World \xe2\x80\x9c%s\xe2\x80\x9d: changes %s setting%s%s.",
                         hr_worlds_name(p, w, k),
                         differ == 0 ? "no" : hr_build_rounded(p, (double)differ, 1.0, NULL),
                         differ == 1 ? "" : "s",
                         w->strategies == 1 ? "" : " of the first strategy"));
    }
    hr_compare_footing(p, &w->plans);
}
