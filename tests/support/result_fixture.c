/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result made by hand. Its numbers are plausible and mean nothing. */
#include "support/result_fixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/headlines.h"
#include "model/choices.h"
#include "stoch/sampler.h"

const char HR_HOSTILE_NAME[] = "=1+1 \"O'Hara\" `touch pwned1` $(touch pwned2) "
                               "</svg>]]><script>alert(1)</script>\n!touch pwned3\n"
                               "EOT\n%d %s %n 100% & \x1b[31m \xf0\x9f\x8f\xab @x \\";

/* The block of parameters: spans and texts are offsets from its start. */
typedef struct {
    hr_params params;
    hr_quantity quantity[4];
    hr_params_target target[2];
    hr_params_base_rate rate[1];
    hr_params_school school[4];
    char text[8192];
} block;

struct hr_fixture {
    hr_arena *arena;
    block *block;
    size_t text;
    hr_scenario scenario;
    hr_plan plan;
    hr_result result;
};

static hr_text add_text(hr_fixture *f, const char *text)
{
    const size_t at = offsetof(block, text) + f->text;
    strcpy(f->block->text + f->text, text);
    f->text += strlen(text) + 1;
    return (hr_text)at;
}

static hr_span span(size_t at, size_t count)
{
    return (hr_span){.at = (uint32_t)at, .count = (uint32_t)count};
}

static void fill_params(hr_fixture *f, const char *name)
{
    block *b = f->block;
    hr_params_scenario *s = &b->params.scenario;
    b->params.magic = HR_PARAMS_MAGIC;
    b->params.bytes = sizeof *b;
    b->params.quantities = span(offsetof(block, quantity), 4);
    b->quantity[1] = (hr_quantity){
        .kind = HR_QUANTITY_NUMBER, .value = 5.0, .key = add_text(f, "reserves_policy.target")};
    b->quantity[2] = (hr_quantity){.kind = HR_QUANTITY_FUTURE,
                                   .family = HR_DIST_TRIANGULAR,
                                   .dist = {0.5, 1.0, 1.5},
                                   .low = -INFINITY,
                                   .high = INFINITY,
                                   .key = add_text(f, "pipeline.primary.roll_scale")};
    b->quantity[3] = (hr_quantity){.kind = HR_QUANTITY_FUTURE,
                                   .family = HR_DIST_UNIFORM,
                                   .dist = {1.0, 3.0, 0.0},
                                   .low = -INFINITY,
                                   .high = INFINITY,
                                   .key = add_text(f, "world_drivers.prices.mean_pct")};
    s->name = add_text(f, name ? name : "Learning Together Trust");
    s->plan = add_text(f, "Strategic plan 2018 to 2021, Learning Together Trust, September 2018");
    s->reserves_policy =
        (hr_params_reserves_policy){.measure = HR_measure_PCT_OF_INCOME, .target = 1};
    s->estate.formula_min_schools = 5.0;
    s->estate.formula_min_pupils = 3000.0;
    s->targets = span(offsetof(block, target), 2);
    b->target[0].name = add_text(f, name ? name : "2,500 to 3,500 pupils");
    b->target[0].expr = add_text(f, "P(pupils >= 2500 and pupils <= 3500, end)");
    b->target[1].name = add_text(f, "No school in deficit");
    b->target[1].expr = add_text(f, "P(schools_in_deficit = 0, all)");
    s->base_rates = span(offsetof(block, rate), 1);
    b->rate[0].id = add_text(f, "growth");
    b->rate[0].words =
        add_text(f, "Of 117 trusts with 700 to 1,500 pupils and two to four schools in "
                    "January 2018, 9 had 2,500 pupils five years on");
    for (int i = 0; i < 4; i++)
        b->school[i].roll_scale = i == 3 ? 2 : 0;
}

static void fill_plan(hr_fixture *f, const char *name, int years)
{
    static const char *const ids[] = {"canon-sharples", "st-davids", "st-wilfrids", "primary-01"};
    static const char *const names[] = {"Canon Sharples CE Primary School and Nursery",
                                        "St David Haigh and Aspull CE Primary",
                                        "St Wilfrid's CE Primary", "Primary 1"};
    static const double rolls[] = {364.0, 141.0, 567.0, 240.0};
    static const int candidate[] = {-1, 0, -1, 1};
    hr_plan *p = &f->plan;
    p->params = &f->block->params;
    p->start_year = 2018;
    p->years = years;
    p->schools = 4;
    p->school = HR_TAKE(f->arena, hr_plan_school, 4);
    for (int i = 0; i < 4; i++)
        p->school[i] = (hr_plan_school){.par = &f->block->school[i],
                                        .id = ids[i],
                                        .name = i == 0 && name ? name : names[i],
                                        .entity = 100u + (uint32_t)i,
                                        .candidate = candidate[i],
                                        .opening_roll = rolls[i]};
    p->candidates = 2;
    p->candidate = HR_TAKE(f->arena, hr_plan_candidate, 2);
    static const int of_candidate[] = {1, 3};
    p->candidate[0] = (hr_plan_candidate){.id = ids[1],
                                          .name = name ? name : names[1],
                                          .entity = 101,
                                          .school = &of_candidate[0],
                                          .schools = 1,
                                          .pipeline = -1};
    p->candidate[1] = (hr_plan_candidate){
        .id = ids[3], .name = names[3], .entity = 103, .school = &of_candidate[1], .schools = 1};
    f->block->params.scenario.growth_policy.max_schools = 1000;
    static const hr_params_pipeline row = {.slots = 1};
    p->pipeline = &row;
    p->pipelines = 1;
    p->slot = HR_TAKE(f->arena, hr_slot, 1);
    p->slot[0].kind = HR_QUANTITY_ABSENT;
}

static void fill_scenario(hr_fixture *f, const char *name)
{
    hr_scenario *s = &f->scenario;
    s->arena = f->arena;
    s->params = &f->block->params;
    s->name = name ? name : "Learning Together Trust";
    s->path = "trusts/learning-together.cfg";
    s->assumption = HR_TAKE(f->arena, hr_assumption, 3);
    s->assumption[0] = (hr_assumption){.key = "reserves_policy.target",
                                       .value = "5.0",
                                       .unit = "of its measure",
                                       .meaning = "Least that the trust wants to hold",
                                       .origin = HR_ORIGIN_SCENARIO,
                                       .file = "learning-together.cfg",
                                       .line = 12,
                                       .note = name};
    s->assumption[1] = (hr_assumption){.key = "schools.canon-sharples.roll",
                                       .value = "364",
                                       .unit = "pupils",
                                       .meaning = "Census before the start",
                                       .origin = HR_ORIGIN_SET};
    s->assumption[2] = (hr_assumption){
        .key = "world_drivers.prices.mean_pct",
        .value = "{ dist = \"uniform\"; min = 1.0; max = 3.0; }",
        .unit = "%",
        .meaning = "Mean rate of years not known",
        .origin = HR_ORIGIN_DEFAULT,
        .file = "england",
        .line = 3,
        .source = "Economic and fiscal outlook, Office for Budget Responsibility, March 2018",
        .date = "2018-03",
        .confidence = "medium"};
    s->assumptions = 3;
    s->given = 2;
    s->defaults = 1;
    s->unsourced = 0;
    memset(s->digest, 'a', 64);
    s->resolved = "format = 1;\n";
    s->input = hr_arena_take(f->arena, sizeof *s->input);
    s->input[0].name = "trusts/learning-together.cfg";
    memset(s->input[0].sha256, 'b', 64);
    s->inputs = 1;
}

static hr_estimate chance(double p)
{
    return hr_estimate_chance((uint64_t)(p * 10000.0 + 0.5), 10000);
}

static hr_estimate near(double value, double se)
{
    return (hr_estimate){
        .value = value, .se = se, .lo = value - HR_Z95 * se, .hi = value + HR_Z95 * se, .n = 10000};
}

static double level(hr_metric m, int year)
{
    switch (m) {
    case HR_M_PUPILS: return 1257.0 + 350.0 * year;
    case HR_M_TOPSLICE_INCOME: return 260000.0 + 60000.0 * year;
    case HR_M_RESERVES: return 430000.0 - 30000.0 * year;
    case HR_M_RESERVES_PCT: return 8.3 - 1.1 * year;
    case HR_M_IN_YEAR_BALANCE: return -23000.0 - 4000.0 * year;
    case HR_M_CAPACITY_USE_PCT: return 82.0 + 9.0 * year;
    case HR_M_CAPACITY_SUPPLY_DAYS: return 150.0 + 12.0 * year;
    case HR_M_CAPACITY_NEED_DAYS: return 123.0 + 25.0 * year;
    case HR_M_DILUTION_PCT: return 0.6 * year;
    case HR_M_JOINED: return 1.0 + year;
    case HR_M_SCHOOLS: return 4.0 + 2.0 * year;
    default: return 70.0 + year;
    }
}

static void fill_metrics(hr_fixture *f, int years)
{
    static const double z[HR_QUANTILES] = {-1.64, -1.28, -0.67, 0.0, 0.67, 1.28, 1.64};
    hr_result *r = &f->result;
    r->metric = HR_TAKE(f->arena, hr_metric_result, HR_METRICS * years);
    for (int m = 0; m < HR_METRICS; m++)
        for (int t = 0; t < years; t++) {
            hr_metric_result *of = &r->metric[m * years + t];
            const double value = level((hr_metric)m, t), sd = fabs(value) * 0.05 * (t + 1);
            of->n = 10000;
            of->mean = near(value, sd / 100.0);
            of->sd = sd;
            for (int q = 0; q < HR_QUANTILES; q++)
                of->quantile[q] = near(value + z[q] * sd, sd / 60.0);
            of->state[0] = chance(0.7);
            of->state[1] = chance(0.2);
            of->state[2] = chance(0.1);
        }
}

static hr_estimate *by_year(hr_fixture *f, int years, double base)
{
    hr_estimate *year = HR_TAKE(f->arena, hr_estimate, years);
    for (int t = 0; t < years; t++)
        year[t] = chance(base * (t + 1) / years);
    return year;
}

static void fill_outcomes(hr_fixture *f, const char *name, int years)
{
    hr_result *r = &f->result;
    for (int k = 0; k < HR_RISKS; k++)
        r->risk[k] = (hr_risk_result){.year = by_year(f, years, 0.04 * k),
                                      .any = chance(0.06 * k),
                                      .first = by_year(f, years, 0.03 * k),
                                      .shortfall = k ? near(34567.0, 800.0) : near(NAN, NAN)};
    r->targets = 2;
    r->target = HR_TAKE(f->arena, hr_target_result, 2);
    r->target[0] =
        (hr_target_result){.id = "size",
                           .name = name ? name : "2,500 to 3,500 pupils",
                           .expr = "P(pupils >= 2500 and pupils <= 3500, end)",
                           .words = "pupils are at least 2,500 and at most 3,500 at the end",
                           .quote = "",
                           .by = "",
                           .p = chance(0.23),
                           .year = by_year(f, years, 0.5),
                           .prob = {.when = HR_WHEN_END}};
    r->target[1] = (hr_target_result){.id = "no_deficit",
                                      .name = "No school in deficit",
                                      .expr = "P(schools_in_deficit = 0, all)",
                                      .words = "schools in deficit are 0 in every year",
                                      .quote = "No deficits",
                                      .by = "2021",
                                      .our_reading = true,
                                      .p = chance(0.41),
                                      .year = by_year(f, years, 0.3),
                                      .prob = {.when = HR_WHEN_ALL}};
    r->targets_all = chance(0.0043);
    r->plan_targets_all = chance(0.23);
    r->our_targets_all = chance(0.41);
    r->candidates = 2;
    r->candidate = HR_TAKE(f->arena, hr_candidate_result, 2);
    for (int k = 0; k < 2; k++) {
        r->candidate[k] = (hr_candidate_result){.id = f->plan.candidate[k].id,
                                                .name = f->plan.candidate[k].name,
                                                .joins = chance(0.8 - 0.4 * k),
                                                .by_year = by_year(f, years, 0.4),
                                                .pipeline = k - 1};
        for (int p = 0; p < HR_POLICIES; p++)
            r->candidate[k].refused_for[p] = chance(p == HR_P_CAPACITY ? 0.31 : 0.02);
        r->candidate[k].lost_waiting = r->candidate[k].withdrew = chance(0.1);
        r->candidate[k].lost_condition = chance(0.0);
    }
}

static void fill_schools(hr_fixture *f, int years)
{
    hr_result *r = &f->result;
    r->schools = 4;
    r->school = HR_TAKE(f->arena, hr_school_result, 4);
    for (int s = 0; s < 4; s++) {
        r->school[s] = (hr_school_result){.id = f->plan.school[s].id,
                                          .name = f->plan.school[s].name,
                                          .year = HR_TAKE(f->arena, hr_school_year, years)};
        for (int t = 0; t < years; t++)
            r->school[s].year[t] =
                (hr_school_year){.n = s == 3 ? 4000 : 10000,
                                 .pupils = near(f->plan.school[s].opening_roll + t, 1.0),
                                 .reserves_pct = near(7.5 - s, 0.1),
                                 .p_in_year_deficit = chance(0.4),
                                 .p_deficit = chance(0.05),
                                 .p_below_good = chance(0.12)};
    }
    r->opening = near(412345.0, 1500.0);
    r->fall = near(2.3, 0.02);
    for (int l = 0; l < HR_LINES; l++)
        r->line[l] = near(l % 2 ? -123456.0 : 234567.0, 700.0);
}

/* 256, 512, ... and all 10,000: as if every share of the first so many were that of all. */
static void fill_settling(hr_fixture *f)
{
    enum { POINTS = 7 };
    hr_result *r = &f->result;
    hr_headline *h = HR_TAKE(f->arena, hr_headline, hr_headlines_most(r));
    const int headlines = hr_headlines(r, h);
    r->settling = (hr_settling){.points = POINTS,
                                .paths = HR_TAKE(f->arena, uint64_t, POINTS),
                                .p = HR_TAKE(f->arena, hr_estimate, headlines * POINTS)};
    for (int k = 0; k < POINTS; k++)
        r->settling.paths[k] = k < POINTS - 1 ? (uint64_t)256 << k : 10000;
    for (int n = 0; n < headlines; n++)
        for (int k = 0; k < POINTS; k++) {
            const double paths = (double)r->settling.paths[k];
            r->settling.p[n * POINTS + k] =
                hr_estimate_chance((uint64_t)(h[n].p.value * paths + 0.5), r->settling.paths[k]);
        }
}

hr_fixture *hr_fixture_new(const char *name, int years)
{
    hr_fixture *f = calloc(1, sizeof *f);
    f->arena = hr_arena_new();
    f->block = HR_TAKE(f->arena, block, 1);
    f->text = 1;
    fill_params(f, name);
    fill_plan(f, name, years);
    fill_scenario(f, name);
    f->result = (hr_result){.arena = f->arena,
                            .scenario = &f->scenario,
                            .plan = &f->plan,
                            .seed = 20180901,
                            .paths = 10000,
                            .paths_asked = 10000,
                            .start_year = 2018,
                            .years = years};
    fill_metrics(f, years);
    fill_outcomes(f, name, years);
    fill_schools(f, years);
    fill_settling(f);
    return f;
}

hr_result *hr_fixture_result(hr_fixture *f) { return &f->result; }
hr_scenario *hr_fixture_scenario(hr_fixture *f) { return &f->scenario; }

void hr_fixture_free(hr_fixture *f)
{
    hr_arena_free(f->arena);
    free(f);
}
