/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Costs" of docs/model.md told again. */
#include "reference/reference.h"

double ref_classes_needed(ref *r, const ref_school *s, double roll)
{
    return ceil(ref_round(roll) / ref_value(r, s->par->class_size));
}

double ref_classes(ref *r, const ref_school *s, double before, double n1, double n2)
{
    const double size = ref_value(r, s->par->class_size);
    const double stretched = size * (1.0 + ref_value(r, s->par->class_stretch_pct) / 100.0);
    const double needed = fmax(ref_classes_needed(r, s, n1), ref_classes_needed(r, s, n2));
    return fmax(ceil(ref_round(n1) / stretched), fmin(before, needed));
}

/* Teachers of a class by itself, and leaders, which the average of a class counts. */
double ref_class_teachers(ref *r, const ref_school *s)
{
    return fmin(ref_value(r, s->par->class_teachers), ref_value(r, s->par->teachers_per_class));
}

double ref_leaders(ref *r, const ref_school *s, double classes)
{
    return classes * (ref_value(r, s->par->teachers_per_class) - ref_class_teachers(r, s));
}

static double displaced(ref *r, const ref_school *s)
{
    const double m = 12.0 * s->share, b = s->months_in - m;
    if (s->candidate < 0 || m <= 0.0)
        return 0.0;
    const hr_params_candidate *c = r->candidate[s->candidate].par;
    const double ramp = ref_value(r, c->displaced_months);
    const double x = ref_clamp(ramp - b, 0.0, m);
    const double d = (x * (b + x / 2.0) / ramp + m - x) / m;
    const double late = ref_clamp(s->months_in - 12.0, 0.0, m) / m;
    return s->grant_full * ref_value(r, c->displaced_pct) / 100.0 * d +
           late * ref_value(r, c->savings_pct) / 100.0 *
               (s->base[HR_cost_PREMISES] + s->base[HR_cost_SUPPLIES]) *
               r->index[HR_GROWS_PRICES][r->t + 1];
}

static void plan_staff(ref *r, ref_school *s, double n1)
{
    s->last_classes = s->classes;
    s->classes = ref_classes(r, s, s->last_classes, n1, s->census_before_last);
    if (s->open_groups < s->groups)
        s->leaders = fmax(s->leaders, ref_leaders(r, s, s->classes));
    const double wanted = s->classes * ref_class_teachers(r, s) + s->leaders;
    s->teachers = fmax(wanted - s->cut, ref_value(r, r->sc->budget.fewest_teachers) * wanted);
    s->closing = fmax(s->last_classes - s->classes, 0.0) * ref_class_teachers(r, s) *
                 s->teacher_cost * r->index[HR_GROWS_TEACHER_PAY][r->t + 1] *
                 ref_value(r, s->par->closing_cost_share);
}

/* The five kinds of a full year. */
static void five_kinds(ref *r, ref_school *s, double n1)
{
    const double *base = s->base;
    const int at = r->t + 1;
    const double pupils = fmax(1.0, s->roll);
    const hr_params_budget *b = &r->sc->budget;
    s->kind[HR_cost_TEACHERS] = s->teachers * s->teacher_cost * r->index[HR_GROWS_TEACHER_PAY][at] *
                                (1.0 + r->pension_step);
    const double support = base[HR_cost_SUPPORT] * (1.0 + ref_value(r, s->par->support_elasticity) *
                                                              (n1 / pupils - 1.0)) -
                           s->saved;
    s->kind[HR_cost_SUPPORT] =
        fmax(support, ref_value(r, b->least_support) * base[HR_cost_SUPPORT]) *
        r->index[HR_GROWS_SUPPORT_PAY][at] * (1.0 + r->local_step);
    s->kind[HR_cost_PREMISES] = base[HR_cost_PREMISES] * r->index[HR_GROWS_PRICES][at];
    s->kind[HR_cost_ENERGY] = base[HR_cost_ENERGY] * r->index[HR_GROWS_ENERGY][at];
    const double supplies = base[HR_cost_SUPPLIES] * ref_roll(s, &s->now) / pupils - s->found;
    s->kind[HR_cost_SUPPLIES] =
        fmax(supplies, ref_value(r, b->least_supplies) * base[HR_cost_SUPPLIES]) *
        r->index[HR_GROWS_PRICES][at];
}

static void one_school(ref *r, int i)
{
    ref_school *s = &r->school[i];
    const double n1 = ref_roll(s, ref_filling(s, &s->now) ? &s->now : &s->last);
    plan_staff(r, s, n1);
    if (s->classes < s->last_classes)
        ref_event(r, HR_TE_CLASSES_CLOSED, i, -1, s->last_classes - s->classes);
    five_kinds(r, s, n1);
    static const hr_line line[REF_KINDS] = {HR_L_TEACHERS, HR_L_SUPPORT, HR_L_PREMISES, HR_L_ENERGY,
                                            HR_L_SUPPLIES};
    double kinds = 0.0;
    for (int k = 0; k < REF_KINDS; k++) {
        ref_post(r, line[k], i, s->kind[k] * s->share);
        kinds += s->kind[k];
    }
    const double less = displaced(r, s);
    ref_post(r, HR_L_DISPLACED, i, -less * s->share);
    s->kind[HR_cost_SUPPLIES] -= less; /* in its budget */
    kinds -= less;
    if (r->t > 0)
        s->drift += ref_value(r, s->par->needs_drift_pct) / 100.0;
    const double drift = s->drift * s->full_income;
    const double pension = s->kind[HR_cost_TEACHERS] / (1.0 + r->pension_step) * r->pension_met;
    ref_post(r, HR_L_NEEDS_DRIFT, i, drift * s->share);
    ref_post(r, HR_L_PENSION_GRANT, i, pension * s->share);
    s->usual = s->closing + s->restructuring_next;
    ref_post(r, HR_L_RESTRUCTURING, i, s->usual * s->share);
    ref_post(r, HR_L_PLANNED_USE, i, s->planned_use_next * s->share);
    const double noise = ref_value(r, s->par->cost_sd_pct) / 100.0 * s->cost_size * s->z_cost;
    ref_post(r, HR_L_VARIATION, i, s->full_income * (r->sector + noise) * s->share);
    s->structural = s->full_income + pension - kinds - drift;
}

void ref_costs(ref *r)
{
    for (int i = 0; i < r->schools; i++)
        one_school(r, i);
    ref_conditions(r);
}
