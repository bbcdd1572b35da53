/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dominance on samples made for it. */
#include "support/near.h"

#include "base/dominance.h"

enum { N = 1000 };

static void test_a_sample_equals_itself(void **state)
{
    (void)state;
    const double a[] = {-3.0, 0.0, 0.0, 8.0};
    const hr_dominance d = hr_dominance_of(a, a, 4);
    assert_int_equal(d.by_order, HR_DOMINATES_EQUAL);
    assert_int_equal(d.by_means, HR_DOMINATES_EQUAL);
    assert_true(d.first_higher == 0.0 && d.second_higher == 0.0 && isnan(d.changes));
    assert_int_equal(d.lower_tail, 0);
}

static void test_more_everywhere_dominates(void **state)
{
    (void)state;
    const double a[] = {1.0, 2.0, 3.0, 4.0}, b[] = {1.0, 2.5, 3.0, 9.0};
    const hr_dominance d = hr_dominance_of(a, b, 4), e = hr_dominance_of(b, a, 4);
    assert_int_equal(d.by_order, HR_DOMINATES_SECOND);
    assert_int_equal(d.by_means, HR_DOMINATES_SECOND); /* the first order carries the second */
    assert_int_equal(e.by_order, HR_DOMINATES_FIRST);
    assert_int_equal(e.by_means, HR_DOMINATES_FIRST);
    assert_true(d.second_higher == 0.5 && d.first_higher == 0.0 && isnan(d.changes));
}

static void test_the_same_mean_with_less_spread_dominates_by_means_alone(void **state)
{
    (void)state;
    double a[N], b[N];
    for (int i = 0; i < N; i++) {
        a[i] = i - 499.5;
        b[i] = 0.5 * a[i];
    }
    const hr_dominance d = hr_dominance_of(a, b, N);
    assert_int_equal(d.by_order, HR_DOMINATES_NEITHER);
    assert_int_equal(d.by_means, HR_DOMINATES_SECOND);
    assert_int_equal(d.lower_tail, 2);
    assert_true(d.changes == 0.5);
    assert_true(d.first_higher == 0.5 && d.second_higher == 0.5);
}

static void test_a_thicker_lower_tail_is_never_dominant(void **state)
{
    (void)state;
    /* a higher mean does not make up for a lower worst */
    const double a[] = {0.0, 1.0, 2.0}, b[] = {-1.0, 5.0, 9.0};
    const hr_dominance d = hr_dominance_of(a, b, 3);
    assert_int_equal(d.by_order, HR_DOMINATES_NEITHER);
    assert_int_equal(d.by_means, HR_DOMINATES_NEITHER);
    assert_int_equal(d.lower_tail, 1);
    assert_near(d.changes, 1.0 / 3.0, 1e-15);
}

static void test_nothing_dominates_nothing(void **state)
{
    (void)state;
    const hr_dominance d = hr_dominance_of(NULL, NULL, 0);
    assert_int_equal(d.by_order, HR_DOMINATES_EQUAL);
    assert_true(d.n == 0 && d.first_higher == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sample_equals_itself),
        cmocka_unit_test(test_more_everywhere_dominates),
        cmocka_unit_test(test_the_same_mean_with_less_spread_dominates_by_means_alone),
        cmocka_unit_test(test_a_thicker_lower_tail_is_never_dominant),
        cmocka_unit_test(test_nothing_dominates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
