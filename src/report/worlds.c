/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of strategies under worlds: what `compare --under` prints and its summary.txt holds. The
 * verdict comes before any table. */
#include "report/worlds.h"

static void build(hr_page *p, const hr_worlds *w)
{
    hr_worlds_title(p, w);
    hr_page_add(p, HR_BLOCK_HEADING, "Verdict");
    hr_worlds_verdict(p, w);
    hr_worlds_limits(p, w);
    hr_page_add(p, HR_BLOCK_HEADING, "Tables");
    hr_worlds_tables(p, w);
    hr_page_add(p, HR_BLOCK_HEADING, "What it rests on");
    hr_worlds_footing(p, w);
}

char *hr_report_worlds(const hr_worlds *w)
{
    hr_page *p = hr_page_new();
    if (!p)
        return NULL;
    build(p, w);
    char *text = hr_page_as_text(p);
    hr_page_free(p);
    return text;
}
