/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the money program share: real trusts as scenarios, statistics of columns. It
 * must not know the bands: each part has its own. */
#ifndef HR_TESTS_CALIBRATION_MONEY_H
#define HR_TESTS_CALIBRATION_MONEY_H

#include "calibration/sheet.h"
#include "calibration/target.h"
#include "calibration/trial.h"

/* The trusts of the panel with their schools of June 2019, and schools as trusts of one. */
typedef struct {
    sheet schools; /* trust_schools_2019.csv */
    size_t *first; /* [trusts + 1] first row of each trust's schools */
    size_t trusts;
} money_panel;

money_panel money_panel_read(const char *folder);
void money_panel_free(money_panel *p);

/* A trust of the panel, or one school of it (row >= 0), as the row `schools = ( ... );` of a
 * scenario. Rolls of January 2019 stand for the opening ones. Returns how many schools there are;
 * those without a roll or a phase are left out. */
int money_say_schools(trial_text *to, const money_panel *p, size_t trust, long row,
                      const char *area, const char *each);
/* Share of a roll that is in the sixth form, by the national defaults; nothing tells it here. */
double money_post16(int youngest, int oldest);
/* format, name, start and horizon. */
void money_say_head(trial_text *to, const char *world, const char *start_year, int years);

/* A sector: trusts picked evenly from the panel, as many of them single schools as bring the mean
 * number of schools to that of England (3.45 in 2019-20). Calls `each` with the schools of one. */
enum { MONEY_SECTOR = 60 };
typedef void (*money_visit)(const char *schools, int count, void *user);
void money_sector(const money_panel *p, const char *area, const char *each, money_visit visit,
                  void *user);

double money_mean(const double *x, size_t n);
double money_sd(const double *x, size_t n); /* over n - 1 */
double money_correlation(const double *x, const double *y, size_t n);
/* Least squares of y on the columns x[k], with a constant: slopes to b[k]. At most 2 columns. */
void money_regress(const double *y, const double *const *x, int columns, size_t n, double *b);

void money_schools(const calibration_options *o);
void money_reserves(const calibration_options *o);
void money_hindcast(const calibration_options *o);
void money_long_run(const calibration_options *o);

#endif
