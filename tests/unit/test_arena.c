/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arena: aligned, zeroed, apart, and failing when told to. */
#include "support/near.h"

#include "base/arena.h"

static void pieces_are_aligned_zeroed_and_apart(void **state)
{
    (void)state;
    hr_arena *a = hr_arena_new();
    assert_non_null(a);
    uint8_t *piece[500];
    size_t taken = 0;
    for (size_t i = 0; i < 500; i++) {
        const size_t bytes = i * i % 1371;
        piece[i] = hr_arena_take(a, bytes);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % 64, 0);
        for (size_t b = 0; b < bytes; b++)
            assert_int_equal(piece[i][b], 0);
        memset(piece[i], (int)(i % 251) + 1, bytes);
        taken += bytes;
    }
    for (size_t i = 0; i < 500; i++)
        for (size_t b = 0; b < i * i % 1371; b++)
            assert_int_equal(piece[i][b], i % 251 + 1);
    assert_int_equal(hr_arena_size(a), taken);
    hr_arena_free(a);
}

static void large_pieces_and_impossible_ones(void **state)
{
    (void)state;
    hr_arena *a = hr_arena_new();
    double *big = HR_TAKE(a, double, 1000000);
    assert_non_null(big);
    big[999999] = 1.0;
    assert_null(hr_arena_take(a, SIZE_MAX));
    assert_null(hr_arena_take(a, SIZE_MAX - 100));
    assert_int_equal(hr_arena_size(a), 8000000);
    hr_arena_free(a);
    hr_arena_free(NULL);
}

static void text_is_copied(void **state)
{
    (void)state;
    hr_arena *a = hr_arena_new();
    char text[] = "Oak \xc2\xa3";
    char *copy = hr_arena_text(a, text);
    text[0] = 'X';
    assert_string_equal(copy, "Oak \xc2\xa3");
    assert_string_equal(hr_arena_text(a, ""), "");
    hr_arena_free(a);
}

static void fails_once_when_told(void **state)
{
    (void)state;
    hr_arena *a = hr_arena_new();
    hr_arena_fail_after(a, 2);
    assert_non_null(hr_arena_take(a, 8));
    assert_non_null(hr_arena_text(a, "x"));
    assert_null(hr_arena_text(a, "y"));
    assert_non_null(hr_arena_take(a, 8));
    hr_arena_fail_after(a, 0);
    hr_arena_fail_after(a, -1);
    assert_non_null(hr_arena_take(a, 8));
    hr_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_zeroed_and_apart),
        cmocka_unit_test(large_pieces_and_impossible_ones),
        cmocka_unit_test(text_is_copied),
        cmocka_unit_test(fails_once_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
