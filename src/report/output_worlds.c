/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder of strategies under worlds: what goes into it, in which order. */
#include <stdio.h>
#include <string.h>

#include "report/output.h"
#include "report/worlds.h"

/* Every strategy in every world, under its label. */
static hr_status write_metrics(hr_output *o, const hr_worlds *w, hr_page *p)
{
    const hr_result *r = hr_worlds_result(w, 0, 0);
    hr_buffer b = {0};
    char year[8];
    hr_year_label(r->start_year + r->years - 1, year);
    hr_csv_metrics_head(&b);
    for (int s = 0; s < w->strategies; s++)
        for (int k = 0; k < w->worlds; k++)
            for (int m = 0; m < HR_WORLD_METRICS; m++)
                hr_csv_metric_year(&b, hr_worlds_label(p, w, s, k), HR_WORLD_METRIC[m], year,
                                   hr_worlds_end(w, s, k, m));
    b.failed = b.failed || p->failed;
    return hr_output_buffer(o, HR_W_METRICS, NULL, &b);
}

/* "2-tight-settlement" of a name that may hold anything: letters, digits and dashes. */
static void file_name(hr_page *p, const hr_worlds *w, int strategy, int world,
                      char out[HR_OUTPUT_NAME - 16])
{
    (void)snprintf(out, HR_OUTPUT_NAME - 16, "%d-%s", strategy + 1, hr_worlds_name(p, w, world));
    for (char *at = out; *at; at++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *at))
            *at = '-';
}

static bool is_taken(const hr_output *o, const char *name)
{
    char whole[HR_OUTPUT_NAME];
    (void)snprintf(whole, sizeof whole, "resolved-%s.cfg", name);
    for (int i = 0; i < o->files; i++)
        if (strcmp(o->file[i].name, whole) == 0)
            return true;
    return false;
}

/* resolved-1-as-it-is.cfg; two names that come to the same are told apart by the world's number. */
static hr_status write_resolved(hr_output *o, const hr_worlds *w, hr_page *p)
{
    hr_status status = HR_OK;
    for (int i = 0; i < w->strategies * w->worlds && status == HR_OK; i++) {
        const int s = i / w->worlds, k = i % w->worlds;
        const char *resolved = hr_worlds_result(w, s, k)->scenario->resolved;
        char name[HR_OUTPUT_NAME - 16];
        file_name(p, w, s, k, name);
        if (is_taken(o, name))
            (void)snprintf(name, sizeof name, "%d-world-%d", s + 1, k);
        status = hr_output_write(o, HR_W_RESOLVED_EACH, name, resolved, strlen(resolved));
    }
    return status;
}

static hr_status write_charts(hr_output *o, const hr_worlds *w, hr_page *p)
{
    hr_figure *figure = NULL;
    const int figures = hr_worlds_figures(p, w, &figure);
    return hr_output_figures(o, figure, figures);
}

static hr_status write_all(hr_output *o, const void *what, const hr_write_options *options)
{
    const hr_worlds *w = what;
    hr_page *p = hr_page_new();
    if (!p)
        return HR_NO_MEMORY;
    hr_status status = hr_output_text(o, HR_W_SUMMARY, NULL, hr_report_worlds(w));
    if (status == HR_OK)
        status = hr_output_text(o, HR_W_RESULTS, NULL, hr_report_worlds_json(w));
    if (status == HR_OK)
        status = write_metrics(o, w, p);
    if (status == HR_OK)
        status = write_resolved(o, w, p);
    if (status == HR_OK && options->charts)
        status = write_charts(o, w, p);
    if (status == HR_OK)
        status = hr_output_manifest(o, (const hr_result *const *)w->result,
                                    w->strategies * w->worlds, options->command);
    hr_page_free(p);
    return status;
}

hr_status hr_report_worlds_write(const hr_worlds *w, const hr_write_options *options,
                                 hr_diags *diags)
{
    return hr_output_folder(write_all, w, options, diags);
}
