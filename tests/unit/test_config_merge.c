/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers: precedence, bases, overlays, --set, rows that are added, changed and removed, defaults of
 * rows, and sources that stay with their own figure. */
#include "support/config_case.h"

static const char HEAD[] = "base = \"sound.cfg\";\n";

static const char *case_on_sound(const char *name, const char *body)
{
    char text[4000];
    snprintf(text, sizeof text, "%s%s", HEAD, body);
    case_copy(SOUND, "sound.cfg");
    return case_file(name, text);
}

static void later_layers_win(void **state)
{
    (void)state;
    const char *path = case_on_sound("a.cfg", "years = 6; topslice = { rate_pct = 4; };\n");
    const char *over = case_file("over.cfg", "topslice = { rate_pct = { primary = 3; }; };\n");
    const hr_change change[] = {{HR_CHANGE_SET, "topslice.rate_pct.secondary=2"},
                                {HR_CHANGE_WITH, over}};
    hr_scenario *s = load_sound(path, change, 2);
    assert_value(s, "years", "6");
    assert_value(s, "topslice.rate_pct.special", "4");
    assert_value(s, "topslice.rate_pct.primary", "3");
    assert_value(s, "topslice.rate_pct.secondary", "2");
    assert_int_equal(find_assumption(s, "topslice.rate_pct.special")->origin, HR_ORIGIN_SCENARIO);
    assert_int_equal(find_assumption(s, "topslice.rate_pct.primary")->origin, HR_ORIGIN_OVERLAY);
    assert_int_equal(find_assumption(s, "topslice.rate_pct.secondary")->origin, HR_ORIGIN_SET);
    assert_int_equal(find_assumption(s, "topslice.rate_pct.secondary")->line, 0);
    assert_int_equal(find_assumption(s, "topslice.joiner_years")->origin, HR_ORIGIN_DEFAULT);
    assert_int_equal(s->inputs, 4);
    assert_true(s->input[3].shipped);
    hr_scenario_free(s);
}

static void rows_are_added_changed_and_removed(void **state)
{
    (void)state;
    const char *path = case_on_sound(
        "rows.cfg", "schools = ( { id = \"hill\"; remove = true; }, { id = \"oak\"; pan = 75; },\n"
                    "  { id = \"ash\"; phase = \"junior\"; ages = [7, 11]; roll = 100; roll_before "
                    "= 99; reserves = 1; } );\n");
    hr_scenario *s = load_sound(path, NULL, 0);
    assert_int_equal(s->params->scenario.schools.count, 2);
    const hr_params_school *school =
        HR_SPAN(s->params, s->params->scenario.schools, hr_params_school);
    assert_string_equal(hr_params_text(s->params, school[0].id), "ash");
    assert_string_equal(hr_params_text(s->params, school[1].id), "oak");
    assert_true(school[1].pan == 75);
    hr_scenario_free(s);
}

static void a_removed_row_may_come_back(void **state)
{
    (void)state;
    const char *path =
        case_on_sound("gone.cfg", "risks = ( { id = \"flood\"; remove = true; } );\n");
    const char *over = case_file("again.cfg", "risks = ( { id = \"flood\"; chance = 0.5; } );\n");
    const hr_change change = {HR_CHANGE_WITH, over};
    hr_scenario *s = load_sound(path, NULL, 0);
    assert_null(find_assumption(s, "risks.flood.chance"));
    hr_scenario_free(s);
    s = load_sound(path, &change, 1);
    assert_value(s, "risks.flood.chance", "0.5");
    hr_scenario_free(s);
}

static void correlations_are_pairs_in_either_order(void **state)
{
    (void)state;
    const char *path = case_on_sound(
        "pair.cfg", "correlations = ( { a = \"teacher_pay\"; b = \"prices\"; rho = 0.5; } );\n");
    const char *over = case_file(
        "turned.cfg", "correlations = ( { a = \"prices\"; b = \"teacher_pay\"; rho = 0.25; } );\n");
    const hr_change change[] = {{HR_CHANGE_WITH, over},
                                {HR_CHANGE_SET, "correlations.prices+teacher_pay.rho=0.75"}};
    hr_scenario *s = load_sound(path, change, 1);
    assert_value(s, "correlations.prices+teacher_pay.rho", "0.25");
    assert_null(find_assumption(s, "correlations.teacher_pay+prices.rho"));
    hr_scenario_free(s);
    s = load_sound(path, change, 2);
    assert_value(s, "correlations.prices+teacher_pay.rho", "0.75");
    hr_scenario_free(s);
}

static void defaults_lie_under_rows(void **state)
{
    (void)state;
    const char *path = case_on_sound(
        "defaults.cfg",
        "defaults = { school = { all = { class_size = 29; leader_days = 7; }; phase = { primary = "
        "{ class_size = 25; }; }; };\n"
        "  candidate = { all = { class_size = 22; }; route = { converter = { join_cost = 1234;\n"
        "    conditions = ( { id = \"moving\"; chance = 0.3; }, { id = \"lease\"; chance = 0.1; } "
        "); }; }; }; };\n"
        "schools = ( { id = \"oak\"; leader_days = 3; } );\n"
        "candidates = ( { id = \"elm\"; conditions = ( { id = \"lease\"; remove = true; } ); } "
        ");\n");
    const hr_change change = {HR_CHANGE_SET, "candidates.elm.conditions.moving.chance=0.9"};
    hr_scenario *s = load_sound(path, &change, 1);
    assert_value(s, "schools.oak.class_size", "25");
    assert_value(s, "schools.hill.class_size", "29");
    assert_value(s, "schools.oak.leader_days", "3");
    assert_value(s, "schools.hill.leader_days", "7");
    assert_value(s, "candidates.elm.class_size", "22");
    assert_value(s, "candidates.elm.join_cost", "1234");
    assert_value(s, "candidates.elm.conditions.moving.chance", "0.9");
    assert_null(find_assumption(s, "candidates.elm.conditions.lease.chance"));
    hr_scenario_free(s);
}

/* A figure that replaces another does not keep the other's source. */
static void sources_stay_with_their_figure(void **state)
{
    (void)state;
    const char *path =
        case_on_sound("sources.cfg", "topslice = { source = \"the committee\"; owner = \"the "
                                     "director\"; confidence = \"high\";\n"
                                     "  rate_pct = { primary = 4; all = { value = 6; source = "
                                     "\"the board\"; }; }; flat = 5; };\n");
    const hr_change change = {HR_CHANGE_SET, "topslice.flat=7"};
    hr_scenario *s = load_sound(path, &change, 1);
    const hr_assumption *primary = find_assumption(s, "topslice.rate_pct.primary");
    const hr_assumption *other = find_assumption(s, "topslice.rate_pct.secondary");
    assert_string_equal(primary->source, "the committee");
    assert_string_equal(other->source, "the board");
    assert_string_equal(other->owner, "the director");
    assert_null(find_assumption(s, "topslice.flat.primary")->source);
    const hr_assumption *usual = find_assumption(s, "topslice.joiner_years");
    assert_true(usual->source == NULL || strcmp(usual->source, "the committee") != 0);
    hr_scenario_free(s);
}

static void set_takes_bare_words(void **state)
{
    (void)state;
    static const hr_change CHANGE[] = {
        {HR_CHANGE_SET, "topslice.form=flat"},
        {HR_CHANGE_SET, "start_year=2027/28"},
        {HR_CHANGE_SET, "candidates.elm.wished=+12"},
        {HR_CHANGE_SET, "name=Two words"},
        {HR_CHANGE_SET, "schools.oak.church=true"},
        {HR_CHANGE_SET, "schools.oak.reserves={ dist = \"normal\"; mean = 5; sd = 2; }"},
        {HR_CHANGE_SET, "centre.posts.ceo.cost=1e5"},
        {HR_CHANGE_SET, "defaults.school.all.class_size=28"},
        {HR_CHANGE_SET, "schools.hill.roll=[180,190,200,150,140,70,60]"},
    };
    hr_scenario *s = load_sound(SOUND, CHANGE, sizeof CHANGE / sizeof CHANGE[0]);
    assert_value(s, "topslice.form", "\"flat\"");
    assert_value(s, "candidates.elm.wished", "\"2028-09\"");
    assert_string_equal(hr_scenario_name(s), "Two words");
    assert_value(s, "schools.oak.church", "true");
    assert_value(s, "schools.oak.reserves", "{ dist = \"normal\"; mean = 5; sd = 2; }");
    assert_value(s, "centre.posts.ceo.cost", "100000");
    assert_value(s, "schools.oak.class_size", "28");
    assert_value(s, "schools.hill.roll", "[180, 190, 200, 150, 140, 70, 60]");
    hr_scenario_free(s);
}

static void refuse_set(const char *text, const char *words)
{
    const hr_change change = {HR_CHANGE_SET, text};
    load_refused(SOUND, &change, 1, words);
}

static void set_refuses_what_is_not_there(void **state)
{
    (void)state;
    refuse_set("topslice.rate=4", "did you mean \"rate_pct\"?");
    refuse_set("schools.oka.pan=4", "did you mean \"oak\"?");
    refuse_set("candidates.elm.conditions.nothing.chance=1",
               "candidates.elm.conditions has no \"nothing\" to change");
    refuse_set("schools.oak.pan=many", "schools.oak.pan is a text; it must be a number");
    refuse_set("base=other.cfg", "a base is named in a file");
    refuse_set("years=5; name = \"x\"", "the value is not one value");
    refuse_set("years", "a setting is written KEY=VALUE");
    refuse_set("years=", "a setting is written KEY=VALUE");
    refuse_set("years.more=5", "years is one value");
    refuse_set("schools.oak=5", "the value be a group");
    refuse_set("defaults.school=5", "a default is named as in");
    refuse_set("defaults.skool.all.pan=5", "a default is named as in");
    refuse_set("schools.oak.pan=60 /* ", "never closed");
    refuse_set("topslice.rate_pct.primry=5", "did you mean \"primary\"?");
}

static void worlds_and_defaults_can_be_files(void **state)
{
    (void)state;
    case_file("world.cfg", "world_drivers = { sector_sd_pct = 2.25; };\n");
    case_file("mine.cfg", "base = \"england\"; estate = { bid_chance = 0.125; };\n");
    const char *path =
        case_on_sound("both.cfg", "world = \"world.cfg\"; national = \"mine.cfg\"; years = 3;\n");
    hr_scenario *s = load_sound(path, NULL, 0);
    assert_value(s, "world_drivers.sector_sd_pct", "2.25");
    assert_int_equal(find_assumption(s, "world_drivers.sector_sd_pct")->origin, HR_ORIGIN_DEFAULT);
    assert_value(s, "estate.bid_chance", "0.125");
    hr_scenario_free(s);
    const hr_change none = {HR_CHANGE_SET, "world=none"};
    s = load_sound(path, &none, 1);
    assert_string_not_equal(find_assumption(s, "world_drivers.sector_sd_pct")->value, "2.25");
    hr_scenario_free(s);
}

/* A world laid under bites where the scenario has a word of its own, and gives way to its changes,
 * whatever their order; the scenario's own world lies beneath all. */
static void a_world_lies_under_the_changes(void **state)
{
    (void)state;
    case_file("own.cfg", "world_drivers = { sector_sd_pct = 2.25; regime_gap_pct = 0.5; };\n");
    const char *path = case_on_sound("own-world.cfg", "world = \"own.cfg\"; years = 3;\n"
                                                      "estate = { bid_chance = 0.125; };\n");
    case_file("under.cfg", "world_drivers = { sector_sd_pct = 1.5; };\n"
                           "estate = { bid_chance = 0.25; };\nyears = 4;\n");
    char under[300];
    snprintf(under, sizeof under, "%s/under.cfg", case_folder());
    const char *over = case_file("over.cfg", "estate = { bid_chance = 0.75; };\n");
    const hr_change change[] = {
        {HR_CHANGE_WITH, over}, {HR_CHANGE_SET, "years=2"}, {HR_CHANGE_UNDER, under}};
    hr_scenario *s = load_sound(path, &change[2], 1);
    assert_value(s, "world_drivers.sector_sd_pct", "1.5");
    assert_value(s, "world_drivers.regime_gap_pct", "0.5");
    assert_value(s, "estate.bid_chance", "0.25");
    assert_value(s, "years", "4");
    assert_int_equal(find_assumption(s, "years")->origin, HR_ORIGIN_OVERLAY);
    hr_scenario_free(s);
    s = load_sound(path, change, 3);
    assert_value(s, "world_drivers.sector_sd_pct", "1.5");
    assert_value(s, "estate.bid_chance", "0.75");
    assert_value(s, "years", "2");
    hr_scenario_free(s);
}

static void a_world_is_looked_for_among_worlds(void **state)
{
    (void)state;
    const hr_change change[] = {{HR_CHANGE_UNDER, "tight-settlement"},
                                {HR_CHANGE_UNDER, "worlds/tight-settlement"},
                                {HR_CHANGE_UNDER, "tight-setlement"},
                                {HR_CHANGE_UNDER, "pay-shock"},
                                {HR_CHANGE_UNDER, "overlays/pay-shock"}};
    hr_scenario_free(load_sound(SOUND, &change[0], 1));
    hr_scenario_free(load_sound(SOUND, &change[1], 1));
    load_refused(SOUND, &change[2], 1, "did you mean \"tight-settlement\"?");
    load_refused(SOUND, &change[3], 1, "world \"pay-shock\" does not ship with the program");
    load_refused(SOUND, &change[4], 1, "world \"overlays/pay-shock\" is not there");
}

static void bases_are_beside_the_file_that_says_so(void **state)
{
    (void)state;
    char folder[300];
    case_copy(SOUND, "sound.cfg");
    snprintf(folder, sizeof folder, "%s/below", case_folder());
    assert_int_equal(mkdir(folder, 0700), 0);
    case_file("below/first.cfg", "base = \"../sound.cfg\"; years = 7;\n");
    hr_scenario *s =
        load_sound(case_file("top.cfg", "base = \"below/first.cfg\"; name = \"Top\";\n"), NULL, 0);
    assert_value(s, "years", "7");
    assert_string_equal(hr_scenario_name(s), "Top");
    hr_scenario_free(s);
}

static void bases_go_ten_deep_and_not_in_a_ring(void **state)
{
    (void)state;
    char name[40], text[400];
    case_copy(SOUND, "b0.cfg");
    for (int i = 1; i <= 11; i++) {
        snprintf(name, sizeof name, "b%d.cfg", i);
        snprintf(text, sizeof text, "base = \"b%d.cfg\";\n", i - 1);
        case_file(name, text);
    }
    snprintf(text, sizeof text, "%s/b10.cfg", case_folder());
    hr_scenario_free(load_sound(text, NULL, 0));
    snprintf(text, sizeof text, "%s/b11.cfg", case_folder());
    load_refused(text, NULL, 0, "at most 10");
    case_file("c1.cfg", "base = \"c2.cfg\";\n");
    load_refused(case_file("c2.cfg", "base = \"below/../c1.cfg\";\n"), NULL, 0,
                 "the bases go round in a ring");
}

static void files_are_plain_and_not_too_large(void **state)
{
    (void)state;
    static char large[(8 << 20) + 2];
    char path[300];
    memset(large, ' ', sizeof large);
    load_refused(case_file_bytes("large.cfg", large, sizeof large), NULL, 0,
                 "is larger than 8 MiB");
    load_refused("/dev/zero", NULL, 0, "is not a plain file");
    load_refused("tests", NULL, 0, "is not a plain file");
    load_refused("tests/nowhere.cfg", NULL, 0, "is not there");
    snprintf(path, sizeof path, "%s/pipe.cfg", case_folder());
    assert_int_equal(mkfifo(path, 0600), 0);
    load_refused(path, NULL, 0, "is not a plain file");
    load_refused("learning-togethre", NULL, 0, "did you mean \"learning-together\"?");
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
        cmocka_unit_test(later_layers_win),
        cmocka_unit_test(rows_are_added_changed_and_removed),
        cmocka_unit_test(a_removed_row_may_come_back),
        cmocka_unit_test(correlations_are_pairs_in_either_order),
        cmocka_unit_test(defaults_lie_under_rows),
        cmocka_unit_test(sources_stay_with_their_figure),
        cmocka_unit_test(set_takes_bare_words),
        cmocka_unit_test(set_refuses_what_is_not_there),
        cmocka_unit_test(worlds_and_defaults_can_be_files),
        cmocka_unit_test(a_world_lies_under_the_changes),
        cmocka_unit_test(a_world_is_looked_for_among_worlds),
        cmocka_unit_test(bases_are_beside_the_file_that_says_so),
        cmocka_unit_test(bases_go_ten_deep_and_not_in_a_ring),
        cmocka_unit_test(files_are_plain_and_not_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
