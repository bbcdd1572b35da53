#!/bin/sh
# The core and analysis compiled to WebAssembly from the same files give the numbers of the native program,
# every one of results.json equal to the last bit. Usage: tests/checks/wasm.sh PROGRAM FOLDER
set -eu
cd "$(dirname "$0")/../.."
program=${1:?program}
folder=${2:?folder with dump}
. tests/checks/count.sh
for tool in clang wasm-ld node; do
    command -v $tool >/dev/null || {
        echo "check-wasm: needs the packages clang lld wasi-libc libclang-rt-14-dev-wasm32 nodejs" >&2
        exit 1
    }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

clang --target=wasm32-wasi --sysroot=/usr -I/usr/include/wasm32-wasi -msimd128 -mexec-model=reactor -O3 \
    -std=c11 -ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra -Wpedantic -Wno-pass-failed \
    -Werror -Iinclude -Isrc -o "$folder/headroom.wasm" src/base/*.c src/model/*.c src/stoch/*.c src/domain/*.c \
    src/engine/*.c src/analysis/*.c src/os/cpu.c src/config/diag.c tests/wasm/*_wasm.c
compare() { # scenario, paths
    "$folder/dump" "$1" "$work/block"
    "$program" run "$1" --paths "$2" --out "$work/native" --force --no-charts --quiet
    if node --no-warnings tests/wasm/compare.mjs "$folder/headroom.wasm" "$work/block" "$work/native/results.json"; then
        pass
    else
        fail "$1, $2 futures"
    fi
}
# A file that names neither its format nor a base is laid over another: no scenario by itself.
for scenario in $(grep -lE '^(format|base) ' scenarios/trusts/*.cfg tests/scenarios/*.cfg); do compare "$scenario" 1000; done
compare scenarios/trusts/learning-together.cfg 66000
finish
