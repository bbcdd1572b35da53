/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The year as a table of named steps, in the order in which it runs. */
#include "engine/year.h"

const hr_year_step HR_YEAR[] = {
    {{"world", "World", "Pay, prices, energy, funding, the sector's shock and demand by area"},
     hr_world_step},
    {{"joining", "Joining and leaving", "Who comes forward, when they are ready, who withdraws"},
     hr_joining_step},
    {{"gate", "The gate",
      "The growth policy decided on each path with what is known on 1 September"},
     hr_gate_step},
    {{"pupils", "Pupils", "Year groups age, an entry year is filled; the autumn census"},
     hr_pupils_step},
    {{"funding", "Funding", "Grant on last autumn's census, and other income"}, hr_funding_step},
    {{"costs", "Costs",
      "Teachers in whole classes, other spending, what a joiner stops buying, conditions"},
     hr_costs_step},
    {{"topslice", "Top-slice", "What schools pay to the centre"}, hr_topslice_step},
    {{"centre", "Centre", "Posts with triggers and lead, other spending, outside income"},
     hr_centre_step},
    {{"estate", "Estate", "Condition need, capital by formula or bids, urgent repairs"},
     hr_estate_step},
    {{"risks", "Risk register", "Rows that strike, what they cost, what mitigation does"},
     hr_risks_step},
    {{"capacity", "Capacity", "Improvement and onboarding days supplied, needed and given"},
     hr_capacity_step},
    {{"quality", "Quality", "Heads leave, quality moves with support, inspections show it"},
     hr_quality_step},
    {{"reserves", "Reserves", "Interest, pooling, the reserves policy"}, hr_reserves_step},
    {{"budget", "Spring budget", "Next year planned, a share of the gap closed, the early warning"},
     hr_budget_step},
    {{"record", "Record", "Metrics, risks and school columns of the year"}, hr_record_step},
};
const int HR_YEAR_STEPS = (int)(sizeof HR_YEAR / sizeof HR_YEAR[0]);

int hr_engine_steps(void) { return HR_YEAR_STEPS; }

const hr_step_row *hr_engine_step(int index) { return &HR_YEAR[index].row; }
