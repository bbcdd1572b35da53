#!/bin/sh
# The command line: help, hints and the exit status of every kind of end. Usage: tests/cli/usage.sh PROGRAM
cd "$(dirname "$0")/../.." || exit 1
program=${1:?program}
. tests/checks/count.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sound=tests/scenarios/sound.cfg

ends() { # status, words that stderr must hold (or nothing), arguments...
    want=$1 words=$2
    shift 2
    "$program" "$@" >"$work/out" 2>"$work/err" </dev/null
    got=$?
    if [ $got != "$want" ]; then
        fail "headroom $* ends with $got, not $want"
    elif [ -n "$words" ] && ! grep -qF -e "$words" "$work/err"; then
        fail "headroom $* does not say \"$words\" but \"$(cat "$work/err")\""
    elif [ -z "$words" ] && [ -s "$work/err" ]; then
        fail "headroom $* says \"$(cat "$work/err")\""
    else
        pass
    fi
}
prints() { # words that stdout must hold, arguments...
    words=$1
    shift
    ends 0 "" "$@"
    one "headroom $* prints \"$words\"" grep -qF -e "$words" "$work/out"
}

prints "Exit status" --help
prints "Commands:" -h
prints "headroom 0." --version
"$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' >"$work/commands"
one "--help lists commands" test -s "$work/commands"
while read -r command; do prints "headroom $command" "$command" --help; done <"$work/commands"
while read -r topic; do
    for format in text md json; do prints "" show "$topic" --as $format; done
done <<'END'
metrics
parameters
drivers
lines
bridge
policies
steps
limits
risks
END

ends 2 "no command given"
ends 2 "did you mean run?" rum "$sound"
ends 2 "unknown command" fly "$sound"
ends 2 "did you mean --paths?" run "$sound" --pahts 3
ends 2 "unknown option -p" run "$sound" -p 3
ends 2 "needs a value" run "$sound" --paths
ends 2 "is no value for --paths" run "$sound" --paths x
ends 2 "is no value for --paths" run "$sound" --paths 1e4
ends 2 "--paths" run "$sound" --paths 0
ends 2 "hint: 0, or a whole number from 20 to 10,000" run "$sound" --assumptions 19
ends 2 "hint: a whole number from 1 to 30" run "$sound" --years 31
ends 2 "hint: points of 100: above 0, to 50" run "$sound" --precision 101
ends 2 "hint: points of 100: above 0, to 50" run "$sound" --precision 0
for sets in x 1 19 10001; do ends 2 "is no value for --assumptions" run "$sound" --assumptions $sets; done
ends 2 "does not belong to check" check "$sound" --assumptions 20
ends 2 "does not belong to stress" stress "$sound" --assumptions 20
ends 2 "--assumptions" run "$sound" --paths 1 --assumptions 10000 --memory 2M
ends 2 "is no value for --seed" run "$sound" --seed 99999999999999999999
ends 2 "is no value for --lanes" run "$sound" --lanes 33
ends 2 "is no value for --vector" run "$sound" --vector sse
ends 2 "is no value for --memory" run "$sound" --memory 2Q
ends 2 "takes no value" run "$sound" --quiet=yes
ends 2 "does not belong to check" check "$sound" --paths 3
ends 2 "needs a SCENARIO" run
ends 2 "one word too many" run "$sound" "$sound"
ends 2 "there is no table" show nothing
ends 2 "would fit" run "$sound" --paths 60000 --memory 1M
ends 2 "did you mean pupils?" run "$sound" --paths 10 --fail-if 'P(pupls > 1) < 0.5'
ends 2 "outside the years" run "$sound" --paths 10 --fail-if 'P(pupils > 1, 2050/51) < 0.5'

ends 3 "is not there" run "$work/none.cfg"
ends 3 "error:" check tests/bad/sixty-errors.cfg
ends 3 "did you mean" check "$sound" --set topslice.rate_pc=5
ends 3 "not there" check "$sound" --with "$work/none.cfg"
ends 0 "" check "$sound" --set topslice.rate_pct=6
ends 3 "control character" check "$sound" --set "name=$(printf 'a\033[2Jb')"
ends 3 "not UTF-8" check "$sound" --set "name=$(printf 'a\377b')"
ends 3 "on one line" check "$sound" --set "name=$(printf 'a\nb')"

# What was taken in place of what was not given is said once: on the page, or beside a document.
small=tests/scenarios/small.cfg
for arguments in "check $small" "run $small --paths 20"; do
    # shellcheck disable=SC2086
    ends 0 "" $arguments
    one "$arguments says its notes on the page" grep -qF "Note: no roll_before of oakfield" "$work/out"
    # shellcheck disable=SC2086
    ends 0 "warning: no roll_before of oakfield" $arguments --json
done
ends 0 "warning: no roll_before of oakfield" explain "$small" --path 0
ends 0 "" run "$sound" --paths 10 --quiet
one "--quiet prints nothing" test ! -s "$work/out"
ends 0 "" run --paths 10 -- "$sound"
ends 0 "" run --paths=10 "$sound"

ends 0 "" run "$sound" --paths 100 --fail-if 'P(pupils > 0, end) < 1'
ends 6 "a limit was passed" run "$sound" --paths 100 --fail-if 'P(pupils > 0, end) >= 1'
ends 6 "P(pupils > 1, end) >= 1" run "$sound" --paths 100 --fail-if 'P(pupils > 0, end) < 1' \
    --fail-if 'P(pupils > 1, end) >= 1'

# Colour goes to terminals alone, and not where NO_COLOR is set.
escape=$(printf '\033')
if command -v script >/dev/null; then
    TERM=xterm script -qec "'$program' fly" /dev/null >"$work/terminal" </dev/null 2>&1
    one "an error on a terminal is coloured" grep -q "$escape" "$work/terminal"
    NO_COLOR=1 TERM=xterm script -qec "'$program' fly" /dev/null >"$work/terminal" </dev/null 2>&1
    one "NO_COLOR is honoured" not grep -q "$escape" "$work/terminal"
fi
TERM=xterm "$program" fly 2>"$work/err"
one "an error in a file has no colour" not grep -q "$escape" "$work/err"

# JSON is one document, and a number in it is a number.
for arguments in "run $sound --paths 20" "compare $sound --with pay-shock --paths 20" "stress $sound --paths 20" "check $sound" "check $sound --explain" "explain $sound --path 0" \
    "explain $sound --path 7" "show metrics" "show parameters" "show limits"; do
    # shellcheck disable=SC2086
    if "$program" $arguments --json 2>"$work/err" | parse; then pass; else fail "$arguments --json does not parse"; fi
    one "$arguments --json says nothing beside" test ! -s "$work/err"
done
finish
