#!/bin/sh
# Fills the tables of docs/overlays/ and docs/worlds/: between `<!-- table SCENARIO -->` and `<!-- end of table -->`
# stands what the program says of the scenario as it is and with the page's overlay or world, 4,000 futures each; `<!-- table SCENARIO
# buildings -->`, on one line, has the money for buildings too. Tells which pages are not
# up to date; with --write brings them up to date. `make docs` does. Usage: tests/docs/overlays.sh BUILD [--write]
b=$(cd "${1:-build}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

# One run: FIGURE|VALUE lines of its last year and of its whole length.
figures() { # scenario, options of the run
    "$b/headroom" run "$@" --paths 4000 --assumptions 0 --no-charts --force --quiet --out "$work/run" || return 1
    awk -F, 'function tens(x) { x = 10 * sprintf("%.0f", x / 10)
            return x < 1000 ? x : int(x / 1000) "," sprintf("%03d", x % 1000) }
        function pounds(x) { return sprintf("%s£%.2fm", x < 0 ? "-" : "", (x < 0 ? -x : x) / 1e6) }
        NR > 1 { v[$2, $5] = $6; year = $4 }
        END {
            printf "end|%s\n", year
            printf "reserves|%.1f (%.1f to %.1f)\n", v["reserves_pct", "p50"], v["reserves_pct", "p10"], v["reserves_pct", "p90"]
            printf "use|%.0f (%.0f to %.0f)\n", v["capacity_use_pct", "p50"], v["capacity_use_pct", "p10"], v["capacity_use_pct", "p90"]
            printf "good|%.0f\n", v["good_or_better_pct", "mean"]
            printf "schools|%.1f\n", v["schools", "mean"]
            printf "pupils|%s (%s to %s)\n", tens(v["pupils", "p50"]), tens(v["pupils", "p10"]), tens(v["pupils", "p90"])
            printf "capital|%s\n", pounds(v["estate_funding", "mean"])
            printf "need|%s\n", pounds(v["estate_need", "mean"]) }' "$work/run/metrics.csv"
    # In the results a risk has its chance of some year under "any".
    tr -d ' \n' < "$work/run/results.json" | awk '{ all = $0 }
        function chance(risk, name) {
            at = substr(all, index(all, "\"" risk "\":{\"label\""))
            p = 100 * substr(at, index(at, "\"any\":{\"p\":") + 11, 20)
            printf "%s|%s\n", name, sprintf(1 <= p && p <= 99 ? "%.0f" : "%.1f", p) }
        END { chance("reserves_below_policy", "below"); chance("reserves_below_zero", "zero")
              chance("capacity_overload", "overload"); chance("onboarding_overload", "onboarding") }'
}

table() { # two files of figures, "buildings" or nothing
    awk -F'|' -v buildings="$3" 'FNR == NR { a[$1] = $2; next } { b[$1] = $2 }
        function line(name, words) { printf "| %s | %s | %s |\n", words, a[name], b[name] }
        END {
            print "| of 4,000 futures | as it is | with it |\n|---|---|---|"
            line("reserves", "Reserves at the end of " a["end"] ", % of income: middle (8 futures in 10)")
            line("below", "Chance in 100 that reserves are below the policy in some year")
            line("zero", "Chance in 100 that reserves are below zero in some year")
            line("use", "Improvement days needed for 100 that there are, " a["end"] ": middle (8 in 10)")
            line("overload", "Chance in 100 that improvement days are too few in some year")
            line("onboarding", "Chance in 100 that time to take schools in is too little in some year")
            line("good", "Schools good or better at the end, of 100")
            line("schools", "Schools at the end, on average")
            line("pupils", "Pupils at the end: middle (8 in 10)")
            if (buildings == "") exit
            line("capital", "Money for buildings in " a["end"] ", on average")
            line("need", "Work that the buildings need at the end, on average") }' "$1" "$2"
}

for page in docs/overlays/*.md docs/worlds/*.md; do
    overlay=$(basename "$page" .md)
    : > "$work/page"
    copy=1 tables=0
    while IFS= read -r line; do
        case $line in
        '<!-- end of table -->') copy=1 ;;
        esac
        [ $copy = 1 ] && printf '%s\n' "$line" >> "$work/page"
        case $line in
        '<!-- table '*)
            scenario=${line#<!-- table }
            scenario=${scenario% -->}
            more=
            case $scenario in *' buildings') more=buildings scenario=${scenario% buildings} ;; esac
            tables=$((tables + 1)) copy=0
            as_it_is=$work/$(echo "$scenario" | tr / -)
            { [ -e "$as_it_is" ] || figures "$scenario" > "$as_it_is"; } && figures "$scenario" --with "$overlay" > "$work/with" ||
                { echo "overlays: $page: $scenario does not run"; exit 1; }
            { echo; table "$as_it_is" "$work/with" "$more"; echo; } >> "$work/page" ;;
        esac
    done < "$page"
    [ $tables != 0 ] && [ $copy = 1 ] || { echo "overlays: $page has no table, or one without an end"; bad=1; continue; }
    cmp -s "$page" "$work/page" && continue
    if [ "$2" = --write ]; then cat "$work/page" > "$page"; else
        echo "overlays: the table of $page is not what the program says: make docs"
        diff "$page" "$work/page" | head -6
        bad=1
    fi
done
exit $bad
