/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running estimates, counted by index of future. Only exact operations, since all of it goes into
 * results.json. */
#include "analysis/converge.h"

#include "analysis/collect.h"

enum { POINTS_MOST = 64 };

/* 256, 512, ... as far as marks reach, and last all futures. */
static int points_of(uint64_t paths, uint64_t marked, uint64_t at[POINTS_MOST])
{
    int points = 0;
    for (uint64_t k = HR_LEAF; k < paths && k <= marked; k *= 2)
        at[points++] = k;
    at[points++] = paths;
    return points;
}

static void settle(const hr_headline *h, const uint8_t *mark, const hr_settling *s, hr_estimate *p)
{
    uint64_t marks = 0, i = 0;
    for (int k = 0; k < s->points - 1; k++) {
        for (; i < s->paths[k]; i++)
            marks += mark[i];
        const hr_estimate e = hr_estimate_chance(marks, s->paths[k]);
        p[k] = h->without ? hr_otherwise(e) : e;
    }
    p[s->points - 1] = h->p;
}

bool hr_converge(hr_result *r, const uint8_t *mark, uint64_t marked)
{
    uint64_t at[POINTS_MOST];
    hr_settling *s = &r->settling;
    hr_headline *headline = HR_TAKE(r->arena, hr_headline, hr_headlines_most(r));
    if (headline == NULL)
        return false;
    const int headlines = hr_headlines(r, headline);
    s->points = points_of(r->paths, marked, at);
    s->paths = HR_TAKE(r->arena, uint64_t, s->points);
    s->p = HR_TAKE(r->arena, hr_estimate, (size_t)headlines * (size_t)s->points);
    if (s->paths == NULL || s->p == NULL) {
        s->points = 0;
        return false;
    }
    for (int k = 0; k < s->points; k++)
        s->paths[k] = at[k];
    for (int n = 0; n < headlines; n++)
        settle(&headline[n], mark + (uint64_t)headline[n].mark * marked, s,
               s->p + (size_t)n * (size_t)s->points);
    return true;
}
