#!/bin/sh
# What runs on threads, built with the thread sanitizer: more threads than processors, a streamed run, a
# run that is stopped. Usage: tests/checks/threads.sh BUILD
set -eu
cd "$(dirname "$0")/../.."
b=${1:?build folder}
. tests/checks/count.sh
TSAN_OPTIONS=halt_on_error=1
export TSAN_OPTIONS
for t in test_pool test_run test_run_bits test_cases; do one $t "$b/tests/$t"; done
plan=scenarios/trusts/learning-together.cfg
one "eight threads" "$b/headroom" run "$plan" --paths 4000 --threads 8 --quiet
one "a streamed run" "$b/headroom" run "$plan" --paths 66000 --threads 4 --quiet
one "stresses" "$b/headroom" stress "$plan" --paths 1000 --threads 8 --quiet
one "strategies under a world" "$b/headroom" compare "$plan" --with two-more-schools --under tight-settlement \
    --paths 1000 --threads 8 --quiet
one "a search" "$b/headroom" run "$plan" --precision 1 --threads 8 --quiet
one "a run that is stopped" sh -c 'timeout -s INT 1 "$0" run "$1" --paths 1000000 --threads 4 --quiet
    [ $? = 124 ]' "$b/headroom" "$plan"
finish
