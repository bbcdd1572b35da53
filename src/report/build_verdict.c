/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict in words: the chance of each of the plan's targets, then reserves, capacity and
 * growth, then what the numbers rest on. What the arithmetic can do and what ignorance can do are
 * said apart. */
#include "report/build.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/format.h"

void hr_build_title(hr_page *p, const hr_result *r)
{
    const hr_params *params = r->plan->params;
    char paths[HR_NUMBER_BYTES], asked[HR_NUMBER_BYTES];
    hr_format_number((double)r->paths, 1.0, NULL, paths);
    hr_format_number((double)r->paths_asked, 1.0, NULL, asked);
    hr_page_add(p, HR_BLOCK_TITLE, hr_page_clean(p, r->scenario->name));
    hr_page_add(p, HR_BLOCK_WORDS, hr_page_clean(p, hr_params_text(params, params->scenario.plan)));
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "%s to %s, %s futures, seed %" PRIu64 ".",
                             hr_build_year(p, r->start_year),
                             hr_build_year(p, r->start_year + r->years - 1), paths, r->seed));
    if (r->partial)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p, "PARTIAL: interrupted after %s of %s futures.", paths, asked));
}

static void add_targets(hr_page *p, const hr_result *r)
{
    for (int i = 0; i < r->targets; i++) {
        const hr_target_result *t = &r->target[i];
        hr_page_item(p, hr_build_chance(p, t->p),
                     hr_page_text(p, "%s%s: %s", hr_page_clean(p, t->name),
                                  t->our_reading ? " (our reading of the plan)" : "",
                                  hr_page_clean(p, t->words)));
    }
    if (r->targets > 1)
        hr_page_item(p, hr_build_chance(p, r->targets_all), "all of these together, in one future");
    if (r->plan_targets_all.value != r->targets_all.value && isfinite(r->plan_targets_all.value))
        hr_page_item(p, hr_build_chance(p, r->plan_targets_all),
                     "all that the plan itself promises, without our readings");
}

/* The year in which a risk is likeliest. */
static int worst_year(const hr_result *r, hr_risk risk)
{
    int worst = 0;
    for (int t = 1; t < r->years; t++)
        if (r->risk[risk].year[t].value > r->risk[risk].year[worst].value)
            worst = t;
    return worst;
}

/* When a promise is likeliest to break, and how badly. */
static void add_breach(hr_page *p, const hr_result *r, hr_risk risk, const char *subject,
                       const char *fault, const char *unit)
{
    const hr_risk_result *of = &r->risk[risk];
    if (!(of->any.value > 0.0)) {
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p, "%s are %s in no future that was run.", subject, fault));
        return;
    }
    const int year = worst_year(r, risk);
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(
            p,
            "%s are likeliest to be %s in %s: %s. Where they are, the worst year is %s short "
            "on average.",
            subject, fault, hr_build_year(p, r->start_year + year),
            hr_build_chance(p, of->year[year]), hr_build_value(p, of->shortfall, unit)));
}

static void add_growth(hr_page *p, const hr_result *r)
{
    const int last = r->years - 1;
    const hr_metric_result *pupils = &r->metric[HR_M_PUPILS * r->years + last];
    const hr_metric_result *schools = &r->metric[HR_M_SCHOOLS * r->years + last];
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(p,
                     "Growth: by the end of %s the middle future has %s and %s; in 80 of 100 "
                     "futures the number of pupils is between %s and %s.",
                     hr_build_year(p, r->start_year + last),
                     hr_build_value(p, pupils->quantile[3], "pupils"),
                     hr_build_value(p, hr_exactly(schools->quantile[3].value),
                                    schools->quantile[3].value == 1.0 ? "school" : "schools"),
                     hr_build_number(p, pupils->quantile[1], "pupils"),
                     hr_build_number(p, pupils->quantile[5], "pupils")));
}

/* The answer: three chances. */
static void add_answer(hr_page *p, const hr_result *r)
{
    const char *together =
        r->targets == 0
            ? "The scenario states no targets."
            : hr_page_text(p, "The chance that %s met: %s.",
                           r->targets == 1 ? "the plan's target is" : "every target of the plan is",
                           hr_build_chance(p, r->targets_all));
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(
            p,
            "%s That reserves stay at or above the policy (%s) in every year: %s. That there "
            "are improvement days enough in every year: %s.",
            together, hr_build_policy(p, r->plan->params),
            hr_build_chance(p, hr_otherwise(r->risk[HR_R_RESERVES_BELOW_POLICY].any)),
            hr_build_chance(p, hr_otherwise(r->risk[HR_R_CAPACITY_OVERLOAD].any))));
}

void hr_build_verdict(hr_page *p, const hr_result *r)
{
    add_answer(p, r);
    if (r->targets > 0)
        hr_page_add(p, HR_BLOCK_WORDS, "Target by target:");
    add_targets(p, r);
    add_breach(p, r, HR_R_RESERVES_BELOW_POLICY, "Reserves", "below the policy", "GBP");
    add_breach(p, r, HR_R_CAPACITY_OVERLOAD, "Improvement days", "too few", "days");
    add_growth(p, r);
    hr_page_add(p, HR_BLOCK_WORDS, hr_build_no_accounts(r->scenario));
}

/* Half the widest 95 % interval among the chances of the verdict, in futures of 100. */
static double widest_half(const hr_result *r)
{
    double widest = 0.0;
    for (int i = 0; i < r->targets; i++)
        widest = fmax(widest, 0.5 * (r->target[i].p.hi - r->target[i].p.lo));
    const hr_estimate *risk[] = {&r->risk[HR_R_RESERVES_BELOW_POLICY].any,
                                 &r->risk[HR_R_CAPACITY_OVERLOAD].any};
    for (size_t i = 0; i < sizeof risk / sizeof risk[0]; i++)
        widest = fmax(widest, 0.5 * (risk[i]->hi - risk[i]->lo));
    return 100.0 * widest;
}

/* What each group of a scenario is about, for the sentence on what is not known. */
static const struct {
    const char *group, *words;
} ABOUT[] = {
    {"world_drivers", "pay, prices and funding"},
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

static int uncertain_in_group(const hr_params *params, const char *group)
{
    const hr_quantity *q = HR_SPAN(params, params->quantities, hr_quantity);
    const size_t length = strlen(group);
    int uncertain = 0;
    for (uint32_t i = 1; i < params->quantities.count; i++) {
        const char *key = hr_params_text(params, q[i].key);
        if (q[i].kind == HR_QUANTITY_FUTURE && strncmp(key, group, length) == 0 &&
            key[length] == '.')
            uncertain++;
    }
    return uncertain;
}

static const char *not_known(hr_page *p, const hr_params *params)
{
    const char *list = "";
    int named = 0;
    const int groups = (int)(sizeof ABOUT / sizeof ABOUT[0]);
    int present = 0;
    for (int g = 0; g < groups; g++)
        present += uncertain_in_group(params, ABOUT[g].group) > 0;
    for (int g = 0; g < groups; g++) {
        if (uncertain_in_group(params, ABOUT[g].group) == 0)
            continue;
        named++;
        list = hr_page_text(p, "%s%s%s", list,
                            named == 1         ? ""
                            : named == present ? " and "
                                               : ", ",
                            ABOUT[g].words);
    }
    return list;
}

void hr_build_footing(hr_page *p, const hr_result *r)
{
    const double half = widest_half(r);
    const char *arithmetic =
        half < 0.5 ? "better than 1" : hr_page_text(p, "%d", (int)ceil(half - 0.05));
    const char *unknown = not_known(p, r->plan->params);
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(p, "The arithmetic is good to %s in 100. %s", arithmetic,
                     unknown[0]
                         ? hr_page_text(p,
                                        "What we do not know about %s is in these futures already: "
                                        "more futures would not make the chances surer.",
                                        unknown)
                         : "Nothing is marked as not known: the chances are only as good as the "
                           "settings."));
    hr_build_settings(p, r->scenario);
    for (int i = 0; i < r->scenario->notes; i++)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p, "Note: %s.", hr_page_clean(p, r->scenario->note[i])));
}

/* A sum of a school that was given, not taken from the defaults. */
static bool is_from_accounts(const hr_assumption *a)
{
    static const char *const sums[] = {".reserves", ".spending", ".grant"};
    if (a->origin == HR_ORIGIN_DEFAULT || strncmp(a->key, "schools.", 8) != 0)
        return false;
    const char *last = strrchr(a->key, '.');
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        if (strcmp(last, sums[i]) == 0)
            return true;
    return false;
}

const char *hr_build_no_accounts(const hr_scenario *s)
{
    for (int i = 0; i < s->assumptions; i++)
        if (is_from_accounts(&s->assumption[i]))
            return "";
    return "No pound in this run comes from the trust's accounts: opening reserves, grant and "
           "spending are "
           "assumptions, drawn wide. Giving the real ones is what would sharpen it most.";
}

void hr_build_settings(hr_page *p, const hr_scenario *s)
{
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(p, "Settings: %d given by you, %d by default, %d of those without a source.",
                     s->given, s->defaults, s->unsourced));
}
