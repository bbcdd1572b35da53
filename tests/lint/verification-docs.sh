#!/bin/sh
# Verification page: every test that docs/verification-of-the-engine.md names is in tests/unit, and every test of the
# programs that it lists is named. Usage: tests/lint/verification-docs.sh
cd "$(dirname "$0")/../.." || exit 1
page=docs/verification-of-the-engine.md
bad=0
fail() { echo "verification-docs: $*"; bad=1; }
tests() { sed -nE 's/^ *cmocka_unit_test\(([a-z0-9_]+)\),/\1/p' "$@"; }
for n in $(grep -E '^\|' $page | grep -oE '[a-z0-9]+(_[a-z0-9]+){3,}' | sort -u); do
    [ -e "tests/unit/$n.c" ] || tests tests/unit/*.c | grep -qx "$n" || fail "$page names $n, which is no test"
done
for f in closed_forms closed_forms_money spreadsheet relations relations_growth relations_risks facts; do
    for n in $(tests "tests/unit/test_$f.c"); do
        grep -qw "$n" $page || fail "$page does not name $n of test_$f.c"
    done
done
exit $bad
