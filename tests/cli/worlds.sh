#!/bin/sh
# The command compare under worlds: what is refused, whose the worlds are, what is written.
# Usage: tests/cli/worlds.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:?program}")
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
plan=$PWD/scenarios/trusts/learning-together.cfg
sound=$PWD/tests/scenarios/sound.cfg
cd "$work" || exit 1
printf '# A world in which nothing is otherwise.\nworld_drivers = { };\n' >same.cfg
printf 'topslice = { rate_pct = ; };\n' >broken.cfg

compare() { "$program" compare "$@" --paths 300; }
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

# Worlds are of all, wherever they stand.
ends 0 "" "$plan" --with two-more-schools --under tight-settlement --under staff-shortage
says "As they are and under 2 worlds"
says "Of 3 worlds, the one as it is among them"
verdict=$(grep -n '^Verdict' out | cut -d: -f1)
table=$(grep -n '^Regret, by world' out | cut -d: -f1)
one "the verdict comes before the tables" test "${verdict:-9999}" -lt "${table:-0}"
mv out behind
ends 0 "" --under tight-settlement "$plan" --under staff-shortage --with two-more-schools
one "a world before the first is as one behind it" cmp out behind
ends 0 "" "$plan" "$plan" --with no-growth "$plan" --set topslice.rate_pct=6 --under same.cfg
says "with topslice.rate_pct=6"
ends 0 "" "$plan" --with two-more-schools --under tight-settlement --quiet
one "--quiet prints nothing" test ! -s out
ends 0 "" "$plan" "$plan" --under tight-settlement
says "the strategies are the same in every future"

# One plan alone: no regret.
ends 0 "" "$plan" --under tight-settlement --under as-known-2018 --under as-happened
says "As it is and under 3 worlds"
says "is lowest under"
says "World “as known 2018” changes nothing here."
says "World “as happened” has hindsight"
one "nothing is said of regret" not grep -qi "regret\|pareto" out
ends 0 "" "$plan" --under tight-settlement --json
one "nor of a change by chance" grep -q '"differences": \[\]' out

# What is refused.
ends 3 'did you mean "tight-settlement"' "$plan" --with two-more-schools --under tight-setlement
ends 3 'world "pay-shock" does not ship' "$plan" --with two-more-schools --under pay-shock
ends 3 "is not there" "$plan" --with two-more-schools --under none.cfg
ends 3 "broken.cfg:1" "$plan" --with two-more-schools --under broken.cfg
one "a mistake of a world is said once" test "$(grep -c 'broken.cfg' err)" = 1
ends 2 "is given twice" "$plan" --with no-growth --under same.cfg --under same.cfg
ends 2 "nothing to be compared with" "$plan"
ends 2 'world "tight settlement" is given twice' "$plan" --with no-growth --under tight-settlement --under "${plan%/trusts/*}/worlds/tight-settlement.cfg"
ends 3 "a world may not say format: it is laid over scenarios" "$plan" --with no-growth --under "$sound"
printf 'schools = ( );\n' >own.cfg
ends 3 "own.cfg:1: error: a world may not say schools" "$plan" --with no-growth --under own.cfg
ends 2 "begin in the same year" "$plan" "$sound" --under tight-settlement
ends 2 "is no value for --under" "$plan" --with no-growth --under ''
for sets in 0 200; do
    ends 2 "sets of assumptions are not looked at where strategies are compared under worlds" \
        "$plan" --with no-growth --under same.cfg --assumptions $sets
done
one "once" test "$(grep -c 'not looked at' err)" = 1
ends 0 "" "$plan" --with no-growth --assumptions 0
ends 2 "would fit" "$plan" --with no-growth --under tight-settlement --memory 1M
"$program" run "$plan" --under tight-settlement 2>err
one "run has no worlds" test $? = 2
one "and says so by name" grep -q -- '--under does not belong to run' err
many=
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    cp same.cfg same-$i.cfg
    many="$many --under same-$i.cfg"
done
# shellcheck disable=SC2086
ends 0 "" "$plan" --with no-growth $many --paths 32
cp same.cfg same-16.cfg
# shellcheck disable=SC2086
ends 2 "at most 15 worlds" "$plan" --with no-growth $many --under same-16.cfg
"$program" compare "$plan" --with no-growth --under same.cfg --paths 65537 2>err
one "more futures than are kept are refused" test $? = 2
one "with how many would fit" grep -q '65536 would fit' err

# Limits are asked of the last, in every world.
most='P(capacity_use_pct > 100, any) > 0.5'
ends 0 "" "$plan" --with two-more-schools --under staff-shortage --fail-if "$most"
ends 6 "a limit was passed under staff shortage" "$plan" --with two-more-schools "$plan" --under staff-shortage --fail-if "$most"
says "PASSED"

# Numbers: the same in any order; a world that changes nothing is as it is; as in a run.
compare "$plan" --with two-more-schools --under tight-settlement --under same.cfg --out forth --no-charts --quiet
compare "$plan" --with two-more-schools --under same.cfg --under tight-settlement --out back --no-charts --quiet
sort forth/metrics.csv >a
sort back/metrics.csv >b
one "the order of worlds changes no number" cmp a b
grep '^without as it is,' forth/metrics.csv | cut -d, -f2- >a
grep '^without under same,' forth/metrics.csv | cut -d, -f2- >b
one "there are numbers" test -s a
one "a world that changes nothing is as it is" cmp a b
"$program" run "$plan" --with two-more-schools --with tight-settlement --paths 300 --out run --no-charts --quiet
grep '^with two more schools under tight settlement,reserves,' forth/metrics.csv | cut -d, -f2- >a
grep ',reserves,GBP,2020/21,' run/metrics.csv | cut -d, -f2- >b
one "a strategy in a world is a run of it" cmp a b

# JSON is one document.
if compare "$plan" --with two-more-schools --under tight-settlement --json 2>err | parse; then pass; else fail "--json does not parse"; fi
one "--json says nothing beside" test ! -s err

# The folder.
for file in summary.txt results.json metrics.csv resolved-1-as-it-is.cfg resolved-2-tight-settlement.cfg resolved-2-same.cfg manifest.json; do
    one "$file" test -s forth/$file
done
one "six scenarios" test "$(ls forth/resolved-*.cfg | wc -l)" = 6
"$program" run forth/resolved-2-tight-settlement.cfg --paths 300 --out again --no-charts --quiet
grep -v '^scenario' run/metrics.csv | cut -d, -f2- >a
grep -v '^scenario' again/metrics.csv | cut -d, -f2- >b
one "a resolved scenario gives its world's numbers" cmp a b
ends 4 "" "$plan" --with two-more-schools --under same.cfg --out forth --no-charts
mkdir none
PATH=$work/none "$program" compare "$plan" --with no-growth --under same.cfg --paths 300 --out charts --quiet 2>err
one "no gnuplot is no error" test $? = 0
one "the figure has numbers and words" test -s charts/charts/policy_kept.csv -a -s charts/charts/policy_kept.txt
mkdir one two
cp same.cfg one/w.cfg
printf 'world_drivers = { prices = { mean_pct = 9.0; }; };\n' >two/w.cfg
compare "$plan" --with no-growth --under one/w.cfg --under two/w.cfg --out alike --no-charts --quiet
one "worlds of one name have files of their own" test "$(ls alike/resolved-*.cfg | wc -l)" = 6
finish
