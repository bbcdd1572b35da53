#!/bin/sh
# Symbols: what the core's objects want from outside is on a short list, and nothing that writes results.json
# wants exp, log, pow or sin of libm. Usage: tests/lint/symbols.sh BUILD
b=${1:-build}
bad=0
allowed=' memcpy memset memcmp memmove strlen strcmp strncmp strchr malloc calloc free realloc sqrt _GLOBAL_OFFSET_TABLE_ __stack_chk_fail '
defined=$(nm --defined-only "$b"/plain/*/*.o 2>/dev/null | awk 'NF == 3 {print $3}' | sort -u)
for o in "$b"/plain/*/*.o; do
    for s in $(nm -u "$o" | awk '{print $2}'); do
        case $allowed in *" $s "*) continue ;; esac
        case $s in __asan_* | __ubsan_* | __tsan_* | __sanitizer_*) continue ;; esac
        echo "$defined" | grep -qx "$s" || { echo "symbols: $o wants $s"; bad=1; }
    done
done
for o in "$b"/plain/*/*.o "$b"/obj/analysis/*.o "$b"/obj/report/*.o "$b"/obj/config/*.o; do
    for s in $(nm -u "$o" | awk '{print $2}'); do
        case $s in exp | expf | exp2 | expm1 | log | logf | log2 | log10 | log1p | pow | powf | sin | cos | tan | erf | erfc | tgamma | lgamma)
            echo "symbols: $o wants $s of libm"; bad=1 ;;
        esac
    done
done
exit $bad
