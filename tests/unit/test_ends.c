/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trust that another absorbs: up to that year end all is as it would have been, after it nothing
 * is counted, no risk happens, no target is met and nobody joins; what a run, its words and a
 * replay say of it. */
#include <math.h>

#include <jansson.h>

#include "analysis/result.h"
#include "headroom/report.h"
#include "support/config_case.h"
#include "support/near.h"
#include "support/schema_case.h"
#include "support/trust.h"

enum { N = 256, YEARS = 4 };

#define ENDS(more) "risks = ( { id = \"end\"; trust_ends = true; " more " } );"
/* A school that joins in the third year, and a deficit in every year: -10 % of 2,170,000. */
#define SCENE                                                                                      \
    TRUST_FIR("grade = \"good\"; balance = 0; route = \"converter\"; stage = \"agreement\"; "      \
              "wished = \"2029-01\";"),                                                            \
        "schools.ash.in_year_pct=-10"

/* The year after whose end the trust is no longer its own; YEARS where it always is. */
static int last_year(const trust *t, int lane)
{
    for (int y = 1; y < YEARS; y++)
        if (isnan(trust_metric(t, HR_M_PUPILS, y, lane)))
            return y - 1;
    return YEARS;
}

/* A year in which the trust is its own is the year of the same future without the row. */
static void same_year(const trust *a, const trust *b, int y, int i)
{
    for (int m = 0; m < HR_METRICS; m++)
        assert_true(hr_same_bits_or_nan(trust_metric(a, (hr_metric)m, y, i),
                                        trust_metric(b, (hr_metric)m, y, i)));
    for (int l = 0; l < HR_LINES; l++)
        assert_true(trust_line(a, (hr_line)l, y, i) == trust_line(b, (hr_line)l, y, i));
    for (int r = 0; r < HR_RISKS; r++)
        assert_true(trust_risk(a, (hr_risk)r, y, i) == trust_risk(b, (hr_risk)r, y, i));
}

static void empty_year(const trust *t, int y, int i)
{
    for (int m = 0; m < HR_METRICS; m++)
        assert_true(isnan(trust_metric(t, (hr_metric)m, y, i)));
    for (int l = 0; l < HR_LINES; l++)
        assert_true(isnan(trust_line(t, (hr_line)l, y, i)));
    for (int r = 0; r < HR_RISKS; r++)
        assert_true(trust_risk(t, (hr_risk)r, y, i) == 0.0);
    for (int c = 0; c < HR_SCHOOL_COLUMNS; c++)
        assert_true(isnan(trust_school(t, "oak", y, (hr_school_column)c, i)));
}

static void test_nothing_is_counted_after_it(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_STILL, N, SCENE, ENDS("chance = 0.3;"));
    trust *never = TRUST(TRUST_STILL, N, SCENE);
    trust_run(t, 1);
    trust_run(never, 1);
    int ended = 0;
    for (int i = 0; i < N; i++) {
        const int last = last_year(t, i);
        for (int y = 0; y < YEARS; y++)
            if (y <= last)
                same_year(t, never, y, i);
            else
                empty_year(t, y, i);
        ended += last < YEARS;
        assert_true(isnan(t->out.opening[i]) == (last < YEARS));
        assert_true(trust_candidate(t, "fir", HR_CC_JOIN_YEAR, i) == (last < 2 ? -1.0 : 2.0));
        assert_true(trust_candidate(t, "fir", HR_CC_LOST, i) == 0.0);
    }
    /* of 256 those that an event of the first three years ends: 1 - 0.7^3 */
    assert_within((double)ended / N, 1.0 - 0.343, 5 * 0.03);
    trust_free(never);
    trust_free(t);
}

static void test_depths_are_of_the_years_counted(void **state)
{
    (void)state;
    /* Ash's balance falls from 200,000 and is below nothing in the first year at the earliest. */
    trust *t = TRUST(TRUST_STILL, 32, "schools.ash.in_year_pct=-10",
                     ENDS("chance = 1.0; from_year = \"2027/28\";"));
    trust *never = TRUST(TRUST_STILL, 32, "schools.ash.in_year_pct=-10", "years=2");
    trust_run(t, 1);
    trust_run(never, 1);
    assert_true(last_year(t, 0) == 1);
    for (int r = 0; r < HR_RISKS; r++)
        assert_true(hr_same_bits_or_nan(t->out.depth[r * 32], never->out.depth[r * 32]));
    assert_true(t->out.depth[HR_R_IN_YEAR_DEFICIT * 32] > 0.0);
    trust_free(never);
    trust_free(t);
}

/* ---- a run ---- */

static hr_result *ran(hr_scenario *s, uint64_t paths)
{
    hr_diags *d = hr_diags_new();
    hr_result *r = NULL;
    assert_int_equal(hr_run(&r, s, &(hr_run_options){.seed = 1, .paths = paths}, d), HR_OK);
    hr_diags_free(d);
    return r;
}

static hr_scenario *scenario(const char *chance)
{
    static char end[100];
    snprintf(end, sizeof end, "risks=( { id = \"end\"; trust_ends = true; chance = %s; } )",
             chance);
    const hr_change change[] = {
        {HR_CHANGE_SET, end},
        {HR_CHANGE_SET, "schools.ash.in_year_pct=-10"},
        {HR_CHANGE_SET, "targets=( { name = \"Here\"; expr = \"P(pupils > 0, end)\"; },"
                        " { name = \"Never small\"; expr = \"P(not pupils < 5, all)\"; },"
                        " { name = \"Sound\"; expr = \"P(not in_year_deficit, 2028/29)\"; } )"}};
    return load_sound(TRUST_STILL, change, 3);
}

static const hr_target_result *target(const hr_result *r, const char *id)
{
    for (int q = 0; q < r->targets; q++)
        if (strcmp(r->target[q].id, id) == 0)
            return &r->target[q];
    fail_msg("no target %s", id);
    return NULL;
}

static uint64_t counted(const hr_result *r, hr_metric m, int year)
{
    return r->metric[(int)m * r->years + year].n;
}

static void test_a_run_counts_who_is_left(void **state)
{
    (void)state;
    hr_scenario *s = scenario("0.2");
    hr_result *r = ran(s, 1000);
    const hr_target_result *never_small = target(r, "never_small");
    for (int y = 0; y < YEARS; y++) {
        const double left = (double)counted(r, HR_M_PUPILS, y) / 1000.0;
        assert_within(left, pow(0.8, y), 5 * 0.016);
        assert_int_equal(counted(r, HR_M_RESERVES, y), counted(r, HR_M_PUPILS, y));
        assert_int_equal(counted(r, HR_M_EARLY_WARNING, y), counted(r, HR_M_PUPILS, y));
        assert_near(r->metric[HR_M_PUPILS * YEARS + y].mean.value, 2400.0, 1e-12);
        assert_near(never_small->year[y].value, 1.0 - left, 1e-12);
    }
    const double last = (double)counted(r, HR_M_PUPILS, YEARS - 1) / 1000.0;
    const double third = (double)counted(r, HR_M_PUPILS, 2) / 1000.0;
    assert_near(target(r, "here")->p.value, last, 1e-12);
    assert_near(never_small->p.value, last, 1e-12);
    const double deficit = r->risk[HR_R_IN_YEAR_DEFICIT].year[2].value;
    assert_near(target(r, "sound")->p.value, third - deficit, 1e-12);
    /* the bridge, and how far reserves fall, are of the futures that they end in */
    assert_int_equal(r->opening.n, counted(r, HR_M_RESERVES, YEARS - 1));
    assert_int_equal(r->fall.n, counted(r, HR_M_RESERVES, YEARS - 1));
    double sum = r->opening.value;
    for (int l = 0; l < HR_LINES; l++)
        if (HR_LINE_ROWS[l].side != HR_SIDE_TRANSFER)
            sum += r->line[l].value;
    assert_near(sum, r->metric[HR_M_RESERVES * YEARS + YEARS - 1].mean.value, 1e-9);
    hr_result_free(r);
    hr_scenario_free(s);
}

/* ---- words ---- */

/* With every line break and margin a single space. */
static void unfold(char *text)
{
    char *to = text;
    for (const char *c = text; *c; c++)
        if (*c != '\n' && (*c != ' ' || (to > text && to[-1] != ' ')))
            *to++ = *c;
        else if (*c == '\n' && to > text && to[-1] != ' ')
            *to++ = ' ';
    *to = '\0';
}

static void test_the_verdict_says_so_first(void **state)
{
    (void)state;
    hr_scenario *s = scenario("0.2");
    hr_result *r = ran(s, 1000);
    char *text = hr_report_summary(r);
    unfold(text);
    const char *verdict = strstr(text, "Verdict ======= That the trust is still independent in "
                                       "2029/30, its last year here: 5");
    assert_non_null(verdict);
    assert_true(verdict < strstr(text, "The chance that reserves stay"));
    assert_non_null(strstr(text, "all futures in which the trust is its own to the end"));
    hr_text_free(text);
    hr_result_free(r);
    hr_scenario_free(s);
    hr_scenario *plain = load_sound(TRUST_STILL, NULL, 0);
    r = ran(plain, 32);
    text = hr_report_summary(r);
    unfold(text);
    assert_null(strstr(text, "independent"));
    assert_non_null(strstr(text, "Means over all futures, summed"));
    hr_text_free(text);
    hr_result_free(r);
    hr_scenario_free(plain);
}

/* One future, ended after its first year: no number is made up and none is printed as not one. */
static void test_nobody_is_left(void **state)
{
    (void)state;
    hr_scenario *s = scenario("1.0");
    hr_result *r = ran(s, 1);
    char *text = hr_report_summary(r), *json = hr_report_json(r);
    assert_true(counted(r, HR_M_PUPILS, 0) == 1 && counted(r, HR_M_PUPILS, 1) == 0);
    const char *row = strstr(text, "\nPupils, middle");
    assert_non_null(row);
    char line[200];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(row + 1, "\n"), row + 1);
    unfold(line);
    assert_string_equal(line, "Pupils, middle 2,400 - - -");
    assert_null(strstr(text, "Growth:"));
    assert_null(strstr(text, "Reserves at the end"));
    assert_null(strstr(text, " nan"));
    assert_null(strstr(text, "n/a"));
    assert_null(strstr(json, ": nan"));
    json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
    const json_t *metric = json_object_get(json_object_get(root, "metrics"), "pupils");
    const json_t *last = json_array_get(json_object_get(metric, "years"), YEARS - 1);
    assert_int_equal(json_integer_value(json_object_get(last, "n")), 0);
    assert_true(json_is_null(json_object_get(last, "mean")));
    json_decref(root);
    hr_text_free(json);
    hr_text_free(text);
    hr_result_free(r);
    hr_scenario_free(s);
}

static void test_a_replay_stops_there(void **state)
{
    (void)state;
    hr_scenario *s = scenario("( ( \"2026/27\", 0.0 ), ( \"2027/28\", 1.0 ) )");
    hr_diags *d = hr_diags_new();
    char *text = NULL;
    assert_int_equal(hr_report_explain(s, 1, 1, false, &text, d), HR_OK);
    assert_non_null(strstr(text, "\n2027/28\n======="));
    assert_null(strstr(text, "\n2028/29\n======="));
    unfold(text);
    assert_non_null(strstr(text, "Another trust absorbs this one at the year end: end. Nothing "
                                 "after it is counted."));
    hr_text_free(text);
    assert_int_equal(hr_report_explain(s, 1, 1, true, &text, d), HR_OK);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    json_t *rule = hr_schema_load("docs/explain.schema.json");
    assert_true(hr_conforms(rule, rule, root));
    const json_t *after = json_array_get(json_object_get(root, "years"), 3);
    assert_string_equal(json_string_value(json_object_get(after, "year")), "2028/29");
    assert_int_equal(json_array_size(json_object_get(after, "postings")), 0);
    json_decref(rule);
    json_decref(root);
    hr_text_free(text);
    hr_diags_free(d);
    hr_scenario_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_counted_after_it),
        cmocka_unit_test(test_depths_are_of_the_years_counted),
        cmocka_unit_test(test_a_run_counts_who_is_left),
        cmocka_unit_test(test_the_verdict_says_so_first),
        cmocka_unit_test(test_nobody_is_left),
        cmocka_unit_test(test_a_replay_stops_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
