/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC11, 2011). A pure function from a key and a counter to four
 * words; there is no generator object. It must not know what the words are for. */
#ifndef HR_BASE_PHILOX_H
#define HR_BASE_PHILOX_H

#include <stdint.h>

/* One call: counter and key in, four words out. For known-answer tests and scalar use. */
void hr_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t word[4]);

/* The same over lanes whose counters differ in their first word alone: lane i has counter[0] + i
 * step, modulo 2^32. word[0..3] are arrays of `lanes` words that receive the four words. */
void hr_philox_lanes(const uint32_t counter[4], uint32_t step, const uint32_t key[2],
                     uint32_t *restrict const word[4], int lanes);

#endif
