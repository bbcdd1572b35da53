/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder of a comparison: what goes into it, in which order. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/compare.h"
#include "report/output.h"

static hr_estimate alone(double value)
{
    return (hr_estimate){.value = value, .se = NAN, .lo = NAN, .hi = NAN};
}

static void difference_year(hr_buffer *b, const char *scenario, hr_metric metric, const char *year,
                            const hr_difference *d)
{
    const hr_metric_row *row = &HR_METRIC_ROWS[metric];
    if (row->kind == HR_KIND_STATE) {
        for (int s = 0; s < 3 && hr_metric_state(metric, s); s++) {
            char statistic[40];
            (void)snprintf(statistic, sizeof statistic, "share %s", hr_metric_state(metric, s));
            hr_csv_metric(b, scenario, row, year, statistic, d->state[s]);
        }
        return;
    }
    const struct {
        const char *statistic;
        hr_estimate e;
    } rows[] = {{"mean", d->mean},        {"sd", alone(d->sd)}, {"higher", d->higher},
                {"equal", d->equal},      {"lower", d->lower},  {"higher by", d->higher_by},
                {"lower by", d->lower_by}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        hr_csv_metric(b, scenario, row, year, rows[i].statistic, rows[i].e);
    for (int q = 0; q < HR_QUANTILES; q++)
        hr_csv_metric(b, scenario, row, year, HR_QUANTILE_KEY[q], d->quantile[q]);
}

static void differences(hr_buffer *b, const char *scenario, const hr_comparison *c, int which)
{
    const hr_result *r = c->result[0];
    for (int m = 0; m < HR_METRICS && !b->failed; m++)
        for (int t = 0; t < r->years; t++) {
            char year[8];
            hr_year_label(r->start_year + t, year);
            difference_year(b, scenario, (hr_metric)m, year,
                            &c->pair[which]->metric[m * r->years + t]);
        }
}

/* Each scenario under its name, then the differences of each from the first. */
static hr_status write_metrics(hr_output *o, const hr_comparison *c, hr_page *p)
{
    hr_buffer b = {0};
    hr_csv_metrics_head(&b);
    for (int k = 0; k < c->scenarios; k++)
        hr_csv_metrics(&b, hr_compare_named(p, c, k).heading, c->result[k]);
    for (int k = 1; k < c->scenarios; k++) {
        const char *name = hr_compare_named(p, c, k).heading;
        differences(&b, c->scenarios == 2 ? "difference" : hr_page_text(p, "difference, %s", name),
                    c, k);
    }
    b.failed = b.failed || p->failed;
    return hr_output_buffer(o, HR_W_METRICS, NULL, &b);
}

static hr_status write_resolved(hr_output *o, const hr_comparison *c)
{
    hr_status status = HR_OK;
    for (int k = 0; k < c->scenarios && status == HR_OK; k++) {
        const char *resolved = c->result[k]->scenario->resolved;
        char number[12];
        (void)snprintf(number, sizeof number, "%d", k + 1);
        status = hr_output_write(o, HR_W_RESOLVED_EACH, number, resolved, strlen(resolved));
    }
    return status;
}

static hr_status write_charts(hr_output *o, const hr_comparison *c, hr_page *p)
{
    hr_figure *figure = NULL;
    const int figures = hr_compare_figures(p, c, &figure);
    return hr_output_figures(o, figure, figures);
}

static hr_status write_all(hr_output *o, const void *what, const hr_write_options *options)
{
    const hr_comparison *c = what;
    hr_page *p = hr_page_new();
    if (!p)
        return HR_NO_MEMORY;
    hr_status status = hr_output_text(o, HR_W_SUMMARY, NULL, hr_report_comparison(c));
    if (status == HR_OK)
        status = hr_output_text(o, HR_W_RESULTS, NULL, hr_report_comparison_json(c));
    if (status == HR_OK)
        status = write_metrics(o, c, p);
    if (status == HR_OK)
        status = write_resolved(o, c);
    if (status == HR_OK && options->charts)
        status = write_charts(o, c, p);
    if (status == HR_OK)
        status = hr_output_manifest(o, (const hr_result *const *)c->result, c->scenarios,
                                    options->command);
    hr_page_free(p);
    return status;
}

hr_status hr_report_comparison_write(const hr_comparison *c, const hr_write_options *options,
                                     hr_diags *diags)
{
    return hr_output_folder(write_all, c, options, diags);
}
