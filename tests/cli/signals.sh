#!/bin/sh
# Interruptions: what was simulated is kept, marked partial, and is what a run of so many futures gives.
# Usage: tests/cli/signals.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=${1:?program}
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
large=tests/scenarios/bench.cfg

# A signal may be ignored where this script was started; the program would leave it so.
env --default-signal=INT true 2>/dev/null || { echo "skipped: env has no --default-signal"; exit 0; }
stopped() { # signal, seconds, arguments...
    signal=$1 seconds=$2
    shift 2
    env --default-signal=INT timeout --preserve-status -k 30 -s "$signal" "$seconds" "$program" run "$large" \
        --threads 1 --quiet --no-charts "$@" 2>"$work/err"
}
member() { sed -n "/^ \"partial\": {/,/}/s/^  \"$1\": \([0-9]*\),*$/\1/p" "$work/part/results.json"; }

stopped INT 0.5 --paths 65536 --out "$work/part"
status=$?
if [ $status = 0 ]; then
    echo "skipped: 65,536 futures take less than half a second here"
elif [ $status = 130 ] && [ ! -e "$work/part" ]; then
    echo "skipped: not one leaf of futures in half a second here"
else
    one "SIGINT ends with 130" test $status = 130
    one "results.json says how many were asked for" test "$(member of)" = 65536
    paths=$(member paths)
    one "results.json says how many there are" test "${paths:-0}" -ge 256
    "$program" run "$large" --paths "${paths:-1}" --quiet --no-charts --out "$work/whole"
    one "$paths futures of 65,536 are a run of $paths" cmp "$work/part/metrics.csv" "$work/whole/metrics.csv"
fi
stopped INT 1 --paths 1000000
one "SIGINT in a streamed run ends with 130" test $? = 130
stopped TERM 1 --paths 1000000
one "SIGTERM ends with 143" test $? = 143
# A busy machine may take its time over the first leaf.
for seconds in 1 4 16; do
    stopped INT $seconds --paths 1000000 --json >"$work/out"
    [ -s "$work/out" ] && break
done
one "what there is is printed" test -s "$work/out"
finish
