#!/bin/sh
# The same bytes whatever cannot change a number: threads, lanes, vector width, compiler, -O level, what is
# simulated beside, the order of rows in a file. Usage: tests/checks/bits.sh PROGRAM FOLDER
set -eu
cd "$(dirname "$0")/../.."
program=${1:?program}
folder=${2:?folder for builds}
. tests/checks/count.sh
plan=scenarios/trusts/learning-together.cfg
large=tests/scenarios/bench.cfg
still=tests/scenarios/still.cfg
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

verb=run
run() { # program, folder, options...
    with=$1 to=$2
    shift 2
    "$with" $verb "$@" --out "$work/$to" --force --quiet
}
# Whole output folders, manifests included: neither may say how it came about.
same() { # what it shows, reference, program, options...
    what=$1 reference=$2 with=$3
    shift 3
    run "$with" other "$@"
    one "$what" diff -rq "$work/$reference" "$work/other"
}

# Every way to run one program.
ways() { # name, program, reference, options...
    name=$1 with=$2 reference=$3
    shift 3
    for threads in 1 2 3; do same "$name, $threads threads" "$reference" "$with" "$@" --threads $threads; done
    for lanes in 32 64 256; do same "$name, $lanes lanes" "$reference" "$with" "$@" --lanes $lanes; done
    for width in plain avx2 avx512; do
        if "$with" run "$plan" --paths 1 --quiet --vector $width 2>/dev/null; then
            same "$name, $width" "$reference" "$with" "$@" --vector $width
        else
            echo "skipped $name, $width: not on this processor"
        fi
    done
}
run "$program" plan "$plan"
run "$program" large "$large" --paths 600 --save-paths --no-charts
run "$program" still "$still" --paths 600 --no-charts
run "$program" streamed "$plan" --paths 66000 --no-charts
run "$program" searched "$plan" --paths 8192
run "$program" searched_streamed "$plan" --paths 131072 --no-charts
ways "the plan" "$program" plan "$plan"
ways "a large trust" "$program" large "$large" --paths 600 --save-paths --no-charts
ways "a trust without luck" "$program" still "$still" --paths 600 --no-charts
ways "a streamed run" "$program" streamed "$plan" --paths 66000 --no-charts
ways "a search" "$program" searched "$plan" --precision 1.2
ways "a search that ends streamed" "$program" searched_streamed "$plan" --precision 0.3 --no-charts

verb=compare
run "$program" compared "$plan" --with two-more-schools
run "$program" three "$large" "$large" --with two-more-schools "$large" --with pay-shock --paths 600 --no-charts
run "$program" compared_streamed "$plan" --with two-more-schools --paths 66000 --no-charts
run "$program" compared_searched "$plan" --with two-more-schools --paths 8192 --no-charts
ways "a comparison" "$program" compared "$plan" --with two-more-schools
ways "three large trusts" "$program" three "$large" "$large" --with two-more-schools "$large" --with pay-shock \
    --paths 600 --no-charts
ways "a streamed comparison" "$program" compared_streamed "$plan" --with two-more-schools --paths 66000 --no-charts
ways "a search of a comparison" "$program" compared_searched "$plan" --with two-more-schools --precision 1.4 --no-charts

worlds="$plan --with two-more-schools --under tight-settlement --under staff-shortage"
run "$program" worlds $worlds --paths 3000
run "$program" large_worlds "$large" --with two-more-schools --under falling-births --paths 600 --no-charts
run "$program" worlds_searched $worlds --paths 8192 --no-charts
ways "strategies under worlds" "$program" worlds $worlds --paths 3000
ways "a search under worlds" "$program" worlds_searched $worlds --precision 1.2 --no-charts
ways "a large trust under a world" "$program" large_worlds "$large" --with two-more-schools --under falling-births \
    --paths 600 --no-charts

verb=stress
run "$program" stressed "$plan" --no-charts
run "$program" stressed_large "$large" --with pay-shock --with leader-leaves --paths 600 --no-charts
run "$program" stressed_searched "$plan" --with pay-shock --with leader-leaves --paths 8192 --no-charts
ways "stresses" "$program" stressed "$plan" --no-charts
ways "a search of stresses" "$program" stressed_searched "$plan" --with pay-shock --with leader-leaves \
    --precision 1.4 --no-charts
ways "stresses of a large trust" "$program" stressed_large "$large" --with pay-shock --with leader-leaves \
    --paths 600 --no-charts
verb=run

for compiler in gcc clang; do
    command -v $compiler >/dev/null || { echo "skipped $compiler: not installed"; continue; }
    for level in -O0 -O3; do
        built=$folder/$compiler$level
        ${MAKE:-make} --no-print-directory B="$built" CC=$compiler OPT=$level "$built/headroom"
        ways "$compiler $level, the plan" "$built/headroom" plan "$plan"
        same "$compiler $level, a large trust" large "$built/headroom" "$large" --paths 600 --save-paths --no-charts
        same "$compiler $level, a trust without luck" still "$built/headroom" "$still" --paths 600 --no-charts
        same "$compiler $level, a streamed run" streamed "$built/headroom" "$plan" --paths 66000 --no-charts
        same "$compiler $level, a search" searched "$built/headroom" "$plan" --precision 1.2
        verb=compare
        same "$compiler $level, a comparison" compared "$built/headroom" "$plan" --with two-more-schools
        same "$compiler $level, strategies under worlds" worlds "$built/headroom" $worlds --paths 3000
        same "$compiler $level, a streamed comparison" compared_streamed "$built/headroom" "$plan" \
            --with two-more-schools --paths 66000 --no-charts
        verb=stress
        same "$compiler $level, stresses" stressed "$built/headroom" "$plan" --no-charts
        same "$compiler $level, a search of stresses" stressed_searched "$built/headroom" "$plan" --with pay-shock \
            --with leader-leaves --precision 1.4 --no-charts
        verb=run
    done
done

# Futures 1 to N do not know how many come after them.
run "$program" half "$large" --paths 300 --save-paths --no-charts
one "futures 1 to 300 of 600 are those of a run of 300" \
    cmp -n "$(wc -c <"$work/half/paths.csv")" "$work/half/paths.csv" "$work/large/paths.csv"
one "300 futures do not give the numbers of 600" not cmp "$work/half/metrics.csv" "$work/large/metrics.csv"
run "$program" reseeded "$large" --paths 600 --seed 7 --no-charts
one "another seed gives other numbers" not cmp "$work/reseeded/metrics.csv" "$work/large/metrics.csv"

# The order of rows in a file is nothing. A candidate takes no other's luck: wished after the horizon, no number
# moves; wished within, some do.
for when in +400:late +6:early; do
    wished=${when%:*}
    printf 'candidates = ( { id = "aaa"; phase = "primary"; ages = [4, 11]; roll = 210; grade = "good"; %s } );\n' \
        "route = \"converter\"; stage = \"agreement\"; wished = \"$wished\";" >"$work/${when#*:}.cfg"
done
for scenario in "$plan" "$large" tests/scenarios/small.cfg; do
    name=$(basename "$scenario" .cfg)
    LC_ALL=C awk -f tests/checks/reverse.awk "$scenario" >"$work/$name.cfg"
    one "$name has rows to reverse" not cmp "$scenario" "$work/$name.cfg"
    run "$program" forth "$scenario" --paths 500 --no-charts
    run "$program" back "$work/$name.cfg" --paths 500 --no-charts
    one "$name, rows reversed" cmp "$work/forth/results.json" "$work/back/results.json"
    run "$program" late "$scenario" --with "$work/late.cfg" --paths 500 --no-charts
    run "$program" early "$scenario" --with "$work/early.cfg" --paths 500 --no-charts
    one "$name, a candidate after the horizon" cmp "$work/forth/metrics.csv" "$work/late/metrics.csv"
    one "$name, a candidate within the horizon" not cmp "$work/forth/metrics.csv" "$work/early/metrics.csv"
done
finish
