/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running and collecting, over an engine of known functions: every number of a result against a
 * plain count over the paths; options, limits and reading by key. */
#include "support/run_case.h"

static void assert_chance(hr_estimate p, uint64_t hits, uint64_t n)
{
    assert_same_estimate(p, hr_estimate_chance(hits, n));
}

static void test_metrics_are_those_of_the_paths(void **state)
{
    (void)state;
    const uint64_t n = 1500;
    hr_result *r = ran_paths(n, 2, 64);
    for (int t = 0; t < YEARS; t++) {
        double sum = 0.0, square = 0.0, defined = 0.0, pct = 0.0;
        for (uint64_t p = 1; p <= n; p++) {
            const double v = fake_reserves(SEED, p, t);
            sum += v;
            square += v * v;
            defined += p % 7 != 0;
            pct += p % 7 != 0 ? (double)(p % 13) : 0.0;
        }
        const hr_metric_result *m = &r->metric[HR_M_RESERVES * YEARS + t];
        const double mean = sum / (double)n;
        const double sd = hr_sqrt((square - mean * sum) / (double)(n - 1));
        assert_int_equal(m->n, n);
        assert_true(near(m->mean.value, mean, 1e-8));
        assert_true(near(m->sd, sd, 1e-6));
        assert_true(near(m->mean.se, sd / hr_sqrt((double)n), 1e-7));
        const hr_metric_result *q = &r->metric[HR_M_RESERVES_PCT * YEARS + t];
        assert_true((double)q->n == defined && (double)q->mean.n == defined);
        assert_true(near(q->mean.value, pct / defined, 1e-12));
        const hr_metric_result *none = &r->metric[HR_M_RESERVES_MONTHS * YEARS + t];
        assert_int_equal(none->n, 0);
        assert_true(hr_is_nan(none->mean.value) && hr_is_nan(none->sd));
        assert_true(hr_is_nan(none->quantile[3].value));
    }
    hr_result_free(r);
}

/* Reserves after t + 1 years are normal with mean (t + 1) drift and variance (t + 1) spread
 * squared. */
static void test_a_known_law_is_found_again(void **state)
{
    (void)state;
    hr_result *r = ran_paths(20000, 2, 0);
    static const double z[HR_QUANTILES] = {
        -1.6448536269514722, -1.2815515655446004, -0.6744897501960817, 0.0,
        0.6744897501960817,  1.2815515655446004,  1.6448536269514722};
    for (int t = 0; t < YEARS; t++) {
        const hr_metric_result *m = &r->metric[HR_M_RESERVES * YEARS + t];
        const double mean = (t + 1) * FAKE_DRIFT, sd = FAKE_SPREAD * hr_sqrt(t + 1.0);
        assert_true(near(m->mean.value, mean, 4.0 * m->mean.se));
        assert_true(near(m->sd, sd, 0.03 * sd));
        for (int q = 0; q < HR_QUANTILES; q++) {
            assert_true(near(m->quantile[q].value, mean + z[q] * sd, 4.0 * m->quantile[q].se));
            assert_true(m->quantile[q].lo <= m->quantile[q].value);
            assert_true(m->quantile[q].value <= m->quantile[q].hi);
        }
        const double below = hr_normal_cdf(-mean / sd);
        const hr_estimate p = r->risk[HR_R_RESERVES_BELOW_ZERO].year[t];
        assert_true(near(p.value, below, 4.0 * p.se));
    }
    hr_result_free(r);
}

static void test_quantiles_are_values_that_a_path_had(void **state)
{
    (void)state;
    hr_result *r = ran_paths(1000, 1, 0);
    /* pupils of year 0 are 1, 2, ..., 999, 0: the k-th smallest is k - 1 */
    const hr_estimate *q = r->metric[HR_M_PUPILS * YEARS].quantile;
    assert_true(q[0].value == 49.0 && q[3].value == 499.0 && q[6].value == 949.0);
    assert_int_equal(q[3].n, 1000);
    hr_result_free(r);
}

static void test_states_report_shares_and_nothing_else(void **state)
{
    (void)state;
    hr_result *r = ran_paths(1000, 1, 0);
    const hr_metric_result *m = &r->metric[HR_M_EARLY_WARNING * YEARS];
    assert_int_equal(m->n, 1000);
    assert_chance(m->state[0], 333, 1000);
    assert_chance(m->state[1], 334, 1000);
    assert_chance(m->state[2], 333, 1000);
    assert_true(hr_is_nan(m->mean.value) && hr_is_nan(m->sd) && hr_is_nan(m->quantile[3].value));
    assert_chance(r->metric[HR_M_SCA_ELIGIBLE * YEARS + 1].state[1], 500, 1000);
    assert_true(hr_is_nan(r->metric[HR_M_PUPILS * YEARS].state[0].value));
    hr_result_free(r);
}

static void test_risks_are_counted(void **state)
{
    (void)state;
    const uint64_t n = 1100; /* the last leaf and the last batch are partial */
    hr_result *r = ran_paths(n, 2, 64);
    uint64_t year[YEARS] = {0}, first[YEARS] = {0}, any = 0;
    double depth = 0.0;
    for (uint64_t p = 1; p <= n; p++) {
        bool before = false;
        for (int t = 0; t < YEARS; t++) {
            const bool now = fake_risk(SEED, p, HR_R_RESERVES_BELOW_ZERO, t) == 1.0;
            year[t] += now;
            first[t] += now && !before;
            before = before || now;
        }
        any += before;
        depth += before ? fake_depth(SEED, p, HR_R_RESERVES_BELOW_ZERO, YEARS) : 0.0;
    }
    const hr_risk_result *k = &r->risk[HR_R_RESERVES_BELOW_ZERO];
    for (int t = 0; t < YEARS; t++) {
        assert_chance(k->year[t], year[t], n);
        assert_chance(k->first[t], first[t], n);
    }
    assert_chance(k->any, any, n);
    assert_int_equal(k->shortfall.n, any);
    assert_true(near(k->shortfall.value, depth / (double)any, 1e-8));
    assert_chance(r->risk[HR_R_IN_YEAR_DEFICIT].any, 825, n);
    assert_chance(r->risk[HR_R_CENTRAL_DEFICIT].first[0], 220, n);
    assert_chance(r->risk[HR_R_CENTRAL_DEFICIT].first[1], 0, n);
    assert_chance(r->risk[HR_R_SIZE_ABOVE_LIMIT].any, 0, n);
    assert_true(hr_is_nan(r->risk[HR_R_SIZE_ABOVE_LIMIT].shortfall.value));
    hr_result_free(r);
}

static void test_targets_are_counted(void **state)
{
    (void)state;
    const uint64_t n = 1000;
    hr_result *r = ran_paths(n, 2, 32);
    uint64_t met[TARGETS] = {0}, all = 0, plan = 0, below[YEARS] = {0}, undefined = 0;
    for (uint64_t p = 1; p <= n; p++) {
        bool one[TARGETS] = {false, true, fake_reserves(SEED, p, 2) > 0.0, p % 4 == 1, p % 7 != 0};
        for (int t = 0; t < YEARS; t++) {
            one[0] = one[0] || fake_reserves(SEED, p, t) < 0.0;
            const bool above = fake_metric(SEED, p, HR_M_PUPILS, t) > 200.0;
            one[1] = one[1] && above;
            below[t] += !above;
        }
        undefined += p % 7 == 0;
        bool of_plan = true;
        for (int q = 0; q < TARGETS; q++) {
            met[q] += one[q];
            of_plan = of_plan && (one[q] || q == 4);
        }
        plan += of_plan;
        all += of_plan && one[4];
    }
    for (int q = 0; q < TARGETS; q++)
        assert_chance(r->target[q].p, met[q], n);
    for (int t = 0; t < YEARS; t++) {
        assert_chance(r->target[1].year[t], below[t], n);
        assert_chance(r->target[4].year[t], undefined, n);
    }
    assert_true(hr_is_nan(r->target[0].year[0].value) && hr_is_nan(r->target[0].year[1].value));
    assert_chance(r->target[0].year[2], n - met[0], n);
    assert_chance(r->target[2].year[2], n - met[2], n);
    assert_true(hr_is_nan(r->target[2].year[1].value));
    assert_chance(r->target[3].year[1], n - met[3], n);
    assert_true(hr_is_nan(r->target[3].year[2].value));
    assert_chance(r->targets_all, all, n);
    assert_chance(r->plan_targets_all, plan, n);
    assert_chance(r->our_targets_all, met[4], n);
    assert_true(r->target[4].our_reading && !r->target[0].our_reading);
    assert_string_equal(r->target[2].words, "reserves are above £0 in the last year");
    assert_string_equal(r->target[2].expr, "P(reserves > 0, end)");
    assert_string_equal(r->target[2].quote, "");
    hr_result_free(r);
}

static void test_candidates_and_schools_are_counted(void **state)
{
    (void)state;
    const uint64_t n = 1200;
    hr_result *r = ran_paths(n, 2, 96);
    assert_int_equal(r->candidates, FAKE_CANDIDATES);
    const hr_candidate_result *k = &r->candidate[0];
    assert_string_equal(k->id, "birch");
    assert_int_equal(k->pipeline, -1);
    assert_int_equal(r->candidate[1].pipeline, 0);
    assert_chance(k->joins, 900, n);
    for (int t = 0; t < YEARS; t++)
        assert_chance(k->by_year[t], 300, n);
    assert_chance(k->refused_for[HR_P_PACE], n, n);
    assert_chance(k->refused_for[HR_P_APPROVAL], 600, n);
    assert_chance(k->refused_for[HR_P_SCORE], 0, n);
    assert_chance(r->candidate[1].refused_for[HR_P_PACE], 0, n);
    assert_chance(k->lost_waiting, 150, n);
    assert_chance(k->withdrew, 150, n);
    assert_chance(k->lost_condition, 150, n);
    assert_int_equal(r->schools, FAKE_SCHOOLS);
    const hr_school_year *y = &r->school[1].year[1]; /* in the trust unless path % 3 is 2 */
    assert_int_equal(y->n, 800);
    assert_chance(y->p_in_year_deficit, 400, 800);
    assert_chance(y->p_deficit, 400, 800);
    assert_chance(y->p_below_good, 160, 800);
    assert_int_equal(y->reserves_pct.n, 720);
    assert_int_equal(r->school[2].year[1].n, 0);
    assert_true(hr_is_nan(r->school[2].year[1].pupils.value));
    assert_true(hr_is_nan(r->school[2].year[1].p_deficit.value));
    assert_true(near(r->school[0].year[2].pupils.value, 20.0 + 24.5, 1e-12));
    assert_true(near(r->opening.value, 1049.5, 1e-12));
    assert_true(near(r->line[3].value, 0.0, 1e-12));
    assert_true(near(r->line[3].se, 93.0 / hr_sqrt(1199.0), 1e-9)); /* +-(30 + 31 + 32) */
    hr_result_free(r);
}

/* Invariance. */

static hr_status refused(const hr_run_options *o, char text[400], const char *exp)
{
    static fixture f;
    fixture_begin(&f, TARGETS);
    if (exp != NULL)
        strcpy(f.text[0][2], exp);
    hr_diags *d = hr_diags_new();
    hr_result *r;
    const hr_status s = hr_run(&r, &f.scenario, o, d);
    text[0] = '\0';
    if (hr_diags_count(d) > 0)
        strncat(text, hr_diags_get(d, 0)->text, 399);
    if (s == HR_OK)
        hr_result_free(r);
    else
        assert_null(r);
    hr_diags_free(d);
    assert_int_equal(atomic_load(&fake_workers_alive), 0);
    return s;
}

static void test_wrong_options_are_refused(void **state)
{
    (void)state;
    char text[400];
    static const hr_run_options wrong[] = {
        {.paths = 0},
        {.paths = 4000000001u},
        {.paths = 1, .threads = -1},
        {.paths = 1, .lanes = 33},
        {.paths = 1, .lanes = 288},
        {.paths = 1, .lanes = -32},
        {.paths = 1, .width = 4},
        {.paths = 1, .width = -1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(refused(&wrong[i], text, NULL), HR_USAGE);
        assert_true(text[0] != '\0');
    }
}

static void test_a_run_too_large_says_how_many_fit(void **state)
{
    (void)state;
    static const uint64_t memories[] = {4000000, 20000000};
    for (int keep = 0; keep < 2; keep++)
        for (size_t i = 0; i < 2; i++) {
            hr_run_options o = {.seed = SEED,
                                .paths = keep ? 1000000000 : 60000,
                                .threads = 8,
                                .memory = memories[i],
                                .keep_paths = keep};
            char text[400];
            assert_int_equal(refused(&o, text, NULL), HR_TOO_LARGE);
            const char *at = strstr(text, "allowed: ");
            assert_non_null(at);
            const uint64_t fit = strtoull(at + 9, NULL, 10);
            assert_true(fit > 256 && fit < 60000);
            o.paths = fit;
            assert_int_equal(refused(&o, text, NULL), HR_OK);
            o.paths = fit + 1;
            assert_int_equal(refused(&o, text, NULL), HR_TOO_LARGE);
        }
    char text[400];
    assert_int_equal(refused(&(hr_run_options){.paths = 1, .memory = 1000}, text, NULL),
                     HR_TOO_LARGE);
    assert_non_null(strstr(text, "allowed: 0 would fit"));
}

static void test_a_target_or_plan_that_cannot_be_is_invalid(void **state)
{
    (void)state;
    char text[400];
    const hr_run_options o = {.seed = SEED, .paths = 10};
    assert_int_equal(refused(&o, text, "P(pupil > 1)"), HR_INVALID);
    assert_string_equal(
        text, "target any: column 3 of 'P(pupil > 1)': there is no metric or risk 'pupil'");
    fake_plan_fault = "a correlation cannot be";
    assert_int_equal(refused(&o, text, NULL), HR_INVALID);
    fake_plan_fault = NULL;
    assert_string_equal(text, "a correlation cannot be");
}

static void test_goes_on_with_fewer_workers(void **state)
{
    (void)state;
    hr_result *a = ran_paths(2000, 1, 0);
    fake_workers_allowed = 2;
    hr_result *b = ran_paths(2000, 5, 0);
    fake_workers_allowed = 0;
    char text[400];
    assert_int_equal(refused(&(hr_run_options){.paths = 10}, text, NULL), HR_NO_MEMORY);
    assert_string_equal(text, "memory is short");
    fake_workers_allowed = 1000;
    assert_same_numbers(a, b, true);
    hr_result_free(a);
    hr_result_free(b);
}

/* Limits. */

static void test_limits_hold_or_are_passed(void **state)
{
    (void)state;
    /* central_deficit: 200 of 1,000, interval 0.176 to 0.226 */
    static const char *const limits[] = {
        "P(central_deficit) <= 0.3",
        "P(central_deficit) < 0.2",
        "P(central_deficit) <= 0.2 and P(pupils < 0) <= 0",
        "P(central_deficit) > 0.9 and P(pupils < 0) < 0.5",
    };
    hr_result *r =
        ran(&(hr_run_options){.seed = SEED, .paths = 1000, .limit = limits, .limits = 4});
    assert_int_equal(r->limits, 4);
    assert_chance(r->limit[0].p[0], 200, 1000);
    assert_true(r->limit[0].holds && !r->limit[0].unsure[0]);
    assert_true(!r->limit[1].holds && r->limit[1].unsure[0]);
    assert_true(r->limit[2].holds && r->limit[2].unsure[0] && r->limit[2].unsure[1]);
    assert_chance(r->limit[2].p[1], 0, 1000);
    assert_true(!r->limit[3].holds && !r->limit[3].unsure[0] && !r->limit[3].unsure[1]);
    assert_string_equal(hr_result_limit_passed(r), limits[0]);
    assert_string_equal(
        r->limit[0].words,
        "the chance that the centre is in deficit in some year is at most 30 in 100");
    hr_result_free(r);
    r = ran(&(hr_run_options){.seed = SEED, .paths = 1000, .limit = limits + 1, .limits = 1});
    assert_null(hr_result_limit_passed(r));
    assert_int_equal(r->targets, TARGETS);
    hr_result_free(r);
}

static void test_a_limit_that_does_not_parse_is_wrong_usage(void **state)
{
    (void)state;
    static const char *const limits[] = {"P(central_deficit) < 0.3", "P(central_deficit) < 30"};
    char text[400];
    const hr_run_options o = {.seed = SEED, .paths = 100, .limit = limits, .limits = 2};
    assert_int_equal(refused(&o, text, NULL), HR_USAGE);
    assert_string_equal(
        text, "limit: column 22 of 'P(central_deficit) < 30': a chance lies between 0 and 1");
}

/* Reading. */

static void test_reading_by_key(void **state)
{
    (void)state;
    hr_result *r = ran_paths(1000, 1, 0);
    double value, se, lo, hi;
    assert_true(hr_result_mean(r, "pupils", 1, &value, &se, &lo, &hi));
    assert_true(near(value, 599.5, 1e-9) && se > 0.0 && lo < value && hi > value);
    assert_false(hr_result_mean(r, "pupil", 1, &value, &se, &lo, &hi));
    assert_false(hr_result_mean(r, "pupils", -1, &value, &se, &lo, &hi));
    assert_false(hr_result_mean(r, "pupils", YEARS, &value, &se, &lo, &hi));
    assert_true(hr_result_target(r, "defined", &value, &se, &lo, &hi));
    assert_true(value == 0.858);
    assert_true(hr_result_target(r, "all", &value, &se, &lo, &hi));
    assert_true(value == r->targets_all.value);
    assert_false(hr_result_target(r, "none", &value, &se, &lo, &hi));
    hr_result_free(r);
    hr_result_free(NULL);
    char label[8];
    hr_year_label(2018, label);
    assert_string_equal(label, "2018/19");
    hr_year_label(1999, label);
    assert_string_equal(label, "1999/00");
}

static void test_without_targets_there_is_no_chance_of_all(void **state)
{
    (void)state;
    static fixture f;
    fixture_begin(&f, 0);
    hr_diags *d = hr_diags_new();
    hr_result *r;
    assert_int_equal(hr_run(&r, &f.scenario, &(hr_run_options){.seed = SEED, .paths = 10}, d),
                     HR_OK);
    assert_int_equal(r->targets, 0);
    assert_true(hr_is_nan(r->targets_all.value) && hr_is_nan(r->plan_targets_all.value) &&
                hr_is_nan(r->our_targets_all.value));
    hr_result_free(r);
    hr_diags_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metrics_are_those_of_the_paths),
        cmocka_unit_test(test_a_known_law_is_found_again),
        cmocka_unit_test(test_quantiles_are_values_that_a_path_had),
        cmocka_unit_test(test_states_report_shares_and_nothing_else),
        cmocka_unit_test(test_risks_are_counted),
        cmocka_unit_test(test_targets_are_counted),
        cmocka_unit_test(test_candidates_and_schools_are_counted),
        cmocka_unit_test(test_wrong_options_are_refused),
        cmocka_unit_test(test_a_run_too_large_says_how_many_fit),
        cmocka_unit_test(test_a_target_or_plan_that_cannot_be_is_invalid),
        cmocka_unit_test(test_goes_on_with_fewer_workers),
        cmocka_unit_test(test_limits_hold_or_are_passed),
        cmocka_unit_test(test_a_limit_that_does_not_parse_is_wrong_usage),
        cmocka_unit_test(test_reading_by_key),
        cmocka_unit_test(test_without_targets_there_is_no_chance_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
