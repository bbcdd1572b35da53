/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate: each policy refuses when its figure is beyond its limit and only then; what is refused
 * waits and is lost; the order in which candidates are decided; a signed agreement is not asked.
 * Figures of still.cfg: 5 schools, 2,400 pupils, reserves 1,600,000 on an income of 16,020,000, 74
 * days needed of 158. */
#include <stdio.h>

#include "support/near.h"
#include "support/trust.h"

enum { N = 32 };

#define FIR(more)                                                                                  \
    TRUST_FIR("route = \"converter\"; stage = \"order\"; wished = \"+1\"; distance_km = 12; "      \
              "score = 0.7; balance = 0; " more)
#define GOOD "grade = \"good\";"
#define WEAK "grade = \"requires_improvement\";"

static void passes(const char *candidate, const char *limit)
{
    trust *t = TRUST(TRUST_STILL, N, candidate, limit);
    trust_run(t, 1);
    for (int i = 0; i < N; i++) {
        if (trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i) != 0.0)
            fail_msg("refused although %s", limit);
        assert_true(trust_candidate(t, "fir", HR_CC_REFUSED, i) == 0.0);
        assert_true(trust_metric(t, HR_M_JOINED, 0, i) == 1.0 &&
                    trust_metric(t, HR_M_SCHOOLS, 0, i) == 6.0);
    }
    trust_free(t);
}

/* Refused in three years for this reason alone, then lost. */
static void refuses(const char *candidate, const char *limit, hr_policy policy)
{
    trust *t = TRUST(TRUST_STILL, N, candidate, limit);
    trust_run(t, 1);
    for (int i = 0; i < N; i++) {
        if (trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i) != -1.0)
            fail_msg("joined although %s", limit);
        assert_true(trust_candidate(t, "fir", HR_CC_REFUSED, i) == (double)(1u << policy));
        assert_true(trust_candidate(t, "fir", HR_CC_LOST, i) == 1.0);
        assert_true(trust_metric(t, HR_M_REFUSED, 1, i) == 0.0 &&
                    trust_metric(t, HR_M_REFUSED, 2, i) == 1.0);
        assert_true(trust_metric(t, HR_M_SCHOOLS, 3, i) == 5.0);
    }
    trust_free(t);
}

static void test_pace(void **state)
{
    (void)state;
    passes(FIR(GOOD), "growth_policy.max_joins_per_year=1");
    refuses(FIR(GOOD), "growth_policy.max_joins_per_year=0", HR_P_PACE);
    passes(FIR(GOOD), "growth_policy = { max_joins_per_year = 0; extra_if_good = 1; };");
    refuses(FIR(WEAK), "growth_policy = { max_joins_per_year = 0; extra_if_good = 1; };",
            HR_P_PACE);
}

static void test_schools(void **state)
{
    (void)state;
    passes(FIR(GOOD), "growth_policy.max_schools=6");
    refuses(FIR(GOOD), "growth_policy.max_schools=5", HR_P_SCHOOLS);
}

static void test_pupils(void **state)
{
    (void)state;
    passes(FIR(GOOD), "growth_policy.max_pupils=2750");
    refuses(FIR(GOOD), "growth_policy.max_pupils=2749", HR_P_PUPILS);
}

static void test_size(void **state)
{
    (void)state;
    passes(FIR(GOOD), "growth_policy = { min_joiner_pupils = 350; max_joiner_pupils = 350; };");
    refuses(FIR(GOOD), "growth_policy.min_joiner_pupils=351", HR_P_SIZE);
    refuses(FIR(GOOD), "growth_policy.max_joiner_pupils=349", HR_P_SIZE);
    /* Nursery children count: they are 26 of the 350. */
    static const char nursery[] = "candidates = ( { id = \"fir\"; phase = \"primary\"; ages = [3, "
                                  "11]; roll = 350; nursery = 26; "
                                  "pan = 50; grade = \"good\"; route = \"converter\"; stage = "
                                  "\"order\"; wished = \"+1\"; } );";
    passes(nursery, "growth_policy.min_joiner_pupils=350");
}

/* All schools of a merging trust count together. */
static void test_size_of_a_merging_trust(void **state)
{
    (void)state;
    static const char two[] =
        "candidates = ( { id = \"fir\"; route = \"merger\"; stage = \"order\"; wished = \"+1\"; "
        "balance = 0; schools = ( { id = \"fa\"; phase = \"primary\"; ages = [4, 11]; roll = 100; "
        "}, "
        "{ id = \"fb\"; phase = \"primary\"; ages = [4, 11]; roll = 120; } ); } );";
    trust *t = TRUST(TRUST_STILL, N, two, "growth_policy.max_joiner_pupils=220");
    trust_run(t, 1);
    assert_true(trust_candidate(t, "fir", HR_CC_JOIN_YEAR, 0) == 0.0);
    trust_free(t);
    trust *large = TRUST(TRUST_STILL, N, two, "growth_policy.max_joiner_pupils=219");
    trust_run(large, 1);
    assert_true(trust_candidate(large, "fir", HR_CC_JOIN_YEAR, 0) == -1.0);
    assert_true(trust_candidate(large, "fir", HR_CC_REFUSED, 0) == (double)(1u << HR_P_SIZE));
    trust_free(large);
}

/* Fir's income is 350 x (4,000 + 1,000 + 800) + 140,000 = 2,170,000. */
static void test_deficit(void **state)
{
    (void)state;
    passes(FIR(GOOD), "candidates.fir.balance=-108500");
    static const char *const limit = "growth_policy.max_joiner_deficit_pct=5";
    static const struct {
        const char *more;
        bool in;
    } c[] = {{"balance = -108500;", true},
             {"balance = -109000;", false},
             {"balance = 900000;", true},
             {"balance = -109000; deficit_follows = false;", false}};
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        char fir[400];
        snprintf(fir, sizeof fir,
                 TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"order\"; wished = "
                           "\"+1\"; %s"),
                 c[k].more);
        if (c[k].in)
            passes(fir, limit);
        else
            refuses(fir, limit, HR_P_DEFICIT);
    }
}

/* Ash and beech spend more than they have in every year: two closed years are known in the third.
 */
static void test_deficit_schools(void **state)
{
    (void)state;
    static const char poor[] =
        "schools = ( { id = \"ash\"; in_year_pct = -10; }, { id = \"beech\"; in_year_pct = -10; }, "
        "{ id = \"elm\"; in_year_pct = 1; } );";
    static const char late[] = TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = "
                                         "\"order\"; wished = \"+26\"; balance = 0;");
    static const struct {
        const char *candidate, *limit;
        double joins;
    } c[] = {{late, "growth_policy.max_deficit_schools=2", 2.0},
             {late, "growth_policy.max_deficit_schools=1", -1.0},
             {FIR(GOOD), "growth_policy.max_deficit_schools=0", 0.0}};
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        trust *t = TRUST(TRUST_STILL, N, poor, c[k].candidate, c[k].limit);
        trust_run(t, 1);
        assert_true(trust_metric(t, HR_M_SCHOOLS_IN_YEAR_DEFICIT, 0, 0) >= 2.0);
        assert_true(trust_candidate(t, "fir", HR_CC_JOIN_YEAR, 0) == c[k].joins);
        assert_true(trust_candidate(t, "fir", HR_CC_REFUSED, 0) ==
                    (c[k].joins < 0.0 ? (double)(1u << HR_P_DEFICIT_SCHOOLS) : 0.0));
        trust_free(t);
    }
    /* One year in deficit is not two running: ash's grant of the second year makes it good. */
    trust *t =
        TRUST(TRUST_STILL, N, "schools.ash.in_year_pct=-1", "schools.elm.in_year_pct=1", late,
              "dated_grants = ( { id = \"help\"; per_school = 100000; cost_share = 0.0; "
              "from_year = \"2027/28\"; until_year = \"2027/28\"; } );",
              "growth_policy.max_deficit_schools=0");
    trust_run(t, 1);
    assert_true(trust_metric(t, HR_M_SCHOOLS_IN_YEAR_DEFICIT, 0, 0) == 1.0 &&
                trust_metric(t, HR_M_SCHOOLS_IN_YEAR_DEFICIT, 1, 0) == 0.0);
    assert_true(trust_candidate(t, "fir", HR_CC_JOIN_YEAR, 0) == 2.0);
    trust_free(t);
}

static void test_distance(void **state)
{
    (void)state;
    passes(FIR(GOOD), "growth_policy.max_distance_km=12");
    refuses(FIR(GOOD), "growth_policy.max_distance_km=11.9", HR_P_DISTANCE);
}

static void test_score(void **state)
{
    (void)state;
    passes(FIR(GOOD), "growth_policy.min_score=0.7");
    refuses(FIR(GOOD), "growth_policy.min_score=0.71", HR_P_SCORE);
}

/* 0.9, 0.5, 0.4, 0.8 and 0.3 weighed alike are 0.58. */
static void test_score_by_merit(void **state)
{
    (void)state;
    static const char fir[] = TRUST_FIR(
        "grade = \"good\"; route = \"converter\"; stage = \"order\"; wished = \"+1\"; balance = 0; "
        "score = { need = 0.9; size = 0.5; finance = 0.4; distance = 0.8; grade = 0.3; };");
    passes(fir, "growth_policy.min_score=0.579");
    refuses(fir, "growth_policy.min_score=0.581", HR_P_SCORE);
    /* (3 x 0.9 + 1 x 0.4) / 4 is 0.775 */
#define WEIGHTS "score_weight = { all = 0.0; need = 3.0; finance = 1.0; };"
    passes(fir, "growth_policy = { min_score = 0.774; " WEIGHTS " };");
    refuses(fir, "growth_policy = { min_score = 0.776; " WEIGHTS " };", HR_P_SCORE);
    /* no weight, no score */
    refuses(fir, "growth_policy = { min_score = 0.01; score_weight = { all = 0.0; }; };",
            HR_P_SCORE);
    trust *t = TRUST(TRUST_STILL, N, fir, "growth_policy = { min_score = 0.7; " WEIGHTS " };");
    trust_run_traced(t, 1, 0);
    const int k = trust_candidate_index(t, "fir");
    assert_near(trust_event_value(t, HR_TE_SCORED, 0, k), 0.775, 1e-14);
    trust_free(t);
#undef WEIGHTS
    trust *unasked = TRUST(TRUST_STILL, N, fir);
    trust_run_traced(unasked, 1, 0);
    assert_int_equal(trust_events(unasked, HR_TE_SCORED, 0, -2), 0);
    trust_free(unasked);
}

static void test_weak_schools(void **state)
{
    (void)state;
    passes(FIR(WEAK), "growth_policy.max_schools_below_good=2");
    refuses(FIR(WEAK), "growth_policy.max_schools_below_good=1", HR_P_WEAK_SCHOOLS);
    passes(FIR(GOOD), "growth_policy.max_schools_below_good=1");
}

static void test_reserves(void **state)
{
    (void)state;
    passes(FIR(GOOD),
           "growth_policy.min_reserves_pct=9.98"); /* 1,600,000 / 16,020,000 is 9.9875 % */
    refuses(FIR(GOOD), "growth_policy = { min_reserves_pct = 10.2; };", HR_P_RESERVES);
}

static void test_capacity(void **state)
{
    (void)state;
    passes(FIR(GOOD), "growth_policy.max_capacity_use_pct=52"); /* (74 + 8) / 158 is 51.9 % */
    refuses(FIR(GOOD), "growth_policy.max_capacity_use_pct=51.8", HR_P_CAPACITY);
    passes(FIR(WEAK), "growth_policy.max_capacity_use_pct=71"); /* (74 + 38) / 158 is 70.9 % */
    refuses(FIR(WEAK), "growth_policy.max_capacity_use_pct=70.8", HR_P_CAPACITY);
}

/* At 100 km and 0.5 % a km a day is worth half: fir's 8 days are 16. */
static void test_capacity_far_away(void **state)
{
    (void)state;
    static const char far[] =
        TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"order\"; "
                  "wished = \"+1\"; distance_km = 100; balance = 0;");
    static const char *const near = "schools.ash.distance_km=0";
    for (int k = 0; k < 2; k++) {
        trust *t =
            TRUST(TRUST_STILL, N, far, near,
                  "schools = ( { id = \"beech\"; distance_km = 0; }, { id = \"cedar\"; "
                  "distance_km = 0; }, { id = \"elm\"; distance_km = 0; }, { id = \"oak\"; "
                  "distance_km = 0; } );",
                  "capacity.travel_loss_pct_per_km=0.5",
                  k ? "growth_policy.max_capacity_use_pct=56.9"
                    : "growth_policy.max_capacity_use_pct=57"); /* (74 + 16) / 158 is 56.96 */
        trust_run(t, 1);
        assert_true(trust_candidate(t, "fir", HR_CC_REFUSED, 0) ==
                    (k ? (double)(1u << HR_P_CAPACITY) : 0.0));
        trust_free(t);
    }
}

static void test_onboarding(void **state)
{
    (void)state;
    /* Opening on 1 October: of 60 days 60 % x 1/9 before it in this year and 40 % x 11/12 after it,
     * 26 of 180. */
    passes(FIR(GOOD), "growth_policy.max_onboarding_use_pct=14.5");
    refuses(FIR(GOOD), "growth_policy.max_onboarding_use_pct=14.4", HR_P_ONBOARDING);
}

#define HEADS(lead, oversees, more)                                                                \
    "centre = { posts = ( { id = \"eht\"; cost = 0; vacancy = 1.0; per_schools = 3; lead_terms "   \
    "= " lead "; oversees = " oversees "; " more " } ); };"

/* Five schools need two executive heads, who can oversee six: a sixth school may join, a seventh
 * only when a third head was hired for it by the last year end. */
static void test_span(void **state)
{
    (void)state;
    passes(FIR(GOOD), HEADS("0", "3", ""));
    refuses(FIR(GOOD), HEADS("0", "2", ""), HR_P_SPAN);
    refuses(FIR(GOOD), HEADS("0", "3", "fte = 0.9;"), HR_P_SPAN);
    passes(FIR(GOOD), HEADS("0", "0", ""));
    passes(FIR(GOOD), HEADS("0", "2", "from_year = \"2027/28\";"));
    passes(FIR(GOOD), HEADS("0", "2", "until_year = \"2025/26\";"));
}

#define ROW(id, wished, priority)                                                                  \
    "{ id = \"" id "\"; phase = \"primary\"; ages = [4, 11]; roll = 100; grade = \"good\"; route " \
    "= \"converter\"; stage = \"order\";"                                                          \
    " balance = 0; wished = \"" wished "\"; priority = " priority "; }"

static void test_span_looks_ahead(void **state)
{
    (void)state;
    static const char two[] =
        "candidates = (" ROW("a", "+1", "100") "," ROW("b", "2027-10", "100") ");";
    static const struct {
        const char *heads;
        double joins;
    } c[] = {
        {HEADS("0", "3", ""), -1.0}, /* six are overseen: a has taken the last place */
        {HEADS("1", "3", ""), 1.0},  /* of October 2027, expected in the year before */
    };
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        trust *t = TRUST(TRUST_STILL, N, two, c[k].heads);
        trust_run_traced(t, 1, 0);
        assert_true(trust_candidate(t, "a", HR_CC_JOIN_YEAR, 0) == 0.0);
        assert_true(trust_candidate(t, "b", HR_CC_JOIN_YEAR, 0) == c[k].joins);
        assert_true(trust_candidate(t, "b", HR_CC_REFUSED, 0) ==
                    (c[k].joins < 0.0 ? (double)(1u << HR_P_SPAN) : 0.0));
        assert_true(trust_state(t, HR_TS_SPAN, 1, -1, -1) == (c[k].joins < 0.0 ? 6.0 : 9.0));
        trust_free(t);
    }
    /* At the start those who are expected within the lead are reckoned with. */
    trust *t = TRUST(TRUST_STILL, N, two, HEADS("4", "3", ""));
    trust_run_traced(t, 1, 0);
    assert_true(trust_state(t, HR_TS_SPAN, 0, -1, -1) == 9.0);
    trust_free(t);
}

static void test_approval_by_early_warning(void **state)
{
    (void)state;
    static const char red[] =
        "history = ( { year = \"2024/25\"; income = 16000000; reserves = 4000000; } );"
        "growth_policy = { approval = { green = 1.0; amber = 1.0; red = 0.0; }; };";
    static const char green[] =
        "history = ( { year = \"2024/25\"; income = 16000000; reserves = 1600000; } );"
        "growth_policy = { approval = { green = 1.0; amber = 1.0; red = 0.0; }; };";
    passes(FIR(GOOD), green);
    trust *t =
        TRUST(TRUST_STILL, N, FIR(GOOD), red); /* from 25 % to 10 % in a year: red at the start */
    trust_run(t, 1);
    for (int i = 0; i < N; i++) {
        assert_true(trust_candidate(t, "fir", HR_CC_REFUSED, i) == (double)(1u << HR_P_APPROVAL));
        assert_true(trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i) != 0.0);
    }
    trust_free(t);
    refuses(FIR(GOOD), "growth_policy.approval={ green = 0.0; amber = 0.0; red = 0.0; }",
            HR_P_APPROVAL);
}

/* A chance of 0.6 lets in 0.6: over 4,096 futures within five standard errors of 0.0077. */
static void test_approval_is_a_chance(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, 256, FIR(GOOD),
                     "growth_policy.approval={ green = 0.6; amber = 0.6; red = 0.6; }");
    double first = 0.0, second = 0.0;
    for (int k = 0; k < 16; k++) {
        trust_run(t, 1 + 256 * (uint64_t)k);
        for (int i = 0; i < 256; i++) {
            first += trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i) == 0.0;
            second += trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i) == 1.0;
        }
    }
    assert_within(first / 4096, 0.6, 0.039);
    assert_within(second / 4096, 0.24, 0.034); /* asked again with new luck */
    trust_free(t);
}

static void test_the_refused_wait_a_year(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, FIR(GOOD),
                     "growth_policy.max_pupils=(( \"2026/27\", 2400 ), ( \"2027/28\", 9000 ))");
    trust_run_traced(t, 1, 0);
    assert_true(trust_candidate(t, "fir", HR_CC_JOIN_YEAR, 0) == 1.0);
    assert_true(trust_candidate(t, "fir", HR_CC_REFUSED, 0) == (double)(1u << HR_P_PUPILS));
    assert_true(trust_candidate(t, "fir", HR_CC_LOST, 0) == 0.0);
    assert_true(trust_event_value(t, HR_TE_JOINED, 1, 0) == 13.0);
    int refusals = 0;
    for (size_t r = 0; r < t->trace.rows; r++)
        if (t->trace.row[r].kind == HR_TRACE_REFUSED) {
            assert_true(t->trace.row[r].what == HR_P_PUPILS && t->trace.row[r].value == 2750.0);
            refusals++;
        }
    assert_int_equal(refusals, 1);
    trust_free(t);
    trust *impatient =
        TRUST(TRUST_STILL, N, FIR(GOOD), "growth_policy.max_wait_years=0",
              "growth_policy.max_pupils=(( \"2026/27\", 2400 ), ( \"2027/28\", 9000 ))");
    trust_run(impatient, 1);
    assert_true(trust_candidate(impatient, "fir", HR_CC_LOST, 0) == 1.0);
    assert_true(trust_metric(impatient, HR_M_REFUSED, 0, 0) == 1.0);
    trust_free(impatient);
}

static void test_an_agreement_is_not_asked(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, FIR(GOOD), "candidates.fir.stage=agreement",
                     "growth_policy = { max_joins_per_year = 0; max_schools = 5; max_pupils = 0; "
                     "max_distance_km = 0; min_score = 1; min_reserves_pct = 100;"
                     " max_capacity_use_pct = 0; max_onboarding_use_pct = 0; approval = { green = "
                     "0.0; amber = 0.0; red = 0.0; }; };");
    trust_run(t, 1);
    for (int i = 0; i < N; i++) {
        assert_true(trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i) == 0.0);
        assert_true(trust_candidate(t, "fir", HR_CC_REFUSED, i) == 0.0);
    }
    trust_free(t);
}

static void order(const char *candidates, double a, double b, double c)
{
    trust *t = TRUST(TRUST_STILL, N, candidates, "growth_policy.max_joins_per_year=1");
    trust_run(t, 1);
    assert_true(trust_candidate(t, "a", HR_CC_JOIN_YEAR, 0) == a);
    assert_true(trust_candidate(t, "b", HR_CC_JOIN_YEAR, 0) == b);
    assert_true(trust_candidate(t, "c", HR_CC_JOIN_YEAR, 0) == c);
    trust_free(t);
}

static void test_order_is_priority_then_date_then_id(void **state)
{
    (void)state;
    order("candidates = (" ROW("a", "+3", "100") "," ROW("b", "+3", "100") "," ROW("c", "+3",
                                                                                   "100") ");",
          0, 1, 2);
    order("candidates = (" ROW("a", "+3", "100") "," ROW("b", "+2", "100") "," ROW("c", "+1",
                                                                                   "100") ");",
          2, 1, 0);
    order("candidates = (" ROW("a", "+3", "100") "," ROW("b", "+2", "100") "," ROW("c", "+4",
                                                                                   "1") ");",
          2, 1, 0);
}

/* Whoever is let in counts for the next who asks in the year. */
static void test_a_join_counts_for_the_next(void **state)
{
    (void)state;
    static const char two[] = "candidates = (" ROW("a", "+3", "100") "," ROW("b", "+3", "100") ");";
    static const char *const limit[] = {
        "growth_policy.max_schools=6", "growth_policy.max_pupils=2500",
        "growth_policy.max_capacity_use_pct=52", "growth_policy.max_onboarding_use_pct=18"};
    const hr_policy policy[] = {HR_P_SCHOOLS, HR_P_PUPILS, HR_P_CAPACITY, HR_P_ONBOARDING};
    for (int k = 0; k < 4;
         k++) { /* the last: 60 x (0.6 x 3/9 + 0.4 x 9/12) is 30 days, 16.7 % of 180 */
        trust *t = TRUST(TRUST_STILL, N, two, limit[k]);
        trust_run(t, 1);
        assert_true(trust_candidate(t, "a", HR_CC_JOIN_YEAR, 0) == 0.0);
        assert_true(trust_candidate(t, "b", HR_CC_JOIN_YEAR, 0) != 0.0);
        assert_true((unsigned)trust_candidate(t, "b", HR_CC_REFUSED, 0) & (1u << policy[k]));
        trust_free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pace),
        cmocka_unit_test(test_schools),
        cmocka_unit_test(test_pupils),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_size_of_a_merging_trust),
        cmocka_unit_test(test_deficit),
        cmocka_unit_test(test_deficit_schools),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_score),
        cmocka_unit_test(test_score_by_merit),
        cmocka_unit_test(test_weak_schools),
        cmocka_unit_test(test_reserves),
        cmocka_unit_test(test_capacity),
        cmocka_unit_test(test_capacity_far_away),
        cmocka_unit_test(test_onboarding),
        cmocka_unit_test(test_span),
        cmocka_unit_test(test_span_looks_ahead),
        cmocka_unit_test(test_approval_by_early_warning),
        cmocka_unit_test(test_approval_is_a_chance),
        cmocka_unit_test(test_the_refused_wait_a_year),
        cmocka_unit_test(test_an_agreement_is_not_asked),
        cmocka_unit_test(test_order_is_priority_then_date_then_id),
        cmocka_unit_test(test_a_join_counts_for_the_next),
    };
    _Static_assert(HR_POLICIES == 14, "a policy of the table has no test here");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
