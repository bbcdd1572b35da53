/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Incomplete gamma and beta functions by series and continued fraction (Abramowitz and Stegun,
 * "Handbook of Mathematical Functions", 1964, 6.5.29, 6.5.31 and 26.5.8; fractions by Lentz's
 * method as modified by Thompson and Barnett, 1986), and the inverse of a tail. Positive values
 * are handled by their logarithm y, since a small shape puts quantiles far below what a double
 * can hold. It must not know what is drawn. */
#include "stoch/tails.h"

#include <stdbool.h>

#include "base/lanes.h"
#include "base/vmath.h"

enum { TERMS = 200000, STEPS = 200 };

static const double precision = 1e-16;
static const double tiny = 1e-300;

/* Tails at e^y; slope is the derivative of the lower one by y. */
typedef struct {
    double lower, upper, slope;
} log_tails;

static double not_zero(double x) { return x < tiny && x > -tiny ? tiny : x; }

static log_tails gamma_tails(double a, double y)
{
    const double x = hr_exp(y);
    const double slope = hr_exp(a * y - x - hr_lgamma(a));
    if (x < a + 1.0) {
        double term = 1.0 / a, sum = term;
        for (int k = 1; k < TERMS && term > sum * precision; k++) {
            term *= x / (a + k);
            sum += term;
        }
        const double lower = hr_min(slope * sum, 1.0);
        return (log_tails){.lower = lower, .upper = 1.0 - lower, .slope = slope};
    }
    double b = x + 1.0 - a, c = 1.0 / tiny, d = 1.0 / b, h = d;
    for (int k = 1; k < TERMS; k++) {
        const double top = -k * (k - a);
        b += 2.0;
        d = 1.0 / not_zero(top * d + b);
        c = not_zero(b + top / c);
        const double factor = c * d;
        h *= factor;
        if (factor - 1.0 < 2.0 * precision && factor - 1.0 > -2.0 * precision)
            break;
    }
    const double upper = hr_min(slope * h, 1.0);
    return (log_tails){.lower = 1.0 - upper, .upper = upper, .slope = slope};
}

static double beta_fraction(double a, double b, double x)
{
    double c = 1.0, d = 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0)), h = d;
    for (int k = 1; k < TERMS; k++) {
        const double even = k * (b - k) * x / ((a + 2 * k - 1.0) * (a + 2 * k));
        d = 1.0 / not_zero(1.0 + even * d);
        c = not_zero(1.0 + even / c);
        h *= d * c;
        const double odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1.0));
        d = 1.0 / not_zero(1.0 + odd * d);
        c = not_zero(1.0 + odd / c);
        const double factor = d * c;
        h *= factor;
        if (factor - 1.0 < 2.0 * precision && factor - 1.0 > -2.0 * precision)
            break;
    }
    return h;
}

static double log_beta(double a, double b)
{
    return hr_lgamma(a) + hr_lgamma(b) - hr_lgamma(a + b);
}

static log_tails beta_tails(double a, double b, double y)
{
    const double x = hr_exp(y);
    const double other = hr_max(1.0 - x, tiny);
    const double weight = hr_exp(a * y + b * hr_log(other) - log_beta(a, b));
    const double slope = weight / other;
    if (x < (a + 1.0) / (a + b + 2.0)) {
        const double lower = hr_min(weight * beta_fraction(a, b, x) / a, 1.0);
        return (log_tails){.lower = lower, .upper = 1.0 - lower, .slope = slope};
    }
    const double upper = hr_min(weight * beta_fraction(b, a, other) / b, 1.0);
    return (log_tails){.lower = 1.0 - upper, .upper = upper, .slope = slope};
}

static log_tails tails_of_log(const hr_shape *shape, double y)
{
    return shape->kind == HR_SHAPE_GAMMA ? gamma_tails(shape->a, y)
                                         : beta_tails(shape->a, shape->b, y);
}

static double normal_density(double x) { return 0.39894228040143267794 * hr_exp(-0.5 * x * x); }

hr_tails hr_tails_at(const hr_shape *shape, double x)
{
    if (shape->kind == HR_SHAPE_NORMAL)
        return (hr_tails){hr_normal_cdf(x), hr_normal_cdf(-x), normal_density(x)};
    if (!(x > 0.0))
        return (hr_tails){.lower = 0.0, .upper = 1.0, .density = 0.0};
    const double end = shape->kind == HR_SHAPE_BETA ? 1.0 : 1e300;
    if (x >= end)
        return (hr_tails){.lower = 1.0, .upper = 0.0, .density = 0.0};
    const log_tails t = tails_of_log(shape, hr_log(x));
    return (hr_tails){.lower = t.lower, .upper = t.upper, .density = t.slope / x};
}

/* A y below the one with the given lower tail: the density is at most that of a power of x, or
 * twice it below 1/2 for a beta that rises to its upper end. */
static double log_floor(const hr_shape *shape, double chance)
{
    const double a = shape->a;
    if (shape->kind == HR_SHAPE_GAMMA)
        return (hr_log(chance) + hr_lgamma(a + 1.0)) / a - 1.0;
    const double y = (hr_log(0.5 * chance * a) + log_beta(a, shape->b)) / a - 1.0;
    return hr_min(y, -1.0);
}

/* y with the wanted tail, between low and high. */
static double solve_log(const hr_shape *shape, double chance, bool upper, double low, double high,
                        double y)
{
    const double log_chance = hr_log(chance);
    if (!(y > low && y < high))
        y = 0.5 * (low + high);
    for (int i = 0; i < STEPS; i++) {
        const log_tails t = tails_of_log(shape, y);
        const double tail = hr_max(upper ? t.upper : t.lower, tiny);
        const double gap = hr_log(tail) - log_chance;
        if ((gap > 0.0) != upper)
            high = y;
        else
            low = y;
        double next = y - gap * tail / (upper ? -t.slope : t.slope);
        if (!(next > low && next < high))
            next = 0.5 * (low + high);
        const double moved = hr_max(next - y, y - next);
        y = next;
        if (moved < 1e-13 * hr_max(1.0, -y))
            break;
    }
    return y;
}

/* Newton on the logarithm of the lower tail, from the float quantile; three steps leave only
 * rounding. */
static double normal_inverse(double lower)
{
    double w = hr_normal_quantile(lower);
    for (int i = 0; i < 3; i++) {
        const double tail = hr_normal_cdf(w);
        w -= hr_log(tail / lower) * tail / normal_density(w);
    }
    return w;
}

double hr_tails_inverse(const hr_shape *shape, double lower, double upper, double guess)
{
    const bool in_upper = upper < lower;
    if (shape->kind == HR_SHAPE_NORMAL)
        return in_upper ? -normal_inverse(upper) : normal_inverse(lower);
    if (shape->kind == HR_SHAPE_GAMMA) {
        const double high = hr_log(shape->a + 40.0 * hr_sqrt(shape->a) + 1000.0);
        const double low = log_floor(shape, in_upper ? 0.25 : lower);
        const double chance = in_upper ? upper : lower;
        return hr_exp(solve_log(shape, chance, in_upper, low, high, hr_log(guess)));
    }
    if (!in_upper)
        return hr_exp(solve_log(shape, lower, false, log_floor(shape, lower), 0.0, hr_log(guess)));
    /* the upper end of a beta is the lower end of the beta with its shapes exchanged */
    const hr_shape turned = {.kind = HR_SHAPE_BETA, .a = shape->b, .b = shape->a};
    const double y =
        solve_log(&turned, upper, false, log_floor(&turned, upper), 0.0, hr_log(1.0 - guess));
    return 1.0 - hr_exp(y);
}
