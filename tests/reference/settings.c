/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Settings and draws" of docs/model.md told again: draws and drawn settings are looked up in the
 * trace, given settings are brought to this year's money. It must not know what a setting is for.
 */
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "reference/reference.h"
#include "stoch/sampler.h"

int ref_year(const ref *r) { return r->start_year + (r->t < 0 ? 0 : r->t); }

double ref_round(double x) { return nearbyint(x); }

double ref_clamp(double x, double low, double high) { return fmin(fmax(x, low), high); }

uint32_t ref_entity(const char *a, const char *b)
{
    char text[512];
    snprintf(text, sizeof text, "%s%s%s", a, b ? "." : "", b ? b : "");
    return hr_entity_number(text);
}

bool ref_in_years(const ref *r, int from, int until)
{
    const int year = ref_year(r);
    return (from == HR_NOT_GIVEN || year >= from) && (until == HR_NOT_GIVEN || year <= until);
}

static void missing(ref *r, const char *what, const char *whose, int year)
{
    r->tally->missing++;
    printf("%s: no %s of %s in %d\n", r->told, what, whose, year);
}

double ref_draw(ref *r, hr_driver driver, uint32_t entity, int calendar_year)
{
    const bool once = hr_driver_describe((int)driver)->rhythm == HR_RHYTHM_FUTURE;
    double value = NAN;
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->kind == HR_TRACE_DRAW && row->what == (int)driver && row->entity == entity &&
            (once || row->calendar_year == (uint32_t)calendar_year)) {
            r->used[i] = true;
            value = row->value;
        }
    }
    if (isnan(value))
        missing(r, "draw", hr_driver_describe((int)driver)->key, calendar_year);
    return value;
}

/* A drawn setting as printed, in prices of the start: of the future (t = -1) or of a year. What a
 * yearly one is at the start is not printed and comes from its draw. */
static double printed(ref *r, const hr_quantity *q, int t)
{
    const bool yearly = q->kind == HR_QUANTITY_YEAR;
    const char *key = hr_params_text(r->p, q->key);
    for (size_t i = 0; i < r->rows; i++) {
        const hr_trace_row *row = &r->row[i];
        if (row->kind == HR_TRACE_SETTING && row->year == (yearly ? t : -1) &&
            strcmp(key, hr_params_text(r->p, hr_params_quantity(r->p, (hr_real)row->what)->key)) ==
                0) {
            r->used[i] = true;
            return row->value;
        }
    }
    const double unprinted = yearly && t < 0 ? ref_yearly_at_start(r, q) : NAN;
    if (isnan(unprinted))
        missing(r, "drawn setting", key, yearly ? t : -1);
    return unprinted;
}

bool ref_given(const ref *r, hr_real real) { return hr_real_given(r->p, real); }

/* What is known of a rate in a calendar year: an entry for it, or a number given as known. */
bool ref_known(const ref *r, hr_real real, int calendar_year, double *value)
{
    const hr_quantity *q = hr_params_quantity(r->p, real);
    if (q->kind == HR_QUANTITY_NUMBER) {
        *value = q->value;
        return true;
    }
    const hr_point *point = HR_SPAN(r->p, q->points, hr_point);
    for (uint32_t i = 0; q->kind == HR_QUANTITY_SERIES && i < q->points.count; i++)
        if (point[i].year == calendar_year) {
            *value = point[i].value;
            return true;
        }
    return false;
}

double ref_middle(const ref *r, hr_real real)
{
    const hr_quantity *q = hr_params_quantity(r->p, real);
    switch (q->kind) {
    case HR_QUANTITY_NUMBER: return q->value;
    case HR_QUANTITY_SERIES: return HR_SPAN(r->p, q->points, hr_point)[0].value;
    case HR_QUANTITY_ABSENT: return 0.0;
    default:
        return q->family == HR_DIST_TRIANGULAR || q->family == HR_DIST_PERT ? q->dist[1]
                                                                            : q->dist[0];
    }
}

static double process_rate(const ref *r, const hr_params_process *process, int year)
{
    double rate;
    if (ref_known(r, process->known_pct, year, &rate))
        return rate;
    const bool given = hr_params_quantity(r->p, process->deflator_pct)->kind != HR_QUANTITY_ABSENT;
    return ref_middle(r, given ? process->deflator_pct : process->mean_pct);
}

/* By how much a kind of figure moves into a calendar year, outside the years that are run, %. */
static double path_rate(const ref *r, int grows, int year)
{
    const hr_params_world *w = &r->sc->world_drivers;
    const double teacher = process_rate(r, &w->teacher_pay, year);
    const double support = process_rate(r, &w->support_pay, year);
    const double prices = process_rate(r, &w->prices, year);
    double known;
    switch (grows) {
    case HR_GROWS_TEACHER_PAY: return teacher;
    case HR_GROWS_SUPPORT_PAY: return support;
    case HR_GROWS_PRICES:
    case HR_GROWS_ENERGY: return prices;
    case HR_GROWS_GRANT: break;
    default: return 0.0;
    }
    if (ref_known(r, w->funding_known_pct, year, &known))
        return known;
    const hr_params_school *first = HR_SPAN(r->p, r->sc->schools, hr_params_school);
    const double ws_teacher = ref_middle(r, first->spending_share[HR_cost_TEACHERS]) / 100.0;
    const double ws_support = ref_middle(r, first->spending_share[HR_cost_SUPPORT]) / 100.0;
    return ws_teacher * teacher + ws_support * support + (1.0 - ws_teacher - ws_support) * prices +
           ref_middle(r, w->structural_gap_pct);
}

/* From the prices of a year to those of the start. */
double ref_path(const ref *r, int grows, int from)
{
    double factor = 1.0;
    for (int year = from + 1; year <= r->start_year; year++)
        factor *= 1.0 + path_rate(r, grows, year) / 100.0;
    for (int year = r->start_year + 1; year <= from; year++)
        factor /= 1.0 + path_rate(r, grows, year) / 100.0;
    return factor;
}

static double series(const ref *r, const hr_quantity *q, int year)
{
    const hr_point *point = HR_SPAN(r->p, q->points, hr_point);
    const uint32_t last = q->points.count - 1;
    uint32_t at = 0;
    for (uint32_t i = 0; i <= last; i++)
        if (point[i].year <= year)
            at = i;
    const double x = point[at].value;
    const bool before = year < point[0].year, after = year >= point[last].year;
    if (q->grows == HR_GROWS_NONE || !(before || after))
        return x;
    const double *index = r->index[q->grows];
    if (after && point[at].year > r->start_year)
        return x * index[r->t + 1] / index[point[at].year - r->start_year + 1];
    return x * ref_path(r, q->grows, point[at].year) * index[r->t + 1];
}

double ref_value(ref *r, hr_real real)
{
    const hr_quantity *q = hr_params_quantity(r->p, real);
    const double index = q->grows == HR_GROWS_NONE ? 1.0 : r->index[q->grows][r->t + 1];
    switch (q->kind) {
    case HR_QUANTITY_NUMBER:
        return q->grows == HR_GROWS_NONE || q->price_year == 0
                   ? q->value * index
                   : q->value * ref_path(r, q->grows, q->price_year) * index;
    case HR_QUANTITY_SERIES: return series(r, q, ref_year(r));
    case HR_QUANTITY_FUTURE: return printed(r, q, -1) * index;
    case HR_QUANTITY_YEAR: return printed(r, q, r->t) * index;
    default: missing(r, "setting", hr_params_text(r->p, q->key), ref_year(r)); return NAN;
    }
}

bool ref_is_something(const ref *r, hr_real real)
{
    const hr_quantity *q = hr_params_quantity(r->p, real);
    const hr_point *point = HR_SPAN(r->p, q->points, hr_point);
    bool something = q->kind == HR_QUANTITY_FUTURE || q->kind == HR_QUANTITY_YEAR ||
                     (q->kind == HR_QUANTITY_NUMBER && q->value != 0.0);
    for (uint32_t i = 0; q->kind == HR_QUANTITY_SERIES && i < q->points.count; i++)
        something = something || point[i].value != 0.0;
    return something;
}

double ref_given_or(ref *r, hr_real real, double otherwise)
{
    return ref_given(r, real) ? ref_value(r, real) : otherwise;
}
