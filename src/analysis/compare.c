/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison: which scenarios may be compared, over which years. It must not know how they are
 * run. */
#include "analysis/comparison.h"

#include "analysis/precise.h"
#include "config/diag.h"

static const hr_params_scenario *settings(const hr_scenario *s) { return &s->params->scenario; }

static const char *name_of(const hr_scenario *s) { return s->name != NULL ? s->name : ""; }

/* Years that all have. */
static int common_years(const hr_scenario *const *scenario, size_t count)
{
    int years = settings(scenario[0])->years;
    for (size_t k = 1; k < count; k++)
        if (settings(scenario[k])->years < years)
            years = settings(scenario[k])->years;
    return years;
}

static hr_status check_start(const hr_scenario *const *scenario, size_t count, hr_diags *diags)
{
    const hr_scenario *first = scenario[0];
    for (size_t k = 1; k < count; k++) {
        const hr_scenario *other = scenario[k];
        if (settings(other)->start_year == settings(first)->start_year)
            continue;
        char a[8], b[8];
        hr_year_label(settings(first)->start_year, a);
        hr_year_label(settings(other)->start_year, b);
        hr_diags_addf(
            diags, HR_ERROR, NULL, 0, "give both the same start_year",
            "only scenarios that begin in the same year have the same luck: \"%s\" begins "
            "in %s and \"%s\" in %s",
            name_of(first), a, name_of(other), b);
        return HR_USAGE;
    }
    return HR_OK;
}

/* The years that are run, said where some would have had more. */
static int horizon(const hr_scenario *const *scenario, size_t count, hr_diags *diags)
{
    const int years = common_years(scenario, count);
    for (size_t k = 0; k < count; k++)
        if (settings(scenario[k])->years != years) {
            hr_diags_addf(diags, HR_NOTE, NULL, 0, NULL,
                          "the scenarios are not equally long: all are run for %d years", years);
            return years;
        }
    return 0;
}

hr_status hr_comparable(const hr_scenario *const *scenario, size_t count, int *years,
                        hr_diags *diags)
{
    const hr_status status = check_start(scenario, count, diags);
    *years = status == HR_OK ? horizon(scenario, count, diags) : 0;
    return status;
}

hr_status hr_compare(hr_comparison **out, const hr_compared *compared, size_t count,
                     const hr_run_options *o, hr_diags *diags)
{
    const hr_scenario *scenario[HR_SCENARIOS_MOST];
    int years;
    *out = NULL;
    if (count < 2 || count > HR_COMPARE_MOST) {
        hr_diags_add(diags, HR_ERROR, NULL, 0, "2 to 8 scenarios are compared", NULL);
        return HR_USAGE;
    }
    for (size_t k = 0; k < count; k++)
        scenario[k] = compared[k].scenario;
    hr_status status = hr_comparable(scenario, count, &years, diags);
    if (status != HR_OK)
        return status;
    hr_arena *arena = hr_arena_new();
    hr_comparison *c = arena != NULL ? HR_TAKE(arena, hr_comparison, 1) : NULL;
    if (c == NULL) {
        hr_arena_free(arena);
        return hr_diags_no_memory(diags);
    }
    c->arena = arena;
    c->scenarios = (int)count;
    for (size_t k = 0; k < count; k++)
        c->with[k] = compared[k].with != NULL ? hr_arena_text(arena, compared[k].with) : NULL;
    hr_run_options plain = *o;
    plain.keep_paths = false;
    status = hr_precise(c->result, scenario, (int)count, years, &plain, c->pair, &c->paired, diags);
    if (c->result[0] != NULL)
        *out = c;
    else
        hr_comparison_free(c);
    return status;
}

void hr_comparison_free(hr_comparison *c)
{
    if (c == NULL)
        return;
    for (int k = 0; k < c->scenarios; k++)
        hr_result_free(c->result[k]);
    hr_arena_free(c->paired);
    hr_arena_free(c->arena);
}

const hr_result *hr_comparison_result(const hr_comparison *c, size_t which)
{
    return which < (size_t)c->scenarios ? c->result[which] : NULL;
}

bool hr_comparison_mean(const hr_comparison *c, size_t which, const char *metric, int year,
                        double *value, double *se, double *lo, double *hi)
{
    const int m = hr_metric_find(metric);
    if (m < 0 || which < 1 || which >= (size_t)c->scenarios || year < 0 ||
        year >= c->result[0]->years)
        return false;
    const hr_estimate e = c->pair[which]->metric[m * c->result[0]->years + year].mean;
    *value = e.value;
    *se = e.se;
    *lo = e.lo;
    *hi = e.hi;
    return true;
}
