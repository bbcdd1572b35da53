/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws: counters in, luck out, and the one place where luck is bent. Every draw comes through
 * words_of_group (which path's words) and uniforms_bent or finish (what is done to them). It
 * must not know the model. */
#include "stoch/draws.h"

#include <stddef.h>

#include "base/lanes.h"
#include "base/philox.h"
#include "base/vmath.h"

enum { GROUP = 4 };

_Static_assert(HR_D_LIMIT / GROUP <= 1 << 16, "a group number has 16 bits of the counter");

const hr_driver_row *hr_driver_describe(int number)
{
    static const hr_driver_row none = {.name = NULL};
    /* a switch, so that a number used twice does not compile */
    switch (number) {
#define HR_DRIVER(name_, number_, scope_, rhythm_, family_, key_, meaning_)                        \
    case (number_): {                                                                              \
        static const hr_driver_row row = {.name = #name_,                                          \
                                          .key = (key_),                                           \
                                          .meaning = (meaning_),                                   \
                                          .scope = HR_SCOPE_##scope_,                              \
                                          .rhythm = HR_RHYTHM_##rhythm_,                           \
                                          .family = HR_FAMILY_##family_};                          \
        _Static_assert((number_) >= 0 && (number_) < HR_D_LIMIT, "driver number out of range");    \
        return &row;                                                                               \
    }
#include "headroom/tables/drivers.def"
#undef HR_DRIVER
    default: return &none;
    }
}

static bool same_text(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

int hr_driver_find(const char *key)
{
    for (int number = 0; number < HR_D_LIMIT; number++) {
        const hr_driver_row *row = hr_driver_describe(number);
        if (row->name != NULL && same_text(row->key, key))
            return number;
    }
    return -1;
}

/* The four words of a group. All drivers of a group have the scope and the rhythm of `row`. */
static void words_of_group(const hr_luck *luck, const hr_bend *bend, const hr_driver_row *row,
                           int group, uint32_t entity, uint32_t year,
                           uint32_t *restrict const word[4])
{
    const bool one_set = bend != NULL && bend->set != 0;
    const uint64_t path = one_set        ? bend->set
                          : bend != NULL ? luck->first_path + bend->path_offset
                                         : luck->first_path;
    const uint32_t step = one_set ? 0 : 1;
    const uint32_t place = (row->rhythm == HR_RHYTHM_FUTURE ? 0 : year) << 16 | (uint32_t)group;
    const uint32_t key[2] = {(uint32_t)luck->seed, (uint32_t)(luck->seed >> 32)};
    /* the low word may run over inside the batch */
    const uint64_t before_end = 0x100000000u - (uint32_t)path;
    const int lanes = luck->lanes;
    const int below = step && before_end < (uint64_t)lanes ? (int)before_end : lanes;
    for (int from = 0, to = below; from < lanes; from = to, to = lanes) {
        const uint64_t first = path + step * (uint32_t)from;
        const uint32_t counter[4] = {(uint32_t)first, entity, place,
                                     (uint32_t)row->scope << 24 |
                                         ((uint32_t)(first >> 32) & 0xffffffu)};
        uint32_t *restrict const part[4] = {word[0] + from, word[1] + from, word[2] + from,
                                            word[3] + from};
        hr_philox_lanes(counter, step, key, part, to - from);
    }
}

/* (word + 1/2) / 2^32, exactly; by way of a signed number, which every processor converts. */
static void uniforms_of_words(const uint32_t *word, double *u, int lanes)
{
    HR_FOR_LANES(i, lanes)
        u[i] = ((double)(int32_t)(word[i] ^ 0x80000000u) + 2147483648.5) * 0x1p-32;
}

/* A bent u may round to 0 or 1, where the quantile has no end. */
static inline double inside_unit(double u) { return hr_clamp(u, 0x1p-60, 1.0 - 0x1p-53); }

static bool has_band(const hr_bend *bend) { return bend->u_low != 0.0 || bend->u_high != 0.0; }

static void uniforms_bent(const hr_bend *bend, const uint32_t *word, double *u, int lanes)
{
    uniforms_of_words(word, u, lanes);
    if (has_band(bend)) {
        const double low = bend->u_low;
        const double width = bend->u_high - bend->u_low;
        HR_FOR_LANES(i, lanes)
            u[i] = inside_unit(low + u[i] * width);
    }
}

/* From words to what the driver is, bent where luck is bent. */
static void finish(const hr_bend *bend, hr_driver_family family, const uint32_t *word, double *out,
                   int lanes)
{
    const bool normal = family == HR_FAMILY_NORMAL;
    if (bend == NULL || (!has_band(bend) && bend->z_shift == 0.0)) {
        if (normal)
            hr_normal_words_lanes(word, out, lanes);
        else
            uniforms_of_words(word, out, lanes);
        return;
    }
    uniforms_bent(bend, word, out, lanes);
    if (!normal && bend->z_shift == 0.0)
        return;
    const double shift = bend->z_shift;
    hr_normal_quantile_lanes(out, out, lanes);
    HR_FOR_LANES(i, lanes)
        out[i] += shift;
    if (normal)
        return;
    hr_normal_cdf_lanes(out, out, lanes);
    HR_FOR_LANES(i, lanes)
        out[i] = inside_unit(out[i]);
}

static void stand_still(hr_driver_family family, double *out, int lanes)
{
    const double plain = family == HR_FAMILY_NORMAL ? 0.0 : 0.5;
    HR_FOR_LANES(i, lanes)
        out[i] = plain;
}

/* Draws the drivers of a group for which out[] is not NULL, as family[] says. */
static void draw(const hr_luck *luck, int group, const hr_driver_row *row, uint32_t entity,
                 uint32_t year, const hr_driver_family family[4], double *const out[4])
{
    _Alignas(HR_LANE_ALIGN) uint32_t word[4][HR_LANES_MAX];
    uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
    const hr_bend *bend = luck->bend == NULL ? NULL : &luck->bend[group];
    const bool still = bend != NULL && bend->still;
    const int lanes = luck->lanes & -HR_LANES_MIN; /* as the compiler is told */
    if (!still)
        words_of_group(luck, bend, row, group, entity, year, words);
    for (int w = 0; w < GROUP; w++) {
        if (out[w] == NULL)
            continue;
        if (still)
            stand_still(family[w], out[w], lanes);
        else
            finish(bend, family[w], word[w], out[w], lanes);
        /* path 0, the plain case, stands still whatever the bend */
        if (luck->first_path == 0)
            stand_still(family[w], out[w], 1);
    }
}

static void draw_one(const hr_luck *luck, hr_driver driver, uint32_t entity, uint32_t year,
                     hr_driver_family as, double *out)
{
    const hr_driver_family family[4] = {as, as, as, as};
    const hr_driver_row *row = hr_driver_describe((int)driver);
    const bool four = row->rhythm == HR_RHYTHM_FOUR_YEARS;
    double *outs[4] = {NULL, NULL, NULL, NULL};
    outs[four ? year % GROUP : (uint32_t)driver % GROUP] = out;
    draw(luck, (int)driver / GROUP, row, entity, four ? year - year % GROUP : year, family, outs);
}

void hr_draw_uniform(const hr_luck *luck, hr_driver driver, uint32_t entity, uint32_t year,
                     double *u)
{
    draw_one(luck, driver, entity, year, HR_FAMILY_UNIFORM, u);
}

void hr_draw_normal(const hr_luck *luck, hr_driver driver, uint32_t entity, uint32_t year,
                    double *z)
{
    draw_one(luck, driver, entity, year, HR_FAMILY_NORMAL, z);
}

void hr_draw_four_years(const hr_luck *luck, hr_driver driver, uint32_t entity, uint32_t year,
                        double *const out[4])
{
    const hr_driver_row *row = hr_driver_describe((int)driver);
    const hr_driver_family family[4] = {row->family, row->family, row->family, row->family};
    draw(luck, (int)driver / GROUP, row, entity, year - year % GROUP, family, out);
}

void hr_draw_group(const hr_luck *luck, hr_driver first, uint32_t entity, uint32_t year,
                   double *const out[4])
{
    const hr_driver_row *named = hr_driver_describe((int)first);
    hr_driver_family family[4];
    double *used[4];
    for (int w = 0; w < GROUP; w++) {
        const hr_driver_row *row = hr_driver_describe((int)first + w);
        family[w] = row->family;
        used[w] = row->name == NULL ? NULL : out[w];
        named = named->name == NULL ? row : named;
    }
    draw(luck, (int)first / GROUP, named, entity, year, family, used);
}
