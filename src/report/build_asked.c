/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the plan's targets ask for, by counting alone: how many schools and pupils are missing, and
 * from how many schools they can come by then. It must not know results. */
#include "report/build.h"

#include <math.h>

#include "report/format.h"

/* Where schools and pupils can come from by the end of a year. */
typedef struct {
    double pupils; /* in the trust at the start */
    int schools;
    double named_pupils; /* of named candidates */
    int named;
    double unknown_pupils; /* of as many of each kind not yet known as may come, at expected size */
    int unknown;
    int most;    /* of those not yet known, the most that the growth policy leaves room for */
    int stop_at; /* the growth policy's number of schools, where it is what stops them, else 0 */
} supply;

/* Everyone on roll, the nursery too, as the metric counts them. */
static double on_roll(const hr_plan_school *school)
{
    return school->opening_roll + school->nursery;
}

/* Pupils of a school not yet known: its roll times the mean of its uncertain scale. */
static double expected_roll(const hr_plan *plan, const hr_plan_school *school)
{
    const double scale = hr_build_setting(plan->params, school->par->roll_scale);
    return on_roll(school) * (isfinite(scale) ? scale : 1.0);
}

int hr_build_opening(const hr_plan *plan, double *pupils)
{
    int schools = 0;
    *pupils = 0.0;
    for (int s = 0; s < plan->schools; s++) {
        const hr_plan_school *school = &plan->school[s];
        if (school->candidate >= 0)
            continue;
        *pupils += on_roll(school);
        schools++;
    }
    return schools;
}

/* The most of a row that can come forward by the end of `year`: its slots, or what the plan wants
 * in all the years until then. */
static int most_of_row(const hr_plan *plan, int row, int year)
{
    const hr_params_pipeline *kind = &plan->pipeline[row];
    const hr_slot *wanted = &plan->slot[kind->wanted];
    if (wanted->kind != HR_QUANTITY_NUMBER && wanted->kind != HR_QUANTITY_SERIES)
        return kind->slots;
    double sum = 0.0;
    for (int t = 0; t <= year; t++)
        sum += floor(wanted->value[t] + 0.5);
    return sum < kind->slots ? (int)sum : kind->slots;
}

static supply supply_by(const hr_plan *plan, int year)
{
    supply s = {0};
    s.schools = hr_build_opening(plan, &s.pupils);
    for (int k = 0; k < plan->candidates; k++) {
        const hr_plan_candidate *c = &plan->candidate[k];
        const bool named = c->pipeline < 0;
        if (named ? c->wished >= 12.0 * (year + 1)
                  : c->slot >= most_of_row(plan, c->pipeline, year))
            continue;
        for (int i = 0; i < c->schools; i++) {
            const hr_plan_school *school = &plan->school[c->school[i]];
            *(named ? &s.named_pupils : &s.unknown_pupils) +=
                named ? on_roll(school) : expected_roll(plan, school);
        }
        *(named ? &s.named : &s.unknown) += c->schools;
    }
    const int limit = plan->params->scenario.growth_policy.max_schools;
    const int left = limit - s.schools - s.named;
    s.most = left < s.unknown ? (left > 0 ? left : 0) : s.unknown;
    s.stop_at = s.most < s.unknown ? limit : 0;
    return s;
}

static const char *whole(hr_page *p, double value) { return hr_build_rounded(p, value, 1.0, NULL); }

static const char *schools_word(hr_page *p, double n)
{
    return hr_page_text(p, "%s school%s", whole(p, n), n == 1.0 ? "" : "s");
}

/* The least number of a metric that meets a target's condition; NaN where it asks for none, or
 * where an `or` or a `not` leaves another way. */
static double least_asked(const hr_prob *prob, hr_metric metric)
{
    double least = NAN;
    for (int i = 0; i < prob->codes; i++) {
        const hr_code *code = &prob->code[i];
        if (code->kind == HR_CODE_OR || code->kind == HR_CODE_NOT)
            return NAN;
        if (code->kind == HR_CODE_COMPARE && code->metric == (int)metric && code->metric_too < 0 &&
            (code->op == HR_OP_GE || code->op == HR_OP_GT) && !(code->number <= least))
            least = code->number;
    }
    return least;
}

/* " The named candidates would bring 326 from 2 schools. The other 917 must come from ..." */
static const char *where_from(hr_page *p, const supply *s, double short_of)
{
    const double rest = short_of - s->named_pupils;
    const char *named = s->named == 0
                            ? ""
                            : hr_page_text(p, " The named candidates would bring %s from %s.",
                                           whole(p, s->named_pupils), schools_word(p, s->named));
    if (rest <= 0.0)
        return named;
    if (s->most == 0)
        return hr_page_text(p, "%s The %s%s can only come from growth of the schools themselves.",
                            named, s->named ? "other " : "", whole(p, rest));
    const char *stop =
        s->stop_at ? hr_page_text(p, ", as the growth policy stops at %d", s->stop_at) : "";
    return hr_page_text(p,
                        "%s The %s%s must come from at most %s not yet known%s: %s each if all "
                        "join; such a school is expected to have %s.",
                        named, s->named ? "other " : "", whole(p, rest), schools_word(p, s->most),
                        stop, whole(p, rest / s->most), whole(p, s->unknown_pupils / s->unknown));
}

static void pupils_asked(hr_page *p, const supply *s, const char *name, double asked)
{
    const double short_of = asked - s->pupils;
    const char *text =
        short_of <= 0.0
            ? hr_page_text(p, "%s asks for %s pupils; the trust starts with %s.", name,
                           whole(p, asked), whole(p, s->pupils))
            : hr_page_text(p, "%s asks for %s pupils; the trust starts with %s in %s: %s short.%s",
                           name, whole(p, asked), whole(p, s->pupils), schools_word(p, s->schools),
                           whole(p, short_of), where_from(p, s, short_of));
    hr_page_item(p, "-", text);
}

/* "which is all that may join by then", "of at most 8 that may join by then" */
static const char *of_those(hr_page *p, const supply *s, double more)
{
    const int most = s->named + s->most;
    return more == most  ? "which is all that may join by then"
           : more > most ? hr_page_text(p, "where at most %d may join by then", most)
                         : hr_page_text(p, "of at most %d that may join by then", most);
}

static void schools_asked(hr_page *p, const supply *s, const char *name, double asked)
{
    const double more = asked - s->schools;
    if (more <= 0.0)
        return;
    hr_page_item(p, "-",
                 hr_page_text(p, "%s asks for %s; the trust starts with %d: %s more, %s.", name,
                              schools_word(p, asked), s->schools, whole(p, more),
                              of_those(p, s, more)));
}

static void joins_asked(hr_page *p, const supply *s, const char *name, double asked)
{
    hr_page_item(p, "-",
                 hr_page_text(p, "%s asks for %s to join, %s.", name, schools_word(p, asked),
                              of_those(p, s, asked)));
}

static void target_asked(hr_page *p, const hr_plan *plan, const hr_params_target *row,
                         const hr_prob *prob, int year)
{
    const char *name = hr_page_text(p, "\xe2\x80\x9c%s\xe2\x80\x9d",
                                    hr_page_clean(p, hr_params_text(plan->params, row->name)));
    const supply s = supply_by(plan, year);
    const double pupils = least_asked(prob, HR_M_PUPILS);
    const double schools = least_asked(prob, HR_M_SCHOOLS);
    const double joined = least_asked(prob, HR_M_JOINED);
    if (isfinite(pupils))
        pupils_asked(p, &s, name, pupils);
    if (isfinite(schools))
        schools_asked(p, &s, name, schools);
    if (isfinite(joined))
        joins_asked(p, &s, name, joined);
}

/* The year by which a target is due, from 0. */
static int due(const hr_prob *prob, const hr_plan *plan)
{
    return prob->when == HR_WHEN_YEAR ? prob->year - plan->start_year : plan->years - 1;
}

void hr_build_asked(hr_page *p, const hr_plan *plan)
{
    const hr_params *params = plan->params;
    const hr_span span = params->scenario.targets;
    const hr_params_target *row = HR_SPAN(params, span, hr_params_target);
    for (int year = 0; year < plan->years; year++)
        for (uint32_t i = 0; i < span.count; i++) {
            hr_prob prob;
            hr_expr_fault fault;
            if (hr_prob_parse(&prob, hr_params_text(params, row[i].expr), plan->start_year,
                              plan->years, &fault) &&
                due(&prob, plan) == year)
                target_asked(p, plan, &row[i], &prob, year);
        }
}
