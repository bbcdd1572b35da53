/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder of stresses: what goes into it, in which order. */
#include <stdio.h>
#include <string.h>

#include "report/output.h"
#include "report/stress.h"

/* ---- metrics.csv ---- */

static void chance_rows(hr_buffer *b, const char *scenario, const hr_stresses *s,
                        const hr_estimate *of)
{
    const hr_result *r = s->base;
    for (int k = 0; k < HR_RISKS; k++)
        hr_csv_row(b, scenario, HR_RISK_ROWS[k].key, "chance", "any", "p", of[hr_mark_risk(k)]);
    for (int q = 0; q < r->targets; q++) {
        hr_buffer key = {0};
        hr_buffer_addf(&key, "target_met_%s", r->target[q].id);
        hr_csv_row(b, scenario, key.failed ? "" : key.text, "chance", "", "p",
                   of[hr_mark_target(q)]);
        b->failed = b->failed || key.failed;
        hr_buffer_free(&key);
    }
    hr_csv_row(b, scenario, "targets_all", "chance", "", "p",
               of[hr_mark_of_all(r->targets, HR_ALL_TARGETS)]);
}

static void mean_rows(hr_buffer *b, const char *scenario, const hr_stresses *s,
                      const hr_estimate *of, hr_estimate met)
{
    char year[8];
    hr_year_label(s->base->start_year + s->base->years - 1, year);
    for (int m = 0; m < HR_STRESS_MEANS; m++)
        hr_csv_metric(b, scenario, &HR_METRIC_ROWS[HR_STRESS_METRIC[m]], year, "mean", of[m]);
    hr_csv_row(b, scenario, "targets_met", "targets", "", "mean", met);
}

static void rows_of(hr_buffer *b, hr_page *p, const hr_stresses *s, const char *name,
                    const hr_stress_figures *f)
{
    const char *difference = hr_page_text(p, "difference, %s", name);
    chance_rows(b, name, s, f->p);
    mean_rows(b, name, s, f->mean, f->met);
    chance_rows(b, difference, s, f->more);
    mean_rows(b, difference, s, f->mean_more, f->met_more);
}

/* The base as a run of it has it, and its chances; then each stress and its differences. */
static hr_status write_metrics(hr_output *o, const hr_stresses *s, hr_page *p)
{
    hr_buffer b = {0};
    hr_csv_metrics_head(&b);
    hr_csv_metrics(&b, "base", s->base);
    chance_rows(&b, "base", s, s->of_base.p);
    for (int i = 0; i < s->stresses; i++)
        rows_of(&b, p, s, hr_page_text(p, "stress %s", hr_page_name(p, s->stress[i].of->id)),
                &s->stress[i].figures);
    if (hr_stress_has_together(s))
        rows_of(&b, p, s, "together", &s->together);
    b.failed = b.failed || p->failed;
    return hr_output_buffer(o, HR_W_METRICS, NULL, &b);
}

/* ---- settings ---- */

static hr_status write_one(hr_output *o, const hr_result *r, const char *name)
{
    const char *resolved = r->scenario->resolved;
    return hr_output_write(o, HR_W_RESOLVED_EACH, name, resolved, strlen(resolved));
}

/* Each under the number that the tables give it. */
static hr_status write_resolved(hr_output *o, const hr_stresses *s)
{
    hr_status status = write_one(o, s->base, "base");
    for (int i = 0; i < s->stresses && status == HR_OK; i++) {
        char number[12];
        (void)snprintf(number, sizeof number, "%d", i + 1);
        if (s->stress[i].opened)
            status = write_one(o, s->stress[i].opened, number);
    }
    return status == HR_OK && s->overlays > 1 ? write_one(o, s->asked, "together") : status;
}

static hr_status write_charts(hr_output *o, const hr_stresses *s, hr_page *p)
{
    hr_figure figure;
    return hr_output_figures(o, &figure, hr_stress_figure(p, s, &figure) ? 1 : 0);
}

/* The base with its numbers, and all else that was read. */
static hr_status write_manifest(hr_output *o, const hr_stresses *s, const char *const *command)
{
    const hr_result *result[HR_STRESSES_MOST + 2];
    for (int k = 0; k < s->scenarios; k++)
        result[k] = k == 0 ? s->base : s->opened[k];
    return hr_output_manifest(o, result, s->scenarios, command);
}

static hr_status write_all(hr_output *o, const void *what, const hr_write_options *options)
{
    const hr_stresses *s = what;
    hr_page *p = hr_page_new();
    if (!p)
        return HR_NO_MEMORY;
    hr_status status = hr_output_text(o, HR_W_SUMMARY, NULL, hr_report_stresses(s));
    if (status == HR_OK)
        status = hr_output_text(o, HR_W_RESULTS, NULL, hr_report_stresses_json(s));
    if (status == HR_OK)
        status = write_metrics(o, s, p);
    if (status == HR_OK)
        status = write_resolved(o, s);
    if (status == HR_OK && options->charts)
        status = write_charts(o, s, p);
    if (status == HR_OK)
        status = write_manifest(o, s, options->command);
    hr_page_free(p);
    return status;
}

hr_status hr_report_stresses_write(const hr_stresses *s, const hr_write_options *options,
                                   hr_diags *diags)
{
    return hr_output_folder(write_all, s, options, diags);
}
