/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pupils: opening year groups, ageing, entry up to the admission number, noise, the sixth form,
 * schools that fill, and what the roll of next year's grant is. */
#include "base/vmath.h"
#include "support/near.h"
#include "support/trust.h"

static double group(const trust *t, const char *id, int g, int lane)
{
    const int s = trust_school_index(t, id);
    return t->state.group[(s * HR_GROUPS_MAX + g) * t->lanes + lane];
}

static void test_groups_from_a_total(void **state)
{
    (void)state;
    /* 371 pupils after 350: growth 21 over seven groups is a step of 3 a group: 62, 59, ... 44. */
    trust *t = TRUST(TRUST_STILL, 32, "schools.ash.roll=371", "schools.ash.roll_before=350",
                     "schools.ash.pan=70");
    const hr_plan_school *ash = trust_plan_school(t, "ash");
    for (int g = 0; g < 7; g++)
        assert_near(ash->group[g], 62.0 - 3.0 * g, 1e-12);
    assert_near(ash->demand, (62.0 + 59.0 + 56.0) / 3.0,
                1e-12); /* below 97 % of 70 places: what it shows */
    const hr_plan_school *oak = trust_plan_school(t, "oak");
    assert_int_equal(oak->groups, 5);
    assert_int_equal(oak->first_age, 11);
    assert_near(oak->demand, 200.0, 1e-12); /* full, oversubscribed by nothing */
    trust_free(t);
}

static void test_admission_number_not_given(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     "schools = ( { id = \"yew\"; phase = \"primary\"; ages = [3, 11]; nursery = "
                     "20; roll = 300; capacity = 315; reserves = 0; grade = \"good\"; },"
                     " { id = \"zelkova\"; phase = \"primary\"; ages = [4, 11]; roll = [60, 44, "
                     "43, 42, 41, 40, 40]; capacity = 315; reserves = 0; grade = \"good\"; } );");
    assert_near(trust_plan_school(t, "yew")->pan, 45.0, 1e-12);     /* 315 / 7; largest group 40 */
    assert_near(trust_plan_school(t, "zelkova")->pan, 60.0, 1e-12); /* largest group */
    assert_near(trust_plan_school(t, "yew")->opening_roll, 280.0, 1e-12);
    trust_free(t);
}

static void test_year_groups_age(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32, "schools.ash.roll=[50,40,40,40,40,40,20]",
                     "schools.ash.pan=50", "schools.ash.retention_pct=90");
    hr_batch *b = trust_open(t, 1);
    trust_year(b, 0);
    /* Demand is what the youngest three show: 43.33; the others are nine tenths of the year below.
     */
    assert_near(group(t, "ash", 0, 3), 130.0 / 3.0, 1e-12);
    assert_near(group(t, "ash", 1, 3), 45.0, 1e-12);
    for (int g = 2; g < 7; g++)
        assert_near(group(t, "ash", g, 3), 36.0, 1e-12);
    trust_year(b, 1);
    assert_near(group(t, "ash", 1, 3), 39.0, 1e-12);
    assert_near(group(t, "ash", 2, 3), 40.5, 1e-12);
    assert_near(trust_of(t, b->roll_1, "ash")[0], 130.0 / 3.0 + 45.0 + 5 * 36.0, 1e-12);
    trust_free(t);
}

/* Named by the year group that is passed into: Year 1 and 2, 3 to 6, 7, 8 and 9, 10 and 11. */
static void test_pupils_are_kept_by_passage(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32, "schools.ash.retention_pct={ all = 80.0; infants = 90.0; }",
                     "schools.oak.retention_pct.ks4=70",
                     "schools = ( { id = \"yew\"; phase = \"all_through\"; ages = [4, 16]; roll = "
                     "600; pan = 50; retention_pct = { all = 100.0; year7 = 60.0; ks3 = 90.0; }; "
                     "roll_sd_pct = 0.0; entry_sd_pct = 0.0; reserves = 0; grade = \"good\"; } );");
    hr_batch *b = trust_open(t, 1);
    trust_year(b, 0);
    static const double ash[7] = {50, 45, 45, 40, 40, 40, 40};
    for (int g = 0; g < 7; g++)
        assert_near(group(t, "ash", g, 3), ash[g], 1e-12);
    static const double oak[5] = {200, 200, 200, 140, 140};
    for (int g = 0; g < 5; g++)
        assert_near(group(t, "oak", g, 3), oak[g], 1e-12);
    static const double yew[12] = {50, 50, 50, 50, 50, 50, 50, 30, 45, 45, 50, 50};
    for (int g = 0; g < 12; g++)
        assert_near(group(t, "yew", g, 3), yew[g], 1e-12);
    trust_free(t);
}

static void test_no_group_grows_past_its_places(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32, "schools.ash.retention_pct=120",
                     "schools.ash.roll=[50,55,50,50,40,50,50]");
    hr_batch *b = trust_open(t, 1);
    trust_year(b, 0);
    assert_near(group(t, "ash", 0, 0), 50.0, 1e-12); /* demand is above the places */
    assert_near(group(t, "ash", 1, 0), 50.0, 1e-12); /* 60 would come, 50 have places */
    assert_near(group(t, "ash", 2, 0), 55.0, 1e-12); /* was past them and stays so */
    assert_near(group(t, "ash", 5, 0), 48.0, 1e-12); /* 40 x 1.2 */
    trust_free(t);
}

static void test_sixth_form(void **state)
{
    (void)state;
    /* 1,000 in five groups of 200 and 1,150 - 150 sixth-formers of whom 80 are in year 12 at 87.5 %
     * kept. */
    trust *t = TRUST(TRUST_STILL, 32, "schools.oak.ages=[11,18]", "schools.oak.roll=1150",
                     "schools.oak.roll_before=1150", "schools.oak.post16=150",
                     "schools.oak.sixth_retention_pct=87.5");
    hr_batch *b = trust_open(t, 1);
    assert_near(group(t, "oak", 5, 0), 80.0, 1e-12);
    assert_near(group(t, "oak", 6, 0), 70.0, 1e-12);
    trust_year(b, 0);
    assert_near(group(t, "oak", 5, 0), 80.0, 1e-12); /* the roll shows that 40 in 100 stay on */
    assert_near(group(t, "oak", 6, 0), 70.0, 1e-12);
    const double *band = b->band + trust_school_index(t, "oak") * HR_N_band * 32;
    assert_near(band[HR_band_KS3 * 32], 600.0, 1e-12);
    assert_near(band[HR_band_KS4 * 32], 400.0, 1e-12);
    assert_near(band[HR_band_POST16 * 32], 150.0, 1e-12);
    trust_free(t);
}

static void test_a_new_school_fills_group_by_group(void **state)
{
    (void)state;
    /* Opens on 1 September of the second year with one year group of 60. */
    trust *t = TRUST(TRUST_STILL, 32, "years=5",
                     "candidates = ( { id = \"new\"; phase = \"primary\"; ages = [4, 11]; roll = "
                     "60; pan = 60; open_groups = 1; grade = \"good\";"
                     " route = \"free_school\"; stage = \"agreement\"; wished = \"+12\"; } );");
    trust_run(t, 1);
    assert_true(hr_is_nan(trust_school(t, "new", 0, HR_SC_PUPILS, 0)));
    for (int y = 1; y < 5; y++)
        assert_near(trust_school(t, "new", y, HR_SC_PUPILS, 0), 60.0 * y, 1e-12);
    assert_near(trust_metric(t, HR_M_JOINED_FREE_SCHOOL, 4, 0), 1.0, 0);
    trust_free(t);
}

static void test_demand_follows_the_area(void **state)
{
    (void)state;
    /* Demand falls by 4 % a year; the school starts with 50 places and demand for 50. */
    trust *t = TRUST(TRUST_STILL, 32, "areas.local.trend_pct={ all = 0.0; primary = -4.0; }");
    hr_batch *b = trust_open(t, 1);
    trust_year(b, 0);
    assert_near(group(t, "ash", 0, 0), 48.0, 1e-12);
    assert_near(group(t, "oak", 0, 0), 200.0, 1e-12);
    trust_year(b, 1);
    assert_near(group(t, "ash", 0, 0), 50.0 * 0.96 * 0.96, 1e-12);
    trust_free(t);
}

/* Half of the futures have a quarter more demand than places: a tenth fewer is not felt there. */
/* Thirty in a hundred of entry follow the year group that is about to leave ash, 40 at the start
 * and 50 a year later; the others the area, which falls by 4 % a year. */
static void test_leavers_of_a_feeder_enter(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32, "schools.ash.roll=[50,50,50,50,50,50,40]",
                     "areas.local.trend_pct={ all = 0.0; secondary = -4.0; }",
                     "schools = ( { id = \"oak\"; pan = 250; feeders = ( { id = \"ash\"; share = "
                     "0.3; } ); } );");
    hr_batch *b = trust_open(t, 1);
    trust_year(b, 0);
    assert_near(group(t, "oak", 0, 3), 200.0 * (0.7 * 0.96 + 0.3), 1e-12);
    trust_year(b, 1);
    assert_near(group(t, "oak", 0, 3), 200.0 * (0.7 * 0.96 * 0.96 + 0.3 * 50.0 / 40.0), 1e-12);
    assert_near(trust_of(t, b->demand, "oak")[3], 0.96 * 0.96, 1e-12); /* the area's alone */
    trust_run_traced(t, 1, 0);
    assert_near(trust_state(t, HR_TS_ENTRY_INDEX, 0, trust_school_index(t, "oak"), -1),
                0.7 * 0.96 + 0.3, 1e-12);
    assert_true(hr_is_nan(trust_state(t, HR_TS_ENTRY_INDEX, 0, trust_school_index(t, "ash"), -1)));
    trust_free(t);
}

/* A school outside feeds it all the same; one that has no leavers yet stands for no change; shares
 * that are drawn above all of entry leave the area none. */
static void test_feeders_outside_empty_and_above_all(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, 32,
        "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = "
        "[30,30,30,30,30,60,30]; pan = 30; route = \"converter\"; wished = \"2026-09\"; "
        "opens_chance "
        "= 0.0; }, { id = \"new\"; phase = \"primary\"; ages = [4, 11]; roll = 60; pan = 60; "
        "open_groups = 1; route = \"free_school\"; wished = \"2026-09\"; } );",
        "schools = ( { id = \"oak\"; pan = 500; feeders = ( { id = \"fir\"; share = 0.8; }, { id "
        "= \"new\"; share = ((\"2026/27\", 0.2), (\"2028/29\", 0.6)); } ); } );",
        "areas.local.trend_pct={ all = 0.0; secondary = -4.0; }");
    assert_true(t->plan->fed);
    hr_batch *b = trust_open(t, 1);
    static const double entry[3] = {200.0, 200.0 * (0.8 * 2.0 + 0.2), 200.0 * (0.8 + 0.6)};
    for (int y = 0; y < 3; y++) {
        trust_year(b, y);
        assert_near(group(t, "oak", 0, 0), entry[y], 1e-12);
    }
    assert_near(trust_of(t, b->in_trust, "fir")[0], 0.0, 0);
    trust_free(t);
}

static void test_oversubscription_is_drawn_and_shields_a_full_school(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, 32, "areas.local.trend_pct={ all = -10.0; }",
              "schools.oak.oversubscription_pct={ dist = \"discrete\"; values = [0.0, 25.0]; "
              "chances = [0.5, 0.5]; }");
    hr_batch *b = trust_open(t, 1);
    const hr_plan_school *oak = trust_plan_school(t, "oak");
    hr_in over = hr_set(b, oak->par->oversubscription_pct);
    int shielded = 0;
    trust_year(b, 0);
    for (int i = 0; i < 32; i++) {
        assert_near(group(t, "oak", 0, i), over[i] > 0.0 ? 200.0 : 180.0, 1e-9);
        shielded += over[i] > 0.0;
    }
    assert_in_range(shielded, 4, 28);
    trust_free(t);
}

static void test_reputation_moves_entry_with_the_grade(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     "schools = ( { id = \"elm\"; reputation = { outstanding = 1.1; good = 1.0; "
                     "requires_improvement = 0.8; inadequate = 0.6; }; pan = 100; } );");
    hr_batch *b = trust_open(t, 1);
    const int elm = trust_school_index(t, "elm");
    hr_fill(hr_of(b->grade, elm, 32), 1.0, 16); /* half of the lanes were found good since */
    trust_year(b, 0);
    assert_near(group(t, "elm", 0, 0), 50.0 * 1.0 / 0.8, 1e-12);
    assert_near(group(t, "elm", 0, 31), 50.0, 1e-12); /* against its grade at the start */
    trust_free(t);
}

/* The school's own noise has the deviation said at the reference size, from the first year on, and
 * the persistence said: over 4,096 futures the standard errors are 1.1 % of a deviation and 0.015
 * of a correlation; five of each are allowed. */
static void test_noise_is_as_written(void **state)
{
    (void)state;
    enum { N = 256, BATCHES = 16 };
    trust *t = TRUST(TRUST_STILL, N,
                     "schools = ( { id = \"ash\"; roll_sd_pct = 4.0; roll_sd_size = 350; "
                     "roll_persistence = 0.4; pan = 600; roll = [50, 50, 50, 50, 50, 50, 50]; },"
                     " { id = \"beech\"; roll_sd_pct = 4.0; roll_sd_size = 1400; roll_sd_exponent "
                     "= 0.5; pan = 600; roll = [50, 50, 50, 50, 50, 50, 50]; } );");
    double sum = 0, square = 0, product = 0, later = 0, other = 0, across = 0;
    for (int k = 0; k < BATCHES; k++) {
        hr_batch *b = trust_open(t, 1 + (uint64_t)k * N);
        double first[N];
        trust_year(b, 0);
        for (int i = 0; i < N; i++)
            first[i] = group(t, "ash", 1, i) / 50.0 - 1.0;
        double second[N];
        for (int i = 0; i < N; i++) {
            second[i] = group(t, "beech", 1, i) / 50.0 - 1.0;
            other += second[i] * second[i];
            across += first[i] * second[i];
        }
        double before[N];
        for (int i = 0; i < N; i++)
            before[i] = group(t, "ash", 1, i);
        trust_year(b, 1);
        for (int i = 0; i < N; i++) {
            const double next = group(t, "ash", 2, i) / before[i] - 1.0;
            sum += first[i];
            square += first[i] * first[i];
            later += next * next;
            product += first[i] * next;
        }
    }
    const double n = (double)N * BATCHES;
    assert_within(sum / n, 0.0, 5 * 0.04 / sqrt(n));
    assert_near(sqrt(square / n), 0.04, 0.055);
    assert_near(sqrt(later / n), 0.04, 0.055);
    assert_within(product / sqrt(square * later), 0.4, 5 * 0.015);
    assert_near(sqrt(other / n), 0.08,
                0.055); /* a quarter of the reference size: twice the deviation */
    assert_within(across / sqrt(square * other), 0.0, 5 * 0.016);
    trust_free(t);
}

/* What moves a school's year groups moves the demand for its places for good, and is felt at the
 * gate of a school with room, not at that of one with more who ask than places. */
static void test_demand_follows_the_schools_own_noise(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, 32,
              "schools = ( { id = \"ash\"; roll_sd_pct = 4.0; roll_sd_size = 350; pan = 600; "
              "roll = [50, 50, 50, 50, 50, 50, 50]; }, { id = \"oak\"; roll_sd_pct = 1.0; "
              "oversubscription_pct = 25.0; } );");
    hr_batch *b = trust_open(t, 1);
    trust_year(b, 0);
    double moved[32], spread = 0.0;
    for (int i = 0; i < 32; i++) {
        moved[i] = group(t, "ash", 1, i) / 50.0;
        spread += (moved[i] - 1.0) * (moved[i] - 1.0);
        assert_near(group(t, "ash", 0, i), 50.0 * moved[i], 1e-12);
        assert_near(group(t, "oak", 0, i), 200.0, 1e-12);
    }
    assert_true(spread > 0.01);
    trust_year(b, 1);
    for (int i = 0; i < 32; i++)
        assert_near(group(t, "ash", 0, i), group(t, "ash", 1, i), 1e-12);
    trust_free(t);
}

static void test_nursery_is_apart(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     "schools = ( { id = \"ash\"; ages = [3, 11]; nursery = 26; roll = 376; "
                     "roll_before = 376; } );");
    trust_run_traced(t, 1, 0);
    const int ash = trust_school_index(t, "ash");
    assert_near(trust_school(t, "ash", 0, HR_SC_PUPILS, 0), 376.0, 1e-12);
    assert_near(trust_posted(t, HR_L_GRANT, 0, ash), 1890000.0, 0); /* as 350 without a nursery */
    assert_near(trust_posted(t, HR_L_EARLY_YEARS, 0, ash), 78000.0, 0); /* 26 x 3,000 */
    assert_near(trust_metric(t, HR_M_PLACES_FILLED_PCT, 0, 0), 100.0, 1e-12);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups_from_a_total),
        cmocka_unit_test(test_admission_number_not_given),
        cmocka_unit_test(test_year_groups_age),
        cmocka_unit_test(test_pupils_are_kept_by_passage),
        cmocka_unit_test(test_no_group_grows_past_its_places),
        cmocka_unit_test(test_sixth_form),
        cmocka_unit_test(test_a_new_school_fills_group_by_group),
        cmocka_unit_test(test_demand_follows_the_area),
        cmocka_unit_test(test_demand_follows_the_schools_own_noise),
        cmocka_unit_test(test_leavers_of_a_feeder_enter),
        cmocka_unit_test(test_feeders_outside_empty_and_above_all),
        cmocka_unit_test(test_oversubscription_is_drawn_and_shields_a_full_school),
        cmocka_unit_test(test_reputation_moves_entry_with_the_grade),
        cmocka_unit_test(test_noise_is_as_written),
        cmocka_unit_test(test_nursery_is_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
