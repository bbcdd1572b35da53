/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict on a forecast in words: what its intervals held, whether it beat a naive one, what
 * became of its targets, and how little so few figures can say. It must not know formats. */
#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/format.h"
#include "report/score.h"

enum { EIGHTY = 1, NAMED = 6 };

const char HR_SCORE_NAIVE[] =
    "the last known value, with the forecast's own spread: the same futures, moved so that their "
    "middle is that value";
const char HR_SCORE_BY_FUTURES[] =
    "exact, by every future: mean |x - y| less half the mean of |x - x'| over all pairs of futures";
const char HR_SCORE_BY_QUANTILES[] =
    "by the seven quantiles: 2 sum w ([y < q] - p)(q - y), with w .075 .1 .2 .25 .2 .1 .075";
const char *const HR_SCORE_KNOWN_WORDS[HR_KNOWN_ORIGINS] = {"", "given", "history", "opening"};

/* "1 figure", "12 figures" */
static const char *counted(hr_page *p, int n, const char *one)
{
    return hr_page_text(p, "%d %s%s", n, one, n == 1 ? "" : "s");
}

static const char *about(hr_page *p, double value, int n)
{
    return hr_build_rounded(p, value, n < 10 ? 0.1 : 1.0, NULL);
}

const char *hr_build_score_label(hr_page *p, int metric, bool of_schools)
{
    const char *label = hr_build_metric_label(p, &HR_METRIC_ROWS[metric]);
    if (!of_schools)
        return label;
    return metric == HR_M_PUPILS ? "Pupils of schools, October census"
                                 : "Reserves of schools, % of income";
}

static const char *lower_first(hr_page *p, const char *label)
{
    const char first = label[0];
    return hr_page_text(p, "%c%s", first >= 'A' && first <= 'Z' ? first - 'A' + 'a' : first,
                        label + 1);
}

static void say_intervals(hr_page *p, const hr_score_numbers *n)
{
    const hr_score_interval *i = n->interval;
    if (n->spread == 0) {
        hr_page_add(p, HR_BLOCK_WORDS,
                    "None of the figures has a spread in this run: their errors are told, and "
                    "nothing can be said of its intervals.");
        return;
    }
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(
            p,
            "Of %s%s, %d fell inside %s 80 %% interval (expected about %s); %d inside the 50 %% "
            "(about %s) and %d inside the 90 %% (about %s). %d of %d fell below the forecast's "
            "middle.",
            counted(p, n->spread, "figure"), n->spread < n->figures ? " with a spread" : "",
            i[1].hits, n->spread == 1 ? "its" : "their", about(p, i[1].expected, n->spread),
            i[0].hits, about(p, i[0].expected, n->spread), i[2].hits,
            about(p, i[2].expected, n->spread), n->below, n->figures));
}

/* Held against how many a forecast that is right would hold: by its own futures where they were
 * kept, since figures of one trust move together; else as if they were independent. */
static void say_calibration(hr_page *p, const hr_score_numbers *n)
{
    const hr_score_interval *i = &n->interval[EIGHTY];
    const hr_hits_range range = i->own.lo >= 0 ? i->own : i->independent;
    if (n->spread == 0)
        return;
    const char *so =
        i->hits < range.lo ? "fewer than that: the intervals were too narrow or in the wrong place"
        : i->hits > range.hi ? "more than that: the intervals were wider than they need be"
                             : "that speaks neither for the intervals nor against them";
    hr_page_add(p, HR_BLOCK_WORDS,
                hr_page_text(p,
                             "%s, a forecast that is right holds %d to %d of the %d in its 80 %% "
                             "intervals in 95 of 100 cases. This one held %d: %s.",
                             i->own.lo >= 0 ? "By its own futures" : "Were the figures independent",
                             range.lo, range.hi, n->spread, i->hits, so));
}

static void say_skill(hr_page *p, const hr_score_numbers *n)
{
    int naive = 0, better = 0;
    const char *list = "";
    for (int g = 0; g < n->groups; g++) {
        const hr_score_group *group = &n->group[g];
        if (isnan(group->skill))
            continue;
        naive++;
        better += group->skill > 0.0;
        if (naive <= NAMED)
            list = hr_page_text(
                p, "%s%s%s %s", list, naive > 1 ? "; " : "",
                lower_first(p, hr_build_score_label(p, group->metric, group->of_schools)),
                hr_build_rounded(p, group->skill, 0.01, NULL));
    }
    hr_page_add(p, HR_BLOCK_WORDS,
                naive == 0
                    ? "For none of these metrics was a last value known, so there is no naive "
                      "forecast to beat."
                    : hr_page_text(p,
                                   "Against a naive forecast (the last known value, with this "
                                   "forecast's spread) it scored better in %d of %s. Skill, where "
                                   "1 is perfect and below 0 is worse than naive: %s%s.",
                                   better, counted(p, naive, "metric"), list,
                                   naive > NAMED ? "; and others" : ""));
}

typedef struct {
    int known, met, waiting;
    double promised; /* sum of the chances of those known */
} target_count;

static target_count count_targets(const hr_score_numbers *n)
{
    target_count count = {.known = 0};
    for (int i = 0; i < n->chances; i++) {
        const hr_score_chance *c = &n->chance[i];
        if (c->kind != HR_CHANCE_TARGET)
            continue;
        const bool known = !isnan(c->brier);
        count.waiting += !known;
        count.known += known;
        count.met += known && c->came > 0.5;
        count.promised += known ? c->p : 0.0;
    }
    return count;
}

static void say_targets(hr_page *p, const hr_score_numbers *n)
{
    const target_count t = count_targets(n);
    const char *more =
        t.waiting ? hr_page_text(p, " %d more cannot be judged yet.", t.waiting) : "";
    const double promised = 100.0 * t.promised;
    const char *chance = hr_build_rounded(p, promised, promised < 1.0 ? 0.1 : 1.0, NULL);
    if (t.known == 1)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "The one target that can be judged was %smet; the run gave it "
                                 "%s in 100.%s",
                                 t.met ? "" : "not ", chance, more));
    else if (t.known)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "Of %d targets that can be judged, %d %s met; by the chances that "
                                 "the run gave them it would have been %s.%s",
                                 t.known, t.met, t.met == 1 ? "was" : "were",
                                 hr_build_rounded(p, t.promised, 0.1, NULL), more));
    else if (t.waiting)
        hr_page_add(p, HR_BLOCK_WORDS,
                    hr_page_text(p,
                                 "%s cannot be judged yet: a year or a figure that matters is not "
                                 "given.",
                                 t.waiting == 1 ? "The target"
                                                : hr_page_text(p, "The %d targets", t.waiting)));
}

static void say_brier(hr_page *p, const hr_score_numbers *n)
{
    if (n->known == 0)
        return;
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(
            p,
            "Brier score of %s: %s. 0 is perfect, 0.25 is what 50 in 100 for everything gets, and "
            "%s is what these chances expect of themselves.",
            n->known == 1 ? "the one chance that can be judged"
                          : hr_page_text(p, "the %d chances that can be judged", n->known),
            hr_build_rounded(p, n->brier, 0.01, NULL),
            hr_build_rounded(p, n->brier_expected, 0.01, NULL)));
}

void hr_build_score_verdict(hr_page *p, const hr_score *s)
{
    say_intervals(p, &s->numbers);
    say_calibration(p, &s->numbers);
    if (s->numbers.figures)
        say_skill(p, &s->numbers);
    say_targets(p, &s->numbers);
    say_brier(p, &s->numbers);
}

static int years_given(const hr_score *s)
{
    bool given[HR_FROZEN_YEARS] = {false};
    int years = 0;
    for (int i = 0; i < s->actuals.rows; i++) {
        const int year = s->actuals.row[i].year;
        if (year < 0 || given[year])
            continue;
        given[year] = true;
        years++;
    }
    return years;
}

void hr_build_score_warning(hr_page *p, const hr_score *s)
{
    const hr_score_numbers *n = &s->numbers;
    const hr_score_interval *i = &n->interval[EIGHTY];
    const int years = years_given(s);
    hr_page_add(
        p, HR_BLOCK_WORDS,
        hr_page_text(
            p,
            "The figures are of one trust and %s. They are not independent: one good census "
            "lifts pupils, income and reserves together, and a year carries into the next. "
            "They tell less than as many figures of different trusts would.",
            counted(p, years, "year")));
    if (n->spread)
        hr_page_add(
            p, HR_BLOCK_WORDS,
            hr_page_text(
                p,
                "Even if they were independent, %d of %d goes with intervals that hold anything "
                "from %s to %s in 100, and a forecast that is right would hold %d to %d.%s",
                i->hits, n->spread, hr_build_rounded(p, 100.0 * i->share.lo, 1.0, NULL),
                hr_build_rounded(p, 100.0 * i->share.hi, 1.0, NULL), i->independent.lo,
                i->independent.hi,
                i->own.lo < 0 ? " How the figures hang together is not known here: it is where the "
                                "run was made with --save-paths."
                              : ""));
    hr_page_add(p, HR_BLOCK_WORDS,
                "One scoring proves nothing. The same every year, with the forecast frozen before "
                "each, shows after some years whether intervals hold what they say.");
}

static const char *how_scored(const hr_score *s)
{
    bool futures = false, quantiles = false;
    for (int i = 0; i < s->numbers.figures; i++) {
        const hr_score_figure *f = &s->numbers.figure[i];
        futures = futures || (f->spread && f->futures);
        quantiles = quantiles || (f->spread && !f->futures);
    }
    return quantiles ? HR_SCORE_BY_QUANTILES : futures ? HR_SCORE_BY_FUTURES : "";
}

void hr_build_score_footing(hr_page *p, const hr_score *s)
{
    const hr_frozen *f = &s->run.said;
    hr_page_item(p, "Forecast",
                 hr_page_text(p, "%s, %s to %s, %s futures, seed %s, by headroom %s",
                              hr_page_clean(p, f->scenario), hr_build_year(p, f->start_year),
                              hr_build_year(p, f->start_year + f->years - 1),
                              hr_build_rounded(p, (double)f->paths, 1.0, NULL),
                              hr_page_clean(p, f->seed), hr_page_clean(p, f->version)));
    hr_page_item(p, "Frozen",
                 hr_page_text(p,
                              "results.json%s agree%s with manifest.json, whose own SHA-256 is %s; "
                              "whoever noted that on the day can tell that nothing was changed "
                              "since",
                              s->run.paths_there ? " and paths.csv" : "",
                              s->run.paths_there ? "" : "s", s->run.manifest_sha256));
    hr_page_item(
        p, "What happened",
        hr_page_text(p, "%s, SHA-256 %s", counted(p, s->actuals.rows, "row"), s->actuals.sha256));
    const char *how = how_scored(s);
    if (how[0])
        hr_page_item(p, "Score (CRPS)",
                     hr_page_text(p, "%s; in the unit of the figure, 0 is perfect", how));
    hr_page_item(p, "Naive forecast", HR_SCORE_NAIVE);
    hr_page_item(p, "Last known values",
                 "as given in the file for the year before the run; else the last row of the "
                 "scenario's history; else the reserves, rolls and schools that it starts with");
}
