#!/bin/sh
# The command stress: which stresses are run, what is refused, what is written. Usage: tests/cli/stress.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:?program}")
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
plan=$PWD/scenarios/trusts/learning-together.cfg
scenarios=$PWD/tests/scenarios
cp "$PWD"/tests/scenarios/sound.cfg "$work"
cd "$work" || exit 1

stress() { "$program" stress "$@" --paths 300; }
ends() { # status, words that stderr must hold (or nothing), arguments...
    want=$1 words=$2
    shift 2
    stress "$@" >out 2>err </dev/null
    got=$?
    if [ $got != "$want" ]; then
        fail "stress $* ends with $got, not $want: $(head -2 err)"
    elif [ -n "$words" ] && ! grep -qF -e "$words" err; then
        fail "stress $* does not say \"$words\" but \"$(cat err)\""
    else
        pass
    fi
}
says() { one "stress says \"$1\"" sh -c 'tr "\n" " " <out | grep -qF -e "$1"' - "$1"; }

# The scenario's own list, or what is given.
ends 0 "" "$plan"
says "The Learning Together Trust: 12 stresses"
says "“Energy doubles for two years” hurts most"
says "All together (8 laid over, the bands left out"
says "changes nothing here: “No formula money for buildings”"
verdict=$(grep -n '^Verdict' out | cut -d: -f1)
table=$(grep -n '^By harm' out | cut -d: -f1)
one "the verdict comes before the tables" test "${verdict:-9999}" -lt "${table:-0}"
one "no line is wider than 100" test "$(LC_ALL=C.UTF-8 wc -L <out)" -le 100
ends 0 "" "$plan" --with pay-shock
says "The Learning Together Trust: 1 stress"
ends 0 "" --with pay-shock "$plan" --with leader-leaves
says "The Learning Together Trust: 2 stresses"
says "All together (2 laid over)"
ends 0 "" "$plan" --with "$scenarios/fixed-shock.cfg" --with "$scenarios/swapped-gap.cfg"
says "fixed-shock laid over"
says "swapped-gap laid over"
ends 0 "" "$plan" --with "$scenarios/never.cfg"
says "1 of them changes nothing here: “never”"
ends 0 "" "$plan" --quiet
one "--quiet prints nothing" test ! -s out

# --set and --years are of the base, and so of all.
stress "$plan" --with pay-shock --json >a 2>/dev/null
stress "$plan" --with pay-shock --set reserves_policy.target=1.0 --json >b 2>/dev/null
one "--set changes the base" not cmp -s a b
"$program" compare --set reserves_policy.target=1.0 "$plan" "$plan" --with pay-shock --paths 300 --json >c 2>/dev/null
one "and what is laid over it" test \
    "$(grep -c "$(grep '"digest"' b | head -1 | tr -d ' ,')" c)" -ge 0 -a "$(grep '"digest"' b | head -1 | tr -d ' ,')" = \
    "$(grep '"digest"' c | tail -1 | tr -d ' ,')"
ends 0 "" "$scenarios/sound.cfg" --years 2
says "2026/27 to 2027/28"
ends 0 "" "$scenarios/sound.cfg" --set stresses.dear-teachers.from_pct=20
says "in 240 futures"

# The order in which stresses are said is nothing.
stress "$plan" --with pay-shock --with leader-leaves --json >a
stress "$plan" --with leader-leaves --with pay-shock --json >b
one "the order of --with" cmp a b

# What is refused.
{
    echo "base = \"sound.cfg\"; stresses = ("
    stress sound.cfg --json | grep -A2 -B2 '"kind"' | sed -n 's/^ *"id": "\([a-z-]*\)",$/  { id = "\1"; remove = true; },/p' | sed '$s/,$//'
    echo ");"
} >none-listed.cfg
ends 2 "needs a SCENARIO"
ends 2 "one word too many" "$plan" "$plan"
ends 2 "does not belong to stress" "$plan" --save-paths
ends 2 "option --assumptions does not belong to stress" "$plan" --assumptions 0
ends 2 "is there twice" "$plan" --with pay-shock --with pay-shock
ends 2 "there is no stress" none-listed.cfg
ends 3 "a list without rows changes nothing: the rows of stresses stay" "$plan" --set 'stresses=()'
ends 0 "" "$plan" --set 'stresses=({id="pay-shock";remove=true;})'
says "11 stresses"
ends 2 "has other years" "$plan" --with "$scenarios/two-years.cfg"
ends 2 "would fit" "$plan" --memory 1M
ends 3 "is not there" none.cfg
ends 3 "is not there" "$plan" --with none.cfg
ends 3 "did you mean" "$plan" --with pay-shok
one "a mistake of all is said once" test "$(stress "$plan" --with pay-shock --with leader-leaves --set topslice.rate_pc=5 2>&1 | grep -c 'rate_pc.*error')" = 1
"$program" stress "$plan" --paths 70000 >out 2>err
one "every future is kept" grep -q 'would fit' err

# Limits are asked of all together.
ends 0 "" "$plan" --with pay-shock --with energy-shock --fail-if 'P(reserves_below_policy) < 0.5'
says "Limits asked for, all stresses together"
ends 6 "a limit was passed" "$plan" --with pay-shock --with energy-shock --fail-if 'P(reserves_below_policy) > 0.9'
says "PASSED"

# JSON is one document.
if stress "$plan" --json 2>err | parse; then pass; else fail "--json does not parse"; fi
one "--json says nothing beside" test ! -s err

# The folder.
ends 0 "" "$plan" --with pay-shock --with "$scenarios/fixed-shock.cfg" --out out1 --no-charts
for file in summary.txt results.json metrics.csv resolved-base.cfg resolved-1.cfg resolved-2.cfg resolved-together.cfg manifest.json; do
    one "$file" test -s out1/$file
done
one "summary.txt is what was printed" cmp out out1/summary.txt
one "metrics.csv has each and its difference" test "$(cut -d, -f1 out1/metrics.csv | tr -d '"\r' | sort -u | wc -l)" = 6
"$program" run "$plan" --with pay-shock --with "$scenarios/fixed-shock.cfg" --paths 300 --out out0 --no-charts --quiet
one "together all are laid over" cmp out0/resolved.cfg out1/resolved-together.cfg
one "no file says where another stands" not grep -q "$scenarios" out1/results.json out1/summary.txt out1/resolved-1.cfg
ends 4 "" "$plan" --out out1 --no-charts
ends 0 "" "$plan" --with pay-shock --out out1 --force --no-charts
one "one laid over is all together" test ! -e out1/resolved-together.cfg
"$program" compare out1/resolved-base.cfg out1/resolved-1.cfg --paths 300 --out out2 --no-charts --quiet
for metric in pupils topslice_income reserves reserves_pct capacity_use_pct; do
    value() { awk -F, -v m=$metric -v s="$1" '$1 == s && $2 == m && $5 == "mean" { found = $6 } END { printf "%.6g", found }' "$2"; }
    one "$metric: the resolved scenarios differ as much" test "$(value difference out2/metrics.csv)" = \
        "$(tr -d '"' <out1/metrics.csv | sed 's/^difference, stress pay-shock/d/' >m; value d m)"
done
"$program" run "$plan" --paths 300 --out out3 --no-charts --quiet
one "resolved.cfg has the list" grep -q 'id = "dear-teachers"' out3/resolved.cfg

one "and says what it leaves out" grep -q 'Stresses left out, since they bring rows.*: good-school-declines, joiners-delayed, leader-leaves$' out3/resolved.cfg
ends 0 "" "$plan" --out whole --no-charts
for resolved in whole/resolved-base.cfg out3/resolved.cfg; do
    ends 0 "" "$resolved"
    says "The Learning Together Trust: 9 stresses"
done
ends 3 "risks.good-school-declines takes what it does not say from defaults, and the scenario has none" out3/resolved.cfg --with good-school-declines
one "a row without defaults is said once" test "$(grep -c 'error:' err)" = 1

mkdir none
PATH=$work/none "$program" stress "$plan" --paths 300 --out charts --quiet 2>err
one "no gnuplot is no error" test $? = 0
for ending in csv txt; do one "the figure's $ending" test -s charts/charts/stress.$ending; done

finish
