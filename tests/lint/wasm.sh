#!/bin/sh
# WebAssembly: the core compiles for it, where clang and wasi-libc are there. Usage: tests/lint/wasm.sh
cd "$(dirname "$0")/../.." || exit 1
target="--target=wasm32-wasi --sysroot=/usr -I/usr/include/wasm32-wasi"
# shellcheck disable=SC2086
if ! printf '#include <stdlib.h>\n#include <string.h>\n' | clang $target -fsyntax-only -x c - 2>/dev/null; then
    echo "skipped: no clang or no wasi-libc"
    exit 0
fi
# shellcheck disable=SC2086
exec clang $target -msimd128 -std=c11 -fsyntax-only -Wall -Wextra -Werror -Iinclude -Isrc \
    src/base/*.c src/model/*.c src/stoch/*.c src/domain/*.c src/engine/*.c
