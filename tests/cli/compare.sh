#!/bin/sh
# The command compare: which options belong to which scenario, what is refused, what is written.
# Usage: tests/cli/compare.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:?program}")
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
plan=$PWD/scenarios/trusts/learning-together.cfg
sound=$PWD/tests/scenarios/sound.cfg
never=$PWD/tests/scenarios/never.cfg
cd "$work" || exit 1

compare() { "$program" compare "$@" --paths 300 --assumptions ${sets:-0}; }
ends() { # status, words that stderr must hold (or nothing), arguments...
    want=$1 words=$2
    shift 2
    compare "$@" >out 2>err </dev/null
    got=$?
    if [ $got != "$want" ]; then
        fail "compare $* ends with $got, not $want: $(head -2 err)"
    elif [ -n "$words" ] && ! grep -qF -e "$words" err; then
        fail "compare $* does not say \"$words\" but \"$(cat err)\""
    else
        pass
    fi
}
says() { one "compare says \"$1\"" grep -qF -e "$1" out; }

# Whose the changes are.
ends 0 "" "$plan" --with two-more-schools
says "The Learning Together Trust: without and with two more schools"
says "With two more schools the chance that reserves stay at or above the policy (5 % of income, assumed)"
verdict=$(grep -n '^Verdict' out | cut -d: -f1)
table=$(grep -n '^Targets and risks' out | cut -d: -f1)
one "the verdict comes before the tables" test "${verdict:-9999}" -lt "${table:-0}"
ends 0 "" "$plan" "$plan" --with two-more-schools
says "without and with two more schools"
ends 0 "" "$plan" --with no-growth "$plan" --with two-more-schools --set topslice.rate_pct=6
says "with no growth and with two more schools and topslice.rate_pct=6"
ends 0 "" --with pay-shock "$plan" --with two-more-schools
says "without and with two more schools"
compare "$plan" --with pay-shock --json >shocked 2>/dev/null
compare --with pay-shock "$plan" "$plan" --json >both 2>/dev/null
one "a change before the first is of all" grep -q '"futures_that_differ": 0' both
one "a change after a scenario is its own" not grep -q '"futures_that_differ": 0' shocked
ends 0 "" "$plan" "$plan" --with two-more-schools "$plan" --with no-growth "$plan" --with pay-shock
says "with pay shock"
ends 0 "" "$plan" "$plan"
says "Not one number of any future differs"
ends 0 "" "$plan" --with "$never"
says "Not one number of any future differs"
ends 0 "" "$plan" --with two-more-schools --quiet
one "--quiet prints nothing" test ! -s out

# What is not known, each set of it through both.
says_not() { one "compare does not say \"$1\"" not grep -qF -e "$1" out; }
ends 0 "" "$plan" --with two-more-schools
says "How far what we do not know could move these differences was not looked at."
sets=60
ends 0 "" "$plan" --with two-more-schools
says "What we do not know could make the difference of"
says_not "was not looked at"
ends 0 "" "$plan" --with two-more-schools --json
one "each scenario, and the first's once more, and the difference" test "$(grep -c '"assumption_sets"' out)" = 4
ends 2 "is no value for --assumptions" "$plan" "$plan" --assumptions 19
sets=0

# What is refused.
ends 2 "nothing to be compared with" "$plan"
ends 2 "nothing to be compared with" --with pay-shock "$plan"
ends 2 "needs a SCENARIO"
ends 2 "at most 8 scenarios" "$plan" "$plan" "$plan" "$plan" "$plan" "$plan" "$plan" "$plan" "$plan"
ends 2 "begin in the same year" "$plan" "$sound"
ends 2 "does not belong to compare" "$plan" "$plan" --save-paths
ends 2 "would fit" "$plan" "$plan" --memory 1M
ends 3 "is not there" "$plan" none.cfg
ends 3 "did you mean" "$plan" --set topslice.rate_pc=5
one "a mistake of both is said once" test "$(compare "$plan" "$plan" --with none.cfg --with none.cfg 2>&1 | grep -c 'none.cfg')" = 1

# Years: --years is of all, wherever it stands; else the fewest are run, and it is said.
ends 0 "all are run for 2 years" "$plan" "$plan" --with "${never%never.cfg}two-years.cfg"
says "2018/19 to 2019/20"
ends 0 "left out" "$plan" "$plan" --with "${never%never.cfg}two-years.cfg"
ends 3 "outside the years" "$plan" "$plan" --with two-more-schools --years 2

# Limits are asked of the last.
ends 0 "" "$plan" "$plan" --with two-more-schools --fail-if 'P(joined >= 4, end) < 0.5'
ends 6 "a limit was passed" "$plan" "$plan" --with two-more-schools --fail-if 'P(joined >= 4, end) > 0.5'
says "PASSED"
ends 0 "" "$plan" --with two-more-schools "$plan" --fail-if 'P(joined >= 4, end) > 0.5'

# JSON is one document.
if compare "$plan" --with two-more-schools --json 2>err | parse; then pass; else fail "--json does not parse"; fi
one "--json says nothing beside" test ! -s err

# The folder.
ends 0 "" "$plan" --with two-more-schools --out out1 --no-charts
for file in summary.txt results.json metrics.csv resolved-1.cfg resolved-2.cfg manifest.json; do
    one "$file" test -s out1/$file
done
one "no other resolved.cfg" test ! -e out1/resolved.cfg
one "metrics.csv has both scenarios and the difference" \
    test "$(cut -d, -f1 out1/metrics.csv | sort -u | tr '\n\r' '  ')" = "difference scenario with two more schools without "
ends 4 "" "$plan" --with two-more-schools --out out1 --no-charts
"$program" compare out1/resolved-1.cfg out1/resolved-2.cfg --paths 300 --assumptions 0 --out out2 --no-charts --quiet
grep '^difference' out1/metrics.csv >a
grep '^difference' out2/metrics.csv >b
one "the resolved scenarios give the same differences" cmp a b
mkdir none
PATH=$work/none "$program" compare "$plan" --with two-more-schools --paths 300 --assumptions 0 --out charts --quiet 2>err
one "no gnuplot is no error" test $? = 0
for figure in reserves_pct reserves-difference; do
    one "$figure has numbers and words" test -s charts/charts/$figure.csv -a -s charts/charts/$figure.txt
done
one "joins are marked" grep -q 'more schools' charts/charts/reserves_pct.txt
"$program" compare "$plan" "$plan" --with no-growth "$plan" --with pay-shock --paths 300 --assumptions 0 --out three --no-charts --quiet
one "three scenarios leave three settings" test -s three/resolved-3.cfg
one "and two differences" test "$(cut -d, -f1-2 three/metrics.csv | grep -c '^"difference')" -gt 0
finish
