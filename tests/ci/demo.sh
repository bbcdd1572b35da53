#!/bin/sh
# Runs the real plans that ship and leaves the verdicts on the terminal and everything else in out/.
# Usage: tests/ci/demo.sh PROGRAM
set -eu
program=${1:?program}
mkdir -p out
for plan in scenarios/trusts/*.cfg; do
    name=$(basename "$plan" .cfg)
    "$program" check "$plan"
    "$program" run "$plan" --out "out/$name" --force
done
echo
echo "Charts, tables and results: out/"
