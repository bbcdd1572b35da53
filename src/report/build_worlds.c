/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict on strategies under worlds in words: which keeps the policy best and where, which has
 * the least to regret, what each risks at worst, which satisfies most often, and which is no better
 * than another in anything; of one plan alone, how it fares in each world. */
#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/format.h"
#include "report/worlds.h"

/* ---- numbers in words ---- */

/* "£25,000 (£19,000 to £32,000)", "8 points (7 to 9)". */
static const char *amount(hr_page *p, hr_estimate e, bool pounds)
{
    const double scale = pounds ? 1.0 : 100.0;
    const char *unit = pounds ? "GBP" : NULL;
    const double step = hr_compare_step(e, scale, pounds ? "GBP" : "%");
    const char *number = hr_build_rounded(p, scale * e.value, step, unit);
    const char *low = hr_build_rounded(p, scale * fmax(e.lo, 0.0), step, unit);
    const char *high = hr_build_rounded(p, scale * e.hi, step, unit);
    const char *points = pounds ? "" : strcmp(number, "1") == 0 ? " point" : " points";
    if (!isfinite(e.value))
        return "not known";
    return strcmp(low, high) == 0 || !isfinite(e.lo)
               ? hr_page_text(p, "%s%s", number, points)
               : hr_page_text(p, "%s%s (%s to %s)", number, points, low, high);
}

/* "all 7 worlds", "3 of 7 worlds", with names where they are few. */
static const char *in_worlds(hr_page *p, const hr_worlds *w, const bool *in)
{
    int count = 0;
    const char *list = "";
    for (int k = 0; k < w->worlds; k++)
        if (in[k])
            list = hr_page_text(p, "%s%s%s", list, count++ ? ", " : "", hr_worlds_name(p, w, k));
    if (count == w->worlds)
        return count == 2 ? "in both" : hr_page_text(p, "in all %d", count);
    const char *number = hr_page_text(p, "in %d of %d", count, w->worlds);
    return count <= 3 ? hr_page_text(p, "%s (%s)", number, list) : number;
}

/* ---- which keeps the policy best ---- */

static bool best_in(const hr_worlds *w, int strategy, bool in[HR_WORLDS_MOST + 1])
{
    bool some = false;
    for (int k = 0; k < w->worlds; k++) {
        in[k] = hr_weighed_cell_of(&w->weighed, strategy, k)->kept_regret.value == 0.0;
        some = some || in[k];
    }
    return some;
}

static void add_best(hr_page *p, const hr_worlds *w)
{
    bool in[HR_WORLDS_MOST + 1];
    const char *list = "";
    for (int s = 0; s < w->strategies; s++)
        if (best_in(w, s, in))
            list = hr_page_text(p, "%s%s%s, %s", list, list[0] ? "; " : "",
                                hr_worlds_named(p, w, s).behind, in_worlds(p, w, in));
    bool unsure = false;
    for (int k = 0; k < w->worlds; k++) {
        in[k] = !w->weighed.world[k].sure;
        unsure = unsure || in[k];
    }
    const char *noise = unsure
                            ? hr_page_text(p, " The futures cannot tell the best from another %s.",
                                           in_worlds(p, w, in))
                            : "";
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "Of %d worlds, the one as it is among them, the chance that reserves "
                             "stay at or above the policy in every year is highest: %s.%s",
                             w->worlds, list, noise));
}

/* ---- regret ---- */

static const char *worst_words(hr_page *p, const hr_worlds *w, hr_weighed_worst worst, bool pounds)
{
    if (worst.regret.value == 0.0)
        return pounds ? "nothing" : "never behind";
    return hr_page_text(p, "%s, %s", amount(p, worst.regret, pounds),
                        hr_worlds_under(p, w, worst.world));
}

/* Where the first is never behind it would be the same once more. */
static const char *that_is_more(hr_page *p, hr_estimate ahead, bool pounds)
{
    return hr_page_text(p, ", that is %s",
                        hr_compare_more(p, ahead, pounds ? 1.0 : 100.0, pounds ? "GBP" : "%"));
}

static void add_minimax(hr_page *p, const hr_worlds *w, bool pounds)
{
    const hr_minimax *m = pounds ? &w->weighed.reserves : &w->weighed.kept;
    if (m->strategy < 0 || m->next < 0)
        return;
    const hr_weighed_strategy *least = &w->weighed.strategy[m->strategy];
    const hr_weighed_strategy *next = &w->weighed.strategy[m->next];
    const double least_regret = (pounds ? least->reserves : least->kept).regret.value;
    const char *least_words = worst_words(p, w, pounds ? least->reserves : least->kept, pounds);
    const char *next_words = worst_words(p, w, pounds ? next->reserves : next->kept, pounds);
    const char *of =
        pounds ? "Regret is how far reserves at the end are behind those of the best strategy in "
                 "the same future. Least to regret on average, in the world where it is most "
                 "(minimax):"
               : "Regret in chance is how far the chance of keeping the policy is behind that of "
                 "the best strategy in the same world. Least, in the world where it is most:";
    const char *first = hr_worlds_named(p, w, m->strategy).behind;
    const char *second = hr_worlds_named(p, w, m->next).behind;
    const char *how =
        m->ahead.value == 0.0
            ? hr_page_text(p, "the same %s and %s, %s", first, second, least_words)
            : hr_page_text(p, "%s, %s. Next, %s: %s%s", first, least_words, second, next_words,
                           least_regret == 0.0 ? "" : that_is_more(p, m->ahead, pounds));
    hr_page_add(p, HR_BLOCK_WORDS, hr_page_text(p, "%s %s.", of, how));
}

/* ---- what each risks ---- */

static int worst_world(const hr_worlds *w, int strategy, bool of_days)
{
    int worst = 0;
    for (int k = 1; k < w->worlds; k++) {
        const hr_weighed_cell *a = hr_weighed_cell_of(&w->weighed, strategy, k);
        const hr_weighed_cell *b = hr_weighed_cell_of(&w->weighed, strategy, worst);
        if (of_days ? a->enough.value < b->enough.value : a->kept.value < b->kept.value)
            worst = k;
    }
    return worst;
}

static void add_worst(hr_page *p, const hr_worlds *w)
{
    hr_page_add(
        p, HR_BLOCK_WORDS,
        "What each risks at worst, in every year: the chance that reserves keep the policy, "
        "and that improvement days are enough.");
    for (int s = 0; s < w->strategies; s++) {
        const int policy = worst_world(w, s, false), days = worst_world(w, s, true);
        hr_page_item(
            p, hr_worlds_named(p, w, s).heading,
            hr_page_text(p, "Policy kept: %s, %s. Days enough: %s, %s.",
                         hr_build_chance(p, hr_weighed_cell_of(&w->weighed, s, policy)->kept),
                         hr_worlds_under(p, w, policy),
                         hr_build_chance(p, hr_weighed_cell_of(&w->weighed, s, days)->enough),
                         hr_worlds_under(p, w, days)));
    }
}

/* ---- satisficing ---- */

/* What of the shares asks the targets besides; where the plan sets none, those of our reading. */
static const char *with_targets(hr_page *p, const hr_worlds *w, int strategy)
{
    const hr_estimate share = w->weighed.strategy[strategy].satisfied_plan;
    const hr_result *r = hr_worlds_result(w, strategy, 0);
    if (!isfinite(share.value))
        return "; it has no targets";
    return hr_page_text(p, "; with %s: %s",
                        isfinite(r->plan_targets_all.value)
                            ? "its targets"
                            : "the targets of our reading, since the plan itself sets none",
                        hr_build_chance(p, share));
}

static void add_satisfied(hr_page *p, const hr_worlds *w)
{
    hr_page_add(
        p, HR_BLOCK_WORDS,
        "Over all worlds, each weighing the same, policy kept and days enough in every year "
        "of one future; and all of the plan's targets met besides.");
    for (int s = 0; s < w->strategies; s++)
        hr_page_item(p, hr_worlds_named(p, w, s).heading,
                     hr_page_text(p, "%s%s.", hr_build_chance(p, w->weighed.strategy[s].satisfied),
                                  with_targets(p, w, s)));
}

/* ---- who is no better than another in anything ---- */

#define CRITERIA_WORDS                                                                             \
    "the chance of keeping the policy, the chance of enough days, pupils and reserves at the end " \
    "(means over worlds)"

static const char *dominators(hr_page *p, const hr_worlds *w, int strategy)
{
    const char *list = "";
    for (int a = 0; a < w->strategies; a++)
        if (w->weighed.dominates[a * w->strategies + strategy])
            list = hr_page_text(p, "%s%s%s", list, list[0] ? "; " : "",
                                hr_worlds_named(p, w, a).heading);
    return list;
}

static bool same_everywhere(const hr_worlds *w)
{
    for (int s = 1; s < w->strategies; s++)
        for (int c = 0; c < HR_CRITERIA; c++) {
            const hr_estimate e = *hr_weighed_difference(&w->weighed, 0, s, (hr_criterion)c);
            if (e.value != 0.0 || e.se != 0.0)
                return false;
        }
    return true;
}

/* The criterion in which alone one strategy is better than another that beats it in all others;
 * HR_CRITERIA where it is not so. */
static int only_better_in(const hr_worlds *w, int strategy, int other)
{
    int found = HR_CRITERIA;
    for (int c = 0; c < HR_CRITERIA && strategy != other; c++) {
        const double more =
            hr_weighed_difference(&w->weighed, strategy, other, (hr_criterion)c)->value;
        if (!(more < 0.0) && (found < HR_CRITERIA || !(more > 0.0)))
            return HR_CRITERIA;
        found = more > 0.0 ? c : found;
    }
    return found;
}

/* By what and how little a strategy is left in against each that beats it in all else. */
static const char *by_one_alone(hr_page *p, const hr_worlds *w, int strategy)
{
    static const char *const words[HR_CRITERIA] = {
        "the chance of keeping the policy", "the chance of enough days", "pupils", "reserves"};
    const char *list = "";
    for (int other = 0; other < w->strategies; other++) {
        const int c = only_better_in(w, strategy, other);
        if (c == HR_CRITERIA)
            continue;
        const bool chance = c <= HR_CRITERION_ENOUGH;
        const hr_estimate more =
            *hr_weighed_difference(&w->weighed, strategy, other, (hr_criterion)c);
        list = hr_page_text(p, "%s; %s beats it in all but %s: %s", list,
                            hr_worlds_named(p, w, other).heading, words[c],
                            hr_compare_more(p, more, chance ? 100.0 : 1.0,
                                            chance                     ? "%"
                                            : c == HR_CRITERION_PUPILS ? "pupils"
                                                                       : "GBP"));
    }
    return list;
}

static void add_dominance(hr_page *p, const hr_worlds *w)
{
    int dominated = 0;
    if (same_everywhere(w)) {
        hr_page_add(p, HR_BLOCK_WORDS,
                    "In " CRITERIA_WORDS " the strategies are the same in every future.");
        return;
    }
    for (int s = 0; s < w->strategies; s++)
        dominated += !w->weighed.strategy[s].undominated;
    hr_page_add(p, HR_BLOCK_WORDS,
                dominated == 0
                    ? "In " CRITERIA_WORDS " no strategy is as good as another in all and better "
                      "in one: on these grounds none can be left out."
                    : "In " CRITERIA_WORDS " some strategy is as good as another in all and better "
                      "in one (a strategy that is not dominated is in the Pareto set):");
    for (int s = 0; s < w->strategies; s++) {
        const hr_weighed_strategy *of = &w->weighed.strategy[s];
        const char *alone = of->undominated ? by_one_alone(p, w, s) : "";
        if (dominated == 0 && !of->unsure && !alone[0])
            continue;
        const char *who = of->undominated
                              ? hr_page_text(p, "not dominated%s", alone)
                              : hr_page_text(p, "dominated by: %s", dominators(p, w, s));
        const char *noise = !of->unsure       ? ""
                            : of->undominated ? ", but for differences that the futures cannot "
                                                "tell from none"
                                              : ", by differences that the futures cannot all tell "
                                                "from none";
        hr_page_item(p, hr_worlds_named(p, w, s).heading, hr_page_text(p, "%s%s.", who, noise));
    }
}

static void add_ended(hr_page *p, const hr_worlds *w)
{
    if (w->weighed.own == w->weighed.paths)
        return;
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(p,
                     "Pupils and reserves over all worlds are compared over the futures in "
                     "which the trust is its own to the end in every strategy and world: "
                     "%s. Regret asks it of the world alone.",
                     hr_build_chance(p, hr_estimate_chance(w->weighed.own, w->weighed.paths))));
}

/* One plan: how it fares in each world, the hardest first named. */
static void add_each_world(hr_page *p, const hr_worlds *w)
{
    const int hardest = worst_world(w, 0, false);
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "Of %d worlds, the one as it is among them, the chance that reserves "
                             "stay at or above the policy in every year is lowest %s. In each, "
                             "that chance, and the chance that improvement days are enough in "
                             "every year:",
                             w->worlds, hr_worlds_under(p, w, hardest)));
    for (int k = 0; k < w->worlds; k++) {
        const hr_weighed_cell *cell = hr_weighed_cell_of(&w->weighed, 0, k);
        hr_page_item(p, hr_worlds_name(p, w, k),
                     hr_page_text(p, "Policy kept: %s. Days enough: %s.",
                                  hr_build_chance(p, cell->kept),
                                  hr_build_chance(p, cell->enough)));
    }
}

void hr_worlds_verdict(hr_page *p, const hr_worlds *w)
{
    if (w->strategies == 1) {
        add_each_world(p, w);
        add_satisfied(p, w);
        return;
    }
    add_best(p, w);
    add_minimax(p, w, true);
    add_minimax(p, w, false);
    add_worst(p, w);
    add_satisfied(p, w);
    add_dominance(p, w);
    add_ended(p, w);
}
