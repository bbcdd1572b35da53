/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which vector width this processor has, by testing single features. */
#ifndef HR_OS_CPU_H
#define HR_OS_CPU_H

typedef enum { HR_WIDTH_BEST, HR_WIDTH_PLAIN, HR_WIDTH_AVX2, HR_WIDTH_AVX512 } hr_width;

/* The widest that is compiled in and runs here: PLAIN, AVX2 or AVX512. */
hr_width hr_cpu_width(void);

#endif
