/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which vector width runs here. __builtin_cpu_supports also asks whether the operating system keeps
 * the wide registers. It must not know what is computed. */
#include "os/cpu.h"

#if defined(__x86_64__) && !defined(HR_ONE_WIDTH)

hr_width hr_cpu_width(void)
{
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2"))
        return HR_WIDTH_PLAIN;
    const int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                     __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
    return wide ? HR_WIDTH_AVX512 : HR_WIDTH_AVX2;
}

#else

hr_width hr_cpu_width(void) { return HR_WIDTH_PLAIN; }

#endif
