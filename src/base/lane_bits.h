/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of some lanes hold something, as the bits of a word, so that what is rare is worked
 * on by itself without a branch for each lane. It must not know what the lanes mean. */
#ifndef HR_BASE_LANE_BITS_H
#define HR_BASE_LANE_BITS_H

#include <stdint.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

#include "base/lanes.h"

/* Bit i: x[i] is above nothing, of HR_LANES_MIN lanes. No compiler finds the one instruction that
 * gathers the signs of a vector. */
static inline uint32_t hr_lane_bits_above(const double *x)
{
    uint32_t bits = 0;
#ifdef __AVX2__
    for (int i = 0; i < HR_LANES_MIN; i += 4) {
        const __m256d above =
            _mm256_cmp_pd(_mm256_loadu_pd(x + i), _mm256_setzero_pd(), _CMP_GT_OQ);
        bits |= (uint32_t)_mm256_movemask_pd(above) << i;
    }
#else
    for (int i = 0; i < HR_LANES_MIN; i++)
        bits |= (uint32_t)(x[i] > 0.0) << i;
#endif
    return bits;
}

#endif
