#!/bin/sh
# Runs every unit test program and every lint and command-line check; prints what failed and, last, the count.
# Usage: tests/ci/test.sh BUILD
set -u
b=${1:?build folder}
passed=0
failed=0
one() { # name command...
    name=$1
    shift
    if out=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "ok      $name"
    else
        failed=$((failed + 1))
        echo "FAILED  $name"
        echo "$out" | tail -40
    fi
}
for t in tests/lint/*.sh; do [ -e "$t" ] && one "$t" sh "$t" "$b"; done
for t in "$b"/tests/test_*; do [ -x "$t" ] && [ ! -d "$t" ] && one "${t##*/}" "$t"; done
for t in tests/cli/*.sh; do [ -e "$t" ] && one "$t" sh "$t" "$b/headroom"; done
echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
