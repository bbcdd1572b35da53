#!/bin/sh
# Docs: reference pages are what the program prints, and every file that a page links to exists.
# `make docs` brings them up to date. Usage: tests/lint/docs.sh BUILD
cd "$(dirname "$0")/../.." || exit 1
b=${1:-build}
bad=0
for page in docs/reference/*.md; do
    topic=$(basename "$page" .md)
    "$b/headroom" show "$topic" --as md | cmp -s - "$page" || { echo "docs: $page is not what show $topic --as md prints: make docs"; bad=1; }
done
for page in README.md docs/*.md docs/decisions/*.md docs/overlays/*.md docs/worlds/*.md scenarios/README.md; do
    [ -e "$page" ] || continue
    for link in $(grep -o '](\([^)#]*\)' "$page" | sed 's/](//' | grep -v '^http'); do
        [ -e "$(dirname "$page")/$link" ] || { echo "docs: $page links to $link, which is not there"; bad=1; }
    done
done
exit $bad
