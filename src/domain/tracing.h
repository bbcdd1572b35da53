/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How steps write to a trace. Every call costs nothing in a run: callers ask `if (b->trace)` first.
 */
#ifndef HR_DOMAIN_TRACING_H
#define HR_DOMAIN_TRACING_H

#include "domain/batch.h"

void hr_trace_post(hr_batch *b, hr_line line, int school, double pounds);
void hr_trace_state_of(hr_batch *b, hr_trace_state what, int index, int sub, double value);
void hr_trace_event_of(hr_batch *b, hr_trace_event what, int index, int sub, double value);
void hr_trace_refusal(hr_batch *b, hr_policy policy, int candidate, double figure);
void hr_trace_metric(hr_batch *b, hr_metric metric, double value);
void hr_trace_setting(hr_batch *b, int slot, double value);
void hr_trace_draw(hr_batch *b, hr_driver driver, uint32_t entity, uint32_t year, double value);

/* Draws of the batch's luck that are written to the trace as well. */
void hr_uniform(hr_batch *b, hr_driver driver, uint32_t entity, uint32_t year, double *u);
void hr_normal(hr_batch *b, hr_driver driver, uint32_t entity, uint32_t year, double *z);
void hr_group_of_draws(hr_batch *b, hr_driver first, uint32_t entity, uint32_t year,
                       double *const out[4]);

#endif
