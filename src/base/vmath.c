/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core's own exp, log, gamma and normal functions. Scalar and lane forms share one inline
 * function each, so they cannot part; series are written with their textbook coefficients, so
 * that each can be checked by eye. Choices are ?:, so that the lane loops vectorise. A lane needs
 * one long chain of operations and a processor looks a hundred or two ahead, so a chain is cut
 * into loops that each have many lanes under way. It must not know the model. */
#include "base/vmath.h"

#include <string.h>

#include "base/lanes.h"

/* log 2 in two parts; the first has 21 trailing zero bits, so that a whole number times it is
 * exact. */
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33

static inline uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* e^x = 2^n e^r with |r| <= log(2)/2, and Taylor's series to r^13 (next term below 5e-18). n
 * stands in the low bits of n + 1.5 x 2^52, from where a shift moves it to the exponent. */
static inline double exp_of(double x)
{
    const double shift = 6755399441055744.0;
    const double inside = x < -700.0 ? -700.0 : x > 700.0 ? 700.0 : x;
    const double shifted = inside * 0x1.71547652b82fep+0 + shift;
    const double n = shifted - shift;
    const double r = (inside - n * LN2_HIGH) - n * LN2_LOW;
    const double r2 = r * r;
    const double r4 = r2 * r2;
    const double p_0 = (1.0 + r) + (1.0 / 2.0 + r * (1.0 / 6.0)) * r2;
    const double p_4 = (1.0 / 24.0 + r * (1.0 / 120.0)) + (1.0 / 720.0 + r * (1.0 / 5040.0)) * r2;
    const double p_8 =
        (1.0 / 40320.0 + r * (1.0 / 362880.0)) + (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) * r2;
    const double p_12 = 1.0 / 479001600.0 + r * (1.0 / 6227020800.0);
    const double p = p_0 + (p_4 + (p_8 + p_12 * r4) * r4) * r4;
    const double scale = double_of((bits_of(shifted) + 1023u) << 52);
    const double y = p * scale;
    return x < -700.0 ? 0.0 : x > 700.0 ? (double)__builtin_inff() : y;
}

/* Distribution function by the rational form of Hart, "Computer Approximations" (1968), number
 * 5666, as given by West, "Better approximations to cumulative normal functions" (Wilmott, May
 * 2005). Its limit for large z has the right leading term, so it serves every z. */
static inline double tail_over_density(double x)
{
    double top = 3.52624965998911e-2;
    top = top * x + 0.700383064443688;
    top = top * x + 6.37396220353165;
    top = top * x + 33.912866078383;
    top = top * x + 112.079291497871;
    top = top * x + 221.213596169931;
    top = top * x + 220.206867912376;
    double bottom = 8.83883476483184e-2;
    bottom = bottom * x + 1.75566716318264;
    bottom = bottom * x + 16.064177579207;
    bottom = bottom * x + 86.7807322029461;
    bottom = bottom * x + 296.564248779674;
    bottom = bottom * x + 637.333633378831;
    bottom = bottom * x + 793.826512519948;
    bottom = bottom * x + 440.413735824752;
    return top / bottom;
}

static inline double size_of(double z) { return z < 0.0 ? -z : z; }

/* But for a factor, as tail_over_density is. */
static inline double normal_density_of(double x) { return exp_of(-0.5 * x * x); }

/* Beyond 37 the tail is 0; held there, so that infinity does not meet infinity. */
static inline double normal_cdf_of(double z, double density, double ratio)
{
    const double tail = density * ratio;
    const double lower = size_of(z) > 37.0 ? 0.0 : tail;
    return z > 0.0 ? 1.0 - lower : lower;
}

/* Natural logarithm in float of a normal positive q: q = 2^e m with m in [sqrt(1/2), sqrt(2)), and
 * log m = 2 atanh(s), s = (m - 1) / (m + 1), to s^7. */
static inline float log_of_float(float q)
{
    uint32_t bits;
    memcpy(&bits, &q, sizeof bits);
    const int32_t e = (int32_t)(bits - 0x3f3504f3u) >> 23;
    const uint32_t m_bits = bits - ((uint32_t)e << 23);
    float m;
    memcpy(&m, &m_bits, sizeof m);
    const float s = (m - 1.0f) / (m + 1.0f);
    const float s2 = s * s;
    const float series = ((2.0f / 7.0f * s2 + 2.0f / 5.0f) * s2 + 2.0f / 3.0f) * s2 + 2.0f;
    return (float)e * 0.693147181f + s * series;
}

/* sqrt(-log q), the argument of the tail forms below. */
static inline float root_of(float q) { return __builtin_sqrtf(-log_of_float(q)); }

/* |z| of the smaller tail q in (0, 1/2], PPND7 of AS 241: three rational forms, of which
 * numerator and denominator are chosen before the one division. The far form is for q below
 * e^-25. */
static inline float normal_size_of(float q, float root, bool may_be_far)
{
    const float t = 0.5f - q;
    const float c = 0.180625f - t * t;
    const float top_c =
        t *
        (((5.9109374720e+1f * c + 1.5929113202e+2f) * c + 5.0434271938e+1f) * c + 3.3871327179e+0f);
    const float bottom_c =
        ((6.7187563600e+1f * c + 7.8757757664e+1f) * c + 1.7895169469e+1f) * c + 1.0f;

    const float n = root - 1.6f;
    float top_t =
        ((1.7023821103e-1f * n + 1.3067284816e+0f) * n + 2.7568153900e+0f) * n + 1.4234372777e+0f;
    float bottom_t = (1.2021132975e-1f * n + 7.3700164250e-1f) * n + 1.0f;
    if (may_be_far) {
        const float f = root - 5.0f;
        const float top_f = ((1.7337203997e-2f * f + 4.2868294337e-1f) * f + 3.0812263860e+0f) * f +
                            6.6579051150e+0f;
        const float bottom_f = (1.2258202635e-2f * f + 2.4197894225e-1f) * f + 1.0f;
        top_t = root <= 5.0f ? top_t : top_f;
        bottom_t = root <= 5.0f ? bottom_t : bottom_f;
    }
    return (t <= 0.425f ? top_c : top_t) / (t <= 0.425f ? bottom_c : bottom_t);
}

static inline double normal_quantile_of(double u)
{
    const float q = (float)(u < 0.5 ? u : 1.0 - u);
    const float size = normal_size_of(q, root_of(q), true);
    return (double)(u < 0.5 ? -size : size);
}

/* The smaller tail of u = (word + 1/2) / 2^32 is (2 w + 1) / 2^33, where w is the word or, in
 * the upper half, its complement. Float and integer arithmetic do: the high part is exact, so
 * the sum is the one rounding to float, and the bits are those of normal_quantile_of. */
static inline float tail_of_word(uint32_t word)
{
    const uint32_t w = word ^ (uint32_t)((int32_t)word >> 31);
    const float high = (float)(int32_t)(w >> 15) * 65536.0f;
    const float low = (float)(int32_t)((2u * w + 1u) & 0xffffu);
    return (high + low) * 0x1p-33f;
}

double hr_exp(double x) { return exp_of(x); }
double hr_normal_cdf(double z)
{
    const double x = size_of(z);
    return normal_cdf_of(z, normal_density_of(x), tail_over_density(x));
}

double hr_normal_quantile(double u) { return normal_quantile_of(u); }

void hr_exp_lanes(const double *in, double *out, int lanes)
{
    HR_FOR_LANES(i, lanes)
        out[i] = exp_of(in[i]);
}

void hr_normal_cdf_lanes(const double *in, double *out, int lanes)
{
    _Alignas(HR_LANE_ALIGN) double density[HR_LANES_MAX];
    _Alignas(HR_LANE_ALIGN) double ratio[HR_LANES_MAX];
    HR_FOR_LANES(i, lanes)
        density[i] = normal_density_of(size_of(in[i]));
    HR_FOR_LANES(i, lanes)
        ratio[i] = tail_over_density(size_of(in[i]));
    HR_FOR_LANES(i, lanes)
        out[i] = normal_cdf_of(in[i], density[i], ratio[i]);
}

void hr_normal_quantile_lanes(const double *in, double *out, int lanes)
{
    HR_FOR_LANES(i, lanes)
        out[i] = normal_quantile_of(in[i]);
}

void hr_normal_words_lanes(const uint32_t *word, double *out, int lanes)
{
    _Alignas(HR_LANE_ALIGN) float tail[HR_LANES_MAX];
    _Alignas(HR_LANE_ALIGN) float root[HR_LANES_MAX];
    _Alignas(HR_LANE_ALIGN) float size[HR_LANES_MAX];
    HR_FOR_LANES(i, lanes)
        tail[i] = tail_of_word(word[i]);
    HR_FOR_LANES(i, lanes)
        root[i] = root_of(tail[i]);
    HR_FOR_LANES(i, lanes)
        size[i] = normal_size_of(tail[i], root[i], false);
    HR_FOR_LANES(i, lanes)
        out[i] = (double)((int32_t)word[i] < 0 ? size[i] : -size[i]);
}

/* As log_of_float: log m = 2 atanh(s) to s^21, where |s| <= 0.172 leaves the next term below
 * 1e-18. */
double hr_log(double x)
{
    if (!(x > 0.0))
        return x == 0.0 ? -(double)__builtin_inff() : (double)__builtin_nanf("");
    if (bits_of(x) >= 0x7ff0000000000000u)
        return x;
    const int subnormal = x < 0x1p-1022;
    const uint64_t bits = bits_of(subnormal ? x * 0x1p54 : x);
    const int64_t e = (int64_t)(bits - 0x3fe6a09e667f3bcdu) >> 52;
    const double m = double_of(bits - ((uint64_t)e << 52));
    const double n = (double)(subnormal ? e - 54 : e);
    const double s = (m - 1.0) / (m + 1.0);
    const double s2 = s * s;
    double p = 2.0 / 21.0;
    for (int k = 19; k >= 3; k -= 2)
        p = p * s2 + 2.0 / k;
    /* 2 s in two parts: m - 1 is exact and near to it, and the rest is small */
    const double rest = s * (s2 * p - (m - 1.0)) + n * LN2_LOW;
    return n * LN2_HIGH + ((m - 1.0) + rest);
}

double hr_pow(double x, double y)
{
    if (y == 0.0)
        return 1.0;
    if (x == 0.0)
        return y > 0.0 ? 0.0 : (double)__builtin_inff();
    return exp_of(y * hr_log(x));
}

/* Stirling's series from 12 upwards (next term below 1e-16), reached by the recurrence. */
double hr_lgamma(double x)
{
    const double half_log_2pi = 0.91893853320467274178;
    double product = 1.0;
    while (x < 12.0) {
        product *= x;
        x += 1.0;
    }
    const double i = 1.0 / x;
    const double i2 = i * i;
    double p = -691.0 / 360360.0;
    p = p * i2 + 1.0 / 1188.0;
    p = p * i2 - 1.0 / 1680.0;
    p = p * i2 + 1.0 / 1260.0;
    p = p * i2 - 1.0 / 360.0;
    p = p * i2 + 1.0 / 12.0;
    const double stirling = (x - 0.5) * hr_log(x) - x + half_log_2pi + p * i;
    return product == 1.0 ? stirling : stirling - hr_log(product);
}
