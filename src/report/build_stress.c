/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict on stresses in words: which hurts the chance of keeping the policy most, what all do
 * together, which change nothing, and which take most of reserves, days and targets. */
#include "report/stress.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/compare.h"

static const char *number(hr_page *p, uint64_t n)
{
    return hr_build_rounded(p, (double)n, 1.0, NULL);
}

static const char *quoted(hr_page *p, const hr_stress_result *r)
{
    return hr_page_text(p, "\xe2\x80\x9c%s\xe2\x80\x9d", hr_page_name(p, r->of->name));
}

hr_estimate hr_stress_without(hr_estimate more)
{
    return (hr_estimate){
        .value = -more.value, .se = more.se, .lo = -more.hi, .hi = -more.lo, .n = more.n};
}

bool hr_stress_has_together(const hr_stresses *s)
{
    return s->overlays > 1 || (s->banded && s->stresses > 1);
}

void hr_stress_title(hr_page *p, const hr_stresses *s)
{
    const hr_result *r = s->base;
    if (r->partial)
        hr_page_add(p, HR_BLOCK_TITLE,
                    hr_page_text(p,
                                 "PARTIAL: interrupted after %s of %s futures. What follows rests "
                                 "on those alone.",
                                 number(p, r->paths), number(p, r->paths_asked)));
    hr_page_add(p, HR_BLOCK_TITLE,
                hr_page_text(p, "%s: %d stress%s", hr_page_name(p, r->scenario->name), s->stresses,
                             s->stresses == 1 ? "" : "es"));
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "%s to %s, the same %s futures through each, seed %" PRIu64
                             ": the differences are the stresses', not the dice's.",
                             hr_build_year(p, r->start_year),
                             hr_build_year(p, r->start_year + r->years - 1), number(p, r->paths),
                             r->seed));
}

/* ---- the policy ---- */

static const char *in_every_year(const hr_stresses *s)
{
    return s->base->years == 1 ? "" : " in every year";
}

static const char *kept(hr_page *p, const hr_stress_figures *f, hr_risk risk)
{
    return hr_build_chance(p, hr_otherwise(f->p[hr_mark_risk((int)risk)]));
}

static const char *change(hr_page *p, const hr_stress_figures *f, hr_risk risk)
{
    return hr_compare_more(p, hr_stress_without(f->more[hr_mark_risk((int)risk)]), 100.0, "%");
}

static bool can_tell(hr_estimate more) { return more.lo > 0.0 || more.hi < 0.0; }

/* Names what seems larger than that and cannot be told from nothing; "" where nothing does. */
static const char *doubt(hr_page *p, const hr_stresses *s, const hr_stress_result *told,
                         hr_stress_figure_of *of)
{
    const hr_stress_result *larger = told;
    for (int i = 0; i < s->stresses; i++)
        if (of(&s->stress[i].figures).value > of(&larger->figures).value)
            larger = &s->stress[i];
    return larger == told
               ? ""
               : hr_page_text(p, " (what %s does may be more, or nothing)", quoted(p, larger));
}

static void add_no_worst(hr_page *p, const hr_stresses *s)
{
    const char *none = s->stresses == 1
                           ? hr_page_text(p, "%s does not lower", quoted(p, s->stress))
                           : hr_page_text(p, "None of %d stresses lowers", s->stresses);
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "%s the chance that reserves stay at or above the policy%s, as far as "
                             "these futures can tell: without stress it is %s.",
                             none, in_every_year(s),
                             kept(p, &s->of_base, HR_R_RESERVES_BELOW_POLICY)));
}

static void add_worst(hr_page *p, const hr_stresses *s)
{
    const hr_stress_result *worst = hr_stress_most(s, hr_stress_harm);
    if (!worst) {
        add_no_worst(p, s);
        return;
    }
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(
                    p,
                    "%s%s: the chance that reserves stay at or above the policy%s falls from %s to "
                    "%s: %s.",
                    s->stresses == 1 ? quoted(p, worst)
                                     : hr_page_text(p, "Of %d stresses, %s hurts most", s->stresses,
                                                    quoted(p, worst)),
                    doubt(p, s, worst, hr_stress_harm), in_every_year(s),
                    kept(p, &s->of_base, HR_R_RESERVES_BELOW_POLICY),
                    kept(p, &worst->figures, HR_R_RESERVES_BELOW_POLICY),
                    change(p, &worst->figures, HR_R_RESERVES_BELOW_POLICY)));
}

/* A stress may take the policy away in some year and leave more reserves at the end. */
static void add_two_signs(hr_page *p, const hr_stresses *s)
{
    const hr_stress_result *worst = hr_stress_most(s, hr_stress_harm);
    const hr_estimate more =
        worst ? worst->figures.mean_more[HR_STRESS_RESERVES] : (hr_estimate){0};
    if (worst && more.lo > 0.0)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "Reserves at the end are higher all the same: %s on average. It "
                                 "hurts on the way there.",
                                 hr_compare_more(p, more, 1.0, "GBP")));
}

/* What became of the bands when all are taken together; "" where there are none. */
static const char *bands_together(hr_page *p, const hr_stresses *s)
{
    const char *bands = s->bands == 1   ? "the band"
                        : s->bands == 2 ? "both bands"
                                        : hr_page_text(p, "all %d bands", s->bands);
    const char *futures =
        hr_page_text(p, "%s future%s", number(p, s->in_all_bands), s->in_all_bands == 1 ? "" : "s");
    if (s->bands == 0)
        return "";
    if (s->banded)
        return hr_page_text(p, "%sover the %s that lie in %s", s->overlays > 0 ? ", " : "", futures,
                            bands);
    return hr_page_text(p, ", the band%s left out, since %s in %s and it takes %d to tell",
                        s->bands == 1 ? "" : "s",
                        s->in_all_bands == 0 ? "no future lies"
                                             : hr_page_text(p, "only %s lie%s", futures,
                                                            s->in_all_bands == 1 ? "s" : ""),
                        bands, HR_STRESS_TOGETHER);
}

static void add_together(hr_page *p, const hr_stresses *s)
{
    if (!hr_stress_has_together(s)) {
        if (s->stresses > 1)
            hr_page_add(
                p, HR_BLOCK_WORDS,
                hr_page_text(p, "Together nothing is told of them%s.", bands_together(p, s)));
        return;
    }
    const char *laid = s->overlays > 0 ? hr_page_text(p, "%d laid over", s->overlays) : "";
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "All together (%s%s) leave %s: %s.", laid, bands_together(p, s),
                             kept(p, &s->together, HR_R_RESERVES_BELOW_POLICY),
                             change(p, &s->together, HR_R_RESERVES_BELOW_POLICY)));
}

/* ---- which change it and which do not ---- */

typedef enum { CHANGES_NOTHING, CANNOT_TELL, RAISES, LOWERS } effect;

static effect effect_of(const hr_stress_result *r)
{
    const hr_estimate harm = hr_stress_harm(&r->figures);
    if (r->figures.differ == 0)
        return CHANGES_NOTHING;
    return !can_tell(harm) ? CANNOT_TELL : harm.value < 0.0 ? RAISES : LOWERS;
}

static void add_effects(hr_page *p, const hr_stresses *s, effect wanted, const char *one,
                        const char *several)
{
    const char *list = "";
    int count = 0;
    for (int i = 0; i < s->stresses; i++)
        if (effect_of(&s->stress[i]) == wanted)
            list = hr_page_text(p, "%s%s%s", list, count++ ? ", " : "", quoted(p, &s->stress[i]));
    if (count > 0)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p, "%d of them %s: %s.", count, count == 1 ? one : several, list));
}

/* ---- reserves, days, targets ---- */

static void add_reserves(hr_page *p, const hr_stresses *s)
{
    const hr_stress_result *r = hr_stress_most(s, hr_stress_loss);
    if (r)
        hr_page_add(
            p, HR_BLOCK_WORDS,
            hr_page_text(p, "Reserves at the end fall most under %s%s: %s on average.",
                         quoted(p, r), doubt(p, s, r, hr_stress_loss),
                         hr_compare_more(p, r->figures.mean_more[HR_STRESS_RESERVES], 1.0, "GBP")));
}

static void add_days(hr_page *p, const hr_stresses *s)
{
    const hr_stress_result *r = hr_stress_short_of_days(s);
    if (r)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "Improvement days get short most under %s%s: the chance that they "
                                 "are enough%s falls from %s to %s: %s.",
                                 quoted(p, r), doubt(p, s, r, hr_stress_overload), in_every_year(s),
                                 kept(p, &s->of_base, HR_R_CAPACITY_OVERLOAD),
                                 kept(p, &r->figures, HR_R_CAPACITY_OVERLOAD),
                                 change(p, &r->figures, HR_R_CAPACITY_OVERLOAD)));
    else
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "No stress makes improvement days short oftener, as far as these "
                                 "futures can tell: they are enough%s in %s.",
                                 in_every_year(s), kept(p, &s->of_base, HR_R_CAPACITY_OVERLOAD)));
}

/* "the plan's 8 and 1 of our reading" */
static const char *whose_targets(hr_page *p, const hr_result *r)
{
    int ours = 0;
    for (int i = 0; i < r->targets; i++)
        ours += r->target[i].our_reading;
    return ours == 0 ? hr_page_text(p, "the plan's %d", r->targets)
           : ours == r->targets
               ? hr_page_text(p, "%d of our reading", ours)
               : hr_page_text(p, "the plan's %d and %d of our reading", r->targets - ours, ours);
}

/* "1.2 fewer are met in 10 futures (1.1 to 1.3)": in so many that it comes to one at least. */
static const char *fewer_met(hr_page *p, hr_estimate fewer)
{
    double futures = 10.0;
    while (futures < 10000.0 && fewer.value * futures < 1.0)
        futures *= 10.0;
    const double step = hr_compare_step(fewer, futures, "%");
    return hr_page_text(p, "%s fewer are met in %s futures (%s to %s), on average",
                        hr_build_rounded(p, fewer.value * futures, step, NULL),
                        hr_build_rounded(p, futures, 1.0, NULL),
                        hr_build_rounded(p, fewer.lo * futures, step, NULL),
                        hr_build_rounded(p, fewer.hi * futures, step, NULL));
}

static void add_one_target(hr_page *p, const hr_stresses *s, const hr_stress_result *r)
{
    const int mark = hr_mark_target(0);
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "The target is missed most under %s%s: it is met in %s, without "
                             "stress in %s.",
                             quoted(p, r), doubt(p, s, r, hr_stress_fewer_targets),
                             hr_build_chance(p, r->figures.p[mark]),
                             hr_build_chance(p, s->of_base.p[mark])));
}

static void add_targets(hr_page *p, const hr_stresses *s)
{
    const hr_stress_result *r = hr_stress_breaks_targets(s);
    const int targets = s->base->targets, all = hr_mark_of_all(targets, HR_ALL_TARGETS);
    if (targets == 0)
        return;
    if (!r) {
        hr_page_add(p, HR_BLOCK_WORDS,
                    "No stress breaks targets, as far as these futures can tell.");
        return;
    }
    if (targets == 1) {
        add_one_target(p, s, r);
        return;
    }
    const char *together = can_tell(r->figures.more[all])
                               ? hr_page_text(p, " All are met in %s, without stress in %s.",
                                              hr_build_chance(p, r->figures.p[all]),
                                              hr_build_chance(p, s->of_base.p[all]))
                               : "";
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "Most targets break under %s%s: of %s, %s.%s", quoted(p, r),
                             doubt(p, s, r, hr_stress_fewer_targets), whose_targets(p, s->base),
                             fewer_met(p, hr_stress_without(r->figures.met_more)), together));
}

void hr_stress_verdict(hr_page *p, const hr_stresses *s)
{
    add_worst(p, s);
    add_two_signs(p, s);
    add_together(p, s);
    add_effects(p, s, CANNOT_TELL, "changes that chance by nothing that these futures can tell",
                "change that chance by nothing that these futures can tell");
    add_effects(p, s, CHANGES_NOTHING, "changes nothing here", "change nothing here");
    add_effects(p, s, RAISES, "makes it likelier", "make it likelier");
    add_reserves(p, s);
    add_days(p, s);
    add_targets(p, s);
}

void hr_stress_footing(hr_page *p, const hr_stresses *s)
{
    hr_build_settings(p, s->base->scenario);
    hr_build_notes(p, s->base->scenario);
    for (int i = 0; i < s->stresses; i++) {
        const hr_stressed *of = s->stress[i].of;
        if (of->source)
            hr_page_item(p, "-",
                         hr_page_text(p, "%s: %s%s%s.", quoted(p, &s->stress[i]),
                                      hr_page_clean(p, of->source), of->date ? ", " : "",
                                      of->date ? hr_page_clean(p, of->date) : ""));
    }
    hr_page_add(p, HR_BLOCK_WORDS, hr_build_no_accounts(s->base->scenario));
}
