/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a comparison: what `compare` prints and its summary.txt holds. The verdict comes
 * before any table. */
#include "report/build.h"
#include "report/compare.h"

static void build(hr_page *p, const hr_comparison *c)
{
    const hr_result *last = c->result[c->scenarios - 1];
    hr_compare_title(p, c);
    hr_page_add(p, HR_BLOCK_HEADING, "Verdict");
    hr_compare_verdict(p, c);
    if (last->limits > 0) {
        hr_page_add(p, HR_BLOCK_HEADING,
                    hr_page_text(p, "Limits asked for, %s",
                                 hr_compare_named(p, c, c->scenarios - 1).behind));
        hr_build_limits(p, last);
    }
    hr_page_add(p, HR_BLOCK_HEADING, "Tables");
    hr_compare_chances(p, c);
    hr_compare_bridge(p, c);
    hr_compare_years(p, c);
    hr_page_add(p, HR_BLOCK_HEADING, "What it rests on");
    hr_compare_footing(p, c);
}

char *hr_report_comparison(const hr_comparison *c)
{
    hr_page *p = hr_page_new();
    if (!p)
        return NULL;
    build(p, c);
    char *text = hr_page_as_text(p);
    hr_page_free(p);
    return text;
}
