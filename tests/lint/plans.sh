#!/bin/sh
# Plans: every sentence in quotation marks in the first column of a "What is encoded" table of docs/plans.md stands word
# for word in the scenario that its section names, in a quote, source, note or comment; every target of a shipped plan
# that is the plan's own (`kind = "plan"`, or no kind) has a quote and a by; the page's tables are what the program says.
# Usage: tests/lint/plans.sh BUILD
b=$(cd "${1:-build}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
page=docs/plans.md
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
fail() { echo "plans: $*"; bad=1; }
# A scenario's words on one line: comment signs and line ends gone, \" back to ".
words() { sed -E 's/^ *# ?//; s/\\"/"/g' "$1" | tr -s ' \n' ' '; }
# LINE, scenarios and one sentence, split by tabs. A section names its scenarios before its first heading of the third level.
awk '/^## / { files = ""; encoded = 0; intro = 1 }
    /^### / { encoded = /^### What is encoded/; intro = 0 }
    intro { rest = $0
        while (match(rest, /`scenarios\/trusts\/[a-z0-9-]+\.cfg`/)) {
            files = files substr(rest, RSTART + 1, RLENGTH - 2) " "; rest = substr(rest, RSTART + RLENGTH) } }
    encoded && /^\|/ { split($0, column, "|"); count = split(column[2], part, "\"")
        for (i = 2; i < count; i += 2) print NR "\t" files "\t" part[i] }' $page > "$work/sentences"
[ -s "$work/sentences" ] || fail "$page has no sentence in quotation marks"
tab=$(printf '\t')
while IFS=$tab read -r line files sentence; do
    [ -n "$files" ] || { fail "$page:$line: the section names no scenario"; continue; }
    found=0
    for file in $files; do
        [ -e "$file" ] || { fail "$page:$line: $file is not there"; continue; }
        copy=$work/$(basename "$file")
        [ -e "$copy" ] || words "$file" > "$copy"
        grep -qF -- "$sentence" "$copy" && found=1
    done
    [ $found = 1 ] || fail "$page:$line: not in ${files% }: $sentence"
done < "$work/sentences"
# Targets: the rows between `targets = (` and `);`, each from the line with its name to the next.
for file in scenarios/trusts/*.cfg; do
    grep -q "\`$file\`" $page || fail "$file has no section in $page"
    awk '/^targets = \(/ { inside = 1; next }
        /^\);/ { inside = 0 }
        inside { gsub(/\\"/, "")
            if (/\{/) { row = ""; where = NR }
            row = row $0
            if (/\}/ && row !~ /kind = "our_reading"/) {
                if (row !~ /quote = "[^"]/) print where ": a target of the plan without its quote"
                if (row !~ /by = "[^"]/) print where ": a target of the plan without who set it and by when" } }' "$file" > "$work/targets"
    while read -r what; do fail "$file:$what"; done < "$work/targets"
done
sh tests/docs/plans.sh "$b" || bad=1
exit $bad
