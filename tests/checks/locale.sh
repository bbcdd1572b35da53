#!/bin/sh
# The same bytes under locales with a decimal comma and with a dotless i, in the program (whose gnuplot has
# them too) and in a client of the library that sets them. Locales that are missing are made in a folder of
# their own. Usage: tests/checks/locale.sh PROGRAM CLIENT
set -eu
cd "$(dirname "$0")/../.."
program=${1:?program}
client=${2:?client}
. tests/checks/count.sh
plan=scenarios/trusts/learning-together.cfg
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

mkdir "$work/locales"
for name in de_DE tr_TR; do
    localedef -i $name -f UTF-8 "$work/locales/$name.UTF-8" 2>"$work/why" || {
        cat "$work/why" >&2
        echo "check-locale: needs localedef and the package locales" >&2
        exit 1
    }
done
LOCPATH=$work/locales
export LOCPATH
one "de_DE has a decimal comma" test "$(LC_ALL=de_DE.UTF-8 locale decimal_point)" = ,

LC_ALL=C "$program" run "$plan" --paths 1000 --json >"$work/c.json"
for name in C de_DE.UTF-8 tr_TR.UTF-8; do
    LC_ALL=$name "$program" run "$plan" --out "$work/$name" --quiet
    LC_ALL=$name "$program" check "$plan" --explain >"$work/$name.check"
    LC_ALL=$name "$client" "$plan" 1000 >"$work/client.json" || fail "the client under $name ran"
    one "a client that sets $name" cmp "$work/c.json" "$work/client.json"
done
for name in de_DE.UTF-8 tr_TR.UTF-8; do
    one "the program under $name" diff -rq "$work/C" "$work/$name"
    one "check --explain under $name" cmp "$work/C.check" "$work/$name.check"
done
finish
