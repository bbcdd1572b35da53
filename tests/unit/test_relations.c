/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Relations of money: what must hold between two runs with the same luck that differ in one thing,
 * on every future, whatever the numbers are. The gate is held open and, where money would feed
 * back, the spring budget is off, so that each is exact. Relations of schools and joins are in
 * test_relations_growth.c, of risks in test_relations_risks.c; docs/verification-of-the-engine.md
 * lists them all. */
#include "model/schema.h"
#include "stoch/sampler.h"
#include "support/pair.h"

#define PAIR(path, ...) TRUST((path), PAIR_LANES, __VA_ARGS__)
#define JOINER                                                                                     \
    "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [4, 11]; roll = 210; pan = 30; "   \
    "grade = \"inadequate\"; route = \"sponsored\"; stage = \"order\"; wished = \"2027-01\"; } );"

/* ---- reserves ---- */

static void assert_no_more_deficits(const trust *a, const trust *b, int y, int i)
{
    static const hr_risk risk[] = {HR_R_RESERVES_BELOW_5PCT, HR_R_RESERVES_BELOW_ZERO,
                                   HR_R_CENTRAL_DEFICIT,     HR_R_ANY_SCHOOL_DEFICIT,
                                   HR_R_IN_YEAR_DEFICIT,     HR_R_TWO_YEAR_DEFICIT};
    assert_true(pair_more(a, b, HR_M_SCHOOLS_IN_DEFICIT, y, i) <= 0.0);
    assert_true(pair_more(a, b, HR_M_SCHOOLS_IN_YEAR_DEFICIT, y, i) <= 0.0);
    for (size_t r = 0; r < sizeof risk / sizeof risk[0]; r++)
        assert_true(trust_risk(b, risk[r], y, i) <= trust_risk(a, risk[r], y, i));
}

static bool as_much_more(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++) {
        assert_true(pair_more(a, b, HR_M_RESERVES, y, i) == 100000.0);
        assert_no_more_deficits(a, b, y, i);
    }
    return true;
}

static bool ever_more(const trust *a, const trust *b, int i)
{
    double more = 100000.0;
    for (int y = 0; y < a->years; y++) {
        assert_true(pair_more(a, b, HR_M_RESERVES, y, i) >= more);
        more = pair_more(a, b, HR_M_RESERVES, y, i);
        assert_no_more_deficits(a, b, y, i);
    }
    assert_true(more > 100000.0 || trust_metric(b, HR_M_RESERVES, 0, i) <= 0.0);
    return true;
}

#define HELD(pounds)                                                                               \
    "schools = ( { id = \"elm\"; reserves = 20000; }, { id = \"oak\"; reserves = " pounds "; } );"

/* A hundred thousand pounds more stay to the pound where the budget never asks what is held, and
 * nothing is earned on them. */
static void test_more_opening_reserves_never_raise_deficits(void **state)
{
    (void)state;
    static const char unasked[] = "reserves_policy = { target = -100; interest_pct = 0.0; }; "
                                  "budget = { spend_above_pct = 0.0; rebuild_pct = 0.0; };";
    pair_run(PAIR(TRUST_F, "years=6", PAIR_OPEN_GATE, JOINER, unasked, HELD("100000")),
             PAIR(TRUST_F, "years=6", PAIR_OPEN_GATE, JOINER, unasked, HELD("200000")),
             as_much_more);
}

/* With interest, which is income of the centre, they become more; the budget is off. */
static void test_more_opening_reserves_with_interest_grow_apart(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_F, "years=6", PAIR_OPEN_GATE, JOINER, PAIR_NO_BUDGET, HELD("100000")),
             PAIR(TRUST_F, "years=6", PAIR_OPEN_GATE, JOINER, PAIR_NO_BUDGET, HELD("200000")),
             ever_more);
}

static bool interest_on_what_was_held(const trust *a, const trust *b, int i)
{
    double held = b->out.opening[i], sum = 0.0;
    for (int y = 0; y < a->years; y++) {
        const double interest = hr_nearest(0.03 * fmax(held, 0.0));
        assert_true(trust_line(a, HR_L_INTEREST, y, i) == 0.0);
        assert_within(trust_line(b, HR_L_INTEREST, y, i), interest, 1.0);
        sum += trust_line(b, HR_L_INTEREST, y, i);
        assert_true(pair_more(a, b, HR_M_RESERVES, y, i) == sum);
        held = trust_metric(b, HR_M_RESERVES, y, i);
    }
    return true;
}

static void test_interest_is_earned_on_what_was_held_and_adds_to_it(void **state)
{
    (void)state;
    pair_run(
        PAIR(TRUST_F, PAIR_OPEN_GATE, JOINER, PAIR_NO_BUDGET, "reserves_policy.interest_pct=0"),
        PAIR(TRUST_F, PAIR_OPEN_GATE, JOINER, PAIR_NO_BUDGET, "reserves_policy.interest_pct=3"),
        interest_on_what_was_held);
}

static bool from_schools_to_centre(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++) {
        assert_true(pair_more(a, b, HR_M_RESERVES, y, i) == 0.0);
        assert_true(pair_more(a, b, HR_M_CENTRAL_RESERVES, y, i) > 0.0);
        assert_true(pair_more(a, b, HR_M_LOWEST_SCHOOL_RESERVES_PCT, y, i) < 0.0);
        assert_true(pair_more(a, b, HR_M_SCHOOLS_IN_DEFICIT, y, i) >= 0.0);
        assert_true(pair_more(a, b, HR_M_GRANT, y, i) == 0.0);
    }
    return true;
}

/* Central spending is fixed: told posts and a sum. */
static void test_a_higher_top_slice_moves_reserves_to_the_centre(void **state)
{
    (void)state;
    static const char fixed[] = "centre = { non_pay = 700000; posts = ( { id = \"ceo\"; cost = "
                                "120000; } ); };";
    pair_run(PAIR(TRUST_F, PAIR_OPEN_GATE, JOINER, PAIR_NO_BUDGET, fixed, "topslice.rate_pct=3"),
             PAIR(TRUST_F, PAIR_OPEN_GATE, JOINER, PAIR_NO_BUDGET, fixed, "topslice.rate_pct=8"),
             from_schools_to_centre);
}

/* ---- income and cost ---- */

static bool balance_is_lower(const trust *a, const trust *b, int i)
{
    assert_true(pair_more(a, b, HR_M_IN_YEAR_BALANCE, 0, i) == 0.0);
    for (int y = 1; y < a->years; y++) {
        assert_true(pair_more(a, b, HR_M_IN_YEAR_BALANCE, y, i) < 0.0);
        assert_true(pair_more(a, b, HR_M_GRANT, y, i) == 0.0);
    }
    return true;
}

/* One point more of an award, with a grant that is known whatever the award. */
static void test_a_higher_award_lowers_every_balance(void **state)
{
    (void)state;
    static const char known[] = "world_drivers.funding_known_pct=2";
    pair_run(
        PAIR(TRUST_F, "years=4", PAIR_OPEN_GATE, JOINER, PAIR_NO_BUDGET, known,
             "world_drivers.teacher_pay.known_pct=(( \"2026/27\", 3.0 ), ( \"2027/28\", 3.0 ))"),
        PAIR(TRUST_F, "years=4", PAIR_OPEN_GATE, JOINER, PAIR_NO_BUDGET, known,
             "world_drivers.teacher_pay.known_pct=(( \"2026/27\", 3.0 ), ( \"2027/28\", 4.0 ))"),
        balance_is_lower);
}

static bool grant_is_spent(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++) {
        assert_true(pair_more(a, b, HR_M_RESERVES, y, i) == 0.0);
        assert_true(pair_more(a, b, HR_M_INCOME, y, i) > 0.0 || y > 1);
        assert_true(pair_more(a, b, HR_M_INCOME, y, i) == pair_more(a, b, HR_M_SPENDING, y, i));
    }
    return true;
}

static void test_a_dated_grant_spent_on_its_purpose_moves_no_reserves(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_F, "years=4", PAIR_OPEN_GATE, JOINER),
             PAIR(TRUST_F, "years=4", PAIR_OPEN_GATE, JOINER,
                  "dated_grants = ( { id = \"more\"; per_pupil = 123; per_school = 4567; "
                  "cost_share = 1.0; until_year = \"2027/28\"; } );"),
             grant_is_spent);
}

static bool met_by_its_grant(const trust *a, const trust *b, int i)
{
    const double postings = 2.0 * a->plan->schools;
    for (int y = 0; y < a->years; y++) {
        assert_within(pair_more(a, b, HR_M_IN_YEAR_BALANCE, y, i), 0.0, postings);
        assert_true(y == 0 || pair_more(a, b, HR_M_SPENDING, y, i) > 100000.0);
    }
    return true;
}

static void test_a_pension_step_met_by_its_grant_moves_no_balance(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_STILL, PAIR_LIVELY),
             PAIR(TRUST_STILL, PAIR_LIVELY,
                  "costs = { pension_step_pct = ( (\"2027/28\", 5.0), (\"2028/29\", 0.0) ); "
                  "pension_grant_share = 1.0; };"),
             met_by_its_grant);
}

static bool grant_is_no_lower(const trust *a, const trust *b, int i)
{
    bool more = false;
    for (int y = 0; y < a->years; y++) {
        assert_true(pair_more(a, b, HR_M_GRANT, y, i) >= 0.0);
        assert_true(pair_more(a, b, HR_M_PUPILS, y, i) == 0.0);
        more = more || pair_more(a, b, HR_M_GRANT, y, i) > 0.0;
    }
    return more;
}

static void test_a_higher_guarantee_never_lowers_grant(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, JOINER, "funding.guarantee_pct=-1.5"),
             PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, JOINER, "funding.guarantee_pct=2.5"),
             grant_is_no_lower);
}

static void test_a_higher_floor_never_lowers_grant(void **state)
{
    (void)state;
    static const char low[] = "funding.minimum_per_pupil={ primary = 5000; ks3 = 6000; ks4 = 6500; "
                              "post16 = 0; }";
    static const char high[] = "funding.minimum_per_pupil={ primary = 5900; ks3 = 7300; ks4 = "
                               "7900; post16 = 0; }";
    pair_run(PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, JOINER, low),
             PAIR(TRUST_F, "years=5", PAIR_OPEN_GATE, JOINER, high), grant_is_no_lower);
}

/* ---- the unit of money ---- */

static bool in_pounds(const hr_field *f)
{
    return f->unit != NULL && strncmp(f->unit, "GBP", 3) == 0;
}

static void double_quantity(hr_params *p, hr_real real)
{
    hr_quantity *q = (hr_quantity *)(void *)((char *)p + p->quantities.at) + real;
    const bool two = q->family != HR_DIST_LOGNORMAL, drawn = q->kind >= HR_QUANTITY_FUTURE;
    char *points = (char *)p + q->points.at;
    q->value *= 2.0;
    q->low *= 2.0;
    q->high *= 2.0;
    q->dist[0] *= 2.0;
    q->dist[1] *= two ? 2.0 : 1.0; /* a lognormal's deviation is of the logarithm */
    q->dist[2] *= 2.0;
    for (uint32_t k = 0; q->kind == HR_QUANTITY_SERIES && k < q->points.count; k++)
        ((hr_point *)(void *)points)[k].value *= 2.0;
    const uint32_t values = q->family == HR_DIST_DISCRETE ? q->points.count / 2 : q->points.count;
    for (uint32_t k = 0; drawn && k < values; k++)
        ((double *)(void *)points)[k] *= 2.0;
}

static void double_group(hr_params *p, const hr_group *group, char *at);

static void double_rows(hr_params *p, const hr_group *group, hr_span span)
{
    for (uint32_t r = 0; r < span.count; r++)
        double_group(p, group, (char *)p + span.at + r * group->bytes);
}

/* Every figure in pounds of a group and of the groups inside it. */
static void double_group(hr_params *p, const hr_group *group, char *at)
{
    for (int f = 0; f < group->fields; f++) {
        const hr_field *field = &group->field[f];
        void *x = at + field->offset;
        if (field->type == HR_TYPE_ONE)
            double_group(p, hr_schema_find(field->child), x);
        if (field->type == HR_TYPE_ROWS && strcmp(field->key, "candidates") != 0)
            double_rows(p, hr_schema_find(field->child), *(const hr_span *)x);
        if (!in_pounds(field))
            continue;
        const int members =
            field->type == HR_TYPE_BY ? hr_choice_count((hr_choice_set)field->set) : 1;
        for (int k = 0; k < members && (field->type == HR_TYPE_BY || field->type == HR_TYPE_REAL);
             k++)
            double_quantity(p, ((const hr_real *)x)[k]);
        if (field->type == HR_TYPE_NUMBER)
            *(double *)x *= 2.0;
    }
}

/* The same trust in a unit of half a pound. */
static trust *doubled(trust *t)
{
    hr_params *p = (hr_params *)(uintptr_t)t->scenario->params;
    double_group(p, hr_schema_find("scenario"), (char *)&p->scenario);
    double_rows(p, hr_schema_find("candidate"), p->candidates);
    const char *why = NULL;
    hr_worker_free(t->worker);
    t->plan = hr_plan_new(p, t->arena, &why);
    assert_non_null(t->plan);
    t->worker = hr_worker_new(t->plan, NULL, 0, t->lanes);
    assert_non_null(t->worker);
    return t;
}

static bool a_pound_decides(hr_metric m)
{
    return m == HR_M_SCHOOLS_IN_DEFICIT || m == HR_M_SCHOOLS_IN_YEAR_DEFICIT ||
           m == HR_M_SCHOOLS_RECURRENT_DEFICIT || m == HR_M_EARLY_WARNING;
}

static bool twice_the_money(const trust *a, const trust *b, int i)
{
    for (int m = 0; m < HR_METRICS; m++)
        for (int y = 0; y < a->years; y++) {
            const double x = trust_metric(a, (hr_metric)m, y, i),
                         z = trust_metric(b, (hr_metric)m, y, i);
            const bool pounds = strcmp(HR_METRIC_ROWS[m].unit, "GBP") == 0;
            const double roundings = 40.0 * (a->plan->schools + 1) * (y + 1);
            if (a_pound_decides((hr_metric)m) || (isnan(x) && isnan(z)))
                continue;
            const bool agrees =
                pounds ? fabs(z - 2.0 * x) <= roundings : fabs(z - x) <= 1e-3 * fmax(fabs(x), 1.0);
            if (!agrees)
                fail_msg("%s in year %d: %.17g and %.17g", HR_METRIC_ROWS[m].key, y, x, z);
        }
    return true;
}

/* Every figure in pounds, found by its unit in the table of parameters, is doubled: so is every
 * amount of money, up to a rounding of each posting, and nothing else moves. */
static void test_money_in_another_unit(void **state)
{
    (void)state;
#define SCALED PAIR(TRUST_BENCH, "years=5", PAIR_OPEN_GATE, PAIR_NO_BUDGET)
    pair_run(SCALED, doubled(SCALED), twice_the_money);
}

/* ---- noise ---- */

enum { FUTURES = PAIR_LANES * PAIR_BATCHES };

/* The band of reserves that 90 in 100 futures are in. */
static double band(const char *path, const char *change)
{
    static double x[FUTURES];
    trust *t = PAIR(path, "years=4", change);
    for (int k = 0; k < PAIR_BATCHES; k++) {
        trust_run(t, 1 + (uint64_t)k * PAIR_LANES);
        for (int i = 0; i < PAIR_LANES; i++)
            x[k * PAIR_LANES + i] = trust_metric(t, HR_M_RESERVES, 3, i);
    }
    trust_free(t);
    qsort(x, FUTURES, sizeof *x, hr_compare_doubles);
    return x[FUTURES * 95 / 100] - x[FUTURES * 5 / 100];
}

static void test_wider_noise_widens_the_band(void **state)
{
    (void)state;
    static const char *const sd[][2] = {
        {"world_drivers.sector_sd_pct=0.3", "world_drivers.sector_sd_pct=1.5"},
        {"world_drivers.funding_sd_pct=0.5", "world_drivers.funding_sd_pct=2.5"},
        {"defaults.school.all.entry_sd_pct=2", "defaults.school.all.entry_sd_pct=30"},
        {"defaults.school.phase.primary.cost_sd_pct=1",
         "defaults.school.phase.primary.cost_sd_pct=8"}};
    for (size_t k = 0; k < sizeof sd / sizeof sd[0]; k++)
        assert_true(band(TRUST_F, sd[k][1]) > band(TRUST_F, sd[k][0]));
}

static bool departs_twice_as_far(const trust *a, const trust *b, int i)
{
    for (int y = 0; y < a->years; y++) {
        const double from_plain = trust_line(a, HR_L_VARIATION, y, i);
        assert_within(trust_line(b, HR_L_VARIATION, y, i), 2.0 * from_plain,
                      1.5 * a->plan->schools);
        assert_within(pair_more(a, b, HR_M_IN_YEAR_BALANCE, y, i), from_plain,
                      1.5 * a->plan->schools);
    }
    return true;
}

/* On every future, not only in the band. */
static void test_twice_the_noise_departs_twice_as_far(void **state)
{
    (void)state;
    pair_run(PAIR(TRUST_STILL, "world_drivers.sector_sd_pct=0.7"),
             PAIR(TRUST_STILL, "world_drivers.sector_sd_pct=1.4"), departs_twice_as_far);
}

/* ---- what must not matter ---- */

static void test_names_change_nothing(void **state)
{
    (void)state;
    pair_same(PAIR(TRUST_F, JOINER),
              PAIR(TRUST_F, JOINER, "name = \"Another\"; plan = \"A plan\"; note = \"x\";",
                   "schools = ( { id = \"oak\"; name = \"The Oak Academy\"; church = true; }, { id "
                   "= \"ash\"; name = \"Zed\"; } );",
                   "targets = ( { name = \"Many\"; expr = \"P(pupils > 3000, end)\"; } );"));
}

static void test_designated_reserves_change_nothing(void **state)
{
    (void)state;
    pair_same(PAIR(TRUST_F, JOINER),
              PAIR(TRUST_F, JOINER, "schools.oak.designated=250000", "centre.designated=90000"));
}

/* A rate for all or the same for each phase; a band whose upper end is never asked for, or its
 * lower end. */
static void test_equal_policies_give_equal_results(void **state)
{
    (void)state;
    static const char keep[] = "budget.spend_above_pct=0";
    pair_same(
        PAIR(TRUST_F, JOINER, "topslice.rate_pct=6"),
        PAIR(TRUST_F, JOINER, "topslice.rate_pct={ all = 4.0; primary = 6.0; secondary = 6.0; }"));
    pair_same(PAIR(TRUST_F, JOINER, keep, "reserves_policy.target=6"),
              PAIR(TRUST_F, JOINER, keep,
                   "reserves_policy = { measure = \"band\"; target = 6.0; upper = 9.0; };"));
}

static void test_history_moves_the_early_warning_alone(void **state)
{
    (void)state;
    static const hr_metric warning[] = {HR_M_EARLY_WARNING, HR_METRICS};
    pair_same_metrics_but(
        PAIR(TRUST_F, PAIR_OPEN_GATE, JOINER),
        PAIR(TRUST_F, PAIR_OPEN_GATE, JOINER,
             "history = ( { year = \"2023/24\"; income = 18000000; reserves = 3600000; }, { year = "
             "\"2024/25\"; income = 18000000; reserves = 2400000; } );"),
        warning);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_opening_reserves_never_raise_deficits),
        cmocka_unit_test(test_more_opening_reserves_with_interest_grow_apart),
        cmocka_unit_test(test_interest_is_earned_on_what_was_held_and_adds_to_it),
        cmocka_unit_test(test_a_higher_top_slice_moves_reserves_to_the_centre),
        cmocka_unit_test(test_a_higher_award_lowers_every_balance),
        cmocka_unit_test(test_a_dated_grant_spent_on_its_purpose_moves_no_reserves),
        cmocka_unit_test(test_a_pension_step_met_by_its_grant_moves_no_balance),
        cmocka_unit_test(test_a_higher_guarantee_never_lowers_grant),
        cmocka_unit_test(test_a_higher_floor_never_lowers_grant),
        cmocka_unit_test(test_money_in_another_unit),
        cmocka_unit_test(test_wider_noise_widens_the_band),
        cmocka_unit_test(test_twice_the_noise_departs_twice_as_far),
        cmocka_unit_test(test_names_change_nothing),
        cmocka_unit_test(test_designated_reserves_change_nothing),
        cmocka_unit_test(test_equal_policies_give_equal_results),
        cmocka_unit_test(test_history_moves_the_early_warning_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
