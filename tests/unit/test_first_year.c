/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first year of a trust told a second time, one path at a time and without lanes, from the
 * draws that the trace prints and the settings given: every line of every school and of the centre
 * must be the same whole pounds. Fixture F: five schools, no joins. Equations: docs/model.md, in
 * its order. */
#include "base/vmath.h"
#include "stoch/draws.h"
#include "support/near.h"
#include "support/trust.h"

enum { N = 32, RATES = 4 };

static const trust *T;
static double INDEX[HR_GROWTHS]; /* of the first year over the start */

/* A draw as printed. */
static double drawn(hr_driver driver, uint32_t entity, int year)
{
    for (size_t r = 0; r < T->trace.rows; r++) {
        const hr_trace_row *row = &T->trace.row[r];
        if (row->kind == HR_TRACE_DRAW && row->what == (int)driver && row->entity == entity &&
            row->calendar_year == (uint32_t)year)
            return row->value;
    }
    fail_msg("the trace does not print driver %d", (int)driver);
    return 0.0;
}

/* A setting in the first year: as printed where it is drawn, else as given. */
static double set(hr_real real)
{
    const hr_slot *slot = &T->plan->slot[real];
    if (slot->kind == HR_QUANTITY_ABSENT)
        return HR_UNKNOWN;
    if (slot->kind == HR_QUANTITY_NUMBER || slot->kind == HR_QUANTITY_SERIES)
        return slot->value[0] * (slot->base[0] == HR_BASE_HOLDS ? 1.0 : INDEX[slot->grows]);
    for (size_t r = 0; r < T->trace.rows; r++) {
        const hr_trace_row *row = &T->trace.row[r];
        if (row->kind == HR_TRACE_SETTING && row->what == (int)real)
            return row->value * INDEX[slot->grows];
    }
    fail_msg("the trace does not print setting %u", (unsigned)real);
    return 0.0;
}

static bool known(hr_real real)
{
    const hr_slot *slot = &T->plan->slot[real];
    return slot->kind == HR_QUANTITY_NUMBER || (slot->kind == HR_QUANTITY_SERIES && slot->exact[0]);
}

static const hr_params_scenario *scenario(void) { return &T->plan->params->scenario; }

/* The rate of the year and the one that was expected, in per cent. */
static double rate_of(const hr_params_process *p, double z, double *expected)
{
    const hr_slot *slot = &T->plan->slot[p->known_pct];
    const double mean = set(p->mean_pct), keep = set(p->persistence);
    const bool before = slot->kind == HR_QUANTITY_SERIES && !hr_is_nan(slot->before);
    const double awaited = mean + keep * ((before ? slot->before : mean) - mean);
    if (known(p->known_pct))
        return *expected = set(p->known_pct);
    *expected = awaited;
    return hr_max(awaited + set(p->sd_pct) * hr_sqrt(1.0 - keep * keep) * z, set(p->floor_pct));
}

/* World: price levels of the first year. Returns the sector's shock as a share of income. */
static double world(void)
{
    const hr_params_world *w = &scenario()->world_drivers;
    const int year = T->plan->start_year, m = T->plan->world_set;
    double z[HR_WORLD_NORMALS] = {0}, rate[RATES], expected[RATES];
    for (int g = 0; g < HR_GROWTHS; g++)
        INDEX[g] = 1.0;
    for (int i = 0; i < HR_WORLD_NORMALS; i++)
        for (int j = 0; j <= i; j++)
            z[i] += T->plan->world_factor[i * m + j] * drawn((hr_driver)j, 0, year);
    const hr_params_process *const process[RATES] = {&w->teacher_pay, &w->support_pay, &w->prices,
                                                     &w->energy};
    for (int r = 0; r < RATES; r++)
        rate[r] = rate_of(process[r], z[HR_D_TEACHER_PAY + r], &expected[r]);
    const bool jumps = drawn(HR_D_ENERGY_JUMP, 0, year) >= 1.0 - set(w->energy_jump_chance);
    const double jump = jumps ? set(w->energy_jump_pct) / 100.0 : 0.0;
    const double prices = (1.0 + rate[2] / 100.0) / (1.0 + expected[2] / 100.0);
    INDEX[HR_GROWS_TEACHER_PAY] = (1.0 + rate[0] / 100.0) / (1.0 + expected[0] / 100.0);
    INDEX[HR_GROWS_SUPPORT_PAY] =
        (1.0 + 5.0 / 12.0 * rate[1] / 100.0) / (1.0 + 5.0 / 12.0 * expected[1] / 100.0);
    INDEX[HR_GROWS_PRICES] = prices;
    INDEX[HR_GROWS_ENERGY] =
        prices * (1.0 + rate[3] / 100.0) / (1.0 + expected[3] / 100.0) * (1.0 + jump);
    return set(w->sector_sd_pct) / 100.0 * z[HR_D_SECTOR];
}

/* Settings in start prices: what the opening of the books is worked out with. */
static double at_start(hr_real real)
{
    const hr_slot *slot = &T->plan->slot[real];
    const double x = set(real);
    return slot->grows == HR_GROWS_NONE || slot->base == NULL || slot->base[0] == 0
               ? x / INDEX[slot->grows]
               : x;
}

static double persistent(double keep, hr_driver driver, uint32_t entity)
{
    const int year = T->plan->start_year;
    return keep * drawn(driver, entity, year - 1) +
           hr_sqrt(1.0 - keep * keep) * drawn(driver, entity, year);
}

/* Pupils: the roll at the first autumn census. */
static double roll_of(const hr_plan_school *s)
{
    const hr_params_area *area = &T->plan->area[s->area];
    const uint32_t place = T->plan->area_entity[s->area];
    const double shock =
        set(area->sd_pct) / 100.0 * persistent(set(area->persistence), HR_D_AREA_DEMAND, place);
    const double trend = set(area->trend_pct[s->par->phase]) +
                         set(area->trend_sd_pct) * drawn(HR_D_AREA_TREND, place, 0);
    const double size = s->roll_size / 100.0;
    const double noise = set(s->par->entry_sd_pct) * size *
                         persistent(set(s->par->entry_persistence), HR_D_ENTRY, s->entity);
    const double over = s->full ? set(s->par->oversubscription_pct) / 100.0 : 0.0;
    const double moves = set(s->par->roll_sd_pct) * size *
                         persistent(set(s->par->roll_persistence), HR_D_ROLL, s->entity);
    const double entry =
        s->demand * (1.0 + over) * (1.0 + trend / 100.0 + shock + moves) * hr_max(1.0 + noise, 0.2);
    const double kept =
        hr_max(set(s->par->retention_pct[HR_passage_KS3]) / 100.0 * (1.0 + shock) + moves, 0.2);
    double roll = hr_min(entry, s->pan);
    for (int g = 1; g < s->groups; g++)
        roll += hr_min(s->group[g - 1] * kept, hr_max(s->pan, s->group[g - 1]));
    return roll;
}

/* A rate by band times the opening pupils of the band, all bands together. */
static double by_band(const hr_plan_school *s, const hr_real rate[HR_N_band])
{
    double sum = 0.0;
    for (int g = 0; g < s->groups; g++) {
        const int age = s->first_age + g, band = age < 11 ? 0 : age < 14 ? 1 : 2;
        sum += s->group[g] * set(rate[band]);
    }
    return sum;
}

/* The pupil-led rate. */
static double led_of(const hr_plan_school *s)
{
    const hr_params_funding *f = &scenario()->funding;
    return (by_band(s, f->basic) / s->opening_roll + set(s->par->needs_per_pupil)) *
           set(f->area_cost) * set(f->local_factor);
}

static double grant_of(const hr_plan_school *s)
{
    const hr_params_funding *f = &scenario()->funding;
    const double pupils = s->opening_roll, least = by_band(s, f->minimum_per_pupil);
    return hr_max(led_of(s) * pupils + set(f->lump_sum[s->par->phase]) + set(s->par->sparsity),
                  least * set(f->area_cost));
}

/* The same whole pounds; a sum within a millionth of a half pound could go either way. */
static void assert_line(hr_line line, int school, double amount, int path)
{
    const double posted = trust_posted(T, line, 0, school), rounded = hr_nearest(amount);
    const double from_half = amount - hr_floor(amount) - 0.5;
    const bool tie = from_half < 1e-6 && from_half > -1e-6;
    if (posted != rounded && !tie)
        fail_msg("future %d, %s of school %d: %.2f posted, %.6f worked out", path,
                 HR_LINE_ROWS[line].key, school, posted, amount);
}

/* Income and spending of one school; returns its grant in whole pounds. */
static double school_lines(int place, double sector, double central, int path)
{
    const hr_plan_school *s = &T->plan->school[place];
    const hr_params_school *p = s->par;
    const double opening = s->opening_roll, now = roll_of(s), grant = grant_of(s);
    const double other = set(p->other_income_per_pupil) * opening;
    const double at_opening = grant + at_start(p->other_income_per_pupil) * opening;
    const double own = at_opening * (1.0 - set(p->in_year_pct) / 100.0) - central * grant;
    double base[HR_N_cost];
    for (int k = 0; k < HR_N_cost; k++)
        base[k] = set(p->spending_share[k]) / 100.0 * own;
    assert_line(HR_L_GRANT, place, grant, path);
    assert_line(HR_L_OTHER_INCOME, place, other, path);
    assert_line(HR_L_TEACHERS, place, -base[HR_cost_TEACHERS] * INDEX[HR_GROWS_TEACHER_PAY], path);
    assert_line(HR_L_SUPPORT, place, -base[HR_cost_SUPPORT] * INDEX[HR_GROWS_SUPPORT_PAY], path);
    assert_line(HR_L_PREMISES, place, -base[HR_cost_PREMISES] * INDEX[HR_GROWS_PRICES], path);
    assert_line(HR_L_ENERGY, place, -base[HR_cost_ENERGY] * INDEX[HR_GROWS_ENERGY], path);
    assert_line(HR_L_SUPPLIES, place,
                -base[HR_cost_SUPPLIES] * (now / opening) * INDEX[HR_GROWS_PRICES], path);
    assert_line(HR_L_NEEDS_DRIFT, place, 0.0, path);
    assert_line(HR_L_RESTRUCTURING, place, 0.0, path);
    assert_line(HR_L_PLANNED_USE, place, 0.0, path);
    const double noise = set(p->cost_sd_pct) / 100.0 * s->cost_size *
                         drawn(HR_D_SCHOOL_COST, s->entity, T->plan->start_year);
    assert_line(HR_L_VARIATION, place, (grant + other) * (sector + noise), path);
    const double rate = set(scenario()->topslice.rate_pct[p->phase]);
    assert_line(HR_L_TOPSLICE, place, -hr_nearest(grant) * rate / 100.0, path);
    return hr_nearest(grant);
}

/* The council's funds for pupils come this autumn, and for those lost by the one before. */
static void roll_fund_line(int place, int path)
{
    const hr_plan_school *s = &T->plan->school[place];
    const hr_params_funding *f = &scenario()->funding;
    const double opening = s->opening_roll;
    const double come = roll_of(s) - opening * (1.0 + set(f->growth_from_pct) / 100.0);
    const double gone = s->par->roll_before * (1.0 - set(f->falling_from_pct) / 100.0) - opening;
    const double paid =
        set(f->growth_share) * hr_max(come, 0.0) + set(f->falling_share) * hr_max(gone, 0.0);
    assert_line(HR_L_ROLL_FUNDS, place, paid * led_of(s), path);
}

/* Capital by bids, what of it the trust pays itself, and urgent repairs. */
static void estate_lines(int place, int path)
{
    const hr_plan_school *s = &T->plan->school[place];
    const hr_params_estate *e = &scenario()->estate;
    const double chance = set(e->bid_chance),
                 u = drawn(HR_D_CAPITAL_BID, s->entity, T->plan->start_year);
    double award = 0.0;
    if (u >= 1.0 - chance) {
        const double rest = (u - (1.0 - chance)) / chance;
        award = set(e->bid_median) * s->bid_size *
                hr_exp(set(e->bid_log_sd) * hr_normal_quantile(rest));
    }
    const double need =
        at_start(s->par->condition_need_per_pupil) + set(s->par->condition_wear_per_pupil);
    const double unmet = hr_max(need * s->opening_roll - award, 0.0);
    assert_line(HR_L_BID_CONTRIBUTION, place, -award * set(e->bid_contribution_pct) / 100.0, path);
    assert_line(HR_L_URGENT_REPAIRS, place, -unmet * set(e->urgent_pct) / 100.0, path);
}

/* Improvement days: who lends and what is bought in; every school's head is the one it had. */
static void capacity_lines(int path)
{
    const hr_params_capacity *c = &scenario()->capacity;
    double need = 0.0, led = 0.0;
    for (int i = 0; i < T->plan->schools; i++) {
        const hr_params_school *p = T->plan->school[i].par;
        need += set(p->need_days[p->grade]) * set(c->need_factor);
        led += p->grade <= HR_grade_GOOD ? set(p->leader_days) : 0.0;
    }
    const double centre = set(c->improvement_base_days), worth = set(c->bought_in_effect);
    const double lent = hr_clamp(need - centre, 0.0, led) / led;
    const double bought =
        hr_clamp(need - centre - led, 0.0, set(c->bought_in_days) * worth) / worth;
    assert_line(HR_L_BOUGHT_IN, -1, -bought * set(c->bought_in_day_cost), path);
    for (int i = 0; i < T->plan->schools; i++) {
        const hr_params_school *p = T->plan->school[i].par;
        const double days = p->grade <= HR_grade_GOOD ? set(p->leader_days) : 0.0;
        assert_line(HR_L_LEADER_DAYS, i, lent * days * set(c->leader_day_cost), path);
    }
}

static void dated_grant_lines(int place, int path)
{
    const hr_span span = scenario()->dated_grants;
    const hr_params_dated_grant *g = HR_SPAN(T->plan->params, span, hr_params_dated_grant);
    double grant = 0.0, cost = 0.0;
    for (uint32_t r = 0; r < span.count; r++) {
        const int year = T->plan->start_year;
        if ((g[r].from_year != HR_NOT_GIVEN && year < g[r].from_year) ||
            (g[r].until_year != HR_NOT_GIVEN && year > g[r].until_year))
            continue;
        const double sum =
            set(g[r].per_pupil) * T->plan->school[place].opening_roll + set(g[r].per_school);
        grant += hr_nearest(sum);
        cost += hr_nearest(sum * set(g[r].cost_share));
    }
    assert_line(HR_L_DATED_GRANTS, place, grant, path);
    assert_line(HR_L_DATED_COSTS, place, -cost, path);
}

/* The national register: rows that hit each school and rows that hit the trust. */
static void risk_lines(int path)
{
    const int schools = T->plan->schools;
    for (int who = 0; who <= schools; who++) {
        double cost = 0.0;
        for (int r = 0; r < T->plan->risks; r++) {
            const hr_params_risk *row = &T->plan->risk[r];
            if ((row->hits == HR_reach_TRUST) != (who == schools))
                continue;
            const uint32_t entity = T->plan->risk_entity[r * (schools + 1) + who];
            const double p = set(row->chance),
                         u = drawn(HR_D_RISK_EVENT, entity, T->plan->start_year);
            if (u >= 1.0 - p)
                cost += set(row->cost) *
                        hr_exp(set(row->size_log_sd) * hr_normal_quantile((u - (1.0 - p)) / p));
        }
        assert_line(HR_L_RISK_COSTS, who == schools ? -1 : who, -cost, path);
    }
}

/* No line was posted that was not worked out above. */
static void assert_no_other_line(void)
{
    static const hr_line told[] = {HR_L_GRANT,          HR_L_OTHER_INCOME,     HR_L_DATED_GRANTS,
                                   HR_L_VARIATION,      HR_L_INTEREST,         HR_L_CENTRE_INCOME,
                                   HR_L_TEACHERS,       HR_L_SUPPORT,          HR_L_PREMISES,
                                   HR_L_ENERGY,         HR_L_SUPPLIES,         HR_L_NEEDS_DRIFT,
                                   HR_L_DATED_COSTS,    HR_L_RESTRUCTURING,    HR_L_PLANNED_USE,
                                   HR_L_URGENT_REPAIRS, HR_L_BID_CONTRIBUTION, HR_L_RISK_COSTS,
                                   HR_L_POSTS,          HR_L_CENTRE_NON_PAY,   HR_L_BOUGHT_IN,
                                   HR_L_TOPSLICE,       HR_L_LEADER_DAYS,      HR_L_ROLL_FUNDS};
    for (int l = 0; l < HR_LINES; l++) {
        bool known_line = false;
        for (size_t k = 0; k < sizeof told / sizeof told[0]; k++)
            known_line = known_line || (int)told[k] == l;
        for (int s = -1; !known_line && s < T->plan->schools; s++)
            assert_true(trust_posted(T, (hr_line)l, 0, s) == 0.0);
    }
}

static void one_future(int path)
{
    const double sector = world();
    double grants = 0.0, reserves = 0.0;
    /* a centre whose posts are not told costs a share of grant, which the schools bear by grant */
    const double central = set(scenario()->centre.unposted_pct_of_grant) / 100.0;
    for (int s = 0; s < T->plan->schools; s++) {
        grants += school_lines(s, sector, central, path);
        estate_lines(s, path);
        dated_grant_lines(s, path);
        roll_fund_line(s, path);
        reserves += trust_state(T, HR_TS_OPENING_BALANCE, -1, s, -1);
    }
    assert_line(HR_L_CENTRE_NON_PAY, -1, -central * grants, path);
    assert_line(HR_L_INTEREST, -1,
                hr_max(reserves, 0.0) * set(scenario()->reserves_policy.interest_pct) / 100.0,
                path);
    assert_line(HR_L_CENTRE_INCOME, -1, set(scenario()->centre.other_income), path);
    assert_line(HR_L_POSTS, -1, 0.0, path);
    capacity_lines(path);
    risk_lines(path);
    assert_no_other_line();
}

static void test_the_first_year_is_what_its_draws_make_it(void **state)
{
    (void)state;
    trust *t = TRUST(TRUST_F, N, "years=1");
    T = t;
    for (int lane = 0; lane < N; lane++) {
        trust_run_traced(t, 0, lane); /* the plain case and futures 1 to 31 */
        one_future(lane);
    }
    trust_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_year_is_what_its_draws_make_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
