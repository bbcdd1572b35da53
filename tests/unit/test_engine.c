/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's promises: the same bits whatever the lanes, the vector width, the batch a path is in
 * and what the worker did before; nothing moves that a change does not touch. */
#include <stdio.h>

#include "os/cpu.h"
#include "support/near.h"
#include "support/trust.h"

static void lanes_change_nothing(const char *path)
{
    trust *a = TRUST(path, 32, "years=4");
    trust_run(a, 1);
    for (int lanes = 64; lanes <= 256; lanes *= 2) {
        trust *b = TRUST(path, lanes, "years=4");
        trust_run(b, 1);
        assert_same_outcome(a, b, 32);
        trust_free(b);
    }
    trust_free(a);
}

static void test_lanes_change_nothing(void **state)
{
    (void)state;
    lanes_change_nothing(TRUST_BENCH);
    lanes_change_nothing(TRUST_ODDER);
}

static void vector_width_changes_nothing(const char *path)
{
    trust *a = TRUST(path, 64, NULL), *b = TRUST(path, 64, NULL);
    trust_run(a, 1);
    trust_run(b, 1);
    assert_same_outcome(a, b, 64);
#if defined(__x86_64__)
    if (hr_cpu_width() >= HR_WIDTH_AVX2) {
        b->batch = hr_engine_batch_avx2;
        trust_run(b, 1);
        assert_same_outcome(a, b, 64);
    }
    if (hr_cpu_width() >= HR_WIDTH_AVX512) {
        b->batch = hr_engine_batch_avx512;
        trust_run(b, 1);
        assert_same_outcome(a, b, 64);
    }
#endif
    trust_free(a);
    trust_free(b);
}

static void test_vector_width_changes_nothing(void **state)
{
    (void)state;
    vector_width_changes_nothing(TRUST_BENCH);
    vector_width_changes_nothing(TRUST_ODDER);
}

/* Pounds and days are numbers in every year that is counted, whoever is left, and the books balance
 * (trust_run fails where they do not). */
static void numbers_are_known(const char *change, bool none_left)
{
    static const hr_metric known[] = {
        HR_M_RESERVES,     HR_M_RESERVES_PCT,  HR_M_SPENDING,        HR_M_CAPACITY_SUPPLY_DAYS,
        HR_M_DILUTION_PCT, HR_M_STRANDED_COST, HR_M_CENTRAL_BALANCE, HR_M_ESTATE_NEED};
    trust *t =
        TRUST(TRUST_ODDER, 64, "topslice.form=pooled", "risks.parting.hits=each_school", change);
    int ended = 0, alone = 0;
    for (uint64_t first = 1; first < 1000; first += 64) {
        trust_run(t, first);
        for (int i = 0; i < 64; i++)
            for (int y = 0; y < t->years; y++) {
                const bool counted = t->out.own_years[i] > y;
                for (size_t m = 0; m < sizeof known / sizeof known[0]; m++)
                    assert_true(isfinite(trust_metric(t, known[m], y, i)) == counted);
                for (int l = 0; l < HR_LINES; l++)
                    assert_true(isfinite(trust_line(t, (hr_line)l, y, i)) == counted);
                ended += !counted;
                alone += counted && trust_metric(t, HR_M_SCHOOLS, y, i) == 0.0;
            }
    }
    assert_true(ended > 0 && (alone > 0) == none_left);
    trust_free(t);
}

static void test_everything_at_once(void **state)
{
    (void)state;
    numbers_are_known("risks.parting.chance=0.02", false);
    numbers_are_known("risks.parting.chance=1", true);
}

/* A worker that has run other paths gives what a fresh one gives. */
static void reused_is_fresh(const char *path, const char *change)
{
    trust *used = trust_new(path, 64, (const char *const[]){change, NULL});
    trust *fresh = trust_new(path, 64, (const char *const[]){change, NULL});
    trust_run(used, 5000);
    trust_run(used, 77);
    trust_run(fresh, 77);
    assert_same_outcome(fresh, used, 64);
    trust_free(used);
    trust_free(fresh);
}

static void test_a_worker_forgets(void **state)
{
    (void)state;
    reused_is_fresh(TRUST_BENCH, "years=4");
    reused_is_fresh(TRUST_SMALL, NULL);
    reused_is_fresh(TRUST_F, NULL);
    reused_is_fresh(TRUST_ODDER, NULL);
}

/* The same where a figure that the start reads is drawn every year. */
static void test_a_worker_forgets_yearly_settings(void **state)
{
    (void)state;
    reused_is_fresh(
        TRUST_F,
        "capacity = { bought_in_days = { dist = \"uniform\"; min = 10; max = 90; each = \"year\"; "
        "}; };"
        "growth_policy = { max_capacity_use_pct = 60; };"
        "candidates = ( { id = \"st-marks\"; phase = \"primary\"; ages = [4, 11]; roll = 200;"
        " route = \"converter\"; stage = \"order\"; wished = \"+1\"; } );");
}

static void test_a_path_is_the_same_in_any_batch(void **state)
{
    (void)state;
    trust *wide = TRUST(TRUST_SMALL, 64, NULL), *narrow = TRUST(TRUST_SMALL, 32, NULL);
    trust_run(wide, 1);
    trust_run(narrow, 33);
    for (int m = 0; m < HR_METRICS * narrow->years; m++)
        for (int i = 0; i < 32; i++) {
            const double a = wide->out.metric[m * 64 + 32 + i], b = narrow->out.metric[m * 32 + i];
            assert_true(hr_same_bits_or_nan(a, b));
        }
    trust_free(wide);
    trust_free(narrow);
}

#define ROWS(first, second, third) "schools = (" first "," second "," third ");"
#define ROW_A "{ id = \"ash\"; area = \"local\"; }"
#define ROW_B                                                                                      \
    "{ id = \"birch\"; phase = \"primary\"; ages = [4, 11]; roll = 211; grade = \"unknown\"; "     \
    "reserves = 90000; }"
#define ROW_C                                                                                      \
    "{ id = \"aaron\"; phase = \"primary\"; ages = [4, 11]; roll = 311; grade = \"unknown\"; "     \
    "reserves = 90000; }"
#define CANDIDATE(id, wished)                                                                      \
    "{ id = \"" id "\"; phase = \"primary\"; ages = [4, 11]; roll = 240; grade = \"unknown\"; "    \
    "route = \"converter\";"                                                                       \
    " wished = \"" wished "\"; }"

static void test_file_order_changes_nothing(void **state)
{
    (void)state;
    trust *a = TRUST(TRUST_F, 64, "years=4", ROWS(ROW_A, ROW_B, ROW_C),
                     "candidates = (" CANDIDATE("x", "+4") "," CANDIDATE("y", "+4") ");");
    trust *b = TRUST(TRUST_F, 64, "years=4",
                     "candidates = (" CANDIDATE("y", "+4") "," CANDIDATE("x", "+4") ");",
                     ROWS(ROW_C, ROW_B, ROW_A));
    trust_run(a, 1);
    trust_run(b, 1);
    assert_same_outcome(a, b, 64);
    trust_free(a);
    trust_free(b);
}

/* A candidate wished three years after the last year is nothing to the trust. */
static void test_a_candidate_after_the_horizon_is_nothing(void **state)
{
    (void)state;
    static const char *const path[] = {TRUST_BENCH, TRUST_SMALL, TRUST_F};
    static const char *const far[] = {"+108", "+96", "+156"};
    static const char *const years[] = {"years=6", "years=5", "years=10"};
    for (int k = 0; k < 3; k++) {
        char change[400];
        snprintf(change, sizeof change,
                 "candidates = ( { id = \"aaa\"; phase = \"secondary\"; ages = [11, 18];"
                 " roll = 900; post16 = 100; route = \"sponsored\"; stage = \"order\"; priority = "
                 "1; wished = \"%s\"; } );",
                 far[k]);
        trust *a = TRUST(path[k], 64, years[k]), *b = TRUST(path[k], 64, years[k], change);
        trust_run(a, 1);
        trust_run(b, 1);
        assert_same_outcome(a, b, 64);
        assert_true(trust_candidate(b, "aaa", HR_CC_JOIN_YEAR, 0) == -1.0);
        trust_free(a);
        trust_free(b);
    }
}

static const hr_trace_row *same_draw(const trust *t, const hr_trace_row *row)
{
    for (size_t r = 0; r < t->trace.rows; r++) {
        const hr_trace_row *other = &t->trace.row[r];
        if (other->kind == HR_TRACE_DRAW && other->what == row->what &&
            other->entity == row->entity && other->calendar_year == row->calendar_year)
            return other;
    }
    return NULL;
}

static void test_adding_moves_no_other_draw(void **state)
{
    (void)state;
    trust *a = TRUST(TRUST_F, 32, "years=4");
    trust *b =
        TRUST(TRUST_F, 32, "years=4", ROWS(ROW_A, ROW_B, ROW_C),
              "candidates = (" CANDIDATE("aaa", "+13") ");",
              "risks = ( { id = \"aaa\"; chance = 0.3; hits = \"each_school\"; cost = 10000; } );",
              "centre = { posts = ( { id = \"aaa\"; cost = 60000; } ); };");
    trust_run_traced(a, 1, 5);
    trust_run_traced(b, 1, 5);
    int draws = 0;
    for (size_t r = 0; r < a->trace.rows; r++)
        if (a->trace.row[r].kind == HR_TRACE_DRAW) {
            const hr_trace_row *other = same_draw(b, &a->trace.row[r]);
            assert_non_null(other);
            assert_same_bits(a->trace.row[r].value, other->value);
            draws++;
        }
    assert_true(draws > 200);
    trust_free(a);
    trust_free(b);
}

/* What is simulated of later years tells earlier ones nothing, and what is known of the year after
 * the last, a large award here, is known there too. */
static void test_a_longer_horizon_changes_no_earlier_year(void **state)
{
    (void)state;
    static const char *const path[] = {TRUST_F, TRUST_BENCH, TRUST_ODDER};
    static const char *const few[] = {"years=1", "years=1", "years=4"};
    static const char *const many[] = {"years=5", "years=5", "years=8"};
    static const char award[] = "world_drivers.teacher_pay.known_pct="
                                "(( \"2026/27\", 3.5 ), ( \"2027/28\", 15.0 ))";
    for (int k = 0; k < 3; k++) {
        trust *some = TRUST(path[k], 256, few[k], award);
        trust *more = TRUST(path[k], 256, many[k], award);
        trust_run(some, 1);
        trust_run(more, 1);
        for (int m = 0; m < HR_METRICS * some->years; m++)
            for (int i = 0; i < 256; i++) {
                const hr_metric metric = (hr_metric)(m / some->years);
                const double a = trust_metric(some, metric, m % some->years, i);
                const double b = trust_metric(more, metric, m % some->years, i);
                if (!hr_same_bits_or_nan(a, b))
                    fail_msg("%s is %.17g, not %.17g", HR_METRIC_ROWS[metric].key, a, b);
            }
        trust_free(some);
        trust_free(more);
    }
}

static void test_steps_are_told(void **state)
{
    (void)state;
    assert_int_equal(hr_engine_steps(), 15);
    for (int k = 0; k < hr_engine_steps(); k++)
        assert_true(hr_engine_step(k)->key[0] && hr_engine_step(k)->label[0] &&
                    hr_engine_step(k)->meaning[0]);
    assert_string_equal(hr_engine_step(0)->key, "world");
    assert_string_equal(hr_engine_step(14)->key, "record");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lanes_change_nothing),
        cmocka_unit_test(test_vector_width_changes_nothing),
        cmocka_unit_test(test_everything_at_once),
        cmocka_unit_test(test_a_worker_forgets),
        cmocka_unit_test(test_a_worker_forgets_yearly_settings),
        cmocka_unit_test(test_a_path_is_the_same_in_any_batch),
        cmocka_unit_test(test_file_order_changes_nothing),
        cmocka_unit_test(test_a_candidate_after_the_horizon_is_nothing),
        cmocka_unit_test(test_adding_moves_no_other_draw),
        cmocka_unit_test(test_a_longer_horizon_changes_no_earlier_year),
        cmocka_unit_test(test_steps_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
