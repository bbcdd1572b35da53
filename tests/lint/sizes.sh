#!/bin/sh
# Sizes: no source file above 600 lines, no function above 80. Usage: tests/lint/sizes.sh
cd "$(dirname "$0")/../.." || exit 1
bad=0
for f in $(find src include tests -name '*.[ch]'); do
    n=$(wc -l < "$f")
    [ "$n" -le 600 ] || { echo "sizes: $f has $n lines"; bad=1; }
    awk -v f="$f" '
        /^[a-z].*\(.*[^;]$/ && !/^(typedef|#|struct [a-z_]* \{)/ {head = $0; start = NR}
        /^\{$/ {open = NR}
        /^\}/ {if (open && NR - open > 80) {print "sizes: " f ":" open ": function of " NR - open " lines"; found = 1}; open = 0}
        END {exit found}' "$f" || bad=1
done
exit $bad
