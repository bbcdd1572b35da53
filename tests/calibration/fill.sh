#!/bin/sh
# Fills the tables of docs/verification.md from the rows of that section in docs/verification/*.csv, or with --print prints the page as it
# should be. A table stands between <!-- table SECTION --> and <!-- end -->.
# Usage: tests/calibration/fill.sh [--print]
set -eu
cd "$(dirname "$0")/../.."
page=docs/verification.md
new=$(mktemp)
trap 'rm -f "$new"' EXIT
inside=
while IFS= read -r line; do
    case $line in
    '<!-- table '*)
        echo "$line"
        inside=${line#<!-- table }
        inside=${inside% -->}
        rows=$(grep -hs "^$inside|" docs/verification/*.csv || true)
        [ -z "$rows" ] || printf '%s\n' "$rows" | tests/calibration/table.sh md
        continue
        ;;
    '<!-- end -->') inside= ;;
    esac
    [ -n "$inside" ] || printf '%s\n' "$line"
done < "$page" > "$new"
if [ "${1-}" = --print ]; then cat "$new"; else cat "$new" > "$page"; fi
