/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of stresses: what `stress` prints and its summary.txt holds. The verdict comes before
 * any table. */
#include "report/stress.h"

#include "report/build.h"

static void build(hr_page *p, const hr_stresses *s)
{
    hr_stress_title(p, s);
    hr_page_add(p, HR_BLOCK_HEADING, "Verdict");
    hr_stress_verdict(p, s);
    if (s->asked->limits > 0) {
        hr_page_add(p, HR_BLOCK_HEADING,
                    hr_stress_has_together(s) ? "Limits asked for, all stresses together"
                    : s->overlays > 0         ? "Limits asked for, under the stress laid over"
                                              : "Limits asked for, without stress");
        hr_build_limits(p, s->asked);
    }
    hr_page_add(p, HR_BLOCK_HEADING, "Tables");
    hr_stress_harms(p, s);
    hr_stress_whats(p, s);
    hr_stress_ends(p, s);
    hr_stress_chances(p, s);
    hr_page_add(p, HR_BLOCK_HEADING, "What it rests on");
    hr_stress_footing(p, s);
}

char *hr_report_stresses(const hr_stresses *s)
{
    hr_page *p = hr_page_new();
    if (!p)
        return NULL;
    build(p, s);
    char *text = hr_page_as_text(p);
    hr_page_free(p);
    return text;
}
