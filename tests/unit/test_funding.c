/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Funding: the census lag to the pound, floor and guarantee, a grant that is given, the sixth form,
 * places, schools that fill, part of a year, dated grants. Rates of still.cfg: primary 4,000 and
 * 1,000 of additional needs a pupil, lump sum 140,000. */
#include "support/near.h"
#include "support/trust.h"

enum { N = 32 };

/* The traced path's grant and so on of a school. */
static double grant(const trust *t, const char *id, int year)
{
    return trust_posted_by(t, HR_L_GRANT, year, id);
}

/* Thirty fewer pupils in the October of a year: that year's grant stands, next year's falls by
 * thirty times the pupil-led rate. */
static void test_the_census_funds_the_next_year(void **state)
{
    (void)state;
    /* A year group of 80 leaves, one of 50 comes: 380 pupils become 350 in the first autumn. */
    trust *t =
        TRUST(TRUST_STILL, N, "schools.ash.roll=[50,50,50,50,50,50,80]", "centre.non_pay=712500");
    trust_run_traced(t, 1, 0);
    for (int y = 0; y < 4; y++)
        assert_near(trust_school(t, "ash", y, HR_SC_PUPILS, 0), 350.0, 1e-12);
    assert_true(grant(t, "ash", 0) == 380.0 * 5000.0 + 140000.0);
    assert_true(grant(t, "ash", 1) == grant(t, "ash", 0) - 30.0 * 5000.0);
    assert_true(grant(t, "ash", 2) == grant(t, "ash", 1));
    assert_true(grant(t, "oak", 1) == 6540000.0);
    /* 350 pupils are fourteen classes of 25, not sixteen: the teachers go a year after the money.
     * Spending is 2,344,000 of income less its part of the centre, 5 % of a grant of 2,040,000, 48
     * % of it for sixteen classes of 1.2 teachers. */
    const int ash = trust_school_index(t, "ash");
    const double unit = 0.48 * 2242000.0 / 19.2;
    assert_true(trust_posted(t, HR_L_TEACHERS, 0, ash) == -1076160.0);
    assert_true(trust_posted(t, HR_L_TEACHERS, 1, ash) == -1076160.0);
    assert_true(trust_posted(t, HR_L_TEACHERS, 2, ash) == -hr_nearest(14 * 1.2 * unit));
    assert_true(trust_posted(t, HR_L_RESTRUCTURING, 2, ash) == -hr_nearest(2 * 1.2 * unit * 0.5));
    assert_true(trust_posted(t, HR_L_RESTRUCTURING, 1, ash) == 0.0);
    trust_free(t);
}

/* Income of every line of a school in a year of the traced path. */
static double income(const trust *t, const char *id, int year)
{
    double sum = 0.0;
    for (int l = 0; l < HR_LINES; l++)
        sum +=
            HR_LINE_ROWS[l].side == HR_SIDE_INCOME ? trust_posted_by(t, (hr_line)l, year, id) : 0.0;
    return sum;
}

/* Thirty more pupils in the October of a year bring nothing in it; a year later the school has what
 * one has that had them all along, and no adjustment on top. */
static void test_pupils_after_the_census_are_never_paid_for(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "schools.ash.roll=[50,50,50,50,50,50,20]");
    trust_run_traced(t, 1, 0);
    for (int y = 0; y < 4; y++)
        assert_near(trust_school(t, "ash", y, HR_SC_PUPILS, 0), 350.0, 1e-12);
    assert_true(income(t, "ash", 0) == 320.0 * 5800.0 + 140000.0);
    for (int y = 1; y < 4; y++)
        assert_true(income(t, "ash", y) == income(t, "beech", y));
    trust_free(t);
}

static double roll_funds(const trust *t, const char *id, int year)
{
    return trust_posted_by(t, HR_L_ROLL_FUNDS, year, id);
}

/* From 320 pupils to 350: fourteen above growth of 5 %, at half the rate. From 380 to 350: eleven
 * below a fall of 5 %, a year later, when the grant has lost them. */
static void test_roll_funds_of_growth_and_fall(void **state)
{
    (void)state;
    static const char rolls[] =
        "schools = ( { id = \"ash\"; roll = [50,50,50,50,50,50,20]; }, { id "
        "= \"beech\"; roll = [50,50,50,50,50,50,80]; }, { id = \"cedar\"; "
        "roll_before = 400; } );";
    trust *t = TRUST(TRUST_STILL, N, rolls, "funding.growth_share=0.5", "funding.falling_share=0.8",
                     "reserves_policy.target=3");
    trust *without = TRUST(TRUST_STILL, N, rolls, "reserves_policy.target=3");
    trust_run_traced(t, 1, 0);
    trust_run_traced(without, 1, 0);
    assert_true(roll_funds(t, "ash", 0) == 0.5 * 14.0 * 5000.0);
    assert_true(roll_funds(t, "ash", 1) == 0.0);
    assert_true(roll_funds(t, "beech", 0) == 0.0);
    assert_true(roll_funds(t, "beech", 1) == 0.8 * 11.0 * 5000.0);
    assert_true(roll_funds(t, "beech", 2) == 0.0);
    assert_true(roll_funds(t, "cedar", 0) == 0.8 * 30.0 * 5000.0); /* the census before the first */
    assert_true(roll_funds(t, "elm", 0) == 0.0);
    for (int y = 0; y < 4; y++) {
        const double paid = trust_line(t, HR_L_ROLL_FUNDS, y, 0);
        assert_true(trust_metric(t, HR_M_IN_YEAR_BALANCE, y, 0) ==
                    trust_metric(without, HR_M_IN_YEAR_BALANCE, y, 0) + paid);
        assert_true(trust_metric(t, HR_M_RECURRENT_BALANCE, y, 0) ==
                    trust_metric(without, HR_M_RECURRENT_BALANCE, y, 0));
        assert_true(trust_state(t, HR_TS_GAP, y, 0, -1) ==
                    trust_state(without, HR_TS_GAP, y, 0, -1));
        assert_true(trust_metric(t, HR_M_GRANT, y, 0) == trust_metric(without, HR_M_GRANT, y, 0));
    }
    trust_free(t);
    trust_free(without);
}

/* Places, nursery and sixth-form money, and schools that fill, have none; a joiner has its months.
 */
static void test_whom_roll_funds_are_for(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, N, "years=3", "funding.growth_share=1", "funding.growth_from_pct=0",
        "schools = ( { id = \"yew\"; phase = \"special\"; ages = [4, 16]; roll = "
        "[20,20,20,20,20,20,20,20,20,20,20,5]; pan = 20; reserves = 0; grade = \"good\"; },"
        " { id = \"sixth\"; phase = \"post16\"; ages = [16, 18]; roll = [200, 20]; grade = "
        "\"good\"; reserves = 0; } );",
        "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = "
        "[50,50,50,50,50,50,20]; pan = 50; grade = \"good\"; route = \"converter\"; stage = "
        "\"agreement\"; wished = \"2027-01\"; balance = 0; }, { id = \"new\"; phase = \"primary\"; "
        "ages = [4, 7]; roll = 60; pan = 60; open_groups = 1; grade = \"good\"; route = "
        "\"free_school\"; stage = \"agreement\"; wished = \"2026-09\"; } );");
    trust_run_traced(t, 1, 0);
    assert_true(roll_funds(t, "fir", 0) == 30.0 * 5000.0 * 8.0 / 12.0);
    assert_true(trust_school(t, "yew", 0, HR_SC_PUPILS, 0) > 225.0 + 10.0);
    assert_true(trust_school(t, "sixth", 0, HR_SC_PUPILS, 0) > 220.0);
    for (int y = 0; y < 3; y++) {
        assert_true(roll_funds(t, "yew", y) == 0.0);
        assert_true(roll_funds(t, "sixth", y) == 0.0);
    }
    /* A year group of sixty more each year: full in the third, and then funded on the census
     * before.
     */
    for (int y = 0; y < 3; y++) {
        assert_near(trust_school(t, "new", y, HR_SC_PUPILS, 0), 60.0 * (y + 1), 1e-12);
        assert_true(roll_funds(t, "new", y) == (y < 2 ? 0.0 : 60.0 * 5000.0));
    }
    trust_free(t);
}

static void test_a_given_grant_is_that_of_the_first_year(void **state)
{
    (void)state;
    /* On every path, though the council's formula, the needs and the floor would have said
     * otherwise. */
    static const char *const given[] = {"schools.ash.grant=1700000", "schools.ash.grant=2500000",
                                        "schools.ash.grant=2000001"};
    for (int k = 0; k < 3; k++) {
        trust *t = TRUST(TRUST_F, N, given[k], "years=3");
        hr_batch *b = trust_open(t, 1);
        trust_year(b, 0);
        const double said = k == 0 ? 1700000.0 : k == 1 ? 2500000.0 : 2000001.0;
        for (int i = 0; i < N; i++)
            assert_true(trust_of(t, b->grant_posted, "ash")[i] == said);
        trust_free(t);
    }
}

static void test_the_floor_binds(void **state)
{
    (void)state;
    /* 350 x 5,500 = 1,925,000 is above 1,890,000; 350 x 5,300 = 1,855,000 is not. */
    trust *high =
        TRUST(TRUST_STILL, N,
              "funding.minimum_per_pupil={ primary = 5500; ks3 = 0; ks4 = 0; post16 = 0; }");
    trust *low =
        TRUST(TRUST_STILL, N,
              "funding.minimum_per_pupil={ primary = 5300; ks3 = 0; ks4 = 0; post16 = 0; }");
    trust_run_traced(high, 1, 0);
    trust_run_traced(low, 1, 0);
    assert_true(grant(high, "ash", 0) == 1925000.0);
    assert_true(grant(low, "ash", 0) == 1890000.0);
    assert_true(grant(high, "oak", 0) == 6540000.0);
    trust_free(high);
    trust_free(low);
}

static void test_the_guarantee_keeps_the_rate_and_not_the_budget(void **state)
{
    (void)state;
    /* The basic rate falls from 4,000 to 3,000 in the second year. At -0.5 % the pupil-led rate may
     * fall from 5,000 to 4,975 and no further; the lump sum is not guarded. At -5 % it may fall to
     * 4,750. */
    static const char fall[] = "funding.basic={ primary = (( \"2026/27\", 4000 ), ( \"2027/28\", "
                               "3000 )); ks3 = 5000; ks4 = 6000; post16 = 5500; }";
    trust *t = TRUST(TRUST_STILL, N, fall, "funding.guarantee_pct=-0.5");
    trust_run_traced(t, 1, 0);
    assert_true(grant(t, "ash", 1) == 350.0 * 4975.0 + 140000.0);
    assert_true(grant(t, "ash", 2) == hr_nearest(350.0 * 4975.0 * 0.995 + 140000.0));
    trust_free(t);
    trust *loose = TRUST(TRUST_STILL, N, fall);
    trust_run_traced(loose, 1, 0);
    assert_true(grant(loose, "ash", 1) == 350.0 * 4750.0 + 140000.0);
    trust_free(loose);
    /* A rate that rises is not held back. */
    trust *rise = TRUST(TRUST_STILL, N,
                        "funding.basic={ primary = (( \"2026/27\", 4000 ), ( \"2027/28\", 4400 )); "
                        "ks3 = 5000; ks4 = 6000; post16 = 5500; }");
    trust_run_traced(rise, 1, 0);
    assert_true(grant(rise, "ash", 1) == 350.0 * 5400.0 + 140000.0);
    trust_free(rise);
}

static void test_the_sixth_form_is_funded_apart(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, N, "schools.oak.ages=[11,18]", "schools.oak.roll=1150",
              "schools.oak.roll_before=1150", "schools.oak.post16=150",
              "funding.minimum_per_pupil={ primary = 0; ks3 = 9000; ks4 = 9000; post16 = 0; }");
    trust_run_traced(t, 1, 0);
    /* The floor of 1,000 x 9,000 leaves the sixth form's 150 x 5,500 out. */
    assert_true(grant(t, "oak", 0) == 9000000.0 + 825000.0);
    trust_free(t);
}

static void test_special_schools_are_funded_by_places(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "schools = ( { id = \"yew\"; phase = \"special\"; ages = [4, 16]; roll = 90; "
                     "roll_before = 90; pan = 20; places = 100; grade = \"good\"; reserves = 0; },"
                     " { id = \"zelkova\"; phase = \"special\"; ages = [4, 16]; roll = 90; "
                     "roll_before = 90; pan = 20; grade = \"good\"; reserves = 0; } );");
    trust_run_traced(t, 1, 0);
    const int yew = trust_school_index(t, "yew");
    assert_true(grant(t, "yew", 0) == 1000000.0);
    assert_true(grant(t, "zelkova", 0) == 900000.0); /* as many places as pupils */
    assert_true(trust_posted(t, HR_L_TOP_UP, 0, yew) == 90.0 * 14000.0);
    assert_true(trust_posted(t, HR_L_OTHER_INCOME, 0, yew) == 90.0 * 800.0);
    trust_free(t);
}

static void test_a_filling_school_is_funded_on_its_own_numbers(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "years=5",
                     "candidates = ( { id = \"new\"; phase = \"primary\"; ages = [4, 7]; roll = "
                     "60; pan = 60; open_groups = 1; grade = \"good\";"
                     " route = \"free_school\"; stage = \"agreement\"; wished = \"+12\"; } );");
    trust_run_traced(t, 1, 0);
    for (int y = 1; y < 5; y++) {
        const double pupils = trust_school(t, "new", y, HR_SC_PUPILS, 0);
        assert_true(pupils > 0.0);
        const double before = y > 1 ? trust_school(t, "new", y - 1, HR_SC_PUPILS, 0) : pupils;
        const double funded = pupils < 180.0 ? pupils : before < 180.0 ? before : 180.0;
        assert_true(grant(t, "new", y) == funded * 5000.0 + 140000.0);
    }
    trust_free(t);
}

static void test_part_of_a_year(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, N,
        "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [3, 11]; roll = 370; nursery = "
        "20; pan = 50; grade = \"good\";"
        " route = \"converter\"; stage = \"agreement\"; wished = \"2027-01\"; balance = 0; } );");
    trust_run_traced(t, 1, 0);
    const int fir = trust_school_index(t, "fir");
    assert_true(grant(t, "fir", 0) == 1890000.0 * 8.0 / 12.0);
    assert_true(trust_posted(t, HR_L_EARLY_YEARS, 0, fir) == 20 * 3000.0 * 8.0 / 12.0);
    assert_true(grant(t, "fir", 1) == 1890000.0);
    trust_free(t);
}

static void test_dated_grants_start_and_end(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "dated_grants = ( { id = \"fund\"; per_pupil = 10; per_school = 1500; "
                     "cost_share = 0.6; from_year = \"2027/28\"; until_year = \"2028/29\"; } );");
    trust_run_traced(t, 1, 0);
    const int ash = trust_school_index(t, "ash");
    for (int y = 0; y < 4; y++) {
        const double due = y == 1 || y == 2 ? 5000.0 : 0.0;
        assert_true(trust_posted(t, HR_L_DATED_GRANTS, y, ash) == due);
        assert_true(trust_posted(t, HR_L_DATED_COSTS, y, ash) == -0.6 * due);
    }
    assert_true(trust_line(t, HR_L_DATED_GRANTS, 1, 0) == 5 * 1500.0 + 2400 * 10.0);
    trust_free(t);
}

static void test_the_lump_sum_is_not_for_a_nursery(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "schools = ( { id = \"tots\"; phase = \"nursery\"; ages = [3, 4]; roll = 40; "
                     "nursery = 40; grade = \"good\"; reserves = 0; roll_sd_pct = 0.0; } );");
    trust_run_traced(t, 1, 0);
    assert_true(grant(t, "tots", 0) == 0.0);
    assert_true(trust_posted_by(t, HR_L_EARLY_YEARS, 0, "tots") == 120000.0);
    assert_true(trust_metric(t, HR_M_GRANT, 0, 0) == 14100000.0);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_census_funds_the_next_year),
        cmocka_unit_test(test_pupils_after_the_census_are_never_paid_for),
        cmocka_unit_test(test_roll_funds_of_growth_and_fall),
        cmocka_unit_test(test_whom_roll_funds_are_for),
        cmocka_unit_test(test_a_given_grant_is_that_of_the_first_year),
        cmocka_unit_test(test_the_floor_binds),
        cmocka_unit_test(test_the_guarantee_keeps_the_rate_and_not_the_budget),
        cmocka_unit_test(test_the_sixth_form_is_funded_apart),
        cmocka_unit_test(test_special_schools_are_funded_by_places),
        cmocka_unit_test(test_a_filling_school_is_funded_on_its_own_numbers),
        cmocka_unit_test(test_part_of_a_year),
        cmocka_unit_test(test_dated_grants_start_and_end),
        cmocka_unit_test(test_the_lump_sum_is_not_for_a_nursery),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
