/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan's arithmetic beside what its targets ask for: capital money by formula, floors of
 * reserves, scores; and what real trusts did. It must not know results. */
#include "report/build.h"

#include <math.h>
#include <string.h>

#include "base/lanes.h"
#include "engine/engine.h"
#include "report/format.h"

static const char *whole(hr_page *p, double value) { return hr_build_rounded(p, value, 1.0, NULL); }

static const char *schools_word(hr_page *p, double n)
{
    return hr_page_text(p, "%s school%s", whole(p, n), n == 1.0 ? "" : "s");
}

/* How far the trust is from capital money by formula, by the thresholds of the settings. */
static void capital_arithmetic(hr_page *p, const hr_plan *plan)
{
    const hr_params_estate *estate = &plan->params->scenario.estate;
    const double schools = estate->formula_min_schools, pupils = estate->formula_min_pupils;
    if (!isfinite(schools) || !isfinite(pupils))
        return;
    double pupils_now;
    const int schools_now = hr_build_opening(plan, &pupils_now);
    const char *rule = hr_page_text(p, "Capital money comes by formula from %s and %s pupils",
                                    schools_word(p, schools), whole(p, pupils));
    const double schools_short = schools - schools_now, pupils_short = pupils - pupils_now;
    if (schools_short <= 0.0 && pupils_short <= 0.0)
        hr_page_item(p, "-",
                     hr_page_text(p, "%s: the trust is above it by %s and %s pupils.", rule,
                                  schools_word(p, -schools_short), whole(p, -pupils_short)));
    else
        hr_page_item(
            p, "-",
            hr_page_text(p, "%s: the trust is%s%s%s%s short.", rule, schools_short > 0.0 ? " " : "",
                         schools_short > 0.0 ? schools_word(p, schools_short) : "",
                         schools_short > 0.0 && pupils_short > 0.0 ? " and " : " ",
                         pupils_short > 0.0 ? hr_page_text(p, "%s pupils", whole(p, pupils_short))
                                            : ""));
}

/* Income of the first year in the plain case, where every draw is in the middle; NaN where it
 * cannot be worked out. */
static double plain_income(const hr_plan *plan)
{
    hr_worker *worker = hr_worker_new(plan, NULL, 0, HR_LANES_MIN);
    if (!worker)
        return NAN;
    hr_outcome out;
    hr_engine_batch(worker, 0, 0, NULL, NULL, &out);
    const double income = out.metric[HR_M_INCOME * plan->years * out.lanes];
    hr_worker_free(worker);
    return income;
}

/* A share of income as the policy measures it: "0.7 of a month", pounds, "8 % of income". A month
 * of spending is taken as a month of income. */
static const char *as_measured(hr_page *p, int measure, double pct, double income)
{
    const double months = pct * 0.12;
    if (measure == HR_measure_MONTHS)
        return months > 0.0 && months < 0.95
                   ? hr_page_text(p, "%s of a month", hr_build_rounded(p, months, 0.1, NULL))
                   : hr_build_value(p, hr_exactly(months), "months");
    return measure == HR_measure_POUNDS ? hr_build_value(p, hr_exactly(pct * 0.01 * income), "GBP")
                                        : hr_build_value(p, hr_exactly(pct), "% of income");
}

/* "6 % of income at each school", "6 % of income at each school and 2 % at the centre", and what
 * that is in the measure of the policy, where it is another. */
static const char *floors_words(hr_page *p, int measure, double school, double centre,
                                double income)
{
    const bool both = isfinite(centre);
    const char *holders =
        hr_page_text(p, "%s of income at each school", hr_build_value(p, hr_exactly(school), "%"));
    if (both)
        holders = hr_page_text(p, "%s and %s at the centre", holders,
                               hr_build_value(p, hr_exactly(centre), "%"));
    const double floors = school + (both ? centre : 0.0);
    if (measure != HR_measure_MONTHS && measure != HR_measure_POUNDS)
        return both ? hr_page_text(p, "%s are %s", holders, as_measured(p, measure, floors, income))
                    : holders;
    return hr_page_text(
        p, "%s %s %s%s", holders, both ? "are" : "is", as_measured(p, measure, floors, income),
        measure == HR_measure_MONTHS ? " of spending, where spending is as much as income" : "");
}

/* Floors of single holders beside the policy of the whole: what they add to, and what is left. */
static void floors_arithmetic(hr_page *p, const hr_plan *plan)
{
    const hr_params_reserves_policy *policy = &plan->params->scenario.reserves_policy;
    const double school = hr_build_setting(plan->params, policy->school_floor_pct);
    const double centre = hr_build_setting(plan->params, policy->centre_floor_pct);
    const double target = hr_build_setting(plan->params, policy->target);
    if (!isfinite(school) || !isfinite(target))
        return;
    const int measure = policy->measure;
    const double income = measure == HR_measure_POUNDS ? plain_income(plan) : 1.0;
    const double asked = measure == HR_measure_MONTHS   ? target / 0.12
                         : measure == HR_measure_POUNDS ? 100.0 * target / income
                                                        : target;
    const double left = asked - school - (isfinite(centre) ? centre : 0.0);
    if (!isfinite(left) || fabs(left) < 0.05)
        return;
    const char *rest =
        hr_build_value(p, hr_exactly(0.1 * floor(10.0 * fabs(left) + 0.5)), "% of income");
    const char *so = left < 0.0 ? hr_page_text(p, "the floors alone ask for %s more", rest)
                     : isfinite(centre)
                         ? hr_page_text(p, "%s more must be held above the floors", rest)
                         : hr_page_text(p, "the centre must hold the other %s", rest);
    hr_page_item(p, "-",
                 hr_page_text(p, "%s; the policy asks for %s: %s.",
                              floors_words(p, measure, school, centre, income),
                              as_measured(p, measure, asked, income), so));
}

/* What each named candidate scores, by the means of its scores and weights, where the growth policy
 * asks for a score. Whoever has agreed is not asked. */
static void score_arithmetic(hr_page *p, const hr_plan *plan)
{
    const hr_params_growth_policy *g = &plan->params->scenario.growth_policy;
    const double least = hr_build_setting(plan->params, g->min_score);
    for (int k = 0; least > 0.0 && k < plan->candidates; k++) {
        const hr_plan_candidate *c = &plan->candidate[k];
        double part[HR_N_merit], sum = 0.0, weights = 0.0;
        for (int m = 0; m < HR_N_merit; m++) {
            const double weight = hr_build_setting(plan->params, g->score_weight[m]);
            part[m] = hr_build_setting(plan->params, c->par->score[m]);
            sum += weight * part[m];
            weights += weight;
        }
        if (c->pipeline >= 0 || c->par->stage == HR_stage_AGREEMENT)
            continue;
        hr_page_item(
            p, "-",
            hr_page_text(p, "%s scores %s where the growth policy asks for %s: %s.",
                         hr_page_name(p, c->name),
                         hr_build_rounded(p, weights > 0.0 ? sum / weights : 0.0, 0.01, NULL),
                         hr_build_rounded(p, least, 0.01, NULL), hr_build_merits(p, part)));
    }
}

void hr_build_arithmetic(hr_page *p, const hr_plan *plan)
{
    hr_build_asked(p, plan);
    capital_arithmetic(p, plan);
    floors_arithmetic(p, plan);
    score_arithmetic(p, plan);
}

void hr_build_base_rates(hr_page *p, const hr_scenario *s)
{
    const hr_span span = s->params->scenario.base_rates;
    const hr_params_base_rate *row = HR_SPAN(s->params, span, hr_params_base_rate);
    if (span.count > 0)
        hr_page_add(p, HR_BLOCK_WORDS, "Base rates and facts, known without a simulation:");
    for (uint32_t i = 0; i < span.count; i++) {
        const char *words = hr_page_clean(p, hr_params_text(s->params, row[i].words));
        const size_t length = strlen(words);
        const bool ended = length && words[length - 1] == '.';
        hr_page_item(p, "-", hr_page_text(p, "%s%s", words, ended ? "" : "."));
    }
}
