/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The national defaults that ship: every setting of params.def that is to have a default has one,
 * with its source, date and confidence; and every scenario that ships loads. */
#include "support/config_case.h"

/* One row of everything, with nothing but what a person must say. */
static const char EVERYTHING[] =
    "format = 1; name = \"Everything\"; start_year = \"2026/27\";\n"
    "schools = ( { id = \"oak\"; phase = \"primary\"; ages = [4, 11]; roll = 412; } );\n"
    "areas = ( { id = \"town\"; } );\n"
    "candidates = ( { id = \"elm\"; phase = \"primary\"; ages = [4, 11]; roll = 200; route = "
    "\"converter\";\n"
    "  wished = \"2027-09\"; conditions = ( { id = \"lease\"; } ); } );\n"
    "pipeline = ( { id = \"near\"; slots = 1; wanted = 1; phase = \"primary\"; ages = [4, 11]; "
    "roll = 200;\n"
    "  route = \"converter\"; } );\n"
    "centre = { posts = ( { id = \"ceo\"; cost = 1000; } ); services = ( { id = \"it\"; } ); };\n"
    "risks = ( { id = \"flood\"; chance = 0.1; } );\n"
    "dated_grants = ( { id = \"grant\"; } );\n"
    "targets = ( { name = \"Growth\"; expr = \"P(pupils > 5, end)\"; } );\n"
    "correlations = ( { a = \"prices\"; b = \"teacher_pay\"; rho = 0.5; } );\n"
    "history = ( { year = \"2025/26\"; } );\n"
    "base_rates = ( { id = \"rate\"; words = \"One in two.\"; } );\n";

/* A missing default is an error that names it, so loading is the proof. */
static void gives_every_default(void **state)
{
    (void)state;
    hr_scenario *s = load_sound(case_file("everything.cfg", EVERYTHING), NULL, 0);
    assert_true(s->defaults > 250);
    hr_scenario_free(s);
}

static void says_where_each_comes_from(void **state)
{
    (void)state;
    hr_scenario *s = load_sound(case_file("everything.cfg", EVERYTHING), NULL, 0);
    for (int i = 0; i < s->assumptions; i++) {
        const hr_assumption *a = &s->assumption[i];
        if (a->origin == HR_ORIGIN_DEFAULT && (a->source == NULL || a->confidence == NULL))
            fail_msg("%s has no %s", a->key, a->source == NULL ? "source" : "confidence");
    }
    assert_int_equal(s->unsourced, 0);
    hr_scenario_free(s);
}

static void every_scenario_that_ships_loads(void **state)
{
    (void)state;
    int trusts = 0;
    for (size_t i = 0; hr_shipped_name(i) != NULL; i++) {
        const char *name = hr_shipped_name(i);
        if (strncmp(name, "trusts/", 7) != 0 && strncmp(name, "templates/", 10) != 0)
            continue;
        hr_scenario *s = load_sound(name, NULL, 0);
        assert_true(s->params->scenario.schools.count > 0);
        hr_scenario_free(s);
        trusts++;
    }
    assert_true(trusts > 0);
}

static void every_overlay_and_world_loads(void **state)
{
    (void)state;
    for (size_t i = 0; hr_shipped_name(i) != NULL; i++) {
        const char *name = hr_shipped_name(i);
        if (strncmp(name, "overlays/", 9) != 0 && strncmp(name, "worlds/", 7) != 0)
            continue;
        const hr_change change = {HR_CHANGE_WITH, name};
        hr_diags *diags = hr_diags_new();
        hr_scenario *s = NULL;
        const hr_status status = hr_scenario_load(&s, "learning-together", &change, 1, diags);
        if (status != HR_OK)
            print_diags(diags);
        assert_int_equal(status, HR_OK);
        hr_diags_free(diags);
        hr_scenario_free(s);
    }
}

static void names_and_texts_agree(void **state)
{
    (void)state;
    size_t bytes = 0;
    const char *text = hr_shipped_text("national/england", &bytes);
    assert_non_null(text);
    assert_int_equal(strlen(text), bytes);
    assert_null(hr_shipped_text("national/nowhere", &bytes));
    assert_null(hr_shipped_name(100000));
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
        cmocka_unit_test(gives_every_default),
        cmocka_unit_test(says_where_each_comes_from),
        cmocka_unit_test(every_scenario_that_ships_loads),
        cmocka_unit_test(every_overlay_and_world_loads),
        cmocka_unit_test(names_and_texts_agree),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
