#!/bin/sh
# Overlays, and worlds but those of what was known and what came (as-*): each that ships has a page of words and a
# line in scenarios/README.md, and no page is without its file; each passes `check` whatever the start, and so does
# what a page says may be set; the pages' tables are what the program says, and what they call harsher is.
# Usage: tests/lint/overlay-docs.sh BUILD
b=$(cd "${1:-build}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
for world in scenarios/worlds/as-known-*.cfg; do
    known=$(basename "$world" .cfg)
    year=${known#as-known-}
    sed "s#^start_year.*#start_year = \"$year/$(((year + 1) % 100))\"; world = \"$known\";#" tests/scenarios/fixture-f.cfg > "$work/$known.cfg"
done
cp tests/scenarios/fixture-f.cfg "$work/now.cfg"
for file in scenarios/overlays/*.cfg scenarios/worlds/*.cfg; do
    overlay=$(basename "$file" .cfg)
    page=docs/$(basename "$(dirname "$file")")/$overlay.md
    case $overlay in as-*) continue ;; esac
    [ -e "$page" ] || { echo "overlays: $file has no page $page"; bad=1; }
    grep -q "^| \[\`$overlay\`\](../$page) |" scenarios/README.md || { echo "overlays: scenarios/README.md does not list $overlay"; bad=1; }
    for scenario in "$work"/*.cfg scenarios/trusts/*.cfg; do
        out=$("$b/headroom" check "$scenario" --with "$overlay" --quiet 2>&1) || { echo "overlays: $overlay over $(basename "$scenario"): $out"; bad=1; }
    done
done
for page in docs/overlays/*.md docs/worlds/*.md; do
    overlay=$(basename "$page" .md)
    [ -e "scenarios/$(basename "$(dirname "$page")")/$overlay.cfg" ] || { echo "overlays: $page has no overlay or world"; bad=1; continue; }
    # What the page says may be written on the command line; ID stands for a school of the reader's own.
    tr '\n' ' ' < "$page" | grep -o '`--set [^`]*`' | tr -d '`' | sed 's/schools\.ID\./schools.ash./; s/\.school=ID/.school=ash/' > "$work/sets"
    while IFS= read -r set; do
        case $set in *candidates.ID.*) continue ;; esac
        out=$(eval "\"\$b/headroom\" check \"\$work/now.cfg\" --with $overlay --quiet $set" 2>&1) || { echo "overlays: $page: $set: $out"; bad=1; }
    done < "$work/sets"
done
sh tests/docs/overlays.sh "$b" || bad=1
sh tests/docs/harsher.sh "$b" || bad=1
exit $bad
