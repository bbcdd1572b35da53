#!/bin/sh
# The second telling of the model beside the first: tests/reference works futures out again from docs/model.md, the
# parameters and the printed draws, and compares every posting, balance, state, metric, risk, event and refusal, and
# what is kept of a future. Every line, rule, event and state must be met in one scenario or another.
# Usage: tests/cli/reference.sh HEADROOM [FUTURES]
cd "$(dirname "$0")/../.." || exit 1
rebuild=$(dirname "${1:?program}")/rebuild
futures=${2:-20}
told=$(mktemp) || exit 1
trap 'rm -f "$told"' EXIT
bad=0
again() { # SCENARIO FUTURES CHANGE...
    scenario=$1
    count=$2
    shift 2
    [ $# = 0 ] || echo "with $*:"
    "$rebuild" "$scenario" 0 "$count" "$@" > "$told.now" || bad=1
    cat "$told.now" >> "$told"
    grep -v '^    ' "$told.now"
    rm -f "$told.now"
}
for s in scenarios/trusts/*.cfg tests/scenarios/fixture-f.cfg tests/scenarios/bench.cfg tests/scenarios/small.cfg \
    tests/scenarios/odd.cfg tests/scenarios/odder.cfg; do
    again "$s" "$futures"
done
untold() { again tests/scenarios/fixture-f.cfg $((futures / 4)) "$@"; }
untold centre.unposted_elasticity=0.4 'topslice.form="pooled"'
untold 'centre.offer.base=(("2026/27", 0), ("2028/29", 50000))' centre.offer.onboarding_days=3
untold centre.offer.onboarding_days=3 centre.unposted_elasticity=1.5

odd() { again tests/scenarios/odd.cfg $((futures / 3)) "$@"; }
odd 'reserves_policy.pooling="full"' 'topslice.form="per_pupil"' topslice.per_pupil=310
odd 'reserves_policy.measure="months"' reserves_policy.target=1.0 'topslice.form="flat"' topslice.flat=30000
odd 'reserves_policy.measure="pounds"' reserves_policy.target=900000 'topslice.base="gag"' years=20
odd budget.least_posts=0.6 'reserves_policy.measure="months"' reserves_policy.target=1.5 \
    'topslice.rate_pct=(("2019/20", 1.0), ("2022/23", 9.0))'
odd growth_policy.max_pupils=3000 growth_policy.min_reserves_pct=3

odder() { again tests/scenarios/odder.cfg $((futures / 3)) "$@"; }
odder 'topslice.form="pooled"' growth_policy.max_schools=11 growth_policy.max_pupils=6000
odder 'topslice.form="pooled"' 'topslice.redistribute_by="spending"' 'topslice.base="gag"' \
    'reserves_policy.pooling="none"' growth_policy.max_pupils=6000
odder 'topslice.form="flat"' topslice.flat=40000 centre.offer.lag_terms=0 growth_policy.max_pupils=9000 \
    growth_policy.min_score=0.2 growth_policy.max_joins_per_year=6 growth_policy.max_capacity_use_pct=400 \
    growth_policy.max_onboarding_use_pct=900 growth_policy.max_joiner_pupils=1000000 \
    growth_policy.max_schools_below_good=14 growth_policy.max_distance_km=300 centre.posts.head-of-hub.lead_terms=0
odder 'topslice.form="per_pupil"' topslice.per_pupil=200 budget.least_posts=0.3 growth_policy.max_onboarding_use_pct=20 \
    'reserves_policy.measure="months"' reserves_policy.target=2.5 growth_policy.max_pupils=6000
odder centre.offer.base=0 estate.formula_min_pupils=4450 growth_policy.max_pupils=6000 years=12
odder estate.formula_min_schools=11 growth_policy.max_pupils=6000 risks.parting.chance=0.3 risks.slow.delay_months=16 \
    candidates.new-school.conditions.cancelled.chance=0.7 correlations.energy+prices.rho=0.95 \
    capacity.decline_none.inadequate=1 capacity.improve_none.requires_improvement=0.6 \
    capacity.decline_none.requires_improvement=1
odder capacity.protected_pct=0 capacity.protected_sum=0 growth_policy.min_score=0 growth_policy.max_deficit_schools=2 \
    growth_policy.max_pupils=6000 capacity.travel_loss_pct_per_km=10
odder capacity.protected_pct=40 capacity.bought_in_day_cost=0 centre.posts.head-of-hub.from_capital=true \
    schools.unit.needs_per_pupil=2000 schools.college.needs_per_pupil=2000 schools.college.grant=3000000 \
    schools.low.grant=100000 risks.slow.trust_ends=true

awk '/^    never met:/ { runs++; for (i = 3; i <= NF; i++) never[$i]++ }
     END { for (what in never) if (never[what] == runs) { print "never met in any scenario: " what; bad = 1 } exit bad }' \
    "$told" || bad=1
exit $bad
