/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences: what a trustee reads must be what the statement says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/words.h"
#include "model/tables.h"

typedef struct {
    const char *text, *words;
} said;

static void assert_prob_words(const said *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        hr_prob p;
        hr_expr_fault f;
        char words[400];
        if (!hr_prob_parse(&p, cases[i].text, 2018, 5, &f))
            fail_msg("%s: %s", cases[i].text, f.words);
        hr_prob_words(&p, words, sizeof words);
        assert_string_equal(words, cases[i].words);
    }
}

static void test_conditions(void **state)
{
    (void)state;
    static const said cases[] = {
        {"P(pupils >= 2500 and pupils <= 3500, 2020/21)",
         "pupils are at least 2,500 and pupils are at most 3,500 in 2020/21"},
        {"P(reserves_pct < 5)", "reserves are below 5 % of income in some year"},
        {"P(reserves_pct >= 4.75, all)", "reserves are at least 4.75 % of income in every year"},
        {"P(reserves_months >= 1, end)",
         "reserves are at least 1 month of spending in the last year"},
        {"P(reserves_months < 1.5, end)",
         "reserves are below 1.5 months of spending in the last year"},
        {"P(reserves < -1250000)", "reserves are below -£1,250,000 in some year"},
        {"P(schools == 5, 2022/23)", "the number of schools is 5 in 2022/23"},
        {"P(schools != 5, end)", "the number of schools is not 5 in the last year"},
        {"P(schools_in_deficit > 0)", "the number of schools in deficit is above 0 in some year"},
        {"P(capacity_use_pct > 100, any)",
         "improvement days needed are above 100 % of supply in some year"},
        {"P(income < spending)", "the income is below the spending in some year"},
        {"P(reserves_pct == topslice_pct_of_grant, end)",
         "reserves (% of income) are equal to the top-slice (% of grant) in the last year"},
        {"P(staff_cost_pct > 80)", "the staff cost is above 80 % of income in some year"},
        {"P(lowest_school_reserves_pct >= 0, all)",
         "the lowest school's reserves are at least 0 % of its income in every year"},
        {"P(grant > 10000000, end)", "the grant (GAG) is above £10,000,000 in the last year"},
        {"P(good_or_better_pct >= 75, end)",
         "schools good or better are at least 75 % in the last year"},
        {"P(risk_losses > 0)", "losses from the risk register are above £0 in some year"},
        {"P(existing_good_or_better_pct < 100)",
         "existing schools good or better are below 100 % in some year"},
    };
    assert_prob_words(cases, sizeof cases / sizeof cases[0]);
}

static void test_risks_states_and_not(void **state)
{
    (void)state;
    static const said cases[] = {
        {"P(any_school_deficit)", "any school is in deficit in some year"},
        {"P(not any_school_deficit, all)", "in every year no school is in deficit"},
        {"P(not reserves_below_policy, all)", "in every year reserves are not below the policy"},
        {"P(not not central_deficit, end)", "the centre is in deficit in the last year"},
        {"P(not capital_route_changes, end)",
         "capital money is not moved to another route in the last year"},
        {"P(not pupils >= 2500, end)", "pupils are below 2,500 in the last year"},
        {"P(not (pupils < 1 or any_school_deficit), end)",
         "pupils are at least 1 and no school is in deficit in the last year"},
        {"P(not (pupils == 1 and central_deficit), end)",
         "pupils are not 1 or the centre is not in deficit in the last year"},
        {"P(early_warning == 2)", "the early warning is red in some year"},
        {"P(early_warning != 2, all)", "the early warning is not red in every year"},
        {"P(early_warning >= 1)", "the early warning is amber or worse in some year"},
        {"P(early_warning < 2, end)", "the early warning is better than red in the last year"},
        {"P(early_warning <= 1, end)", "the early warning is amber or better in the last year"},
        {"P(early_warning > 0, end)", "the early warning is worse than green in the last year"},
        {"P(early_warning > 0.5, end)",
         "the early warning (reconstruction) is above 0.5 in the last year"},
        {"P(sca_eligible == 1, end)", "capital money comes by formula in the last year"},
        {"P(not sca_eligible == 1, end)",
         "capital money does not come by formula in the last year"},
        {"P(sca_eligible >= 1, end)", "the capital by formula is at least 1 in the last year"},
        {"P(pupils > 1 and (central_deficit or schools > 2), end)",
         "pupils are above 1 and (the centre is in deficit or the number of schools is above 2) in "
         "the last year"},
        {"P(pupils > 1 and central_deficit or schools > 2)",
         "in some year (pupils are above 1 and the centre is in deficit) or the number of schools "
         "is "
         "above 2"},
        {"P(pupils > 1 and pupils > 2 and pupils > 3, end)",
         "pupils are above 1 and pupils are above 2 and pupils are above 3 in the last year"},
    };
    assert_prob_words(cases, sizeof cases / sizeof cases[0]);
}

/* Every metric makes a sentence in which verb and noun agree. */
static void test_every_metric_agrees_with_its_verb(void **state)
{
    (void)state;
    static const char *const plural[] = {"pupils",
                                         "reserves",
                                         "central_reserves",
                                         "reserves_pct",
                                         "teachers",
                                         "reserves_months",
                                         "dilution_pct",
                                         "reserves_pct_accounts",
                                         "lowest_school_reserves_pct",
                                         "classes",
                                         "capacity_supply_days",
                                         "capacity_need_days",
                                         "capacity_free_days",
                                         "capacity_use_pct",
                                         "onboarding_use_pct",
                                         "risk_losses",
                                         "places_filled_pct",
                                         "good_or_better_pct",
                                         "existing_good_or_better_pct"};
    for (int m = 0; m < HR_METRICS; m++) {
        hr_prob p = {.codes = 1,
                     .when = HR_WHEN_END,
                     .code[0] = {.op = HR_OP_LT, .metric = m, .metric_too = -1, .number = 7}};
        char words[200];
        hr_prob_words(&p, words, sizeof words);
        bool are = false;
        for (size_t i = 0; i < sizeof plural / sizeof plural[0]; i++)
            are = are || strcmp(plural[i], HR_METRIC_ROWS[m].key) == 0;
        if ((strstr(words, " are below ") != NULL) != are ||
            (strstr(words, " is below ") != NULL) == are)
            fail_msg("%s", words);
    }
}

static void test_every_risk_has_a_clause_that_can_be_denied(void **state)
{
    (void)state;
    for (int r = 0; r < HR_RISKS; r++) {
        hr_prob p = {.codes = 2,
                     .when = HR_WHEN_END,
                     .code = {{.kind = HR_CODE_RISK, .metric = r}, {.kind = HR_CODE_NOT}}};
        char words[200];
        hr_prob_words(&p, words, sizeof words);
        if (strncmp(words, "no ", 3) != 0 && strstr(words, " is not ") == NULL &&
            strstr(words, " are not ") == NULL)
            fail_msg("%s", words);
    }
}

static void test_statements(void **state)
{
    (void)state;
    static const said cases[] = {
        {"P(reserves_pct < 5) <= 0.10",
         "the chance that reserves are below 5 % of income in some year is at most 10 in 100"},
        {"P(reserves_pct < 5) <= 0.10 and P(capacity_use_pct > 100, any) < 0.2",
         "the chance that reserves are below 5 % of income in some year is at most 10 in 100, and "
         "the "
         "chance that improvement days needed are above 100 % of supply in some year is below 20 "
         "in 100"},
        {"P(not any_school_deficit, all) >= 0.995",
         "the chance that in every year no school is in deficit is at least 99.5 in 100"},
        {"P(central_deficit) < 0.005",
         "the chance that the centre is in deficit in some year is below 5 in 1,000"},
        {"P(central_deficit) < 0.0001",
         "the chance that the centre is in deficit in some year is below 1 in 10,000"},
        {"P(central_deficit) <= 0",
         "the chance that the centre is in deficit in some year is at most 0 in 100"},
        {"P(central_deficit) > 1",
         "the chance that the centre is in deficit in some year is above 100 in 100"},
        {"P(central_deficit) < 0.07",
         "the chance that the centre is in deficit in some year is below 7 in 100"},
    };
    hr_arena *a = hr_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        hr_statement s;
        hr_expr_fault f;
        char words[400];
        assert_true(hr_statement_parse(&s, a, cases[i].text, 2018, 5, &f));
        hr_statement_words(&s, words, sizeof words);
        assert_string_equal(words, cases[i].words);
    }
    hr_arena_free(a);
}

static void test_chances(void **state)
{
    (void)state;
    static const struct {
        uint64_t hits, n;
        const char *words;
    } cases[] = {
        {8312, 10000, "83 in 100"},
        {100, 10000, "1 in 100"},
        {95, 10000, "1 in 100"},
        {94, 10000, "9 in 1,000"},
        {40, 10000, "4 in 1,000"},
        {3, 10000, "3 in 10,000"},
        {1, 10000, "1 in 10,000"},
        {0, 10000, "fewer than 1 in 2,600"},
        {10000, 10000, "more than 999 in 1,000"},
        {256, 256, "more than 98 in 100"},
        {1000, 1000, "more than 99 in 100"},
        {1000000, 1000000, "more than 99,999 in 100,000"},
        {4, 4, "more than 50 in 100"},
        {9999, 10000, "9,999 in 10,000"},
        {9960, 10000, "996 in 1,000"},
        {9900, 10000, "99 in 100"},
        {9940, 10000, "994 in 1,000"},
        {0, 256, "fewer than 1 in 67"},
        {0, 1000000, "fewer than 1 in 260,000"},
        {0, 4, "fewer than 1 in 2"},
        {0, 1, "not known"},
        {1, 1, "not known"},
        {150, 300, "5 in 10"},
        {500, 1000, "50 in 100"},
        {1, 20, "5 in 100"},
        {19, 20, "95 in 100"},
        {0, 0, "not known"},
        {5000, 10000, "50 in 100"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char words[64];
        hr_chance_words(hr_estimate_chance(cases[i].hits, cases[i].n), words, sizeof words);
        assert_string_equal(words, cases[i].words);
    }
}

static void test_never_none_or_all_when_some_were_seen(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 3000; n += 7)
        for (uint64_t hits = 1; hits < n; hits += 1 + n / 9) {
            char words[64];
            hr_chance_words(hr_estimate_chance(hits, n), words, sizeof words);
            assert_true(words[0] != '0');
            const char *of = strstr(words, " in ");
            assert_non_null(of);
            assert_false((size_t)(of - words) == strlen(of + 4) &&
                         memcmp(words, of + 4, strlen(of + 4)) == 0);
        }
}

static void test_a_text_that_does_not_fit_ends_early(void **state)
{
    (void)state;
    hr_prob p;
    hr_expr_fault f;
    assert_true(hr_prob_parse(&p, "P(reserves < 1000)", 2018, 5, &f));
    char whole[100], part[100];
    hr_prob_words(&p, whole, sizeof whole);
    for (size_t bytes = 0; bytes < sizeof part; bytes++) {
        memset(part, 'x', sizeof part);
        hr_prob_words(&p, part, bytes);
        assert_true(bytes == 0 || strlen(part) < bytes);
        assert_true(bytes == 0 || strncmp(part, whole, strlen(part)) == 0);
        for (size_t i = bytes; i < sizeof part; i++)
            assert_int_equal(part[i], 'x');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_risks_states_and_not),
        cmocka_unit_test(test_every_metric_agrees_with_its_verb),
        cmocka_unit_test(test_every_risk_has_a_clause_that_can_be_denied),
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_chances),
        cmocka_unit_test(test_never_none_or_all_when_some_were_seen),
        cmocka_unit_test(test_a_text_that_does_not_fit_ends_early),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
