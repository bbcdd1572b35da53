/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC11, 2011). A pure function from a key and a counter to four
 * words; there is no generator object. It must not know what the words are for. */
#ifndef HR_BASE_PHILOX_H
#define HR_BASE_PHILOX_H

#include <stdint.h>

/* One call: counter and key in, four words out. For known-answer tests and scalar use. */
void hr_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t word[4]);

/* The same over lanes. word[0..3] are arrays of `lanes` words that hold the counter on entry (one
 * array per counter word) and the four output words on return. */
void hr_philox_lanes(uint32_t *restrict const word[4], const uint32_t key[2], int lanes);

#endif
