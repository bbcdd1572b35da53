#!/bin/sh
# Runs the calibration programs and prints every target with its band, what was seen and whether it holds; the last
# line counts. Without a folder of data it says so and succeeds. With --write it fills docs/verification/ (what was
# seen, the small tables that charts are drawn from, the charts) and the tables of docs/verification.md; without, it
# fails when what it sees is not what stands there.
# Usage: tests/calibration/run.sh PROGRAM_FOLDER DATA_FOLDER [--write] [SECTION...]
set -eu
cd "$(dirname "$0")/../.."
programs=${1:?folder of the programs}
data=${2-}
[ $# -ge 2 ] && shift 2 || shift $#
write=
[ "${1-}" = --write ] && { write=--write; shift; }
if [ -z "$data" ]; then
    echo "calibration: skipped, no data: make check-calibration DATA=folder"
    exit 0
fi
[ -d "$data" ] || { echo "calibration: $data is no folder" >&2; exit 2; }
out=docs/verification
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
differs=
for section in ${*:-rolls money joins grades}; do
    program=$programs/$section
    [ -x "$program" ] || continue
    "$program" "$data" ${write:+--write "$out"} > "$work/$section"
    tests/calibration/table.sh csv < "$work/$section" > "$work/$section.csv"
    tests/calibration/table.sh plain < "$work/$section.csv"
    if [ -n "$write" ]; then
        cp "$work/$section.csv" "$out/$section.csv"
    elif ! cmp -s "$work/$section.csv" "$out/$section.csv"; then
        differs="$differs $section"
    fi
done
if [ -n "$write" ]; then
    tests/calibration/fill.sh
    for plot in tests/calibration/*.gp; do
        [ -e "$plot" ] && gnuplot "$plot"
    done
fi
cat "$work"/*.csv | awk -F'|' '$8 == "yes" { y++ } $8 == "no" { n++ }
    END { printf "%d targets hold, %d do not\n", y, n }'
[ -z "$differs" ] || { echo "calibration: not what docs/verification says:$differs" >&2; exit 1; }
