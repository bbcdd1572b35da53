/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EXPR: the whole language, what is wrong with malformed texts and where, and judging by
 * hand-filled lanes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/expr.h"
#include "model/tables.h"

enum { START = 2026, YEARS = 5 };
#define NOT_A_NUMBER ((double)__builtin_nanf(""))

static hr_prob parsed(const char *text)
{
    hr_prob p;
    hr_expr_fault f;
    if (!hr_prob_parse(&p, text, START, YEARS, &f))
        fail_msg("%s: column %d: %s (%s)", text, f.column, f.words, f.hint);
    return p;
}

static void test_a_comparison_is_one_code(void **state)
{
    (void)state;
    const hr_prob p = parsed("P(reserves_pct < 4.5)");
    assert_int_equal(p.codes, 1);
    assert_int_equal(p.code[0].kind, HR_CODE_COMPARE);
    assert_int_equal(p.code[0].op, HR_OP_LT);
    assert_int_equal(p.code[0].metric, HR_M_RESERVES_PCT);
    assert_int_equal(p.code[0].metric_too, -1);
    assert_true(p.code[0].number == 4.5);
    assert_int_equal(p.when, HR_WHEN_ANY);
    assert_false(p.when_said);
}

static void test_every_operator_and_sign(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        hr_op op;
        double number;
    } cases[] = {
        {"P(pupils<1)", HR_OP_LT, 1.0},
        {"P(pupils <= 2500)", HR_OP_LE, 2500.0},
        {"P(pupils > -3)", HR_OP_GT, -3.0},
        {"P( pupils>=+0.25 )", HR_OP_GE, 0.25},
        {"P(schools == 5)", HR_OP_EQ, 5.0},
        {"P(schools != 5)", HR_OP_NE, 5.0},
        {"P(pupils < 0.1)", HR_OP_LT, 0.1},
        {"P(pupils < 1234567.891)", HR_OP_LT, 1234567.891},
        {"P(pupils < 007)", HR_OP_LT, 7.0},
        {"P(early_warning == 2)", HR_OP_EQ, 2.0},
        {"P(income < 123456789012345)", HR_OP_LT, 123456789012345.0},
        {"P(pupils < 0.00000000000001)", HR_OP_LT, 0.00000000000001},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const hr_prob p = parsed(cases[i].text);
        assert_int_equal(p.code[0].op, cases[i].op);
        assert_true(p.code[0].number == cases[i].number);
    }
}

static void test_two_metrics_compare(void **state)
{
    (void)state;
    const hr_prob p = parsed("P(income < spending)");
    assert_int_equal(p.code[0].metric, HR_M_INCOME);
    assert_int_equal(p.code[0].metric_too, HR_M_SPENDING);
}

static void test_a_risk_stands_alone(void **state)
{
    (void)state;
    const hr_prob p = parsed("P(not central_deficit)");
    assert_int_equal(p.codes, 2);
    assert_int_equal(p.code[0].kind, HR_CODE_RISK);
    assert_int_equal(p.code[0].metric, HR_R_CENTRAL_DEFICIT);
    assert_int_equal(p.code[1].kind, HR_CODE_NOT);
}

static void test_when(void **state)
{
    (void)state;
    assert_int_equal(parsed("P(pupils > 1, any)").when, HR_WHEN_ANY);
    assert_true(parsed("P(pupils > 1, any)").when_said);
    assert_int_equal(parsed("P(pupils > 1, all)").when, HR_WHEN_ALL);
    assert_int_equal(parsed("P(pupils > 1 ,end )").when, HR_WHEN_END);
    const hr_prob p = parsed("P(pupils > 1, 2030/31)");
    assert_int_equal(p.when, HR_WHEN_YEAR);
    assert_int_equal(p.year, 2030);
    hr_prob q;
    hr_expr_fault f;
    assert_true(hr_prob_parse(&q, "P(pupils > 1, 1999/00)", 1999, 1, &f));
    assert_int_equal(q.year, 1999);
}

static void assert_kinds(const char *text, const char *kinds)
{
    static const char letter[] = {'c', 'r', '&', '|', '!'};
    const hr_prob p = parsed(text);
    char found[HR_EXPR_CODES + 1] = "";
    for (int c = 0; c < p.codes; c++)
        found[c] = letter[p.code[c].kind];
    assert_string_equal(found, kinds);
}

static void test_not_binds_before_and_before_or(void **state)
{
    (void)state;
    assert_kinds("P(pupils > 1 or central_deficit and not capacity_overload)", "crr!&|");
    assert_kinds("P((pupils > 1 or central_deficit) and not capacity_overload)", "cr|r!&");
    assert_kinds("P(not pupils > 1 and central_deficit)", "c!r&");
    assert_kinds("P(not (pupils > 1 and central_deficit))", "cr&!");
    assert_kinds("P(not not pupils > 1)", "c!!");
    assert_kinds("P(pupils > 1 and pupils > 2 and pupils > 3)", "cc&c&");
    assert_kinds("P(((pupils > 1)))", "c");
}

static void test_statement_of_clauses(void **state)
{
    (void)state;
    hr_arena *a = hr_arena_new();
    hr_statement s;
    hr_expr_fault f;
    const char *text = "P(reserves_pct < 5) <= 0.10 and P(capacity_use_pct > 100, any) < 0.2 and "
                       "P(pupils>1,end)>=1";
    assert_true(hr_statement_parse(&s, a, text, START, YEARS, &f));
    assert_int_equal(s.clauses, 3);
    assert_int_equal(s.clause[0].op, HR_OP_LE);
    assert_true(s.clause[0].limit == 0.10);
    assert_int_equal(s.clause[1].op, HR_OP_LT);
    assert_true(s.clause[1].limit == 0.2);
    assert_int_equal(s.clause[1].prob.code[0].metric, HR_M_CAPACITY_USE_PCT);
    assert_int_equal(s.clause[2].prob.when, HR_WHEN_END);
    assert_true(s.clause[2].limit == 1.0);
    hr_arena_fail_after(a, 0);
    assert_false(hr_statement_parse(&s, a, text, START, YEARS, &f));
    assert_string_equal(f.words, "memory is short");
    hr_arena_free(a);
}

typedef struct {
    const char *text;
    int column;
    const char *words, *hint;
} malformed;

static const malformed TARGETS[] = {
    {"", 1, "P( is missing at the end", "a chance is written P(CONDITION) or P(CONDITION, YEAR)"},
    {"pupils > 1", 1, "P( was expected, not 'pupils'",
     "a chance is written P(CONDITION) or P(CONDITION, YEAR)"},
    {"p(pupils > 1)", 1, "P( was expected, not 'p'",
     "a chance is written P(CONDITION) or P(CONDITION, YEAR)"},
    {"P pupils", 3, "'(' after P was expected, not 'pupils'",
     "a chance is written P(CONDITION) or P(CONDITION, YEAR)"},
    {"P()", 3, "a metric or a risk was expected, not ')'", ""},
    {"P(", 3, "a metric or a risk is missing at the end",
     "put the metric first, such as pupils >= 2500"},
    {"P(pupils)", 3, "'pupils' alone is neither true nor false",
     "compare it, such as pupils >= 2500"},
    {"P(pupils and central_deficit)", 3, "'pupils' alone is neither true nor false",
     "compare it, such as pupils >= 2500"},
    {"P(pupil > 1)", 3, "there is no metric or risk 'pupil'", "did you mean pupils?"},
    {"P(reserve_pct < 5)", 3, "there is no metric or risk 'reserve_pct'",
     "did you mean reserves_pct?"},
    {"P(central_deficits)", 3, "there is no metric or risk 'central_deficits'",
     "did you mean central_deficit?"},
    {"P(xyzzy > 1)", 3, "there is no metric or risk 'xyzzy'",
     "headroom show metrics and headroom show risks list them"},
    {"P(target_missed_roll_of_2500_pupils)", 3,
     "there is no metric or risk 'target_missed_roll_of_2500_pupils'",
     "write the target's own condition, with not"},
    {"P(pupils > incme)", 12, "there is no metric or risk 'incme'", "did you mean income?"},
    {"P(pupils > central_deficit)", 12, "'central_deficit' is a risk and cannot be compared",
     "a risk's key stands alone"},
    {"P(central_deficit == 1)", 19, "'central_deficit' is a risk and cannot be compared",
     "a risk's key stands alone"},
    {"P(2500 <= pupils)", 3, "a metric or a risk was expected, not '2500'",
     "put the metric first, such as pupils >= 2500"},
    {"P(-5 < reserves)", 3, "a metric or a risk was expected, not '-'",
     "put the metric first, such as pupils >= 2500"},
    {"P(pupils = 5)", 10, "a comparison was expected, not '='", "write == for equal"},
    {"P(pupils \xE2\x89\xA5 5)", 10, "a comparison was expected, not '\xE2\x89\xA5'", "write >="},
    {"P(pupils \xE2\x89\xA4 5)", 10, "a comparison was expected, not '\xE2\x89\xA4'", "write <="},
    {"P(pupils \xE2\x89\xA0 5)", 10, "a comparison was expected, not '\xE2\x89\xA0'", "write !="},
    {"P(income - spending < 0)", 10, "a comparison was expected, not '-'",
     "there is no arithmetic"},
    {"P(income < spending + 5)", 21, "and, or, ',' or ')' was expected, not '+'",
     "there is no arithmetic"},
    {"P(! central_deficit)", 3, "a metric or a risk was expected, not '!'", "write not, or !="},
    {"P(pupils > 1 && central_deficit)", 14, "and, or, ',' or ')' was expected, not '&'",
     "write and"},
    {"P(pupils > 1 || central_deficit)", 14, "and, or, ',' or ')' was expected, not '|'",
     "write or"},
    {"P(reserves_pct < 5%)", 19, "and, or, ',' or ')' was expected, not '%'",
     "write the number alone: percentages are in per cent"},
    {"P(pupils > )", 12, "a number was expected, not ')'", ""},
    {"P(pupils > -)", 12, "a number was expected, not '-'", ""},
    {"P(pupils > 1e5)", 12, "'1e5' is not a number", "write digits, such as 2500 or 4.5"},
    {"P(pupils > 1.2.3)", 12, "'1.2.3' is not a number", "write digits, such as 2500 or 4.5"},
    {"P(pupils > .5)", 12, "'.5' is not a number", "write digits, such as 2500 or 4.5"},
    {"P(pupils > 5.)", 12, "'5.' is not a number", "write digits, such as 2500 or 4.5"},
    {"P(pupils > 1234567890123456)", 12, "1234567890123456 has too many digits",
     "15 digits are the most"},
    {"P(pupils >= 2,500)", 15, "a year was expected, not '500'",
     "numbers are written without commas"},
    {"P(0 < pupils < 5)", 3, "a metric or a risk was expected, not '0'",
     "put the metric first, such as pupils >= 2500"},
    {"P(pupils > 5 < 9)", 14, "'pupils' is compared twice in a row",
     "join two comparisons with and"},
    {"P(pupils > 1", 13, "and, or, ',' or ')' is missing at the end", ""},
    {"P((pupils > 1)", 15, "and, or, ',' or ')' is missing at the end", ""},
    {"P((pupils > 1, end)", 14, "and, or, or ')' was expected, not ','", ""},
    {"P(pupils > 1 and)", 17, "a metric or a risk was expected, not ')'", ""},
    {"P(pupils > 1 not)", 14, "and, or, ',' or ')' was expected, not 'not'", ""},
    {"P(pupils > 1, 2031/32)", 15,
     "2031/32 is outside the years that are simulated, 2026/27 to 2030/31", ""},
    {"P(pupils > 1, 2025/26)", 15,
     "2025/26 is outside the years that are simulated, 2026/27 to 2030/31", ""},
    {"P(pupils > 1, 2030/32)", 15, "'2030/32' is not an academic year",
     "such as 2030/31, end, any or all"},
    {"P(pupils > 1, 2030/2031)", 15, "'2030/2031' is not an academic year",
     "such as 2030/31, end, any or all"},
    {"P(pupils > 1, 2030)", 15, "a year was expected, not '2030'",
     "such as 2030/31, end, any or all"},
    {"P(pupils > 1, never)", 15, "a year was expected, not 'never'",
     "such as 2030/31, end, any or all"},
    {"P(pupils > 1, )", 15, "a year was expected, not ')'", "such as 2030/31, end, any or all"},
    {"P(pupils > 1, end", 18, "')' is missing at the end", ""},
    {"P(pupils > 1, end) x", 20, "the end was expected, not 'x'", ""},
    {"P(pupils > 1, end) >= 0.9", 20, "a target is a chance without a limit",
     "each future meets it or does not: leave out what follows the bracket"},
};

static const malformed STATEMENTS[] = {
    {"P(pupils > 1)", 14, "<, <=, > or >= is missing at the end",
     "such as P(reserves < 0) <= 0.05"},
    {"P(pupils > 1) == 0.5", 15, "a chance is compared with <, <=, > or >=", ""},
    {"P(pupils > 1) != 0.5", 15, "a chance is compared with <, <=, > or >=", ""},
    {"P(pupils > 1) < 10", 17, "a chance lies between 0 and 1", "10 in 100 is 0.10"},
    {"P(pupils > 1) < -0.1", 17, "a chance lies between 0 and 1", "10 in 100 is 0.10"},
    {"P(pupils > 1) < x", 17, "'x' is not a number", "write digits, such as 2500 or 4.5"},
    {"P(pupils > 1) <", 16, "a number is missing at the end", ""},
    {"P(pupils > 1) < 0.1 or P(pupils > 2) < 0.1", 21, "and, or the end was expected, not 'or'",
     ""},
    {"P(pupils > 1) < 0.1 and", 24, "P( is missing at the end",
     "a chance is written P(CONDITION) or P(CONDITION, YEAR)"},
    {"P(pupils > 1) < 0.1%", 20, "and, or the end was expected, not '%'",
     "write the number alone: percentages are in per cent"},
};

static void assert_fault(const malformed *m, const hr_expr_fault *f)
{
    if (f->column != m->column || strcmp(f->words, m->words) != 0 || strcmp(f->hint, m->hint) != 0)
        fail_msg("%s: column %d: %s (%s)", m->text, f->column, f->words, f->hint);
}

static void test_malformed_texts_say_what_and_where(void **state)
{
    (void)state;
    hr_arena *a = hr_arena_new();
    hr_prob p;
    hr_statement s;
    hr_expr_fault f;
    for (size_t i = 0; i < sizeof TARGETS / sizeof TARGETS[0]; i++) {
        assert_false(hr_prob_parse(&p, TARGETS[i].text, START, YEARS, &f));
        assert_fault(&TARGETS[i], &f);
    }
    for (size_t i = 0; i < sizeof STATEMENTS / sizeof STATEMENTS[0]; i++) {
        assert_false(hr_statement_parse(&s, a, STATEMENTS[i].text, START, YEARS, &f));
        assert_fault(&STATEMENTS[i], &f);
    }
    hr_arena_free(a);
}

/* "P(" + a times `open` + "pupils > 1" + b times `close` + ")" */
static bool parses_repeated(const char *open, int a, const char *close, int b, hr_expr_fault *f)
{
    char text[8192] = "P(";
    for (int i = 0; i < a; i++)
        strcat(text, open);
    strcat(text, "pupils > 1");
    for (int i = 0; i < b; i++)
        strcat(text, close);
    strcat(text, ")");
    hr_prob p;
    return hr_prob_parse(&p, text, START, YEARS, f);
}

static void test_depth_and_length_are_limited(void **state)
{
    (void)state;
    hr_expr_fault f;
    assert_true(parses_repeated("(", 15, ")", 15, &f));
    assert_false(parses_repeated("(", 16, ")", 16, &f));
    assert_string_equal(f.words, "the condition is nested too deep");
    assert_int_equal(f.column, 19);
    assert_false(parses_repeated("not ", 1000, "", 0, &f));
    assert_string_equal(f.words, "the condition is nested too deep");
    /* each level keeps two truths while the bracket is open: 8 levels are 16 */
    const char *open = "pupils > 1 or pupils > 1 and (";
    assert_true(parses_repeated(open, 7, ")", 7, &f));
    assert_false(parses_repeated(open, 8, ")", 8, &f));
    assert_string_equal(f.words, "the condition is nested too deep");
    assert_true(parses_repeated("pupils > 1 or ", 31, "", 0, &f));
    assert_false(parses_repeated("pupils > 1 or ", 32, "", 0, &f));
    assert_string_equal(f.words, "the condition is too long");
}

static void test_long_words_are_cut_not_overrun(void **state)
{
    (void)state;
    char text[1024] = "P(";
    memset(text + 2, 'x', 1000);
    hr_prob p;
    hr_expr_fault f;
    assert_false(hr_prob_parse(&p, text, START, YEARS, &f));
    assert_int_equal(f.column, 3);
    assert_true(strlen(f.words) < sizeof f.words);
}

static void test_every_key_is_understood(void **state)
{
    (void)state;
    char text[80];
    for (int m = 0; m < HR_METRICS; m++) {
        strcpy(text, "P(");
        strcat(strcat(text, HR_METRIC_ROWS[m].key), " > 1)");
        assert_int_equal(parsed(text).code[0].metric, m);
    }
    for (int r = 0; r < HR_RISKS; r++) {
        strcpy(text, "P(");
        strcat(strcat(text, HR_RISK_ROWS[r].key), ")");
        assert_int_equal(parsed(text).code[0].metric, r);
    }
}

/* Judging: lane arrays of 40, more than one stretch of the stack and not a multiple of it. */
enum { LANES = 40 };

typedef struct {
    double metric[HR_METRICS][LANES], risk[HR_RISKS][LANES];
    const double *metrics[HR_METRICS], *risks[HR_RISKS];
} year_lanes;

static void lanes_begin(year_lanes *y)
{
    memset(y, 0, sizeof *y);
    for (int m = 0; m < HR_METRICS; m++)
        y->metrics[m] = y->metric[m];
    for (int r = 0; r < HR_RISKS; r++)
        y->risks[r] = y->risk[r];
}

static void judged(const char *text, const year_lanes *y, double truth[LANES])
{
    const hr_prob p = parsed(text);
    memset(truth, 0x55, sizeof(double) * LANES);
    hr_prob_judge_year(&p, y->metrics, y->risks, truth, LANES);
}

static void test_conditions_by_hand(void **state)
{
    (void)state;
    static year_lanes y;
    lanes_begin(&y);
    for (int i = 0; i < LANES; i++) {
        y.metric[HR_M_PUPILS][i] = i;
        y.metric[HR_M_SCHOOLS][i] = 20;
        y.risk[HR_R_CENTRAL_DEFICIT][i] = i % 2;
    }
    double t[LANES];
#define ASSERT_TRUTH(text, condition)                                                              \
    do {                                                                                           \
        judged(text, &y, t);                                                                       \
        for (int i = 0; i < LANES; i++)                                                            \
            assert_true(t[i] == ((condition) ? 1.0 : 0.0));                                        \
    } while (0)
    ASSERT_TRUTH("P(pupils < 5)", i < 5);
    ASSERT_TRUTH("P(pupils <= 5)", i <= 5);
    ASSERT_TRUTH("P(pupils > 35)", i > 35);
    ASSERT_TRUTH("P(pupils >= 35)", i >= 35);
    ASSERT_TRUTH("P(pupils == 35)", i == 35);
    ASSERT_TRUTH("P(pupils != 35)", i != 35);
    ASSERT_TRUTH("P(pupils < schools)", i < 20);
    ASSERT_TRUTH("P(central_deficit)", i % 2 == 1);
    ASSERT_TRUTH("P(not central_deficit)", i % 2 == 0);
    ASSERT_TRUTH("P(pupils > 3 and pupils < 9)", i > 3 && i < 9);
    ASSERT_TRUTH("P(pupils < 3 or pupils > 9 and central_deficit)", i < 3 || (i > 9 && i % 2 == 1));
    ASSERT_TRUTH("P((pupils < 3 or pupils > 9) and central_deficit)",
                 (i < 3 || i > 9) && i % 2 == 1);
    ASSERT_TRUTH("P(not (pupils < 3 or not central_deficit))", !(i < 3 || i % 2 == 0));
}

static void test_not_a_number_compares_false_and_differs(void **state)
{
    (void)state;
    static year_lanes y;
    lanes_begin(&y);
    for (int i = 0; i < LANES; i++)
        y.metric[HR_M_RESERVES_PCT][i] = i % 2 == 0 ? NOT_A_NUMBER : 5.0;
    double t[LANES];
    ASSERT_TRUTH("P(reserves_pct < 10)", i % 2 == 1);
    ASSERT_TRUTH("P(reserves_pct <= 5)", i % 2 == 1);
    ASSERT_TRUTH("P(reserves_pct > 1)", i % 2 == 1);
    ASSERT_TRUTH("P(reserves_pct >= 5)", i % 2 == 1);
    ASSERT_TRUTH("P(reserves_pct == 5)", i % 2 == 1);
    ASSERT_TRUTH("P(reserves_pct != 5)", i % 2 == 0);
    ASSERT_TRUTH("P(reserves_pct == reserves_pct)", i % 2 == 1);
    ASSERT_TRUTH("P(not reserves_pct < 10)", i % 2 == 0);
#undef ASSERT_TRUTH
}

/* Eight paths: the bits of the path number are the truths of three years. */
static void folded(const char *text, double met[8])
{
    hr_prob p;
    hr_expr_fault f;
    assert_true(hr_prob_parse(&p, text, START, 3, &f));
    memset(met, 0x55, 8 * sizeof(double));
    for (int year = 0; year < 3; year++) {
        double truth[8];
        for (int i = 0; i < 8; i++)
            truth[i] = (double)((i >> year) & 1);
        hr_prob_fold(&p, year, START, 3, truth, met, 8);
    }
}

static void test_folds(void **state)
{
    (void)state;
    double met[8];
    folded("P(pupils > 1)", met);
    for (int i = 0; i < 8; i++)
        assert_true(met[i] == (i != 0 ? 1.0 : 0.0));
    folded("P(pupils > 1, all)", met);
    for (int i = 0; i < 8; i++)
        assert_true(met[i] == (i == 7 ? 1.0 : 0.0));
    folded("P(pupils > 1, end)", met);
    for (int i = 0; i < 8; i++)
        assert_true(met[i] == (double)(i >> 2));
    static const char *const labels[] = {"P(pupils>1,2026/27)", "P(pupils>1,2027/28)",
                                         "P(pupils>1,2028/29)"};
    for (int year = 0; year < 3; year++) {
        folded(labels[year], met);
        for (int i = 0; i < 8; i++)
            assert_true(met[i] == (double)((i >> year) & 1));
    }
}

static void test_a_row_of_the_register_is_named(void **state)
{
    (void)state;
    hr_prob p;
    hr_expr_fault f;
    assert_false(hr_prob_parse(&p, "P(roof-leak_2, any)", START, YEARS, &f));
    assert_string_equal(f.unknown, "roof-leak_2");
    hr_expr_fault_of_register(&f);
    assert_int_equal(f.column, 3);
    assert_string_equal(f.words, "'roof-leak_2' is a row of the risk register, and a statement "
                                 "cannot name one");
    assert_string_equal(f.hint, "risk_losses is what the whole register costs in a year, such as "
                                "risk_losses > 50000");
    assert_false(hr_prob_parse(&p, "P(pupils)", START, YEARS, &f));
    assert_string_equal(f.unknown, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_comparison_is_one_code),
        cmocka_unit_test(test_every_operator_and_sign),
        cmocka_unit_test(test_two_metrics_compare),
        cmocka_unit_test(test_a_risk_stands_alone),
        cmocka_unit_test(test_when),
        cmocka_unit_test(test_not_binds_before_and_before_or),
        cmocka_unit_test(test_statement_of_clauses),
        cmocka_unit_test(test_malformed_texts_say_what_and_where),
        cmocka_unit_test(test_depth_and_length_are_limited),
        cmocka_unit_test(test_long_words_are_cut_not_overrun),
        cmocka_unit_test(test_every_key_is_understood),
        cmocka_unit_test(test_conditions_by_hand),
        cmocka_unit_test(test_not_a_number_compares_false_and_differs),
        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_a_row_of_the_register_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
