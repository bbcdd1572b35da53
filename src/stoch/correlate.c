/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlation: Cholesky's factor, repair of a matrix that has none by Jacobi's eigenvalues, and the
 * product with lanes. It must not know which drivers it joins. */
#include "stoch/correlate.h"

#include "base/lanes.h"
#include "base/vmath.h"

static const double pivot_floor = 1e-10;     /* a smaller pivot means not positive definite */
static const double eigenvalue_floor = 1e-8; /* what a repair raises eigenvalues to */
enum { SWEEPS = 60 };

static double size_of(double x) { return x < 0.0 ? -x : x; }

/* False when a pivot falls below `floor`. */
static bool cholesky(const double *m, int n, double floor, double *l)
{
    for (int row = 0; row < n; row++)
        for (int col = 0; col < n; col++) {
            if (col > row) {
                l[row * n + col] = 0.0;
                continue;
            }
            double rest = m[row * n + col];
            for (int k = 0; k < col; k++)
                rest -= l[row * n + k] * l[col * n + k];
            if (col < row) {
                l[row * n + col] = rest / l[col * n + col];
                continue;
            }
            if (!(rest >= floor))
                return false;
            l[row * n + row] = hr_sqrt(rest);
        }
    return true;
}

/* Turns the plane (p, q) so that a[p][q] becomes 0, with the eigenvectors in the columns of v. */
static void rotate(double *a, double *v, int n, int p, int q)
{
    const double off = a[p * n + q];
    const double theta = (a[q * n + q] - a[p * n + p]) / (2.0 * off);
    const double t = (theta < 0.0 ? -1.0 : 1.0) / (size_of(theta) + hr_sqrt(theta * theta + 1.0));
    const double c = 1.0 / hr_sqrt(t * t + 1.0);
    const double s = t * c;
    for (int k = 0; k < n; k++) {
        const double kp = a[k * n + p], kq = a[k * n + q];
        a[k * n + p] = c * kp - s * kq;
        a[k * n + q] = s * kp + c * kq;
    }
    for (int k = 0; k < n; k++) {
        const double pk = a[p * n + k], qk = a[q * n + k];
        a[p * n + k] = c * pk - s * qk;
        a[q * n + k] = s * pk + c * qk;
    }
    for (int k = 0; k < n; k++) {
        const double kp = v[k * n + p], kq = v[k * n + q];
        v[k * n + p] = c * kp - s * kq;
        v[k * n + q] = s * kp + c * kq;
    }
    a[p * n + q] = a[q * n + p] = 0.0;
}

/* Eigenvalues onto the diagonal of a, by cyclic sweeps until nothing is left off it. */
static void jacobi(double *a, double *v, int n)
{
    for (int i = 0; i < n * n; i++)
        v[i] = i % (n + 1) == 0 ? 1.0 : 0.0;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        double largest = 0.0;
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++) {
                largest = hr_max(largest, size_of(a[p * n + q]));
                if (size_of(a[p * n + q]) > 1e-300)
                    rotate(a, v, n, p, q);
            }
        if (largest < 1e-15)
            return;
    }
}

/* matrix = V max(eigenvalue, floor) V', brought back to ones on the diagonal and to symmetry. */
static void rebuild(double *matrix, int n, const double *a, const double *v)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double sum = 0.0;
            for (int k = 0; k < n; k++)
                sum += v[i * n + k] * hr_max(a[k * n + k], eigenvalue_floor) * v[j * n + k];
            matrix[i * n + j] = sum;
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            const double r = matrix[i * n + j] / hr_sqrt(matrix[i * n + i] * matrix[j * n + j]);
            matrix[i * n + j] = matrix[j * n + i] = r;
        }
    for (int i = 0; i < n; i++)
        matrix[i * n + i] = 1.0;
}

void hr_correlate_factor(double *matrix, int n, double *factor, double *largest_change,
                         double *work)
{
    *largest_change = 0.0;
    if (cholesky(matrix, n, pivot_floor, factor))
        return;
    double *a = work, *v = work + n * n, *before = work + 2 * n * n;
    for (int i = 0; i < n * n; i++)
        a[i] = before[i] = matrix[i];
    jacobi(a, v, n);
    rebuild(matrix, n, a, v);
    for (int i = 0; i < n * n; i++)
        *largest_change = hr_max(*largest_change, size_of(matrix[i] - before[i]));
    /* the smallest eigenvalue is now at least floor / n, so the pivots are well above zero */
    cholesky(matrix, n, 0.0, factor);
}

void hr_correlate_lanes(const double *factor, int n, double *const *z, int lanes)
{
    /* from the last row up: a row needs only those before it, which are still as drawn */
    for (int row = n - 1; row >= 0; row--) {
        double *const out = z[row];
        const double own = factor[row * n + row];
        if (own != 1.0)
            HR_FOR_LANES(i, lanes)
                out[i] *= own;
        for (int col = 0; col < row; col++) {
            const double weight = factor[row * n + col];
            const double *const in = z[col];
            if (weight != 0.0)
                HR_FOR_LANES(i, lanes)
                    out[i] += weight * in[i];
        }
    }
}
