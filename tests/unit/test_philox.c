/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox against the known answers of Random123 (kat_vectors, philox4x32-10). */
#include "support/near.h"

#include "base/lanes.h"
#include "base/philox.h"

static const struct {
    uint32_t counter[4], key[2], word[4];
} known[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static void known_answers(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        uint32_t word[4];
        hr_philox(known[k].counter, known[k].key, word);
        for (int w = 0; w < 4; w++)
            assert_int_equal(word[w], known[k].word[w]);
    }
}

static void known_answers_in_lanes(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        _Alignas(HR_LANE_ALIGN) uint32_t word[4][HR_LANES_MIN];
        uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
        hr_philox_lanes(known[k].counter, 0, known[k].key, words, HR_LANES_MIN);
        for (int w = 0; w < 4; w++)
            for (int i = 0; i < HR_LANES_MIN; i++)
                assert_int_equal(word[w][i], known[k].word[w]);
    }
}

static void lanes_equal_scalar_whatever_their_number(void **state)
{
    (void)state;
    const uint32_t key[2] = {0x12345678, 0x9abcdef0};
    for (int lanes = 1; lanes <= HR_LANES_MAX; lanes += 17) {
        _Alignas(HR_LANE_ALIGN) uint32_t word[4][HR_LANES_MAX];
        uint32_t *const words[4] = {word[0], word[1], word[2], word[3]};
        const uint32_t step = 0x9e3779b9u * (uint32_t)lanes; /* runs over many times */
        const uint32_t first[4] = {0xfffffff0u, 0x01234567u * (uint32_t)lanes, ~(uint32_t)lanes, 7};
        hr_philox_lanes(first, step, key, words, lanes);
        for (int i = 0; i < lanes; i++) {
            const uint32_t counter[4] = {first[0] + step * (uint32_t)i, first[1], first[2],
                                         first[3]};
            uint32_t expected[4];
            hr_philox(counter, key, expected);
            for (int w = 0; w < 4; w++)
                assert_int_equal(word[w][i], expected[w]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(known_answers_in_lanes),
        cmocka_unit_test(lanes_equal_scalar_whatever_their_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
