#!/bin/sh
# Every scenario over every length of time, in a program built with the address sanitizer: tables by year
# are stepped over at their ends if anywhere. Usage: tests/checks/horizons.sh PROGRAM
set -eu
cd "$(dirname "$0")/../.."
program=${1:?program}
. tests/checks/count.sh
for scenario in scenarios/trusts/*.cfg tests/scenarios/*.cfg; do
    for years in 1 2 3 4 5 6 7 8 9 16 17 30; do
        said=$("$program" run "$scenario" --years $years --paths 32 --vector plain --quiet 2>&1) && status=0 || status=$?
        case $status in
        0) pass ;;
        3) ;; # a target's year is not among these
        *) fail "$scenario over $years years: $(echo "$said" | grep -m 1 -A 4 ERROR)" ;;
        esac
    done
done
finish
