/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for a number of futures over looks that simulate nothing: half an interval of 98
 * points over the root of futures, what a look holds, and where room ends. */
#include "analysis/looks.h"
#include "analysis/opening.h"
#include "base/lanes.h"
#include "support/near.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    uint64_t paths;
} plain_look;

typedef struct {
    uint64_t room;         /* futures that fit */
    hr_status when_full;   /* what a look says that has no room */
    uint64_t paths[40];    /* of each look, in order */
    uint64_t memory[40];   /* that each was allowed */
    const hr_diags *diags; /* of the last look */
    int looks;
} takers;

static int alive; /* looks not yet forgotten */

static hr_status take(void *user, void **out, const hr_run_options *o, hr_diags *diags)
{
    takers *t = user;
    assert_true(o->precision == 0.0);
    t->paths[t->looks] = o->paths;
    t->memory[t->looks++] = o->memory;
    t->diags = diags;
    if (o->paths > t->room)
        return t->when_full;
    if (o->tick != NULL && !o->tick(o->user, 3 * o->paths, 3 * o->paths))
        return HR_INTERRUPTED;
    plain_look *l = calloc(1, sizeof *l);
    assert_non_null(l);
    alive++;
    l->paths = o->paths;
    *out = l;
    return HR_OK;
}

static void forget(void *look)
{
    alive -= look != NULL;
    free(look);
}

static uint64_t paths_of(const void *look) { return ((const plain_look *)look)->paths; }
static uint64_t held(const void *look) { return 8 * paths_of(look); }
static double half_of(const void *look) { return 0.98 / sqrt((double)paths_of(look)); }

/* Looks, and says how many futures came out (0: nothing). */
static uint64_t search(takers *t, uint64_t most, const hr_run_options *o, hr_status status,
                       hr_diags *diags)
{
    const hr_looker looker = {.take = take,
                              .forget = forget,
                              .paths = paths_of,
                              .held = held,
                              .half = half_of,
                              .user = t,
                              .most = most,
                              .each = 3};
    void *look;
    assert_int_equal(hr_looks(&look, &looker, o, diags), status);
    const uint64_t paths = look != NULL ? paths_of(look) : 0;
    forget(look);
    assert_int_equal(alive, 0);
    return paths;
}

static void assert_note(hr_diags *diags, const char *begin, const char *hint)
{
    assert_int_equal(hr_diags_count(diags), begin != NULL);
    if (begin != NULL) {
        const hr_diag *d = hr_diags_get(diags, 0);
        assert_int_equal(strncmp(d->text, begin, strlen(begin)), 0);
        assert_int_equal(d->severity, HR_NOTE);
        assert_int_equal(d->hint != NULL, hint != NULL);
        if (hint != NULL)
            assert_string_equal(d->hint, hint);
    }
    hr_diags_free(diags);
}

static void test_without_a_precision_one_look(void **state)
{
    (void)state;
    takers t = {.room = UINT64_MAX};
    hr_diags *d = hr_diags_new();
    assert_int_equal(search(&t, 100, &(hr_run_options){.paths = 777}, HR_OK, d), 777);
    assert_int_equal(t.looks, 1);
    assert_ptr_equal(t.diags, d);
    assert_note(d, NULL, NULL);
}

static void test_where_it_ends(void **state)
{
    (void)state;
    static const struct {
        uint64_t most, paths;
        double precision;
        uint64_t taken;
        const char *note, *hint;
    } row[] = {
        {HR_PATHS_MOST, 0, 1.0, 16384, NULL, NULL},
        {HR_EXACT_MOST, 0, 0.5, 65536, NULL, NULL},
        {HR_EXACT_MOST, 100000, 1.0, 16384, NULL, NULL},
        {HR_EXACT_MOST, 10000, 0.7, 10000,
         "10,000 futures, the most that may be taken, make the chances good to 0.98 points, not to "
         "the 0.7 asked for",
         "allow more with --paths"},
        {HR_EXACT_MOST, 0, 0.1, 65536,
         "65,536 futures, the most that may be taken, make the chances good to 0.383 points", NULL},
        {HR_EXACT_MOST, 100000, 0.1, 65536, "65,536 futures, the most that may be taken", NULL},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        takers t = {.room = UINT64_MAX};
        hr_diags *d = hr_diags_new();
        const hr_run_options o = {.paths = row[i].paths, .precision = row[i].precision};
        assert_int_equal(search(&t, row[i].most, &o, HR_OK, d), row[i].taken);
        for (int k = 0; k < t.looks; k++)
            assert_int_equal(t.paths[k], k == t.looks - 1 ? row[i].taken : 4096u << k);
        assert_note(d, row[i].note, row[i].hint);
    }
}

/* What the look before holds counts against the limit; where room ends it is the last, without a
 * word of the look that had none. Past the futures that are kept a look takes less. */
static void test_memory(void **state)
{
    (void)state;
    static const hr_status full[] = {HR_TOO_LARGE, HR_NO_MEMORY};
    for (int i = 0; i < 2; i++) {
        takers t = {.room = 10000, .when_full = full[i]};
        const hr_run_options o = {.precision = 0.1, .memory = 100000};
        hr_diags *d = hr_diags_new();
        assert_int_equal(search(&t, HR_EXACT_MOST, &o, HR_OK, d), 8192);
        assert_int_equal(t.looks, 3);
        assert_int_equal(t.memory[0], 100000);
        assert_int_equal(t.memory[1], 100000 - 8 * 4096);
        assert_int_equal(t.memory[2], 100000 - 8 * 8192);
        assert_null(t.diags);
        assert_note(d, "8,192 futures, the most that memory has room for, make",
                    "allow more with --memory");
        t = (takers){.room = 10000, .when_full = full[i]};
        d = hr_diags_new();
        assert_int_equal(search(&t, HR_PATHS_MOST, &o, HR_OK, d), 8192);
        assert_int_equal(t.paths[2], 16384);
        assert_int_equal(t.paths[3], 131072);
        assert_int_equal(t.looks, 4);
        hr_diags_free(d);
        t = (takers){.room = 1000, .when_full = full[i]};
        d = hr_diags_new();
        assert_int_equal(search(&t, HR_EXACT_MOST, &o, full[i], d), 0);
        assert_ptr_equal(t.diags, d);
        assert_note(d, NULL, NULL);
    }
}

static bool stop_at(void *user, uint64_t done, uint64_t of)
{
    uint64_t *at = user;
    assert_true(done <= of);
    at[1] = of;
    return done < at[0];
}

/* Ticks count every case; what was interrupted gave nothing, and the look before stands. */
static void test_ticks_and_interruption(void **state)
{
    (void)state;
    uint64_t at[] = {UINT64_MAX, 0};
    takers t = {.room = UINT64_MAX};
    hr_diags *d = hr_diags_new();
    hr_run_options o = {.precision = 1.0, .tick = stop_at, .user = at};
    assert_int_equal(search(&t, HR_EXACT_MOST, &o, HR_OK, d), 16384);
    assert_int_equal(at[1], 3 * (4096 + 8192 + 16384));
    at[0] = 3 * (4096 + 8192 + 1);
    t.looks = 0;
    assert_int_equal(search(&t, HR_EXACT_MOST, &o, HR_INTERRUPTED, d), 8192);
    assert_note(d, "8,192 futures, the last that were whole when it was interrupted, make", NULL);
}

static void test_what_is_undefined_is_not_wide(void **state)
{
    (void)state;
    const hr_estimate e = {.value = 0.5, .lo = 0.4, .hi = 0.7};
    assert_near(hr_wider(0.0, e), 0.15, 1e-12);
    assert_near(hr_wider(0.2, e), 0.2, 0.0);
    assert_near(hr_wider(0.2, (hr_estimate){.value = HR_UNKNOWN, .lo = HR_UNKNOWN, .hi = 1.0}), 0.2,
                0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_a_precision_one_look),
        cmocka_unit_test(test_where_it_ends),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_ticks_and_interruption),
        cmocka_unit_test(test_what_is_undefined_is_not_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
