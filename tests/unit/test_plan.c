/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan: months, whose luck is whose, schools in order of id, the gate's order, conditions and
 * the pipeline's slots, correlations, and what cannot be planned. */
#include <stdio.h>

#include "base/sha256.h"
#include "support/near.h"
#include "support/trust.h"

enum { N = 32 };

#define FIR(id, more)                                                                              \
    "{ id = \"" id                                                                                 \
    "\"; phase = \"primary\"; ages = [4, 11]; roll = 210; route = \"converter\"; " more " }"

static void test_months_count_from_september_of_the_start(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "candidates = (" FIR("a", "wished = \"2026-09\";") "," FIR(
                         "b", "wished = \"2027-01\";") "," FIR("c", "wished = \"+17\";") ");",
                     "joining.directed_duty_until=2026-06");
    static const double month[] = {0.0, 4.0, 17.0};
    for (int k = 0; k < 3; k++)
        assert_true(t->plan->candidate[k].wished == month[k]);
    assert_int_equal(t->plan->duty_until, -3);
    assert_true(hr_plan_month(t->plan, 2028 * 12 + 7) == 23.0); /* August 2028 */
    trust_free(t);
}

static void test_schools_stand_in_order_of_id(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, N,
        "candidates = (" FIR("bay", "wished = \"+4\";") "," FIR("aaa", "wished = \"+4\";") ");");
    static const char *const id[] = {"aaa", "ash", "bay", "beech", "cedar", "elm", "oak"};
    assert_int_equal(t->plan->schools, 7);
    for (int s = 0; s < 7; s++) {
        assert_string_equal(t->plan->school[s].id, id[s]);
        assert_int_equal(t->plan->school[s].entity, hr_entity_number(id[s]));
    }
    assert_int_equal(t->plan->school[0].candidate, 0);
    assert_int_equal(t->plan->school[1].candidate, -1);
    assert_int_equal(t->plan->candidate[1].school[0], 2);
    assert_int_equal(t->plan->candidate[1].schools, 1);
    trust_free(t);
}

static void test_conditions_have_luck_of_their_own(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, N,
        "candidates = (" FIR("a", "wished = \"+4\"; conditions = ( { id = \"lease\"; } );") "," FIR(
            "b", "wished = \"+4\"; conditions = ( { id = \"lease\"; } );") ");");
    const hr_plan_candidate *a = &t->plan->candidate[0], *b = &t->plan->candidate[1];
    assert_int_equal(a->conditions, 4); /* three of every converter and its own */
    bool found = false;
    for (int i = 0; i < a->conditions; i++)
        for (int j = 0; j < b->conditions; j++) {
            assert_true(a->condition_entity[i] != b->condition_entity[j]);
            found = found || a->condition_entity[i] == hr_entity_number("a.lease");
        }
    assert_true(found);
    trust_free(t);
}

static void test_the_gate_decides_by_priority_date_and_id(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, N,
        "candidates = (" FIR("a", "wished = \"+9\";") "," FIR("b", "wished = \"+9\";") "," FIR(
            "c", "wished = \"+2\";") "," FIR("d", "wished = \"+30\"; priority = 5;") ");",
        "pipeline = ( { id = \"aa\"; slots = 2; wanted = 1; phase = \"primary\"; ages = [4, 11]; "
        "roll = 210; route = \"converter\"; } );");
    static const char *const order[] = {"d", "c", "a", "b", "aa-01", "aa-02"};
    assert_int_equal(t->plan->candidates, 6);
    for (int k = 0; k < 6; k++)
        assert_string_equal(t->plan->candidate[t->plan->gate_order[k]].id, order[k]);
    const hr_plan_candidate *slot = &t->plan->candidate[trust_candidate_index(t, "aa-02")];
    assert_int_equal(slot->pipeline, 0);
    assert_int_equal(slot->slot, 1);
    trust_free(t);
}

static void test_a_risk_has_luck_for_each_school(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "risks = ( { id = \"flood\"; chance = 0.1; hits = \"each_school\"; } );");
    assert_int_equal(t->plan->risk_entity[trust_school_index(t, "oak")],
                     hr_entity_number("flood.oak"));
    assert_int_equal(t->plan->risk_entity[t->plan->schools], hr_entity_number("flood"));
    trust_free(t);
}

static void test_noise_by_size(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, N,
        "schools = ( { id = \"ash\"; roll_sd_size = 700; roll_sd_exponent = 0.5; cost_sd_size = "
        "1400; }, { id = \"oak\"; roll_sd_size = 750; roll_sd_exponent = 1.0; } );");
    assert_near(trust_plan_school(t, "ash")->roll_size, sqrt(2.0), 1e-12);
    assert_near(trust_plan_school(t, "ash")->cost_size, 2.0, 1e-12);
    assert_near(trust_plan_school(t, "oak")->roll_size, 0.75, 1e-12);
    assert_near(trust_plan_school(t, "oak")->bid_size, pow(2.0, 0.7), 1e-12);
    trust_free(t);
}

static void test_correlations_that_cannot_be_are_repaired(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "correlations = ( { a = \"teacher_pay\"; b = \"support_pay\"; rho = 0.9; }, { "
                     "a = \"teacher_pay\"; b = \"prices\"; rho = 0.9; }, { a = \"support_pay\"; b "
                     "= \"prices\"; rho = -0.9; } );");
    assert_true(t->plan->correlation_change > 0.1);
    assert_int_equal(t->plan->world_set, HR_WORLD_NORMALS);
    assert_int_equal(t->plan->future_set, 0);
    trust_free(t);
    trust *sound = TRUST(TRUST_F, N, NULL);
    assert_true(sound->plan->correlation_change < 1e-9);
    trust_free(sound);
}

/* As many settings in pairs as a set has room for, beside the four correlations that ship. */
static void test_many_settings_may_move_together(void **state)
{
    (void)state;
    enum { PAIRS = HR_CORRELATED_MAX / 2 };
    static char schools[12000] = "schools = (", pairs[12000] = "correlations = (";
    for (int i = 0; i < PAIRS; i++) {
        char row[300];
        snprintf(row, sizeof row,
                 "%s{ id = \"s%02d\"; phase = \"primary\"; ages = [4, 11]; roll = 210; in_year_pct "
                 "= { dist = \"normal\"; mean = 0.0; sd = 1.0; }; }",
                 i ? "," : "", i);
        strcat(schools, row);
        snprintf(row, sizeof row,
                 "%s{ a = \"schools.s%02d.in_year_pct\"; b = \"schools.s%02d.reserves_pct\"; rho = "
                 "0.5; }",
                 i ? "," : "", i, i);
        strcat(pairs, row);
    }
    trust *t = TRUST(TRUST_STILL, N, strcat(schools, ");"), strcat(pairs, ");"));
    assert_int_equal(t->plan->future_set, 2 * PAIRS);
    trust_run(t, 1);
    trust_free(t);
}

static void test_no_plan_without_memory_or_schools(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_BENCH, N, NULL);
    for (int fail = 0; fail < 40; fail++) {
        hr_arena *arena = hr_arena_new();
        hr_arena_fail_after(arena, fail);
        const char *why = "not said yet";
        assert_null(hr_plan_new(t->scenario->params, arena, &why));
        assert_null(why);
        hr_arena_free(arena);
    }
    const hr_params empty = {.magic = HR_PARAMS_MAGIC};
    hr_arena *arena = hr_arena_new();
    const char *why = NULL;
    assert_null(hr_plan_new(&empty, arena, &why));
    assert_string_equal(why, "a trust needs at least one school");
    hr_arena_free(arena);
    trust_free(t);
}

static void what_a_worker_takes(const char *path)
{
    trust *t = TRUST(path, N, NULL);
    assert_true(hr_worker_bytes(t->plan, 0, 64) > hr_worker_bytes(t->plan, 0, 32));
    assert_true(hr_worker_bytes(t->plan, 9, 64) > hr_worker_bytes(t->plan, 0, 64));
    hr_arena *arena = hr_arena_new();
    hr_batch b;
    assert_true(hr_batch_lay_out(&b, t->plan, 64, arena));
    const double said = (double)hr_worker_bytes(t->plan, 0, 64),
                 took = (double)hr_arena_size(arena);
    if (said < 0.7 * took || said > 1.6 * took)
        fail_msg("%s: says %.0f bytes, takes %.0f", path, said, took);
    hr_arena_free(arena);
    trust_free(t);
}

static void test_what_a_worker_takes(void **state)
{
    (void)state;
    what_a_worker_takes(TRUST_BENCH);
    what_a_worker_takes(TRUST_SMALL);
    what_a_worker_takes(TRUST_ODDER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_months_count_from_september_of_the_start),
        cmocka_unit_test(test_schools_stand_in_order_of_id),
        cmocka_unit_test(test_conditions_have_luck_of_their_own),
        cmocka_unit_test(test_the_gate_decides_by_priority_date_and_id),
        cmocka_unit_test(test_a_risk_has_luck_for_each_school),
        cmocka_unit_test(test_noise_by_size),
        cmocka_unit_test(test_correlations_that_cannot_be_are_repaired),
        cmocka_unit_test(test_many_settings_may_move_together),
        cmocka_unit_test(test_no_plan_without_memory_or_schools),
        cmocka_unit_test(test_what_a_worker_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
