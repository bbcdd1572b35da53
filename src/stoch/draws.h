/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws: a pure function of (seed, path, year, driver, entity), and the one hook that bends luck.
 * Philox4x32-10 with key = seed (low word, high word) and counter = (low 32 bits of the path,
 * entity, year << 16 | group of the driver, scope << 24 | bits 32 to 55 of the path); the word is
 * the driver's place in its group. u = (word + 0.5) / 2^32; the normal is hr_normal_quantile(u).
 * The year is the calendar year in which the academic year starts (2018 for 2018/19); a driver
 * drawn once per future has year 0, one whose calls serve four years the first of the four. Nothing
 * depends on how many schools, candidates or risks there are. Futures are numbered from 1; path 0
 * is the plain case: every normal 0, every uniform 1/2. It must not know the model. */
#ifndef HR_STOCH_DRAWS_H
#define HR_STOCH_DRAWS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
#define HR_DRIVER(name, number, scope, rhythm, family, key, meaning) HR_D_##name = (number),
#include "headroom/tables/drivers.def"
#undef HR_DRIVER
    HR_D_LIMIT = 64 /* driver numbers are below this */
} hr_driver;

typedef enum {
    HR_SCOPE_TRUST,
    HR_SCOPE_AREA,
    HR_SCOPE_SCHOOL,
    HR_SCOPE_CANDIDATE,
    HR_SCOPE_CONDITION,
    HR_SCOPE_RISK,
    HR_SCOPE_PIPELINE,
    HR_SCOPE_POST,
    HR_SCOPE_ASSUMPTION
} hr_scope;

typedef enum { HR_RHYTHM_YEAR, HR_RHYTHM_FUTURE, HR_RHYTHM_FOUR_YEARS } hr_rhythm;
typedef enum { HR_FAMILY_NORMAL, HR_FAMILY_UNIFORM } hr_driver_family;

typedef struct {
    const char *name; /* NULL where the number is free */
    const char *key, *meaning;
    hr_scope scope;
    hr_rhythm rhythm;
    hr_driver_family family;
} hr_driver_row;

/* The row of a driver number, from drivers.def. */
const hr_driver_row *hr_driver_describe(int number);
/* The driver with this key, or -1. */
int hr_driver_find(const char *key);

/* How one driver's luck is bent. All zeros is unbent. Applied in this order: which path's words are
 * taken, then the band of u, then (after the normal) the shift. */
typedef struct {
    uint64_t path_offset; /* sensitivity: take the words of path + offset */
    uint64_t set; /* when not 0: take the words of assumption set `set`, the same on every path */
    double u_low,
        u_high; /* strata: u is moved into [u_low, u_high] as low + u (high - low); 0, 0 is off */
    double z_shift; /* reverse stress: added to the normal; a uniform becomes cdf(quantile(u) +
                       shift) */
    bool still;     /* the driver stands still: z = 0, u = 1/2 */
} hr_bend;

/* One batch's luck: lanes hold paths first_path, first_path + 1, ... */
typedef struct {
    uint64_t seed;
    uint64_t first_path;
    int lanes;
    const hr_bend
        *bend; /* HR_D_LIMIT / 4 entries, one per group of four drivers, or NULL for unbent luck */
} hr_luck;

/* Uniforms in (0, 1) of a driver of an entity in a year; `u` has `lanes` doubles. */
void hr_draw_uniform(const hr_luck *luck, hr_driver driver, uint32_t entity, uint32_t year,
                     double *u);

/* Standard normals. */
void hr_draw_normal(const hr_luck *luck, hr_driver driver, uint32_t entity, uint32_t year,
                    double *z);

/* A FOUR_YEARS driver for the four years from year - year mod 4 on, with one call of the generator:
 * out[w] receives the year with remainder w. The same numbers as one year at a time. */
void hr_draw_four_years(const hr_luck *luck, hr_driver driver, uint32_t entity, uint32_t year,
                        double *const out[4]);

/* The whole group that `first` (a multiple of 4) opens, with one call of the generator: out[w]
 * receives the driver first + w as its row says, normals or uniforms; a NULL entry or a free number
 * is skipped. */
void hr_draw_group(const hr_luck *luck, hr_driver first, uint32_t entity, uint32_t year,
                   double *const out[4]);

#endif
