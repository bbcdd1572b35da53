/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mathematics of exact operations only (+ - x / sqrt, comparisons, integers), so that every
 * compiler, optimisation level and vector width gives the same bits. libm does not promise that.
 * Scalar forms serve the build of a plan; lane forms give the same bits lane by lane. It must not
 * know the model. */
#ifndef HR_BASE_VMATH_H
#define HR_BASE_VMATH_H

#include <stdint.h>

/* Correctly rounded square root: one IEEE operation on every target. */
static inline double hr_sqrt(double x) { return __builtin_sqrt(x); }

double hr_exp(double x); /* e^x; relative error below 1e-14 on [-700, 700]; 0 below, inf above */
double hr_log(double x); /* natural logarithm of x > 0; NaN for x < 0, -inf for 0 */
double hr_pow(double x,
              double y);    /* x^y for x >= 0, as exp(y log x); 0^y is 0 for y > 0, x^0 is 1 */
double hr_lgamma(double x); /* log gamma(x), x > 0; error below 1e-12, or 2e-15 of it */

/* Standard normal distribution function; absolute error below 1e-15, relative error of the lower
 * tail below 1e-9 down to z = -6. */
double hr_normal_cdf(double z);

/* Standard normal quantile of u in (0, 1): PPND7 of Wichura, "Algorithm AS 241" (Applied Statistics
 * 37, 1988), in float on q = min(u, 1 - u) taken in double and rounded to float, with the sign of
 * u - 1/2. So it is exactly odd about 1/2 and monotone to about 1e-6. */
double hr_normal_quantile(double u);

/* Lane forms: out[i] = f(in[i]); in and out may be the same array. */
void hr_exp_lanes(const double *in, double *out, int lanes);
void hr_normal_cdf_lanes(const double *in, double *out, int lanes);
void hr_normal_quantile_lanes(const double *in, double *out, int lanes);

/* out[i] = hr_normal_quantile((word[i] + 0.5) / 2^32), the same bits by a shorter way. */
void hr_normal_words_lanes(const uint32_t *word, double *out, int lanes);

#endif
