/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules between settings that let something through or warn; what they refuse is in tests/bad. */
#include "support/config_case.h"

/* Loads and returns the diagnostics as one text (good until the next call). */
static const char *said(const char *path, hr_status wanted)
{
    static char text[8192];
    hr_diags *diags = hr_diags_new();
    hr_scenario *s = NULL;
    size_t length = 0;
    text[0] = '\0';
    const hr_status status = hr_scenario_load(&s, path, NULL, 0, diags);
    for (size_t i = 0; i < hr_diags_count(diags); i++)
        length += hr_diag_format(hr_diags_get(diags, i), text + length, sizeof text - length);
    hr_scenario_free(s);
    hr_diags_free(diags);
    if (status != wanted)
        fputs(text, stderr);
    assert_int_equal(status, wanted);
    return text;
}

static const char *said_on_sound(const char *body)
{
    char text[4000];
    case_copy(SOUND, "sound.cfg");
    snprintf(text, sizeof text, "base = \"sound.cfg\";\n%s", body);
    return said(case_file("case.cfg", text), HR_OK);
}

static void a_sound_scenario_is_silent(void **state)
{
    (void)state;
    assert_string_equal(said(SOUND, HR_OK), "");
}

static void silences_are_told(void **state)
{
    (void)state;
    static const char BARE[] =
        "format = 1; name = \"Bare\"; start_year = \"2026/27\"; schools = (\n"
        "  { id = \"a\"; phase = \"primary\"; ages = [4, 11]; roll = 100; },\n"
        "  { id = \"b\"; phase = \"primary\"; ages = [4, 11]; roll = 100; reserves_pct = 4; } );\n";
    const char *path = case_file("bare.cfg", BARE), *text = said(path, HR_OK);
    assert_non_null(strstr(text, "warning: you gave no top-slice: "));
    assert_non_null(strstr(text, " % of grant is taken"));
    assert_non_null(strstr(text, "no roll_before of a, b: "));
    assert_non_null(strstr(text, "no reserves of a: "));
    assert_non_null(strstr(text, "no reserves of the centre: "));
    hr_scenario *s = load_sound(path, NULL, 0);
    assert_int_equal(s->notes, 4);
    assert_int_equal(strncmp(s->note[0], "you gave no top-slice", 21), 0);
    hr_scenario_free(s);
}

static void a_target_without_a_year_is_noted(void **state)
{
    (void)state;
    const char *text = said_on_sound(
        "targets = ( { name = \"2,500 Pupils!\"; expr = \"P(pupils > 2500)\"; } );\n");
    assert_non_null(strstr(text, "note: targets.2_500_pupils.expr does not say when: any year"));
}

static void a_small_pan_is_a_warning(void **state)
{
    (void)state;
    const char *text = said_on_sound("schools = ( { id = \"oak\"; pan = 57; } );\n");
    assert_non_null(strstr(text, "warning: schools.oak.pan of 57 is below the largest year group"));
    assert_string_equal(said_on_sound("schools = ( { id = \"oak\"; pan = 58; } );\n"), "");
}

static void an_offer_without_a_base_is_told(void **state)
{
    (void)state;
    const char *text = said_on_sound("centre = { offer = { reinvest_pct = 80.0; }; };\n");
    assert_non_null(strstr(text, "warning: centre.offer has no base, so there is no core offer"));
    assert_string_equal(
        said_on_sound("centre = { offer = { base = 90000; reinvest_pct = 80.0; }; };\n"), "");
}

/* What is said of a percentage where there is none, or of a floor that is not given. */
static void points_that_move_nothing_are_told(void **state)
{
    (void)state;
    const char *text = said_on_sound(
        "topslice = { form = \"per_pupil\"; per_pupil = 300; grade_points = { inadequate = 1.0; "
        "};\n"
        "  tiers = ( { id = \"big\"; by = \"pupils\"; from = 500; points = 1.0; } ); };\n");
    assert_non_null(strstr(text, "warning: topslice.grade_points, tiers move a percentage, and "
                                 "the form is per_pupil: they do nothing"));
    text = said_on_sound("topslice = { recovery_points = 1.0; relief_points = 0.5; };\n");
    assert_non_null(strstr(text, "warning: topslice.recovery_points has no floor to look back on"));
    assert_non_null(strstr(text, "warning: topslice.relief_points has no floor to look back on"));
    assert_non_null(strstr(text, "give reserves_policy = { school_floor_pct = ...; }"));
    assert_string_equal(
        said_on_sound("topslice = { recovery_points = 1.0; relief_points = 0.0; };\n"
                      "reserves_policy = { centre_floor_pct = 2.0; };\n"),
        "");
    text = said_on_sound(
        "centre = { services = ( { id = \"payroll\"; customers = 4; margin_pct = 10.0; } ); };\n");
    assert_non_null(strstr(text, "warning: centre.services.payroll has customers but no "
                                 "price_outside: they pay nothing"));
}

static void an_unusual_staff_share_is_a_warning(void **state)
{
    (void)state;
    static const char SHARES[] =
        "schools = ( { id = \"oak\"; spending_share = { teachers = %d.0; support = 30.0; premises "
        "= 5.0; energy = 3.0; supplies = %d.0; }; } );\n";
    char body[200];
    snprintf(body, sizeof body, SHARES, 37, 25);
    assert_non_null(strstr(said_on_sound(body), "warning: schools.oak spends 67 % on staff"));
    snprintf(body, sizeof body, SHARES, 61, 1);
    assert_non_null(strstr(said_on_sound(body), "warning: schools.oak spends 91 % on staff"));
    for (int teachers = 38; teachers <= 60; teachers += 22) {
        snprintf(body, sizeof body, SHARES, teachers, 62 - teachers);
        assert_string_equal(said_on_sound(body), "");
    }
}

static void usual_ages_pass(void **state)
{
    (void)state;
    static const char *const SCHOOLS[] = {
        "phase = \"nursery\"; ages = [2, 5]; nursery = 30;",
        "phase = \"infant\"; ages = [4, 7];",
        "phase = \"junior\"; ages = [7, 11];",
        "phase = \"primary\"; ages = [3, 11]; nursery = 10;",
        "phase = \"middle\"; ages = [9, 13];",
        "phase = \"secondary\"; ages = [13, 18]; post16 = 20;",
        "phase = \"secondary\"; ages = [11, 19]; roll = [1, 2, 3, 4, 5, 6, 7];",
        "phase = \"all_through\"; ages = [4, 19];",
        "phase = \"special\"; ages = [2, 19];",
        "phase = \"alternative\"; ages = [11, 16];",
        "phase = \"post16\"; ages = [16, 19]; roll = [50, 40];",
    };
    char body[400];
    for (size_t i = 0; i < sizeof SCHOOLS / sizeof SCHOOLS[0]; i++) {
        snprintf(body, sizeof body,
                 "schools = ( { id = \"new\"; %s roll_before = 100; reserves = 0; %s } );\n",
                 strstr(SCHOOLS[i], "roll") != NULL ? "" : "roll = 100;", SCHOOLS[i]);
        assert_string_equal(said_on_sound(body), "");
    }
}

static void words_of_the_report_card_are_grades(void **state)
{
    (void)state;
    const hr_change change = {HR_CHANGE_SET, "schools.oak.grade=needs_attention"};
    hr_scenario *s = load_sound(SOUND, &change, 1);
    assert_value(s, "schools.oak.grade", "\"requires_improvement\"");
    hr_scenario_free(s);
}

static void settings_that_move_may_be_correlated(void **state)
{
    (void)state;
    assert_string_equal(
        said_on_sound("correlations = ( { a = \"schools.oak.in_year_pct\"; b = "
                      "\"schools.hill.in_year_pct\"; rho = 0.4; },\n"
                      "  { a = \"capacity.need_factor\"; b = \"prices\"; rho = 0.1; } );\n"
                      "capacity = { need_factor = { dist = \"normal\"; mean = 1; sd = 0.1; "
                      "each = \"year\"; }; };\n"
                      "defaults = { school = { all = { in_year_pct = { dist = \"normal\"; "
                      "mean = 0; sd = 1; }; }; }; };\n"),
        "");
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
        cmocka_unit_test(a_sound_scenario_is_silent),
        cmocka_unit_test(silences_are_told),
        cmocka_unit_test(a_target_without_a_year_is_noted),
        cmocka_unit_test(a_small_pan_is_a_warning),
        cmocka_unit_test(an_offer_without_a_base_is_told),
        cmocka_unit_test(points_that_move_nothing_are_told),
        cmocka_unit_test(an_unusual_staff_share_is_a_warning),
        cmocka_unit_test(usual_ages_pass),
        cmocka_unit_test(words_of_the_report_card_are_grades),
        cmocka_unit_test(settings_that_move_may_be_correlated),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
