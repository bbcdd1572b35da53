/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building tables of quantiles. A quantile is solved for only where a cubic through its
 * neighbours does not already hit it: an interval is halved until the solved middle agrees with
 * the cubic, and then filled by it. So a smooth table costs some hundred solutions and a wild
 * one is solved knot by knot. It must not know how a sampler reads the table. */
#include "stoch/quantile_table.h"

#include "base/lanes.h"
#include "base/vmath.h"
#include "stoch/tails.h"

enum { LARGEST_FILL = HR_KNOTS_PER_UNIT / 4 };

/* A distribution as location + scale s, or location e^(scale s), with s of a standard shape whose
 * tails beyond the cuts are `below` and `above`. */
typedef struct {
    hr_shape shape;
    double location, scale;
    bool exponential;
    double below, kept, above;
    double tolerance; /* of a cubic: this plus 1e-7 of the value */
} source;

typedef struct {
    double x, slope; /* value, and its derivative by z */
} point;

void hr_beta_shapes(const hr_dist *d, double *p, double *q)
{
    const bool pert = d->family == HR_DIST_PERT;
    *p = pert ? 1.0 + 4.0 * ((d->b - d->a) / (d->c - d->a)) : d->a;
    *q = pert ? 1.0 + 4.0 * ((d->c - d->b) / (d->c - d->a)) : d->b;
}

static double standard_of(const source *s, double x)
{
    if (!s->exponential)
        return (x - s->location) / s->scale;
    return x > 0.0 ? hr_log(x / s->location) / s->scale : -(double)__builtin_inff();
}

static void cut(source *s, double low, double high)
{
    const hr_tails at_low = hr_tails_at(&s->shape, standard_of(s, low));
    const hr_tails at_high = hr_tails_at(&s->shape, standard_of(s, high));
    s->below = at_low.lower;
    s->above = at_high.upper;
    s->kept = at_low.upper < 0.5 ? at_low.upper - at_high.upper : at_high.lower - at_low.lower;
}

static source source_of(const hr_dist *d)
{
    source s = {.location = d->a, .scale = d->b, .kept = 1.0};
    switch (d->family) {
    case HR_DIST_GAMMA:
        s.shape = (hr_shape){.kind = HR_SHAPE_GAMMA, .a = d->a};
        s.location = 0.0;
        break;
    case HR_DIST_PERT:
    case HR_DIST_BETA:
        s.shape.kind = HR_SHAPE_BETA;
        hr_beta_shapes(d, &s.shape.a, &s.shape.b);
        s.location = d->family == HR_DIST_PERT ? d->a : 0.0;
        s.scale = d->family == HR_DIST_PERT ? d->c - d->a : 1.0;
        s.tolerance = 1e-8 * s.scale;
        return s;
    default:
        s.shape.kind = HR_SHAPE_NORMAL;
        s.exponential = d->family == HR_DIST_LOGNORMAL;
        break;
    }
    s.tolerance = 1e-8 * (s.exponential ? s.location : s.scale);
    cut(&s, d->low, d->high);
    return s;
}

double hr_dist_share_kept(const hr_dist *d) { return source_of(d).kept; }

static double z_of(int k) { return (double)k / HR_KNOTS_PER_UNIT - HR_KNOTS_END; }

/* The quantile at knot k; `guess` is a value near it or NaN. */
static point solve(const source *s, int k, double guess)
{
    const double z = z_of(k);
    const double lower = s->below + s->kept * hr_normal_cdf(z);
    const double upper = s->above + s->kept * hr_normal_cdf(-z);
    const double near = s->exponential ? 0.0 : standard_of(s, guess);
    const double standard = hr_tails_inverse(&s->shape, lower, upper, near);
    const double density = hr_tails_at(&s->shape, standard).density;
    const double by_z = 0.39894228040143267794 * hr_exp(-0.5 * z * z) * s->kept / density;
    if (!s->exponential)
        return (point){.x = s->location + s->scale * standard, .slope = s->scale * by_z};
    const double x = s->location * hr_exp(s->scale * standard);
    return (point){.x = x, .slope = x * s->scale * by_z};
}

/* The cubic with the values and slopes of both ends (Hermite), at knot k. */
static double cubic(int from, point a, int to, point b, int k)
{
    const double width = (double)(to - from) / HR_KNOTS_PER_UNIT;
    const double t = (double)(k - from) / (to - from);
    const double r = 1.0 - t;
    return a.x + t * t * (3.0 - 2.0 * t) * (b.x - a.x) +
           width * t * r * (r * a.slope - t * b.slope);
}

static void fill(const source *s, double *knot, int from, point a, int to, point b)
{
    if (to - from < 2)
        return;
    const int mid = from + (to - from) / 2;
    const double guess = cubic(from, a, to, b, mid);
    const point m = solve(s, mid, guess);
    knot[mid] = m.x;
    const double apart = hr_max(m.x - guess, guess - m.x);
    const double size = hr_max(m.x, -m.x);
    /* written so that a guess that is not a number fails */
    if (to - from > LARGEST_FILL || !(apart <= s->tolerance + 1e-7 * size)) {
        fill(s, knot, from, a, mid, m);
        fill(s, knot, mid, m, to, b);
        return;
    }
    for (int k = from + 1; k < mid; k++)
        knot[k] = cubic(from, a, mid, m, k);
    for (int k = mid + 1; k < to; k++)
        knot[k] = cubic(mid, m, to, b, k);
}

void hr_quantile_table_fill(const hr_dist *d, double *knot)
{
    const double unknown = (double)__builtin_nanf("");
    const source s = source_of(d);
    const point first = solve(&s, 0, unknown);
    const point last = solve(&s, HR_KNOTS - 1, unknown);
    knot[0] = first.x;
    knot[HR_KNOTS - 1] = last.x;
    fill(&s, knot, 0, first, HR_KNOTS - 1, last);
    /* rounding must neither leave the range nor turn the order */
    const bool ranged = d->family != HR_DIST_PERT && d->family != HR_DIST_BETA;
    const double low = ranged ? d->low : s.location;
    const double high = ranged ? d->high : s.location + s.scale;
    double least = low;
    for (int k = 0; k < HR_KNOTS; k++)
        knot[k] = least = hr_clamp(knot[k], least, high);
}

void hr_quantile_table_moments(const double *knot, double *mean, double *sd)
{
    double weight = 0.0, sum = 0.0, square = 0.0;
    for (int k = 0; k < HR_KNOTS; k++) {
        const double w = hr_exp(-0.5 * z_of(k) * z_of(k));
        weight += w;
        sum += w * knot[k];
    }
    *mean = sum / weight;
    for (int k = 0; k < HR_KNOTS; k++) {
        const double d = knot[k] - *mean;
        square += hr_exp(-0.5 * z_of(k) * z_of(k)) * d * d;
    }
    *sd = hr_sqrt(square / weight);
}
