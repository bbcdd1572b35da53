#!/bin/sh
# What the program prints about itself, and the options that every command has. Usage: pages.sh PROGRAM
set -u
program=${1:?program}
cd "$(dirname "$0")/../.." || exit 1
small=tests/scenarios/small.cfg
bad=0
is() { # what expected found
    [ "$2" = "$3" ] || { echo "$1: expected [$2], found [$3]"; bad=1; }
}
has() { # what text pattern
    printf '%s\n' "$2" | grep -qe "$3" || { echo "$1: no [$3]"; bad=1; }
}
widest() { LC_ALL=C.UTF-8 wc -L; }

for command in "" run compare stress check explain score show; do
    help=$("$program" $command --help)
    [ "$(printf '%s\n' "$help" | widest)" -le 79 ] || { echo "help of $command: too wide"; bad=1; }
    is "help of $command: examples" 3 "$(printf '%s\n' "$help" | grep -c '^  headroom ')"
    is "help of $command: every option once" "" \
        "$(printf '%s\n' "$help" | grep -o '^  --[a-z-]*' | sort | uniq -d)"
done
has "topics" "$("$program" show)" "^  parameters$"
is "show without a topic" 0 "$("$program" show >/dev/null 2>&1; echo $?)"
for topic in $("$program" show | sed 1d); do
    [ "$("$program" show "$topic" | widest)" -le 100 ] || { echo "show $topic: too wide"; bad=1; }
done
said=$("$program" explian "$small" 2>&1)
is "a word that is no command" 2 $?
has "a word that is no command" "$said" "did you mean explain?"
is "nothing like a command: one line" 1 "$("$program" zzzzzzzzzz "$small" 2>&1 | grep -c .)"

for words in "run $small --paths 64" "compare $small --with pay-shock --paths 64" "compare $small --with pay-shock --under pay-matching --paths 64" "stress $small --paths 64" "check $small" "explain $small --path 3" "show metrics"; do
    is "$words --quiet" "" "$("$program" $words --quiet 2>&1)"
    document=$("$program" $words --json 2>/dev/null)
    is "$words --json: begins" "{" "$(printf '%s' "$document" | head -n 1)"
    is "$words --json: ends" "}" "$(printf '%s' "$document" | tail -n 1)"
done
[ "$("$program" explain "$small" --path 3 2>/dev/null | widest)" -le 110 ] || { echo "explain: too wide"; bad=1; }
[ "$("$program" check "$small" --explain 2>/dev/null | widest)" -le 100 ] || { echo "check: too wide"; bad=1; }
exit $bad
