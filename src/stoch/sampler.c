/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samplers: what is built once per distribution, and the lane loops that turn normals into its
 * numbers. Twelve families come down to eight ways of sampling. It must not know what the
 * numbers mean. */
#include "stoch/sampler.h"

#include <stddef.h>
#include <stdint.h>

#include "base/lanes.h"
#include "base/vmath.h"
#include "stoch/quantile_table.h"

typedef enum {
    BY_CONSTANT, /* a */
    BY_LINE,     /* a + b z */
    BY_UNIFORM,  /* a + b u */
    BY_TRIANGLE, /* from a by mode b to c */
    BY_EXPONENT, /* a e^(b z) */
    BY_TABLE,    /* knots over z */
    BY_STEPS,    /* value[number of cumulative chances below u] */
    BY_POINTS    /* linear between value[0..points-1] */
} method;

struct hr_sampler {
    method by;
    double a, b, c;
    double mean, sd;
    const double *knot;       /* BY_TABLE: HR_KNOTS */
    const double *cumulative; /* BY_STEPS: span - 1, past the last step above any u */
    const double *value;      /* BY_STEPS and BY_POINTS, in ascending order */
    int span;                 /* BY_STEPS: a power of two, at least the number of steps */
    int points;               /* BY_POINTS */
};

static void make_constant(hr_sampler *s, double value)
{
    s->by = BY_CONSTANT;
    s->a = s->mean = value;
    s->sd = 0.0;
}

static bool is_cut(const hr_dist *d)
{
    return d->low > -(double)__builtin_inff() || d->high < (double)__builtin_inff();
}

/* Takes room for `count` steps; cumulative is padded so that the search may run over the whole
 * span. */
static bool steps_take(hr_sampler *s, hr_arena *arena, int count, double **value,
                       double **cumulative)
{
    s->by = BY_STEPS;
    s->span = 2;
    while (s->span < count)
        s->span *= 2;
    *value = HR_TAKE(arena, double, s->span);
    *cumulative = HR_TAKE(arena, double, s->span);
    if (*value == NULL || *cumulative == NULL)
        return false;
    for (int i = 0; i < s->span; i++)
        (*cumulative)[i] = 2.0;
    s->value = *value;
    s->cumulative = *cumulative;
    return true;
}

/* Turns count chances (or weights in their ratio) into cumulative ones; nothing lies beyond the
 * last. */
static void accumulate(double *cumulative, int count)
{
    double total = 0.0, sum = 0.0;
    for (int i = 0; i < count; i++)
        total += cumulative[i];
    for (int i = 0; i < count - 1; i++) {
        sum += cumulative[i];
        cumulative[i] = sum / total;
    }
    cumulative[count - 1] = 2.0;
}

/* p(k + 1) / p(k) of a binomial or Poisson count. */
static double count_ratio(const hr_dist *d, int k)
{
    if (d->family == HR_DIST_POISSON)
        return d->a / (k + 1);
    return (d->a - k) / (k + 1) * (d->b / (1.0 - d->b));
}

/* Counts with a chance that can be seen: weights from the mode outwards by their ratios, down to
 * 1e-18 of the mode's. */
static bool make_count(hr_sampler *s, hr_arena *arena, const hr_dist *d)
{
    const double least_weight = 1e-18;
    const bool poisson = d->family == HR_DIST_POISSON;
    const int most = poisson ? INT32_MAX - 1 : (int)d->a;
    const int mode = (int)(poisson ? d->a : hr_min((d->a + 1.0) * d->b, d->a));
    int first = mode, last = mode;
    for (double w = 1.0; first > 0 && w > least_weight; first--)
        w /= count_ratio(d, first - 1);
    for (double w = 1.0; last < most && w > least_weight; last++)
        w *= count_ratio(d, last);

    const int count = last - first + 1;
    double *value, *weight;
    if (!steps_take(s, arena, count, &value, &weight))
        return false;
    for (int k = first; k <= last; k++)
        value[k - first] = k;
    weight[mode - first] = 1.0;
    for (int k = mode; k > first; k--)
        weight[k - 1 - first] = weight[k - first] / count_ratio(d, k - 1);
    for (int k = mode; k < last; k++)
        weight[k + 1 - first] = weight[k - first] * count_ratio(d, k);
    accumulate(weight, count);
    s->mean = poisson ? d->a : d->a * d->b;
    s->sd = hr_sqrt(poisson ? d->a : d->a * d->b * (1.0 - d->b));
    return true;
}

/* Puts the values in ascending order, each with its chance when there are chances. */
static void sort_values(double *value, double *chance, int count)
{
    for (int gap = count / 2; gap > 0; gap /= 2)
        for (int i = gap; i < count; i++) {
            const double v = value[i], c = chance == NULL ? 0.0 : chance[i];
            int j = i;
            for (; j >= gap && value[j - gap] > v; j -= gap) {
                value[j] = value[j - gap];
                if (chance != NULL)
                    chance[j] = chance[j - gap];
            }
            value[j] = v;
            if (chance != NULL)
                chance[j] = c;
        }
}

static bool make_discrete(hr_sampler *s, hr_arena *arena, const hr_dist *d)
{
    double *value, *chance;
    if (!steps_take(s, arena, d->values, &value, &chance))
        return false;
    double total = 0.0, square = 0.0;
    for (int i = 0; i < d->values; i++) {
        value[i] = d->value[i];
        chance[i] = d->chance[i];
        total += chance[i];
    }
    sort_values(value, chance, d->values);
    for (int i = 0; i < d->values; i++)
        s->mean += value[i] * (chance[i] / total);
    for (int i = 0; i < d->values; i++)
        square += (value[i] - s->mean) * (value[i] - s->mean) * (chance[i] / total);
    s->sd = hr_sqrt(square);
    accumulate(chance, d->values);
    return true;
}

static bool make_bernoulli(hr_sampler *s, hr_arena *arena, double chance)
{
    const double value[2] = {0.0, 1.0};
    const double chances[2] = {1.0 - chance, chance};
    const hr_dist d = {.family = HR_DIST_DISCRETE, .value = value, .chance = chances, .values = 2};
    return make_discrete(s, arena, &d);
}

/* Moments of the piecewise linear quantile function: each gap is a uniform of equal weight. */
static bool make_empirical(hr_sampler *s, hr_arena *arena, const hr_dist *d)
{
    double *value = HR_TAKE(arena, double, d->values);
    if (value == NULL)
        return false;
    for (int i = 0; i < d->values; i++)
        value[i] = d->value[i];
    sort_values(value, NULL, d->values);
    const int gaps = d->values - 1;
    if (gaps == 0 || value[0] == value[gaps]) {
        make_constant(s, value[0]);
        return true;
    }
    s->by = BY_POINTS;
    s->value = value;
    s->points = d->values;
    double square = 0.0;
    for (int i = 0; i < gaps; i++)
        s->mean += 0.5 * (value[i] + value[i + 1]) / gaps;
    for (int i = 0; i < gaps; i++) {
        const double p = value[i] - s->mean, q = value[i + 1] - s->mean;
        square += (p * p + p * q + q * q) / (3.0 * gaps);
    }
    s->sd = hr_sqrt(square);
    return true;
}

/* Families with a table of quantiles: location + scale times a standard shape, or its
 * exponential, in the part of it between the cuts. */
static bool make_table(hr_sampler *s, hr_arena *arena, const hr_dist *d)
{
    double *knot = HR_TAKE(arena, double, HR_KNOTS);
    if (knot == NULL)
        return false;
    hr_quantile_table_fill(d, knot);
    s->by = BY_TABLE;
    s->knot = knot;
    hr_quantile_table_moments(knot, &s->mean, &s->sd);
    return true;
}

static void make_line(hr_sampler *s, const hr_dist *d)
{
    s->by = BY_LINE;
    s->mean = d->a;
    s->sd = d->b;
}

static void make_uniform(hr_sampler *s, const hr_dist *d)
{
    s->by = BY_UNIFORM;
    s->b = d->b - d->a;
    s->mean = d->a + 0.5 * s->b;
    s->sd = s->b / hr_sqrt(12.0);
}

static void make_triangle(hr_sampler *s, const hr_dist *d)
{
    const double width = d->c - d->a;
    s->by = BY_TRIANGLE;
    s->mean = (d->a + d->b + d->c) / 3.0;
    s->sd = hr_sqrt((width * width - (d->b - d->a) * (d->c - d->b)) / 18.0);
}

static void make_exponent(hr_sampler *s, const hr_dist *d)
{
    const double v = d->b * d->b;
    /* e^v - 1, by its series where the difference would lose digits */
    const double over = v < 1e-3 ? v * (1.0 + v * (0.5 + v / 6.0)) : hr_exp(v) - 1.0;
    s->by = BY_EXPONENT;
    s->mean = d->a * hr_exp(0.5 * v);
    s->sd = s->mean * hr_sqrt(over);
}

/* Mean and deviation of the whole beta and gamma are known; those of a cut one stay as the table
 * has them. */
static bool make_shaped(hr_sampler *s, hr_arena *arena, const hr_dist *d)
{
    if (!make_table(s, arena, d))
        return false;
    if (d->family == HR_DIST_GAMMA) {
        if (!is_cut(d)) {
            s->mean = d->a * d->b;
            s->sd = hr_sqrt(d->a) * d->b;
        }
        return true;
    }
    double p, q;
    hr_beta_shapes(d, &p, &q);
    const double width = d->family == HR_DIST_PERT ? d->c - d->a : 1.0;
    const double from = d->family == HR_DIST_PERT ? d->a : 0.0;
    s->mean = from + width * p / (p + q);
    s->sd = width * hr_sqrt(p * q / (p + q + 1.0)) / (p + q);
    return true;
}

static bool make(hr_sampler *s, hr_arena *arena, const hr_dist *d)
{
    switch (d->family) {
    case HR_DIST_NORMAL:
        if (d->b == 0.0)
            return make_constant(s, d->a), true;
        return is_cut(d) ? make_table(s, arena, d) : (make_line(s, d), true);
    case HR_DIST_LOGNORMAL:
        if (d->b == 0.0)
            return make_constant(s, d->a), true;
        return is_cut(d) ? make_table(s, arena, d) : (make_exponent(s, d), true);
    case HR_DIST_UNIFORM: return (d->a == d->b ? make_constant(s, d->a) : make_uniform(s, d)), true;
    case HR_DIST_TRIANGULAR:
        return (d->a == d->c ? make_constant(s, d->a) : make_triangle(s, d)), true;
    case HR_DIST_PERT:
        return d->a == d->c ? (make_constant(s, d->a), true) : make_shaped(s, arena, d);
    case HR_DIST_BETA:
    case HR_DIST_GAMMA: return make_shaped(s, arena, d);
    case HR_DIST_BERNOULLI: return make_bernoulli(s, arena, d->a);
    case HR_DIST_BINOMIAL:
        if (d->b == 0.0 || d->b == 1.0)
            return make_constant(s, d->a * d->b), true;
        return make_count(s, arena, d);
    case HR_DIST_POISSON:
        return d->a == 0.0 ? (make_constant(s, 0.0), true) : make_count(s, arena, d);
    case HR_DIST_DISCRETE: return make_discrete(s, arena, d);
    case HR_DIST_EMPIRICAL: return make_empirical(s, arena, d);
    }
    return false;
}

hr_sampler *hr_sampler_new(hr_arena *arena, const hr_dist *dist)
{
    hr_sampler *s = HR_TAKE(arena, hr_sampler, 1);
    if (s == NULL)
        return NULL;
    s->a = dist->a;
    s->b = dist->b;
    s->c = dist->c;
    return make(s, arena, dist) ? s : NULL;
}

double hr_sampler_mean(const hr_sampler *s) { return s->mean; }
double hr_sampler_sd(const hr_sampler *s) { return s->sd; }

double hr_sampler_quantile(const hr_sampler *s, double u)
{
    const double z = hr_normal_quantile(hr_clamp(u, 0x1p-60, 1.0 - 0x1p-53));
    double x;
    hr_sample_lanes(s, &z, &x, 1);
    return x;
}

static void sample_uniform(const hr_sampler *s, double *x, int lanes)
{
    const double from = s->a, width = s->b;
    HR_FOR_LANES(i, lanes)
        x[i] = from + width * x[i];
}

static void sample_triangle(const hr_sampler *s, double *x, int lanes)
{
    const double from = s->a, to = s->c;
    const double width = s->c - s->a;
    const double rise = width * (s->b - s->a);
    const double fall = width * (s->c - s->b);
    const double at_mode = (s->b - s->a) / width;
    HR_FOR_LANES(i, lanes) {
        const double u = x[i];
        const double root = hr_sqrt(u < at_mode ? u * rise : (1.0 - u) * fall);
        x[i] = u < at_mode ? from + root : to - root;
    }
}

static void sample_exponent(const hr_sampler *s, const double *z, double *x, int lanes)
{
    const double median = s->a, sd = s->b;
    HR_FOR_LANES(i, lanes)
        x[i] = sd * z[i];
    hr_exp_lanes(x, x, lanes);
    HR_FOR_LANES(i, lanes)
        x[i] *= median;
}

static void sample_table(const hr_sampler *s, const double *z, double *x, int lanes)
{
    const double *const knot = s->knot;
    HR_FOR_LANES(i, lanes) {
        const double at = (hr_clamp(z[i], -HR_KNOTS_END, HR_KNOTS_END) + HR_KNOTS_END) *
                          (double)HR_KNOTS_PER_UNIT;
        const int whole = (int)at;
        const int k = whole < HR_KNOTS - 2 ? whole : HR_KNOTS - 2;
        const double from = knot[k];
        x[i] = from + (at - k) * (knot[k + 1] - from);
    }
}

/* Binary search in step on all lanes: `at` is the number of cumulative chances known to be below
 * u. */
static void sample_steps(const hr_sampler *s, double *x, int lanes)
{
    _Alignas(HR_LANE_ALIGN) int32_t at[HR_LANES_MAX];
    const double *const cumulative = s->cumulative;
    const double *const value = s->value;
    HR_FOR_LANES(i, lanes)
        at[i] = 0;
    for (int half = s->span / 2; half > 0; half /= 2)
        HR_FOR_LANES(i, lanes)
            at[i] += cumulative[at[i] + half - 1] < x[i] ? half : 0;
    HR_FOR_LANES(i, lanes)
        x[i] = value[at[i]];
}

static void sample_points(const hr_sampler *s, double *x, int lanes)
{
    const double *const value = s->value;
    const int gaps = s->points - 1;
    HR_FOR_LANES(i, lanes) {
        const double at = x[i] * gaps;
        const int whole = (int)at;
        const int k = whole < gaps - 1 ? whole : gaps - 1;
        const double from = value[k];
        x[i] = from + (at - k) * (value[k + 1] - from);
    }
}

void hr_sample_lanes(const hr_sampler *s, const double *z, double *x, int lanes)
{
    const double a = s->a, b = s->b;
    switch (s->by) {
    case BY_CONSTANT:
        HR_FOR_LANES(i, lanes)
            x[i] = a;
        return;
    case BY_LINE:
        HR_FOR_LANES(i, lanes)
            x[i] = a + b * z[i];
        return;
    case BY_EXPONENT: sample_exponent(s, z, x, lanes); return;
    case BY_TABLE: sample_table(s, z, x, lanes); return;
    case BY_UNIFORM:
    case BY_TRIANGLE:
    case BY_STEPS:
    case BY_POINTS: break;
    }
    hr_normal_cdf_lanes(z, x, lanes);
    if (s->by == BY_UNIFORM)
        sample_uniform(s, x, lanes);
    else if (s->by == BY_TRIANGLE)
        sample_triangle(s, x, lanes);
    else if (s->by == BY_STEPS)
        sample_steps(s, x, lanes);
    else
        sample_points(s, x, lanes);
}
