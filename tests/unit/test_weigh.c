/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies weighed over worlds, against the same worked out by brute force from the definitions
 * on random futures: regret, the least of the largest regrets, shares that satisfy, dominance. */
#include "analysis/weigh.h"

#include <stdlib.h>
#include <string.h>

#include "support/near.h"

enum { STRATEGIES = 6, WORLDS = 5, PATHS = 700, ROWS = STRATEGIES * WORLDS };

typedef struct {
    uint8_t below[ROWS][PATHS], lacking[ROWS][PATHS], met[ROWS][PATHS];
    double pupils[ROWS][PATHS], reserves[ROWS][PATHS];
    const uint8_t *below_row[ROWS], *lacking_row[ROWS], *met_row[ROWS];
    const double *pupils_row[ROWS], *reserves_row[ROWS];
    hr_grid grid;
    hr_arena *arena;
    hr_weighed w;
} futures;

static uint64_t state_of_luck;
static unsigned draw(unsigned below)
{
    state_of_luck = state_of_luck * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state_of_luck >> 33) % below;
}

/* Futures in which strategies share some of their luck, few of them ended. */
static futures *futures_new(uint64_t seed, bool ends)
{
    futures *f = calloc(1, sizeof *f);
    assert_non_null(f);
    state_of_luck = seed;
    for (int r = 0; r < ROWS; r++) {
        const unsigned low = draw(60), few = draw(60);
        for (int i = 0; i < PATHS; i++) {
            f->below[r][i] = draw(100) < low;
            f->lacking[r][i] = draw(100) < few;
            f->met[r][i] = draw(100) < 70;
            f->reserves[r][i] = 1000.0 * (double)draw(40) - 5000.0;
            f->pupils[r][i] = 900.0 + (double)draw(1000) / 7.0;
            if (ends && draw(200) == 0)
                f->reserves[r][i] = f->pupils[r][i] = NAN;
        }
        f->below_row[r] = f->below[r];
        f->lacking_row[r] = f->lacking[r];
        f->met_row[r] = f->met[r];
        f->reserves_row[r] = f->reserves[r];
        f->pupils_row[r] = f->pupils[r];
    }
    f->grid = (hr_grid){.strategies = STRATEGIES,
                        .worlds = WORLDS,
                        .paths = PATHS,
                        .below = f->below_row,
                        .lacking = f->lacking_row,
                        .met = f->met_row,
                        .pupils = f->pupils_row,
                        .reserves = f->reserves_row};
    f->arena = hr_arena_new();
    return f;
}

static void weigh(futures *f) { assert_true(hr_weigh(&f->w, &f->grid, f->arena)); }

static void futures_free(futures *f)
{
    hr_arena_free(f->arena);
    free(f);
}

static int row(int s, int k) { return s * WORLDS + k; }

/* Pounds behind the best of the future; NaN where one has ended. */
static double regret(const futures *f, int s, int k, int i)
{
    double best = -INFINITY;
    for (int other = 0; other < STRATEGIES; other++) {
        if (isnan(f->reserves[row(other, k)][i]))
            return NAN;
        best = fmax(best, f->reserves[row(other, k)][i]);
    }
    return best - f->reserves[row(s, k)][i];
}

static void check_regret(const futures *f, int s, int k)
{
    const hr_weighed_cell *cell = hr_weighed_cell_of(&f->w, s, k);
    double sum = 0.0, value[PATHS];
    int n = 0;
    for (int i = 0; i < PATHS; i++) {
        const double r = regret(f, s, k, i);
        if (isnan(r))
            continue;
        assert_true(r >= 0.0);
        sum += value[n++] = r;
    }
    qsort(value, (size_t)n, sizeof *value, hr_compare_doubles);
    assert_int_equal(cell->regret.n, n);
    assert_near(cell->regret.value, sum / n, 1e-12);
    assert_near(cell->regret_most.value, value[(int)ceil(0.95 * n - 1e-9) - 1], 1e-12);
}

static double chance(const uint8_t *mark)
{
    int hits = 0;
    for (int i = 0; i < PATHS; i++)
        hits += mark[i] == 0;
    return (double)hits / PATHS;
}

static double best_chance(uint8_t (*mark)[PATHS], int k)
{
    double best = 0.0;
    for (int s = 0; s < STRATEGIES; s++)
        best = fmax(best, chance(mark[row(s, k)]));
    return best;
}

static void test_regret_by_its_definition(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        futures *f = futures_new(seed, seed % 2 == 0);
        weigh(f);
        for (int k = 0; k < WORLDS; k++) {
            const double kept = best_chance(f->below, k), enough = best_chance(f->lacking, k);
            for (int s = 0; s < STRATEGIES; s++) {
                const hr_weighed_cell *cell = hr_weighed_cell_of(&f->w, s, k);
                check_regret(f, s, k);
                assert_near(cell->kept.value, chance(f->below[row(s, k)]), 1e-12);
                assert_near(cell->kept_regret.value, kept - cell->kept.value, 1e-9);
                assert_near(cell->enough_regret.value, enough - cell->enough.value, 1e-9);
                assert_true(cell->kept_regret.lo <= cell->kept_regret.value);
                assert_true(cell->kept_regret.hi >= cell->kept_regret.value);
            }
            const int best = f->w.world[k].best;
            assert_true(hr_weighed_cell_of(&f->w, best, k)->kept.value == kept);
            assert_true(hr_weighed_cell_of(&f->w, best, k)->kept_regret.hi == 0.0);
        }
        futures_free(f);
    }
}

/* Whatever the future, somebody is the best of it. */
static void test_the_best_of_a_future_has_no_regret(void **state)
{
    (void)state;
    futures *f = futures_new(9, true);
    for (int k = 0; k < WORLDS; k++)
        for (int i = 0; i < PATHS; i++) {
            double least = INFINITY;
            for (int s = 0; s < STRATEGIES; s++)
                least = fmin(least, regret(f, s, k, i));
            assert_true(isinf(least) || least == 0.0);
        }
    futures_free(f);
}

static void test_the_least_of_the_largest_regrets(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        futures *f = futures_new(seed, true);
        weigh(f);
        double least[2] = {INFINITY, INFINITY}, second[2] = {INFINITY, INFINITY};
        for (int s = 0; s < STRATEGIES; s++) {
            double most[2] = {0.0, 0.0};
            for (int k = 0; k < WORLDS; k++) {
                most[0] = fmax(most[0], hr_weighed_cell_of(&f->w, s, k)->regret.value);
                most[1] = fmax(most[1], hr_weighed_cell_of(&f->w, s, k)->kept_regret.value);
            }
            assert_true(f->w.strategy[s].reserves.regret.value == most[0]);
            assert_true(f->w.strategy[s].kept.regret.value == most[1]);
            for (int m = 0; m < 2; m++) {
                second[m] = fmin(second[m], fmax(least[m], most[m]));
                least[m] = fmin(least[m], most[m]);
            }
        }
        const hr_minimax *found[] = {&f->w.reserves, &f->w.kept};
        const hr_weighed_strategy *of = f->w.strategy;
        assert_true(of[found[0]->strategy].reserves.regret.value == least[0]);
        assert_true(of[found[1]->strategy].kept.regret.value == least[1]);
        assert_true(of[found[0]->next].reserves.regret.value == second[0]);
        assert_near(found[1]->ahead.value, second[1] - least[1], 1e-9);
        futures_free(f);
    }
}

static void test_shares_that_satisfy(void **state)
{
    (void)state;
    futures *f = futures_new(3, true);
    f->met_row[row(2, 1)] = NULL;
    weigh(f);
    for (int s = 0; s < STRATEGIES; s++) {
        int both = 0, all = 0;
        double squares = 0.0;
        for (int i = 0; i < PATHS; i++) {
            int worlds = 0;
            for (int k = 0; k < WORLDS; k++) {
                const int r = row(s, k);
                const bool satisfied = !f->below[r][i] && !f->lacking[r][i];
                worlds += satisfied;
                all += satisfied && f->met[r][i];
            }
            both += worlds;
            squares += (double)(worlds * worlds) / (WORLDS * WORLDS);
        }
        const hr_estimate share = f->w.strategy[s].satisfied;
        const double p = (double)both / (WORLDS * PATHS);
        const double se = sqrt((squares - PATHS * p * p) / (PATHS - 1.0) / PATHS);
        assert_near(share.value, p, 1e-12);
        assert_near(share.se, se, 1e-9); /* a future's worlds share its luck */
        const double z2_n = HR_Z95 * HR_Z95 * se * se / (p * (1.0 - p)); /* Wilson's */
        const double centre = (p + 0.5 * z2_n) / (1.0 + z2_n);
        const double half = sqrt(HR_Z95 * HR_Z95 * se * se + 0.25 * z2_n * z2_n) / (1.0 + z2_n);
        assert_near(share.lo, centre - half, 1e-9);
        assert_near(share.hi, centre + half, 1e-9);
        if (s == 2)
            assert_true(isnan(f->w.strategy[s].satisfied_plan.value));
        else
            assert_near(f->w.strategy[s].satisfied_plan.value, (double)all / (WORLDS * PATHS),
                        1e-12);
    }
    futures_free(f);
}

/* Criteria by brute force: means over worlds, of pupils and reserves over futures in which nothing
 * has ended. */
static double criterion(const futures *f, int s, hr_criterion c)
{
    double sum = 0.0;
    int n = 0;
    for (int i = 0; i < PATHS; i++) {
        bool own = true;
        for (int r = 0; r < ROWS; r++)
            own = own && !isnan(f->reserves[r][i]);
        if (!own && c >= HR_CRITERION_PUPILS)
            continue;
        for (int k = 0; k < WORLDS; k++) {
            const int r = row(s, k);
            sum += c == HR_CRITERION_KEPT     ? !f->below[r][i]
                   : c == HR_CRITERION_ENOUGH ? !f->lacking[r][i]
                   : c == HR_CRITERION_PUPILS ? f->pupils[r][i]
                                              : f->reserves[r][i];
        }
        n++;
    }
    return sum / n / WORLDS;
}

static void test_who_is_as_good_in_everything(void **state)
{
    (void)state;
    int dominated = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        futures *f = futures_new(seed, seed % 2 == 0);
        weigh(f);
        double value[STRATEGIES][HR_CRITERIA];
        for (int s = 0; s < STRATEGIES; s++)
            for (int c = 0; c < HR_CRITERIA; c++) {
                value[s][c] = criterion(f, s, (hr_criterion)c);
                assert_near(f->w.strategy[s].criterion[c].value, value[s][c], 1e-9);
            }
        for (int b = 0; b < STRATEGIES; b++) {
            bool undominated = true;
            for (int a = 0; a < STRATEGIES; a++) {
                bool as_good = true, better = false;
                for (int c = 0; c < HR_CRITERIA; c++) {
                    as_good = as_good && value[a][c] >= value[b][c] - 1e-9;
                    better = better || value[a][c] > value[b][c] + 1e-9;
                }
                assert_int_equal(f->w.dominates[a * STRATEGIES + b], as_good && better);
                undominated = undominated && !(as_good && better);
            }
            assert_int_equal(f->w.strategy[b].undominated, undominated);
            dominated += !undominated;
        }
        futures_free(f);
    }
    assert_true(dominated > 0);
}

/* One strategy is another in every future: neither dominates, and nothing lies between them. */
static void test_a_strategy_against_itself(void **state)
{
    (void)state;
    futures *f = futures_new(4, true);
    for (int s = 1; s < STRATEGIES; s++)
        for (int k = 0; k < WORLDS; k++) {
            f->below_row[row(s, k)] = f->below[row(0, k)];
            f->lacking_row[row(s, k)] = f->lacking[row(0, k)];
            f->met_row[row(s, k)] = f->met[row(0, k)];
            f->pupils_row[row(s, k)] = f->pupils[row(0, k)];
            f->reserves_row[row(s, k)] = f->reserves[row(0, k)];
        }
    weigh(f);
    for (int s = 0; s < STRATEGIES; s++) {
        for (int k = 0; k < WORLDS; k++) {
            const hr_weighed_cell *cell = hr_weighed_cell_of(&f->w, s, k);
            assert_true(cell->regret.value == 0.0 && cell->regret.hi == 0.0);
            assert_true(cell->regret_most.value == 0.0);
            assert_true(cell->kept_regret.value == 0.0 && cell->enough_regret.value == 0.0);
            assert_int_equal(f->w.world[k].equals, STRATEGIES - 1);
            assert_int_equal(f->w.world[k].best, 0); /* the first of equals */
        }
        assert_true(f->w.strategy[s].undominated && !f->w.strategy[s].unsure);
    }
    assert_true(f->w.reserves.ahead.value == 0.0 && f->w.kept.ahead.value == 0.0);
    futures_free(f);
}

/* Worlds and strategies the other way round: the same numbers to the last bit. */
static void test_no_order_is_seen(void **state)
{
    (void)state;
    futures *f = futures_new(5, true), *g = futures_new(5, true);
    for (int s = 0; s < STRATEGIES; s++)
        for (int k = 0; k < WORLDS; k++) {
            const int to = row(s, k), from = row(STRATEGIES - 1 - s, WORLDS - 1 - k);
            g->below_row[to] = f->below[from];
            g->lacking_row[to] = f->lacking[from];
            g->met_row[to] = f->met[from];
            g->pupils_row[to] = f->pupils[from];
            g->reserves_row[to] = f->reserves[from];
        }
    weigh(f);
    weigh(g);
    for (int s = 0; s < STRATEGIES; s++) {
        const hr_weighed_strategy *a = &f->w.strategy[s], *b = &g->w.strategy[STRATEGIES - 1 - s];
        assert_memory_equal(a->criterion, b->criterion, sizeof a->criterion);
        assert_memory_equal(&a->satisfied, &b->satisfied, sizeof a->satisfied);
        assert_memory_equal(&a->reserves.regret, &b->reserves.regret, sizeof a->reserves.regret);
        assert_int_equal(a->undominated, b->undominated);
    }
    assert_true(f->w.reserves.ahead.value == g->w.reserves.ahead.value);
    futures_free(f);
    futures_free(g);
}

/* A difference that one future in seven hundred makes is none that the futures can tell. */
static void test_what_noise_may_have_made(void **state)
{
    (void)state;
    futures *f = futures_new(6, false);
    f->grid.strategies = 2;
    for (int k = 0; k < WORLDS; k++)
        for (int i = 0; i < PATHS; i++) {
            f->below[row(0, k)][i] = f->below[row(1, k)][i];
            f->lacking[row(0, k)][i] = f->lacking[row(1, k)][i];
            f->pupils[row(0, k)][i] = f->pupils[row(1, k)][i];
            f->reserves[row(0, k)][i] = f->reserves[row(1, k)][i] + 1000.0;
        }
    f->lacking[row(1, 0)][0] = 0;
    f->lacking[row(0, 0)][0] = 1;
    weigh(f);
    assert_true(f->w.strategy[0].undominated && !f->w.strategy[0].unsure);
    assert_true(f->w.strategy[1].undominated && f->w.strategy[1].unsure);
    const hr_estimate days = *hr_weighed_difference(&f->w, 1, 0, HR_CRITERION_ENOUGH);
    assert_true(days.value > 0.0 && days.lo < 0.0);
    futures_free(f);
}

/* Always or never, in as many futures as there are: sure, but for what so many cannot tell. */
static void test_shares_of_all_and_none(void **state)
{
    (void)state;
    futures *f = futures_new(7, false);
    for (int k = 0; k < WORLDS; k++)
        for (int i = 0; i < PATHS; i++) {
            f->below[row(0, k)][i] = f->lacking[row(0, k)][i] = 0;
            f->below[row(1, k)][i] = f->below[row(2, k)][i] = 1;
        }
    f->below[row(2, 3)][5] = f->lacking[row(2, 3)][5] = 0;
    weigh(f);
    const hr_estimate once = f->w.strategy[2].satisfied;
    assert_near(once.value, 1.0 / (WORLDS * PATHS), 1e-12);
    /* one of all cells counts as one of so many futures */
    assert_near(once.lo, hr_estimate_chance(1, WORLDS * PATHS).lo, 0.01);
    assert_near(once.hi, hr_estimate_chance(1, WORLDS * PATHS).hi, 0.01);
    const hr_estimate always = f->w.strategy[0].satisfied, never = f->w.strategy[1].satisfied;
    assert_true(always.value == 1.0 && always.hi == 1.0 && never.value == 0.0 && never.lo == 0.0);
    assert_near(always.lo, hr_estimate_chance(PATHS, PATHS).lo, 1e-12);
    assert_near(never.hi, hr_estimate_chance(0, PATHS).hi, 1e-12);
    futures_free(f);
}

/* A world whose best is so by a single future: it is the best, and not sure. */
static void test_the_best_by_one_future_is_not_sure(void **state)
{
    (void)state;
    futures *f = futures_new(8, false);
    f->grid.strategies = 2;
    for (int k = 0; k < WORLDS; k++)
        for (int i = 0; i < PATHS; i++)
            f->below[row(1, k)][i] = k == 1 ? 0 : f->below[row(0, k)][i];
    f->below[row(0, 0)][0] = 1;
    f->below[row(1, 0)][0] = 0;
    for (int i = 0; i < PATHS; i++)
        f->below[row(0, 1)][i] = i % 2 == 0;
    weigh(f);
    assert_int_equal(f->w.world[0].best, 1);
    assert_int_equal(f->w.world[0].equals, 0);
    assert_false(f->w.world[0].sure);
    assert_int_equal(f->w.world[1].best, 1);
    assert_true(f->w.world[1].sure);
    assert_false(f->w.world[2].sure);
    assert_int_equal(f->w.world[2].equals, 1);
    futures_free(f);
}

/* Of two futures a mean with its error would reach past certainty. */
static void test_no_chance_differs_by_more_than_all(void **state)
{
    (void)state;
    futures *f = futures_new(7, false);
    f->grid.paths = f->grid.worlds = f->grid.strategies = 2;
    static const uint8_t below[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 0}};
    static const uint8_t lacking[4][2] = {{0, 0}, {0, 0}, {1, 0}, {1, 0}};
    for (int r = 0; r < 4; r++) {
        f->below_row[r] = below[r];
        f->lacking_row[r] = lacking[r];
    }
    weigh(f);
    assert_int_equal(f->w.kept.strategy, 0);
    assert_int_equal(f->w.kept.next, 1);
    assert_true(f->w.kept.ahead.lo >= -1.0 && f->w.kept.ahead.hi <= 1.0);
    for (int a = 0; a < 2; a++)
        for (int c = HR_CRITERION_KEPT; c <= HR_CRITERION_ENOUGH; c++) {
            const hr_estimate e = *hr_weighed_difference(&f->w, a, 1 - a, (hr_criterion)c);
            assert_true(e.lo >= -1.0 && e.hi <= 1.0);
        }
    futures_free(f);
}

/* By how much a strategy that is never behind is ahead is how far the next is behind it. */
static void test_ahead_of_one_that_is_never_behind(void **state)
{
    (void)state;
    futures *f = futures_new(8, true);
    for (int k = 0; k < WORLDS; k++)
        for (int i = 0; i < PATHS; i++)
            f->below[row(0, k)][i] = 0;
    weigh(f);
    const hr_weighed_worst *next = &f->w.strategy[f->w.kept.next].kept;
    assert_int_equal(f->w.kept.strategy, 0);
    assert_true(next->regret.value > 0.0);
    assert_memory_equal(&f->w.kept.ahead, &next->regret, sizeof next->regret);
    futures_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_regret_by_its_definition),
        cmocka_unit_test(test_the_best_of_a_future_has_no_regret),
        cmocka_unit_test(test_the_least_of_the_largest_regrets),
        cmocka_unit_test(test_shares_that_satisfy),
        cmocka_unit_test(test_who_is_as_good_in_everything),
        cmocka_unit_test(test_a_strategy_against_itself),
        cmocka_unit_test(test_no_order_is_seen),
        cmocka_unit_test(test_what_noise_may_have_made),
        cmocka_unit_test(test_shares_of_all_and_none),
        cmocka_unit_test(test_the_best_by_one_future_is_not_sure),
        cmocka_unit_test(test_no_chance_differs_by_more_than_all),
        cmocka_unit_test(test_ahead_of_one_that_is_never_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
