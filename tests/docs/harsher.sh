#!/bin/sh
# What a page of docs/overlays/ or docs/worlds/ calls harsher is harsher: laid over the scenario of the page's first
# table, each `--set` of that section makes things worse than the overlay or world alone does, over 4,000 futures each.
# Worse: the chances of the table's four risks and of schools that are not good add up to a point of 100 more, or they do
# not fall and the middle of reserves at the end is 0.3 % of income lower. Usage: tests/docs/harsher.sh BUILD
b=$(cd "${1:-build}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

# Points of harm, and the middle of reserves in per cent of income.
harm() { # scenario, options of the run
    "$b/headroom" run "$@" --paths 4000 --assumptions 0 --no-charts --force --quiet --out "$work/run" || return 1
    {
        awk -F, '{ v[$2, $5] = $6 } END { print v["reserves_pct", "p50"], v["good_or_better_pct", "mean"] }' "$work/run/metrics.csv"
        tr -d ' \n' < "$work/run/results.json"
    } | awk 'NR == 1 { middle = $1; sum = 100 - $2; next }
        function chance(risk) {
            at = substr($0, index($0, "\"" risk "\":{\"label\""))
            return 100 * substr(at, index(at, "\"any\":{\"p\":") + 11, 20)
        }
        { sum += chance("reserves_below_policy") + chance("reserves_below_zero") + chance("capacity_overload") + chance("onboarding_overload")
          print sum, middle }'
}

for page in docs/overlays/*.md docs/worlds/*.md; do
    overlay=$(basename "$page" .md)
    scenario=$(sed -n 's/^<!-- table \([^ ]*\).*/\1/p' "$page" | head -1)
    awk '/^## / { take = /harsher$/ } take' "$page" | tr '\n' ' ' | grep -o '`--set [^`]*`' | tr -d '`' > "$work/sets"
    [ -s "$work/sets" ] || continue
    plain=$(harm "$scenario" --with "$overlay") || { echo "harsher: $page: $scenario does not run"; exit 1; }
    while IFS= read -r set; do
        more=$(eval "harm \"\$scenario\" --with $overlay $set" < /dev/null) || { echo "harsher: $page: $set does not run"; bad=1; continue; }
        echo "$plain $more" | awk '{ exit !($3 - $1 >= 1 || ($3 >= $1 && $2 - $4 >= 0.3)) }' ||
            { echo "harsher: $page: $set is not: harm and middle reserves $plain without, $more with"; bad=1; }
    done < "$work/sets"
done
exit $bad
