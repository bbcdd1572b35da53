/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "The start" of docs/model.md told again, as far as pupils, places and grades: who there is, year
 * groups, admission, sizes, grades, stuck schools. It must not know money. */
#include <stdlib.h>
#include <string.h>

#include "reference/reference.h"

double ref_main(const ref_school *s, const ref_census *c)
{
    double sum = 0.0;
    for (int g = 0; g < s->groups; g++)
        sum += c->group[g];
    return sum;
}

double ref_roll(const ref_school *s, const ref_census *c)
{
    return s->nursery_only ? c->nursery : ref_main(s, c) + c->sixth[0] + c->sixth[1];
}

double ref_pupils_of(const ref_school *s, const ref_census *c)
{
    return ref_roll(s, c) + (s->nursery_only ? 0.0 : c->nursery);
}

bool ref_filling(const ref_school *s, const ref_census *c)
{
    return s->open_groups < s->groups && c->group[s->groups - 1] == 0.0;
}

/* Main year groups from a total: a straight line whose step is last year's growth. */
static void draw_line(ref_school *s, ref_census *c, double total, double roll)
{
    const double open = s->open_groups, middle = (open - 1.0) / 2.0;
    double step = 0.0;
    if (!isnan(s->par->roll_before) && s->open_groups > 1) {
        const double most = 0.3 * (total / open) / middle;
        step = ref_clamp((roll - s->par->roll_before) / open, -most, most);
    }
    for (int g = 0; g < s->open_groups; g++)
        c->group[g] = total / open - step * (g - middle);
}

static void open_groups(const ref *r, ref_school *s, ref_census *c)
{
    const double *roll = HR_SPAN(r->p, s->par->roll, double);
    const int given = (int)s->par->roll.count;
    c->nursery = s->nursery_only ? roll[0] : s->par->nursery;
    if (s->nursery_only)
        return;
    if (given > 1) {
        for (int g = 0; g < s->groups; g++)
            c->group[g] = g < given ? roll[g] : 0.0;
        for (int g = 0; g < s->sixth_years; g++)
            c->sixth[g] = s->groups + g < given ? roll[s->groups + g] : 0.0;
        return;
    }
    const double sixth = s->college ? fmax(roll[0] - s->par->nursery, 0.0) : s->par->post16;
    const double kappa = ref_middle(r, s->par->sixth_retention_pct) / 100.0;
    if (s->sixth_years == 1)
        c->sixth[0] = sixth;
    if (s->sixth_years == 2) {
        c->sixth[0] = sixth / (1.0 + kappa);
        c->sixth[1] = sixth - c->sixth[0];
    }
    if (!s->college)
        draw_line(s, c, fmax(roll[0] - s->par->nursery - (s->sixth_years ? sixth : 0.0), 0.0),
                  roll[0]);
}

static void open_admission(ref_school *s, const ref_census *c)
{
    double largest = 0.0;
    for (int g = 0; g < s->groups; g++)
        largest = fmax(largest, c->group[g]);
    const double places =
        isnan(s->par->capacity) || s->groups == 0 ? 0.0 : ceil(s->par->capacity / s->groups);
    s->pan = !isnan(s->par->pan) ? s->par->pan : fmax(fmax(places, ceil(largest)), 1.0);
    const int young = s->open_groups < 3 ? s->open_groups : 3;
    double entry = 0.0;
    for (int g = 0; g < young; g++)
        entry += c->group[g] / young;
    if (s->groups > 0 && entry >= 0.97 * s->pan)
        s->full = true, entry = s->pan;
    s->demand_at_start = s->college ? c->sixth[0] : entry;
    const bool both = s->first_age + s->groups == 16 && s->groups > 0 &&
                      c->group[s->groups - 1] > 0.0 && c->sixth[0] > 0.0;
    s->staying_on = both ? c->sixth[0] / c->group[s->groups - 1] : NAN;
}

static void open_grade(ref *r, ref_school *s)
{
    const double u = ref_draw(r, HR_D_START_GRADE, s->entity, 0);
    const double u_stuck = ref_draw(r, HR_D_STUCK, s->entity, 0);
    s->grade = s->par->grade;
    if (s->grade == HR_grade_UNKNOWN) {
        double sum = 0.0;
        s->grade = HR_quality_INADEQUATE;
        for (int q = HR_N_quality - 1; q >= 0; q--) {
            sum = 0.0;
            for (int k = 0; k <= q; k++)
                sum += ref_value(r, s->par->unknown_grade[k]);
            if (sum > u)
                s->grade = q;
        }
    }
    s->quality = s->grade_at_start = s->grade;
    s->stuck = u_stuck < ref_value(r, s->grade > 1 ? r->sc->capacity.stuck_share
                                                   : r->sc->capacity.stuck_later_share);
    s->inspected = -1000000;
}

static void open_school(ref *r, ref_school *s)
{
    const double *ages = HR_SPAN(r->p, s->par->ages, double);
    s->first_age = (int)fmax(4.0, ages[0]);
    s->groups = (int)fmax(fmin(ages[1], 16.0) - s->first_age, 0.0);
    s->sixth_years = (int)ref_clamp(fmin(ages[1], 18.0) - fmax(ages[0], 16.0), 0.0, 2.0);
    s->college = s->groups == 0 && s->sixth_years > 0;
    s->nursery_only = s->groups == 0 && s->sixth_years == 0;
    s->special = s->par->phase == HR_phase_SPECIAL || s->par->phase == HR_phase_ALTERNATIVE;
    s->open_groups =
        isnan(s->par->open_groups) ? s->groups : (int)fmin(s->par->open_groups, s->groups);
    ref_census c = {{0}, {0}, 0};
    open_groups(r, s, &c);
    open_admission(s, &c);
    const double n = fmax(1.0, ref_roll(s, &c));
    s->roll_size = pow(s->par->roll_sd_size / n, s->par->roll_sd_exponent);
    s->cost_size = sqrt(s->par->cost_sd_size / n);
    s->bid_size = pow(n / 500.0, r->sc->estate.bid_exponent);
    s->scale = ref_value(r, s->par->roll_scale);
    for (int g = 0; g < REF_GROUPS; g++)
        c.group[g] *= s->scale;
    for (int g = 0; g < 2; g++)
        c.sixth[g] *= s->scale;
    c.nursery *= s->scale;
    s->opening = s->now = s->last = c;
    s->roll = ref_roll(s, &c);
    const bool totals = s->par->roll.count == 1 && !isnan(s->par->roll_before);
    const double total = HR_SPAN(r->p, s->par->roll, double)[0];
    s->roll_before = totals && total > 0.0 ? s->roll * s->par->roll_before / total : s->roll;
    open_grade(r, s);
    s->noise_roll = ref_draw(r, HR_D_ROLL, s->entity, r->start_year - 1);
    s->noise_entry = ref_draw(r, HR_D_ENTRY, s->entity, r->start_year - 1);
    s->demand = 1.0;
    s->in = s->from_start = s->own;
    s->share = s->own ? 1.0 : 0.0;
    s->months_in = s->own ? 1200.0 : 0.0;
    s->join_year = -1;
}

static int by_school(const void *a, const void *b)
{
    return strcmp(((const ref_school *)a)->id, ((const ref_school *)b)->id);
}

static void add_school(ref *r, const hr_params_school *par, int candidate)
{
    ref_school *s = &r->school[r->schools++];
    s->par = par;
    s->id = hr_params_text(r->p, par->id);
    s->entity = ref_entity(s->id, NULL);
    s->candidate = candidate;
    s->own = candidate < 0;
    const char *area = hr_params_text(r->p, par->area);
    for (int a = 0; a < r->areas; a++)
        if (strcmp(hr_params_text(r->p, r->area[a].id), area) == 0)
            s->area = a;
}

static void gather(ref *r)
{
    r->area = HR_SPAN(r->p, r->sc->areas, hr_params_area);
    r->areas = (int)r->sc->areas.count;
    const hr_params_school *own = HR_SPAN(r->p, r->sc->schools, hr_params_school);
    for (uint32_t i = 0; i < r->sc->schools.count; i++)
        add_school(r, &own[i], -1);
    const hr_params_candidate *list = HR_SPAN(r->p, r->p->candidates, hr_params_candidate);
    const int32_t *pipeline = HR_SPAN(r->p, r->p->pipeline_of, int32_t);
    const int32_t *slot = HR_SPAN(r->p, r->p->slot_of, int32_t);
    r->candidates = (int)r->p->candidates.count;
    for (int k = 0; k < r->candidates; k++) {
        ref_candidate *c = &r->candidate[k];
        c->par = &list[k];
        c->id = hr_params_text(r->p, list[k].id);
        c->entity = ref_entity(c->id, NULL);
        c->pipeline = pipeline[k];
        c->slot = slot[k];
        c->join_year = -1;
        const hr_params_school *its = HR_SPAN(r->p, list[k].schools, hr_params_school);
        for (uint32_t i = 0; i < list[k].schools.count; i++)
            add_school(r, &its[i], k);
    }
    qsort(r->school, (size_t)r->schools, sizeof r->school[0], by_school);
    for (int i = 0; i < r->schools; i++)
        if (r->school[i].candidate >= 0) {
            ref_candidate *c = &r->candidate[r->school[i].candidate];
            c->school[c->schools++] = i;
        }
}

void ref_start(ref *r)
{
    r->t = -1;
    r->sc = &r->p->scenario;
    r->start_year = r->sc->start_year;
    r->years = r->sc->years;
    for (int k = 0; k < HR_RISKS; k++)
        r->depth[k] = NAN;
    gather(r);
    ref_correlations(r);
    ref_world_open(r);
    for (int i = 0; i < r->schools; i++) {
        open_school(r, &r->school[i]);
        r->entry_factor[i] = r->lent_factor[i] = 1.0;
    }
    r->pipeline_factor = 1.0;
    ref_open_money(r);
    ref_fates(r);
    ref_open_trust(r);
}
