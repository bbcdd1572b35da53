/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks of a batch. */
#include "analysis/marks.h"

#include "base/lanes.h"

int hr_mark_risk(int risk) { return risk; }
int hr_mark_target(int target) { return HR_RISKS + target; }
int hr_mark_of_all(int targets, hr_mark_all which) { return HR_RISKS + targets + (int)which; }
int hr_marks(int targets) { return HR_RISKS + targets + HR_ALLS; }

static void mark_risk(const hr_outcome *o, int risk, uint8_t *mark, int n)
{
    for (int i = 0; i < n; i++)
        mark[i] = 0;
    for (int t = 0; t < o->years; t++) {
        const double *happens = o->risk + (size_t)(risk * o->years + t) * (size_t)o->lanes;
        for (int i = 0; i < n; i++)
            mark[i] |= happens[i] == 1.0;
    }
}

void hr_mark_lanes(const hr_outcome *o, int targets, const bool *of_plan, uint8_t *mark,
                   uint64_t stride, int n)
{
    uint8_t *all[HR_ALLS];
    for (int r = 0; r < HR_RISKS; r++)
        mark_risk(o, r, mark + (uint64_t)hr_mark_risk(r) * stride, n);
    for (int k = 0; k < HR_ALLS; k++) {
        all[k] = mark + (uint64_t)hr_mark_of_all(targets, (hr_mark_all)k) * stride;
        for (int i = 0; i < n; i++)
            all[k][i] = 1;
    }
    for (int q = 0; q < targets; q++) {
        const double *met = o->met + (size_t)q * (size_t)o->lanes;
        uint8_t *own = mark + (uint64_t)hr_mark_target(q) * stride;
        uint8_t *of_kind = all[of_plan[q] ? HR_ALL_OF_PLAN : HR_ALL_OF_OURS];
        for (int i = 0; i < n; i++) {
            own[i] = met[i] == 1.0;
            of_kind[i] &= own[i];
            all[HR_ALL_TARGETS][i] &= own[i];
        }
    }
}
