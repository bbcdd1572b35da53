#!/bin/sh
# Calibration: without data it is skipped and succeeds; its programs refuse a wrong line; the tables of
# docs/verification.md are those of docs/verification/*.csv, which carry their attribution; every chart there has its
# figures. Usage: tests/lint/calibration.sh BUILD
cd "$(dirname "$0")/../.." || exit 1
b=${1:-build}
bad=0
fail() { echo "calibration: $*"; bad=1; }
tests/calibration/run.sh "$b/calibration" "" | grep -q skipped || fail "does not skip without data"
for p in "$b"/calibration/*; do
    [ -x "$p" ] && [ ! -d "$p" ] && "$p" > /dev/null 2>&1 && fail "$p runs without a folder"
done
tests/calibration/fill.sh --print | cmp -s - docs/verification.md || fail "docs/verification.md is not what its csv say: tests/calibration/fill.sh"
for f in docs/verification/*.csv; do
    [ ! -e "$f" ] || head -1 "$f" | grep -q "^# Contains public sector information" || fail "$f has no attribution"
done
for f in docs/verification/*.svg; do
    [ ! -e "$f" ] || grep -q "](verification/$(basename "$f"))" docs/verification.md || fail "$f is on no page"
done
exit $bad
