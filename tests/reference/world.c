/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "World" of docs/model.md told again: rates, indices, grant per pupil, pension steps, areas. */
#include "reference/reference.h"

static const hr_params_process *process_of(const ref *r, int i)
{
    const hr_params_world *w = &r->sc->world_drivers;
    const hr_params_process *all[REF_PROCESSES] = {&w->teacher_pay, &w->support_pay, &w->prices,
                                                   &w->energy};
    return all[i];
}

void ref_world_open(ref *r)
{
    for (int g = 0; g < HR_GROWTHS; g++)
        r->index[g][0] = 1.0;
    for (int i = 0; i < REF_PROCESSES; i++) {
        const hr_params_process *par = process_of(r, i);
        if (hr_params_quantity(r->p, par->known_pct)->kind != HR_QUANTITY_SERIES ||
            !ref_known(r, par->known_pct, r->start_year - 1, &r->process[i].rate))
            r->process[i].rate = ref_value(r, par->mean_pct);
    }
    r->energy_level = 1.0;
    r->noise = ref_draw(r, HR_D_FUNDING, 0, r->start_year - 1);
    for (int a = 0; a < r->areas; a++) {
        const uint32_t entity = ref_entity(hr_params_text(r->p, r->area[a].id), NULL);
        r->area_noise[a] = ref_draw(r, HR_D_AREA_DEMAND, entity, r->start_year - 1);
        r->area_trend[a] = ref_draw(r, HR_D_AREA_TREND, entity, 0);
    }
}

static void move_rate(ref *r, int i, double z)
{
    const hr_params_process *par = process_of(r, i);
    ref_process *x = &r->process[i];
    const double mean = ref_value(r, par->mean_pct), rho = ref_value(r, par->persistence);
    x->last = x->rate;
    const double awaited = mean + rho * (x->last - mean);
    double known;
    const bool is_known = ref_known(r, par->known_pct, ref_year(r), &known);
    x->rate = is_known ? known
                       : fmax(awaited + ref_value(r, par->sd_pct) * sqrt(1.0 - rho * rho) * z,
                              ref_value(r, par->floor_pct));
    x->budgeted = is_known ? known : awaited;
    x->plain = is_known ? known : mean;
    const bool next_known = ref_known(r, par->known_pct, ref_year(r) + 1, &known);
    x->expected = next_known ? known : mean + rho * (x->rate - mean);
    x->plain_next = next_known ? known : mean;
}

static double up(double pct) { return 1.0 + pct / 100.0; }

static void move_indices(ref *r)
{
    const int t = r->t;
    const ref_process *teacher = &r->process[REF_TEACHER], *support = &r->process[REF_SUPPORT];
    const ref_process *prices = &r->process[REF_PRICES], *energy = &r->process[REF_ENERGY];
    r->index[HR_GROWS_NONE][t + 1] = 1.0;
    r->index[HR_GROWS_TEACHER_PAY][t + 1] =
        t == 0 ? up(teacher->rate) / up(teacher->budgeted)
               : r->index[HR_GROWS_TEACHER_PAY][t] * up(teacher->rate);
    r->index[HR_GROWS_PRICES][t + 1] = t == 0 ? up(prices->rate) / up(prices->budgeted)
                                              : r->index[HR_GROWS_PRICES][t] * up(prices->rate);
    r->index[HR_GROWS_SUPPORT_PAY][t + 1] =
        t == 0 ? up(5.0 / 12.0 * support->rate) / up(5.0 / 12.0 * support->budgeted)
               : r->index[HR_GROWS_SUPPORT_PAY][t] * up(5.0 / 12.0 * support->rate) *
                     up(support->last) / up(5.0 / 12.0 * support->last);
    r->energy_level *= up(prices->rate) * up(energy->rate);
    if (t == 0)
        r->energy_level /= up(prices->budgeted) * up(energy->budgeted);
    const double jump_last = r->jump;
    const hr_params_world *w = &r->sc->world_drivers;
    const bool jumps =
        ref_draw(r, HR_D_ENERGY_JUMP, 0, ref_year(r)) >= 1.0 - ref_value(r, w->energy_jump_chance);
    r->jump = jumps ? ref_value(r, w->energy_jump_pct) / 100.0 : 0.0;
    r->index[HR_GROWS_ENERGY][t + 1] = r->energy_level * (1.0 + r->jump + jump_last / 2.0);
}

static double weighted(const ref *r, double teacher, double support, double prices, double energy)
{
    const double wt = r->weight[HR_cost_TEACHERS], ws = r->weight[HR_cost_SUPPORT];
    return wt * teacher + ws * support + (1.0 - wt - ws) * prices +
           r->weight[HR_cost_ENERGY] * energy;
}

static double next_year_of(ref *r, hr_real real)
{
    r->t++;
    const double value = ref_value(r, real);
    r->t--;
    return value;
}

static void move_funding(ref *r, double z)
{
    const hr_params_world *w = &r->sc->world_drivers;
    const ref_process *p = r->process;
    if (ref_draw(r, HR_D_REGIME, 0, ref_year(r)) >= 1.0 - ref_value(r, w->regime_switch_chance))
        r->regime = 1.0 - r->regime;
    const double rho = ref_value(r, w->funding_persistence);
    r->noise = rho * r->noise + sqrt(1.0 - rho * rho) * z;
    const double wt = r->weight[HR_cost_TEACHERS];
    const double funded = ref_value(r, w->funded_share), sd = ref_value(r, w->funding_sd_pct);
    const double trend =
        ref_value(r, w->structural_gap_pct) + r->regime * ref_value(r, w->regime_gap_pct);
    double known;
    if (ref_known(r, w->funding_known_pct, ref_year(r), &known))
        r->growth = known;
    else
        r->growth = weighted(r, p[REF_TEACHER].plain, p[REF_SUPPORT].plain, p[REF_PRICES].plain,
                             p[REF_ENERGY].plain) +
                    trend +
                    wt * (funded * (p[REF_TEACHER].rate - p[REF_TEACHER].plain) -
                          ref_value(r, w->unfunded_award_pct)) +
                    sd * r->noise;
    r->index[HR_GROWS_GRANT][r->t + 1] =
        r->t == 0 ? 1.0 : r->index[HR_GROWS_GRANT][r->t] * up(r->growth);
    if (ref_known(r, w->funding_known_pct, ref_year(r) + 1, &known))
        r->growth_expected = known;
    else
        r->growth_expected = weighted(r, p[REF_TEACHER].plain_next, p[REF_SUPPORT].plain_next,
                                      p[REF_PRICES].plain_next, p[REF_ENERGY].plain_next) +
                             trend +
                             wt * (funded * (p[REF_TEACHER].expected - p[REF_TEACHER].plain_next) -
                                   next_year_of(r, w->unfunded_award_pct)) +
                             sd * rho * r->noise;
}

static void move_pensions(ref *r)
{
    if (r->t == 0)
        return;
    const double step = ref_value(r, r->sc->costs.pension_step_pct) / 100.0;
    const double share = ref_value(r, r->sc->costs.pension_grant_share);
    r->pension_step += step;
    r->pension_met = share == 0.0 ? 0.0 : r->pension_met + step * share;
    r->local_step += ref_value(r, r->sc->costs.local_pension_step_pct) / 100.0;
}

static void move_areas(ref *r)
{
    for (int a = 0; a < r->areas; a++) {
        const uint32_t entity = ref_entity(hr_params_text(r->p, r->area[a].id), NULL);
        const double rho = ref_value(r, r->area[a].persistence);
        r->area_noise[a] =
            rho * r->area_noise[a] +
            sqrt(1.0 - rho * rho) * ref_draw(r, HR_D_AREA_DEMAND, entity, ref_year(r));
        r->area_shock[a] = ref_value(r, r->area[a].sd_pct) / 100.0 * r->area_noise[a];
    }
}

static void draw_schools(ref *r)
{
    const int year = ref_year(r);
    for (int i = 0; i < r->schools; i++) {
        ref_school *s = &r->school[i];
        s->z_roll = ref_draw(r, HR_D_ROLL, s->entity, year);
        s->z_entry = ref_draw(r, HR_D_ENTRY, s->entity, year);
        s->z_cost = ref_draw(r, HR_D_SCHOOL_COST, s->entity, year);
        s->u_quality = ref_draw(r, HR_D_QUALITY, s->entity, year);
        s->u_inspection = ref_draw(r, HR_D_INSPECTION, s->entity, year);
        s->u_head = ref_draw(r, HR_D_HEAD, s->entity, year);
        s->u_bid = ref_draw(r, HR_D_CAPITAL_BID, s->entity, year);
    }
}

void ref_world(ref *r)
{
    double x[HR_WORLD_NORMALS]; /* funding, teacher pay, support pay, prices, energy, sector */
    for (int i = 0; i < HR_WORLD_NORMALS; i++)
        x[i] = ref_correlated(r, &r->of_year, i, ref_year(r));
    for (int i = 0; i < REF_PROCESSES; i++)
        move_rate(r, i, x[HR_D_TEACHER_PAY - HR_D_FUNDING + i]);
    move_indices(r);
    move_funding(r, x[0]);
    r->sector =
        ref_value(r, r->sc->world_drivers.sector_sd_pct) / 100.0 * x[HR_D_SECTOR - HR_D_FUNDING];
    move_pensions(r);
    move_areas(r);
    draw_schools(r);
}
