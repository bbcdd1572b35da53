/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox4x32-10. The lane form keeps rounds outside and lanes inside, so that a round is one
 * vectorised loop over four word arrays that stay in the first-level cache. It must not know
 * what the words are for. */
#include "base/philox.h"

#include <string.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

#include "base/lanes.h"

enum { ROUNDS = 10 };

#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0 0x9E3779B9u /* golden ratio */
#define WEYL_1 0xBB67AE85u /* sqrt(3) - 1 */

static inline void philox_round(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d, uint32_t key_0,
                                uint32_t key_1)
{
    const uint32_t x = *a;
    const uint32_t y = *c;
    const uint64_t product_0 = (uint64_t)MULTIPLIER_0 * x;
    const uint64_t product_1 = (uint64_t)MULTIPLIER_1 * y;
    *a = (uint32_t)(product_1 >> 32) ^ *b ^ key_0;
    *c = (uint32_t)(product_0 >> 32) ^ *d ^ key_1;
    *b = (uint32_t)product_1;
    *d = (uint32_t)product_0;
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

#ifdef __AVX2__
/* Eight lanes at once. Compilers find the two multiplications that give the high halves of eight
 * products, of even and of odd lanes, but gcc 12 puts them back in order by the slowest way there
 * is (0.85 against 0.41 ns a word); so this one product is written out. */
enum { WIDE = 8 };
typedef uint32_t wide __attribute__((vector_size(32)));

static inline wide load(const uint32_t *x)
{
    wide w;
    memcpy(&w, x, sizeof w);
    return w;
}

static inline void store(uint32_t *x, wide w) { memcpy(x, &w, sizeof w); }

static inline wide high_halves(wide x, uint32_t multiplier)
{
    const __m256i m = _mm256_set1_epi32((int)multiplier);
    const __m256i even = _mm256_mul_epu32((__m256i)x, m);
    const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64((__m256i)x, 32), m);
    return (wide)_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xaa);
}

/* A round on as many lanes as whole vectors hold; returns how many. */
static int round_of_wide(uint32_t *restrict const word[4], uint32_t key_0, uint32_t key_1,
                         int lanes)
{
    uint32_t *const a = word[0], *const b = word[1], *const c = word[2], *const d = word[3];
    int i = 0;
    for (; i + WIDE <= lanes; i += WIDE) {
        const wide x = load(a + i), y = load(c + i);
        store(a + i, high_halves(y, MULTIPLIER_1) ^ load(b + i) ^ key_0);
        store(c + i, high_halves(x, MULTIPLIER_0) ^ load(d + i) ^ key_1);
        store(b + i, y * MULTIPLIER_1);
        store(d + i, x * MULTIPLIER_0);
    }
    return i;
}
#else
static int round_of_wide(uint32_t *restrict const word[4], uint32_t key_0, uint32_t key_1,
                         int lanes)
{
    (void)word, (void)key_0, (void)key_1, (void)lanes;
    return 0;
}
#endif

void hr_philox_lanes(uint32_t *restrict const word[4], const uint32_t key[2], int lanes)
{
    uint32_t *restrict const a = word[0];
    uint32_t *restrict const b = word[1];
    uint32_t *restrict const c = word[2];
    uint32_t *restrict const d = word[3];
    uint32_t key_0 = key[0];
    uint32_t key_1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        const int done = round_of_wide(word, key_0, key_1, lanes), left = lanes - done;
        HR_FOR_LANES(i, left)
            philox_round(&a[done + i], &b[done + i], &c[done + i], &d[done + i], key_0, key_1);
        key_0 += WEYL_0;
        key_1 += WEYL_1;
    }
}
