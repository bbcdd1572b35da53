/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlation of standard normals: from a symmetric matrix with ones on the diagonal to its lower
 * triangular (Cholesky) factor, with exact operations. A matrix that is not positive definite is
 * repaired: eigenvalues (Jacobi rotations) below a small floor are raised to it and the diagonal is
 * brought back to one. */
#ifndef HR_STOCH_CORRELATE_H
#define HR_STOCH_CORRELATE_H

#include <stdbool.h>

/* n by n, row by row. On return `factor` holds L with L L' = matrix (repaired where needed), zeros
 * above the diagonal, and `matrix` the matrix used. *largest_change is the largest absolute change
 * of an entry by the repair, 0 when none was needed. work: 3 n n doubles. n at most 64. */
void hr_correlate_factor(double *matrix, int n, double *factor, double *largest_change,
                         double *work);

/* z[k] (n arrays of `lanes`) becomes the correlated set, in place: z'_k = sum_j L_kj z_j. Rows
 * without off-diagonal entries keep their bits. */
void hr_correlate_lanes(const double *factor, int n, double *const *z, int lanes);

#endif
