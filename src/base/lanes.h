/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes: paths side by side. A lane array holds one double per path of a batch, is aligned to
 * HR_LANE_ALIGN bytes and is `lanes` long, a run-time number from 32 to 256 that changes no result.
 * This file gives the loop over lanes and the few exact operations that every loop may use. It must
 * not know what the lanes mean. */
#ifndef HR_BASE_LANES_H
#define HR_BASE_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HR_LANE_ALIGN = 64, /* bytes */
    HR_LANES_MIN = 32,  /* lanes come in multiples of this */
    HR_STRIP = 16,      /* lanes whose sums fit into registers */
    HR_LANES_MAX = 256,
    HR_LANES_DEFAULT = 64
};

/* A lane array that a loop reads, and one that it writes: no two in one block are the same memory.
 */
typedef const double *restrict hr_in;
typedef double *restrict hr_out;

/* The loop over lanes. The compiler is told that no lane depends on another, which is what a lane
 * is. */
#if defined(__clang__)
#define HR_LANE_PRAGMA _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define HR_LANE_PRAGMA _Pragma("GCC ivdep")
#else
#define HR_LANE_PRAGMA
#endif
#define HR_FOR_LANES(i, n) HR_LANE_PRAGMA for (int i = 0; i < (n); i++)

static inline double hr_min(double a, double b) { return a < b ? a : b; }
static inline double hr_max(double a, double b) { return a > b ? a : b; }
static inline double hr_clamp(double x, double lo, double hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}
/* One of two numbers, both read whichever is taken: what is read only where a lane's condition
 * holds is read through a mask, which takes longer. */
static inline double hr_choose(bool condition, double yes, double no)
{
    return condition ? yes : no;
}
/* Not known, not given, undefined: the quiet NaN. */
#define HR_UNKNOWN ((double)__builtin_nanf(""))
static inline bool hr_is_nan(double x) { return x != x; }

/* Nearest whole number, ties to even, for |x| below 2^51. Adding and taking away 1.5 x 2^52 leaves
 * no fraction bits; exact in every rounding-to-nearest build without -ffast-math. */
static inline double hr_nearest(double x)
{
    const double shift = 6755399441055744.0;
    return (x + shift) - shift;
}

/* Largest whole number not above x, and smallest not below it, for |x| below 2^51. Where the
 * processor has an instruction for it that is taken, and nothing added, which makes 0 of -0 as the
 * sums do. */
static inline double hr_floor(double x)
{
#ifdef __SSE4_1__
    return __builtin_floor(x) + 0.0;
#else
    const double r = hr_nearest(x);
    return r > x ? r - 1.0 : r;
#endif
}
static inline double hr_ceil(double x)
{
#ifdef __SSE4_1__
    return __builtin_ceil(x) + 0.0;
#else
    const double r = hr_nearest(x);
    return r < x ? r + 1.0 : r;
#endif
}

#endif
