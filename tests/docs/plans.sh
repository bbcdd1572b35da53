#!/bin/sh
# Fills the tables of docs/plans.md with what the program says, 10,000 futures each. Between `<!-- verdict SCENARIO -->`
# and `<!-- end of verdict -->` stand the chances of the plan's targets. Between `<!-- what if SCENARIO`, with a line
# `ask HEADING | CONDITION` for each column and a line `if WORDS | OPTIONS` for each row, `-->`, and `<!-- end of what
# if -->` stands what a change does. Tells when the page is not up to date; with --write brings it up to date. `make
# docs` does. Usage: tests/docs/plans.sh BUILD [--write]
b=$(cd "${1:-build}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
page=docs/plans.md
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

chances() { # scenario, options of the run
    "$b/headroom" run "$@" --no-charts --force --quiet --out "$work/run" 2> "$work/said" ||
        { echo "plans: $*: $(cat "$work/said")" >&2; return 1; }
    awk -f tests/docs/chances.awk "$work/run/results.json" > "$work/chances"
}

verdict() { # scenario
    chances "$1" || return 1
    awk -F '\t' 'BEGIN { print "| target | whose | chance that it is met | what we do not know, in 100 |\n|---|---|---|---|" }
        $1 == "target" { printf "| %s | %s | %s | %s |\n", $5, $2 == "plan" ? "the plan'\''s" : "our reading", $3, $6; count[$2]++ }
        $1 == "all" { all[$2] = $3; moved[$2] = $4 }
        $1 == "risk" { risk[$2] = $3; moved[$2] = $4 }
        END {
            if (count["plan"] > 1) printf "| **all that the plan itself sets, in one future** | | **%s** | %s |\n", all["plan"], moved["plan"]
            if (count["our_reading"] > 1) printf "| **all that are our reading, in one future** | | **%s** | %s |\n", all["our_reading"], moved["our_reading"]
            if (count["plan"] && count["our_reading"]) printf "| **all, the plan'\''s and ours** | | **%s** | %s |\n", all["both"], moved["both"]
            printf "| reserves at or above the policy in every year | | %s | %s |\n", risk["reserves"], moved["reserves"]
            printf "| improvement days enough for what schools need in every year | | %s | %s |\n", risk["days"], moved["days"] }' "$work/chances"
}

# The file of lines `ask` and `if` of one table.
what_if() { # scenario, file
    targets=$(awk -F ' [|] ' '/^ask / { printf "%s{ id = \"asked%d\"; name = \"asked %d\"; expr = \"%s\"; }",
        n ? ", " : "", ++n, n, $2 }' "$2")
    awk -F ' [|] ' '/^ask / { head = head " " substr($1, 5) " |"; rule = rule "---|" } END { print "| |" head "\n|---|" rule }' "$2"
    grep '^if ' "$2" > "$work/rows"
    while IFS= read -r row <&3; do
        words=${row%% |*}
        eval "chances \"\$1\" --assumptions 0 --set \"targets=( \$targets )\" ${row#*|}" || return 1
        awk -F '\t' -v words="${words#if }" '$5 ~ /^asked / { sub(/ \(.*/, "", $3); said[substr($5, 7) + 0] = $3; n++ }
            END { printf "| %s |", words; for (i = 1; i <= n; i++) printf " %s |", said[i]; print "" }' "$work/chances"
    done 3< "$work/rows"
}

: > "$work/page"
copy=1 asking=0 tables=0
while IFS= read -r line; do
    case $line in '<!-- end of '*) copy=1 ;; esac
    [ $copy = 1 ] && printf '%s\n' "$line" >> "$work/page"
    [ $asking = 1 ] && printf '%s\n' "$line" >> "$work/asked"
    case $line in
    '<!-- verdict '*)
        scenario=${line#<!-- verdict }
        copy=0 tables=$((tables + 1))
        { echo; verdict "${scenario% -->}" || exit 1; echo; } >> "$work/page" ;;
    '<!-- what if '*)
        scenario=${line#<!-- what if }
        asking=1
        : > "$work/asked" ;;
    '-->')
        [ $asking = 1 ] || continue
        asking=0 copy=0 tables=$((tables + 1))
        { echo; what_if "$scenario" "$work/asked" || exit 1; echo; } >> "$work/page" ;;
    esac
done < "$page"
[ $tables != 0 ] && [ $copy = 1 ] || { echo "plans: $page has no table, or one without an end"; exit 1; }
for scenario in scenarios/trusts/*.cfg; do
    grep -qF "<!-- verdict $scenario -->" "$page" || { echo "plans: $page has no verdict of $scenario"; exit 1; }
done
cmp -s "$page" "$work/page" && exit 0
if [ "$2" = --write ]; then
    cat "$work/page" > "$page"
else
    echo "plans: the tables of $page are not what the program says: make docs"
    diff "$page" "$work/page" | head -10
    exit 1
fi
