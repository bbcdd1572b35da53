/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict in words: reserves, capacity, the plan's targets, growth, then what the numbers rest
 * on. What the arithmetic can do and what ignorance can do are said apart. */
#include "report/build.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/format.h"

void hr_build_partial(hr_page *p, const hr_result *r)
{
    const char *paths = hr_build_rounded(p, (double)r->paths, 1.0, NULL);
    if (!r->partial)
        return;
    if (r->paths == r->paths_asked)
        hr_page_add(p, HR_BLOCK_TITLE,
                    hr_page_text(p,
                                 "PARTIAL: interrupted after all %s futures, before it was seen "
                                 "what sets of assumptions make of them.",
                                 paths));
    else
        hr_page_add(p, HR_BLOCK_TITLE,
                    hr_page_text(p,
                                 "PARTIAL: interrupted after %s of %s futures. What follows rests "
                                 "on those alone.",
                                 paths, hr_build_rounded(p, (double)r->paths_asked, 1.0, NULL)));
}

void hr_build_title(hr_page *p, const hr_result *r)
{
    const hr_params *params = r->plan->params;
    const char *paths = hr_build_rounded(p, (double)r->paths, 1.0, NULL);
    hr_build_partial(p, r);
    hr_page_add(p, HR_BLOCK_TITLE, hr_page_clean(p, r->scenario->name));
    hr_page_add(p, HR_BLOCK_WORDS, hr_page_clean(p, hr_params_text(params, params->scenario.plan)));
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "%s, %s simulated future%s, seed %" PRIu64 ".",
                             hr_build_period(p, r->start_year, r->years), paths,
                             r->paths == 1 ? "" : "s", r->seed));
    hr_build_few(p, r);
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

/* What all figures are of, where a row of the register can end the trust. */
static void add_end(hr_page *p, const hr_result *r)
{
    if (!r->plan->may_end)
        return;
    const char *last = hr_build_year(p, r->start_year + r->years - 1);
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(p,
                     "That the trust is still independent in %s, its last year here: %s. The "
                     "figures of a year are of the futures in which it still is; once another "
                     "trust has absorbed it no risk is counted and no target is met.",
                     last, hr_build_chance(p, hr_build_own(r))));
}

static void add_growth(hr_page *p, const hr_result *r)
{
    if (hr_build_own(r).value == 0.0)
        return;
    const int last = r->years - 1;
    const hr_metric_result *m = &r->metric[HR_M_PUPILS * r->years + last];
    const double schools = r->metric[HR_M_SCHOOLS * r->years + last].quantile[3].value;
    const hr_estimate shown[] = {m->quantile[3], m->quantile[1], m->quantile[5]};
    const char *pupils[3];
    hr_build_alike(p, shown, 3, "pupils", pupils);
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "Growth: by the end of %s the middle future has %s pupils and %s; in "
                             "80 of 100 futures the number of pupils is between %s and %s.",
                             hr_build_year(p, r->start_year + last), pupils[0],
                             hr_build_value(p, hr_exactly(schools), "schools"), pupils[1],
                             pupils[2]));
}

/* The answer: reserves, capacity, then the plan's own targets. */
static void add_answer(hr_page *p, const hr_result *r)
{
    const char *when = r->years == 1 ? "in the year" : "in every year";
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(p,
                     "The chance that reserves stay at or above the policy (%s) %s is %s. That "
                     "there are improvement days enough for what schools need %s: %s. %s",
                     hr_build_policy_known(p, r->scenario), when,
                     hr_build_chance(p, hr_otherwise(r->risk[HR_R_RESERVES_BELOW_POLICY].any)),
                     when, hr_build_chance(p, hr_otherwise(r->risk[HR_R_CAPACITY_OVERLOAD].any)),
                     hr_build_targets_answer(p, r)));
}

void hr_build_verdict(hr_page *p, const hr_result *r)
{
    add_end(p, r);
    add_answer(p, r);
    hr_build_sureness(p, r);
    hr_build_targets(p, r);
    add_breach(p, r, HR_R_RESERVES_BELOW_POLICY, "Reserves", "below the policy", "GBP");
    hr_build_dilution(p, r);
    add_breach(p, r, HR_R_CAPACITY_OVERLOAD, "Improvement days", "too few", "days");
    add_growth(p, r);
    hr_page_add(p, HR_BLOCK_WORDS, hr_build_no_accounts(r->scenario));
}

void hr_build_footing(hr_page *p, const hr_result *r)
{
    hr_build_settings(p, r->scenario);
    hr_build_notes(p, r->scenario);
}

void hr_build_notes(hr_page *p, const hr_scenario *s)
{
    for (int i = 0; i < s->notes; i++)
        hr_page_item(p, "-", hr_page_text(p, "Note: %s.", hr_page_clean(p, s->note[i])));
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
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p, "Settings: given by you %s, default %s, of which unsourced %s.",
                             hr_build_rounded(p, s->given, 1.0, NULL),
                             hr_build_rounded(p, s->defaults, 1.0, NULL),
                             hr_build_rounded(p, s->unsourced, 1.0, NULL)));
}
