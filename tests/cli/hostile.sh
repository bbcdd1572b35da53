#!/bin/sh
# Names that try to be commands, markup, formulas and formats, through everything that a run writes.
# Usage: tests/cli/hostile.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:?program}")
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp tests/scenarios/sound.cfg "$work/sound.cfg"
cd "$work" || exit 1

cat >hostile.cfg <<'END'
base = "sound.cfg";
name = "`touch PWNED` $(touch PWNED) </svg><script>alert(1)</script> '; system('touch PWNED'); \"; !touch PWNED %s%n {/Symbol a} ^_~ & ]]> \\";
note = "@import \"`touch PWNED`\"";
schools = (
  { id = "oak"; name = "=cmd|'/c touch PWNED'!A1"; },
  { id = "hill"; name = "`touch PWNED` </text></svg><!-- \\\"; system \"touch PWNED\" #"; }
);
candidates = ( { id = "elm"; name = "=1+1"; }, { id = "fir"; name = "+1 $(touch PWNED)"; phase = "primary"; ages = [4, 11]; roll = 200; route = "converter"; wished = "2027-09"; } );
risks = ( { id = "flood"; name = "'; !touch PWNED\n`touch PWNED`"; } );
targets = (
  { name = "-2+3 </svg>"; expr = "P(pupils > 1, end)"; quote = "\"$(touch PWNED)\""; },
  { id = "t2"; name = "@SUM(A1) `touch PWNED`\tx\ny"; expr = "P(schools >= 3, end)"; }
);
END
one "hostile names run" "$program" run hostile.cfg --paths 40 --out out --quiet --save-paths
"$program" check hostile.cfg --explain >check.txt 2>&1
"$program" explain hostile.cfg --path 1 >explain.txt 2>&1
"$program" run hostile.cfg --paths 40 --json >results.json
one "no name was run as a command" test -z "$(find . -name 'PWNED*')"
one "results.json keeps the name" grep -qF '`touch PWNED` $(touch PWNED) </svg>' out/results.json
if command -v gnuplot >/dev/null; then
    one "charts are drawn" test -s out/charts/pupils.svg
    if command -v xmllint >/dev/null; then
        for chart in out/charts/*.svg; do one "$chart is XML" xmllint --noout --nonet "$chart"; done
    fi
    one "no chart has a script" not grep -i "<script" out/charts/*.svg
fi

# No cell of a table is a formula, nor starts a row of its own. A number may begin with a minus.
formula() { grep -E '(^|,)"?([=@]|[+-][^0-9])' "$@"; }
one "no cell is a formula" not formula out/*.csv out/charts/*.csv
printf '=1+1,2\n' >formula.csv
one "a formula would be found" formula formula.csv
one "-2+3 as a name is no number" not grep -rE '(^|,)"?-2\+3' out --include='*.csv'
one "every row of metrics.csv has its nine cells" sh -c \
    'sed "s/\"[^\"]*\"//g" out/metrics.csv | awk -F, "NF != 9 {bad = 1} END {exit bad}"'
one "a line break in a name is a blank" grep -qF "touch PWNED\` x y" out/summary.txt
one "nothing speaks to the terminal" not grep -q "$(printf '[\001-\010\013-\037]')" out/summary.txt check.txt explain.txt

for file in results.json out/manifest.json; do
    if parse <$file; then pass; else fail "$file does not parse"; fi
done
one "resolved.cfg runs" "$program" run out/resolved.cfg --paths 40 --quiet --out again --no-charts
one "resolved.cfg gives the same numbers" cmp out/metrics.csv again/metrics.csv

# A name that names a folder, and characters that reorder a line.
printf 'base = "sound.cfg";\nname = "../../PWNED";\ncandidates = ( { id = "../PWNED"; phase = "primary"; } );\n' >folder.cfg
"$program" run folder.cfg --paths 40 --quiet --out folder >said 2>&1
one "an id is no path" test $? = 3
printf 'base = "sound.cfg";\nname = "a\342\200\256b";\n' >turned.cfg
"$program" check turned.cfg >said 2>&1
one "text that runs backwards is refused" test $? = 3
printf 'base = "sound.cfg";\nname = "a\033[2Jb";\n' >escape.cfg
"$program" check escape.cfg >said 2>&1
one "an escape is refused" test $? = 3
"$program" check "$(printf 'a\302\2332J\033b.cfg')" >said 2>&1
one "an escape in a file's name is not sent on" not grep -q "$(printf '\033\\|\302\233')" said
finish
