/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn settings of docs/model.md told again from their printed normals: correlated sets, years
 * that persist, and the families that have a quantile in closed form. It must not know what a
 * setting is for. */
#include <string.h>

#include "reference/reference.h"
#include "stoch/sampler.h"

/* Values with chances, or values alone, of a quantity. */
static double of_list(const ref *r, const hr_quantity *q, double u)
{
    const double *value = HR_SPAN(r->p, q->points, double);
    if (q->family == HR_DIST_EMPIRICAL) {
        const int last = (int)q->points.count - 1;
        const int at = (int)fmin(floor(u * last), last - 1);
        return value[at] + (u * last - at) * (value[at + 1] - value[at]);
    }
    const int values = (int)q->points.count / 2;
    double sum = 0.0;
    for (int i = 0; i < values; i++) {
        sum += value[values + i];
        if (sum >= u)
            return value[i];
    }
    return value[values - 1];
}

/* The quantile of the families that have one in closed form; NaN of the others. */
static double quantile(const ref *r, const hr_quantity *q, double z)
{
    const double u = 0.5 * erfc(-z / sqrt(2.0)), a = q->dist[0], b = q->dist[1], c = q->dist[2];
    if (isfinite(q->low) || isfinite(q->high))
        return NAN;
    switch (q->family) {
    case HR_DIST_NORMAL: return a + b * z;
    case HR_DIST_LOGNORMAL: return a * exp(b * z);
    case HR_DIST_UNIFORM: return a + (b - a) * u;
    case HR_DIST_TRIANGULAR:
        return u < (b - a) / (c - a) ? a + sqrt(u * (b - a) * (c - a))
                                     : c - sqrt((1.0 - u) * (c - b) * (c - a));
    case HR_DIST_DISCRETE:
    case HR_DIST_EMPIRICAL: return of_list(r, q, u);
    default: return NAN;
    }
}

/* The quantity of a key that is drawn so, or NULL. */
static const hr_quantity *drawn(const ref *r, const char *key, int kind)
{
    const hr_quantity *q = HR_SPAN(r->p, r->p->quantities, hr_quantity);
    for (uint32_t i = 0; i < r->p->quantities.count; i++)
        if (q[i].kind == kind && strcmp(hr_params_text(r->p, q[i].key), key) == 0)
            return &q[i];
    return NULL;
}

static int member(const ref_set *set, const char *key)
{
    for (int i = 0; i < set->members; i++)
        if (strcmp(set->key[i], key) == 0)
            return i;
    return -1;
}

static void add(const ref *r, ref_set *set, const char *key, int kind)
{
    if (member(set, key) < 0 && drawn(r, key, kind))
        set->key[set->members++] = key;
}

/* Cholesky's factor, in place; false where there is none. */
static bool factor(ref_set *set)
{
    for (int row = 0; row < set->members; row++)
        for (int col = 0; col < set->members; col++) {
            double rest = set->factor[row][col];
            for (int k = 0; k < col && k < row; k++)
                rest -= set->factor[row][k] * set->factor[col][k];
            if (col == row && !(rest > 1e-10))
                return false;
            set->factor[row][col] = col > row    ? 0.0
                                    : col == row ? sqrt(rest)
                                                 : rest / set->factor[col][col];
        }
    return true;
}

typedef double square[HR_CORRELATED_MAX][HR_CORRELATED_MAX];

/* Turns rows and columns i and k of a symmetric matrix so that their common entry is nought. */
static void turn(square a, square vector, int n, int i, int k)
{
    if (fabs(a[i][k]) < 1e-300)
        return;
    const double angle = 0.5 * atan2(2.0 * a[i][k], a[i][i] - a[k][k]);
    const double c = cos(angle), s = sin(angle);
    for (int m = 0; m < n; m++) {
        const double x = a[m][i], y = a[m][k], v = vector[m][i], w = vector[m][k];
        a[m][i] = c * x + s * y;
        a[m][k] = c * y - s * x;
        vector[m][i] = c * v + s * w;
        vector[m][k] = c * w - s * v;
    }
    for (int m = 0; m < n; m++) {
        const double x = a[i][m], y = a[k][m];
        a[i][m] = c * x + s * y;
        a[k][m] = c * y - s * x;
    }
}

/* Raises eigenvalues to 1e-8 and brings the diagonal back to 1. */
static void repair(ref_set *set)
{
    const int n = set->members;
    square a, vector = {{0}};
    memcpy(a, set->factor, sizeof a);
    for (int i = 0; i < n; i++)
        vector[i][i] = 1.0;
    for (int sweep = 0; sweep < 60; sweep++)
        for (int i = 0; i < n; i++)
            for (int k = i + 1; k < n; k++)
                turn(a, vector, n, i, k);
    square raised = {{0}};
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            for (int m = 0; m < n; m++)
                raised[i][k] += vector[i][m] * fmax(a[m][m], 1e-8) * vector[k][m];
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            set->factor[i][k] = i == k ? 1.0 : raised[i][k] / sqrt(raised[i][i] * raised[k][k]);
}

/* A set of settings drawn so, in the order in which the correlations name them, behind those that
 * it has already. */
static void gather(const ref *r, ref_set *set, int kind)
{
    const hr_params_correlation *c = HR_SPAN(r->p, r->sc->correlations, hr_params_correlation);
    for (uint32_t i = 0; i < r->sc->correlations.count; i++) {
        const char *a = hr_params_text(r->p, c[i].a), *b = hr_params_text(r->p, c[i].b);
        add(r, set, a, kind);
        add(r, set, b, kind);
    }
    for (int i = 0; i < set->members; i++)
        set->factor[i][i] = 1.0;
    for (uint32_t i = 0; i < r->sc->correlations.count; i++) {
        const int a = member(set, hr_params_text(r->p, c[i].a));
        const int b = member(set, hr_params_text(r->p, c[i].b));
        if (a >= 0 && b >= 0)
            set->factor[a][b] = set->factor[b][a] = c[i].rho;
    }
    const ref_set told = *set;
    if (!factor(set)) {
        *set = told;
        repair(set);
        factor(set);
    }
}

void ref_correlations(ref *r)
{
    for (int i = 0; i < HR_WORLD_NORMALS; i++)
        r->of_year.key[r->of_year.members++] = hr_driver_describe(HR_D_FUNDING + i)->key;
    gather(r, &r->of_year, HR_QUANTITY_YEAR);
    gather(r, &r->of_future, HR_QUANTITY_FUTURE);
}

static double member_normal(ref *r, const ref_set *set, int i, int year)
{
    if (set == &r->of_future)
        return ref_draw(r, HR_D_ASSUMPTION, drawn(r, set->key[i], HR_QUANTITY_FUTURE)->entity, 0);
    if (i < HR_WORLD_NORMALS)
        return ref_draw(r, (hr_driver)(HR_D_FUNDING + i), 0, year);
    return ref_draw(r, HR_D_ASSUMPTION_YEAR, drawn(r, set->key[i], HR_QUANTITY_YEAR)->entity, year);
}

double ref_correlated(ref *r, const ref_set *set, int row, int year)
{
    double z = 0.0;
    for (int col = 0; col <= row; col++)
        z += set->factor[row][col] * member_normal(r, set, col, year);
    return z;
}

static double normal_of_future(ref *r, const hr_quantity *q)
{
    const int row = member(&r->of_future, hr_params_text(r->p, q->key));
    return row < 0 ? ref_draw(r, HR_D_ASSUMPTION, q->entity, 0)
                   : ref_correlated(r, &r->of_future, row, 0);
}

/* That of the year before the start first, uncorrelated. */
static double normal_of_year(ref *r, const hr_quantity *q, int t)
{
    const double rho = q->persistence;
    const int row = member(&r->of_year, hr_params_text(r->p, q->key));
    double z = ref_draw(r, HR_D_ASSUMPTION_YEAR, q->entity, r->start_year - 1);
    for (int year = r->start_year; year <= r->start_year + t; year++) {
        const double fresh = row < 0 ? ref_draw(r, HR_D_ASSUMPTION_YEAR, q->entity, year)
                                     : ref_correlated(r, &r->of_year, row, year);
        z = rho * z + sqrt(1.0 - rho * rho) * fresh;
    }
    return z;
}

/* A setting from its normals, in prices of the start; NaN where the family has no formula. t = -1:
 * as it is at the start. */
static double from_normals(ref *r, const hr_quantity *q, int t)
{
    const bool once = q->kind == HR_QUANTITY_FUTURE;
    const double x = quantile(r, q, once ? normal_of_future(r, q) : normal_of_year(r, q, t));
    return x * (q->price_year ? ref_path(r, q->grows, q->price_year) : 1.0);
}

double ref_yearly_at_start(ref *r, const hr_quantity *q) { return from_normals(r, q, -1); }

void ref_check_settings(ref *r)
{
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->kind != HR_TRACE_SETTING)
            continue;
        const hr_quantity *q = hr_params_quantity(r->p, (hr_real)row->what);
        const double x = from_normals(r, q, row->year);
        r->tally->unchecked += isnan(x);
        if (!isnan(x))
            ref_check(r, "setting", hr_params_text(r->p, q->key), NULL, x, row->value);
    }
}
