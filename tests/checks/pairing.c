/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much narrower the same luck makes the interval of a difference than luck of its own for each
 * would: printed for several changes to one plan, with what of the difference's spread each row of
 * the bridge has. Fails where the luck is not the same at all. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/comparison.h"

#define PLAN "scenarios/trusts/learning-together.cfg"

enum { SEED = 1, OTHER_SEED = 2, PATHS = 10000, WANTED = 10 };

static const struct {
    const char *words;
    hr_change change[4];
    int changes;
    bool must; /* in the first year its effect is the same in every future but for answers to it */
} CASES[] = {
    {"two more schools", {{HR_CHANGE_WITH, "two-more-schools"}}, 1, false},
    {"the same, what they bring and cost known",
     {{HR_CHANGE_WITH, "two-more-schools"}, {HR_CHANGE_WITH, "tests/scenarios/two-known.cfg"}},
     2,
     false},
    {"a post of 40,000 at the centre", {{HR_CHANGE_WITH, "tests/scenarios/one-post.cfg"}}, 1, true},
};

static hr_scenario *load(const hr_change *change, int changes)
{
    hr_diags *diags = hr_diags_new();
    hr_scenario *s = NULL;
    if (hr_scenario_load(&s, PLAN, change, (size_t)changes, diags) != HR_OK) {
        (void)fprintf(stderr, "pairing: %s\n", hr_diags_get(diags, 0)->text);
        exit(EXIT_FAILURE);
    }
    hr_diags_free(diags);
    return s;
}

/* Standard error of the mean reserves of a year with another seed. */
static double error_apart(const hr_scenario *s, int year)
{
    const hr_run_options o = {.seed = OTHER_SEED, .paths = PATHS};
    hr_diags *diags = hr_diags_new();
    hr_result *r = NULL;
    double value, se = NAN, lo, hi;
    if (hr_run(&r, s, &o, diags) == HR_OK)
        (void)hr_result_mean(r, "reserves", year, &value, &se, &lo, &hi);
    hr_result_free(r);
    hr_diags_free(diags);
    return se;
}

static void print_rows(const hr_pair_result *d, double sd)
{
    for (int row = 0; row < HR_BRIDGES; row++) {
        const double own = d->bridge[row].se * sqrt((double)d->bridge[row].n);
        if (own > 0.1 * sd)
            printf("      %-50s sd %9.0f\n", HR_BRIDGE_ROWS[row].label, own);
    }
}

/* Is it narrower in every year, and where it must, WANTED times in the first, before gate and
 * budget have answered? */
static bool one_case(const hr_scenario *first, int which)
{
    hr_scenario *second = load(CASES[which].change, CASES[which].changes);
    const hr_compared compared[] = {{first, NULL}, {second, CASES[which].words}};
    const hr_run_options o = {.seed = SEED, .paths = PATHS};
    hr_diags *diags = hr_diags_new();
    hr_comparison *c = NULL;
    bool passed = true;
    double ratio = NAN;
    if (hr_compare(&c, compared, 2, &o, diags) != HR_OK)
        exit(EXIT_FAILURE);
    printf("%s\n", CASES[which].words);
    const int years = c->result[0]->years;
    for (int t = 0; t < years; t++) {
        double value, paired, se, lo, hi;
        (void)hr_comparison_mean(c, 1, "reserves", t, &value, &paired, &lo, &hi);
        (void)hr_result_mean(c->result[0], "reserves", t, &value, &se, &lo, &hi);
        const double other = error_apart(second, t), apart = sqrt(se * se + other * other);
        ratio = apart / paired;
        passed = passed && ratio >= (t == 0 && CASES[which].must ? WANTED : 1.0);
        printf(
            "    year %d: standard error of the difference %7.0f with the same luck, %7.0f apart: "
            "%.1f times narrower\n",
            t + 1, paired, apart, ratio);
    }
    const hr_estimate end = c->pair[1]->metric[HR_M_RESERVES * years + years - 1].mean;
    print_rows(c->pair[1], end.se * sqrt((double)end.n));
    if (ratio < WANTED)
        printf("    less than %d times at the end: the rest is how the change itself differs from "
               "future to future\n",
               WANTED);
    hr_comparison_free(c);
    hr_diags_free(diags);
    hr_scenario_free(second);
    return passed;
}

int main(void)
{
    hr_scenario *first = load(NULL, 0);
    bool passed = true;
    for (int i = 0; i < (int)(sizeof CASES / sizeof CASES[0]); i++)
        passed = one_case(first, i) && passed;
    hr_scenario_free(first);
    printf(passed ? "pairing: passed\n" : "pairing: FAILED\n");
    return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
