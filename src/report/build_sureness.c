/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the verdict is: what the simulation's noise can do and what ignorance can do, which are
 * two numbers, never one. It must not know how either is reckoned. */
#include "report/build.h"

#include <math.h>
#include <string.h>

#include "analysis/headlines.h"
#include "analysis/sets.h"
#include "report/format.h"

/* What each group of a scenario is about, for the sentence on what is not known. */
static const struct {
    const char *group, *words;
} ABOUT[] = {
    {"world_drivers", "pay and prices"},
    {"centre", "the central team"},
    {"schools", "the schools' opening money and rolls"},
    {"candidates", "the joiners"},
    {"pipeline", "schools not yet known"},
    {"capacity", "improvement capacity"},
    {"areas", "demand for places"},
    {"risks", "the risk register"},
    {"joining", "how candidates drop out"},
    {"estate", "buildings"},
    {"budget", "how budgets are set"},
};

enum { GROUPS = sizeof ABOUT / sizeof ABOUT[0], GROUPS_NAMED = 5 };

/* How much of a group is not known: the widths of all its settings that are drawn once per future.
 */
static double width_of_group(const hr_params *params, const char *group)
{
    const hr_quantity *q = HR_SPAN(params, params->quantities, hr_quantity);
    const size_t length = strlen(group);
    double width = 0.0;
    for (uint32_t i = 1; i < params->quantities.count; i++) {
        const char *key = hr_params_text(params, q[i].key);
        if (q[i].kind == HR_QUANTITY_FUTURE && strncmp(key, group, length) == 0 &&
            key[length] == '.')
            width += hr_build_width(params, &q[i]);
    }
    return width;
}

/* At most five groups, the least known first; "" where everything is known. */
static const char *not_known(hr_page *p, const hr_params *params)
{
    double width[GROUPS];
    int present = 0;
    for (int g = 0; g < GROUPS; g++) {
        width[g] = width_of_group(params, ABOUT[g].group);
        present += width[g] > 0.0;
    }
    const char *list = "";
    const int named = present < GROUPS_NAMED ? present : GROUPS_NAMED;
    for (int n = 0; n < named; n++) {
        int widest = 0;
        for (int g = 1; g < GROUPS; g++)
            widest = width[g] > width[widest] ? g : widest;
        const char *join = n == 0 ? "" : n < present - 1 ? ", " : " and ";
        list = hr_page_text(p, "%s%s%s", list, join, ABOUT[widest].words);
        width[widest] = 0.0;
    }
    return present > named ? hr_page_text(p, "%s and more", list) : list;
}

/* Whole ones of a hundred; near never and always, where both ends are, tenths. */
static const char *end_of_range(hr_page *p, double chance, bool tenths)
{
    const double hundred = 100.0 * chance;
    tenths = tenths && hundred >= 0.05 && hundred < 99.95;
    return hr_build_rounded(p, hundred, tenths ? 0.1 : 1.0, NULL);
}

const char *hr_build_between(hr_page *p, hr_spread s)
{
    if (!isfinite(s.lo))
        return "";
    const bool tenths = s.hi < 0.0095 || s.lo > 0.9905;
    const char *low = end_of_range(p, s.lo, tenths), *high = end_of_range(p, s.hi, tenths);
    return strcmp(low, high) == 0 ? "" : hr_page_text(p, "%s to %s", low, high);
}

const char *hr_build_unmoved(hr_spread s)
{
    return !isfinite(s.lo) ? ""
           : s.hi < 0.01   ? "too rare to say how far it moves"
           : s.lo > 0.99   ? "too near certain to say how far it moves"
           : s.sd > 0.0    ? "moved by less than 1 in 100"
                           : "";
}

/* The chance of the plan's targets that a board is asked about: those that the plan itself sets. */
static const hr_set_headline *promised(hr_page *p, const hr_result *r, const char **words)
{
    int own = 0;
    for (int q = 0; q < r->targets; q++)
        own += !r->target[q].our_reading;
    const int count = own > 0 ? own : r->targets;
    const char *which = count < r->targets ? " that the plan itself sets" : "";
    *words = count == 1   ? hr_page_text(p, "meeting the plan's target")
             : count == 2 ? hr_page_text(p, "meeting both targets%s", which)
                          : hr_page_text(p, "meeting all %d targets%s", count, which);
    return hr_sets_find(r->sets, own > 0 ? "plan_targets_all" : "our_targets_all");
}

typedef struct {
    const hr_set_headline *of[3];
    const char *words[3];
    int count;
} asked;

static asked ask(hr_page *p, const hr_result *r)
{
    asked a = {.count = 2};
    a.of[0] = hr_sets_find(r->sets, "policy_kept");
    a.words[0] = "keeping the reserves policy";
    a.of[1] = hr_sets_find(r->sets, "days_enough");
    a.words[1] = "having enough improvement days";
    a.of[2] = promised(p, r, &a.words[2]);
    a.count += a.of[2] != NULL;
    return a;
}

/* Whether sets of assumptions move a chance: so that it shows, not at all, or no more than can be
 * said. */
typedef enum { MOVED, KEPT, UNTOLD } motion;

static motion motion_of(hr_page *p, hr_spread s)
{
    return hr_build_between(p, s)[0] ? MOVED : hr_build_unmoved(s)[0] ? UNTOLD : KEPT;
}

/* "the chance of A anywhere from 3 to 41 in 100, that of B from 60 to 99": those that move; or
 * "that of C": those that do not. Returns how many there are. */
static int list_of(hr_page *p, const asked *a, motion which, const char **list)
{
    int count = 0, said = 0;
    *list = "";
    for (int i = 0; i < a->count; i++)
        count += motion_of(p, a->of[i]->spread) == which;
    for (int i = 0; i < a->count; i++) {
        if (motion_of(p, a->of[i]->spread) != which)
            continue;
        const char *join = said == 0 ? "" : said < count - 1 ? ", " : " and ";
        const bool first = said++ == 0;
        *list = hr_page_text(p, "%s%s%s of %s", *list, join,
                             which == MOVED && first ? "the chance" : "that", a->words[i]);
        if (which == MOVED)
            *list = hr_page_text(p, "%s %s%s%s", *list, first ? "anywhere from " : "from ",
                                 hr_build_between(p, a->of[i]->spread), first ? " in 100" : "");
    }
    return count;
}

/* "; that of C is too rare to say how far it moves": each that moves by no more than can be said.
 */
static const char *untold(hr_page *p, const asked *a)
{
    const char *list = "";
    for (int i = 0; i < a->count; i++)
        if (motion_of(p, a->of[i]->spread) == UNTOLD)
            list = hr_page_text(p, "%s; that of %s is %s", list, a->words[i],
                                hr_build_unmoved(a->of[i]->spread));
    return list;
}

/* " Mean reserves at the end of 2020/21: £76,000 to £446,000, or 1.2 to 6.7 % of income." */
static const char *reserves(hr_page *p, const hr_result *r)
{
    const hr_spread pounds = r->sets->reserves, pct = r->sets->reserves_pct;
    if (!(pounds.sd > 0.0) || !isfinite(pct.lo))
        return "";
    const hr_estimate end[] = {hr_exactly(pounds.lo), hr_exactly(pounds.hi)};
    const char *number[2];
    hr_build_alike(p, end, 2, "GBP", number);
    return hr_page_text(p, " Mean reserves at the end of %s: %s to %s, or %s to %s %% of income.",
                        hr_build_year(p, r->start_year + r->years - 1), number[0], number[1],
                        hr_build_rounded(p, pct.lo, 0.1, NULL),
                        hr_build_rounded(p, pct.hi, 0.1, NULL));
}

/* "what we do not know about X could make the chance of A anywhere from 3 to 41 in 100 ..." */
static const char *moves(hr_page *p, const hr_result *r, const char *unknown)
{
    static const char *const close[] = {"", " as it is", " as they are", " as they are"};
    const asked a = ask(p, r);
    const char *moved, *kept, *rest = untold(p, &a);
    const int stay = list_of(p, &a, KEPT, &kept);
    if (list_of(p, &a, MOVED, &moved) == 0)
        return hr_page_text(
            p, "%s does not move these chances%s (90 of 100 sets of assumptions%s).%s", unknown,
            rest[0] ? " by as much as could be said" : "", rest, reserves(p, r));
    return hr_page_text(p,
                        "%s could make %s (90 of 100 sets of assumptions%s%s%s%s).%s More futures "
                        "would not narrow that; knowing more would.",
                        unknown, moved, stay > 0 ? "; they leave " : "", kept, close[stay], rest,
                        reserves(p, r));
}

static const char *not_looked_at(hr_page *p, const hr_result *r, const char *unknown)
{
    return hr_page_text(p,
                        "%s is in these chances already, and more futures would not make them "
                        "surer. How far it could move them was not %s.",
                        unknown,
                        r->sets_asked > 0 ? "reached before the interruption" : "looked at");
}

/* Nothing that is drawn once for a future moves anything. */
static bool all_still(const hr_result *r)
{
    for (int i = 0; r->sets && i < r->sets->headlines; i++)
        if (r->sets->headline[i].spread.sd > 0.0)
            return false;
    return true;
}

void hr_build_few(hr_page *p, const hr_result *r)
{
    if (r->paths >= HR_BUILD_FEW)
        return;
    const bool one = r->paths == 1;
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(p,
                     "%s future%s too few for a verdict: what follows says what happened in "
                     "%s, not what is likely. Run some thousands (10,000 unless --paths "
                     "says otherwise).",
                     hr_build_rounded(p, (double)r->paths, 1.0, NULL), one ? " is" : "s are",
                     one ? "it" : "them"));
}

void hr_build_sureness(hr_page *p, const hr_result *r)
{
    if (r->paths < HR_BUILD_FEW)
        return;
    const double half = 100.0 * hr_headlines_half(r);
    const char *noise =
        half < 0.5 ? "better than 1" : hr_page_text(p, "%d", (int)ceil(half - 0.05));
    const char *list = not_known(p, r->plan->params);
    const char *unknown =
        list[0] ? hr_page_text(p, "what we do not know about %s", list)
                : "what is drawn once for a future, such as whether a candidate comes,";
    const char *ignorance = list[0] == '\0' && all_still(r)
                                ? "nothing is marked as not known: the chances are only as good as "
                                  "the settings."
                            : r->sets ? moves(p, r, unknown)
                                      : not_looked_at(p, r, unknown);
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "The arithmetic is good to %s in 100; %s", noise, ignorance));
}
