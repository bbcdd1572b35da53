/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of a forecast made by hand: figures, groups, hits, targets. */
#include "support/near.h"

#include "analysis/score.h"

enum { YEARS = 2, PATHS = 9, START = 2026 };

typedef struct {
    hr_arena *arena;
    hr_frozen frozen;
    hr_frozen_target target[3];
    hr_frozen_school school[1];
    hr_actual row[12];
    int rows;
    hr_score_numbers score;
} fixture;

/* Quantiles of the nine futures 10, 20, ..., 90. */
static const hr_frozen_year TENS = {
    .n = PATHS, .mean = 50.0, .quantile = {10.0, 10.0, 30.0, 50.0, 70.0, 90.0, 90.0}};

static void set_target(fixture *f, int i, const char *expr, double p)
{
    hr_expr_fault fault;
    f->target[i] = (hr_frozen_target){.id = "t", .name = "T", .expr = expr, .p = p};
    assert_true(hr_prob_parse(&f->target[i].prob, expr, START, YEARS, &fault));
}

static fixture *begin(void)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = hr_arena_new();
    f->frozen = (hr_frozen){.paths = PATHS,
                            .start_year = START,
                            .years = YEARS,
                            .target = f->target,
                            .school = f->school,
                            .schools = 1};
    f->frozen.metric = HR_TAKE(f->arena, hr_frozen_year, HR_METRICS * YEARS);
    f->frozen.risk = HR_TAKE(f->arena, double, HR_RISKS *YEARS);
    for (int m = 0; m < HR_METRICS; m++) {
        f->frozen.known[m] = (hr_known){.value = NAN};
        for (int t = 0; t < YEARS; t++)
            f->frozen.metric[m * YEARS + t] = TENS;
    }
    hr_frozen_year *school = HR_TAKE(f->arena, hr_frozen_year, 2 * YEARS);
    for (int t = 0; t < 2 * YEARS; t++) {
        school[t] = (hr_frozen_year){.n = PATHS, .mean = 40.0};
        for (int q = 0; q < HR_QUANTILES; q++)
            school[t].quantile[q] = NAN;
    }
    f->school[0] = (hr_frozen_school){.id = "oak",
                                      .pupils = school,
                                      .reserves_pct = school + YEARS,
                                      .roll = {.value = 35.0, .origin = HR_KNOWN_OPENING}};
    return f;
}

static void add_row(fixture *f, int year, int metric, int school, double value)
{
    f->row[f->rows++] =
        (hr_actual){.year = year, .which = metric, .school = school, .value = value};
}

static double *some_futures(const hr_frozen *frozen, double step)
{
    double *x = malloc((size_t)frozen->paths * sizeof *x);
    for (int i = 0; i < PATHS; i++)
        x[i] = step * (i + 1);
    return x;
}

static void reckon(fixture *f, bool futures)
{
    assert_true(hr_score_list(&f->score, &f->frozen, f->row, f->rows, f->arena));
    for (int i = 0; futures && i < f->score.figures; i++)
        if (f->score.figure[i].actual->which != HR_M_RESERVES_PCT)
            f->score.figure[i].futures = some_futures(&f->frozen, 10.0);
    assert_true(hr_score_reckon(&f->score, f->row, f->rows, f->arena));
}

static void end(fixture *f)
{
    for (int i = 0; i < f->score.figures; i++)
        free(f->score.figure[i].futures);
    hr_arena_free(f->arena);
    free(f);
}

static void a_figure_is_scored(void **state)
{
    (void)state;
    fixture *f = begin();
    f->frozen.known[HR_M_PUPILS] = (hr_known){.value = 50.0, .origin = HR_KNOWN_HISTORY};
    add_row(f, 0, HR_M_PUPILS, -1, 60.0);
    add_row(f, 1, HR_M_PUPILS, -1, 95.0);
    reckon(f, true);
    const hr_score_figure *a = &f->score.figure[0], *b = &f->score.figure[1];
    double x[PATHS];
    for (int i = 0; i < PATHS; i++)
        x[i] = 10.0 * (i + 1);
    assert_same_bits(a->middle, 50.0);
    assert_same_bits(a->error, 10.0);
    assert_same_bits(a->error_pct, 20.0);
    assert_same_bits(a->crps, hr_crps_futures(x, PATHS, 60.0));
    assert_near(a->place.value, 5.5 / 9.0, 1e-15);
    assert_true(a->inside[0] && a->inside[1] && a->inside[2]);
    assert_false(b->inside[0] || b->inside[1] || b->inside[2]);
    assert_near(a->chance[0], 5.0 / 9.0, 1e-15); /* 30 to 70 of the nine */
    assert_same_bits(a->chance[2], 1.0);
    /* the last known value is the middle: the naive forecast is this one, and skill is nought */
    assert_same_bits(a->crps_naive, a->crps);
    assert_same_bits(f->score.group[0].skill, 0.0);
    assert_int_equal(f->score.groups, 1);
    assert_int_equal(f->score.group[0].hits[1], 1);
    assert_same_bits(f->score.group[0].bias, 27.5);
    assert_int_equal(f->score.below, 0);
    end(f);
}

static void naive_goes_on_with_what_was_known(void **state)
{
    (void)state;
    fixture *f = begin();
    add_row(f, 0, HR_M_INCOME, -1, 60.0);
    add_row(f, 0, HR_M_SPENDING, -1, 60.0);
    add_row(f, -1, HR_M_INCOME, -1, 20.0);
    reckon(f, false);
    assert_int_equal(f->score.figures, 2); /* what was known is not scored */
    const hr_score_figure *a = &f->score.figure[0];
    double moved[HR_QUANTILES];
    for (int q = 0; q < HR_QUANTILES; q++)
        moved[q] = TENS.quantile[q] - 30.0; /* middle 50 to 20 */
    assert_int_equal(a->known.origin, HR_KNOWN_GIVEN);
    assert_near(a->crps_naive, hr_crps_quantiles(moved, 60.0), 1e-14);
    assert_near(f->score.group[0].skill, 1.0 - a->crps / a->crps_naive, 1e-14);
    assert_true(isnan(f->score.figure[1].crps_naive));
    assert_true(isnan(f->score.group[1].skill));
    end(f);
}

static void schools_have_a_spread_by_futures_alone(void **state)
{
    (void)state;
    for (int futures = 0; futures < 2; futures++) {
        fixture *f = begin();
        add_row(f, 0, HR_M_PUPILS, 0, 60.0);
        add_row(f, 0, HR_M_RESERVES_PCT, 0, 41.0);
        reckon(f, futures);
        const hr_score_figure *pupils = &f->score.figure[0], *pct = &f->score.figure[1];
        assert_true(pupils->spread == (futures == 1));
        assert_same_bits(pupils->middle, futures ? 50.0 : 40.0); /* the mean is all there is */
        assert_true(futures ? pupils->quantile[1] == 10.0 : isnan(pupils->quantile[1]));
        assert_false(pct->spread);
        assert_same_bits(pct->error, 1.0);
        assert_true(isnan(pct->error_pct) && isnan(pct->crps) && isnan(pct->place.value));
        assert_int_equal(f->score.spread, futures);
        assert_same_bits(pupils->known.value, 35.0);
        end(f);
    }
}

/* Two figures that are one and the same hang together: both are held or neither is. */
static void own_futures_show_what_hangs_together(void **state)
{
    (void)state;
    fixture *f = begin();
    for (int t = 0; t < YEARS; t++)
        add_row(f, t, HR_M_PUPILS, -1, 60.0);
    reckon(f, true);
    const hr_score_interval *half = &f->score.interval[0];
    assert_int_equal(f->score.whole, PATHS);
    assert_int_equal(half->hits, 2);
    assert_near(half->expected, 10.0 / 9.0, 1e-15);
    assert_int_equal(half->own.lo, 0);
    assert_int_equal(half->own.hi, 2);
    end(f);
}

/* A future without one of the figures cannot stand for what happened. */
static void futures_without_a_figure_are_left_out(void **state)
{
    (void)state;
    fixture *f = begin();
    for (int t = 0; t < YEARS; t++)
        add_row(f, t, HR_M_PUPILS, -1, 60.0);
    assert_true(hr_score_list(&f->score, &f->frozen, f->row, f->rows, f->arena));
    for (int i = 0; i < YEARS; i++)
        f->score.figure[i].futures = some_futures(&f->frozen, 10.0);
    f->score.figure[1].futures[3] = NAN;
    assert_true(hr_score_reckon(&f->score, f->row, f->rows, f->arena));
    assert_int_equal(f->score.whole, PATHS - 1);
    end(f);
}

static double met_with(const char *expr, double first, double second, double risk)
{
    double metric[HR_METRICS * YEARS], happens[HR_RISKS * YEARS];
    hr_expr_fault fault;
    hr_prob prob;
    for (int i = 0; i < HR_METRICS * YEARS; i++)
        metric[i] = NAN;
    for (int i = 0; i < HR_RISKS * YEARS; i++)
        happens[i] = NAN;
    metric[HR_M_PUPILS * YEARS] = first;
    metric[HR_M_PUPILS * YEARS + 1] = second;
    happens[HR_R_IN_YEAR_DEFICIT * YEARS + 1] = risk;
    assert_true(hr_prob_parse(&prob, expr, START, YEARS, &fault));
    return hr_score_met(&prob, metric, happens, START, YEARS);
}

static void targets_are_met_or_not_or_wait(void **state)
{
    (void)state;
    const double wait = 0.5;
    static const struct {
        const char *expr;
        double first, second, risk, met;
    } of[] = {
        {"P(pupils >= 100, end)", NAN, 120.0, NAN, 1.0},
        {"P(pupils >= 100, end)", 120.0, NAN, NAN, wait},
        {"P(pupils >= 100, 2026/27)", 90.0, NAN, NAN, 0.0},
        {"P(pupils >= 100, any)", 90.0, NAN, NAN, wait},
        {"P(pupils >= 100, any)", 100.0, NAN, NAN, 1.0},
        {"P(pupils >= 100, any)", 90.0, 99.0, NAN, 0.0},
        {"P(pupils >= 100, all)", 90.0, NAN, NAN, 0.0},
        {"P(pupils >= 100, all)", 100.0, NAN, NAN, wait},
        {"P(pupils >= 100, all)", 100.0, 101.0, NAN, 1.0},
        {"P(pupils >= 100 and income > 1, end)", NAN, 90.0, NAN, 0.0},
        {"P(pupils >= 100 and income > 1, end)", NAN, 110.0, NAN, wait},
        {"P(pupils >= 100 or income > 1, end)", NAN, 110.0, NAN, 1.0},
        {"P(not pupils != 100, end)", NAN, NAN, NAN, wait},
        {"P(not in_year_deficit, end)", NAN, NAN, 0.0, 1.0},
        {"P(in_year_deficit, end)", NAN, NAN, NAN, wait},
        {"P(pupils < income, end)", NAN, 3.0, NAN, wait},
        {"P(pupils == 3, end)", NAN, 3.0, NAN, 1.0},
    };
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        if (met_with(of[i].expr, of[i].first, of[i].second, of[i].risk) != of[i].met)
            fail_msg("%s, row %zu", of[i].expr, i);
}

static void chances_have_brier_scores(void **state)
{
    (void)state;
    fixture *f = begin();
    f->frozen.targets = 2;
    set_target(f, 0, "P(pupils >= 100, 2026/27)", 0.7);
    set_target(f, 1, "P(pupils >= 100, end)", 0.4);
    f->frozen.risk[HR_R_IN_YEAR_DEFICIT * YEARS] = 0.2;
    hr_frozen_year *warning = &f->frozen.metric[HR_M_EARLY_WARNING * YEARS];
    warning->state[0] = 0.6;
    warning->state[1] = 0.3;
    warning->state[2] = 0.1;
    add_row(f, 0, HR_M_PUPILS, -1, 90.0);
    add_row(f, 0, HR_M_EARLY_WARNING, -1, 1.0);
    f->row[f->rows++] = (hr_actual){
        .year = 0, .risk = true, .which = HR_R_IN_YEAR_DEFICIT, .school = -1, .value = 1.0};
    reckon(f, false);
    const hr_score_chance *c = f->score.chance;
    assert_int_equal(f->score.figures, 1);
    assert_int_equal(f->score.chances, 4);
    assert_int_equal(f->score.known, 3);
    assert_near(c[0].brier, 0.49, 1e-14);
    assert_near(c[0].expected, 0.21, 1e-14);
    assert_true(isnan(c[1].brier));
    assert_near(c[2].brier, 0.5 * (0.36 + 0.49 + 0.01), 1e-14);
    assert_near(c[2].p, 0.3, 1e-15);
    assert_near(c[3].brier, 0.64, 1e-14);
    assert_near(f->score.brier, (c[0].brier + c[2].brier + c[3].brier) / 3.0, 1e-14);
    end(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_is_scored),
        cmocka_unit_test(naive_goes_on_with_what_was_known),
        cmocka_unit_test(schools_have_a_spread_by_futures_alone),
        cmocka_unit_test(own_futures_show_what_hangs_together),
        cmocka_unit_test(futures_without_a_figure_are_left_out),
        cmocka_unit_test(targets_are_met_or_not_or_wait),
        cmocka_unit_test(chances_have_brier_scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
