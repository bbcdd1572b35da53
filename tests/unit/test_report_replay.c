/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trace made by hand is added up, told and refused where it does not add up; the reference tables
 * are there in every format. */
#include "support/near.h"
#include "support/result_fixture.h"
#include "support/schema_case.h"

#include "headroom/report.h"
#include "report/replay.h"
#include "stoch/draws.h"

enum { CENTRE = 4 };

static hr_trace_row row(int year, hr_trace_kind kind, int what, int index, double value)
{
    return (hr_trace_row){.year = year,
                          .kind = (int32_t)kind,
                          .what = what,
                          .index = index,
                          .sub = -1,
                          .value = value};
}

/* One school and the centre: 1000 + 500 - 200 top-slice; the centre 0 + 200 - 50. */
static size_t fill(hr_trace_row *r)
{
    size_t n = 0;
    r[n++] = row(-1, HR_TRACE_STATE, HR_TS_OPENING_BALANCE, 0, 1000.0);
    r[n++] = row(-1, HR_TRACE_STATE, HR_TS_OPENING_BALANCE, -1, 0.0);
    r[n++] = row(0, HR_TRACE_POST, HR_L_GRANT, 0, 300.0);
    r[n++] = row(0, HR_TRACE_POST, HR_L_GRANT, 0, 200.0);
    r[n++] = row(0, HR_TRACE_POST, HR_L_TOPSLICE, 0, -200.0);
    r[n++] = row(0, HR_TRACE_POST, HR_L_TOPSLICE, -1, 200.0);
    r[n++] = row(0, HR_TRACE_POST, HR_L_POSTS, -1, -50.0);
    r[n++] = row(0, HR_TRACE_EVENT, HR_TE_ASKED, 0, 2.0);
    r[n++] = row(0, HR_TRACE_REFUSED, HR_P_CAPACITY, 0, 118.0);
    r[n++] = row(0, HR_TRACE_EVENT, HR_TE_HEAD_LEFT, 1, 1.0); /* not in the trust: not told */
    r[n++] = row(0, HR_TRACE_STATE, HR_TS_CENSUS, 0, 364.2);
    r[n++] = row(0, HR_TRACE_METRIC, HR_M_PUPILS, -1, 364.2);
    r[n++] = (hr_trace_row){
        .year = 0, .kind = HR_TRACE_DRAW, .what = HR_D_ROLL, .entity = 100, .value = -0.25};
    r[n++] = row(0, HR_TRACE_STATE, HR_TS_CLOSING_BALANCE, 0, 1300.0);
    r[n++] = row(0, HR_TRACE_STATE, HR_TS_CLOSING_BALANCE, -1, 150.0);
    r[n++] = row(1, HR_TRACE_STATE, HR_TS_CLOSING_BALANCE, 0, 1300.0);
    r[n++] = row(1, HR_TRACE_STATE, HR_TS_CLOSING_BALANCE, -1, 150.0);
    return n;
}

static hr_replay replay(hr_fixture *f, hr_trace_row *rows)
{
    return (hr_replay){.scenario = hr_fixture_scenario(f),
                       .plan = hr_fixture_result(f)->plan,
                       .path = 7,
                       .row = rows,
                       .rows = fill(rows)};
}

static char *told(const hr_replay *r)
{
    hr_page *p = hr_page_new();
    hr_replay_page(p, r);
    char *text = hr_page_as_text(p);
    hr_page_free(p);
    assert_non_null(text);
    return text;
}

/* What all accounts together were posted in a line. */
static double of_the_trust(const hr_accounts *a, hr_line line)
{
    double total = 0.0;
    for (int i = 0; i < a->accounts; i++)
        total += a->posted[(int)line * a->accounts + i];
    return total;
}

static void test_adds_up(void **state)
{
    (void)state;
    hr_trace_row rows[32];
    hr_fixture *f = hr_fixture_new(NULL, 2);
    const hr_replay r = replay(f, rows);
    hr_arena *arena = hr_arena_new();
    const hr_accounts *a = hr_replay_accounts(&r, 0, NULL, arena);
    assert_true(hr_accounts_add_up(a, 0) && hr_accounts_add_up(a, CENTRE));
    assert_false(a->there[1]);
    assert_near(of_the_trust(a, HR_L_GRANT), 500.0, 0.0);
    assert_near(of_the_trust(a, HR_L_TOPSLICE), 0.0, 0.0);
    const hr_accounts *next = hr_replay_accounts(&r, 1, a, arena);
    assert_near(next->opening[0], 1300.0, 0.0);
    assert_true(hr_accounts_add_up(next, 0));
    rows[2].value += 1.0;
    assert_false(hr_accounts_add_up(hr_replay_accounts(&r, 0, NULL, arena), 0));
    char *text = told(&r);
    assert_non_null(strstr(text, "CHECK: 1 accounts do not add up"));
    free(text);
    hr_arena_free(arena);
    hr_fixture_free(f);
}

static void test_is_told(void **state)
{
    (void)state;
    hr_trace_row rows[32];
    hr_fixture *f = hr_fixture_new(NULL, 2);
    const hr_replay r = replay(f, rows);
    char *text = told(&r);
    for (char *c = text; *c; c++)
        if (c[0] == '\n' && c[1] == ' ' && c[2] == ' ')
            memmove(c, c + 2, strlen(c + 2) + 1); /* items on one line */
    assert_null(strstr(text, "ready in November 2018"));
    assert_non_null(strstr(text, "asked to join and was refused: improvement days needed would "
                                 "be 118 % of supply, which the policy does not allow. It waits a "
                                 "year."));
    assert_null(strstr(text, "The head of"));
    assert_non_null(strstr(text, "accounts."));
    assert_null(strstr(text, "CHECK"));
    free(text);
    hr_fixture_scenario(f)->params->scenario.growth_policy.max_capacity_use_pct = 1;
    text = told(&r);
    assert_non_null(
        strstr(text, "118 % of supply, the policy allows 5 % of supply. It waits a year."));
    free(text);
    hr_fixture_free(f);
}

/* The words of one event in year 1 of the fixture, as the page has them. */
static void says(hr_trace_row event, const char *words)
{
    hr_trace_row rows[40];
    hr_fixture *f = hr_fixture_new(NULL, 2);
    hr_replay r = replay(f, rows);
    rows[r.rows++] = row(0, HR_TRACE_STATE, HR_TS_QUALITY, 0, 1.0);
    rows[r.rows++] = row(0, HR_TRACE_EVENT, HR_TE_CAME_FORWARD, 0, 2.0);
    rows[r.rows++] = event;
    hr_page *p = hr_page_new();
    assert_string_equal(hr_replay_event(p, &r, &rows[r.rows - 1]), words);
    hr_page_free(p);
    hr_fixture_free(f);
}

static void test_events_in_words(void **state)
{
    (void)state;
    says(row(1, HR_TRACE_EVENT, HR_TE_SAVING, 2, 1407.4),
         "St Wilfrid's CE Primary found savings of \xc2\xa3"
         "1,407 for next year.");
    says(row(1, HR_TRACE_EVENT, HR_TE_SAVING, 2, -29700.0),
         "St Wilfrid's CE Primary chose to spend \xc2\xa3"
         "29,700 of next year's planned surplus.");
    says(row(1, HR_TRACE_EVENT, HR_TE_QUALITY, 0, 2.0),
         "Canon Sharples CE Primary School and Nursery fell in quality from good to requires "
         "improvement.");
    says(row(1, HR_TRACE_EVENT, HR_TE_QUALITY, 2, 2.0),
         "The quality of St Wilfrid's CE Primary is now: requires improvement.");
    says(row(1, HR_TRACE_EVENT, HR_TE_JOINED, 0, 5.0),
         "St David Haigh and Aspull CE Primary joined in February 2019, 3 months later than "
         "wished.");
    says(row(1, HR_TRACE_EVENT, HR_TE_WITHDREW, 0, 16.0),
         "St David Haigh and Aspull CE Primary withdrew in January 2020.");
    says(row(1, HR_TRACE_EVENT, HR_TE_LOST_CONDITION, 0, 16.0),
         "St David Haigh and Aspull CE Primary does not join after all, for a condition of the "
         "join.");
    says(row(1, HR_TRACE_EVENT, HR_TE_CLASSES_CLOSED, 2, 1.0),
         "St Wilfrid's CE Primary closed 1 class.");
    says(row(1, HR_TRACE_EVENT, HR_TE_CAPITAL_ROUTE, -1, 1.0),
         "Capital money now comes to the trust by formula, without bids.");
    says(row(1, HR_TRACE_EVENT, HR_TE_CAPITAL_ROUTE, -1, 0.0),
         "Capital money now comes by bids, school by school.");
    says(row(1, HR_TRACE_EVENT, HR_TE_CENTRE_RECOVERS, -1, 1.0),
         "The centre ended the last year below its floor: every school's top-slice is 1 point "
         "higher this year.");
    says(row(1, HR_TRACE_EVENT, HR_TE_SCHOOL_RELIEVED, 2, 1.5),
         "St Wilfrid's CE Primary ended the last year below the floor of schools: its top-slice is "
         "1.5 points lower this year.");
    says(row(1, HR_TRACE_EVENT, HR_TE_SAVING, -1, 1407.4), "The centre found savings of \xc2\xa3"
                                                           "1,407 for next year.");
    says(row(1, HR_TRACE_EVENT, HR_TE_RISK, 0, 2.0),
         "Of the risk register, for 2 years across the trust: a risk.");
    says(row(1, HR_TRACE_REFUSED, HR_P_WEAK_SCHOOLS, 0, 1.0),
         "St David Haigh and Aspull CE Primary asked to join and was refused: schools below good "
         "would be 1, the policy allows none. It waits a year.");
    says(row(1, HR_TRACE_REFUSED, HR_P_APPROVAL, 0, 0.9),
         "St David Haigh and Aspull CE Primary asked to join and was refused: the department did "
         "not approve. It waits a year.");
}

static void test_a_school_that_left_is_told(void **state)
{
    (void)state;
    hr_trace_row rows[32];
    hr_fixture *f = hr_fixture_new(NULL, 2);
    hr_replay r = replay(f, rows);
    r.rows -= 2; /* year 1 has the centre alone */
    rows[r.rows++] = row(1, HR_TRACE_STATE, HR_TS_CLOSING_BALANCE, -1, 150.0);
    char *text = told(&r);
    assert_non_null(
        strstr(text, "- Canon Sharples CE Primary School and Nursery is no longer in the trust."));
    free(text);
    hr_fixture_free(f);
}

/* All luck stands behind the story: a setting with its normal, and nothing of a school of the
 * pipeline that never came forward. */
static void test_luck_comes_last(void **state)
{
    (void)state;
    hr_trace_row rows[40];
    hr_fixture *f = hr_fixture_new(NULL, 2);
    hr_slot slot[4] = {{.entity = 0}, {.entity = 77}, {.entity = 78}, {.entity = 79}};
    hr_plan plan = *hr_fixture_result(f)->plan;
    plan.slot = slot;
    plan.slots = 4;
    hr_replay r = replay(f, rows);
    r.plan = &plan;
    rows[r.rows++] = (hr_trace_row){
        .year = -1, .kind = HR_TRACE_SETTING, .what = 3, .entity = 79, .value = 2.25};
    rows[r.rows++] = (hr_trace_row){
        .year = -1, .kind = HR_TRACE_DRAW, .what = HR_D_ASSUMPTION, .entity = 79, .value = 0.5};
    rows[r.rows++] = (hr_trace_row){
        .year = 0, .kind = HR_TRACE_DRAW, .what = HR_D_ROLL, .entity = 103, .value = 1.75};
    char *text = told(&r);
    const char *luck = strstr(text, "Everything that luck decided");
    assert_non_null(luck);
    assert_true(strstr(text, "Accounts, in pounds") < luck);
    assert_non_null(strstr(luck, "  world_drivers.prices.mean_pct  z   0.5000   2.250  %"));
    assert_non_null(strstr(luck, "-0.2500"));
    assert_non_null(strstr(luck, "\nCanon Sharples CE Primary School and Nursery\n"));
    assert_null(strstr(luck, "1.7500"));
    assert_non_null(strstr(luck, "never came forward in this future: Primary 1."));
    free(text);
    text = hr_replay_json(&r);
    assert_non_null(strstr(text, "1.75")); /* the document keeps everything */
    free(text);
    hr_fixture_free(f);
}

static void test_document(void **state)
{
    (void)state;
    hr_trace_row rows[32];
    hr_fixture *f = hr_fixture_new(HR_HOSTILE_NAME, 2);
    const hr_replay r = replay(f, rows);
    char *text = hr_replay_json(&r);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    const json_t *year = json_array_get(json_object_get(root, "years"), 1);
    const json_t *account = json_array_get(json_object_get(year, "accounts"), 0);
    assert_true(json_is_true(json_object_get(account, "adds_up")));
    assert_string_equal(json_string_value(json_object_get(account, "id")), "canon-sharples");
    assert_near(json_number_value(json_object_get(json_object_get(account, "lines"), "grant")),
                500.0, 0.0);
    json_t *rule = hr_schema_load("docs/explain.schema.json");
    assert_true(hr_conforms(rule, rule, root));
    const json_t *posting = json_array_get(json_object_get(year, "postings"), 2);
    assert_string_equal(json_string_value(json_object_get(posting, "line")), "topslice");
    assert_string_equal(json_string_value(json_object_get(posting, "account")), "canon-sharples");
    const json_t *refused = json_array_get(json_object_get(year, "refusals"), 0);
    assert_string_equal(json_string_value(json_object_get(refused, "policy")), "capacity");
    assert_string_equal(json_string_value(json_object_get(refused, "candidate")), "st-davids");
    const json_t *draw = json_array_get(json_object_get(year, "draws"), 0);
    assert_string_equal(json_string_value(json_object_get(draw, "driver")), "roll");
    json_decref(rule);
    json_decref(root);
    free(text);
    hr_fixture_free(f);
}

static void test_reference_tables(void **state)
{
    (void)state;
    for (int i = 0; hr_report_topic(i); i++) {
        char *text = hr_report_show(hr_report_topic(i), "text");
        char *markdown = hr_report_show(hr_report_topic(i), "md");
        char *json = hr_report_show(hr_report_topic(i), "json");
        assert_non_null(text);
        assert_non_null(markdown);
        json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
        assert_true(json_array_size(json_object_get(root, hr_report_topic(i))) > 0);
        json_decref(root);
        free(text);
        free(markdown);
        free(json);
    }
    assert_null(hr_report_show("nonsense", "text"));
    assert_null(hr_report_show("metrics", "nonsense"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adds_up),          cmocka_unit_test(test_is_told),
        cmocka_unit_test(test_events_in_words),  cmocka_unit_test(test_a_school_that_left_is_told),
        cmocka_unit_test(test_luck_comes_last),  cmocka_unit_test(test_document),
        cmocka_unit_test(test_reference_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
