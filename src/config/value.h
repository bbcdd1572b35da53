/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a leaf as what the schema says it is. Every reader says what is wrong in l->diags and
 * answers false; on success it leaves the one way to write the value in node->canonical. `key`
 * names the setting in messages. */
#ifndef HR_CONFIG_VALUE_H
#define HR_CONFIG_VALUE_H

#include "config/tree.h"
#include "stoch/sampler.h"

/* A setting that may vary by year or be uncertain. */
typedef struct {
    hr_quantity_kind kind;
    double number; /* NUMBER */
    hr_dist dist;  /* FUTURE, YEAR; value and chance are in the scenario's memory */
    double persistence;
    int price_year;  /* 0: the start year */
    hr_point *point; /* SERIES */
    int points;
} hr_value;

bool hr_value_real(hr_load *l, const hr_field *field, hr_node *leaf, const char *key,
                   hr_value *out);
bool hr_value_number(hr_load *l, const hr_field *field, hr_node *leaf, const char *key,
                     double *out);
bool hr_value_int(hr_load *l, const hr_field *field, hr_node *leaf, const char *key, int32_t *out);
bool hr_value_list(hr_load *l, const hr_field *field, hr_node *leaf, const char *key, double **out,
                   int *count);
bool hr_value_flag(hr_load *l, hr_node *leaf, const char *key, int32_t *out);
bool hr_value_choice(hr_load *l, const hr_field *field, hr_node *leaf, const char *key,
                     int32_t *out);
bool hr_value_text(hr_load *l, hr_node *leaf, const char *key, const char **out);
/* Calendar year in which "2026/27" starts; "+1" is the year after start_year, where that is not 0.
 */
bool hr_value_year(hr_load *l, hr_node *leaf, const char *key, int start_year, int32_t *out);
/* Months from January of year 0; "+N" counts from September of start_year. */
bool hr_value_month(hr_load *l, hr_node *leaf, const char *key, int start_year, int32_t *out);

/* The year that a label such as "2026/27" starts in, or 0. */
int hr_year_of_label(const char *label);

/* A text as a scenario writes it, in quotes. */
const char *hr_quoted(hr_load *l, const char *text);
const char *hr_printed(hr_load *l, double number);

/* A distribution group (dist.c). */
bool hr_value_dist(hr_load *l, const hr_field *field, hr_node *leaf, const char *key,
                   hr_value *out);
/* An error at a node, with the key in front. */
#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
bool hr_value_wrong(hr_load *l, const hr_node *at, const char *hint, const char *key,
                    const char *format, ...);
/* True within the bounds; else "KEY is 700; it may be 1 to 600 pupils". */
bool hr_value_within(hr_load *l, const hr_field *field, const hr_node *at, const char *key,
                     const char *what, double x);

#endif
