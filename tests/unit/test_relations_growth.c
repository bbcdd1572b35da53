/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Relations of schools, joins and improvement days: what must hold between two runs with the same
 * luck that differ in one thing, on every future. Relations of money are in test_relations.c, those
 * of the risk register in test_relations_risks.c; docs/verification-of-the-engine.md lists them
 * all. */
#include <stdio.h>

#include "support/pair.h"

#define PAIR(path, ...) TRUST((path), PAIR_LANES, __VA_ARGS__)
/* Luck that all schools share, where a school lent too far does not weaken by luck of its own; luck
 * of rolls alone. */
#define SHARED_LUCK                                                                                \
    "capacity = { lend_decline = 0.0; }; world_drivers = { teacher_pay = { known_pct = ( "         \
    "(\"2010/11\", 0.0) ); mean_pct = 2.8; "                                                       \
    "sd_pct = 1.8; }; sector_sd_pct = 0.5; };"
#define ROLL_LUCK                                                                                  \
    "defaults = { school = { phase = { primary = { roll_sd_pct = 5.0; entry_sd_pct = 9.0; }; "     \
    "secondary = { roll_sd_pct = 4.5; entry_sd_pct = 8.0; }; }; }; };"
#define ORDERED(more)                                                                              \
    "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = 210; pan = 30; "   \
    "grade = \"inadequate\"; route = \"sponsored\"; stage = \"order\"; " more " } );"
#define CHOSEN(more)                                                                               \
    "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = 210; pan = 30; "   \
    "grade = \"good\"; route = \"converter\"; stage = \"application\"; " more " } );"

static const hr_metric NONE[] = {HR_METRICS};

/* ---- schools ---- */

static bool exchanged(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++)
        for (int c = 0; c < HR_SCHOOL_COLUMNS; c++) {
            assert_same_bits(trust_school(a, "ash", y, (hr_school_column)c, i),
                             trust_school(b, "beech", y, (hr_school_column)c, i));
            assert_same_bits(trust_school(a, "beech", y, (hr_school_column)c, i),
                             trust_school(b, "ash", y, (hr_school_column)c, i));
        }
    return true;
}

static void test_exchanging_two_schools_exchanges_their_results(void **state)
{
    (void)state;
#define SMALLER(id)                                                                                \
    "schools = ( { id = \"" id                                                                     \
    "\"; roll = 280; roll_before = 280; pan = 40; reserves = -5000; grade = \"inadequate\"; } );"
    pair_run(PAIR(TRUST_STILL, SHARED_LUCK, SMALLER("ash")),
             PAIR(TRUST_STILL, SHARED_LUCK, SMALLER("beech")), exchanged);
    pair_same_metrics_but(PAIR(TRUST_STILL, SHARED_LUCK, SMALLER("ash")),
                          PAIR(TRUST_STILL, SHARED_LUCK, SMALLER("beech")), NONE);
}

/* Counted, and nothing else. */
static void test_an_empty_school_changes_nothing(void **state)
{
    (void)state;
    static const hr_metric counted[] = {HR_M_SCHOOLS, HR_M_GOOD_OR_BETTER_PCT,
                                        HR_M_EXISTING_GOOD_OR_BETTER_PCT,
                                        HR_M_LOWEST_SCHOOL_RESERVES_PCT, HR_METRICS};
    pair_same_metrics_but(
        PAIR(TRUST_STILL, PAIR_LIVELY),
        PAIR(TRUST_STILL, PAIR_LIVELY,
             "schools = ( { id = \"zed\"; phase = \"nursery\"; ages = [3, 4]; roll = 0; "
             "roll_before = 0; grade = \"good\"; reserves = 0; leader_days = 0.0; head_turnover = "
             "0.0; need_days = { outstanding = 0.0; good = 0.0; requires_improvement = 0.0; "
             "inadequate = 0.0; }; } );"),
        counted);
}

static bool the_same_in_all(const trust *a, const trust *b, int i)
{
    static const hr_metric pounds[] = {HR_M_GRANT, HR_M_INCOME, HR_M_SPENDING, HR_M_RESERVES};
    for (int y = 0; y < a->years; y++) {
        for (size_t m = 0; m < sizeof pounds / sizeof pounds[0]; m++)
            assert_within(pair_more(a, b, pounds[m], y, i), 0.0, 15.0 * (y + 1));
        assert_near(trust_metric(b, HR_M_PUPILS, y, i), trust_metric(a, HR_M_PUPILS, y, i), 1e-12);
        assert_near(trust_metric(b, HR_M_TEACHERS, y, i), trust_metric(a, HR_M_TEACHERS, y, i),
                    1e-12);
    }
    return true;
}

/* Without a lump sum, and where whole classes divide; up to a rounding of each posting. */
static void test_two_halves_are_one_school(void **state)
{
    (void)state;
    static const char alike[] = "funding.lump_sum=0", days[] = "capacity.improvement_base_days=400";
    pair_run(PAIR(TRUST_STILL, SHARED_LUCK, alike, days),
             PAIR(TRUST_STILL, SHARED_LUCK, alike, days,
                  "schools = ( { id = \"ash\"; roll = 175; roll_before = 175; pan = 25; reserves = "
                  "100000; }, { id = \"asp\"; phase = \"primary\"; ages = [4, 11]; roll = 175; "
                  "roll_before = 175; pan = 25; grade = \"good\"; reserves = 100000; } );"),
             the_same_in_all);
}

static void test_an_area_without_a_shock_of_its_own_is_any_area(void **state)
{
    (void)state;
    static const char calm[] =
        "areas = ( { id = \"local\"; sd_pct = 0.0; trend_sd_pct = 0.0; }, { id = \"other\"; sd_pct "
        "= 0.0; trend_sd_pct = 0.0; } );";
    pair_same(PAIR(TRUST_F, calm),
              PAIR(TRUST_F, calm, "schools.oak.area=\"other\"", "schools.ash.area=\"other\""));
}

static bool no_fewer_pupils(const trust *a, const trust *b, int i)
{
    static const char *const school[] = {"ash", "beech", "cedar", "elm", "oak"};
    for (int y = 0; y < a->years; y++)
        for (int s = 0; s < 5; s++)
            assert_true(trust_school(b, school[s], y, HR_SC_PUPILS, i) >=
                        trust_school(a, school[s], y, HR_SC_PUPILS, i));
    return pair_more(a, b, HR_M_PUPILS, a->years - 1, i) > 0.0;
}

static void test_more_demand_never_lowers_a_roll(void **state)
{
    (void)state;
    static const char full[] = "schools.ash.pan=54";
    static const char *const more[][2] = {{"areas = ( { id = \"local\"; trend_pct = -3.0; } );",
                                           "areas = ( { id = \"local\"; trend_pct = -1.0; } );"},
                                          {"defaults.school.phase.primary.retention_pct=98",
                                           "defaults.school.phase.primary.retention_pct=101"},
                                          {"defaults.school.all.oversubscription_pct=0",
                                           "defaults.school.all.oversubscription_pct=25"}};
    for (size_t k = 0; k < sizeof more / sizeof more[0]; k++)
        pair_run(PAIR(TRUST_F, "years=6", full, more[k][0]),
                 PAIR(TRUST_F, "years=6", full, more[k][1]), no_fewer_pupils);
}

static bool a_year_later(const trust *a, const trust *b, int i)
{
    assert_true(pair_more(a, b, HR_M_PUPILS, 0, i) == 0.0);
    assert_true(pair_more(a, b, HR_M_PUPILS, 1, i) < 0.0);
    assert_true(pair_more(a, b, HR_M_GRANT, 0, i) == 0.0);
    assert_true(pair_more(a, b, HR_M_GRANT, 1, i) == 0.0);
    static const char *const school[] = {"ash", "beech", "cedar", "elm", "oak"};
    double grant = 0.0; /* 5,000 a primary pupil, 6,000 of key stage 3 */
    for (int s = 0; s < 5; s++)
        grant += (s < 4 ? 5000.0 : 6000.0) * (trust_school(b, school[s], 1, HR_SC_PUPILS, i) -
                                              trust_school(a, school[s], 1, HR_SC_PUPILS, i));
    assert_within(pair_more(a, b, HR_M_GRANT, 2, i), grant, 5.0);
    return true;
}

/* Fewer come in the second October: the grant of that year is paid as it was, the next falls by
 * each pupil's rate, to the pound a school. */
static void test_a_fall_in_roll_reaches_grant_a_year_later(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_STILL, ROLL_LUCK),
             PAIR(TRUST_STILL, ROLL_LUCK,
                  "risks = ( { id = \"r\"; chance = 1.0; entry_pct = -20.0; hits = "
                  "\"each_school\"; until_year = \"2026/27\"; } );"),
             a_year_later);
}

/* ---- joins ---- */

static void test_a_candidate_that_withdraws_costs_what_was_sunk_and_nothing_else(void **state)
{
    (void)state;
    static const hr_metric said[] = {HR_M_WITHDRAWN, HR_METRICS};
    pair_same_metrics_but(
        PAIR(TRUST_F, NULL),
        PAIR(TRUST_F, CHOSEN("wished = \"2028-01\"; opens_chance = 0.0;"), "joining.sunk_cost=0"),
        said);
}

static bool never_sooner(const trust *a, const trust *b, int i)
{
    bool later = false;
    for (int y = 0; y < a->years; y++) {
        assert_true(pair_more(a, b, HR_M_JOINED, y, i) <= 0.0);
        assert_true(pair_more(a, b, HR_M_GRANT, y, i) <= 0.0);
        assert_true(pair_more(a, b, HR_M_TOPSLICE_INCOME, y, i) <= 0.0);
        later = later || pair_more(a, b, HR_M_GRANT, y, i) < 0.0;
    }
    return later;
}

static void test_a_later_month_never_brings_more(void **state)
{
    (void)state;
    static const char *const later[] = {"2027-02", "2027-09", "2028-06"};
    for (int k = 0; k < 3; k++) {
        char fir[400];
        snprintf(fir, sizeof fir, ORDERED("wished = \"%s\";"), later[k]);
        pair_run(PAIR(TRUST_STILL, PAIR_LIVELY, ORDERED("wished = \"2027-01\";")),
                 PAIR(TRUST_STILL, PAIR_LIVELY, fir), never_sooner);
    }
}

/* By a condition of its own or by a risk. */
static void test_a_delay_never_brings_more(void **state)
{
    (void)state;
    static const char fir[] = ORDERED("wished = \"2028-01\";");
    static const char *const delay[] = {
        "candidates = ( { id = \"fir\"; conditions = ( { id = \"lease\"; chance = 0.4; months = "
        "7.0; } ); } );",
        "risks = ( { id = \"strike\"; chance = 0.4; delay_months = 5.0; } );"};
    for (int k = 0; k < 2; k++)
        pair_run(PAIR(TRUST_STILL, PAIR_LIVELY, fir), PAIR(TRUST_STILL, PAIR_LIVELY, fir, delay[k]),
                 never_sooner);
}

static bool all_that_came_and_more(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++)
        assert_true(pair_more(a, b, HR_M_JOINED, y, i) >= 0.0);
    return pair_more(a, b, HR_M_JOINED, 0, i) > 0.0;
}

static void test_a_higher_chance_keeps_all_who_came(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_F, PAIR_OPEN_GATE, CHOSEN("wished = \"+10\"; opens_chance = 0.3;")),
             PAIR(TRUST_F, PAIR_OPEN_GATE, CHOSEN("wished = \"+10\"; opens_chance = 0.7;")),
             all_that_came_and_more);
#define NEAR(supply)                                                                               \
    "pipeline = ( { id = \"near\"; slots = 4; wanted = 4; share = 0.3; supply_a_year = " supply    \
    "; "                                                                                           \
    "route = \"converter\"; phase = \"primary\"; ages = [4, 11]; roll = 200; opens_chance = 1.0; " \
    "} );"
    pair_run(
        PAIR(TRUST_F, "years=1", PAIR_OPEN_GATE, NEAR("2.0"), "defaults.pipeline.all.open_month=0"),
        PAIR(TRUST_F, "years=1", PAIR_OPEN_GATE, NEAR("6.0"), "defaults.pipeline.all.open_month=0"),
        all_that_came_and_more);
}

/* Three alike ask on the first day. */
static void test_a_stricter_gate_lets_no_more_in(void **state)
{
    (void)state;
#define ALIKE(id)                                                                                  \
    "candidates = ( { id = \"" id "\"; phase = \"primary\"; ages = [4, 11]; roll = 210; grade = "  \
    "\"requires_improvement\"; route = \"transfer\"; stage = \"order\"; wished = \"+0\"; "         \
    "opens_chance = 1.0; slip_months = 0.0; } );"
    static const char *const rule[] = {
        "growth_policy.max_joins_per_year=1",
        "growth_policy.max_schools=6",
        "growth_policy.max_pupils=2900",
        "growth_policy.max_distance_km=5",
        "growth_policy.min_score=0.9",
        "growth_policy.max_schools_below_good=2",
        "growth_policy.min_reserves_pct=8",
        "growth_policy.max_capacity_use_pct=100",
        "growth_policy.max_onboarding_use_pct=60",
        "growth_policy.approval={ green = 0.5; amber = 0.3; red = 0.0; }"};
    for (size_t k = 0; k < sizeof rule / sizeof rule[0]; k++) {
        trust *open =
            PAIR(TRUST_F, "years=1", PAIR_OPEN_GATE, ALIKE("fir"), ALIKE("gum"), ALIKE("yew"));
        trust *strict = PAIR(TRUST_F, "years=1", PAIR_OPEN_GATE, ALIKE("fir"), ALIKE("gum"),
                             ALIKE("yew"), rule[k]);
        int fewer = 0;
        trust_run(open, 1);
        trust_run(strict, 1);
        for (int i = 0; i < PAIR_LANES; i++) {
            assert_true(pair_more(open, strict, HR_M_JOINED, 0, i) <= 0.0);
            fewer += pair_more(open, strict, HR_M_JOINED, 0, i) < 0.0;
        }
        if (fewer == 0)
            fail_msg("%s refuses nobody", rule[k]);
        trust_free(open);
        trust_free(strict);
    }
}

static bool both_come(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++)
        assert_true(pair_more(a, b, HR_M_RESERVES, y, i) ==
                    180000.0 * trust_metric(a, HR_M_JOINED, y, i));
    return trust_metric(a, HR_M_JOINED, a->years - 1, i) > 0.0;
}

static bool both_stay(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++)
        assert_true(pair_more(a, b, HR_M_RESERVES, y, i) == 0.0);
    return trust_metric(a, HR_M_JOINED, a->years - 1, i) > 0.0;
}

/* For as long as it is in the trust: with the budget off and no interest. */
static void test_a_converters_balance_comes_and_an_ordered_schools_stays(void **state)
{
    (void)state;
    static const char off[] = PAIR_NO_BUDGET "reserves_policy = { interest_pct = 0.0; };";
    pair_run(PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, off,
                  CHOSEN("wished = \"2027-01\"; balance = -90000;")),
             PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, off,
                  CHOSEN("wished = \"2027-01\"; balance = 90000;")),
             both_come);
    pair_run(PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, off,
                  ORDERED("wished = \"2027-01\"; balance = -90000;")),
             PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, off,
                  ORDERED("wished = \"2027-01\"; balance = 90000;")),
             both_stay);
}

/* Its grant, other income, pay and top-slice are those of a full year times its months in it. */
static void test_a_joiner_counts_for_its_months(void **state)
{
    (void)state;
    static const hr_line line[] = {HR_L_GRANT, HR_L_OTHER_INCOME, HR_L_TEACHERS, HR_L_SUPPORT};
#define ON(month)                                                                                  \
    TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"agreement\"; wished = \"" month  \
              "\";")
    static const char *const month[] = {ON("+1"), ON("+4"), ON("+7"), ON("+11")};
    static const double share[] = {11.0 / 12.0, 8.0 / 12.0, 5.0 / 12.0, 1.0 / 12.0};
    trust *without = PAIR(TRUST_STILL, PAIR_LIVELY),
          *whole = PAIR(TRUST_STILL, PAIR_LIVELY, ON("+0"));
    trust_run(without, 1);
    trust_run(whole, 1);
    for (int k = 0; k < 4; k++) {
        trust *part = PAIR(TRUST_STILL, PAIR_LIVELY, month[k]);
        trust_run(part, 1);
        for (int i = 0; i < PAIR_LANES; i++) {
            for (int l = 0; l < 4; l++) {
                const double base = trust_line(without, line[l], 0, i);
                assert_within(trust_line(part, line[l], 0, i) - base,
                              share[k] * (trust_line(whole, line[l], 0, i) - base), 1.0);
            }
            assert_within(pair_more(without, part, HR_M_TOPSLICE_INCOME, 0, i),
                          share[k] * pair_more(without, whole, HR_M_TOPSLICE_INCOME, 0, i), 1.0);
        }
        trust_free(part);
    }
    trust_free(without);
    trust_free(whole);
}

/* A fifth school: the formula is tested on the next 1 September, those of that day among them. */
static void test_the_formula_waits_for_1_september(void **state)
{
    (void)state;
    static const int month[] = {0, 1, 4, 11, 12, 13, 24}, first[] = {0, 1, 1, 1, 1, 2, 2};
    for (int k = 0; k < 7; k++) {
        char fir[400];
        snprintf(fir, sizeof fir,
                 TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"agreement\"; wished "
                           "= \"+%d\";"),
                 month[k]);
        trust *t = PAIR(TRUST_STILL, fir,
                        "schools = ( { id = \"ash\"; remove = true; }, { id = \"oak\"; roll = "
                        "1700; roll_before = 1700; pan = 340; } );");
        trust_run(t, 1);
        for (int y = 0; y < t->years; y++)
            assert_true(trust_metric(t, HR_M_SCA_ELIGIBLE, y, 0) == (y >= first[k]));
        trust_free(t);
    }
}

static bool higher_once_joined(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++)
        assert_true(trust_metric(a, HR_M_JOINED, y, i) > 0.0
                        ? pair_more(a, b, HR_M_RESERVES, y, i) > 0.0
                        : pair_more(a, b, HR_M_RESERVES, y, i) == 0.0);
    return trust_metric(a, HR_M_JOINED, a->years - 1, i) > 0.0;
}

static void test_what_a_joiner_stops_buying_raises_reserves(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, PAIR_NO_BUDGET,
                  ORDERED("wished = \"2027-01\"; displaced_pct = 2.0;")),
             PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, PAIR_NO_BUDGET,
                  ORDERED("wished = \"2027-01\"; displaced_pct = 3.0;")),
             higher_once_joined);
}

/* One joins as a trust of two, or they join each by itself on the same day. */
static void test_a_merger_is_its_schools(void **state)
{
    (void)state;
#define BIRCH "phase = \"primary\"; ages = [4, 11]; roll = 210; pan = 30; grade = \"good\"; "
#define CRAB "phase = \"primary\"; ages = [4, 11]; roll = 140; pan = 20; grade = \"inadequate\"; "
#define JOINS "stage = \"agreement\"; wished = \"+15\"; join_cost = 0; onboarding_days = 0.0; "
    pair_same_metrics_but(
        PAIR(TRUST_STILL, PAIR_LIVELY,
             "candidates = ( { id = \"acorn\"; route = \"merger\"; " JOINS "schools = ( { id = "
             "\"birch\"; reserves = 70000; " BIRCH "}, { id = \"crab\"; reserves = -15000; " CRAB
             "} ); } );"),
        PAIR(TRUST_STILL, PAIR_LIVELY,
             "candidates = ( { id = \"birch\"; route = \"converter\"; balance = 70000; " JOINS BIRCH
             "}, { id = \"crab\"; route = \"converter\"; balance = -15000; " JOINS CRAB "} );"),
        NONE);
}

/* All years that both have, of a scenario with a pipeline, risks of every reach and a gate. */
static void test_a_year_more_changes_no_year_before(void **state)
{
    (void)state;
    for (int n = 1; n <= 4; n++) {
        char few[20], more[20];
        snprintf(few, sizeof few, "years=%d", n);
        snprintf(more, sizeof more, "years=%d", n + 1);
        trust *a = PAIR(TRUST_BENCH, few), *b = PAIR(TRUST_BENCH, more);
        trust_run(a, 1);
        trust_run(b, 1);
        for (int y = 0; y < n; y++)
            for (int i = 0; i < PAIR_LANES; i++) {
                for (int m = 0; m < HR_METRICS; m++)
                    assert_true(hr_same_bits_or_nan(trust_metric(a, (hr_metric)m, y, i),
                                                    trust_metric(b, (hr_metric)m, y, i)));
                for (int r = 0; r < HR_RISKS; r++)
                    assert_same_bits(trust_risk(a, (hr_risk)r, y, i),
                                     trust_risk(b, (hr_risk)r, y, i));
                for (int l = 0; l < HR_LINES; l++)
                    assert_same_bits(trust_line(a, (hr_line)l, y, i),
                                     trust_line(b, (hr_line)l, y, i));
            }
        trust_free(a);
        trust_free(b);
    }
}

/* ---- improvement ---- */

static void test_more_days_never_leave_a_school_with_less(void **state)
{
    (void)state;
    static const char weak[] =
        "schools = ( { id = \"ash\"; grade = \"inadequate\"; }, { id = \"oak\"; grade = "
        "\"inadequate\"; } ); capacity = { improvement_base_days = 5.0; bought_in_days = 5.0; "
        "lend_decline = 0.0; };";
    static const char *const days[] = {
        "capacity.bought_in_days=40", "capacity.improvement_base_days=60",
        "defaults.school.all.leader_days=60",
        "centre = { posts = ( { id = \"lead\"; cost = 0; improvement_days = 90; } ); };"};
    for (size_t k = 0; k < sizeof days / sizeof days[0]; k++) {
        trust *few = PAIR(TRUST_STILL, weak), *many = PAIR(TRUST_STILL, weak, days[k]);
        hr_batch *a = trust_open(few, 1), *b = trust_open(many, 1);
        double more = 0.0;
        for (int y = 0; y < few->years; y++) {
            trust_year(a, y);
            trust_year(b, y);
            for (int x = 0; x < few->plan->schools * PAIR_LANES; x++) {
                assert_true(b->met_share[x] >= a->met_share[x]);
                more += b->met_share[x] - a->met_share[x];
            }
        }
        assert_true(more > 0.0);
        trust_free(few);
        trust_free(many);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exchanging_two_schools_exchanges_their_results),
        cmocka_unit_test(test_an_empty_school_changes_nothing),
        cmocka_unit_test(test_two_halves_are_one_school),
        cmocka_unit_test(test_an_area_without_a_shock_of_its_own_is_any_area),
        cmocka_unit_test(test_more_demand_never_lowers_a_roll),
        cmocka_unit_test(test_a_fall_in_roll_reaches_grant_a_year_later),
        cmocka_unit_test(test_a_candidate_that_withdraws_costs_what_was_sunk_and_nothing_else),
        cmocka_unit_test(test_a_later_month_never_brings_more),
        cmocka_unit_test(test_a_delay_never_brings_more),
        cmocka_unit_test(test_a_higher_chance_keeps_all_who_came),
        cmocka_unit_test(test_a_stricter_gate_lets_no_more_in),
        cmocka_unit_test(test_a_converters_balance_comes_and_an_ordered_schools_stays),
        cmocka_unit_test(test_a_joiner_counts_for_its_months),
        cmocka_unit_test(test_the_formula_waits_for_1_september),
        cmocka_unit_test(test_what_a_joiner_stops_buying_raises_reserves),
        cmocka_unit_test(test_a_merger_is_its_schools),
        cmocka_unit_test(test_a_year_more_changes_no_year_before),
        cmocka_unit_test(test_more_days_never_leave_a_school_with_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
