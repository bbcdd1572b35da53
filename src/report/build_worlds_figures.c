/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figure of strategies under worlds: the chance of keeping the policy, a row a world, a dot
 * with its interval a strategy. It must not know how it is drawn. */
#include <math.h>

#include "report/build.h"
#include "report/worlds.h"

static void cells(hr_page *p, hr_table *t, int column, hr_estimate e)
{
    const double value[] = {100.0 * e.value, 100.0 * e.lo, 100.0 * e.hi};
    for (int i = 0; i < 3; i++)
        hr_table_number(t, column + i, value[i], hr_build_rounded(p, value[i], 0.1, NULL));
}

static hr_table *table_of(hr_page *p, const hr_worlds *w)
{
    hr_table *t = hr_table_new(p, "policy_kept", "Policy kept", 1 + 3 * w->strategies);
    hr_table_column(t, 0, "world", "world", true);
    for (int s = 0; s < w->strategies; s++) {
        const char *name = hr_worlds_named(p, w, s).column;
        const char *keys[] = {"p", "lo", "hi"}, *headings[] = {name, "from", "to"};
        for (int i = 0; i < 3; i++)
            hr_table_column(t, 1 + 3 * s + i, hr_page_text(p, "strategy_%d_%s", s + 1, keys[i]),
                            headings[i], false);
    }
    for (int k = 0; k < w->worlds; k++) {
        hr_table_row(t);
        hr_table_text(t, 0, hr_worlds_name(p, w, k));
        for (int s = 0; s < w->strategies; s++)
            cells(p, t, 1 + 3 * s, hr_weighed_cell_of(&w->weighed, s, k)->kept);
    }
    return t;
}

/* Where every strategy fares worst on average: the world to look at first. */
static int hardest(const hr_worlds *w)
{
    double least = INFINITY;
    int world = 0;
    for (int k = 0; k < w->worlds; k++) {
        double sum = 0.0;
        for (int s = 0; s < w->strategies; s++)
            sum += hr_weighed_cell_of(&w->weighed, s, k)->kept.value;
        if (sum < least) {
            least = sum;
            world = k;
        }
    }
    return world;
}

int hr_worlds_figures(hr_page *p, const hr_worlds *w, hr_figure **figures)
{
    const int world = hardest(w), best = w->weighed.world[world].best;
    const char *chance = hr_build_chance(p, hr_weighed_cell_of(&w->weighed, best, world)->kept);
    hr_figure *f = HR_TAKE(p->arena, hr_figure, 1);
    *figures = f;
    if (!f)
        return 0;
    *f = (hr_figure){.kind = HR_FIGURE_WORLDS,
                     .name = "policy_kept",
                     .title = "Chance of keeping the reserves policy in every year, by world",
                     .headline =
                         w->strategies == 1
                             ? hr_page_text(p, "Hardest of the worlds: %s, %s.",
                                            hr_worlds_name(p, w, world), chance)
                             : hr_page_text(p, "Hardest of the worlds: %s. Best there: %s, %s.",
                                            hr_worlds_name(p, w, world),
                                            hr_worlds_named(p, w, best).heading, chance),
                     .axis = "chance in 100, with its 95 % interval",
                     .table = table_of(p, w),
                     .unit = "",
                     .limit = NAN,
                     .limit_label = "",
                     .start_year = hr_worlds_result(w, 0, 0)->start_year,
                     .years = hr_worlds_result(w, 0, 0)->years};
    return p->failed ? 0 : 1;
}
