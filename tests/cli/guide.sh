#!/bin/sh
# The commands of docs/guide.md, each run in the order of the page over the files that the page has written by
# then, end well. Usage: tests/cli/guide.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${1:?program}")
page=$PWD/docs/guide.md
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/trust"
ln -s "$program" "$work/bin/headroom"
PATH=$work/bin:$PATH
cd "$work/trust" || exit 1

# ```cfg NAME begins a file; a line of a block without a name that begins with "headroom " is a command.
awk '
    /^```cfg / { file = $2; next }
    /^```/ { if (file != "") { file = "" } else inside = !inside; next }
    file != "" { print > file; next }
    inside && /^headroom / { print > "commands" }
' "$page"
one "the page has commands" test "$(grep -c . commands)" -ge 10
for word in check run explain compare stress; do one "the page shows $word" grep -q "^headroom $word " commands; done
while IFS= read -r command; do
    one "$command" sh -c "$command"
done <commands
one "a comparison leaves its folder" test -s compared/resolved-2.cfg
one "so do worlds" test -s worlds/resolved-2-high-inflation.cfg
finish
