/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace: its postings make every closing balance out of every opening one, it changes no
 * number, its draws are those of the generator, and path 0 is the plain case. */
#include "stoch/draws.h"
#include "support/near.h"
#include "support/trust.h"

enum { N = 32, BALANCES_MAX = 64 };

static void balances_add_up(const char *path, const char *change, uint64_t first, int lane)
{
    trust *t = trust_new(path, N, (const char *const[]){change, NULL});
    trust_run_traced(t, first, lane);
    double balance[BALANCES_MAX] = {0};
    const int schools = t->plan->schools;
    assert_true(schools + 1 <= BALANCES_MAX);
    for (int s = -1; s < schools; s++) {
        const double opening = trust_state(t, HR_TS_OPENING_BALANCE, -1, s, -1);
        balance[s + 1] = hr_is_nan(opening) ? 0.0 : opening;
    }
    int checked = 0;
    for (int y = 0; y < t->years; y++)
        for (int s = -1; s < schools; s++) {
            for (int l = 0; l < HR_LINES; l++)
                balance[s + 1] += trust_posted(t, (hr_line)l, y, s);
            const double closing = trust_state(t, HR_TS_CLOSING_BALANCE, y, s, -1);
            if (!hr_is_nan(closing)) {
                assert_true(closing == balance[s + 1]);
                checked++;
            } else {
                assert_true(balance[s + 1] == 0.0);
            }
        }
    assert_true(checked >= t->years * 3);
    double reserves = 0.0;
    for (int s = 0; s <= schools; s++)
        reserves += balance[s];
    assert_true(reserves == trust_metric(t, HR_M_RESERVES, t->years - 1, lane));
    trust_free(t);
}

static void test_balances_add_up(void **state)
{
    (void)state;
    balances_add_up(TRUST_F, NULL, 1, 5);
    balances_add_up(TRUST_F, "reserves_policy.pooling=\"deficits\"", 1, 6);
    balances_add_up("scenarios/trusts/learning-together.cfg", NULL, 40, 31);
    balances_add_up(TRUST_SMALL, NULL, 1, 0);
    balances_add_up(TRUST_BENCH, "years=5", 1, 3);
    balances_add_up(TRUST_BENCH, "years=5", 0, 0);
}

static void test_tracing_changes_nothing(void **state)
{
    (void)state;
    trust *plain = TRUST(TRUST_BENCH, N, "years=4"), *traced = TRUST(TRUST_BENCH, N, "years=4");
    trust_run(plain, 1);
    trust_run_traced(traced, 1, 9);
    assert_same_outcome(plain, traced, N);
    trust_free(plain);
    trust_free(traced);
}

static void test_metrics_of_the_trace_are_those_of_the_run(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_SMALL, N, NULL);
    trust_run_traced(t, 1, 9);
    int rows = 0;
    for (size_t r = 0; r < t->trace.rows; r++) {
        const hr_trace_row *row = &t->trace.row[r];
        if (row->kind != HR_TRACE_METRIC)
            continue;
        const double value = trust_metric(t, (hr_metric)row->what, row->year, 9);
        assert_true(hr_same_bits_or_nan(row->value, value));
        rows++;
    }
    assert_int_equal(rows, HR_METRICS * t->years);
    trust_free(t);
}

/* Every draw of the trace can be had again from the generator alone. */
static void test_draws_are_the_generators(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_SMALL, N, NULL);
    trust_run_traced(t, 1, 9);
    const hr_luck luck = {.seed = TRUST_SEED, .first_path = 1, .lanes = N};
    int rows = 0;
    for (size_t r = 0; r < t->trace.rows; r++) {
        const hr_trace_row *row = &t->trace.row[r];
        if (row->kind != HR_TRACE_DRAW)
            continue;
        double x[N];
        if (hr_driver_describe(row->what)->family == HR_FAMILY_NORMAL)
            hr_draw_normal(&luck, (hr_driver)row->what, row->entity, row->calendar_year, x);
        else
            hr_draw_uniform(&luck, (hr_driver)row->what, row->entity, row->calendar_year, x);
        assert_same_bits(row->value, x[9]);
        rows++;
    }
    assert_true(rows > 200);
    trust_free(t);
}

static void test_path_0_is_the_plain_case(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_BENCH, N, "years=6");
    trust_run_traced(t, 0, 0);
    int rows = 0;
    for (size_t r = 0; r < t->trace.rows; r++) {
        const hr_trace_row *row = &t->trace.row[r];
        if (row->kind != HR_TRACE_DRAW)
            continue;
        assert_true(row->value ==
                    (hr_driver_describe(row->what)->family == HR_FAMILY_NORMAL ? 0.0 : 0.5));
        rows++;
    }
    assert_true(rows > 500);
    trust_free(t);
}

/* A run leaves out the settings that no step reads; a trace shows them all. */
static void test_every_setting_is_traced(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_BENCH, N, "years=1");
    int unread = 0, traced = 0;
    for (int k = 0; k < t->plan->future.count; k++)
        unread += t->plan->slot[t->plan->future.slot[k]].unread ? 1 : 0;
    assert_true(unread > 0);
    trust_run_traced(t, 1, 0);
    for (size_t r = 0; r < t->trace.rows; r++)
        traced += t->trace.row[r].kind == HR_TRACE_SETTING && t->trace.row[r].year < 0 ? 1 : 0;
    assert_int_equal(traced, t->plan->future.count);
    trust_free(t);
}

/* What does not fit is counted and dropped, and moves nothing. */
static void test_a_full_trace(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, N, "years=2");
    hr_trace_row few[10];
    hr_trace trace = {.lane = 2, .row = few, .room = 10};
    hr_outcome out;
    t->batch(t->worker, TRUST_SEED, 1, NULL, &trace, &out);
    assert_int_equal(trace.rows, 10);
    assert_true(trace.dropped > 100);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_balances_add_up),
        cmocka_unit_test(test_tracing_changes_nothing),
        cmocka_unit_test(test_metrics_of_the_trace_are_those_of_the_run),
        cmocka_unit_test(test_draws_are_the_generators),
        cmocka_unit_test(test_path_0_is_the_plain_case),
        cmocka_unit_test(test_every_setting_is_traced),
        cmocka_unit_test(test_a_full_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
