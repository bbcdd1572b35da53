/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox4x32-10. The lane form keeps rounds outside and lanes inside, so that a round is one
 * vectorised loop over four word arrays that stay in the first-level cache. It must not know
 * what the words are for. */
#include "base/philox.h"

#include "base/lanes.h"

enum { ROUNDS = 10 };

#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0 0x9E3779B9u /* golden ratio */
#define WEYL_1 0xBB67AE85u /* sqrt(3) - 1 */

/* The low half of the product is the same either way. Where the processor multiplies 32-bit
 * lanes, a second multiplication is cheaper than picking the low halves out of the wide product
 * (0.9 against 1.2 ns a word with gcc 12 and AVX2); where it does not, it is dearer. */
#ifdef __SSE4_1__
#define LOW_HALF(product, multiplier, x) ((multiplier) * (x))
#else
#define LOW_HALF(product, multiplier, x) ((uint32_t)(product))
#endif

static inline void philox_round(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d, uint32_t key_0,
                                uint32_t key_1)
{
    const uint32_t x = *a;
    const uint32_t y = *c;
    const uint64_t product_0 = (uint64_t)MULTIPLIER_0 * x;
    const uint64_t product_1 = (uint64_t)MULTIPLIER_1 * y;
    *a = (uint32_t)(product_1 >> 32) ^ *b ^ key_0;
    *c = (uint32_t)(product_0 >> 32) ^ *d ^ key_1;
    *b = LOW_HALF(product_1, MULTIPLIER_1, y);
    *d = LOW_HALF(product_0, MULTIPLIER_0, x);
}

void hr_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t word[4])
{
    for (int i = 0; i < 4; i++)
        word[i] = counter[i];
    uint32_t key_0 = key[0];
    uint32_t key_1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        philox_round(&word[0], &word[1], &word[2], &word[3], key_0, key_1);
        key_0 += WEYL_0;
        key_1 += WEYL_1;
    }
}

void hr_philox_lanes(uint32_t *restrict const word[4], const uint32_t key[2], int lanes)
{
    uint32_t *restrict const a = word[0];
    uint32_t *restrict const b = word[1];
    uint32_t *restrict const c = word[2];
    uint32_t *restrict const d = word[3];
    uint32_t key_0 = key[0];
    uint32_t key_1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        HR_FOR_LANES(i, lanes)
            philox_round(&a[i], &b[i], &c[i], &d[i], key_0, key_1);
        key_0 += WEYL_0;
        key_1 += WEYL_1;
    }
}
