#!/bin/sh
# Runs the real plans that ship: for each the verdict, the chance of each target, the plan's arithmetic and what real
# trusts did, and last all of them in one table; everything else goes to out/. Usage: tests/ci/demo.sh PROGRAM
set -eu
program=${1:?program}
mkdir -p out
: > out/verdicts.txt
for plan in scenarios/trusts/*.cfg; do
    name=$(basename "$plan" .cfg)
    "$program" run "$plan" --out "out/$name" --force --quiet
    # The page up to its tables, which are in out/.
    sed '/^Tables$/,$d' "out/$name/summary.txt"
    echo "----------------------------------------------------------------------------------------------------"
    awk -f tests/docs/chances.awk "out/$name/results.json" | awk -F '\t' -v name="$name" '
        { sub(/ \(.*/, "", $3) }
        $1 == "target" && (least == "" || $4 < least) { least = $4; missed = $5 " (met: " $3 ")" }
        $1 == "all" { all[$2] = $3 }
        $1 == "risk" && $2 == "reserves" { kept = $3 ($4 == "-" ? "" : "; what we do not know: " $4) }
        END {
            printf "%-18s  %-23s  %-23s  out/%s/\n", name, all["plan"] == "-" ? "it sets none" : all["plan"], all["both"], name
            printf "  reserves keep the policy in every year: %s\n  likeliest to go wrong: %s\n\n", kept, missed }' \
        >> out/verdicts.txt
done
echo
echo "Chance that all targets of a plan are met in one future"
echo
printf '%-18s  %-23s  %-23s  %s\n\n' "plan" "those it sets itself" "with our reading of it" "look in"
cat out/verdicts.txt
echo "What we do not know: between which chances in 100 it puts them, in 90 of 100 sets of assumptions."
echo
rm out/verdicts.txt
echo "In each folder: summary.txt (the whole page), charts/, metrics.csv, results.json, resolved.cfg (every setting with"
echo "its source). Why a plan fares as it does: docs/plans.md. One future told year by year:"
echo "$program explain scenarios/trusts/learning-together.cfg --path 17"
