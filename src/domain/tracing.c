/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a trace. */
#include "domain/tracing.h"

static void add(hr_batch *b, hr_trace_row row)
{
    hr_trace *trace = b->trace;
    if (trace->rows == trace->room) {
        trace->dropped++;
        return;
    }
    row.year = trace->year;
    row.step = trace->step;
    trace->row[trace->rows++] = row;
}

void hr_trace_post(hr_batch *b, hr_line line, int school, double pounds)
{
    if (pounds != 0.0)
        add(b, (hr_trace_row){.kind = HR_TRACE_POST,
                              .what = (int)line,
                              .index = school,
                              .sub = -1,
                              .value = pounds});
}

void hr_trace_state_of(hr_batch *b, hr_trace_state what, int index, int sub, double value)
{
    add(b,
        (hr_trace_row){
            .kind = HR_TRACE_STATE, .what = (int)what, .index = index, .sub = sub, .value = value});
}

void hr_trace_event_of(hr_batch *b, hr_trace_event what, int index, int sub, double value)
{
    add(b,
        (hr_trace_row){
            .kind = HR_TRACE_EVENT, .what = (int)what, .index = index, .sub = sub, .value = value});
}

void hr_trace_refusal(hr_batch *b, hr_policy policy, int candidate, double figure)
{
    add(b, (hr_trace_row){.kind = HR_TRACE_REFUSED,
                          .what = (int)policy,
                          .index = candidate,
                          .sub = -1,
                          .value = figure});
}

void hr_trace_metric(hr_batch *b, hr_metric metric, double value)
{
    add(b,
        (hr_trace_row){
            .kind = HR_TRACE_METRIC, .what = (int)metric, .index = -1, .sub = -1, .value = value});
}

void hr_trace_setting(hr_batch *b, int slot, double value)
{
    add(b, (hr_trace_row){.kind = HR_TRACE_SETTING,
                          .what = slot,
                          .index = -1,
                          .sub = -1,
                          .entity = b->plan->slot[slot].entity,
                          .value = value});
}

void hr_trace_draw(hr_batch *b, hr_driver driver, uint32_t entity, uint32_t year, double value)
{
    add(b, (hr_trace_row){.kind = HR_TRACE_DRAW,
                          .what = (int)driver,
                          .index = -1,
                          .sub = -1,
                          .entity = entity,
                          .calendar_year = year,
                          .value = value});
}

void hr_uniform(hr_batch *b, hr_driver driver, uint32_t entity, uint32_t year, double *u)
{
    hr_draw_uniform(&b->luck, driver, entity, year, u);
    if (b->trace)
        hr_trace_draw(b, driver, entity, year, u[b->trace->lane]);
}

void hr_normal(hr_batch *b, hr_driver driver, uint32_t entity, uint32_t year, double *z)
{
    hr_draw_normal(&b->luck, driver, entity, year, z);
    if (b->trace)
        hr_trace_draw(b, driver, entity, year, z[b->trace->lane]);
}

void hr_group_of_draws(hr_batch *b, hr_driver first, uint32_t entity, uint32_t year,
                       double *const out[4])
{
    hr_draw_group(&b->luck, first, entity, year, out);
    for (int w = 0; b->trace && w < 4; w++)
        if (out[w])
            hr_trace_draw(b, (hr_driver)((int)first + w), entity, year, out[w][b->trace->lane]);
}
