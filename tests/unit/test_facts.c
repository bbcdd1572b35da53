/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sixteen facts that any plausible trust must show with the national defaults: orders of size that
 * a finance director would expect of five schools with 2,500 pupils (fixture F), of F with an
 * inadequate primary that joins by order on 1 January (G), and of three small primaries. Ranges are
 * the expectation's own, not the model's. Each test has the fact's number; fact 2, that the
 * top-slice moves no pound of the trust's reserves, is test_reserves_do_not_depend_on_it of
 * test_topslice.c. */
#include <dirent.h>
#include <stdio.h>

#include "analysis/result.h"
#include "headroom/report.h"
#include "headroom/run.h"
#include "support/config_case.h"
#include "support/near.h"
#include "support/trust.h"

enum { N = 256, BATCHES = 16, PATHS = N * BATCHES };

#define OPEN_GATE                                                                                  \
    "growth_policy = { max_joins_per_year = 100; max_capacity_use_pct = 10000.0; "                 \
    "max_onboarding_use_pct = 10000.0;"                                                            \
    " min_reserves_pct = -1000.0; max_schools_below_good = 1000; approval = { green = 1.0; amber " \
    "= 1.0; red = 1.0; }; };"
#define NO_BUDGET "budget = { response = 0.0; recovery_response = 0.0; spend_above_pct = 0.0; };"
#define FIR_OF(more)                                                                               \
    "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = 210; pan = 30; "   \
    "grade = \"inadequate\"; slip_months = 0.0; opens_chance = 1.0; stage = \"agreement\"; " more  \
    " } );"
#define JOINER                                                                                     \
    "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = 210; pan = 30; "   \
    "grade = \"inadequate\";"                                                                      \
    " route = \"sponsored\"; stage = \"order\"; wished = \"2027-01\"; opens_chance = 1.0; } );"

/* A metric of every future in some years, into x[year][path]. */
static void collect(trust *t, hr_metric m, int from, int years, double x[][PATHS])
{
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int y = 0; y < years; y++)
            for (int i = 0; i < N; i++)
                x[y][k * N + i] = trust_metric(t, m, from + y, i);
    }
}

static double mean(const double x[PATHS])
{
    double sum = 0.0;
    for (int i = 0; i < PATHS; i++)
        sum += x[i];
    return sum / PATHS;
}

static double deviation(const double x[PATHS])
{
    const double middle = mean(x);
    double square = 0.0;
    for (int i = 0; i < PATHS; i++)
        square += (x[i] - middle) * (x[i] - middle);
    return sqrt(square / (PATHS - 1));
}

static double median(double x[PATHS])
{
    qsort(x, PATHS, sizeof *x, hr_compare_doubles);
    return x[PATHS / 2];
}

static double (*space(int years))[PATHS]
{
    double(*x)[PATHS] = calloc((size_t)years, sizeof *x);
    assert_non_null(x);
    return x;
}

static void topslice_is(double pounds, const char *a, const char *b, const char *c)
{
    trust *t = trust_new(TRUST_F, N, (const char *const[]){a, b, c, NULL});
    double(*x)[PATHS] = space(1);
    collect(t, HR_M_TOPSLICE_INCOME, 0, 1, x);
    assert_within(mean(x[0]), pounds, 0.1 * pounds);
    free(x);
    trust_free(t);
}

static void test_1_top_slice_income(void **state)
{
    (void)state;
    static const char primary[] =
        "schools = ( { id = \"oak\"; phase = \"primary\"; ages = [4, 11]; pan = 150; } );";
    topslice_is(890000, "years=1", NULL, NULL);
    topslice_is(760000, "years=1", primary, NULL);
    topslice_is(530000, "start_year=2018/19", primary, "topslice.rate_pct=5");
}

static void test_3_reserves_spread(void **state)
{
    (void)state;
    double(*x)[PATHS] = space(4);
    trust *f = TRUST(TRUST_F, N, "years=4");
    collect(f, HR_M_RESERVES_PCT, 0, 4, x);
    const double one = deviation(x[0]), four = deviation(x[3]);
    assert_true(one > 1.4 && one < 2.6);
    assert_true(four / one > 1.6 && four / one < 2.2);
    trust_free(f);
    trust *small = TRUST(TRUST_F, N, "years=4",
                         "schools = ( { id = \"elm\"; remove = true; }, { id = \"oak\"; remove = "
                         "true; }, { id = \"ash\"; roll = 150; roll_before = 150; pan = 22; },"
                         " { id = \"beech\"; roll = 150; roll_before = 150; pan = 22; }, { id = "
                         "\"cedar\"; roll = 150; roll_before = 150; pan = 22; } );");
    collect(small, HR_M_RESERVES_PCT, 0, 4, x);
    const double few = deviation(x[0]);
    assert_true(few > 2.2 && few < 3.4);
    assert_true(deviation(x[3]) / few > 1.6 && deviation(x[3]) / few < 2.2);
    trust_free(small);
    free(x);
}

/* Reserves on a full year of income the year a joiner arrives: nothing is lost, and the same pounds
 * are over a larger income. */
static void test_4_dilution(void **state)
{
    (void)state;
#define CONVERTER                                                                                  \
    "route = \"converter\"; wished = \"2027-01\"; conditions = ( { id = \"private-finance\"; "     \
    "chance = 0.0; } ); "
    trust *f = TRUST(TRUST_F, N, "years=1");
    trust *g = TRUST(TRUST_F, N, "years=1", FIR_OF(CONVERTER "balance = 90000;"));
    trust *bare = TRUST(TRUST_F, N, "years=1", FIR_OF(CONVERTER "balance = 0;"));
    trust_run(f, 1);
    trust_run(g, 1);
    trust_run(bare, 1);
    hr_batch *b = trust_open(g, 1);
    trust_year(b, 0);
    const double *joiner = trust_of(g, b->income_full, "fir");
    for (int i = 0; i < N; i++) {
        const double brought =
            trust_metric(g, HR_M_RESERVES, 0, i) - trust_metric(bare, HR_M_RESERVES, 0, i);
        const double income =
            100.0 * trust_metric(f, HR_M_RESERVES, 0, i) / trust_metric(f, HR_M_RESERVES_PCT, 0, i);
        assert_true(brought == 90000.0);
        assert_near(trust_metric(g, HR_M_RESERVES_PCT, 0, i),
                    100.0 * (trust_metric(bare, HR_M_RESERVES, 0, i) + brought) /
                        (income + joiner[i]),
                    1e-9);
    }
    trust_free(f);
    trust_free(g);
    trust_free(bare);
}

/* Thirty primary pupils fewer in October leave the grant and the teachers of the year as they are,
 * take 125,000 to 160,000 of the next year's grant, and one class, 62,000 to 75,000 at the prices
 * of that October, of the teachers a year or two later. */
static void test_5_thirty_pupils(void **state)
{
    (void)state;
    static const char still[] =
        "world_drivers = { teacher_pay = { known_pct = 0.0; }; funding_known_pct = 0.0; };";
    trust *many = TRUST(TRUST_F, N, "years=3", NO_BUDGET, still);
    trust *few = TRUST(TRUST_F, N, "years=3", NO_BUDGET, still,
                       "schools = ( { id = \"ash\"; retention_pct = ( (\"2026/27\", 91.47), "
                       "(\"2027/28\", 100.8) ); } );");
    hr_batch *m = trust_open(many, 1), *l = trust_open(few, 1);
    const int ash = trust_school_index(many, "ash");
    double gone[N], rate = 0.0;
    int closed = 0;
    for (int y = 0; y < 3; y++) {
        trust_year(m, y);
        trust_year(l, y);
        for (int i = 0; i < N; i++) {
            const double less = trust_of(many, m->grant_posted, "ash")[i] -
                                trust_of(few, l->grant_posted, "ash")[i];
            const double taught = hr_of(m->cost, ash * HR_N_cost + HR_cost_TEACHERS, N)[i],
                         taught_less = hr_of(l->cost, ash * HR_N_cost + HR_cost_TEACHERS, N)[i];
            if (y == 0)
                gone[i] = trust_of(many, m->roll, "ash")[i] - trust_of(few, l->roll, "ash")[i];
            if (y == 0)
                assert_true(less == 0.0 && taught == taught_less);
            if (y == 1) {
                assert_within(less, gone[i] * trust_of(many, m->led_rate, "ash")[i], 1.0);
                rate += 30.0 * less / gone[i] / N;
            }
            const bool one =
                y > 0 &&
                trust_of(many, m->classes, "ash")[i] - trust_of(few, l->classes, "ash")[i] == 1.0;
            closed += one;
            if (one)
                assert_true(taught - taught_less > 62000.0 && taught - taught_less < 75000.0);
        }
    }
    assert_true(rate > 125000.0 && rate < 160000.0);
    assert_true(closed > N / 2);
    trust_free(many);
    trust_free(few);
}

static void test_6_staff_cost(void **state)
{
    (void)state;
    double(*x)[PATHS] = space(3);
    trust *t = TRUST(TRUST_F, N, "years=3");
    collect(t, HR_M_STAFF_COST_PCT, 0, 3, x);
    for (int y = 0; y < 3; y++)
        assert_true(mean(x[y]) > 74.0 && mean(x[y]) < 83.0);
    trust_free(t);
    free(x);
    /* Of a special school 76 to 86. A school outside 68 to 90 is warned of: test_config_check.c. */
    trust *special = TRUST(TRUST_F, N, "years=1",
                           "schools = ( { id = \"sun\"; phase = \"special\"; ages = [4, 16]; roll "
                           "= 120; grade = \"good\"; } );");
    hr_batch *b = trust_open(special, 1);
    trust_year(b, 0);
    double share = 0.0;
    for (int i = 0; i < N; i++)
        share += 100.0 * trust_of(special, b->staff, "sun")[i] /
                 trust_of(special, b->income, "sun")[i] / N;
    assert_true(share > 76.0 && share < 86.0);
    trust_free(special);
}

/* In-year balance of the second year, % of income, with awards of one point more in that year that
 * bring no grant and that no budget answers. */
static double balance_of(const char *awards)
{
    trust *t = TRUST(
        TRUST_F, N, "years=2",
        "budget = { response = 0.0; recovery_response = 0.0; spend_above_pct = 0.0; };",
        "world_drivers.funding_known_pct=(( \"2026/27\", 2.0 ), ( \"2027/28\", 2.0 ))", awards);
    trust_run(t, 1);
    double sum = 0.0;
    for (int i = 0; i < N; i++)
        sum += 100.0 * trust_metric(t, HR_M_IN_YEAR_BALANCE, 1, i) /
               trust_metric(t, HR_M_INCOME, 1, i) / N;
    trust_free(t);
    return sum;
}

static void test_7_a_point_of_pay(void **state)
{
    (void)state;
    /* Support staff: seven months of last April's award, so 12/7 of a point then is a point this
     * year. */
    const double base = balance_of(
        "world_drivers = { teacher_pay = { known_pct = ( (\"2026/27\", 3.0), (\"2027/28\", 3.0) ); "
        "}; support_pay = { known_pct = ( (\"2026/27\", 0.0), (\"2027/28\", 0.0) ); }; };");
    const double teachers = balance_of(
        "world_drivers = { teacher_pay = { known_pct = ( (\"2026/27\", 3.0), (\"2027/28\", 4.0) ); "
        "}; support_pay = { known_pct = ( (\"2026/27\", 0.0), (\"2027/28\", 0.0) ); }; };");
    const double all = balance_of(
        "world_drivers = { teacher_pay = { known_pct = ( (\"2026/27\", 3.0), (\"2027/28\", 4.0) ); "
        "}; support_pay = { known_pct = ( (\"2026/27\", 1.7142857), (\"2027/28\", 0.0) ); }; };");
    assert_within(teachers - base, -0.53, 0.08);
    assert_within(all - base, -0.77, 0.08);
}

/* A named candidate gives the month it wishes: what is drawn is by how much it slips. The months
 * from inspection to opening are in test_facts_joining.c. */
static void test_8_when_a_directed_joiner_opens(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, N, "years=1", JOINER);
    double on_time = 0.0, three = 0.0, six = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        const hr_batch *b = trust_open(t, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++) {
            const double late = b->ready[i] - 4.0;
            on_time += late < 1.0;
            three += late >= 3.0;
            six += late >= 6.0;
        }
    }
    assert_within(on_time / PATHS, 0.31, 0.08);
    assert_within(three / PATHS, 0.40, 0.08);
    assert_within(six / PATHS, 0.12, 0.05);
    trust_free(t);
}

/* What an inadequate primary of one form of entry costs the trust outside its own budget, in a year
 * from opening on 1 September: gross 115,000 to 260,000, less its top-slice 55,000 to 195,000, with
 * a pre-opening grant a net cost of -50,000 to 110,000. Without the grant it is paid back after
 * three to six years. */
static void test_9_what_a_weak_school_costs_at_first(void **state)
{
    (void)state;
    enum { LONG = 7 };
    static const hr_line line[] = {HR_L_BOUGHT_IN, HR_L_JOINER_COSTS, HR_L_JOINER_ONE_OFF,
                                   HR_L_JOIN_COSTS, HR_L_LEADER_DAYS};
    trust *g = TRUST(TRUST_F, N, "years=7", FIR_OF("route = \"sponsored\"; wished = \"2026-09\";"));
    trust *f = TRUST(TRUST_F, N, "years=7");
    double gross[LONG] = {0.0}, topslice[LONG] = {0.0}, grants = 0.0;
    for (int k = 0; k < BATCHES; k++) {
        trust_run(g, 1 + (uint64_t)k * N);
        trust_run(f, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++) {
            grants += trust_line(g, HR_L_JOINING_GRANTS, 0, i) / PATHS;
            for (int y = 0; y < LONG; y++) {
                for (size_t l = 0; l < sizeof line / sizeof line[0]; l++)
                    gross[y] -=
                        (trust_line(g, line[l], y, i) - trust_line(f, line[l], y, i)) / PATHS;
                topslice[y] +=
                    (trust_line(g, HR_L_TOPSLICE, y, i) - trust_line(f, HR_L_TOPSLICE, y, i)) /
                    PATHS;
            }
        }
    }
    const double net = gross[0] - topslice[0];
    assert_true(gross[0] > 115000.0 && gross[0] < 260000.0);
    assert_true(net > 55000.0 && net < 195000.0);
    assert_true(net - grants > -50000.0 && net - grants < 110000.0);
    int years = 0;
    for (double left = 0.0; years < LONG && (years == 0 || left > 0.0); years++)
        left += gross[years] - topslice[years];
    assert_true(years > 3 && years <= 6);
    trust_free(g);
    trust_free(f);
}

static double middle_of(trust *t, hr_metric m)
{
    double(*x)[PATHS] = space(1);
    collect(t, m, 0, 1, x);
    const double middle = median(x[0]);
    free(x);
    trust_free(t);
    return middle;
}

/* Days of leaders alone, of heads and specialist leaders, and of one lead for improvement: the fact
 * counts neither the executive's own days nor days bought in, so both are left out here. */
static void test_10_days_needed(void **state)
{
    (void)state;
#define OWN_DAYS                                                                                   \
    "capacity = { improvement_base_days = 0.0; bought_in_days = 0.0; self_rating = [3, 3, 3, 3, "  \
    "3, 3, 3, 3, 3, 3, 3, 3]; };"
#define LEAD                                                                                       \
    "centre = { posts = ( { id = \"lead\"; cost = 80000; improvement_days = 130; vacancy = 0.0; "  \
    "} ); };"
#define DIRECTED FIR_OF("route = \"sponsored\"; wished = \"2026-09\";")
    const double need = middle_of(TRUST(TRUST_F, N, "years=1"), HR_M_CAPACITY_NEED_DAYS);
    assert_within(need, 70.0, 0.25 * 70.0);
    const double joined =
        middle_of(TRUST(TRUST_F, N, "years=1", DIRECTED), HR_M_CAPACITY_NEED_DAYS);
    assert_within(joined - need, 104.0, 0.25 * 104.0);
    assert_within(
        middle_of(TRUST(TRUST_F, N, "years=1", OWN_DAYS, LEAD), HR_M_CAPACITY_SUPPLY_DAYS), 203.0,
        0.25 * 203.0);
    assert_within(middle_of(TRUST(TRUST_F, N, "years=1", OWN_DAYS), HR_M_CAPACITY_SUPPLY_DAYS),
                  86.0, 0.25 * 86.0);
    static const char *const more[] = {NULL, DIRECTED};
    static const double use[2][2] = {{34.0, 81.0}, {86.0, 200.0}}; /* with a lead, without */
    for (int g = 0; g < 2; g++) {
        const double with =
            middle_of(TRUST(TRUST_F, N, "years=1", OWN_DAYS, LEAD, more[g]), HR_M_CAPACITY_USE_PCT);
        const double without =
            middle_of(TRUST(TRUST_F, N, "years=1", OWN_DAYS, more[g]), HR_M_CAPACITY_USE_PCT);
        assert_within(with, use[g][0], 0.25 * use[g][0]);
        assert_within(without, use[g][1], 0.25 * use[g][1]);
    }
}

/* Of trusts with two to six schools 47 in 100 had more 4.7 years later, 32 two more and 9 six more;
 * 17 were gone. The pace differs from trust to trust: joins of those still there have a mean of 1.9
 * and a variance of 8.0, and a pace drawn once for each future, gamma with the shape 0.59 and the
 * mean 1.9 / 4.7 a year, is fitted to these two. The three chances were not fitted to. The national
 * defaults of a pipeline are one trust's, not the sector's: see docs/verification-of-the-engine.md.
 */
static void test_11_growth(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, N, "years=5", OPEN_GATE,
                     "pipeline = ( { id = \"near\"; slots = 24; wanted = 24; share = 1.0; "
                     "opens_chance = 1.0; slip_months = 0.0; route = \"transfer\"; phase = "
                     "\"primary\"; ages = [4, 11]; roll = 240; supply_a_year = { dist = \"gamma\"; "
                     "shape = 0.59; scale = 0.685; }; } );");
    double more[3] = {0.0};
    static const double least[3] = {1.0, 2.0, 6.0}, chance[3] = {0.47, 0.32, 0.09},
                        tolerance[3] = {0.06, 0.06, 0.04};
    for (int k = 0; k < BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * N);
        for (int i = 0; i < N; i++)
            for (int c = 0; c < 3; c++) /* 4.7 years: between the ends of two years */
                more[c] += 0.3 * (trust_metric(t, HR_M_JOINED, 3, i) >= least[c]) +
                           0.7 * (trust_metric(t, HR_M_JOINED, 4, i) >= least[c]);
    }
    for (int c = 0; c < 3; c++)
        assert_within((1.0 - 0.17) * more[c] / PATHS, chance[c], tolerance[c]);
    trust_free(t);
}

/* What a joiner's 90,000 pounds become of the trust's reserves, on every future. */
static double follows(const char *plus, const char *minus)
{
    trust *surplus = TRUST(TRUST_F, N, "years=1", plus);
    trust *deficit = TRUST(TRUST_F, N, "years=1", minus);
    trust_run(surplus, 1);
    trust_run(deficit, 1);
    const double apart =
        trust_metric(surplus, HR_M_RESERVES, 0, 0) - trust_metric(deficit, HR_M_RESERVES, 0, 0);
    for (int i = 0; i < N; i++) {
        assert_true(trust_metric(surplus, HR_M_RESERVES, 0, i) -
                        trust_metric(deficit, HR_M_RESERVES, 0, i) ==
                    apart);
        assert_true(2.0 * trust_line(surplus, HR_L_BALANCE_BROUGHT, 0, i) == apart);
    }
    trust_free(surplus);
    trust_free(deficit);
    return apart;
}

static void test_12_a_joiner_on_1_january(void **state)
{
    (void)state;
#define BY_ORDER(balance)                                                                          \
    FIR_OF("route = \"sponsored\"; wished = \"2027-01\"; balance = " balance ";")
#define BY_CHOICE(balance) FIR_OF(CONVERTER "balance = " balance ";")
    assert_true(follows(BY_ORDER("90000"), BY_ORDER("-90000")) == 0.0);
    assert_true(follows(BY_CHOICE("90000"), BY_CHOICE("-90000")) == 180000.0);
    trust *f = TRUST(TRUST_F, N, "years=1");
    trust *part = TRUST(TRUST_F, N, "years=1", BY_ORDER("0"));
    trust *whole =
        TRUST(TRUST_F, N, "years=1", FIR_OF("route = \"sponsored\"; wished = \"2026-09\";"));
    trust_run(f, 1);
    trust_run(part, 1);
    trust_run(whole, 1);
    for (int i = 0; i < N; i++) {
        const double without = trust_metric(f, HR_M_TOPSLICE_INCOME, 0, i);
        const double year = trust_metric(whole, HR_M_TOPSLICE_INCOME, 0, i) - without;
        assert_true(year > 0.0);
        assert_within(trust_metric(part, HR_M_TOPSLICE_INCOME, 0, i) - without, year * 8.0 / 12.0,
                      1.0);
    }
    trust_free(f);
    trust_free(part);
    trust_free(whole);
}

/* Four schools with 3,100 pupils become five on 1 January 2027: the test of September 2027 is the
 * first that they pass, and the money comes from April 2028, five months before that year ends. On
 * the plain case, where no bid is won. */
static void test_13_the_first_allocation_is_april_2028(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, 32, "years=3",
                     "schools = ( { id = \"ash\"; remove = true; }, { id = \"oak\"; roll = 1975; "
                     "roll_before = 1975; pan = 395; } );",
                     BY_ORDER("0"));
    hr_batch *b = trust_open(t, 0);
    const hr_params_estate *e = &t->plan->params->scenario.estate;
    static const double months[3] = {0.0, 5.0, 12.0}, passed[3] = {0.0, 1.0, 1.0};
    for (int y = 0; y < 3; y++) {
        trust_year(b, y);
        double year = 0.0;
        for (int s = 0; s < t->plan->schools; s++)
            year += hr_set(b, e->formula_per_pupil[t->plan->school[s].par->phase])[0] *
                    hr_of(b->roll_1, s, 32)[0];
        assert_near(hr_of(b->metric, (int)HR_M_ESTATE_FUNDING * 3 + y, 32)[0],
                    year * months[y] / 12.0, 1e-12);
        assert_true(hr_of(b->metric, (int)HR_M_SCA_ELIGIBLE * 3 + y, 32)[0] == passed[y]);
    }
    assert_near(hr_of(b->metric, (int)HR_M_PUPILS * 3, 32)[0], 3310.0, 0.03);
    trust_free(t);
}

static void test_14_no_trust_dies_of_arithmetic(void **state)
{
    (void)state;
    double(*x)[PATHS] = space(10);
    trust *t = TRUST(TRUST_F, N, "years=10");
    collect(t, HR_M_RESERVES_PCT, 0, 10, x);
    double below = 0.0;
    for (int i = 0; i < PATHS; i++)
        below += x[9][i] < 0.0;
    assert_true(below / PATHS > 0.03 && below / PATHS < 0.20);
    for (int y = 0; y < 10; y++) {
        const double middle = median(x[y]);
        assert_true(middle > 4.0 && middle < 13.0);
    }
    trust_free(t);
    free(x);
}

static void all_at_once(const char *path)
{
    hr_scenario *s = load_sound(path, NULL, 0);
    hr_diags *d = hr_diags_new();
    hr_result *r = NULL;
    const hr_run_options o = {.seed = TRUST_SEED, .paths = 1024, .threads = 1};
    assert_int_equal(hr_run(&r, s, &o, d), HR_OK);
    double least = 1.0;
    for (int q = 0; q < r->targets; q++)
        least = fmin(least, r->target[q].p.value);
    assert_true(r->targets > 0 && r->targets_all.value <= least);
    char *text = hr_report_summary(r); /* with the plan's arithmetic before the verdict */
    assert_non_null(text);
    assert_non_null(strstr(text, "The plan's arithmetic, by counting alone"));
    hr_text_free(text);
    hr_result_free(r);
    hr_diags_free(d);
    hr_scenario_free(s);
}

/* Every scenario of a real trust that ships. */
static void test_15_all_targets_are_no_likelier_than_one(void **state)
{
    (void)state;
    DIR *folder = opendir("scenarios/trusts");
    assert_non_null(folder);
    int plans = 0;
    for (const struct dirent *e; (e = readdir(folder)) != NULL;) {
        const char *end = strrchr(e->d_name, '.');
        if (end == NULL || strcmp(end, ".cfg") != 0)
            continue;
        char path[300];
        snprintf(path, sizeof path, "scenarios/trusts/%s", e->d_name);
        all_at_once(path);
        plans++;
    }
    closedir(folder);
    assert_true(plans > 0);
}

static void test_16_nursery_children_bring_no_grant(void **state)
{
    (void)state;
    trust *f = TRUST(TRUST_F, N, "years=2");
    trust *n = TRUST(TRUST_F, N, "years=2",
                     "schools = ( { id = \"tots\"; phase = \"nursery\"; ages = [3, 4]; roll = 52; "
                     "nursery = 52; grade = \"good\"; reserves = 0; } );");
    trust_run(f, 1);
    trust_run_traced(n, 1, 3);
    for (int i = 0; i < N; i++)
        assert_true(trust_metric(n, HR_M_GRANT, 0, i) == trust_metric(f, HR_M_GRANT, 0, i));
    for (int y = 0; y < 2; y++)
        assert_true(trust_posted_by(n, HR_L_GRANT, y, "tots") == 0.0);
    trust_free(f);
    trust_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_1_top_slice_income),
        cmocka_unit_test(test_3_reserves_spread),
        cmocka_unit_test(test_4_dilution),
        cmocka_unit_test(test_5_thirty_pupils),
        cmocka_unit_test(test_6_staff_cost),
        cmocka_unit_test(test_7_a_point_of_pay),
        cmocka_unit_test(test_8_when_a_directed_joiner_opens),
        cmocka_unit_test(test_9_what_a_weak_school_costs_at_first),
        cmocka_unit_test(test_10_days_needed),
        cmocka_unit_test(test_11_growth),
        cmocka_unit_test(test_12_a_joiner_on_1_january),
        cmocka_unit_test(test_13_the_first_allocation_is_april_2028),
        cmocka_unit_test(test_14_no_trust_dies_of_arithmetic),
        cmocka_unit_test(test_15_all_targets_are_no_likelier_than_one),
        cmocka_unit_test(test_16_nursery_children_bring_no_grant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
