/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The books: every identity of every year on thousands of futures, with each mechanism that moves
 * money; and what the tables of lines and metrics say about each other. */
#include "domain/verify.h"
#include "support/near.h"
#include "support/trust.h"

enum { WIDE = 256 };

#define EVERYTHING                                                                                 \
    "centre = { services = ( { id = \"ict\"; price_per_school = 4000; price_per_pupil = 40; "      \
    "outside_income = 90000; } ); };"                                                              \
    "candidates = ("                                                                               \
    " { id = \"acorn\"; route = \"merger\"; stage = \"application\"; wished = \"+16\"; schools = " \
    "("                                                                                            \
    "  { id = \"birch\"; phase = \"infant\"; ages = [4, 7]; roll = [60, 58, 55]; },"               \
    "  { id = \"crab\"; phase = \"junior\"; ages = [7, 11]; roll = 230; } ); },"                   \
    " { id = \"new\"; phase = \"secondary\"; ages = [11, 18]; roll = 120; pan = 150; open_groups " \
    "= 1;"                                                                                         \
    "   route = \"free_school\"; stage = \"order\"; wished = \"+24\"; grade = \"good\"; },"        \
    " { id = \"vine\"; phase = \"special\"; ages = [4, 16]; roll = 90; route = \"transfer\"; "     \
    "wished = \"+9\"; },"                                                                          \
    " { id = \"weak\"; phase = \"primary\"; ages = [3, 11]; roll = 210; nursery = 26; grade = "    \
    "\"inadequate\";"                                                                              \
    "   route = \"sponsored\"; stage = \"order\"; wished = \"+4\"; } );"                           \
    "growth_policy = { max_joins_per_year = 3; min_reserves_pct = 0; max_capacity_use_pct = 300; " \
    "};"

static void check(const char *path, const char *change, const char *more, int batches)
{
    trust *t = trust_new(path, WIDE, (const char *const[]){change, more, NULL});
    double moved = 0.0;
    for (int b = 0; b < batches; b++) {
        trust_run(t, 1 + (uint64_t)b * WIDE);
        for (int i = 0; i < WIDE; i++)
            moved += trust_line(t, HR_L_GRANT, t->years - 1, i);
    }
    assert_true(moved > 0.0);
    trust_free(t);
}

static void test_identities_hold_on_the_fixture(void **state)
{
    (void)state;
    check(TRUST_F, NULL, NULL, 16);
}

static void test_identities_hold_on_a_real_plan(void **state)
{
    (void)state;
    check("scenarios/trusts/learning-together.cfg", NULL, NULL, 8);
}

static void test_identities_hold_with_every_mechanism(void **state)
{
    (void)state;
    check(TRUST_BENCH, NULL, NULL, 4);
    check(TRUST_SMALL, NULL, NULL, 4);
    check(TRUST_F, EVERYTHING, "years=6", 8);
}

static void test_identities_hold_with_pooling(void **state)
{
    (void)state;
    check(TRUST_F, EVERYTHING, "reserves_policy.pooling=\"deficits\"", 4);
    check(TRUST_F, EVERYTHING, "reserves_policy.pooling=\"full\"", 4);
}

static void test_identities_hold_when_schools_leave(void **state)
{
    (void)state;
    check(TRUST_F, EVERYTHING,
          "risks = ( { id = \"rebrokered\"; chance = 0.1; hits = \"each_school\"; school_leaves = "
          "true; } );",
          4);
}

/* A line moves the trust's reserves by what it says, and the metrics are sums of lines. */
static void test_metrics_are_sums_of_lines(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, WIDE, EVERYTHING, "years=5");
    trust_run(t, 1);
    for (int i = 0; i < WIDE; i++)
        for (int y = 0; y < t->years; y++) {
            double income = 0.0, cost = 0.0, one_off = 0.0, brought = 0.0;
            for (int l = 0; l < HR_LINES; l++) {
                const double pounds = trust_line(t, l, y, i);
                assert_true(pounds == hr_nearest(pounds));
                const hr_line_row *row = &HR_LINE_ROWS[l];
                income += row->side == HR_SIDE_INCOME ? pounds : 0.0;
                cost -= row->side == HR_SIDE_COST ? pounds : 0.0;
                brought += row->side == HR_SIDE_BALANCE ? pounds : 0.0;
                if (row->lasts == HR_LASTS_ONE_OFF &&
                    (row->side == HR_SIDE_INCOME || row->side == HR_SIDE_COST))
                    one_off += pounds;
            }
            assert_true(trust_metric(t, HR_M_INCOME, y, i) == income);
            assert_true(trust_metric(t, HR_M_SPENDING, y, i) == cost);
            assert_true(trust_metric(t, HR_M_GRANT, y, i) == trust_line(t, HR_L_GRANT, y, i));
            assert_true(trust_metric(t, HR_M_OTHER_INCOME, y, i) ==
                        income - trust_line(t, HR_L_GRANT, y, i));
            assert_true(trust_metric(t, HR_M_IN_YEAR_BALANCE, y, i) == income - cost);
            assert_true(trust_metric(t, HR_M_RECURRENT_BALANCE, y, i) == income - cost - one_off);
            assert_true(trust_metric(t, HR_M_TOPSLICE_INCOME, y, i) ==
                        trust_line(t, HR_L_TOPSLICE, y, i));
            const double before =
                y > 0 ? trust_metric(t, HR_M_RESERVES, y - 1, i) : t->out.opening[i];
            assert_true(trust_metric(t, HR_M_RESERVES, y, i) == before + income - cost + brought);
        }
    trust_free(t);
}

/* Risks of the table happen exactly where the metrics say so; the depth is the deepest year. */
static void test_risks_follow_the_metrics(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, WIDE, "years=6");
    trust_run(t, 1);
    int happened = 0;
    for (int i = 0; i < WIDE; i++) {
        double deepest = HR_UNKNOWN;
        for (int y = 0; y < t->years; y++) {
            const double reserves = trust_metric(t, HR_M_RESERVES, y, i),
                         result = trust_metric(t, HR_M_IN_YEAR_BALANCE, y, i);
            const double before = y > 0 ? trust_metric(t, HR_M_IN_YEAR_BALANCE, y - 1, i) : 0.0;
            assert_true(trust_risk(t, HR_R_RESERVES_BELOW_ZERO, y, i) == (reserves < 0.0));
            assert_true(trust_risk(t, HR_R_IN_YEAR_DEFICIT, y, i) == (result < 0.0));
            assert_true(trust_risk(t, HR_R_TWO_YEAR_DEFICIT, y, i) ==
                        (result < 0.0 && before < 0.0));
            assert_true(trust_risk(t, HR_R_CENTRAL_DEFICIT, y, i) ==
                        (trust_metric(t, HR_M_CENTRAL_RESERVES, y, i) < 0.0));
            assert_true(trust_risk(t, HR_R_ANY_SCHOOL_DEFICIT, y, i) ==
                        (trust_metric(t, HR_M_SCHOOLS_IN_DEFICIT, y, i) > 0.0));
            assert_true(trust_risk(t, HR_R_EARLY_WARNING_RED, y, i) ==
                        (trust_metric(t, HR_M_EARLY_WARNING, y, i) == 2.0));
            if (result < 0.0 && !(deepest >= -result))
                deepest = -result;
            happened += result < 0.0;
        }
        assert_same_bits(t->out.depth[HR_R_IN_YEAR_DEFICIT * WIDE + i], deepest);
    }
    assert_true(happened > WIDE && happened < 5 * WIDE);
    trust_free(t);
}

/* A cost that comes once makes an in-year deficit and no recurrent one. */
static void test_one_off_costs_are_not_recurrent(void **state)
{
    (void)state;
    trust *t =
        TRUST(TRUST_STILL, WIDE, "schools = ( { id = \"elm\"; in_year_pct = 2.0; } );",
              "risks = ( { id = \"once\"; chance = 1.0; hits = \"each_school\"; cost = 10000;"
              " until_year = \"2026/27\"; } );");
    trust_run(t, 1);
    assert_true(trust_metric(t, HR_M_SCHOOLS_IN_YEAR_DEFICIT, 0, 9) == 4.0); /* all but elm */
    assert_true(trust_metric(t, HR_M_SCHOOLS_RECURRENT_DEFICIT, 0, 9) == 0.0);
    assert_true(trust_metric(t, HR_M_SCHOOLS_IN_YEAR_DEFICIT, 1, 9) == 0.0);
    assert_true(trust_metric(t, HR_M_RECURRENT_BALANCE, 0, 9) -
                    trust_metric(t, HR_M_IN_YEAR_BALANCE, 0, 9) ==
                50000.0);
    trust_free(t);
}

/* Books that are out by a pound, on one lane of one account, are found. */
static void test_a_broken_book_is_found(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, WIDE, "years=2");
    hr_batch *b = trust_open(t, 1);
    trust_year(b, 0);
    trust_year(b, 1);
    assert_null(hr_verify_year(b));
    const int at = trust_school_index(t, "oak") * WIDE + 77;
    struct {
        double *number;
        double change;
        const char *words;
    } c[] = {
        {&b->balance[at], 1.0, "opening balance and result do not make its closing balance"},
        {&b->income[at], 1.0, "opening balance and result do not make its closing balance"},
        {&b->transfer[at], 1.0, "closing balance"},
        {&b->centre_transfer[77], 1.0, "what schools pay is not what the centre receives"},
        {&b->centre[77], -1.0, "the centre's opening balance"},
        {&b->reserves[77], 1.0, "lines do not make its closing reserves"},
        {&b->roll[at], -5000.0, "fewer than no pupils"},
        {&b->free_days[77], -1000.0, "more improvement days"},
        {&b->line[(HR_L_TEACHERS * 2 + 1) * WIDE + 77], 1.0, "lines do not make"},
    };
    for (size_t k = 0; k < sizeof c / sizeof c[0]; k++) {
        const double was = *c[k].number;
        *c[k].number += c[k].change;
        const char *words = hr_verify_year(b);
        if (words == NULL || strstr(words, c[k].words) == NULL)
            fail_msg("case %d: %s", (int)k, words != NULL ? words : "nothing found");
        *c[k].number = was;
    }
    assert_null(hr_verify_year(b));
    trust_free(t);
}

/* Who posted adds to what was posted, and each line's place in the bridge is one that there is. */
static void test_owners_add_to_the_lines(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, WIDE, EVERYTHING, "years=4");
    trust_run(t, 1);
    bool joiners = false;
    for (int l = 0; l < HR_LINES; l++)
        for (int i = 0; i < WIDE; i++) {
            double owned = 0.0, years = 0.0;
            for (int o = 0; o < HR_OWNERS; o++)
                owned += t->out.owned[(l * HR_OWNERS + o) * WIDE + i];
            for (int y = 0; y < t->years; y++)
                years += trust_line(t, (hr_line)l, y, i);
            assert_true(owned == years);
            const double theirs = t->out.owned[(l * HR_OWNERS + HR_OWNER_JOINER) * WIDE + i];
            joiners = joiners || (l == HR_L_GRANT && theirs > 0.0 && theirs < owned);
            assert_true(HR_LINE_ROWS[l].whose != HR_WHOSE_CENTRE || theirs == 0.0);
            const double there = t->out.owned[(l * HR_OWNERS + HR_OWNER_THERE) * WIDE + i];
            assert_true(l != HR_L_DISPLACED || (there == 0.0 && theirs >= 0.0));
        }
    assert_true(joiners);
    trust_free(t);
}

static void test_only_transfers_are_in_no_row_of_the_bridge(void **state)
{
    (void)state;
    bool used[HR_BRIDGES] = {[HR_B_OPENING] = true};
    for (int l = 0; l < HR_LINES; l++)
        for (int o = 0; o < HR_OWNERS; o++) {
            const hr_bridge row = HR_LINE_ROWS[l].bridge[o];
            assert_true((row == HR_B_NONE) == (HR_LINE_ROWS[l].side == HR_SIDE_TRANSFER));
            if (row != HR_B_NONE)
                used[row] = true;
        }
    for (int r = 0; r < HR_BRIDGES; r++)
        assert_true(used[r]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identities_hold_on_the_fixture),
        cmocka_unit_test(test_identities_hold_on_a_real_plan),
        cmocka_unit_test(test_identities_hold_with_every_mechanism),
        cmocka_unit_test(test_identities_hold_with_pooling),
        cmocka_unit_test(test_identities_hold_when_schools_leave),
        cmocka_unit_test(test_one_off_costs_are_not_recurrent),
        cmocka_unit_test(test_a_broken_book_is_found),
        cmocka_unit_test(test_owners_add_to_the_lines),
        cmocka_unit_test(test_only_transfers_are_in_no_row_of_the_bridge),
        cmocka_unit_test(test_metrics_are_sums_of_lines),
        cmocka_unit_test(test_risks_follow_the_metrics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
