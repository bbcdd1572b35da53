#!/bin/sh
# Layers: each folder of src/ includes only those below it, and each outside library is included only where
# it belongs. Usage: tests/lint/layers.sh
cd "$(dirname "$0")/../.." || exit 1
bad=0
fail() { echo "layers: $*"; bad=1; }
# folder: folders it may include
allowed() {
    case $1 in
    base) echo "base" ;;
    model) echo "model base" ;;
    stoch) echo "stoch model base" ;;
    domain) echo "domain stoch model base" ;;
    engine) echo "engine domain stoch model base" ;;
    os) echo "os base" ;;
    config) echo "config stoch model base" ;;
    analysis) echo "analysis config os engine domain stoch model base" ;;
    report) echo "report analysis config os engine domain stoch model base" ;;
    cli) echo "cli" ;;
    esac
}
for d in src/*/; do
    d=${d#src/}; d=${d%/}
    ok=$(allowed "$d")
    [ -n "$ok" ] || { fail "folder src/$d is not in the table"; continue; }
    grep -nH '^#include "' src/"$d"/*.[ch] | while IFS= read -r line; do
        inc=$(echo "$line" | sed 's/.*#include "\([^"]*\)".*/\1/')
        case $inc in
        headroom.h) [ "$d" = cli ] || echo "$line: only cli includes headroom.h" ;;
        headroom/tables/*) ;;
        headroom/*) case $d in base | config | analysis | report | cli) ;; *) echo "$line: the core knows no public header" ;; esac ;;
        shipped.inc) [ "$d" = config ] || echo "$line: shipped files belong to config" ;;
        */*) top=${inc%%/*}; case " $ok " in *" $top "*) ;; *) echo "$line: $d may not include $top" ;; esac ;;
        *) echo "$line: include paths start at src/" ;;
        esac
    done | grep . && bad=1
done
only() { # header, where it may be included
    grep -rln "#include <$1" src include | while IFS= read -r f; do
        case " $2 " in *" $(dirname "$f" | sed 's/src\///') "* | *" $f "*) ;; *) echo "layers: $f may not include $1" ;; esac
    done | grep . && bad=1
}
only libconfig.h "src/config/tree.c"
only pthread.h "src/os/pool.c"
only jansson.h "report"
only 'gsl/' "analysis"
for h in stdio.h math.h time.h locale.h unistd.h; do
    grep -ln "#include <$h>" src/base/*.[ch] src/model/*.[ch] src/stoch/*.[ch] src/domain/*.[ch] src/engine/*.[ch] && fail "the core does not use $h"
done
exit $bad
