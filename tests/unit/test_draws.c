/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws: the counter as written, lanes and batches that do not matter, path 0, and every bend. */
#include "support/near.h"

#include "base/lanes.h"
#include "base/philox.h"
#include "base/vmath.h"
#include "stoch/draws.h"

enum { N = HR_LANES_MAX };

static const uint64_t seed = 0x0123456789abcdefu;

static double uniform_as_written(uint64_t path, uint32_t entity, uint32_t year, int driver)
{
    const uint32_t key[2] = {0x89abcdefu, 0x01234567u};
    const uint32_t scope = (uint32_t)hr_driver_describe(driver)->scope;
    const uint32_t counter[4] = {(uint32_t)path, entity, year << 16 | (uint32_t)driver / 4,
                                 scope << 24 | (uint32_t)(path >> 32)};
    uint32_t word[4];
    hr_philox(counter, key, word);
    return (word[driver % 4] + 0.5) / 4294967296.0;
}

static void draws_follow_the_counter(void **state)
{
    (void)state;
    /* across the end of the low 32 bits of the path, too */
    const uint64_t first[] = {1, 64, 0xfffffff0u, 0xab00000000u};
    for (size_t f = 0; f < sizeof first / sizeof first[0]; f++) {
        const hr_luck luck = {.seed = seed, .first_path = first[f], .lanes = N};
        double u[N], z[N];
        hr_draw_uniform(&luck, HR_D_INSPECTION, 0xdeadbeefu, 2027, u);
        hr_draw_normal(&luck, HR_D_ROLL, 7, 2031, z);
        for (int i = 0; i < N; i++) {
            const uint64_t path = first[f] + (uint64_t)i;
            assert_same_bits(u[i], uniform_as_written(path, 0xdeadbeefu, 2027, HR_D_INSPECTION));
            assert_same_bits(z[i],
                             hr_normal_quantile(uniform_as_written(path, 7, 2031, HR_D_ROLL)));
        }
    }
}

static void a_driver_once_per_future_has_year_0(void **state)
{
    (void)state;
    const hr_luck luck = {.seed = seed, .first_path = 1, .lanes = N};
    double u[N];
    hr_draw_uniform(&luck, HR_D_OPENS, 5, 2030, u);
    for (int i = 0; i < N; i++)
        assert_same_bits(u[i], uniform_as_written(1 + (uint64_t)i, 5, 0, HR_D_OPENS));
}

static void batches_and_lanes_do_not_matter(void **state)
{
    (void)state;
    double whole[N], part[N];
    const hr_luck luck = {.seed = seed, .first_path = 0, .lanes = N};
    hr_draw_normal(&luck, HR_D_FUNDING, 0, 2026, whole);
    for (int lanes = HR_LANES_MIN; lanes <= N; lanes *= 2)
        for (int at = 0; at < N; at += lanes) {
            const hr_luck piece = {.seed = seed, .first_path = (uint64_t)at, .lanes = lanes};
            hr_draw_normal(&piece, HR_D_FUNDING, 0, 2026, part);
            assert_memory_equal(part, whole + at, sizeof(double) * (size_t)lanes);
        }
}

static void a_group_equals_its_drivers(void **state)
{
    (void)state;
    const hr_bend shifted = {.z_shift = 0.5};
    hr_bend bend[HR_D_LIMIT / 4] = {{0}};
    for (int bent = 0; bent < 2; bent++) {
        for (int g = 0; g < HR_D_LIMIT / 4; g++)
            bend[g] = bent ? shifted : (hr_bend){0};
        const hr_luck luck = {.seed = seed, .first_path = 0, .lanes = N, .bend = bend};
        double out[4][N], one[N];
        double *const outs[4] = {out[0], NULL, out[2], out[3]};
        for (int w = 0; w < 4; w++)
            out[w][0] = -99.0;
        hr_draw_group(&luck, HR_D_ENERGY, 3, 2026, outs);
        assert_same_bits(out[1][0], -99.0);
        hr_draw_normal(&luck, HR_D_ENERGY, 3, 2026, one);
        assert_memory_equal(out[0], one, sizeof one);
        hr_draw_uniform(&luck, HR_D_ENERGY_JUMP, 3, 2026, one);
        assert_memory_equal(out[2], one, sizeof one);
        hr_draw_uniform(&luck, HR_D_REGIME, 3, 2026, one);
        assert_memory_equal(out[3], one, sizeof one);
        /* a group with free numbers leaves their places alone */
        for (int w = 0; w < 4; w++)
            out[w][0] = -99.0;
        double *const all[4] = {out[0], out[1], out[2], out[3]};
        hr_draw_group(&luck, HR_D_AREA_DEMAND, 3, 2026, all);
        assert_true(out[0][0] == 0.0);
        assert_same_bits(out[1][0], -99.0);
        assert_same_bits(out[3][0], -99.0);
    }
}

static void path_0_stands_still_whatever_the_bend(void **state)
{
    (void)state;
    hr_bend bend[HR_D_LIMIT / 4] = {{0}};
    const hr_bend kinds[] = {
        {0}, {.path_offset = 9}, {.set = 3}, {.u_low = 0.9, .u_high = 1.0}, {.z_shift = 2.0}};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        bend[0] = bend[5] = kinds[k];
        const hr_luck luck = {.seed = seed, .first_path = 0, .lanes = N, .bend = bend};
        double z[N], u[N];
        hr_draw_normal(&luck, HR_D_PRICES, 0, 2026, z);
        hr_draw_uniform(&luck, HR_D_HEAD, 0, 2026, u);
        assert_same_bits(z[0], 0.0);
        assert_same_bits(u[0], 0.5);
        assert_true(z[1] != 0.0);
        assert_true(u[1] != 0.5);
    }
}

/* Draws FUNDING (a normal) and ENERGY_JUMP (a uniform) of paths 1 to N with one bend for all. */
static void draw_bent(hr_bend bend, double z[N], double u[N])
{
    hr_bend all[HR_D_LIMIT / 4];
    for (int g = 0; g < HR_D_LIMIT / 4; g++)
        all[g] = bend;
    const hr_luck luck = {.seed = seed, .first_path = 1, .lanes = N, .bend = all};
    hr_draw_normal(&luck, HR_D_FUNDING, 0, 2026, z);
    hr_draw_uniform(&luck, HR_D_ENERGY_JUMP, 0, 2026, u);
}

static void no_bend_is_the_same_as_a_bend_of_zeros(void **state)
{
    (void)state;
    double z[N], u[N], plain[N];
    draw_bent((hr_bend){0}, z, u);
    const hr_luck luck = {.seed = seed, .first_path = 1, .lanes = N};
    hr_draw_normal(&luck, HR_D_FUNDING, 0, 2026, plain);
    assert_memory_equal(z, plain, sizeof z);
}

static void bend_path_offset(void **state)
{
    (void)state;
    double z[N], u[N];
    draw_bent((hr_bend){.path_offset = (uint64_t)1 << 40}, z, u);
    for (int i = 0; i < N; i++) {
        const uint64_t path = 1 + (uint64_t)i + ((uint64_t)1 << 40);
        assert_same_bits(u[i], uniform_as_written(path, 0, 2026, HR_D_ENERGY_JUMP));
        assert_same_bits(z[i], hr_normal_quantile(uniform_as_written(path, 0, 2026, HR_D_FUNDING)));
    }
}

static void bend_set(void **state)
{
    (void)state;
    double z[N], u[N];
    draw_bent((hr_bend){.set = 77, .path_offset = 5}, z, u);
    for (int i = 0; i < N; i++)
        assert_same_bits(u[i], uniform_as_written(77, 0, 2026, HR_D_ENERGY_JUMP));
}

static void bend_band(void **state)
{
    (void)state;
    double z[N], u[N], plain_z[N], plain_u[N];
    draw_bent((hr_bend){0}, plain_z, plain_u);
    draw_bent((hr_bend){.u_low = 0.25, .u_high = 0.375}, z, u);
    for (int i = 0; i < N; i++) {
        assert_same_bits(u[i], 0.25 + plain_u[i] * 0.125);
        const double plain = uniform_as_written(1 + (uint64_t)i, 0, 2026, HR_D_FUNDING);
        assert_same_bits(z[i], hr_normal_quantile(0.25 + plain * 0.125));
    }
    draw_bent((hr_bend){.u_low = 1.0, .u_high = 1.0}, z, u);
    assert_true(u[0] < 1.0 && isfinite(z[0]));
}

static void bend_shift(void **state)
{
    (void)state;
    double z[N], u[N], plain_z[N], plain_u[N];
    draw_bent((hr_bend){0}, plain_z, plain_u);
    draw_bent((hr_bend){.z_shift = -1.5}, z, u);
    for (int i = 0; i < N; i++) {
        assert_same_bits(z[i], plain_z[i] - 1.5);
        assert_same_bits(u[i], hr_normal_cdf(hr_normal_quantile(plain_u[i]) - 1.5));
    }
    draw_bent((hr_bend){.z_shift = 60.0}, z, u);
    for (int i = 0; i < N; i++)
        assert_true(u[i] > 0.5 && u[i] < 1.0);
}

static void bend_band_comes_before_shift(void **state)
{
    (void)state;
    double z[N], u[N];
    draw_bent((hr_bend){.u_low = 0.5, .u_high = 0.75, .z_shift = 1.0}, z, u);
    for (int i = 0; i < N; i++) {
        const double plain = uniform_as_written(1 + (uint64_t)i, 0, 2026, HR_D_FUNDING);
        assert_same_bits(z[i], hr_normal_quantile(0.5 + plain * 0.25) + 1.0);
    }
}

static void bend_still(void **state)
{
    (void)state;
    double z[N], u[N];
    draw_bent((hr_bend){.still = true, .z_shift = 1.0}, z, u);
    for (int i = 0; i < N; i++) {
        assert_same_bits(z[i], 0.0);
        assert_same_bits(u[i], 0.5);
    }
}

static void a_bend_touches_its_own_group_only(void **state)
{
    (void)state;
    hr_bend bend[HR_D_LIMIT / 4] = {{0}};
    bend[HR_D_ENERGY / 4].still = true;
    const hr_luck bent = {.seed = seed, .first_path = 1, .lanes = N, .bend = bend};
    const hr_luck plain = {.seed = seed, .first_path = 1, .lanes = N};
    double a[N], b[N];
    hr_draw_normal(&bent, HR_D_PRICES, 0, 2026, a);
    hr_draw_normal(&plain, HR_D_PRICES, 0, 2026, b);
    assert_memory_equal(a, b, sizeof a);
    hr_draw_normal(&bent, HR_D_SECTOR, 0, 2026, a);
    assert_true(a[0] == 0.0 && a[N - 1] == 0.0);
}

static void drivers_are_described(void **state)
{
    (void)state;
    const int outside[] = {-1, HR_D_LIMIT, HR_D_LIMIT + 1, INT32_MAX, INT32_MIN, 9};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++)
        assert_null(hr_driver_describe(outside[i])->name);
    assert_string_equal(hr_driver_describe(HR_D_ROLL)->name, "ROLL");
    assert_string_equal(hr_driver_describe(HR_D_ROLL)->key, "roll");
    assert_int_equal(hr_driver_describe(HR_D_ROLL)->scope, HR_SCOPE_SCHOOL);
    assert_int_equal(hr_driver_describe(HR_D_OPENS)->rhythm, HR_RHYTHM_FUTURE);
    assert_int_equal(hr_driver_describe(HR_D_OPENS)->family, HR_FAMILY_UNIFORM);
    assert_int_equal(hr_driver_find("no_such_driver"), -1);
    assert_int_equal(hr_driver_find(""), -1);
    assert_int_equal(hr_driver_find("rol"), -1);
    for (int number = 0; number < HR_D_LIMIT; number++) {
        const hr_driver_row *row = hr_driver_describe(number);
        if (row->name == NULL)
            continue;
        assert_int_equal(hr_driver_find(row->key), number);
        /* drivers that share a counter share what stands in it */
        for (int w = number / 4 * 4; w < number; w++) {
            const hr_driver_row *other = hr_driver_describe(w);
            if (other->name != NULL) {
                assert_int_equal(row->scope, other->scope);
                assert_int_equal(row->rhythm, other->rhythm);
            }
        }
    }
}

static void draws_are_uniform_and_apart(void **state)
{
    (void)state;
    enum { PATHS = 102400 };
    static double u[PATHS], v[PATHS];
    double product = 0.0;
    for (uint64_t at = 0; at < PATHS; at += N) {
        const hr_luck luck = {.seed = 42, .first_path = 1 + at, .lanes = N};
        hr_draw_uniform(&luck, HR_D_QUALITY, 1, 2026, u + at);
        hr_draw_uniform(&luck, HR_D_QUALITY, 2, 2026, v + at);
        for (int i = 0; i < N; i++)
            product += (u[at + (uint64_t)i] - 0.5) * (v[at + (uint64_t)i] - 0.5);
    }
    assert_within(product / PATHS, 0.0, 5.0 / 12.0 / sqrt(PATHS));
    assert_true(hr_ks_chance(u, PATHS) > 1e-6);
    assert_true(hr_ks_chance(v, PATHS) > 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_follow_the_counter),
        cmocka_unit_test(a_driver_once_per_future_has_year_0),
        cmocka_unit_test(batches_and_lanes_do_not_matter),
        cmocka_unit_test(a_group_equals_its_drivers),
        cmocka_unit_test(path_0_stands_still_whatever_the_bend),
        cmocka_unit_test(no_bend_is_the_same_as_a_bend_of_zeros),
        cmocka_unit_test(bend_path_offset),
        cmocka_unit_test(bend_set),
        cmocka_unit_test(bend_band),
        cmocka_unit_test(bend_shift),
        cmocka_unit_test(bend_band_comes_before_shift),
        cmocka_unit_test(bend_still),
        cmocka_unit_test(a_bend_touches_its_own_group_only),
        cmocka_unit_test(drivers_are_described),
        cmocka_unit_test(draws_are_uniform_and_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
