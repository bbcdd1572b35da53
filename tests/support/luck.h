/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for tests, straight from the generator at a fixed seed. It must not know the module under
 * test. */
#ifndef HR_TESTS_SUPPORT_LUCK_H
#define HR_TESTS_SUPPORT_LUCK_H

#include "base/philox.h"
#include "base/vmath.h"

/* The i-th uniform in (0, 1) of a stream, and a normal made of it. */
static inline double hr_test_uniform(uint32_t stream, uint32_t i)
{
    const uint32_t counter[4] = {i, stream, 0, 0xffffffffu}, key[2] = {2026, 0};
    uint32_t word[4];
    hr_philox(counter, key, word);
    return (word[0] + 0.5) / 4294967296.0;
}

static inline double hr_test_normal(uint32_t stream, uint32_t i)
{
    return hr_normal_quantile(hr_test_uniform(stream, i));
}

#endif
