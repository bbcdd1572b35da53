#!/bin/sh
# Examples of the pages: every complete one (it says `format = 1;`) in README.md and docs/scenario-format.md
# passes `check`; every part (a cfg block that does not) passes laid over the complete one before it; the last
# complete one runs, and every statement of an expr block is understood. Usage: tests/lint/scenario-docs.sh BUILD
b=$(cd "${1:-build}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0
fail() { echo "scenario-docs: $*"; bad=1; }
# Each fenced block becomes NNN-LINE.KIND, LINE being where it starts, in the order of the page.
blocks() { # page, folder
    mkdir -p "$2"
    awk -v into="$2" '
        /^```/ {
            if (inside) { inside = 0; kind = info == "expr" ? "expr" : complete ? "whole" : info == "cfg" ? "part" : ""
                if (kind != "") { name = sprintf("%s/%03d-%d.%s", into, ++count, start, kind); printf "%s", text > name; close(name) } }
            else { inside = 1; info = substr($0, 4); text = ""; complete = 0; start = NR + 1 }
            next }
        inside { text = text $0 "\n"; if ($0 ~ /^format = 1;/) complete = 1 }' "$1"
}
for page in README.md docs/scenario-format.md; do
    folder=$work/$(basename "$page" .md)
    whole=
    blocks "$page" "$folder"
    for block in "$folder"/*; do
        [ -e "$block" ] || continue
        line=${block##*-}
        line=${line%.*}
        case $block in
        *.whole)
            whole=${block%.whole}.cfg
            mv "$block" "$whole"
            out=$("$b"/headroom check "$whole" --quiet 2>&1) || fail "$page:$line: $out" ;;
        *.part)
            mv "$block" "${block%.part}.cfg"
            [ -n "$whole" ] || { fail "$page:$line: a part without a whole before it"; continue; }
            out=$("$b"/headroom check "$whole" --with "${block%.part}.cfg" --quiet 2>&1) || fail "$page:$line: $out" ;;
        *.expr)
            while IFS= read -r statement; do
                out=$("$b"/headroom run "$whole" --paths 64 --quiet --fail-if "$statement" 2>&1)
                case $? in 0 | 6) ;; *) fail "$page:$line: $statement: $out" ;; esac
            done < "$block" ;;
        esac
    done
    [ -n "$whole" ] || { fail "$page: no complete example"; continue; }
    out=$("$b"/headroom run "$whole" --paths 64 --quiet 2>&1) || fail "$page: its last example does not run: $out"
done
exit $bad
