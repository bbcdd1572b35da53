#!/bin/sh
# score: the exit status of every kind of end, what it prints and writes, and that it changes nothing it reads.
# Usage: tests/cli/score.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:?program}")
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
small=$PWD/tests/scenarios/small.cfg
cd "$work" || exit 1

ends() { # status, words that are said (or nothing), command...
    want=$1 words=$2
    shift 2
    "$program" "$@" >out 2>err </dev/null
    got=$?
    if [ $got != "$want" ]; then fail "headroom $* ends with $got, not $want: $(cat err)"
    elif [ -n "$words" ] && ! grep -qF -e "$words" err; then fail "headroom $* does not say \"$words\" but \"$(cat err)\""
    elif [ -z "$words" ] && [ -s err ]; then fail "headroom $* says \"$(cat err)\""
    else pass; fi
}

"$program" run "$small" --paths 300 --no-charts --quiet --save-paths --out run || exit 1
"$program" run "$small" --paths 300 --no-charts --quiet --out plain || exit 1
cat >actuals.csv <<'END'
year,metric,value,school,note
2026/27,pupils,1449,,
2026/27,pupils,410,oakfield,October
2026/27,reserves,710000,,
2027/28,pupils,1460,,
END
sha256sum run/* plain/* actuals.csv >before

ends 0 "" score run actuals.csv
one "the verdict comes first" test "$(grep -n 'fell inside' out | cut -d: -f1)" -le 7
one "the table has a row a figure" grep -q '^2026/27 oakfield  *[0-9]' out
ends 0 "" score plain actuals.csv
one "without futures the formula is told" grep -q 'by the seven quantiles' out
ends 0 "" score run actuals.csv --quiet
one "--quiet prints nothing" test ! -s out
ends 0 "" score run actuals.csv --json
one "--json is one document" parse <out
cp out first
LC_ALL=de_DE.UTF-8 "$program" score run actuals.csv --json >out
one "the same bytes in another locale" cmp first out

ends 0 "" score run actuals.csv --out score --quiet
for file in score.txt score.json score.csv manifest.json; do one "$file is written" test -s score/$file; done
one "score.json is what --json prints" cmp score/score.json first
one "score.csv has a row a figure" test "$(wc -l <score/score.csv)" = 5
one "manifest.json has the digest of score.json" grep -q "$(sha256sum score/score.json | cut -d' ' -f1)" score/manifest.json
ends 4 "--force replaces it" score run actuals.csv --out score --quiet
ends 0 "" score run actuals.csv --out score --quiet --force
ends 2 "a folder of its own" score run actuals.csv --out run --force
ends 2 "a folder of its own" score run actuals.csv --out run/../run/ --force
ends 2 "a folder of its own" score run actuals.csv --out . --force
one "nothing that is read is changed" sha256sum --quiet -c before
if [ -w /dev/full ]; then
    "$program" score run actuals.csv >/dev/full 2>err
    one "a full disk is exit 4" test $? = 4
fi

ends 2 "score needs DIR ACTUALS.csv" score run
ends 2 "one word too many" score run actuals.csv more
ends 2 "does not belong to score" score run actuals.csv --paths 10
ends 1 "cannot read" score none actuals.csv
ends 1 "written by \`headroom run --out\`" score score actuals.csv
ends 3 "cannot read" score run none.csv
printf 'year,metric,value\n2026/27,pupls,3\n2040/41,pupils,4\n' >bad.csv
ends 3 "bad.csv:2: error: there is no metric \"pupls\"" score run bad.csv
one "every mistake is told" grep -q '^bad.csv:3: error: the year 2040/41 is outside the run' err

# What was touched after it was frozen is refused, though by one digit.
cp -r run touched
sed 's/"mean": 1/"mean": 2/' run/results.json >touched/results.json
ends 1 "not the forecast that was frozen" score touched actuals.csv
cp run/results.json touched/
sed '$s/1/2/' run/paths.csv >touched/paths.csv
ends 1 "not the futures that were frozen" score touched actuals.csv
rm touched/paths.csv
ends 0 "is gone: scores are by the quantiles" score touched actuals.csv
mkfifo touched/paths.csv
ends 1 "is not a file" score touched actuals.csv
finish
