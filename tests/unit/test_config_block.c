/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The block of parameters: what each setting becomes, candidates and the pipeline, keys of luck,
 * and the same bytes whatever the order of a file. */
#include "support/config_case.h"

#include <math.h>

#include "base/sha256.h"
#include "stoch/sampler.h"

#define ROWS(s, span, type) HR_SPAN((s)->params, span, hr_params_##type)

static const hr_quantity *quantity(const hr_scenario *s, hr_real real)
{
    return hr_params_quantity(s->params, real);
}

static const char *text(const hr_scenario *s, hr_text at) { return hr_params_text(s->params, at); }

static void settings_become_members(void **state)
{
    (void)state;
    hr_scenario *s = load_sound(SMALL, NULL, 0);
    const hr_params *p = s->params;
    assert_int_equal(p->magic, HR_PARAMS_MAGIC);
    assert_int_equal(p->scenario.start_year, 2026);
    assert_int_equal(p->scenario.as_of, HR_NOT_GIVEN);
    assert_int_equal(p->scenario.national, 0);
    const hr_params_school *hill = ROWS(s, p->scenario.schools, school);
    assert_string_equal(text(s, hill->id), "hill");
    assert_int_equal(hill->phase, HR_phase_SECONDARY);
    assert_int_equal(hill->grade, HR_grade_REQUIRES_IMPROVEMENT);
    assert_true(hill->grant == 7150000 && hill->post16 == 130 && isnan(hill->pan));
    assert_int_equal(hill->ages.count, 2);
    assert_true(HR_SPAN(p, hill->ages, double)[1] == 18);
    assert_int_equal(quantity(s, hill->reserves)->kind, HR_QUANTITY_NUMBER);
    assert_true(quantity(s, hill->reserves)->value == 350000);
    assert_string_equal(text(s, quantity(s, hill->reserves)->key), "schools.hill.reserves");
    assert_int_equal(quantity(s, hill->reserves)->entity,
                     hr_entity_number("schools.hill.reserves"));
    assert_int_equal(hill[1].reserves != 0, 1);
    assert_false(hr_real_given(p, 0));
    hr_scenario_free(s);
}

static void uncertain_settings_become_quantities(void **state)
{
    (void)state;
    hr_scenario *s = load_sound(SMALL, NULL, 0);
    const hr_params_risk *risk = ROWS(s, s->params->scenario.risks, risk);
    while (strcmp(text(s, risk->id), "flood") != 0)
        risk++;
    const hr_quantity *cost = quantity(s, risk->cost);
    assert_int_equal(cost->kind, HR_QUANTITY_FUTURE);
    assert_int_equal(cost->family, HR_DIST_LOGNORMAL);
    assert_int_equal(cost->grows, HR_GROWS_PRICES);
    assert_true(cost->dist[0] == 100000 && cost->dist[1] == 0.8 && cost->high == 1000000 &&
                isinf(cost->low));
    assert_int_equal(risk->from_year, 2027);
    assert_int_equal(risk->until_year, HR_NOT_GIVEN);
    const hr_params_area *town = ROWS(s, s->params->scenario.areas, area);
    while (strcmp(text(s, town->id), "town") != 0)
        town++;
    assert_true(quantity(s, town->trend_pct[HR_phase_PRIMARY])->value == -1);
    assert_true(quantity(s, town->trend_pct[HR_phase_SECONDARY])->value == 0.5);
    assert_string_equal(text(s, quantity(s, town->trend_pct[HR_phase_INFANT])->key),
                        "areas.town.trend_pct.infant");
    hr_scenario_free(s);
}

static void candidates_have_their_schools(void **state)
{
    (void)state;
    hr_scenario *s = load_sound(SMALL, NULL, 0);
    const hr_params *p = s->params;
    static const char *const IDS[] = {"acorn", "primaries-01", "primaries-02", "primaries-03",
                                      "st-marks"};
    static const int SCHOOLS[] = {2, 1, 1, 1, 1}, PIPELINE[] = {-1, 0, 0, 0, -1},
                     SLOT[] = {0, 0, 1, 2, 0};
    const hr_params_candidate *c = ROWS(s, p->candidates, candidate);
    assert_int_equal(p->candidates.count, 5);
    assert_int_equal(p->scenario.candidates.count, 0);
    for (int i = 0; i < 5; i++) {
        assert_string_equal(text(s, c[i].id), IDS[i]);
        assert_int_equal(c[i].schools.count, SCHOOLS[i]);
        assert_int_equal(HR_SPAN(p, p->pipeline_of, int32_t)[i], PIPELINE[i]);
        assert_int_equal(HR_SPAN(p, p->slot_of, int32_t)[i], SLOT[i]);
    }
    const hr_params_school *ash = ROWS(s, c[0].schools, school);
    assert_string_equal(text(s, ash->id), "ash");
    assert_string_equal(text(s, quantity(s, ash->class_size)->key),
                        "candidates.acorn.schools.ash.class_size");
    assert_int_equal(c[0].wished, 2028 * 12 + 8);
    const hr_params_school *slot = ROWS(s, c[2].schools, school);
    assert_string_equal(text(s, slot->id), "primaries-02");
    assert_string_equal(text(s, slot->name), "Primary nearby 2");
    assert_string_equal(text(s, quantity(s, slot->roll_scale)->key),
                        "candidates.primaries-02.roll_scale");
    assert_int_equal(c[2].wished, HR_NOT_GIVEN);
    assert_string_equal(text(s, quantity(s, c[4].balance)->key), "candidates.st-marks.balance");
    assert_int_equal(quantity(s, c[4].balance)->kind, HR_QUANTITY_NUMBER);
    hr_scenario_free(s);
}

static void conditions_come_from_row_and_route(void **state)
{
    (void)state;
    hr_scenario *s = load_sound(SMALL, NULL, 0);
    const hr_params_candidate *marks = ROWS(s, s->params->candidates, candidate) + 4;
    const hr_params_condition *d = ROWS(s, marks->conditions, condition);
    int lease = -1, moving = -1;
    for (int i = 0; i < (int)marks->conditions.count; i++) {
        lease = strcmp(text(s, d[i].id), "lease") == 0 ? i : lease;
        moving = strcmp(text(s, d[i].id), "moving") == 0 ? i : moving;
    }
    assert_true(lease >= 0 && moving > lease);
    assert_int_equal(quantity(s, d[lease].cost)->price_year, 2025);
    assert_string_equal(text(s, quantity(s, d[moving].chance)->key),
                        "candidates.st-marks.conditions.moving.chance");
    assert_true(quantity(s, d[moving].chance)->value == 0.3);
    hr_scenario_free(s);
}

static void a_pipeline_row_is_listed_once(void **state)
{
    (void)state;
    hr_scenario *s = load_sound(SMALL, NULL, 0);
    const hr_assumption *scale = find_assumption(s, "pipeline.primaries.roll_scale");
    assert_non_null(scale);
    assert_string_equal(text(s, quantity(s, scale->quantity)->key),
                        "candidates.primaries-01.roll_scale");
    assert_null(find_assumption(s, "candidates.primaries-01.roll_scale"));
    assert_null(find_assumption(s, "schools.hill.id"));
    for (int i = 1; i < s->assumptions; i++)
        assert_true(strcmp(s->assumption[i - 1].key, s->assumption[i].key) < 0);
    hr_scenario_free(s);
}

static void big_sums_and_mixed_lists_are_right(void **state)
{
    (void)state;
    static const hr_change CHANGE[] = {
        {HR_CHANGE_SET, "growth_policy.max_pupils=4294967"},
        {HR_CHANGE_SET, "schools.hill.roll=[180, 190.5, 200, 150, 140, 70, 60]"}};
    hr_scenario *s = load_sound(SMALL, CHANGE, 2);
    const hr_params_school *hill = ROWS(s, s->params->scenario.schools, school);
    assert_true(HR_SPAN(s->params, hill->roll, double)[1] == 190.5);
    hr_scenario_free(s);
    const hr_change past = {HR_CHANGE_SET, "history.2025/26.income=7150000000"};
    s = load_sound(SMALL, &past, 1);
    assert_true(ROWS(s, s->params->scenario.history, history)->income == 7150000000.0);
    hr_scenario_free(s);
}

static void years_may_count_from_the_start(void **state)
{
    (void)state;
    static const hr_change BY_COUNT[] = {
        {HR_CHANGE_SET, "world_drivers.funding_known_pct=( (\"+0\", 1), (\"+2\", 3) )"},
        {HR_CHANGE_SET, "risks.flood.from_year=+1"}};
    static const hr_change BY_NAME[] = {
        {HR_CHANGE_SET, "world_drivers.funding_known_pct=( (\"2026/27\", 1), (\"2028/29\", 3) )"},
        {HR_CHANGE_SET, "risks.flood.from_year=2027/28"}};
    static const hr_change WRONG[] = {{HR_CHANGE_SET, "start_year=+1"},
                                      {HR_CHANGE_SET, "risks.flood.from_year=1"},
                                      {HR_CHANGE_SET, "risks.flood.from_year=+"},
                                      {HR_CHANGE_SET, "risks.flood.from_year=+100"}};
    hr_scenario *a = load_sound(SMALL, BY_COUNT, 2), *b = load_sound(SMALL, BY_NAME, 2);
    assert_same_block(a, b);
    assert_string_equal(a->resolved, b->resolved);
    hr_scenario_free(a);
    hr_scenario_free(b);
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
        load_refused(SMALL, &WRONG[i], 1, "which is not an academic year");
}

/* The same content in another order of groups, keys and rows, with other spacing and comments. */
static void order_changes_nothing(void **state)
{
    (void)state;
    static const char TURNED[] =
        "/* turned */ topslice : { rate_pct = 5.0 };\nrisks = ({ chance = 2e-2, id = \"flood\" "
        "});\n"
        "candidates = ( { wished = \"+12\"; route = \"converter\"; roll = 200; ages = [4, 11]; "
        "phase = \"primary\"; id = \"elm\"; } );\n"
        "centre = { posts = ( { cost = 145000; id = \"ceo\"; } ); reserves = 240000.0; };\n"
        "schools = (\n"
        "  { id = \"hill\"; reserves = 350000; phase = \"secondary\"; ages = [11, 18]; roll_before "
        "= 1021; roll = 1043; post16 = 130; },\n"
        "  { id = \"oak\"; pan = 60; phase = \"primary\"; ages = [4, 11]; roll = 412; reserves = "
        "180000; roll_before = 410; } );\n"
        "start_year = \"2026/27\"; name = \"Sound\"; format = 1; // no line end";
    hr_scenario *a = load_sound(SOUND, NULL, 0),
                *b = load_sound(case_file("turned.cfg", TURNED), NULL, 0);
    assert_same_block(a, b);
    hr_scenario_free(a);
    hr_scenario_free(b);
}

static void digest_follows_values_alone(void **state)
{
    (void)state;
    static const hr_change SAME = {HR_CHANGE_SET,
                                   "topslice.rate_pct={ value = 5; source = \"the board\"; }"};
    static const hr_change OTHER = {HR_CHANGE_SET, "topslice.rate_pct=5.000001"};
    hr_scenario *a = load_sound(SOUND, NULL, 0), *b = load_sound(SOUND, &SAME, 1),
                *c = load_sound(SOUND, &OTHER, 1);
    assert_string_equal(a->digest, b->digest);
    assert_string_not_equal(a->digest, c->digest);
    assert_int_equal(strlen(a->digest), 64);
    hr_scenario_free(a);
    hr_scenario_free(b);
    hr_scenario_free(c);
}

static int clean(void **state)
{
    (void)state;
    case_clean();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_become_members),
        cmocka_unit_test(uncertain_settings_become_quantities),
        cmocka_unit_test(candidates_have_their_schools),
        cmocka_unit_test(conditions_come_from_row_and_route),
        cmocka_unit_test(a_pipeline_row_is_listed_once),
        cmocka_unit_test(big_sums_and_mixed_lists_are_right),
        cmocka_unit_test(years_may_count_from_the_start),
        cmocka_unit_test(order_changes_nothing),
        cmocka_unit_test(digest_follows_values_alone),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
