#!/bin/sh
# --precision: the same bytes as asking for the number of futures that it came to, in whole folders; what limits it;
# what it refuses; interruptions. Usage: tests/cli/precision.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:?program}")
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
plan=$PWD/scenarios/trusts/learning-together.cfg
large=$PWD/tests/scenarios/bench.cfg
cd "$work" || exit 1

# Runs with the precision, then directly with the futures that it came to, and holds the folders against each other.
same() { # futures wanted, command, options with which they are found, "--" and options of both
    futures=$1 command=$2
    shift 2
    found=
    while [ "$1" != -- ]; do found="$found $1"; shift; done
    shift
    # shellcheck disable=SC2086
    "$program" "$command" "$@" $found --out found --force --quiet 2>err
    one "$command$found ends well: $(cat err)" test $? = 0
    # the place of the option does not matter, its words do
    "$program" "$command" "$@" --paths "$futures" --out direct --force --quiet
    one "$command$found is that of $futures futures" diff -r found direct
}
same 16384 run --precision 1 -- "$plan"
same 8192 run --precision=1.2 -- "$plan" --save-paths --no-charts --with pay-shock
same 131072 run --precision 0.3 -- "$plan" --no-charts
same 5000 run --precision 1 --paths 5000 -- "$plan" --no-charts
same 5000 run --paths=5000 --precision=0.001 -- "$plan" --no-charts
same 1000 run --precision 1 --paths 1000 --threads 2 -- "$plan" --no-charts
same 8192 compare --precision 1.4 -- "$plan" --with two-more-schools
same 16384 compare --precision 1 -- "$plan" --no-charts --years 3 "$plan" --with pay-shock
same 6000 compare --precision 1 --paths 6000 -- "$plan" --no-charts --with pay-shock

worlds="$plan --with two-more-schools --under tight-settlement"
stresses="$plan --with pay-shock --with leader-leaves"
# shellcheck disable=SC2086
{
    same 8192 compare --precision 1.2 -- $worlds
    same 5000 compare --paths 5000 --precision=0.5 --threads 2 -- $worlds --no-charts
    same 8192 stress --precision 1.4 -- $stresses
    same 5000 stress --precision 0.5 --paths=5000 -- $stresses --no-charts
    same 8192 stress --precision 3 -- "$plan" --no-charts
}

# The manifest's command runs as it stands.
grep -q -e '"--paths"' found/manifest.json && pass || fail "the manifest does not say --paths"
one "the manifest does not say --precision" test "$(grep -c -e "--precision" found/manifest.json)" = 0

ends() { # status, words that stderr must hold (or nothing), arguments...
    want=$1 words=$2
    shift 2
    "$program" "$@" >out 2>err </dev/null
    got=$?
    if [ $got != "$want" ]; then
        fail "headroom $* ends with $got, not $want: $(cat err)"
    elif [ -n "$words" ] && ! grep -qF -e "$words" err; then
        fail "headroom $* does not say \"$words\" but \"$(cat err)\""
    elif [ -z "$words" ] && [ -s err ]; then
        fail "headroom $* says \"$(cat err)\""
    else
        pass
    fi
}
# What limits it.
ends 0 "" run "$plan" --precision 2
one "4,096 futures are the first look" grep -q "4,096 simulated futures" out
ends 0 "5,000 futures, the most that may be taken, make the chances good to 1.36 points, not to the 1 asked for" \
    run "$plan" --precision 1 --paths 5000
ends 0 "allow more with --paths" compare "$plan" --with pay-shock --precision 1 --paths 5000
ends 0 "the most that memory has room for" run "$plan" --precision 0.5 --save-paths --memory 50M
ends 2 "4096 paths take" run "$plan" --precision 0.5 --memory 1M
# As with so many futures.
ends 6 "a limit was passed" run "$plan" --precision 2 --fail-if 'P(reserves_below_policy) > 0.5'
ends 0 "" run "$plan" --precision 2 --fail-if 'P(reserves_below_policy) > 0.95'
# shellcheck disable=SC2086
{
    ends 0 "5,000 futures, the most that may be taken, make the chances good to" compare $worlds --precision 1 --paths 5000
    ends 0 "5,000 futures, the most that may be taken, make the chances good to" stress $stresses --precision 1 --paths 5000
    ends 0 "" stress $stresses --precision 1 --paths 5000 --quiet
    ends 0 "" compare $worlds --precision 1 --paths 5000 --quiet
    ends 0 "the most that memory has room for" compare $worlds --precision 0.5 --memory 16M
    ends 0 "the most that memory has room for" stress $stresses --precision 0.5 --memory 16M
    ends 0 "" stress $stresses --precision 2 --paths 100000
    one "4,096 futures are the first look of stresses" grep -q "the same 4,096 futures through each" out
    ends 0 "" compare $worlds --precision 2 --paths 100000
    one "4,096 futures are the first look under worlds" grep -q "4,096" out
    ends 2 "would fit" stress $stresses --paths 100000
    ends 2 "would fit" compare $worlds --precision 2 --memory 1M
    ends 6 "a limit was passed" stress $stresses --precision 2 --fail-if 'P(reserves_below_policy) > 0.5'
    ends 6 "a limit was passed" compare $worlds --precision 2 \
        --fail-if 'P(reserves_below_policy) > 0.88'
    ends 2 "is no value for --precision" stress $stresses --precision 0
    for command in "compare $worlds" "stress $stresses"; do
        "$program" $command --precision 1.4 --json >found.json
        "$program" $command --paths "$(sed -n 's/^ "paths": \([0-9]*\),$/\1/p' found.json)" --json >direct.json
        one "$command --json is the same" cmp found.json direct.json
        one "and knows no sets of assumptions" not grep -q assumption_sets found.json
    done
}
"$program" run "$plan" --precision 1.2 --json >found.json
"$program" run "$plan" --paths 8192 --json >direct.json
one "--json is the same" cmp found.json direct.json

# What is refused.
for points in 0 0.0 -1 abc 60 50.1 1e-1 nan inf 0x1 1.2.3 . '' '1 ' ' 1' 1,5; do
    ends 2 "is no value for --precision" run "$plan" --precision "$points"
done
ends 2 "is no value for --precision" compare "$plan" --with pay-shock --precision 0
ends 2 "needs a value" run "$plan" --precision
ends 2 "does not belong to check" check "$plan" --precision 1
ends 2 "does not belong to explain" explain "$plan" --precision 1

# A signal may be ignored where this script was started; the program would leave it so.
if ! env --default-signal=INT true 2>/dev/null; then echo "skipped: env has no --default-signal"; finish; exit; fi
# Interrupted in a search that has no end: whole looks stay, or the longer beginning of the one under way.
env --default-signal=INT timeout --preserve-status -k 30 -s INT 3 "$program" run "$large" --precision 0.001 \
    --threads 1 --no-charts --out part >/dev/null 2>err
one "SIGINT ends with 130" test $? = 130
if [ -e part/results.json ]; then
    paths=$(sed -n 's/^ "paths": \([0-9]*\),$/\1/p' part/results.json)
    asked=$(sed -n 's/^  "\([0-9]*\)",*$/\1/p' part/manifest.json | head -1)
    if grep -q '^ "partial": {' part/results.json; then
        one "of the look under way there are more than of the one before" test "$paths" -gt $((asked / 2)) -o "$asked" = 4096
    else
        one "a whole look: $(cat err)" test "$paths" = "$asked"
        one "it is said why it is the last" grep -q "the last that were whole" err
    fi
    one "the look is one of those" test "$((asked & (asked - 1)))" = 0
else
    echo "skipped: not one leaf of futures in three seconds here"
fi
finish
