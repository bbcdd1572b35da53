/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Costs: the opening by kind, classes that open and close, support staff and supplies by pupils,
 * pension steps and their grant, special needs drift, what a joiner stops buying, conditions of
 * joiners. Figures of still.cfg: a primary of 350 spends 2,075,500 besides its top-slice. */
#include "support/near.h"
#include "support/trust.h"

enum { N = 32 };

static void test_opening_spending_by_kind(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, NULL);
    trust_run_traced(t, 1, 0);
    assert_true(trust_posted_by(t, HR_L_TEACHERS, 0, "ash") == -996240.0); /* 48 % */
    assert_true(trust_posted_by(t, HR_L_SUPPORT, 0, "ash") == -684915.0);  /* 33 % */
    assert_true(trust_posted_by(t, HR_L_PREMISES, 0, "ash") == -124530.0); /* 6 % */
    assert_within(trust_posted_by(t, HR_L_ENERGY, 0, "ash"), -51887.5, 0.5);
    assert_within(trust_posted_by(t, HR_L_SUPPLIES, 0, "ash"), -217927.5, 0.5);
    assert_true(trust_posted_by(t, HR_L_TEACHERS, 0, "oak") == -3927280.0); /* 56 % of 7,013,000 */
    trust_free(t);
}

static void test_opening_spending_given(void **state)
{
    (void)state;
    /* Its own spending, the top-slice left out. */
    trust *t = TRUST(TRUST_STILL, N, "schools.ash.spending=2200000");
    trust_run_traced(t, 1, 0);
    assert_true(trust_posted_by(t, HR_L_TEACHERS, 0, "ash") == -hr_nearest(0.48 * 2200000.0));
    trust_free(t);
}

static void test_a_structural_result_repeats(void **state)
{
    (void)state;
    /* -2 % of 2,170,000 is 43,400 a year more than income. */
    trust *t = TRUST(TRUST_STILL, N, "schools = ( { id = \"beech\"; in_year_pct = -2.0; } );",
                     "capacity.leader_day_cost=0");
    trust_run_traced(t, 1, 0);
    const int beech = trust_school_index(t, "beech");
    for (int y = 0; y < 4; y++) {
        const double change =
            trust_state(t, HR_TS_CLOSING_BALANCE, y, beech, -1) -
            (y ? trust_state(t, HR_TS_CLOSING_BALANCE, y - 1, beech, -1) : 200000.0);
        assert_within(change, -43400.0, 3.0); /* five postings, each to the pound */
    }
    trust_free(t);
}

/* Classes: planned on last autumn's census, opened when stretched, closed a year late. */
static void test_classes_open_when_stretched(void **state)
{
    (void)state;
    /* 353 pupils would be fifteen classes of 25, but fourteen stretch by 5 % to 367. */
    trust *t = TRUST(TRUST_STILL, N,
                     "schools = ( { id = \"ash\"; roll = [53, 50, 50, 50, 50, 50, 47]; pan = 53; "
                     "class_stretch_pct = 5.0; } );");
    trust_run_traced(t, 1, 0);
    const int ash = trust_school_index(t, "ash");
    for (int y = 0; y < 4; y++) {
        assert_true(trust_state(t, HR_TS_CLASSES, y, ash, -1) == 14.0);
        assert_near(trust_state(t, HR_TS_TEACHERS, y, ash, -1), 16.8, 1e-12);
    }
    trust_free(t);
    /* Without stretch the fifteenth opens in the year after its pupils came: 350, then 353. */
    trust *tight =
        TRUST(TRUST_STILL, N,
              "schools = ( { id = \"ash\"; roll = [53, 50, 50, 50, 50, 50, 47]; pan = 53; } );");
    trust_run_traced(tight, 1, 0);
    const double first = trust_school(tight, "ash", 0, HR_SC_PUPILS, 0);
    assert_true(first > 350.0);
    assert_true(trust_state(tight, HR_TS_CLASSES, 0, ash, -1) == 14.0);
    assert_true(trust_state(tight, HR_TS_CLASSES, 1, ash, -1) == 15.0);
    trust_free(tight);
}

/* Of 1.2 teachers a class one is the class's own: fourteen classes have 2.8 leaders, and one class
 * fewer saves, and costs once, one teacher. A new school's leaders come with its classes. */
static void test_leaders_stay_when_a_class_closes(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "schools = ( { id = \"ash\"; roll = [30, 50, 50, 50, 50, 50, 50]; pan = 50; "
                     "class_teachers = 1.0; } );");
    trust_run_traced(t, 1, 0);
    const int ash = trust_school_index(t, "ash");
    double before = 14.0; /* 330 pupils */
    int closed = 0;
    for (int y = 0; y < 4; y++) {
        const double classes = trust_state(t, HR_TS_CLASSES, y, ash, -1);
        assert_near(trust_state(t, HR_TS_TEACHERS, y, ash, -1), classes + 2.8, 1e-12);
        const double a_teacher =
            -trust_posted(t, HR_L_TEACHERS, 0, ash) / trust_state(t, HR_TS_TEACHERS, 0, ash, -1);
        assert_within(-trust_posted(t, HR_L_RESTRUCTURING, y, ash),
                      0.5 * (before - classes) * a_teacher, 1.0);
        closed += classes < before;
        before = classes;
    }
    assert_true(closed > 0);
    trust_free(t);
    trust *fills = TRUST(TRUST_STILL, N, "years=3",
                         "candidates = ( { id = \"new\"; phase = \"primary\"; ages = [4, 11]; roll "
                         "= 50; pan = 50; open_groups = 1; class_teachers = 1.0; grade = \"good\"; "
                         "route = \"free_school\"; stage = \"agreement\"; wished = \"+0\"; } );");
    trust_run_traced(fills, 1, 0);
    for (int y = 0; y < 3; y++)
        assert_near(trust_state(fills, HR_TS_TEACHERS, y, trust_school_index(fills, "new"), -1),
                    1.2 * 2.0 * (y + 1), 1e-12);
    trust_free(fills);
}

/* Leaders belong to places, but how many a place has may be planned by year: 1.3 teachers a class,
 * then 1.2, of which one is the class's own. */
static void test_leaders_follow_the_plan_of_the_year(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "schools = ( { id = \"ash\"; class_teachers = 1.0; teachers_per_class = ( "
                     "(\"+0\", 1.3), (\"+2\", 1.2) ); } );");
    trust_run_traced(t, 1, 0);
    const int ash = trust_school_index(t, "ash");
    for (int y = 0; y < 4; y++)
        assert_near(trust_state(t, HR_TS_TEACHERS, y, ash, -1), 14.0 * (y < 2 ? 1.3 : 1.2), 1e-12);
    trust_free(t);
}

static void test_support_and_supplies_follow_pupils(void **state)
{
    (void)state;
    /* 380 pupils become 350 in the first autumn: supplies at once, support staff a year later and
     * by half. */
    trust *t =
        TRUST(TRUST_STILL, N, "schools.ash.roll=[50,50,50,50,50,50,80]", "centre.non_pay=712500");
    trust_run_traced(t, 1, 0);
    const double all = 2242000.0;
    assert_within(trust_posted_by(t, HR_L_SUPPORT, 0, "ash"), -0.33 * all, 0.51);
    assert_within(trust_posted_by(t, HR_L_SUPPORT, 1, "ash"),
                  -0.33 * all * (1.0 + 0.5 * (350.0 / 380.0 - 1.0)), 0.51);
    assert_within(trust_posted_by(t, HR_L_SUPPLIES, 0, "ash"), -0.105 * all * 350.0 / 380.0, 0.51);
    assert_true(trust_posted_by(t, HR_L_PREMISES, 3, "ash") ==
                trust_posted_by(t, HR_L_PREMISES, 0, "ash"));
    trust_free(t);
}

static void test_pension_steps_and_their_grant(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, N,
        "costs = { pension_step_pct = ( (\"2026/27\", 0.0), (\"2027/28\", 4.0), (\"2028/29\", "
        "2.0), (\"2029/30\", 0.0) );"
        " pension_grant_share = ( (\"2026/27\", 1.0), (\"2028/29\", 0.5), (\"2029/30\", 0.0) );"
        " local_pension_step_pct = ( (\"2026/27\", 0.0), (\"2028/29\", -1.5), (\"2029/30\", 0.0) "
        "); };");
    trust_run_traced(t, 1, 0);
    assert_true(trust_posted_by(t, HR_L_TEACHERS, 0, "ash") == -996240.0);
    assert_true(trust_posted_by(t, HR_L_TEACHERS, 1, "ash") == -hr_nearest(996240.0 * 1.04));
    assert_true(trust_posted_by(t, HR_L_TEACHERS, 2, "ash") == -hr_nearest(996240.0 * 1.06));
    assert_true(trust_posted_by(t, HR_L_PENSION_GRANT, 1, "ash") == hr_nearest(996240.0 * 0.04));
    assert_true(trust_posted_by(t, HR_L_PENSION_GRANT, 2, "ash") ==
                hr_nearest(996240.0 * 0.05)); /* half of the second step */
    assert_true(trust_posted_by(t, HR_L_PENSION_GRANT, 3, "ash") == 0.0);
    assert_true(trust_posted_by(t, HR_L_SUPPORT, 1, "ash") == -684915.0);
    assert_true(trust_posted_by(t, HR_L_SUPPORT, 3, "ash") == -hr_nearest(684915.0 * 0.985));
    trust_free(t);
}

static void test_special_needs_drift_adds_up(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, "schools.ash.needs_drift_pct=0.3");
    trust_run_traced(t, 1, 0);
    for (int y = 0; y < 4; y++)
        assert_true(trust_posted_by(t, HR_L_NEEDS_DRIFT, y, "ash") ==
                    -hr_nearest(2170000.0 * 0.003 * y));
    trust_free(t);
}

static void test_noise_of_a_school_falls_with_its_size(void **state)
{
    (void)state;
    /* 4 % at 250 pupils is 4 x sqrt(250 / 350) at 350; over 2,048 futures a deviation is known
     * to 1.6 %. */
    enum { WIDE = 256 };
    trust *t = TRUST(TRUST_STILL, WIDE, "schools.ash.cost_sd_pct=4", "schools.ash.cost_sd_size=250",
                     "years=1");
    double square = 0.0, sum = 0.0;
    for (int k = 0; k < 8; k++) {
        trust_run(t, 1 + (uint64_t)k * WIDE);
        for (int i = 0; i < WIDE; i++) {
            const double x = trust_line(t, HR_L_VARIATION, 0, i);
            sum += x;
            square += x * x;
        }
    }
    const double sd = 2170000.0 * 0.04 * sqrt(250.0 / 350.0);
    assert_near(sqrt(square / 2048), sd, 5 * 0.016);
    assert_within(sum / 2048, 0.0, 5 * sd / sqrt(2048.0));
    trust_free(t);
}

#define JOINER(more)                                                                               \
    TRUST_FIR(                                                                                     \
        "grade = \"good\"; route = \"converter\"; stage = \"agreement\"; wished = \"2027-01\"; "   \
        "balance = 0; " more)

static void test_what_a_joiner_stops_buying(void **state)
{
    (void)state;
    /* 3 % of a grant of 1,890,000 is 56,700 a year once it has stopped, in a straight line over
     * twelve months from 1 January: on average a third of it in the eight months to August; a year
     * on, four more months (average five sixths) and eight whole. The joiner pays no top-slice out
     * of its opening spending. */
    trust *t = TRUST(TRUST_STILL, N, JOINER("displaced_pct = 3.0; displaced_months = 12;"));
    trust_run_traced(t, 1, 0);
    const double saved[] = {56700.0 / 3.0 * 8.0 / 12.0, 56700.0 * (4.0 * 5.0 / 6.0 + 8.0) / 12.0,
                            56700.0};
    for (int y = 0; y < 3; y++) {
        assert_within(trust_posted_by(t, HR_L_DISPLACED, y, "fir"), saved[y], 0.51);
        assert_within(trust_posted_by(t, HR_L_SUPPLIES, y, "fir"),
                      -0.105 * 2170000.0 * (y == 0 ? 8.0 / 12.0 : 1.0), 0.51);
    }
    assert_true(trust_posted_by(t, HR_L_DISPLACED, 2, "ash") == 0.0);
    trust_free(t);
}

static void test_savings_by_buying_together_start_in_the_second_year(void **state)
{
    (void)state;
    /* 1 % of premises and supplies, 16.5 % of 2,170,000, from the thirteenth month: eight of twelve
     * months. */
    trust *t = TRUST(TRUST_STILL, N, JOINER("savings_pct = 1.0;"));
    trust_run_traced(t, 1, 0);
    const double saved = 0.01 * 0.165 * 2170000.0;
    assert_true(trust_posted_by(t, HR_L_DISPLACED, 0, "fir") == 0.0);
    assert_within(trust_posted_by(t, HR_L_DISPLACED, 1, "fir"), saved * 8.0 / 12.0, 0.51);
    assert_within(trust_posted_by(t, HR_L_DISPLACED, 2, "fir"), saved, 0.51);
    trust_free(t);
}

static void test_conditions_cost_what_they_say(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, N,
        JOINER(
            "conditions = ("
            " { id = \"lease\"; cost = 12000; paid_by = \"school\"; },"
            " { id = \"grant\"; cost = -70000; paid_by = \"centre\"; },"
            " { id = \"head\"; cost_a_year = 48000; lasts_months = 18; paid_by = \"centre\"; },"
            " { id = \"terms\"; cost_pct_of_grant = 1.0; from_months = 12; paid_by = \"school\"; },"
            " { id = \"never\"; chance = 0; cost = 99999; } );"));
    trust_run_traced(t, 1, 0);
    assert_true(trust_posted_by(t, HR_L_JOINER_ONE_OFF, 0, "fir") == -12000.0);
    assert_true(trust_posted(t, HR_L_JOINING_GRANTS, 0, -1) == 70000.0);
    assert_true(trust_posted(t, HR_L_JOINER_COSTS, 0, -1) == -32000.0); /* eight months of 48,000 */
    assert_true(trust_posted(t, HR_L_JOINER_COSTS, 1, -1) == -40000.0); /* ten more */
    assert_true(trust_posted(t, HR_L_JOINER_COSTS, 2, -1) == 0.0);
    assert_true(trust_posted_by(t, HR_L_JOINER_COSTS, 0, "fir") == 0.0);
    assert_true(trust_posted_by(t, HR_L_JOINER_COSTS, 1, "fir") ==
                -12600.0); /* eight months of 18,900 */
    assert_true(trust_posted_by(t, HR_L_JOINER_COSTS, 2, "fir") == -18900.0);
    assert_true(trust_line(t, HR_L_JOINER_ONE_OFF, 1, 0) == 0.0);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opening_spending_by_kind),
        cmocka_unit_test(test_opening_spending_given),
        cmocka_unit_test(test_a_structural_result_repeats),
        cmocka_unit_test(test_classes_open_when_stretched),
        cmocka_unit_test(test_leaders_stay_when_a_class_closes),
        cmocka_unit_test(test_leaders_follow_the_plan_of_the_year),
        cmocka_unit_test(test_support_and_supplies_follow_pupils),
        cmocka_unit_test(test_pension_steps_and_their_grant),
        cmocka_unit_test(test_special_needs_drift_adds_up),
        cmocka_unit_test(test_noise_of_a_school_falls_with_its_size),
        cmocka_unit_test(test_what_a_joiner_stops_buying),
        cmocka_unit_test(test_savings_by_buying_together_start_in_the_second_year),
        cmocka_unit_test(test_conditions_cost_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
