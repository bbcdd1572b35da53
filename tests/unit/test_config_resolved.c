/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resolved.cfg: a scenario that needs no other file and gives the same block, register, notes and
 * text. */
#include "support/config_case.h"

#include <locale.h>

static void assert_same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        assert_true(a == b);
    else
        assert_string_equal(a, b);
}

static void assert_same_register(const hr_scenario *a, const hr_scenario *b)
{
    assert_int_equal(a->assumptions, b->assumptions);
    for (int i = 0; i < a->assumptions; i++) {
        const hr_assumption *x = &a->assumption[i], *y = &b->assumption[i];
        assert_string_equal(x->key, y->key);
        assert_string_equal(x->value, y->value);
        assert_int_equal(x->origin, y->origin);
        assert_int_equal(x->quantity, y->quantity);
        assert_same_text(x->source, y->source);
        assert_same_text(x->date, y->date);
        assert_same_text(x->owner, y->owner);
        assert_same_text(x->confidence, y->confidence);
        assert_same_text(x->note, y->note);
    }
    assert_int_equal(a->given, b->given);
    assert_int_equal(a->defaults, b->defaults);
    assert_int_equal(a->unsourced, b->unsourced);
    assert_int_equal(a->notes, b->notes);
    for (int i = 0; i < a->notes; i++)
        assert_string_equal(a->note[i], b->note[i]);
}

/* All of it but the line that says which stresses were left out: read again there are none. */
static void assert_same_resolved(const char *first, const char *again)
{
    const char *left_out = strstr(first, "# Stresses left out");
    const size_t head = left_out == NULL ? strlen(first) : (size_t)(left_out - first);
    assert_memory_equal(first, again, head);
    assert_null(strstr(again, "# Stresses left out"));
    while (left_out != NULL && *left_out == '#')
        left_out = strchr(left_out, '\n') + 1;
    assert_string_equal(left_out == NULL ? "" : left_out, again + head);
}

static void assert_round_trip(const char *path, const hr_change *change, size_t changes)
{
    hr_scenario *a = load_sound(path, change, changes);
    hr_scenario *b = load_sound(case_file("resolved.cfg", a->resolved), NULL, 0);
    assert_same_block(a, b);
    assert_same_register(a, b);
    assert_same_resolved(a->resolved, b->resolved);
    assert_int_equal(b->inputs, 1);
    hr_scenario_free(a);
    hr_scenario_free(b);
}

static void small_scenarios_come_back(void **state)
{
    (void)state;
    assert_round_trip(SOUND, NULL, 0);
    assert_round_trip(SMALL, NULL, 0);
}

static void everything_that_ships_comes_back(void **state)
{
    (void)state;
    for (size_t i = 0; hr_shipped_name(i) != NULL; i++) {
        const char *name = hr_shipped_name(i);
        const hr_change over = {HR_CHANGE_WITH, name};
        if (strncmp(name, "trusts/", 7) == 0)
            assert_round_trip(name, NULL, 0);
        else if (strncmp(name, "overlays/", 9) == 0 || strncmp(name, "worlds/", 7) == 0)
            assert_round_trip("learning-together", &over, 1);
    }
}

static void every_form_of_value_comes_back(void **state)
{
    (void)state;
    static const char FORMS[] =
        "base = \"sound.cfg\"; name = \"A \\\"trust\\\" \\\\ of\\n\\tschools: \xc3\xa9\";\n"
        "topslice = { form = \"per_pupil\"; joiner_years = ( (\"2026/27\", 0.1), (\"2028/29\", "
        "0.30000000000000004) );\n"
        "  rate_pct = { dist = \"discrete\"; values = [1, 2.5]; chances = (0.25, 0.75); each = "
        "\"year\"; persistence = 0.5; };\n"
        "  per_pupil = { primary = { value = 1e-7; of_year = \"2024/25\"; }; all = { value = { "
        "dist = \"gamma\"; shape = 2; scale = 3; low = 1; };\n"
        "    of_year = \"2025/26\"; source = \"guess\"; confidence = \"low\"; date = \"2026\"; "
        "owner = \"me\"; note = \"x\"; }; }; };\n"
        "capacity = { self_rating = [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]; bought_in_effect = { "
        "dist = \"empirical\"; values = [0.1, 0.4]; }; };\n"
        "as_of = \"+2\"; joining = { directed_duty_until = \"2026-06\"; };\n";
    static const hr_change SET = {HR_CHANGE_SET, "schools.oak.pan=33.333333333333336"};
    case_copy(SOUND, "sound.cfg");
    assert_round_trip(case_file("forms.cfg", FORMS), &SET, 1);
    hr_scenario *s = load_sound(case_file("forms.cfg", FORMS), &SET, 1);
    assert_value(s, "topslice.per_pupil.primary", "{ value = 1e-7; of_year = \"2024/25\"; }");
    assert_value(s, "topslice.per_pupil.special",
                 "{ dist = \"gamma\"; shape = 2; scale = 3; low = 1; of_year = \"2025/26\"; }");
    assert_value(s, "topslice.rate_pct.special",
                 "{ dist = \"discrete\"; values = [1, 2.5]; chances = [0.25, 0.75]; each = "
                 "\"year\"; persistence = 0.5; }");
    assert_value(s, "as_of", "\"2026-11\"");
    assert_non_null(
        strstr(s->resolved, "pan = { value = 33.333333333333336; origin = \"set\"; };"));
    hr_scenario_free(s);
}

/* The same under a locale with a decimal comma, or the Turkish i, when the machine has one. */
static void locale_changes_nothing(void **state)
{
    (void)state;
    static const char *const LOCALES[] = {"de_DE.UTF-8", "tr_TR.UTF-8"};
    static const hr_change SET[] = {{HR_CHANGE_SET, "topslice.rate_pct=5.5"},
                                    {HR_CHANGE_SET, "schools.oak.church=TRUE"}};
    hr_scenario *plain = load_sound(SMALL, SET, 1);
    int tried = 0;
    for (int i = 0; i < 2; i++) {
        if (setlocale(LC_ALL, LOCALES[i]) == NULL)
            continue;
        hr_scenario *s = load_sound(SMALL, SET, 1);
        assert_same_block(plain, s);
        assert_string_equal(plain->resolved, s->resolved);
        hr_scenario_free(s);
        assert_round_trip(SOUND, SET, 2);
        setlocale(LC_ALL, "C");
        tried++;
    }
    hr_scenario_free(plain);
    if (tried == 0)
        skip();
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
        cmocka_unit_test(small_scenarios_come_back),
        cmocka_unit_test(everything_that_ships_comes_back),
        cmocka_unit_test(every_form_of_value_comes_back),
        cmocka_unit_test(locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
