/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting futures. It must not know which of them these are, nor what becomes of the numbers. */
#include "analysis/collect.h"

#include "base/lanes.h"

enum { PARTS = 10 };

static size_t sizes(const hr_study *s, size_t size[PARTS])
{
    const size_t years = (size_t)s->plan->years;
    const size_t schools = (size_t)s->plan->schools, candidates = (size_t)s->plan->candidates;
    const size_t targets = (size_t)s->targets;
    const size_t all[PARTS] = {HR_METRICS * years * 3, HR_RISKS * years, HR_RISKS * years,
                               (size_t)s->probs,       targets * years,  3,
                               candidates * years,     candidates * 3,   candidates * HR_POLICIES,
                               schools * years * 3};
    size_t total = 0;
    for (int i = 0; i < PARTS; i++)
        total += size[i] = all[i];
    return total;
}

bool hr_tally_new(hr_tally *t, const hr_study *s, hr_arena *arena)
{
    size_t size[PARTS];
    *t = (hr_tally){.size = sizes(s, size)};
    t->block = HR_TAKE(arena, uint64_t, t->size);
    if (t->block == NULL)
        return false;
    uint64_t **const part[PARTS] = {&t->state, &t->risk,   &t->first, &t->met,     &t->missed,
                                    &t->all,   &t->joined, &t->lost,  &t->refused, &t->school};
    uint64_t *at = t->block;
    for (int i = 0; i < PARTS; i++) {
        *part[i] = at;
        at += size[i];
    }
    return true;
}

void hr_tally_add(hr_tally *into, const hr_tally *from)
{
    for (size_t i = 0; i < into->size; i++)
        into->block[i] += from->block[i];
}

static uint64_t count_equal(const double *value, double wanted, int n)
{
    int count = 0;
    HR_FOR_LANES(i, n)
        count += value[i] == wanted;
    return (uint64_t)count;
}

static void count_states(hr_tally *tally, const hr_outcome *o, int n)
{
    for (int m = 0; m < HR_METRICS; m++) {
        if (HR_METRIC_ROWS[m].kind != HR_KIND_STATE)
            continue;
        for (int t = 0; t < o->years; t++) {
            const int at = m * o->years + t;
            for (int state = 0; state < 3; state++)
                tally->state[3 * at + state] +=
                    count_equal(o->metric + (size_t)at * (size_t)o->lanes, state, n);
        }
    }
}

static void count_risks(hr_tally *tally, const hr_outcome *o, int n)
{
    for (int r = 0; r < HR_RISKS; r++) {
        double before[HR_LANES_MAX] = {0};
        for (int t = 0; t < o->years; t++) {
            const int at = r * o->years + t;
            const double *risk = o->risk + (size_t)at * (size_t)o->lanes;
            double first[HR_LANES_MAX];
            HR_FOR_LANES(i, n) {
                first[i] = risk[i] - before[i]; /* 1 only when it happens and has not before */
                before[i] = hr_max(before[i], risk[i]);
            }
            tally->risk[at] += count_equal(risk, 1.0, n);
            tally->first[at] += count_equal(first, 1.0, n);
        }
    }
}

/* Years that WHEN counts one by one: the engine has folded them, so they are judged again. */
static void count_missed_years(hr_tally *tally, const hr_study *s, const hr_outcome *o, int target,
                               int n)
{
    const double *metric[HR_METRICS], *risk[HR_RISKS];
    double truth[HR_LANES_MAX];
    const size_t lanes = (size_t)o->lanes, years = (size_t)o->years;
    for (size_t t = 0; t < years; t++) {
        for (size_t m = 0; m < HR_METRICS; m++)
            metric[m] = o->metric + (m * years + t) * lanes;
        for (size_t r = 0; r < HR_RISKS; r++)
            risk[r] = o->risk + (r * years + t) * lanes;
        hr_prob_judge_year(s->prob[target], metric, risk, truth, o->lanes);
        for (int i = 0; o->own_years != NULL && i < n; i++)
            truth[i] = o->own_years[i] <= (double)t ? 0.0 : truth[i];
        tally->missed[(size_t)target * years + t] += count_equal(truth, 0.0, n);
    }
}

static void count_probs(hr_tally *tally, const hr_study *s, const hr_outcome *o, int n)
{
    double every[3][HR_LANES_MAX];
    for (int i = 0; i < n; i++)
        every[0][i] = every[1][i] = every[2][i] = 1.0;
    for (int q = 0; q < s->probs; q++) {
        const double *met = o->met + (size_t)q * (size_t)o->lanes;
        const uint64_t hits = count_equal(met, 1.0, n);
        tally->met[q] += hits;
        if (q >= s->targets)
            continue;
        const hr_prob *p = s->prob[q];
        const int year = p->when == HR_WHEN_YEAR ? p->year - s->plan->start_year : o->years - 1;
        if (p->when == HR_WHEN_ALL)
            count_missed_years(tally, s, o, q, n);
        else
            tally->missed[q * o->years + year] += (uint64_t)n - hits;
        HR_FOR_LANES(i, n)
            every[0][i] = hr_min(every[0][i], met[i]);
        double *of_kind = every[s->of_plan[q] ? 1 : 2];
        HR_FOR_LANES(i, n)
            of_kind[i] = hr_min(of_kind[i], met[i]);
    }
    for (int i = 0; i < 3; i++)
        tally->all[i] += count_equal(every[i], 1.0, n);
}

static void count_candidates(hr_tally *tally, const hr_study *s, const hr_outcome *o, int n)
{
    for (int k = 0; k < s->plan->candidates; k++) {
        const double *column = o->candidate + (size_t)k * HR_CANDIDATE_COLUMNS * (size_t)o->lanes;
        const double *joined = column + (size_t)HR_CC_JOIN_YEAR * (size_t)o->lanes;
        const double *refused = column + (size_t)HR_CC_REFUSED * (size_t)o->lanes;
        const double *lost = column + (size_t)HR_CC_LOST * (size_t)o->lanes;
        for (int t = 0; t < o->years; t++)
            tally->joined[k * o->years + t] += count_equal(joined, t, n);
        for (int why = 0; why < 3; why++)
            tally->lost[3 * k + why] += count_equal(lost, 1 + why, n);
        for (int i = 0; i < n; i++)
            for (unsigned bits = (unsigned)refused[i], p = 0; bits != 0; bits >>= 1, p++)
                tally->refused[k * HR_POLICIES + (int)p] += bits & 1;
    }
}

static void count_schools(hr_tally *tally, const hr_study *s, const hr_outcome *o, int n)
{
    static const int counted[3] = {HR_SC_IN_YEAR_DEFICIT, HR_SC_DEFICIT, HR_SC_BELOW_GOOD};
    for (int at = 0; at < s->plan->schools * o->years; at++)
        for (int i = 0; i < 3; i++) {
            const size_t column = (size_t)at * HR_SCHOOL_COLUMNS + (size_t)counted[i];
            tally->school[3 * at + i] += count_equal(o->school + column * (size_t)o->lanes, 1.0, n);
        }
}

void hr_tally_count(hr_tally *tally, const hr_study *s, const hr_outcome *o, int n)
{
    count_states(tally, o, n);
    count_risks(tally, o, n);
    count_probs(tally, s, o, n);
    count_candidates(tally, s, o, n);
    count_schools(tally, s, o, n);
}
