/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of quantiles over a uniform grid of the normal z, for families without a closed quantile.
 * It must not know how a sampler reads them, but that it does so linearly between knots. */
#ifndef HR_STOCH_QUANTILE_TABLE_H
#define HR_STOCH_QUANTILE_TABLE_H

#include "stoch/sampler.h"

enum { HR_KNOTS_PER_UNIT = 320, HR_KNOTS = 13 * HR_KNOTS_PER_UNIT + 1 };

#define HR_KNOTS_END 6.5 /* knots run from z = -6.5 to 6.5; a 32-bit uniform reaches 6.34 */

/* knot[0..HR_KNOTS-1] = quantiles of a (cut) normal, lognormal or gamma, a beta or a PERT that
 * is not a constant. Ascending; relative error about 1e-7 of value plus deviation. */
void hr_quantile_table_fill(const hr_dist *dist, double *knot);

/* Mean and deviation by the trapezium rule over z. */
void hr_quantile_table_moments(const double *knot, double *mean, double *sd);

/* Shapes of the beta behind a BETA or a PERT. */
void hr_beta_shapes(const hr_dist *dist, double *p, double *q);

/* Share of a NORMAL (b > 0), LOGNORMAL (b > 0) or GAMMA that lies between its cuts. */
double hr_dist_share_kept(const hr_dist *dist);

#endif
