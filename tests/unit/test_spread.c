/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spread between sets against laws that are known: what only luck moves has none, to the last
 * bit; what sets move has that of the sets, whatever luck they share; noise of few futures is taken
 * away; what cannot be below 0 is not. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/spread.h"
#include "support/luck.h"
#include "support/near.h"

enum { SETS = 200, FUTURES = 128, TRIALS = 100 };

#define Z95 1.6448536269514722 /* the normal's 95 % point */

/* x[k][i], and room for the work. */
typedef struct {
    double x[SETS][FUTURES], work[2 * SETS];
    int sets;
} layout;

static void row_of(const void *user, int set, double *x)
{
    const layout *l = user;
    memcpy(x, l->x[set], sizeof l->x[set]);
}

static hr_spread spread(layout *l, double centre, double low, double high)
{
    return hr_spread_between(row_of, l, l->sets, FUTURES, centre, low, high, l->work);
}

static layout *fresh(void)
{
    layout *l = calloc(1, sizeof *l);
    l->sets = SETS;
    return l;
}

static double mean(const double *x, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += x[i];
    return sum / n;
}

static void test_what_only_luck_moves_has_no_spread(void **state)
{
    (void)state;
    layout *l = fresh();
    for (int k = 0; k < SETS; k++)
        for (int i = 0; i < FUTURES; i++)
            l->x[k][i] = i % 7 == 0 ? (double)NAN : 0.1 * hr_test_normal(1, (uint32_t)i);
    const hr_spread s = spread(l, 0.3, -HR_NO_END, HR_NO_END);
    assert_same_bits(s.lo, 0.3);
    assert_same_bits(s.hi, 0.3);
    assert_same_bits(s.sd, 0.0);
    free(l);
}

/* Sets and luck that add: nothing is noise, and the ends are those of the sets. */
static void test_sets_and_luck_that_add(void **state)
{
    (void)state;
    layout *l = fresh();
    double set[SETS], square = 0.0;
    for (int k = 0; k < SETS; k++) {
        set[k] = 1000.0 * hr_test_normal(2, (uint32_t)k);
        for (int i = 0; i < FUTURES; i++)
            l->x[k][i] = set[k] + 5000.0 * hr_test_normal(3, (uint32_t)i);
    }
    const hr_spread s = spread(l, 7.0, -HR_NO_END, HR_NO_END);
    const double middle = mean(set, SETS);
    for (int k = 0; k < SETS; k++)
        square += (set[k] - middle) * (set[k] - middle);
    qsort(set, SETS, sizeof set[0], hr_compare_doubles);
    assert_near(s.sd, sqrt(square / (SETS - 1)), 1e-9);
    assert_near(s.lo, 7.0 + set[9] - middle, 1e-9);
    assert_near(s.hi, 7.0 + set[189] - middle, 1e-9);
    free(l);
}

/* Chances under set k of 0.5 + sd z[k]: what TRIALS trials come to on average, and what they would
 * were noise left in. */
typedef struct {
    double lo, hi, sd, wide;
} average;

static average try_chances(double sd, bool shared)
{
    layout *l = fresh();
    average a = {0};
    for (uint32_t trial = 0; trial < TRIALS; trial++) {
        double naive[SETS];
        for (uint32_t k = 0; k < SETS; k++) {
            const double chance = 0.5 + sd * hr_test_normal(100 + trial, k);
            for (uint32_t i = 0; i < FUTURES; i++)
                l->x[k][i] = hr_test_uniform(1000 + trial, shared ? i : k * FUTURES + i) < chance;
            naive[k] = mean(l->x[k], FUTURES);
        }
        const hr_spread s = spread(l, 0.5, 0.0, 1.0);
        qsort(naive, SETS, sizeof naive[0], hr_compare_doubles);
        a.lo += s.lo / TRIALS;
        a.hi += s.hi / TRIALS;
        a.sd += s.sd / TRIALS;
        a.wide += (naive[189] - naive[9]) / TRIALS;
    }
    free(l);
    return a;
}

/* Every set with luck of its own, and none of them different: what is left of the noise is small.
 */
static void test_noise_alone_nearly_vanishes(void **state)
{
    (void)state;
    const average a = try_chances(0.0, false);
    assert_true(a.wide > 0.13);
    assert_true(a.hi - a.lo < 0.025);
}

static void test_noise_is_taken_away(void **state)
{
    (void)state;
    const average a = try_chances(0.04, false);
    assert_within(a.lo, 0.5 - 0.04 * Z95, 0.006);
    assert_within(a.hi, 0.5 + 0.04 * Z95, 0.006);
    assert_true(a.wide > 2.0 * 0.04 * Z95 + 0.05);
}

/* Luck that all sets share is in no difference between them: taking p (1 - p) / n away for it would
 * leave a deviation of 0.02 of 0.05. */
static void test_shared_luck_is_not_taken_away(void **state)
{
    (void)state;
    const average a = try_chances(0.05, true);
    assert_within(a.lo, 0.5 - 0.05 * Z95, 0.006);
    assert_within(a.hi, 0.5 + 0.05 * Z95, 0.006);
    assert_within(a.sd, 0.05, 0.003);
}

/* One set in ten makes it impossible; the run's own estimate is higher than the sets' mean. */
static void test_what_cannot_be_stays_impossible(void **state)
{
    (void)state;
    layout *l = fresh();
    for (uint32_t k = 0; k < SETS; k++)
        for (uint32_t i = 0; i < FUTURES; i++)
            l->x[k][i] = k % 10 != 0 && hr_test_uniform(4, k * FUTURES + i) < 0.1 * (k % 10);
    const hr_spread s = spread(l, 0.55, 0.0, 1.0);
    assert_true(s.lo >= 0.0 && s.lo < 0.005);
    assert_true(s.hi > 0.85 && s.hi <= 1.0);
    free(l);
}

static void test_what_is_undefined_is_left_out(void **state)
{
    (void)state;
    layout *l = fresh(), *few = fresh();
    for (uint32_t k = 0; k < SETS; k++)
        for (uint32_t i = 0; i < FUTURES; i++) {
            l->x[k][i] = k < 100 ? hr_test_normal(5, k) + hr_test_normal(6, i) : (double)NAN;
            few->x[k][i] = k < 1 ? 1.0 : (double)NAN;
        }
    const hr_spread all = spread(l, 0.0, -HR_NO_END, HR_NO_END);
    l->sets = 100;
    const hr_spread there = spread(l, 0.0, -HR_NO_END, HR_NO_END);
    assert_same_bits(all.lo, there.lo);
    assert_same_bits(all.hi, there.hi);
    assert_same_bits(all.sd, there.sd);
    const hr_spread none = spread(few, 1.0, -HR_NO_END, HR_NO_END);
    assert_true(isnan(none.lo) && isnan(none.hi) && isnan(none.sd));
    free(l);
    free(few);
}

/* The equations of docs/model.md, term by term, over K sets of which every third lacks a future; no
 * more than 20 sets, of which the quantiles are the least and the last but one. */
enum { FEW_SETS = 20, FEW_FUTURES = 5 };

static bool is_there(int k, int i) { return k % 3 != 0 || i != k % FEW_FUTURES; }

static void row_of_few(const void *user, int set, double *x)
{
    const layout *l = user;
    for (int i = 0; i < FEW_FUTURES; i++)
        x[i] = is_there(set, i) ? l->x[set][i] : (double)NAN;
}

static void test_by_the_equations(void **state)
{
    (void)state;
    const double centre = 0.55;
    double m[FEW_SETS] = {0}, all = 0.0, seen = 0.0, square = 0.0, cells = 0.0, shares = 0.0;
    double y[FEW_SETS];
    layout *l = fresh();
    for (int k = 0; k < FEW_SETS; k++) {
        double there = 0.0;
        for (int i = 0; i < FEW_FUTURES; i++) {
            l->x[k][i] = 0.035 * k + 0.3 * hr_test_uniform(7, (uint32_t)(k * FEW_FUTURES + i));
            m[k] += is_there(k, i) ? l->x[k][i] : 0.0;
            there += is_there(k, i);
        }
        m[k] /= there;
        all += m[k] / FEW_SETS;
        cells += there;
        shares += 1.0 / there / FEW_SETS;
    }
    for (int k = 0; k < FEW_SETS; k++)
        seen += (m[k] - all) * (m[k] - all) / (FEW_SETS - 1);
    for (int i = 0; i < FEW_FUTURES; i++) {
        double of_future = 0.0, sets = 0.0;
        for (int k = 0; k < FEW_SETS; k++) {
            of_future += is_there(k, i) ? l->x[k][i] - m[k] : 0.0;
            sets += is_there(k, i);
        }
        for (int k = 0; k < FEW_SETS; k++)
            square += is_there(k, i) ? pow(l->x[k][i] - m[k] - of_future / sets, 2.0) : 0.0;
    }
    const double noise = square / (cells - FEW_SETS - FEW_FUTURES + 1) * shares;
    const double between = seen - noise;
    for (int k = 0; k < FEW_SETS; k++) {
        const double z = all + sqrt(between / seen) * (m[k] - all);
        y[k] = z < all ? z * centre / all : 1.0 - (1.0 - z) * (1.0 - centre) / (1.0 - all);
    }
    qsort(y, FEW_SETS, sizeof y[0], hr_compare_doubles);
    const hr_spread s =
        hr_spread_between(row_of_few, l, FEW_SETS, FEW_FUTURES, centre, 0.0, 1.0, l->work);
    assert_true(noise > 0.02 * seen);
    assert_near(s.sd, sqrt(between), 1e-12);
    assert_near(s.lo, y[0], 1e-12);
    assert_near(s.hi, y[FEW_SETS - 2], 1e-12);
    free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_only_luck_moves_has_no_spread),
        cmocka_unit_test(test_sets_and_luck_that_add),
        cmocka_unit_test(test_noise_alone_nearly_vanishes),
        cmocka_unit_test(test_noise_is_taken_away),
        cmocka_unit_test(test_shared_luck_is_not_taken_away),
        cmocka_unit_test(test_what_cannot_be_stays_impossible),
        cmocka_unit_test(test_what_is_undefined_is_left_out),
        cmocka_unit_test(test_by_the_equations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
