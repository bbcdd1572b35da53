/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining and leaving: who goes through and when, what withdrawal costs, what becomes of balances
 * by route, conditions that delay or lose, the pipeline, onboarding days, and dilution apart from
 * loss. */
#include <stdio.h>

#include "support/near.h"
#include "support/trust.h"

enum { N = 256, BATCHES = 16, PATHS = N * BATCHES };

#define FIR(more) TRUST_FIR("grade = \"good\"; " more)

/* Share of futures in which fir joins in a year (-1: never). */
static double joins_in(const char *candidate, const char *change, int year)
{
    trust *t = trust_new(TRUST_STILL, N, (const char *const[]){candidate, change, NULL});
    double hits = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++)
            hits += trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i) == (double)year;
    }
    trust_free(t);
    return hits / PATHS;
}

/* Chances over 4,096 futures: the standard error is at most 0.0078; five of them are allowed. */
static void test_chance_to_open_by_stage(void **state)
{
    (void)state;
    static const char *const stage[] = {"interest", "governors", "application", "order",
                                        "agreement"};
    static const double chance[] = {0.2, 0.45, 0.75, 0.9, 0.97};
    for (int k = 0; k < 5; k++) {
        char fir[400];
        snprintf(fir, sizeof fir, FIR("route = \"converter\"; stage = \"%s\"; wished = \"+13\";"),
                 stage[k]);
        const double p = joins_in(fir,
                                  "joining.opens_chance={ interest = 0.2; governors = 0.45; "
                                  "application = 0.75; order = 0.9; agreement = 0.97; }",
                                  1);
        assert_within(p, chance[k], 5 * sqrt(chance[k] * (1 - chance[k]) / PATHS));
    }
    const double own = joins_in(
        FIR("route = \"converter\"; stage = \"interest\"; wished = \"+13\"; opens_chance = 0.6;"),
        NULL, 1);
    assert_within(own, 0.6, 0.039);
}

static void test_the_duty_to_make_orders_ended(void **state)
{
    (void)state;
    static const char era[] =
        "joining = { directed_duty_until = \"2027-06\"; after_duty_chance = 0.5; };";
    assert_within(
        joins_in(FIR("route = \"sponsored\"; stage = \"application\"; wished = \"2028-01\";"), era,
                 1),
        0.5, 0.04);
    assert_true(
        joins_in(FIR("route = \"sponsored\"; stage = \"application\"; wished = \"2027-06\";"), era,
                 0) == 1.0);
    assert_true(joins_in(FIR("route = \"sponsored\"; stage = \"order\"; wished = \"2028-01\";"),
                         era, 1) == 1.0);
    assert_true(
        joins_in(FIR("route = \"converter\"; stage = \"application\"; wished = \"2028-01\";"), era,
                 1) == 1.0);
}

static void test_slips_and_conditions_add_up(void **state)
{
    (void)state;
    /* Wished for 1 June 2027 (month 9): 3.5 months of slip and 2 of a condition are month 14.5, so
     * it opens on 1 December 2027, month 15, and has nine months of that year. */
    trust *t = TRUST(TRUST_STILL, 32,
                     FIR("route = \"converter\"; stage = \"agreement\"; wished = \"2027-06\"; "
                         "slip_months = 3.5; conditions = ( { id = \"lease\"; months = 2.0; }, { "
                         "id = \"none\"; chance = 0.0; months = 30; } );"));
    trust_run_traced(t, 1, 0);
    assert_true(trust_candidate(t, "fir", HR_CC_JOIN_YEAR, 0) == 1.0);
    assert_true(trust_event_value(t, HR_TE_JOINED, 1, 0) == 15.0);
    assert_near(trust_state(t, HR_TS_SHARE_OF_YEAR, 1, trust_school_index(t, "fir"), -1),
                9.0 / 12.0, 1e-15);
    assert_true(trust_posted(t, HR_L_JOIN_COSTS, 1, -1) == -40000.0);
    trust_free(t);
}

static void test_conditions_may_lose_a_candidate(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     FIR("route = \"free_school\"; stage = \"order\"; wished = \"+12\"; conditions "
                         "= ( { id = \"cancelled\"; chance = 0.6; if_bites = \"lose\"; } );"));
    double lost = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++) {
            const bool gone = trust_candidate(t, "fir", HR_CC_LOST, i) == 3.0;
            lost += gone;
            assert_true(trust_metric(t, HR_M_WITHDRAWN, 0, i) ==
                        0.0); /* not known before it would have opened */
            assert_true(trust_metric(t, HR_M_WITHDRAWN, 1, i) == (double)gone);
            assert_true(trust_metric(t, HR_M_SCHOOLS, 1, i) == (gone ? 5.0 : 6.0));
        }
    }
    assert_within(lost / PATHS, 0.6, 0.039);
    trust_free(t);
}

static void test_a_candidate_is_lost_once(void **state)
{
    (void)state;
    /* Lost when it would have opened, in month 1; that the register then delays everybody into the
     * next year does not lose it again. */
    trust *t = TRUST(
        TRUST_STILL, 32,
        FIR("route = \"free_school\"; stage = \"order\"; wished = \"+1\"; conditions = ( { id = "
            "\"cancelled\"; chance = 1.0; if_bites = \"lose\"; } );"),
        "risks = ( { id = \"slow\"; chance = 1.0; hits = \"trust\"; delay_months = 12.0; } );");
    trust_run_traced(t, 1, 0);
    assert_int_equal(trust_events(t, HR_TE_LOST_CONDITION, 0, -2), 1);
    for (int year = 1; year < t->out.years; year++)
        assert_int_equal(trust_events(t, HR_TE_LOST_CONDITION, year, -2), 0);
    trust_free(t);
}

/* Due diligence under five heads, where a rating of three costs and a four that stands loses the
 * candidate, a diocese's consent, what private finance, the local pension scheme and bringing terms
 * into line cost: each is a row. */
#define HEAD(id, cost, four)                                                                       \
    "{ id = \"" id "-3\"; cost = " cost "; }, { id = \"" id "-4\"; chance = " four                 \
    "; if_bites = \"lose\"; }, "
#define SPREAD "{ dist = \"triangular\"; min = 5000; mode = 15000; max = 40000; }"
#define FIVE_HEADS(four)                                                                           \
    HEAD("finance", "15000", "0.0")                                                                \
    HEAD("achievement", SPREAD, "0.0")                                                             \
    HEAD("staffing", "11000", "0.0")                                                               \
    HEAD("health-and-safety", "9000", four)                                                        \
    HEAD("facilities", "40000", "0.0")
#define OTHERS                                                                                     \
    "{ id = \"diocese\"; months = 4.0; paid_by = \"centre\"; cost = 2500; }, "                     \
    "{ id = \"private-finance\"; chance = 1.0; months = 0.0; cost_a_year = 30000; "                \
    "lasts_months = 18; }, "                                                                       \
    "{ id = \"local-pension\"; chance = 1.0; cost_pct_of_grant = 0.5; from_months = 0; }, "        \
    "{ id = \"harmonisation\"; chance = 1.0; cost_pct_of_grant = 1.0; from_months = 12; }"
#define DILIGENCE(four)                                                                            \
    FIR("route = \"converter\"; stage = \"order\"; wished = \"2026-11\"; balance = 0; "            \
        "conditions = ( " FIVE_HEADS(four) OTHERS " );")

static void test_all_of_a_joins_conditions_are_rows(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, DILIGENCE("0.0"));
    trust_run_traced(t, 1, 0);
    /* Wished for November and four months later: it opens in March 2027, six months of the year. */
    assert_true(trust_event_value(t, HR_TE_JOINED, 0, 0) == 6.0);
    assert_true(trust_posted(t, HR_L_JOINER_ONE_OFF, 0, -1) == -2500.0);
    double least = 0.0, most = -1e9;
    for (int i = 0; i < N; i++) {
        const double once = -trust_line(t, HR_L_JOINER_ONE_OFF, 0, i) - 2500.0 - 75000.0;
        least = i == 0 || once < least ? once : least;
        most = once > most ? once : most;
    }
    assert_true(least >= 5000.0 && least < 12000.0 && most > 28000.0 && most <= 40000.0);
    const double grant = 350 * 5000.0 + 140000.0;
    assert_true(trust_line(t, HR_L_JOINER_COSTS, 0, 0) ==
                -hr_nearest(0.5 * 30000.0) - hr_nearest(0.5 * 0.005 * grant));
    assert_true(trust_line(t, HR_L_JOINER_COSTS, 1, 0) ==
                -30000.0 - hr_nearest(0.005 * grant) - hr_nearest(0.5 * 0.01 * grant));
    assert_true(trust_line(t, HR_L_JOINER_COSTS, 2, 0) ==
                -hr_nearest(0.005 * grant) - hr_nearest(0.01 * grant));
    trust_free(t);
    trust *four = TRUST(TRUST_STILL, N, DILIGENCE("1.0"));
    trust_run(four, 1);
    for (int i = 0; i < N; i++)
        assert_true(trust_candidate(four, "fir", HR_CC_LOST, i) == 3.0 &&
                    trust_line(four, HR_L_JOINER_ONE_OFF, 0, i) == 0.0);
    trust_free(four);
}

static void test_withdrawal_sinks_its_cost_once(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     FIR("route = \"converter\"; stage = \"application\"; wished = \"+30\"; "
                         "opens_chance = 0.0;"),
                     "joining.sunk_cost={ interest = 1000; governors = 5000; application = 12000; "
                     "order = 18000; agreement = 25000; }");
    trust_run(t, 1);
    double first = 0.0;
    for (int i = 0; i < N; i++) {
        assert_true(trust_candidate(t, "fir", HR_CC_LOST, i) == 2.0);
        double sum = 0.0;
        for (int y = 0; y < 4; y++)
            sum += trust_line(t, HR_L_JOIN_COSTS, y, i);
        assert_true(sum == -12000.0);
        assert_true(trust_metric(t, HR_M_WITHDRAWN, 3, i) == 1.0);
        first += trust_metric(t, HR_M_WITHDRAWN, 1,
                              i); /* in the eighteen months before month 30, evenly */
        assert_true(trust_metric(t, HR_M_WITHDRAWN, 0, i) == 0.0);
    }
    assert_within(first / N, 12.0 / 18.0, 5 * 0.03);
    trust_free(t);
}

/* What the joiner's 90,000 does: pounds brought to the trust. */
static double brought(const char *route, int balance, const char *more)
{
    char fir[500];
    snprintf(fir, sizeof fir,
             FIR("route = \"%s\"; stage = \"agreement\"; wished = \"2027-01\"; balance = %d; %s"),
             route, balance, more);
    trust *t = TRUST(TRUST_STILL, 32, fir), *without = TRUST(TRUST_STILL, 32, NULL);
    trust_run_traced(t, 1, 0);
    trust_run(without, 1);
    const double pounds = trust_line(t, HR_L_BALANCE_BROUGHT, 0, 0);
    assert_true(pounds == trust_posted_by(t, HR_L_BALANCE_BROUGHT, 0, "fir"));
    assert_true(trust_metric(t, HR_M_IN_YEAR_BALANCE, 0, 0) ==
                trust_metric(t, HR_M_RESERVES, 0, 0) - t->out.opening[0] - pounds);
    assert_true(t->out.opening[0] == without->out.opening[0]);
    trust_free(t);
    trust_free(without);
    return pounds;
}

static void test_balances_by_route(void **state)
{
    (void)state;
    assert_true(brought("sponsored", 90000, "") == 0.0);
    assert_true(brought("sponsored", -90000, "") == 0.0);
    assert_true(brought("converter", 90000, "") == 90000.0);
    assert_true(brought("converter", -90000, "") == -90000.0);
    assert_true(brought("converter", 90000, "surplus_follows = false;") == 0.0);
    assert_true(brought("converter", -90000, "surplus_follows = false;") == -90000.0);
    assert_true(brought("sponsored", -90000, "deficit_follows = true;") == -90000.0);
}

static void test_a_merger_brings_all_its_schools(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     "candidates = ( { id = \"acorn\"; route = \"merger\"; stage = \"agreement\"; "
                     "wished = \"+12\"; schools = ("
                     " { id = \"birch\"; phase = \"primary\"; ages = [4, 11]; roll = 210; pan = "
                     "30; grade = \"good\"; reserves = 70000; },"
                     " { id = \"crab\"; phase = \"primary\"; ages = [4, 11]; roll = 140; pan = 20; "
                     "grade = \"requires_improvement\"; reserves = -15000; } ); } );");
    trust_run(t, 1);
    assert_true(trust_metric(t, HR_M_SCHOOLS, 0, 0) == 5.0 &&
                trust_metric(t, HR_M_SCHOOLS, 1, 0) == 7.0);
    assert_true(trust_metric(t, HR_M_JOINED, 1, 0) == 2.0 &&
                trust_metric(t, HR_M_JOINED_GOOD, 1, 0) == 1.0);
    assert_near(trust_metric(t, HR_M_PUPILS, 1, 0), 2750.0, 1e-12);
    assert_true(trust_line(t, HR_L_BALANCE_BROUGHT, 1, 0) == 55000.0);
    assert_true(trust_line(t, HR_L_GRANT, 1, 0) == 14100000.0 + 350 * 5000.0 + 2 * 140000.0);
    trust_free(t);
}

/* A school that joins on the last day but one lowers reserves per cent of income though nothing was
 * lost: (R + b) / (I + i). */
static void test_dilution_on_the_day_of_joining(void **state)
{
    (void)state;
    /* R: 1,599,996 at the year end without it; its own eleventh-month result is in the trust's
     * books. */
    trust *t = TRUST(TRUST_STILL, 32,
                     FIR("route = \"converter\"; stage = \"agreement\"; wished = \"2027-08\"; "
                         "balance = 35000; join_cost = 0;"));
    trust_run_traced(t, 1, 0);
    const int fir = trust_school_index(t, "fir");
    double result = 0.0; /* of its one month */
    for (int l = 0; l < HR_LINES; l++)
        result += l == HR_L_BALANCE_BROUGHT || HR_LINE_ROWS[l].side == HR_SIDE_TRANSFER
                      ? 0.0
                      : trust_posted(t, (hr_line)l, 0, fir);
    const double income = 16020000.0, joiner = 2170000.0;
    assert_true(trust_state(t, HR_TS_FULL_YEAR_INCOME, 0, fir, -1) == joiner);
    assert_near(trust_metric(t, HR_M_RESERVES_PCT, 0, 0),
                100.0 * (1599996.0 + 35000.0 + result) / (income + joiner), 1e-9);
    assert_true(trust_metric(t, HR_M_RESERVES_PCT_ACCOUNTS, 0, 0) >
                trust_metric(t, HR_M_RESERVES_PCT, 0, 0));
    assert_near(trust_metric(t, HR_M_RESERVES_PCT_ACCOUNTS, 0, 0),
                100.0 * trust_metric(t, HR_M_RESERVES, 0, 0) / trust_metric(t, HR_M_INCOME, 0, 0),
                1e-12);
    trust_free(t);
}

/* Dilution in each year of a joiner that opens on a date with a balance; 1,600,000 are held at the
 * start against 16,020,000 of income, and the joiner's own is 2,170,000. */
static void diluted(const char *wished, double balance, double points[4])
{
    char fir[400];
    snprintf(fir, sizeof fir,
             FIR("route = \"converter\"; stage = \"agreement\"; wished = \"%s\"; balance = %.0f;"),
             wished, balance);
    trust *t = TRUST(TRUST_STILL, 32, fir);
    trust_run(t, 1);
    for (int y = 0; y < 4; y++)
        points[y] = trust_metric(t, HR_M_DILUTION_PCT, y, 0);
    trust_free(t);
}

static void test_dilution_is_told_apart_from_results(void **state)
{
    (void)state;
    const double held = 1600000.0, income = 16020000.0, joiner = 2170000.0;
    double points[4];
    diluted("2026-09", 0.0, points);
    const double alone = 100.0 * held / income - 100.0 * held / (income + joiner);
    for (int y = 0; y < 4; y++)
        assert_near(points[y], alone, 1e-12); /* once, in its first year */
    diluted("2027-08", 0.0, points);
    assert_near(points[0], alone, 1e-12); /* of a full year's income, whatever the month */
    diluted("2026-09", -100000.0, points);
    assert_near(points[0], 100.0 * held / income - 100.0 * (held - 100000.0) / (income + joiner),
                1e-12);
    /* What the trust holds for each pound of income, for each of the joiner's own, is neutral. */
    diluted("2026-09", hr_nearest(joiner * held / income), points);
    assert_within(points[0], 0.0, 1e-5);
    diluted("2026-09", 600000.0, points);
    assert_true(points[0] < -1.0);
    /* In its second year the joiner meets what the first left. */
    trust *t = TRUST(TRUST_STILL, 32,
                     FIR("route = \"converter\"; stage = \"agreement\"; wished = \"2027-09\"; "
                         "balance = 50000;"));
    trust_run(t, 1);
    const double then = trust_metric(t, HR_M_RESERVES, 0, 0);
    assert_true(trust_metric(t, HR_M_DILUTION_PCT, 0, 0) == 0.0);
    assert_near(trust_metric(t, HR_M_DILUTION_PCT, 1, 0),
                100.0 * then / income - 100.0 * (then + 50000.0) / (income + joiner), 1e-12);
    trust_free(t);
}

/* A trust that all schools leave, a joiner of the year among them, is still a number. */
static void test_dilution_without_income(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 32,
                     FIR("route = \"converter\"; stage = \"agreement\"; wished = "
                         "\"2026-09\"; balance = 90000;"),
                     "risks = ( { id = \"leave\"; chance = 1.0; hits = \"each_school\"; "
                     "school_leaves = true; } );");
    trust_run(t, 1);
    for (int y = 0; y < 4; y++)
        assert_true(trust_metric(t, HR_M_DILUTION_PCT, y, 0) == 0.0);
    trust_free(t);
}

/* The pipeline: as many as look for a trust and choose this one (Poisson, mean 1.2), at most two a
 * year and four in all. P(0) = 0.3012, P(1) = 0.3614. */
static void test_the_pipeline_is_poisson_up_to_what_is_wanted(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N,
                     "pipeline = ( { id = \"near\"; slots = 4; wanted = 2; supply_a_year = 4.0; "
                     "share = 0.3; open_month = 3;"
                     " route = \"converter\"; stage = \"agreement\"; phase = \"primary\"; ages = "
                     "[4, 11]; roll = 210; grade = \"good\"; } );");
    double none = 0.0, one = 0.0, most = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++) {
            const double joined = trust_metric(t, HR_M_JOINED, 0, i);
            none += joined == 0.0;
            one += joined == 1.0;
            assert_true(joined <= 2.0);
            most += trust_metric(t, HR_M_JOINED, 3, i) == 4.0;
            assert_true(trust_metric(t, HR_M_JOINED, 3, i) <= 4.0);
        }
    }
    assert_within(none / PATHS, 0.3012, 5 * 0.0072);
    assert_within(one / PATHS, 0.3614, 5 * 0.0075);
    assert_true(most > 0.0);
    trust_free(t);
}

static void test_onboarding_days_before_and_after(void **state)
{
    (void)state;
    /* 90 days, opening on 1 January 2028: 54 over the nine months from 1 April 2027, five of them
     * in the first year; the other four and eight of the twelve after in the second; four in the
     * third. */
    trust *t = TRUST(TRUST_STILL, 32,
                     FIR("route = \"converter\"; stage = \"agreement\"; wished = \"2028-01\"; "
                         "onboarding_days = 90;"));
    trust_run(t, 1);
    assert_near(trust_metric(t, HR_M_ONBOARDING_USE_PCT, 0, 0), 100.0 * 54.0 * 5.0 / 9.0 / 180.0,
                1e-12);
    assert_near(trust_metric(t, HR_M_ONBOARDING_USE_PCT, 1, 0),
                100.0 * (54.0 * 4.0 / 9.0 + 36.0 * 8.0 / 12.0) / 180.0, 1e-12);
    assert_near(trust_metric(t, HR_M_ONBOARDING_USE_PCT, 2, 0), 100.0 * 36.0 * 4.0 / 12.0 / 180.0,
                1e-12);
    assert_near(trust_metric(t, HR_M_ONBOARDING_USE_PCT, 3, 0), 0.0, 0);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chance_to_open_by_stage),
        cmocka_unit_test(test_the_duty_to_make_orders_ended),
        cmocka_unit_test(test_slips_and_conditions_add_up),
        cmocka_unit_test(test_conditions_may_lose_a_candidate),
        cmocka_unit_test(test_a_candidate_is_lost_once),
        cmocka_unit_test(test_all_of_a_joins_conditions_are_rows),
        cmocka_unit_test(test_withdrawal_sinks_its_cost_once),
        cmocka_unit_test(test_balances_by_route),
        cmocka_unit_test(test_a_merger_brings_all_its_schools),
        cmocka_unit_test(test_dilution_on_the_day_of_joining),
        cmocka_unit_test(test_dilution_is_told_apart_from_results),
        cmocka_unit_test(test_dilution_without_income),
        cmocka_unit_test(test_the_pipeline_is_poisson_up_to_what_is_wanted),
        cmocka_unit_test(test_onboarding_days_before_and_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
