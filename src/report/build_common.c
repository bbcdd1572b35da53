/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several builders say in the same way. */
#include "report/build.h"

#include <math.h>
#include <string.h>

#include "report/format.h"
#include "stoch/sampler.h"

const char *hr_build_year(hr_page *p, int calendar_year)
{
    char label[8];
    hr_year_label(calendar_year, label);
    return hr_page_text(p, "%s", label);
}

const char *hr_build_period(hr_page *p, int start_year, int years)
{
    const char *first = hr_build_year(p, start_year);
    return years == 1
               ? first
               : hr_page_text(p, "%s to %s", first, hr_build_year(p, start_year + years - 1));
}

void hr_build_year_columns(hr_table *t, int first, int start_year, int years)
{
    for (int y = 0; t && y < years; y++) {
        const char *label = hr_build_year(t->page, start_year + y);
        hr_table_column(t, first + y, label, label, false);
    }
}

const char *hr_build_chance(hr_page *p, hr_estimate e)
{
    char words[128];
    hr_format_chance(e, words, sizeof words);
    return hr_page_text(p, "%s", words);
}

const char *hr_build_rounded(hr_page *p, double value, double step, const char *unit)
{
    char number[HR_NUMBER_BYTES];
    hr_format_number(value, step, unit, number);
    return hr_page_text(p, "%s", number);
}

void hr_build_rounded_cell(hr_table *t, int column, double value, double step)
{
    char number[HR_NUMBER_BYTES];
    hr_format_number(value, step, NULL, number);
    hr_table_number(t, column, value, number);
}

const char *hr_build_value(hr_page *p, hr_estimate e, const char *unit)
{
    char words[96];
    hr_format_with_unit(e, unit, words, sizeof words);
    return hr_page_text(p, "%s", words);
}

void hr_build_alike(hr_page *p, const hr_estimate *e, int count, const char *unit,
                    const char **number)
{
    double step = 0.0;
    for (int i = 0; i < count; i++)
        if (isfinite(e[i].value))
            step = fmax(step, hr_format_step(e[i], unit));
    for (int i = 0; i < count; i++)
        number[i] = hr_build_rounded(p, e[i].value, step, unit);
}

const char *hr_build_metric_label(hr_page *p, const hr_metric_row *metric)
{
    const bool unit_said = metric->unit[0] != '%' || strchr(metric->label, '%');
    return unit_said ? metric->label : hr_page_text(p, "%s, %%", metric->label);
}

static hr_dist distribution(const hr_params *params, const hr_quantity *q)
{
    const double *points = HR_SPAN(params, q->points, double);
    const int values =
        q->family == HR_DIST_DISCRETE ? (int)q->points.count / 2 : (int)q->points.count;
    return (hr_dist){.family = (hr_dist_family)q->family,
                     .a = q->dist[0],
                     .b = q->dist[1],
                     .c = q->dist[2],
                     .low = q->low,
                     .high = q->high,
                     .value = points,
                     .chance = points && q->family == HR_DIST_DISCRETE ? points + values : NULL,
                     .values = values};
}

/* Mean and standard deviation of what is drawn. */
static void moments(const hr_params *params, const hr_quantity *q, double *mean, double *sd)
{
    const hr_dist dist = distribution(params, q);
    hr_arena *arena = hr_arena_new();
    const hr_sampler *sampler = arena ? hr_sampler_new(arena, &dist) : NULL;
    *mean = sampler ? hr_sampler_mean(sampler) : NAN;
    *sd = sampler ? hr_sampler_sd(sampler) : NAN;
    hr_arena_free(arena);
}

double hr_build_width(const hr_params *params, const hr_quantity *q)
{
    double mean, sd;
    moments(params, q, &mean, &sd);
    const double width = sd / (fabs(mean) + sd);
    return isfinite(width) ? width : 0.0;
}

double hr_build_setting(const hr_params *params, hr_real real)
{
    const hr_quantity *q = hr_params_quantity(params, real);
    double mean = NAN, sd;
    switch ((hr_quantity_kind)q->kind) {
    case HR_QUANTITY_NUMBER: return q->value;
    case HR_QUANTITY_SERIES:
        return q->points.count ? HR_SPAN(params, q->points, hr_point)->value : NAN;
    case HR_QUANTITY_FUTURE:
    case HR_QUANTITY_YEAR: moments(params, q, &mean, &sd); return mean;
    case HR_QUANTITY_ABSENT: break;
    }
    return NAN;
}

const char *hr_build_merits(hr_page *p, const double part[HR_N_merit])
{
    const char *list = "";
    for (int m = 0; m < HR_N_merit; m++)
        list = hr_page_text(p, "%s%s%s %s", list, m ? ", " : "", hr_choice_word(HR_SET_merit, m),
                            hr_build_rounded(p, part[m], 0.01, NULL));
    return list;
}

void hr_build_chance_cell(hr_table *t, int column, hr_estimate e)
{
    char number[HR_NUMBER_BYTES];
    hr_format_chance_short(e, number);
    hr_table_number(t, column, e.value, number);
}

/* Pupils are counted in every future in which the trust is its own. */
hr_estimate hr_build_own(const hr_result *r)
{
    return hr_estimate_chance(r->metric[HR_M_PUPILS * r->years + r->years - 1].n, r->paths);
}

const char *hr_build_policy(hr_page *p, const hr_params *params)
{
    static const char *const unit[] = {"% of income", "months of spending", "GBP", "% of income"};
    const hr_params_reserves_policy *policy = &params->scenario.reserves_policy;
    const double target = hr_build_setting(params, policy->target);
    if (!isfinite(target))
        return "its policy";
    return hr_build_value(p, hr_exactly(target), unit[policy->measure]);
}

/* ", assumed" where nobody has told a reserves policy: it is a default, or its source says so. */
static const char *assumed(const hr_scenario *s)
{
    for (int i = 0; i < s->assumptions; i++) {
        const hr_assumption *a = &s->assumption[i];
        if (strcmp(a->key, "reserves_policy.target") == 0)
            return a->origin == HR_ORIGIN_DEFAULT ||
                           (a->source && strncmp(a->source, "Assumption", 10) == 0)
                       ? ", assumed"
                       : "";
    }
    return "";
}

const char *hr_build_policy_known(hr_page *p, const hr_scenario *s)
{
    return hr_page_text(p, "%s%s", hr_build_policy(p, s->params), assumed(s));
}
