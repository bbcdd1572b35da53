/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tails of the standard normal, gamma and beta distributions and their inverses, for tables of
 * quantiles. Both tails are given, so that neither end loses digits. It must not know what is
 * drawn. */
#ifndef HR_STOCH_TAILS_H
#define HR_STOCH_TAILS_H

typedef enum { HR_SHAPE_NORMAL, HR_SHAPE_GAMMA, HR_SHAPE_BETA } hr_shape_kind;

/* A standard distribution: normal, gamma of shape a and scale 1, beta of shapes a and b. */
typedef struct {
    hr_shape_kind kind;
    double a, b;
} hr_shape;

/* Chances of a value below and above x, and the density there. Relative error of the smaller about
 * 1e-12 down to chances of 1e-9. */
typedef struct {
    double lower, upper, density;
} hr_tails;

hr_tails hr_tails_at(const hr_shape *shape, double x);

/* The x with the given tails, of which the smaller is used; both are at least 1e-12. `guess` is
 * a value near it or NaN. Bracketed Newton on the logarithm of the tail. */
double hr_tails_inverse(const hr_shape *shape, double lower, double upper, double guess);

#endif
