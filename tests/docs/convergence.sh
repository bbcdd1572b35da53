#!/bin/sh
# Fills the tables of docs/convergence.md with what the program says: between `<!-- settling SCENARIO -->` and `<!-- end
# of settling -->` the chances by the first so many of 65,536 futures, between `<!-- precision SCENARIO -->` and `<!--
# end of precision -->` the futures that each precision takes. Tells when the page is not up to date; with --write
# brings it up to date. `make docs` does. Usage: tests/docs/convergence.sh BUILD [--write]
b=$(cd "${1:-build}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
page=docs/convergence.md
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
commas='function commas(n) { return n >= 1000 ? commas(int(n / 1000)) "," sprintf("%03d", n % 1000) : n "" }'

settling() { # scenario
    "$b/headroom" run "$1" --paths 65536 --json > "$work/results" || return 1
    awk -f tests/docs/convergence.awk "$work/results" | awk -F '\t' "$commas"'
        BEGIN {
            head["policy_kept"] = "reserves keep the policy"; head["days_enough"] = "improvement days are enough"
            head["plan_targets_all"] = "every target of the plan is met"
            head["our_targets_all"] = "every target of our reading is met"
            print "| futures | reserves keep the policy | improvement days are enough | every target of the plan is met " \
                "| every target of our reading is met | the widest |\n|---:|---:|---:|---:|---:|---:|" }
        { half = 50 * ($5 - $4); widest[$2] = half > widest[$2] ? half : widest[$2]
          said[$1, $2] = sprintf("%.1f ± %.2f", 100 * $3, half)
          if ($1 == "policy_kept") at[++points] = $2 }
        END { for (k = 1; k <= points; k++) {
            n = at[k]
            printf "| %s | %s | %s | %s | %s | %.2f |\n", commas(n), said["policy_kept", n], said["days_enough", n],
                said["plan_targets_all", n], said["our_targets_all", n], widest[n] } }'
}

precision() { # scenario
    echo '| `--precision` | futures | of all looks together |'
    echo '|---:|---:|---:|'
    for points in 5 2 1 0.5 0.2; do
        "$b/headroom" run "$1" --precision $points --json > "$work/results" || return 1
        sed -n 's/^ "paths": \([0-9]*\),$/\1/p' "$work/results" | awk -v points=$points "$commas"'
            { all = 0; for (n = $1; n >= 4096; n /= 2) all += n
              printf "| %s | %s | %s |\n", points, commas($1), commas(all) }'
    done
}

: > "$work/page"
copy=1 tables=0
while IFS= read -r line; do
    case $line in '<!-- end of '*) copy=1 ;; esac
    [ $copy = 1 ] && printf '%s\n' "$line" >> "$work/page"
    case $line in
    '<!-- settling '* | '<!-- precision '*)
        what=${line#<!-- }
        scenario=${what#* }
        copy=0 tables=$((tables + 1))
        { echo; ${what%% *} "${scenario% -->}" || exit 1; echo; } >> "$work/page" ;;
    esac
done < $page
[ $tables = 2 ] && [ $copy = 1 ] || { echo "convergence: $page has not its two tables, or one without an end"; exit 1; }
cmp -s $page "$work/page" && exit 0
[ "$2" = --write ] && { cat "$work/page" > $page; exit 0; }
echo "convergence: the tables of $page are not what the program says: make docs"
diff $page "$work/page" | head -10
exit 1
