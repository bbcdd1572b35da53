#!/bin/sh
# What a run writes, where it refuses to, and what it does when it cannot. Usage: tests/cli/output.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:?program}")
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sound=$PWD/tests/scenarios/sound.cfg
cd "$work" || exit 1

run() { "$program" run "$sound" --paths 40 --quiet "$@"; }
ends() { # status, what it shows, command...
    want=$1 what=$2
    shift 2
    "$@" >said 2>&1
    got=$?
    if [ $got = "$want" ]; then pass; else fail "$what: ends with $got, not $want: $(cat said)"; fi
    rm -f said
}
nothing_left() { one "$1 leaves nothing" test -z "$(ls -A)"; }

ends 0 "a run without --out" run
nothing_left "a run without --out"

ends 0 "a run with --out" run --out out --no-charts
for file in summary.txt results.json metrics.csv resolved.cfg manifest.json; do one "$file" test -s out/$file; done
one "no paths.csv unasked" test ! -e out/paths.csv
one "nothing beside the folder" test "$(ls -A)" = out
ends 4 "a folder that is not empty" run --out out --no-charts
for long in "run $sound" "compare $sound --set years=2" "stress $sound --with no-growth"; do
    ends 4 "${long%% *} looks at the folder before it simulates" \
        timeout 20 "$program" $long --paths 1000000000 --quiet --out out --no-charts
done
ends 0 "--force" run --out out --force --no-charts
mkdir other
echo mine >other/file
ends 4 "a folder of something else" run --out other --no-charts
ends 4 "a folder of something else, with --force" run --out other --force --no-charts
one "a folder of something else stays" test "$(cat other/file)" = mine
mkdir empty
ends 0 "an empty folder" run --out empty --no-charts
ends 0 "--save-paths" run --out paths --no-charts --save-paths
one "paths.csv has a row a future and year" test "$(wc -l <paths/paths.csv)" = 201
ends 4 "a folder in a file" run --out other/file/out --no-charts
rm -rf out other empty paths

# resolved.cfg is itself a scenario that gives the same results.
run --out first --no-charts
ends 0 "resolved.cfg runs" "$program" run first/resolved.cfg --paths 40 --quiet --out second --no-charts
sed '/"origin":/d' first/results.json >first/numbers
sed '/"origin":/d' second/results.json >second/numbers
one "resolved.cfg gives the same results" cmp first/numbers second/numbers
rm -rf first second

# Without gnuplot all else is written, one line says so, and it is no error.
mkdir none
heard=$(PATH=$work/none "$program" run "$sound" --paths 40 --out plain 2>&1 >/dev/null)
one "no gnuplot is no error" test $? = 0
one "one line says that gnuplot is absent" test "$(echo "$heard" | grep -c gnuplot)" = 1
one "numbers of charts are written" test -s plain/charts/pupils.csv -a -s plain/charts/pupils.txt
one "no chart is drawn" test -z "$(find plain -name '*.svg' -o -name '*.png' -o -name '*.gp')"
rm -rf plain none

# A disk that is full.
if [ -w /dev/full ]; then
    ends 4 "stdout on a full disk" sh -c '"$0" run "$1" --paths 40 >/dev/full' "$program" "$sound"
    ends 4 "JSON on a full disk" sh -c '"$0" run "$1" --paths 40 --json >/dev/full' "$program" "$sound"
    ends 4 "help on a full disk" sh -c '"$0" --help >/dev/full' "$program"
fi
ends 4 "a file that may not grow" sh -c 'ulimit -f 8; exec "$0" run "$1" --paths 40 --quiet --out small' \
    "$program" "$sound"
nothing_left "a run that could not write"

# A reader that leaves early ends the program quietly.
said=$( (trap - PIPE; "$program" show parameters 2>&1 >&3) 3>&1 >/dev/null | head -1 >/dev/null)
one "a reader that leaves early hears nothing" test -z "$said"
finish
