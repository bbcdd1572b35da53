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

/* What lanes that differ in the first word of their counters share in the first two rounds: the
 * second product of the first round and, through it, the first of the second. */
typedef struct {
    uint32_t first, step; /* first words */
    uint32_t c_1, a_2, c_2,
        d_2; /* what products of a lane's own are mixed with, and the last word */
} shared;

static shared share_of(const uint32_t counter[4], uint32_t step, const uint32_t key[2])
{
    const uint64_t product_1 = (uint64_t)MULTIPLIER_1 * counter[2];
    const uint32_t a_1 = (uint32_t)(product_1 >> 32) ^ counter[1] ^ key[0];
    const uint64_t product_0 = (uint64_t)MULTIPLIER_0 * a_1;
    return (shared){.first = counter[0],
                    .step = step,
                    .c_1 = counter[3] ^ key[1],
                    .a_2 = (uint32_t)product_1 ^ (key[0] + WEYL_0),
                    .c_2 = (uint32_t)(product_0 >> 32) ^ (key[1] + WEYL_1),
                    .d_2 = (uint32_t)product_0};
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

/* The first two rounds, and then one round, on as many lanes as whole vectors hold; how many. */
static int open_wide(uint32_t *restrict const word[4], const shared *sh, int lanes)
{
    uint32_t *const a = word[0], *const b = word[1], *const c = word[2], *const d = word[3];
    wide own = (wide){0, 1, 2, 3, 4, 5, 6, 7} * sh->step + sh->first;
    int i = 0;
    for (; i + WIDE <= lanes; i += WIDE, own += WIDE * sh->step) {
        const wide c_1 = high_halves(own, MULTIPLIER_0) ^ sh->c_1;
        store(a + i, high_halves(c_1, MULTIPLIER_1) ^ sh->a_2);
        store(b + i, c_1 * MULTIPLIER_1);
        store(c + i, own * MULTIPLIER_0 ^ sh->c_2);
        store(d + i, (wide){0} + sh->d_2);
    }
    return i;
}

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
static int open_wide(uint32_t *restrict const word[4], const shared *sh, int lanes)
{
    (void)word, (void)sh, (void)lanes;
    return 0;
}

static int round_of_wide(uint32_t *restrict const word[4], uint32_t key_0, uint32_t key_1,
                         int lanes)
{
    (void)word, (void)key_0, (void)key_1, (void)lanes;
    return 0;
}
#endif

static void open_lanes(uint32_t *restrict const word[4], const shared *sh, int lanes)
{
    uint32_t *restrict const a = word[0];
    uint32_t *restrict const b = word[1];
    uint32_t *restrict const c = word[2];
    uint32_t *restrict const d = word[3];
    const int done = open_wide(word, sh, lanes), left = lanes - done;
    HR_FOR_LANES(i, left) {
        const uint64_t product_0 =
            (uint64_t)MULTIPLIER_0 * (sh->first + sh->step * (uint32_t)(done + i));
        const uint64_t product_1 = (uint64_t)MULTIPLIER_1 * ((uint32_t)(product_0 >> 32) ^ sh->c_1);
        a[done + i] = (uint32_t)(product_1 >> 32) ^ sh->a_2;
        b[done + i] = (uint32_t)product_1;
        c[done + i] = (uint32_t)product_0 ^ sh->c_2;
        d[done + i] = sh->d_2;
    }
}

void hr_philox_lanes(const uint32_t counter[4], uint32_t step, const uint32_t key[2],
                     uint32_t *restrict const word[4], int lanes)
{
    const shared sh = share_of(counter, step, key);
    open_lanes(word, &sh, lanes);
    uint32_t *restrict const a = word[0];
    uint32_t *restrict const b = word[1];
    uint32_t *restrict const c = word[2];
    uint32_t *restrict const d = word[3];
    uint32_t key_0 = key[0] + 2 * WEYL_0;
    uint32_t key_1 = key[1] + 2 * WEYL_1;
    for (int round = 2; round < ROUNDS; round++) {
        const int done = round_of_wide(word, key_0, key_1, lanes), left = lanes - done;
        HR_FOR_LANES(i, left)
            philox_round(&a[done + i], &b[done + i], &c[done + i], &d[done + i], key_0, key_1);
        key_0 += WEYL_0;
        key_1 += WEYL_1;
    }
}
