/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With every deviation at nothing a run is a spreadsheet: a primary whose roll falls, a secondary,
 * and a primary that joins on 1 January, over five years of known awards, prices and funding,
 * worked out here from docs/model.md with plain numbers and no lanes. Every pound is the same. The
 * spring budget is off; tests/reference works it out again. */
#include <stdio.h>

#include "support/near.h"
#include "support/trust.h"

enum { ASH, OAK, FIR, SCHOOLS, YEARS = 5 };

#define BY_YEAR(a, b, c, d, e)                                                                     \
    "known_pct = ( (\"2026/27\", " a "), (\"2027/28\", " b "), (\"2028/29\", " c                   \
    "), (\"2029/30\", " d "), (\"2030/31\", " e ") );"

static const double TEACHER[YEARS] = {3.0, 4.0, 2.5, 3.0, 3.5},
                    SUPPORT[YEARS] = {2.0, 5.0, 3.0, 4.0, 1.0},
                    PRICE[YEARS] = {2.0, 3.0, 2.0, 6.0, 1.0},
                    FUNDING[YEARS] = {9.0, 2.5, 4.0, 0.5, 3.0};

/* Price levels of a year over the start's, whose figures are budgeted with its own rates. */
typedef struct {
    double teachers, support, prices, grant;
} levels;

static levels levels_of(int year)
{
    levels l = {1.0, 1.0, 1.0, 1.0};
    for (int y = 1; y <= year; y++) {
        l.teachers *= 1.0 + TEACHER[y] / 100.0;
        l.prices *= 1.0 + PRICE[y] / 100.0;
        l.grant *= 1.0 + FUNDING[y] / 100.0;
        /* an April award: five months in its own year, whole in the next */
        l.support *= (1.0 + SUPPORT[y] / 240.0) * (1.0 + SUPPORT[y - 1] / 100.0) /
                     (1.0 + SUPPORT[y - 1] / 240.0);
    }
    return l;
}

/* A school's column of the sheet. */
typedef struct {
    int groups, class_size;
    double group[7], entry, rate, lump, per_class, share_of[5]; /* teachers to supplies */
    double opening, last, before;                               /* censuses */
    double base[5], teacher, classes, need, balance, full_income, share, months;
} sheet;

static sheet school_of(int which)
{
    sheet s = {.groups = 7,
               .class_size = 25,
               .entry = 50,
               .rate = 5000,
               .per_class = 1.2,
               .lump = 140000,
               .share_of = {0.48, 0.33, 0.06, 0.025, 0.105},
               .balance = 200000};
    for (int g = 0; g < 7; g++)
        s.group[g] = 50;
    if (which == ASH) { /* fewer in the youngest three year groups */
        s.group[0] = 40, s.group[1] = 45;
        s.entry = 45;
    }
    if (which == OAK) { /* three year groups of key stage 3, two of key stage 4 */
        s.groups = 5, s.class_size = 20, s.entry = 200, s.per_class = 1.5, s.balance = 500000;
        s.rate = (600 * 5000 + 400 * 6000) / 1000.0 + 1000;
        for (int g = 0; g < 5; g++)
            s.group[g] = 200;
        const double share[5] = {0.56, 0.24, 0.06, 0.025, 0.115};
        memcpy(s.share_of, share, sizeof share);
    }
    if (which == FIR)
        s.balance = 0;
    for (int g = 0; g < s.groups; g++)
        s.opening += s.group[g];
    s.last = s.before = s.opening;
    s.classes = ceil(s.opening / s.class_size);
    s.need = 1500 * s.opening;
    return s;
}

static double grant_at(const sheet *s, double level)
{
    return (s->rate * s->last + s->lump) * level;
}

/* Opening spending: what income leaves, less the school's part of a centre of 360,000. */
static void open_spending(sheet *s, double part_of_centre)
{
    const double spending = grant_at(s, 1.0) + 800 * s->opening - 360000 * part_of_centre;
    for (int k = 0; k < 5; k++)
        s->base[k] = s->share_of[k] * spending;
    s->teacher = s->base[0] / (s->classes * s->per_class);
}

static double age(sheet *s)
{
    double roll = s->entry;
    for (int g = s->groups - 1; g > 0; g--)
        roll += s->group[g] = s->group[g - 1];
    s->group[0] = s->entry;
    return roll;
}

static double classes_planned(const sheet *s)
{
    const double now = ceil(s->last / s->class_size), before = ceil(s->before / s->class_size);
    return fmax(now, fmin(s->classes, fmax(now, before)));
}

/* Displaced spending and savings of the joiner, of a full year. */
static double stopped_buying(const sheet *s, double level_prices, double grant)
{
    const double m = 12 * s->share, b = s->months - m, x = fmax(fmin(12 - b, m), 0);
    const double displaced = (x * (b + x / 2) / 12 + m - x) / m;
    const double late = fmax(fmin(s->months - 12, m), 0) / m;
    return grant * 0.03 * displaced + late * 0.005 * (s->base[2] + s->base[4]) * level_prices;
}

static double pounds(double x) { return nearbyint(x); }

typedef struct {
    double grant, income, spending, centre, annual;
} sums;

/* One school's year, all of it whole pounds and its months in the trust. */
static void school_year(sheet *s, const levels *l, bool joiner, sums *sum)
{
    const double roll = age(s), grant = grant_at(s, l->grant), other = 800 * s->last * l->prices;
    const double planned = classes_planned(s), closed = fmax(s->classes - planned, 0);
    s->classes = planned;
    s->months += 12 * s->share;
    const double saved = joiner && s->share > 0 ? stopped_buying(s, l->prices, grant) : 0;
    const double wear = s->share > 0 ? 200 * l->prices * s->opening : 0;
    const double unmet = s->need + wear, repairs = unmet * 0.01 * s->share;
    const double teacher = s->teacher * l->teachers;
    const double cost[7] = {
        s->classes * s->per_class * teacher,
        s->base[1] * (1 + 0.5 * (s->last / s->opening - 1)) * l->support,
        s->base[2] * l->prices,
        s->base[3] * l->prices,
        s->base[4] * roll / s->opening * l->prices - saved,
        closed * s->per_class * teacher * 0.5,
    };
    const double paid = pounds(grant * s->share);
    double spent = pounds(repairs);
    for (int k = 0; k < 6; k++)
        spent += pounds(cost[k] * s->share);
    s->need = unmet - repairs;
    sum->grant += paid;
    sum->income += paid + pounds(other * s->share);
    sum->spending += spent;
    const double charge = pounds(0.05 * paid);
    sum->centre += charge;
    s->balance += paid + pounds(other * s->share) - spent - charge;
    s->full_income = grant + other;
    sum->annual += s->share > 0 ? s->full_income : 0;
    s->before = s->last;
    s->last = roll;
}

/* The year is worked out and held against the run. */
static void year(const trust *t, int y, sheet *school, double *centre)
{
    const levels l = levels_of(y);
    double held = *centre;
    for (int s = 0; s < SCHOOLS; s++)
        held += school[s].balance;
    school[FIR].share = y == 0 ? 0 : y == 1 ? 8.0 / 12.0 : 1;
    sums sum = {0};
    for (int s = 0; s < SCHOOLS; s++)
        school_year(&school[s], &l, s == FIR, &sum);
    const double joins = y == 1 ? pounds(40000 * l.prices) : 0;
    const double spent = pounds(60000 * l.teachers) + pounds(300000 * l.prices) + joins;
    const double interest = pounds(0.02 * fmax(held, 0));
    *centre += sum.centre + interest - spent;
    school[FIR].balance += y == 1 ? 61000 : 0;
    double reserves = *centre;
    for (int s = 0; s < SCHOOLS; s++)
        reserves += school[s].balance;
    assert_within(trust_metric(t, HR_M_GRANT, y, 5), sum.grant, 0.0);
    assert_within(trust_metric(t, HR_M_INCOME, y, 5), sum.income + interest, 0.0);
    assert_within(trust_metric(t, HR_M_SPENDING, y, 5), sum.spending + spent, 0.0);
    assert_within(trust_metric(t, HR_M_CENTRAL_RESERVES, y, 5), *centre, 0.0);
    assert_within(trust_metric(t, HR_M_RESERVES, y, 5), reserves, 0.0);
    assert_near(trust_metric(t, HR_M_RESERVES_PCT, y, 5), 100 * reserves / (sum.annual + interest),
                1e-12);
    assert_near(trust_school(t, "ash", y, HR_SC_RESERVES_PCT, 5),
                100 * school[0].balance / school[0].full_income, 1e-12);
}

static void test_a_run_without_luck_is_a_spreadsheet(void **state)
{
    (void)state;
    trust *t = TRUST(
        TRUST_STILL, 32, "years=5",
        "world_drivers = { teacher_pay = { " BY_YEAR(
            "3.0", "4.0", "2.5", "3.0", "3.5") " }; "
                                               "support_pay = { " BY_YEAR("2.0", "5.0", "3.0",
                                                                          "4.0", "1.0") " }; };",
        "world_drivers = { prices = { " BY_YEAR("2.0", "3.0", "2.0", "6.0",
                                                "1.0") " }; "
                                                       "funding_" BY_YEAR("9.0", "2.5", "4.0",
                                                                          "0.5", "3.0") " };",
        "schools = ( { id = \"beech\"; remove = true; }, { id = \"cedar\"; remove = true; }, { id "
        "= "
        "\"elm\"; remove = true; }, { id = \"ash\"; roll = [40, 45, 50, 50, 50, 50, 50]; } );",
        TRUST_FIR("grade = \"good\"; route = \"converter\"; stage = \"agreement\"; wished = "
                  "\"2028-01\"; balance = 61000; displaced_pct = 3.0; displaced_months = 12; "
                  "savings_pct = 0.5; "),
        "centre = { reserves = 100000; non_pay = 300000; posts = ( { id = \"team\"; cost = 60000; "
        "} "
        "); }; reserves_policy = { interest_pct = 2.0; }; capacity = { improvement_base_days = "
        "400.0; };",
        "estate = { urgent_pct = 1.0; }; defaults = { school = { phase = { primary = { "
        "support_elasticity = 0.5; condition_need_per_pupil = 1500; spending_share = { teachers = "
        "48.0; support = 33.0; premises = 6.0; energy = 2.5; supplies = 10.5; }; }; }; }; };",
        "defaults = { school = { phase = { secondary = { support_elasticity = 0.5; "
        "condition_need_per_pupil = 1500; spending_share = { teachers = 56.0; support = 24.0; "
        "premises = 6.0; energy = 2.5; supplies = 11.5; }; }; }; }; };");
    trust_run(t, 1);
    sheet school[SCHOOLS] = {school_of(ASH), school_of(OAK), school_of(FIR)};
    const double grants = grant_at(&school[0], 1) + grant_at(&school[1], 1);
    double centre = 100000;
    for (int s = 0; s < SCHOOLS; s++) {
        open_spending(&school[s], s == FIR ? 0 : grant_at(&school[s], 1) / grants);
        school[s].share = s != FIR;
    }
    for (int y = 0; y < YEARS; y++)
        year(t, y, school, &centre);
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_without_luck_is_a_spreadsheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
