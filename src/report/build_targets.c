/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan's targets in words: what the plan itself promises and what is our reading of it, each
 * and together, and never the one for the other. It must not know how chances are counted. */
#include "report/build.h"

#include <math.h>

#include "analysis/sets.h"

static int of_kind(const hr_result *r, bool our_reading)
{
    int count = 0;
    for (int i = 0; i < r->targets; i++)
        count += r->target[i].our_reading == our_reading;
    return count;
}

static const char *one_target(hr_page *p, const hr_result *r)
{
    const hr_target_result *t = &r->target[0];
    return hr_page_text(p, "That the plan's target%s is met, \xe2\x80\x9c%s\xe2\x80\x9d (%s): %s.",
                        t->our_reading ? ", in our reading," : "", hr_page_clean(p, t->name),
                        hr_page_clean(p, t->words), hr_build_chance(p, r->targets_all));
}

/* "both targets", "all 5 targets" */
static const char *all_of(hr_page *p, int count)
{
    return count == 2 ? "both targets" : hr_page_text(p, "all %d targets", count);
}

/* "the one target that the plan itself sets", "all 8 targets that the plan itself sets" */
static const char *promised(hr_page *p, int own)
{
    return own == 1 ? "the one target that the plan itself sets"
                    : hr_page_text(p, "%s that the plan itself sets", all_of(p, own));
}

static const char *read_into_it(hr_page *p, int ours)
{
    return ours == 1 ? "the one that is our reading of it"
                     : hr_page_text(p, "the %d that are our reading of it", ours);
}

const char *hr_build_targets_met(hr_page *p, const hr_result *r)
{
    const int own = of_kind(r, false), ours = of_kind(r, true);
    if (own + ours == 1)
        return ours == 0 ? "the plan's target is met" : "the plan's target, in our reading, is met";
    if (ours == 0)
        return hr_page_text(p, "%s of the plan are met in one future", all_of(p, own));
    if (own == 0)
        return hr_page_text(p,
                            "%s, our reading of a plan that gives no numbers, are met in one "
                            "future",
                            all_of(p, ours));
    return hr_page_text(p, "%s and %s are met in one future", promised(p, own),
                        read_into_it(p, ours));
}

const char *hr_build_targets_answer(hr_page *p, const hr_result *r)
{
    if (r->targets == 0)
        return "The scenario states no targets.";
    if (r->targets == 1)
        return one_target(p, r);
    const int own = of_kind(r, false), ours = of_kind(r, true);
    const char *all = hr_build_chance(p, r->targets_all);
    if (own == 0 || ours == 0)
        return hr_page_text(p, "That %s: %s.", hr_build_targets_met(p, r), all);
    return hr_page_text(p, "That %s %s met in one future: %s; with %s as well: %s.",
                        promised(p, own), own == 1 ? "is" : "are",
                        hr_build_chance(p, r->plan_targets_all), read_into_it(p, ours), all);
}

/* The year by which a target is due, those of every year last. */
static int due(const hr_target_result *t, const hr_result *r)
{
    return t->prob.when == HR_WHEN_YEAR  ? t->prob.year - r->start_year
           : t->prob.when == HR_WHEN_END ? r->years - 1
                                         : r->years;
}

/* The condition in words; one of several ands and ors is no reading, and its name must do. */
static const char *condition(hr_page *p, const hr_target_result *t)
{
    bool has_and = false, has_or = false;
    for (int i = 0; i < t->prob.codes; i++) {
        has_and = has_and || t->prob.code[i].kind == HR_CODE_AND;
        has_or = has_or || t->prob.code[i].kind == HR_CODE_OR;
    }
    return has_and && has_or ? " (its condition has several parts: results.json has it in full)"
                             : hr_page_text(p, ": %s", hr_page_clean(p, t->words));
}

/* One of the list, and behind it what sets of assumptions make of it, where they make anything. */
static void add_item(hr_page *p, hr_estimate e, const char *words, const hr_set_headline *sets)
{
    const char *range = sets ? hr_build_between(p, sets->spread) : "";
    const char *why =
        sets && !range[0] && sets->spread.sd > 0.0 ? hr_build_unmoved(sets->spread) : "";
    hr_page_item(p, hr_build_chance(p, e),
                 range[0] ? hr_page_text(p, "%s (what we do not know: %s in 100)", words, range)
                 : why[0] ? hr_page_text(p, "%s (what we do not know: %s)", words, why)
                          : words);
}

/* What sets make of a handful of futures is noise. */
static const struct hr_sets *sets_of(const hr_result *r)
{
    return r->paths < HR_BUILD_FEW ? NULL : r->sets;
}

/* The targets of a kind, the first due first. */
static void add_kind(hr_page *p, const hr_result *r, bool our_reading)
{
    for (int year = 0; year <= r->years; year++)
        for (int i = 0; i < r->targets; i++) {
            const hr_target_result *t = &r->target[i];
            if (t->our_reading == our_reading && due(t, r) == year)
                add_item(p, t->p,
                         hr_page_text(p, "%s%s", hr_page_clean(p, t->name), condition(p, t)),
                         hr_sets_target(sets_of(r), i));
        }
}

void hr_build_targets(hr_page *p, const hr_result *r)
{
    if (r->targets < 2)
        return;
    const int own = of_kind(r, false), ours = of_kind(r, true);
    const char *together = "all of these together, in one future";
    if (own) {
        hr_page_add(p, HR_BLOCK_WORDS,
                    ours ? "Target by target, those that the plan itself sets:"
                         : "Target by target:");
        add_kind(p, r, false);
        if (own > 1)
            add_item(p, r->plan_targets_all, together,
                     hr_sets_find(sets_of(r), "plan_targets_all"));
    }
    if (ours) {
        hr_page_add(p, HR_BLOCK_WORDS,
                    own ? "Those that are our reading of the plan, where it gives no number or "
                          "date:"
                        : "Target by target, each our reading of the plan, which gives no "
                          "numbers:");
        add_kind(p, r, true);
        if (ours > 1)
            add_item(p, r->our_targets_all, together, hr_sets_find(sets_of(r), "our_targets_all"));
    }
    if (own && ours)
        add_item(p, r->targets_all, "all, the plan's and ours",
                 hr_sets_find(sets_of(r), "targets_all"));
}
