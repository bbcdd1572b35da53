/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary: what `run` prints and summary.txt holds. The verdict comes before any table. */
#include <stdlib.h>

#include "headroom/report.h"
#include "report/build.h"

static void build_summary(hr_page *p, const hr_result *r)
{
    hr_build_title(p, r);
    hr_page_add(p, HR_BLOCK_HEADING, "Verdict");
    hr_build_verdict(p, r);
    if (r->limits > 0) {
        hr_page_add(p, HR_BLOCK_HEADING, "Limits asked for");
        hr_build_limits(p, r);
    }
    hr_page_add(p, HR_BLOCK_HEADING, "What it rests on");
    hr_build_footing(p, r);
    hr_page_add(p, HR_BLOCK_WORDS, "The plan's arithmetic, by counting alone:");
    hr_build_arithmetic(p, r->plan);
    hr_build_base_rates(p, r->scenario);
    hr_page_add(p, HR_BLOCK_HEADING, "Tables");
    hr_build_years(p, r);
    hr_build_risks(p, r);
    hr_build_joins(p, r);
    hr_build_schools(p, r);
    hr_build_bridge(p, r);
    hr_build_settling(p, r);
}

char *hr_report_summary(const hr_result *r)
{
    hr_page *p = hr_page_new();
    if (!p)
        return NULL;
    build_summary(p, r);
    char *text = hr_page_as_text(p);
    hr_page_free(p);
    return text;
}

void hr_text_free(char *text) { free(text); }
