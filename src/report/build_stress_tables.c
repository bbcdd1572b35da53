/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of stresses, and the figure: the most harmful first in all of them. */
#include "report/stress.h"

#include <math.h>
#include <string.h>

#include "report/build.h"
#include "report/compare.h"
#include "report/format.h"

/* ---- what a stress is ---- */

static const char *unit_of(int average)
{
    static const char *const unit[HR_N_average] = {
        [HR_average_FUNDING] = "% a year",     [HR_average_TEACHER_PAY] = "% a year",
        [HR_average_SUPPORT_PAY] = "% a year", [HR_average_PRICES] = "% a year",
        [HR_average_ENERGY] = "% over prices", [HR_average_SECTOR] = "% of income",
        [HR_average_AREA_DEMAND] = "% a year"};
    return unit[average];
}

/* "pay-shock" of "overlays/pay-shock.cfg": no page says where a file stands. */
const char *hr_stress_overlay(hr_page *p, const hr_stress_result *r)
{
    const char *slash = strrchr(r->of->with, '/'), *name = slash ? slash + 1 : r->of->with;
    const char *dot = strrchr(name, '.');
    const int length = dot && dot > name ? (int)(dot - name) : (int)strlen(name);
    return hr_page_name(p, hr_page_text(p, "%.*s", length, name));
}

const char *hr_stress_what(hr_page *p, const hr_stress_result *r)
{
    if (r->average < 0)
        return hr_page_text(p, "%s laid over", hr_stress_overlay(p, r));
    const char *low = hr_build_rounded(p, r->low, 0.1, NULL);
    const char *high = hr_build_rounded(p, r->high, 0.1, NULL);
    const char *unit = unit_of(r->average);
    const char *range = r->of->from_pct <= 0.0   ? hr_page_text(p, "%s %s or less", high, unit)
                        : r->of->to_pct >= 100.0 ? hr_page_text(p, "%s %s or more", low, unit)
                                                 : hr_page_text(p, "%s to %s %s", low, high, unit);
    return hr_page_text(p, "%s: an average of %s, in %s futures", r->of->driver, range,
                        hr_build_rounded(p, (double)r->figures.n, 1.0, NULL));
}

/* ---- rows ---- */

/* Calls `put` for the base (-1), each stress and all together (s->stresses). */
typedef void put_row(hr_page *p, hr_table *t, const hr_stresses *s, int which);

static const hr_stress_figures *figures_of(const hr_stresses *s, int which)
{
    return which < 0 ? &s->of_base : which < s->stresses ? &s->stress[which].figures : &s->together;
}

static const char *name_of(hr_page *p, const hr_stresses *s, int which)
{
    return which < 0             ? "Without stress"
           : which < s->stresses ? hr_page_name(p, s->stress[which].of->name)
                                 : "All together";
}

static void put_rows(hr_page *p, hr_table *t, const hr_stresses *s, put_row *put)
{
    for (int which = -1; t && which < s->stresses + hr_stress_has_together(s); which++) {
        hr_table_row(t);
        if (which >= 0)
            hr_table_text(t, 0, which < s->stresses ? hr_page_text(p, "%d", which + 1) : "all");
        hr_table_text(t, 1, name_of(p, s, which));
        put(p, t, s, which);
    }
}

/* A change with its sign, no finer than its error. */
static void change_cell(hr_page *p, hr_table *t, int column, hr_estimate e, double scale,
                        const char *unit)
{
    const double step = hr_compare_step(e, scale, unit);
    const char *number =
        hr_build_rounded(p, e.value * scale, step, strcmp(unit, "GBP") == 0 ? unit : NULL);
    const bool more = e.value > 0.0 && strpbrk(number, "123456789");
    hr_table_number(t, column, e.value * scale, hr_page_text(p, "%s%s", more ? "+" : "", number));
}

static void mean_cell(hr_table *t, int column, hr_estimate e, const char *unit)
{
    char number[HR_NUMBER_BYTES];
    hr_format_estimate(e, unit, number);
    hr_table_number(t, column, e.value, number);
}

static void columns(hr_table *t, const char *const *key, const char *const *heading, int count)
{
    for (int c = 0; c < count; c++)
        hr_table_column(t, c, key[c], heading[c], c < 2);
    hr_table_column_whole(t, 0);
}

/* ---- by harm ---- */

static void harm_row(hr_page *p, hr_table *t, const hr_stresses *s, int which)
{
    const int policy = hr_mark_risk(HR_R_RESERVES_BELOW_POLICY);
    const hr_stress_figures *f = figures_of(s, which);
    hr_build_chance_cell(t, 2, hr_otherwise(f->p[policy]));
    mean_cell(t, 6, f->mean[HR_STRESS_RESERVES], "GBP");
    if (which < 0)
        return;
    const hr_estimate more = f->mean_more[HR_STRESS_RESERVES];
    const double half = 0.5 * (more.hi - more.lo), step = hr_compare_step(more, 1.0, "GBP");
    hr_compare_cells(p, t, 3, hr_stress_without(f->more[policy]), 100.0, "%");
    change_cell(p, t, 7, more, 1.0, "GBP");
    hr_table_number(t, 8, half, hr_build_rounded(p, half, fmax(step / 10.0, 1.0), "GBP"));
}

void hr_stress_harms(hr_page *p, const hr_stresses *s)
{
    static const char *const key[] = {"number", "stress",   "policy_kept", "change", "lo",
                                      "hi",     "reserves", "more",        "half"};
    static const char *const heading[] = {"",   "stress",   "policy kept", "change",      "from",
                                          "to", "reserves", "change",      "give or take"};
    hr_table *t = hr_page_table(p, "harm", "By harm: chance in 100, and reserves at the end", 9);
    if (!t)
        return;
    const char *change = "Change: from the base over the same futures, with its 95 % interval "
                         "(Tango's score for paired chances).";
    const char *band =
        "A band is the base's own futures in which a driver's average over the years is as low or "
        "high as said; its change is what they have more than all (Newcombe's score). It says what "
        "goes with the band, and not what it causes.";
    t->note = s->bands == 0     ? change
              : s->overlays > 0 ? hr_page_text(p, "%s %s", change, band)
                                : band;
    columns(t, key, heading, 9);
    put_rows(p, t, s, harm_row);
}

/* ---- what each is ---- */

void hr_stress_whats(hr_page *p, const hr_stresses *s)
{
    hr_table *t = hr_page_table(p, "what", "What each is", 3);
    if (!t)
        return;
    hr_table_column(t, 0, "number", "", true);
    hr_table_column(t, 1, "stress", "stress", true);
    hr_table_column(t, 2, "what", "what it is", true);
    hr_table_column_whole(t, 0);
    for (int k = 0; k < s->stresses; k++) {
        hr_table_row(t);
        hr_table_text(t, 0, hr_page_text(p, "%d", k + 1));
        hr_table_text(t, 1, name_of(p, s, k));
        hr_table_text(t, 2, hr_stress_what(p, &s->stress[k]));
    }
}

/* ---- days, and means at the end ---- */

static void end_row(hr_page *p, hr_table *t, const hr_stresses *s, int which)
{
    static const int shown[] = {HR_STRESS_DAYS, HR_STRESS_PUPILS, HR_STRESS_TOPSLICE,
                                HR_STRESS_RESERVES_PCT};
    const int days = hr_mark_risk(HR_R_CAPACITY_OVERLOAD);
    const hr_stress_figures *f = figures_of(s, which);
    hr_build_chance_cell(t, 2, hr_otherwise(f->p[days]));
    if (which >= 0)
        change_cell(p, t, 3, hr_stress_without(f->more[days]), 100.0, "%");
    for (int i = 0; i < 4; i++) {
        const char *unit = HR_METRIC_ROWS[HR_STRESS_METRIC[shown[i]]].unit;
        if (which < 0)
            mean_cell(t, 4 + i, f->mean[shown[i]], unit);
        else
            change_cell(p, t, 4 + i, f->mean_more[shown[i]], 1.0, unit);
    }
}

void hr_stress_ends(hr_page *p, const hr_stresses *s)
{
    static const char *const key[] = {"number",   "stress", "days_enough", "change",
                                      "days_use", "pupils", "topslice",    "reserves_pct"};
    static const char *const heading[] = {
        "",       "stress",    "days enough",          "change", "days, % of supply",
        "pupils", "top-slice", "reserves, % of income"};
    hr_table *t = hr_page_table(p, "ends", "Improvement days: chance in 100; the end: means", 8);
    if (!t)
        return;
    t->note = "Of stresses the last four are changes from the base, no finer than their error.";
    columns(t, key, heading, 8);
    put_rows(p, t, s, end_row);
}

/* ---- targets and risks ---- */

static void chance_row(hr_page *p, hr_table *t, const hr_stresses *s, const char *label, int mark)
{
    const int columns = s->stresses + hr_stress_has_together(s);
    hr_table_row(t);
    hr_table_text(t, 0, label);
    hr_build_chance_cell(t, 1, s->of_base.p[mark]);
    for (int k = 0; k < columns; k++) {
        const hr_stress_figures *f = figures_of(s, k);
        if (isfinite(f->p[mark].value))
            hr_build_chance_cell(t, 2 + k, f->p[mark]);
        else
            hr_table_text(t, 2 + k, "-");
    }
    (void)p;
}

static void heading_row(hr_table *t, const char *words)
{
    hr_table_row(t);
    hr_table_text(t, 0, words);
}

void hr_stress_chances(hr_page *p, const hr_stresses *s)
{
    const int columns = s->stresses + hr_stress_has_together(s), targets = s->base->targets;
    hr_table *t = hr_page_table(p, "chances", "Targets and risks: chance in 100", 2 + columns);
    if (!t)
        return;
    t->note = "Numbers are those of the stresses above. Risks: that it happens in some year.";
    t->fixed = 1;
    hr_table_column(t, 0, "what", "", true);
    hr_table_column(t, 1, "base", "base", false);
    for (int k = 0; k < columns; k++)
        hr_table_column(t, 2 + k,
                        k < s->stresses ? hr_page_text(p, "stress_%d", k + 1) : "together",
                        k < s->stresses ? hr_page_text(p, "%d", k + 1) : "all", false);
    if (targets > 0)
        heading_row(t, "Targets");
    for (int q = 0; q < targets; q++)
        chance_row(p, t, s,
                   hr_page_text(p, "%s%s", hr_page_name(p, s->base->target[q].name),
                                s->base->target[q].our_reading ? " (our reading)" : ""),
                   hr_mark_target(q));
    if (targets > 1)
        chance_row(p, t, s, "All of them in one future", hr_mark_of_all(targets, HR_ALL_TARGETS));
    heading_row(t, "Risks");
    for (int r = 0; r < HR_RISKS; r++)
        chance_row(p, t, s, HR_RISK_ROWS[r].label, hr_mark_risk(r));
}

/* ---- the figure ---- */

static void bar(hr_page *p, hr_table *t, const hr_stresses *s, int which)
{
    hr_table_row(t);
    hr_table_text(t, 0, name_of(p, s, which));
    hr_compare_cells(p, t, 1, hr_stress_without(hr_stress_harm(figures_of(s, which))), 100.0, "%");
}

bool hr_stress_figure(hr_page *p, const hr_stresses *s, hr_figure *f)
{
    hr_table *t =
        hr_table_new(p, "stress", "Change in the chance of keeping the policy, in 100", 4);
    const int shown = s->stresses < HR_FIGURE_BARS_MOST ? s->stresses : HR_FIGURE_BARS_MOST;
    if (!t)
        return false;
    hr_table_column(t, 0, "stress", "stress", true);
    hr_table_column(t, 1, "change", "change", false);
    hr_table_column(t, 2, "lo", "from", false);
    hr_table_column(t, 3, "hi", "to", false);
    for (int k = 0; k < shown; k++)
        bar(p, t, s, k);
    if (hr_stress_has_together(s))
        bar(p, t, s, s->stresses);
    const hr_estimate kept = hr_otherwise(s->of_base.p[hr_mark_risk(HR_R_RESERVES_BELOW_POLICY)]);
    *f = (hr_figure){
        .kind = HR_FIGURE_BARS,
        .name = "stress",
        .title = "What stresses take off the chance of keeping the reserves policy",
        .headline = hr_page_text(
            p, "Without stress it is %s. %s: %s.", hr_build_chance(p, kept),
            hr_page_name(p, s->stress[0].of->name),
            hr_compare_more(p, hr_stress_without(hr_stress_harm(&s->stress[0].figures)), 100.0,
                            "%")),
        .axis = hr_page_text(p, "change of the chance, in 100; line: its 95 %% interval%s",
                             shown < s->stresses ? "; the most harmful alone" : ""),
        .table = t,
        .unit = "%",
        .limit = 0.0,
        .limit_label = "",
        .start_year = s->base->start_year,
        .years = s->base->years};
    return !p->failed;
}
