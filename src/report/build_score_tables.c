/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a score: figure by figure, by metric, chances, and what the intervals held. It must not
 * know formats. */
#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/format.h"
#include "report/score.h"

enum { MIDDLE = 3, LOW80 = 1, HIGH80 = 5 };

static const char *unit_of(int metric) { return HR_METRIC_ROWS[metric].unit; }

/* At the unit's own detail: an estimate whose error is not known. */
static hr_estimate as_it_is(double value)
{
    return (hr_estimate){.value = value, .se = NAN, .lo = NAN, .hi = NAN};
}

static const char *school_of(hr_page *p, const hr_score *s, const hr_actual *a)
{
    return a->school < 0 ? "" : hr_page_name(p, s->run.said.school[a->school].id);
}

/* The percentile in whole numbers, "<5" below the lowest quantile where no more is known. */
static const char *percentile(hr_page *p, const hr_score_figure *f)
{
    const double at = 100.0 * f->place.value;
    if (!f->spread)
        return "-";
    if (!f->futures && f->place.lo == 0.0)
        return "<5";
    if (!f->futures && f->place.hi == 1.0)
        return ">95";
    return at < 0.5 ? "<1" : at > 99.5 ? ">99" : hr_build_rounded(p, at, 1.0, NULL);
}

static const char *narrowest(hr_page *p, const hr_score_figure *f)
{
    for (int k = 0; k < HR_SCORE_INTERVALS && f->spread; k++)
        if (f->inside[k])
            return hr_page_text(p, "%d", HR_SCORE_INTERVAL_PCT[k]);
    return f->spread ? "none" : "-";
}

static void figure_row(hr_page *p, hr_table *t, const hr_score *s, const hr_score_figure *f)
{
    const int metric = f->actual->which;
    const double value[5] = {f->middle, f->quantile[LOW80], f->quantile[HIGH80], f->actual->value,
                             f->error};
    const double score[2] = {f->crps, f->crps_naive};
    hr_estimate e[5], c[2];
    const char *number[5], *scored[2];
    for (int i = 0; i < 5; i++)
        e[i] = HR_METRIC_ROWS[metric].kind == HR_KIND_WHOLE ? hr_exactly(value[i])
                                                            : as_it_is(value[i]);
    for (int i = 0; i < 2; i++)
        c[i] = as_it_is(score[i]);
    hr_build_alike(p, e, 5, unit_of(metric), number);
    hr_build_alike(p, c, 2, unit_of(metric), scored);
    const char *school = school_of(p, s, f->actual);
    hr_table_row(t);
    hr_table_text(t, 0,
                  hr_page_text(p, "%s%s%s",
                               hr_build_year(p, s->run.said.start_year + f->actual->year),
                               school[0] ? " " : "", school));
    for (int i = 0; i < 4; i++)
        hr_table_number(t, 1 + i, value[i], number[i]);
    hr_table_number(t, 5, 100.0 * f->place.value, percentile(p, f));
    hr_table_text(t, 6, narrowest(p, f));
    hr_table_number(t, 7, f->error, number[4]);
    hr_table_number(t, 8, f->error_pct, hr_build_rounded(p, f->error_pct, 0.1, NULL));
    for (int i = 0; i < 2; i++)
        hr_table_number(t, 9 + i, score[i], scored[i]);
}

void hr_build_score_figures(hr_page *p, const hr_score *s)
{
    static const char *const head[][2] = {{"year", "year"},
                                          {"middle", "forecast middle"},
                                          {"low", "80 % from"},
                                          {"high", "80 % to"},
                                          {"happened", "happened"},
                                          {"percentile", "fell at per cent"},
                                          {"inside", "inside % interval"},
                                          {"error", "error"},
                                          {"error_pct", "error, %"},
                                          {"crps", "CRPS"},
                                          {"crps_naive", "naive CRPS"}};
    const hr_score_numbers *n = &s->numbers;
    hr_table *t = n->figures ? hr_page_table(p, "figures", "Figure by figure", 11) : NULL;
    if (!t)
        return;
    t->note =
        "Error is what happened less the middle. Inside: the narrowest of the 50, 80 and 90 % "
        "intervals that holds it. No error in % where the unit is per cent or the 90 % "
        "interval reaches zero.";
    t->wide = true;
    for (int c = 0; c < 11; c++)
        hr_table_column(t, c, head[c][0], head[c][1], c == 0);
    hr_table_column_whole(t, 0);
    for (int g = 0; g < n->groups; g++) {
        hr_table_row(t);
        hr_table_text(t, 0, hr_build_score_label(p, n->group[g].metric, n->group[g].of_schools));
        for (int i = 0; i < n->figures; i++) {
            const hr_actual *a = n->figure[i].actual;
            if (a->which == n->group[g].metric && (a->school >= 0) == n->group[g].of_schools)
                figure_row(p, t, s, &n->figure[i]);
        }
    }
}

static void count_cell(hr_page *p, hr_table *t, int column, int n)
{
    hr_table_number(t, column, n, hr_page_text(p, "%d", n));
}

void hr_build_score_metrics(hr_page *p, const hr_score *s)
{
    static const char *const head[][2] = {
        {"metric", "metric"},       {"figures", "figures"},       {"hits_50", "inside 50 %"},
        {"hits_80", "inside 80 %"}, {"hits_90", "inside 90 %"},   {"bias", "mean error"},
        {"crps", "mean CRPS"},      {"crps_naive", "naive CRPS"}, {"skill", "skill over naive"}};
    const hr_score_numbers *n = &s->numbers;
    hr_table *t = n->groups ? hr_page_table(p, "metrics", "By metric", 9) : NULL;
    if (!t)
        return;
    for (int c = 0; c < 9; c++)
        hr_table_column(t, c, head[c][0], head[c][1], c == 0);
    for (int i = 0; i < n->groups; i++) {
        const hr_score_group *g = &n->group[i];
        const double value[3] = {g->bias, g->crps, g->crps_naive};
        hr_table_row(t);
        hr_table_text(t, 0, hr_build_score_label(p, g->metric, g->of_schools));
        count_cell(p, t, 1, g->figures);
        for (int k = 0; k < HR_SCORE_INTERVALS; k++)
            if (g->spread)
                count_cell(p, t, 2 + k, g->hits[k]);
            else
                hr_table_text(t, 2 + k, "-");
        for (int k = 0; k < 3; k++) {
            char number[HR_NUMBER_BYTES];
            hr_format_estimate(as_it_is(value[k]), unit_of(g->metric), number);
            hr_table_number(t, 5 + k, value[k], number);
        }
        hr_build_rounded_cell(t, 8, g->skill, 0.01);
    }
}

const char *hr_build_score_of(hr_page *p, const hr_score *s, const hr_score_chance *c)
{
    return c->kind == HR_CHANCE_TARGET ? hr_page_name(p, s->run.said.target[c->which].name)
           : c->kind == HR_CHANCE_RISK ? HR_RISK_ROWS[c->which].label
                                       : HR_METRIC_ROWS[c->which].label;
}

const char *hr_build_score_came(const hr_score_chance *c)
{
    if (isnan(c->brier))
        return NULL;
    if (c->kind == HR_CHANCE_STATE)
        return hr_metric_state((hr_metric)c->which, c->state);
    if (c->kind == HR_CHANCE_TARGET)
        return c->came > 0.5 ? "met" : "not met";
    return c->came > 0.5 ? "happened" : "did not happen";
}

void hr_build_score_chances(hr_page *p, const hr_score *s)
{
    const hr_score_numbers *n = &s->numbers;
    hr_table *t =
        n->chances ? hr_page_table(p, "chances", "What was promised with a chance", 5) : NULL;
    if (!t)
        return;
    t->note = "Of a state, the chance of the one that came.";
    hr_table_column(t, 0, "what", "target, risk or state", true);
    hr_table_column(t, 1, "year", "year", true);
    hr_table_column(t, 2, "promised", "promised in 100", false);
    hr_table_column(t, 3, "came", "came", true);
    hr_table_column(t, 4, "brier", "Brier score", false);
    for (int i = 0; i < n->chances; i++) {
        const hr_score_chance *c = &n->chance[i];
        const char *came = hr_build_score_came(c);
        char promised[HR_NUMBER_BYTES];
        hr_format_chance_short(hr_estimate_chance((uint64_t)floor(c->p * 1e6 + 0.5), 1000000u),
                               promised);
        hr_table_row(t);
        hr_table_text(t, 0, hr_build_score_of(p, s, c));
        hr_table_text(t, 1, c->year < 0 ? "" : hr_build_year(p, s->run.said.start_year + c->year));
        hr_table_number(t, 2, c->p, promised);
        hr_table_text(t, 3, came ? came : "not yet known");
        hr_build_rounded_cell(t, 4, c->brier, 0.001);
    }
}

static const char *range(hr_page *p, hr_hits_range r)
{
    return r.lo < 0 ? "-" : hr_page_text(p, "%d to %d", r.lo, r.hi);
}

void hr_build_score_intervals(hr_page *p, const hr_score *s)
{
    const hr_score_numbers *n = &s->numbers;
    hr_table *t = n->spread ? hr_page_table(p, "intervals", "What the intervals held", 6) : NULL;
    if (!t)
        return;
    t->note = "Ranges are of 95 in 100 cases, for a forecast that is right.";
    hr_table_column(t, 0, "interval", "interval", true);
    hr_table_column(t, 1, "held", "held", false);
    hr_table_column(t, 2, "expected", "expected", false);
    hr_table_column(t, 3, "share", "share held, in 100", false);
    hr_table_column(t, 4, "independent", "range if independent", false);
    hr_table_column(t, 5, "own", "range in its own futures", false);
    for (int k = 0; k < HR_SCORE_INTERVALS; k++) {
        const hr_score_interval *i = &n->interval[k];
        hr_table_row(t);
        hr_table_text(t, 0, hr_page_text(p, "%d %%", HR_SCORE_INTERVAL_PCT[k]));
        hr_table_text(t, 1, hr_page_text(p, "%d of %d", i->hits, n->spread));
        hr_build_rounded_cell(t, 2, i->expected, 0.1);
        hr_table_text(t, 3,
                      hr_page_text(p, "%s (%s to %s)",
                                   hr_build_rounded(p, 100.0 * i->share.value, 1.0, NULL),
                                   hr_build_rounded(p, 100.0 * i->share.lo, 1.0, NULL),
                                   hr_build_rounded(p, 100.0 * i->share.hi, 1.0, NULL)));
        hr_table_text(t, 4, range(p, i->independent));
        hr_table_text(t, 5, range(p, i->own));
    }
}

enum { CSV_QUANTILES = 5, CSV_REST = CSV_QUANTILES + HR_QUANTILES, CSV_COLUMNS = CSV_REST + 14 };

static void csv_row(hr_page *p, hr_table *t, const hr_score *s, const hr_score_figure *f)
{
    const int metric = f->actual->which;
    const double rest[12] = {f->said->mean,
                             100.0 * f->place.value,
                             100.0 * f->place.lo,
                             100.0 * f->place.hi,
                             f->spread ? f->inside[0] : NAN,
                             f->spread ? f->inside[1] : NAN,
                             f->spread ? f->inside[2] : NAN,
                             f->error,
                             f->error_pct,
                             f->crps,
                             f->crps_naive,
                             f->known.value};
    hr_table_row(t);
    hr_table_text(t, 0, hr_build_year(p, s->run.said.start_year + f->actual->year));
    hr_table_text(t, 1, HR_METRIC_ROWS[metric].key);
    hr_table_text(t, 2, school_of(p, s, f->actual));
    hr_table_text(t, 3, unit_of(metric));
    hr_table_number(t, 4, f->actual->value, "");
    for (int q = 0; q < HR_QUANTILES; q++)
        hr_table_number(t, CSV_QUANTILES + q, f->quantile[q], "");
    for (int i = 0; i < 12; i++)
        hr_table_number(t, CSV_REST + i, rest[i], "");
    hr_table_text(t, CSV_REST + 12,
                  isnan(f->known.value) ? "" : HR_SCORE_KNOWN_WORDS[f->known.origin]);
    hr_table_text(t, CSV_REST + 13, hr_page_clean(p, f->actual->note));
}

const hr_table *hr_build_score_csv(hr_page *p, const hr_score *s)
{
    static const char *const first[CSV_QUANTILES] = {"year", "metric", "school", "unit",
                                                     "happened"};
    static const char *const rest[14] = {
        "mean",       "percentile", "percentile_lo",   "percentile_hi", "inside_50",
        "inside_80",  "inside_90",  "error",           "error_pct",     "crps",
        "crps_naive", "last_known", "last_known_from", "note"};
    hr_table *t = hr_table_new(p, "score", "Score", CSV_COLUMNS);
    for (int c = 0; c < CSV_COLUMNS; c++) {
        const char *key = c < CSV_QUANTILES ? first[c]
                          : c < CSV_REST    ? HR_QUANTILE_KEY[c - CSV_QUANTILES]
                                            : rest[c - CSV_REST];
        hr_table_column(t, c, key, key, false);
    }
    for (int i = 0; i < s->numbers.figures; i++)
        csv_row(p, t, s, &s->numbers.figure[i]);
    return t;
}
