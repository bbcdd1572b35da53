/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of a batch: which arrays there are and how long. */
#include "domain/batch.h"

/* Loops of a fixed length inside, which the compiler writes out. */
void hr_fill(double *x, double value, int lanes)
{
    for (int from = 0; from < lanes; from += HR_STRIP)
        for (int i = 0; i < HR_STRIP; i++)
            x[from + i] = value;
}

void hr_copy(double *to, const double *from, int lanes)
{
    memcpy(to, from, (size_t)lanes * sizeof *to);
}

void hr_sum_rows(const double *first, int rows, double *sum, int lanes)
{
    for (int from = 0; from < lanes; from += HR_STRIP) {
        double strip[HR_STRIP] = {0.0};
        for (int r = 0; r < rows; r++)
            for (int i = 0; i < HR_STRIP; i++)
                strip[i] += first[(ptrdiff_t)r * lanes + from + i];
        for (int i = 0; i < HR_STRIP; i++)
            sum[from + i] = strip[i];
    }
}

void hr_sum_rows_by(const double *first, const double *factor, int rows, double *sum, int lanes)
{
    for (int from = 0; from < lanes; from += HR_STRIP) {
        double strip[HR_STRIP] = {0.0};
        for (int r = 0; r < rows; r++)
            for (int i = 0; i < HR_STRIP; i++)
                strip[i] += factor[(ptrdiff_t)r * lanes + from + i] *
                            first[(ptrdiff_t)r * lanes + from + i];
        for (int i = 0; i < HR_STRIP; i++)
            sum[from + i] = strip[i];
    }
}

void hr_by_quality(const hr_batch *b, const hr_real table[HR_N_quality], const double *level,
                   double *out)
{
    const int n = hr_lanes(b);
    hr_in outstanding = hr_set(b, table[HR_quality_OUTSTANDING]);
    hr_in good = hr_set(b, table[HR_quality_GOOD]);
    hr_in improving = hr_set(b, table[HR_quality_REQUIRES_IMPROVEMENT]);
    hr_in inadequate = hr_set(b, table[HR_quality_INADEQUATE]);
    hr_in at = level;
    hr_out x = out;
    HR_FOR_LANES(i, n)
        x[i] = hr_at_level(at[i], outstanding[i], good[i], improving[i], inadequate[i]);
}

/* Takes `count` lane arrays for each of the listed members; false at the first that memory is short
 * for. */
static bool take(hr_arena *arena, int lanes, int count, double **const *member, size_t members)
{
    for (size_t m = 0; m < members; m++)
        if (!(*member[m] = HR_TAKE(arena, double, (size_t)count *(size_t)lanes + 1)))
            return false;
    return true;
}
#define TAKE(count, ...)                                                                           \
    do {                                                                                           \
        double **const member[] = {__VA_ARGS__};                                                   \
        if (!take(arena, lanes, (count), member, sizeof member / sizeof member[0]))                \
            return false;                                                                          \
    } while (0)

static bool lay_out_world(hr_batch *b, hr_arena *arena, int lanes)
{
    for (int r = 0; r < HR_WORLD_RATES; r++)
        TAKE(1, &b->rate[r], &b->expected[r], &b->unconditional[r]);
    for (int c = 0; c < HR_N_cost; c++)
        TAKE(1, &b->weight[c]);
    TAKE(1, &b->funding, &b->funding_expected, &b->funding_noise, &b->regime, &b->jump,
         &b->jump_before, &b->energy_level, &b->sector, &b->pension, &b->pension_met,
         &b->local_pension);
    TAKE(HR_GROWTHS * (b->plan->years + 1), &b->index);
    TAKE(b->plan->areas, &b->area_noise, &b->area_shock, &b->area_trend);
    return true;
}

static bool lay_out_schools(hr_batch *b, hr_arena *arena, int lanes)
{
    const int schools = b->plan->schools;
    TAKE(schools * HR_GROUPS_MAX, &b->group);
    TAKE(schools * HR_N_band, &b->band, &b->band_1);
    TAKE(schools * HR_N_cost, &b->base, &b->cost);
    TAKE(b->plan->grants_pooled ? schools : 0, &b->pool_rest, &b->pool_full);
    TAKE(b->plan->offer ? schools : 0, &b->slice_kept);
    TAKE(b->plan->schools_relieved ? schools : 0, &b->floor_missed);
    TAKE(schools, &b->roll_z, &b->entry_z, &b->cost_z, &b->quality_u, &b->inspection_u, &b->head_u,
         &b->bid_u);
    TAKE(schools, &b->nursery, &b->roll, &b->roll_1, &b->roll_2, &b->opening_roll, &b->per_opening,
         &b->demand, &b->entry_noise, &b->roll_noise, &b->entry_factor, &b->in_trust, &b->share,
         &b->months_in, &b->balance, &b->balance_before, &b->grant, &b->other, &b->income_full,
         &b->grant_posted, &b->needs, &b->floor_factor, &b->led_rate, &b->classes, &b->classes_next,
         &b->teachers, &b->teachers_cut, &b->teacher_cost, &b->leader_classes);
    TAKE(schools, &b->support_saved, &b->other_saved, &b->drift, &b->structural, &b->planned_use,
         &b->usual_one_off, &b->restructuring, &b->income, &b->spending, &b->one_off, &b->transfer,
         &b->pooled, &b->staff, &b->topslice, &b->quality, &b->grade, &b->grade_start, &b->stuck,
         &b->new_head, &b->need_days, &b->leader_days, &b->lent_share, &b->met_share,
         &b->lent_factor, &b->condition_need, &b->hit_quality, &b->leaves, &b->inspected);
    TAKE(b->plan->fed ? schools : 0, &b->leavers_start, &b->fed);
    return true;
}

static bool lay_out_joining(hr_batch *b, hr_arena *arena, int lanes)
{
    TAKE(b->plan->candidates, &b->wished, &b->delay, &b->ready, &b->goes, &b->lost, &b->joined,
         &b->withdraw_month, &b->withdrawn_said, &b->join_year, &b->join_month, &b->waits,
         &b->came);
    TAKE(b->plan->offer ? b->plan->candidates : 0, &b->offer_step);
    TAKE(b->plan->candidates * HR_POLICIES, &b->refused);
    TAKE(b->plan->candidates * HR_CONDITIONS_MAX, &b->bites);
    TAKE(b->plan->pipelines, &b->arrived);
    TAKE(b->plan->risks * (b->plan->schools + 1), &b->lasts, &b->risk_size);
    TAKE(b->plan->schools + 1, &b->risk_cost, &b->risk_income);
    TAKE(b->plan->risks * (b->plan->schools + 1) * 4, &b->risk_u);
    TAKE(1, &b->pipeline_factor, &b->risk_days, &b->risk_delay, &b->lasts_once);
    return true;
}

static bool lay_out_trust(hr_batch *b, hr_arena *arena, int lanes)
{
    TAKE(1, &b->centre, &b->centre_before, &b->centre_income, &b->centre_spending,
         &b->centre_one_off, &b->centre_transfer, &b->centre_staff, &b->centre_room,
         &b->centre_missed, &b->centre_pooled, &b->centre_saved, &b->centre_planned_use,
         &b->centre_structural, &b->schools_start, &b->schools_now, &b->joins_now, &b->joins_share,
         &b->pupils_now, &b->post_days, &b->onboarding_supply, &b->onboarding_need,
         &b->onboarding_before, &b->stranded, &b->supply_days, &b->need_total, &b->school_led,
         &b->free_days, &b->below_good);
    TAKE(1, &b->reserves_before, &b->reserves, &b->reserves_pct, &b->policy_pounds,
         &b->below_policy, &b->income_year, &b->spending_year, &b->planned, &b->formula,
         &b->formula_before, &b->capital, &b->deficit_before, &b->warning, &b->risk_losses,
         &b->joined_sponsored, &b->joined_good, &b->joined_free, &b->refused_count,
         &b->withdrawn_count, &b->left, &b->dilution, &b->own_years, &b->opening, &b->opening_pct);
    TAKE(1, &b->grant_start, &b->capital_posts, &b->centre_change, &b->slice_start, &b->bought_kept,
         &b->posts_kept, &b->posts_cuttable, &b->centre_restructuring);
    TAKE(b->plan->customers ? (int)b->plan->params->scenario.centre.services.count : 0,
         &b->customers);
    TAKE(3, &b->past_pct);
    TAKE(b->plan->posts, &b->posts_held);
    for (size_t s = 0; s < sizeof b->scratch / sizeof b->scratch[0]; s++)
        TAKE(1, &b->scratch[s]);
    return true;
}

static bool lay_out_records(hr_batch *b, hr_arena *arena, int lanes)
{
    const int years = b->plan->years;
    TAKE(HR_LINES * years, &b->line);
    TAKE(HR_LINES * HR_OWNERS, &b->posted, &b->owned);
    TAKE(HR_METRICS * years, &b->metric);
    TAKE(b->plan->schools * years * HR_SCHOOL_COLUMNS, &b->column);
    TAKE(HR_RISKS * years, &b->risk);
    TAKE(HR_RISKS, &b->depth);
    TAKE(HR_N_average, &b->average);
    TAKE(b->plan->candidates * HR_CANDIDATE_COLUMNS, &b->fate);
    return true;
}

/* The lane array of a setting that never moves, shared by all settings with the same number. */
static const double *constant(hr_batch *b, hr_arena *arena, double value, double **known,
                              int *count)
{
    for (int i = 0; i < *count; i++)
        if (memcmp(&known[i][0], &value, sizeof value) == 0)
            return known[i];
    double *x = HR_TAKE(arena, double, b->lanes);
    if (x) {
        hr_fill(x, value, b->lanes);
        known[(*count)++] = x;
    }
    return x;
}

static bool lay_out_settings(hr_batch *b, hr_arena *arena)
{
    const int slots = b->plan->slots;
    b->setting = HR_TAKE(arena, const double *, slots);
    b->own = HR_TAKE(arena, double *, slots);
    b->drawn = HR_TAKE(arena, double *, slots);
    b->normal = HR_TAKE(arena, double *, slots);
    double **known = HR_TAKE(arena, double *, slots);
    if (!b->setting || !b->own || !b->drawn || !b->normal || !known)
        return false;
    int count = 0;
    for (int i = 0; i < slots; i++) {
        const hr_slot *slot = &b->plan->slot[i];
        if (slot->kind == HR_QUANTITY_FUTURE && !(b->drawn[i] = HR_TAKE(arena, double, b->lanes)))
            return false;
        if (slot->kind == HR_QUANTITY_ABSENT)
            b->setting[i] = constant(b, arena, HR_UNKNOWN, known, &count);
        else if (slot->kind == HR_QUANTITY_NUMBER && slot->grows == HR_GROWS_NONE)
            b->setting[i] = constant(b, arena, slot->value[0], known, &count);
        else if (slot->kind == HR_QUANTITY_FUTURE && slot->grows == HR_GROWS_NONE)
            b->setting[i] = b->drawn[i];
        else if (slot->same_as)
            b->setting[i] = b->own[slot->same_as];
        else
            b->setting[i] = b->own[i] = HR_TAKE(arena, double, b->lanes);
        if (slot->kind == HR_QUANTITY_YEAR && !(b->normal[i] = HR_TAKE(arena, double, b->lanes)))
            return false;
        if (!b->setting[i])
            return false;
    }
    return true;
}

bool hr_batch_lay_out(hr_batch *b, const hr_plan *plan, int lanes, hr_arena *arena)
{
    memset(b, 0, sizeof *b);
    b->plan = plan;
    b->lanes = lanes;
    return lay_out_settings(b, arena) && lay_out_world(b, arena, lanes) &&
           lay_out_schools(b, arena, lanes) && lay_out_joining(b, arena, lanes) &&
           lay_out_trust(b, arena, lanes) && lay_out_records(b, arena, lanes);
}
