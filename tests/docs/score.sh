#!/bin/sh
# The worked example of docs/score.md: the table of its csv block is scored by the command of its first block, and
# what stands between `<!-- verdict -->` and `<!-- end of verdict -->` is what the program says. Tells when it is not;
# with --write brings it up to date. `make docs` does. Usage: tests/docs/score.sh BUILD [--write]
b=$(cd "${1:-build}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
page=docs/score.md
awk '/^```csv$/ { inside = 1; next } /^```$/ { inside = 0 } inside' $page > "$work/actuals.csv"
run=$(sed -n 's/^build\/headroom run \(.*\) --out out\/forecast$/\1/p' $page)
[ -s "$work/actuals.csv" ] && [ -n "$run" ] || { echo "score: $page has no example"; exit 1; }
# shellcheck disable=SC2086
"$b/headroom" run $run --no-charts --quiet --out "$work/forecast" || exit 1
"$b/headroom" score "$work/forecast" "$work/actuals.csv" > "$work/said" || exit 1
{
    sed '/^<!-- verdict -->$/q' $page
    echo; echo '```'
    awk '/^Verdict$/ { on = 1 } /^What it rests on$/ { on = 0 } /^Figure by figure$/ { on = 1 } /^What the intervals/ { on = 0 }
        on { if ($0 == "") blank++; else { if (shown && blank) print ""; blank = 0; shown = 1; print } }' "$work/said"
    echo '```'; echo
    sed -n '/^<!-- end of verdict -->$/,$p' $page
} > "$work/page"
cmp -s $page "$work/page" && exit 0
[ "$2" = --write ] && { cat "$work/page" > $page; exit 0; }
echo "score: the verdict of $page is not what the program says: make docs"
diff $page "$work/page" | head -10
exit 1
