/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing: nothing differs from itself, differences are those of the same futures, the bridge
 * adds up, and what cannot be compared is refused. */
#include "analysis/headlines.h"
#include "analysis/summarise.h"
#include "support/compare_case.h"

#define MORE "two-more-schools"

static void assert_nothing(hr_estimate e)
{
    assert_true(e.value == 0.0 && e.se == 0.0 && e.lo == 0.0 && e.hi == 0.0);
}

/* Every difference and its error is nothing, to the last bit. */
static void assert_no_difference(const compared *d, int which)
{
    const hr_result *r = d->c->result[0];
    const hr_pair_result *p = d->c->pair[which];
    assert_int_equal(p->differ, 0);
    for (int m = 0; m < HR_METRICS; m++)
        for (int t = 0; t < r->years; t++) {
            const hr_difference *x = compare_metric(d, which, (hr_metric)m, t);
            if (x->n == 0)
                continue;
            if (HR_METRIC_ROWS[m].kind == HR_KIND_STATE) {
                for (int i = 0; i < 3; i++)
                    assert_nothing(x->state[i]);
                continue;
            }
            assert_nothing(x->mean);
            assert_true(x->sd == 0.0 && x->equal.value == 1.0 && x->higher.value == 0.0);
            for (int q = 0; q < HR_QUANTILES; q++)
                assert_nothing(x->quantile[q]);
        }
    for (int k = 0; k < HR_RISKS; k++) {
        assert_nothing(p->risk[k].any);
        for (int t = 0; t < r->years; t++)
            assert_nothing(p->risk[k].year[t]);
    }
    for (int q = 0; q < p->targets; q++)
        assert_nothing(p->target[q].p);
    for (int row = 0; row < HR_BRIDGES; row++) {
        assert_nothing(p->bridge[row]);
        assert_int_equal(p->pounds[row], 0);
    }
    assert_nothing(p->fall);
    assert_int_equal(p->reserves.by_order, HR_DOMINATES_EQUAL);
}

static void test_a_scenario_does_not_differ_from_itself(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 1000, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, NULL});
    assert_no_difference(&d, 1);
    assert_no_difference(&d, 2);
    assert_int_equal(d.c->pair[1]->targets, d.c->result[0]->targets);
    compare_close(&d);
}

static void test_a_candidate_that_never_joins_changes_nothing(void **state)
{
    (void)state;
    static const char *const files[] = {COMPARE_PLAN, COMPARE_SMALL, "tests/scenarios/bench.cfg"};
    for (size_t i = 0; i < 3; i++) {
        compared d;
        COMPARE(&d, 600, 7, {files[i], NULL}, {files[i], "tests/scenarios/never.cfg"});
        assert_int_equal(d.c->result[1]->candidates, d.c->result[0]->candidates + 1);
        assert_no_difference(&d, 1);
        compare_close(&d);
    }
}

/* The estimates of each are those of a run by itself, and so is the difference of their means. */
static void test_each_is_what_a_run_of_it_is(void **state)
{
    (void)state;
    const hr_run_options o = {.seed = 3, .paths = 700};
    compared d;
    COMPARE(&d, 700, 3, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, MORE});
    for (int k = 0; k < 2; k++) {
        hr_result *r;
        assert_int_equal(hr_run(&r, d.scenario[k], &o, d.diags), HR_OK);
        const hr_result *own = d.c->result[k];
        assert_memory_equal(own->metric, r->metric,
                            sizeof *r->metric * HR_METRICS * (size_t)r->years);
        for (int q = 0; q < r->targets; q++)
            assert_memory_equal(&own->target[q].p, &r->target[q].p, sizeof(hr_estimate));
        assert_memory_equal(own->column, r->column,
                            sizeof(double) * HR_METRICS * (size_t)r->years * 700);
        hr_result_free(r);
    }
    const hr_result *a = d.c->result[0], *b = d.c->result[1];
    for (int at = 0; at < HR_METRICS * a->years; at++) {
        const hr_difference *x = &d.c->pair[1]->metric[at];
        if (HR_METRIC_ROWS[at / a->years].kind == HR_KIND_STATE || x->n < 700)
            continue;
        assert_within(x->mean.value, b->metric[at].mean.value - a->metric[at].mean.value,
                      1e-9 * (1.0 + fabs(a->metric[at].mean.value)));
        assert_within(x->higher.value + x->equal.value + x->lower.value, 1.0, 1e-12);
    }
    for (int k = 0; k < HR_RISKS; k++)
        assert_within(d.c->pair[1]->risk[k].any.value, b->risk[k].any.value - a->risk[k].any.value,
                      1e-12);
    compare_close(&d);
}

/* Of the kept futures: quantiles, shares and means of the difference, worked out again. */
static void test_differences_are_those_of_the_same_futures(void **state)
{
    (void)state;
    enum { PATHS = 500 };
    compared d;
    COMPARE(&d, PATHS, 5, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, MORE});
    const hr_result *a = d.c->result[0], *b = d.c->result[1];
    const int at = HR_M_RESERVES * a->years + a->years - 1;
    const hr_difference *x = &d.c->pair[1]->metric[at];
    double more[PATHS], sum = 0.0, squares = 0.0, lower = 0.0;
    int below = 0;
    for (int i = 0; i < PATHS; i++) {
        more[i] = b->column[at * PATHS + i] - a->column[at * PATHS + i];
        sum += more[i];
        below += more[i] < 0.0;
        lower += more[i] < 0.0 ? more[i] : 0.0;
    }
    for (int i = 0; i < PATHS; i++)
        squares += (more[i] - sum / PATHS) * (more[i] - sum / PATHS);
    assert_near(x->mean.value, sum / PATHS, 1e-12);
    assert_near(x->mean.se, sqrt(squares / (PATHS - 1) / PATHS), 1e-12);
    assert_near(x->lower.value, (double)below / PATHS, 1e-15);
    assert_near(x->lower_by.value, lower / below, 1e-12);
    qsort(more, PATHS, sizeof *more, hr_compare_doubles);
    assert_true(x->quantile[3].value == more[PATHS / 2 - 1]);
    assert_true(x->quantile[0].value == more[PATHS / 20 - 1]);
    compare_close(&d);
}

static void test_the_bridge_adds_up_to_the_pound(void **state)
{
    (void)state;
    static const variant pairs[][2] = {
        {{COMPARE_PLAN, NULL}, {COMPARE_PLAN, MORE}},
        {{COMPARE_PLAN, "no-growth"}, {COMPARE_PLAN, "pay-shock"}},
        {{"smart", NULL}, {"smart", "energy-shock"}},
        {{"mercian", NULL}, {"mercian-additive", NULL}},
        {{COMPARE_SMALL, NULL}, {COMPARE_SMALL, "topslice.rate_pct=9"}},
        {{"tests/scenarios/odd.cfg", NULL}, {"tests/scenarios/odd.cfg", MORE}},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        for (uint64_t seed = 1; seed < 4; seed++) {
            compared d;
            compare_run(&d, pairs[i], 2, 300, seed);
            const hr_pair_result *p = d.c->pair[1];
            const hr_estimate end =
                compare_metric(&d, 1, HR_M_RESERVES, d.c->result[0]->years - 1)->mean;
            double sum = 0.0;
            int64_t pounds = 0;
            for (int row = 0; row < HR_BRIDGES; row++) {
                sum += p->bridge[row].value;
                pounds += p->pounds[row];
                assert_true(fabs((double)p->pounds[row] - p->bridge[row].value) <= 1.0);
                assert_int_equal(p->bridge[row].n, end.n);
            }
            assert_within(sum, end.value, 1e-6);
            assert_int_equal(p->pounds_first + pounds, p->pounds_second);
            const hr_result *r = d.c->result[1];
            const hr_estimate own = r->metric[HR_M_RESERVES * r->years + r->years - 1].mean;
            assert_true(fabs((double)p->pounds_second - own.value) <= 0.5 + 1e-6);
            compare_close(&d);
        }
}

static void test_two_more_schools_are_in_the_rows_of_joiners(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 500, 1, {COMPARE_PLAN, "no-growth"}, {COMPARE_PLAN, MORE});
    const hr_pair_result *p = d.c->pair[1];
    assert_true(p->bridge[HR_B_DISPLACED].value > 0.0);
    assert_true(p->bridge[HR_B_BROUGHT].value != 0.0);
    assert_true(p->bridge[HR_B_ONE_OFFS].value < 0.0);
    assert_nothing(p->bridge[HR_B_OPENING]);
    compare_close(&d);
}

static void test_rounding_leaves_no_rest(void **state)
{
    (void)state;
    const double value[] = {0.4, 0.4, 0.4, -3.5, 1000.5};
    int64_t pounds[5];
    hr_round_to_add_up(value, 5, 998, pounds);
    assert_int_equal(pounds[0] + pounds[1] + pounds[2] + pounds[3] + pounds[4], 998);
    const double thirds[] = {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0};
    hr_round_to_add_up(thirds, 3, 1, pounds);
    assert_int_equal(pounds[0], 1); /* of equal remainders the first takes it */
    assert_int_equal(pounds[1] + pounds[2], 0);
}

/* The same luck makes the difference sharper than luck of its own for each would. */
static void test_pairing_narrows_the_difference(void **state)
{
    (void)state;
    compared d;
    COMPARE(&d, 2000, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, MORE});
    const int years = d.c->result[0]->years;
    for (int t = 0; t < years; t++) {
        const hr_estimate a = d.c->result[0]->metric[HR_M_RESERVES * years + t].mean;
        const hr_estimate b = d.c->result[1]->metric[HR_M_RESERVES * years + t].mean;
        const double apart = sqrt(a.se * a.se + b.se * b.se);
        const double paired = compare_metric(&d, 1, HR_M_RESERVES, t)->mean.se;
        /* ten times before the two have joined; then their own luck is in one plan only */
        assert_true(paired < apart / (t == 0 ? 10.0 : 1.5));
    }
    compare_close(&d);
}

/* Long runs keep no future: means and counts are as ever, quantiles by histograms near. */
static void test_a_streamed_comparison(void **state)
{
    (void)state;
    compared d, e;
    COMPARE(&d, 65536, 1, {COMPARE_SMALL, NULL}, {COMPARE_SMALL, "topslice.rate_pct=9"});
    COMPARE(&e, 65537, 1, {COMPARE_SMALL, NULL}, {COMPARE_SMALL, "topslice.rate_pct=9"});
    const int last = d.c->result[0]->years - 1;
    const hr_difference *a = compare_metric(&d, 1, HR_M_CENTRAL_RESERVES, last);
    const hr_difference *b = compare_metric(&e, 1, HR_M_CENTRAL_RESERVES, last);
    assert_near(a->mean.value, b->mean.value, 1e-3);
    for (int q = 0; q < HR_QUANTILES; q++)
        assert_near(a->quantile[q].value, b->quantile[q].value, 0.02);
    assert_null(e.c->result[0]->column);
    const hr_dominance *kept = &d.c->pair[1]->reserves, *streamed = &e.c->pair[1]->reserves;
    assert_true(kept->n == 65536 && streamed->n == 65537);
    assert_int_equal(kept->by_order, streamed->by_order);
    assert_int_equal(kept->by_means, streamed->by_means);
    for (int i = 0; i < HR_LEVELS; i++) {
        assert_near(kept->at[i].level, streamed->at[i].level, 0.05);
        assert_within(kept->at[i].less.value, streamed->at[i].less.value,
                      0.2 * fabs(kept->at[i].less.value) + 100.0);
        assert_within((double)kept->at[i].gained, (double)streamed->at[i].gained, 1300.0);
        assert_within((double)kept->at[i].lost, (double)streamed->at[i].lost, 1300.0);
    }
    compare_close(&d);
    compare_close(&e);
}

static void test_what_may_not_be_compared(void **state)
{
    (void)state;
    const hr_run_options o = {.seed = 1, .paths = 300};
    compared d;
    const variant other_start[] = {{COMPARE_PLAN, NULL}, {"smart", NULL}};
    assert_int_equal(compare_try(&d, other_start, 2, &o), HR_USAGE);
    assert_null(d.c);
    assert_non_null(
        strstr(hr_diags_get(d.diags, hr_diags_count(d.diags) - 1)->text, "begin in the same year"));
    compare_close(&d);
    const variant alone[] = {{COMPARE_PLAN, NULL}};
    assert_int_equal(compare_try(&d, alone, 1, &o), HR_USAGE);
    compare_close(&d);
}

/* Of different length both run for the shorter, and what is asked of later years is left out. */
static void test_the_shorter_horizon_is_run(void **state)
{
    (void)state;
    compared d, shorter;
    COMPARE(&d, 400, 1, {COMPARE_PLAN, NULL}, {COMPARE_PLAN, "tests/scenarios/two-years.cfg"});
    assert_int_equal(d.c->result[0]->years, 2);
    assert_int_equal(d.c->result[1]->years, 2);
    COMPARE(&shorter, 400, 1, {COMPARE_PLAN, "tests/scenarios/two-years.cfg"},
            {COMPARE_PLAN, "tests/scenarios/two-years.cfg"});
    assert_memory_equal(d.c->result[0]->metric, shorter.c->result[0]->metric,
                        sizeof(hr_metric_result) * HR_METRICS * 2);
    assert_true(d.c->result[0]->targets < (int)d.scenario[0]->params->scenario.targets.count);
    assert_no_difference(&d, 1);
    compare_close(&d);
    compare_close(&shorter);
}

static void test_limits_are_asked_of_the_last(void **state)
{
    (void)state;
    static const char *const limit[] = {"P(joined >= 4, end) > 0.5"};
    const hr_run_options o = {.seed = 1, .paths = 300, .limit = limit, .limits = 1};
    const variant yes[] = {{COMPARE_PLAN, NULL}, {COMPARE_PLAN, MORE}};
    const variant no[] = {{COMPARE_PLAN, MORE}, {COMPARE_PLAN, NULL}};
    compared d;
    assert_int_equal(compare_try(&d, yes, 2, &o), HR_OK);
    assert_int_equal(d.c->result[0]->limits, 0);
    assert_non_null(hr_result_limit_passed(hr_comparison_result(d.c, 1)));
    compare_close(&d);
    assert_int_equal(compare_try(&d, no, 2, &o), HR_OK);
    assert_null(hr_result_limit_passed(hr_comparison_result(d.c, 1)));
    compare_close(&d);
}

static double half(hr_estimate e) { return 50.0 * (e.hi - e.lo); }

/* Half the widest interval among the differences of the chances of the verdict, in points. */
static double half_of_differences(const hr_pair_result *p)
{
    double widest = fmax(half(p->risk[HR_R_RESERVES_BELOW_POLICY].any),
                         half(p->risk[HR_R_CAPACITY_OVERLOAD].any));
    for (int q = 0; q < p->targets; q++)
        widest = fmax(widest, half(p->target[q].p));
    return p->targets_all.n > 0 ? fmax(widest, half(p->targets_all)) : widest;
}

static double half_of_scenario(const compared *d, int which)
{
    return 100.0 * hr_headlines_half(d->c->result[which]);
}

/* The precision is of every scenario and of every difference: in each row one of them is not exact
 * enough at the first look, while the others are. */
static void test_a_precision_is_of_all(void **state)
{
    (void)state;
    static const struct {
        variant first, second;
        double precision;
        bool of_first, of_second, of_differences; /* exact enough by 4,096 futures */
    } row[] = {
        {{COMPARE_PLAN, NULL}, {COMPARE_PLAN, "pay-shock"}, 1.4988, true, false, true},
        {{COMPARE_PLAN, NULL}, {COMPARE_PLAN, MORE}, 1.4, false, true, true},
        {{COMPARE_SMART, NULL}, {COMPARE_SMART, "sector-pipeline"}, 1.6, true, true, false},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        const variant v[] = {row[i].first, row[i].second};
        compared d, first, direct;
        compare_run(&first, v, 2, 4096, HR_SEED_DEFAULT);
        assert_int_equal(half_of_scenario(&first, 0) <= row[i].precision, row[i].of_first);
        assert_int_equal(half_of_scenario(&first, 1) <= row[i].precision, row[i].of_second);
        assert_int_equal(half_of_differences(first.c->pair[1]) <= row[i].precision,
                         row[i].of_differences);
        const hr_run_options o = {.seed = HR_SEED_DEFAULT, .precision = row[i].precision};
        assert_int_equal(compare_try(&d, v, 2, &o), HR_OK);
        assert_int_equal(d.c->result[0]->paths, 8192);
        assert_int_equal(d.c->result[1]->paths, 8192);
        assert_true(half_of_scenario(&d, 0) <= row[i].precision);
        assert_true(half_of_scenario(&d, 1) <= row[i].precision);
        assert_true(half_of_differences(d.c->pair[1]) <= row[i].precision);
        compare_run(&direct, v, 2, 8192, HR_SEED_DEFAULT);
        const hr_pair_result *a = d.c->pair[1], *b = direct.c->pair[1];
        const size_t metrics = HR_METRICS * (size_t)d.c->result[0]->years;
        assert_memory_equal(a->metric, b->metric, metrics * sizeof *a->metric);
        assert_memory_equal(a->bridge, b->bridge, sizeof a->bridge);
        assert_memory_equal(&a->reserves, &b->reserves, sizeof a->reserves);
        compare_close(&direct);
        compare_close(&first);
        compare_close(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_scenario_does_not_differ_from_itself),
        cmocka_unit_test(test_a_candidate_that_never_joins_changes_nothing),
        cmocka_unit_test(test_each_is_what_a_run_of_it_is),
        cmocka_unit_test(test_differences_are_those_of_the_same_futures),
        cmocka_unit_test(test_the_bridge_adds_up_to_the_pound),
        cmocka_unit_test(test_two_more_schools_are_in_the_rows_of_joiners),
        cmocka_unit_test(test_rounding_leaves_no_rest),
        cmocka_unit_test(test_pairing_narrows_the_difference),
        cmocka_unit_test(test_a_streamed_comparison),
        cmocka_unit_test(test_what_may_not_be_compared),
        cmocka_unit_test(test_the_shorter_horizon_is_run),
        cmocka_unit_test(test_limits_are_asked_of_the_last),
        cmocka_unit_test(test_a_precision_is_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
