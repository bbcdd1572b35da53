#!/bin/sh
# The second telling of the model beside the first: tests/reference works futures out again from docs/model.md, the
# parameters and the printed draws, and compares every posting, balance, state, metric, risk, event and refusal.
# Usage: tests/cli/reference.sh HEADROOM [FUTURES]
cd "$(dirname "$0")/../.." || exit 1
rebuild=$(dirname "${1:?program}")/rebuild
futures=${2:-20}
bad=0
for s in scenarios/trusts/*.cfg; do
    "$rebuild" "$s" 0 "$futures" || bad=1
done
for s in fixture-f bench small odd; do
    "$rebuild" tests/scenarios/$s.cfg 0 "$futures" || bad=1
done
odd() { "$rebuild" tests/scenarios/odd.cfg 0 $((futures / 3)) "$@" || bad=1; }
odd 'reserves_policy.pooling="full"' 'topslice.form="per_pupil"' topslice.per_pupil=310
odd 'reserves_policy.measure="months"' reserves_policy.target=1.0 'topslice.form="flat"' topslice.flat=30000
odd 'reserves_policy.measure="pounds"' reserves_policy.target=900000 'topslice.base="gag"' years=20
odd budget.least_posts=0.6 'reserves_policy.measure="months"' reserves_policy.target=1.5 \
    'topslice.rate_pct=(("2019/20", 1.0), ("2022/23", 9.0))'
exit $bad
